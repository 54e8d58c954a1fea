package io.github.bms4j.estimate;

import static io.github.bms4j.estimate.FilterState.B;
import static io.github.bms4j.estimate.FilterState.E;
import static io.github.bms4j.estimate.FilterState.H;
import static io.github.bms4j.estimate.FilterState.R;
import static io.github.bms4j.estimate.FilterState.V1;
import static io.github.bms4j.estimate.FilterState.V2;
import static io.github.bms4j.estimate.FilterState.Z;

import io.github.bms4j.cell.CellType;
import io.github.bms4j.cell.PackLayout;
import io.github.bms4j.measure.PackSample;

/**
 * The filter of neighbouring cells, few enough to stay in the caches: takes them through a step together in {@link FilterSweep},
 * or one by one in {@link FilterKernel}, with the same bits.
 *
 * <p>What is rare is left to the kernel: opening, the first voltage after it, a step over a gap, a voltage that leapt. Thread: one. Allocation: none after construction.
 */
final class FilterBlock implements BlockTemperature.Follower {
    /** Mean squared innovation at which the filter no longer believes itself. */
    private static final double MISFIT_LIMIT = 16.0;

    private static final long REOPEN_PAUSE_NANOS = 300_000_000_000L;
    private static final double REOPENED_SIGMA = 0.3;

    private final int from;
    private final int n;
    private final boolean scalar;
    private final FilterState state;
    private final SegmentCache curve;
    private final ModelDoubt doubt;
    private final BlockTemperature temperature;
    private final FilterKernel kernel;
    private final FilterSweep sweep;
    private final FilterScratch t;
    private final VoltageWatch watch;
    private SwingStep swing = new SwingStep();
    private boolean anyFresh;
    private boolean watching;
    private boolean polarised;

    FilterBlock(
            CellType type,
            CellSegments tables,
            NoiseModel noise,
            PackLayout layout,
            int from,
            int n,
            boolean secant,
            boolean scalar,
            FilterScratch scratch) {
        this.from = from;
        this.n = n;
        this.scalar = scalar;
        state = new FilterState(n, noise.voltage().offsetAlone());
        curve = new SegmentCache(tables, n, type.circuit().branches().size() > 2 ? 4 : 3);
        doubt = new ModelDoubt(type, noise, n);
        temperature = new BlockTemperature(layout, from, n);
        t = scratch;
        watch = new VoltageWatch(n);
        kernel = new FilterKernel(type, noise, state, curve, doubt, scratch, secant);
        sweep = new FilterSweep(type, tables, noise, state, curve, doubt, kernel, scratch, secant);
    }

    @Override
    public void temperature(int first, int end, double newDegC) {
        curve.temperature(first, end, newDegC);
        doubt.temperature(first, end, newDegC);
        sweep.temperature(first, end, newDegC);
    }

    /** What the cells start from at their first sample, which brings current and temperature. */
    void remember(double soc, double sigma) {
        for (int i = 0; i < n; i++) {
            remember(i, soc, sigma);
        }
        polarised = false;
    }

    /** The same from what is known of them, RC voltages too. */
    void remember(PackEstimate now) {
        for (int i = 0; i < n; i++) {
            remember(i, now.soc(from + i), now.socSigma(from + i));
            state.x[V1][i] = now.fastRcV(from + i);
            state.x[V2][i] = now.slowRcV(from + i);
            state.v3[i] = now.diffusionV(from + i);
        }
        polarised = true;
    }

    private void remember(int i, double soc, double sigma) {
        state.x[Z][i] = soc;
        state.p(Z, Z)[i] = sigma * sigma;
    }

    /** Takes all cells through a step; gives how many of them no longer believed themselves and were reopened. */
    int step(StepFactors s, PackSample sample) {
        temperature.follow(sample.temperature(), this);
        t.read(sample.cellVoltage(), from, n);
        boolean oneByOne = scalar || s.opens || s.blind || s.unseenA > 0.0;
        boolean leapt = watch.leapt();
        if (leapt) {
            rememberErrors();
        }
        if (oneByOne) {
            arrive(s);
        } else {
            sweep.model(s);
            sweep.covariance(s);
        }
        if (leapt) {
            keepErrors(s);
        }
        if (s.blind || s.unseenA > 0.0) {
            unseen(s);
        }
        FilterPasses.resistance(t.r0Ohm, curve.at0[0], curve.slope[0], state.x[Z], state.x[R], n);
        if (watch.look(s.swing, t.cellV, t.weight, t.r0Ohm, state.x[Z], t.jumpV)) {
            judge(s);
        }
        boolean unusual = true;
        if (oneByOne) {
            for (int i = 0; i < n; i++) {
                kernel.correct(i, s);
            }
            anyFresh = true;
        } else {
            unusual = correct(s);
        }
        if (watch.leapt()) {
            watch.absolve(state.x[E], t.weight, s.swing.dtS);
        }
        swing = s.swing;
        return unusual || watching ? watch(s) : 0;
    }

    /** Time update of the cells one by one, or their opening. */
    private void arrive(StepFactors s) {
        if (s.opens) {
            watch.restart();
        }
        for (int i = 0; i < n; i++) {
            if (s.opens) {
                open(i, s);
            } else {
                kernel.predict(i, s);
            }
        }
    }

    private void rememberErrors() {
        for (int i = 0; i < n; i++) {
            t.beforeV[i] = state.x[E][i];
            t.beforeV2[i] = state.covariance(E, E, i);
        }
    }

    private void keepErrors(StepFactors s) {
        for (int i = 0; i < n; i++) {
            if (watch.leaptV(i) != 0.0) {
                kernel.keepError(i, s, t.beforeV[i], t.beforeV2[i]);
            }
        }
    }

    /** What a gap leaves: cells less sure, or opened anew. */
    private void unseen(StepFactors s) {
        for (int i = 0; i < n; i++) {
            if (s.blind) {
                state.w[i] = 0.0; // the time update has taken in what was pending
                reopen(i, 0.0, s);
            } else {
                kernel.widen(i, s);
            }
        }
    }

    /** Takes a jump for a lasting error of unknown size, and a voltage that stands under a swinging current for missing. */
    private void judge(StepFactors s) {
        for (int i = 0; i < n; i++) {
            if (t.jumpV[i] != 0.0) {
                kernel.doubtError(i, t.jumpV[i]);
            }
            if (watch.silent(i, s.swing)) {
                t.mute(i);
            }
        }
    }

    private boolean correct(StepFactors s) {
        if (!anyFresh) {
            return sweep.measure(s);
        }
        for (int i = 0; i < n; i++) {
            if (state.fresh[i]) {
                t.firstWeight[i] = t.weight[i];
                t.mute(i);
            }
        }
        boolean unusual = sweep.measure(s);
        first(s);
        return unusual;
    }

    private void open(int i, StepFactors s) {
        double v1 = state.x[V1][i];
        double v2 = state.x[V2][i];
        double v3 = state.v3[i];
        kernel.open(i, state.x[Z][i], Math.sqrt(state.p(Z, Z)[i]), s.nowA, s.nanos);
        if (polarised) {
            state.x[V1][i] = v1;
            state.x[V2][i] = v2;
            state.v3[i] = v3;
        }
    }

    /** Opens a cell anew: its SOC is kept. */
    private void reopen(int i, double leastSigma, StepFactors s) {
        double sigma = Math.max(leastSigma, Math.sqrt(state.covariance(Z, Z, i)));
        kernel.open(i, state.x[Z][i], Math.min(1.0, sigma), s.nowA, s.nanos);
        kernel.doubtError(i, watch.leaptV(i));
        anyFresh = true;
    }

    /** The kernel's part for cells that wait for their first voltage: they had no weight until now. */
    private void first(StepFactors s) {
        anyFresh = false;
        for (int i = 0; i < n; i++) {
            if (state.fresh[i]) {
                t.weight[i] = t.firstWeight[i];
                kernel.correct(i, s);
                anyFresh |= state.fresh[i];
            }
        }
    }

    /** Reopens the cells whose innovations have not fitted for long. */
    private int watch(StepFactors s) {
        int reopened = 0;
        watching = false;
        for (int i = 0; i < n; i++) {
            if (state.misfit[i] > MISFIT_LIMIT) {
                watching = true;
                if (t.weight[i] > 0.0
                        && watch.leaptV(i) == 0.0
                        && s.nanos - state.openedNanos[i] > REOPEN_PAUSE_NANOS) {
                    reopen(i, REOPENED_SIGMA, s);
                    reopened++;
                }
            }
        }
        return reopened;
    }

    /** Writes what is known after the step; gives the sum of the current's offsets, A. */
    double report(PackEstimate into) {
        double[] z = state.x[Z];
        Passes.fraction(t.soc, z, n);
        Passes.corrected(t.socVariance, state.p(Z, Z), state.w, state.g[Z], n);
        Passes.corrected(t.r0Variance, state.p(R, R), state.w, state.g[R], n);
        FilterPasses.resistance(t.r0Ohm, curve.at0[0], curve.slope[0], z, state.x[R], n);
        Passes.line(t.fastOhm, curve.at0[1], curve.slope[1], z, n);
        Passes.line(t.slowOhm, curve.at0[2], curve.slope[2], z, n);
        into.states(from, n, t.soc, t.socVariance, state.x[V1], state.x[V2], state.v3);
        into.circuits(from, n, t.predictedV, t.r0Ohm, t.fastOhm, t.slowOhm, t.slopeV);
        into.doubts(from, n, t.predictedV2, state.misfit, state.x[R], t.r0Variance, state.x[E], state.x[H]);
        watch.trust(swing, from, into);
        double sumA = 0.0;
        for (int i = 0; i < n; i++) {
            sumA += state.x[B][i];
        }
        return sumA;
    }
}
