package io.github.bms4j.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What comes back after damage: the last good record of each type, an earlier good one of the bytes that are left, or nothing. */
class JournalTest {
    private static final JournalSettings SMALL = new JournalSettings(1024, 0.0);

    @TempDir
    private Path base;

    private Path folder;
    private final Map<Long, Integer> typeOf = new TreeMap<>();

    @BeforeEach
    void makeFolder() throws IOException {
        folder = Files.createDirectory(base.resolve("journal"));
    }

    /** A payload that proves itself: 4 + 7 x bytes made from type and number, so that a wrong value cannot pass. */
    private static ByteBuffer payload(int type, long n) {
        byte[] bytes = new byte[10 + (int) (n % 5) * 7];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) (31L * type + 17 * n + 7L * i * n + i);
        }
        return ByteBuffer.wrap(bytes);
    }

    private void append(Journal journal, int type) throws IOException {
        long n = journal.sequence() + 1;
        journal.append(type, 3, 1e9 + n, n * 1_000_000_000L, payload(type, n));
        typeOf.put(n, type);
    }

    /** Two full generations and the beginning of a third: types 1, 2, 3 in turn, type 9 only once, at the very beginning. */
    private void fill(int records) throws IOException {
        try (Journal journal = Journal.open(folder, SMALL)) {
            append(journal, 9);
            for (int i = 1; i < records; i++) {
                append(journal, 1 + i % 3);
            }
        }
    }

    /** What a journal gives must be a record that was written; gives its number, 0 for unknown. */
    private static long checked(Journal journal, int type) {
        return journal.found(type)
                .map(r -> {
                    assertEquals(type, r.type());
                    assertEquals(3, r.version());
                    assertEquals(payload(type, r.sequence()), r.payload(), "record " + r.sequence());
                    assertEquals(1e9 + r.sequence(), r.utcS());
                    return r.sequence();
                })
                .orElse(0L);
    }

    @Test
    void bringsBackTheLastRecordOfEveryType() throws IOException {
        fill(60);
        try (Journal journal = Journal.open(folder, SMALL)) {
            assertEquals(60, journal.sequence());
            assertEquals(1, checked(journal, 9));
            assertEquals(58, checked(journal, 1));
            assertEquals(59, checked(journal, 2));
            assertEquals(60, checked(journal, 3));
            assertFalse(journal.found(4).isPresent());
            assertEquals("[]", journal.findings().toString());
        }
    }

    @Test
    void aRecordThatIsReadTwiceIsTheSameTwice() throws IOException {
        fill(3);
        try (Journal journal = Journal.open(folder, SMALL)) {
            JournalRecord record = journal.found(9).orElseThrow();
            record.payload().get();
            assertEquals(payload(9, 1), record.payload());
            assertTrue(record.payload().isReadOnly());
        }
    }

    /** Where each record of a file lies: end of record to its number. Found by a walk of its own, not by the code under test. */
    private Map<Integer, Long> ends(byte[] file) {
        Map<Integer, Long> ends = new TreeMap<>();
        ByteBuffer b = ByteBuffer.wrap(file);
        int at = 16;
        while (at < file.length) {
            int end = at + 22 + Short.toUnsignedInt(b.getShort(at + 4)) + 4;
            ends.put(end, b.getLong(at + 6));
            at = end;
        }
        assertEquals(file.length, at);
        return ends;
    }

    private long lastOf(int type, Map<Integer, Long> ends, int cut) {
        long last = 0;
        for (Map.Entry<Integer, Long> e : ends.entrySet()) {
            if (e.getKey() <= cut && Objects.equals(typeOf.get(e.getValue()), type)) {
                last = Math.max(last, e.getValue());
            }
        }
        return last;
    }

    @Test
    void isCutAtEveryByteAndGivesTheLastRecordThatIsWhole() throws IOException {
        fill(60);
        for (String cutName : new String[] {"memory.a", "memory.b"}) {
            String otherName = cutName.endsWith("a") ? "memory.b" : "memory.a";
            byte[] whole = Files.readAllBytes(folder.resolve(cutName));
            Map<Integer, Long> ends = ends(whole);
            Map<Integer, Long> others = ends(Files.readAllBytes(folder.resolve(otherName)));
            for (int cut = 0; cut < whole.length; cut++) {
                Files.write(folder.resolve(cutName), Arrays.copyOf(whole, cut));
                try (Journal journal = Journal.open(folder, SMALL)) {
                    for (int type : new int[] {1, 2, 3, 9}) {
                        long expected = Math.max(lastOf(type, ends, cut), lastOf(type, others, Integer.MAX_VALUE));
                        assertEquals(expected, checked(journal, type), cutName + " cut at " + cut + ", type " + type);
                    }
                    boolean told = !journal.findings().isEmpty();
                    assertEquals(cut > 0 && cut != 16 && !ends.containsKey(cut), told, "told of cut at " + cut);
                }
            }
            Files.write(folder.resolve(cutName), whole);
        }
    }

    @Test
    void anyBitMayFlipAndOnlyItsOwnRecordIsLost() throws IOException {
        fill(60);
        RecordFormat format = new RecordFormat();
        int flips = 0;
        for (String name : new String[] {"memory.a", "memory.b"}) {
            String otherName = name.endsWith("a") ? "memory.b" : "memory.a";
            byte[] whole = Files.readAllBytes(folder.resolve(name));
            Map<Integer, Long> ends = ends(whole);
            Map<Integer, Long> others = ends(Files.readAllBytes(folder.resolve(otherName)));
            for (int bit = 0; bit < 8 * whole.length; bit++) {
                byte[] flipped = whole.clone();
                flipped[bit / 8] ^= (byte) (1 << bit % 8);
                Map<Integer, Long> left = new TreeMap<>(ends);
                left.values().remove(hit(ends, bit / 8));
                JournalScan scan = new JournalScan();
                scan.read(folder.resolve(name), ByteBuffer.wrap(flipped), format);
                assertFalse(scan.clean, name + " bit " + bit);
                assertFalse(scan.finding.isEmpty(), name + " bit " + bit);
                for (int type : new int[] {1, 2, 3, 9}) {
                    JournalRecord record = scan.last[type];
                    long sequence = record == null ? 0 : record.sequence();
                    assertEquals(lastOf(type, left, Integer.MAX_VALUE), sequence, name + " bit " + bit);
                    assertTrue(record == null || record.payload().equals(payload(type, sequence)), "bit " + bit);
                }
                if (bit % 61 == 0) {
                    Files.write(folder.resolve(name), flipped);
                    assertTheBestOfBoth(left, others, name + " bit " + bit);
                }
                flips++;
            }
            Files.write(folder.resolve(name), whole);
        }
        assertTrue(flips > 8 * 1024, flips + " flips");
    }

    private void assertTheBestOfBoth(Map<Integer, Long> one, Map<Integer, Long> other, String where)
            throws IOException {
        try (Journal journal = Journal.open(folder, SMALL)) {
            for (int type : new int[] {1, 2, 3, 9}) {
                long expected = Math.max(lastOf(type, one, Integer.MAX_VALUE), lastOf(type, other, Integer.MAX_VALUE));
                assertEquals(expected, checked(journal, type), where + ", type " + type);
            }
            assertEquals(1, journal.findings().size(), where);
        }
    }

    private static long hit(Map<Integer, Long> ends, int at) {
        for (Map.Entry<Integer, Long> e : ends.entrySet()) {
            if (at < 16) {
                return 0;
            }
            if (at < e.getKey()) {
                return e.getValue();
            }
        }
        return 0;
    }

    @Test
    void goesOnAfterAnyCutAndLosesNothingThatWasWhole() throws IOException {
        fill(60);
        Map<String, byte[]> files = files();
        byte[] whole = Objects.requireNonNull(files.get("memory.a"));
        for (int cut = 0; cut <= whole.length; cut += 7) {
            restore(files);
            Files.write(folder.resolve("memory.a"), Arrays.copyOf(whole, cut));
            long[] before = new long[10];
            try (Journal journal = Journal.open(folder, SMALL)) {
                for (int type = 1; type < 10; type++) {
                    before[type] = checked(journal, type);
                }
                long n = journal.sequence() + 1;
                journal.append(2, 3, 1e9 + n, n, payload(2, n));
                before[2] = n;
            }
            try (Journal journal = Journal.open(folder, SMALL)) {
                for (int type = 1; type < 10; type++) {
                    assertEquals(before[type], checked(journal, type), "cut at " + cut + ", type " + type);
                }
                if (cut != 0) {
                    assertTrue(
                            journal.findings().size() <= 1, journal.findings().toString());
                }
            }
        }
    }

    /** Power may go at any moment of a change of generation: before, while and after the new file is written, and around its rename. */
    @Test
    void aChangeOfGenerationIsCutAtEveryByte() throws IOException {
        fill(30);
        byte[] newer;
        long newest;
        Path full = Files.createDirectory(base.resolve("full"));
        Map<String, byte[]> files = files();
        for (Map.Entry<String, byte[]> e : files.entrySet()) {
            Files.write(full.resolve(e.getKey()), e.getValue());
        }
        long[] before = new long[10];
        try (Journal journal = Journal.open(full, SMALL)) {
            byte[] a = Files.readAllBytes(full.resolve("memory.a"));
            byte[] b = Files.readAllBytes(full.resolve("memory.b"));
            while (Arrays.equals(Arrays.copyOf(a, 16), Arrays.copyOf(Files.readAllBytes(full.resolve("memory.a")), 16))
                    && Arrays.equals(
                            Arrays.copyOf(b, 16), Arrays.copyOf(Files.readAllBytes(full.resolve("memory.b")), 16))) {
                files = files(full);
                append(journal, 1);
            }
            newest = journal.sequence();
        }
        byte[] a = Files.readAllBytes(full.resolve("memory.a"));
        newer = Arrays.equals(a, files.get("memory.a")) ? Files.readAllBytes(full.resolve("memory.b")) : a;
        restore(files);
        try (Journal journal = Journal.open(folder, SMALL)) {
            for (int type = 1; type < 10; type++) {
                before[type] = checked(journal, type);
            }
        }
        Map<Integer, Long> ends = ends(newer);
        for (int cut = 0; cut <= newer.length; cut++) {
            restore(files);
            typeOf.put(newest, 1); // an append after an earlier cut may have taken its number
            Files.write(folder.resolve("memory.next"), Arrays.copyOf(newer, cut));
            long[] then = new long[10];
            try (Journal journal = Journal.open(folder, SMALL)) {
                for (int type = 1; type < 10; type++) {
                    then[type] = checked(journal, type);
                    assertTrue(then[type] == before[type] || (type == 1 && then[type] == newest), "cut " + cut);
                }
                assertEquals(lastOf(1, ends, cut) == newest, then[1] == newest, "cut " + cut);
                append(journal, 3);
                then[3] = journal.sequence();
            }
            try (Journal journal = Journal.open(folder, SMALL)) {
                for (int type = 1; type < 10; type++) {
                    assertEquals(then[type], checked(journal, type), "after the next append, cut " + cut);
                }
            }
        }
    }

    private Map<String, byte[]> files() throws IOException {
        return files(folder);
    }

    private static Map<String, byte[]> files(Path from) throws IOException {
        Map<String, byte[]> files = new TreeMap<>();
        for (String name : new String[] {"memory.a", "memory.b"}) {
            files.put(name, Files.readAllBytes(from.resolve(name)));
        }
        return files;
    }

    private void restore(Map<String, byte[]> files) throws IOException {
        Files.deleteIfExists(folder.resolve("memory.next"));
        for (Map.Entry<String, byte[]> e : files.entrySet()) {
            Files.write(folder.resolve(e.getKey()), e.getValue());
        }
    }

    @Test
    void zeroesAfterTheLastRecordAreNoRecords() throws IOException {
        fill(5);
        byte[] whole = Files.readAllBytes(folder.resolve("memory.b"));
        Files.write(folder.resolve("memory.b"), Arrays.copyOf(whole, whole.length + 300));
        try (Journal journal = Journal.open(folder, SMALL)) {
            assertEquals(5, journal.sequence());
            assertEquals(1, journal.findings().size());
            append(journal, 1);
        }
        try (Journal journal = Journal.open(folder, SMALL)) {
            assertEquals(6, checked(journal, 1));
        }
    }

    @ParameterizedTest
    @CsvSource({"0, false", "1, true", "15, true", "16, true", "999, true", "1000, true"})
    void garbageIsUnknownAndKeptAside(int bytes, boolean told) throws IOException {
        byte[] garbage = new byte[bytes];
        for (int i = 0; i < bytes; i++) {
            garbage[i] = (byte) (i * 37 + (i >> 3) ^ 0x5A);
        }
        Files.write(folder.resolve("memory.a"), garbage);
        Files.write(folder.resolve("memory.b"), garbage);
        try (Journal journal = Journal.open(folder, SMALL)) {
            assertEquals(0, journal.sequence());
            for (int type = 1; type < 256; type++) {
                assertFalse(journal.found(type).isPresent());
            }
            assertEquals(told ? 2 : 0, journal.findings().size());
            for (int i = 0; i < 40; i++) {
                append(journal, 1);
            }
        }
        try (Journal journal = Journal.open(folder, SMALL)) {
            assertEquals(40, checked(journal, 1));
        }
        boolean aside =
                Files.exists(folder.resolve("memory.a.aside")) && Files.exists(folder.resolve("memory.b.aside"));
        assertEquals(bytes >= 16, aside);
        if (aside) {
            assertEquals(
                    ByteBuffer.wrap(garbage), ByteBuffer.wrap(Files.readAllBytes(folder.resolve("memory.a.aside"))));
        }
    }

    @Test
    void aForeignVersionIsToldAndKeptAside() throws IOException {
        fill(60);
        for (String name : new String[] {"memory.a", "memory.b"}) {
            byte[] bytes = Files.readAllBytes(folder.resolve(name));
            ByteBuffer b = ByteBuffer.wrap(bytes);
            b.putShort(4, (short) 9);
            CRC32C crc = new CRC32C();
            crc.update(bytes, 0, 12);
            b.putInt(12, (int) crc.getValue());
            Files.write(folder.resolve(name), bytes);
        }
        try (Journal journal = Journal.open(folder, SMALL)) {
            assertEquals(0, journal.sequence(), "records of a version we do not know are not read");
            assertEquals(2, journal.findings().size());
            String told = journal.findings().get(0);
            assertTrue(told.contains("memory.a: found a journal of version 9, expected version 1"), told);
            append(journal, 1);
        }
        assertTrue(Files.exists(folder.resolve("memory.b.aside")), "the older place is taken first");
        assertFalse(Files.exists(folder.resolve("memory.a.aside")), "and the other one when it is needed");
    }

    @Test
    void aMissingFolderIsOneClearLine() {
        Path none = folder.resolve("none");
        String told =
                assertThrows(IOException.class, () -> Journal.open(none, SMALL)).getMessage();
        assertEquals(none + ": found no such folder, expected the folder of the journal", told);
    }

    @Test
    void aFileIsNoFolder() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "x");
        String told =
                assertThrows(IOException.class, () -> Journal.open(file, SMALL)).getMessage();
        assertEquals(file + ": found a file, expected the folder of the journal", told);
    }

    @Test
    void hasOneWriterAtATime() throws IOException {
        try (Journal journal = Journal.open(folder, SMALL)) {
            String told = String.valueOf(assertThrows(IOException.class, () -> Journal.open(folder, SMALL))
                    .getMessage());
            assertTrue(told.endsWith("found the journal open elsewhere, expected to be its only writer"), told);
            append(journal, 1);
        }
        try (Journal journal = Journal.open(folder, SMALL)) {
            assertEquals(1, checked(journal, 1));
        }
    }

    @Test
    void forcesAsOftenAsItWasTold() throws IOException {
        // what was not forced is not lost to a killed process: the bytes are the system's
        try (Journal journal = Journal.open(folder, new JournalSettings(1 << 16, 60.0))) {
            for (int i = 0; i < 5; i++) {
                append(journal, 1);
            }
            Path copy = Files.createDirectory(base.resolve("copy"));
            Files.copy(folder.resolve("memory.b"), copy.resolve("memory.b"));
            try (Journal other = Journal.open(copy, SMALL)) {
                assertEquals(5, checked(other, 1));
            }
            journal.force(0L);
        }
    }

    @Test
    void saysWhatItWrote() throws IOException {
        try (Journal journal = Journal.open(folder, new JournalSettings(1 << 16, 0.0))) {
            append(journal, 1);
            assertEquals(16 + 26 + payload(1, 1).remaining(), journal.bytesWritten());
            append(journal, 1);
            assertEquals(16 + 2 * 26 + payload(1, 1).remaining() + payload(1, 2).remaining(), journal.bytesWritten());
            assertTrue(journal.folderForced());
        }
    }

    @Test
    void takesTheLongestPayloadAndNoLonger() throws IOException {
        try (Journal journal = Journal.open(folder, SMALL)) {
            ByteBuffer most = ByteBuffer.allocate(Journal.MOST_PAYLOAD);
            most.put(65_534, (byte) 7);
            journal.append(1, 0, Double.NaN, 0L, most);
            ByteBuffer more = ByteBuffer.allocate(Journal.MOST_PAYLOAD + 1);
            assertThrows(IllegalArgumentException.class, () -> journal.append(1, 0, 0.0, 0L, more));
        }
        try (Journal journal = Journal.open(folder, SMALL)) {
            JournalRecord record = journal.found(1).orElseThrow();
            assertEquals(Journal.MOST_PAYLOAD, record.payload().remaining());
            assertEquals(7, record.payload().get(65_534));
            assertTrue(Double.isNaN(record.utcS()));
        }
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "256, 0", "-1, 0", "1, -1", "1, 256"})
    void refusesNumbersThatDoNotFit(int type, int version) throws IOException {
        try (Journal journal = Journal.open(folder, SMALL)) {
            assertThrows(
                    IllegalArgumentException.class,
                    () -> journal.append(type, version, 0.0, 0L, ByteBuffer.allocate(1)));
            assertEquals(0, journal.sequence());
        }
    }

    @ParameterizedTest
    @CsvSource({"1023, 0", "268435457, 0", "1024, -1", "1024, NaN"})
    void refusesSettingsThatDoNotFit(int bytes, double forceEveryS) {
        assertThrows(IllegalArgumentException.class, () -> new JournalSettings(bytes, forceEveryS));
    }
}
