package io.github.bms4j.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EstimateMatrixTest {
    private static final String GROUP = """
            matrix: 1
            folders: {cells: .}
            groups:
              - name: warm
                recordings:
                  - {in: "${data}/drive.csv", cell: "${cells}/cell.yaml", trustGrowsToPoints: 2.5}
                starts: [head, {soc: 0.97}, {timeS: 100}]
                offsets: [-0.2, 0.0]
                biases: [none, {currentPerH: 0.01}, {voltageV: -0.005}, {capacityScale: 0.9, currentA: 0.02}]
                estimators: [ekf]
                beside: [plain-ekf, plain-ekf-adc]
                bars: {coveragePercent: 90, rmsPoints: 5, maxPoints: 9, sigmaPoints: 6}
            """;

    @TempDir
    private Path folder;

    @BeforeEach
    void writeTheData() throws IOException {
        ShippedFiles.cell(folder);
        Files.createDirectory(folder.resolve("data"));
        ShippedFiles.write(folder.resolve("data/drive.csv"), ShippedFiles.drive(1000));
    }

    private CommandRun matrix(String text, String... more) throws IOException {
        Path file = Files.writeString(folder.resolve("matrix.yaml"), text);
        String[] args = new String[5 + more.length];
        args[0] = "estimate";
        args[1] = "--matrix";
        args[2] = file.toString();
        args[3] = "--data";
        args[4] = folder.resolve("data").toString();
        System.arraycopy(more, 0, args, 5, more.length);
        return CommandRun.of(args);
    }

    @Test
    void runsTheProductOfItsListsAndPrintsOneTable() throws IOException {
        CommandRun run = matrix(GROUP);
        assertEquals(0, run.exitCode(), () -> run.err() + run.out());
        List<String> lines = run.out().lines().toList();
        List<String> rows = lines.stream().filter(l -> l.startsWith("| warm ")).toList();
        assertEquals(3 * 2 * 4 * 3 + 3, rows.size(), "every case, and three estimators of one group");
        assertTrue(
                rows.get(0)
                        .matches("\\| warm +\\| drive +\\| cell +\\| head, -20 +\\| +\\| ekf +\\| \\d.*\\| kept +\\|"),
                rows.get(0));
        assertTrue(rows.get(1).contains("plain-ekf") && rows.get(1).endsWith("|      |"), rows.get(1));
        assertTrue(rows.get(3).contains("| +0.010 C"), rows.get(3));
        assertTrue(rows.get(6).contains("| -5 mV"), rows.get(6));
        assertTrue(rows.get(9).contains("| +20 mA Q x 0.90"), rows.get(9));
        assertTrue(rows.get(24).contains("| at 97 %, -20"), rows.get(24));
        assertTrue(rows.get(48).contains("| 100 s, -20"), rows.get(48));
        assertTrue(
                rows.get(72)
                        .matches("\\| warm +\\| ekf +\\| +24 +\\|( +\\d+\\.\\d+/\\d+\\.\\d+ +\\|){3} – .*\\| +0 +\\|"),
                rows.get(72));
        assertTrue(rows.get(73).matches("\\| warm +\\| plain-ekf .*\\| – +\\|"), rows.get(73));
        assertTrue(lines.get(lines.size() - 1).equals("72 cases, 0 broken"), lines.get(lines.size() - 1));
    }

    @Test
    void givesTheSameTableEveryTimeAndAPageOnDemand() throws IOException {
        Path page = folder.resolve("matrix.html");
        CommandRun first = matrix(GROUP, "--json");
        CommandRun second = matrix(GROUP, "--json", "--report", page.toString());
        assertEquals(first.out(), second.out().replace("written     " + page + "\n", ""));
        String html = Files.readString(page);
        assertTrue(html.contains("Worst of each group") && html.contains("plain-ekf-adc"));
        String json = first.out().lines().reduce((a, b) -> b).orElseThrow();
        assertTrue(json.startsWith("{\"cases\":72,\"broken\":0,\"results\":[{\"group\":\"warm\","), json);
        assertTrue(json.contains("\"broken\":[]") && json.contains("\"start\":\"head, -20\""), json);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        rmsPoints: 0.001             | RMS \\d+\\.\\d+ > 0\\.00
        maxPoints: 0.01              | max \\d+\\.\\d+ > 0\\.01
        sigmaPoints: 0.01            | σ \\d+\\.\\d+ > 0\\.01
        "onceOutside: {soc: [0.1, 0.9], rmsPoints: 0.01, maxPoints: 0.01}" | RMS outside .* > 0\\.01, max outside .* > 0\\.01
        "onceOutside: {soc: [0.1, 1.0], rmsPoints: 9, maxPoints: 9}"       | never outside
        """)
    void aBrokenBarIsMarkedAndFailsTheRun(String bar, String text) throws IOException {
        String group = GROUP.replace("offsets: [-0.2, 0.0]", "offsets: [0.0]")
                .replaceFirst("bars: .*", "bars: {" + bar.replace("\"", "") + "}");
        CommandRun run = matrix(group);
        assertEquals(1, run.exitCode(), run::err);
        String first = run.out()
                .lines()
                .filter(l -> l.startsWith("| warm "))
                .findFirst()
                .orElseThrow();
        assertTrue(first.matches(".*\\| BROKEN " + text + " +\\|"), first);
        assertTrue(
                run.out().lines().filter(l -> l.contains("plain-ekf")).noneMatch(l -> l.contains("BROKEN")),
                "not judged");
    }

    @Test
    void barsOfTheBiasedCasesReplaceThoseOfThePlainOnes() throws IOException {
        String group = GROUP.replaceFirst("bars: .*", "bars: {rmsPoints: 0.001}\n    biasedBars: {rmsPoints: 50}");
        List<String> judged =
                matrix(group).out().lines().filter(l -> l.contains("| ekf ")).toList();
        assertTrue(judged.get(0).contains("BROKEN RMS"), judged.get(0));
        assertTrue(judged.get(1).contains("| kept"), judged.get(1));
    }

    @Test
    void whatExceedsTheTrustIsJudgedWhereAsked() throws IOException {
        String group = GROUP.replace("trustGrowsToPoints: 2.5", "trustPoints: 100")
                .replaceFirst("bars: .*", "bars: {rmsPoints: 0, maxPoints: 0, against: REFERENCE_AND_TRUST}");
        assertEquals(0, matrix(group).exitCode());
    }

    @Test
    void onlyTheGroupsThatAreAskedForRun() throws IOException {
        String two = GROUP + GROUP.substring(GROUP.indexOf("  - name")).replace("warm", "cold");
        CommandRun run = matrix(two, "--only", "cold");
        assertTrue(run.out().contains("| cold ") && !run.out().contains("| warm "), run::out);
        CommandRun none = matrix(two, "--only", "hot");
        assertEquals(2, none.exitCode());
        assertEquals(
                "bms: " + folder.resolve("matrix.yaml") + ": found no group with \"hot\" in its name, expected one",
                none.err().strip());
    }

    @ParameterizedTest(name = "{0} -> {1}")
    @CsvSource(delimiter = '|', textBlock = """
        matrix: 1            | matrix: 2                | 1:9: found 2, expected a whole number within [1, 1] for matrix
        'name: warm'         | 'nome: warm'             | 4:5: found unknown key "nome", expected one of name, recordings,
        '${cells}/cell.yaml' | '${cell}/cell.yaml'      | 6:41: found the folder ${cell}, which nobody named, expected a folder named in the file or by --cell DIR
        'starts: [head,'     | 'starts: [tail,'         | 7:14: found tail, expected head, or a map with soc or timeS
        'biases: [none,'     | 'biases: [some,'         | 9:14: found some, expected none, or a map with currentA, currentPerH, voltageV or capacityScale
        'offsets: [-0.2,'    | 'offsets: [-2,'          | 8:14: found soc must be within [-1.0, 1.0] but is -2.0, expected offsets within [-1, 1]
        'estimators: [ekf]'  | 'estimators: [best]'     | 10:18: found estimator best, expected one of ekf,
        'rmsPoints: 5'       | 'rmsPoints: 500'         | 12:44: found 500.0, expected a number within [0, 100] for rmsPoints
        'rmsPoints: 5'       | 'onceOutside: {soc: [1]}' | 12:52: found 1 numbers, expected two SOC, the lower one first
        'rmsPoints: 5'       | 'against: NOBODY'        | 12:42: found "NOBODY", expected one of REFERENCE, REFERENCE_AND_TRUST for against
        'capacityScale: 0.9' | 'capacityScale: 90'      | 9:77: found 90.0, expected a factor within [0.1, 10] for capacityScale
        """)
    void aWrongMatrixIsToldWithLineAndColumn(String from, String to, String line) throws IOException {
        assertTrue(GROUP.contains(from), from);
        CommandRun run = matrix(GROUP.replace(from, to));
        assertEquals(2, run.exitCode(), run::err);
        assertEquals(1, run.err().lines().count(), run::err);
        assertTrue(run.err().startsWith("bms: " + folder.resolve("matrix.yaml") + ":" + line), run::err);
    }

    @Test
    void aShippedCellIsNamedInsteadOfAFile() throws IOException {
        CommandRun run = matrix(GROUP.replace("${cells}/cell.yaml", "generic-nca"));
        assertTrue(run.out().contains("| generic-nca "), () -> run.err() + run.out());
        Files.writeString(folder.resolve("generic-nca"), "no cell");
        CommandRun file = matrix(GROUP.replace("${cells}/cell.yaml", "generic-nca"));
        assertEquals(2, file.exitCode(), "a file of that name comes first");
        assertTrue(file.err().startsWith("bms: " + folder.resolve("generic-nca") + ":1:1: found"), file::err);
    }

    @ParameterizedTest
    @ValueSource(strings = {"drive.csv", "cell.yaml"})
    void aFileThatIsMissingEndsItInOneLine(String name) throws IOException {
        CommandRun run = matrix(GROUP.replace(name, "missing"));
        assertEquals(2, run.exitCode());
        assertEquals(1, run.err().lines().count(), run::err);
        assertTrue(run.err().contains("missing: found no such file, expected a readable file"), run::err);
    }

    @Test
    void aRecordingThatIsRefusedNamesItself() throws IOException {
        Files.writeString(
                folder.resolve("data/drive.csv"), "time_s,current_a,voltage_v,temperature_c,soc_ref\n0,1,3.7,25,0.5\n");
        CommandRun run = matrix(GROUP);
        assertEquals(2, run.exitCode());
        assertTrue(run.err().contains("drive.csv:3:1: found 1 row of data"), run::err);
    }

    /** The matrices of the project read, and all recordings they name are there. */
    @ParameterizedTest
    @CsvSource({"accuracy.yaml, 6, 0", "accuracy-all.yaml, 8, 3"})
    void theProjectsOwnMatricesAreWhole(String name, int shipped, int others) throws Exception {
        Map<String, Path> folders = new HashMap<>();
        Path elsewhere = folder.resolve("elsewhere");
        folders.put("data", elsewhere);
        List<MatrixCase> cases = MatrixFile.read(Path.of(name), folders);
        List<Path> recordings =
                cases.stream().map(MatrixCase::recording).distinct().toList();
        List<Path> here =
                recordings.stream().filter(p -> !p.startsWith(elsewhere)).toList();
        assertEquals(
                List.of(), here.stream().filter(p -> !Files.isRegularFile(p)).toList());
        assertTrue(here.size() >= shipped && recordings.size() - here.size() >= others, recordings::toString);
        assertTrue(
                cases.stream().filter(MatrixCase::judged).allMatch(c -> c.bars().coverage() >= 0.95));
    }
}
