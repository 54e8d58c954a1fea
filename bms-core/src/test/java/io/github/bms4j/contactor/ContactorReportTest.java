package io.github.bms4j.contactor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.bms4j.Allocation;
import io.github.bms4j.cell.SampleCells;
import io.github.bms4j.protect.Fault;
import io.github.bms4j.protect.FaultMonitor;
import io.github.bms4j.protect.FaultState;
import io.github.bms4j.protect.ProtectSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the fault monitor is told. */
class ContactorReportTest {
    private final ContactorRig rig = new ContactorRig();
    private final FaultMonitor monitor =
            new FaultMonitor(ProtectSettings.of(SampleCells.straight(), rig.layout), rig.layout);

    private void cycles(int n) {
        for (int i = 0; i < n; i++) {
            rig.step();
            rig.control.report(monitor);
            monitor.step(rig.sample, rig.signals);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "WELDED_POSITIVE, WELDED",
        "WELDED_NEGATIVE, WELDED",
        "WELDED_PRECHARGE, WELDED",
        "CURRENT_WHEN_OPEN, WELDED",
        "NOT_CLOSED_POSITIVE, NOT_CLOSED",
        "NOT_CLOSED_NEGATIVE, NOT_CLOSED",
        "NOT_CLOSED_PRECHARGE, NOT_CLOSED",
        "LINK_LOST, NOT_CLOSED",
        "TRIES_USED_UP, PRECHARGE_GIVEN_UP"
    })
    void whatLocksIsReportedAsItsFault(ContactorFinding finding, Fault fault) {
        assertEquals(fault, finding.fault());
        cycles(100);
        assertEquals(FaultState.ABSENT, monitor.faults().state(fault));
        if (finding == ContactorFinding.TRIES_USED_UP) {
            rig.control.restore(rig.rating.precharge().budgetJ(), 3);
        } else {
            rig.control.restore(finding);
        }
        cycles(100);
        assertTrue(
                monitor.faults().state(fault).stands(),
                finding + ": " + monitor.faults().text());
        assertFalse(monitor.faults().mayClose());
        assertEquals(
                fault != Fault.WELDED, !monitor.faults().state(Fault.WELDED).stands());
    }

    @Test
    void aFailedTryOfPrechargeIsReported() {
        assertEquals(Fault.PRECHARGED_TOO_FAST, ContactorFinding.PRECHARGE_TOO_FAST.fault());
        assertEquals(Fault.PRECHARGED_TOO_SLOW, ContactorFinding.PRECHARGE_TOO_SLOW.fault());
        assertEquals(Fault.PRECHARGED_TOO_SLOW, ContactorFinding.PRECHARGE_NO_CURRENT.fault());
        assertEquals(Fault.PRECHARGED_AT_HIGH_CURRENT, ContactorFinding.PRECHARGE_CURRENT_HIGH.fault());
        assertNull(ContactorFinding.JOIN_REFUSED.fault());
        rig.loadA = 20.0;
        rig.ask();
        cycles(150);
        assertTrue(rig.control.stands(ContactorFinding.PRECHARGE_LOADED));
        assertTrue(
                monitor.faults().state(Fault.PRECHARGED_TOO_SLOW).stands(),
                monitor.faults().text());
    }

    @Test
    void reportingLeavesNothingOnTheHeap() {
        rig.weldedPositive = true;
        cycles(100);
        assertEquals(0.0, Allocation.bytesPerCall(2_000, () -> rig.control.report(monitor)), 0.01);
    }
}
