package io.github.bms4j.can.gbt27930;

/**
 * Where a value lies in a payload and how it is scaled: little endian, bits counted from the first byte's lowest.
 *
 * <pre>value = (raw - zeroRaw) / rawPerUnit</pre>
 *
 * <p>Dividing by a whole number gives the decimal value that the sender meant to the last bit (3 / 10.0 is 0.3, 3 * 0.1 is
 * not). All bits 1, or a raw value above {@code topRaw}, is no reading and reads as NaN.
 *
 * <p>Thread: any. Allocation: none.
 *
 * @param firstBit 0-based bit in the payload
 * @param bits 1 to 32
 * @param rawPerUnit steps per unit; negative when the wire counts the other way
 * @param zeroRaw the raw value that means 0
 * @param topRaw largest raw value that is a reading
 */
record WireField(int firstBit, int bits, double rawPerUnit, double zeroRaw, long topRaw) {

    /** The raw value of a field that is not available, and of one beyond the end of a payload filled with ones. */
    long notAvailable() {
        return (1L << bits) - 1;
    }

    /** The bits as they are. */
    long raw(byte[] data, int byteOffset) {
        int firstByte = byteOffset + (firstBit >>> 3);
        int lastByte = byteOffset + ((firstBit + bits - 1) >>> 3);
        long window = 0;
        for (int i = lastByte; i >= firstByte; i--) {
            window = (window << 8) | (data[i] & 0xFF);
        }
        return (window >>> (firstBit & 7)) & notAvailable();
    }

    /** Writes the bits as they are; no other bit changes. */
    void putRaw(byte[] data, int byteOffset, long raw) {
        int firstByte = byteOffset + (firstBit >>> 3);
        int lastByte = byteOffset + ((firstBit + bits - 1) >>> 3);
        int shift = firstBit & 7;
        long mask = notAvailable() << shift;
        long window = (raw << shift) & mask;
        for (int i = firstByte; i <= lastByte; i++) {
            data[i] = (byte) ((data[i] & ~mask) | window);
            mask >>>= 8;
            window >>>= 8;
        }
    }

    /** The value in its unit, or NaN. */
    double get(byte[] data, int byteOffset) {
        long raw = raw(data, byteOffset);
        return raw > topRaw ? Double.NaN : (raw - zeroRaw) / rawPerUnit + 0.0; // + 0.0: never -0.0
    }

    /** Writes the nearest step, clamped to what the field can hold; NaN becomes "not available". */
    void put(byte[] data, int byteOffset, double value) {
        long raw = Double.isNaN(value)
                ? notAvailable()
                : Math.max(0, Math.min(topRaw, Math.round(value * rawPerUnit + zeroRaw)));
        putRaw(data, byteOffset, raw);
    }
}
