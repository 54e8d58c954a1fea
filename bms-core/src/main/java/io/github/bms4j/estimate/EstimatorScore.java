package io.github.bms4j.estimate;

import io.github.bms4j.cell.CellType;
import io.github.bms4j.cell.OcvCurve;
import io.github.bms4j.cell.PackLayout;
import io.github.bms4j.measure.Channel;
import io.github.bms4j.measure.PackSample;
import org.jspecify.annotations.Nullable;

/**
 * Holds one estimator to its own word, and measures how much it foresaw.
 *
 * <p>Three figures, each a sum of squares over the variances that estimator and parameter set claim, against the upper limit
 * of chi-squared for as many independent errors: the innovation; the movement of the SOC over a stretch against charge over
 * capacity; the SOC carried into a rest against the voltage at its end. What two estimators are compared by is the logarithmic
 * score of the voltage foreseen from the start of a stretch with nothing but counting in between: a filter that runs after the
 * voltage has nothing from it, one that claims too little or too much pays. Derivation: docs/theory/shadow-scoring.md.
 *
 * <p>Cells share the errors of their model, so all of them together count as one. Thread: one. Allocation: none per step.
 */
final class EstimatorScore {
    /** Errors live for minutes: they are looked at so often, s. */
    private static final double LOOK_S = 10.0;

    private final PackLayout layout;
    private final OcvCurve ocv;
    private final CellType type;
    private final NoiseModel noise;
    private final double capacityAs;
    private final double efficiency;
    private final RestAnchor rest;

    private final double[] stretchSoc;
    private final double[] stretchSigma;
    private final double[] restSoc;
    private final double[] restSigma;

    private double moved;
    private double stretchS;
    private double sinceLookS;
    private double foreseenSum;
    private double foreseenS;
    private double restMoved = Double.NaN;

    private double innovationSum;
    private double innovations;
    private double chargeSum;
    private int stretches;
    private double restSum;
    private int rests;
    private boolean sound = true;

    EstimatorScore(ParameterSet set, PackLayout layout) {
        type = set.cell();
        this.layout = layout;
        this.ocv = type.ocv();
        this.noise = set.noise();
        this.capacityAs = type.rating().capacityAh() * 3600.0;
        this.efficiency = type.rating().coulombicEfficiency();
        this.rest = new RestAnchor(type, layout, noise);
        int n = layout.cells();
        stretchSoc = new double[n];
        stretchSigma = new double[n];
        restSoc = new double[n];
        restSigma = new double[n];
    }

    /** Forgets all figures and opens a stretch. */
    void restart(PackEstimate estimate) {
        innovationSum = 0.0;
        innovations = 0.0;
        chargeSum = 0.0;
        stretches = 0;
        restSum = 0.0;
        rests = 0;
        sound = true;
        restMoved = Double.NaN;
        openStretch(estimate);
    }

    /** Opens a stretch at what the estimator now says. */
    void openStretch(PackEstimate estimate) {
        for (int c = 0; c < stretchSoc.length; c++) {
            stretchSoc[c] = estimate.soc(c);
            stretchSigma[c] = estimate.socSigma(c);
        }
        restMoved -= moved;
        moved = 0.0;
        stretchS = 0.0;
        sinceLookS = 0.0;
        foreseenSum = 0.0;
        foreseenS = 0.0;
    }

    /** Takes a sample that entered the estimate, with the mean cell current of the step. */
    void step(PackSample sample, PackEstimate estimate, double meanA, double dtS) {
        moved -= (meanA < 0.0 ? efficiency : 1.0) * meanA * dtS / capacityAs;
        stretchS += dtS;
        sinceLookS += dtS;
        if (sinceLookS >= LOOK_S) {
            look(sample, estimate, sinceLookS);
            sinceLookS = 0.0;
        }
    }

    private void look(PackSample sample, PackEstimate estimate, double spanS) {
        Channel voltage = sample.cellVoltage();
        double nowA = layout.cellCurrentA(sample.current().value(0));
        double squares = 0.0;
        double logs = 0.0;
        int n = 0;
        for (int c = 0; c < stretchSoc.length; c++) {
            if (!voltage.usable(c)) {
                continue;
            }
            double tDegC = sample.cellTemperatureDegC(c);
            double soc = estimate.soc(c);
            double dropV =
                    estimate.r0Ohm(c) * nowA + estimate.fastRcV(c) + estimate.slowRcV(c) + estimate.diffusionV(c);
            double wrongV = noise.circuit().r0Sigma() * dropV;
            double restV = noise.restingSigmaV(type, tDegC);
            double model2 = restV * restV + wrongV * wrongV;
            double errorV = voltage.value(c) - modelV(estimate, c, nowA);
            double spreadV = spreadV(soc, estimate.socSigma(c), tDegC);
            squares += errorV * errorV / (model2 + spreadV * spreadV);

            double carried = stretchSoc[c] + moved;
            double foreseenV = errorV + ocv.v(soc, tDegC) - ocv.v(carried, tDegC);
            double carriedV = spreadV(carried, Math.sqrt(carriedVariance(c)), tDegC);
            logs += logScore(foreseenV, model2 + carriedV * carriedV);
            n++;
        }
        if (n == 0) {
            return;
        }
        double newsPerS = 1.0 / noise.voltage().memoryS()
                + Math.abs(nowA) / (capacityAs * noise.voltage().memorySoc());
        double independent = Math.min(1.0, 0.5 * spanS * newsPerS);
        innovationSum += independent * squares / n;
        innovations += independent;
        foreseenSum += spanS * logs / n;
        foreseenS += spanS;
        sound &= innovationSum + foreseenSum < Double.POSITIVE_INFINITY;
    }

    /**
     * What the set's model says at the estimator's SOC: its prediction without what it has learned on the way of the model's
     * voltage and resistance. A filter that may lay any error to its model would never be surprised.
     */
    private static double modelV(PackEstimate estimate, int c, double nowA) {
        double voltageErrorV = estimate.voltageErrorV(c);
        double resistanceError = estimate.resistanceError(c);
        double v = estimate.predictedV(c);
        if (!Double.isNaN(voltageErrorV)) {
            v -= voltageErrorV;
        }
        if (!Double.isNaN(resistanceError)) {
            v += resistanceError / (1.0 + resistanceError) * estimate.r0Ohm(c) * nowA;
        }
        return v;
    }

    /** Half of how far the curve moves over a standard deviation to both sides, V. */
    private double spreadV(double soc, double sigma, double tDegC) {
        return 0.5 * (ocv.v(soc + sigma, tDegC) - ocv.v(soc - sigma, tDegC));
    }

    private double carriedVariance(int c) {
        double offset = noise.current().offsetPerH() * stretchS / 3600.0;
        double capacity = noise.current().gainSigma() * moved;
        return stretchSigma[c] * stretchSigma[c] + offset * offset + capacity * capacity;
    }

    /** Minus the logarithm of a normal density, but for its constant: the less, the better foreseen. */
    private static double logScore(double error, double variance) {
        return 0.5 * (error * error / variance + StrictMath.log(variance));
    }

    /** Closes a stretch: how well its voltages were foreseen; NaN when none came. */
    double closeStretch(PackEstimate estimate) {
        double squares = 0.0;
        for (int c = 0; c < stretchSoc.length; c++) {
            double corrected = estimate.soc(c) - stretchSoc[c] - moved;
            squares += corrected * corrected / carriedVariance(c);
        }
        chargeSum += squares / stretchSoc.length;
        stretches++;
        sound &= chargeSum < Double.POSITIVE_INFINITY;
        return foreseenS > 0.0 ? foreseenSum / foreseenS : Double.NaN;
    }

    /** Remembers what is carried into a rest. */
    void enterRest(PackEstimate estimate) {
        for (int c = 0; c < restSoc.length; c++) {
            restSoc[c] = estimate.soc(c);
            restSigma[c] = estimate.socSigma(c);
        }
        restMoved = moved;
    }

    /** Whether a rest was entered since the restart. */
    boolean knowsRest() {
        return !Double.isNaN(restMoved);
    }

    /** Holds what was carried into the rest against its voltages: how well they were foreseen; NaN when none came. */
    double closeRest(PackSample sample, PackEstimate estimate) {
        double squares = 0.0;
        double logs = 0.0;
        int n = 0;
        for (int c = 0; c < restSoc.length; c++) {
            if (!rest.read(c, sample, estimate)) {
                continue;
            }
            double tDegC = sample.cellTemperatureDegC(c);
            double carried = restSoc[c] + (moved - restMoved);
            double errorV = rest.openV() - ocv.v(carried, tDegC);
            double spreadV = spreadV(carried, restSigma[c], tDegC);
            double variance = spreadV * spreadV + rest.doubtV() * rest.doubtV();
            squares += errorV * errorV / variance;
            logs += logScore(errorV, variance);
            n++;
        }
        if (n == 0) {
            return Double.NaN;
        }
        restSum += squares / n;
        rests++;
        sound &= restSum < Double.POSITIVE_INFINITY;
        return logs / n;
    }

    /** The first of the three figures that is over its limit, or null when the estimator keeps its word. */
    ShadowDecision.@Nullable Reason fault(double sigmas) {
        if (!sound) {
            return ShadowDecision.Reason.UNSOUND;
        }
        if (innovations >= 1.0 && innovationSum > chiSquaredLimit(innovations, sigmas)) {
            return ShadowDecision.Reason.INNOVATION;
        }
        if (stretches > 0 && chargeSum > chiSquaredLimit(stretches, sigmas)) {
            return ShadowDecision.Reason.CHARGE_CLOSURE;
        }
        if (rests > 0 && restSum > chiSquaredLimit(rests, sigmas)) {
            return ShadowDecision.Reason.REST_CLOSURE;
        }
        return null;
    }

    int stretches() {
        return stretches;
    }

    int rests() {
        return rests;
    }

    /** The figures per error, NaN while there are none; allocates. */
    ShadowScore.Figures figures(double sigmas) {
        return new ShadowScore.Figures(
                innovationSum / innovations,
                chiSquaredLimit(innovations, sigmas) / innovations,
                chargeSum / stretches,
                chiSquaredLimit(stretches, sigmas) / stretches,
                restSum / rests,
                chiSquaredLimit(rests, sigmas) / rests);
    }

    /**
     * Upper limit of chi-squared with {@code n} degrees of freedom at a one-sided normal quantile: the cube root of
     * chi-squared over n is nearly normal with mean 1 - 2/(9n) and variance 2/(9n) (Wilson and Hilferty's approximation). The
     * tests hold it against exact tails: at 3.09 sigmas the limit cuts off 0.85 to 1 in a thousand from n = 2 on.
     */
    static double chiSquaredLimit(double n, double sigmas) {
        double v = 2.0 / (9.0 * n);
        double root = 1.0 - v + sigmas * Math.sqrt(v);
        return n * root * root * root;
    }
}
