package io.github.bms4j.contactor;

import static io.github.bms4j.contactor.ContactorState.CLOSED;
import static io.github.bms4j.contactor.ContactorState.CLOSE_NEGATIVE;
import static io.github.bms4j.contactor.ContactorState.INSPECT;
import static io.github.bms4j.contactor.ContactorState.LOCKED;
import static io.github.bms4j.contactor.ContactorState.PRECHARGE;
import static io.github.bms4j.contactor.ContactorState.STANDBY;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Precharge against its envelope, and what the resistor bears. */
class PrechargeTest {
    private final ContactorRig rig = new ContactorRig();

    @ParameterizedTest(name = "{0} Ohm, {1} mF, load {2} A: {3}")
    @CsvSource({
        "50, 1.0, 0, ''",
        "40, 1.0, 0, ''",
        "60, 1.0, 0, ''",
        "50, 0.8, 0, ''",
        "50, 1.2, 0, ''",
        "50, 0.5, 0, PRECHARGE_TOO_FAST",
        "50, 0.001, 0, PRECHARGE_TOO_FAST",
        "30, 1.7, 0, PRECHARGE_CURRENT_HIGH",
        "120, 1.0, 0, PRECHARGE_NO_CURRENT",
        "5000, 1.0, 0, PRECHARGE_NO_CURRENT",
        "50, 2.5, 0, PRECHARGE_LOADED",
        "50, 1.0, 2, PRECHARGE_LOADED",
        "50, 1.0, 20, PRECHARGE_LOADED"
    })
    void judgesTheLinkByItsModel(double ohm, double milliFarad, double loadA, String finding) {
        rig.ohm = ohm;
        rig.farad = milliFarad * 1e-3;
        rig.at(PRECHARGE);
        rig.loadA = loadA;
        assertTrue(rig.until(1.0, () -> rig.control.state() != PRECHARGE));
        if (finding.isEmpty()) {
            assertEquals(ContactorEvent.LINK_MATCHES, rig.control.cause(), rig.control.explain());
        } else {
            assertEquals(INSPECT, rig.control.state());
            assertTrue(rig.control.stands(ContactorFinding.valueOf(finding)), rig.control.explain());
            assertEquals(1, rig.control.failedTries());
        }
    }

    @Test
    void withoutCurrentReadingAnOpenPathIsJustSlow() {
        rig.deadPrecharge = true;
        ContactorRig blind = new ContactorRig(ContactorRatings.with(ContactorRatings.withoutFeedback()));
        blind.deadPrecharge = true;
        blind.at(PRECHARGE);
        blind.currentRead = false;
        assertTrue(blind.until(1.0, () -> blind.control.state() != PRECHARGE));
        assertTrue(blind.control.stands(ContactorFinding.PRECHARGE_TOO_SLOW), blind.control.explain());
    }

    @Test
    void saysByHowMuchTheLinkIsBehind() {
        ContactorRig slow = new ContactorRig(ContactorRatings.with(ContactorRatings.withoutFeedback()));
        slow.deadPrecharge = true;
        slow.at(PRECHARGE);
        double startS = slow.nanos * 1e-9;
        assertTrue(slow.until(1.0, () -> slow.control.state() != PRECHARGE));
        double lateS = slow.nanos * 1e-9 - startS - 0.030 - 0.010;
        assertEquals(400.0, slow.control.value(ContactorFinding.PRECHARGE_NO_CURRENT), 1e-9);
        assertEquals(
                400.0 * StrictMath.exp(-lateS / 0.0625) + 0.05 * 400.0 + 2.0,
                slow.control.bound(ContactorFinding.PRECHARGE_NO_CURRENT),
                1e-6);
        assertTrue(lateS < 0.011, "a dead path is found within a cycle of the contact's time: " + lateS);
    }

    @Test
    void measuresResistorAndLink() {
        rig.ohm = 54.0;
        rig.farad = 1.1e-3;
        assertTrue(Double.isNaN(rig.control.prechargeOhm()));
        rig.at(CLOSED);
        double ohm = rig.control.prechargeOhm();
        assertEquals(54.0, ohm, 0.1 * 54.0, "the rig's current is the mean of a cycle, its voltage that of its end");
        assertEquals(54.0 * 1.1e-3, ohm * rig.control.linkFarad(), 0.01 * 54.0 * 1.1e-3);
    }

    @ParameterizedTest
    @CsvSource({"400.0", "397.0", "404.9", "370.0"})
    void aLinkThatIsChargedAlreadySkipsTheCheckThatCannotSpeak(double linkV) {
        rig.linkV = linkV;
        rig.bleedOhm = 1e9;
        rig.at(CLOSE_NEGATIVE);
        assertFalse(rig.path.contains(ContactorState.CHECK_NEGATIVE));
        assertTrue(rig.reaches(CLOSED, 2.0), rig.control.explain());
    }

    @Test
    void aLinkAboveThePackIsBroughtDownThroughTheResistor() {
        rig.linkV = 440.0;
        rig.bleedOhm = 1e9;
        rig.at(CLOSED);
        assertTrue(rig.path.contains(PRECHARGE));
        assertEquals(0, rig.control.failedTries());
    }

    @Test
    void withoutFeedbackAChargedLinkMustFallFirst() {
        ContactorRig bare = new ContactorRig(ContactorRatings.with(ContactorRatings.withoutFeedback()));
        bare.linkV = 395.0;
        bare.ask();
        bare.run(1.0);
        assertEquals(STANDBY, bare.control.state());
        assertTrue(bare.control.stands(ContactorFinding.LINK_CHARGED));
        assertTrue(bare.reaches(CLOSED, 5.0), bare.control.explain());
        assertFalse(bare.control.stands(ContactorFinding.LINK_CHARGED));
    }

    @Test
    void oneReadingWithinTheGateIsNotEnough() {
        rig.at(PRECHARGE);
        rig.linkSays = 397.0;
        rig.run(0.2);
        assertTrue(rig.control.stands(ContactorFinding.PRECHARGE_TOO_FAST));
        ContactorRig slow = new ContactorRig();
        slow.at(PRECHARGE);
        assertTrue(slow.until(1.0, () -> slow.packV - slow.linkV <= 5.0));
        assertEquals(PRECHARGE, slow.control.state());
        slow.linkSays = 394.0;
        slow.step();
        slow.linkSays = Double.NaN;
        slow.step();
        assertEquals(PRECHARGE, slow.control.state(), "the row of matching readings was broken");
        slow.step();
        assertEquals(ContactorState.CLOSE_POSITIVE, slow.control.state());
    }

    @Test
    void aMatchedLinkUnderCurrentIsNotClosedOnto() {
        rig.at(PRECHARGE);
        assertTrue(rig.until(1.0, () -> rig.packV - rig.linkV <= 5.0));
        rig.currentSays = 1.3;
        rig.step();
        assertEquals(INSPECT, rig.control.state());
        assertTrue(rig.control.stands(ContactorFinding.PRECHARGE_CURRENT_HIGH));
        assertEquals(1.3, rig.control.value(ContactorFinding.PRECHARGE_CURRENT_HIGH));
        assertTrue(rig.control.bound(ContactorFinding.PRECHARGE_CURRENT_HIGH) < 1.0 + 6.0 / 37.5);
    }

    @Test
    void aMatchedLinkWithoutACurrentReadingIsNotClosedOnto() {
        rig.at(PRECHARGE);
        assertTrue(rig.until(1.0, () -> rig.packV - rig.linkV <= 5.0));
        rig.currentRead = false;
        rig.run(0.03);
        assertEquals(PRECHARGE, rig.control.state());
        rig.currentRead = true;
        rig.step();
        assertEquals(ContactorState.CLOSE_POSITIVE, rig.control.state());
    }

    @Test
    void threeFailedTriesLockUntilTheResistorHasCooled() {
        rig.at(PRECHARGE);
        rig.loadA = 20.0;
        rig.ask();
        assertTrue(rig.reaches(LOCKED, 10.0), rig.control.explain());
        assertEquals(3, rig.control.failedTries());
        assertEquals(3, rig.path.stream().filter(s -> s == PRECHARGE).count());
        assertTrue(rig.control.stands(ContactorFinding.TRIES_USED_UP));
        assertEquals(3.0, rig.control.value(ContactorFinding.TRIES_USED_UP));
        double hotJ = rig.control.resistorJ();
        assertTrue(hotJ > 300.0, "three tries under load heat the resistor: " + hotJ);
        assertTrue(hotJ <= rig.rating.precharge().budgetJ());
        rig.loadA = 0.0;
        double roomJ = rig.rating.precharge().budgetJ() - 3.0 * rig.rating.tryJ();
        double coolS = 120.0 * StrictMath.log(Math.max(1.0, hotJ / roomJ));
        double waitS = Math.max(rig.rating.restS(), coolS);
        double startS = rig.nanos * 1e-9;
        assertTrue(rig.until(1_000.0, () -> !rig.control.locked()));
        assertEquals(waitS, rig.nanos * 1e-9 - startS, 0.02 + 0.02 * waitS);
        assertTrue(rig.reaches(CLOSED, 5.0), rig.control.explain());
        assertEquals(0, rig.control.failedTries());
    }

    /** A path that is open heats nothing; without a rest the contactors would click for ever. */
    @Test
    void threeTriesOfAnOpenPathRestAsWellAndAreReportedTillThen() {
        rig.at(PRECHARGE);
        rig.ohm = 1e6;
        rig.ask();
        assertTrue(rig.reaches(LOCKED, 10.0), rig.control.explain());
        rig.run(rig.rating.restS() - 1.0);
        assertTrue(rig.control.stands(ContactorFinding.TRIES_USED_UP), rig.control.explain());
        assertEquals(3, rig.path.stream().filter(s -> s == PRECHARGE).count());
        assertTrue(rig.until(1.1, () -> !rig.control.locked()), rig.control.explain());
        rig.run(3.0);
        assertEquals(6, rig.path.stream().filter(s -> s == PRECHARGE).count(), "and three more after it");
    }

    @Test
    void aResetAllowsATryBeforeThatButNotAHotResistor() {
        rig.control.restore(rig.rating.precharge().budgetJ(), 3);
        assertTrue(rig.control.locked());
        rig.ask();
        rig.run(1.0);
        assertEquals(LOCKED, rig.control.state());
        rig.request.reset = true;
        rig.run(1.0);
        assertEquals(STANDBY, rig.control.state());
        assertTrue(rig.control.stands(ContactorFinding.RESISTOR_HOT), rig.control.explain());
        assertEquals(
                rig.rating.precharge().budgetJ() - rig.rating.tryJ(),
                rig.control.bound(ContactorFinding.RESISTOR_HOT),
                1e-9);
        double waitS = -120.0
                * StrictMath.log(
                        1.0 - rig.rating.tryJ() / rig.rating.precharge().budgetJ());
        double startS = rig.nanos * 1e-9;
        assertTrue(rig.reaches(CLOSED, 500.0));
        assertEquals(waitS - 2.0, rig.nanos * 1e-9 - startS, 2.0);
    }

    @Test
    void startsWithAResistorThatBearsOneTry() {
        ContactorControl fresh = new ContactorControl(rig.rating, 1);
        assertEquals(rig.rating.precharge().budgetJ() - rig.rating.tryJ(), fresh.resistorJ(), 1e-9);
        assertEquals(0, fresh.failedTries());
    }

    @Test
    void successfulStartsHeatItToo() {
        rig.at(CLOSED);
        double once = rig.control.resistorJ();
        assertTrue(once > 80.0 && once < 80.0 * 1.5, "half C V squared, on the safe side: " + once);
        for (int i = 0; i < 40 && !rig.control.stands(ContactorFinding.RESISTOR_HOT); i++) {
            rig.request.close = false;
            assertTrue(rig.reaches(STANDBY, 10.0), rig.control.explain());
            rig.linkV = 0.0;
            rig.request.close = true;
            rig.until(2.0, () -> rig.control.ready() || rig.control.stands(ContactorFinding.RESISTOR_HOT));
        }
        assertTrue(rig.control.resistorJ() <= rig.rating.precharge().budgetJ());
    }

    @Test
    void aHeldBusIsJoinedWithoutAnEnvelopeAndWithinItsOwnGate() {
        for (double aboveV : new double[] {0.0, 2.9, -2.9, 3.1, -3.1}) {
            ContactorRig string = new ContactorRig();
            string.request.busHeld = true;
            string.request.joinAllowed = true;
            string.linkSays = 400.0 + aboveV;
            string.ask();
            boolean fits = Math.abs(aboveV) <= 3.0;
            assertEquals(fits, string.reaches(CLOSED, 2.0), aboveV + " V: " + string.control.explain());
            assertEquals(!fits, string.control.stands(ContactorFinding.JOIN_REFUSED));
            if (!fits) {
                assertEquals(STANDBY, string.control.state());
                assertEquals(3.1, string.control.value(ContactorFinding.JOIN_REFUSED), 1e-9);
                assertEquals(3.0, string.control.bound(ContactorFinding.JOIN_REFUSED));
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"true", "false"})
    void aJoinThatIsNoLongerAllowedEndsInPrecharge(boolean byLeave) {
        rig.request.busHeld = true;
        rig.request.joinAllowed = true;
        rig.linkSays = 401.0;
        rig.at(PRECHARGE);
        rig.request.joinAllowed = !byLeave;
        rig.linkSays = byLeave ? 401.0 : 404.0;
        rig.step();
        assertEquals(INSPECT, rig.control.state());
        assertEquals(ContactorEvent.JOIN_REFUSED, rig.control.cause());
        assertTrue(rig.control.stands(ContactorFinding.JOIN_REFUSED));
        assertEquals(0, rig.control.failedTries(), "no fault of the resistor");
    }
}
