package io.github.bms4j.journal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.bms4j.cell.CellType;
import io.github.bms4j.cell.PackLayout;
import io.github.bms4j.cell.SampleCells;
import io.github.bms4j.estimate.PackEstimate;
import io.github.bms4j.measure.PackSample;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A pack of three cells that carries the number of the record in every figure, so that what belongs together can be told. */
class CarriedStateTest {
    private static final CellType TYPE = SampleCells.straight();
    private static final PackLayout LAYOUT = new PackLayout(3, 2, 1);
    private static final PackKind KIND = PackKind.of(TYPE, LAYOUT);
    private static final double UTC_S = 1.8e9;

    @TempDir
    private Path folder;

    private final PackSample sample = new PackSample(LAYOUT);
    private final PackEstimate estimate = new PackEstimate(LAYOUT);

    private static void fill(PackMemory memory, int k) {
        CarriedState carried = memory.carried();
        Arrays.fill(carried.loadsA2(4), 100.0 * k);
        carried.fuseHeatA2s(50.0 * k);
        Arrays.fill(carried.responsesV2(), 0.25 * k);
        for (int c = 0; c < 3; c++) {
            carried.difference(c, 0.125 * k, 0.5 * k);
        }
        carried.contactors(new StoredContactors(10.0 * k, k, 3 * k, 1e4 * k, List.of("WELDED_POSITIVE", "F" + k)));
        carried.findings(List.of(new StoredFinding("CELL_LEAK", k, 0.5 * k, 0.25 * k, k)));
        carried.frames(List.of(new StoredFrame(0x1B0000 + k, k, new double[] {k, -k, Double.NaN})));
        memory.faults(List.of(new StoredFault(0x1B0000 + k, 3, k, UTC_S, UTC_S + k, k, 4.25)));
    }

    private void know(int k) {
        sample.begin(k);
        sample.readCurrent(1.0);
        for (int c = 0; c < 3; c++) {
            estimate.cell(c, 0.5, 0.01, 0.0, 0.0, 3.6);
        }
        estimate.close(k);
    }

    /** Three records of everything; the last ends in order where asked to. */
    private void write(int last) throws IOException {
        MemorySettings often =
                new MemorySettings(1e-9, 1e-9, RestartRule.standard(), new JournalSettings(1 << 20, 1e9));
        try (PackJournal journal = PackJournal.open(folder, TYPE, LAYOUT, often)) {
            for (int k = 1; k <= last; k++) {
                know(k);
                fill(journal.memory(), k);
                assertTrue(journal.step(k, UTC_S + k, sample, estimate));
            }
        }
    }

    private static void assertAll(int k, PackMemory memory) {
        PackMemory wanted = new PackMemory(KIND);
        fill(wanted, k);
        CarriedState is = memory.carried();
        CarriedState want = wanted.carried();
        assertArrayEquals(want.loadsA2(), is.loadsA2());
        assertEquals(want.fuseHeatA2s(), is.fuseHeatA2s());
        assertArrayEquals(want.responsesV2(), is.responsesV2());
        for (int c = 0; c < 3; c++) {
            assertEquals(want.differenceAh(c), is.differenceAh(c));
            assertEquals(want.differenceSigmaAh(c), is.differenceSigmaAh(c));
        }
        assertEquals(want.contactors(), is.contactors());
        assertEquals(want.findings(), is.findings());
        assertEquals(want.frames(), is.frames());
        assertEquals(wanted.faults(), memory.faults());
    }

    @Test
    void everythingComesBack() throws IOException {
        write(2);
        try (PackJournal journal = PackJournal.open(folder, TYPE, LAYOUT, MemorySettings.standard())) {
            assertEquals(List.of(), journal.findings());
            assertAll(2, journal.memory());
            Restart restart = journal.restart(UTC_S + 62.0);
            assertEquals(60.0, restart.contactorsOffS(), 1e-6);
            assertEquals(60.0, restart.offS(), 1e-6);
            assertEquals(6.0, restart.unseenA(), 1e-6, "1C of two cells of 3 Ah");
            assertEquals(1e-9, restart.unseenS(), 1e-12, "until the next record was due");
            assertTrue(Double.isNaN(journal.restart(Double.NaN).contactorsOffS()));
        }
        assertAll(2, PackHistory.read(folder).memory());
        assertEquals(KIND, PackHistory.read(folder).kind());
        assertEquals("3s2p " + TYPE.name(), KIND.toString());
    }

    @Test
    void unknownStaysUnknown() throws IOException {
        know(1);
        try (PackJournal journal = PackJournal.open(folder, TYPE, LAYOUT, MemorySettings.standard())) {
            journal.memory().carried().difference(0, 0.5, Double.POSITIVE_INFINITY);
            journal.memory().carried().difference(1, Double.NaN, Double.NaN);
            journal.step(1L, UTC_S, sample, estimate);
        }
        CarriedState back = PackHistory.read(folder).memory().carried();
        assertEquals(0, back.loadsA2().length);
        assertTrue(Double.isNaN(back.fuseHeatA2s()) && Double.isNaN(back.responsesV2()[5]));
        assertTrue(Double.isNaN(back.differenceAh(0)) && Double.isNaN(back.differenceSigmaAh(0)));
        assertNull(back.contactors());
        assertEquals(List.of(), back.findings());
        assertEquals(List.of(), back.frames());
    }

    /** What changes is written when it changes and not again. */
    @Test
    void writesOnlyWhatHasChanged() throws IOException {
        know(1);
        try (PackJournal journal = PackJournal.open(folder, TYPE, LAYOUT, MemorySettings.standard())) {
            fill(journal.memory(), 1);
            assertTrue(journal.step(1L, UTC_S, sample, estimate));
            assertFalse(journal.step(2L, UTC_S, sample, estimate));
            assertFalse(journal.stateDue(2L));
            CarriedState carried = journal.memory().carried();
            carried.contactors(new StoredContactors(1.0, 0, 0, 0.0, List.of()));
            assertTrue(journal.step(3L, UTC_S, sample, estimate));
            carried.findings(List.of());
            assertTrue(journal.step(4L, UTC_S, sample, estimate));
            carried.frames(List.of(new StoredFrame(0x1B0001, 1, new double[] {1.0, -1.0})));
            assertTrue(journal.step(5L, UTC_S, sample, estimate));
            carried.frames(List.of(new StoredFrame(0x1B0001, 1, new double[] {1.0, -1.0})));
            assertFalse(journal.step(6L, UTC_S, sample, estimate));
            assertTrue(journal.stateDue(10_000_000_001L));
        }
    }

    /** The forms of version 1 have neither loads nor places of faults. */
    @Test
    void theEarlierFormsAreRead() throws IOException {
        know(1);
        PackMemory old = new PackMemory(KIND);
        old.take(sample, estimate);
        try (Journal raw = Journal.open(folder, JournalSettings.standard())) {
            ByteBuffer state = ByteBuffer.allocate(MemoryCodec.stateBytes(3) + 5);
            MemoryCodec.writeState(old, true, 10.0, state);
            raw.append(MemoryCodec.STATE, 1, UTC_S, 0L, state.flip().limit(MemoryCodec.stateBytes(3)));
            ByteBuffer faults = ByteBuffer.allocate(40);
            MemoryCodec.lead(old, faults);
            faults.putShort((short) 1)
                    .putInt(0x1B2719)
                    .putInt(1)
                    .putInt(5)
                    .putDouble(UTC_S)
                    .putDouble(UTC_S + 1.0);
            raw.append(MemoryCodec.FAULTS, 1, UTC_S, 0L, faults.flip());
        }
        try (PackJournal journal = PackJournal.open(folder, TYPE, LAYOUT, MemorySettings.standard())) {
            assertEquals(List.of(), journal.findings());
            assertTrue(journal.restart(UTC_S + 1.0).known());
            assertEquals(0, journal.memory().carried().loadsA2().length);
            StoredFault fault = journal.memory().faults().get(0);
            assertEquals(new StoredFault(0x1B2719, 1, 5, UTC_S, UTC_S + 1.0), fault);
            assertTrue(fault.stood() && fault.where() == -1 && Double.isNaN(fault.value()));
        }
    }

    private static Path whole(Path folder) {
        return folder.resolve("memory.b");
    }

    /** Every figure is that of one record, the last whole one of its kind; and the cut is told unless it is between two records. */
    @Test
    void aJournalCutAnywhereGivesTheLastGoodRecordAndSaysSo() throws IOException {
        write(3);
        byte[] all = Files.readAllBytes(whole(folder));
        Path cut = folder.resolve("cut.bmsj");
        int refused = 0;
        int before = 0;
        int told = 0;
        for (int length = 0; length < all.length; length++) {
            Files.write(cut, Arrays.copyOf(all, length));
            PackHistory history;
            try {
                history = PackHistory.read(cut);
            } catch (IOException e) {
                assertTrue(String.valueOf(e.getMessage()).startsWith(cut + ": found "), e.getMessage());
                refused++;
                continue;
            }
            int k = 0;
            for (double load : history.memory().carried().loadsA2()) {
                k = (int) Math.round(load / 100.0);
                assertEquals(100.0 * k, load);
            }
            assertTrue(k >= before && k <= 3, "cut at " + length + ": record " + k + " after " + before);
            assertEquals(
                    k > 0, history.restart(RestartRule.standard(), UTC_S + 10.0).known());
            before = k;
            StoredContactors contactors = history.memory().carried().contactors();
            if (contactors != null) {
                assertEquals(3 * contactors.failedTries(), contactors.closings());
                assertTrue(contactors.failedTries() >= k, "written before the state");
            }
            told += history.findings().size();
        }
        assertEquals(3, before);
        assertTrue(refused > 100 && refused < 700, refused + " lengths before the pack is named");
        int records = 1 + 3 * 8;
        assertTrue(told > all.length - refused - records - 5, told + " cuts told of " + (all.length - refused));
    }

    /** A flipped bit loses its own record and no other, and never gives another value. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6, 7})
    void aFlippedBitNeverGivesAnotherValue(int bit) throws IOException {
        write(2);
        byte[] all = Files.readAllBytes(whole(folder));
        Path flipped = folder.resolve("flipped.bmsj");
        for (int at = 0; at < all.length; at += 2) {
            byte[] damaged = all.clone();
            damaged[at] ^= (byte) (1 << bit);
            Files.write(flipped, damaged);
            CarriedState back;
            try {
                PackHistory history = PackHistory.read(flipped);
                assertEquals(1, history.findings().size(), "byte " + at);
                back = history.memory().carried();
            } catch (IOException e) {
                assertTrue(String.valueOf(e.getMessage()).contains(": found "), e.getMessage());
                continue;
            }
            for (double load : back.loadsA2()) {
                assertTrue(load == 100.0 || load == 200.0, "byte " + at + ": " + load);
            }
            for (StoredFinding finding : back.findings()) {
                assertEquals(0.5 * finding.index(), finding.value(), "byte " + at);
            }
            double ah = back.differenceAh(2);
            assertTrue(Double.isNaN(ah) || ah == 0.125 || ah == 0.25, "byte " + at + ": " + ah);
        }
    }

    /** Good records whose payload is not of the form: taken as unknown, told in one line. */
    @ParameterizedTest
    @CsvSource({
        "7, 10, 0",
        "7, 83, 0",
        "8, 12, 0",
        "8, 34, 0",
        "8, 35, 1",
        "9, 11, 0",
        "9, 13, 0",
        "10, 10, 0",
        "10, 14, 0"
    })
    void aPayloadOfAnotherFormIsUnknown(int type, int bytes, int good) throws IOException {
        try (Journal raw = Journal.open(folder, JournalSettings.standard())) {
            ByteBuffer payload = ByteBuffer.allocate(bytes);
            MemoryCodec.lead(new PackMemory(KIND), payload);
            if (type == 10 && bytes > 10) {
                payload.put(10, (byte) 1);
            }
            raw.append(type, 1, UTC_S, 0L, payload.rewind());
        }
        try (PackJournal journal = PackJournal.open(folder, TYPE, LAYOUT, MemorySettings.standard())) {
            assertEquals(1 - good, journal.findings().size(), journal.findings().toString());
            CarriedState carried = journal.memory().carried();
            assertEquals(good == 1, carried.contactors() != null);
            assertTrue(Double.isNaN(carried.differenceAh(0)));
            assertEquals(0, carried.findings().size() + carried.frames().size());
        }
    }

    @Test
    void whatIsNoHistoryIsOneLine() throws IOException {
        Path none = folder.resolve("none");
        assertEquals(
                none + ": found no such file, expected a journal",
                assertThrows(IOException.class, () -> PackHistory.read(none)).getMessage());
        assertEquals(
                folder + ": found a folder without a journal, expected a journal",
                assertThrows(IOException.class, () -> PackHistory.read(folder)).getMessage());
        Path text = Files.writeString(folder.resolve("text"), "time_s,current_a\n");
        String told = String.valueOf(
                assertThrows(IOException.class, () -> PackHistory.read(text)).getMessage());
        assertTrue(told.startsWith(text + ": found no record of a journal in its 17 bytes"), told);
        try (Journal raw = Journal.open(folder, JournalSettings.standard())) {
            raw.append(1, 1, UTC_S, 0L, ByteBuffer.allocate(30));
        }
        told = String.valueOf(
                assertThrows(IOException.class, () -> PackHistory.read(folder)).getMessage());
        assertEquals(folder + ": found no good record of what pack it is of, expected one", told);
        try (Journal raw = Journal.open(folder, JournalSettings.standard())) {
            raw.append(MemoryReader.KIND, 1, UTC_S, 0L, ByteBuffer.wrap(new byte[] {'x', '='}));
        }
        assertThrows(IOException.class, () -> PackHistory.read(folder));
    }

    @Test
    void aFolderIsReadWhileItIsWrittenTo() throws IOException {
        know(1);
        try (PackJournal journal = PackJournal.open(folder, TYPE, LAYOUT, MemorySettings.standard())) {
            assertNull(journal.file());
            journal.step(1L, UTC_S, sample, estimate);
            assertTrue(PackHistory.read(folder)
                    .restart(RestartRule.standard(), UTC_S)
                    .known());
            Path copy = Files.copy(Objects.requireNonNull(journal.file()), folder.resolve("copy.bmsj"));
            assertEquals(UTC_S, PackHistory.read(copy).memory().savedUtcS());
            assertEquals(3, PackHistory.read(copy).layout().cells());
        }
    }
}
