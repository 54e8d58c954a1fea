package io.github.bms4j.detect;

import java.util.Arrays;

/**
 * The voltages of all cells while they relax, averaged over spans whose length grows with the time since the charge ended.
 *
 * <p>Span k ends at {@code firstS} times 1.25 to the power of k. Beside each mean stands its time and the noise of one reading, estimated
 * from the difference of neighbouring readings, to which what the cell moves meanwhile adds little. Thread: one. Allocation: none after
 * construction.
 */
final class RelaxationCurve {
    private static final double RATIO = 1.25;

    /** Noise of a reading before any was seen, V, and for how many pairs of readings that stands. */
    private static final double EXPECTED_V = 0.002;

    private static final double EXPECTED_PAIRS = 10.0;

    private final int cells;
    private final double[] endS;
    private final double[] meanS;
    private final int[] readings;
    private final double[][] meanV;
    private final double[] lastV;
    private final double[] squaresV2;
    private int pairs;
    private int span;
    private double openS;

    RelaxationCurve(int cells, double firstS, double lastS) {
        this.cells = cells;
        int spans = 1 + (int) Math.ceil(StrictMath.log(lastS / firstS) / StrictMath.log(RATIO));
        endS = new double[spans];
        double end = firstS;
        for (int k = 0; k < spans; k++) {
            endS[k] = end;
            end *= RATIO;
        }
        meanS = new double[spans];
        readings = new int[spans];
        meanV = new double[spans][cells];
        lastV = new double[cells];
        squaresV2 = new double[cells];
    }

    /** Begins a rest. */
    void start() {
        Arrays.fill(meanS, 0.0);
        Arrays.fill(readings, 0);
        Arrays.fill(squaresV2, 0.0);
        for (double[] one : meanV) {
            Arrays.fill(one, 0.0);
        }
        pairs = 0;
        span = 0;
        openS = endS[0] / RATIO;
    }

    /** Where the voltages of all cells go next; {@link #took} closes them. */
    void take(int cell, double v) {
        meanV[span][cell] += v;
        if (readings[span] > 0) {
            double step = v - lastV[cell];
            squaresV2[cell] += step * step;
        }
        lastV[cell] = v;
    }

    /** Whether a reading so long after the end of the charge is wanted. */
    boolean wants(double atS) {
        return span < endS.length && atS >= openS;
    }

    /** All cells are taken at that time; true when a span is complete. */
    boolean took(double atS) {
        pairs += readings[span] > 0 ? 1 : 0;
        readings[span]++;
        meanS[span] += atS;
        if (atS < endS[span]) {
            return false;
        }
        for (int c = 0; c < cells; c++) {
            meanV[span][c] /= readings[span];
        }
        meanS[span] /= readings[span];
        openS = endS[span];
        span++;
        return true;
    }

    /** Most spans there can be. */
    int capacity() {
        return endS.length;
    }

    /** Complete spans. */
    int spans() {
        return span;
    }

    double atS(int k) {
        return meanS[k];
    }

    double v(int k, int cell) {
        return meanV[k][cell];
    }

    int readings(int k) {
        return readings[k];
    }

    /** Variance of one reading of a cell, V²: what was seen, and what is expected with the weight of a few pairs. */
    double noiseV2(int cell) {
        return (squaresV2[cell] + 2.0 * EXPECTED_PAIRS * EXPECTED_V * EXPECTED_V) / (2.0 * (pairs + EXPECTED_PAIRS));
    }
}
