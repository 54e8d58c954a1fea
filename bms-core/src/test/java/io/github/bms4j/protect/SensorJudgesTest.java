package io.github.bms4j.protect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Silence, range, jumps and frozen sensors. */
class SensorJudgesTest {
    private final Rig rig = new Rig();
    private final Random random = new Random(7);

    @ParameterizedTest(name = "readings every {0} s: cell stale after {1} s, gone after {2} s")
    @CsvSource({"0.01, 0.21, 0.71", "0.1, 0.4, 0.9", "1.0, 4.0, 6.0"})
    void aSilentCellDeratesDownToNothingAndThenOpens(double periodS, double staleS, double lostS) {
        Rig slow = new Rig(Rig.settings(Equipment.vehicle(), periodS));
        slow.periodS = periodS;
        slow.run(10 * periodS);
        assertEquals(1.0, slow.faults.chargeShare());
        slow.cellV[5] = Double.NaN;
        assertEquals(staleS, slow.untilSet(Fault.CELL_VOLTAGE_STALE_WARNING, 10.0), 1e-9);
        assertEquals(5, slow.faults.where(Fault.CELL_VOLTAGE_STALE_WARNING));
        double share = slow.faults.chargeShare();
        assertTrue(share < 1.0 && share > 0.4, "share " + share);
        assertEquals(share, slow.faults.dischargeShare());
        assertFalse(slow.faults.openRequested());
        assertEquals(lostS - staleS, slow.untilSet(Fault.CELL_VOLTAGE_STALE_SAFETY, 10.0), 0.011);
        assertEquals(0.0, slow.faults.chargeShare());
        assertTrue(slow.faults.openRequested());
    }

    @Test
    void theShareFallsStraightWithAge() {
        rig.run(1.0);
        rig.currentA = Double.NaN;
        rig.run(0.4);
        assertEquals(0.8, rig.faults.chargeShare(), 1e-6);
        rig.run(0.1);
        assertEquals(0.6, rig.faults.chargeShare(), 1e-6);
        rig.run(0.3);
        assertEquals(0.0, rig.faults.chargeShare(), 1e-6);
        assertFalse(rig.faults.openRequested());
        rig.run(0.1);
        assertTrue(rig.stands(Fault.CURRENT_STALE_SAFETY));
    }

    @Test
    void fiveFreshReadingsEndTheSilence() {
        rig.run(1.0);
        rig.currentA = Double.NaN;
        rig.run(2.0);
        rig.currentA = 0.5;
        assertEquals(0.5, rig.untilClear(Fault.CURRENT_STALE_SAFETY, 2.0), 1e-9);
        assertFalse(rig.stands(Fault.CURRENT_STALE_WARNING));
        assertEquals(1.0, rig.faults.chargeShare());
    }

    @Test
    void aSilentTemperatureIsWaitedForLonger() {
        rig.run(1.0);
        rig.degC[3] = Double.NaN;
        assertEquals(5.1, rig.untilSet(Fault.TEMPERATURE_STALE_WARNING, 10.0), 1e-9);
        assertEquals(3, rig.faults.where(Fault.TEMPERATURE_STALE_WARNING));
        rig.run(15.0);
        assertEquals(1.0 - 15.1 / 30.0, rig.faults.chargeShare(), 1e-6);
        assertEquals(15.0, rig.untilSet(Fault.TEMPERATURE_STALE_SAFETY, 20.0), 1e-6);
    }

    @Test
    void aSilentPackVoltageForbidsClosingOnly() {
        rig.run(1.0);
        rig.packRead = false;
        assertEquals(0.4, rig.untilSet(Fault.PACK_VOLTAGE_STALE_WARNING, 2.0), 1e-9);
        assertEquals(1.0, rig.faults.chargeShare());
        assertFalse(rig.faults.openRequested());
        assertFalse(rig.faults.mayClose());
    }

    @Test
    void aPackVoltageThatIsNotFittedIsNotMissed() {
        Rig bare = new Rig(Rig.settings(new Equipment(false, false, false, false), 0.1));
        bare.packRead = false;
        bare.run(20.0);
        assertEquals(0, bare.faults.count(), bare.faults.text());
        assertTrue(bare.faults.mayClose());
    }

    @ParameterizedTest
    @CsvSource({
        "cell, CELL_VOLTAGE_OUT_OF_RANGE, 6",
        "temperature, TEMPERATURE_OUT_OF_RANGE, 2",
        "current, CURRENT_OUT_OF_RANGE, 0",
        "pack, PACK_VOLTAGE_OUT_OF_RANGE, 0"
    })
    void whatNoSensorReadsIsOutOfRange(String what, Fault fault, int where) {
        rig.run(1.0);
        switch (what) {
            case "cell" -> rig.cellV[6] = 0.02;
            case "temperature" -> rig.degC[2] = 215.0;
            case "current" -> rig.currentA = 700.0;
            default -> rig.packErrorV = 100.0;
        }
        assertEquals(0.5, rig.untilSet(fault, 2.0), 1e-9);
        assertEquals(where, rig.faults.where(fault));
        assertTrue(what.equals("pack") || rig.faults.share(fault) == 0.8, "a suspect sensor derates");
        rig.cellV[6] = 3.6;
        rig.degC[2] = 25.0;
        rig.currentA = 1.0;
        rig.packErrorV = 0.0;
        assertEquals(60.0, rig.untilClear(fault, 100.0), 1e-6);
    }

    @Test
    void missingReadingsAreNotOutOfRange() {
        rig.run(1.0);
        rig.cellV[6] = Double.NaN;
        rig.degC[2] = Double.NaN;
        rig.run(60.0);
        assertEquals(FaultState.ABSENT, rig.faults.state(Fault.CELL_VOLTAGE_OUT_OF_RANGE));
        assertEquals(FaultState.ABSENT, rig.faults.state(Fault.TEMPERATURE_OUT_OF_RANGE));
        assertEquals(0, rig.faults.occurrences(Fault.TEMPERATURE_JUMPED));
    }

    @ParameterizedTest(name = "by {0} V: {1}")
    @CsvSource({"0.29, false", "0.31, true", "-0.31, true"})
    void aCellThatLeapsAgainstTheOthersIsNamed(double byV, boolean leapt) {
        rig.run(1.0);
        rig.cellV[4] += byV;
        rig.step();
        assertEquals(leapt, rig.stands(Fault.CELL_VOLTAGE_JUMPED));
        assertEquals(leapt ? 4 : FaultSet.NOWHERE, rig.faults.where(Fault.CELL_VOLTAGE_JUMPED));
        assertEquals(leapt ? 0.8 : 1.0, rig.faults.chargeShare());
        assertEquals(leapt ? 60.0 : 0.1, rig.untilClear(Fault.CELL_VOLTAGE_JUMPED, 100.0), 1e-6);
    }

    @Test
    void theFirstCellLeapsLikeAnyOther() {
        rig.run(1.0);
        rig.cellV[0] += 0.5;
        rig.step();
        assertEquals(0, rig.faults.where(Fault.CELL_VOLTAGE_JUMPED));
    }

    @Test
    void aLoadStepMovesAllCellsAndIsNoLeap() {
        Arrays.fill(rig.cellV, 4.1);
        rig.run(1.0);
        Arrays.fill(rig.cellV, 1.5);
        rig.step();
        assertFalse(rig.stands(Fault.CELL_VOLTAGE_JUMPED));
    }

    @ParameterizedTest(name = "after {0} s without readings: {1}")
    @CsvSource({"1.8, true", "2.5, false"})
    void aLeapAcrossALongGapProvesNothing(double gapS, boolean leapt) {
        rig.run(1.0);
        rig.cellV[0] = Double.NaN;
        rig.run(gapS);
        rig.cellV[0] = 3.6;
        rig.cellV[4] = 4.0;
        rig.step();
        assertEquals(leapt, rig.stands(Fault.CELL_VOLTAGE_JUMPED));
        rig.cellV[4] = 3.6;
        rig.step();
        assertTrue(rig.stands(Fault.CELL_VOLTAGE_JUMPED), "the next one does");
    }

    @Test
    void aTemperatureThatLeapsIsNotBelievedAndNamed() {
        rig.run(1.0);
        rig.degC[1] = 45.0;
        rig.step();
        assertTrue(rig.stands(Fault.TEMPERATURE_JUMPED));
        assertEquals(1, rig.faults.where(Fault.TEMPERATURE_JUMPED));
        assertEquals(0.8, rig.faults.dischargeShare());
        assertEquals(60.0, rig.untilClear(Fault.TEMPERATURE_JUMPED, 100.0), 1e-6);
    }

    /** A minute of changing current that every voltage shows with a little noise. */
    private void drive(double forS, Runnable flaw) {
        for (int i = 0; i < forS * 10; i++) {
            double fromA = rig.currentA;
            rig.currentA = i % 20 < 10 ? 4.0 : 0.0;
            double stepV = 0.02 * (fromA - rig.currentA);
            for (int c = 0; c < rig.cellV.length; c++) {
                rig.cellV[c] += stepV + 1e-4 * (random.nextInt(3) - 1);
            }
            rig.currentA += 0.01 * random.nextInt(5);
            flaw.run();
            rig.step();
        }
    }

    @Test
    void aCellVoltageThatStandsStillUnderChangingCurrentIsStuck() {
        drive(10.0, () -> {});
        double frozen = rig.cellV[8];
        drive(59.0, () -> rig.cellV[8] = frozen);
        assertFalse(rig.stands(Fault.CELL_VOLTAGE_FROZEN));
        drive(3.0, () -> rig.cellV[8] = frozen);
        assertTrue(rig.stands(Fault.CELL_VOLTAGE_FROZEN));
        assertEquals(8, rig.faults.where(Fault.CELL_VOLTAGE_FROZEN));
        assertEquals(0.8, rig.faults.share(Fault.CELL_VOLTAGE_FROZEN));
        assertFalse(rig.stands(Fault.PACK_VOLTAGE_FROZEN));
        assertFalse(rig.stands(Fault.CURRENT_FROZEN));
        drive(58.0, () -> {});
        assertTrue(rig.stands(Fault.CELL_VOLTAGE_FROZEN));
        drive(4.0, () -> {});
        assertFalse(rig.stands(Fault.CELL_VOLTAGE_FROZEN));
    }

    @Test
    void aPackVoltageThatStandsStillIsStuck() {
        drive(10.0, () -> {});
        double frozenV = Arrays.stream(rig.cellV).sum();
        drive(65.0, () -> rig.packErrorV = frozenV - Arrays.stream(rig.cellV).sum());
        assertFalse(rig.stands(Fault.PACK_VOLTAGE_FROZEN), "its last digits still move");
        Rig still = new Rig(Rig.settings(Equipment.bench(), 0.1));
        for (int i = 0; i < 700; i++) {
            still.currentA = i % 20 < 10 ? 4.0 : 0.0;
            still.step();
        }
        assertTrue(still.stands(Fault.PACK_VOLTAGE_FROZEN));
    }

    @Test
    void aCurrentThatStandsStillWhileVoltagesGoUpAndDownIsStuck() {
        drive(10.0, () -> {});
        rig.currentA = 2.0;
        for (int i = 0; i < 620; i++) {
            Arrays.fill(rig.cellV, 3.55 + 1e-3 * random.nextInt(9));
            rig.step();
        }
        assertFalse(rig.stands(Fault.CURRENT_FROZEN), "nothing moved");
        for (int i = 0; i < 20; i++) {
            double v = i % 2 == 0 ? 3.50 : 3.55;
            for (int k = 0; k < 10; k++) {
                Arrays.fill(rig.cellV, v + 1e-4 * k);
                rig.step();
            }
        }
        assertTrue(rig.stands(Fault.CURRENT_FROZEN));
        assertEquals(0.8, rig.faults.share(Fault.CURRENT_FROZEN));
    }

    @Test
    void aConstantCurrentOverTheKneeIsNotStuck() {
        rig.run(1.0);
        for (int i = 0; i < 900; i++) {
            for (int c = 0; c < 12; c++) {
                rig.cellV[c] = i % 10 == 0 ? rig.cellV[c] - 0.011 : rig.cellV[c];
            }
            rig.step();
        }
        assertFalse(rig.stands(Fault.CURRENT_FROZEN));
    }

    @Test
    void nothingIsStuckAtRest() {
        rig.currentA = 0.0;
        rig.run(600.0);
        assertEquals(0, rig.faults.count(), rig.faults.text());
    }

    @ParameterizedTest(name = "others warm by {0} K: {1}")
    @CsvSource({"7.5, false", "8.5, true"})
    void aTemperatureThatStandsStillWhileTheOthersMoveIsStuck(double byK, boolean stuck) {
        rig.run(1.0);
        for (int i = 0; i < 700; i++) {
            for (int s = 0; s < 3; s++) {
                rig.degC[s] = 25.0 + byK * i / 699.0;
            }
            rig.step();
        }
        assertEquals(stuck, rig.stands(Fault.TEMPERATURE_FROZEN));
        assertEquals(stuck ? 3 : FaultSet.NOWHERE, rig.faults.where(Fault.TEMPERATURE_FROZEN));
    }

    @Test
    void aMinuteIsNeededHoweverMuchTheOthersMove() {
        rig.run(1.0);
        for (int i = 0; i < 550; i++) {
            for (int s = 0; s < 3; s++) {
                rig.degC[s] = 25.0 + 0.03 * i;
            }
            rig.step();
        }
        assertFalse(rig.stands(Fault.TEMPERATURE_FROZEN));
    }
}
