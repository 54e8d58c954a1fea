package io.github.bms4j.journal;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Small records that survive a killed process and a power loss at any byte: of every type, the last good one comes back or
 * none does, never a wrong one.
 *
 * <p>Two generations of one append-only file. Every record carries a CRC-32C. When a generation is full, or was found damaged, the last
 * record of every type is written to a new file, which is forced and then put in the place of the older generation by one rename: at
 * no moment does a good record exist only in bytes that are being written. What an opener finds damaged it leaves and tells in
 * {@link #findings}.
 *
 * <p>What fails first: a medium that answers "forced" before it is. Time is the caller's: seconds of UTC are stored as they are told,
 * monotonic nanoseconds decide when to force. Thread: one. Allocation: none per append but what the file system takes, once a type's
 * longest record was seen. It does I/O, so it belongs outside the control cycle. Byte tables and failure analysis: docs/theory/memory.md.
 */
public final class Journal implements Closeable {
    /** Most bytes of a record's payload. */
    public static final int MOST_PAYLOAD = RecordFormat.MOST_PAYLOAD;

    private static final String[] GENERATIONS = {"memory.a", "memory.b"};
    private static final String NEXT = "memory.next";
    private static final String LOCK = "memory.lock";
    static final int TYPES = 256;

    private final Path folder;
    private final JournalSettings settings;
    private final RecordFormat format = new RecordFormat();
    private final FileChannel lockChannel;
    private final List<String> findings = new ArrayList<>();
    private final @Nullable JournalRecord[] found = new JournalRecord[TYPES];
    private final @Nullable ByteBuffer[] kept = new ByteBuffer[TYPES];
    private final boolean[] foreign = new boolean[GENERATIONS.length];

    private ByteBuffer out = ByteBuffer.allocateDirect(1024);
    private @Nullable FileChannel channel;
    private int current;
    private int generation;
    private long sequence;
    private long length;
    private boolean unforced;
    private boolean timed;
    private long forcedNanos;
    private long written;
    private boolean folderForced = true;

    private Journal(Path folder, JournalSettings settings, FileChannel lockChannel) {
        this.folder = folder;
        this.settings = settings;
        this.lockChannel = lockChannel;
    }

    /**
     * Opens the journal of a folder, or begins one in an empty folder.
     *
     * @throws IOException when the folder is not there or cannot be read, or another process has the journal open; one line
     */
    public static Journal open(Path folder, JournalSettings settings) throws IOException {
        if (!Files.isDirectory(folder)) {
            throw new IOException(folder + ": found " + (Files.exists(folder) ? "a file" : "no such folder")
                    + ", expected the folder of the journal");
        }
        FileChannel lock = locked(folder);
        try {
            Journal journal = new Journal(folder, settings, lock);
            journal.read();
            return journal;
        } catch (IOException | RuntimeException e) {
            lock.close();
            throw e;
        }
    }

    private static FileChannel locked(Path folder) throws IOException {
        FileChannel lock = FileChannel.open(folder.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        @Nullable FileLock held = null;
        try {
            held = lock.tryLock();
        } catch (OverlappingFileLockException e) {
            held = null; // this process has it open
        }
        if (held == null) {
            lock.close();
            throw new IOException(folder + ": found the journal open elsewhere, expected to be its only writer");
        }
        return lock;
    }

    private void read() throws IOException {
        JournalScan[] scans = new JournalScan[GENERATIONS.length];
        long newest = -1L;
        for (int g = 0; g < scans.length; g++) {
            scans[g] = JournalScan.of(folder.resolve(GENERATIONS[g]), format);
            foreign[g] = scans[g].foreign;
            take(scans[g]);
            generation = Math.max(generation, scans[g].generation);
            if (scans[g].highest > newest) {
                newest = scans[g].highest;
                current = g;
            }
        }
        JournalScan next = JournalScan.of(folder.resolve(NEXT), format);
        if (next.highest > newest) {
            take(next); // power went between the new file and its rename
            newest = next.highest;
        }
        sequence = Math.max(0L, newest);
        JournalScan last = scans[current];
        if (next.highest == newest && next.clean) {
            putInPlace();
            last = next;
        }
        if (last.clean && last.highest == newest && last.length < settings.generationBytes()) {
            channel = FileChannel.open(folder.resolve(GENERATIONS[current]), StandardOpenOption.WRITE);
            length = last.length;
        }
    }

    private void take(JournalScan scan) {
        if (!scan.finding.isEmpty()) {
            findings.add(scan.finding);
        }
        for (int type = 0; type < TYPES; type++) {
            JournalRecord record = scan.last[type];
            JournalRecord before = found[type];
            if (record != null && (before == null || record.sequence() > before.sequence())) {
                found[type] = record;
                ByteBuffer bytes = ByteBuffer.allocate(
                        RecordFormat.FRAME + record.payload().remaining());
                format.record(bytes, type, record.version(), record.sequence(), record.utcS(), record.payload());
                kept[type] = bytes.flip();
            }
        }
    }

    /** The last good record of a type as it was when the journal was opened; empty where nothing is known. */
    public Optional<JournalRecord> found(int type) {
        return Optional.ofNullable(found[type]);
    }

    /** What was found damaged at opening, one line each; empty after an orderly end. */
    public List<String> findings() {
        return List.copyOf(findings);
    }

    /** The file that is appended to; null before the first append after damage, or in an empty folder. */
    @Nullable
    Path file() {
        return channel == null ? null : folder.resolve(GENERATIONS[current]);
    }

    /** The files that records may be in. */
    static List<Path> files(Path folder) {
        return Stream.of(GENERATIONS[0], GENERATIONS[1], NEXT)
                .map(folder::resolve)
                .toList();
    }

    /** Whether every new generation's name was forced too; false where the system cannot: a power loss may bring the older one back. */
    public boolean folderForced() {
        return folderForced;
    }

    /** Place of the last record among all ever appended; 0 before the first. */
    public long sequence() {
        return sequence;
    }

    /** Bytes written since opening, for the wear of the medium. */
    public long bytesWritten() {
        return written;
    }

    /**
     * Appends a record; it stands in for all earlier ones of its type.
     *
     * @param type 1…255
     * @param version version of the payload, 0…255
     * @param utcS time for the record, s since 1970; NaN if not known
     * @param nowNanos monotonic time, for {@link JournalSettings#forceEveryS}
     * @param payload the bytes; taken to the buffer's limit, at most {@link #MOST_PAYLOAD}
     * @throws IOException when the medium refuses; earlier records are untouched, and the next append begins a new generation
     */
    public void append(int type, int version, double utcS, long nowNanos, ByteBuffer payload) throws IOException {
        if (type < 1 || type >= TYPES || version < 0 || version >= TYPES) {
            throw new IllegalArgumentException(
                    "type must be within [1, 255] and version within [0, 255] but are " + type + " and " + version);
        }
        int size = payload.remaining();
        if (size > MOST_PAYLOAD) {
            throw new IllegalArgumentException("payload must have at most " + MOST_PAYLOAD + " bytes but has " + size);
        }
        encode(type, version, utcS, payload);
        FileChannel to = channel;
        if (to == null || length + size + RecordFormat.FRAME > settings.generationBytes()) {
            nextGeneration();
            forced(nowNanos);
            return;
        }
        try {
            writeAll(to, out, length);
        } catch (IOException e) {
            abandon();
            throw e;
        }
        length += size + RecordFormat.FRAME;
        unforced = true;
        if (!timed || (nowNanos - forcedNanos) * 1e-9 >= settings.forceEveryS()) {
            force(nowNanos);
        }
    }

    /** Encodes the record into {@link #out} and keeps a copy for the next generation. */
    private void encode(int type, int version, double utcS, ByteBuffer payload) {
        int size = payload.remaining() + RecordFormat.FRAME;
        if (out.capacity() < size) {
            out = ByteBuffer.allocateDirect(2 * size);
        }
        out.clear();
        sequence++;
        format.record(out, type, version, sequence, utcS, payload);
        out.flip();
        ByteBuffer copy = kept[type];
        if (copy == null || copy.capacity() < size) {
            copy = ByteBuffer.allocate(size);
            kept[type] = copy;
        }
        copy.clear();
        copy.put(out).flip();
        out.rewind();
    }

    /** Forces what was appended to the medium now. */
    public void force(long nowNanos) throws IOException {
        FileChannel to = channel;
        if (unforced && to != null) {
            try {
                to.force(false);
            } catch (IOException e) {
                abandon();
                throw e;
            }
        }
        forced(nowNanos);
    }

    private void forced(long nowNanos) {
        unforced = false;
        timed = true;
        forcedNanos = nowNanos;
    }

    /** Writes the last record of every type to a new file and puts it in the place of the older generation. */
    private void nextGeneration() throws IOException {
        abandon();
        FileChannel to = FileChannel.open(
                folder.resolve(NEXT),
                StandardOpenOption.CREATE,
                StandardOpenOption.WRITE,
                StandardOpenOption.TRUNCATE_EXISTING);
        long at = 0;
        try {
            generation++;
            ByteBuffer head = ByteBuffer.allocate(RecordFormat.HEAD);
            format.head(head, generation);
            at += writeAll(to, head.flip(), at);
            for (ByteBuffer record : kept) {
                if (record != null) {
                    at += writeAll(to, record.duplicate(), at);
                }
            }
            to.force(true);
            putInPlace();
        } catch (IOException e) {
            to.close();
            throw e;
        }
        channel = to;
        length = at;
    }

    /** Puts the new file in the place of the older generation; what stands there and is not ours is kept aside. */
    private void putInPlace() throws IOException {
        int older = 1 - current;
        Path place = folder.resolve(GENERATIONS[older]);
        if (foreign[older]) {
            Files.move(place, folder.resolve(GENERATIONS[older] + ".aside"), StandardCopyOption.REPLACE_EXISTING);
            foreign[older] = false;
        }
        rename(folder.resolve(NEXT), place);
        forceFolder();
        current = older;
    }

    private static void rename(Path from, Path to) throws IOException {
        try {
            Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException e) {
            Files.move(
                    from,
                    to,
                    StandardCopyOption.REPLACE_EXISTING); // between the two, the new file is found by its name
        }
    }

    /** Makes the rename last; where a folder cannot be forced, the file system does without. */
    private void forceFolder() {
        try (FileChannel dir = FileChannel.open(folder, StandardOpenOption.READ)) {
            dir.force(true);
        } catch (IOException e) {
            folderForced = false;
        }
    }

    private int writeAll(FileChannel to, ByteBuffer bytes, long at) throws IOException {
        int size = bytes.remaining();
        long place = at;
        while (bytes.hasRemaining()) {
            place += to.write(bytes, place);
        }
        written += size;
        return size;
    }

    /** Nothing more goes to the file at hand; the next append begins another. */
    private void abandon() throws IOException {
        FileChannel to = channel;
        channel = null;
        unforced = false;
        if (to != null) {
            to.close();
        }
    }

    /** Forces what was appended and gives the folder free. */
    @Override
    public void close() throws IOException {
        try {
            FileChannel to = channel;
            if (unforced && to != null) {
                to.force(false);
            }
            abandon();
        } finally {
            lockChannel.close();
        }
    }
}
