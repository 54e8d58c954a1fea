package io.github.bms4j.can.bus;

import io.github.bms4j.can.frame.CanFrame;
import io.github.bms4j.num.Check;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A CAN bus in memory, on the caller's clock: real arbitration, real bit times, the same frames in the same order each run.
 *
 * <p>Nodes queue frames at the time of the last {@link #advance}. When the bus falls idle, the waiting frame with the most
 * dominant arbitration field goes first: lower identifier, data before remote, standard before extended of the same first
 * 11 bits. A frame once begun is not interrupted. It occupies the bus for its exact bits including stuff bits, plus 3 bits
 * of intermission, and reaches the other nodes and the taps when its last bit lies at or before the advanced time; its
 * timestamp is that of its last bit. Everything queued at one instant takes part in the same arbitration, whoever called
 * first.
 *
 * <p>What fails first: there are no bit errors and no missing acknowledgement, a lone node's frames go out as well. Two
 * nodes that send the same identifier at the same moment would destroy both frames; here the node made first wins.
 *
 * <p>Bad input: time that runs backwards throws {@link IllegalArgumentException}. Thread: one for the bus and all its
 * nodes. Allocation: none per frame.
 */
public final class MemoryBus {
    /** Frames that fit in each queue of a node unless said otherwise: two of the longest J1939 transfers. */
    public static final int DEFAULT_QUEUE_FRAMES = 512;

    private static final long NEVER = Long.MAX_VALUE;

    private final FrameTime frameTime;
    private final int queueFrames;
    private final List<MemoryNode> nodes = new ArrayList<>();
    private final List<FrameSink> taps = new ArrayList<>();
    private final CanFrame onWire = new CanFrame();
    private @Nullable MemoryNode sender;
    private long frameEndNanos;
    private long freeNanos = Long.MIN_VALUE;
    private long frameNanos;
    private long nowNanos;
    private long busyNanos;
    private long frames;

    /** A classic bus; FD frames are sent at the same rate throughout. */
    public MemoryBus(int bitRate) {
        this(bitRate, bitRate, DEFAULT_QUEUE_FRAMES);
    }

    /**
     * A bus with its own rate for the data phase of FD frames.
     *
     * @param bitRate bit/s of arbitration and of classic frames
     * @param dataBitRate bit/s of FD frames with bit rate switching, after the switch
     * @param queueFrames frames each send queue and each receive queue holds
     */
    public MemoryBus(int bitRate, int dataBitRate, int queueFrames) {
        frameTime = new FrameTime(Check.atLeast("bitRate", bitRate, 1), Check.atLeast("dataBitRate", dataBitRate, 1));
        this.queueFrames = Check.atLeast("queueFrames", queueFrames, 1);
    }

    /**
     * Adds a node; allocates its queues. A closed node's name is free again.
     *
     * @throws IllegalArgumentException when the name is taken
     */
    public MemoryNode node(String name) {
        for (MemoryNode node : nodes) {
            if (node.name().equals(name)) {
                throw new IllegalArgumentException("node name is taken: " + name);
            }
        }
        MemoryNode node = new MemoryNode(this, name, queueFrames);
        nodes.add(node);
        return node;
    }

    /** Shows every frame to {@code sink}, in the order and with the time it ended on the bus. */
    public void tap(FrameSink sink) {
        taps.add(sink);
    }

    /**
     * Lets time pass up to {@code toNanos} and the waiting frames with it.
     *
     * @param toNanos not before the last call's time; the clock starts at 0
     */
    public void advance(long toNanos) {
        if (toNanos < nowNanos) {
            throw new IllegalArgumentException(
                    "time must not run backwards: " + toNanos + " ns after " + nowNanos + " ns");
        }
        nowNanos = toNanos;
        while (sender != null || begin(toNanos)) {
            if (frameEndNanos > toNanos) {
                return;
            }
            finish();
        }
    }

    /** The time of the last {@link #advance}, in ns. */
    public long nowNanos() {
        return nowNanos;
    }

    /** Time the bus was occupied by frames that have ended, intermission included, in ns; over elapsed time: the bus load. */
    public long busyNanos() {
        return busyNanos;
    }

    /** Frames that have ended. */
    public long frames() {
        return frames;
    }

    /** Starts the frame that wins the next arbitration, if one starts before {@code beforeNanos}. */
    private boolean begin(long beforeNanos) {
        long startNanos = Math.max(freeNanos, firstQueuedNanos());
        if (startNanos >= beforeNanos) {
            return false;
        }
        MemoryNode winner = winner(startNanos);
        onWire.copyFrom(winner.outgoing().take());
        sender = winner;
        frameNanos = frameTime.frameNanos(onWire);
        frameEndNanos = startNanos + frameNanos;
        return true;
    }

    private void finish() {
        onWire.timestampNanos(frameEndNanos);
        for (int i = 0; i < taps.size(); i++) {
            taps.get(i).frame(onWire);
        }
        for (int i = 0; i < nodes.size(); i++) {
            MemoryNode node = nodes.get(i);
            if (node != sender) {
                node.deliver(onWire);
            }
        }
        frames++;
        busyNanos += frameNanos + frameTime.intermissionNanos();
        freeNanos = frameEndNanos + frameTime.intermissionNanos();
        sender = null;
    }

    void leave(MemoryNode node) {
        nodes.remove(node);
    }

    private long firstQueuedNanos() {
        long first = NEVER;
        for (int i = 0; i < nodes.size(); i++) {
            CanFrame oldest = nodes.get(i).outgoing().oldest();
            if (oldest != null && oldest.timestampNanos() < first) {
                first = oldest.timestampNanos();
            }
        }
        return first;
    }

    private MemoryNode winner(long startNanos) {
        long best = NEVER;
        MemoryNode winner = nodes.get(0);
        for (int i = 0; i < nodes.size(); i++) {
            MemoryNode node = nodes.get(i);
            CanFrame oldest = node.outgoing().oldest();
            if (oldest != null && oldest.timestampNanos() <= startNanos && arbitrationField(oldest) < best) {
                best = arbitrationField(oldest);
                winner = node;
            }
        }
        return winner;
    }

    /** The bits in the order they are compared, 0 winning: 11 bits, RTR or SRR, IDE, 18 bits, RTR; FD loses the bit after. */
    static long arbitrationField(CanFrame frame) {
        long remote = frame.remote() ? 1 : 0;
        long fd = frame.fd() ? 1 : 0;
        if (frame.extended()) {
            return (long) (frame.id() >>> 18) << 22
                    | 0b11L << 20
                    | (long) (frame.id() & 0x3FFFF) << 2
                    | remote << 1
                    | fd;
        }
        return (long) frame.id() << 22 | remote << 21 | fd;
    }
}
