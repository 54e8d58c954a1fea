package io.github.bms4j.cell;

import io.github.bms4j.num.Findings;

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
 * @param coulombicEfficiency charge that can be taken out again over charge put in, within [0.9, 1]
 */
public record CellRating(
        double capacityAh,
        double nominalV,
        double minV,
        double maxV,
        double maxDischargeA,
        double maxChargeA,
        TemperatureWindow discharge,
        TemperatureWindow charge,
        double coulombicEfficiency) {

    /** @throws IllegalArgumentException naming every value that does not fit, separated by "; " */
    public CellRating {
        Findings findings = new Findings();
        findings.positive("capacityAh", capacityAh);
        boolean low = findings.positive("minV", minV);
        boolean window = findings.positive("maxV", maxV) && low;
        if (window && maxV <= minV) {
            findings.add("maxV (" + maxV + ") must exceed minV (" + minV + ")");
        } else if (window) {
            findings.within("nominalV", nominalV, minV, maxV);
        }
        findings.positive("maxDischargeA", maxDischargeA);
        findings.positive("maxChargeA", maxChargeA);
        findings.within("coulombicEfficiency", coulombicEfficiency, 0.9, 1.0);
        findings.refuse();
    }

    /** A rating with the coulombic efficiency of a sound lithium cell, 1. */
    public CellRating(
            double capacityAh,
            double nominalV,
            double minV,
            double maxV,
            double maxDischargeA,
            double maxChargeA,
            TemperatureWindow discharge,
            TemperatureWindow charge) {
        this(capacityAh, nominalV, minV, maxV, maxDischargeA, maxChargeA, discharge, charge, 1.0);
    }
}
