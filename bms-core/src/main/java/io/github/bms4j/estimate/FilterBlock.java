package io.github.bms4j.estimate;

import static io.github.bms4j.estimate.FilterState.B;
import static io.github.bms4j.estimate.FilterState.E;
import static io.github.bms4j.estimate.FilterState.H;
import static io.github.bms4j.estimate.FilterState.R;
import static io.github.bms4j.estimate.FilterState.V1;
import static io.github.bms4j.estimate.FilterState.V2;
import static io.github.bms4j.estimate.FilterState.Z;

import io.github.bms4j.cell.CellType;
import io.github.bms4j.cell.Hysteresis;
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
    private final FilterSpread spread;
    private final FilterSweep sweep;
    private final FilterScratch t;
    private final VoltageWatch watch;
    private final UnseenPast past;
    private final BledCharge bled;
    private final Hysteresis gap;
    private final double capacityAs;
    private SwingStep swing = new SwingStep();
    private boolean anyFresh;
    private boolean anyLate;
    private boolean watching;
    private boolean polarised;
    private double startBiasA;
    private double startBiasSigmaA = Double.NaN;
    private final double[] startResistance;

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
        startResistance = new double[n];
        past = new UnseenPast(type, noise, state, scratch);
        bled = new BledCharge(layout, from, n);
        gap = type.ocv().hysteresis();
        capacityAs = type.rating().capacityAh() * 3600.0;
        kernel = new FilterKernel(type, noise, state, curve, doubt, past, scratch, secant);
        spread = new FilterSpread(type, noise, state, curve, doubt);
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
        bled.restart();
        for (int i = 0; i < n; i++) {
            remember(i, soc, sigma);
        }
        polarised = false;
    }

    /** The same from what is known of them, RC voltages too. */
    void remember(PackEstimate now) {
        bled.restart();
        for (int i = 0; i < n; i++) {
            remember(i, now.soc(from + i), now.socSigma(from + i));
            state.x[V1][i] = now.fastRcV(from + i);
            state.x[V2][i] = now.slowRcV(from + i);
            state.v3[i] = now.diffusionV(from + i);
        }
        polarised = true;
    }

    /** The same for each cell by itself, from arrays over all cells of the pack. */
    void remember(double[] soc, double[] sigma) {
        for (int i = 0; i < n; i++) {
            remember(i, soc[from + i], sigma[from + i]);
        }
        polarised = false;
    }

    private void remember(int i, double soc, double sigma) {
        state.x[Z][i] = soc;
        state.p(Z, Z)[i] = sigma * sigma;
        startResistance[i] = 0.0;
        startBiasA = 0.0;
        startBiasSigmaA = Double.NaN;
    }

    /** What is known besides at the first sample; NaN where nothing is. */
    void rememberFurther(double biasA, double biasSigmaA, double[] resistanceRatio) {
        startBiasA = Double.isNaN(biasA) ? 0.0 : biasA;
        startBiasSigmaA = Double.isNaN(biasA) ? Double.NaN : biasSigmaA;
        for (int i = 0; i < n; i++) {
            double ratio = resistanceRatio[from + i];
            startResistance[i] = Double.isNaN(ratio) ? 0.0 : ratio - 1.0;
        }
    }

    /**
     * Takes all cells through a step; gives how many of them no longer believed themselves and were reopened.
     *
     * @param shown whether the step is reported, so that a voltage is to be predicted even where none is corrected by
     */
    int step(StepFactors s, PackSample sample, boolean shown) {
        temperature.follow(sample.temperature(), this);
        t.read(sample.cellVoltage(), from, n);
        if (sample.bleeds()) {
            bleed(s, sample);
        }
        boolean oneByOne = scalar || s.opens || s.blind || s.unseenA > 0.0;
        boolean leapt = watch.leapt();
        if (leapt) {
            rememberErrors();
        }
        if (oneByOne) {
            arrive(s);
        } else if (s.corrects) {
            sweep.model(s);
            sweep.covariance(s.span);
        } else {
            sweep.move(s);
        }
        if (past.looks()) {
            past.move(s);
        }
        if (leapt) {
            keepErrors(s);
        }
        if (s.blind || s.unseenA > 0.0) {
            unseen(s);
        }
        FilterPasses.resistance(t.r0Ohm, curve.at0[0], curve.slope[0], state.x[Z], state.x[R], n);
        boolean judged = watch.look(s.swing, t.cellV, t.weight, t.allWeigh(), t.r0Ohm, state.x[Z], t.jumpV);
        if (judged) {
            judge(s);
        }
        if (shown && !s.corrects) {
            predict(s, oneByOne);
        }
        boolean unusual = false;
        if (s.corrects) {
            unusual = correct(s, oneByOne);
        } else if (judged || anyLate) {
            attend(s, judged);
        }
        if (past.looks()) {
            past.learn(s);
        }
        if (watch.leapt()) {
            watch.absolve(state.x[E], t.weight, s.swing.dtS);
        }
        swing = s.swing;
        return s.corrects && (unusual || watching) ? watch(s) : 0;
    }

    /**
     * Takes out of each cell what was bled from it. Its hysteresis is turned only as far as that was more than the pack's current put
     * in, since the sum of both is what the cell saw.
     */
    private void bleed(StepFactors s, PackSample sample) {
        for (int i = 0; i < n; i++) {
            double soc = bled.sinceAs(sample, i) / capacityAs;
            if (soc > 0.0) {
                state.x[Z][i] -= soc;
                double turn = gap.turn(Math.max(0.0, soc + Math.min(0.0, s.movedSoc)));
                state.x[H][i] += turn * (-1.0 - state.x[H][i]);
            }
        }
    }

    /** Opening or time update of the cells one by one. */
    private void arrive(StepFactors s) {
        if (s.opens) {
            watch.restart();
        }
        for (int i = 0; i < n; i++) {
            if (s.opens) {
                open(i, s);
            } else {
                kernel.move(i, s);
                if (s.corrects) {
                    spread.spread(i, s.span);
                }
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
                state.x[E][i] = t.beforeV[i];
                past.keepError(i, s.errorStay);
                if (s.corrects) {
                    spread.keepError(i, s.span, t.beforeV2[i]);
                }
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
                spread.widen(i, s);
            }
        }
    }

    /** Takes a jump for a lasting error of unknown size, and a voltage that stands under a swinging current for missing. */
    private void judge(StepFactors s) {
        for (int i = 0; i < n; i++) {
            if (t.jumpV[i] != 0.0) {
                spread.doubtError(i, t.jumpV[i]);
            }
            if (watch.silent(i, s.swing)) {
                t.mute(i);
            }
        }
    }

    private void predict(StepFactors s, boolean oneByOne) {
        if (!oneByOne) {
            sweep.predict(s);
            return;
        }
        for (int i = 0; i < n; i++) {
            kernel.predict(i, s.nowA);
        }
    }

    /** Corrects all cells that have a voltage; whether an innovation was unusual, or may have been. */
    private boolean correct(StepFactors s, boolean oneByOne) {
        boolean unusual = true;
        if (oneByOne) {
            for (int i = 0; i < n; i++) {
                kernel.correct(i, s);
            }
            anyFresh = true;
        } else {
            unusual = anyFresh ? correctFresh(s) : sweep.measure(s);
        }
        if (past.looks()) {
            past.correct();
        }
        if (anyLate || !t.allWeigh()) {
            anyLate = false;
            for (int i = 0; i < n; i++) {
                state.late[i] = t.weight[i] == 0.0;
                anyLate |= state.late[i];
            }
        }
        return unusual;
    }

    /**
     * Between two corrections: a voltage that jumped is taken for what it is at once, and one that was missing when it was due when it
     * comes, both against the covariance of the last correction.
     */
    private void attend(StepFactors s, boolean judged) {
        anyLate = false;
        for (int i = 0; i < n; i++) {
            if (t.weight[i] > 0.0 && (state.late[i] || (judged && t.jumpV[i] != 0.0))) {
                spread.settle(i);
                kernel.correct(i, s);
                past.correct(i);
                state.late[i] = false;
            }
            anyLate |= state.late[i];
        }
    }

    private boolean correctFresh(StepFactors s) {
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
        state.x[R][i] = startResistance[i];
        state.x[B][i] = startBiasA;
        if (startBiasSigmaA > 0.0) {
            state.p(B, B)[i] = startBiasSigmaA * startBiasSigmaA;
        }
        if (polarised) {
            state.x[V1][i] = v1;
            state.x[V2][i] = v2;
            state.v3[i] = v3;
            past.end(i);
        }
    }

    /** Opens a cell anew: its SOC is kept. */
    private void reopen(int i, double leastSigma, StepFactors s) {
        double sigma = Math.max(leastSigma, Math.sqrt(state.covariance(Z, Z, i)));
        kernel.open(i, state.x[Z][i], Math.min(1.0, sigma), s.nowA, s.nanos);
        spread.doubtError(i, watch.leaptV(i));
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
        into.doubts(from, n, state.predictedV2, state.misfit, state.x[R], t.r0Variance, state.x[E], state.x[H]);
        watch.trust(swing, from, into);
        double sumA = 0.0;
        for (int i = 0; i < n; i++) {
            sumA += state.x[B][i];
        }
        return sumA;
    }
}
