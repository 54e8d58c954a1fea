package io.github.bms4j.detect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.bms4j.Allocation;
import io.github.bms4j.measure.PackSample;
import io.github.bms4j.num.StepResult;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DetectorsTest {
    private static Detectors with(DetectorSettings settings) {
        return new Detectors(DetectRig.TYPE, DetectRig.LAYOUT, settings);
    }

    @Test
    void areOffUnlessAskedFor() {
        Detectors off = with(DetectorSettings.none());
        DetectRig rig = new DetectRig(1, (sample, estimate) -> off.step(sample, estimate, false));
        off.bled(0, 1.0);
        rig.leakA[2] = 2.0;
        rig.run(0.0, 24 * 3600.0, 60.0);
        assertFalse(off.anyAlarmed());
        assertEquals(List.of(), off.findings());
        assertNull(off.internalShort());
        assertNull(off.plating());
        assertNull(off.sensorBias());
        assertEquals(StepResult.USED, off.step(new PackSample(DetectRig.LAYOUT), rig.estimate, false));
    }

    @Test
    void eachRunsAlone() {
        DetectorSettings all = DetectorSettings.all();
        DetectorSettings[] alone = {
            new DetectorSettings(all.internalShort(), null, null),
            new DetectorSettings(null, all.plating(), null),
            new DetectorSettings(null, null, all.sensorBias())
        };
        for (DetectorSettings settings : alone) {
            Detectors one = with(settings);
            DetectRig rig = new DetectRig(1, (sample, estimate) -> one.step(sample, estimate, true));
            one.bled(1, 0.1);
            assertEquals(StepResult.HELD, one.step(new PackSample(DetectRig.LAYOUT), rig.estimate, false));
            rig.noiseV = 0.001;
            rig.run(-6.0, 1200.0, 10.0);
            rig.addedV[3] = 0.012;
            rig.currentSensorA = 0.5;
            rig.leakA[2] = 1.0;
            rig.run(0.0, 1200.0, 10.0);
            rig.addedV[3] = 0.0;
            rig.run(0.0, 24 * 3600.0, 60.0);
            assertTrue(one.anyAlarmed(), settings.toString());
            Finding first = one.findings().get(0);
            assertEquals(
                    settings.internalShort() != null
                            ? Suspect.CELL_LEAK
                            : settings.plating() != null ? Suspect.CELL_PLATING : Suspect.CURRENT_SENSOR,
                    first.suspect());
            assertEquals(settings.internalShort() != null, one.internalShort() != null);
            assertEquals(settings.plating() != null, one.plating() != null);
            assertEquals(settings.sensorBias() != null, one.sensorBias() != null);
        }
    }

    @Test
    void aCellWhoseSensorIsOffIsNotAccusedOfALeak() {
        Detectors all = with(DetectorSettings.all());
        DetectRig rig = new DetectRig(2, (sample, estimate) -> all.step(sample, estimate, false));
        rig.noiseV = 0.001;
        rig.run(0.0, 6 * 3600.0, 10.0);
        rig.sensorV[4] = -0.05;
        rig.run(0.0, 24 * 3600.0, 10.0);
        assertEquals(1, all.findings().size(), all.findings().toString());
        assertEquals(Suspect.CELL_VOLTAGE_SENSOR, all.findings().get(0).suspect());
        assertEquals(4, all.findings().get(0).index());
        assertNotNull(all.sensorBias());
        InternalShortDetector leak = all.internalShort();
        assertNotNull(leak);
        assertEquals(0.0, leak.leakA(1), 5e-3, "nor are the others");
    }

    @Test
    void findingsNameEverySensorThatIsOffAndOnlyThose() {
        Detectors all = with(DetectorSettings.all());
        DetectRig rig = new DetectRig(3, (sample, estimate) -> all.step(sample, estimate, false));
        rig.noiseV = 0.001;
        rig.run(0.0, 6 * 3600.0, 10.0);
        rig.packSensorV = 0.08;
        rig.degC[1] += 6.0;
        rig.run(0.0, 3600.0, 10.0);
        assertEquals(
                List.of(Suspect.PACK_VOLTAGE_SENSOR, Suspect.TEMPERATURE_SENSOR),
                all.findings().stream().map(Finding::suspect).toList());
        rig.sensorV[4] = -0.05;
        rig.run(0.0, 3600.0, 10.0);
        assertEquals(
                List.of(Suspect.CELL_VOLTAGE_SENSOR, Suspect.PACK_VOLTAGE_SENSOR, Suspect.TEMPERATURE_SENSOR),
                all.findings().stream().map(Finding::suspect).toList());
        assertEquals(StepResult.HELD, all.step(new PackSample(DetectRig.LAYOUT), rig.estimate, false));
    }

    @Test
    void whatIsBledIsToldToThoseThatMustKnow() {
        Detectors all = with(DetectorSettings.all());
        DetectRig rig = new DetectRig(2, (sample, estimate) -> all.step(sample, estimate, false));
        rig.run(-6.0, 1200.0, 10.0);
        rig.addedV[3] = 0.012;
        rig.run(0.0, 60.0, 10.0);
        all.bled(3, 0.001);
        rig.run(0.0, 1200.0, 10.0);
        rig.addedV[3] = 0.0;
        rig.run(0.0, 1200.0, 10.0);
        rig.leakA[2] = 0.1;
        for (int k = 0; k < 4 * 24; k++) {
            all.bled(2, 0.025);
            rig.run(0.0, 900.0, 60.0);
        }
        assertEquals(List.of(), all.findings());
    }

    @Test
    void aStepAllocatesNothing() {
        Detectors all = with(DetectorSettings.all());
        DetectRig rig = new DetectRig(2, (sample, estimate) -> all.step(sample, estimate, false));
        rig.run(-6.0, 1200.0, 10.0);
        assertEquals(0.0, Allocation.bytesPerCall(500, () -> rig.run(0.0, 20.0, 20.0)), 0.01);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    CELL_LEAK            | 7  | 0.0512 | cell 7 leaks +51.2 mA (41.2 to 61.2), since 3600 s
                    CELL_PLATING         | 3  | 0.0512 | cell 3 shows a stripping plateau of +51.2 mV (41.2 to 61.2), since 3600 s
                    CELL_VOLTAGE_SENSOR  | 0  | 0.0512 | voltage sensor of cell 0 is off by +51.2 mV (41.2 to 61.2), since 3600 s
                    PACK_VOLTAGE_SENSOR  | -1 | 0.0512 | pack voltage sensor is off by +51.2 mV (41.2 to 61.2), since 3600 s
                    CURRENT_SENSOR       | -1 | -2.0   | current sensor is off by -2.0 A (-2.0 to -2.0), since 3600 s
                    TEMPERATURE_SENSOR   | 2  | 4.0    | temperature sensor 2 is off by +4.0 K (4.0 to 4.0), since 3600 s
                    """)
    void aFindingIsOneLine(Suspect suspect, int index, double value, String line) {
        Finding finding = new Finding(suspect, index, value, value - 0.01, value + 0.01, 3_600_900_000_000L);
        assertEquals(line, finding.describe());
    }

    private static Detectors after(Detectors before, double days) {
        Detectors after = with(DetectorSettings.all());
        for (Finding found : before.kept()) {
            after.recall(found, days);
        }
        return after;
    }

    private static InternalShortDetector shorts(Detectors detectors) {
        return Objects.requireNonNull(detectors.internalShort());
    }

    private static SensorBiasDetector bias(Detectors detectors) {
        return Objects.requireNonNull(detectors.sensorBias());
    }

    @Test
    void whatWasFoundStandsAfterARestart() {
        Detectors before = with(DetectorSettings.all());
        DetectRig rig = new DetectRig(1, (sample, estimate) -> before.step(sample, estimate, true));
        rig.noiseV = 0.001;
        rig.run(-6.0, 1200.0, 10.0);
        rig.currentSensorA = 0.5;
        rig.leakA[2] = 1.0;
        rig.run(0.0, 24 * 3600.0, 60.0);
        assertTrue(shorts(before).alarmed(2));
        assertTrue(bias(before).alarmed(Suspect.CURRENT_SENSOR, Finding.ONLY_ONE));
        Detectors after = after(before, 0.0);
        assertTrue(after.anyAlarmed());
        assertEquals(before.findings().size(), after.findings().size());
        for (int c = 0; c < 6; c++) {
            assertEquals(shorts(before).leakA(c), shorts(after).leakA(c), 1e-12);
            assertEquals(shorts(before).sigmaA(c), shorts(after).sigmaA(c), 0.001, "cell " + c);
            assertEquals(shorts(before).alarmed(c), shorts(after).alarmed(c));
        }
        assertEquals(bias(before).currentOffsetA(), bias(after).currentOffsetA(), 1e-12);
        assertEquals(bias(before).currentOffsetSigmaA(), bias(after).currentOffsetSigmaA(), 1e-9);
        Detectors later = after(before, 30.0);
        assertTrue(shorts(later).sigmaA(2) > shorts(after).sigmaA(2), "a month makes it less sure");
        assertTrue(bias(later).currentOffsetSigmaA() > bias(after).currentOffsetSigmaA());
        for (Finding found : before.kept()) {
            with(DetectorSettings.none()).recall(found, 0.0);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "CELL_LEAK, 6, 1.0, 0.9, 1.1",
        "CELL_LEAK, -1, 1.0, 0.9, 1.1",
        "CELL_PLATING, 6, 0.01, 0.009, 0.011",
        "CELL_VOLTAGE_SENSOR, 6, 0.02, 0.01, 0.03",
        "PACK_VOLTAGE_SENSOR, 0, 0.02, 0.01, 0.03",
        "CURRENT_SENSOR, 0, 2.0, 1.9, 2.1",
        "TEMPERATURE_SENSOR, 3, 5.0, 4.0, 6.0",
        "TEMPERATURE_SENSOR, -1, 5.0, 4.0, 6.0",
        "CELL_LEAK, 0, NaN, 0.9, 1.1",
        "CELL_LEAK, 0, 1.0, 1.1, 0.9",
        "CELL_LEAK, 0, 1.0, NaN, 1.1",
        "CELL_LEAK, 0, 1.0, 0.9, Infinity"
    })
    void whatCannotBeChangesNothing(Suspect suspect, int index, double value, double low, double high) {
        Detectors fresh = with(DetectorSettings.all());
        fresh.recall(new Finding(suspect, index, value, low, high, 0L), 0.0);
        assertFalse(fresh.anyAlarmed());
        assertEquals(0.0, shorts(fresh).leakA(0));
    }

    @ParameterizedTest
    @CsvSource({
        "CELL_LEAK, 5, 1.0, 0.4, 1.6",
        "CELL_PLATING, 5, 0.02, 0.015, 0.025",
        "CELL_VOLTAGE_SENSOR, 5, 0.02, 0.01, 0.03",
        "PACK_VOLTAGE_SENSOR, -1, -0.2, -0.3, -0.1",
        "CURRENT_SENSOR, -1, 2.0, 1.9, 2.1",
        "TEMPERATURE_SENSOR, 2, 5.0, 4.0, 6.0"
    })
    void everySuspectIsTakenUp(Suspect suspect, int index, double value, double low, double high) {
        Detectors fresh = with(DetectorSettings.all());
        fresh.recall(new Finding(suspect, index, value, low, high, 0L), 0.0);
        assertEquals(1, fresh.findings().size());
        Finding found = fresh.findings().get(0);
        assertEquals(suspect, found.suspect());
        assertEquals(index, found.index());
        assertEquals(value, found.value(), 1e-12);
        assertEquals(low, found.low(), 0.02 * Math.abs(high - low), "the interval is as wide as before");
        assertEquals(high, found.high(), 0.02 * Math.abs(high - low));
    }
}
