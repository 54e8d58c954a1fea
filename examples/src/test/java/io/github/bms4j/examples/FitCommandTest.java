package io.github.bms4j.examples;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.bms4j.cell.CellType;
import io.github.bms4j.cell.Chemistry;
import io.github.bms4j.config.CellTypes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.DoubleUnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The command on small made-up files: 2 Ah, 3.0 V + 1.1 V sqrt-like curve, 50 mΩ. */
class FitCommandTest {
    private static final double OHM = 0.05;
    private static final double CAPACITY_AH = 2.0;

    @TempDir
    private Path folder;

    private Path out;

    @BeforeEach
    void files() throws IOException {
        out = folder.resolve("cell.yaml");
        Files.writeString(folder.resolve("slow.csv"), run(1.0, 60.0, 72_000.0, t -> 0.1, "", ""));
        Files.writeString(
                folder.resolve("drive.csv"), run(1.0, 1.0, 4000.0, t -> 1.0 + 1.5 * Math.sin(t / 20.0), "", ""));
        Files.writeString(
                folder.resolve("table.csv"),
                "soc_pct,ocv_mean_v,hysteresis_mean_v\n0,3.0,0\n25,3.45,0.004\n50,3.7,0.004\n75,3.85,0.004\n100,4.1,0.002\n");
    }

    private static double ocv(double soc) {
        return 3.0 + 1.5 * soc - 0.4 * soc * soc;
    }

    private static String run(
            double startSoc, double stepS, double endS, DoubleUnaryOperator currentA, String header, String value) {
        StringBuilder text = new StringBuilder("time_s,current_a,voltage_v" + header + "\n");
        double soc = startSoc;
        for (double t = 0.0; t <= endS && soc >= 0.0; t += stepS) {
            double a = t == 0.0 ? 0.0 : currentA.applyAsDouble(t);
            text.append(String.format(Locale.ROOT, "%.1f,%.5f,%.5f%s%n", t, a, ocv(soc) - OHM * a, value));
            soc -= a * stepS / 3600.0 / CAPACITY_AH;
        }
        return text.toString();
    }

    private CommandRun fit(String... more) {
        String[] args = new String[5 + more.length];
        System.arraycopy(new String[] {"fit", "--name", "made up", "-o", out.toString()}, 0, args, 0, 5);
        System.arraycopy(more, 0, args, 5, more.length);
        return CommandRun.of(args);
    }

    private String at(String degC, String name) {
        return degC + "=" + folder.resolve(name);
    }

    @Test
    void writesACellThatEveryCommandReads() throws Exception {
        Path page = folder.resolve("fit.html");
        CommandRun run = fit(
                "--ocv",
                at("25", "slow.csv"),
                "--drive",
                at("-15", "drive.csv"),
                "--drive",
                at("25", "drive.csv"),
                "--report",
                page.toString(),
                "--json",
                "--licence",
                "CC0",
                "--origin",
                "nowhere");
        assertEquals("", run.err());
        assertEquals(0, run.exitCode());
        CellType cell = CellTypes.load(out);
        assertEquals("made up", cell.name());
        assertEquals(CAPACITY_AH, cell.rating().capacityAh(), 0.02);
        assertEquals(ocv(0.5), cell.ocv().v(0.5, 25.0), 0.02);
        assertEquals(OHM, cell.circuit().r0().ohm(0.5, 25.0), 0.012);
        double[] rows =
                cell.circuit().r0().temperatures(); // no temperature was logged: it warmed itself above what was said
        assertEquals(2, rows.length);
        assertEquals(-14.0, rows[0], 1.0);
        assertEquals(26.0, rows[1], 1.0);
        assertEquals("nowhere", cell.provenance().origin());
        assertEquals("CC0", cell.provenance().licence());
        String text = Files.readString(out);
        assertTrue(
                text.startsWith("# Made by: bms fit --name 'made up' --ocv 25=slow.csv --drive -15=drive.csv"), text);
        assertFalse(text.contains(folder.toString()), "no path of the machine");
        assertTrue(Files.readString(page).contains("A fitted cell"));
        List<String> lines = run.out().strip().lines().toList();
        String json = lines.get(lines.size() - 1);
        assertTrue(json.startsWith("{\"name\":\"made up\",\"chemistry\":\"NMC\",\"capacityAh\":"), json);
        assertTrue(json.contains("\"files\":[{\"name\":\"slow.csv\",\"kind\":\"OCV\",\"temperatureDegC\":25.0"), json);
        assertTrue(json.endsWith("}"), json);
        assertTrue(lines.get(0).startsWith("cell        made up, NMC, "), lines.get(0));
    }

    @Test
    void storesWhatItIsSureOfInTheCellFile() throws Exception {
        Path page = folder.resolve("fit.html");
        CommandRun run = fit(
                "--ocv", at("25", "slow.csv"), "--drive", at("25", "drive.csv"), "--report", page.toString(), "--json");
        assertEquals(0, run.exitCode(), run.err());
        String head = Files.readAllLines(out).stream()
                .takeWhile(line -> line.startsWith("#"))
                .collect(Collectors.joining("\n", "", "\n"));
        for (String pattern : List.of(
                "(?s).*# residual    RMS mV open loop.*OCV +25.0 °C  slow.csv +\\d.*DRIVE +2[567]\\.\\d °C  drive.csv +\\d.*",
                "(?s).*# error       \\d+.\\d mV at 2[567]\\.\\d °C\n.*",
                "(?s).*# confidence  tau1 \\d+.* s\n.*",
                "(?s).*# confidence  OCV 3\\.\\d+ ± 0\\.\\d+, .* V at SOC 0.1, 0.3, 0.5, 0.7, 0.9\n.*",
                "(?s).*# confidence  R0 at 2[567]\\.\\d °C \\d+\\.\\d+ ± .* mΩ at SOC 0.2, 0.5, 0.8\n.*",
                "(?s).*# note        Capacity from .*")) {
            assertTrue(head.matches(pattern), () -> pattern + " in\n" + head);
        }
        assertTrue(run.out()
                .replace("\r", "")
                .contains(head.substring(head.indexOf("# cell")).replace("# ", "")));
        String html = Files.readString(page);
        for (String part : List.of(
                "<h2>Files</h2>",
                "Open-loop voltage residual, RMS mV",
                "Measured less model, mean over half a point of SOC",
                "Open-circuit voltage at 25 °C, between its branches",
                "Dots: slow runs less the polarisation",
                "R3, time constant ",
                "<h2>How sure</h2>",
                "at SOC 0.5",
                "On a bound",
                "Without data")) {
            assertTrue(html.contains(part), part);
        }
        for (String field : List.of(
                "\"unseenRmsV\":",
                "\"confidence\":[{\"name\":\"tau1\"",
                "\"bounds\":[",
                "\"unsupported\":[",
                "\"notes\":[")) {
            assertTrue(run.out().contains(field), field);
        }
    }

    @Test
    void aFullStartIsTakenFromTheOptionWhereTheVoltageDoesNotTellIt() throws Exception {
        String late = run(0.9, 1.0, 3000.0, t -> 1.0 + 1.5 * Math.sin(t / 20.0), "", "");
        Files.writeString(folder.resolve("late.csv"), late);
        String[] files = {"--ocv", at("25", "slow.csv"), "--drive", at("25", "late.csv"), "--json"};
        assertEquals(0.9, startOf("late.csv", fit(files)), 0.02);
        String[] told = Arrays.copyOf(files, 6);
        told[5] = "--full-at-start";
        CommandRun run = fit(told);
        assertEquals(1.0, startOf("late.csv", run));
        assertEquals(1.0, startOf("slow.csv", run));
        assertTrue(Files.readString(out).contains(" --full-at-start -o cell.yaml"));
    }

    private static double startOf(String file, CommandRun run) {
        assertEquals(0, run.exitCode(), run.err());
        Matcher start = Pattern.compile("\"name\":\"" + file + "\"[^}]*\"startSoc\":([0-9.]+)")
                .matcher(run.out());
        assertTrue(start.find(), run.out());
        return Double.parseDouble(start.group(1));
    }

    @ParameterizedTest(name = "without {0}")
    @CsvSource(delimiter = ';', textBlock = """
        --name A --ocv 25=x.csv                           ; Missing required option: '-o=FILE'
        --name A -o y.yaml                                ; Missing required option: '--ocv=T=FILE'
        --ocv 25=x.csv -o y.yaml                          ; Missing required option: '--name=<name>'
        --name A --ocv 25=x.csv -o y --chemistry PB       ; Invalid value for option '--chemistry': expected one of [NMC, NCA, LFP, LCO, LMO, LTO, NA_ION, SOLID_STATE] (case-sensitive) but was 'PB'
        --name A --ocv 25=x.csv -o y --capacity-ah two    ; Invalid value for option '--capacity-ah': 'two' is not a double
        """)
    void wrongUsageIsOneLine(String args, String message) {
        assertOneLine(message, CommandRun.of(("fit " + args).split(" ", -1)));
    }

    @Test
    void aTableNeedsACapacityOrADischarge() throws Exception {
        assertEquals(
                "bms: found no discharge to take the capacity from, expected a slow run or a capacity"
                        + System.lineSeparator(),
                fit("--ocv", at("25", "table.csv")).err());
        CommandRun run = fit("--ocv", at("25", "table.csv"), "--capacity-ah", "2", "--chemistry", "NCA");
        assertEquals(0, run.exitCode(), run.err());
        CellType cell = CellTypes.load(out);
        assertEquals(Chemistry.NCA, cell.chemistry());
        assertEquals(3.7, cell.ocv().v(0.5, 25.0), 0.02);
        assertEquals(2.0, cell.rating().capacityAh());
    }

    @Test
    void scriptsSayWhichPartWasDoneAtRoomTemperature() throws Exception {
        String cold = run(1.0, 60.0, 72_000.0, t -> 0.1, ",script", ",1");
        Files.writeString(folder.resolve("cold.csv"), cold);
        CommandRun run = fit("--ocv", at("-15", "cold.csv"));
        assertEquals(0, run.exitCode(), run.err());
        assertEquals(-15.0, CellTypes.load(out).ocv().referenceDegC());
        assertTrue(run.out().contains("OCV     -15.0 °C"), run.out());
        Files.writeString(folder.resolve("cold.csv"), cold.replaceAll(",1(\\R)", ",2$1"));
        assertTrue(fit("--ocv", at("-15", "cold.csv")).out().contains("OCV      25.0 °C"));
    }

    @Test
    void labelsAndRestartsCutAPulseFile() throws Exception {
        StringBuilder text = new StringBuilder("time_s,current_a,voltage_v,soc_nominal_pct,time_in_pulse_s\n");
        for (int pulse = 0; pulse < 3; pulse++) {
            double soc = 0.8 - 0.2 * pulse;
            for (int k = 0; k < 20; k++) {
                double a = k < 5 ? 0.0 : 2.0;
                text.append(String.format(
                        Locale.ROOT, "%d,%.1f,%.5f,%.0f,%d%n", 20 * pulse + k, a, ocv(soc) - OHM * a, 100 * soc, k));
            }
        }
        Files.writeString(folder.resolve("pulses.csv"), text.toString());
        CommandRun run = fit("--ocv", at("25", "slow.csv"), "--pulse", at("25", "pulses.csv"));
        assertEquals(0, run.exitCode(), run.err());
        assertEquals(OHM, CellTypes.load(out).circuit().r0().ohm(0.6, 25.0), 0.008);
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource(delimiter = ';', textBlock = """
        --ocv   ; 25             ; --ocv: found '25', expected T=FILE with T in °C between -60 and 120
        --ocv   ; =slow.csv      ; --ocv: found '=slow.csv', expected T=FILE with T in °C between -60 and 120
        --ocv   ; warm=slow.csv  ; --ocv: found 'warm=slow.csv', expected T=FILE with T in °C between -60 and 120
        --drive ; 200=slow.csv   ; --drive: found '200=slow.csv', expected T=FILE with T in °C between -60 and 120
        --pulse ; 25=            ; --pulse: found '25=', expected T=FILE with T in °C between -60 and 120
        """)
    void anOptionThatSaysNothingUsefulIsNamed(String option, String value, String message) {
        CommandRun run =
                option.equals("--ocv") ? fit(option, value) : fit("--ocv", at("25", "slow.csv"), option, value);
        assertOneLine(message, run);
    }

    private static void assertOneLine(String message, CommandRun run) {
        assertAll(
                () -> assertEquals("bms: " + message + System.lineSeparator(), run.err()),
                () -> assertEquals(2, run.exitCode()),
                () -> assertEquals("", run.out()));
    }

    @Test
    void badFilesAreNamed() throws Exception {
        Path none = folder.resolve("none.csv");
        assertOneLine(none + ": found no such file, expected a readable file", fit("--ocv", "25=" + none));
        assertOneLine(folder + ": found a folder, expected a readable file", fit("--ocv", "25=" + folder));
        Path bad = folder.resolve("bad.csv");
        Files.writeString(bad, "soc_pct,ocv_mean_v\n0,3\n50,x\n");
        assertOneLine(bad + ":3:2: found 'x', expected a number", fit("--ocv", "25=" + bad));
        Files.writeString(bad, "soc,voltage_v\n0,3\n1\n");
        assertOneLine(bad + ":3:2: found '', expected a number", fit("--ocv", "25=" + bad));
        Files.writeString(bad, "time,current_a\n0,1\n1,1\n");
        assertOneLine(bad + ":1:1: found columns time,current_a, expected a column time_s", fit("--ocv", "25=" + bad));
        Files.writeString(bad, "time_s,current_a\n0,1\n1,1\n");
        assertOneLine(
                "bad.csv: found 0 usable rows, expected at least 10 with time, current and voltage",
                fit("--ocv", at("25", "slow.csv"), "--drive", "25=" + bad));
        Files.writeString(bad, "soc,voltage_v\n0,3\n1,4\n");
        assertOneLine(
                "bad.csv: found 2 SOC, 2 voltages and 0 gaps, expected equally many, at least 5",
                fit("--ocv", "25=" + bad));
        Files.writeString(bad, run(1.0, 60.0, 72_000.0, t -> 0.1, "", "").replaceAll(",(3|4)\\.(\\d{3})", ",$1$2."));
        assertTrue(fit("--ocv", "25=" + bad).err().contains("(millivolts? a pack?)"));
        assertFalse(Files.exists(out));
    }

    @Test
    void contradictionsAreToldInOneLine() {
        CommandRun run = fit("--ocv", at("25", "slow.csv"), "--chemistry", "LFP");
        assertEquals(2, run.exitCode());
        assertEquals(1, run.err().strip().lines().count());
        assertTrue(run.err().contains("voltage window") && run.err().contains("is not that of LFP"), run.err());
    }

    @Test
    void aCapacityMustBePositive() {
        assertOneLine(
                "capacityAh must be above 0 and below 100000 Ah but is -2.0",
                fit("--ocv", at("25", "slow.csv"), "--capacity-ah", "-2"));
    }

    @Test
    void anOutputThatCannotBeWrittenFailsTheRun() throws Exception {
        Path file = folder.resolve("slow.csv");
        out = file.resolve("cell.yaml");
        CommandRun run = fit("--ocv", at("25", "slow.csv"));
        assertEquals(1, run.exitCode());
        assertTrue(run.err().startsWith("bms: " + file + ": found a file, expected a folder"), run.err());
    }
}
