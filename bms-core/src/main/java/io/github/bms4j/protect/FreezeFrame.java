package io.github.bms4j.protect;

import java.util.Objects;

/**
 * What the pack did from half a minute before a fault was set to half a minute after, about once a second, and at the
 * moment itself.
 *
 * <p>It belongs to the latest occurrence and is overwritten by the next. Units and sign: A (positive discharging), V, °C. What
 * was not known is NaN. Thread: one. Allocation: none after construction.
 */
public final class FreezeFrame {
    /** Numbers of a row. */
    public static final int NUMBERS = FrameRing.COLUMNS + 2;

    /** Rows before and after the fault. */
    static final int SIDE_ROWS = 30;

    static final int ROWS = 2 * SIDE_ROWS + 1;

    private final long[] atNanos = new long[ROWS];
    private final double[][] columns = new double[FrameRing.COLUMNS][ROWS];
    private final double[] value = new double[ROWS];
    private int rows;
    private int trigger = FaultSet.NOWHERE;
    private boolean filling;

    /** Begins anew with what a ring holds. */
    void begin(FrameRing ring, int fault) {
        rows = 0;
        trigger = ring.size();
        for (int i = 0; i < ring.size(); i++) {
            append(ring.atNanos(i), ring, ring.slot(i), ring.value(fault, i));
        }
    }

    /** Adds the row that a ring holds as its present one. */
    void append(long nanos, FrameRing ring, int slot, double concerned) {
        atNanos[rows] = nanos;
        for (int k = 0; k < columns.length; k++) {
            columns[k][rows] = ring.column(k, slot);
        }
        value[rows] = concerned;
        rows++;
        filling = rows < trigger + 1 + SIDE_ROWS;
    }

    /** Writes a row's numbers from a place on: {@link #offsetS}, the columns, {@link #value}. */
    public void row(int row, double[] into, int at) {
        into[at] = offsetS(row);
        for (int k = 0; k < columns.length; k++) {
            into[at + 1 + k] = column(k, row);
        }
        into[at + NUMBERS - 1] = value(row);
    }

    /** Takes up a frame of before the restart; its times are counted from the moment the fault was set. */
    void recall(int triggerRow, double[] numbers) {
        int n = numbers.length / NUMBERS;
        if (triggerRow < 0 || triggerRow >= n || n > ROWS || n * NUMBERS != numbers.length) {
            return;
        }
        for (int r = 0; r < n; r++) {
            atNanos[r] = Math.round(1e9 * numbers[NUMBERS * r]);
            for (int k = 0; k < columns.length; k++) {
                columns[k][r] = numbers[NUMBERS * r + 1 + k];
            }
            value[r] = numbers[NUMBERS * r + NUMBERS - 1];
        }
        rows = n;
        trigger = triggerRow;
        filling = false;
    }

    /** Whether rows after the fault are still to come. */
    public boolean filling() {
        return filling;
    }

    /** Rows there are; 0 when the fault never was. */
    public int rows() {
        return rows;
    }

    /** Row at which the fault was set; -1 when it never was. */
    public int triggerRow() {
        return trigger;
    }

    /** Time of a row, monotonic nanoseconds. */
    public long atNanos(int row) {
        return atNanos[Objects.checkIndex(row, rows)];
    }

    /** Time of a row from the moment the fault was set, s, negative before it. */
    public double offsetS(int row) {
        return (atNanos(row) - atNanos[trigger]) * 1e-9;
    }

    /**
     * The reading concerned, in the unit of the fault. Of a cell or a temperature sensor it is there from the moment the fault is
     * set; before it the lowest and highest readings contain it.
     */
    public double value(int row) {
        return value[Objects.checkIndex(row, rows)];
    }

    /** Pack current, A. */
    public double packA(int row) {
        return column(FrameRing.PACK_A, row);
    }

    /** Pack voltage, V. */
    public double packV(int row) {
        return column(FrameRing.PACK_V, row);
    }

    /** Lowest cell voltage, V. */
    public double lowestCellV(int row) {
        return column(FrameRing.LOWEST_V, row);
    }

    /** Highest cell voltage, V. */
    public double highestCellV(int row) {
        return column(FrameRing.HIGHEST_V, row);
    }

    /** Lowest temperature, °C. */
    public double lowestDegC(int row) {
        return column(FrameRing.LOWEST_DEG_C, row);
    }

    /** Highest temperature, °C. */
    public double highestDegC(int row) {
        return column(FrameRing.HIGHEST_DEG_C, row);
    }

    /** Insulation, Ohm. */
    public double insulationOhm(int row) {
        return column(FrameRing.INSULATION_OHM, row);
    }

    private double column(int k, int row) {
        return columns[k][Objects.checkIndex(row, rows)];
    }
}
