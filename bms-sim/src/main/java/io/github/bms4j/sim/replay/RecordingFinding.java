package io.github.bms4j.sim.replay;

import java.util.Locale;

/**
 * Something about a recording that a user should know: what, where, what was expected instead.
 *
 * @param kind what it is
 * @param file what messages call the recording
 * @param line line of the first place, from 1; 0 where it concerns the whole
 * @param rows how many rows are meant, 1 or more
 * @param found what was found
 * @param expected what was expected
 */
public record RecordingFinding(Kind kind, String file, long line, int rows, String found, String expected) {
    /** Kinds of findings, and whether a replay makes sense in spite of one. */
    public enum Kind {
        /** A field that is no finite number: taken as not measured. */
        UNREADABLE(false),
        /** A row with more or fewer fields than the header: nothing of it is taken. */
        RAGGED(false),
        /** A time stamp that does not come after the one before: its row is held. */
        TIME_NOT_RISING(false),
        /** A time stamp far ahead of those that follow it: its row is held. */
        TIME_LEAP(false),
        /** The clock was set back: a gap of unknown length. */
        CLOCK_SET(false),
        /** A long time without a row that says time and current: the estimate widens. */
        GAP(false),
        /** A reading no sensor of its kind can mean: not taken. */
        OUT_OF_RANGE(false),
        /** A reading that leaves its neighbours for a row to three and comes back: not taken. */
        SPIKE(false),
        /** A voltage that steps without a current and stays: taken, as nobody knows which side is right. */
        OFFSET_JUMP(false),
        /** A reading that stands still while others show that it should not: not taken. */
        STUCK(false),
        /** Voltages the cell in the cell file is not rated for: of another cell, it seems. */
        OTHER_CELL(false),
        /** Current of the wrong sign: refused. */
        SIGN_TURNED(true),
        /** A quantity in another unit: refused. */
        UNIT(true);

        private final boolean refused;

        Kind(boolean refused) {
            this.refused = refused;
        }

        /** Whether the whole recording must not be used. */
        public boolean refused() {
            return refused;
        }
    }

    /** One line: {@code file:line: found X, expected Y}, with the number of rows where there are several. */
    public String text() {
        String place = line > 0 ? file + ":" + line : file;
        String more = rows > 1 ? String.format(Locale.ROOT, " (%d rows)", rows) : "";
        return RecordingException.oneLine(place + ": found " + found + more + ", expected " + expected);
    }
}
