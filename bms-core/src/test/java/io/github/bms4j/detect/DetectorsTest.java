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
}
