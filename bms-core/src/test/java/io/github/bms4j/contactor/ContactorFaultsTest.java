package io.github.bms4j.contactor;

import static io.github.bms4j.contactor.ContactorState.CHECK_NEGATIVE;
import static io.github.bms4j.contactor.ContactorState.CLOSED;
import static io.github.bms4j.contactor.ContactorState.CLOSE_NEGATIVE;
import static io.github.bms4j.contactor.ContactorState.CLOSE_POSITIVE;
import static io.github.bms4j.contactor.ContactorState.INSPECT;
import static io.github.bms4j.contactor.ContactorState.LOCKED;
import static io.github.bms4j.contactor.ContactorState.OPEN_NEGATIVE;
import static io.github.bms4j.contactor.ContactorState.OPEN_POSITIVE;
import static io.github.bms4j.contactor.ContactorState.OPEN_PRECHARGE;
import static io.github.bms4j.contactor.ContactorState.PRECHARGE;
import static io.github.bms4j.contactor.ContactorState.STANDBY;
import static io.github.bms4j.contactor.ContactorState.ZERO_CURRENT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.bms4j.measure.Contact;
import io.github.bms4j.measure.ContactState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Welded contacts, contacts that do not close, missing readings: what is found, and where it ends. */
class ContactorFaultsTest {
    private static ContactorRig withoutFeedback() {
        return new ContactorRig(ContactorRatings.with(ContactorRatings.withoutFeedback()));
    }

    private static void weld(ContactorRig rig, Contact contact) {
        rig.weldedPositive |= contact == Contact.POSITIVE;
        rig.weldedNegative |= contact == Contact.NEGATIVE;
        rig.weldedPrecharge |= contact == Contact.PRECHARGE;
    }

    @ParameterizedTest
    @EnumSource(value = Contact.class, names = "INTERLOCK", mode = EnumSource.Mode.EXCLUDE)
    void feedbackFindsAWeldBeforeAnythingCloses(Contact contact) {
        ContactorRig rig = new ContactorRig();
        weld(rig, contact);
        rig.ask();
        assertTrue(rig.reaches(LOCKED, 1.0), rig.path.toString());
        rig.run(3.0);
        assertEquals(LOCKED, rig.control.state());
        assertTrue(rig.control.stands(ContactorFinding.valueOf("WELDED_" + contact)), rig.control.explain());
        assertTrue(rig.control.locked());
        assertFalse(rig.path.contains(CHECK_NEGATIVE));
    }

    @ParameterizedTest
    @CsvSource({"NEGATIVE, CHECK_NEGATIVE", "POSITIVE, CLOSE_NEGATIVE", "PRECHARGE, CLOSE_NEGATIVE"})
    void theLinkFindsAWeldWithoutFeedback(Contact contact, ContactorState where) {
        ContactorRig rig = withoutFeedback();
        weld(rig, contact);
        rig.ask();
        assertTrue(rig.reaches(where, 2.0), rig.path.toString());
        assertTrue(rig.reaches(INSPECT, 1.0));
        assertEquals(ContactorEvent.WELD_SEEN, rig.control.cause());
        assertTrue(rig.control.stands(ContactorFinding.valueOf("WELDED_" + contact)), rig.control.explain());
        assertTrue(rig.reaches(LOCKED, 1.0));
        assertFalse(rig.path.contains(PRECHARGE));
        assertTrue(rig.control.value(ContactorFinding.valueOf("WELDED_" + contact)) > 20.0);
        assertEquals(20.0, rig.control.bound(ContactorFinding.valueOf("WELDED_" + contact)), 0.5);
    }

    @Test
    void aWeldIsSeenByItsCurrentWhenAShortHoldsTheLinkDown() {
        ContactorRig rig = withoutFeedback();
        rig.weldedNegative = true;
        rig.bleedOhm = 0.5;
        rig.at(CHECK_NEGATIVE);
        assertTrue(rig.reaches(LOCKED, 1.0), rig.path.toString());
        assertTrue(rig.control.stands(ContactorFinding.WELDED_NEGATIVE), rig.control.explain());
        assertEquals(2.0, rig.control.bound(ContactorFinding.WELDED_NEGATIVE));
    }

    @ParameterizedTest
    @CsvSource({"true", "false"})
    void theLinkThatDoesNotFallFindsAWeldAtOpening(boolean feedback) {
        ContactorRig rig = feedback ? new ContactorRig() : withoutFeedback();
        rig.at(CLOSED);
        rig.weldedPositive = true;
        rig.feedback.put(Contact.POSITIVE, ContactState.OPEN);
        rig.request.close = false;
        rig.run(0.2);
        assertEquals(OPEN_POSITIVE, rig.control.state(), "whatever feedback claims");
        assertTrue(rig.reaches(LOCKED, 10.0), rig.path.toString());
        assertTrue(rig.control.stands(ContactorFinding.WELDED_POSITIVE), rig.control.explain());
    }

    @Test
    void theWeldCheckAtOpeningWaitsUntilTheBleedResistorMustHaveSpoken() {
        ContactorRig rig = withoutFeedback();
        rig.at(CLOSED);
        rig.weldedPositive = true;
        rig.request.close = false;
        assertTrue(rig.reaches(OPEN_POSITIVE, 0.1));
        double startS = rig.nanos * 1e-9;
        assertTrue(rig.reaches(INSPECT, 10.0));
        double tookS = rig.nanos * 1e-9 - startS;
        double slowestS = 25_000.0 * 0.001 * 1.25;
        assertEquals(0.020 + slowestS * -StrictMath.log(1.0 - 40.0 / 400.0), tookS, 0.011);
        assertEquals(ContactorEvent.WELD_SEEN, rig.control.cause());
    }

    @Test
    void aSoundContactorIsKnownOpenAsSoonAsTheLinkHasLeftThePack() {
        ContactorRig rig = withoutFeedback();
        rig.at(CLOSED);
        rig.request.close = false;
        assertTrue(rig.reaches(OPEN_POSITIVE, 0.1));
        double startS = rig.nanos * 1e-9;
        assertTrue(rig.reaches(INSPECT, 10.0));
        assertEquals(ContactorEvent.CONTACT_OPEN, rig.control.cause());
        assertEquals(25.0 * -StrictMath.log(1.0 - 20.0 / 400.0), rig.nanos * 1e-9 - startS, 0.021);
        assertTrue(rig.reaches(STANDBY, 1.0), rig.control.explain());
        assertFalse(rig.control.stands(ContactorFinding.OPENING_NOT_CHECKED));
    }

    @Test
    void currentAfterTheFirstContactorOpenedIsAWeld() {
        ContactorRig rig = withoutFeedback();
        rig.at(CLOSED);
        rig.request.close = false;
        assertTrue(rig.reaches(OPEN_POSITIVE, 0.1));
        rig.currentSays = 30.0;
        assertTrue(rig.reaches(INSPECT, 0.3), rig.control.explain());
        assertTrue(rig.control.stands(ContactorFinding.WELDED_POSITIVE));
        assertEquals(30.0, rig.control.value(ContactorFinding.WELDED_POSITIVE));
    }

    @Test
    void aBusThatIsHeldProvesNothingSoFeedbackSpeaks() {
        ContactorRig rig = new ContactorRig();
        rig.at(CLOSED);
        rig.request.busHeld = true;
        rig.linkSays = 400.0;
        rig.request.close = false;
        assertTrue(rig.reaches(OPEN_POSITIVE, 0.1));
        assertTrue(rig.reaches(INSPECT, 0.1));
        assertEquals(ContactorEvent.CONTACT_OPEN, rig.control.cause());
    }

    @Test
    void withoutBleedAndFeedbackTheOpeningCountsAsUnchecked() {
        ContactorRig rig = new ContactorRig(ContactorRatings.blindAtOpening());
        rig.at(CLOSED);
        rig.request.close = false;
        assertTrue(rig.reaches(OPEN_POSITIVE, 0.1));
        rig.run(0.25);
        assertEquals(OPEN_POSITIVE, rig.control.state());
        rig.run(0.02);
        assertEquals(INSPECT, rig.control.state());
        assertEquals(ContactorEvent.TIMEOUT, rig.control.cause());
        assertTrue(rig.control.stands(ContactorFinding.OPENING_NOT_CHECKED));
        assertTrue(rig.reaches(STANDBY, 1.0), "it locks nothing");
    }

    @Test
    void currentWithEverythingOpenLocks() {
        ContactorRig rig = new ContactorRig();
        rig.run(0.1);
        assertEquals(STANDBY, rig.control.state());
        rig.currentSays = -2.5;
        rig.run(0.15);
        assertFalse(rig.control.stands(ContactorFinding.CURRENT_WHEN_OPEN));
        assertTrue(rig.reaches(LOCKED, 0.5));
        assertTrue(rig.control.stands(ContactorFinding.CURRENT_WHEN_OPEN));
        assertEquals(2.5, rig.control.value(ContactorFinding.CURRENT_WHEN_OPEN));
        assertEquals(2.0, rig.control.bound(ContactorFinding.CURRENT_WHEN_OPEN));
    }

    @ParameterizedTest
    @CsvSource({"PRECHARGE, CHECK_NEGATIVE", "NEGATIVE, CLOSE_NEGATIVE", "POSITIVE, CLOSE_POSITIVE"})
    void feedbackFindsAContactorThatDoesNotClose(Contact contact, ContactorState where) {
        ContactorRig rig = new ContactorRig();
        rig.deadPositive = contact == Contact.POSITIVE;
        rig.deadNegative = contact == Contact.NEGATIVE;
        rig.deadPrecharge = contact == Contact.PRECHARGE;
        rig.at(where);
        double startS = rig.nanos * 1e-9;
        assertTrue(rig.until(1.0, () -> rig.control.state() != where));
        assertEquals(0.030 + 0.200, rig.nanos * 1e-9 - startS, 0.021);
        assertTrue(rig.control.stands(ContactorFinding.valueOf("NOT_CLOSED_" + contact)), rig.control.explain());
        assertEquals(where == CLOSE_POSITIVE ? OPEN_POSITIVE : INSPECT, rig.control.state());
        assertTrue(rig.reaches(LOCKED, 10.0));
    }

    @Test
    void aBounceIsNoContradiction() {
        ContactorRig rig = new ContactorRig();
        rig.at(CLOSED);
        for (int i = 0; i < 100; i++) {
            rig.feedback.put(Contact.POSITIVE, i % 15 == 14 ? ContactState.CLOSED : ContactState.OPEN);
            rig.step();
        }
        assertEquals(CLOSED, rig.control.state(), "140 ms at a time are below 200 ms");
        rig.feedback.put(Contact.POSITIVE, ContactState.OPEN);
        rig.run(0.25);
        assertTrue(rig.control.stands(ContactorFinding.NOT_CLOSED_POSITIVE));
    }

    @Test
    void aPrechargeContactorThatSticksIsFoundBeforeOperation() {
        ContactorRig rig = new ContactorRig();
        rig.at(CLOSE_POSITIVE);
        rig.weldedPrecharge = true;
        assertTrue(rig.reaches(OPEN_PRECHARGE, 0.2));
        assertTrue(rig.reaches(ZERO_CURRENT, 0.3));
        assertEquals(ContactorEvent.WELD_SEEN, rig.control.cause());
        assertTrue(rig.reaches(LOCKED, 10.0), rig.path.toString());
        assertTrue(rig.control.stands(ContactorFinding.WELDED_PRECHARGE));
        assertFalse(rig.path.contains(CLOSED));
    }

    @Test
    void aPrechargeContactorThatSticksLaterDoesNotEndTheDriveButLocksAfterIt() {
        ContactorRig rig = new ContactorRig();
        rig.at(CLOSED);
        rig.weldedPrecharge = true;
        rig.run(1.0);
        assertEquals(CLOSED, rig.control.state());
        assertTrue(rig.control.stands(ContactorFinding.WELDED_PRECHARGE));
        rig.request.close = false;
        assertTrue(rig.reaches(LOCKED, 10.0), rig.path.toString());
    }

    @ParameterizedTest
    @CsvSource({"379.9, LINK_LOST", "380.1, ''"})
    void aLinkThatLeavesThePackInOperationIsFound(double linkV, String finding) {
        ContactorRig rig = new ContactorRig();
        rig.at(CLOSED);
        rig.linkSays = linkV;
        rig.run(0.15);
        assertEquals(CLOSED, rig.control.state());
        rig.run(0.1);
        assertEquals(!finding.isEmpty(), rig.control.stands(ContactorFinding.LINK_LOST));
        assertEquals(!finding.isEmpty(), rig.path.contains(OPEN_POSITIVE), rig.path.toString());
        if (!finding.isEmpty()) {
            assertEquals(20.1, rig.control.value(ContactorFinding.LINK_LOST), 1e-9);
            assertEquals(20.0, rig.control.bound(ContactorFinding.LINK_LOST));
        }
    }

    @ParameterizedTest
    @CsvSource({"pack", "link", "current", "all", "samples"})
    void anOperatingStringWithoutReadingsOpensThroughTheHandshake(String what) {
        ContactorRig rig = new ContactorRig();
        rig.at(CLOSED);
        rig.run(1.0);
        rig.packRead = !"pack".equals(what) && !"all".equals(what);
        rig.linkRead = !"link".equals(what) && !"all".equals(what);
        rig.currentRead = !"current".equals(what) && !"all".equals(what);
        rig.sampleArrives = !"samples".equals(what);
        rig.run(0.98);
        assertEquals(CLOSED, rig.control.state());
        rig.run(0.05);
        assertTrue(rig.path.contains(ZERO_CURRENT), rig.path.toString());
        assertTrue(rig.until(16.0, () -> rig.control.state().allOpen()), rig.path.toString());
        rig.run(1.1);
        assertTrue(rig.control.stands(ContactorFinding.READINGS_MISSING), rig.control.explain());
        assertFalse(rig.control.stands(ContactorFinding.FUSE_DID_NOT_OPEN), rig.control.explain());
    }

    @Test
    void stallingReadingsThatComeBackKeepItClosed() {
        ContactorRig rig = new ContactorRig();
        rig.at(CLOSED);
        for (int i = 0; i < 50; i++) {
            rig.linkRead = i % 4 == 0;
            rig.packRead = i % 3 == 0;
            rig.currentRead = i % 2 == 0;
            rig.run(0.2);
            assertEquals(CLOSED, rig.control.state(), "round " + i);
        }
    }

    @ParameterizedTest
    @CsvSource({"pack", "link", "current", "feedback"})
    void nothingClosesBeforeEveryReadingWasSeen(String what) {
        ContactorRig rig = new ContactorRig();
        rig.packRead = !"pack".equals(what);
        rig.linkRead = !"link".equals(what);
        rig.currentRead = !"current".equals(what);
        rig.feedbackRead = !"feedback".equals(what);
        rig.ask();
        rig.run(65.0);
        assertTrue(rig.control.state().allOpen());
        assertFalse(rig.path.contains(CHECK_NEGATIVE), rig.path.toString());
        assertFalse(rig.path.contains(CLOSE_NEGATIVE), rig.path.toString());
        ContactorFinding says =
                "feedback".equals(what) ? ContactorFinding.FEEDBACK_MISSING : ContactorFinding.READINGS_MISSING;
        assertTrue(rig.control.stands(says));
        rig.packRead = true;
        rig.linkRead = true;
        rig.currentRead = true;
        rig.feedbackRead = true;
        assertTrue(rig.reaches(CLOSED, 65.0), rig.path.toString());
        assertFalse(rig.control.stands(says));
    }

    @ParameterizedTest
    @CsvSource({
        "CHECK_NEGATIVE, INSPECT",
        "CHECK_RELEASE, INSPECT",
        "CLOSE_NEGATIVE, INSPECT",
        "PRECHARGE, INSPECT",
        "CLOSE_POSITIVE, OPEN_POSITIVE",
        "OPEN_PRECHARGE, ZERO_CURRENT"
    })
    void aRequestOrALeaveThatIsWithdrawnEndsTheClosing(ContactorState state, ContactorState next) {
        for (boolean leave : new boolean[] {true, false}) {
            ContactorRig rig = new ContactorRig().at(state);
            rig.request.close = leave;
            rig.request.mayClose = !leave;
            rig.step();
            assertEquals(next, rig.control.state(), leave ? "leave withdrawn" : "request withdrawn");
            rig.run(10.0);
            assertEquals(STANDBY, rig.control.state(), rig.control.explain());
            assertEquals(0, rig.control.failedTries());
            assertEquals(leave, rig.control.stands(ContactorFinding.CLOSING_BARRED));
        }
    }

    @Test
    void aLeaveWithdrawnInOperationOpensNothing() {
        ContactorRig rig = new ContactorRig().at(CLOSED);
        rig.request.mayClose = false;
        rig.run(2.0);
        assertEquals(CLOSED, rig.control.state());
    }

    @Test
    void aLockGoesByResetOnceAndOnlyWhileOpen() {
        ContactorRig rig = new ContactorRig();
        rig.weldedPositive = true;
        rig.run(1.0);
        assertEquals(LOCKED, rig.control.state());
        rig.request.reset = true;
        rig.run(1.0);
        assertEquals(LOCKED, rig.control.state());
        assertTrue(rig.control.stands(ContactorFinding.WELDED_POSITIVE), "still welded, found again");
        rig.weldedPositive = false;
        rig.run(1.0);
        assertEquals(LOCKED, rig.control.state(), "a reset that stays does not clear again");
        rig.request.reset = false;
        rig.step();
        rig.request.reset = true;
        rig.ask();
        assertTrue(rig.reaches(CLOSED, 3.0), rig.control.explain());
        rig.weldedPrecharge = true;
        rig.run(0.5);
        rig.request.reset = false;
        rig.step();
        rig.request.reset = true;
        rig.run(0.05);
        assertTrue(rig.control.stands(ContactorFinding.WELDED_PRECHARGE), "no reset while closed");
    }

    @Test
    void whatLockedBeforeARestartStillLocks() {
        ContactorRig rig = new ContactorRig();
        rig.control.restore(ContactorFinding.WELDED_NEGATIVE);
        rig.control.restore(ContactorFinding.PRECHARGE_TOO_FAST);
        rig.ask();
        rig.run(2.0);
        assertEquals(LOCKED, rig.control.state());
        assertTrue(rig.control.stands(ContactorFinding.WELDED_NEGATIVE));
        assertFalse(rig.control.stands(ContactorFinding.PRECHARGE_TOO_FAST));
    }

    @Test
    void aWeldSeenByFeedbackInStandbyIsInspectedAndLocked() {
        ContactorRig rig = new ContactorRig();
        rig.run(0.5);
        assertEquals(STANDBY, rig.control.state());
        rig.weldedNegative = true;
        rig.run(0.5);
        assertEquals(LOCKED, rig.control.state());
        assertEquals(java.util.List.of(INSPECT, STANDBY, INSPECT, LOCKED), rig.path);
    }

    @ParameterizedTest
    @CsvSource({"CHECK_RELEASE, INSPECT", "CLOSE_POSITIVE, WAIT_FUSE", "OPEN_PRECHARGE, ZERO_CURRENT"})
    void feedbackThatFallsSilentInAMovementEndsInItsTimeout(ContactorState state, ContactorState next) {
        ContactorRating r = ContactorRating.standard(400.0);
        ContactorRig rig = new ContactorRig(new ContactorRating(
                400.0,
                r.weldV(),
                r.joinV(),
                r.restS(),
                r.contacts(),
                r.precharge(),
                r.opening(),
                new ReadingRating(0.010, 0.05, 1.0, 1.0)));
        rig.at(state);
        rig.feedbackRead = false;
        double startS = rig.nanos * 1e-9;
        assertTrue(rig.until(1.0, () -> rig.control.state() != state));
        assertEquals(next, rig.control.state());
        assertEquals(ContactorEvent.TIMEOUT, rig.control.cause());
        assertEquals(rig.rating.timeoutS(state), rig.nanos * 1e-9 - startS, 0.011);
        assertTrue(rig.until(10.0, () -> rig.control.state().allOpen()));
    }

    @Test
    void polarisedContactorsBreakAChargeWithTheNegativeOne() {
        SwitchRating c = SwitchRating.standard();
        ContactorRig rig = new ContactorRig(ContactorRatings.with(
                new SwitchRating(c.closeS(), c.openS(), true, c.feedbackS(), c.breakA(), c.zeroA(), true)));
        rig.at(CLOSED);
        rig.loadA = -50.0;
        rig.run(0.1);
        rig.request.openNow = true;
        rig.step();
        assertEquals(OPEN_NEGATIVE, rig.control.state());
        rig.weldedNegative = true;
        rig.feedback.put(Contact.NEGATIVE, ContactState.OPEN);
        rig.request.openNow = false;
        rig.run(0.01);
        rig.currentSays = -50.0;
        assertTrue(rig.reaches(LOCKED, 2.0));
        assertTrue(rig.control.stands(ContactorFinding.WELDED_NEGATIVE), rig.control.explain());
        assertEquals(50.0 * 50.0, rig.control.brokenA2(), 20.0);
    }

    @Test
    void anUnpolarisedOneBreaksAChargeWithThePositiveOne() {
        ContactorRig rig = new ContactorRig().at(CLOSED);
        rig.loadA = -50.0;
        rig.run(0.1);
        rig.request.openNow = true;
        rig.step();
        assertEquals(OPEN_POSITIVE, rig.control.state());
    }
}
