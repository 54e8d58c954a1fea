package io.github.bms4j.sim.replay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.bms4j.cell.CellType;
import io.github.bms4j.cell.PackLayout;
import io.github.bms4j.estimate.Estimators;
import io.github.bms4j.estimate.NoiseModel;
import io.github.bms4j.sim.run.ShippedData;
import io.github.bms4j.sim.trace.Trace;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The shipped US06 drive, 10 Hz, with holes cut into it: the current goes to and fro meanwhile and nobody sees it. */
class RecordedGapsTest {
    private static final CellType CELL = ShippedData.cell();
    private static final Recording DRIVE = ShippedData.drive();

    /** Without the last seconds of every period, the first of which begins so much earlier. */
    private static Recording cut(double everyS, double holeS, double phaseS) {
        StringBuilder csv = new StringBuilder("time_s,current_a,voltage_v,temperature_c,soc_ref\n");
        for (int k = 0; k < DRIVE.rows(); k++) {
            double t = DRIVE.timeS(k);
            if (k < 50 || (t + phaseS) % everyS < everyS - holeS) {
                csv.append(t).append(',').append(DRIVE.currentA(k)).append(',');
                csv.append(DRIVE.voltageV(k)).append(',').append(DRIVE.temperatureDegC(k));
                csv.append(',').append(DRIVE.socRef(k)).append('\n');
            }
        }
        try {
            return Recording.readLog(
                    "cut", new ByteArrayInputStream(csv.toString().getBytes(StandardCharsets.UTF_8)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @ParameterizedTest(name = "{1} s of every {0}, {2} s earlier")
    @CsvSource({"300, 60, 0", "300, 60, 150", "120, 60, 0", "120, 60, 37", "300, 110, 0", "60, 20, 0"})
    void whatFlowedInAHoleIsWithinTheSigma(double everyS, double holeS, double phaseS) {
        Recording recording = cut(everyS, holeS, phaseS);
        RecordingScreen screen = new RecordingScreen(recording, CELL);
        assertEquals(
                List.of(RecordingFinding.Kind.GAP),
                screen.findings().stream().map(RecordingFinding::kind).toList());
        EstimateReplay replay = new EstimateReplay(recording, screen, CELL, ReplaySetup.PLAIN);
        ReplayStart start = ReplayStart.offReference(0.0, 0.02);
        for (String name : List.of("ekf", "spkf", "counter")) {
            Trace trace =
                    replay.run(Estimators.create(name, CELL, new PackLayout(1, 1, 1), NoiseModel.of(CELL)), start);
            SocScore score = replay.score(trace, ReplayTrace.SOC, start, 0.0);
            assertTrue(score.band().coverage() >= 0.95, name + " " + score);
            assertTrue(score.band().meanSigma() < (name.equals("counter") ? 0.11 : 0.035), name + " " + score);
        }
    }
}
