package io.github.bms4j.examples;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code bms demo} on a drive of a quarter of an hour instead of the long one that ships. */
class DemoCommandTest {
    private static final Set<String> FILES =
            Set.of("report.html", "session.candump.log", "trace.csv", "flight.bmsr", "pack.bmsj", "life.json");

    @TempDir
    private Path folder;

    private Path drive;

    @BeforeEach
    void writeTheDrive() throws IOException {
        // 0.75 Ah in a quarter of an hour: from 96 to some 70 %
        drive = write("drive.csv", "time_s,current_a,voltage_v,temperature_c,soc_ref\n0,3,,,\n900,3,,,\n");
    }

    private Path write(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }

    private CommandRun demo(String out, String... more) {
        Stream<String> fixed = Stream.of(
                "demo",
                "--recording",
                drive.toString(),
                "--out",
                folder.resolve(out).toString());
        return CommandRun.of(Stream.concat(fixed, Stream.of(more)).toArray(String[]::new));
    }

    @Test
    void chargesWritesItsFilesAndSumsUpOnOneScreen() throws IOException {
        CommandRun run = demo("out", "--departure-min", "30", "--target-soc", "0.8", "--json");
        assertAll(
                () -> assertEquals(0, run.exitCode(), run::err),
                () -> assertEquals("", run.err()),
                () -> assertEquals(FILES, names(folder.resolve("out"))),
                () -> assertTrue(run.out().lines().count() <= 30, "one screen"));
        List<String> lines = run.out().lines().toList();
        assertTrue(lines.get(0).startsWith("bms4j demo: seed 1, 96s60p Panasonic NCR18650PF, 62.2 kWh, "), run::out);
        double kwh = figure(run, "charge      ([0-9.]+) kWh in \\d+ min for [0-9.]+ \\(planned [0-9.]+\\).*");
        assertTrue(kwh > 3.0 && kwh < 10.0, () -> kwh + " kWh");
        double estimated = figure(run, "end SOC     estimated ([0-9.]+) % ± [0-9.]+, true [0-9.]+ %; stopped: .*");
        double truth = figure(run, "end SOC     estimated [0-9.]+ % ± [0-9.]+, true ([0-9.]+) %; stopped: .*");
        assertEquals(80.0, estimated, 0.11);
        assertEquals(estimated, truth, 2.0);
        assertTrue(lines.contains("goal        80 % reached"), run::out);
        figure(run, "memory      ([0-9.]+) full cycles, .* 0 events; 8 h later: SOC remembered, 0.3 d off, mean .* %");
        figure(run, "cells       .*outside a rating in (0) of [0-9,]+ steps");
        figure(run, "            plan +([0-9.]+) min");
        figure(run, "simulated   [0-9.]+ h in [0-9.]+ s: ([0-9,]+) x real time; 96 cells every 100 ms, .* CAN frames");
        assertTrue(
                run.out().contains(folder.resolve("out").resolve("report.html").toString()));
        String json = lines.get(lines.size() - 1);
        assertTrue(json.startsWith("{\"seed\":1,") && json.endsWith("}}"), json);
        assertTrue(json.contains("\"stop\":\"SOC_REACHED\"") && json.contains("\"missedSoc\":0.000000"), json);
    }

    @Test
    void theSameSeedGivesTheSameBytesAndAnotherSeedOthers() throws IOException {
        String[] quick = {"--departure-min", "12", "--target-soc", "0.75"};
        assertEquals(0, demo("one", quick).exitCode());
        assertEquals(0, demo("two", quick).exitCode());
        assertEquals(
                0,
                demo("other", "--departure-min", "12", "--target-soc", "0.75", "--seed", "2")
                        .exitCode());
        for (String file : FILES) {
            byte[] first = Files.readAllBytes(folder.resolve("one").resolve(file));
            assertArrayEquals(first, Files.readAllBytes(folder.resolve("two").resolve(file)), file);
            assertTrue(first.length > (file.equals("life.json") ? 1_000 : 10_000), file);
        }
        assertFalse(Files.mismatch(folder.resolve("one/trace.csv"), folder.resolve("other/trace.csv")) < 0);
    }

    @Test
    void anImpossibleDepartureChargesAsFarAsPossibleAndSaysWhatWasMissedAndWhy() {
        CommandRun run = demo("out", "--departure-min", "10", "--target-soc", "0.95");
        assertEquals(0, run.exitCode(), run::err);
        double missed = figure(run, "goal        95 % missed by ([0-9.]+) points; longest held by: [a-z].*");
        double end = figure(run, "end SOC     estimated ([0-9.]+) % .*; stopped: departure");
        assertEquals(95.0 - end, missed, 0.11);
        // 60 kW for ten minutes are 10 kWh, 16 points of 62 kWh; the cells take a little less.
        double plugged = figure(run, "drive .* estimate at the plug ([0-9.]+) %");
        assertTrue(end - plugged > 11.0, () -> "only from " + plugged + " to " + end);
    }

    @Test
    void aRecordingWithGapsAndWithoutTemperatureIsDrivenAndNotScored() throws IOException {
        drive = write(
                "drive.csv", "time_s,current_a,voltage_v,soc_ref\n0,6,4.1,1\n5,,,\n10,6,,\n300,,3.9,0.8\n310,6,,\n");
        CommandRun run = demo("out", "--departure-min", "10", "--target-soc", "0.8");
        assertEquals(0, run.exitCode(), run::err);
        assertFalse(run.out().contains("real cell"), run::out);
        assertFalse(run.out().contains("NaN"), run::out);
        figure(run, "drive       96.1 % to ([0-9.]+) % in 5 min; .*");
    }

    @Test
    void aGoalThatIsReachedBeforehandEndsTheSessionWithoutCurrent() {
        CommandRun run = demo("out", "--departure-min", "10", "--target-soc", "0.3");
        assertEquals(0, run.exitCode(), run::err);
        assertEquals(0.0, figure(run, "charge      ([0-9.]+) kWh in 0 min .*"));
        assertFalse(run.out().contains("limited by"), run::out);
    }

    /** The one group of the one line that matches. */
    private static double figure(CommandRun run, String line) {
        List<Matcher> found = run.out()
                .lines()
                .map(Pattern.compile(line)::matcher)
                .filter(Matcher::matches)
                .toList();
        assertEquals(1, found.size(), () -> line + " in\n" + run.out());
        return Double.parseDouble(found.get(0).group(1).replace(",", ""));
    }

    private static Set<String> names(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).collect(Collectors.toCollection(TreeSet::new));
        }
    }
}
