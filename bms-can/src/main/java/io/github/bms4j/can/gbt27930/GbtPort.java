package io.github.bms4j.can.gbt27930;

import io.github.bms4j.can.bus.CanBus;
import io.github.bms4j.can.frame.CanFrame;
import io.github.bms4j.can.j1939.J1939Transport;
import io.github.bms4j.can.j1939.TransportMessage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One node's messages on a bus: takes in what arrives, sends what is due. Both sides of the cable use it.
 *
 * <pre>
 * port.receive(now, owner);           // calls owner.received(body, now) for each message
 * port.run(messagesOfThisPhase, now); // starts and stops the periods
 * port.send(now, owner);              // calls owner.fill(body) for each message that is due
 * </pre>
 *
 * <p>Messages of more than 8 bytes share the one transport connection: each waits until it is free, is filled at that
 * moment, and BCS goes before the others.
 *
 * <p>Bad input: what is no message of the peer is ignored; a malformed one is counted in {@link #rejected}. A bus that
 * fails is a silent one: counted in {@link #busFailures}, never thrown. Thread: one. Allocation: none after construction.
 */
public final class GbtPort {
    /** Frames taken in per step at most, so that a flooded bus cannot hold the caller: 0.12 s of a full bus. */
    static final int MAX_FRAMES_PER_STEP = 256;

    /** Who decides what the messages say. */
    public interface Owner {
        /** A message of the peer; the body is reused after the call. */
        void received(GbtBody body, long nowNanos);

        /**
         * Fills a cleared body that is about to be sent.
         *
         * @return false to leave it out this time
         */
        boolean fill(GbtBody body);

        /** The message has left, or its transfer has begun. */
        void sent(GbtMessage message);
    }

    private final CanBus bus;
    private final GbtNode own;
    private final J1939Transport transport;
    private final CanFrame frame = new CanFrame();
    private final TransportMessage transported = new TransportMessage();
    private final Map<GbtMessage, GbtBody> bodies = new EnumMap<>(GbtMessage.class);
    private final Outgoing[] outgoing;
    private long busFailures;
    private long rejected;

    /** A port that sends nothing yet. */
    public GbtPort(CanBus bus, GbtNode own) {
        this.bus = bus;
        this.own = own;
        transport = new J1939Transport(bus, own.address(), own.peer().address());
        List<Outgoing> rows = new ArrayList<>();
        for (GbtMessage message : GbtMessage.values()) {
            GbtBody body = new GbtBody(message);
            bodies.put(message, body);
            if (message.sender() == own) {
                rows.add(message == GbtMessage.BCS ? 0 : rows.size(), new Outgoing(body));
            }
        }
        outgoing = rows.toArray(new Outgoing[0]);
    }

    /** Messages of the peer that were too short or otherwise malformed. */
    public long rejected() {
        return rejected;
    }

    /** How often the bus refused to send or to receive. */
    public long busFailures() {
        return busFailures;
    }

    /** Stops all periods and drops open transfers, as after plugging in anew. */
    public void reset() {
        for (Outgoing row : outgoing) {
            row.stop();
        }
        transport.reset();
    }

    /** Takes in what has arrived. */
    public void receive(long nowNanos, Owner owner) {
        for (int i = 0; i < MAX_FRAMES_PER_STEP && poll(); i++) {
            if (!transport.accept(frame, nowNanos)) {
                deliver(GbtMessage.in(frame, own.peer()), frame.data(), frame.length(), nowNanos, owner);
            }
        }
        while (transport.receive(transported)) {
            GbtMessage message = GbtMessage.ofPgn(transported.pgn());
            boolean ofPeer = message != null && message.sender() != own;
            deliver(ofPeer ? message : null, transported.data(), transported.length(), nowNanos, owner);
        }
    }

    /** Sends these messages of ours with their periods from now on, and no others; those that already run keep their grid. */
    public void run(Set<GbtMessage> messages, long nowNanos) {
        for (Outgoing row : outgoing) {
            boolean wanted = messages.contains(row.body.message());
            if (!wanted) {
                row.stop();
            } else if (!row.timer.running()) {
                row.timer.start(nowNanos);
            }
        }
    }

    /** Sends what is due. */
    public void send(long nowNanos, Owner owner) {
        for (Outgoing row : outgoing) {
            row.pending |= row.timer.due(nowNanos);
            if (row.pending) {
                sendNow(row, nowNanos, owner);
            }
        }
        try {
            transport.step(nowNanos);
        } catch (IOException gone) {
            busFailures++;
        }
    }

    private void sendNow(Outgoing row, long nowNanos, Owner owner) {
        GbtBody body = row.body;
        boolean needsTransport = body.message().maxLength() > CanFrame.MAX_CLASSIC_LENGTH;
        if (needsTransport && transport.sending()) {
            return;
        }
        row.pending = false;
        if (!owner.fill(body.clear())) {
            return;
        }
        try {
            if (body.length() > CanFrame.MAX_CLASSIC_LENGTH) {
                transport.send(body.message().pgn(), body.bytes(), body.length(), nowNanos);
            } else {
                bus.send(body.into(frame));
            }
            owner.sent(body.message());
        } catch (IOException gone) {
            busFailures++;
        }
    }

    private boolean poll() {
        try {
            return bus.poll(frame);
        } catch (IOException gone) {
            busFailures++;
            return false;
        }
    }

    private void deliver(@Nullable GbtMessage message, byte[] data, int length, long nowNanos, Owner owner) {
        GbtBody body = message == null ? null : bodies.get(message);
        if (body == null) {
            return;
        }
        if (body.load(data, length)) {
            owner.received(body, nowNanos);
        } else {
            rejected++;
        }
    }

    /** One message of ours: its values, its period, and whether it waits for the connection. */
    private static final class Outgoing {
        final GbtBody body;
        final SendTimer timer;
        boolean pending;

        Outgoing(GbtBody body) {
            this.body = body;
            timer = new SendTimer(body.message().periodNanos());
        }

        void stop() {
            timer.stop();
            pending = false;
        }
    }
}
