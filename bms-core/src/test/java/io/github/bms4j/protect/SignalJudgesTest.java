package io.github.bms4j.protect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.bms4j.measure.ContactState;
import io.github.bms4j.measure.E2eVerdict;
import io.github.bms4j.measure.Motion;
import io.github.bms4j.measure.Peer;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Insulation (12 cells of 4.2 V: 25.2 kOhm warn, 5.04 kOhm fault), interlock and peers. */
class SignalJudgesTest {
    private final Rig rig = new Rig();

    @ParameterizedTest(name = "{0} Ohm, charger {1}: warning after {2} s, fault {3} s, charging {4} s")
    @CsvSource({
        "25300, false, NaN,  NaN, NaN",
        "25100, false, 60.0, NaN, NaN",
        "5100,  true,  60.0, NaN, NaN",
        "5000,  false, 60.0, 5.0, NaN",
        "5000,  true,  60.0, 5.0, 0.1"
    })
    void insulationIsJudgedInOhmsPerVolt(double ohm, boolean charger, double warnS, double faultS, double chargingS) {
        rig.charger = charger;
        rig.run(2.0);
        rig.insulationOhm = ohm;
        double[] after = new double[3];
        Fault[] faults = {Fault.INSULATION_WARNING, Fault.INSULATION_SAFETY, Fault.INSULATION_CHARGING};
        Arrays.fill(after, Double.NaN);
        for (int i = 1; i <= 620; i++) {
            rig.step();
            for (int k = 0; k < 3; k++) {
                after[k] = Double.isNaN(after[k]) && rig.stands(faults[k]) ? 0.1 * i : after[k];
            }
        }
        assertEquals(warnS, after[0], 1e-6);
        assertEquals(faultS, after[1], 1e-6);
        assertEquals(chargingS, after[2], 1e-6);
        assertEquals(!Double.isNaN(chargingS), rig.faults.openRequested(), "driving is not taken away");
        assertEquals(Double.isNaN(faultS), rig.faults.mayClose());
    }

    @ParameterizedTest
    @CsvSource({"6200, true", "6400, false"})
    void insulationRecoversAQuarterAboveItsThreshold(double ohm, boolean stands) {
        rig.run(1.0);
        rig.insulationOhm = 4000.0;
        rig.run(6.0);
        rig.insulationOhm = ohm;
        rig.run(59.0);
        assertTrue(rig.stands(Fault.INSULATION_SAFETY));
        rig.run(2.0);
        assertEquals(stands, rig.stands(Fault.INSULATION_SAFETY));
    }

    @Test
    void insulationOnItsThresholdIsNotBelowIt() {
        rig.charger = true;
        rig.run(1.0);
        rig.insulationOhm = rig.settings.signal().insulationOhm(Tier.WARNING);
        rig.run(70.0);
        assertFalse(rig.stands(Fault.INSULATION_WARNING));
        rig.insulationOhm = rig.settings.signal().insulationOhm(Tier.SAFETY);
        rig.run(70.0);
        assertFalse(rig.stands(Fault.INSULATION_SAFETY));
        assertFalse(rig.stands(Fault.INSULATION_CHARGING));
        assertTrue(rig.stands(Fault.INSULATION_WARNING));
        rig.insulationOhm = 1.25 * rig.settings.signal().insulationOhm(Tier.WARNING);
        rig.run(70.0);
        assertTrue(rig.stands(Fault.INSULATION_WARNING), "not above it");
    }

    @Test
    void insulationWarningRecoversAQuarterAboveItsOwn() {
        rig.run(1.0);
        rig.insulationOhm = 20_000.0;
        rig.run(61.0);
        rig.insulationOhm = 31_400.0;
        rig.run(70.0);
        assertTrue(rig.stands(Fault.INSULATION_WARNING));
        rig.insulationOhm = 31_600.0;
        assertEquals(60.0, rig.untilClear(Fault.INSULATION_WARNING, 70.0), 1e-6);
    }

    @Test
    void aSilentInsulationMonitorForbidsClosing() {
        rig.run(1.0);
        rig.insulationOhm = Double.NaN;
        assertEquals(60.1, rig.untilSet(Fault.INSULATION_STALE_WARNING, 70.0), 0.11);
        assertFalse(rig.faults.mayClose());
        assertFalse(rig.faults.openRequested());
    }

    @ParameterizedTest(name = "standing still {0}: opens {1}")
    @CsvSource({"MOVING, false", "STANDSTILL, true", "UNKNOWN, false"})
    void anOpenInterlockTakesTheCurrentAndOpensAtStandstill(Motion motion, boolean opens) {
        rig.motion = motion;
        rig.run(1.0);
        rig.interlock = ContactState.OPEN;
        assertEquals(0.2, rig.untilSet(Fault.INTERLOCK_SAFETY, 1.0), 1e-9);
        assertTrue(rig.faults.zeroRequested());
        assertEquals(0.0, rig.faults.dischargeShare());
        assertEquals(opens, rig.faults.openRequested());
        rig.motion = Motion.STANDSTILL;
        rig.step();
        assertTrue(rig.faults.openRequested());
        rig.interlock = ContactState.CLOSED;
        rig.run(10.0);
        assertEquals(FaultState.LATCHED, rig.faults.state(Fault.INTERLOCK_SAFETY));
    }

    @Test
    void anOldStandstillIsNotBelieved() {
        rig.motion = Motion.STANDSTILL;
        rig.run(1.0);
        rig.motion = Motion.UNKNOWN;
        rig.run(1.9);
        rig.interlock = ContactState.OPEN;
        rig.run(0.5);
        assertFalse(rig.faults.openRequested());
    }

    @Test
    void aStandstillIsBelievedForTwoSeconds() {
        rig.motion = Motion.STANDSTILL;
        rig.run(1.0);
        rig.motion = Motion.UNKNOWN;
        rig.interlock = ContactState.OPEN;
        rig.run(2.0);
        assertTrue(rig.faults.openRequested());
        rig.step();
        assertFalse(rig.faults.openRequested());
    }

    @Test
    void whatDoesNotMoveOpensAtOnce() {
        Rig still = new Rig(Rig.settings(new Equipment(true, true, true, false), 0.1));
        still.run(1.0);
        still.interlock = ContactState.OPEN;
        still.run(0.2);
        assertTrue(still.faults.openRequested());
    }

    @Test
    void oneGlitchOfTheInterlockIsNotEnough() {
        rig.run(1.0);
        rig.interlock = ContactState.OPEN;
        rig.step();
        rig.interlock = ContactState.CLOSED;
        rig.run(1.0);
        assertFalse(rig.stands(Fault.INTERLOCK_SAFETY));
    }

    @Test
    void aSilentInterlockTakesTheCurrent() {
        rig.run(1.0);
        rig.interlock = ContactState.UNKNOWN;
        assertEquals(1.1, rig.untilSet(Fault.INTERLOCK_STALE_WARNING, 2.0), 1e-6);
        assertTrue(rig.faults.zeroRequested());
        assertFalse(rig.faults.openRequested());
        rig.interlock = ContactState.CLOSED;
        assertEquals(1.0, rig.untilClear(Fault.INTERLOCK_STALE_WARNING, 2.0), 1e-6);
    }

    @Test
    void whatIsNotFittedIsNotJudged() {
        Rig bench = new Rig(Rig.settings(Equipment.bench(), 0.1));
        bench.insulationOhm = 10.0;
        bench.interlock = ContactState.OPEN;
        bench.run(100.0);
        assertEquals(FaultState.UNKNOWN, bench.faults.state(Fault.INSULATION_SAFETY));
        assertEquals(FaultState.UNKNOWN, bench.faults.state(Fault.INTERLOCK_SAFETY));
        assertEquals(0, bench.faults.count(), bench.faults.text());
        assertTrue(bench.faults.mayClose());
    }

    @Test
    void aSilentInverterTakesTheCurrentAndThenTheContactors() {
        rig.run(1.0);
        rig.inverterTalks = false;
        assertEquals(3.1, rig.untilSet(Fault.INVERTER_SILENT_WARNING, 5.0), 1e-6);
        assertTrue(rig.faults.zeroRequested());
        assertFalse(rig.faults.openRequested());
        assertEquals(5.0, rig.untilSet(Fault.INVERTER_SILENT_SAFETY, 10.0), 1e-6);
        assertTrue(rig.faults.openRequested());
        rig.inverterTalks = true;
        assertEquals(5.0, rig.untilClear(Fault.INVERTER_SILENT_SAFETY, 10.0), 1e-6);
    }

    @Test
    void aChargerIsMissedOnlyWhilePluggedIn() {
        rig.chargerTalks = false;
        rig.run(20.0);
        assertEquals(0, rig.faults.count(), rig.faults.text());
        rig.charger = true;
        assertEquals(1.2, rig.untilSet(Fault.CHARGER_SILENT_WARNING, 5.0), 1e-6);
        assertEquals(0.0, rig.faults.chargeShare());
        assertEquals(1.0, rig.faults.dischargeShare());
        assertEquals(5.0, rig.untilSet(Fault.CHARGER_SILENT_SAFETY, 10.0), 1e-6);
        rig.charger = false;
        assertEquals(5.0, rig.untilClear(Fault.CHARGER_SILENT_WARNING, 10.0), 0.11);
    }

    @ParameterizedTest(name = "{0} bad of {1} in ten: {2}")
    @CsvSource({
        "1, WRONG_CRC, false",
        "2, WRONG_CRC, true",
        "2, REPEATED, false",
        "3, REPEATED, true",
        "1, WRONG_SEQUENCE, true"
    })
    void messagesThatFailTheirCheckMakeAPeerWorthless(int bad, E2eVerdict verdict, boolean corrupt) {
        rig.run(2.0);
        rig.verdict = verdict;
        for (int i = 0; i < bad; i++) {
            assertFalse(rig.stands(Fault.INVERTER_CORRUPT));
            rig.step();
        }
        assertEquals(corrupt, rig.stands(Fault.INVERTER_CORRUPT));
        assertFalse(rig.stands(Fault.CHARGER_CORRUPT), "no charger");
        rig.verdict = E2eVerdict.OK;
        assertEquals(corrupt ? 1.0 : 0.1, rig.untilClear(Fault.INVERTER_CORRUPT, 3.0), 1e-6, "ten good ones");
    }

    @Test
    void twoWrongOnesTooFarApartAreForgiven() {
        rig.run(2.0);
        for (int i = 0; i < 20; i++) {
            rig.verdict = E2eVerdict.WRONG_CRC;
            rig.step();
            rig.verdict = E2eVerdict.OK;
            rig.run(0.9);
            assertFalse(rig.stands(Fault.INVERTER_CORRUPT));
        }
        rig.verdict = E2eVerdict.WRONG_CRC;
        rig.step();
        rig.verdict = E2eVerdict.OK;
        rig.run(0.8);
        rig.verdict = E2eVerdict.WRONG_CRC;
        rig.step();
        assertTrue(rig.stands(Fault.INVERTER_CORRUPT));
    }

    @ParameterizedTest
    @CsvSource({"4, false", "5, true"})
    void lostMessagesAreCountedOverTheWindow(int lost, boolean corrupt) {
        rig.run(2.0);
        for (int i = 0; i < lost; i++) {
            rig.nanos += 100_000_000L;
            rig.sample.begin(rig.nanos);
            rig.signals.begin(rig.nanos);
            rig.signals.hear(Peer.INVERTER, E2eVerdict.OK, 1);
            rig.monitor.step(rig.sample, rig.signals);
        }
        assertEquals(corrupt, rig.stands(Fault.INVERTER_CORRUPT));
    }

    @Test
    void aCorruptChargerStopsChargingAndComesBackAsANewOne() {
        rig.charger = true;
        rig.run(2.0);
        rig.verdict = E2eVerdict.WRONG_CRC;
        rig.run(0.2);
        assertTrue(rig.stands(Fault.CHARGER_CORRUPT));
        assertEquals(0.0, rig.faults.chargeShare());
        rig.charger = false;
        rig.verdict = E2eVerdict.OK;
        rig.step();
        assertFalse(rig.stands(Fault.CHARGER_CORRUPT));
        rig.charger = true;
        rig.verdict = E2eVerdict.WRONG_CRC;
        rig.step();
        assertFalse(rig.stands(Fault.CHARGER_CORRUPT), "one wrong message of a new one");
    }

    @Test
    void lossesAreForgottenWithThePeerThatMadeThem() {
        rig.charger = true;
        rig.run(2.0);
        loseBefore(4);
        rig.charger = false;
        rig.step();
        rig.charger = true;
        rig.step();
        loseBefore(1);
        assertFalse(rig.stands(Fault.CHARGER_CORRUPT));
        loseBefore(4);
        assertTrue(rig.stands(Fault.CHARGER_CORRUPT));
    }

    private void loseBefore(int messages) {
        rig.nanos += 100_000_000L;
        rig.sample.begin(rig.nanos);
        rig.signals.begin(rig.nanos);
        rig.signals.hear(Peer.CHARGER, E2eVerdict.OK, messages);
        rig.monitor.step(rig.sample, rig.signals);
    }

    @Test
    void corruptMessagesAreSilenceInTheEnd() {
        rig.run(2.0);
        rig.verdict = E2eVerdict.WRONG_CRC;
        assertEquals(3.1, rig.untilSet(Fault.INVERTER_SILENT_WARNING, 5.0), 1e-6);
    }

    @Test
    void messagesWithoutProtectionAreNotJudged() {
        rig.verdict = E2eVerdict.NOT_PROTECTED;
        rig.run(20.0);
        assertEquals(FaultState.UNKNOWN, rig.faults.state(Fault.INVERTER_CORRUPT));
        assertEquals(0, rig.faults.count(), rig.faults.text());
    }
}
