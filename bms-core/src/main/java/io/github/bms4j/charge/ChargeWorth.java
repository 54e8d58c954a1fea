package io.github.bms4j.charge;

import io.github.bms4j.num.Check;

/**
 * What counts how much when a charge is planned; all in one currency.
 *
 * @param missedPerKwh what a kWh missing at departure is worth, above 0
 * @param co2PerKg price of a kilogram of CO₂, 0 or more; 0 ignores it
 * @param ageing price of ageing; {@link AgeingCost#none()} ignores it
 * @param costCeiling most that the energy of the session may cost, 0 or more; infinite for no ceiling
 * @param pricePerH what an hour until the target is worth, 0 or more; 0 for a pack that has time until departure
 */
public record ChargeWorth(
        double missedPerKwh, double co2PerKg, AgeingCost ageing, double costCeiling, double pricePerH) {
    /** @throws IllegalArgumentException when a figure is NaN or does not fit */
    public ChargeWorth {
        Check.positive("missedPerKwh", missedPerKwh);
        Check.notNegative("co2PerKg", co2PerKg);
        if (!(costCeiling >= 0.0)) {
            throw new IllegalArgumentException("costCeiling must be >= 0 but is " + costCeiling);
        }
        Check.notNegative("pricePerH", pricePerH);
    }

    /** The same where the hours until departure are worth nothing. */
    public ChargeWorth(double missedPerKwh, double co2PerKg, AgeingCost ageing, double costCeiling) {
        this(missedPerKwh, co2PerKg, ageing, costCeiling, 0.0);
    }

    /** A missing kWh is worth so much; nothing but the price of energy counts beside. */
    public static ChargeWorth ofMissed(double missedPerKwh) {
        return new ChargeWorth(missedPerKwh, 0.0, AgeingCost.none(), Double.POSITIVE_INFINITY);
    }
}
