package io.github.bms4j.estimate;

import java.util.Arrays;

/**
 * The state of the filter of neighbouring cells: one array per quantity, all indexed by the cell's place among them.
 *
 * <p>The covariance is symmetric and only its upper triangle is kept, column after column: {@link #at}. What the last
 * correction takes from it is pending, so that the next time update reads and writes every entry once:
 *
 * <pre>P = p + w g g'</pre>
 *
 * <p>Thread: one.
 */
final class FilterState {
    /** SOC. */
    static final int Z = 0;
    /** Voltage of the first RC pair, V. */
    static final int V1 = 1;
    /** Voltage of the second RC pair, V. */
    static final int V2 = 2;
    /** Hysteresis, -1…1. */
    static final int H = 3;
    /** Relative error of R0. */
    static final int R = 4;
    /** Offset of the current reading, A of one cell. */
    static final int B = 5;
    /** Lasting error of the predicted voltage, V. */
    static final int E = 6;

    /** Offset of the voltage reading, V; only where {@link NoiseModel.VoltageNoise#offsetAlone} keeps it apart from E. */
    static final int W = 7;

    private static final int[][] PAIRS = {
        {V1, V2, H}, {V1, R, E}, {V2, H, R}, {E, V2, H}, {R, H, E}, {W, V1, V2}, {W, H, R}
    };

    /** States that have a variance: 8 with {@link #W}, 7 without. */
    final int states;

    /** Cells. */
    final int n;

    /** x[k][cell]: state k. */
    final double[][] x;
    /** p[at(j, k)][cell]: covariance of states j and k before what is pending. */
    final double[][] p;
    /** row[j][k] is the same array for states j and k in either order. */
    final double[][][] row;
    /** Pairs of entries off the diagonal beyond SOC and offset: state j with k and with m. */
    final int[][] pairs;
    /** g[k][cell]: covariance of state k and the last predicted voltage. */
    final double[][] g;
    /** What the product of two of them is to be multiplied by: about minus the inverse of that voltage's variance, or 0. */
    final double[] w;
    /** Variance of the voltage predicted at the last correction, V². */
    final double[] predictedV2;
    /** Voltage of the third RC pair, moved along without a variance, V. */
    final double[] v3;
    /** Slow mean of the squared, normalised innovation; about 1 while the filter's picture of itself is true. */
    final double[] misfit;
    /** When a cell was last reopened or started, monotonic nanoseconds. */
    final long[] openedNanos;
    /** Whether a cell still waits for its first voltage since it was opened. */
    final boolean[] fresh;
    /** Whether a cell's voltage was missing when the others were corrected: its next one is taken when it comes. */
    final boolean[] late;

    FilterState(int n, boolean withOffset) {
        this.n = n;
        states = withOffset ? W + 1 : W;
        x = new double[states][Passes.length(n)];
        p = new double[states * (states + 1) / 2][Passes.length(n)];
        row = new double[states][states][];
        for (int j = 0; j < states; j++) {
            for (int k = 0; k < states; k++) {
                row[j][k] = p[at(j, k)];
            }
        }
        pairs = withOffset ? PAIRS : Arrays.copyOf(PAIRS, PAIRS.length - 2);
        g = new double[states][Passes.length(n)];
        w = new double[Passes.length(n)];
        predictedV2 = new double[Passes.length(n)];
        v3 = new double[Passes.length(n)];
        misfit = new double[Passes.length(n)];
        openedNanos = new long[n];
        fresh = new boolean[n];
        late = new boolean[n];
    }

    /** Place of the covariance of states j and k in {@link #p}, in either order. */
    static int at(int j, int k) {
        int row = Math.min(j, k);
        int column = Math.max(j, k);
        return column * (column + 1) / 2 + row;
    }

    /** The covariance of states j and k of all cells before what is pending. */
    double[] p(int j, int k) {
        return p[at(j, k)];
    }

    /** The covariance of states j and k of one cell, what is pending taken in. */
    double covariance(int j, int k, int i) {
        return Math.fma(w[i] * g[j][i], g[k][i], p[at(j, k)][i]);
    }
}
