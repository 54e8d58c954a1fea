package io.github.bms4j.can.j1939;

import java.util.Objects;

/**
 * One reassembled message: parameter group, bytes, and when its last packet came.
 *
 * <p>Made once by the caller and filled by {@link J1939Transport#receive}. Thread: one. Allocation: none after
 * construction.
 */
public final class TransportMessage {
    /** Most bytes one transfer carries: 255 packets of 7. */
    public static final int MAX_LENGTH = 1785;

    private final byte[] data = new byte[MAX_LENGTH];
    private int pgn;
    private int length;
    private long receivedNanos;

    /** An empty message of group 0. */
    public TransportMessage() {}

    /** Parameter group number. */
    public int pgn() {
        return pgn;
    }

    /** Bytes in the message, 0 only before the first {@link J1939Transport#receive}. */
    public int length() {
        return length;
    }

    /** When the last packet was handed in, in ns of the caller's clock. */
    public long receivedNanos() {
        return receivedNanos;
    }

    /**
     * Byte {@code i} as 0..255.
     *
     * @throws IndexOutOfBoundsException unless {@code 0 <= i < length()}
     */
    public int dataByte(int i) {
        return data[Objects.checkIndex(i, length)] & 0xFF;
    }

    /** The live backing array; the first {@link #length} bytes are the message. */
    public byte[] data() {
        return data;
    }

    void set(int newPgn, byte[] source, int newLength, long nowNanos) {
        System.arraycopy(source, 0, data, 0, newLength);
        pgn = newPgn;
        length = newLength;
        receivedNanos = nowNanos;
    }
}
