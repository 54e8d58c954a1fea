package io.github.bms4j.detect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.bms4j.Allocation;
import io.github.bms4j.estimate.PackEstimate;
import io.github.bms4j.measure.PackSample;
import io.github.bms4j.num.StepResult;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlatingDetectorTest {
    private final PlatingDetector detector =
            new PlatingDetector(DetectRig.TYPE, DetectRig.LAYOUT, PlatingSettings.standard());
    private final DetectRig rig = new DetectRig(9, detector::step);

    /** Rests after a charge; cell 3 stands up by {@code plateauV} until {@code untilS}. */
    private void rest(double seconds, double plateauV, double untilS, boolean all) {
        for (double s = 0.0; s < seconds; s += 10.0) {
            for (int c = 0; c < 6; c++) {
                double relaxing =
                        (1.0 + 0.03 * (c - 2.5)) * (0.03 * Math.exp(-s / 300.0) + 0.02 * Math.exp(-s / 2000.0));
                double plated = (all || c == 3) && s < untilS ? plateauV : 0.0;
                rig.addedV[c] = relaxing + plated;
            }
            rig.run(0.0, 10.0, 10.0);
        }
    }

    private void charge(double packA, double seconds) {
        Arrays.fill(rig.addedV, 0.0);
        rig.run(-packA, seconds, 10.0);
    }

    private String said() {
        return detector.finding(3).describe();
    }

    @ParameterizedTest(name = "{0} V for {1} s")
    @CsvSource({"0.008, 1500", "0.010, 1500", "0.006, 5000", "0.020, 600"})
    void aPlateauAfterAChargeIsSeenOnItsCellOnly(double plateauV, double untilS) {
        rig.noiseV = 0.001;
        charge(6.0, 1200.0);
        rest(4 * 3600.0, plateauV, untilS, false);
        assertTrue(detector.alarmed(3), said());
        assertTrue(detector.anyAlarmed());
        assertTrue(detector.againstNeighbours(3), said());
        assertTrue(detector.lowV(3) <= detector.bulgeV(3) && detector.bulgeV(3) <= detector.highV(3), said());
        assertTrue(detector.bulgeV(3) > 0.4 * plateauV && detector.bulgeV(3) < 1.1 * plateauV, said());
        assertTrue(detector.tripleS(3, 0) <= 0.5 * detector.tripleS(3, 1), said());
        assertTrue(detector.tripleS(3, 2) >= 1.4 * detector.tripleS(3, 1), said());
        assertTrue(detector.tripleS(3, 1) < 1.15 * untilS && detector.tripleS(3, 2) > 0.9 * untilS, said());
        for (int c = 0; c < 6; c++) {
            assertEquals(c == 3, detector.alarmed(c), detector.finding(c).describe());
        }
        double found = detector.finding(3).sinceNanos() * 1e-9 - 1200.0;
        assertTrue(found > untilS && found < 2.0 * untilS + 200.0, said());
        assertEquals(Suspect.CELL_PLATING, detector.finding(3).suspect());
    }

    @Test
    void whereAllCellsPlateOnlyTheBulgeItselfTells() {
        rig.noiseV = 0.0005;
        charge(6.0, 1200.0);
        rest(3 * 3600.0, 0.02, 2500.0, true);
        for (int c = 0; c < 6; c++) {
            assertTrue(detector.alarmed(c), detector.finding(c).describe());
            assertFalse(detector.againstNeighbours(c), detector.finding(c).describe());
        }
    }

    @Test
    void soundCellsThatRelaxDifferentlyAreNoEvidence() {
        rig.noiseV = 0.002;
        charge(6.0, 1200.0);
        rest(4 * 3600.0, 0.0, 0.0, false);
        assertFalse(detector.anyAlarmed(), said());
        for (int c = 0; c < 6; c++) {
            assertTrue(detector.lowV(c) < 0.0, detector.finding(c).describe());
        }
    }

    @ParameterizedTest(name = "{0} A for {1} s looked at: {2}")
    @CsvSource({"6, 1200, true", "3.1, 700, true", "2.9, 1200, false", "6, 500, false", "-6, 1200, false"})
    void looksOnlyAfterACharge(double packA, double seconds, boolean looks) {
        charge(packA, seconds);
        rest(3000.0, 0.01, 1000.0, false);
        assertEquals(looks, !Double.isNaN(detector.bulgeV(3)), said());
        assertEquals(looks, detector.alarmed(3), said());
    }

    @Test
    void aGapDuringTheChargeForgetsIt() {
        charge(6.0, 550.0);
        rig.run(-6.0, 130.0, 130.0);
        rig.run(-6.0, 100.0, 10.0);
        rest(3000.0, 0.01, 1000.0, false);
        assertTrue(Double.isNaN(detector.bulgeV(3)), said());
    }

    @Test
    void theNextChargeBeginsAnew() {
        charge(6.0, 1200.0);
        rest(3000.0, 0.01, 1000.0, false);
        assertTrue(detector.alarmed(3), said());
        charge(6.0, 700.0);
        assertTrue(detector.alarmed(3), "until the next rest");
        rest(60.0, 0.0, 0.0, false);
        assertFalse(detector.anyAlarmed(), said());
        assertTrue(Double.isNaN(detector.bulgeV(3)), said());
        rest(3000.0, 0.0, 0.0, false);
        assertFalse(detector.anyAlarmed(), said());
    }

    @Test
    void aCellThatIsBledIsLeftOutUntilTheNextChargeHasEnded() {
        charge(6.0, 1200.0);
        rest(60.0, 0.01, 1000.0, false);
        detector.bled(3);
        rest(3000.0, 0.01, 900.0, false);
        assertFalse(detector.anyAlarmed(), said());
        assertTrue(Double.isNaN(detector.bulgeV(3)), said());
        assertFalse(Double.isNaN(detector.bulgeV(2)));
        charge(6.0, 700.0);
        rest(3000.0, 0.01, 1000.0, false);
        assertTrue(detector.alarmed(3), said());
    }

    @Test
    void aLoadDuringTheRestEndsTheLook() {
        charge(6.0, 1200.0);
        rest(600.0, 0.01, 9000.0, false);
        rig.run(6.0, 60.0, 10.0);
        rest(3000.0, 0.01, 1000.0, false);
        assertFalse(detector.anyAlarmed(), said());
    }

    @Test
    void whatCellsCoolDownWidensTheInterval() {
        charge(6.0, 1200.0);
        rest(3000.0, 0.01, 1000.0, true);
        double width = detector.highV(3) - detector.lowV(3);
        charge(6.0, 1200.0);
        for (double s = 0.0; s < 3000.0; s += 10.0) {
            for (int c = 0; c < 6; c++) {
                rig.addedV[c] = s < 1000.0 ? 0.01 : 0.0;
            }
            Arrays.fill(rig.degC, s < 1000.0 ? 40.0 : 20.0);
            rig.run(0.0, 10.0, 10.0);
        }
        assertTrue(detector.highV(3) - detector.lowV(3) > 1.5 * width, width + ": " + said());
    }

    @Test
    void anUnusableSampleIsHeld() {
        charge(6.0, 1200.0);
        rest(500.0, 0.0, 0.0, false);
        assertEquals(StepResult.HELD, detector.step(new PackSample(DetectRig.LAYOUT), rig.estimate));
        assertEquals(StepResult.HELD, detector.step(rig.sample, rig.estimate));
        rig.sample.begin(rig.sample.nanos() + 1_000_000L);
        rig.sample.readCurrent(0.0);
        assertEquals(StepResult.HELD, detector.step(rig.sample, new PackEstimate(DetectRig.LAYOUT)));
        assertEquals(StepResult.USED, detector.step(rig.sample, rig.estimate));
    }

    @Test
    void aStepAllocatesNothing() {
        charge(6.0, 1200.0);
        assertEquals(0.0, Allocation.bytesPerCall(500, () -> rig.run(0.0, 10.0, 10.0)), 0.01);
    }

    @ParameterizedTest
    @CsvSource({
        "0, 5, 120, 14400, 0.1, 600, alarmV",
        "1e-3, 0, 120, 14400, 0.1, 600, sigmas",
        "1e-3, 5, 0, 14400, 0.1, 600, firstS",
        "1e-3, 5, 120, 360, 0.1, 600, lastS",
        "1e-3, 5, 120, Infinity, 0.1, 600, lastS",
        "1e-3, 5, 120, 14400, 0, 600, chargePerH",
        "1e-3, 5, 120, 14400, 0.1, -1, chargeS"
    })
    void refusesSettings(double v, double sigmas, double first, double last, double perH, double s, String name) {
        IllegalArgumentException e = assertThrows(
                IllegalArgumentException.class, () -> new PlatingSettings(v, sigmas, first, last, perH, s));
        assertTrue(String.valueOf(e.getMessage()).contains(name), e.getMessage());
    }
}
