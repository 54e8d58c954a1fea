package io.github.bms4j.estimate;

/**
 * Two thermal nodes of one cell, core and surface, as a Kalman filter of their temperatures and of what is not known about
 * them.
 *
 * <pre>
 * x = (Tc, Ts, Ta, g, s)      core, surface, surroundings °C; ln of the loss factor; unknown entropic coefficient V/K
 * C/2 Tc' = q/2 - k (Tc - Ts)
 * C/2 Ts' = q/2 + k (Tc - Ts) - H e^g (Ts - Ta)
 * q       = irreversible - i (T + 273.15) (dU/dT + s)
 * </pre>
 *
 * <p>Trapezoidal steps (stable at any length), exact Jacobian of them, covariance in Joseph's form for one measured state.
 * Derivation: docs/theory/core-temperature.md. All arrays are the caller's or made once. Thread: one. Allocation: none
 * after construction.
 */
final class CoreThermal {
    static final int CORE = 0;
    static final int SURFACE = 1;
    static final int AMBIENT = 2;
    static final int LOSS = 3;
    static final int ENTROPY = 4;
    private static final int N = 5;

    /** The loss to the surroundings stays within a fifth and five times the rated one. */
    private static final double MOST_LOG_LOSS = StrictMath.log(5.0);

    private static final double LONGEST_S = 2.0;
    private static final double ZERO_DEG_C_IN_K = 273.15;

    private final double nodeJPerK;
    private final double betweenWPerK;
    private final double ratedLossWPerK;

    final double[] x = new double[N];
    private final double[] p = new double[N * N];
    private final double[] f = new double[N * N];
    private final double[] fp = new double[N * N];
    private final double[] gain = new double[N];

    CoreThermal(double nodeJPerK, double betweenWPerK, double ratedLossWPerK) {
        this.nodeJPerK = nodeJPerK;
        this.betweenWPerK = betweenWPerK;
        this.ratedLossWPerK = ratedLossWPerK;
    }

    double variance(int state) {
        return p[state * N + state];
    }

    /** A state that is known afresh: its value, its variance, and nothing in common with the others. */
    void set(int state, double value, double variance) {
        x[state] = value;
        forget(state, variance);
    }

    /** Keeps a state's value but makes it unsure. */
    void forget(int state, double variance) {
        for (int j = 0; j < N; j++) {
            p[state * N + j] = 0.0;
            p[j * N + state] = 0.0;
        }
        p[state * N + state] = variance;
    }

    /** Adds to the variance of one state. */
    void loosen(int state, double variance) {
        p[state * N + state] += variance;
    }

    double lossFactor() {
        return StrictMath.exp(x[LOSS]);
    }

    /**
     * Time update under heat that stays the same.
     *
     * @param irreversibleW heat without the reversible part, W
     * @param cellA current, A positive discharging
     * @param entropicVPerK dU/dT of the cell's table at its SOC, V/K
     * @param entropyKept share of the unknown entropic coefficient that is left after the charge of this step, 0…1
     * @param dtS time, s, above 0
     */
    void predict(double irreversibleW, double cellA, double entropicVPerK, double entropyKept, double dtS) {
        int parts = (int) Math.ceil(dtS / LONGEST_S);
        double h = dtS / parts;
        double lossWPerK = ratedLossWPerK * lossFactor();
        double a = 0.5 * h * betweenWPerK / nodeJPerK;
        double b = 0.5 * h * (betweenWPerK + lossWPerK) / nodeJPerK;
        double l = h * lossWPerK / nodeJPerK;
        double det = (1.0 + a) * (1.0 + b) - a * a; // of I - h/2 A; its inverse is [1+b, a; a, 1+a] / det
        double m00 = (1.0 + b) / det;
        double m01 = a / det;
        double m11 = (1.0 + a) / det;
        double f00 = m00 * (1.0 - a) + m01 * a; // (I - h/2 A)^-1 (I + h/2 A)
        double f01 = m00 * a + m01 * (1.0 - b);
        double f10 = m01 * (1.0 - a) + m11 * a;
        double f11 = m01 * a + m11 * (1.0 - b);
        double kept = StrictMath.pow(entropyKept, 1.0 / parts);
        for (int part = 0; part < parts; part++) {
            double meanK = 0.5 * (x[CORE] + x[SURFACE]) + ZERO_DEG_C_IN_K;
            double perEntropy = -0.5 * h * cellA * meanK / nodeJPerK; // kelvin at each node per V/K
            double rise = 0.5 * h * irreversibleW / nodeJPerK + perEntropy * (entropicVPerK + x[ENTROPY]);
            double rise1 = rise + l * x[AMBIENT];
            double core = f00 * x[CORE] + f01 * x[SURFACE] + m00 * rise + m01 * rise1;
            double surface = f10 * x[CORE] + f11 * x[SURFACE] + m01 * rise + m11 * rise1;
            double perLoss = l * (x[AMBIENT] - 0.5 * (x[SURFACE] + surface));
            f[0] = f00;
            f[1] = f01;
            f[2] = m01 * l;
            f[3] = m01 * perLoss;
            f[4] = (m00 + m01) * perEntropy;
            f[5] = f10;
            f[6] = f11;
            f[7] = m11 * l;
            f[8] = m11 * perLoss;
            f[9] = (m01 + m11) * perEntropy;
            x[CORE] = core;
            x[SURFACE] = surface;
            x[ENTROPY] *= kept;
            carry(kept);
        }
    }

    /** P = F P F' where F has two full rows, two rows of the unit matrix and a last one of {@code kept} on the diagonal. */
    private void carry(double kept) {
        for (int i = 0; i < N; i++) {
            for (int j = 0; j < N; j++) {
                double sum = 0.0;
                if (i < 2) {
                    for (int k = 0; k < N; k++) {
                        sum += f[i * N + k] * p[k * N + j];
                    }
                } else {
                    sum = (i == ENTROPY ? kept : 1.0) * p[i * N + j];
                }
                fp[i * N + j] = sum;
            }
        }
        for (int i = 0; i < N; i++) {
            for (int j = 0; j <= i; j++) {
                double sum = 0.0;
                if (j < 2) {
                    for (int k = 0; k < N; k++) {
                        sum += fp[i * N + k] * f[j * N + k];
                    }
                } else {
                    sum = fp[i * N + j] * (j == ENTROPY ? kept : 1.0);
                }
                p[i * N + j] = sum;
                p[j * N + i] = sum;
            }
        }
    }

    /** Noise that warms both nodes alike, K². */
    void heatNoise(double varianceK2) {
        for (int i = 0; i < 2; i++) {
            for (int j = 0; j < 2; j++) {
                p[i * N + j] += varianceK2;
            }
        }
    }

    /** Measurement of one state with variance r; x and P stay when it makes no sense. */
    boolean correct(int state, double measured, double r) {
        double s = p[state * N + state] + r;
        double residual = measured - x[state];
        if (!(s > 0.0 && s < Double.POSITIVE_INFINITY) || !Double.isFinite(residual)) {
            return false;
        }
        for (int i = 0; i < N; i++) {
            gain[i] = p[i * N + state] / s;
            fp[i] = p[i * N + state];
        }
        for (int i = 0; i < N; i++) {
            x[i] += gain[i] * residual;
            for (int j = 0; j <= i; j++) {
                double next = p[i * N + j] - gain[i] * fp[j] - fp[i] * gain[j] + gain[i] * gain[j] * s;
                p[i * N + j] = next;
                p[j * N + i] = next;
            }
        }
        x[LOSS] = Math.min(MOST_LOG_LOSS, Math.max(-MOST_LOG_LOSS, x[LOSS]));
        return true;
    }
}
