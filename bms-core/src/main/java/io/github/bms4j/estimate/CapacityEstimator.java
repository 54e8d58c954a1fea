package io.github.bms4j.estimate;

import io.github.bms4j.cell.CellType;
import io.github.bms4j.cell.PackLayout;
import io.github.bms4j.cell.ResistanceMap;
import io.github.bms4j.measure.PackSample;
import io.github.bms4j.num.Check;
import io.github.bms4j.num.FirstOrder;
import io.github.bms4j.num.StepResult;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Capacity of every cell of a pack with its standard deviation, learned from what flowed between two rests.
 *
 * <p>Model: when the pack rests, the voltage of each cell is read as a SOC of its own, an anchor with a sigma, or refused
 * (flat curve, relaxation not done). Two anchors and the charge counted between them make a window; windows enter a
 * weighted total least squares in which both the SOC and the charge may be wrong. The SOC of the filter has no part in it:
 * a filter that believes in the old capacity would return it.
 *
 * <p>What fails first is the open-circuit curve of an aged cell: it changes its shape near empty, so a window that ends
 * there flatters the capacity. The model's voltage error is therefore counted as the same in every window and is not
 * averaged away.
 *
 * <p>Bad input: without a current or with time running backwards nothing happens (HELD); a gap of more than 10 s under
 * current breaks the window at hand; a missing voltage or temperature gives that cell no anchor. Units and sign: A
 * (positive discharging), V, °C, Ah. Thread: one. Allocation: none after construction.
 *
 * @see "docs/theory/capacity.md"
 */
public final class CapacityEstimator {
    /** How often a resting voltage is looked at, s. */
    private static final double LOOK_S = 30.0;

    /** First look-back for what still creeps, s. */
    private static final double FIRST_MARK_S = 60.0;

    /** A rest this long is closed without waiting for its end, s. */
    private static final double LONG_REST_S = 4.0 * 3600.0;

    /** Time constant of the resting voltage, s. */
    private static final double SMOOTHING_S = 100.0;

    /** Share of the capacity below which charge is not told apart. */
    private static final double CHARGE_RESOLUTION = 5e-4;

    /** Every anchor ends one window and begins the next, so its error counts twice. */
    private static final double SHARED = 2.0;

    /** A window this deep is used without waiting for the turn. */
    private static final double DEEP = 0.4;

    /** A SOC this far back from the end of a window is a turn from charging to discharging or back. */
    private static final double TURN = 0.05;

    /** Anchors this close may be one rest. */
    private static final double SAME = 0.02;

    /** A beginning is given up for another of at most this share of its sigma. */
    private static final double MUCH_SURER = 0.5;

    /** A window further off than this many sigmas is a surprise and counts for less. */
    private static final double MOST_SIGMAS = 3.0;

    private final PackLayout layout;
    private final CapacitySettings settings;
    private final double ratedAh;
    private final double correlationSoc;
    private final ResistanceMap r0;
    private final RestWatch watch;
    private final SocAnchor anchor;
    private final CapacityRegression regression;
    private final AnchorTable begin;
    private final AnchorTable end;
    private final AnchorTable candidate;

    private final double[] restV;
    private final double[] markV;
    private final double[] olderV;
    private final double[] driftedAh;
    private final double[] driftedS;
    private final int[] windows;
    private final double[] bledAh;
    private final BledCharge bled;

    private boolean timed;
    private long lastNanos;
    private double lastA;
    private double lookedS;
    private double markS;
    private double olderS;
    private boolean closed;
    private @Nullable PackEstimate written;

    /** An estimator that starts at the rated capacity. */
    public CapacityEstimator(CellType type, PackLayout layout, CapacitySettings settings) {
        this.layout = layout;
        this.settings = settings;
        this.ratedAh = type.rating().capacityAh();
        this.correlationSoc = type.error().correlationSoc();
        this.r0 = type.circuit().r0();
        this.watch = new RestWatch(type);
        this.anchor = new SocAnchor(type, settings.mostAnchorSigma());
        int n = layout.cells();
        this.regression = new CapacityRegression(n, settings.leastShare() * ratedAh, settings.mostShare() * ratedAh);
        this.begin = new AnchorTable(n);
        this.end = new AnchorTable(n);
        this.candidate = new AnchorTable(n);
        restV = new double[n];
        markV = new double[n];
        olderV = new double[n];
        driftedAh = new double[n];
        driftedS = new double[n];
        windows = new int[n];
        bledAh = new double[n];
        bled = new BledCharge(layout, 0, n);
        for (int c = 0; c < n; c++) {
            regression.start(c, ratedAh, settings.startSigma() * ratedAh);
        }
        restart();
    }

    /**
     * Starts a cell at a capacity that was known before, forgetting what was learned of it.
     *
     * @param cell measured cell
     * @param capacityAh capacity of one of its parallel members, Ah, within the believed range
     * @param sigmaAh its standard deviation, Ah, above 0
     */
    public void start(int cell, double capacityAh, double sigmaAh) {
        Check.within("capacityAh", capacityAh, settings.leastShare() * ratedAh, settings.mostShare() * ratedAh);
        Check.positive("sigmaAh", sigmaAh);
        regression.start(cell, capacityAh, sigmaAh);
        driftedAh[cell] = watch.throughputAh();
        driftedS[cell] = watch.elapsedS();
        windows[cell] = 0;
        written = null;
    }

    /** Whether a capacity, Ah, lies within the believed range; NaN does not. */
    public boolean believes(double capacityAh) {
        return capacityAh >= settings.leastShare() * ratedAh && capacityAh <= settings.mostShare() * ratedAh;
    }

    /**
     * Takes one sample and writes {@link PackEstimate#health} whenever a capacity changed.
     *
     * @return whether the sample was counted
     */
    public StepResult step(PackSample sample, PackEstimate estimate) {
        if (written != estimate) {
            publish(estimate);
        }
        if (!sample.begun() || !sample.current().usable(0)) {
            return StepResult.HELD;
        }
        double nowA = layout.cellCurrentA(sample.current().value(0));
        double dtS = timed ? (sample.nanos() - lastNanos) * 1e-9 : 0.0;
        if (timed && !(dtS > 0.0)) {
            return StepResult.HELD;
        }
        if (dtS > 0.0) {
            watch.step(lastA, nowA, dtS);
            if (watch.ended()) {
                close(estimate);
            }
            if (watch.broken()) {
                begin.clear();
                end.clear();
                candidate.clear();
            }
        }
        if (sample.bleeds()) {
            for (int c = 0; c < bledAh.length; c++) {
                bledAh[c] += bled.sinceAs(sample, c) / 3600.0;
            }
        }
        timed = true;
        lastNanos = sample.nanos();
        lastA = nowA;
        if (watch.restS() <= 0.0) {
            restart();
        } else if (watch.restS() - lookedS >= LOOK_S) {
            look(sample, nowA);
            if (watch.restS() >= LONG_REST_S && !closed) {
                close(estimate);
            }
        }
        return StepResult.USED;
    }

    /** No rest: the next one begins from nothing. */
    private void restart() {
        lookedS = 0.0;
        markS = 0.0;
        olderS = 0.0;
        closed = false;
        Arrays.fill(restV, Double.NaN);
        Arrays.fill(markV, Double.NaN);
        Arrays.fill(olderV, Double.NaN);
        candidate.clear();
    }

    /** Follows every cell's voltage at rest, freed of the polarisation the model knows, and reads anchors off it. */
    private void look(PackSample sample, double nowA) {
        double share = FirstOrder.settled((watch.restS() - lookedS) / SMOOTHING_S);
        lookedS = watch.restS();
        boolean mark = lookedS >= Math.max(FIRST_MARK_S, 2.0 * markS);
        for (int c = 0; c < restV.length; c++) {
            double tDegC = sample.cellTemperatureDegC(c);
            if (sample.cellVoltage().usable(c) && !Double.isNaN(tDegC)) {
                double v = sample.cellVoltage().value(c);
                double nearSoc = anchor.nearSoc(v, tDegC);
                double freeV = v + nowA * r0.ohm(nearSoc, tDegC) + watch.polarisationV(nearSoc, tDegC);
                restV[c] = Double.isNaN(restV[c]) ? freeV : restV[c] + share * (freeV - restV[c]);
                propose(c, tDegC);
            }
            if (mark) {
                olderV[c] = markV[c];
                markV[c] = restV[c];
            }
        }
        if (mark) {
            olderS = markS;
            markS = lookedS;
        }
    }

    /**
     * A relaxation that fades like 1/sqrt(t) still has creep / (sqrt(t/t0) - 1) to go, creep being the change since t0.
     * Half of it is taken as done, half as unsure.
     */
    private void propose(int c, double tDegC) {
        if (!(watch.restS() >= settings.leastRestS() && olderS > 0.0)) {
            return;
        }
        double left = 0.5 * (restV[c] - olderV[c]) / (Math.sqrt(watch.restS() / olderS) - 1.0);
        boolean good = anchor.read(restV[c] + left, tDegC, watch.hysteresis(), watch.hysteresisSigma(), Math.abs(left));
        if (good) {
            candidate.set(c, anchor, watch, bledAh[c]);
        } else {
            candidate.clear(c);
        }
    }

    /** Ends a rest: every cell with an anchor lengthens its window, uses it up, or begins a new one. */
    private void close(PackEstimate estimate) {
        closed = true;
        boolean changed = false;
        for (int c = 0; c < restV.length; c++) {
            if (candidate.known(c)) {
                changed |= weigh(c);
            }
        }
        candidate.clear();
        if (changed) {
            publish(estimate);
        }
    }

    /**
     * One more anchor of a cell. Windows run from turn to turn: the end moves on while that makes the window's capacity
     * surer, and the window is used when the SOC turns back or the window is deep. Returns whether one was used.
     */
    private boolean weigh(int c) {
        if (!begin.known(c)) {
            begin.take(c, candidate);
            return false;
        }
        boolean used = false;
        if (end.known(c)) {
            double reached = Math.abs(begin.soc(c) - end.soc(c));
            double now = Math.abs(begin.soc(c) - candidate.soc(c));
            boolean turned =
                    now < reached - TURN || (begin.soc(c) - end.soc(c)) * (begin.soc(c) - candidate.soc(c)) < 0;
            if (turned) {
                use(c);
                used = true;
            }
        }
        if (informative(c, candidate)) {
            if (!end.known(c) || relativeSigma(c, candidate) < relativeSigma(c, end)) {
                end.take(c, candidate);
            }
            if (Math.abs(begin.soc(c) - end.soc(c)) >= DEEP) {
                use(c);
                used = true;
            }
        } else if (!end.known(c) && betterBeginning(c)) {
            begin.take(c, candidate);
        }
        return used;
    }

    /**
     * Short trips add up to a window only if its beginning is kept; it moves within one rest, or when a fresh anchor is
     * far surer than an old one with all that may have been counted wrongly since.
     */
    private boolean betterBeginning(int c) {
        boolean same = Math.abs(begin.soc(c) - candidate.soc(c)) <= SAME;
        return candidate.sigma(c) <= (same ? 1.0 : MUCH_SURER) * begun(c);
    }

    /** How sure the beginning of the window still is now: its anchor and what may have been counted wrongly since. */
    private double begun(int c) {
        double counted = chargeSigmaAh(candidate.timeS(c) - begin.timeS(c)) / ratedAh;
        return Math.sqrt(begin.sigma(c) * begin.sigma(c) + counted * counted);
    }

    private double chargeSigmaAh(double spanS) {
        double offset = settings.currentOffsetPerH() * spanS / 3600.0;
        return ratedAh * Math.sqrt(offset * offset + CHARGE_RESOLUTION * CHARGE_RESOLUTION);
    }

    /** Variance of the change of SOC from the beginning to an anchor that is the same whenever this window is run. */
    private double lasting2(int c, AnchorTable to) {
        double a = begin.lasting(c);
        double b = to.lasting(c);
        double alike = StrictMath.exp(-Math.abs(begin.soc(c) - to.soc(c)) / correlationSoc);
        return a * a + b * b - 2.0 * alike * a * b;
    }

    private double sigmaSoc(int c, AnchorTable to) {
        return Math.sqrt(SHARED * (begin.passing2(c) + to.passing2(c)) + lasting2(c, to));
    }

    private boolean informative(int c, AnchorTable to) {
        double x = Math.abs(begin.soc(c) - to.soc(c));
        return x >= settings.leastWindow() && x >= MOST_SIGMAS * sigmaSoc(c, to);
    }

    private double relativeSigma(int c, AnchorTable to) {
        double y = chargeSigmaAh(to.timeS(c) - begin.timeS(c));
        double x = regression.capacityAh(c) * sigmaSoc(c, to);
        return Math.sqrt(x * x + y * y) / Math.abs(begin.soc(c) - to.soc(c));
    }

    /** Gives the window from beginning to end to the regression; its end begins the next. */
    private void use(int c) {
        double x = begin.soc(c) - end.soc(c);
        double y = end.chargeAh(c) - begin.chargeAh(c);
        double sigmaX = sigmaSoc(c, end);
        double sigmaY = chargeSigmaAh(end.timeS(c) - begin.timeS(c));
        drift(c);
        double q = regression.capacityAh(c);
        double known = sigmaAh(c) * x;
        double expected = Math.sqrt(sigmaY * sigmaY + q * q * sigmaX * sigmaX + known * known);
        double widen = Math.max(1.0, Math.abs(y - q * x) / (MOST_SIGMAS * expected));
        regression.add(c, x, widen * sigmaX, Math.sqrt(lasting2(c, end)), y, widen * sigmaY);
        windows[c]++;
        begin.take(c, end);
        end.clear(c);
    }

    private void drift(int c) {
        double cycles = (end.throughputAh(c) - driftedAh[c]) / (2.0 * ratedAh);
        double days = (end.timeS(c) - driftedS[c]) / 86_400.0;
        double perCycle = settings.driftPerCycle();
        double perDay = settings.driftPerDay();
        regression.drift(c, ratedAh * Math.sqrt(perCycle * perCycle * cycles + perDay * perDay * days));
        driftedAh[c] = end.throughputAh(c);
        driftedS[c] = end.timeS(c);
    }

    private void publish(PackEstimate estimate) {
        PackHealth health = estimate.health();
        for (int c = 0; c < restV.length; c++) {
            health.capacity(c, capacityAh(c), sigmaAh(c));
        }
        health.closeCapacity(ratedAh);
        written = estimate;
    }

    /** Capacity of one of a cell's parallel members, Ah. */
    public double capacityAh(int cell) {
        return regression.capacityAh(cell);
    }

    /** Standard deviation of {@link #capacityAh}, Ah: scatter, what is the same error in every window, and the sensor's gain. */
    public double sigmaAh(int cell) {
        double scatter = regression.scatterAh(cell);
        double lasting = regression.lastingAh(cell);
        double gain = windows[cell] > 0 ? settings.currentGain() * regression.capacityAh(cell) : 0.0;
        return Math.sqrt(scatter * scatter + lasting * lasting + gain * gain);
    }

    /** Windows a cell's capacity was learned from since its start. */
    public int windows(int cell) {
        return windows[cell];
    }
}
