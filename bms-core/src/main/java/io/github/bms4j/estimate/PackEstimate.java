package io.github.bms4j.estimate;

import io.github.bms4j.cell.PackLayout;
import io.github.bms4j.num.Check;
import java.util.Arrays;

/**
 * What the pack is: SOC with its standard deviation, polarisation, circuit and predicted voltage of every cell, and the
 * SOC of the pack.
 *
 * <p>SOC of a cell is reported within [0, 1] even while the filter's own state lies slightly outside. A cell is one
 * measured group. The pack's SOC is the charge that can be taken until the first cell is empty, over that plus the
 * charge that can be put in until the first cell is full; with equal capacities
 *
 * <pre>packSoc = min / (min + 1 - max)</pre>
 *
 * <p>Units: V; NaN until known. Thread: one. Allocation: none after construction.
 */
public final class PackEstimate {
    private final double[] soc;
    private final double[] socSigma;
    private final double[] fastRcV;
    private final double[] slowRcV;
    private final double[] predictedV;
    private final double[] r0Ohm;
    private final double[] fastOhm;
    private final double[] slowOhm;
    private final double[] ocvSlopeV;
    private double packSoc = Double.NaN;
    private double packSocSigma = Double.NaN;
    private int weakest = -1;
    private int strongest = -1;
    private long nanos;

    /** An unknown pack. */
    public PackEstimate(PackLayout layout) {
        int cells = Check.atLeast("cells", layout.cells(), 1);
        soc = new double[cells];
        socSigma = new double[cells];
        fastRcV = new double[cells];
        slowRcV = new double[cells];
        predictedV = new double[cells];
        r0Ohm = new double[cells];
        fastOhm = new double[cells];
        slowOhm = new double[cells];
        ocvSlopeV = new double[cells];
        Arrays.fill(soc, Double.NaN);
        Arrays.fill(socSigma, Double.NaN);
        Arrays.fill(fastRcV, Double.NaN);
        Arrays.fill(slowRcV, Double.NaN);
        Arrays.fill(predictedV, Double.NaN);
        Arrays.fill(r0Ohm, Double.NaN);
        Arrays.fill(fastOhm, Double.NaN);
        Arrays.fill(slowOhm, Double.NaN);
        Arrays.fill(ocvSlopeV, Double.NaN);
    }

    /** Whether an estimate was ever written. */
    public boolean known() {
        return weakest >= 0;
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
        return socSigma[cell];
    }

    /** Voltage of a cell's first RC pair, V, positive after discharge. */
    public double fastRcV(int cell) {
        return fastRcV[cell];
    }

    /** Voltage of a cell's second RC pair, V, positive after discharge; 0 for a circuit with one pair. */
    public double slowRcV(int cell) {
        return slowRcV[cell];
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

    /** SOC of the pack, 0…1. */
    public double packSoc() {
        return packSoc;
    }

    /** Standard deviation of the pack's SOC; the errors of its cells count as fully correlated. */
    public double packSocSigma() {
        return packSocSigma;
    }

    /** Cell with the lowest SOC, or -1 while unknown. */
    public int weakest() {
        return weakest;
    }

    /** Cell with the highest SOC, or -1 while unknown. */
    public int strongest() {
        return strongest;
    }

    /** Time of the sample that was last taken in, monotonic nanoseconds. */
    public long nanos() {
        return nanos;
    }

    void cell(int cell, double newSoc, double sigma, double newFastRcV, double newSlowRcV, double newPredictedV) {
        soc[cell] = Math.min(1.0, Math.max(0.0, newSoc));
        socSigma[cell] = sigma;
        fastRcV[cell] = newFastRcV;
        slowRcV[cell] = newSlowRcV;
        predictedV[cell] = newPredictedV;
    }

    void circuit(int cell, double newR0Ohm, double newFastOhm, double newSlowOhm, double newOcvSlopeV) {
        r0Ohm[cell] = newR0Ohm;
        fastOhm[cell] = newFastOhm;
        slowOhm[cell] = newSlowOhm;
        ocvSlopeV[cell] = newOcvSlopeV;
    }

    /** Forms the pack's figures from its cells. */
    void close(long atNanos) {
        nanos = atNanos;
        int low = 0;
        int high = 0;
        for (int c = 1; c < soc.length; c++) {
            if (soc[c] < soc[low]) {
                low = c;
            }
            if (soc[c] > soc[high]) {
                high = c;
            }
        }
        weakest = low;
        strongest = high;
        double takeable = soc[low];
        double window = takeable + 1.0 - soc[high];
        if (window > 1e-9) {
            packSoc = takeable / window;
            packSocSigma = ((1.0 - soc[high]) * socSigma[low] + takeable * socSigma[high]) / (window * window);
        } else {
            packSoc = takeable;
            packSocSigma = Math.max(socSigma[low], socSigma[high]);
        }
    }
}
