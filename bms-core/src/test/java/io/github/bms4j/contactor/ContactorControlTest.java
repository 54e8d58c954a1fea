package io.github.bms4j.contactor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.bms4j.Allocation;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The ordinary way up and down. */
class ContactorControlTest {
    private final ContactorRig rig = new ContactorRig();

    @Test
    void closesInTheOrderOfTheTableAndOpensAfterTheHandshake() {
        rig.at(ContactorState.CLOSED);
        assertEquals(
                List.of(
                        ContactorState.INSPECT,
                        ContactorState.STANDBY,
                        ContactorState.CHECK_NEGATIVE,
                        ContactorState.CHECK_RELEASE,
                        ContactorState.CLOSE_NEGATIVE,
                        ContactorState.PRECHARGE,
                        ContactorState.CLOSE_POSITIVE,
                        ContactorState.OPEN_PRECHARGE,
                        ContactorState.CLOSED),
                rig.path);
        assertEquals(1.0, rig.control.limitShare());
        assertTrue(rig.control.ready());
        rig.loadA = 50.0;
        rig.run(5.0);
        assertEquals(ContactorState.CLOSED, rig.control.state());
        rig.path.clear();
        rig.path.add(ContactorState.CLOSED);
        rig.request.close = false;
        rig.step();
        assertEquals(ContactorState.ZERO_CURRENT, rig.control.state());
        assertEquals(0.0, rig.control.limitShare());
        rig.run(0.5);
        assertEquals(ContactorState.ZERO_CURRENT, rig.control.state(), "50 A still flow");
        rig.loadA = 0.0;
        assertTrue(rig.reaches(ContactorState.STANDBY, 10.0), rig.path + rig.control.explain());
        assertEquals(
                List.of(
                        ContactorState.CLOSED,
                        ContactorState.ZERO_CURRENT,
                        ContactorState.OPEN_POSITIVE,
                        ContactorState.INSPECT,
                        ContactorState.STANDBY),
                rig.path);
    }

    /** The state machine takes ten cycles of 100 ms for what it has to see twice; the resistor must bear it. */
    @Test
    void worksAtTenReadingsASecondWithAResistorForThat() {
        ContactorRating r = ContactorRating.standard(400.0);
        PrechargeRating p = new PrechargeRating(200.0, 0.002, 0.25, 100_000.0, 5.0, 2_500.0, 300.0, 3);
        ContactorRig slow = new ContactorRig(new ContactorRating(
                400.0,
                r.weldV(),
                r.joinV(),
                r.restS(),
                r.contacts(),
                p,
                r.opening(),
                new ReadingRating(0.100, 1.0, 1.0, 0.5)));
        slow.cycleS = 0.100;
        slow.at(ContactorState.CLOSED);
        assertEquals(0, slow.control.failedTries());
        slow.run(30.0);
        assertEquals(ContactorState.CLOSED, slow.control.state());
        slow.request.close = false;
        assertTrue(slow.reaches(ContactorState.STANDBY, 60.0), slow.control.explain());
    }

    @Test
    void leavesNothingOnTheHeap() {
        assertEquals(
                0.0,
                Allocation.bytesPerCall(2_000, () -> {
                    rig.control.step(rig.nanos += 10_000_000L, rig.sample, rig.signals, rig.request);
                }),
                0.01);
    }
}
