package io.github.bms4j.charge;

import io.github.bms4j.num.Check;

/**
 * One step of an offer: from its start until the next step's start.
 *
 * @param startS start, s on the clock that steps the pack
 * @param maxPowerW highest power at the connector, W, 0 or more; infinite for no limit of this kind
 * @param price price of a kWh at the connector
 * @param gCo2PerKwh grams of CO₂ per kWh, 0 or more; NaN if not known, which counts like the dirtiest step of the schedule
 * @param feedIn what is taken back
 */
public record OfferStep(double startS, double maxPowerW, PowerPrice price, double gCo2PerKwh, FeedIn feedIn) {
    /** @throws IllegalArgumentException when a figure does not fit */
    public OfferStep {
        Check.finite("startS", startS);
        if (!(maxPowerW >= 0.0)) {
            throw new IllegalArgumentException("maxPowerW must be >= 0 but is " + maxPowerW);
        }
        if (gCo2PerKwh < 0.0 || gCo2PerKwh == Double.POSITIVE_INFINITY) {
            throw new IllegalArgumentException("gCo2PerKwh must be >= 0 or unknown (NaN) but is " + gCo2PerKwh);
        }
    }

    /** One price for any power, and nothing is taken back. */
    public OfferStep(double startS, double maxPowerW, double pricePerKwh, double gCo2PerKwh) {
        this(startS, maxPowerW, PowerPrice.flat(pricePerKwh), gCo2PerKwh, FeedIn.none());
    }

    /** Price of the first watt, per kWh; may be negative. */
    public double pricePerKwh() {
        return price.firstPerKwh();
    }
}
