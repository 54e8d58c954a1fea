package io.github.bms4j.protect;

/**
 * One row of the fault table at work: what each of its sensors shows, and where the fault stands.
 *
 * <p>While a sensor does not stand, a bad reading fills a bucket in proportion to the time since the reading before, and any
 * other reading lets it leak at a quarter of that; full, the sensor stands. So what shows for more than a fifth of the time sets,
 * later. A sensor that stands recovers after good readings in a row for the time to clear; one that is not good starts it anew. See
 * docs/theory/protection.md. Thread: one. Allocation: none after construction.
 */
final class FaultRecord {
    /** A bucket leaks that many times slower than it fills. */
    private static final double LEAK = 4.0;
    /** Rounding of a sum of time steps. */
    private static final double FULL = 1.0 - 1e-9;

    private final Fault fault;
    private final Delay delay;
    private final double setStepS;
    private final double clearStepS;
    private final double[] level;
    private final double[] healedS;
    private final boolean[] set;
    private int standing;
    private int pending;
    private boolean judged;
    private boolean latched;
    private boolean raised;
    private int where = FaultSet.NOWHERE;
    private double value = Double.NaN;
    private long sinceNanos;
    private int occurrences;
    private double share = 1.0;

    FaultRecord(Fault fault, Delay delay, int sensors) {
        this.fault = fault;
        this.delay = delay;
        this.setStepS = delay.setS() / delay.setSamples();
        this.clearStepS = delay.clearS() / delay.clearSamples();
        this.level = new double[sensors];
        this.healedS = new double[sensors];
        this.set = new boolean[sensors];
    }

    /** One fresh reading of a sensor; returns whether anything is still pending or standing there. */
    boolean judge(int sensor, boolean bad, boolean good, double v, double dtS, long nanos) {
        return judge(sensor, bad, good, v, dtS, 1.0, nanos);
    }

    /**
     * One fresh reading of a sensor.
     *
     * @param bad whether it shows the fault
     * @param good whether it shows that the fault is gone; neither of both is possible
     * @param v the reading, for the record
     * @param dtS time since the reading before, s; infinite for the first one
     * @param weight how much faster than usual a bad reading fills the bucket
     * @return whether anything is still pending or standing there
     */
    boolean judge(int sensor, boolean bad, boolean good, double v, double dtS, double weight, long nanos) {
        judged = true;
        if (set[sensor]) {
            heal(sensor, good, dtS);
        } else if (bad || level[sensor] > 0.0) {
            fill(sensor, bad, dtS, weight, nanos);
        }
        if (sensor == where || set.length == 1) {
            value = v;
        }
        return set[sensor] || level[sensor] > 0.0;
    }

    private void fill(int sensor, boolean bad, double dtS, double weight, long nanos) {
        double before = level[sensor];
        double stepS = Math.min(dtS, setStepS);
        double part = setStepS > 0.0 ? stepS / delay.setS() : 1.0;
        double after = bad ? before + weight * part : Math.max(0.0, before - part / LEAK);
        if (after >= FULL) {
            raise(sensor, nanos);
            after = 0.0;
        }
        level[sensor] = after;
        pending += (after > 0.0 ? 1 : 0) - (before > 0.0 ? 1 : 0);
    }

    private void raise(int sensor, long nanos) {
        set[sensor] = true;
        healedS[sensor] = 0.0;
        standing++;
        if (standing == 1) {
            where = sensor;
            sinceNanos = latched ? sinceNanos : nanos;
            occurrences++;
            raised = true;
            latched |= fault.latching();
        }
    }

    private void heal(int sensor, boolean good, double dtS) {
        healedS[sensor] = good ? healedS[sensor] + Math.min(dtS, clearStepS) : 0.0;
        if (healedS[sensor] >= delay.clearS() * FULL) {
            set[sensor] = false;
            standing--;
            if (sensor == where) {
                where = next();
            }
            if (standing == 0) {
                share = 1.0;
            }
        }
    }

    /** The first sensor that stands; that of a latched fault is kept. */
    private int next() {
        for (int i = 0; i < set.length; i++) {
            if (set[i]) {
                return i;
            }
        }
        return latched ? where : FaultSet.NOWHERE;
    }

    /** What a derating leaves while the fault stands: the least since it was set. */
    void lowerShare(double newShare) {
        if (standing > 0) {
            share = Math.min(share, Math.max(0.0, newShare));
        }
    }

    /** Says that all its sensors were looked at and showed nothing worth judging. */
    void seen() {
        judged = true;
    }

    /** Gives up a latched fault whose cause has gone; returns whether it does not stand any more. */
    boolean acknowledge() {
        if (standing == 0) {
            latched = false;
            where = FaultSet.NOWHERE;
        }
        return standing == 0;
    }

    /** Takes over what was remembered of an earlier run. */
    void restore(int earlierOccurrences, boolean wasLatched, int sensor, double reading, long nanos) {
        occurrences = earlierOccurrences;
        value = reading;
        if (wasLatched && fault.latching()) {
            latched = true;
            sinceNanos = nanos;
            where = sensor >= 0 && sensor < set.length ? sensor : FaultSet.NOWHERE;
        }
    }

    /** Whether the fault came since this was asked last. */
    boolean takeRaised() {
        boolean was = raised;
        raised = false;
        return was;
    }

    Fault fault() {
        return fault;
    }

    FaultState state() {
        if (standing > 0) {
            return FaultState.PRESENT;
        }
        if (latched) {
            return FaultState.LATCHED;
        }
        if (pending > 0) {
            return FaultState.PENDING;
        }
        return judged ? FaultState.ABSENT : FaultState.UNKNOWN;
    }

    boolean stands() {
        return standing > 0 || latched;
    }

    boolean standsAt(int sensor) {
        return set[sensor];
    }

    int sensors() {
        return set.length;
    }

    int where() {
        return where;
    }

    double value() {
        return value;
    }

    long sinceNanos() {
        return sinceNanos;
    }

    int occurrences() {
        return occurrences;
    }

    double share() {
        return share;
    }
}
