package io.github.bms4j.contactor;

import static io.github.bms4j.contactor.ContactorState.CLOSED;
import static io.github.bms4j.contactor.ContactorState.HELD_CLOSED;
import static io.github.bms4j.contactor.ContactorState.INSPECT;
import static io.github.bms4j.contactor.ContactorState.LOCKED;
import static io.github.bms4j.contactor.ContactorState.OPEN_POSITIVE;
import static io.github.bms4j.contactor.ContactorState.STANDBY;
import static io.github.bms4j.contactor.ContactorState.WAIT_FUSE;
import static io.github.bms4j.contactor.ContactorState.ZERO_CURRENT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.bms4j.num.StepResult;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The zero-current handshake, opening under a fault, and the fuse that goes first. */
class OpeningTest {
    private final ContactorRig rig = new ContactorRig();
    private final ContactorRig stays =
            new ContactorRig(ContactorRatings.with(new OpeningRating(2.0, 3.0, FuseRule.STAY_CLOSED)));

    private static double sinceS(ContactorRig rig, double startS) {
        return rig.nanos * 1e-9 - startS;
    }

    @Test
    void waitsForTheCurrentToGoAndOpensWithTwoReadings() {
        rig.at(CLOSED);
        rig.loadA = 120.0;
        rig.request.close = false;
        rig.run(1.0);
        assertEquals(ZERO_CURRENT, rig.control.state());
        assertEquals(0.0, rig.control.limitShare());
        rig.loadA = 0.0;
        rig.step();
        assertEquals(ZERO_CURRENT, rig.control.state(), "one reading could be wrong");
        rig.step();
        assertEquals(OPEN_POSITIVE, rig.control.state());
        assertFalse(rig.control.stands(ContactorFinding.CURRENT_DID_NOT_FALL));
        assertTrue(rig.control.brokenA2() < 0.001);
    }

    @Test
    void opensWithoutTheHandshakeWhenNobodyAnswersIt() {
        rig.at(CLOSED);
        rig.loadA = 120.0;
        rig.request.close = false;
        rig.step();
        double startS = rig.nanos * 1e-9;
        assertTrue(rig.reaches(OPEN_POSITIVE, 5.0));
        assertEquals(2.0, sinceS(rig, startS), 0.025);
        assertTrue(rig.control.stands(ContactorFinding.CURRENT_DID_NOT_FALL));
        assertEquals(120.0, rig.control.value(ContactorFinding.CURRENT_DID_NOT_FALL), 0.1);
        assertEquals(120.0 * 120.0, rig.control.brokenA2(), 10.0);
        assertTrue(rig.reaches(STANDBY, 5.0));
        rig.loadA = 0.0;
        rig.request.close = true;
        assertTrue(rig.control.stands(ContactorFinding.CURRENT_DID_NOT_FALL), "kept until it has closed again");
        assertTrue(rig.reaches(CLOSED, 5.0), rig.control.explain());
        assertFalse(rig.control.stands(ContactorFinding.CURRENT_DID_NOT_FALL));
    }

    @ParameterizedTest
    @CsvSource({"0", "150", "-150", "199"})
    void aFaultOpensAtOnceBelowTheBreakCurrent(double loadA) {
        rig.at(CLOSED);
        rig.loadA = loadA;
        rig.run(0.1);
        rig.request.openNow = true;
        rig.step();
        assertEquals(OPEN_POSITIVE, rig.control.state());
        rig.step();
        assertEquals(OPEN_POSITIVE, rig.control.state(), "the first contactor has 20 ms");
        rig.step();
        assertEquals(INSPECT, rig.control.state());
        assertEquals(loadA * loadA, rig.control.brokenA2(), 7.0);
    }

    @ParameterizedTest
    @CsvSource({"800", "-800", "201"})
    void aboveTheBreakCurrentTheFuseGoesFirst(double loadA) {
        rig.at(CLOSED);
        rig.loadA = loadA;
        rig.run(0.1);
        rig.request.openNow = true;
        rig.run(1.0);
        assertEquals(WAIT_FUSE, rig.control.state());
        assertEquals(0.0, rig.control.limitShare());
        rig.currentSays = 0.0;
        rig.linkSays = 100.0;
        rig.step();
        assertEquals(WAIT_FUSE, rig.control.state(), "one reading could be wrong");
        rig.step();
        assertEquals(OPEN_POSITIVE, rig.control.state());
        assertFalse(rig.control.stands(ContactorFinding.FUSE_DID_NOT_OPEN));
    }

    @Test
    void opensAnywayAfterTheDeadline() {
        rig.at(CLOSED);
        rig.loadA = 800.0;
        rig.request.openNow = true;
        rig.run(0.02);
        double startS = rig.nanos * 1e-9;
        assertTrue(rig.reaches(OPEN_POSITIVE, 5.0));
        assertEquals(3.0, sinceS(rig, startS), 0.025);
        assertTrue(rig.control.stands(ContactorFinding.FUSE_DID_NOT_OPEN));
        assertEquals(800.0, rig.control.value(ContactorFinding.FUSE_DID_NOT_OPEN), 0.1);
        assertEquals(200.0, rig.control.bound(ContactorFinding.FUSE_DID_NOT_OPEN));
        assertTrue(rig.reaches(LOCKED, 1.0));
    }

    @Test
    void staysClosedWhereTheRatingSaysSoUntilTheCurrentIsBreakable() {
        stays.at(CLOSED);
        stays.loadA = 800.0;
        stays.request.openNow = true;
        assertTrue(stays.reaches(HELD_CLOSED, 4.0));
        stays.run(20.0);
        assertTrue(stays.control.state().connected());
        assertTrue(stays.path.lastIndexOf(WAIT_FUSE) > stays.path.indexOf(HELD_CLOSED), "it asks again and again");
        stays.loadA = 150.0;
        stays.run(0.02);
        assertEquals(OPEN_POSITIVE, stays.control.state());
    }

    @Test
    void doesNotStayClosedOnACurrentThatNobodyReads() {
        stays.at(CLOSED);
        stays.currentRead = false;
        stays.request.openNow = true;
        stays.step();
        assertEquals(WAIT_FUSE, stays.control.state(), "it may be any current");
        assertTrue(stays.reaches(HELD_CLOSED, 4.0));
        stays.step();
        assertEquals(OPEN_POSITIVE, stays.control.state());
        assertFalse(stays.control.stands(ContactorFinding.FUSE_DID_NOT_OPEN));
    }

    @Test
    void aFaultDuringTheHandshakeCutsItShort() {
        rig.at(CLOSED);
        rig.loadA = 120.0;
        rig.request.close = false;
        rig.run(0.5);
        rig.request.openNow = true;
        rig.step();
        assertEquals(OPEN_POSITIVE, rig.control.state());
        rig.run(0.03);
        assertEquals(INSPECT, rig.control.state());
    }

    @Test
    void aFaultInPrechargeOpensEverythingAtOnce() {
        rig.at(ContactorState.PRECHARGE);
        rig.request.openNow = true;
        rig.step();
        assertEquals(INSPECT, rig.control.state());
        rig.run(1.0);
        assertEquals(STANDBY, rig.control.state());
        assertTrue(rig.control.stands(ContactorFinding.CLOSING_BARRED));
    }

    @Test
    void opensEvenWhenTimeStandsStill() {
        rig.at(CLOSED);
        long stopped = rig.nanos;
        rig.request.openNow = true;
        rig.sample.begin(stopped + 1);
        rig.sample.readCurrent(10.0);
        assertEquals(StepResult.HELD, rig.control.step(stopped, rig.sample, rig.signals, rig.request));
        assertEquals(OPEN_POSITIVE, rig.control.state());
        assertEquals(StepResult.HELD, rig.control.step(stopped - 5, rig.sample, rig.signals, rig.request));
        assertEquals(0.0, rig.control.inStateS());
        assertEquals(StepResult.USED, rig.control.step(stopped + 25_000_000L, rig.sample, rig.signals, rig.request));
        assertEquals(INSPECT, rig.control.state());
    }

    @Test
    void countsItsOperations() {
        assertEquals(0, rig.control.closings());
        rig.at(CLOSED);
        rig.run(3.0);
        assertEquals(1, rig.control.closings());
    }

    @Test
    void explainsItselfInOneLine() {
        assertEquals("string 1: INSPECT for 0.0 s", rig.control.explain());
        rig.at(CLOSED);
        rig.loadA = 800.0;
        rig.request.openNow = true;
        assertTrue(rig.reaches(LOCKED, 5.0));
        assertEquals(
                "string 1: LOCKED for 0.0 s (a lock stands); fuse did not open (800.0 against 200.0)",
                rig.control.explain());
        assertEquals(1, rig.control.string());
        assertTrue(Double.isNaN(rig.control.value(ContactorFinding.LINK_LOST)));
        assertTrue(Double.isNaN(rig.control.bound(ContactorFinding.LINK_LOST)));
    }
}
