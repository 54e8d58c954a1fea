package io.github.bms4j.protect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.bms4j.Allocation;
import io.github.bms4j.measure.ContactState;
import io.github.bms4j.measure.PackSample;
import io.github.bms4j.measure.PackSignals;
import io.github.bms4j.num.StepResult;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class FaultMonitorTest {
    private final Rig rig = new Rig();

    @Test
    void allowsNothingBeforeTheFirstStep() {
        assertEquals(0.0, rig.faults.chargeShare());
        assertEquals(0.0, rig.faults.dischargeShare());
        assertFalse(rig.faults.mayClose());
        assertFalse(rig.faults.known());
        assertTrue(rig.faults.zeroRequested());
        assertFalse(rig.faults.openRequested());
        assertEquals(0, rig.faults.count());
        assertNull(rig.faults.chargeCause());
        assertEquals("none, readings not complete yet", rig.faults.text());
    }

    @ParameterizedTest
    @ValueSource(strings = {"current", "cell", "temperature", "pack", "insulation", "interlock"})
    void bootsWithoutATripAndWithoutCurrentUntilTheLastReading(String missing) {
        if (missing.equals("current")) {
            rig.currentA = Double.NaN;
        } else if (missing.equals("cell")) {
            rig.cellV[11] = Double.NaN;
        } else if (missing.equals("temperature")) {
            rig.degC[3] = Double.NaN;
        } else if (missing.equals("pack")) {
            rig.packRead = false;
        } else if (missing.equals("insulation")) {
            rig.insulationOhm = Double.NaN;
        } else {
            rig.interlock = ContactState.UNKNOWN;
        }
        rig.run(5.0);
        assertEquals(0, rig.faults.count(), rig.faults.text());
        assertEquals(0.0, rig.faults.chargeShare());
        assertEquals(0.0, rig.faults.dischargeShare());
        assertTrue(rig.faults.zeroRequested());
        assertFalse(rig.faults.mayClose());
        assertFalse(rig.faults.openRequested());
        rig.currentA = 0.0;
        rig.cellV[11] = 3.6;
        rig.degC[3] = 25.0;
        rig.packRead = true;
        rig.insulationOhm = 5e6;
        rig.interlock = ContactState.CLOSED;
        rig.step();
        assertTrue(rig.faults.known());
        assertEquals(1.0, rig.faults.chargeShare());
        assertEquals(1.0, rig.faults.dischargeShare());
        assertTrue(rig.faults.mayClose());
        assertFalse(rig.faults.zeroRequested());
        assertEquals("none", rig.faults.text());
    }

    @ParameterizedTest
    @EnumSource(
            value = Fault.class,
            names = {
                "CURRENT_STALE_WARNING",
                "CELL_VOLTAGE_STALE_WARNING",
                "TEMPERATURE_STALE_WARNING",
                "PACK_VOLTAGE_STALE_WARNING",
                "INTERLOCK_STALE_WARNING"
            })
    void whatNeverComesBecomesAFaultAfterTheStart(Fault fault) {
        rig.currentA = Double.NaN;
        Arrays.fill(rig.cellV, Double.NaN);
        Arrays.fill(rig.degC, Double.NaN);
        rig.packRead = false;
        rig.interlock = ContactState.UNKNOWN;
        double limitS =
                fault == Fault.TEMPERATURE_STALE_WARNING ? 5.0 : fault == Fault.INTERLOCK_STALE_WARNING ? 1.0 : 0.3;
        assertEquals(5.0 + limitS, rig.untilSet(fault, 20.0), 0.21);
    }

    @Test
    void nanNeverTripsAnythingButItsOwnSilence() {
        rig.run(1.0);
        rig.currentA = Double.NaN;
        Arrays.fill(rig.cellV, Double.NaN);
        Arrays.fill(rig.degC, Double.NaN);
        rig.packErrorV = Double.NaN;
        rig.insulationOhm = Double.NaN;
        rig.run(100.0);
        for (int i = 0; i < rig.faults.count(); i++) {
            assertTrue(rig.faults.standing(i).name().contains("STALE"), rig.faults.text());
        }
        assertEquals(8, rig.faults.count());
    }

    @Test
    void nothingClosesIntoAFaultThatIsThereFromTheStart() {
        rig.interlock = ContactState.OPEN;
        rig.step();
        assertEquals(0, rig.faults.count());
        assertTrue(rig.faults.known());
        assertFalse(rig.faults.mayClose());
        Rig hot = new Rig();
        hot.cellV[0] = 4.22;
        hot.step();
        assertEquals(FaultState.PENDING, hot.faults.state(Fault.CELL_OVERVOLTAGE_OPERATING));
        assertTrue(hot.faults.mayClose(), "what only derates forbids nothing");
    }

    @Test
    void everythingItJudgesIsAbsentOnceRead() {
        rig.charger = true;
        rig.run(1.0);
        for (Fault f : Fault.values()) {
            assertEquals(f.reported() ? FaultState.UNKNOWN : FaultState.ABSENT, rig.faults.state(f), f.name());
        }
    }

    @Test
    void theLowestShareNamesItsFaultWhateverElseStands() {
        Arrays.fill(rig.cellV, 4.1);
        rig.run(1.0);
        rig.cellV[0] = 4.235;
        rig.degC[0] = 45.0;
        rig.run(1.0);
        assertTrue(rig.stands(Fault.TEMPERATURE_JUMPED));
        assertEquals(Fault.CELL_OVERVOLTAGE_WARNING, rig.faults.chargeCause());
        assertEquals(Fault.TEMPERATURE_JUMPED, rig.faults.dischargeCause());
        assertEquals(
                "P1B0117 cell voltage high (operating) at 0: 4.235; P1B0217 cell voltage high (warning) at 0: 4.235; "
                        + "P1B3727 temperature jumped (operating) at 0: 45.000",
                rig.faults.text());
    }

    @Test
    void holdsACycleThatIsNotLater() {
        rig.run(1.0);
        assertEquals(StepResult.HELD, rig.monitor.step(rig.sample, rig.signals));
        FaultMonitor unfed = new FaultMonitor(rig.settings, Rig.LAYOUT);
        assertEquals(
                StepResult.HELD, unfed.step(new PackSample(Rig.LAYOUT), new PackSignals(Rig.LAYOUT)), "never begun");
        assertEquals(StepResult.USED, unfed.step(rig.sample, rig.signals));
        assertTrue(unfed.faults().known());
    }

    @Test
    void standingFaultsAreListedInTheOrderOfTheTable() {
        rig.run(1.0);
        rig.monitor.report(Fault.WELDED, true);
        rig.run(1.0);
        assertEquals(1, rig.faults.count());
        assertEquals(Fault.WELDED, rig.faults.standing(0));
        assertThrows(IndexOutOfBoundsException.class, () -> rig.faults.standing(1));
        assertThrows(IndexOutOfBoundsException.class, () -> rig.faults.standing(-1));
        rig.currentA = 14.0;
        Arrays.fill(rig.cellV, 4.1);
        rig.step();
        rig.cellV[3] = 4.3;
        rig.run(2.0);
        assertTrue(
                rig.faults.text().startsWith("P1B0117 cell voltage high (operating) at 3: 4.300; P1B0217"),
                rig.faults.text());
        assertTrue(rig.faults.text().contains("P1B2619 discharge current high (safety): 1.556; "), rig.faults.text());
        assertTrue(rig.faults.text().endsWith("; P1B6162 contactor welded (safety)"), rig.faults.text());
    }

    @Test
    void reportedFaultIsDebouncedLatchedAndRecorded() {
        rig.run(40.0);
        assertEquals(FaultState.UNKNOWN, rig.faults.state(Fault.WELDED));
        rig.monitor.report(Fault.WELDED, false);
        rig.step();
        assertEquals(FaultState.ABSENT, rig.faults.state(Fault.WELDED));
        rig.monitor.report(Fault.WELDED, true, 390.0);
        rig.step();
        assertEquals(FaultState.PENDING, rig.faults.state(Fault.WELDED));
        assertFalse(rig.faults.mayClose(), "not into what is about to stand");
        assertEquals(0, rig.faults.count());
        rig.step();
        assertEquals(FaultState.PRESENT, rig.faults.state(Fault.WELDED));
        assertEquals(390.0, rig.faults.value(Fault.WELDED));
        assertEquals(rig.nanos, rig.faults.sinceNanos(Fault.WELDED));
        assertEquals(1, rig.faults.occurrences(Fault.WELDED));
        assertEquals(30, rig.faults.frame(Fault.WELDED).triggerRow());
        assertFalse(rig.faults.mayClose());
        assertFalse(rig.faults.openRequested());
        rig.monitor.report(Fault.WELDED, false);
        rig.run(2.0);
        assertEquals(FaultState.LATCHED, rig.faults.state(Fault.WELDED));
        assertFalse(rig.faults.mayClose());
        assertTrue(rig.monitor.acknowledge(Fault.WELDED));
        rig.step();
        assertTrue(rig.faults.mayClose());
    }

    @Test
    void divergedEstimateDeratesAfterHalfAMinute() {
        rig.run(1.0);
        rig.monitor.report(Fault.ESTIMATE_DIVERGED, true);
        assertEquals(30.0, rig.untilSet(Fault.ESTIMATE_DIVERGED, 40.0), 1e-6);
        assertEquals(0.8, rig.faults.chargeShare());
        rig.monitor.report(Fault.ESTIMATE_DIVERGED, false);
        assertEquals(60.0, rig.untilClear(Fault.ESTIMATE_DIVERGED, 70.0), 1e-6);
    }

    @Test
    void inconsistentConfigurationRefusesToArmFromTheFirstStep() {
        rig.monitor.report(Fault.CONFIGURATION_INCONSISTENT, true);
        rig.step();
        assertFalse(rig.faults.mayClose());
        assertTrue(rig.faults.openRequested());
        assertEquals(0.0, rig.faults.chargeShare());
        assertEquals(Fault.CONFIGURATION_INCONSISTENT, rig.faults.chargeCause());
    }

    @Test
    void refusesToBeToldWhatItSeesItself() {
        for (Fault f : Fault.values()) {
            if (f.reported()) {
                rig.monitor.report(f, false);
            } else {
                assertThrows(IllegalArgumentException.class, () -> rig.monitor.report(f, true), f.name());
            }
        }
    }

    @Test
    void rememberedFaultsStandAgainUntilAcknowledged() {
        rig.monitor.restore(Fault.SHORT_CIRCUIT_SAFETY, 3, true);
        rig.monitor.restore(Fault.CELL_OVERVOLTAGE_SAFETY, 5, true);
        rig.run(1.0);
        assertEquals(FaultState.LATCHED, rig.faults.state(Fault.SHORT_CIRCUIT_SAFETY));
        assertEquals(3, rig.faults.occurrences(Fault.SHORT_CIRCUIT_SAFETY));
        assertEquals(FaultState.ABSENT, rig.faults.state(Fault.CELL_OVERVOLTAGE_SAFETY));
        assertEquals(5, rig.faults.occurrences(Fault.CELL_OVERVOLTAGE_SAFETY));
        assertTrue(rig.faults.openRequested());
        rig.monitor.acknowledge(Fault.SHORT_CIRCUIT_SAFETY);
        rig.step();
        assertFalse(rig.faults.openRequested());
        assertThrows(IllegalArgumentException.class, () -> rig.monitor.restore(Fault.SHORT_CIRCUIT_SAFETY, -1, false));
    }

    @Test
    void everyOtherDelayCanBeReplaced() {
        ProtectSettings slower = rig.settings.withDelay(Fault.CELL_OVERVOLTAGE_SAFETY, Delay.of(2.0, 1.0));
        assertEquals(Delay.of(2.0, 1.0), slower.delay(Fault.CELL_OVERVOLTAGE_SAFETY));
        assertEquals(Delay.of(0.5, 5.0), slower.delay(Fault.CELL_OVERVOLTAGE_WARNING));
        Rig other = new Rig(slower.withDelay(Fault.WELDED, Delay.atOnce(1.0)));
        other.run(1.0);
        other.cellV[0] = 4.3;
        assertEquals(2.0, other.untilSet(Fault.CELL_OVERVOLTAGE_SAFETY, 5.0), 1e-6);
    }

    @Test
    void allocatesNothingInACycleWithAndWithoutFaults() {
        assertEquals(0.0, Allocation.bytesPerCall(2000, rig::step), 0.01);
        rig.cellV[3] = 4.3;
        rig.degC[1] = 80.0;
        rig.insulationOhm = 100.0;
        rig.monitor.report(Fault.WELDED, true);
        assertEquals(0.0, Allocation.bytesPerCall(2000, rig::step), 0.01);
        assertTrue(rig.faults.count() > 5, rig.faults.text());
    }

    @Test
    void takesOverWhereAFaultStoodAndByWhat() {
        Rig after = new Rig();
        after.monitor.restore(Fault.THERMAL_RUNAWAY_SAFETY, 2, true, 3, 1.5);
        after.monitor.restore(Fault.SHORT_CIRCUIT_SAFETY, 1, true, 12, 900.0);
        after.step();
        assertEquals(FaultState.LATCHED, after.faults.state(Fault.THERMAL_RUNAWAY_SAFETY));
        assertEquals(3, after.faults.where(Fault.THERMAL_RUNAWAY_SAFETY));
        assertEquals(FaultSet.NOWHERE, after.faults.where(Fault.SHORT_CIRCUIT_SAFETY), "there is no sensor 12");
        assertTrue(after.faults.openRequested());
        assertTrue(after.faults.runaway().given());
        assertEquals(3, after.faults.runaway().sensor());
        assertTrue(Double.isNaN(after.faults.runaway().delayS()), "nobody knows any more");
        assertTrue(after.monitor.acknowledge(Fault.THERMAL_RUNAWAY_SAFETY));
        assertFalse(after.faults.runaway().given());
    }

    @Test
    void theFuseStaysAsWarmAsItWas() {
        double fuseA = new Rig().settings.current().fuseA();
        double full = new Rig().settings.current().fuseA2s();
        double[][] rows = {
            // heat then, s of rest, heat after
            {0.6 * full, 0.0, 0.6 * full},
            {0.6 * full, Double.NaN, 0.6 * full},
            {0.6 * full, 0.1 * full / fuseA / fuseA, 0.5 * full},
            {0.6 * full, 1e9, 0.0},
            {Double.NaN, 0.0, 0.0},
            {-1.0, 0.0, 0.0},
            {Double.POSITIVE_INFINITY, 0.0, 0.0}
        };
        for (double[] row : rows) {
            Rig after = new Rig();
            after.monitor.restoreFuse(row[0], row[1]);
            assertEquals(row[2], after.monitor.fuseHeatA2s(), 1e-9 * full);
        }
        Rig warm = new Rig();
        warm.monitor.restoreFuse(0.6 * full, 0.0);
        warm.currentA = fuseA; // neither warms nor cools it
        warm.step();
        assertTrue(warm.faults.state(Fault.FUSE_HEAT_WARNING).stands(), "half of it is the warning");
    }
}
