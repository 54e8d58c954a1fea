package io.github.bms4j.examples;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever is wrong with what a user hands in: one line, the right exit code, and the old results as they were. */
class BadInputTest {
    private static final List<String> RESULTS = List.of("report.html", "session.candump.log", "trace.csv");
    private static final String CELL = "/io/github/bms4j/sim/cells/panasonic-ncr18650pf.yaml";

    @TempDir
    private Path folder;

    private Path out;

    @BeforeEach
    void anEarlierRunLeftItsResults() throws IOException {
        out = Files.createDirectory(folder.resolve("out"));
        for (String name : RESULTS) {
            Files.writeString(out.resolve(name), "old " + name);
        }
    }

    /** Nothing else is in the folder either: no half-written file. */
    @AfterEach
    void theyAreAsTheyWere() throws IOException {
        try (Stream<Path> files = Files.list(out)) {
            assertEquals(
                    RESULTS,
                    files.map(file -> file.getFileName().toString()).sorted().toList());
        }
        for (String name : RESULTS) {
            assertEquals("old " + name, Files.readString(out.resolve(name)));
        }
    }

    private CommandRun demo(String... args) {
        Stream<String> fixed = Stream.of("demo", "--out", out.toString());
        return CommandRun.of(Stream.concat(fixed, Arrays.stream(args)).toArray(String[]::new));
    }

    private static void assertOneLine(int exitCode, String line, CommandRun run) {
        assertAll(
                () -> assertEquals("bms: " + line + System.lineSeparator(), run.err()),
                () -> assertEquals(exitCode, run.exitCode()),
                () -> assertEquals("", run.out()));
    }

    /** A row of the table: {@code |} stands for a new line. */
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = ';', textBlock = """
        empty            ; ''                                      ; 1:1: found 0 rows of data, expected a header and two rows
        header alone     ; time_s,current_a                        ; 2:1: found 0 rows of data, expected a header and two rows
        one row          ; time_s,current_a|0,1                    ; 3:1: found 1 row of data, expected a header and two rows
        no such column   ; time_s,amps|0,1|1,1                     ; 1:1: found columns time_s,amps, expected a column current_a
        text in a number ; time_s,current_a|0,1|1,abc              ; 3:2: found current_a 'abc', expected a finite number, or nothing if it was not measured
        NaN              ; time_s,current_a|0,NaN|1,1              ; 2:2: found current_a 'NaN', expected a finite number, or nothing if it was not measured
        infinite         ; time_s,current_a|0,1|1e999,1            ; 3:1: found time_s '1e999', expected a finite number
        time missing     ; time_s,current_a|0,1|,1                 ; 3:1: found time_s '', expected a finite number
        short row        ; time_s,current_a|0,1|1                  ; 3:1: found 1 field, expected 2 as in the header
        long row         ; time_s,current_a|0,1|1,2,3              ; 3:3: found 3 fields, expected 2 as in the header
        time stands      ; current_a,time_s|1,5|1,5                ; 3:2: found time_s 5, expected a time after that of the row before, 5.0
        time runs back   ; time_s,current_a|5,1|4,1                ; 3:1: found time_s 4, expected a time after that of the row before, 5.0
        a line in a field; time_s,current_a|0,1|1,"a|b"            ; 3:2: found current_a 'a b', expected a finite number, or nothing if it was not measured
        """)
    void aBrokenRecordingIsToldWithLineAndField(String name, String text, String line) throws IOException {
        Path file = Files.writeString(folder.resolve("drive.csv"), text.replace("|", "\n"));
        assertOneLine(2, file + ":" + line, demo("--recording", file.toString()));
    }

    @Test
    void bytesThatAreNotUtf8AreNoNumber() throws IOException {
        Path file = folder.resolve("drive.csv");
        Files.write(file, "time_s,current_a\n0,1\n1,\u00e9\n".getBytes(StandardCharsets.ISO_8859_1));
        assertOneLine(
                2,
                file + ":3:2: found current_a '\uFFFD', expected a finite number, or nothing if it was not measured",
                demo("--recording", file.toString()));
    }

    @Test
    void aTruncatedGzipFileIsToldWithTheLineItEndsIn() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream zip = new GZIPOutputStream(bytes)) {
            zip.write("time_s,current_a\n0,1\n1,1\n2,1\n".getBytes(StandardCharsets.US_ASCII));
        }
        Path file = folder.resolve("drive.csv.gz");
        Files.write(file, Arrays.copyOf(bytes.toByteArray(), bytes.size() - 12));
        CommandRun run = demo("--recording", file.toString());
        assertEquals(2, run.exitCode());
        assertTrue(
                run.err()
                        .matches("bms: .*drive.csv.gz:\\d+:1: found the end of a gzip stream before its time,"
                                + " expected a whole gzip file\\R"),
                run::err);
    }

    @Test
    void aDamagedGzipFileIsToldAsSuch() throws IOException {
        Path file = folder.resolve("drive.csv.gz");
        Files.write(file, new byte[] {0x1F, (byte) 0x8B, 99, 0, 0, 0, 0, 0, 0, 0, 0, 0});
        assertOneLine(
                2,
                file + ":1:1: found a damaged gzip stream (Unsupported compression method), expected a whole gzip file",
                demo("--recording", file.toString()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"--recording", "--cell"})
    void aMissingFileOrAFolderIsToldByName(String option) {
        Path missing = folder.resolve("missing");
        assertOneLine(2, missing + ": found no such file, expected a readable file", demo(option, missing.toString()));
        assertOneLine(2, folder + ": found a folder, expected a readable file", demo(option, folder.toString()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"--recording", "--cell"})
    void aFileWithoutPermissionIsToldByName(String option) throws IOException {
        Path file = Files.writeString(folder.resolve("secret"), "time_s,current_a\n0,1\n1,1\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("-wx-wx-wx"));
        assumeFalse(Files.isReadable(file), "a superuser reads everything");
        assertOneLine(2, file + ": found no permission, expected a readable file", demo(option, file.toString()));
    }

    /** Each row breaks the shipped cell file by replacing a text in it; the place is where that text stood. */
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = ';', textBlock = """
        broken syntax  ; name:            ; 'name: ['
        unknown key    ; name:            ; 'nickname: x\nname:'
        wrong type     ; capacityAh:      ; 'capacityAh: [1, 2] #'
        text           ; capacityAh:      ; 'capacityAh: much #'
        NaN            ; capacityAh:      ; 'capacityAh: .nan #'
        negative       ; capacityAh:      ; 'capacityAh: -3 #'
        missing        ; capacityAh:      ; '#'
        """)
    void aBrokenCellFileIsToldWithLineAndColumn(String name, String from, String to) throws IOException {
        String good;
        try (InputStream in = BadInputTest.class.getResourceAsStream(CELL)) {
            good = new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
        }
        String bad = good.replaceFirst(from, to.replace("\\n", "\n"));
        assertFalse(bad.equals(good), "the shipped file has no " + from);
        assertFound(Files.writeString(folder.resolve("cell.yaml"), bad), "--cell");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = ';', textBlock = """
        broken JSON    ; '{"Header": {"BPX": 0.4,'
        no parameters  ; '{"Header": {"BPX": 0.4, "Model": "SPM"}}'
        wrong type     ; '{"Header": 3}'
        something else ; '{"a": 1}'
        a list         ; '[1, 2]'
        no text at all ; ''
        control char   ; "cell: \u0001"
        """)
    void aBrokenBpxFileIsToldWithLineAndColumn(String name, String text) throws IOException {
        assertFound(Files.writeString(folder.resolve("cell.json"), text), "--cell");
    }

    @Test
    void aCellFileThatIsNotUtf8IsToldAsSuch() throws IOException {
        Path file = folder.resolve("cell.yaml");
        Files.write(file, "name: \u00e9\n".getBytes(StandardCharsets.ISO_8859_1));
        assertOneLine(
                2, file + ":1:1: found bytes that are not UTF-8, expected UTF-8 text", demo("--cell", file.toString()));
    }

    private void assertFound(Path file, String option) {
        CommandRun run = demo(option, file.toString());
        assertEquals(2, run.exitCode(), run::err);
        assertEquals(1, run.err().lines().count(), run::err);
        String line = run.err().strip();
        String rest = line.substring(("bms: " + file).length());
        assertTrue(line.startsWith("bms: " + file) && rest.matches(":\\d+:\\d+: found .+, expected .+"), line);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        --seed abc           | Invalid value for option '--seed': 'abc' is not a long
        --departure-min x    | Invalid value for option '--departure-min': 'x' is not a double
        --departure-min -5   | --departure-min: found -5.0, expected minutes above 0 and at most 10080.0
        --departure-min 0    | --departure-min: found 0.0, expected minutes above 0 and at most 10080.0
        --departure-min NaN  | --departure-min: found NaN, expected minutes above 0 and at most 10080.0
        --departure-min 1e9  | --departure-min: found 1.0E9, expected minutes above 0 and at most 10080.0
        --target-soc 1.5     | --target-soc: found 1.5, expected a SOC above 0 and at most 1.0
        --target-soc NaN     | --target-soc: found NaN, expected a SOC above 0 and at most 1.0
        --frob               | Unknown option: '--frob'
        extra                | Unmatched argument at index 3: 'extra'
        """)
    void aWrongOptionIsToldInOneLine(String args, String line) {
        assertOneLine(2, line, demo(args.split(" ")));
    }

    @Test
    void noCommandAndAnUnknownOneAreToldInOneLine() {
        assertOneLine(2, "found no command, expected one of those in 'bms --help'", CommandRun.of());
        assertOneLine(2, "Unmatched argument at index 0: 'dmeo'", CommandRun.of("dmeo"));
    }

    @Test
    void anOutputThatCannotBeWrittenIsARunThatFailed() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "kept");
        String line = file + ": found a file, expected a folder";
        assertOneLine(1, line, CommandRun.of("demo", "--out", file.toString()));
        assertOneLine(
                1,
                line,
                CommandRun.of("demo", "--out", file.resolve("deeper/still").toString()));
        assertEquals("kept", Files.readString(file));
    }

    @Test
    void aFolderInTheWayOfOneResultLeavesTheOthersAlone() throws IOException {
        Path results = Files.createDirectories(folder.resolve("results"));
        Path inTheWay = Files.createDirectory(results.resolve("report.html"));
        assertOneLine(
                1, inTheWay + ": found a folder, expected a file", CommandRun.of("demo", "--out", results.toString()));
        try (Stream<Path> files = Files.list(results)) {
            assertEquals(List.of(inTheWay), files.toList());
        }
    }
}
