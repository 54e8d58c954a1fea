package io.github.bms4j.sim.station;

import io.github.bms4j.can.bus.CanBus;
import io.github.bms4j.can.frame.CanFrame;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.function.Predicate;

/**
 * A node's cable with faults on demand: frames that the node sends or should receive get lost for a while.
 *
 * <p>Put it between a node and its bus; the node notices nothing but silence.
 *
 * <p>Times are ns of the clock that was handed in, from inclusive, to exclusive. Thread: one. Allocation: none per frame.
 */
public final class FaultyBus implements CanBus {
    /** Until the end of time. */
    public static final long FOR_EVER = Long.MAX_VALUE;

    private final CanBus bus;
    private final LongSupplier clockNanos;
    private final List<Loss> losses = new ArrayList<>();
    private final CanFrame received = new CanFrame();
    private long lost;

    /** Which frames of which direction get lost, and when. */
    private record Loss(boolean sending, long fromNanos, long toNanos, Predicate<CanFrame> which) {}

    /** A cable without faults. */
    public FaultyBus(CanBus bus, LongSupplier clockNanos) {
        this.bus = bus;
        this.clockNanos = clockNanos;
    }

    /** Loses what the node sends. */
    public void loseSent(long fromNanos, long toNanos, Predicate<CanFrame> which) {
        losses.add(new Loss(true, fromNanos, toNanos, which));
    }

    /** Loses what the node should receive. */
    public void loseReceived(long fromNanos, long toNanos, Predicate<CanFrame> which) {
        losses.add(new Loss(false, fromNanos, toNanos, which));
    }

    /** Lets the node's frames vanish; it still hears. */
    public void mute(long fromNanos, long toNanos) {
        loseSent(fromNanos, toNanos, any -> true);
    }

    /** Cuts the node off in both directions. */
    public void cut(long fromNanos, long toNanos) {
        mute(fromNanos, toNanos);
        loseReceived(fromNanos, toNanos, any -> true);
    }

    /** How many frames got lost. */
    public long lost() {
        return lost;
    }

    @Override
    public void send(CanFrame frame) throws IOException {
        if (!loses(true, frame)) {
            bus.send(frame);
        }
    }

    @Override
    public boolean poll(CanFrame into) throws IOException {
        while (bus.poll(received)) {
            if (!loses(false, received)) {
                into.copyFrom(received);
                return true;
            }
        }
        return false;
    }

    @Override
    public void close() throws IOException {
        bus.close();
    }

    private boolean loses(boolean sending, CanFrame frame) {
        long nowNanos = clockNanos.getAsLong();
        for (int i = 0; i < losses.size(); i++) {
            Loss loss = losses.get(i);
            boolean inTime = nowNanos >= loss.fromNanos && nowNanos < loss.toNanos;
            if (inTime && loss.sending == sending && loss.which.test(frame)) {
                lost++;
                return true;
            }
        }
        return false;
    }
}
