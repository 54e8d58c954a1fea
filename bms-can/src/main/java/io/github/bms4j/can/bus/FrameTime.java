package io.github.bms4j.can.bus;

import io.github.bms4j.can.frame.CanFrame;

/**
 * How long a frame occupies the wire, bit for bit.
 *
 * <p>Classic frames: start, header, data, CRC-15 with the stuff bits that these very bits need, then CRC delimiter,
 * acknowledge slot and delimiter, 7 end-of-frame bits. FD frames (ISO form): dynamic stuff bits up to the data, then stuff
 * count and CRC-17 or CRC-21 with their fixed stuff bits. With bit rate switching everything after the BRS bit up to the
 * end of the CRC runs at the data rate, all else at the nominal rate; the two bits in which the rate changes count as
 * nominal. The 3 intermission bits are not part of the frame.
 *
 * <p>Stuffing and CRC advance by whole bytes through tables. The stuffer's state is the last bit and how often it came
 * (1 to 4): a fifth equal bit is followed by a stuff bit, which starts a new run.
 *
 * <p>Thread: one. Allocation: none after construction.
 */
final class FrameTime {
    private static final int CRC_POLYNOMIAL = 0x4599;
    private static final int CRC_BITS = 15;

    /** CRC delimiter, acknowledge slot and delimiter, end of frame. */
    private static final int TAIL_BITS = 1 + 1 + 1 + 7;

    /** Stuff count and CRC-17, with a fixed stuff bit before the first and after every fourth bit. */
    private static final int CRC_17_FIELD_BITS = 4 + 17 + 6;

    private static final int CRC_21_FIELD_BITS = 4 + 21 + 7;

    private static final int STATE = 0b111;
    private static final int STUFFED_SHIFT = 3;
    private static final int STUFFED_LAST = 1 << 5;
    private static final byte[] STUFFING = stuffTable();
    private static final short[] CRC = crcTable();

    private final long bitRate;
    private final long dataBitRate;
    private int bits;
    private int crc;
    private int stuffing;

    FrameTime(int bitRate, int dataBitRate) {
        this.bitRate = bitRate;
        this.dataBitRate = dataBitRate;
    }

    /** Time on the wire from the start bit to the last end-of-frame bit, in ns, each rate's part rounded down. */
    long frameNanos(CanFrame frame) {
        return frame.fd() ? fdNanos(frame) : nanos(classicBits(frame) + TAIL_BITS, bitRate);
    }

    /** The 3 bits that keep frames apart, in ns. */
    long intermissionNanos() {
        return nanos(3, bitRate);
    }

    private static long nanos(long bits, long rate) {
        return bits * 1_000_000_000L / rate;
    }

    /** Start bit up to the CRC, stuff bits included. */
    private int classicBits(CanFrame frame) {
        putStartAndId(frame);
        int remote = frame.remote() ? 0b100 : 0;
        put(remote, 3); // RTR, then IDE and r0 (standard) or r1 and r0 (extended)
        put(frame.length(), 4);
        if (!frame.remote()) {
            putData(frame);
        }
        put(crc, CRC_BITS);
        return bits;
    }

    private long fdNanos(CanFrame frame) {
        putStartAndId(frame);
        int rateSwitch = frame.bitRateSwitch() ? 1 : 0;
        if (frame.extended()) {
            put(0b0100 | rateSwitch, 4); // RRS, FDF, res, BRS
        } else {
            put(0b00100 | rateSwitch, 5); // RRS, IDE, FDF, res, BRS
        }
        int nominalBits = bits;
        put((frame.errorState() ? 0b10000 : 0) | lengthCode(frame.length()), 5); // ESI, DLC
        putData(frame);
        if ((stuffing & STUFFED_LAST) != 0) {
            bits--; // the first fixed stuff bit stands in for it
        }
        int fastBits = bits - nominalBits + (frame.length() <= 16 ? CRC_17_FIELD_BITS : CRC_21_FIELD_BITS);
        return nanos(nominalBits + TAIL_BITS, bitRate) + nanos(fastBits, rateSwitch == 1 ? dataBitRate : bitRate);
    }

    /** The 4-bit code of a payload length. */
    private static int lengthCode(int length) {
        if (length <= 8) {
            return length;
        }
        return length <= 24 ? 6 + length / 4 : 11 + length / 16;
    }

    private void putStartAndId(CanFrame frame) {
        bits = 1;
        crc = 0;
        stuffing = 0; // one dominant bit, the start bit
        if (frame.extended()) {
            put(frame.id() >>> 18, 11);
            put(0b11, 2); // SRR, IDE
            put(frame.id() & 0x3FFFF, 18);
        } else {
            put(frame.id(), 11);
        }
    }

    private void putData(CanFrame frame) {
        byte[] data = frame.data();
        for (int i = 0; i < frame.length(); i++) {
            putByte(data[i] & 0xFF);
        }
    }

    private void put(int value, int count) {
        int left = count;
        while ((left & 7) != 0) {
            left--;
            int bit = value >>> left & 1;
            stuffing = stuff(stuffing & STATE, bit);
            bits += 1 + (stuffing >>> STUFFED_SHIFT & 3);
            crc = crcBit(crc, bit);
        }
        while (left > 0) {
            left -= 8;
            putByte(value >>> left & 0xFF);
        }
    }

    private void putByte(int value) {
        stuffing = STUFFING[(stuffing & STATE) << 8 | value];
        bits += 8 + (stuffing >>> STUFFED_SHIFT & 3);
        crc = (crc << 8 ^ CRC[crc >>> 7 ^ value]) & 0x7FFF;
    }

    /** One bit through the stuffer: new state, stuff bits so far, whether this bit was followed by one. */
    private static int stuff(int state, int bit) {
        int lastBit = state >>> 2;
        int run = state & 3; // times the last bit came, less one
        if (bit != lastBit) {
            return bit << 2;
        }
        if (run < 3) {
            return bit << 2 | (run + 1);
        }
        return (bit ^ 1) << 2 | (1 << STUFFED_SHIFT) | STUFFED_LAST;
    }

    private static byte[] stuffTable() {
        byte[] table = new byte[8 << 8];
        for (int i = 0; i < table.length; i++) {
            int step = i >>> 8;
            int stuffed = 0;
            for (int bit = 7; bit >= 0; bit--) {
                step = stuff(step & STATE, i >>> bit & 1);
                stuffed += step & (1 << STUFFED_SHIFT);
            }
            table[i] = (byte) ((step & (STATE | STUFFED_LAST)) | stuffed);
        }
        return table;
    }

    private static int crcBit(int crc, int bit) {
        int shifted = crc << 1 & 0x7FFF;
        return (crc >>> (CRC_BITS - 1) ^ bit) == 0 ? shifted : shifted ^ CRC_POLYNOMIAL;
    }

    private static short[] crcTable() {
        short[] table = new short[256];
        for (int i = 0; i < table.length; i++) {
            int crc = 0;
            for (int bit = 7; bit >= 0; bit--) {
                crc = crcBit(crc, i >>> bit & 1);
            }
            table[i] = (short) crc;
        }
        return table;
    }
}
