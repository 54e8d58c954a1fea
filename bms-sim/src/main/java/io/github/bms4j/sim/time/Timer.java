package io.github.bms4j.sim.time;

/**
 * One entry of a {@link VirtualClock}: a task with its next moment, once or again and again.
 *
 * <p>Thread: the clock's. Allocation: none.
 */
public final class Timer {
    /** Place of a timer that is in no queue. */
    static final int NOT_QUEUED = -1;

    final Task task;
    final long periodNanos;
    final int priority;
    final long sequence;
    private final TimerHeap heap;
    long nanos;
    int place = NOT_QUEUED;

    Timer(TimerHeap heap, Task task, long nanos, long periodNanos, int priority, long sequence) {
        this.heap = heap;
        this.task = task;
        this.nanos = nanos;
        this.periodNanos = periodNanos;
        this.priority = priority;
        this.sequence = sequence;
    }

    /** Takes the task out of the queue; it runs no more. Cancelling twice, or after a single run, changes nothing. */
    public void cancel() {
        if (active()) {
            heap.remove(this);
        }
    }

    /** Whether the task will run again; inside its last run the answer is already no. */
    public boolean active() {
        return place != NOT_QUEUED;
    }

    /** Order of events: time, then priority, then the order in which the timers were started. */
    boolean before(Timer other) {
        if (nanos != other.nanos) {
            return nanos < other.nanos;
        }
        return priority != other.priority ? priority < other.priority : sequence < other.sequence;
    }
}
