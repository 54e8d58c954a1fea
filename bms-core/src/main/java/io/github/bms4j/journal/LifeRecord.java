package io.github.bms4j.journal;

import io.github.bms4j.cell.CellRating;
import io.github.bms4j.cell.CellType;
import io.github.bms4j.cell.PackLayout;
import io.github.bms4j.estimate.PackEstimate;
import io.github.bms4j.journal.LifeFigures.Event;
import io.github.bms4j.journal.LifeFigures.Extreme;
import io.github.bms4j.journal.LifeFigures.Sum;
import io.github.bms4j.measure.Channel;
import io.github.bms4j.measure.PackSample;
import io.github.bms4j.num.StepResult;
import java.nio.ByteBuffer;

/**
 * The life of a pack in figures that only grow: throughput, cycles, time in classes of temperature and SOC, events, extremes.
 *
 * <pre>
 * full-equivalent cycles = (charged + discharged Ah) / (2 x rated Ah of the pack)
 * </pre>
 *
 * <p>Charge and energy are the trapezoid between two samples at most {@value #MOST_STEP_S} s apart; over a longer gap nothing is
 * counted but the gap itself ({@link #unseenS}). What a class counts is the time in which the coldest and hottest sensors and the pack's
 * SOC were known; the temperature of a class is the hottest sensor's. Figures of a new record begin at 0 although the pack may be older:
 * {@link #sinceUtcS} says from when on they count.
 *
 * <p>Units: A positive discharging, Ah, kWh, s, °C. Bad input: a missing current counts no charge, an unknown estimate no class. Thread:
 * one. Allocation: none in {@link #step}. Docs: docs/theory/memory.md.
 */
public final class LifeRecord {
    /** Longest time between two samples that is counted, s. */
    public static final double MOST_STEP_S = 10.0;

    /** How long a condition must last to be an event, s. */
    private static final double EVENT_S = 5.0;

    private static final double RECOVERY_V = 0.1;
    private static final double RECOVERY_K = 3.0;

    /** Below this share of the capacity per hour nothing is charged or discharged, 1/h. */
    private static final double IDLE_PER_H = 0.01;

    private final PackLayout layout;
    private final CellRating rating;
    private final LifeFigures figures = new LifeFigures();
    private final double[] lasted = new double[Event.values().length];
    private final boolean[] counted = new boolean[Event.values().length];

    private double sinceUtcS = Double.NaN;
    private boolean timed;
    private long lastNanos;
    private double lastA;
    private double lastW;
    private boolean lastKnown;

    /** A record that begins now. */
    public LifeRecord(CellType type, PackLayout layout) {
        this(PackKind.of(type, layout));
    }

    /** The same for a pack of which only the kind is known. */
    public LifeRecord(PackKind kind) {
        this.layout = kind.layout();
        this.rating = kind.rating();
    }

    /** Notes when counting began, s since 1970; only the first that is a number counts. */
    public void since(double utcS) {
        if (Double.isNaN(sinceUtcS) && Double.isFinite(utcS)) {
            sinceUtcS = utcS;
        }
    }

    /** Counts one sample; {@code estimate} is what was made of it. */
    public StepResult step(PackSample sample, PackEstimate estimate) {
        if (!sample.begun()) {
            return StepResult.HELD;
        }
        double dtS = timed ? (sample.nanos() - lastNanos) * 1e-9 : 0.0;
        if (timed && !(dtS > 0.0)) {
            return StepResult.HELD;
        }
        timed = true;
        lastNanos = sample.nanos();
        boolean near = dtS <= MOST_STEP_S;
        add(near ? Sum.SEEN_S : Sum.UNSEEN_S, dtS);
        double stepS = near ? dtS : 0.0;
        double meanA = throughput(sample, stepS);
        extremes(sample);
        temperatures(sample, estimate, meanA, stepS);
        voltages(sample, stepS);
        return StepResult.USED;
    }

    /** Counts charge and energy; gives the mean current of the step, 0 where nobody saw it. */
    private double throughput(PackSample sample, double dtS) {
        boolean known = sample.current().usable(0);
        double nowA = known ? sample.current().value(0) : 0.0;
        double nowW = known ? nowA * packV(sample) : 0.0;
        double meanA = known && lastKnown ? 0.5 * (lastA + nowA) : 0.0;
        double meanW = known && lastKnown ? 0.5 * (lastW + nowW) : 0.0;
        double ah = meanA * dtS / 3600.0;
        double kWh = Double.isNaN(meanW) ? 0.0 : meanW * dtS / 3.6e6;
        if (ah > 0.0) {
            add(Sum.DISCHARGED_AH, ah);
            add(Sum.DISCHARGED_KWH, Math.max(0.0, kWh));
        } else {
            add(Sum.CHARGED_AH, -ah);
            add(Sum.CHARGED_KWH, Math.max(0.0, -kWh));
        }
        if (charging(meanA)) {
            add(Sum.CHARGING_S, dtS);
        } else if (charging(-meanA)) {
            add(Sum.DISCHARGING_S, dtS);
        }
        if (known) {
            reach(Extreme.MOST_DISCHARGE_A, Math.max(0.0, nowA));
            reach(Extreme.MOST_CHARGE_A, Math.max(0.0, -nowA));
        }
        lastKnown = known;
        lastA = nowA;
        lastW = nowW;
        return meanA;
    }

    private boolean charging(double packA) {
        return -layout.cellCurrentA(packA) > IDLE_PER_H * rating.capacityAh();
    }

    /** Pack voltage as measured, or else the sum of the cells; NaN while neither is known. */
    private static double packV(PackSample sample) {
        if (sample.packVoltage().usable(0)) {
            return sample.packVoltage().value(0);
        }
        double v = 0.0;
        for (int c = 0; c < sample.cellVoltage().size(); c++) {
            v += sample.cellVoltage().value(c);
        }
        return v;
    }

    private void extremes(PackSample sample) {
        Channel cells = sample.cellVoltage();
        for (int c = 0; c < cells.size(); c++) {
            if (cells.usable(c)) {
                reach(Extreme.HIGHEST_CELL_V, cells.value(c));
                reach(Extreme.LOWEST_CELL_V, cells.value(c));
            }
        }
        Channel temperatures = sample.temperature();
        for (int s = 0; s < temperatures.size(); s++) {
            if (temperatures.usable(s)) {
                reach(Extreme.HIGHEST_DEG_C, temperatures.value(s));
                reach(Extreme.LOWEST_DEG_C, temperatures.value(s));
            }
        }
    }

    private void temperatures(PackSample sample, PackEstimate estimate, double meanA, double dtS) {
        Channel temperatures = sample.temperature();
        int hottest = temperatures.highest();
        int coldest = temperatures.lowest();
        if (hottest < 0) {
            return;
        }
        double hotDegC = temperatures.value(hottest);
        double coldDegC = temperatures.value(coldest);
        boolean hot = hotDegC > rating.discharge().maxDegC();
        boolean cold = coldDegC < rating.discharge().minDegC();
        boolean charging = charging(meanA);
        add(Sum.HOT_S, hot ? dtS : 0.0);
        add(Sum.COLD_S, cold ? dtS : 0.0);
        boolean hotCharge = charging && hotDegC > rating.charge().maxDegC();
        boolean coldCharge = charging && coldDegC < rating.charge().minDegC();
        add(Sum.HOT_CHARGING_S, hotCharge ? dtS : 0.0);
        add(Sum.COLD_CHARGING_S, coldCharge ? dtS : 0.0);
        event(Event.OVER_TEMPERATURE, hot, hotDegC < rating.discharge().maxDegC() - RECOVERY_K, dtS);
        event(
                Event.COLD_CHARGE,
                coldCharge,
                !charging || coldDegC > rating.charge().minDegC() + RECOVERY_K,
                dtS);
        if (estimate.known()) {
            int soc = (int) Math.min(
                    LifeFigures.SOC_CLASSES - 1.0, Math.max(0.0, estimate.packSoc() * LifeFigures.SOC_CLASSES));
            figures.inClass(temperatureClass(hotDegC), soc, dtS);
        }
    }

    private static int temperatureClass(double degC) {
        int k = 0;
        while (k < LifeFigures.CLASS_DEG_C.length && degC >= LifeFigures.CLASS_DEG_C[k]) {
            k++;
        }
        return k;
    }

    private void voltages(PackSample sample, double dtS) {
        Channel cells = sample.cellVoltage();
        double low = Double.POSITIVE_INFINITY;
        double high = Double.NEGATIVE_INFINITY;
        for (int c = 0; c < cells.size(); c++) {
            if (cells.usable(c)) {
                low = Math.min(low, cells.value(c));
                high = Math.max(high, cells.value(c));
            }
        }
        if (high >= low) {
            event(Event.DEEP_DISCHARGE, low < rating.minV(), low > rating.minV() + RECOVERY_V, dtS);
            event(Event.OVER_VOLTAGE, high > rating.maxV(), high < rating.maxV() - RECOVERY_V, dtS);
        }
    }

    /** An event counts when it has lasted, and may count again once it has clearly ended. */
    private void event(Event which, boolean is, boolean over, double dtS) {
        int e = which.ordinal();
        lasted[e] = is ? lasted[e] + dtS : 0.0;
        if (is && !counted[e] && lasted[e] >= EVENT_S) {
            counted[e] = true;
            figures.count(which, 1);
        } else if (over) {
            counted[e] = false;
        }
    }

    private void add(Sum which, double value) {
        figures.add(which, value);
    }

    private void reach(Extreme which, double value) {
        figures.reach(which, value);
    }

    /** The figures themselves, for what is written of them. */
    LifeFigures figures() {
        return figures;
    }

    /** Charge put in, Ah at the pack's terminals. */
    public double chargedAh() {
        return figures.sum(Sum.CHARGED_AH);
    }

    /** Charge taken out, Ah. */
    public double dischargedAh() {
        return figures.sum(Sum.DISCHARGED_AH);
    }

    /** Energy put in, kWh. */
    public double chargedKwh() {
        return figures.sum(Sum.CHARGED_KWH);
    }

    /** Energy taken out, kWh. */
    public double dischargedKwh() {
        return figures.sum(Sum.DISCHARGED_KWH);
    }

    /** Half the charge moved in both directions over the rated capacity. */
    public double fullCycles() {
        return (chargedAh() + dischargedAh()) / (2.0 * rating.capacityAh() * layout.parallel());
    }

    /** Time in which samples came, s. */
    public double seenS() {
        return figures.sum(Sum.SEEN_S);
    }

    /** Time between samples too far apart to be counted, s; time without power is not in it. */
    public double unseenS() {
        return figures.sum(Sum.UNSEEN_S);
    }

    /** Times a cell was below its rated voltage for five seconds. */
    public int deepDischarges() {
        return figures.count(Event.DEEP_DISCHARGE);
    }

    /** Times a cell was above its rated voltage for five seconds. */
    public int overVoltages() {
        return figures.count(Event.OVER_VOLTAGE);
    }

    /** Times a sensor was above the rated discharge temperatures for five seconds. */
    public int overTemperatures() {
        return figures.count(Event.OVER_TEMPERATURE);
    }

    /** Times a pack was charged for five seconds while a sensor was below the rated charge temperatures. */
    public int coldCharges() {
        return figures.count(Event.COLD_CHARGE);
    }

    /** When counting began, s since 1970; NaN if not known. */
    public double sinceUtcS() {
        return sinceUtcS;
    }

    /** Time spent in a class, s: hottest sensor by pack SOC. */
    public double classS(int temperatureClass, int socClass) {
        return figures.classS(temperatureClass, socClass);
    }

    /** Adds what an earlier run counted; false and untouched when it is no record of this form. */
    boolean read(ByteBuffer from) {
        if (from.remaining() != LifeFigures.BYTES) {
            return false;
        }
        double since = from.getDouble();
        sinceUtcS = Double.isNaN(since) ? sinceUtcS : since;
        figures.addFrom(from);
        return true;
    }

    void write(ByteBuffer to) {
        to.putDouble(sinceUtcS);
        figures.write(to);
    }
}
