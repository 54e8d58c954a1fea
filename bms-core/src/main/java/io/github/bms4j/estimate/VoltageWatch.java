package io.github.bms4j.estimate;

import java.util.Arrays;

/**
 * Tells a voltage that fails from a cell that moves: an open-circuit voltage never leaps, and a terminal only with the current.
 *
 * <p>A leap is what the voltage moved from one sample to the next beyond R0 times the change of current. It is a jump beyond
 *
 * <pre>
 * 30 mV + 6 s + 1.2 R0 (|di| + the changes just before)
 * </pre>
 *
 * <p>with s the root mean square of what leapt beyond the last term lately. The share of 1.2 allows current and voltage to be
 * sampled up to a sample apart. A voltage that is the same to the last bit while the current swung to and fro four times, by
 * what moves the voltage by 30 mV, is stuck; from the first such swing on it says nothing. Constant current, rest and constant
 * voltage are neither.
 *
 * <p>The leaps of a cell are added up. While their sum is beyond 30 mV the reading counts as jumped, until it jumps back or {@link
 * #absolve(double[], double[], double)} finds that it was none. What fails first: a jump in the very sample in which the current steps; more than {@value
 * CurrentSwing#NEAR_S} s between two samples. Derivation: docs/theory/cell-ekf.md. Thread: one. Allocation: none per step.
 */
final class VoltageWatch {
    /** Below this SOC no leap is looked for. */
    private static final double KNEE_SOC = 0.15;

    /** Least leap that is one, V; what a swing of the current must move the voltage by. */
    static final double LEAST_V = 0.03;

    private static final double SPREADS = 6.0;

    /** Share of the ohmic step by which a voltage may miss it. */
    private static final double SHARE = 1.2;

    /** Share with which one sample enters the spread, and the most it counts for, V. */
    private static final double SPREAD_SHARE = 0.05;

    private static final double MOST_V = 0.1;
    private static final double FIRST_SPREAD_V = 0.01;

    /** Swings of the current, up and down together, under which a sound voltage would have moved. */
    private static final int SWINGS = 4;

    /** A reading whose lasting error is less than this share of its leaps for a minute did not jump. */
    private static final double ABSOLVED_SHARE = 0.25;

    private static final double ABSOLVED_S = 60.0;

    private final int n;
    private final double[] lastV;
    private final double[] nowV;
    private final double[] spreadV2;
    private final double[] beyondV;
    private final double[] leaptV;
    private final double[] calmS;
    private final long[] stoodSince;
    private boolean behind;
    private boolean leapt;

    /** @param n cells */
    VoltageWatch(int n) {
        this.n = n;
        lastV = new double[Passes.length(n)];
        nowV = new double[Passes.length(n)];
        spreadV2 = new double[Passes.length(n)];
        beyondV = new double[Passes.length(n)];
        leaptV = new double[n];
        calmS = new double[n];
        stoodSince = new long[n];
        restart();
    }

    /** Forgets everything. */
    void restart() {
        Arrays.fill(lastV, Double.NaN);
        Arrays.fill(spreadV2, FIRST_SPREAD_V * FIRST_SPREAD_V);
        Arrays.fill(leaptV, 0.0);
        Arrays.fill(calmS, 0.0);
        Arrays.fill(stoodSince, 0);
        behind = false;
        leapt = false;
    }

    /**
     * Looks at the voltages of a step; whether one of them jumped or stands still, so that {@link #silent} and the jumps must be
     * asked for.
     *
     * @param cellV readings, V, and 1 for one that is usable, else 0
     * @param all whether all are usable
     * @param ohm series resistance of every cell as it is known
     * @param soc what every cell is held to have: near empty a voltage falls off its knee, which looks like a leap
     * @param jumpV receives by how much every voltage jumped, V, or 0; left alone when the answer is no
     */
    boolean look(
            SwingStep s, double[] cellV, double[] weight, boolean all, double[] ohm, double[] soc, double[] jumpV) {
        double[] v = all ? cellV : known(cellV, weight);
        boolean any = !calm(s, v, ohm) && closely(s, v, ohm, soc, jumpV);
        System.arraycopy(v, 0, lastV, 0, n);
        return any;
    }

    private double[] known(double[] cellV, double[] weight) {
        for (int i = 0; i < n; i++) {
            nowV[i] = weight[i] > 0.0 ? cellV[i] : Double.NaN;
        }
        return nowV;
    }

    /** The usual case, all cells at once: no swing, nothing that stood under one, no leap worth the name. */
    private boolean calm(SwingStep s, double[] v, double[] ohm) {
        if (behind || s.swings != s.swingsBefore) {
            return false;
        }
        if (s.looking) {
            beyond(beyondV, v, lastV, ohm, s.stepA, -SHARE * s.movingA, n);
            if (!within(beyondV, LEAST_V, n)) {
                return false;
            }
            spread(spreadV2, beyondV, n);
        }
        return true;
    }

    /** The same cell by cell. */
    private boolean closely(SwingStep s, double[] v, double[] ohm, double[] soc, double[] jumpV) {
        boolean jumped = false;
        behind = false;
        leapt = false;
        for (int i = 0; i < n; i++) {
            boolean wasSilent = s.swingsBefore > stoodSince[i];
            if (v[i] != lastV[i]) {
                stoodSince[i] = s.swings;
            }
            jumpV[i] = jump(i, s, v[i], ohm[i], soc[i] < KNEE_SOC, wasSilent);
            jumped |= jumpV[i] != 0.0;
            behind |= s.swings > stoodSince[i];
            leapt |= leaptV[i] != 0.0;
        }
        return jumped || behind;
    }

    private static boolean within(double[] y, double most, int n) {
        for (int i = 0; i < n; i++) {
            if (!(y[i] <= most)) {
                return false;
            }
        }
        return true;
    }

    /** What a leap exceeds, V, the current's part in it: |v - before + ohm step| - share ohm. */
    private static void beyond(
            double[] y, double[] v, double[] before, double[] ohm, double stepA, double minusShareA, int n) {
        for (int i = 0; i < n; i++) {
            double leapV = Math.fma(ohm[i], stepA, v[i] - before[i]);
            double y2 = Math.fma(minusShareA, ohm[i], Math.abs(leapV));
            y[i] = 0.5 * (y2 + Math.abs(y2)); // the larger of it and 0
        }
    }

    /** The spread of leaps that are below {@link #MOST_V}, all of them. */
    private static void spread(double[] spreadV2, double[] beyondV, int n) {
        for (int i = 0; i < n; i++) {
            double counts = beyondV[i];
            spreadV2[i] = Math.fma(SPREAD_SHARE, Math.fma(counts, counts, -spreadV2[i]), spreadV2[i] + Passes.TINY)
                    - Passes.TINY;
        }
    }

    private double jump(int i, SwingStep s, double v, double ohm, boolean knee, boolean wasSilent) {
        double leapV = Math.fma(ohm, s.stepA, v - lastV[i]);
        if (!s.looking || wasSilent || Double.isNaN(leapV)) {
            return 0.0;
        }
        double beyond = Math.max(0.0, Math.fma(-SHARE * s.movingA, ohm, Math.abs(leapV)));
        if (!knee && beyond > LEAST_V + SPREADS * Math.sqrt(spreadV2[i])) {
            double beforeV = Math.abs(leaptV[i]);
            double nowAwayV = Math.abs(leaptV[i] + leapV);
            boolean back = nowAwayV <= LEAST_V || (nowAwayV < beforeV && nowAwayV <= LEAST_V + SHARE * s.movingA * ohm);
            leaptV[i] = back ? 0.0 : leaptV[i] + leapV;
            calmS[i] = 0.0;
            return leapV;
        }
        double counts = Math.min(MOST_V, beyond);
        spreadV2[i] =
                Math.fma(SPREAD_SHARE, Math.fma(counts, counts, -spreadV2[i]), spreadV2[i] + Passes.TINY) - Passes.TINY;
        return 0.0;
    }

    /** Whether the reading of a cell has jumped. */
    boolean leapt() {
        return leapt;
    }

    /** Lets leaps go that left no lasting error behind: those voltages came back by themselves. */
    void absolve(double[] lastingErrorV, double[] weight, double dtS) {
        leapt = false;
        for (int i = 0; i < n; i++) {
            if (weight[i] > 0.0) {
                absolve(i, lastingErrorV[i], dtS);
            }
            leapt |= leaptV[i] != 0.0;
        }
    }

    private void absolve(int c, double lastingErrorV, double dtS) {
        if (leaptV[c] == 0.0) {
            return;
        }
        calmS[c] = Math.abs(lastingErrorV) < ABSOLVED_SHARE * Math.abs(leaptV[c]) ? calmS[c] + dtS : 0.0;
        if (calmS[c] >= ABSOLVED_S) {
            leaptV[c] = 0.0;
            calmS[c] = 0.0;
        }
    }

    /** Sum of a cell's jumps, V; 0 while its reading is trusted. */
    double leaptV(int c) {
        return leaptV[c];
    }

    /** Whether the voltage stood while the current swung at least once. */
    boolean silent(int c, SwingStep s) {
        return s.swings > stoodSince[c];
    }

    /** What is made of the readings of all cells. */
    void trust(SwingStep s, int from, PackEstimate into) {
        if (!behind && !leapt) {
            into.soundVoltages(from, n);
            return;
        }
        for (int i = 0; i < n; i++) {
            into.voltageTrust(from + i, trust(i, s));
        }
    }

    VoltageTrust trust(int c, SwingStep s) {
        return s.swings - stoodSince[c] >= SWINGS
                ? VoltageTrust.STUCK
                : leaptV[c] != 0.0 ? VoltageTrust.JUMPED : VoltageTrust.SOUND;
    }
}
