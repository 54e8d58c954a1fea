package io.github.bms4j.protect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Voltages, temperatures and currents against their three thresholds. */
class LimitJudgesTest {
    private final Rig rig = new Rig();

    @ParameterizedTest(name = "{0} at {1} V: {2}")
    @CsvSource({
        "7,  4.205, 0, ''",
        "7,  4.215, 1, CELL_OVERVOLTAGE_OPERATING",
        "0,  4.235, 2, CELL_OVERVOLTAGE_WARNING",
        "11, 4.255, 3, CELL_OVERVOLTAGE_SAFETY",
        "7,  2.985, 0, ''",
        "7,  2.970, 1, CELL_UNDERVOLTAGE_OPERATING",
        "0,  2.890, 2, CELL_UNDERVOLTAGE_WARNING",
        "11, 2.790, 3, CELL_UNDERVOLTAGE_SAFETY"
    })
    void oneCellSetsTheTiersThatItPassed(int cell, double v, int tiers, String highest) {
        Arrays.fill(rig.cellV, v > 3.6 ? 4.1 : 3.05);
        rig.run(1.0);
        rig.cellV[cell] = v;
        rig.run(1.5);
        assertEquals(tiers, rig.faults.count(), rig.faults.text());
        if (tiers > 0) {
            Fault fault = Fault.valueOf(highest);
            assertEquals(fault, rig.faults.standing(tiers - 1));
            assertEquals(cell, rig.faults.where(fault));
            assertEquals(v, rig.faults.value(fault));
        }
    }

    @Test
    void cellTripsAfterHalfASecondOfFreshReadings() {
        rig.run(1.0);
        rig.cellV[3] = 4.3;
        assertEquals(0.5, rig.untilSet(Fault.CELL_OVERVOLTAGE_SAFETY, 2.0), 1e-9);
        assertTrue(rig.faults.openRequested());
        assertFalse(rig.faults.mayClose());
    }

    @Test
    void oneBadReadingRepeatedByAFrozenFrontEndNeverTrips() {
        rig.run(1.0);
        rig.cellV[3] = 4.3;
        rig.step();
        Arrays.fill(rig.cellV, Double.NaN);
        rig.run(30.0);
        assertFalse(rig.stands(Fault.CELL_OVERVOLTAGE_OPERATING));
        assertEquals(FaultState.PENDING, rig.faults.state(Fault.CELL_OVERVOLTAGE_SAFETY));
        assertTrue(rig.stands(Fault.CELL_VOLTAGE_STALE_SAFETY), "the silence itself is the fault");
    }

    @ParameterizedTest(name = "{0} V for {1} s after 4.3 V: still standing {2}")
    @CsvSource({"4.23, 5.1, true", "4.229, 4.8, true", "4.229, 5.1, false", "4.24, 60, true"})
    void overvoltageIsClearedBelowItsHysteresis(double backV, double s, boolean stands) {
        rig.run(1.0);
        rig.cellV[3] = 4.3;
        rig.run(1.0);
        rig.cellV[3] = backV;
        rig.run(s);
        assertEquals(stands, rig.stands(Fault.CELL_OVERVOLTAGE_SAFETY));
    }

    @ParameterizedTest
    @CsvSource({"2.89, true", "2.91, false"})
    void undervoltageIsClearedAboveItsHysteresis(double backV, boolean stands) {
        rig.run(1.0);
        rig.cellV[3] = 2.7;
        rig.run(1.0);
        rig.cellV[3] = backV;
        rig.run(6.0);
        assertEquals(stands, rig.stands(Fault.CELL_UNDERVOLTAGE_SAFETY));
    }

    @Test
    void derateFallsStraightBetweenTheTiersAndIsKeptUntilRecovered() {
        Arrays.fill(rig.cellV, 4.1);
        rig.run(1.0);
        assertEquals(1.0, rig.faults.chargeShare());
        rig.cellV[3] = 4.22;
        rig.run(1.0);
        assertEquals(0.5, rig.faults.chargeShare(), 1e-9);
        assertEquals(1.0, rig.faults.dischargeShare());
        assertEquals(Fault.CELL_OVERVOLTAGE_OPERATING, rig.faults.chargeCause());
        assertNull(rig.faults.dischargeCause());
        assertTrue(rig.faults.mayClose());
        rig.cellV[3] = 4.195;
        rig.run(10.0);
        assertEquals(0.5, rig.faults.chargeShare(), 1e-9);
        rig.cellV[3] = 4.18;
        rig.run(6.0);
        assertEquals(1.0, rig.faults.chargeShare());
        assertNull(rig.faults.chargeCause());
    }

    @Test
    void emptyCellLeavesChargingAlone() {
        Arrays.fill(rig.cellV, 3.1);
        rig.run(1.0);
        rig.cellV[3] = 2.88;
        rig.run(1.0);
        assertEquals(0.0, rig.faults.dischargeShare());
        assertEquals(1.0, rig.faults.chargeShare());
        assertEquals(Fault.CELL_UNDERVOLTAGE_WARNING, rig.faults.dischargeCause());
        assertFalse(rig.faults.zeroRequested());
        assertTrue(rig.faults.mayClose());
        assertFalse(rig.faults.openRequested());
    }

    @ParameterizedTest
    @CsvSource({
        "4.0,   0, ''",
        "4.22,  0, ''",
        "4.235, 1, PACK_OVERVOLTAGE_OPERATING",
        "4.26,  2, PACK_OVERVOLTAGE_WARNING",
        "4.28,  3, PACK_OVERVOLTAGE_SAFETY",
        "2.97,  0, ''",
        "2.96,  1, PACK_UNDERVOLTAGE_OPERATING",
        "2.88,  2, PACK_UNDERVOLTAGE_WARNING",
        "2.78,  3, PACK_UNDERVOLTAGE_SAFETY"
    })
    void packVoltageHasItsOwnTiersFurtherOut(double perCellV, int tiers, String highest) {
        rig.run(1.0);
        rig.packErrorV = 12 * (perCellV - 3.6);
        rig.run(0.9);
        int stand = 0;
        for (int i = 0; i < rig.faults.count(); i++) {
            FaultKind kind = rig.faults.standing(i).kind();
            stand += kind == FaultKind.PACK_OVERVOLTAGE || kind == FaultKind.PACK_UNDERVOLTAGE ? 1 : 0;
        }
        assertEquals(tiers, stand, rig.faults.text());
        if (tiers > 0) {
            assertTrue(rig.stands(Fault.valueOf(highest)));
        }
    }

    @ParameterizedTest(name = "{0} V apart: warning {1}, fault {2}")
    @CsvSource({"2.9, false, false", "-2.9, false, false", "3.1, true, true", "-3.1, true, true"})
    void packAndCellsMustAgree(double apartV, boolean warning, boolean fault) {
        rig.run(1.0);
        rig.packErrorV = apartV;
        double afterS = rig.untilSet(Fault.PACK_VOLTAGE_MISMATCH_WARNING, 1.5);
        assertEquals(warning, afterS == 1.0, "after " + afterS);
        assertFalse(rig.stands(Fault.PACK_VOLTAGE_MISMATCH_SAFETY));
        assertEquals(warning ? 0.5 : 1.0, rig.faults.chargeShare());
        rig.run(10.0);
        assertEquals(fault, rig.stands(Fault.PACK_VOLTAGE_MISMATCH_SAFETY));
        assertEquals(fault, rig.faults.zeroRequested());
        rig.packErrorV = 0.0;
        rig.run(9.8);
        assertEquals(warning, rig.stands(Fault.PACK_VOLTAGE_MISMATCH_WARNING));
        rig.run(0.3);
        assertFalse(rig.stands(Fault.PACK_VOLTAGE_MISMATCH_WARNING));
        assertFalse(rig.stands(Fault.PACK_VOLTAGE_MISMATCH_SAFETY));
    }

    @Test
    void apartByTheThresholdIsNotBeyondIt() {
        Arrays.fill(rig.cellV, 3.5);
        rig.packErrorV = 3.0;
        rig.run(5.0);
        assertFalse(rig.stands(Fault.PACK_VOLTAGE_MISMATCH_WARNING));
    }

    @Test
    void aCellFarInsideRecoversFromBothSides() {
        for (double v : new double[] {2.7, 4.3}) {
            Arrays.fill(rig.cellV, v > 3.6 ? 4.1 : 2.95);
            rig.run(10.0);
            rig.cellV[3] = v;
            rig.run(2.0);
            assertTrue(rig.stands(v > 3.6 ? Fault.CELL_OVERVOLTAGE_SAFETY : Fault.CELL_UNDERVOLTAGE_SAFETY));
            rig.cellV[3] = 3.6;
            rig.run(6.0);
            assertFalse(rig.stands(Fault.CELL_OVERVOLTAGE_SAFETY));
            assertFalse(rig.stands(Fault.CELL_UNDERVOLTAGE_SAFETY));
        }
    }

    @ParameterizedTest
    @CsvSource({"-1.0, 51.0", "1.0, -25.9"})
    void currentUpToTheIdleOneHasNoDirection(double sign, double degC) {
        rig.currentA = sign * rig.settings.temperature().idleA();
        Arrays.fill(rig.degC, degC);
        rig.run(20.0);
        assertEquals(0, rig.faults.count(), rig.faults.text());
        rig.currentA *= 1.01;
        rig.run(20.0);
        assertTrue(rig.faults.count() > 0);
    }

    @Test
    void overcurrentTakesAwayInProportion() {
        rig.run(1.0);
        rig.currentA = 10.5;
        rig.run(2.0);
        assertEquals((1.25 - 10.5 / 9.0) / 0.15, rig.faults.dischargeShare(), 1e-9);
        assertEquals(1.0, rig.faults.chargeShare());
        assertEquals(Fault.DISCHARGE_OVERCURRENT_OPERATING, rig.faults.dischargeCause());
    }

    @Test
    void packAndCellsAreNotComparedAcrossAge() {
        rig.run(1.0);
        Arrays.fill(rig.cellV, Double.NaN);
        rig.packErrorV = 10.0;
        rig.run(3.0);
        assertFalse(rig.stands(Fault.PACK_VOLTAGE_MISMATCH_WARNING));
    }

    @ParameterizedTest(name = "{0} °C, {1} A: {2} tiers of {3}")
    @CsvSource({
        "45.9, -1.0, 0, CHARGE_OVERTEMPERATURE",
        "46.1, -1.0, 1, CHARGE_OVERTEMPERATURE",
        "48.1, -1.0, 2, CHARGE_OVERTEMPERATURE",
        "51.1, -1.0, 3, CHARGE_OVERTEMPERATURE",
        "51.1, -0.1, 0, CHARGE_OVERTEMPERATURE",
        "51.1,  1.0, 0, CHARGE_OVERTEMPERATURE",
        "-0.9, -1.0, 0, CHARGE_UNDERTEMPERATURE",
        "-1.1, -1.0, 1, CHARGE_UNDERTEMPERATURE",
        "-3.1, -1.0, 2, CHARGE_UNDERTEMPERATURE",
        "-6.1, -1.0, 3, CHARGE_UNDERTEMPERATURE",
        "-6.1,  0.0, 0, CHARGE_UNDERTEMPERATURE",
        "60.9,  1.0, 0, DISCHARGE_OVERTEMPERATURE",
        "61.1,  1.0, 1, DISCHARGE_OVERTEMPERATURE",
        "63.1,  1.0, 2, DISCHARGE_OVERTEMPERATURE",
        "66.1,  0.0, 3, DISCHARGE_OVERTEMPERATURE",
        "66.1, -1.0, 0, DISCHARGE_OVERTEMPERATURE",
        "-21.1, 1.0, 1, DISCHARGE_UNDERTEMPERATURE",
        "-23.1, 1.0, 2, DISCHARGE_UNDERTEMPERATURE",
        "-26.1, 1.0, 3, DISCHARGE_UNDERTEMPERATURE",
        "-26.1, 0.1, 0, DISCHARGE_UNDERTEMPERATURE",
        "-26.1,-1.0, 0, DISCHARGE_UNDERTEMPERATURE"
    })
    void temperatureIsJudgedByTheDirectionOfCurrent(double degC, double currentA, int tiers, FaultKind kind) {
        rig.currentA = currentA;
        Arrays.fill(rig.degC, degC);
        rig.run(3.0);
        assertEquals(0, countOf(kind), "the first reading counts for a third, the others for their time");
        rig.run(2.2);
        assertEquals(tiers, countOf(kind), rig.faults.text());
    }

    private int countOf(FaultKind kind) {
        int n = 0;
        for (int i = 0; i < rig.faults.count(); i++) {
            n += rig.faults.standing(i).kind() == kind ? 1 : 0;
        }
        return n;
    }

    @Test
    void aHotSensorIsNamedAndStandsUntilItHasCooledByFiveKelvin() {
        rig.currentA = -1.0;
        Arrays.fill(rig.degC, 44.0);
        rig.run(1.0);
        rig.degC[2] = 47.0;
        rig.run(6.0);
        assertEquals(2, rig.faults.where(Fault.CHARGE_OVERTEMPERATURE_OPERATING));
        assertEquals(0.5, rig.faults.chargeShare(), 1e-9);
        rig.currentA = 0.0;
        rig.degC[2] = 41.5;
        rig.run(60.0);
        assertTrue(rig.stands(Fault.CHARGE_OVERTEMPERATURE_OPERATING), "cooler, but not by the hysteresis");
        rig.degC[2] = 40.9;
        rig.run(29.0);
        assertTrue(rig.stands(Fault.CHARGE_OVERTEMPERATURE_OPERATING));
        rig.run(2.0);
        assertFalse(rig.stands(Fault.CHARGE_OVERTEMPERATURE_OPERATING));
    }

    @ParameterizedTest(name = "{0} A sets {1} after {2} s")
    @CsvSource({
        " 9.8,  DISCHARGE_OVERCURRENT_OPERATING, NaN",
        " 10.0, DISCHARGE_OVERCURRENT_OPERATING, 0.9",
        " 11.1, DISCHARGE_OVERCURRENT_WARNING,   NaN",
        " 11.3, DISCHARGE_OVERCURRENT_WARNING,   1.0",
        " 13.6, DISCHARGE_OVERCURRENT_SAFETY,    1.0",
        " 18.0, DISCHARGE_OVERCURRENT_SAFETY,    0.5",
        " 18.0, DISCHARGE_OVERCURRENT_WARNING,   0.2",
        " 27.0, DISCHARGE_OVERCURRENT_SAFETY,    0.2",
        " 35.0, DISCHARGE_OVERCURRENT_OPERATING, 0.1",
        "-3.2,  CHARGE_OVERCURRENT_OPERATING,    NaN",
        "-3.32, CHARGE_OVERCURRENT_OPERATING,    1.0",
        "-3.8,  CHARGE_OVERCURRENT_WARNING,      1.0",
        "-4.6,  CHARGE_OVERCURRENT_SAFETY,       1.0",
        "-4.6,  DISCHARGE_OVERCURRENT_OPERATING, NaN",
        " 4.6,  CHARGE_OVERCURRENT_OPERATING,    NaN"
    })
    void moreOvercurrentSetsSooner(double currentA, Fault fault, double afterS) {
        rig.run(1.0);
        rig.currentA = currentA;
        assertEquals(afterS, rig.untilSet(fault, 5.0), 1e-9);
    }

    @ParameterizedTest
    @CsvSource({"35.9, false", "36.0, false", "36.1, true", "-36.1, true"})
    void aShortCircuitNeedsOneReadingAndAHand(double currentA, boolean shorted) {
        rig.run(1.0);
        rig.currentA = currentA;
        rig.step();
        assertEquals(shorted, rig.stands(Fault.SHORT_CIRCUIT_SAFETY));
        rig.currentA = 0.0;
        rig.run(60.0);
        assertEquals(shorted, rig.stands(Fault.SHORT_CIRCUIT_SAFETY));
        assertTrue(rig.monitor.acknowledge(Fault.SHORT_CIRCUIT_SAFETY));
        rig.step();
        assertFalse(rig.stands(Fault.SHORT_CIRCUIT_SAFETY));
    }

    @ParameterizedTest
    @CsvSource({"0.0, false", "-9.5, false", "-10.5, true", "-60.0, true"})
    void aCurrentBeyondItsSensorIsAShortOnlyWhenThePackCollapses(double packErrorV, boolean shorted) {
        rig.run(1.0);
        rig.currentA = 5000.0;
        rig.packErrorV = packErrorV;
        rig.step();
        assertEquals(shorted, rig.stands(Fault.SHORT_CIRCUIT_SAFETY));
    }

    @Test
    void aCollapsedPackAloneIsNoShort() {
        rig.run(1.0);
        rig.currentA = Double.NaN;
        rig.packErrorV = -20.0;
        rig.step();
        assertFalse(rig.stands(Fault.SHORT_CIRCUIT_SAFETY));
    }

    /** Fuse of 11.25 A that melts at 2.4 (11.25 A)^2 s: at 22.5 A, three times 11.25^2 above its rating, after 0.8 s. */
    @Test
    void fuseHeatIsTheIntegralAboveItsRating() {
        rig.run(1.0);
        rig.currentA = 11.2;
        rig.run(30.0);
        assertFalse(rig.stands(Fault.FUSE_HEAT_WARNING));
        rig.currentA = 22.5;
        assertEquals(0.4, rig.untilSet(Fault.FUSE_HEAT_WARNING, 2.0), 0.1001);
        assertEquals(0.4, rig.untilSet(Fault.FUSE_HEAT_SAFETY, 2.0), 0.1001);
        rig.currentA = 0.0;
        rig.run(20.0);
        assertFalse(rig.stands(Fault.FUSE_HEAT_WARNING));
        assertTrue(rig.monitor.acknowledge(Fault.FUSE_HEAT_SAFETY), "latched, but cool");
        rig.currentA = 22.5;
        assertEquals(0.4, rig.untilSet(Fault.FUSE_HEAT_WARNING, 2.0), 0.1001);
    }

    @Test
    void aGapWithoutReadingsHeatsTheFuseForASecondAtMost() {
        rig.run(1.0);
        rig.currentA = Double.NaN;
        rig.run(100.0);
        rig.currentA = 15.0;
        rig.step();
        assertFalse(rig.stands(Fault.FUSE_HEAT_WARNING));
    }
}
