package io.github.bms4j.protect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FreezeFrameTest {
    private static final Fault FAULT = Fault.CELL_OVERVOLTAGE_SAFETY;
    private final Rig rig = new Rig();
    private final FreezeFrame frame = rig.faults.frame(FAULT);

    @Test
    void isEmptyWhileTheFaultNeverWas() {
        rig.run(60.0);
        assertEquals(0, frame.rows());
        assertEquals(FaultSet.NOWHERE, frame.triggerRow());
        assertFalse(frame.filling());
        assertThrows(IndexOutOfBoundsException.class, () -> frame.packA(0));
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.02, 0.1, 0.7, 0.97, 1.0})
    void holdsHalfAMinuteBeforeAndAfter(double periodS) {
        Rig any = new Rig(Rig.settings(Equipment.vehicle(), periodS));
        any.periodS = periodS;
        Arrays.fill(any.cellV, 4.1);
        any.run(100.0);
        any.cellV[7] = 4.27;
        any.untilSet(FAULT, 10.0);
        long set = any.nanos;
        FreezeFrame f = any.faults.frame(FAULT);
        assertTrue(f.filling());
        assertEquals(30, f.triggerRow());
        assertEquals(31, f.rows());
        any.run(70.0);
        assertFalse(f.filling());
        assertEquals(61, f.rows());
        assertEquals(set, f.atNanos(30));
        assertEquals(0.0, f.offsetS(30));
        double longestS = Math.max(1.0, 2 * periodS);
        assertTrue(f.offsetS(0) <= -29.0 && f.offsetS(0) >= -30.0 - 2 * periodS, "from " + f.offsetS(0));
        assertTrue(f.offsetS(60) >= 29.0 && f.offsetS(60) <= 31.0 + 2 * periodS, "to " + f.offsetS(60));
        for (int row = 1; row < 61; row++) {
            double stepS = f.offsetS(row) - f.offsetS(row - 1);
            assertTrue(stepS > 0.0 && stepS <= longestS + 1e-9, "row " + row + " after " + stepS);
        }
    }

    @Test
    void showsWhatThePackDid() {
        Arrays.fill(rig.cellV, 4.1);
        rig.cellV[2] = 4.0;
        rig.degC[1] = 31.0;
        rig.degC[2] = 22.0;
        rig.currentA = -2.0;
        rig.insulationOhm = 2e6;
        rig.run(3.0);
        rig.cellV[7] = 4.27;
        rig.untilSet(FAULT, 2.0);
        rig.currentA = 0.0;
        rig.cellV[7] = 4.20;
        rig.run(2.0);
        int at = frame.triggerRow();
        assertTrue(at >= 3 && at <= 5, "row " + at);
        assertEquals(at, frame.rows() - 3);
        assertEquals(-2.0, frame.packA(0));
        assertEquals(4.1, frame.highestCellV(0));
        assertTrue(Double.isNaN(frame.value(0)), "no cell was concerned yet");
        assertEquals(4.0, frame.lowestCellV(at));
        assertEquals(4.27, frame.highestCellV(at));
        assertEquals(4.27, frame.value(at));
        assertEquals(4.27 + 4.0 + 41.0, frame.packV(at), 1e-9);
        assertEquals(22.0, frame.lowestDegC(at));
        assertEquals(31.0, frame.highestDegC(at));
        assertEquals(2e6, frame.insulationOhm(at));
        assertEquals(0.0, frame.packA(at + 1));
        assertEquals(4.20, frame.value(at + 1));
    }

    @Test
    void followsTheReadingConcernedBeforeTheFaultWhenThereIsOneSensor() {
        rig.run(3.0);
        rig.monitor.report(Fault.SENSOR_BIAS_SUSPECTED, false, 11.0);
        rig.run(3.0);
        rig.monitor.report(Fault.SENSOR_BIAS_SUSPECTED, true, 12.0);
        rig.step();
        FreezeFrame f = rig.faults.frame(Fault.SENSOR_BIAS_SUSPECTED);
        assertTrue(Double.isNaN(f.value(0)));
        assertEquals(11.0, f.value(f.triggerRow() - 1));
        assertEquals(12.0, f.value(f.triggerRow()));
    }

    @Test
    void aFaultInTheFirstCycleHasNothingBeforeIt() {
        rig.currentA = 200.0;
        rig.step();
        FreezeFrame f = rig.faults.frame(Fault.SHORT_CIRCUIT_SAFETY);
        assertEquals(0, f.triggerRow());
        assertEquals(1, f.rows());
        assertEquals(200.0, f.packA(0));
        rig.run(40.0);
        assertEquals(31, f.rows());
        assertFalse(f.filling());
    }

    @Test
    void belongsToTheLatestOccurrence() {
        Arrays.fill(rig.cellV, 4.1);
        rig.run(40.0);
        rig.cellV[7] = 4.27;
        rig.run(2.0);
        rig.cellV[7] = 4.1;
        rig.run(10.0);
        rig.cellV[8] = 4.29;
        rig.untilSet(FAULT, 2.0);
        assertEquals(2, rig.faults.occurrences(FAULT));
        assertEquals(rig.nanos, frame.atNanos(frame.triggerRow()));
        assertEquals(4.29, frame.value(30));
        assertEquals(4.27, frame.highestCellV(18), "the first one is still in the half minute before");
        rig.run(40.0);
        assertEquals(61, frame.rows());
    }

    @Test
    void unknownReadingsStayUnknown() {
        rig.monitor.report(Fault.CONFIGURATION_INCONSISTENT, true);
        rig.currentA = Double.NaN;
        Arrays.fill(rig.cellV, Double.NaN);
        Arrays.fill(rig.degC, Double.NaN);
        rig.step();
        FreezeFrame f = rig.faults.frame(Fault.CONFIGURATION_INCONSISTENT);
        assertTrue(Double.isNaN(f.packA(0)));
        assertTrue(Double.isNaN(f.lowestCellV(0)));
        assertTrue(Double.isNaN(f.highestCellV(0)));
        assertTrue(Double.isNaN(f.lowestDegC(0)));
        assertTrue(Double.isNaN(f.highestDegC(0)));
    }

    @Test
    void aFrameOfBeforeTheRestartComesBack() {
        Arrays.fill(rig.cellV, 4.1);
        rig.run(40.0);
        rig.cellV[7] = 4.27;
        rig.untilSet(FAULT, 10.0);
        rig.run(40.0);
        double[] rows = new double[frame.rows() * FreezeFrame.NUMBERS];
        for (int r = 0; r < frame.rows(); r++) {
            frame.row(r, rows, r * FreezeFrame.NUMBERS);
        }
        Rig other = new Rig();
        FreezeFrame again = other.faults.frame(FAULT);
        other.monitor.restore(FAULT, frame.triggerRow(), rows);
        assertEquals(frame.rows(), again.rows());
        assertEquals(frame.triggerRow(), again.triggerRow());
        assertFalse(again.filling());
        for (int r = 0; r < frame.rows(); r++) {
            assertEquals(frame.offsetS(r), again.offsetS(r), 1e-9);
            assertEquals(frame.value(r), again.value(r));
            assertEquals(frame.packA(r), again.packA(r));
            assertEquals(frame.highestCellV(r), again.highestCellV(r));
            assertEquals(frame.insulationOhm(r), again.insulationOhm(r));
        }
        other.monitor.restore(FAULT, 61, rows);
        other.monitor.restore(FAULT, -1, rows);
        other.monitor.restore(FAULT, 0, Arrays.copyOf(rows, rows.length - 1));
        other.monitor.restore(FAULT, 0, new double[62 * FreezeFrame.NUMBERS]);
        assertEquals(frame.rows(), again.rows(), "another shape is not taken");
        assertEquals(frame.triggerRow(), again.triggerRow());
    }
}
