package io.github.bms4j.detect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.bms4j.Allocation;
import io.github.bms4j.cell.PackLayout;
import io.github.bms4j.cell.SampleCells;
import io.github.bms4j.estimate.PackEstimate;
import io.github.bms4j.measure.PackSample;
import io.github.bms4j.num.StepResult;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InternalShortDetectorTest {
    private final InternalShortDetector detector =
            new InternalShortDetector(DetectRig.TYPE, DetectRig.LAYOUT, InternalShortSettings.standard());
    private final DetectRig rig = new DetectRig(5, detector::step);

    private String said() {
        return detector.finding(2).describe();
    }

    @ParameterizedTest(name = "{0} A")
    @CsvSource({"0.02", "0.05", "0.2", "1.0"})
    void findsALeakOfOneCellAtRestWithItsSize(double leakA) {
        rig.leakA[2] = leakA;
        rig.run(0.0, 48 * 3600.0, 60.0);
        assertTrue(detector.alarmed(2), said());
        assertTrue(detector.lowA(2) < leakA && leakA < detector.highA(2), said());
        assertEquals(leakA, detector.leakA(2), 0.15 * leakA, said());
        for (int c = 0; c < 6; c++) {
            assertEquals(c == 2, detector.alarmed(c), "cell " + c);
        }
        assertTrue(detector.anyAlarmed());
        Finding finding = detector.finding(2);
        assertEquals(Suspect.CELL_LEAK, finding.suspect());
        assertEquals(2, finding.index());
        assertEquals(detector.leakA(2), finding.value());
        assertEquals(detector.lowA(2), finding.low());
        assertEquals(detector.highA(2), finding.high());
        assertTrue(finding.sinceNanos() > 1800_000_000_000L && finding.sinceNanos() < 48 * 3600_000_000_000L);
    }

    @Test
    void measuresOnceInAQuarterOfAnHourAfterHalfAnHourOfRest() {
        rig.run(0.0, 1800.0 + 900.0 - 120.0, 60.0);
        assertEquals(0, detector.measurements());
        rig.run(0.0, 120.0, 60.0);
        assertEquals(1, detector.measurements());
        rig.run(0.0, 3600.0, 60.0);
        assertEquals(5, detector.measurements());
        rig.run(3.0, 60.0, 60.0);
        rig.run(0.0, 2580.0, 60.0);
        assertEquals(5, detector.measurements(), "a load ends the rest");
        rig.run(0.0, 180.0, 60.0);
        assertEquals(6, detector.measurements());
    }

    @Test
    void aGapOfMoreThanTwoMinutesEndsTheRest() {
        rig.run(0.0, 2400.0, 60.0);
        rig.run(0.0, 121.0, 121.0);
        rig.run(0.0, 2580.0, 60.0);
        assertEquals(0, detector.measurements());
        rig.run(0.0, 180.0, 60.0);
        assertEquals(1, detector.measurements());
    }

    @Test
    void whatAllCellsLoseAlikeIsNoLeak() {
        for (int c = 0; c < 6; c++) {
            rig.leakA[c] = 0.2;
        }
        rig.run(0.0, 24 * 3600.0, 60.0);
        assertFalse(detector.anyAlarmed(), said());
        assertEquals(0.0, detector.leakA(2), 1e-3);
    }

    @Test
    void aCellOfLessCapacityDoesNotLeak() {
        rig.capacity[2] = 0.95 * DetectRig.GROUP_AH;
        for (int day = 0; day < 6; day++) {
            rig.run(10.0, 3600.0, 60.0);
            rig.run(0.0, 8 * 3600.0, 60.0);
            rig.run(-10.0, 3600.0, 60.0);
            rig.run(0.0, 8 * 3600.0, 60.0);
        }
        assertFalse(detector.anyAlarmed(), said());
        assertTrue(Math.abs(detector.leakA(2)) < 3.0 * detector.sigmaA(2), said());
    }

    @Test
    void whatWasBledIsNoLeakAndWhatWasNotBledIs() {
        rig.leakA[2] = 0.1;
        for (int k = 0; k < 4 * 48; k++) {
            detector.bled(2, 0.1 * 0.25);
            rig.run(0.0, 900.0, 60.0);
        }
        assertFalse(detector.anyAlarmed(), said());
        assertEquals(0.0, detector.leakA(2), 0.01);
        detector.bled(2, Double.NaN);
        for (int k = 0; k < 4 * 24; k++) {
            rig.run(0.0, 900.0, 60.0);
        }
        assertTrue(detector.alarmed(2), said());
    }

    @Test
    void anExcludedCellIsNotJudgedAndDoesNotMoveTheOthers() {
        detector.exclude(2, true);
        rig.run(0.0, 6 * 3600.0, 60.0);
        rig.sensorV[2] = -0.1;
        rig.run(0.0, 20 * 3600.0, 60.0);
        assertFalse(detector.anyAlarmed());
        for (int c = 0; c < 6; c++) {
            assertEquals(0.0, detector.leakA(c), 1e-3, "cell " + c);
        }
        rig.sensorV[2] = 0.0;
        detector.exclude(2, false);
        rig.leakA[2] = 0.2;
        rig.run(0.0, 24 * 3600.0, 60.0);
        assertTrue(detector.alarmed(2), said());
    }

    @Test
    void aStepOfTheSensorIsNoLeakForLong() {
        rig.run(0.0, 24 * 3600.0, 60.0);
        rig.sensorV[2] = -0.02;
        rig.run(0.0, 24 * 3600.0, 60.0);
        assertFalse(detector.alarmed(2), said());
        assertTrue(detector.lowA(2) < 0.0, said());
    }

    @Test
    void lessSureOfTheMeanIsLessSureOfALeakWhereTheCurveBends() {
        InternalShortDetector unsure =
                new InternalShortDetector(SampleCells.bent(), DetectRig.LAYOUT, InternalShortSettings.standard());
        InternalShortDetector sure =
                new InternalShortDetector(SampleCells.bent(), DetectRig.LAYOUT, InternalShortSettings.standard());
        run(unsure, 0.1);
        run(sure, 0.001);
        assertTrue(unsure.sigmaA(2) > 1.2 * sure.sigmaA(2), unsure.sigmaA(2) + " " + sure.sigmaA(2));
    }

    private static void run(InternalShortDetector one, double sigma) {
        DetectRig rig = new DetectRig(3, one::step);
        rig.meanSocSigma = sigma;
        rig.soc[2] = 0.55;
        rig.run(0.0, 12 * 3600.0, 60.0);
    }

    @Test
    void anUnusableSampleIsHeldAndChangesNothing() {
        rig.run(0.0, 3 * 3600.0, 60.0);
        double before = detector.leakA(2);
        int measured = detector.measurements();
        assertEquals(StepResult.HELD, detector.step(new PackSample(DetectRig.LAYOUT), rig.estimate));
        assertEquals(StepResult.HELD, detector.step(rig.sample, rig.estimate), "no later");
        rig.sample.begin(rig.sample.nanos() + 1_000_000_000L);
        assertEquals(StepResult.HELD, detector.step(rig.sample, rig.estimate), "no current");
        rig.sample.readCurrent(0.0);
        assertEquals(StepResult.HELD, detector.step(rig.sample, new PackEstimate(DetectRig.LAYOUT)));
        assertEquals(StepResult.USED, detector.step(rig.sample, rig.estimate), "no voltages: the rest goes on");
        assertEquals(before, detector.leakA(2));
        assertEquals(measured, detector.measurements());
    }

    @Test
    void aSingleCellHasNothingToBeHeldAgainst() {
        PackLayout one = new PackLayout(1, 1, 1);
        InternalShortDetector alone = new InternalShortDetector(DetectRig.TYPE, one, InternalShortSettings.standard());
        PackSample sample = new PackSample(one);
        PackEstimate estimate = new PackEstimate(one);
        for (int k = 0; k < 200; k++) {
            sample.begin(k * 60_000_000_000L);
            sample.readCurrent(0.0);
            sample.readCellVoltage(0, 3.7 - 1e-4 * k);
            sample.readTemperature(0, 25.0);
            estimate.cell(0, 0.5, 0.01, 0.0, 0.0, 3.7);
            estimate.close(sample.nanos());
            assertEquals(StepResult.USED, alone.step(sample, estimate));
        }
        assertEquals(0, alone.measurements());
        assertFalse(alone.alarmed(0));
    }

    @Test
    void aStepAllocatesNothing() {
        rig.leakA[2] = 0.3;
        rig.run(0.0, 12 * 3600.0, 60.0);
        assertEquals(0.0, Allocation.bytesPerCall(500, () -> rig.run(0.0, 60.0, 60.0)), 0.01);
    }

    @ParameterizedTest
    @CsvSource({
        "0, 3, 1800, 900, 5e-5, 0.002, alarmPerH",
        "1e-4, 0, 1800, 900, 5e-5, 0.002, sigmas",
        "1e-4, 3, -1, 900, 5e-5, 0.002, settleS",
        "1e-4, 3, 1800, 0, 5e-5, 0.002, anchorS",
        "1e-4, 3, 1800, 900, 0, 0.002, wanderPerH",
        "1e-4, 3, 1800, 900, 5e-5, -1, sensorOffsetV"
    })
    void refusesSettings(
            double alarm, double sigmas, double settle, double anchor, double wander, double v, String name) {
        IllegalArgumentException e = assertThrows(
                IllegalArgumentException.class,
                () -> new InternalShortSettings(alarm, sigmas, settle, anchor, wander, v));
        assertTrue(String.valueOf(e.getMessage()).contains(name), e.getMessage());
    }
}
