package io.github.bms4j.charge;

import io.github.bms4j.num.Check;

/**
 * What is paid for energy that the pack gives back.
 *
 * @param maxPowerW highest power taken at the connector, W, 0 or more; 0 takes none
 * @param pricePerKwh what is paid for a kWh
 */
public record FeedIn(double maxPowerW, double pricePerKwh) {
    private static final FeedIn NONE = new FeedIn(0.0, 0.0);

    /** @throws IllegalArgumentException when a figure does not fit */
    public FeedIn {
        if (!(maxPowerW >= 0.0)) {
            throw new IllegalArgumentException("maxPowerW must be >= 0 W but is " + maxPowerW);
        }
        Check.finite("pricePerKwh", pricePerKwh);
    }

    /** Nothing is taken back. */
    public static FeedIn none() {
        return NONE;
    }
}
