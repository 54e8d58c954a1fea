package io.github.bms4j.measure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.bms4j.Allocation;
import io.github.bms4j.cell.PackLayout;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PackSignalsTest {
    private static final long SECOND = 1_000_000_000L;
    private final PackSignals signals = new PackSignals(new PackLayout(96, 1, 4));

    @Test
    void knowsNothingAtBoot() {
        assertFalse(signals.begun());
        assertEquals(0.0, signals.sinceBootS());
        signals.begin(5 * SECOND);
        assertTrue(signals.begun());
        assertEquals(5 * SECOND, signals.nanos());
        assertEquals(0.0, signals.sinceBootS());
        assertEquals(Quality.UNKNOWN, signals.linkVoltage().quality(0));
        assertEquals(Quality.UNKNOWN, signals.insulation().quality(0));
        for (Contact contact : Contact.values()) {
            assertEquals(ContactState.UNKNOWN, signals.contact(contact));
            assertFalse(signals.contactFresh(contact));
            assertEquals(Double.POSITIVE_INFINITY, signals.contactAgeS(contact));
        }
        assertEquals(Motion.UNKNOWN, signals.motion());
        assertEquals(Double.POSITIVE_INFINITY, signals.motionAgeS());
        for (Peer peer : Peer.values()) {
            assertFalse(signals.expects(peer));
            assertEquals(0.0, signals.expectedS(peer));
            assertEquals(Double.POSITIVE_INFINITY, signals.heardAgeS(peer));
            assertEquals(0, signals.lost(peer));
        }
    }

    @Test
    void countsFromTheFirstCycleOn() {
        signals.begin(5 * SECOND);
        signals.begin(8 * SECOND);
        assertEquals(3.0, signals.sinceBootS(), 1e-12);
    }

    @Test
    void keepsAContactThatIsNotReadAndLetsItAge() {
        signals.begin(0);
        signals.readContact(Contact.NEGATIVE, ContactState.CLOSED);
        assertTrue(signals.contactFresh(Contact.NEGATIVE));
        assertFalse(signals.contactFresh(Contact.POSITIVE));
        signals.begin(2 * SECOND);
        signals.readContact(Contact.NEGATIVE, ContactState.UNKNOWN);
        assertEquals(ContactState.CLOSED, signals.contact(Contact.NEGATIVE));
        assertFalse(signals.contactFresh(Contact.NEGATIVE));
        assertEquals(2.0, signals.contactAgeS(Contact.NEGATIVE), 1e-12);
        signals.readContact(Contact.NEGATIVE, ContactState.OPEN);
        assertEquals(ContactState.OPEN, signals.contact(Contact.NEGATIVE));
        assertEquals(0.0, signals.contactAgeS(Contact.NEGATIVE));
        assertEquals(ContactState.UNKNOWN, signals.contact(Contact.INTERLOCK));
    }

    @Test
    void keepsMotionThatIsNotReadAndLetsItAge() {
        signals.begin(0);
        signals.readMotion(Motion.MOVING);
        signals.begin(SECOND);
        signals.readMotion(Motion.UNKNOWN);
        assertEquals(Motion.MOVING, signals.motion());
        assertEquals(1.0, signals.motionAgeS(), 1e-12);
        signals.readMotion(Motion.STANDSTILL);
        assertEquals(Motion.STANDSTILL, signals.motion());
        assertEquals(0.0, signals.motionAgeS());
    }

    @Test
    void readsLinkAndInsulationWithinWhatASensorCanSay() {
        signals.begin(0);
        assertEquals(Quality.VALID, signals.readLinkVoltage(-10.0));
        assertEquals(Quality.SUSPECT, signals.readLinkVoltage(-10.1));
        assertEquals(Quality.VALID, signals.readLinkVoltage(576.0));
        assertEquals(Quality.SUSPECT, signals.readLinkVoltage(576.1));
        assertEquals(576.0, signals.linkVoltage().value(0));
        assertEquals(Quality.VALID, signals.readInsulation(0.0));
        assertEquals(Quality.VALID, signals.readInsulation(1e9));
        assertEquals(Quality.SUSPECT, signals.readInsulation(-1.0));
        assertEquals(Quality.MISSING, signals.readInsulation(Double.POSITIVE_INFINITY));
        assertEquals(1e9, signals.insulation().value(0));
        signals.begin(SECOND);
        assertEquals(Quality.MISSING, signals.linkVoltage().quality(0));
        assertEquals(Quality.MISSING, signals.insulation().quality(0));
        assertEquals(1.0, signals.insulation().ageS(0, signals.nanos()), 1e-12);
    }

    @ParameterizedTest
    @EnumSource(E2eVerdict.class)
    void onlyAnAcceptedMessageCountsAsHeard(E2eVerdict verdict) {
        boolean accepted = verdict == E2eVerdict.OK || verdict == E2eVerdict.NOT_PROTECTED;
        assertEquals(accepted, verdict.accepted());
        signals.begin(0);
        signals.hear(Peer.CHARGER, verdict);
        signals.begin(SECOND);
        assertEquals(accepted ? 1.0 : Double.POSITIVE_INFINITY, signals.heardAgeS(Peer.CHARGER), 1e-12);
        assertEquals(Double.POSITIVE_INFINITY, signals.heardAgeS(Peer.INVERTER));
    }

    @Test
    void countsTheMessagesOfOneCycleByVerdict() {
        signals.begin(0);
        signals.hear(Peer.INVERTER, E2eVerdict.OK);
        signals.hear(Peer.INVERTER, E2eVerdict.OK, 2);
        signals.hear(Peer.INVERTER, E2eVerdict.WRONG_CRC, 1);
        assertEquals(2, signals.heard(Peer.INVERTER, E2eVerdict.OK));
        assertEquals(1, signals.heard(Peer.INVERTER, E2eVerdict.WRONG_CRC));
        assertEquals(0, signals.heard(Peer.CHARGER, E2eVerdict.OK));
        assertEquals(3, signals.lost(Peer.INVERTER));
        assertThrows(IllegalArgumentException.class, () -> signals.hear(Peer.INVERTER, E2eVerdict.OK, -1));
        signals.begin(SECOND);
        assertEquals(0, signals.heard(Peer.INVERTER, E2eVerdict.OK));
        assertEquals(0, signals.lost(Peer.INVERTER));
    }

    @Test
    void knowsForHowLongAPeerMustBeHeard() {
        signals.begin(0);
        signals.expect(Peer.CHARGER, true);
        signals.begin(2 * SECOND);
        signals.expect(Peer.CHARGER, true);
        assertTrue(signals.expects(Peer.CHARGER));
        assertFalse(signals.expects(Peer.INVERTER));
        assertEquals(2.0, signals.expectedS(Peer.CHARGER), 1e-12);
        signals.expect(Peer.CHARGER, false);
        assertEquals(0.0, signals.expectedS(Peer.CHARGER));
        signals.begin(3 * SECOND);
        signals.expect(Peer.CHARGER, true);
        assertEquals(0.0, signals.expectedS(Peer.CHARGER));
    }

    @Test
    void allocatesNothingInACycle() {
        assertEquals(0.0, Allocation.bytesPerCall(10_000, this::cycle), 0.01);
    }

    private void cycle() {
        signals.begin(signals.nanos() + SECOND);
        signals.readLinkVoltage(350.0);
        signals.readInsulation(1e6);
        signals.readContact(Contact.INTERLOCK, ContactState.CLOSED);
        signals.readMotion(Motion.MOVING);
        signals.expect(Peer.INVERTER, true);
        signals.hear(Peer.INVERTER, E2eVerdict.OK);
    }
}
