package io.github.bms4j.detect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.bms4j.Allocation;
import io.github.bms4j.cell.PackLayout;
import io.github.bms4j.estimate.PackEstimate;
import io.github.bms4j.measure.PackSample;
import io.github.bms4j.num.StepResult;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SensorBiasDetectorTest {
    private static final int ONE = Finding.ONLY_ONE;

    private final SensorBiasDetector detector =
            new SensorBiasDetector(DetectRig.TYPE, DetectRig.LAYOUT, SensorBiasSettings.standard());
    private boolean zeroCurrent;
    private final DetectRig rig = new DetectRig(21, this::feed);

    private void feed(PackSample sample, PackEstimate estimate) {
        detector.step(sample, estimate, zeroCurrent);
    }

    private void learn() {
        rig.noiseV = 0.001;
        for (int k = 0; k < 6; k++) {
            rig.run(6.0, 900.0, 10.0);
            rig.run(0.0, 900.0, 10.0);
            rig.run(-6.0, 900.0, 10.0);
        }
    }

    private void assertOnly(Suspect suspect, int index) {
        for (int c = 0; c < 6; c++) {
            assertEquals(
                    suspect == Suspect.CELL_VOLTAGE_SENSOR && index == c,
                    detector.alarmed(Suspect.CELL_VOLTAGE_SENSOR, c),
                    detector.finding(Suspect.CELL_VOLTAGE_SENSOR, c).describe());
        }
        for (int s = 0; s < 3; s++) {
            assertEquals(
                    suspect == Suspect.TEMPERATURE_SENSOR && index == s,
                    detector.alarmed(Suspect.TEMPERATURE_SENSOR, s),
                    detector.finding(Suspect.TEMPERATURE_SENSOR, s).describe());
        }
        assertEquals(
                suspect == Suspect.PACK_VOLTAGE_SENSOR,
                detector.alarmed(Suspect.PACK_VOLTAGE_SENSOR, ONE),
                detector.finding(Suspect.PACK_VOLTAGE_SENSOR, ONE).describe());
        assertEquals(
                suspect == Suspect.CURRENT_SENSOR,
                detector.alarmed(Suspect.CURRENT_SENSOR, ONE),
                detector.finding(Suspect.CURRENT_SENSOR, ONE).describe());
    }

    @ParameterizedTest(name = "{0} V")
    @CsvSource({"0.011", "-0.011", "0.03", "-0.1"})
    void namesTheCellVoltageSensorThatStepped(double v) {
        learn();
        double atS = rig.nowS;
        rig.sensorV[4] = v;
        rig.run(0.0, 1800.0, 10.0);
        assertOnly(Suspect.CELL_VOLTAGE_SENSOR, 4);
        assertTrue(detector.anyAlarmed());
        Finding finding = detector.finding(Suspect.CELL_VOLTAGE_SENSOR, 4);
        assertTrue(finding.low() < v && v < finding.high(), finding.describe());
        assertEquals(v, finding.value(), 0.25 * Math.abs(v), finding.describe());
        assertTrue(finding.high() - finding.low() < 0.02 + 0.4 * Math.abs(v), finding.describe());
        assertEquals(atS, finding.sinceNanos() * 1e-9, 130.0);
    }

    @Test
    void namesThePacksVoltageSensorWhenNoCellMoved() {
        learn();
        rig.packSensorV = 0.06;
        rig.run(0.0, 1800.0, 10.0);
        assertOnly(Suspect.PACK_VOLTAGE_SENSOR, ONE);
        Finding finding = detector.finding(Suspect.PACK_VOLTAGE_SENSOR, ONE);
        assertTrue(finding.low() < 0.06 && 0.06 < finding.high(), finding.describe());
    }

    @Test
    void aCellWhoseVoltageReallyMovesIsNotBlamed() {
        learn();
        rig.addedV[4] = -0.03;
        rig.run(0.0, 3600.0, 10.0);
        rig.leakA[3] = 2.0;
        rig.run(0.0, 6 * 3600.0, 60.0);
        assertFalse(detector.anyAlarmed());
    }

    @Test
    void namesACellVoltageSensorThatDriftsAndFollowsIt() {
        learn();
        for (int k = 0; k < 48 * 6; k++) {
            rig.sensorV[1] += 0.02 / 144.0;
            rig.run(0.0, 600.0, 30.0);
        }
        assertOnly(Suspect.CELL_VOLTAGE_SENSOR, 1);
        Finding finding = detector.finding(Suspect.CELL_VOLTAGE_SENSOR, 1);
        assertTrue(finding.value() > 0.02 && finding.low() < 0.04, finding.describe());
    }

    @Test
    void aSensorThatComesBackIsWellAgain() {
        learn();
        rig.sensorV[4] = 0.02;
        rig.run(0.0, 1800.0, 10.0);
        assertOnly(Suspect.CELL_VOLTAGE_SENSOR, 4);
        rig.sensorV[4] = 0.0;
        rig.run(0.0, 1800.0, 10.0);
        assertFalse(
                detector.anyAlarmed(),
                detector.finding(Suspect.CELL_VOLTAGE_SENSOR, 4).describe());
    }

    @Test
    void acknowledgedIsForgotten() {
        learn();
        rig.sensorV[4] = 0.02;
        rig.run(0.0, 1800.0, 10.0);
        detector.acknowledge(Suspect.CELL_VOLTAGE_SENSOR, 4);
        assertFalse(detector.anyAlarmed());
        assertTrue(Double.isNaN(detector.finding(Suspect.CELL_VOLTAGE_SENSOR, 4).value()));
    }

    @Test
    void aMeterThatStandsBetweenItsStepsSaysNothing() {
        rig.packNoiseV = 0.0;
        rig.run(0.0, 12 * 3600.0, 10.0);
        rig.packSensorV = 0.004;
        rig.run(0.0, 12 * 3600.0, 10.0);
        rig.packSensorV = 0.03;
        rig.run(0.0, 3600.0, 10.0);
        assertFalse(detector.anyAlarmed());
    }

    @ParameterizedTest(name = "{0} K")
    @CsvSource({"5, 0", "-5, 1", "12, 2"})
    void namesTheTemperatureSensorThatStepped(double k, int sensor) {
        learn();
        rig.degC[sensor] += k;
        rig.run(0.0, 1800.0, 10.0);
        assertOnly(Suspect.TEMPERATURE_SENSOR, sensor);
        Finding finding = detector.finding(Suspect.TEMPERATURE_SENSOR, sensor);
        assertTrue(finding.low() < k && k < finding.high(), finding.describe());
    }

    @Test
    void aWarmingWithItsUsualGradientIsNoFault() {
        learn();
        for (int k = 0; k < 60; k++) {
            for (int s = 0; s < 3; s++) {
                rig.degC[s] = 25.0 + (1.0 + 0.1 * (s - 1)) * 15.0 * Math.sin(k * 0.1);
            }
            rig.run(0.0, 600.0, 10.0);
        }
        assertFalse(detector.anyAlarmed());
    }

    @ParameterizedTest(name = "{0} A")
    @CsvSource({"0.9", "-0.9", "2.2"})
    void namesTheCurrentSensorByWhatRestingVoltagesSay(double offsetA) {
        rig.noiseV = 0.001;
        rig.currentSensorA = offsetA;
        rig.run(0.0, 24 * 3600.0, 60.0);
        assertOnly(Suspect.CURRENT_SENSOR, ONE);
        Finding finding = detector.finding(Suspect.CURRENT_SENSOR, ONE);
        assertTrue(finding.low() < offsetA && offsetA < finding.high(), finding.describe());
        assertEquals(offsetA, detector.currentOffsetA(), 0.15 * Math.abs(offsetA));
        assertTrue(detector.currentOffsetSigmaA() < 0.1);
        rig.currentSensorA = 0.0;
        rig.run(0.0, 48 * 3600.0, 60.0);
        assertFalse(
                detector.anyAlarmed(),
                detector.finding(Suspect.CURRENT_SENSOR, ONE).describe());
    }

    @Test
    void aTemperatureSensorThatWasNeverReadDoesNotHideTheCurrentSensor() {
        SensorBiasDetector seeing =
                new SensorBiasDetector(DetectRig.TYPE, DetectRig.LAYOUT, SensorBiasSettings.standard());
        DetectRig unread = new DetectRig(22, 2, seeing::step);
        unread.currentSensorA = 0.9;
        unread.run(0.0, 24 * 3600.0, 60.0);
        Finding finding = seeing.finding(Suspect.CURRENT_SENSOR, ONE);
        assertTrue(seeing.alarmed(Suspect.CURRENT_SENSOR, ONE), finding.describe());
        assertEquals(0.9, seeing.currentOffsetA(), 0.15, finding.describe());
    }

    @Test
    void aRealLoadIsNoOffset() {
        rig.run(0.3, 24 * 3600.0, 60.0);
        assertFalse(detector.anyAlarmed());
        assertEquals(0.0, detector.currentOffsetA(), 0.1);
    }

    @Test
    void countsThroughDrivesAndForgivesAWrongCapacity() {
        rig.noiseV = 0.001;
        rig.currentSensorA = 0.8;
        for (int c = 0; c < 6; c++) {
            rig.capacity[c] = 0.97 * DetectRig.GROUP_AH;
        }
        for (int day = 0; day < 6; day++) {
            rig.run(9.0, 3600.0, 10.0);
            rig.run(0.0, 4 * 3600.0, 60.0);
            rig.run(-9.0, 3600.0, 10.0);
            rig.run(0.0, 4 * 3600.0, 60.0);
        }
        Finding finding = detector.finding(Suspect.CURRENT_SENSOR, ONE);
        assertTrue(detector.alarmed(Suspect.CURRENT_SENSOR, ONE), finding.describe());
        assertTrue(finding.low() < 0.8 && 0.8 < finding.high(), finding.describe());
    }

    @Test
    void withOpenContactorsTheReadingIsTheOffset() {
        zeroCurrent = true;
        rig.currentSensorA = 1.2;
        rig.run(0.0, 600.0, 1.0);
        assertOnly(Suspect.CURRENT_SENSOR, ONE);
        assertEquals(1.2, detector.currentOffsetA(), 0.03);
        assertTrue(detector.currentOffsetSigmaA() < 0.02);
    }

    @Test
    void aGapInTheCountIsNotTakenForAnOffset() {
        rig.run(0.0, 3 * 3600.0, 60.0);
        for (int c = 0; c < 6; c++) {
            rig.soc[c] -= 0.3; // driven while nobody looked
        }
        rig.run(0.0, 4000.0, 4000.0);
        rig.run(0.0, 12 * 3600.0, 60.0);
        assertFalse(detector.anyAlarmed());
        assertEquals(0.0, detector.currentOffsetA(), 0.1);
    }

    @Test
    void twoSensorsCannotBeToldApart() {
        PackLayout two = new PackLayout(2, 10, 2);
        SensorBiasDetector small = new SensorBiasDetector(DetectRig.TYPE, two, SensorBiasSettings.standard());
        PackSample sample = new PackSample(two);
        PackEstimate estimate = new PackEstimate(two);
        for (int k = 0; k < 3000; k++) {
            sample.begin(k * 10_000_000_000L);
            sample.readCurrent(0.0);
            double off = k > 1000 ? 0.05 : 0.0;
            sample.readCellVoltage(0, 3.7 + off);
            sample.readCellVoltage(1, 3.7);
            sample.readPackVoltage(7.4 + 0.01 * (k % 3 - 1));
            sample.readTemperature(0, 25.0 + 100.0 * off);
            sample.readTemperature(1, 25.0);
            estimate.cell(0, 0.5, 0.01, 0.0, 0.0, 3.7);
            estimate.cell(1, 0.5, 0.01, 0.0, 0.0, 3.7);
            estimate.close(sample.nanos());
            assertEquals(StepResult.USED, small.step(sample, estimate));
        }
        assertFalse(small.anyAlarmed());
    }

    @Test
    void anUnusableSampleIsHeld() {
        assertEquals(StepResult.HELD, detector.step(new PackSample(DetectRig.LAYOUT), rig.estimate));
        assertEquals(StepResult.HELD, detector.step(rig.sample, rig.estimate));
    }

    @Test
    void refusesASuspectThatIsNoSensor() {
        assertThrows(IllegalArgumentException.class, () -> detector.alarmed(Suspect.CELL_LEAK, 0));
    }

    @Test
    void aStepAllocatesNothing() {
        learn();
        rig.sensorV[4] = 0.02;
        assertEquals(0.0, Allocation.bytesPerCall(500, () -> rig.run(0.0, 60.0, 60.0)), 0.01);
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0.01, 0.01, 2, 4, 60, voltageAlarmV",
        "1e-3, -1, 0.01, 2, 4, 60, packResolutionV",
        "1e-3, 0.01, 0, 2, 4, 60, currentAlarmPerH",
        "1e-3, 0.01, 0.01, 0, 4, 60, temperatureAlarmK",
        "1e-3, 0.01, 0.01, 2, 0, 60, sigmas",
        "1e-3, 0.01, 0.01, 2, 4, 0, windowS"
    })
    void refusesSettings(double v, double step, double perH, double k, double sigmas, double s, String name) {
        IllegalArgumentException e =
                assertThrows(IllegalArgumentException.class, () -> new SensorBiasSettings(v, step, perH, k, sigmas, s));
        assertTrue(String.valueOf(e.getMessage()).contains(name), e.getMessage());
    }
}
