package io.github.bms4j.estimate;

/**
 * What flowed between two samples: the mean current, and by how much it may have been another.
 *
 * <p>Up to {@value #MAX_GAP_S} s, and in a log that is that slow by habit, the current is taken as straight between both readings.
 * A step far beyond the habit is a gap: what flowed is not known. The mean of its ends still is the best guess, but it may be
 * off by as much as the current strayed from its own mean lately. Beyond 120 s nothing is counted.
 *
 * <pre>
 * gap    = dt > 10 s, dt > 3 times the usual step, and not alike the step before
 * usual  = slow median of the steps
 * mean   = (i0 + i1) / 2
 * doubt² = max(s², (i1 - i0)² / 4)        s² = (T0 (Q/2h)² + T s_i²) / (T0 + T)
 * </pre>
 *
 * <p>with s_i the standard deviation of the current over the last ten minutes and T the time for which it was seen; before that
 * half the capacity an hour stands in for it, as it does in a gap that is not bridged. Derivation: docs/theory/cell-ekf.md.
 * What fails first: the first gap after a rest, when the cell is loaded unseen and rests again.
 *
 * <p>Units and sign: s; A in whatever the caller counts, positive discharging. Thread: one. Allocation: none per step.
 */
final class CurrentBridge {
    /** Longest time between two samples that is never a gap, s. */
    static final double MAX_GAP_S = 10.0;

    /** Longest time that is bridged by the mean of the currents at its ends, s. */
    static final double MAX_BRIDGE_S = 120.0 + 1e-6; // 120 s in nanoseconds do not come out even in seconds

    /** What may flow while nobody looks, standard deviation over the capacity, 1/h. */
    static final double UNSEEN_PER_H = 0.5;

    /** A step is beyond the habit when it is this many times the usual one. */
    private static final double GAP_TIMES = 3.0;

    /** Two steps of which the longer is at most this many times the shorter are alike. */
    private static final double ALIKE = 1.5;

    /** Factor by which the usual step follows a longer or a shorter one: its logarithm walks towards the median. */
    private static final double WALK = 1.25;

    /** Share of the difference of the currents at both ends by which their mean may be off. */
    private static final double BRIDGE_SHARE = 0.5;

    /** Time over which the current's own spread is taken, s. */
    private static final double SPREAD_MEMORY_S = 600.0;

    /** How long the current must have been seen to count for as much as what is assumed of any, s. */
    private static final double ASSUMED_S = 60.0;

    private final double unseenA;

    private boolean timed;
    private double lastA;
    private double lastDtS;
    private double usualS;
    private double seenS;
    private double centreA;
    private double spreadA2;

    private double meanA;
    private double doubtA;
    private boolean gap;
    private boolean blind;

    /** @param fullA current that would empty what is counted in an hour, A */
    CurrentBridge(double fullA) {
        unseenA = UNSEEN_PER_H * fullA;
    }

    /** Forgets everything; the next reading has no step before it. */
    void restart() {
        timed = false;
        lastDtS = 0.0;
        usualS = 0.0;
        seenS = 0.0;
        spreadA2 = 0.0;
    }

    /** Whether there was a reading since the last restart. */
    boolean timed() {
        return timed;
    }

    /** Takes the reading at the end of a step; its length counts for nothing at the first one. */
    void take(double dtS, double nowA) {
        if (!timed) {
            timed = true;
            meanA = nowA;
            doubtA = 0.0;
            gap = false;
            blind = false;
            centreA = nowA;
            lastA = nowA;
            return;
        }
        blind = dtS > MAX_BRIDGE_S;
        gap = blind || (dtS > MAX_GAP_S && usualS > 0.0 && dtS > GAP_TIMES * usualS && !alike(dtS, lastDtS));
        double leapA = Math.abs(nowA - lastA);
        meanA = blind ? 0.0 : 0.5 * (lastA + nowA);
        if (blind) {
            doubtA = unseenA;
        } else {
            double atEndsA = dtS > MAX_GAP_S ? BRIDGE_SHARE * leapA : 0.0;
            doubtA = gap ? Math.max(atEndsA, spreadA()) : atEndsA;
        }
        double weightS = gap ? usualS : dtS;
        usualS = usualS == 0.0 ? dtS : dtS > usualS ? Math.min(dtS, WALK * usualS) : Math.max(dtS, usualS / WALK);
        spread(nowA, weightS);
        lastDtS = dtS;
        lastA = nowA;
    }

    private static boolean alike(double aS, double bS) {
        return aS <= ALIKE * bS && bS <= ALIKE * aS;
    }

    /** Exponentially forgotten mean and variance; a plain mean while less than the memory was seen. */
    private void spread(double nowA, double weightS) {
        seenS = Math.min(SPREAD_MEMORY_S, seenS + weightS);
        double share = seenS > 0.0 ? Math.min(1.0, weightS / seenS) : 0.0;
        double off = nowA - centreA;
        centreA += share * off;
        spreadA2 = (1.0 - share) * (spreadA2 + share * off * off);
    }

    private double spreadA() {
        return Math.sqrt((ASSUMED_S * unseenA * unseenA + seenS * spreadA2) / (ASSUMED_S + seenS));
    }

    /** Mean current since the last reading, A; 0 where nothing is counted, the reading itself at the first. */
    double meanA() {
        return meanA;
    }

    /** Standard deviation of that mean, A; 0 where the current is taken as straight. */
    double doubtA() {
        return doubtA;
    }

    /** Whether the step was beyond the habit of the log: what flowed is not known. */
    boolean gap() {
        return gap;
    }

    /** Whether the step was so long that nothing is counted. */
    boolean blind() {
        return blind;
    }
}
