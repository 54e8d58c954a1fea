package io.github.bms4j.journal;

import java.util.Arrays;

/** A fault's freeze frame as it outlives the power: rows of numbers, as they were handed in. Thread: any. */
public final class StoredFrame {
    private final int dtc;
    private final int triggerRow;
    private final double[] rows;

    /**
     * A frame.
     *
     * @param dtc diagnostic trouble code of the fault
     * @param triggerRow row at which it was set
     * @param rows numbers of all rows; copied
     */
    public StoredFrame(int dtc, int triggerRow, double[] rows) {
        this.dtc = dtc;
        this.triggerRow = triggerRow;
        this.rows = rows.clone();
    }

    /** Diagnostic trouble code of the fault. */
    public int dtc() {
        return dtc;
    }

    /** Row at which it was set. */
    public int triggerRow() {
        return triggerRow;
    }

    /** Numbers of all rows; a copy. */
    public double[] rows() {
        return rows.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof StoredFrame frame
                && dtc == frame.dtc
                && triggerRow == frame.triggerRow
                && Arrays.equals(rows, frame.rows);
    }

    @Override
    public int hashCode() {
        return 31 * (31 * dtc + triggerRow) + Arrays.hashCode(rows);
    }
}
