package io.github.bms4j.charge;

import io.github.bms4j.num.Check;

/**
 * One range of power of a tariff: from here on every further watt costs so much.
 *
 * @param fromW where the range begins, W at the connector, 0 or more
 * @param pricePerKwh price of a kWh taken by the power within the range; may be negative
 */
public record PriceBlock(double fromW, double pricePerKwh) {
    /** @throws IllegalArgumentException when a figure does not fit */
    public PriceBlock {
        Check.notNegative("fromW", fromW);
        Check.finite("pricePerKwh", pricePerKwh);
    }
}
