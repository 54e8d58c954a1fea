package io.github.bms4j.detect;

import java.util.Arrays;

/**
 * A few states each for many members, with full covariances: a Kalman filter in elementary moves.
 *
 * <pre>
 * shear    x_i += f x_j                          P = F P F',  F = I + f e_i e_j'
 * fade     x_i = a x_i + noise of variance q     P = A P A' + q e_i e_i'
 * correct  x += P h' / s (y - h x),  s = h P h' + r,  P -= P h' h P / s
 * </pre>
 *
 * <p>Few states, few and unlike measurements: the lower triangle is stored, so P stays symmetric, and double precision has ten
 * digits to spare. Structure of arrays. Thread: one. Allocation: none after construction.
 */
final class StateBank {
    private final int states;
    private final double[][] x;
    private final double[][] p;
    private final double[] gain;

    StateBank(int states, int members) {
        this.states = states;
        x = new double[states][members];
        p = new double[states * (states + 1) / 2][members];
        gain = new double[states];
    }

    private static int at(int i, int j) {
        return i >= j ? i * (i + 1) / 2 + j : j * (j + 1) / 2 + i;
    }

    /** Forgets everything of all members; state i is 0 with {@code sigma[i]}. */
    void start(double... sigma) {
        for (double[] column : p) {
            Arrays.fill(column, 0.0);
        }
        for (int i = 0; i < states; i++) {
            Arrays.fill(x[i], 0.0);
            Arrays.fill(p[at(i, i)], sigma[i] * sigma[i]);
        }
    }

    /** Knows a state of a member from elsewhere, whatever the others are. */
    void know(int i, int member, double value, double variance) {
        x[i][member] = value;
        for (int k = 0; k < states; k++) {
            p[at(i, k)][member] = k == i ? variance : 0.0;
        }
    }

    double value(int i, int member) {
        return x[i][member];
    }

    double sigma(int i, int member) {
        return Math.sqrt(p[at(i, i)][member]);
    }

    double variance(int i, int member) {
        return p[at(i, i)][member];
    }

    /** Moves state i by a known amount. */
    void move(int i, int member, double by) {
        x[i][member] += by;
    }

    void shear(int i, int j, int member, double f) {
        x[i][member] += f * x[j][member];
        double pij = p[at(i, j)][member];
        double pjj = p[at(j, j)][member];
        p[at(i, i)][member] += f * (2.0 * pij + f * pjj);
        for (int k = 0; k < states; k++) {
            if (k != i) {
                p[at(i, k)][member] += f * p[at(j, k)][member];
            }
        }
    }

    void fade(int i, int member, double a, double variance) {
        x[i][member] *= a;
        for (int k = 0; k < states; k++) {
            p[at(i, k)][member] *= k == i ? a * a : a;
        }
        p[at(i, i)][member] += variance;
    }

    /** Variance h P h' with which h x is known. */
    double variance(int member, double[] h) {
        double sum = 0.0;
        for (int i = 0; i < states; i++) {
            sum += h[i] * cross(i, member, h);
        }
        return sum;
    }

    private double cross(int i, int member, double[] h) {
        double sum = 0.0;
        for (int j = 0; j < states; j++) {
            sum += p[at(i, j)][member] * h[j];
        }
        return sum;
    }

    void correct(int member, double[] h, double residual, double r) {
        double s = variance(member, h) + r;
        for (int i = 0; i < states; i++) {
            gain[i] = cross(i, member, h);
        }
        for (int i = 0; i < states; i++) {
            x[i][member] += gain[i] / s * residual;
            for (int j = 0; j <= i; j++) {
                p[at(i, j)][member] -= gain[i] * gain[j] / s;
            }
        }
    }
}
