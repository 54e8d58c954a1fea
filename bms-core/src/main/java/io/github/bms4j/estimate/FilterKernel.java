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
 * What moves and corrects the states of one cell of a {@link FilterState}; the algebra of docs/theory/cell-ekf.md, line by line.
 * Its covariance spreads in {@link FilterSpread}.
 *
 * <p>{@link FilterSweep} does the same for many cells in passes, operation by operation in the same order, so that both give
 * the same bits. Thread: one. Allocation: none per call.
 */
final class FilterKernel {
    /** How often the straight line is put anew for the first voltage after a start. */
    private static final int FIRST_PASSES = 6;

    /** Innovations beyond this many standard deviations pull no harder than one of as many. */
    static final double MOST_SIGMAS = 3.0;

    /** One sample counts for no more than this in the mean of the misfit. */
    static final double MOST_MISFIT = 100.0;

    /** Variance of a state anywhere in [-1, 1]. */
    private static final double UNKNOWN_HYSTERESIS = 1.0 / 3.0;

    /** Variance of an RC voltage even when nothing flowed before, V². */
    private static final double LEAST_RC_V2 = 1e-8;

    /** Correlation of what the RC pairs of a cell that begins under load hold of its past: one current drove them all. */
    private static final double ONE_PAST = 0.65;

    /** Below this current over the capacity a start counts as one at rest, 1/h. */
    private static final double REST_PER_H = 0.02;

    /**
     * Slope of the open-circuit voltage beyond empty and full, V per unit SOC: a cell that is full rises steeply when charged on,
     * however level a fitted curve ends; without this a start at full would not know its SOC from above.
     */
    static final double LEAST_END_SLOPE_V = 20.0;

    private final NoiseModel noise;
    private final boolean secant;
    private final boolean diffusion;
    private final double capacityAh;
    private final FilterState state;
    private final SegmentCache curve;
    private final ModelDoubt doubt;
    private final FilterScratch t;
    private final UnseenPast past;
    private final int states;
    private final double[] g;
    /** Of the cell at hand: -R0 i, all polarisation, and what else lies beside the open-circuit voltage, V. */
    private double dropV;

    private double sumV;
    private double besideV;
    private double bendV;
    private double lineSlopeV;

    /**
     * @param secant whether the straight line for the open-circuit voltage goes through sigma points, not along the tangent
     */
    FilterKernel(
            CellType type,
            NoiseModel noise,
            FilterState state,
            SegmentCache curve,
            ModelDoubt doubt,
            UnseenPast past,
            FilterScratch scratch,
            boolean secant) {
        this.noise = noise;
        this.secant = secant;
        diffusion = type.circuit().branches().size() > 2;
        capacityAh = type.rating().capacityAh();
        this.state = state;
        this.curve = curve;
        this.doubt = doubt;
        this.past = past;
        t = scratch;
        states = state.states;
        g = new double[states];
    }

    /** Opens a cell: SOC and its standard deviation are given, the rest is what a cell may be in that carries {@code nowA}. */
    void open(int i, double soc, double sigma, double nowA, long nanos) {
        for (double[] entry : state.p) {
            entry[i] = 0.0;
        }
        for (double[] entry : state.x) {
            entry[i] = 0.0;
        }
        state.w[i] = 0.0;
        NoiseModel.StartNoise start = noise.start();
        double perH = Math.abs(nowA) / capacityAh;
        boolean rest = perH < REST_PER_H;
        double spreadA = (rest ? start.restPerH() : start.loadPerH()) * capacityAh;
        double meanA = rest ? 0.0 : Math.copySign(Math.min(perH, start.meanPerH()) * capacityAh, nowA);
        curve.follow(i, soc);
        double ohm1 = curve.ohm(1, i, soc);
        double ohm2 = curve.ohm(2, i, soc);
        double ohm3 = diffusion ? curve.ohm(3, i, soc) : 0.0;
        state.x[Z][i] = soc;
        state.x[V1][i] = ohm1 * meanA;
        state.x[V2][i] = ohm2 * meanA;
        double slowA = UnseenPast.slowA(meanA, ohm3);
        state.v3[i] = ohm3 * slowA;
        variance(Z, i, sigma * sigma);
        variance(V1, i, square(ohm1 * spreadA) + LEAST_RC_V2);
        variance(V2, i, ohm2 > 0.0 ? square(ohm2 * spreadA) + LEAST_RC_V2 : 0.0);
        variance(H, i, UNKNOWN_HYSTERESIS);
        variance(R, i, square(doubt.resistance[i]));
        variance(B, i, square(noise.current().offsetPerH() * capacityAh));
        variance(E, i, lastingV2(i, curve.slopeV(i, soc)) + square(ohm3 * spreadA));
        if (!rest) {
            double shared = ONE_PAST * spreadA * spreadA;
            state.row[V1][V2][i] = shared * ohm1 * ohm2;
            state.row[V1][E][i] = -shared * ohm1 * ohm3; // what v3 lacks is in e
            state.row[V2][E][i] = -shared * ohm2 * ohm3;
        }
        if (states > W) {
            variance(W, i, square(noise.voltage().offsetV()));
        }
        state.misfit[i] = 1.0;
        state.openedNanos[i] = nanos;
        state.fresh[i] = true;
        past.begin(i, meanA, slowA, ohm1, ohm2, ohm3);
    }

    private void variance(int j, int i, double value) {
        state.row[j][j][i] = value;
    }

    private static double square(double x) {
        return x * x;
    }

    private double lastingV2(int i, double slopeV) {
        return doubt.lastingV2(i, slopeV, curve.beyond[i]);
    }

    /** Moves the states on to the sample: x = F x + G i. */
    void move(int i, StepFactors s) {
        double[][] x = state.x;
        double z = Math.fma(s.perA, x[B][i], x[Z][i] - s.movedSoc);
        x[Z][i] = z;
        x[H][i] = Math.fma(s.stay, x[H][i], s.push);
        x[B][i] = Math.fma(s.biasStay, x[B][i], TINY) - TINY;
        x[E][i] = Math.fma(s.errorStay, x[E][i], TINY) - TINY;
        curve.follow(i, z);
        x[V1][i] = Math.fma(s.decay[0], x[V1][i], Math.fma(curve.ohm(1, i, z), s.drive[0], TINY)) - TINY;
        x[V2][i] = Math.fma(s.decay[1], x[V2][i], Math.fma(curve.ohm(2, i, z), s.drive[1], TINY)) - TINY;
        if (diffusion) {
            state.v3[i] = Math.fma(s.decay[2], state.v3[i], Math.fma(curve.ohm(3, i, z), s.drive[2], TINY)) - TINY;
        }
    }

    /** The voltage a cell is expected to have where its states have come to. */
    void predict(int i, double nowA) {
        double z = state.x[Z][i];
        beside(i, nowA);
        t.slopeV[i] = Math.fma(curve.gap1[i], state.x[H][i], curve.slopeV(i, z));
        t.predictedV[i] = terminal(i, curve.openV(i, z, state.x[H][i]));
    }

    /** What lies beside the open-circuit voltage; gives R0. */
    private double beside(int i, double nowA) {
        double ohm0 = curve.ohm(0, i, state.x[Z][i]);
        dropV = -nowA * ohm0;
        sumV = state.x[V1][i] + state.x[V2][i] + state.v3[i];
        besideV = Math.fma(1.0 + state.x[R][i], dropV, state.x[E][i]);
        return ohm0;
    }

    /** Measurement update with the voltage in the scratch; one of no weight predicts without correcting. */
    void correct(int i, StepFactors s) {
        double ohm0 = beside(i, s.nowA);
        double quick = Math.fma(s.sampleV2PerOhm2, ohm0 * ohm0, s.sampleV2);
        if (state.fresh[i]) {
            first(i, quick);
        } else {
            usual(i, quick, s.nowA);
        }
        state.misfit[i] = Math.fma(
                s.misfitShare * t.weight[i], Math.min(t.misfit[i], MOST_MISFIT) - state.misfit[i], state.misfit[i]);
        for (int j = Z; j < states; j++) { // x = x + move g; the covariance follows with the next time update
            state.x[j][i] = Math.fma(state.g[j][i], t.move[i], state.x[j][i]);
        }
    }

    private void usual(int i, double quick, double nowA) {
        double z = state.x[Z][i];
        double bySocV = -nowA * curve.slope[0][i];
        double openV = curve.openV(i, z, state.x[H][i]);
        double slopeV = Math.fma(curve.gap1[i], state.x[H][i], curve.slopeV(i, z));
        double halfGapV = Math.fma(curve.gap1[i], z, curve.gap0[i]);
        if (secant) {
            place(i, z, state.row[Z][Z][i], openV);
            slopeV = lineSlopeV;
            state.predictedV2[i] = gains(i, slopeV + bySocV, halfGapV) + Math.fma(2.0 * bendV, bendV, quick);
            openV += bendV;
            curve.follow(i, z);
        } else {
            state.predictedV2[i] = gains(i, slopeV + bySocV, halfGapV) + quick;
        }
        t.slopeV[i] = slopeV;
        t.predictedV[i] = terminal(i, openV);
        weigh(i, t.predictedV[i], state.predictedV2[i]);
    }

    /**
     * The first voltage since the cell was opened: the straight line is put several times, each through the sigma points of what
     * the one before it gave, since a start may be wrong by half the curve.
     */
    private void first(int i, double quick) {
        double z = state.x[Z][i];
        double aboutSoc = z;
        double aboutVariance = state.row[Z][Z][i];
        int passes = t.weight[i] > 0.0 ? FIRST_PASSES : 1;
        for (int pass = 0; pass < passes; pass++) {
            double openV = openAt(i, aboutSoc);
            double halfGapV = Math.fma(curve.gap1[i], aboutSoc, curve.gap0[i]);
            place(i, aboutSoc, aboutVariance, openV);
            double predictedV = terminal(i, Math.fma(lineSlopeV, z - aboutSoc, openV + bendV));
            double s2 = gains(i, lineSlopeV, halfGapV) + Math.fma(2.0 * bendV, bendV, quick);
            if (pass == 0) {
                t.predictedV[i] = predictedV;
                state.predictedV2[i] = s2;
                t.slopeV[i] = lineSlopeV;
            }
            weigh(i, predictedV, s2);
            double gain = g[Z] / s2;
            aboutSoc = Math.fma(gain, t.cellV[i] - predictedV, z);
            aboutVariance = state.row[Z][Z][i] - gain * g[Z];
        }
        curve.follow(i, z);
        state.fresh[i] = passes == 1;
    }

    /** The straight line through the two sigma points that move the SOC, and how far the mean over all lies off the middle. */
    private void place(int i, double soc, double variance, double middleV) {
        double reach = Math.sqrt(3.0 * variance);
        double aboveV = openAt(i, soc + reach);
        double belowV = openAt(i, soc - reach);
        bendV = (aboveV + belowV - 2.0 * middleV) * FilterPasses.SIXTH;
        lineSlopeV = (aboveV - belowV) * (0.5 / reach);
    }

    /** What the innovation is worth: Joseph's form for the gain a g. */
    private void weigh(int i, double predictedV, double s2) {
        double excess = predictedV - t.cellV[i];
        double a = t.weight[i] / s2;
        state.w[i] = a * Math.fma(a, s2, -2.0);
        t.excessV[i] = excess;
        t.move[i] = -a * excess;
        t.misfit[i] = -t.move[i] * excess;
        if (unusual(t.misfit[i])) {
            hold(i, s2);
        }
    }

    private double terminal(int i, double openV) {
        double v = besideV + (openV - sumV);
        return states > W ? v + state.x[W][i] : v;
    }

    private double openAt(int i, double soc) {
        curve.follow(i, soc);
        return curve.openV(i, soc, state.x[H][i]);
    }

    /** Whether an innovation is beyond {@link #MOST_SIGMAS} or no number. */
    static boolean unusual(double misfit) {
        double half = 0.5 * MOST_SIGMAS * MOST_SIGMAS;
        return !(Math.abs(misfit - half) <= half);
    }

    /** Lets an unusual innovation pull no harder than one of {@link #MOST_SIGMAS}, and one that is no number not at all. */
    void hold(int i, double variance) {
        double m = t.misfit[i];
        if (!(m > 0.0 && m < Double.POSITIVE_INFINITY)) {
            state.w[i] = 0.0;
            t.move[i] = 0.0;
            t.misfit[i] = state.misfit[i];
            return;
        }
        double s2 = variance * (Math.sqrt(m) / MOST_SIGMAS);
        double a = 1.0 / s2;
        state.w[i] = a * Math.fma(a, s2, -2.0);
        t.move[i] = -a * t.excessV[i];
    }

    /** g = P h'; gives h g. */
    private double gains(int i, double slopeV, double halfGapV) {
        t.bySocV[i] = slopeV;
        t.halfGapV[i] = halfGapV;
        t.dropV[i] = dropV;
        for (int j = Z; j < states; j++) {
            double[][] p = state.row[j];
            double e = states > W ? p[E][i] + p[W][i] : p[E][i];
            double row = Math.fma(slopeV, p[Z][i], e - (p[V1][i] + p[V2][i]));
            double gj = Math.fma(halfGapV, p[H][i], Math.fma(dropV, p[R][i], row));
            g[j] = gj;
            state.g[j][i] = gj;
        }
        double e = states > W ? g[E] + g[W] : g[E];
        double row = Math.fma(slopeV, g[Z], e - (g[V1] + g[V2]));
        return Math.fma(halfGapV, g[H], Math.fma(dropV, g[R], row));
    }
}
