package io.github.bms4j.cell;

import io.github.bms4j.num.Check;

/**
 * The bounds a cell is rated for.
 *
 * <p>The two currents are magnitudes and bound any moment, short pulses included; what may flow for minutes follows
 * from the circuit, the temperature and the {@link ChargeMap}.
 *
 * @param capacityAh charge between empty (SOC 0) and full (SOC 1) of a new cell, Ah, > 0
 * @param nominalV nominal voltage, V, between {@code minV} and {@code maxV}
 * @param minV lowest allowed terminal voltage, V, > 0
 * @param maxV highest allowed terminal voltage, V, above {@code minV}
 * @param maxDischargeA highest discharge current, A, > 0
 * @param maxChargeA highest charge current, A, > 0
 * @param discharge temperatures at which discharging is allowed
 * @param charge temperatures at which charging is allowed
 */
public record CellRating(
        double capacityAh,
        double nominalV,
        double minV,
        double maxV,
        double maxDischargeA,
        double maxChargeA,
        TemperatureWindow discharge,
        TemperatureWindow charge) {

    /** @throws IllegalArgumentException when a value does not fit */
    public CellRating {
        Check.positive("capacityAh", capacityAh);
        Check.positive("minV", minV);
        Check.positive("maxV", maxV);
        Check.positive("maxDischargeA", maxDischargeA);
        Check.positive("maxChargeA", maxChargeA);
        if (maxV <= minV) {
            throw new IllegalArgumentException("maxV (" + maxV + ") must exceed minV (" + minV + ")");
        }
        Check.within("nominalV", nominalV, minV, maxV);
    }
}
