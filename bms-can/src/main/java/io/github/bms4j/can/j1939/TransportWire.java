package io.github.bms4j.can.j1939;

import io.github.bms4j.can.frame.CanFrame;

/**
 * The five frames of the connection-mode transport, as bytes between two addresses.
 *
 * <pre>
 * request to send   10 lenLo lenHi packets maxPerCts PGN(3)
 * clear to send     11 count next  FF      FF        PGN(3)
 * acknowledgement   13 lenLo lenHi packets FF        PGN(3)
 * abort             FF code  FF    FF      FF        PGN(3)
 * data              seq, 7 bytes, the last packet filled with FF
 * </pre>
 *
 * <p>Priority 7, the parameter group number little endian. The returned frame is reused by the next call.
 */
final class TransportWire {
    static final int REQUEST_TO_SEND = 0x10;
    static final int CLEAR_TO_SEND = 0x11;
    static final int ACKNOWLEDGEMENT = 0x13;
    static final int ABORT = 0xFF;

    /** Payload bytes of one data packet. */
    static final int PACKET_BYTES = 7;

    private static final int CONTROL_PGN = 0xEC00;
    private static final int DATA_PGN = 0xEB00;
    private static final int PRIORITY = 7;

    private final CanFrame frame = new CanFrame();
    private final int controlOut;
    private final int dataOut;
    private final int controlIn;
    private final int dataIn;

    TransportWire(int ownAddress, int peerAddress) {
        checkAddress("ownAddress", ownAddress);
        checkAddress("peerAddress", peerAddress);
        if (ownAddress == peerAddress) {
            throw new IllegalArgumentException("ownAddress and peerAddress must differ but both are " + ownAddress);
        }
        controlOut = J1939Id.of(PRIORITY, CONTROL_PGN, peerAddress, ownAddress);
        dataOut = J1939Id.of(PRIORITY, DATA_PGN, peerAddress, ownAddress);
        controlIn = J1939Id.of(0, CONTROL_PGN, ownAddress, peerAddress);
        dataIn = J1939Id.of(0, DATA_PGN, ownAddress, peerAddress);
    }

    static int packets(int length) {
        return (length + PACKET_BYTES - 1) / PACKET_BYTES;
    }

    /** Whether the frame is a control frame from the peer to us, at any priority. */
    boolean isControl(CanFrame in) {
        return isTransport(in, controlIn);
    }

    /** Whether the frame is a data packet from the peer to us, at any priority. */
    boolean isData(CanFrame in) {
        return isTransport(in, dataIn);
    }

    /** The group a control frame speaks of. */
    static int pgn(CanFrame control) {
        return control.dataByte(5) | control.dataByte(6) << 8 | control.dataByte(7) << 16;
    }

    /** The message length in a request or an acknowledgement. */
    static int length(CanFrame control) {
        return control.dataByte(1) | control.dataByte(2) << 8;
    }

    CanFrame requestToSend(int pgn, int length, int maxPerCts) {
        return control(REQUEST_TO_SEND, length & 0xFF, length >>> 8, packets(length), maxPerCts, pgn);
    }

    CanFrame clearToSend(int pgn, int count, int next) {
        return control(CLEAR_TO_SEND, count, next, 0xFF, 0xFF, pgn);
    }

    CanFrame acknowledgement(int pgn, int length) {
        return control(ACKNOWLEDGEMENT, length & 0xFF, length >>> 8, packets(length), 0xFF, pgn);
    }

    CanFrame abort(int pgn, int code) {
        return control(ABORT, code, 0xFF, 0xFF, 0xFF, pgn);
    }

    CanFrame data(int sequence, byte[] message, int length) {
        frame.extended(dataOut).length(8).putByte(0, sequence);
        int from = (sequence - 1) * PACKET_BYTES;
        for (int i = 0; i < PACKET_BYTES; i++) {
            frame.putByte(i + 1, from + i < length ? message[from + i] : 0xFF);
        }
        return frame;
    }

    private CanFrame control(int kind, int b1, int b2, int b3, int b4, int pgn) {
        return frame.extended(controlOut)
                .length(8)
                .putByte(0, kind)
                .putByte(1, b1)
                .putByte(2, b2)
                .putByte(3, b3)
                .putByte(4, b4)
                .putByte(5, pgn)
                .putByte(6, pgn >>> 8)
                .putByte(7, pgn >>> 16);
    }

    private static boolean isTransport(CanFrame in, int idAtPriority0) {
        return (in.id() & 0x03FF_FFFF) == idAtPriority0 && in.extended() && !in.remote() && !in.fd() && !in.error();
    }

    private static void checkAddress(String name, int address) {
        J1939Id.check(name, address, 0xFD);
    }
}
