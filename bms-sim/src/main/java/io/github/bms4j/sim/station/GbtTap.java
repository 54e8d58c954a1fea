package io.github.bms4j.sim.station;

import io.github.bms4j.can.bus.CanBus;
import io.github.bms4j.can.bus.FrameSink;
import io.github.bms4j.can.frame.CanFrame;
import io.github.bms4j.can.gbt27930.GbtBody;
import io.github.bms4j.can.gbt27930.GbtMessage;
import io.github.bms4j.can.gbt27930.GbtNode;
import io.github.bms4j.can.j1939.J1939Transport;
import io.github.bms4j.can.j1939.TransportMessage;
import java.io.IOException;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Listens to a GB/T 27930 bus without a word and gives every message of both sides, reassembled where it took a transfer.
 *
 * <pre>bus.tap(new GbtTap((body, nanos) -&gt; System.out.println(body)));</pre>
 *
 * <p>A transfer is put together by the receiving end of the real transport, whose answers go nowhere. Bad input: a frame of
 * neither side is counted in {@link #unknownFrames}, a message too short or uneven in {@link #malformed}. Thread: one.
 * Allocation: once per kind of message, none per frame.
 */
public final class GbtTap implements FrameSink {
    private final GbtMessageSink sink;
    private final J1939Transport toCharger = listener(GbtNode.CHARGER);
    private final J1939Transport toVehicle = listener(GbtNode.VEHICLE);
    private final TransportMessage transported = new TransportMessage();
    private final Map<GbtMessage, GbtBody> bodies = new EnumMap<>(GbtMessage.class);
    private long unknownFrames;
    private long malformed;

    /** A tap that hands each message to {@code sink}. */
    public GbtTap(GbtMessageSink sink) {
        this.sink = sink;
    }

    /** Frames that belong to no message of this protocol. */
    public long unknownFrames() {
        return unknownFrames;
    }

    /** Messages whose length cannot be right, and transfers of an unknown group. */
    public long malformed() {
        return malformed;
    }

    @Override
    public void frame(CanFrame frame) {
        if (transport(toCharger, GbtNode.VEHICLE, frame) || transport(toVehicle, GbtNode.CHARGER, frame)) {
            return;
        }
        GbtMessage message = GbtMessage.in(frame, GbtNode.VEHICLE);
        if (message == null) {
            message = GbtMessage.in(frame, GbtNode.CHARGER);
        }
        if (message == null) {
            unknownFrames++;
        } else {
            deliver(message, frame.data(), frame.length(), frame.timestampNanos());
        }
    }

    private boolean transport(J1939Transport listener, GbtNode sender, CanFrame frame) {
        long nanos = frame.timestampNanos();
        if (!listener.accept(frame, nanos)) {
            return false;
        }
        try {
            listener.step(nanos);
        } catch (IOException impossible) {
            throw new IllegalStateException("a bus that swallows all cannot fail", impossible);
        }
        while (listener.receive(transported)) {
            GbtMessage message = GbtMessage.ofPgn(transported.pgn());
            deliver(
                    message != null && message.sender() == sender ? message : null,
                    transported.data(),
                    transported.length(),
                    nanos);
        }
        return true;
    }

    private void deliver(@Nullable GbtMessage message, byte[] data, int length, long nanos) {
        GbtBody body = message == null ? null : bodies.computeIfAbsent(message, GbtBody::new);
        if (body != null && body.load(data, length)) {
            sink.message(body, nanos);
        } else {
            malformed++;
        }
    }

    private static J1939Transport listener(GbtNode receiver) {
        return new J1939Transport(
                new Swallow(), receiver.address(), receiver.peer().address());
    }

    /** Takes the answers that must not reach the wire. */
    private static final class Swallow implements CanBus {
        @Override
        public void send(CanFrame frame) {
            // a listener has no voice
        }

        @Override
        public boolean poll(CanFrame into) {
            return false;
        }

        @Override
        public void close() {
            // nothing to leave
        }
    }
}
