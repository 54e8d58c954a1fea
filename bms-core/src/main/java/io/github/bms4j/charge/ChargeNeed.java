package io.github.bms4j.charge;

import io.github.bms4j.num.Check;

/**
 * What the driver wants of a charge.
 *
 * <p>Every wish is soft: what cannot be had is missed by as little as possible and the plan says by how much. Times are
 * seconds on the clock that steps the pack (its nanoseconds over 1e9).
 *
 * @param targetSoc SOC wanted at departure, 0…1; the charge ends there
 * @param minSoc SOC wanted as soon as possible whatever the price, 0…{@code targetSoc}; once reached within half a point
 *     it counts no more
 * @param departureS when the vehicle leaves, s
 * @param missedPerKwh what a kWh missing at departure is worth, in the currency of the prices, above 0
 * @param wearPerKwh price of battery wear per kWh stored at 1C, rising in proportion to the C-rate; 0 ignores wear
 */
public record ChargeNeed(double targetSoc, double minSoc, double departureS, double missedPerKwh, double wearPerKwh) {
    /** Checks every figure. */
    public ChargeNeed {
        Check.fraction("targetSoc", targetSoc);
        Check.within("minSoc", minSoc, 0.0, targetSoc);
        Check.finite("departureS", departureS);
        Check.positive("missedPerKwh", missedPerKwh);
        Check.notNegative("wearPerKwh", wearPerKwh);
    }

    /** The same need without a minimum: it has been reached. */
    public ChargeNeed withoutMinimum() {
        return new ChargeNeed(targetSoc, 0.0, departureS, missedPerKwh, wearPerKwh);
    }

    /** A target by departure; a missing kWh is worth 5, wear is not priced, no minimum. */
    public static ChargeNeed by(double departureS, double targetSoc) {
        return new ChargeNeed(targetSoc, 0.0, departureS, 5.0, 0.0);
    }
}
