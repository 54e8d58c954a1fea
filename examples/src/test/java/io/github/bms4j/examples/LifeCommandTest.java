package io.github.bms4j.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.bms4j.cell.PackLayout;
import io.github.bms4j.control.BatterySettings;
import io.github.bms4j.journal.JournalSettings;
import io.github.bms4j.journal.MemorySettings;
import io.github.bms4j.protect.Fault;
import io.github.bms4j.sim.run.BenchMemory;
import io.github.bms4j.sim.run.ChargeBench;
import io.github.bms4j.sim.run.ShippedData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A drive of five minutes with a fault, kept and broken off, and what is read of it. */
class LifeCommandTest {
    private static final PackLayout LAYOUT = new PackLayout(8, 10, 2);
    private static final double UTC_S = 1_767_254_400.0;
    private static final MemorySettings MEMORY =
            new MemorySettings(10.0, 60.0, MemorySettings.standard().rule(), new JournalSettings(1 << 20, 1e9));

    @TempDir
    private Path folder;

    private Path file;

    @BeforeEach
    void drive() throws IOException {
        Path memory = Files.createDirectory(folder.resolve("memory"));
        BatterySettings battery = BatterySettings.vehicle(ShippedData.cell(), LAYOUT);
        ChargeBench bench = ChargeBench.of(battery, ShippedData.truth(), 0.7, 25.0, 1L);
        BenchMemory kept = BenchMemory.open(bench, battery, memory, MEMORY, UTC_S);
        kept.restore();
        bench.runFor(20.0);
        bench.drive((fromS, toS) -> 20.0);
        bench.runFor(240.0);
        bench.manager().report(Fault.INTERNAL_SHORT_SUSPECTED, true);
        bench.runFor(50.0);
        kept.cut();
        file = memory.resolve("memory.b");
    }

    private static CommandRun life(Object... args) {
        return CommandRun.of(Arrays.stream(args).map(Object::toString).toArray(String[]::new));
    }

    private static String line(CommandRun run, String what) {
        return run.out().lines().filter(l -> l.startsWith(what)).findFirst().orElse("no line " + what);
    }

    @Test
    void printsWhatTheJournalKnows() {
        CommandRun run = life("life", file, "--at", "2026-01-01T18:00:00Z");
        assertEquals(0, run.exitCode(), run.err());
        assertEquals("", run.err());
        assertFalse(run.out().contains("NaN"), run.out());
        assertEquals("pack        8s10p Panasonic NCR18650PF, 30.0 Ah rated", line(run, "pack "));
        assertTrue(
                line(run, "SOC ")
                        .matches(
                                "SOC +6\\d\\.\\d+ % ± \\d\\.\\d+, cells .* written 2026-01-01T08:05:.*; that run did not end in"
                                        + " order"),
                line(run, "SOC "));
        assertTrue(
                line(run, "worth ")
                        .matches("worth +9\\.9 h old: SOC remembered, 0\\.4 d off, mean .* ± .* %, last run not .*"),
                line(run, "worth "));
        assertTrue(
                line(run, "capacity ")
                        .endsWith("100.0 % ± 15.0 of the rated 2.997 Ah in every cell: nothing learned yet"),
                run.out());
        assertTrue(line(run, "resistance ").contains(" times a new cell's in cell "), run.out());
        assertTrue(line(run, "balance ").contains(" Ah above the mean cell"), run.out());
        assertTrue(line(run, "contactors ").contains("closed once"), run.out());
        assertTrue(
                line(run, "fault ").matches("fault +P1B6864 .*, once, last 2026-01-01T08:04:2.Z.*; stands"), run.out());
        assertTrue(line(run, "frame ").startsWith("frame       P1B6864 "), run.out());
        assertTrue(line(run, "counted ").contains("since 2026-01-01T08:00:0"), run.out());
        assertTrue(line(run, "throughput ").contains("0.027 full cycles; 1.6 Ah and 0.05 kWh out"), run.out());
        assertTrue(line(run, "events ").contains("0 deep discharges, 0 over-voltages"), run.out());
        CommandRun whole = life("life", folder.resolve("memory"), "--at", "2026-01-01T18:00:00Z");
        assertEquals(run.out(), whole.out(), "the folder says the same");
    }

    @Test
    void printsThePassportsPart() {
        CommandRun run = life("life", file, "--json");
        assertEquals(0, run.exitCode(), run.err());
        assertEquals(1, run.out().lines().count());
        for (String name :
                List.of("energyThroughput", "numberOfFullCycles", "capacityFade", "stateOfCharge", "bms4j")) {
            assertTrue(run.out().contains("\"" + name + "\":{"), name);
        }
        assertTrue(run.out().contains("\"lastUpdate\":\"2026-01-01T08:05:"), run.out());
        assertTrue(run.out().matches("(?s).*\"stateOfChargeValue\":6\\d\\.\\d+,.*"), run.out());
    }

    @ParameterizedTest
    @CsvSource({"0.95", "0.7", "0.5"})
    void aCutJournalGivesItsLastGoodRecordAndSaysSo(double share) throws IOException {
        byte[] all = Files.readAllBytes(file);
        int length = (int) (share * all.length);
        Path cut = Files.write(folder.resolve("cut.bmsj"), Arrays.copyOf(all, length));
        CommandRun run = life("life", cut, "--at", "2026-01-01T18:00:00Z");
        assertEquals(0, run.exitCode(), run.err());
        assertTrue(line(run, "journal ").contains(cut + ": found damage at byte "), run.out());
        assertTrue(line(run, "journal ").endsWith(" good ones kept"), run.out());
        assertTrue(line(run, "worth ").contains("h old: SOC remembered"), run.out());
    }

    @Test
    void anUnknownStateIsSaidSo() throws IOException {
        byte[] all = Files.readAllBytes(file);
        Path cut = folder.resolve("cut.bmsj");
        CommandRun run;
        int length = 40;
        do { // until the pack is named, which is before anything else
            length += 20;
            Files.write(cut, Arrays.copyOf(all, length));
            run = life("life", cut);
        } while (run.exitCode() != 0);
        assertEquals("SOC         unknown: no record", line(run, "SOC "));
        assertEquals("capacity    unknown", line(run, "capacity "));
        assertEquals("resistance  unknown", line(run, "resistance "));
        assertTrue(line(run, "counted ").contains("at an unknown time"), run.out());
        Path head = Files.write(folder.resolve("head.bmsj"), Arrays.copyOf(all, 40));
        assertRefused(life("life", head), head + ": found damage at byte 16, expected a record; 0 good ones kept");
    }

    private static void assertRefused(CommandRun run, String told) {
        assertEquals(Bms.BAD_INPUT, run.exitCode());
        assertEquals("", run.out());
        assertEquals(List.of("bms: " + told), run.err().lines().toList());
    }

    @Test
    void whatIsNoJournalIsOneLine() throws IOException {
        Path none = folder.resolve("none");
        assertRefused(life("life", none), none + ": found no such file, expected a journal");
        Path text = Files.writeString(folder.resolve("text"), "0123456789abcdef");
        assertRefused(life("life", text), text + ": found no record of a journal in its 16 bytes, expected some");
        Path empty = Files.write(folder.resolve("empty"), new byte[0]);
        assertRefused(life("life", empty), empty + ": found no record of a journal, expected a journal");
        assertRefused(life("life", folder), folder + ": found a folder without a journal, expected a journal");
        assertRefused(
                life("life", file, "--at", "noon"), "--at: found noon, expected a time such as 2026-01-01T18:00:00Z");
    }
}
