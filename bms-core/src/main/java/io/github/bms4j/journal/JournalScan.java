package io.github.bms4j.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * What is found in one file of a journal: every good record, whatever stands between them.
 *
 * <p>Where no good record begins, the scan moves on by one byte until one does: a damaged record hides none behind it. That bytes
 * which are no record pass for one takes mark, length, sequence and a CRC of 32 bits at once.
 */
final class JournalScan {
    /** Larger files are not ours: no generation grows beyond this by more than its last records. */
    private static final long MOST_BYTES = (1L << 28) + (1L << 25);

    private static final int TYPES = 256;

    final @Nullable JournalRecord[] last = new JournalRecord[TYPES];
    /** Highest sequence of a good record; 0 without one. */
    long highest;
    /** Generation of a good head; 0 without one. */
    int generation;
    /** Whether the file is a head and good records to its last byte, so that more may be appended. */
    boolean clean;
    /** Bytes of the file. */
    long length;
    /** Whether the file holds something that is not ours: it is put aside, not overwritten. */
    boolean foreign;
    /** What is wrong with it, in one line; empty if nothing is. */
    String finding = "";

    static JournalScan of(Path file, RecordFormat format) throws IOException {
        JournalScan scan = new JournalScan();
        if (!Files.exists(file)) {
            return scan;
        }
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            scan.length = channel.size();
            if (scan.length > MOST_BYTES) {
                scan.foreign = true;
                scan.finding = file + ": found " + scan.length + " bytes, expected a journal of at most " + MOST_BYTES;
                return scan;
            }
            ByteBuffer bytes = ByteBuffer.allocate((int) scan.length);
            while (bytes.hasRemaining() && channel.read(bytes) >= 0) {
                // a read may give less than asked for
            }
            bytes.flip();
            scan.read(file, bytes, format);
        }
        return scan;
    }

    /** Looks through the bytes of a file. */
    void read(Path file, ByteBuffer bytes, RecordFormat format) {
        RecordFormat.Head head = format.head(bytes);
        if (head == RecordFormat.Head.FOREIGN) {
            foreign = true;
            finding = file + ": found a journal of version " + RecordFormat.version(bytes) + ", expected version "
                    + RecordFormat.VERSION;
            return;
        }
        boolean good = head == RecordFormat.Head.GOOD;
        generation = good ? RecordFormat.generation(bytes) : 0;
        int at = good ? RecordFormat.HEAD : 0;
        int records = 0;
        int lostAt = good ? -1 : 0;
        while (at < bytes.limit()) {
            int recordLength = format.recordAt(bytes, at);
            if (recordLength == 0) {
                lostAt = lostAt < 0 ? at : lostAt;
                at++;
                continue;
            }
            keep(RecordFormat.read(bytes, at, recordLength));
            records++;
            at += recordLength;
        }
        clean = good && lostAt < 0;
        foreign = head == RecordFormat.Head.BROKEN && records == 0;
        if (foreign) {
            finding = file + ": found no record of a journal in its " + bytes.limit() + " bytes, expected some";
        } else if (lostAt >= 0 && bytes.limit() > 0) {
            finding = file + ": found damage at byte " + lostAt + ", expected a record; " + records + " good ones kept";
        }
    }

    private void keep(JournalRecord record) {
        highest = Math.max(highest, record.sequence());
        JournalRecord before = last[record.type()];
        if (before == null || record.sequence() > before.sequence()) {
            last[record.type()] = record;
        }
    }
}
