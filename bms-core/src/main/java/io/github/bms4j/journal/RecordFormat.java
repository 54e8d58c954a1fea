package io.github.bms4j.journal;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32C;

/**
 * The bytes of a journal file: one head, then records; all numbers big-endian.
 *
 * <pre>
 * head    0 "BMSJ"   4 version u16   6 zero u16   8 generation u32   12 CRC-32C of bytes 0…11
 * record  0 mark B5 4D   2 type u8   3 payload version u8   4 payload length u16   6 sequence i64   14 UTC f64
 *         22 payload   22+n CRC-32C of bytes 0…21+n
 * </pre>
 *
 * <p>A record says everything about itself, so that one behind a damaged one, or in a file whose head is damaged, is still found.
 */
final class RecordFormat {
    static final int HEAD = 16;
    static final int VERSION = 1;
    /** Bytes of a record before its payload. */
    static final int LEAD = 22;
    /** All bytes of a record but its payload. */
    static final int FRAME = LEAD + 4;

    static final int MOST_PAYLOAD = 0xFFFF;
    private static final int MAGIC = 0x424D534A; // BMSJ
    private static final short MARK = (short) 0xB54D;
    private static final int TYPE_AT = 2;
    private static final int PAYLOAD_VERSION_AT = 3;
    private static final int LENGTH_AT = 4;
    private static final int SEQUENCE_AT = 6;
    private static final int UTC_AT = 14;

    private final CRC32C crc = new CRC32C();

    /** What the first bytes of a file say. */
    enum Head {
        /** A head of ours. */
        GOOD,
        /** Nothing is there, or less than a head. */
        SHORT,
        /** A sound head of another version. */
        FOREIGN,
        /** Something else. */
        BROKEN
    }

    /** Writes a head at the buffer's position. */
    void head(ByteBuffer to, int generation) {
        int from = to.position();
        to.order(ByteOrder.BIG_ENDIAN).putInt(MAGIC).putShort((short) VERSION).putShort((short) 0);
        to.putInt(generation);
        to.putInt(crc(to, from, HEAD - 4));
    }

    /** Judges the head at the beginning of a file. */
    Head head(ByteBuffer file) {
        if (file.limit() < HEAD) {
            return Head.SHORT;
        }
        if (file.getInt(0) != MAGIC || file.getInt(HEAD - 4) != crc(file, 0, HEAD - 4)) {
            return Head.BROKEN;
        }
        return file.getShort(4) == VERSION && file.getShort(6) == 0 ? Head.GOOD : Head.FOREIGN;
    }

    static int version(ByteBuffer file) {
        return Short.toUnsignedInt(file.getShort(4));
    }

    static int generation(ByteBuffer file) {
        return file.getInt(8);
    }

    /** Writes a record at the buffer's position; takes all that remains of the payload. */
    void record(ByteBuffer to, int type, int version, long sequence, double utcS, ByteBuffer payload) {
        int from = to.position();
        to.order(ByteOrder.BIG_ENDIAN).putShort(MARK).put((byte) type).put((byte) version);
        to.putShort((short) payload.remaining())
                .putLong(sequence)
                .putDouble(utcS)
                .put(payload);
        to.putInt(crc(to, from, to.position() - from));
    }

    /** Length of the good record at a place, or 0 if there is none. */
    int recordAt(ByteBuffer file, int at) {
        if (file.limit() - at < FRAME || file.getShort(at) != MARK || file.get(at + TYPE_AT) == 0) {
            return 0;
        }
        int length = FRAME + Short.toUnsignedInt(file.getShort(at + LENGTH_AT));
        if (file.limit() - at < length || file.getLong(at + SEQUENCE_AT) <= 0L) {
            return 0;
        }
        return file.getInt(at + length - 4) == crc(file, at, length - 4) ? length : 0;
    }

    /** The record at a place where {@link #recordAt} found one of that length. */
    static JournalRecord read(ByteBuffer file, int at, int length) {
        return new JournalRecord(
                Byte.toUnsignedInt(file.get(at + TYPE_AT)),
                Byte.toUnsignedInt(file.get(at + PAYLOAD_VERSION_AT)),
                file.getLong(at + SEQUENCE_AT),
                file.getDouble(at + UTC_AT),
                file.slice(at + LEAD, length - FRAME));
    }

    private int crc(ByteBuffer of, int from, int length) {
        crc.reset();
        int limit = of.limit();
        int position = of.position();
        of.limit(from + length).position(from);
        crc.update(of);
        of.limit(limit).position(position);
        return (int) crc.getValue();
    }
}
