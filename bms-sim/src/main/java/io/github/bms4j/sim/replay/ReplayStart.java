package io.github.bms4j.sim.replay;

import io.github.bms4j.cell.CellType;
import io.github.bms4j.cell.OcvCurve;
import io.github.bms4j.cell.RcBranch;
import io.github.bms4j.num.Check;

/**
 * What an estimator is told of the SOC at its start.
 *
 * @param kind what {@code soc} means
 * @param soc the SOC or its error
 * @param sigma its standard deviation; NaN to take {@link #USUAL_SIGMA}, or for an open start what the voltage tells
 */
public record ReplayStart(Kind kind, double soc, double sigma) {
    /** A start that was told counts as uncertain by this unless said otherwise. */
    public static final double USUAL_SIGMA = 0.2;

    /** A SOC anywhere in [0, 1]: 1/sqrt(12). */
    private static final double ANYWHERE = Math.sqrt(1.0 / 12.0);

    /** No first voltage tells the SOC better than this. */
    private static final double LEAST_SIGMA = 0.01;

    /** Of what a cell may come from: a current of half the capacity an hour, either way. Our judgement. */
    private static final double UNKNOWN_PAST_PER_H = 0.25;

    /** Where the start comes from. */
    public enum Kind {
        /** The SOC itself. */
        GIVEN,
        /** An error added to the reference at the start. */
        OFF_REFERENCE,
        /** The first voltage, through the open-circuit voltage. */
        FROM_VOLTAGE
    }

    /** Checks ranges. */
    public ReplayStart {
        switch (kind) {
            case GIVEN -> Check.fraction("soc", soc);
            case OFF_REFERENCE -> Check.within("soc", soc, -1.0, 1.0);
            case FROM_VOLTAGE -> {}
        }
        if (!Double.isNaN(sigma)) {
            Check.positive("sigma", sigma);
        }
    }

    /** A SOC that is told. */
    public static ReplayStart given(double soc, double sigma) {
        return new ReplayStart(Kind.GIVEN, soc, sigma);
    }

    /** The reference at the start and an error. */
    public static ReplayStart offReference(double error, double sigma) {
        return new ReplayStart(Kind.OFF_REFERENCE, error, sigma);
    }

    /** Nothing is told. */
    public static ReplayStart fromVoltage(double sigma) {
        return new ReplayStart(Kind.FROM_VOLTAGE, Double.NaN, sigma);
    }

    /** The same start with a SOC and a standard deviation that are numbers. */
    ReplayStart resolved(double socRef, CellType cell, double currentA, double voltageV, double temperatureDegC) {
        double usual = Double.isNaN(sigma) ? USUAL_SIGMA : sigma;
        return switch (kind) {
            case GIVEN -> given(soc, usual);
            case OFF_REFERENCE -> given(Math.min(1.0, Math.max(0.0, socRef + soc)), usual);
            case FROM_VOLTAGE -> read(cell, currentA, voltageV, temperatureDegC);
        };
    }

    /**
     * The SOC at which the open-circuit voltage is the terminal voltage less the drop, and how wrong that can be: the model's
     * own error, the unknown branch of the hysteresis, and polarisation from a past nobody saw. Half the span between the
     * SOC of the voltage plus and minus its standard deviation holds on a bent curve where a slope would not.
     */
    private ReplayStart read(CellType cell, double currentA, double voltageV, double tDegC) {
        if (!Double.isFinite(voltageV)) {
            return given(0.5, Double.isNaN(sigma) ? ANYWHERE : sigma);
        }
        OcvCurve ocv = cell.ocv();
        double nowA = Double.isFinite(currentA) ? currentA : 0.0;
        double near = clamped(ocv.soc(voltageV, tDegC));
        double dropV = cell.circuit().r0().ohm(near, tDegC) * nowA;
        double slowOhm = 0.0;
        for (RcBranch branch : cell.circuit().branches()) {
            slowOhm += branch.resistance().ohm(near, tDegC);
        }
        double restV = voltageV + dropV + 0.5 * slowOhm * nowA;
        double modelV = cell.error().sigmaV(tDegC) + cell.error().resistanceSigma() * Math.abs(dropV);
        double branchV = ocv.hysteresis().halfGapV(near) * Math.sqrt(1.0 / 3.0);
        double pastV = slowOhm * (UNKNOWN_PAST_PER_H * cell.rating().capacityAh() + 0.5 * Math.abs(nowA));
        double sigmaV = Math.sqrt(modelV * modelV + branchV * branchV + pastV * pastV);
        double high = clamped(ocv.soc(restV + sigmaV, tDegC));
        double low = clamped(ocv.soc(restV - sigmaV, tDegC));
        double span = Math.min(ANYWHERE, Math.max(LEAST_SIGMA, 0.5 * (high - low)));
        return given(clamped(ocv.soc(restV, tDegC)), Double.isNaN(sigma) ? span : sigma);
    }

    private static double clamped(double soc) {
        return Math.min(1.0, Math.max(0.0, soc));
    }
}
