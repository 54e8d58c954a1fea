package io.github.bms4j.charge;

import io.github.bms4j.num.Check;

/**
 * The hard limits of a charging point, seen from the pack.
 *
 * @param maxV highest voltage, V, above 0
 * @param maxA highest charge current, A, above 0
 * @param minA least charge or discharge current, A, 0…{@code maxA}: it gives that or nothing
 * @param maxDischargeA highest current it takes back, A, 0 or more
 * @param efficiency share of the energy at the connector that reaches the pack, and of the pack's that reaches the connector,
 *     0.5…1; 1 where the station itself makes direct current, about 0.9 behind an on-board charger
 */
public record StationRating(double maxV, double maxA, double minA, double maxDischargeA, double efficiency) {
    /** @throws IllegalArgumentException when a figure does not fit */
    public StationRating {
        Check.positive("maxV", maxV);
        Check.positive("maxA", maxA);
        Check.within("minA", minA, 0.0, maxA);
        Check.notNegative("maxDischargeA", maxDischargeA);
        Check.within("efficiency", efficiency, 0.5, 1.0);
    }

    /** Direct current from nothing to {@code maxA}, one way. */
    public static StationRating oneWay(double maxV, double maxA) {
        return new StationRating(maxV, maxA, 0.0, 0.0, 1.0);
    }
}
