package io.github.bms4j.estimate;

import io.github.bms4j.cell.CellType;
import io.github.bms4j.cell.Hysteresis;
import io.github.bms4j.cell.PackLayout;
import io.github.bms4j.cell.RcBranch;
import io.github.bms4j.num.FirstOrder;
import java.util.List;

/**
 * What all cells of a series pack share in one step: time, current, and every factor that follows from these two alone.
 *
 * <p>Two rates: states move at every sample; covariance and correction wait for the sample nearest to half the memory of the
 * voltage's quick error since the last correction, {@value #MOST_SPAN_S} s at most, and take the {@link StepSpan} since then in one. A
 * first sample and one after a gap correct at once.
 *
 * <p>What flowed between two samples is told by {@link CurrentBridge}, gaps included. Currents are those of one cell, A, positive
 * discharging. Thread: one. Allocation: none per step.
 */
final class FilterStep {
    /** SOC over which an error of the gain keeps its size. */
    private static final double GAIN_MEMORY_SOC = 0.15;

    /** Share of the memory of a voltage's quick error after which the next voltage is worth a correction. */
    private static final double SPAN_SHARE = 0.5;

    /** Longest time from one correction to the next while samples come quicker, s: a voltage falls off its knee within ten. */
    static final double MOST_SPAN_S = 4.0;

    /** Squared share of a step of the current by which a voltage misses it that was read up to a sample apart: uniform in 0…1. */
    private static final double APART = 1.0 / 3.0;

    /** Current and voltage are not read further apart than this, s. */
    private static final double MOST_APART_S = 1.0;

    private final NoiseModel noise;
    private final PackLayout layout;
    private final Hysteresis gapCurve;
    private final double capacityAs;
    private final double efficiency;
    private final double[] tauS;
    private final double offsetA;
    private final long spanNanos;
    private final CurrentBridge bridge;

    /** Time since the last sample, s; 0 at the first. */
    double dtS;
    /** Current of this sample, A. */
    double nowA;
    /** Mean current since the last one, A; 0 after a gap that is not bridged. */
    double meanA;
    /** Whether nothing is known of what happened since the last sample. */
    boolean blind;
    /** By how much the mean current may be off in a gap that is bridged, A; 0 where there is none. */
    double unseenA;
    /** SOC that the mean current takes away. */
    double movedSoc;
    /** dt / Q, what one ampere takes away, 1/A. */
    double perA;
    /** exp(-dt / tau) of the three RC pairs; 0 for one that is not there. */
    final double[] decay = new double[3];
    /** Factors of hysteresis, current offset and lasting voltage error. */
    double stay;

    double biasStay;
    double errorStay;
    /** Variances that grow by the step: SOC, and R0's error per its variance. */
    double socGrowth;

    double r0Growth;
    /** What multiplies the squared error of a branch's drive: its own settling and memory. */
    final double[] branchGrowth = new double[3];
    /** How much of the present current is new, A, and the square of what of it the voltage may miss for being read apart, A². */
    double freshA;

    double apartA2;
    /** Whether this sample corrects, and the steps since the last one that did, this one included. */
    boolean corrects;

    final StepSpan span = new StepSpan();
    /** Of the last span that ended in a correction: its length, s, and by what a quick error counts for more than it is. */
    double spanS;

    double quick;

    private long lastNanos;
    private long correctedNanos;
    private double settledA;

    FilterStep(CellType type, PackLayout layout, NoiseModel noise) {
        this.noise = noise;
        this.layout = layout;
        this.gapCurve = type.ocv().hysteresis();
        this.capacityAs = type.rating().capacityAh() * 3600.0;
        this.efficiency = type.rating().coulombicEfficiency();
        this.offsetA = noise.current().offsetPerH() * type.rating().capacityAh();
        this.spanNanos =
                Math.round(Math.min(MOST_SPAN_S, SPAN_SHARE * noise.sample().memoryS()) * 1e9);
        this.bridge = new CurrentBridge(type.rating().capacityAh());
        List<RcBranch> branches = type.circuit().branches();
        tauS = new double[branches.size()];
        for (int j = 0; j < tauS.length; j++) {
            tauS[j] = branches.get(j).tauS();
        }
    }

    /** Forgets the time; the next sample integrates nothing. */
    void restart() {
        bridge.restart();
    }

    /** Whether a sample may be taken at this time: time must go on. */
    boolean accepts(long nanos) {
        return !bridge.timed() || nanos > lastNanos;
    }

    /** Takes time and current of a sample that is accepted. */
    void take(long nanos, double packA) {
        boolean timed = bridge.timed();
        double beforeA = nowA;
        nowA = layout.cellCurrentA(packA);
        double stepA = timed ? nowA - beforeA : 0.0;
        double next = timed ? (nanos - lastNanos) * 1e-9 : 0.0;
        if (next != dtS || !timed) {
            dtS = next;
            timeFactors();
        }
        bridge.take(dtS, nowA);
        blind = bridge.blind();
        meanA = bridge.meanA();
        unseenA = bridge.gap() && !blind ? bridge.doubtA() : 0.0;
        double countedA = meanA < 0.0 ? efficiency * meanA : meanA;
        movedSoc = countedA * perA;
        double way = Math.abs(movedSoc);
        stay = 1.0 - gapCurve.turn(way);
        errorStay = timeStay * (1.0 - FirstOrder.settled(way / noise.voltage().memorySoc()));
        double doubt = bridge.doubtA() * perA;
        double gain = noise.current().gainSigma();
        socGrowth = 2.0 * GAIN_MEMORY_SOC * gain * gain * way + doubt * doubt;
        r0Growth = 2.0 * way / noise.circuit().r0MemorySoc();
        settledA = timed ? nowA + (Math.fma(settledA - nowA, settle, Passes.TINY) - Passes.TINY) : nowA;
        freshA = nowA - settledA;
        apartA2 = apart * stepA * stepA;
        span(nanos, timed);
        lastNanos = nanos;
    }

    /** Takes the step into the span, and ends that at the sample nearest to its length. */
    private void span(long nanos, boolean timed) {
        if (corrects || !timed) {
            span.clear();
            correctedNanos = timed ? lastNanos : nanos;
        }
        span.add(this, noise, offsetA);
        long half = (nanos - (timed ? lastNanos : nanos)) / 2;
        corrects = !timed || blind || unseenA > 0.0 || nanos - correctedNanos + half >= spanNanos;
        if (corrects) {
            spanS = span.lengthS;
            quick = spanS > 0.0 ? 1.0 + 2.0 * noise.sample().memoryS() / spanS : 1.0;
        }
    }

    private double timeStay;
    private double settle;
    private double apart;

    /** Everything that follows from the time alone; the same for every step of a regular beat. */
    private void timeFactors() {
        perA = dtS / capacityAs;
        for (int j = 0; j < tauS.length; j++) {
            decay[j] = StrictMath.exp(-dtS / tauS[j]);
            double pull = 1.0 - decay[j];
            branchGrowth[j] = dtS > 0.0 ? pull * pull * (1.0 + 2.0 * tauS[j] / dtS) : 0.0;
        }
        biasStay = StrictMath.exp(-dtS / noise.current().memoryS());
        timeStay = StrictMath.exp(-dtS / noise.voltage().memoryS());
        settle = StrictMath.exp(-dtS / noise.sample().stepMemoryS());
        apart = APART * MOST_APART_S / Math.max(MOST_APART_S, dtS);
    }
}
