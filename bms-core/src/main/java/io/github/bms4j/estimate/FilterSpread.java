package io.github.bms4j.estimate;

import static io.github.bms4j.estimate.FilterState.B;
import static io.github.bms4j.estimate.FilterState.E;
import static io.github.bms4j.estimate.FilterState.H;
import static io.github.bms4j.estimate.FilterState.R;
import static io.github.bms4j.estimate.FilterState.V1;
import static io.github.bms4j.estimate.FilterState.V2;
import static io.github.bms4j.estimate.FilterState.W;
import static io.github.bms4j.estimate.FilterState.Z;
import static io.github.bms4j.estimate.Passes.TINY;

import io.github.bms4j.cell.CellType;

/**
 * How the covariance of one cell of a {@link FilterState} spreads over the span since the last correction, P = F (P + w g g') F'
 * + Q, and what else makes a cell less sure; the algebra of docs/theory/cell-ekf.md, line by line.
 *
 * <p>{@link FilterSweep} does the time update for many cells with the same bits. Thread: one. Allocation: none per call.
 */
final class FilterSpread {
    /** Standard deviations beyond which a learned error of R0 speaks against the whole circuit. */
    static final double SURPRISE_SIGMAS = 2.0;

    private final boolean diffusion;
    private final double axis;
    private final double usualError;
    private final FilterState state;
    private final SegmentCache curve;
    private final ModelDoubt doubt;
    private final int states;
    private final double[] g;

    FilterSpread(CellType type, NoiseModel noise, FilterState state, SegmentCache curve, ModelDoubt doubt) {
        diffusion = type.circuit().branches().size() > 2;
        axis = noise.circuit().axisSigma();
        usualError = SURPRISE_SIGMAS * noise.circuit().r0Sigma();
        this.state = state;
        this.curve = curve;
        this.doubt = doubt;
        states = state.states;
        g = new double[states];
    }

    /** Time update of the covariance with the states where they have come to. */
    void spread(int i, StepSpan s) {
        double[][] x = state.x;
        double z = x[Z][i];
        double more = Math.max(0.0, Math.abs(x[R][i]) - usualError);
        double ohm1 = curve.ohm(1, i, z);
        double ohm2 = curve.ohm(2, i, z);
        double sum = x[V1][i] + x[V2][i] + state.v3[i];
        double all = more + axis * Math.abs(curve.slope[1][i] + curve.slope[2][i]) / (ohm1 + ohm2);
        double part = (doubt.polarisation[i] + all) * sum;
        double lasting = Math.fma(part, part, doubt.lastingV2(i, curve.slopeV(i, z), curve.beyond[i]));
        double wrong1 = (doubt.branch[i] + all) * ohm1;
        double wrong2 = (doubt.branch[i] + all) * ohm2;
        double wrong0 = doubt.resistance[i] + more;
        crosses(i, s);
        diagonal(V1, i, s, Math.fma(s.branchGrowth[0] * wrong1, wrong1, TINY));
        diagonal(V2, i, s, Math.fma(s.branchGrowth[1] * wrong2, wrong2, TINY));
        diagonal(H, i, s, s.hysteresisGrowth + TINY);
        diagonal(R, i, s, Math.fma(s.r0Growth * wrong0, wrong0, TINY));
        diagonal(E, i, s, Math.fma(s.errorGrowth, lasting, TINY));
        if (states > W) {
            diagonal(W, i, s, TINY);
        }
    }

    /** All of the covariance but the diagonal of the states that do not count: the pending correction and F P F'. */
    private void crosses(int i, StepSpan s) {
        double w = state.w[i];
        for (int j = Z; j < states; j++) {
            g[j] = state.g[j][i];
        }
        double[][] pz = state.row[Z];
        double[][] pb = state.row[B];
        double kz = w * g[Z];
        double kb = w * g[B];
        double b = Math.fma(kb, g[B], pb[B][i]);
        double before = Math.fma(kz, g[B], pz[B][i]);
        double after = Math.fma(s.perA, b, before);
        double fb = s.f[B];
        pz[B][i] = Math.fma(fb, after, TINY) - TINY;
        pz[Z][i] = Math.fma(s.perA, before + after, Math.fma(kz, g[Z], pz[Z][i])) + s.socGrowth;
        pb[B][i] = Math.fma(fb * fb, b, s.biasGrowth + TINY) - TINY;
        for (int j = V1; j < states; j++) {
            if (j != B) {
                double bj = Math.fma(kb, g[j], pb[j][i]);
                double zj = Math.fma(kz, g[j], pz[j][i]);
                pz[j][i] = Math.fma(s.f[j], Math.fma(s.perA, bj, zj), TINY) - TINY;
                pb[j][i] = Math.fma(fb * s.f[j], bj, TINY) - TINY;
            }
        }
        for (int[] pair : state.pairs) {
            int j = pair[0];
            double k = w * g[j];
            cross(state.row[j], k, s.f[j], pair[1], i, s);
            cross(state.row[j], k, s.f[j], pair[2], i, s);
        }
        if (states > W) {
            cross(state.row[E], w * g[E], s.f[E], W, i, s);
        }
    }

    private void cross(double[][] row, double k, double fj, int m, int i, StepSpan s) {
        double[] p = row[m];
        p[i] = Math.fma(fj * s.f[m], Math.fma(k, g[m], p[i]), TINY) - TINY;
    }

    private void diagonal(int j, int i, StepSpan s, double more) {
        double[] p = state.row[j][j];
        p[i] = Math.fma(s.f[j] * s.f[j], Math.fma(state.w[i] * g[j], g[j], p[i]), more) - TINY;
    }

    /** Takes the pending correction in without a time update, for a cell that is to be corrected once more before the next. */
    void settle(int i) {
        for (int k = Z; k < states; k++) {
            double gain = state.w[i] * state.g[k][i];
            for (int j = Z; j <= k; j++) {
                double[] p = state.p(j, k);
                p[i] = Math.fma(gain, state.g[j][i], p[i]);
            }
        }
        state.w[i] = 0.0;
    }

    /**
     * Widens a cell after a gap that was bridged: every polarisation was driven by a current that may have been another for all
     * of the time; that of the third pair goes to the lasting error.
     */
    void widen(int i, StepFactors s) {
        double z = state.x[Z][i];
        grow(V1, i, square((1.0 - s.decay[0]) * curve.ohm(1, i, z) * s.unseenA));
        grow(V2, i, square((1.0 - s.decay[1]) * curve.ohm(2, i, z) * s.unseenA));
        if (diffusion) {
            grow(E, i, square((1.0 - s.decay[2]) * curve.ohm(3, i, z) * s.unseenA));
        }
    }

    /** Takes the lasting error for one that may have changed by as much as this, V. */
    void doubtError(int i, double byV) {
        grow(E, i, square(byV));
    }

    /**
     * Undoes what a time update just made let the lasting error's variance fade by, over the whole of its span: a reading that
     * jumped stays off. What it grew by stays.
     *
     * @param beforeV2 that variance before the update, V²
     */
    void keepError(int i, StepSpan s, double beforeV2) {
        double rho = s.f[E];
        for (int j = Z; j < states; j++) {
            state.row[E][j][i] *= j == E ? 1.0 : 1.0 / rho;
        }
        grow(E, i, s.errorGrowth * beforeV2);
    }

    private void grow(int j, int i, double by) {
        state.row[j][j][i] += by;
    }

    private static double square(double x) {
        return x * x;
    }
}
