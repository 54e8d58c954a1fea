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

/**
 * Time and measurement update of all cells of a {@link FilterState} in passes over one array per quantity: what {@link
 * FilterKernel} does for one cell, with the same bits. docs/theory/vector-kernels.md says why.
 *
 * <p>Thread: one. Allocation: none after construction.
 */
final class FilterSweep implements BlockTemperature.Follower {
    private final int n;
    private final boolean secant;
    private final boolean diffusion;
    private final double axis;
    private final double usualError;
    private final FilterState state;
    private final SegmentCache curve;
    private final SegmentCache above;
    private final SegmentCache below;
    private final ModelDoubt doubt;
    private final FilterKernel kernel;
    private final FilterScratch t;

    FilterSweep(
            CellType type,
            CellSegments tables,
            NoiseModel noise,
            FilterState state,
            SegmentCache curve,
            ModelDoubt doubt,
            FilterKernel kernel,
            FilterScratch scratch,
            boolean secant) {
        n = state.n;
        this.secant = secant;
        diffusion = type.circuit().branches().size() > 2;
        axis = noise.circuit().axisSigma();
        usualError = FilterSpread.SURPRISE_SIGMAS * noise.circuit().r0Sigma();
        this.state = state;
        this.curve = curve;
        above = new SegmentCache(tables, secant ? n : 0, 0);
        below = new SegmentCache(tables, secant ? n : 0, 0);
        this.doubt = doubt;
        this.kernel = kernel;
        t = scratch;
    }

    @Override
    public void temperature(int first, int end, double newDegC) {
        if (secant) {
            above.temperature(first, end, newDegC);
            below.temperature(first, end, newDegC);
        }
    }

    /** Moves the states on to the sample, and nothing else. */
    void move(StepFactors s) {
        count(s);
        double[] z = state.x[Z];
        Passes.relax(state.x[V1], curve.at0[1], curve.slope[1], z, s.decay[0], s.drive[0], n);
        Passes.relax(state.x[V2], curve.at0[2], curve.slope[2], z, s.decay[1], s.drive[1], n);
        diffuse(s);
    }

    private void count(StepFactors s) {
        FilterPasses.count(state.x[Z], state.x[B], s.movedSoc, s.perA, s.biasStay, n);
        FilterPasses.turn(state.x[H], state.x[E], s.stay, s.push, s.errorStay, n);
        curve.follow(state.x[Z], n);
    }

    private void diffuse(StepFactors s) {
        if (diffusion) {
            Passes.relax(state.v3, curve.at0[3], curve.slope[3], state.x[Z], s.decay[2], s.drive[2], n);
        }
    }

    /** Moves the states, with what the model says of their cells: curve, resistances, what the lasting error may be. */
    void model(StepFactors s) {
        count(s);
        open();
        FilterPasses.lasting(t.lastingV2, doubt.lastingV2, t.slopeV, curve.beyond, doubt.axis2, n);
        hysteresis();
        relax(state.x[V1], t.fastOhm, 1, 0, s);
        relax(state.x[V2], t.slowOhm, 2, 1, s);
        diffuse(s);
        FilterPasses.surprise(t.surprise, state.x[R], usualError, n);
        FilterPasses.steep(t.steep, t.surprise, t.fastOhm, t.slowOhm, curve.slope[1], curve.slope[2], axis, n);
        FilterPasses.polarisation(
                t.sumV, t.lastingV2, state.x[V1], state.x[V2], state.v3, doubt.polarisation, t.steep, n);
    }

    private void open() {
        Passes.cubic(t.openV, t.slopeV, state.x[Z], curve, n);
    }

    private void hysteresis() {
        Passes.line(t.halfGapV, curve.gap0, curve.gap1, state.x[Z], n);
        Passes.addProducts(t.openV, t.slopeV, t.halfGapV, curve.gap1, state.x[H], n);
    }

    /** The voltages the cells are expected to have where their states have come to. */
    void predict(StepFactors s) {
        open();
        hysteresis();
        FilterPasses.sum(t.sumV, state.x[V1], state.x[V2], state.v3, n);
        FilterPasses.drop(t.dropV, curve.at0[0], curve.slope[0], state.x[Z], -s.nowA, n);
        terminal();
    }

    private void terminal() {
        FilterPasses.terminal(t.predictedV, t.excessV, t.openV, t.sumV, state.x[R], t.dropV, state.x[E], t.cellV, n);
        if (state.states > W) {
            Passes.add(t.predictedV, 1.0, state.x[W], n);
            FilterPasses.difference(t.excessV, t.predictedV, t.cellV, n);
        }
    }

    private void relax(double[] v, double[] ohm, int r, int pair, StepFactors s) {
        FilterPasses.relax(v, ohm, curve.at0[r], curve.slope[r], state.x[Z], s.decay[pair], s.drive[pair], n);
    }

    /** P = F (P + w g g') F' + Q. */
    void covariance(StepSpan s) {
        double[] w = state.w;
        double[][] g = state.g;
        double[] f = s.f;
        FilterPasses.gain(t.gainZ, w, g[Z], n);
        FilterPasses.gain(t.gainB, w, g[B], n);
        for (int j = V1; j < state.states; j++) {
            if (j != B) {
                FilterPasses.coupled(
                        state.p(Z, j), state.p(B, j), t.gainZ, t.gainB, g[j], s.perA, f[j], f[B] * f[j], n);
            }
        }
        FilterPasses.corrected(state.p(B, B), t.gainB, g[B], n);
        FilterPasses.counted(
                state.p(Z, Z), state.p(Z, B), state.p(B, B), t.gainZ, g[Z], g[B], s.perA, f[B], s.socGrowth, n);
        FilterPasses.grow(state.p(B, B), f[B] * f[B], s.biasGrowth, n);
        driven(V1, 0, t.fastOhm, s);
        driven(V2, 1, t.slowOhm, s);
        FilterPasses.variance(state.p(H, H), w, g[H], f[H] * f[H], s.hysteresisGrowth, n);
        FilterPasses.variance(state.p(R, R), w, g[R], f[R] * f[R], s.r0Growth, doubt.resistance, t.surprise, n);
        FilterPasses.variance(state.p(E, E), w, g[E], f[E] * f[E], s.errorGrowth, t.lastingV2, n);
        for (int[] p : state.pairs) {
            Passes.cross(
                    state.p(p[0], p[1]),
                    state.p(p[0], p[2]),
                    w,
                    g[p[0]],
                    g[p[1]],
                    g[p[2]],
                    f[p[0]] * f[p[1]],
                    f[p[0]] * f[p[2]],
                    n);
        }
        if (state.states > W) {
            FilterPasses.variance(state.p(W, W), w, g[W], f[W] * f[W], 0.0, n);
            Passes.cross(state.p(E, W), w, g[E], g[W], f[E] * f[W], n);
        }
    }

    private void driven(int j, int pair, double[] ohm, StepSpan s) {
        FilterPasses.doubt(ohm, doubt.branch, t.steep, n);
        FilterPasses.driven(state.p(j, j), state.w, state.g[j], s.f[j] * s.f[j], s.branchGrowth[pair], ohm, n);
    }

    /** The predicted voltage and what the reading says against it; whether the innovation of a cell was unusual. */
    boolean measure(StepFactors s) {
        double[][] g = state.g;
        FilterPasses.drop(
                t.dropV,
                t.quickV2,
                curve.at0[0],
                curve.slope[0],
                state.x[Z],
                -s.nowA,
                s.sampleV2,
                s.sampleV2PerOhm2,
                n);
        if (secant) {
            secant();
        }
        FilterPasses.bySoc(t.bySocV, t.slopeV, curve.slope[0], -s.nowA, n);
        terminal();
        for (int j = Z; j < state.states; j++) {
            row(g[j], state.row[j]);
        }
        row(state.predictedV2, g);
        FilterPasses.weigh(state.predictedV2, t.quickV2, t.weight, t.excessV, state.w, t.move, n);
        FilterPasses.misfit(t.misfit, t.move, t.excessV, n);
        boolean unusual = hold();
        FilterPasses.mean(state.misfit, t.misfit, t.weight, s.misfitShare, FilterKernel.MOST_MISFIT, n);
        double[][] x = state.x;
        FilterPasses.move(x[Z], x[V1], x[V2], g[Z], g[V1], g[V2], t.move, n);
        FilterPasses.move(x[H], x[R], x[B], g[H], g[R], g[B], t.move, n);
        if (state.states > W) {
            Passes.addProducts(x[E], x[W], g[E], g[W], t.move, n);
        } else {
            Passes.addProduct(x[E], g[E], t.move, n);
        }
        return unusual;
    }

    private boolean hold() {
        int first = unusual(t.misfit, 0, n);
        for (int i = first; i < n; i = unusual(t.misfit, i + 1, n)) {
            kernel.hold(i, state.predictedV2[i]);
        }
        return first < n;
    }

    /** The first cell from i on whose innovation is unusual, or n. */
    private static int unusual(double[] misfit, int i, int n) {
        for (int k = i; k < n; k++) {
            if (FilterKernel.unusual(misfit[k])) {
                return k;
            }
        }
        return n;
    }

    private void secant() {
        double[] z = state.x[Z];
        FilterPasses.sigmaPoints(t.reach, t.aboveSoc, t.belowSoc, z, state.p(Z, Z), n);
        open(t.aboveV, t.aboveSoc, above);
        open(t.belowV, t.belowSoc, below);
        FilterPasses.secant(t.slopeV, t.aboveV, t.belowV, t.reach, n);
        FilterPasses.bend(t.openV, t.quickV2, t.aboveV, t.belowV, n);
    }

    private void open(double[] v, double[] soc, SegmentCache at) {
        at.follow(soc, n);
        FilterPasses.curve(v, soc, at.c0, at.c1, at.c2, at.c3, at.gap0, at.gap1, state.x[H], n);
    }

    /** h a, of a row of P or of g itself. */
    private void row(double[] y, double[][] a) {
        if (state.states > W) {
            FilterPasses.row(y, t.bySocV, a[Z], a[V1], a[V2], a[E], a[W], n);
        } else {
            FilterPasses.row(y, t.bySocV, a[Z], a[V1], a[V2], a[E], n);
        }
        FilterPasses.rest(y, t.halfGapV, a[H], t.dropV, a[R], n);
    }
}
