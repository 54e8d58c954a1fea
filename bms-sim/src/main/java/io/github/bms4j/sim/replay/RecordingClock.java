package io.github.bms4j.sim.replay;

import java.util.Arrays;

/**
 * The time of every row as far as it can be believed.
 *
 * <p>A stamp that repeats or lies behind an earlier one does not count, nor does one that leaps ahead of stamps which then
 * go on from before; their rows are held. When the stamps go back and stay back, the clock was set: what was between is
 * not known, and the time goes on {@link #SET_GAP_S} later, which is a gap.
 *
 * <p>A log may be slow, throughout or while nothing happens (a row a minute at constant current): that is no gap.
 *
 * <p>Units: s. Thread: any, immutable.
 */
final class RecordingClock {
    /** What is assumed to have passed when a clock was set back, s. Our judgement: long enough to widen the band. */
    static final double SET_GAP_S = 600.0;

    /** A pause below this is none in any recording, s. */
    private static final double LEAST_GAP_S = 10.0;

    /** A pause is a gap when it is this many times the usual time between rows. */
    private static final double GAP_TIMES = 3.0;

    /** Or, where a log is slow at times, this many times what one row in a hundred has before it, */
    private static final double SLOW_TIMES = 1.5;

    /** but no more than this, s. */
    private static final double MOST_SLOW_S = 100.0;

    private static final int LOOK_AHEAD = 5;

    /** What a stamp is. */
    enum Stamp {
        /** None, or no number. */
        MISSING,
        /** After the one before. */
        RISING,
        /** Not after the one before. */
        NOT_RISING,
        /** Far ahead of those that follow. */
        LEAPING,
        /** The first of a clock that was set back. */
        SET
    }

    private final double[] timeS;
    private final Stamp[] stamps;
    private final double gapS;

    RecordingClock(Recording recording) {
        int rows = recording.rows();
        timeS = new double[rows];
        stamps = new Stamp[rows];
        gapS = gapS(recording);
        double shift = 0.0;
        double last = Double.NEGATIVE_INFINITY;
        for (int k = 0; k < rows; k++) {
            stamps[k] = stamp(recording, k, last, shift);
            timeS[k] = Double.NaN;
            if (stamps[k] == Stamp.SET) {
                shift = last + SET_GAP_S - recording.timeS(k);
            }
            if (stamps[k] == Stamp.SET || stamps[k] == Stamp.RISING) {
                timeS[k] = recording.timeS(k) + shift;
                last = timeS[k];
            }
        }
    }

    private Stamp stamp(Recording recording, int k, double last, double shift) {
        double t = recording.timeS(k) + shift;
        if (Double.isNaN(t)) {
            return Stamp.MISSING;
        }
        if (t > last) {
            boolean leaps = last > Double.NEGATIVE_INFINITY && leapsAhead(recording, k, last - shift);
            return leaps ? Stamp.LEAPING : Stamp.RISING;
        }
        return last - t > gapS && staysBehind(recording, k, last - shift) ? Stamp.SET : Stamp.NOT_RISING;
    }

    /** What the stamp of a row is. */
    Stamp stamp(int row) {
        return stamps[row];
    }

    /** Time of a row, s; NaN where the stamp does not count. */
    double timeS(int row) {
        return timeS[row];
    }

    /** Rows further apart than this have a gap between them, s. */
    double gapS() {
        return gapS;
    }

    private static double gapS(Recording recording) {
        double[] steps = new double[recording.rows() - 1];
        int n = 0;
        for (int k = 1; k < recording.rows(); k++) {
            double step = recording.timeS(k) - recording.timeS(k - 1);
            if (step > 0.0) {
                steps[n++] = step;
            }
        }
        Arrays.sort(steps, 0, n);
        if (n == 0) {
            return LEAST_GAP_S;
        }
        double slowS = Math.min(MOST_SLOW_S, SLOW_TIMES * steps[99 * n / 100]);
        return Math.max(LEAST_GAP_S, Math.max(slowS, GAP_TIMES * steps[n / 2]));
    }

    /** Whether the next stamps all rise from row k and lie behind {@code lastS} as recorded. */
    private static boolean staysBehind(Recording recording, int k, double lastS) {
        double before = recording.timeS(k);
        int seen = 0;
        for (int j = k + 1; j < recording.rows() && seen < LOOK_AHEAD; j++) {
            double t = recording.timeS(j);
            if (Double.isNaN(t)) {
                continue;
            }
            if (!(t > before && t <= lastS)) {
                return false;
            }
            before = t;
            seen++;
        }
        return seen == LOOK_AHEAD;
    }

    /** Whether row k lies a gap ahead and the stamps after it go on from {@code lastS}. */
    private boolean leapsAhead(Recording recording, int k, double lastS) {
        double t = recording.timeS(k);
        if (!(t - lastS > gapS)) {
            return false;
        }
        int behind = 0;
        int seen = 0;
        for (int j = k + 1; j < recording.rows() && seen < LOOK_AHEAD; j++) {
            double next = recording.timeS(j);
            if (!Double.isNaN(next)) {
                seen++;
                behind += next > lastS && next < t ? 1 : 0;
            }
        }
        return seen > 0 && 2 * behind > seen;
    }
}
