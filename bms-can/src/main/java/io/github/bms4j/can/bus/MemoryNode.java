package io.github.bms4j.can.bus;

import io.github.bms4j.can.frame.CanFrame;
import java.io.IOException;

/**
 * One node of a {@link MemoryBus}: a send queue and a receive queue of fixed size.
 *
 * <p>Frames are sent in the order given, each queued at the time the bus was last advanced to; the timestamp in the
 * sender's frame is not read. A received frame's timestamp is the end of the frame on the bus. A frame that finds the
 * receive queue full is lost and counted, as in a controller that nobody reads.
 *
 * <p>Thread: that of the bus. Allocation: none after construction.
 */
public final class MemoryNode implements CanBus {
    private final MemoryBus bus;
    private final String name;
    private final FrameQueue outgoing;
    private final FrameQueue incoming;
    private long lost;
    private boolean closed;

    MemoryNode(MemoryBus bus, String name, int queueFrames) {
        this.bus = bus;
        this.name = name;
        this.outgoing = new FrameQueue(queueFrames);
        this.incoming = new FrameQueue(queueFrames);
    }

    /** The name given to {@link MemoryBus#node}. */
    public String name() {
        return name;
    }

    /** Frames that were lost because the receive queue was full. */
    public long lost() {
        return lost;
    }

    /**
     * Queues a frame.
     *
     * @throws IllegalArgumentException for an error frame, which no node can send
     * @throws IOException when the node is closed or its send queue is full
     */
    @Override
    public void send(CanFrame frame) throws IOException {
        checkOpen();
        if (frame.error()) {
            throw new IllegalArgumentException("an error frame is a report and cannot be sent: " + frame);
        }
        CanFrame slot = outgoing.add(frame);
        if (slot == null) {
            throw new IOException("send queue of node " + name + " is full");
        }
        slot.timestampNanos(bus.nowNanos());
    }

    @Override
    public boolean poll(CanFrame into) throws IOException {
        checkOpen();
        if (incoming.oldest() == null) {
            return false;
        }
        into.copyFrom(incoming.take());
        return true;
    }

    @Override
    public void close() {
        closed = true;
        bus.leave(this);
    }

    FrameQueue outgoing() {
        return outgoing;
    }

    void deliver(CanFrame frame) {
        if (incoming.add(frame) == null) {
            lost++;
        }
    }

    private void checkOpen() throws IOException {
        if (closed) {
            throw new IOException("node " + name + " is closed");
        }
    }
}
