package io.github.bms4j.can.bus;

import io.github.bms4j.can.frame.CanFrame;
import org.jspecify.annotations.Nullable;

/** First in, first out, over frames allocated once. Thread: one. */
final class FrameQueue {
    private final CanFrame[] slots;
    private int first;
    private int count;

    FrameQueue(int capacity) {
        slots = new CanFrame[capacity];
        for (int i = 0; i < capacity; i++) {
            slots[i] = new CanFrame();
        }
    }

    /** Copies a frame in and returns the slot it now occupies; null when full. */
    @Nullable
    CanFrame add(CanFrame frame) {
        if (count == slots.length) {
            return null;
        }
        int at = first + count;
        count++;
        return slots[at < slots.length ? at : at - slots.length].copyFrom(frame);
    }

    /** The oldest frame, still in the queue; null when empty. */
    @Nullable
    CanFrame oldest() {
        return count == 0 ? null : slots[first];
    }

    /** Removes the oldest frame, which must exist, and returns its slot: valid until the next {@link #add}. */
    CanFrame take() {
        CanFrame oldest = slots[first];
        first = first + 1 == slots.length ? 0 : first + 1;
        count--;
        return oldest;
    }
}
