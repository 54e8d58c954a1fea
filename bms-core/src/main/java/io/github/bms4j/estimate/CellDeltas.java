package io.github.bms4j.estimate;

import java.util.Arrays;

/**
 * What makes each cell differ from the pack's mean cell: four small states a cell, filtered whenever it is visited.
 *
 * <pre>
 * x = (s, p, k, b)    SOC less the mean's; resistance over the mean's less 1; mean capacity over the cell's less 1;
 *                     offset of the cell's voltage sensor, V
 * s' = s + m k        m: by how much the mean cell's SOC moved by charge since the last visit
 * y  = OCV(mean + s) - OCV(mean) - p D + b        D: drop of the mean cell, ohmic and polarised
 * </pre>
 *
 * <p>y is the cell's voltage less the mean voltage, so what is wrong with the model of all cells cancels. A sensor offset does
 * not fade, so it is a state and not noise: on a flat curve it cannot be told from the SOC, and the variance says so. The
 * covariance is kept as U D U' (docs/decisions/005-filter-form.md); one visit's factors pass through the scratch below.
 * Derivation: docs/theory/bar-delta.md. Thread: one. Allocation: none after construction.
 */
final class CellDeltas {
    private static final int STATES = 4;

    /** Before anything was measured: ±3 points, ±10 %, ±3 %, ±2 mV. */
    private static final double[] START_SIGMA = {0.03, 0.10, 0.03, 0.002};

    /** Variance gained per second: 0.2 points and 0.3 ‰ of capacity in a day, 5 % of resistance in an hour, 0.1 mV a day. */
    private static final double[] DRIFT = {
        0.002 * 0.002 / 86_400.0, 0.05 * 0.05 / 3600.0, 0.0003 * 0.0003 / 86_400.0, 0.0001 * 0.0001 / 86_400.0
    };

    /** Cells of one batch differ in the shape of their curve by so much, V, ... */
    private static final double SHAPE_SIGMA_V = 0.002;

    /** ... keeping it over so much SOC, ... */
    private static final double SHAPE_SOC = 0.03;

    /** ... or so long, s; ... */
    private static final double SHAPE_S = 600.0;

    /** ... and in the dynamics of their drop by this share of it. */
    private static final double DROP_SIGMA = 0.05;

    private final double[][] x;
    private final double[][] d;
    private final double[][] u;
    private final double share;

    // Of the cell at hand.
    private final double[][] w = new double[STATES][2 * STATES];
    private final double[] weight = new double[2 * STATES];
    private final double[] h = new double[STATES];
    private final double[] f = new double[STATES];
    private final double[] gain = new double[STATES];

    CellDeltas(int cells) {
        x = new double[STATES][cells];
        d = new double[STATES][cells];
        u = new double[STATES * (STATES - 1) / 2][cells];
        share = 1.0 - 1.0 / cells; // of a cell's variance in its distance from the mean of all; none for a single cell
    }

    /** Column of a factor: (0,1) (0,2) (1,2) (0,3) (1,3) (2,3). */
    private static int at(int row, int column) {
        return column * (column - 1) / 2 + row;
    }

    /** Forgets all differences. */
    void start() {
        for (int j = 0; j < STATES; j++) {
            Arrays.fill(x[j], 0.0);
            Arrays.fill(d[j], share * START_SIGMA[j] * START_SIGMA[j]);
        }
        for (double[] factor : u) {
            Arrays.fill(factor, 0.0);
        }
    }

    /** Sets a cell's SOC less the mean's, with its standard deviation. */
    void soc(int cell, double less, double sigma) {
        x[0][cell] = less;
        d[0][cell] = share * sigma * sigma;
    }

    /** Takes so much SOC of the mean's capacity out of a cell, and so much out of the mean. */
    void bleed(int cell, double meanSoc, double soc) {
        x[0][cell] += meanSoc - soc * (1.0 + x[2][cell]);
    }

    /** SOC of a cell less the mean's, as the mean has moved by {@code moved} since the cell's last visit. */
    double soc(int cell, double moved) {
        return x[0][cell] + moved * x[2][cell];
    }

    /** State j of a cell. */
    double state(int j, int cell) {
        return x[j][cell];
    }

    /** Variance of state j of a cell: the diagonal of U D U'. */
    double variance(int j, int cell) {
        double sum = d[j][cell];
        for (int k = j + 1; k < STATES; k++) {
            double factor = u[at(j, k)][cell];
            sum += factor * factor * d[k][cell];
        }
        return sum;
    }

    /** Time update: W = [F U | I] under the weights [D | Q], orthogonalised from the last row to the first. */
    void drift(int c, double moved, double dtS) {
        x[0][c] += moved * x[2][c];
        for (int i = 0; i < STATES; i++) {
            Arrays.fill(w[i], 0.0);
            w[i][i] = 1.0;
            w[i][STATES + i] = 1.0;
            weight[i] = d[i][c];
            weight[STATES + i] = share * DRIFT[i] * dtS;
            for (int k = i + 1; k < STATES; k++) {
                w[i][k] = u[at(i, k)][c];
            }
        }
        w[0][2] += moved; // row 0 of F U: row 0 of U plus m times row 2
        w[0][3] += moved * w[2][3];
        for (int j = STATES - 1; j >= 0; j--) {
            double sum = 0.0;
            for (int k = 0; k < 2 * STATES; k++) {
                sum += w[j][k] * w[j][k] * weight[k];
            }
            d[j][c] = sum;
            for (int i = 0; i < j; i++) {
                double dot = 0.0;
                for (int k = 0; k < 2 * STATES; k++) {
                    dot += w[i][k] * weight[k] * w[j][k];
                }
                double factor = sum > 0.0 ? dot / sum : 0.0;
                u[at(i, j)][c] = factor;
                for (int k = 0; k < 2 * STATES; k++) {
                    w[i][k] -= factor * w[j][k];
                }
            }
        }
    }

    /**
     * Measurement update of one cell.
     *
     * @param residualV measured less expected difference to the mean voltage
     * @param slopeV slope of the curve at the cell's SOC, V per unit SOC
     * @param dropV drop of the mean cell, V
     * @param barV what the uncertainty of the mean cell's SOC makes of the expected difference, a standard deviation, V
     * @param movedSoc SOC moved since the cell's last measurement, a magnitude
     * @param dtS time since then, s; infinite for the first
     */
    void correct(int c, double residualV, double slopeV, double dropV, double barV, double movedSoc, double dtS) {
        double lag = DROP_SIGMA * dropV;
        double news = dtS / SHAPE_S + movedSoc / SHAPE_SOC;
        double r = (SHAPE_SIGMA_V * SHAPE_SIGMA_V + lag * lag + barV * barV) * (1.0 + 2.0 / news);
        h[0] = slopeV;
        h[1] = -dropV;
        h[2] = 0.0;
        h[3] = 1.0;
        for (int j = 0; j < STATES; j++) { // f = U' h'
            f[j] = h[j];
            for (int i = 0; i < j; i++) {
                f[j] += u[at(i, j)][c] * h[i];
            }
        }
        double s = r;
        for (int j = 0; j < STATES; j++) {
            double g = d[j][c] * f[j];
            double next = s + f[j] * g;
            d[j][c] *= s / next;
            for (int i = 0; i < j; i++) {
                double factor = u[at(i, j)][c];
                u[at(i, j)][c] = factor - gain[i] * f[j] / s;
                gain[i] += g * factor;
            }
            gain[j] = g;
            s = next;
        }
        for (int j = 0; j < STATES; j++) {
            x[j][c] += gain[j] * (residualV / s);
        }
    }
}
