package io.github.bms4j.sim.time;

import org.jspecify.annotations.Nullable;

/**
 * A clock that stands still until the next event is due and then leaps there; the heart of every simulated run.
 *
 * <pre>
 * VirtualClock clock = new VirtualClock();
 * clock.every(10_000_000L, 0L, now -&gt; controlCycle(now));
 * clock.at(60_000_000_000L, now -&gt; station.requestStop());
 * clock.runUntil(3_600_000_000_000L);
 * </pre>
 *
 * <p>Events run in the order of their time; at the same moment the lower priority number first, then in the order in which
 * the timers were started. A periodic timer keeps its place in that order for ever and does not drift: its k-th run is at
 * {@code first + k * period} exactly. The same calls give the same order, always.
 *
 * <p>Unit: ns, from 0. Bad input: a moment in the past, a period below 1 ns or running the clock from within a task throws.
 * What a task throws leaves {@link #runUntil} at that moment; the clock can run on. Thread: one. Allocation: one object per
 * timer started, none per event.
 */
public final class VirtualClock {
    private static final int DEFAULT_PRIORITY = 0;
    private static final long ONCE = 0;

    private final TimerHeap heap = new TimerHeap();
    private long nowNanos;
    private long started;
    private boolean running;
    private boolean stopped;

    /** A clock at 0 ns without events. */
    public VirtualClock() {}

    /** The present moment, ns. */
    public long nowNanos() {
        return nowNanos;
    }

    /** How many timers wait. */
    public int waiting() {
        return heap.size();
    }

    /** Runs {@code task} once, at {@code atNanos}, with priority 0. */
    public Timer at(long atNanos, Task task) {
        return at(atNanos, DEFAULT_PRIORITY, task);
    }

    /**
     * Runs {@code task} once.
     *
     * @param atNanos not before the present moment; at the present moment it runs next in order
     * @param priority lower runs first at the same moment
     */
    public Timer at(long atNanos, int priority, Task task) {
        return start(atNanos, ONCE, priority, task);
    }

    /** Runs {@code task} at {@code firstNanos} and every {@code periodNanos} from then on, with priority 0. */
    public Timer every(long periodNanos, long firstNanos, Task task) {
        return every(periodNanos, firstNanos, DEFAULT_PRIORITY, task);
    }

    /**
     * Runs {@code task} again and again until it is cancelled.
     *
     * @param periodNanos 1 or more
     * @param firstNanos not before the present moment
     * @param priority lower runs first at the same moment
     */
    public Timer every(long periodNanos, long firstNanos, int priority, Task task) {
        if (periodNanos < 1) {
            throw new IllegalArgumentException("periodNanos must be >= 1 but is " + periodNanos);
        }
        return start(firstNanos, periodNanos, priority, task);
    }

    /**
     * Runs all events up to and including {@code untilNanos}, then stands at that moment.
     *
     * @param untilNanos not before the present moment
     * @return false when a task called {@link #stop}: the clock then stands at that task's moment
     */
    public boolean runUntil(long untilNanos) {
        if (untilNanos < nowNanos) {
            throw new IllegalArgumentException("untilNanos must be >= " + nowNanos + " (now) but is " + untilNanos);
        }
        if (running) {
            throw new IllegalStateException("the clock is already running: a task cannot run it");
        }
        running = true;
        stopped = false;
        try {
            runDue(untilNanos);
        } finally {
            running = false;
        }
        if (!stopped) {
            nowNanos = untilNanos;
        }
        return !stopped;
    }

    /** Ends {@link #runUntil} after the task that runs now; without a run it changes nothing. */
    public void stop() {
        stopped = true;
    }

    private void runDue(long untilNanos) {
        while (!stopped) {
            @Nullable Timer timer = heap.first();
            if (timer == null || timer.nanos > untilNanos) {
                return;
            }
            nowNanos = timer.nanos;
            if (timer.periodNanos == ONCE || timer.nanos > Long.MAX_VALUE - timer.periodNanos) {
                heap.remove(timer);
            } else {
                timer.nanos += timer.periodNanos;
                heap.firstMovedLater();
            }
            timer.task.run(nowNanos);
        }
    }

    private Timer start(long atNanos, long periodNanos, int priority, Task task) {
        if (atNanos < nowNanos) {
            throw new IllegalArgumentException("the moment must be >= " + nowNanos + " ns (now) but is " + atNanos);
        }
        Timer timer = new Timer(heap, task, atNanos, periodNanos, priority, started++);
        heap.add(timer);
        return timer;
    }
}
