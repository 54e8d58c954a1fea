package io.github.bms4j.detect;

import java.util.Locale;

/**
 * What a detector has found, with its interval.
 *
 * <p>Figures are in the unit the suspect has inside the library: A, V or K.
 *
 * @param suspect what it is about
 * @param index which cell or sensor, from 0; -1 where the pack has only one
 * @param value best estimate
 * @param low lower end of the interval
 * @param high upper end of the interval
 * @param sinceNanos when it began as far as the detector can tell, monotonic nanoseconds of the samples
 */
public record Finding(Suspect suspect, int index, double value, double low, double high, long sinceNanos) {
    /** Index of a sensor of which a pack has only one. */
    public static final int ONLY_ONE = -1;

    /** One line for a person: {@code voltage sensor of cell 7 is off by +11.2 mV (10.1 to 12.3), since 3600 s}. */
    public String describe() {
        double per = suspect.shownPerUnit();
        return String.format(
                Locale.ROOT,
                "%s%s %s %+.1f %s (%.1f to %.1f), since %d s",
                suspect.subject(),
                index == ONLY_ONE ? "" : " " + index,
                suspect.predicate(),
                per * value,
                suspect.shownUnit(),
                per * low,
                per * high,
                Math.floorDiv(sinceNanos, 1_000_000_000L));
    }
}
