package io.github.bms4j.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.bms4j.cell.CellType;
import io.github.bms4j.cell.PackLayout;
import io.github.bms4j.cell.SampleCells;
import io.github.bms4j.estimate.CapacityEstimator;
import io.github.bms4j.estimate.CapacitySettings;
import io.github.bms4j.estimate.PackEstimate;
import io.github.bms4j.estimate.ResistanceTrend;
import io.github.bms4j.measure.PackSample;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Five groups of two 3 Ah cells that stand at 50, 51 … 54 % and are known to a point. */
class PackJournalTest {
    private static final CellType TYPE = SampleCells.straight();
    private static final PackLayout LAYOUT = new PackLayout(5, 2, 1);
    private static final MemorySettings STANDARD = MemorySettings.standard();
    private static final double UTC_S = 1.8e9;
    private static final double DAY_S = 86_400.0;

    @TempDir
    private Path folder;

    private final PackSample sample = new PackSample(LAYOUT);
    private final PackEstimate estimate = new PackEstimate(LAYOUT);

    private PackJournal open() throws IOException {
        return PackJournal.open(folder, TYPE, LAYOUT, STANDARD);
    }

    private void know(long nanos, double packA) {
        sample.begin(nanos);
        sample.readCurrent(packA);
        sample.readTemperature(0, 25.0);
        for (int c = 0; c < 5; c++) {
            sample.readCellVoltage(c, 3.6);
            estimate.cell(c, 0.50 + 0.01 * c, 0.010 + 0.001 * c, 0.0, 0.0, 3.6);
        }
        estimate.close(nanos);
    }

    private void learn() {
        CapacityEstimator capacity = new CapacityEstimator(TYPE, LAYOUT, CapacitySettings.standard());
        ResistanceTrend resistance = new ResistanceTrend(TYPE, LAYOUT);
        for (int c = 0; c < 5; c++) {
            capacity.start(c, 2.7 - 0.01 * c, 0.05);
            if (c != 2) {
                resistance.start(c, 1.2 + 0.01 * c, 0.2, estimate);
            }
        }
        capacity.step(sample, estimate);
    }

    @Test
    void everythingComesBackWithinItsResolution() throws IOException {
        know(0L, 4.5);
        learn();
        try (PackJournal journal = open()) {
            journal.memory().faults(List.of(new StoredFault(0x0A1234, 9, 3, UTC_S - 5.0, Double.NaN)));
            journal.memory().leases(List.of(new Lease("grid limit €", 11_000.0, 900.0), new Lease("mode", -1.0, 1e9)));
            assertTrue(journal.step(0L, UTC_S, sample, estimate));
        }
        try (PackJournal journal = open()) {
            PackMemory memory = journal.memory();
            assertEquals(List.of(), journal.findings());
            for (int c = 0; c < 5; c++) {
                assertEquals(0.50 + 0.01 * c, memory.soc(c), 0.5 * FixedPoint.SOC.step() + 1e-12);
                double sigma = 0.010 + 0.001 * c;
                assertTrue(memory.socSigma(c) >= sigma && memory.socSigma(c) < sigma + 8e-6, "never surer");
                assertEquals(2.7 - 0.01 * c, memory.capacityAh(c), 3.0 * 1.6e-5);
                double sigmaAh = estimate.health().capacitySigmaAh(c);
                assertTrue(memory.capacitySigmaAh(c) >= sigmaAh - 1e-12, "never surer");
                assertEquals(sigmaAh, memory.capacitySigmaAh(c), 3e-5);
                if (c == 2) {
                    assertTrue(Double.isNaN(memory.resistanceRatio(c)), "unknown stays unknown");
                    assertTrue(Double.isNaN(memory.resistanceSigma(c)), "unknown stays unknown");
                } else {
                    assertEquals(1.2 + 0.01 * c, memory.resistanceRatio(c), 1e-4);
                    assertEquals(0.2, memory.resistanceSigma(c), 1e-4);
                }
            }
            assertEquals(4.5 / 2.0 / 3.0, memory.ratePerH(), 1e-6);
            assertTrue(Double.isNaN(memory.currentBiasA()));
            assertEquals(List.of(new StoredFault(0x0A1234, 9, 3, UTC_S - 5.0, Double.NaN)), memory.faults());
            assertEquals(2, memory.leases().size());
            assertEquals(
                    List.of(new Lease("grid limit €", 11_000.0, 300.0), new Lease("mode", -1.0, 1e9 - 600.0)),
                    journal.restart(UTC_S + 600.0).leases());
            assertEquals(1, journal.restart(UTC_S + 900.0).leases().size(), "a lease ends though the power was off");
            assertEquals(List.of(), journal.restart(Double.NaN).leases(), "and when nobody knows how long it was");
            assertEquals(5, memory.cells());
        }
    }

    @ParameterizedTest
    @CsvSource({
        // time off, sigma that comes of 1 point: rule 2/30 points a day, 15 points unknown, 10 s at 1C unseen
        "0.0,       1.0, false, KNOWN",
        "86400.0,   1.0, false, KNOWN",
        "2592000.0, 3.0, false, KNOWN",
        "2592000.0, 3.0, true,  KNOWN",
        "NaN,       1.0, false, TIME_UNKNOWN",
        "-60.0,     1.0, false, KNOWN",
        "-121.0,    1.0, false, TIME_UNKNOWN",
        "Infinity,  1.0, true,  TIME_UNKNOWN",
    })
    void aMemoryIsWorthLessTheLongerThePowerWasOff(double offS, double rate, boolean orderly, Restart.Verdict verdict)
            throws IOException {
        know(0L, rate * 6.0);
        try (PackJournal journal = open()) {
            if (orderly) {
                journal.close(0L, UTC_S, sample, estimate);
            } else {
                journal.step(0L, UTC_S, sample, estimate);
            }
        }
        try (PackJournal journal = open()) {
            Restart restart = journal.restart(UTC_S + offS);
            assertEquals(verdict, restart.verdict());
            assertTrue(restart.known());
            assertEquals(orderly, restart.orderly());
            boolean timed = verdict == Restart.Verdict.KNOWN;
            double days = timed ? Math.max(0.0, offS) / DAY_S : 0.0;
            double window = timed ? Math.min(10.0, Math.max(0.0, offS)) : 10.0;
            double unseen = orderly ? 0.0 : rate * window / 3600.0 / Math.sqrt(3.0);
            double aged = timed ? 0.02 / 30.0 * days : 0.15;
            for (int c = 0; c < 5; c++) {
                double sigma = 0.010 + 0.001 * c;
                assertEquals(0.50 + 0.01 * c - 0.02 / 30.0 * days, restart.soc(c), 1e-5);
                assertEquals(Math.sqrt(sigma * sigma + aged * aged + unseen * unseen), restart.sigma(c), 1e-5);
                assertTrue(restart.sigma(c) >= sigma, "never surer than it was");
            }
            assertEquals(timed ? Math.max(0.0, offS) : Double.NaN, restart.offS());
        }
    }

    @Test
    void aVeryOldMemorySaysNoMoreThanNothing() throws IOException {
        know(0L, 0.0);
        try (PackJournal journal = open()) {
            journal.close(0L, UTC_S, sample, estimate);
        }
        try (PackJournal journal = open()) {
            assertTrue(journal.restart(UTC_S + 430.0 * DAY_S).known());
            Restart old = journal.restart(UTC_S + 440.0 * DAY_S);
            assertEquals(Restart.Verdict.TOO_OLD, old.verdict());
            assertUnknown(old);
            assertEquals("SOC unknown: record too old", old.toString());
        }
    }

    private static void assertUnknown(Restart restart) {
        assertFalse(restart.known());
        for (int c = 0; c < restart.cells(); c++) {
            assertEquals(Restart.UNKNOWN_SOC, restart.soc(c), "an unknown SOC is not 0");
            assertEquals(Restart.UNKNOWN_SIGMA, restart.sigma(c));
        }
    }

    @Test
    void anEmptyCellStaysWithinTheRange() throws IOException {
        know(0L, 0.0);
        for (int c = 0; c < 5; c++) {
            estimate.cell(c, 0.01 * c, 0.01, 0.0, 0.0, 3.2);
        }
        estimate.close(0L);
        try (PackJournal journal = open()) {
            journal.close(0L, UTC_S, sample, estimate);
        }
        try (PackJournal journal = open()) {
            Restart restart = journal.restart(UTC_S + 30.0 * DAY_S);
            assertEquals(0.0, restart.soc(0));
            assertEquals(0.02, restart.soc(4), 1e-4);
            assertEquals("SOC remembered, 30.0 d off, mean 0.6 % ± 2.2 %", restart.toString());
        }
    }

    @Test
    void nothingIsUnknownAndSaysSo() throws IOException {
        try (PackJournal journal = open()) {
            Restart restart = journal.restart(UTC_S);
            assertEquals(Restart.Verdict.NO_RECORD, restart.verdict());
            assertUnknown(restart);
            assertEquals("SOC unknown: no record", restart.toString());
            assertFalse(journal.step(0L, UTC_S, sample, estimate), "nothing is known, so nothing is written");
            assertEquals(0, journal.bytesWritten());
        }
    }

    @Test
    void theRecordsOfAnotherPackAreNotTaken() throws IOException {
        know(0L, 0.0);
        try (PackJournal journal = open()) {
            journal.memory().faults(List.of(new StoredFault(1, 1, 1, 0.0, 0.0)));
            journal.memory().leases(List.of(new Lease("a", 1.0, 1e9)));
            journal.step(0L, UTC_S, sample, estimate);
        }
        PackLayout other = new PackLayout(5, 3, 1);
        try (PackJournal journal = PackJournal.open(folder, TYPE, other, STANDARD)) {
            Restart restart = journal.restart(UTC_S);
            assertEquals(Restart.Verdict.OTHER_PACK, restart.verdict());
            assertUnknown(restart);
            assertEquals(List.of(), journal.memory().faults());
            assertEquals(List.of(), journal.memory().leases());
            assertTrue(Double.isNaN(journal.memory().capacityAh(0)));
            assertEquals(0.0, journal.life().seenS());
            assertEquals(6, journal.findings().size());
            assertEquals(
                    "memory of state: found another pack's, expected this pack's; taken as unknown",
                    journal.findings().get(0));
        }
        CellType richer = SampleCells.rich();
        try (PackJournal journal = PackJournal.open(folder, richer, LAYOUT, STANDARD)) {
            assertEquals(Restart.Verdict.OTHER_PACK, journal.restart(UTC_S).verdict());
        }
        try (PackJournal journal = open()) {
            assertTrue(journal.restart(UTC_S).known(), "its own pack takes it still");
        }
    }

    @Test
    void writesStateAndHealthAtTheirTimesAndChangesAtOnce() throws IOException {
        know(0L, 0.0);
        try (PackJournal journal = open()) {
            assertTrue(journal.step(0L, UTC_S, sample, estimate));
            long both = journal.bytesWritten();
            assertFalse(journal.step(9_900_000_000L, UTC_S, sample, estimate));
            assertTrue(journal.step(10_000_000_000L, UTC_S, sample, estimate));
            long state = journal.bytesWritten() - both;
            assertEquals(RecordFormat.FRAME + MemoryCodec.stateBytes(5) + 4 + 1, state);
            journal.memory().faults(List.of(new StoredFault(1, 1, 1, 0.0, 0.0)));
            assertTrue(journal.step(10_000_000_001L, UTC_S, sample, estimate));
            assertFalse(journal.step(10_000_000_002L, UTC_S, sample, estimate));
            journal.memory().leases(List.of(new Lease("a", 1.0, 5.0)));
            assertTrue(journal.step(10_000_000_003L, UTC_S, sample, estimate));
            long before = journal.bytesWritten();
            assertTrue(journal.step(600_000_000_000L, UTC_S, sample, estimate));
            long health = journal.bytesWritten() - before - state;
            int learned = CarriedCodec.learnedBytes(5);
            assertEquals(3 * RecordFormat.FRAME + MemoryCodec.healthBytes(5) + learned + 8 + LifeFigures.BYTES, health);
        }
    }

    @Test
    void faultsAreKeptEvenWhileNothingIsEstimated() throws IOException {
        try (PackJournal journal = open()) {
            journal.memory().faults(List.of(new StoredFault(77, 1, 2, 3.0, 4.0)));
            assertTrue(journal.step(0L, Double.NaN, sample, estimate));
        }
        try (PackJournal journal = open()) {
            assertEquals(77, journal.memory().faults().get(0).dtc());
            assertFalse(journal.restart(UTC_S).known());
        }
    }

    @Test
    void theLifeGoesOnWhereItWas() throws IOException {
        for (int run = 1; run <= 3; run++) {
            try (PackJournal journal = open()) {
                for (int k = 0; k <= 3600; k++) {
                    know(k * 1_000_000_000L, 6.0);
                    journal.life().step(sample, estimate);
                }
                journal.close(0L, UTC_S + run, sample, estimate);
                assertEquals(6.0 * run, journal.life().dischargedAh(), 1e-9);
                assertEquals(3600.0 * run, journal.life().seenS(), 1e-6);
                assertEquals(UTC_S + 1, journal.life().sinceUtcS(), "counted since the first run");
            }
        }
    }

    /** Each record damaged by itself: that part is unknown or as old as the last good one, all others come back. */
    @Test
    void oneDamagedPartLeavesTheOthers() throws IOException {
        know(0L, 0.0);
        learn();
        try (PackJournal journal = open()) {
            journal.memory().faults(List.of(new StoredFault(1, 1, 1, 0.0, 0.0)));
            journal.memory().carried().difference(0, 0.1, 0.01);
            journal.step(0L, UTC_S, sample, estimate);
        }
        Path file = folder.resolve("memory.b");
        byte[] whole = Files.readAllBytes(file);
        for (int at = 16; at < whole.length; at += 5) {
            byte[] damaged = whole.clone();
            damaged[at] ^= 4;
            Files.write(file, damaged);
            try (PackJournal journal = open()) {
                int known = (journal.restart(UTC_S).known() ? 1 : 0)
                        + (Double.isNaN(journal.memory().capacityAh(0)) ? 0 : 1)
                        + journal.memory().faults().size()
                        + (Double.isNaN(journal.life().sinceUtcS()) ? 0 : 1)
                        + (Double.isNaN(journal.memory().carried().differenceAh(0)) ? 0 : 1)
                        + (namesItsPack() ? 1 : 0);
                assertEquals(5, known, "of six parts with byte " + at + " damaged");
                assertEquals(1, journal.findings().size());
            }
        }
    }

    private boolean namesItsPack() {
        try {
            return PackHistory.read(folder).kind().equals(PackKind.of(TYPE, LAYOUT));
        } catch (IOException e) {
            return false;
        }
    }

    @ParameterizedTest
    @CsvSource({
        "1, 26", "1, 1000", "2, 4", "3, 9", "3, 39", "4, 11", "4, 12", "4, 30", "5, 3", "5, 900", "3, 12", "5, 9"
    })
    void aPayloadOfAnotherFormIsUnknown(int type, int bytes) throws IOException {
        try (Journal raw = Journal.open(folder, STANDARD.journal())) {
            ByteBuffer payload = ByteBuffer.allocate(bytes);
            if (bytes >= 10) {
                payload.putLong(new PackMemory(TYPE, LAYOUT).identity).putShort((short) 5);
            }
            if (bytes > 12 && type >= 3) {
                payload.putShort(10, (short) 2);
            }
            raw.append(type, 1, UTC_S, 0L, payload.rewind());
        }
        try (PackJournal journal = open()) {
            assertFalse(journal.restart(UTC_S).known());
            assertEquals(List.of(), journal.memory().faults());
            assertEquals(List.of(), journal.memory().leases());
            boolean whole = type >= 3 && type < 5 && bytes == 12;
            assertEquals(
                    whole ? 0 : 1, journal.findings().size(), journal.findings().toString());
        }
    }

    @Test
    void aPayloadOfAnotherVersionIsUnknown() throws IOException {
        know(0L, 0.0);
        try (Journal raw = Journal.open(folder, STANDARD.journal())) {
            PackMemory memory = new PackMemory(TYPE, LAYOUT);
            memory.take(sample, estimate);
            ByteBuffer payload = ByteBuffer.allocate(MemoryCodec.stateBytes(5) + 5);
            MemoryCodec.writeState(memory, true, 10.0, payload);
            raw.append(MemoryCodec.STATE, 3, UTC_S, 0L, payload.flip());
        }
        try (PackJournal journal = open()) {
            assertFalse(journal.restart(UTC_S).known());
            assertEquals(
                    List.of("memory of state: found a form this version does not know, expected this pack's; taken as"
                            + " unknown"),
                    journal.findings());
        }
    }

    @Test
    void theFolderMustBeThere() {
        Path none = folder.resolve("none");
        assertThrows(IOException.class, () -> PackJournal.open(none, TYPE, LAYOUT, STANDARD));
    }
}
