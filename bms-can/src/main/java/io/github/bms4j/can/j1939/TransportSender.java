package io.github.bms4j.can.j1939;

import io.github.bms4j.can.bus.CanBus;
import io.github.bms4j.can.frame.CanFrame;
import java.io.IOException;

/**
 * The sending end of one connection: request, packets as the peer clears them, acknowledgement.
 *
 * <p>Handing in a frame only changes state; frames leave in {@link #step}. A frame the bus refuses is tried again at the
 * next step, so that nothing is skipped. A clear-to-send may go back to packets already sent (the peer lost some), never
 * beyond the first packet not yet sent.
 *
 * <p>Thread: one. Allocation: none after construction.
 */
final class TransportSender {
    private static final long T1_NANOS = 750_000_000L;
    private static final long T3_NANOS = 1_250_000_000L;
    private static final long T4_NANOS = 1_050_000_000L;

    private enum State {
        IDLE,
        REQUEST_DUE,
        AWAITING_CLEARANCE,
        HELD,
        DATA_DUE,
        AWAITING_ACKNOWLEDGEMENT,
        ABORT_DUE
    }

    private final TransportWire wire;
    private final TransportSettings settings;
    private final byte[] data = new byte[TransportMessage.MAX_LENGTH];
    private State state = State.IDLE;
    private TransportOutcome outcome = TransportOutcome.NONE;
    private int peerAbortCode;
    private int pgn;
    private int length;
    private int packets;
    private int blockFirst;
    private int blockEnd;
    private int next;
    private int sent;
    private long deadlineNanos;

    TransportSender(TransportWire wire, TransportSettings settings) {
        this.wire = wire;
        this.settings = settings;
    }

    boolean sending() {
        return state != State.IDLE;
    }

    TransportOutcome outcome() {
        return outcome;
    }

    int peerAbortCode() {
        return peerAbortCode;
    }

    boolean offer(int newPgn, byte[] source, int newLength, long nowNanos) {
        if (sending()) {
            return false;
        }
        System.arraycopy(source, 0, data, 0, newLength);
        pgn = newPgn;
        length = newLength;
        packets = TransportWire.packets(newLength);
        sent = 0;
        await(State.REQUEST_DUE, nowNanos + T1_NANOS);
        return true;
    }

    void reset() {
        state = State.IDLE;
        outcome = TransportOutcome.NONE;
        peerAbortCode = 0;
    }

    /** Takes a control frame from the peer; those of other groups and of no open transfer change nothing. */
    void onControl(CanFrame frame, long nowNanos) {
        if (state == State.IDLE || state == State.ABORT_DUE || TransportWire.pgn(frame) != pgn) {
            return;
        }
        switch (frame.dataByte(0)) {
            case TransportWire.CLEAR_TO_SEND -> onClearToSend(frame.dataByte(1), frame.dataByte(2), nowNanos);
            case TransportWire.ACKNOWLEDGEMENT -> onAcknowledgement(TransportWire.length(frame));
            case TransportWire.ABORT -> {
                peerAbortCode = frame.dataByte(1);
                end(TransportOutcome.ABORTED_BY_PEER);
            }
            default -> {
                // a request to send belongs to the receiving end
            }
        }
    }

    /** Sends what is due and keeps the deadline. */
    void step(long nowNanos, CanBus bus) throws IOException {
        if (state == State.IDLE) {
            return;
        }
        if (state != State.ABORT_DUE && nowNanos - deadlineNanos >= 0) {
            end(timedOut());
        }
        switch (state) {
            case REQUEST_DUE -> {
                bus.send(wire.requestToSend(pgn, length, settings.maxPerCts()));
                await(State.AWAITING_CLEARANCE, nowNanos + T3_NANOS);
            }
            case DATA_DUE -> sendPackets(nowNanos, bus);
            case ABORT_DUE -> {
                bus.send(wire.abort(pgn, outcome.abortCode()));
                state = State.IDLE;
            }
            default -> {
                // waiting for the peer
            }
        }
    }

    private void sendPackets(long nowNanos, CanBus bus) throws IOException {
        for (int i = 0; i < settings.packetsPerStep() && next <= blockEnd; i++) {
            bus.send(wire.data(next, data, length));
            sent = Math.max(sent, next);
            next++;
            deadlineNanos = nowNanos + T1_NANOS;
        }
        if (next > blockEnd) {
            await(blockEnd == packets ? State.AWAITING_ACKNOWLEDGEMENT : State.AWAITING_CLEARANCE, nowNanos + T3_NANOS);
        }
    }

    private void onClearToSend(int count, int first, long nowNanos) {
        if (state == State.REQUEST_DUE) {
            return;
        }
        if (state == State.DATA_DUE && next > blockFirst) {
            end(TransportOutcome.CLEAR_TO_SEND_DURING_DATA);
        } else if (count == 0) {
            await(State.HELD, nowNanos + T4_NANOS);
        } else if (first < 1 || first > Math.min(sent + 1, packets)) {
            end(TransportOutcome.BAD_CLEAR_TO_SEND);
        } else {
            blockFirst = first;
            blockEnd = Math.min(first + count - 1, packets);
            next = first;
            await(State.DATA_DUE, nowNanos + T1_NANOS);
        }
    }

    private void onAcknowledgement(int acknowledgedLength) {
        boolean allSent = sent == packets && state != State.DATA_DUE;
        if (allSent && acknowledgedLength == length) {
            end(TransportOutcome.DONE);
        }
    }

    private void await(State newState, long newDeadlineNanos) {
        state = newState;
        deadlineNanos = newDeadlineNanos;
    }

    private TransportOutcome timedOut() {
        return switch (state) {
            case AWAITING_CLEARANCE -> TransportOutcome.NO_CLEAR_TO_SEND;
            case AWAITING_ACKNOWLEDGEMENT -> TransportOutcome.NO_ACKNOWLEDGEMENT;
            case HELD -> TransportOutcome.HOLD_EXPIRED;
            default -> TransportOutcome.STALLED;
        };
    }

    private void end(TransportOutcome how) {
        outcome = how;
        state = how.abortCode() == 0 ? State.IDLE : State.ABORT_DUE;
    }
}
