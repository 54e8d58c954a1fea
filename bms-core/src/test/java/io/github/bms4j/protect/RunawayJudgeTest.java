package io.github.bms4j.protect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RunawayJudgeTest {
    private final Rig rig = new Rig();

    /** Lets the first sensor rise, and its neighbours. */
    private void heat(double forS, double kPerS, double firstKPerS, double secondKPerS) {
        for (int i = 0; i < forS * 10 - 1e-6; i++) {
            rig.degC[0] += kPerS * 0.1;
            rig.degC[1] += firstKPerS * 0.1;
            rig.degC[2] += secondKPerS * 0.1;
            rig.step();
        }
    }

    @ParameterizedTest(name = "{0}, {1}, {2} K/s: heating {3}, runaway {4}")
    @CsvSource({
        "0.95, 0.5,  0.5,  false, false",
        "1.5,  0.0,  0.0,  true,  false",
        "1.5,  0.5,  0.25, true,  false",
        "1.5,  0.5,  0.35, true,  true",
        "10.0, 1.0,  0.5,  true,  true"
    })
    void heatIsARunawayWhenTwoNeighboursRise(
            double kPerS, double firstKPerS, double secondKPerS, boolean heating, boolean runaway) {
        rig.run(2.0);
        heat(9.0, kPerS, firstKPerS, secondKPerS);
        assertEquals(heating, rig.stands(Fault.RAPID_HEATING_WARNING), rig.faults.text());
        assertEquals(runaway, rig.stands(Fault.THERMAL_RUNAWAY_SAFETY), rig.faults.text());
        assertEquals(heating, rig.faults.zeroRequested());
        assertEquals(runaway, rig.faults.openRequested());
        assertEquals(runaway, rig.faults.runaway().given());
    }

    @ParameterizedTest
    @CsvSource({"0.99, false", "1.05, true"})
    void rateIsThatOfTheRamp(double kPerS, boolean heating) {
        rig.run(2.0);
        heat(20.0, kPerS, 0.0, 0.0);
        assertEquals(heating, rig.stands(Fault.RAPID_HEATING_WARNING));
    }

    @Test
    void heatingIsOverHalfAMinuteAfterItsEnd() {
        rig.run(2.0);
        heat(9.0, 2.0, 0.0, 0.0);
        rig.run(29.0);
        assertTrue(rig.stands(Fault.RAPID_HEATING_WARNING));
        rig.run(5.0);
        assertFalse(rig.stands(Fault.RAPID_HEATING_WARNING));
    }

    @Test
    void aCellThatWasAlwaysLowerHasNotFallen() {
        rig.cellV[1] = 3.35;
        rig.run(2.0);
        heat(9.0, 2.0, 0.0, 0.0);
        assertFalse(rig.stands(Fault.THERMAL_RUNAWAY_SAFETY));
    }

    @Test
    void aCellThatDriftsAwaySlowlyHasNotFallen() {
        rig.run(2.0);
        for (int i = 0; i < 6000; i++) {
            rig.cellV[1] -= 0.3 / 6000;
            rig.step();
        }
        heat(9.0, 2.0, 0.0, 0.0);
        assertTrue(rig.stands(Fault.RAPID_HEATING_WARNING));
        assertFalse(rig.stands(Fault.THERMAL_RUNAWAY_SAFETY));
    }

    @Test
    void neighboursReachTwoSensorsFar() {
        rig.run(2.0);
        for (int i = 0; i < 90; i++) {
            rig.degC[0] += 0.3;
            rig.degC[3] += 0.1;
            rig.degC[1] += 0.1;
            rig.step();
        }
        assertFalse(rig.stands(Fault.THERMAL_RUNAWAY_SAFETY), "the fourth is three away from the first");
    }

    @ParameterizedTest(name = "cell {0} by {1} V: {2}")
    @CsvSource({"1, -0.12, true", "1, -0.08, false", "1, 0.12, false", "5, -0.12, false"})
    void heatIsARunawayWhenACellOfTheBlockFalls(int cell, double byV, boolean runaway) {
        rig.run(2.0);
        rig.cellV[cell] += byV;
        heat(9.0, 2.0, 0.0, 0.0);
        assertEquals(runaway, rig.stands(Fault.THERMAL_RUNAWAY_SAFETY), rig.faults.text());
        assertEquals(runaway, rig.faults.runaway().voltageFell());
    }

    @Test
    void aLoadThatPullsAllCellsIsNoFall() {
        rig.run(2.0);
        Arrays.fill(rig.cellV, 3.3);
        heat(9.0, 2.0, 0.0, 0.0);
        assertFalse(rig.stands(Fault.THERMAL_RUNAWAY_SAFETY));
    }

    @Test
    void aCellVoltageThatVanishesCountsAsFallen() {
        rig.run(2.0);
        rig.cellV[2] = 0.01;
        heat(9.0, 2.0, 0.0, 0.0);
        assertTrue(rig.stands(Fault.THERMAL_RUNAWAY_SAFETY));
        assertTrue(rig.faults.runaway().voltageFell());
        assertFalse(rig.faults.runaway().sensorLost());
    }

    @ParameterizedTest
    @CsvSource({"55.0, true", "65.0, false"})
    void aFallCountsForAMinute(double agoS, boolean runaway) {
        rig.run(2.0);
        rig.cellV[1] -= 0.15;
        rig.step();
        rig.cellV[1] += 0.15;
        rig.run(agoS - 4.0);
        heat(9.0, 4.0, 0.0, 0.0);
        assertEquals(runaway, rig.stands(Fault.THERMAL_RUNAWAY_SAFETY));
    }

    @Test
    void heatIsARunawayWhenTheSensorThenFallsSilent() {
        rig.run(2.0);
        heat(2.0, 8.0, 0.0, 0.0);
        assertFalse(rig.stands(Fault.THERMAL_RUNAWAY_SAFETY));
        rig.degC[0] = Double.NaN;
        double s = rig.untilSet(Fault.THERMAL_RUNAWAY_SAFETY, 10.0);
        assertEquals(3.3, s, 0.11);
        assertTrue(rig.faults.runaway().sensorLost());
        assertFalse(rig.faults.runaway().voltageFell());
    }

    @Test
    void heatIsARunawayWhenANeighbourThatRoseFallsSilent() {
        rig.run(2.0);
        heat(2.0, 3.0, 1.0, 0.0);
        rig.degC[1] = Double.NaN;
        heat(6.0, 3.0, 0.0, 0.0);
        assertTrue(rig.stands(Fault.THERMAL_RUNAWAY_SAFETY));
        assertEquals(0, rig.faults.where(Fault.THERMAL_RUNAWAY_SAFETY));
    }

    @Test
    void aNeighbourTwoPlacesAwayCountsWhenItFallsSilent() {
        rig.run(2.0);
        heat(2.0, 3.0, 0.0, 1.0);
        rig.degC[2] = Double.NaN;
        heat(6.0, 3.0, 0.0, 0.0);
        assertTrue(rig.stands(Fault.THERMAL_RUNAWAY_SAFETY));
        assertTrue(rig.faults.runaway().sensorLost());
    }

    @Test
    void aSensorThatFallsSilentWithoutRisingIsABrokenWire() {
        rig.run(2.0);
        rig.degC[0] = Double.NaN;
        rig.run(20.0);
        assertFalse(rig.stands(Fault.THERMAL_RUNAWAY_SAFETY));
    }

    @Test
    void warningIsTimeStampedWithItsEvidenceAndStaysUntilAcknowledged() {
        RunawayRecord record = rig.faults.runaway();
        assertTrue(Double.isNaN(record.delayS()));
        assertEquals(FaultSet.NOWHERE, record.sensor());
        rig.run(2.0);
        long from = rig.nanos;
        heat(9.0, 4.0, 1.0, 1.0);
        assertTrue(record.given());
        assertEquals(0, record.sensor());
        assertEquals(2, record.risingNeighbours());
        assertTrue(record.rateKPerS() > 2.0 && record.rateKPerS() < 4.0, "rate " + record.rateKPerS());
        double firstS = (record.firstSignNanos() - from) * 1e-9;
        double warnedS = (record.warnedNanos() - from) * 1e-9;
        assertTrue(firstS > 0.3 && firstS < 0.9, "first sign " + firstS);
        assertEquals(warnedS - firstS, record.delayS(), 1e-9);
        assertEquals(3.0, record.delayS(), 0.15);
        assertEquals(25.0 + 4.0 * warnedS, record.temperatureDegC(), 1e-6);
        assertEquals(rig.faults.sinceNanos(Fault.THERMAL_RUNAWAY_SAFETY), record.warnedNanos());
        assertFalse(rig.monitor.acknowledge(Fault.THERMAL_RUNAWAY_SAFETY), "still hot");
        assertTrue(record.given());
        rig.run(60.0);
        assertTrue(rig.stands(Fault.THERMAL_RUNAWAY_SAFETY));
        assertTrue(rig.monitor.acknowledge(Fault.THERMAL_RUNAWAY_SAFETY));
        assertFalse(record.given());
        rig.step();
        assertFalse(rig.stands(Fault.THERMAL_RUNAWAY_SAFETY));
        assertFalse(rig.faults.openRequested());
    }

    @Test
    void theFirstWarningKeepsItsEvidence() {
        rig.run(2.0);
        heat(9.0, 4.0, 1.5, 1.5);
        long warned = rig.faults.runaway().warnedNanos();
        heat(5.0, 4.0, 4.0, 4.0);
        assertEquals(warned, rig.faults.runaway().warnedNanos());
        assertEquals(0, rig.faults.runaway().sensor());
    }
}
