package io.github.bms4j.can.j1939;

import io.github.bms4j.can.bus.CanBus;
import io.github.bms4j.can.frame.CanFrame;
import java.io.IOException;
import java.util.Objects;

/**
 * Messages of 9 to 1785 bytes between two addresses: the connection-mode transport of SAE J1939-21, both directions.
 *
 * <p>One transfer at a time in each direction. The caller owns the loop: every frame polled from the bus goes to
 * {@link #accept}, then {@link #step} sends what is due and keeps the deadlines, then {@link #receive} gives what arrived.
 *
 * <pre>
 * while (bus.poll(frame)) {
 *     if (!transport.accept(frame, now)) { ... a frame of 8 bytes or less ... }
 * }
 * transport.step(now);
 * while (transport.receive(message)) { ... }
 * </pre>
 *
 * <p>Deadlines: T1 750 ms between packets, T2 1250 ms from our clear-to-send to the first packet, T3 1250 ms for the peer's
 * answer, T4 1050 ms between holds, Th 500 ms between our holds. Our own answers leave at the next step; J1939-21 wants
 * them within Tr = 200 ms, so step at least every 100 ms. A frame handed in before the step that finds its deadline passed
 * still counts. Broadcast transfers (BAM) are not accepted.
 *
 * <p>A transfer that fails is not tried again by itself: a protocol that repeats its messages sends fresh values instead.
 * A lost packet is asked for again, see {@link TransportOutcome} for all that can happen.
 *
 * <p>Bad input: frames never throw; what does not belong to an open transfer is ignored. Sending a message of an impossible
 * length or group throws {@link IllegalArgumentException}. Thread: one. Allocation: none after construction.
 *
 * @see "Linux kernel, net/can/j1939/transport.c, for control bytes and abort codes"
 */
public final class J1939Transport {
    /** Shortest message worth a transfer; 8 bytes fit one frame. */
    public static final int MIN_LENGTH = 9;

    private final CanBus bus;
    private final TransportWire wire;
    private final TransportSender sender;
    private final TransportReceiver receiver;

    /** A transport with {@link TransportSettings#DEFAULT}. */
    public J1939Transport(CanBus bus, int ownAddress, int peerAddress) {
        this(bus, ownAddress, peerAddress, TransportSettings.DEFAULT);
    }

    /**
     * A transport between two addresses.
     *
     * @param bus where frames are sent; the transport never polls it
     * @param ownAddress 0 to 0xFD
     * @param peerAddress 0 to 0xFD, not {@code ownAddress}
     */
    public J1939Transport(CanBus bus, int ownAddress, int peerAddress, TransportSettings settings) {
        this.bus = bus;
        this.wire = new TransportWire(ownAddress, peerAddress);
        this.sender = new TransportSender(wire, settings);
        this.receiver = new TransportReceiver(wire, settings);
    }

    /** Whether an outgoing transfer is open; {@link #send} is refused meanwhile. */
    public boolean sending() {
        return sender.sending();
    }

    /**
     * Opens a transfer of a copy of the message; the request leaves at the next {@link #step}.
     *
     * @param pgn 0 to {@link J1939Id#MAX_PGN}
     * @param data the message in its first {@code length} bytes
     * @param length {@link #MIN_LENGTH} to {@link TransportMessage#MAX_LENGTH}
     * @return false when an outgoing transfer is still open; nothing is queued
     */
    public boolean send(int pgn, byte[] data, int length, long nowNanos) {
        J1939Id.check("pgn", pgn, J1939Id.MAX_PGN);
        if (length < MIN_LENGTH || length > TransportMessage.MAX_LENGTH) {
            throw new IllegalArgumentException(
                    "length must be " + MIN_LENGTH + " to " + TransportMessage.MAX_LENGTH + " bytes but is " + length);
        }
        Objects.checkFromIndexSize(0, length, data.length);
        return sender.offer(pgn, data, length, nowNanos);
    }

    /**
     * Takes a frame polled from the bus.
     *
     * @return true when it was a transport frame from the peer to us, of use or not; false leaves it to the caller
     */
    public boolean accept(CanFrame frame, long nowNanos) {
        boolean control = wire.isControl(frame);
        if (!control && !wire.isData(frame)) {
            return false;
        }
        if (frame.length() == CanFrame.MAX_CLASSIC_LENGTH) {
            if (control) {
                sender.onControl(frame, nowNanos);
                receiver.onControl(frame);
            } else {
                receiver.onData(frame, nowNanos);
            }
        }
        return true;
    }

    /**
     * Sends the frames that are due and ends transfers whose deadline has passed.
     *
     * @throws IOException when the bus refuses a frame; the frame is kept and tried again at the next step
     */
    public void step(long nowNanos) throws IOException {
        receiver.step(nowNanos, bus);
        sender.step(nowNanos, bus);
    }

    /**
     * Copies the message that arrived into {@code into} and makes room for the next.
     *
     * @return false when none waits; {@code into} is then unchanged
     */
    public boolean receive(TransportMessage into) {
        return receiver.receive(into);
    }

    /** How the last outgoing transfer ended; keeps the one before while a transfer is open. */
    public TransportOutcome lastOutcome() {
        return sender.outcome();
    }

    /** How the last incoming transfer ended. */
    public TransportOutcome lastReceiveOutcome() {
        return receiver.outcome();
    }

    /** The reason code of the last abort by the peer against our outgoing transfer; 0 when there was none. */
    public int peerAbortCode() {
        return sender.peerAbortCode();
    }

    /** Drops both transfers and a waiting message without a frame, as after plugging in anew. */
    public void reset() {
        sender.reset();
        receiver.reset();
    }
}
