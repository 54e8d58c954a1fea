package io.github.bms4j.estimate;

import static io.github.bms4j.estimate.FilterState.B;
import static io.github.bms4j.estimate.FilterState.E;
import static io.github.bms4j.estimate.FilterState.H;
import static io.github.bms4j.estimate.FilterState.R;
import static io.github.bms4j.estimate.FilterState.V1;
import static io.github.bms4j.estimate.FilterState.V2;
import static io.github.bms4j.estimate.FilterState.W;
import static io.github.bms4j.estimate.FilterState.Z;

import io.github.bms4j.cell.CellType;
import io.github.bms4j.cell.RcBranch;
import java.util.List;

/**
 * What flowed before a filter began under load, guessed from what flows afterwards: a cell that is driven now was driven before.
 *
 * <p>Each RC voltage begins as its resistance times a current m that nobody saw. The filter carries, for every pair, how its
 * whole estimate depends on m (one column of sensitivities, which obeys the filter's own time and measurement update), so that a better
 * m may be put in later as if the filter had begun with it: x += φ Δm. The better m is the mean current since the start, for four time
 * constants of the pair and a quarter of an hour at most; never more than a cell of this SOC can have given. docs/theory/cell-ekf.md derives it.
 *
 * <p>Costs nothing once these minutes are over. Thread: one. Allocation: none after construction.
 */
final class UnseenPast {
    private static final int PAIRS = 3;
    /** Time constants of a pair, and seconds, after which the present says no more about the past. */
    private static final double LOOK_TAUS = 4.0;

    private static final double LOOK_S = 900.0;
    /** How fast what is assumed follows what is seen, s: at once, it would chase a SOC that follows it. */
    private static final double FOLLOW_S = 25.0;
    /** A past current has lasted an hour over this: no cell can have given more than it held, or taken more than it had room for. */
    private static final double PAST_PER_H = 3.6;
    /**
     * Most that is assumed of the slowest pair, V: it would last for the better part of an hour, and where a cell is known badly, in
     * the cold, it is ten times this.
     */
    private static final double MOST_SLOW_V = 0.045;

    private final double share;
    private final double capacityAh;
    private final double[] lookS = new double[PAIRS];
    private final FilterState state;
    private final FilterScratch t;
    /** phi[pair][state][cell], and what the third RC voltage depends on; V/A and so on. */
    private final double[][][] phi;

    private final double[] phi3;
    private final double[] ohm3;
    /** m that is assumed at present, A; charge since the start over the capacity. */
    private final double[][] assumedA;

    private final double[] movedSoc;
    /** Pairs of a cell that still look; how many there are in all. */
    private final boolean[][] looks;

    private int looking;

    UnseenPast(CellType type, NoiseModel noise, FilterState state, FilterScratch scratch) {
        share = noise.start().pastShare();
        capacityAh = type.rating().capacityAh();
        List<RcBranch> branches = type.circuit().branches();
        for (int b = 0; b < branches.size(); b++) {
            lookS[b] = Math.min(LOOK_S, LOOK_TAUS * branches.get(b).tauS());
        }
        this.state = state;
        t = scratch;
        phi = new double[PAIRS][state.states][state.n];
        phi3 = new double[state.n];
        ohm3 = new double[state.n];
        assumedA = new double[PAIRS][state.n];
        looks = new boolean[PAIRS][state.n];
        movedSoc = new double[state.n];
    }

    /** A past current as far as the slowest pair may be taken to have carried it, A. */
    static double slowA(double pastA, double ohm) {
        return ohm > 0.0 ? Math.min(MOST_SLOW_V / ohm, Math.max(-MOST_SLOW_V / ohm, pastA)) : pastA;
    }

    /** Whether any cell may still learn of its past. */
    boolean looks() {
        return looking > 0;
    }

    /**
     * Begins anew for a cell that was opened.
     *
     * @param meanA current that its RC voltages were started with, A; 0 where it was at rest and has no past to guess
     * @param slowA the same of the slowest
     */
    void begin(int i, double meanA, double slowA, double ohm1, double ohm2, double ohmOfThird) {
        end(i);
        if (meanA == 0.0 || share == 0.0) {
            return;
        }
        movedSoc[i] = 0.0;
        for (int b = 0; b < PAIRS; b++) {
            for (double[] column : phi[b]) {
                column[i] = 0.0;
            }
            assumedA[b][i] = b == 2 ? slowA : meanA;
        }
        phi[0][V1][i] = ohm1;
        phi[1][V2][i] = ohm2;
        phi3[i] = ohmOfThird;
        ohm3[i] = ohmOfThird;
        look(0, i, ohm1 > 0.0);
        look(1, i, ohm2 > 0.0);
        look(2, i, ohmOfThird > 0.0);
    }

    /** The past of a cell is known, or no longer matters. */
    void end(int i) {
        for (int b = 0; b < PAIRS; b++) {
            look(b, i, false);
        }
    }

    private void look(int b, int i, boolean does) {
        looking += (does ? 1 : 0) - (looks[b][i] ? 1 : 0);
        looks[b][i] = does;
    }

    /** Takes the sensitivities through the motion the states have just made. */
    void move(StepFactors s) {
        for (int i = 0; i < state.n; i++) {
            if (looks(i) && s.nanos != state.openedNanos[i]) {
                movedSoc[i] += s.movedSoc;
                for (int b = 0; b < PAIRS; b++) {
                    if (!looks[b][i]) {
                        continue;
                    }
                    double[][] f = phi[b];
                    f[Z][i] = Math.fma(s.perA, f[B][i], f[Z][i]);
                    f[V1][i] *= s.decay[0];
                    f[V2][i] *= s.decay[1];
                    f[H][i] *= s.stay;
                    f[B][i] *= s.biasStay;
                    f[E][i] *= s.errorStay;
                }
                phi3[i] *= s.decay[2];
            }
        }
    }

    private boolean looks(int i) {
        return looks[0][i] || looks[1][i] || looks[2][i];
    }

    /** The lasting error of a cell did not fade by rho in the motion just made. */
    void keepError(int i, double rho) {
        for (double[][] f : phi) {
            f[E][i] /= rho;
        }
    }

    /** Takes the sensitivities through the correction that all cells have just had. */
    void correct() {
        for (int i = 0; i < state.n; i++) {
            correct(i);
        }
    }

    /** The same for one cell: with its gain k = -w g and its H, which are left in the scratch, φ becomes (I - k H) φ. */
    void correct(int i) {
        if (!looks(i)) {
            return;
        }
        for (int b = 0; b < PAIRS; b++) {
            if (!looks[b][i]) {
                continue;
            }
            double[][] f = phi[b];
            double slow = b == 2 ? phi3[i] : 0.0;
            double byPast = Math.fma(t.bySocV[i], f[Z][i], f[E][i] - f[V1][i] - f[V2][i] - slow)
                    + Math.fma(t.halfGapV[i], f[H][i], t.dropV[i] * f[R][i]);
            byPast += state.states > W ? f[W][i] : 0.0;
            for (int j = Z; j < state.states; j++) {
                f[j][i] = Math.fma(state.w[i] * byPast, state.g[j][i], f[j][i]);
            }
        }
    }

    /** Puts in what the currents since the start say. */
    void learn(StepFactors s) {
        double follow = s.swing.dtS / (FOLLOW_S + s.swing.dtS);
        for (int i = 0; i < state.n; i++) {
            double sinceS = (s.nanos - state.openedNanos[i]) * 1e-9;
            if (sinceS > 0.0 && looks(i)) {
                double pastA = past(i, sinceS);
                for (int b = 0; b < PAIRS; b++) {
                    if (looks[b][i]) {
                        double likelyA = b == 2 ? slowA(pastA, ohm3[i]) : pastA;
                        assume(b, i, follow * (likelyA - assumedA[b][i]));
                        look(b, i, sinceS < lookS[b]);
                    }
                }
            }
        }
    }

    /** What the currents since the start say about those before it, A. */
    private double past(int i, double sinceS) {
        double meanA = share * 3600.0 * capacityAh * movedSoc[i] / sinceS;
        double startSoc = Math.min(1.0, Math.max(0.0, state.x[Z][i] + movedSoc[i]));
        double mostA = PAST_PER_H * capacityAh * (1.0 - startSoc);
        double leastA = -PAST_PER_H * capacityAh * startSoc;
        return Math.min(mostA, Math.max(leastA, meanA));
    }

    private void assume(int b, int i, double moreA) {
        for (int j = Z; j < state.states; j++) {
            state.x[j][i] = Math.fma(phi[b][j][i], moreA, state.x[j][i]);
        }
        if (b == 2) {
            state.v3[i] = Math.fma(phi3[i], moreA, state.v3[i]);
        }
        assumedA[b][i] += moreA;
    }
}
