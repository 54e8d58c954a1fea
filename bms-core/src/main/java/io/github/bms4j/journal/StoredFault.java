package io.github.bms4j.journal;

import io.github.bms4j.num.Check;

/**
 * A fault as it outlives the power: by its number, so that a record can be read by who no longer knows it.
 *
 * @param dtc diagnostic trouble code, as the fault table numbers it
 * @param status the table's own bits: latched, confirmed and so on
 * @param count how often it was set, 0 or more
 * @param firstUtcS when it was first set, s since 1970; NaN if not known
 * @param lastUtcS when it was last set, s since 1970; NaN if not known
 */
public record StoredFault(int dtc, int status, int count, double firstUtcS, double lastUtcS) {
    /** Checks the count. */
    public StoredFault {
        Check.atLeast("count", count, 0);
    }
}
