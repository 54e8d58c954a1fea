package io.github.bms4j.can.j1939;

import io.github.bms4j.can.bus.CanBus;
import io.github.bms4j.can.frame.CanFrame;
import java.io.IOException;

/**
 * The receiving end of one connection: clears blocks of packets, puts them together, acknowledges.
 *
 * <p>Packets count only in order. After a gap the rest of the block is passed over; when the block's last packet comes,
 * the block is asked for again from the gap on, at most {@value #MAX_RETRANSMITS} times per message. When the last packet
 * itself is lost, the peer waits for us and we for it: T1 ends the transfer. Repeated packets change nothing.
 *
 * <p>One complete message is kept until it is taken. A new request meanwhile is answered with "hold" every Th = 500 ms.
 *
 * <p>Thread: one. Allocation: none after construction.
 */
final class TransportReceiver {
    /** Our choice: enough for a disturbed bus, few enough that a peer that always loses a packet is told so. */
    static final int MAX_RETRANSMITS = 2;

    private static final long T1_NANOS = 750_000_000L;
    private static final long T2_NANOS = 1_250_000_000L;
    private static final long TH_NANOS = 500_000_000L;

    private enum State {
        IDLE,
        CLEARANCE_DUE,
        HOLDING,
        AWAITING_DATA,
        ACKNOWLEDGEMENT_DUE,
        ABORT_DUE
    }

    private final TransportWire wire;
    private final TransportSettings settings;
    private final byte[] data = new byte[TransportMessage.MAX_LENGTH];
    private State state = State.IDLE;
    private TransportOutcome outcome = TransportOutcome.NONE;
    private int pgn;
    private int length;
    private int packets;
    private int maxPerCts;
    private int next;
    private boolean dataCame;
    private int blockEnd;
    private int retransmits;
    private long deadlineNanos;
    private boolean messageWaits;
    private int messagePgn;
    private int messageLength;
    private long messageNanos;

    TransportReceiver(TransportWire wire, TransportSettings settings) {
        this.wire = wire;
        this.settings = settings;
    }

    TransportOutcome outcome() {
        return outcome;
    }

    void reset() {
        state = State.IDLE;
        outcome = TransportOutcome.NONE;
        messageWaits = false;
    }

    boolean receive(TransportMessage into) {
        if (!messageWaits) {
            return false;
        }
        into.set(messagePgn, data, messageLength, messageNanos);
        messageWaits = false;
        if (state == State.HOLDING) {
            state = State.CLEARANCE_DUE;
        }
        return true;
    }

    /** Takes a control frame from the peer; aborts of other groups and of no open transfer change nothing. */
    void onControl(CanFrame frame) {
        if (frame.dataByte(0) == TransportWire.REQUEST_TO_SEND) {
            onRequest(frame);
        } else if (frame.dataByte(0) == TransportWire.ABORT && open() && TransportWire.pgn(frame) == pgn) {
            end(TransportOutcome.ABORTED_BY_PEER);
        }
    }

    /** Takes a data packet from the peer. */
    void onData(CanFrame frame, long nowNanos) {
        int sequence = frame.dataByte(0);
        if (state != State.AWAITING_DATA || sequence < next || sequence > blockEnd) {
            return;
        }
        if (sequence == next) {
            int at = (sequence - 1) * TransportWire.PACKET_BYTES;
            System.arraycopy(frame.data(), 1, data, at, Math.min(TransportWire.PACKET_BYTES, length - at));
            next++;
        }
        dataCame = true;
        deadlineNanos = nowNanos + T1_NANOS;
        if (next > packets) {
            complete(nowNanos);
        } else if (next > blockEnd) {
            state = State.CLEARANCE_DUE;
        } else if (sequence == blockEnd) {
            askAgain();
        }
    }

    /** Sends what is due and keeps the deadline. */
    void step(long nowNanos, CanBus bus) throws IOException {
        if (state == State.AWAITING_DATA && nowNanos - deadlineNanos >= 0) {
            end(dataCame ? TransportOutcome.DATA_STOPPED : TransportOutcome.NO_DATA);
        }
        switch (state) {
            case CLEARANCE_DUE -> clear(nowNanos, bus);
            case HOLDING -> {
                if (nowNanos - deadlineNanos >= 0) {
                    clear(nowNanos, bus);
                }
            }
            case ACKNOWLEDGEMENT_DUE -> {
                bus.send(wire.acknowledgement(pgn, length));
                state = State.IDLE;
            }
            case ABORT_DUE -> {
                bus.send(wire.abort(pgn, outcome.abortCode()));
                state = State.IDLE;
            }
            default -> {
                // idle, or waiting for the peer
            }
        }
    }

    private void onRequest(CanFrame frame) {
        if (open()) {
            outcome = TransportOutcome.REPLACED;
        }
        pgn = TransportWire.pgn(frame);
        length = TransportWire.length(frame);
        packets = frame.dataByte(3);
        int peerMax = frame.dataByte(4);
        maxPerCts = Math.min(settings.maxPerCts(), peerMax == 0 ? 255 : peerMax);
        next = 1;
        retransmits = 0;
        if (length > TransportMessage.MAX_LENGTH) {
            end(TransportOutcome.TOO_LONG);
        } else if (length == 0 || packets != TransportWire.packets(length)) {
            end(TransportOutcome.BAD_REQUEST);
        } else {
            state = State.CLEARANCE_DUE;
        }
    }

    private void clear(long nowNanos, CanBus bus) throws IOException {
        if (messageWaits) {
            bus.send(wire.clearToSend(pgn, 0, 0xFF));
            state = State.HOLDING;
            deadlineNanos = nowNanos + TH_NANOS;
            return;
        }
        int count = Math.min(maxPerCts, packets - next + 1);
        bus.send(wire.clearToSend(pgn, count, next));
        dataCame = false;
        blockEnd = next + count - 1;
        state = State.AWAITING_DATA;
        deadlineNanos = nowNanos + T2_NANOS;
    }

    private void askAgain() {
        if (retransmits == MAX_RETRANSMITS) {
            end(TransportOutcome.RETRANSMIT_LIMIT);
        } else {
            retransmits++;
            state = State.CLEARANCE_DUE;
        }
    }

    private void complete(long nowNanos) {
        messageWaits = true;
        messagePgn = pgn;
        messageLength = length;
        messageNanos = nowNanos;
        end(TransportOutcome.DONE);
        state = State.ACKNOWLEDGEMENT_DUE;
    }

    private boolean open() {
        return state == State.CLEARANCE_DUE || state == State.HOLDING || state == State.AWAITING_DATA;
    }

    private void end(TransportOutcome how) {
        outcome = how;
        state = how.abortCode() == 0 ? State.IDLE : State.ABORT_DUE;
    }
}
