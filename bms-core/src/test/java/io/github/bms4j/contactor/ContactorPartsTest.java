package io.github.bms4j.contactor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.bms4j.cell.PackLayout;
import io.github.bms4j.measure.Contact;
import io.github.bms4j.measure.ContactState;
import io.github.bms4j.measure.PackSample;
import io.github.bms4j.measure.PackSignals;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The parts of the control, each at its thresholds. Times are multiples of 1/64 s, so that sums are exact. */
class ContactorPartsTest {
    private static final double S = 1.0 / 64.0;
    /** 4 S to close, 2 S to open, believed after 8 S. */
    private static final SwitchRating CONTACTS = new SwitchRating(4 * S, 2 * S, true, 8 * S, 200.0, 2.0, false);

    private static final ContactorRating RATING = ContactorRating.standard(400.0);

    private final PackLayout layout = new PackLayout(100, 40, 1);
    private final PackSample sample = new PackSample(layout);
    private final PackSignals signals = new PackSignals(layout);
    private final ContactorReadings readings = new ContactorReadings(RATING);
    private long nanos;

    private void read(double packV, double linkV, double currentA) {
        nanos += 10_000_000L;
        sample.begin(nanos);
        signals.begin(nanos);
        sample.readPackVoltage(packV);
        signals.readLinkVoltage(linkV);
        sample.readCurrent(currentA);
        readings.take(0.25, sample, signals);
    }

    @ParameterizedTest(name = "closed {0}: set after {1} steps, stuck after {2}")
    @CsvSource({"true, 4, 12", "false, 2, 10"})
    void aContactHasItsTimeAndIsThenHeldToItsCommand(boolean command, int setAfter, int stuckAfter) {
        ContactState right = command ? ContactState.CLOSED : ContactState.OPEN;
        ContactState wrong = command ? ContactState.OPEN : ContactState.CLOSED;
        ContactWatch good = new ContactWatch(CONTACTS);
        ContactWatch bad = new ContactWatch(CONTACTS);
        ContactWatch silent = new ContactWatch(CONTACTS);
        for (ContactWatch watch : new ContactWatch[] {good, bad, silent}) {
            watch.step(S, !command, wrong);
            watch.step(S, command, wrong);
        }
        for (int i = 1; i <= 20; i++) {
            good.step(S, command, right);
            bad.step(S, command, wrong);
            silent.step(S, command, ContactState.UNKNOWN);
            assertEquals(i >= setAfter, good.set(), "after " + i);
            assertEquals(i < setAfter, good.moves());
            assertFalse(bad.set());
            assertFalse(silent.set());
            assertTrue(silent.missing());
            assertFalse(good.missing() || good.stuckOpen() || good.stuckClosed() || silent.stuckOpen());
            assertEquals(command && i >= stuckAfter - 1, bad.stuckOpen(), "after " + i);
            assertEquals(!command && i >= stuckAfter - 1, bad.stuckClosed(), "after " + i);
        }
    }

    @Test
    void readingsAreOfTheirCycleOnly() {
        read(400.0, 390.0, 5.0);
        assertTrue(readings.fresh() && readings.allSeen());
        assertEquals(10.0, readings.deltaV());
        readings.take(0.25, sample, signals);
        assertFalse(readings.fresh(), "the same sample again is nothing new");
        assertTrue(Double.isNaN(readings.deltaV()));
        assertEquals(10.0, readings.lastDeltaV());
        assertEquals(400.0, readings.lastPackV());
        assertEquals(390.0, readings.lastLinkV());
        assertEquals(5.0, readings.lastCurrentA());
    }

    @Test
    void readingsThatWereNeverTakenAreBlindFromTheStart() {
        assertTrue(readings.blind());
        assertTrue(readings.currentBlind());
        readings.take(0.0, sample, signals);
        assertTrue(readings.blind(), "samples that were never begun are no readings");
        assertEquals(ContactState.UNKNOWN, readings.contact(Contact.POSITIVE));
    }

    @ParameterizedTest
    @CsvSource({"pack", "link", "current"})
    void blindnessBeginsBeyondItsTime(String what) {
        read(400.0, 400.0, 0.0);
        for (int i = 1; i <= 6; i++) {
            read(
                    "pack".equals(what) ? Double.NaN : 400.0,
                    "link".equals(what) ? Double.NaN : 400.0,
                    "current".equals(what) ? Double.NaN : 0.0);
            assertEquals(i * 0.25 > 1.0, readings.blind(), what + " missing for " + i * 0.25);
            assertEquals(i * 0.25 > 1.0 && "current".equals(what), readings.currentBlind());
        }
    }

    @Test
    void feedbackIsKeptForAsLong() {
        nanos += 1;
        signals.begin(nanos);
        signals.readContact(Contact.NEGATIVE, ContactState.CLOSED);
        readings.take(0.25, sample, signals);
        for (int i = 1; i <= 5; i++) {
            readings.take(0.25, sample, signals);
            assertEquals(
                    i <= 4 ? ContactState.CLOSED : ContactState.UNKNOWN, readings.contact(Contact.NEGATIVE), "i " + i);
        }
    }

    @Test
    void countsFlowQuietAndBreakableReadings() {
        read(400.0, 400.0, 2.0);
        assertEquals(1, readings.quietSamples());
        assertEquals(0, readings.flowSamples());
        read(400.0, 400.0, -2.01);
        read(400.0, 400.0, 200.0);
        assertEquals(0, readings.quietSamples());
        assertEquals(2, readings.flowSamples());
        assertEquals(0.5, readings.flowsForS());
        assertEquals(3, readings.breakableSamples());
        read(400.0, 400.0, -200.01);
        assertEquals(0, readings.breakableSamples());
        read(400.0, 400.0, 5.0);
        read(400.0, 400.0, Double.NaN);
        assertEquals(0, readings.breakableSamples(), "a missing one ends the row");
        assertEquals(4, readings.flowSamples(), "but does not end the flow");
        readings.restart();
        assertEquals(0, readings.flowSamples());
        assertEquals(0.0, readings.flowsForS());
        assertFalse(readings.allSeen());
        read(400.0, 400.0, 1.0);
        readings.restart();
        assertEquals(0, readings.quietSamples());
    }

    @Test
    void countsForHowLongPackAndLinkAreApart() {
        read(400.0, 380.0, 0.0);
        assertEquals(0.0, readings.apartForS(), "20 V are the bound");
        read(400.0, 379.0, 0.0);
        read(Double.NaN, 379.0, 0.0);
        assertEquals(0.25, readings.apartForS(), "what was not read neither adds nor ends");
        read(400.0, 421.0, 0.0);
        assertEquals(0.5, readings.apartForS());
        read(400.0, 400.0, 0.0);
        assertEquals(0.0, readings.apartForS());
        read(400.0, 421.0, 0.0);
        readings.restart();
        assertEquals(0.0, readings.apartForS());
    }

    @ParameterizedTest(name = "from {0} V: link at {1} V has risen {2}")
    @CsvSource({"0, 20, false", "0, 20.1, true", "360, 380.1, true", "360.1, 380.2, false", "100, 90, false"})
    void aRiseIsSeenFromTwoReadingsWhereThereIsRoom(double baseV, double linkV, boolean risen) {
        LinkWatch link = new LinkWatch(RATING);
        link.start(400.0, baseV);
        assertTrue(link.quiet());
        link.step(400.0, linkV);
        assertFalse(link.risen());
        assertEquals(!risen, link.quiet());
        link.step(Double.NaN, linkV);
        assertEquals(risen, link.risen());
        link.step(400.0, Double.NaN);
        assertEquals(risen, link.risen(), "what is not read changes nothing");
        assertEquals(Math.min(baseV, linkV), link.baseV(), 1e-12);
        link.step(400.0, baseV);
        assertFalse(link.risen());
    }

    @Test
    void aRiseCountsFromTheLowestVoltage() {
        LinkWatch link = new LinkWatch(RATING);
        link.start(400.0, 100.0);
        link.step(400.0, 50.0);
        link.step(400.0, 70.1);
        link.step(400.0, 70.1);
        assertTrue(link.risen());
        assertEquals(50.0, link.baseV());
    }

    @Test
    void aFallIsTwoReadingsBeyondTheBound() {
        LinkWatch link = new LinkWatch(RATING);
        link.start(400.0, 400.0);
        link.step(400.0, 380.0);
        link.step(400.0, 380.0);
        assertFalse(link.fallen());
        link.step(400.0, 379.9);
        assertFalse(link.fallen());
        link.step(400.0, 379.8);
        assertTrue(link.fallen());
        assertEquals(400.0, link.baseV(), "what it fell from is kept");
    }

    @Test
    void whatStaysTooLongMustHaveFallen() {
        LinkWatch link = new LinkWatch(RATING);
        double dueS = 31.25 * -StrictMath.log(1.0 - 40.0 / 400.0);
        link.start(400.0, 400.0);
        assertFalse(link.mustHaveFallen(100.0), "no reading yet");
        link.step(400.0, 399.0);
        assertFalse(link.mustHaveFallen(100.0), "one reading could be wrong");
        link.step(400.0, 380.0);
        assertTrue(link.mustHaveFallen(dueS + 1e-6));
        assertFalse(link.mustHaveFallen(dueS - 1e-6));
        assertFalse(link.mustHaveFallen(-5.0));
        link.step(400.0, 379.0);
        assertFalse(link.mustHaveFallen(100.0));
    }

    @Test
    void aSmallDifferenceIsNoExponential() {
        PrechargeWatch watch = new PrechargeWatch(RATING);
        watch.start(20.0, 0.0);
        assertNull(watch.step(0.3, 20.0, 0.0), "4 gates are not judged");
        watch.start(20.01, 0.0);
        assertEquals(ContactorFinding.PRECHARGE_TOO_SLOW, watch.step(0.3, 20.01, 0.0));
    }

    @ParameterizedTest(name = "after {0} s at {1} of 400 V: {2}")
    @CsvSource({
        "0.0375, 125.0, PRECHARGE_TOO_FAST", "0.0375, 125.3, ''",
        "0.1025, 169.2, PRECHARGE_LOADED", "0.1025, 169.0, ''",
        "0.0400, 400.0, ''", "0.0200, 422.1, PRECHARGE_LOADED"
    })
    void theEnvelopeIsTwoExponentials(double timeS, double deltaV, String finding) {
        // fast: 400 exp(-1) - 22 = 125.15 at 37.5 ms; slow: 400 exp(-1) + 22 = 169.15 at 40 + 62.5 ms
        for (double sign : new double[] {1.0, -1.0}) {
            PrechargeWatch watch = new PrechargeWatch(RATING);
            watch.start(400.0 * sign, 0.0);
            ContactorFinding said = watch.step(timeS, deltaV * sign, deltaV * sign / 50.0);
            assertEquals(finding.isEmpty() ? null : ContactorFinding.valueOf(finding), said);
            if (said != null) {
                assertEquals(deltaV, watch.value(), 1e-9);
                double bound = timeS < 0.03 ? 422.0 : timeS < 0.05 ? 125.15 : 169.15;
                assertEquals(bound, watch.bound(), 0.01);
            }
        }
    }

    @ParameterizedTest(name = "{0} A: {1}")
    @CsvSource({
        "3.9, PRECHARGE_NO_CURRENT",
        "4.1, PRECHARGE_LOADED",
        "-3.9, PRECHARGE_NO_CURRENT",
        "NaN, PRECHARGE_TOO_SLOW"
    })
    void theCurrentTellsWhyTheLinkIsBehind(double currentA, ContactorFinding finding) {
        PrechargeWatch watch = new PrechargeWatch(RATING);
        watch.start(400.0, 0.0);
        assertEquals(finding, watch.step(0.2, 400.0, currentA), "half of 8 A is the bound");
        assertEquals(400.0, watch.lastV());
    }

    @ParameterizedTest
    @CsvSource({"99.9, PRECHARGE_TOO_SLOW", "100.1, PRECHARGE_NO_CURRENT"})
    void aCurrentWithinTheSensorErrorTellsNothing(double deltaV, ContactorFinding finding) {
        PrechargeWatch watch = new PrechargeWatch(RATING);
        watch.start(400.0, 0.0);
        assertEquals(finding, watch.step(0.3, deltaV, 0.0), "2 A through 50 Ohm is twice the error");
    }

    @ParameterizedTest
    @CsvSource({"11.66, ''", "11.67, PRECHARGE_CURRENT_HIGH", "-11.67, PRECHARGE_CURRENT_HIGH"})
    void moreCurrentThanTheResistorPassesIsHigh(double currentA, String finding) {
        // 400 V / (50 Ohm (1 - 0.25)) + 1 A = 11.667 A, by the larger of two differences
        PrechargeWatch watch = new PrechargeWatch(RATING);
        watch.start(400.0, 0.0);
        ContactorFinding said = watch.step(0.03, 390.0, currentA);
        assertEquals(finding.isEmpty() ? null : ContactorFinding.valueOf(finding), said);
    }

    @Test
    void measuresBetweenNinetyAndTenPercent() {
        PrechargeWatch watch = new PrechargeWatch(RATING);
        watch.start(400.0, 0.5);
        watch.step(0.010, 380.0, 99.0 / 50.0);
        assertTrue(Double.isNaN(watch.ohm()), "95 % is too early");
        double[] d = {360.0, 300.0, 200.0, 100.0, 40.0};
        for (int i = 0; i < d.length; i++) {
            double stepS = i == 0 ? 0.010 : 0.044 * StrictMath.log(d[i - 1] / d[i]);
            watch.step(stepS, d[i], d[i] / 44.0 + 0.5);
        }
        assertEquals(44.0, watch.ohm(), 1e-9);
        assertEquals(0.001, watch.farad(), 1e-12);
        watch.step(0.5, 39.0, 5.0);
        assertEquals(44.0, watch.ohm(), 1e-9, "below 10 % noise would rule");
    }

    @Test
    void countsMatchesInARow() {
        PrechargeWatch watch = new PrechargeWatch(RATING);
        watch.start(20.0, 0.0);
        watch.step(0.01, 5.0, 0.0);
        watch.step(0.01, -5.0, 0.0);
        assertEquals(2, watch.matches());
        watch.step(0.01, Double.NaN, 0.0);
        assertEquals(2, watch.matches());
        watch.step(0.01, 5.01, 0.0);
        assertEquals(0, watch.matches());
    }

    @Test
    void aResistorGivesItsEnergyAwayExponentially() {
        ResistorHeat heat = new ResistorHeat(120.0, 1_000.0);
        heat.step(0.0, 120.0);
        assertEquals(1_000.0 / Math.E, heat.heatJ(), 1e-9);
        heat.heatJ(0.0);
        heat.step(50.0, 0.01);
        assertEquals(0.5, heat.heatJ(), 1e-4);
        heat.step(50.0, 1e6);
        assertEquals(6_000.0, heat.heatJ(), 1e-6);
    }
}
