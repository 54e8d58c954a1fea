package io.github.bms4j.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.bms4j.cell.PackLayout;
import io.github.bms4j.charge.ChargeNeed;
import io.github.bms4j.control.BatterySettings;
import io.github.bms4j.sim.run.ChargeBench;
import io.github.bms4j.sim.run.ShippedData;
import io.github.bms4j.sim.station.GbtStationRating;
import io.github.bms4j.sim.station.StationOutput;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A drive and ten minutes at a station, recorded and run again by the command. */
class ReplayCommandTest {
    @TempDir
    private static Path folder;

    private static Path record;

    @BeforeAll
    static void recordARun() throws IOException {
        record = folder.resolve("flight.bmsr");
        PackLayout layout = new PackLayout(96, 60, 12);
        ChargeBench bench = ChargeBench.of(
                BatterySettings.standard(ShippedData.cell(), layout), ShippedData.truth(), 0.5, 25.0, 7L);
        try (OutputStream out = Files.newOutputStream(record)) {
            bench.record(out);
            bench.start(0.6, 0.1);
            bench.drive((fromS, toS) -> 60.0 + 50.0 * StrictMath.sin(0.05 * fromS));
            bench.runFor(120.0);
            bench.drive((fromS, toS) -> 0.0);
            bench.runFor(30.0);
            bench.plugIn(GbtStationRating.of(StationOutput.of(200.0, 500.0, 120.0)), 0.3, ChargeNeed.by(900.0, 0.8));
            bench.runFor(600.0);
            bench.unplug();
            bench.runFor(1.0);
            bench.manager().endRecord();
        }
    }

    @Test
    void saysThatEveryDecisionIsTheSame() {
        CommandRun run = CommandRun.of("replay", record.toString(), "--json");
        assertEquals(0, run.exitCode(), run::err);
        assertEquals("", run.err());
        assertTrue(run.out().startsWith("record      96s60p Panasonic NCR18650PF"), run::out);
        assertTrue(run.out().contains("cycles      7511 over 751.0 s, 753 decisions compared"), run::out);
        assertTrue(run.out().contains("identical   yes, to the last bit"), run::out);
        assertFalse(run.out().contains("deviation   "), run::out);
        String last = run.out().lines().reduce("", (a, b) -> b);
        assertTrue(last.startsWith("{\"record\":") && last.contains("\"identical\":\"yes\""), last);
    }

    @Test
    void writesWhatWasDecidedAndWhy() throws IOException {
        Path csv = folder.resolve("decisions.csv");
        CommandRun run = CommandRun.of("replay", record.toString(), "-o", csv.toString());
        assertEquals(0, run.exitCode(), run::err);
        List<String> lines = Files.readAllLines(csv);
        assertEquals(754, lines.size());
        assertTrue(lines.get(0).startsWith("time_s,identical,current_a"), lines.get(0));
        int columns = lines.get(0).split(",").length;
        for (String line : lines) {
            assertEquals(columns, line.split(",", -1).length, line);
        }
        String[] driving = lines.get(61).split(",", -1);
        assertEquals("60.0", driving[0]);
        assertEquals("yes", driving[1]);
        assertEquals("", driving[15], "no demand without a plug");
        assertTrue(Double.parseDouble(driving[2]) > 0.0, lines.get(61));
        String[] charging = lines.get(700).split(",", -1);
        assertTrue(Double.parseDouble(charging[2]) < -10.0, lines.get(700));
        assertTrue(Double.parseDouble(charging[15]) > 10.0, lines.get(700));
        assertEquals("NONE", charging[18]);
    }

    @Test
    void saysWhereACutRecordEnds() throws IOException {
        byte[] whole = Files.readAllBytes(record);
        Path cut = Files.write(folder.resolve("cut.bmsr"), Arrays.copyOf(whole, whole.length / 2));
        CommandRun run = CommandRun.of("replay", cut.toString());
        assertEquals(0, run.exitCode(), run::err);
        assertTrue(
                run.out().contains("end         cut at byte " + whole.length / 2 + "; replayed up to there"), run::out);
        assertTrue(run.out().contains("identical   yes"), run::out);
    }

    /** The same inputs with a margin in the settings that binds where the ratings did: limits deviate from the first on. */
    @Test
    void namesTheFirstDeviation() throws IOException {
        byte[] bytes = Files.readAllBytes(record);
        ByteBuffer b = ByteBuffer.wrap(bytes);
        int settingsAt = 16 + b.getInt(8); // after the words and the estimator's name
        settingsAt += 8 + b.getInt(settingsAt);
        int length = b.getInt(settingsAt);
        String settings = new String(bytes, settingsAt + 8, length, StandardCharsets.UTF_8);
        byte[] other = settings.replace("\nlimits.voltageMarginV = 0.01\n", "\nlimits.voltageMarginV = 0.50\n")
                .getBytes(StandardCharsets.UTF_8);
        assertEquals(length, other.length);
        assertFalse(Arrays.equals(other, settings.getBytes(StandardCharsets.UTF_8)));
        b.put(settingsAt + 8, other);
        CRC32C crc = new CRC32C();
        crc.update(other);
        b.putInt(settingsAt + 4, (int) crc.getValue());
        Path changed = Files.write(folder.resolve("changed.bmsr"), bytes);
        CommandRun run = CommandRun.of("replay", changed.toString());
        assertEquals(1, run.exitCode(), run::err);
        assertTrue(run.out().contains("identical   no"), run::out);
        assertTrue(run.out().contains("deviation   first at 0.0 s: limits; "), run::out);
    }

    @Test
    void whatIsNoRecordIsOneLine() throws IOException {
        Path text = Files.writeString(folder.resolve("text.csv"), "time_s,current_a\n1,2\n");
        CommandRun run = CommandRun.of("replay", text.toString());
        assertEquals(2, run.exitCode());
        assertEquals(
                "bms: " + text + ": found no flight record, expected one (BMSR)",
                run.err().strip());
        assertEquals("", run.out());
    }

    @Test
    void aMissingFileIsOneLine() {
        Path none = folder.resolve("none.bmsr");
        CommandRun run = CommandRun.of("replay", none.toString());
        assertEquals(2, run.exitCode());
        assertEquals(
                "bms: " + none + ": found no such file, expected a readable file",
                run.err().strip());
    }

    @Test
    void aFolderIsOneLine() {
        CommandRun run = CommandRun.of("replay", folder.toString());
        assertEquals(2, run.exitCode());
        assertEquals(
                "bms: " + folder + ": found a folder, expected a readable file",
                run.err().strip());
    }

    @Test
    void theRecordIsAFewMegabytesAnHour() throws IOException {
        double perHour = Files.size(record) * 3600.0 / 751.0;
        assertTrue(perHour > 2e6 && perHour < 7e6, perHour + " bytes an hour of 96 cells at 10 Hz");
    }
}
