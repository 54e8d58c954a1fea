package io.github.bms4j.sim.replay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.bms4j.cell.PackLayout;
import io.github.bms4j.estimate.Estimators;
import io.github.bms4j.estimate.NoiseModel;
import io.github.bms4j.sim.replay.RecordingFinding.Kind;
import io.github.bms4j.sim.trace.Trace;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What only an estimator that runs finds out about a voltage. */
class VoltageDoubtsTest {
    private static final int VOLTAGE = 2;
    private static final ReplayStart TOLD = ReplayStart.offReference(0.0, 0.02);

    private EstimateReplay replay = replay(DriveLog.of(10, 1.0));

    private static EstimateReplay replay(DriveLog log) {
        Recording recording = log.recording();
        return new EstimateReplay(
                recording, new RecordingScreen(recording, DriveLog.CELL), DriveLog.CELL, ReplaySetup.PLAIN);
    }

    private SocScore score(DriveLog log, String estimator) {
        replay = replay(log);
        Trace trace = replay.run(
                Estimators.create(estimator, DriveLog.CELL, new PackLayout(1, 1, 1), NoiseModel.of(DriveLog.CELL)),
                TOLD);
        return replay.score(trace, ReplayTrace.SOC, TOLD, 0.0);
    }

    private static DriveLog jumped(int from, double byV) {
        DriveLog log = DriveLog.of(1800, 1.0);
        for (int k = from; k < 1800; k++) {
            log.set(k, VOLTAGE, Double.toString(log.number(k, VOLTAGE) + byV));
        }
        return log;
    }

    @ParameterizedTest(name = "{0}: {1} V")
    @CsvSource({"ekf, 0.1", "ekf, -0.1", "spkf, 0.1"})
    void aJumpTooSmallForTheScreenIsFoundByTheFilter(String estimator, double byV) {
        SocScore score = score(jumped(610, byV), estimator);
        assertEquals(1, replay.findings().size());
        RecordingFinding finding = replay.findings().get(0);
        assertEquals(Kind.OFFSET_JUMP, finding.kind());
        assertEquals(1190, finding.rows());
        assertTrue(
                finding.text()
                        .matches(
                                "log:612: found voltage_v \\d\\.\\d+ at time_s 610.0, which the estimator holds for off"
                                        + " from there on \\(1190 rows\\), expected a voltage that steps only with the current"),
                finding::text);
        assertEquals(1.0, score.band().coverage());
        assertTrue(score.error().max() < 0.02, score::toString);
    }

    @Test
    void whatTheScreenHasFoundIsNotFoundTwice() {
        score(jumped(610, -0.3), "ekf");
        assertEquals(Kind.OFFSET_JUMP, replay.findings().get(0).kind());
        assertTrue(replay.findings().get(0).expected().contains("with the current"));
        assertEquals(1, replay.findings().size());
    }

    @Test
    void aCounterDoubtsNoVoltageAndEveryRunBeginsAnew() {
        score(jumped(610, 0.1), "ekf");
        assertEquals(1, replay.findings().size());
        replay.run(
                Estimators.create("counter", DriveLog.CELL, new PackLayout(1, 1, 1), NoiseModel.of(DriveLog.CELL)),
                TOLD);
        assertEquals(List.of(), replay.findings());
    }

    @Test
    void aVoltageThatStoodForTooShortForTheScreenIsFoundByTheFilter() {
        score(DriveLog.of(1800, 1.0).stick(VOLTAGE, 610, 760), "ekf");
        assertEquals(
                List.of(Kind.STUCK),
                replay.findings().stream().map(RecordingFinding::kind).toList());
        assertTrue(
                replay.findings().get(0).text().contains("which the estimator holds for standing still"),
                () -> replay.findings().get(0).text());
        assertTrue(replay.findings().get(0).text().contains("expected a voltage that answers the current"));
    }
}
