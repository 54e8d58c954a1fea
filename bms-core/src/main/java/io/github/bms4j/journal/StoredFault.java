package io.github.bms4j.journal;

import io.github.bms4j.num.Check;

/**
 * A fault as it outlives the power: by its number, so that a record can be read by who no longer knows it.
 *
 * @param dtc diagnostic trouble code, as the fault table numbers it
 * @param status the table's own bits: {@link #STOOD} and what else the owner puts there
 * @param count how often it was set, 0 or more
 * @param firstUtcS when it was first set, s since 1970; NaN if not known
 * @param lastUtcS when it was last set, s since 1970; NaN if not known
 * @param where cell or sensor where it stood last; -1 for none
 * @param value reading that it was set by, in its own unit; NaN if not known
 */
public record StoredFault(int dtc, int status, int count, double firstUtcS, double lastUtcS, int where, double value) {
    /** Bit of the status: the fault stood, or was latched. */
    public static final int STOOD = 1;
    /** Bit of the status: its cause was gone, it waited to be acknowledged. */
    public static final int WAITED = 2;

    /** Checks the count. */
    public StoredFault {
        Check.atLeast("count", count, 0);
    }

    /** A fault of which nobody kept where it stood. */
    public StoredFault(int dtc, int status, int count, double firstUtcS, double lastUtcS) {
        this(dtc, status, count, firstUtcS, lastUtcS, -1, Double.NaN);
    }

    /** Whether it stood. */
    public boolean stood() {
        return (status & STOOD) != 0;
    }
}
