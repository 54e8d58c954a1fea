package io.github.bms4j.examples;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EstimateCommandTest {
    private static final int ROWS = 1200;

    @TempDir
    private Path folder;

    private Path cell;
    private List<String[]> drive;

    @BeforeEach
    void writeTheCell() throws IOException {
        cell = ShippedFiles.cell(folder);
        drive = ShippedFiles.drive(ROWS);
    }

    private CommandRun estimate(String... more) throws IOException {
        Path in = ShippedFiles.write(folder.resolve("drive.csv"), drive);
        Stream<String> fixed = Stream.of("estimate", "--cell", cell.toString(), "--in", in.toString());
        return CommandRun.of(Stream.concat(fixed, Stream.of(more)).toArray(String[]::new));
    }

    private String out() {
        return folder.resolve("out.csv").toString();
    }

    private List<String[]> csv() throws IOException {
        return Files.readAllLines(folder.resolve("out.csv")).stream()
                .map(line -> line.split(",", -1))
                .toList();
    }

    private static double number(String[] row, int column) {
        return Double.parseDouble(row[column]);
    }

    @Test
    void writesOneRowPerRowWithTheAgreedColumnsFirst() throws IOException {
        CommandRun run = estimate("--initial-soc-offset", "-0.2", "-o", out());
        assertAll(() -> assertEquals(0, run.exitCode(), run::err), () -> assertEquals("", run.err()));
        List<String[]> rows = csv();
        assertEquals(ROWS + 1, rows.size());
        assertEquals(
                List.of("time_s", "soc", "soc_sigma", "voltage_v", "voltage_pred_v", "current_bias_a", "r0_ohm"),
                List.of(rows.get(0)).subList(0, 7));
        for (int row = 0; row < ROWS; row++) {
            assertEquals(Double.parseDouble(drive.get(row)[0]), number(rows.get(row + 1), 0));
            assertTrue(number(rows.get(row + 1), 1) >= 0.0 && number(rows.get(row + 1), 1) <= 1.0);
            assertTrue(number(rows.get(row + 1), 2) > 0.0);
        }
        assertEquals(number(rows.get(ROWS), 10), number(rows.get(ROWS), 1), 0.03, "soc near soc_ref");
    }

    @Test
    void saysHowGoodItWasInLinesAndAsJson() throws IOException {
        CommandRun run = estimate("--initial-soc-offset", "-0.2", "--json", "--trust-points", "2.5", "--trust-grows");
        List<String> lines = run.out().lines().toList();
        assertTrue(lines.get(0).startsWith("bms estimate: ekf on "), lines.get(0));
        assertEquals("rows        1,200 from 0.0 s on, 0 held", lines.get(1));
        assertTrue(
                lines.get(3)
                        .matches(
                                "error       RMS \\d\\.\\d\\d, max .*, from a start -20\\.0 off; within 3 points from .*"),
                lines.get(3));
        assertTrue(lines.get(4).contains("with the reference's own ± 2.5"), lines.get(4));
        assertTrue(lines.get(5).matches("counting    RMS (19|20)\\..* points from the same start"), lines.get(5));
        String json = lines.get(lines.size() - 1);
        for (String field : List.of(
                "\"estimator\":\"ekf\"",
                "\"rows\":1200",
                "\"heldRows\":0",
                "\"trust\":0.025000",
                "\"startError\":-0.200000",
                "\"score\":{\"rows\":600,",
                "\"rmsError\":0.",
                "\"maxError\":0.",
                "\"endError\":",
                "\"coverage\":1.000000",
                "\"coverageWithTrust\":1.000000",
                "\"meanSigma\":0.",
                "\"settleS\":",
                "\"counting\":{",
                "\"findings\":[]}")) {
            assertTrue(json.contains(field), () -> field + " in " + json);
        }
    }

    @Test
    void aLogWithoutReferenceIsEstimatedAndNotScored() throws IOException {
        drive.forEach(row -> row[4] = "");
        CommandRun run = estimate("-o", out(), "--json");
        assertEquals(0, run.exitCode(), run::err);
        assertTrue(run.out().contains("error       not scored"), run::out);
        assertTrue(run.out().contains("\"rmsError\":null"), run::out);
        assertEquals(0.99, number(csv().get(1), 1), 0.03, "read from the first voltage, near full");
    }

    @ParameterizedTest(name = "{0} {1}: first soc {2} ± {3}")
    @CsvSource({
        "--initial-soc, 0.7, 0.7, 0.2",
        "--initial-soc-offset, -0.25, 0.75, 0.2",
        "--initial-soc-offset, 0.3, 1.0, 0.2",
    })
    void startsWhereItIsTold(String option, String value, double soc, double sigma) throws IOException {
        assertEquals(
                0,
                estimate(option, value, "--estimator", "counter", "-o", out()).exitCode());
        assertEquals(soc, number(csv().get(1), 1), 1e-6);
        assertEquals(sigma, number(csv().get(1), 2), 1e-6);
        estimate(option, value, "--initial-soc-sigma", "0.05", "--estimator", "counter", "-o", out());
        assertEquals(0.05, number(csv().get(1), 2), 1e-6);
    }

    @Test
    void takesTheRowsFromOneTimeToAnother() throws IOException {
        estimate("--start-s", "500", "--end-s", "700.5", "-o", out());
        List<String[]> rows = csv();
        assertEquals(202, rows.size());
        assertEquals(500.0, number(rows.get(1), 0));
        assertEquals(700.0, number(rows.get(201), 0));
    }

    @Test
    void biasesAndCapacityAreWhatTheEstimatorIsMadeToBelieve() throws IOException {
        estimate("--initial-soc", "0.9", "--estimator", "counter", "-o", out());
        double plain = number(csv().get(ROWS), 1);
        estimate("--initial-soc", "0.9", "--estimator", "counter", "--current-bias-a", "0.3", "-o", out());
        double biased = number(csv().get(ROWS), 1);
        assertEquals(-0.3 * (ROWS - 1) / 3600 / 2.997, biased - plain, 1e-4);
        estimate("--initial-soc", "0.9", "--estimator", "counter", "--capacity-scale", "0.5", "-o", out());
        assertEquals(2 * (0.9 - plain), 0.9 - number(csv().get(ROWS), 1), 1e-4);
        estimate("--initial-soc", "0.9", "--voltage-bias-v", "0.005", "-o", out());
        assertEquals(Double.parseDouble(drive.get(7)[2]) + 0.005, number(csv().get(8), 3), 1e-9);
    }

    @Test
    void warnsOfWhatIsWrongInOneLineEachAndHoldsThoseRows() throws IOException {
        drive.get(100)[0] = "98";
        drive.get(200)[1] = "NaN";
        drive.get(300)[2] = "0.01";
        drive.subList(600, 900).clear();
        CommandRun run = estimate("--initial-soc", "0.9", "-o", out(), "--json");
        assertEquals(0, run.exitCode(), run::err);
        List<String> warnings = run.err().lines().toList();
        String at = "bms: warning: " + folder.resolve("drive.csv") + ":";
        assertTrue(warnings.get(0).startsWith(at + "202: found current_a 'NaN', expected "), warnings.get(0));
        assertTrue(warnings.get(1).startsWith(at + "102: found time_s 98.0 after 99.0, expected "), warnings.get(1));
        assertTrue(warnings.get(2).startsWith(at + "602: found 301.0 s without a current"), warnings.get(2));
        assertTrue(warnings.get(3).startsWith(at + "302: found voltage_v 0.01 at time_s 300.0, "), warnings.get(3));
        assertTrue(run.out().contains("rows        900 from 0.0 s on, 2 held"), run::out);
        assertTrue(run.out().contains("without a current before time_s 900.0"), "in the JSON as well");
        List<String[]> rows = csv();
        assertEquals(901, rows.size());
        assertEquals(rows.get(100)[1], rows.get(101)[1], "held");
        assertEquals(rows.get(200)[2], rows.get(201)[2], "held");
        assertTrue(number(rows.get(601), 2) > number(rows.get(600), 2), "the gap widens the band");
    }

    @ParameterizedTest(name = "column {0} times {1}")
    @CsvSource(delimiter = '|', textBlock = """
        1 | -1   | found current_a and voltage_v that rise together, expected a voltage that falls when the discharge current, which is positive, rises; is the sign turned?
        2 | 1000 | are these millivolts?
        1 | 1000 | are these milliamperes?
        0 | 1000 | are these milliseconds?
        4 | 100  | are these percent?
        """)
    void aTurnedSignOrAnotherUnitEndsItInOneLine(int column, double factor, String text) throws IOException {
        drive = ShippedFiles.drive(3600);
        drive.forEach(row -> row[column] = Double.toString(factor * Double.parseDouble(row[column])));
        CommandRun run = estimate("--initial-soc", "0.9", "-o", out());
        assertEquals(2, run.exitCode(), run::err);
        assertEquals(1, run.err().lines().count(), run::err);
        assertTrue(run.err().startsWith("bms: " + folder.resolve("drive.csv") + ": found "), run::err);
        assertTrue(run.err().contains(text), run::err);
        assertFalse(Files.exists(folder.resolve("out.csv")));
    }

    @Test
    void aTemperatureComesFromTheColumnOrTheOption() throws IOException {
        drive.forEach(row -> row[3] = "");
        CommandRun run = estimate("--initial-soc", "0.9", "-o", out());
        assertOneLine(
                folder.resolve("drive.csv")
                        + ": found no temperature_c, expected the column or a temperature given with --temperature-c",
                run);
        assertEquals(
                0,
                estimate("--initial-soc", "0.9", "-o", out(), "--temperature-c", "25")
                        .exitCode());
        assertEquals("25.00", csv().get(5)[8]);
    }

    @Test
    void writesAPageWithItsChartsAndFindings() throws IOException {
        drive.get(100)[0] = "98";
        Path page = folder.resolve("page.html");
        CommandRun run = estimate("--initial-soc-offset", "-0.2", "--report", page.toString(), "-o", out());
        assertEquals(0, run.exitCode(), run::err);
        String html = Files.readString(page);
        for (String part : List.of(
                "SOC, estimated and measured",
                "Error, estimate less reference",
                "Residual, read less expected",
                "Ohmic resistance R0",
                "±3σ",
                "What is wrong with the recording",
                "TIME_NOT_RISING")) {
            assertTrue(html.contains(part), part);
        }
        assertTrue(run.out().endsWith("written     " + out() + "\nwritten     " + page + "\n"), run::out);
    }

    @Test
    void aPageThatCannotBeWrittenLeavesTheOldEstimate() throws IOException {
        Files.writeString(folder.resolve("out.csv"), "old");
        Path taken = Files.createDirectory(folder.resolve("taken"));
        CommandRun run = estimate("--initial-soc", "0.5", "-o", out(), "--report", taken.toString());
        assertEquals(1, run.exitCode());
        assertEquals(1, run.err().lines().count(), run::err);
        assertEquals("old", Files.readString(folder.resolve("out.csv")));
    }

    @Test
    void theSameInputsGiveTheSameBytes() throws IOException {
        estimate("--initial-soc-offset", "-0.2", "-o", out());
        byte[] first = Files.readAllBytes(folder.resolve("out.csv"));
        estimate("--initial-soc-offset", "-0.2", "-o", out());
        assertTrue(Arrays.equals(first, Files.readAllBytes(folder.resolve("out.csv"))));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        --initial-soc 1.5                         | --initial-soc: found 1.5, expected a number from 0.0 to 1.0
        --initial-soc NaN                         | --initial-soc: found NaN, expected a number from 0.0 to 1.0
        --initial-soc-offset 2                    | --initial-soc-offset: found 2.0, expected a number from -1.0 to 1.0
        --initial-soc 0.5 --initial-soc-offset 0  | --initial-soc-offset: found beside --initial-soc, expected one of the two
        --initial-soc-sigma 0                     | --initial-soc-sigma: found 0.0, expected a number from 1.0E-6 to 1.0
        --start-s x                               | Invalid value for option '--start-s': 'x' is not a double
        --start-s 5 --end-s 4                     | --end-s: found 4.0, expected a time after --start-s 5.0
        --capacity-scale 0                        | --capacity-scale: found 0.0, expected a number from 0.1 to 10.0
        --temperature-c -300                      | --temperature-c: found -300.0, expected a number from -45.0 to 120.0
        --trust-points -1                         | --trust-points: found -1.0, expected a number from 0.0 to 100.0
        --score-after-s -1                        | --score-after-s: found -1.0, expected a number from 0.0 to 1.0E9
        --current-bias-a inf                      | Invalid value for option '--current-bias-a': 'inf' is not a double
        --voltage-bias-v 9                        | --voltage-bias-v: found 9.0, expected a number from -5.0 to 5.0
        --estimator best                          | --estimator: found best, expected one of ekf,
        --matrix m.yaml                           | --matrix: found --in, --cell or -o beside it, expected them in the matrix file
        --start-s 1e6                             | found no row with a time and a current in the recording from 1000000.0 s to its end, expected some
        --reference soc_bms                       | found no column soc_bms, expected one with the reference SOC
        --restart-by lap                          | found no column lap, expected one to start anew by
        """)
    void aWrongOptionIsToldInOneLine(String args, String text) throws IOException {
        CommandRun run = estimate(args.split(" "));
        assertEquals(2, run.exitCode(), run::err);
        assertEquals(1, run.err().lines().count(), run::err);
        assertTrue(run.err().contains(text), run::err);
    }

    @Test
    void whatIsNeededIsAskedForByName() {
        assertOneLine("found no --in, expected --cell FILE and --in FILE, or --matrix FILE", CommandRun.of("estimate"));
        assertOneLine(
                "found no --cell, expected --cell FILE and --in FILE, or --matrix FILE",
                CommandRun.of("estimate", "--in", "x.csv"));
        Path missing = folder.resolve("missing.csv");
        assertOneLine(
                missing + ": found no such file, expected a readable file",
                CommandRun.of("estimate", "--cell", cell.toString(), "--in", missing.toString()));
    }

    @Test
    void aShippedCellIsNamedInsteadOfAFile() throws IOException {
        Path in = ShippedFiles.write(folder.resolve("drive.csv"), drive);
        String named = CommandRun.of("estimate", "--cell", "panasonic-ncr18650pf", "--in", in.toString(), "--json")
                .out();
        assertEquals(estimate("--json").out(), named);
        CommandRun generic = CommandRun.of("estimate", "--cell", "generic-nca", "--in", in.toString());
        assertEquals(0, generic.exitCode(), generic::err);
        CommandRun other = CommandRun.of("estimate", "--cell", "generic", "--in", in.toString());
        assertTrue(
                other.err()
                        .startsWith("bms: generic: found no such file, expected a readable file or one of the shipped"
                                + " cells panasonic-ncr18650pf, panasonic-ncr18650pf.fitted, dmegc-inr18650, "),
                other::err);
        assertEquals(1, other.err().lines().count());
        assertEquals(2, other.exitCode());
        Path missing = folder.resolve("generic-nca");
        assertOneLine(
                missing + ": found no such file, expected a readable file",
                CommandRun.of("estimate", "--cell", missing.toString(), "--in", in.toString()));
    }

    private static void assertOneLine(String line, CommandRun run) {
        assertEquals(2, run.exitCode());
        assertEquals("bms: " + line, run.err().strip());
    }
}
