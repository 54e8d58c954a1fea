package io.github.bms4j.can.bus;

import io.github.bms4j.can.frame.CanFrame;
import java.io.IOException;

/**
 * One node's view of a CAN bus: frames out, frames in, never waiting.
 *
 * <p>Frames given to {@link #send} leave in the order they were given; a frame with a lower identifier does not overtake
 * within one node. A node does not receive its own frames. Neither call keeps the caller's frame object.
 *
 * <p>Thread: one per node. Allocation: implementations allocate nothing per frame once they run.
 */
public interface CanBus extends AutoCloseable {
    /**
     * Queues a copy of {@code frame} for sending; the caller may reuse the object at once.
     *
     * @throws IOException when the bus is closed or gone, or no more frames can be queued
     */
    void send(CanFrame frame) throws IOException;

    /**
     * Copies the oldest received frame into {@code into}, with the time it was received.
     *
     * @return false when none waits; {@code into} is then unchanged
     * @throws IOException when the bus is closed or gone
     */
    boolean poll(CanFrame into) throws IOException;

    /** Leaves the bus; frames still queued are dropped. Closing twice is allowed. */
    @Override
    void close() throws IOException;
}
