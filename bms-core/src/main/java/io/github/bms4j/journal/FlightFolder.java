package io.github.bms4j.journal;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A folder that holds the latest flight records and never more bytes than it was given.
 *
 * <p>A record can be run again only from its start, so it is removed whole or not at all: {@link #begin} removes the oldest records until one
 * of the full size has room. A record that reaches its size ends there and says so ({@link FlightRecorder#failure}); what runs for weeks begins a
 * new one by starting anew at rest. Names count up, {@code flight-000042.bmsr}, so the order needs no clock. What else is in the
 * folder is left alone. Thread: one. Bytes go to the system at once and so survive a killed process; they are not forced, so a power loss
 * may take the last half minute with it.
 */
public final class FlightFolder {
    private static final String NAME = "flight-\\d{6,9}\\.bmsr";
    private static final int PREFIX = "flight-".length();
    private static final int SUFFIX = ".bmsr".length();
    private static final long LEAST_RECORD = 4096L;

    private final Path folder;
    private final long totalBytes;
    private final long recordBytes;

    /**
     * A folder of records.
     *
     * @param folder made if it is not there
     * @param totalBytes most bytes of all records together, at least two full ones
     * @param recordBytes most bytes of one record, at least 4096
     * @throws IOException when there is no such folder and none can be made; one line
     */
    public FlightFolder(Path folder, long totalBytes, long recordBytes) throws IOException {
        if (recordBytes < LEAST_RECORD || totalBytes < 2 * recordBytes) {
            throw new IllegalArgumentException("recordBytes must be >= " + LEAST_RECORD
                    + " and totalBytes at least twice that but are " + recordBytes + " and " + totalBytes);
        }
        if (Files.exists(folder) && !Files.isDirectory(folder)) {
            throw new IOException(folder + ": found a file, expected the folder of the flight records");
        }
        Files.createDirectories(folder);
        this.folder = folder;
        this.totalBytes = totalBytes;
        this.recordBytes = recordBytes;
    }

    /** The records, the oldest first. */
    public List<Path> records() throws IOException {
        List<Path> records = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder)) {
            files.filter(f -> f.getFileName().toString().matches(NAME)).forEach(records::add);
        }
        records.sort((a, b) -> Integer.compare(number(a), number(b)));
        return records;
    }

    private static int number(Path record) {
        String name = record.getFileName().toString();
        return Integer.parseInt(name.substring(PREFIX, name.length() - SUFFIX));
    }

    /** Makes room and begins the next record; the caller closes the stream. */
    public OutputStream begin() throws IOException {
        List<Path> records = records();
        long held = 0L;
        for (Path record : records) {
            held += Files.size(record);
        }
        int next = records.isEmpty() ? 1 : number(records.get(records.size() - 1)) + 1;
        for (int i = 0; i < records.size() && held + recordBytes > totalBytes; i++) {
            held -= remove(records.get(i));
        }
        String digits = "00000" + next;
        Path file = folder.resolve("flight-" + digits.substring(Math.min(5, digits.length() - 6)) + ".bmsr");
        return new Bounded(Files.newOutputStream(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE));
    }

    private static long remove(Path record) throws IOException {
        try {
            long size = Files.size(record);
            Files.delete(record);
            return size;
        } catch (NoSuchFileException e) {
            return 0L; // somebody took it away for reading elsewhere
        }
    }

    /** A file that takes no more than a record's bytes: what does not fit whole is refused, so that the last chunk is a whole one. */
    private final class Bounded extends OutputStream {
        private final OutputStream to;
        private long room = recordBytes;

        Bounded(OutputStream to) {
            this.to = to;
        }

        @Override
        public void write(int b) throws IOException {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int from, int length) throws IOException {
            if (length > room) {
                throw new IOException("the record has reached " + recordBytes + " bytes");
            }
            to.write(bytes, from, length);
            room -= length;
        }

        @Override
        public void close() throws IOException {
            to.close();
        }
    }
}
