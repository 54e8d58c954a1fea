package io.github.bms4j.protect;

import io.github.bms4j.measure.Channel;
import io.github.bms4j.measure.PackSample;
import io.github.bms4j.measure.PackSignals;

/**
 * The last half minute of a pack, a row a second, out of which freeze frames are cut.
 *
 * <p>Slot {@link #PRESENT} holds the readings of the cycle. Thread: one. Allocation: none after construction.
 */
final class FrameRing {
    static final int PACK_A = 0;
    static final int PACK_V = 1;
    static final int LOWEST_V = 2;
    static final int HIGHEST_V = 3;
    static final int LOWEST_DEG_C = 4;
    static final int HIGHEST_DEG_C = 5;
    static final int INSULATION_OHM = 6;
    static final int COLUMNS = 7;

    private static final int DEPTH = FreezeFrame.SIDE_ROWS;
    static final int PRESENT = DEPTH;
    private static final long PERIOD_NANOS = 1_000_000_000L;

    private final long[] atNanos = new long[DEPTH + 1];
    private final double[][] columns = new double[COLUMNS][DEPTH + 1];
    private final double[][] values;
    private int next;
    private int size;
    private long dueNanos;

    FrameRing(int faults) {
        values = new double[faults][DEPTH];
    }

    /** Takes in the readings of a cycle as the present row. */
    void look(PackSample sample, PackSignals signals) {
        Channel v = sample.cellVoltage();
        Channel t = sample.temperature();
        atNanos[PRESENT] = sample.nanos();
        columns[PACK_A][PRESENT] = sample.current().value(0);
        columns[PACK_V][PRESENT] = sample.packVoltage().value(0);
        columns[LOWEST_V][PRESENT] = valueOf(v, v.lowest());
        columns[HIGHEST_V][PRESENT] = valueOf(v, v.highest());
        columns[LOWEST_DEG_C][PRESENT] = valueOf(t, t.lowest());
        columns[HIGHEST_DEG_C][PRESENT] = valueOf(t, t.highest());
        columns[INSULATION_OHM][PRESENT] = signals.insulation().value(0);
    }

    private static double valueOf(Channel channel, int sensor) {
        return sensor < 0 ? Double.NaN : channel.value(sensor);
    }

    /** Whether a second has passed since the last row was kept. */
    boolean due(long nanos) {
        return size == 0 || nanos - dueNanos >= 0;
    }

    /** Keeps the present row, with the readings that each fault is about. */
    void keep(FaultRecord[] records) {
        atNanos[next] = atNanos[PRESENT];
        for (double[] column : columns) {
            column[next] = column[PRESENT];
        }
        for (int f = 0; f < records.length; f++) {
            values[f][next] = records[f].value();
        }
        long onTimeNanos = dueNanos + PERIOD_NANOS;
        boolean late = size == 0 || onTimeNanos - atNanos[PRESENT] <= 0;
        dueNanos = late ? atNanos[PRESENT] + PERIOD_NANOS : onTimeNanos;
        next = (next + 1) % DEPTH;
        size = Math.min(DEPTH, size + 1);
    }

    /** Kept rows. */
    int size() {
        return size;
    }

    /** Where the i-th oldest kept row lies. */
    int slot(int i) {
        return (next - size + i + DEPTH) % DEPTH;
    }

    long atNanos(int i) {
        return atNanos[slot(i)];
    }

    double value(int fault, int i) {
        return values[fault][slot(i)];
    }

    double column(int k, int slot) {
        return columns[k][slot];
    }
}
