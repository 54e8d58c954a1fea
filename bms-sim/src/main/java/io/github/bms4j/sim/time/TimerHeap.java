package io.github.bms4j.sim.time;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Binary heap of timers, earliest at the top; every timer knows its place, so that any one can leave.
 *
 * <p>Thread: one. Allocation: only when it grows.
 */
final class TimerHeap {
    private static final int FIRST_CAPACITY = 16;

    private @Nullable Timer[] timers = new Timer[FIRST_CAPACITY];
    private int size;

    int size() {
        return size;
    }

    /** The earliest timer, or null when there is none. */
    @Nullable
    Timer first() {
        return timers[0];
    }

    void add(Timer timer) {
        if (size == timers.length) {
            timers = Arrays.copyOf(timers, 2 * size);
        }
        size++;
        up(timer, size - 1);
    }

    void remove(Timer timer) {
        int gap = timer.place;
        timer.place = Timer.NOT_QUEUED;
        size--;
        Timer last = at(size);
        timers[size] = null;
        if (last != timer) {
            down(last, gap);
            if (last.place == gap) {
                up(last, gap);
            }
        }
    }

    /** Puts the earliest timer back in order after its moment was moved to a later one. */
    void firstMovedLater() {
        down(at(0), 0);
    }

    private void up(Timer timer, int from) {
        int place = from;
        while (place > 0) {
            int above = (place - 1) >>> 1;
            Timer parent = at(above);
            if (!timer.before(parent)) {
                break;
            }
            put(parent, place);
            place = above;
        }
        put(timer, place);
    }

    private void down(Timer timer, int from) {
        int place = from;
        int half = size >>> 1;
        while (place < half) {
            int below = 2 * place + 1;
            Timer child = at(below);
            if (below + 1 < size && at(below + 1).before(child)) {
                below++;
                child = at(below);
            }
            if (!child.before(timer)) {
                break;
            }
            put(child, place);
            place = below;
        }
        put(timer, place);
    }

    private void put(Timer timer, int place) {
        timers[place] = timer;
        timer.place = place;
    }

    private Timer at(int place) {
        Timer timer = timers[place];
        if (timer == null) {
            throw new IllegalStateException("no timer at place " + place + " of " + size);
        }
        return timer;
    }
}
