package io.github.bms4j.estimate;

import io.github.bms4j.cell.PackLayout;
import io.github.bms4j.num.Check;
import java.util.Arrays;

/**
 * What the pack is: SOC with its standard deviation, polarisation, circuit, predicted voltage, core temperature and
 * health of every cell, and the SOC of the pack.
 *
 * <p>SOC of a cell is reported within [0, 1] even while the filter's own state lies slightly outside. A cell is one
 * measured group. The pack's SOC is the charge that can be taken until the first cell is empty, over that plus the
 * charge that can be put in until the first cell is full; with equal capacities
 *
 * <pre>packSoc = min / (min + 1 - max)</pre>
 *
 * <p>Units: V, ohm, °C; NaN until known. Thread: one. Allocation: none after construction.
 */
public final class PackEstimate {
    private static final VoltageTrust[] TRUSTS = VoltageTrust.values();

    private final double[] soc;
    private final double[] socVariance;
    private final double[] socDifference;
    private final double[] socDifferenceSigma;
    private final double[] fastRcV;
    private final double[] slowRcV;
    private final double[] diffusionV;
    private final double[] predictedV;
    private final double[] r0Ohm;
    private final double[] fastOhm;
    private final double[] slowOhm;
    private final double[] ocvSlopeV;
    private final double[] predictedVariance;
    private final double[] misfit;
    private final double[] resistanceError;
    private final double[] resistanceErrorVariance;
    private final double[] voltageErrorV;
    private final double[] hysteresis;
    private final byte[] voltageTrust;
    private double currentBiasA = Double.NaN;
    private final double[] coreDegC;
    private final double[] coreSigmaK;
    private final PackHealth health;
    private double packSoc = Double.NaN;
    private double packSocSigma = Double.NaN;
    private double meanSoc = Double.NaN;
    private double meanSocSigma = Double.NaN;
    private int weakest = -1;
    private int strongest = -1;
    private long nanos;
    private boolean known;
    private boolean formed;
    private boolean comparing;
    private boolean compared;

    /** An unknown pack. */
    public PackEstimate(PackLayout layout) {
        int cells = Check.atLeast("cells", layout.cells(), 1);
        soc = new double[cells];
        socVariance = new double[cells];
        socDifference = unknown(cells);
        socDifferenceSigma = unknown(cells);
        fastRcV = new double[cells];
        slowRcV = new double[cells];
        diffusionV = new double[cells];
        predictedV = new double[cells];
        r0Ohm = new double[cells];
        fastOhm = new double[cells];
        slowOhm = new double[cells];
        ocvSlopeV = new double[cells];
        predictedVariance = unknown(cells);
        misfit = unknown(cells);
        resistanceError = unknown(cells);
        resistanceErrorVariance = unknown(cells);
        voltageErrorV = unknown(cells);
        hysteresis = unknown(cells);
        voltageTrust = new byte[cells];
        coreDegC = new double[cells];
        coreSigmaK = new double[cells];
        health = new PackHealth(cells);
        Arrays.fill(soc, Double.NaN);
        Arrays.fill(socVariance, Double.NaN);
        Arrays.fill(fastRcV, Double.NaN);
        Arrays.fill(slowRcV, Double.NaN);
        Arrays.fill(diffusionV, Double.NaN);
        Arrays.fill(predictedV, Double.NaN);
        Arrays.fill(r0Ohm, Double.NaN);
        Arrays.fill(fastOhm, Double.NaN);
        Arrays.fill(slowOhm, Double.NaN);
        Arrays.fill(ocvSlopeV, Double.NaN);
        Arrays.fill(coreDegC, Double.NaN);
        Arrays.fill(coreSigmaK, Double.NaN);
    }

    private static double[] unknown(int cells) {
        double[] values = new double[cells];
        Arrays.fill(values, Double.NaN);
        return values;
    }

    /** Whether an estimate was ever written. */
    public boolean known() {
        return known;
    }

    /** Refuses to be taken over when nothing is known or when the cells are not as many. */
    PackEstimate requireKnown(int cells) {
        if (!known() || soc.length != cells) {
            throw new IllegalArgumentException("estimate must be known and of " + cells + " cells but "
                    + (known() ? "has " + soc.length : "is unknown"));
        }
        return this;
    }

    /** Number of cells. */
    public int cells() {
        return soc.length;
    }

    /** SOC of a cell, 0…1. */
    public double soc(int cell) {
        return soc[cell];
    }

    /** Standard deviation of a cell's SOC. */
    public double socSigma(int cell) {
        return Math.sqrt(socVariance[cell]);
    }

    /**
     * SOC of a cell less that of the mean cell, not held within 0…1, from what the cells show against each other; NaN where the
     * estimator follows every cell by itself.
     */
    public double socDifference(int cell) {
        return compared ? socDifference[cell] : Double.NaN;
    }

    /** Standard deviation of {@link #socDifference}: what is wrong for all cells alike has no part in it. */
    public double socDifferenceSigma(int cell) {
        return compared ? socDifferenceSigma[cell] : Double.NaN;
    }

    /** Voltage of a cell's first RC pair, V, positive after discharge. */
    public double fastRcV(int cell) {
        return fastRcV[cell];
    }

    /** Voltage of a cell's second RC pair, V, positive after discharge; 0 for a circuit with one pair. */
    public double slowRcV(int cell) {
        return slowRcV[cell];
    }

    /** Voltage of a cell's slow diffusion, V, positive after discharge; 0 for a circuit without a third pair. */
    public double diffusionV(int cell) {
        return diffusionV[cell];
    }

    /** Terminal voltage the model expected before the sample corrected it, V. */
    public double predictedV(int cell) {
        return predictedV[cell];
    }

    /** Ohmic resistance of a cell at its SOC and temperature, ohm. */
    public double r0Ohm(int cell) {
        return r0Ohm[cell];
    }

    /** Resistance of a cell's first RC pair, ohm. */
    public double fastOhm(int cell) {
        return fastOhm[cell];
    }

    /** Resistance of a cell's second RC pair, ohm; 0 for a circuit with one pair. */
    public double slowOhm(int cell) {
        return slowOhm[cell];
    }

    /** Slope of a cell's open-circuit voltage, V per unit SOC. */
    public double ocvSlopeV(int cell) {
        return ocvSlopeV[cell];
    }

    /** Standard deviation of {@link #predictedV} as the estimator saw it when it last corrected, V; NaN if it states none. */
    public double predictedSigmaV(int cell) {
        return Math.sqrt(predictedVariance[cell]);
    }

    /**
     * Slow mean of the squared difference between measured and predicted voltage over its variance: about 1 or less while the
     * estimator's picture of itself is true; NaN if it keeps none.
     */
    public double misfit(int cell) {
        return misfit[cell];
    }

    /** Relative error of the model's R0 that a cell shows: 0.2 is 20 % more than the model says; NaN if not followed. */
    public double resistanceError(int cell) {
        return resistanceError[cell];
    }

    /** Standard deviation of {@link #resistanceError}. */
    public double resistanceErrorSigma(int cell) {
        return Math.sqrt(resistanceErrorVariance[cell]);
    }

    /** Lasting error of the model's voltage, V, positive where the cell reads higher; NaN if not followed. */
    public double voltageErrorV(int cell) {
        return voltageErrorV[cell];
    }

    /** Hysteresis state of a cell: -1 after discharge, +1 after charge; NaN if not followed. */
    public double hysteresis(int cell) {
        return hysteresis[cell];
    }

    /** What the estimator makes of a cell's voltage reading; {@link VoltageTrust#SOUND} where it does not look. */
    public VoltageTrust voltageTrust(int cell) {
        return TRUSTS[voltageTrust[cell]];
    }

    /** Offset of the pack's current reading, A: what it shows too much; NaN if not followed. */
    public double currentBiasA() {
        return currentBiasA;
    }

    /** Temperature in the middle of a cell, °C; NaN without a {@link CoreTemperatureEstimator}. */
    public double coreDegC(int cell) {
        return coreDegC[cell];
    }

    /** Standard deviation of {@link #coreDegC}, K. */
    public double coreSigmaK(int cell) {
        return coreSigmaK[cell];
    }

    /** How the cells have aged: capacity and resistance. */
    public PackHealth health() {
        return health;
    }

    /** SOC of the pack, 0…1. */
    public double packSoc() {
        form();
        return packSoc;
    }

    /** Standard deviation of the pack's SOC; the errors of its cells count as fully correlated. */
    public double packSocSigma() {
        form();
        return packSocSigma;
    }

    /** Mean SOC of the cells, 0…1. */
    public double meanSoc() {
        form();
        return meanSoc;
    }

    /** Standard deviation of the mean; the errors of the cells count as fully correlated. */
    public double meanSocSigma() {
        form();
        return meanSocSigma;
    }

    /** Cell with the lowest SOC, or -1 while unknown. */
    public int weakest() {
        form();
        return weakest;
    }

    /** Cell with the highest SOC, or -1 while unknown. */
    public int strongest() {
        form();
        return strongest;
    }

    /** Time of the sample that was last taken in, monotonic nanoseconds. */
    public long nanos() {
        return nanos;
    }

    /** For estimators: what one cell is; a SOC outside [0, 1] is reported as its nearer end. */
    public void cell(
            int cell, double newSoc, double sigma, double newFastRcV, double newSlowRcV, double newPredictedV) {
        soc[cell] = Math.min(1.0, Math.max(0.0, newSoc));
        socVariance[cell] = sigma * sigma;
        fastRcV[cell] = newFastRcV;
        slowRcV[cell] = newSlowRcV;
        predictedV[cell] = newPredictedV;
    }

    /** Takes over what a newcomer starts from: SOC made less sure by {@code extraSigma}, and polarisation. */
    void widened(PackEstimate from, double extraSigma) {
        from.requireKnown(soc.length);
        for (int c = 0; c < soc.length; c++) {
            double sigma = Math.sqrt(from.socVariance[c] + extraSigma * extraSigma);
            cell(c, from.soc[c], sigma, from.fastRcV[c], from.slowRcV[c], from.predictedV[c]);
            diffusion(c, from.diffusionV[c]);
            circuit(c, from.r0Ohm[c], from.fastOhm[c], from.slowOhm[c], from.ocvSlopeV[c]);
        }
        close(from.nanos);
    }

    /** For estimators that compare cells, in every step: SOC of a cell less the mean cell's, and the standard deviation of that. */
    public void socDifference(int cell, double difference, double sigma) {
        socDifference[cell] = difference;
        socDifferenceSigma[cell] = sigma;
        comparing = true;
    }

    void diffusion(int cell, double newDiffusionV) {
        diffusionV[cell] = newDiffusionV;
    }

    /** For estimators: the circuit of one cell at hand, ohm, and the slope of its open-circuit voltage, V. */
    public void circuit(int cell, double newR0Ohm, double newFastOhm, double newSlowOhm, double newOcvSlopeV) {
        r0Ohm[cell] = newR0Ohm;
        fastOhm[cell] = newFastOhm;
        slowOhm[cell] = newSlowOhm;
        ocvSlopeV[cell] = newOcvSlopeV;
    }

    /** Takes the states of n neighbouring cells from arrays that begin with the first of them. */
    void states(
            int first, int n, double[] fraction, double[] variance, double[] fastV, double[] slowV, double[] slowestV) {
        System.arraycopy(fraction, 0, soc, first, n);
        System.arraycopy(variance, 0, socVariance, first, n);
        System.arraycopy(fastV, 0, fastRcV, first, n);
        System.arraycopy(slowV, 0, slowRcV, first, n);
        System.arraycopy(slowestV, 0, diffusionV, first, n);
    }

    /** Takes what the model says of n neighbouring cells in the same way. */
    void circuits(int first, int n, double[] terminalV, double[] ohm0, double[] ohm1, double[] ohm2, double[] slopeV) {
        System.arraycopy(terminalV, 0, predictedV, first, n);
        System.arraycopy(ohm0, 0, r0Ohm, first, n);
        System.arraycopy(ohm1, 0, fastOhm, first, n);
        System.arraycopy(ohm2, 0, slowOhm, first, n);
        System.arraycopy(slopeV, 0, ocvSlopeV, first, n);
    }

    /** Takes how far n neighbouring cells may stand off their model in the same way. */
    void doubts(
            int first,
            int n,
            double[] terminalV2,
            double[] meanMisfit,
            double[] r0Error,
            double[] r0ErrorVariance,
            double[] lastingV,
            double[] turned) {
        System.arraycopy(terminalV2, 0, predictedVariance, first, n);
        System.arraycopy(meanMisfit, 0, misfit, first, n);
        System.arraycopy(r0Error, 0, resistanceError, first, n);
        System.arraycopy(r0ErrorVariance, 0, resistanceErrorVariance, first, n);
        System.arraycopy(lastingV, 0, voltageErrorV, first, n);
        System.arraycopy(turned, 0, hysteresis, first, n);
    }

    void expected(int cell, double newPredictedSigmaV, double newMisfit) {
        predictedVariance[cell] = newPredictedSigmaV * newPredictedSigmaV;
        misfit[cell] = newMisfit;
    }

    void resistanceError(int cell, double newError, double newSigma) {
        resistanceError[cell] = newError;
        resistanceErrorVariance[cell] = newSigma * newSigma;
    }

    void voltageError(int cell, double newErrorV, double newHysteresis) {
        voltageErrorV[cell] = newErrorV;
        hysteresis[cell] = newHysteresis;
    }

    /** Trusts the voltages of n neighbouring cells. */
    void soundVoltages(int first, int n) {
        Arrays.fill(voltageTrust, first, first + n, (byte) VoltageTrust.SOUND.ordinal());
    }

    void voltageTrust(int cell, VoltageTrust newTrust) {
        voltageTrust[cell] = (byte) newTrust.ordinal();
    }

    void currentBias(double newCurrentBiasA) {
        currentBiasA = newCurrentBiasA;
    }

    void core(int cell, double newCoreDegC, double newCoreSigmaK) {
        coreDegC[cell] = newCoreDegC;
        coreSigmaK[cell] = newCoreSigmaK;
    }

    /** For estimators: all cells are written; the pack's figures are formed from them when they are asked for. */
    public void close(long atNanos) {
        nanos = atNanos;
        known = true;
        compared = comparing;
        comparing = false;
        formed = false;
    }

    private void form() {
        if (formed || !known) {
            return;
        }
        formed = true;
        int low = 0;
        int high = 0;
        double socSum = soc[0];
        double sigmaSum = socSigma(0);
        for (int c = 1; c < soc.length; c++) {
            socSum += soc[c];
            sigmaSum += socSigma(c);
            if (soc[c] < soc[low]) {
                low = c;
            }
            if (soc[c] > soc[high]) {
                high = c;
            }
        }
        meanSoc = socSum / soc.length;
        meanSocSigma = sigmaSum / soc.length;
        weakest = low;
        strongest = high;
        double takeable = soc[low];
        double window = takeable + 1.0 - soc[high];
        if (window > 1e-9) {
            packSoc = takeable / window;
            packSocSigma = ((1.0 - soc[high]) * socSigma(low) + takeable * socSigma(high)) / (window * window);
        } else {
            packSoc = takeable;
            packSocSigma = Math.max(socSigma(low), socSigma(high));
        }
    }
}
