package io.github.bms4j.journal;

import java.nio.ByteBuffer;
import java.util.Arrays;

/** The figures of a {@link LifeRecord} as they are kept on a medium: sums, extremes, events, time in classes. */
final class LifeFigures {
    /** Lower bounds of the temperature classes but the first, °C. */
    static final double[] CLASS_DEG_C = {-20.0, -10.0, 0.0, 10.0, 20.0, 30.0, 40.0, 50.0, 60.0};

    /** SOC classes, of equal width. */
    static final int SOC_CLASSES = 10;

    static final int TEMPERATURE_CLASSES = CLASS_DEG_C.length + 1;

    /** Form of the bytes. */
    static final int VERSION = 1;

    private static final int CLASSES = TEMPERATURE_CLASSES * SOC_CLASSES;

    /** Bytes of a life: the time it began, then sums, extremes, classes as f64, events as u32. */
    static final int BYTES =
            8 * (1 + Sum.values().length + Extreme.values().length + CLASSES) + 4 * Event.values().length;

    /** Sums over the life; a new row goes to the end, with another version. */
    enum Sum {
        CHARGED_AH,
        DISCHARGED_AH,
        CHARGED_KWH,
        DISCHARGED_KWH,
        SEEN_S,
        UNSEEN_S,
        CHARGING_S,
        DISCHARGING_S,
        HOT_S,
        COLD_S,
        HOT_CHARGING_S,
        COLD_CHARGING_S
    }

    /** Extremes over the life. */
    enum Extreme {
        HIGHEST_CELL_V(true),
        LOWEST_CELL_V(false),
        HIGHEST_DEG_C(true),
        LOWEST_DEG_C(false),
        MOST_DISCHARGE_A(true),
        MOST_CHARGE_A(true);

        private final boolean high;

        Extreme(boolean high) {
            this.high = high;
        }
    }

    /** Events that are counted once each time they begin. */
    enum Event {
        DEEP_DISCHARGE,
        OVER_VOLTAGE,
        OVER_TEMPERATURE,
        COLD_CHARGE
    }

    private final double[] sum = new double[Sum.values().length];
    private final double[] extreme = new double[Extreme.values().length];
    private final int[] event = new int[Event.values().length];
    private final double[] classS = new double[CLASSES];

    LifeFigures() {
        Arrays.fill(extreme, Double.NaN);
    }

    void add(Sum which, double value) {
        sum[which.ordinal()] += value;
    }

    void reach(Extreme which, double value) {
        int e = which.ordinal();
        if (Double.isNaN(extreme[e]) || (which.high ? value > extreme[e] : value < extreme[e])) {
            extreme[e] = value;
        }
    }

    void count(Event which, int times) {
        event[which.ordinal()] += times;
    }

    void inClass(int temperatureClass, int socClass, double dtS) {
        classS[temperatureClass * SOC_CLASSES + socClass] += dtS;
    }

    double sum(Sum which) {
        return sum[which.ordinal()];
    }

    double extreme(Extreme which) {
        return extreme[which.ordinal()];
    }

    int count(Event which) {
        return event[which.ordinal()];
    }

    double classS(int temperatureClass, int socClass) {
        return classS[temperatureClass * SOC_CLASSES + socClass];
    }

    void write(ByteBuffer to) {
        for (double s : sum) {
            to.putDouble(s);
        }
        for (double e : extreme) {
            to.putDouble(e);
        }
        for (double s : classS) {
            to.putDouble(s);
        }
        for (int n : event) {
            to.putInt(n);
        }
    }

    /** Adds what an earlier run counted. */
    void addFrom(ByteBuffer from) {
        for (int i = 0; i < sum.length; i++) {
            sum[i] += from.getDouble();
        }
        for (Extreme e : Extreme.values()) {
            double before = from.getDouble();
            if (!Double.isNaN(before)) {
                reach(e, before);
            }
        }
        for (int i = 0; i < classS.length; i++) {
            classS[i] += from.getDouble();
        }
        for (int i = 0; i < event.length; i++) {
            event[i] += from.getInt();
        }
    }
}
