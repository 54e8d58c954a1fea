package io.github.bms4j.protect;

import io.github.bms4j.num.Check;

/**
 * The three thresholds of one quantity, in the order in which it passes them on its way out, and how far it must come back.
 *
 * @param operating where derating begins
 * @param warning where nothing is left to derate; beyond {@code operating}
 * @param safety where the pack disconnects; beyond {@code warning}
 * @param hysteresis how far inside a threshold the quantity must be to count as recovered, > 0
 */
public record TierLimits(double operating, double warning, double safety, double hysteresis) {
    /** @throws IllegalArgumentException when the thresholds do not lie in one order, rising or falling */
    public TierLimits {
        Check.finite("operating", operating);
        Check.finite("warning", warning);
        Check.finite("safety", safety);
        Check.positive("hysteresis", hysteresis);
        boolean rising = operating < warning && warning < safety;
        boolean falling = operating > warning && warning > safety;
        if (!rising && !falling) {
            throw new IllegalArgumentException("thresholds must be ordered operating, warning, safety but are "
                    + operating + ", " + warning + ", " + safety);
        }
    }

    /** Whether too much is the danger; otherwise too little is. */
    public boolean rising() {
        return safety > operating;
    }

    /** The threshold of a tier. */
    public double at(Tier tier) {
        return switch (tier) {
            case OPERATING -> operating;
            case WARNING -> warning;
            case SAFETY -> safety;
        };
    }

    /** Whether a value is beyond a tier's threshold; false for NaN. */
    boolean beyond(Tier tier, double value) {
        return rising() ? value > at(tier) : value < at(tier);
    }

    /** Whether a value lies inside a tier's threshold by more than the hysteresis; false for NaN. */
    boolean recovered(Tier tier, double value) {
        return rising() ? value < at(tier) - hysteresis : value > at(tier) + hysteresis;
    }

    /** What derating leaves: 1 up to the operating threshold, falling straight to 0 at the warning threshold. */
    double share(double value) {
        return Math.min(1.0, Math.max(0.0, (warning - value) / (warning - operating)));
    }
}
