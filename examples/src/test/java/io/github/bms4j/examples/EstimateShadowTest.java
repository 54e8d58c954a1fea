package io.github.bms4j.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.bms4j.sim.run.ShippedData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Candidates beside an estimator on a measured drive from full to empty. */
class EstimateShadowTest {
    @TempDir
    private Path folder;

    private Path cell;
    private Path in;

    @BeforeEach
    void writeFiles() throws IOException {
        cell = ShippedFiles.cell(folder);
        in = ShippedFiles.write(
                folder.resolve("drive.csv"),
                ShippedFiles.drive(ShippedData.drive().rows() / 10));
    }

    private CommandRun estimate(String... more) {
        Stream<String> fixed =
                Stream.of("estimate", "--cell", cell.toString(), "--in", in.toString(), "--initial-soc-offset", "-0.2");
        return CommandRun.of(Stream.concat(fixed, Stream.of(more)).toArray(String[]::new));
    }

    private static List<String> shadow(CommandRun run) {
        assertEquals(0, run.exitCode(), run::err);
        return run.out().lines().filter(line -> line.startsWith("shadow ")).toList();
    }

    @Test
    void keepsTheFilterInChargeAgainstACounterAndSaysWhy() {
        CommandRun run = estimate("--shadow", "counter", "--json");
        List<String> told = shadow(run);
        assertEquals(1, told.size(), run::out);
        assertTrue(
                told.get(0).matches("shadow +\\d+\\.\\d s KEPT BETTER_EVIDENCE: ekf .* over counter .*"),
                told::toString);
        assertTrue(run.out().contains("\"shadow\":[\"" + told.get(0).substring(12)), run::out);
    }

    @Test
    void tellsTheRightCapacityFromAWrongOne() {
        List<String> told =
                shadow(estimate("--capacity-scale", "0.7", "--shadow", "ekf", "--shadow-cell", cell.toString()));
        String standing = told.get(told.size() - 1); // the drive has no rest of a minute: nobody takes over
        assertTrue(standing.startsWith("shadow      at the end "), told::toString);
        double evidence = Double.parseDouble(standing.replaceAll(".*evidence for the one beside ([^,]*),.*", "$1"));
        assertTrue(evidence > 10.0, told::toString);
    }

    @Test
    void changesNothingOfTheEstimateWhileItIsOnTrial() throws IOException {
        estimate("-o", folder.resolve("alone.csv").toString());
        estimate("--shadow", "spkf", "-o", folder.resolve("both.csv").toString());
        assertEquals(-1, Files.mismatch(folder.resolve("alone.csv"), folder.resolve("both.csv")));
    }

    @Test
    void refusesWhatDoesNotFitInOneLine() throws IOException {
        CommandRun unknown = estimate("--shadow", "oracle");
        assertEquals(2, unknown.exitCode());
        assertTrue(unknown.err().startsWith("bms: --shadow: found oracle, expected one of ekf, "), unknown::err);
        CommandRun alone = estimate("--shadow-cell", cell.toString());
        assertEquals(2, alone.exitCode());
        assertTrue(alone.err().startsWith("bms: --shadow-cell: found no --shadow beside it"), alone::err);
        CommandRun other = estimate("--shadow", "ekf", "--shadow-cell", "generic-lfp");
        assertEquals(2, other.exitCode());
        assertTrue(other.err().startsWith("bms: --shadow-cell: found LFP in generic-lfp, expected "), other::err);
        CommandRun matrix = CommandRun.of("estimate", "--matrix", "m.yaml", "--shadow", "ekf");
        assertEquals(2, matrix.exitCode());
        assertTrue(matrix.err().startsWith("bms: --matrix: found --shadow beside it"), matrix::err);
    }
}
