package io.github.bms4j.charge;

import io.github.bms4j.num.Check;

/**
 * One step of an offer: from its start until the next step's start.
 *
 * @param startS start, s on the clock that steps the pack
 * @param maxPowerW highest power at the connector, W, 0 or more; infinite for no limit of this kind
 * @param pricePerKwh price of a kWh at the connector; may be negative
 * @param gCo2PerKwh grams of CO₂ per kWh, 0 or more; NaN if not known
 */
public record OfferStep(double startS, double maxPowerW, double pricePerKwh, double gCo2PerKwh) {
    /** Checks every figure. */
    public OfferStep {
        Check.finite("startS", startS);
        if (!(maxPowerW >= 0.0)) {
            throw new IllegalArgumentException("maxPowerW must be >= 0 but is " + maxPowerW);
        }
        Check.finite("pricePerKwh", pricePerKwh);
        if (gCo2PerKwh < 0.0) {
            throw new IllegalArgumentException("gCo2PerKwh must be >= 0 or unknown (NaN) but is " + gCo2PerKwh);
        }
    }
}
