package io.github.bms4j.estimate;

import io.github.bms4j.measure.Channel;
import java.util.Arrays;

/**
 * Figures of the step at hand, shared by all blocks of a filter so that they stay in the cache.
 *
 * <p>Thread: one. Allocation: none after construction.
 */
final class FilterScratch {
    /** Reading of a cell, V, and 1 where it is usable, else 0. */
    final double[] cellV;

    final double[] weight;
    /** Open-circuit voltage with hysteresis, and all polarisation, V. */
    final double[] openV;

    final double[] sumV;
    /** Predicted voltage, V; slope of the straight line through the open-circuit voltage, V; half the hysteresis gap, V. */
    final double[] predictedV;

    final double[] slopeV;
    final double[] halfGapV;
    /** What the predicted voltage changes by with the SOC, V per unit. */
    final double[] bySocV;

    /** Minus the voltage over the model's R0, V: what the predicted voltage changes by with R0's error. */
    final double[] dropV;

    final double[] fastOhm;
    final double[] slowOhm;
    /** Variances: lasting error of the voltage, quick error of the reading; V². */
    final double[] lastingV2;

    final double[] quickV2;
    /** Predicted less measured voltage, V; its square over its variance, 0 without a reading. */
    final double[] excessV;

    final double[] misfit;
    /** What a state moves by per its g. */
    final double[] move;
    /** By how much R0's error is beyond what is usual; by how much a voltage jumped, V. */
    final double[] surprise;

    /** The same with what the SOC's error makes of the pairs. */
    final double[] steep;

    final double[] jumpV;
    /** Lasting error of a cell and its variance before the step, kept where they must not fade. */
    final double[] beforeV;

    final double[] beforeV2;
    /** Weight of the reading of a cell that waits for its first voltage. */
    final double[] firstWeight;
    /** Columns of the pending correction: w g of the SOC and of the offset. */
    final double[] gainZ;

    final double[] gainB;
    /** Of a sigma point: its SOC above and below, and the voltage there, V. */
    final double[] reach;

    final double[] aboveSoc;
    final double[] belowSoc;
    final double[] aboveV;
    final double[] belowV;
    /** What is reported: SOC within its range, its variance, R0 with its error, that error's variance. */
    final double[] soc;

    final double[] socVariance;
    final double[] r0Ohm;
    final double[] r0Variance;

    private boolean allWeigh = true;

    FilterScratch(int n) {
        int length = Passes.length(n);
        cellV = new double[length];
        weight = new double[length];
        openV = new double[length];
        sumV = new double[length];
        predictedV = new double[length];
        slopeV = new double[length];
        halfGapV = new double[length];
        dropV = new double[length];
        fastOhm = new double[length];
        slowOhm = new double[length];
        lastingV2 = new double[length];
        quickV2 = new double[length];
        excessV = new double[length];
        misfit = new double[length];
        move = new double[length];
        surprise = new double[length];
        steep = new double[length];
        bySocV = new double[length];
        jumpV = new double[length];
        beforeV = new double[length];
        beforeV2 = new double[length];
        firstWeight = new double[length];
        gainZ = new double[length];
        gainB = new double[length];
        reach = new double[length];
        aboveSoc = new double[length];
        belowSoc = new double[length];
        aboveV = new double[length];
        belowV = new double[length];
        soc = new double[length];
        socVariance = new double[length];
        r0Ohm = new double[length];
        r0Variance = new double[length];
        Arrays.fill(weight, 1.0);
    }

    /** Takes a cell's reading for missing. */
    void mute(int i) {
        weight[i] = 0.0;
        allWeigh = false;
    }

    /** Whether the readings of all cells are usable. */
    boolean allWeigh() {
        return allWeigh;
    }

    /** Takes over the readings of n cells. */
    void read(Channel voltage, int from, int n) {
        boolean all = voltage.copy(from, n, cellV, weight);
        if (all && !allWeigh) {
            Arrays.fill(weight, 1.0);
        }
        allWeigh = all;
    }
}
