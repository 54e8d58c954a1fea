package io.github.bms4j.journal;

/**
 * Bytes and bits into a buffer of fixed size, and out of it again. Bits fill a byte from its top; {@link #align} goes on with the next
 * byte. Thread: one. Allocation: none after construction.
 */
final class BitBuffer {
    private final byte[] bytes;
    private int at;
    private int bit;

    BitBuffer(int size) {
        bytes = new byte[size];
    }

    BitBuffer(byte[] of) {
        bytes = of;
    }

    void clear() {
        at = 0;
        bit = 0;
    }

    byte[] array() {
        return bytes;
    }

    int position() {
        return at;
    }

    int capacity() {
        return bytes.length;
    }

    boolean ended() {
        return at >= bytes.length;
    }

    /** Writes the lowest bits of a number, 0…57 of them. */
    void bits(long value, int n) {
        for (int left = n; left > 0; ) {
            if (bit == 0) {
                bytes[at] = 0;
            }
            int room = 8 - bit;
            int take = Math.min(room, left);
            long part = (value >>> (left - take)) & ((1L << take) - 1L);
            bytes[at] |= (byte) (part << (room - take));
            left -= take;
            bit += take;
            if (bit == 8) {
                bit = 0;
                at++;
            }
        }
    }

    long bits(int n) {
        long value = 0L;
        for (int left = n; left > 0; ) {
            int room = 8 - bit;
            int take = Math.min(room, left);
            long part = (Byte.toUnsignedLong(bytes[at]) >>> (room - take)) & ((1L << take) - 1L);
            value = (value << take) | part;
            left -= take;
            bit += take;
            if (bit == 8) {
                bit = 0;
                at++;
            }
        }
        return value;
    }

    void align() {
        if (bit != 0) {
            bit = 0;
            at++;
        }
    }

    void u8(int value) {
        bytes[at++] = (byte) value;
    }

    int u8() {
        return Byte.toUnsignedInt(bytes[at++]);
    }

    void i64(long value) {
        for (int shift = 56; shift >= 0; shift -= 8) {
            bytes[at++] = (byte) (value >>> shift);
        }
    }

    long i64() {
        long value = 0L;
        for (int i = 0; i < 8; i++) {
            value = value << 8 | Byte.toUnsignedLong(bytes[at++]);
        }
        return value;
    }

    void f64(double value) {
        i64(Double.doubleToRawLongBits(value));
    }

    double f64() {
        return Double.longBitsToDouble(i64());
    }

    /** A number in as many bytes as it needs, seven bits each; small magnitudes of either sign are short. */
    void varint(long value) {
        long v = zigzag(value);
        while ((v & ~0x7FL) != 0L) {
            bytes[at++] = (byte) (v | 0x80L);
            v >>>= 7;
        }
        bytes[at++] = (byte) v;
    }

    long varint() {
        long v = 0L;
        for (int shift = 0; shift < 64; shift += 7) {
            int b = bytes[at++];
            v |= (b & 0x7FL) << shift;
            if (b >= 0) {
                break;
            }
        }
        return unzigzag(v);
    }

    void raw(byte[] from) {
        System.arraycopy(from, 0, bytes, at, from.length);
        at += from.length;
    }

    byte[] raw(int length) {
        byte[] to = new byte[length];
        System.arraycopy(bytes, at, to, 0, length);
        at += length;
        return to;
    }

    static long zigzag(long value) {
        return value << 1 ^ value >> 63;
    }

    static long unzigzag(long value) {
        return value >>> 1 ^ -(value & 1L);
    }
}
