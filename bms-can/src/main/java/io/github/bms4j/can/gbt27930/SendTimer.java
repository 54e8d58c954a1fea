package io.github.bms4j.can.gbt27930;

import io.github.bms4j.num.Check;

/**
 * When a periodic message is due, on a grid that does not drift.
 *
 * <p>The next point is counted from the point that was due and not from the moment somebody asked. Points that passed
 * unasked are left out: a late caller sends once, not in a burst.
 *
 * <p>Units: ns. Thread: one. Allocation: none.
 */
public final class SendTimer {
    private final long periodNanos;
    private long nextNanos;
    private boolean running;

    /** A stopped timer of a period of 1 ns or more. */
    public SendTimer(long periodNanos) {
        Check.positive("periodNanos", (double) periodNanos);
        this.periodNanos = periodNanos;
    }

    /** Starts anew: the first point is {@code nowNanos}. */
    public void start(long nowNanos) {
        nextNanos = nowNanos;
        running = true;
    }

    /** No more points until the next start. */
    public void stop() {
        running = false;
    }

    /** Whether it was started and not stopped. */
    public boolean running() {
        return running;
    }

    /** Whether a point has come; asked again at once it says no. */
    public boolean due(long nowNanos) {
        long lateNanos = nowNanos - nextNanos;
        if (!running || lateNanos < 0) {
            return false;
        }
        nextNanos += (lateNanos / periodNanos + 1) * periodNanos;
        return true;
    }
}
