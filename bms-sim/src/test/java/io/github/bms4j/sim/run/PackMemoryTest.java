package io.github.bms4j.sim.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.bms4j.cell.PackLayout;
import io.github.bms4j.control.BatterySettings;
import io.github.bms4j.estimate.PackEstimate;
import io.github.bms4j.journal.JournalSettings;
import io.github.bms4j.journal.MemorySettings;
import io.github.bms4j.journal.PackJournal;
import io.github.bms4j.journal.Restart;
import io.github.bms4j.sim.cell.PackSpread;
import io.github.bms4j.sim.cell.SimPack;
import io.github.bms4j.sim.random.NoiseSource;
import io.github.bms4j.sim.sensor.SensorFlaws;
import io.github.bms4j.sim.sensor.SimSensors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A 24s10p pack that loses its power in the middle of a drive, and one that stands for a month. */
class PackMemoryTest {
    private static final PackLayout LAYOUT = new PackLayout(24, 10, 4);
    private static final BatterySettings BATTERY = BatterySettings.standard(ShippedData.cell(), LAYOUT);
    private static final double UTC_S = 1.8e9;
    private static final double DAY_S = 86_400.0;

    @TempDir
    private Path folder;

    private static SimPack pack(long seed, double soc) {
        return new SimPack(ShippedData.truth(), LAYOUT, PackSpread.oneBatch(), 1.0, soc, 25.0, new NoiseSource(seed));
    }

    /** The sensors of a seed have the same offsets whenever they are made. */
    private static ChargeBench bench(SimPack pack, long seed) {
        return new ChargeBench(
                BATTERY, pack, new SimSensors(pack, SensorFlaws.goodPack(), new NoiseSource(seed + 1000)), 25.0);
    }

    private static double drive(double s) {
        return 12.0 + 10.0 * StrictMath.sin(0.05 * s) + 6.0 * StrictMath.sin(0.61 * s);
    }

    private PackJournal journal() throws IOException {
        return PackJournal.open(folder, BATTERY.cell(), LAYOUT, MemorySettings.standard());
    }

    /** Drives and keeps the journal; the power goes at the end of the last second. */
    private static void run(ChargeBench bench, PackJournal journal, double utcS, int seconds) throws IOException {
        bench.drive((fromS, toS) -> drive(fromS));
        for (int s = 0; s < seconds; s++) {
            bench.runFor(1.0);
            long now = bench.clock().nowNanos();
            journal.step(
                    now, utcS + bench.nowS(), bench.sample(), bench.manager().estimate());
        }
    }

    private static double worstInSigmas(PackEstimate estimate, SimPack pack) {
        double worst = 0.0;
        for (int c = 0; c < LAYOUT.cells(); c++) {
            worst = Math.max(worst, Math.abs(estimate.soc(c) - pack.soc(c)) / estimate.socSigma(c));
        }
        return worst;
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void aDriveGoesOnWithTheSameEstimateAfterTheProcessWasKilled(long seed) throws IOException {
        SimPack pack = pack(seed, 0.7);
        ChargeBench before = bench(pack, seed);
        before.start(0.7, 0.05);
        try (PackJournal journal = journal()) { // ends without a last word, as a kill does
            run(before, journal, UTC_S, 407);
        }
        PackEstimate known = before.manager().estimate();
        ChargeBench after = bench(pack, seed);
        try (PackJournal journal = journal()) {
            assertEquals(0, journal.findings().size());
            Restart restart = journal.restart(UTC_S + 407.0 + 8.0);
            assertEquals(Restart.Verdict.KNOWN, restart.verdict());
            assertFalse(restart.orderly());
            assertTrue(restart.offS() >= 8.0 && restart.offS() <= 18.0, "off " + restart.offS());
            for (int c = 0; c < LAYOUT.cells(); c++) {
                double off = Math.abs(restart.soc(c) - known.soc(c));
                assertTrue(off <= restart.sigma(c), "seed " + seed + " cell " + c + " off by " + off);
                assertTrue(
                        restart.sigma(c) < known.socSigma(c) + 0.005, "no surer and hardly less: " + restart.sigma(c));
            }
            after.restore(restart);
            run(after, journal, UTC_S + 415.0, 300);
        }
        PackEstimate estimate = after.manager().estimate();
        assertTrue(worstInSigmas(estimate, pack) < 3.0, "seed " + seed + ": " + worstInSigmas(estimate, pack));
        ChargeBench without = bench(pack, seed);
        without.start(Restart.UNKNOWN_SOC, Restart.UNKNOWN_SIGMA);
        without.runFor(1.0);
        assertTrue(estimate.socSigma(0) < without.manager().estimate().socSigma(0), "a memory is worth something");
    }

    @ParameterizedTest
    @CsvSource({"1, 0.02", "2, 0.0", "3, 0.04", "4, 0.01"})
    void aMonthLaterTheEstimateIsHonest(long seed, double lost) throws IOException {
        SimPack driven = pack(seed, 0.7);
        ChargeBench before = bench(driven, seed);
        before.start(0.7, 0.03);
        try (PackJournal journal = journal()) {
            run(before, journal, UTC_S, 300);
            journal.close(
                    before.clock().nowNanos(),
                    UTC_S + 300.0,
                    before.sample(),
                    before.manager().estimate());
        }
        double left = driven.soc(0) - lost - pack(seed, 0.0 + 0.5).soc(0) + 0.5;
        SimPack stood = pack(seed, left); // the same cells after a month of losing charge
        assertEquals(driven.soc(0) - lost, stood.soc(0), 1e-9);
        ChargeBench after = bench(stood, seed);
        try (PackJournal journal = journal()) {
            Restart restart = journal.restart(UTC_S + 300.0 + 30.0 * DAY_S);
            assertTrue(restart.orderly());
            assertEquals(30.0 * DAY_S, restart.offS(), 1.0);
            assertTrue(restart.sigma(0) >= 0.02 && restart.sigma(0) < 0.06, "sigma " + restart.sigma(0));
            for (int c = 0; c < LAYOUT.cells(); c++) {
                double off = Math.abs(restart.soc(c) - stood.soc(c)) / restart.sigma(c);
                assertTrue(off < 2.5, "seed " + seed + " cell " + c + ": " + off + " sigma at the start");
            }
            after.restore(restart);
        }
        after.runFor(60.0);
        assertTrue(worstInSigmas(after.manager().estimate(), stood) < 3.0, "seed " + seed);
    }

    @Test
    void withoutAMemoryItStartsByVoltageAndNeverFromEmpty() throws IOException {
        SimPack pack = pack(6, 0.35);
        ChargeBench bench = bench(pack, 6);
        try (PackJournal journal = journal()) {
            Restart restart = journal.restart(UTC_S);
            assertEquals(Restart.Verdict.NO_RECORD, restart.verdict());
            assertFalse(restart.known());
            bench.restore(restart);
        }
        bench.runFor(60.0);
        PackEstimate estimate = bench.manager().estimate();
        assertTrue(Math.abs(estimate.packSoc() - pack.packSoc()) < 0.05, "found " + estimate.packSoc());
        assertTrue(worstInSigmas(estimate, pack) < 3.0, "sigmas off: " + worstInSigmas(estimate, pack));
    }

    /** What a day of driving without a stop costs the medium at the standard interval, for 96 cells. */
    @Test
    void theWearOfADayIsKnown() throws IOException {
        PackLayout layout = new PackLayout(96, 60, 12);
        BatterySettings battery = BatterySettings.standard(ShippedData.cell(), layout);
        ChargeBench bench = ChargeBench.of(battery, ShippedData.truth(), 0.5, 25.0, 1L);
        bench.start(0.5, 0.05);
        Path wear = Files.createDirectory(folder.resolve("wear"));
        MemorySettings often =
                new MemorySettings(10.0, 600.0, MemorySettings.standard().rule(), new JournalSettings(1 << 20, 1e9));
        try (PackJournal journal = PackJournal.open(wear, battery.cell(), layout, often)) {
            for (long s = 0; s < 86_400; s += 10) {
                journal.step(
                        s * 1_000_000_000L,
                        UTC_S + s,
                        bench.sample(),
                        bench.manager().estimate());
            }
            double megabytes = journal.bytesWritten() / 1e6;
            assertEquals(4.4, megabytes, 0.1, "MB a day");
        }
    }
}
