package io.github.bms4j.contactor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a rating refuses, and what follows from it. */
class ContactorRatingTest {
    private static final ContactorRating STANDARD = ContactorRating.standard(400.0);

    private static String refused(Runnable construction) {
        return String.valueOf(
                assertThrows(IllegalArgumentException.class, construction::run).getMessage());
    }

    private static ContactorRating rating(double maxPackV, double weldV, double joinV, double restS) {
        ContactorRating r = STANDARD;
        return new ContactorRating(
                maxPackV, weldV, joinV, restS, r.contacts(), r.precharge(), r.opening(), r.readings());
    }

    @ParameterizedTest
    @ValueSource(doubles = {12.0, 16.0, 48.0, 96.0, 400.0, 800.0, 1000.0, 1500.0})
    void theStandardFitsEveryPackVoltage(double maxPackV) {
        ContactorRating r = ContactorRating.standard(maxPackV);
        assertEquals(4.0 * r.tryJ(), r.precharge().budgetJ(), 1e-9);
        for (ContactorState state : ContactorState.values()) {
            assertTrue(r.timeoutS(state) > 0.0 && r.timeoutS(state) <= 60.0, state + " " + r.timeoutS(state));
        }
        assertTrue(ContactorTable.of(r).describe().contains("PRECHARGE"));
    }

    @ParameterizedTest
    @CsvSource({
        "NaN, 20, 3, 60, maxPackV",
        "400, 9.9, 3, 60, weldV",
        "400, 50.1, 3, 60, weldV",
        "400, NaN, 3, 60, weldV",
        "400, 20, 0, 60, joinV",
        "400, 20, 20.1, 60, joinV",
        "400, 20, 3, 0, restS"
    })
    void refusesWhatDoesNotFit(double maxPackV, double weldV, double joinV, double restS, String names) {
        assertTrue(refused(() -> rating(maxPackV, weldV, joinV, restS)).contains(names));
    }

    @Test
    void namesTheBoundsOfTheWeldVoltage() {
        assertEquals(
                "weldV (9.9 V) must be within [2 gateV, maxPackV / 8] = [10.0, 50.0] V",
                refused(() -> rating(400.0, 9.9, 3.0, 60.0)));
        assertEquals(10.0, rating(400.0, 10.0, 3.0, 60.0).weldV());
        assertEquals(50.0, rating(400.0, 50.0, 50.0, 60.0).joinV());
    }

    @Test
    void refusesAResistorThatCannotBearItsTries() {
        double needJ = 3.0 * STANDARD.tryJ();
        PrechargeRating p = STANDARD.precharge();
        PrechargeRating weak = new PrechargeRating(
                p.ohm(), p.linkFarad(), p.tolerance(), p.bleedOhm(), p.gateV(), 0.999 * needJ, p.coolingS(), 3);
        String said = refused(() -> ContactorRatings.with(weak));
        assertEquals("budgetJ (" + 0.999 * needJ + " J) must hold the worst case of 3 tries, " + needJ + " J", said);
        PrechargeRating enough = new PrechargeRating(
                p.ohm(), p.linkFarad(), p.tolerance(), p.bleedOhm(), p.gateV(), 0.999 * needJ, p.coolingS(), 2);
        assertEquals(2, ContactorRatings.with(enough).precharge().tries());
    }

    @Test
    void theWorstTryIsTheIntegralOfTheSlowestEnvelope() {
        double tau = 50.0 * 0.001 * 1.25;
        double endV = 5.0 - 1.0 - 400.0 * 50.0 / 25_050.0;
        double spanS = tau * StrictMath.log(400.0 / endV) + 4.0 * 0.010;
        double m = 0.05 + 2.0 * 1.0 / 400.0;
        double sum = 0.0;
        int n = 200_000;
        for (int i = 0; i < n; i++) {
            double t = (i + 0.5) / n * spanS;
            double d = StrictMath.exp(-t / tau) + m;
            sum += d * d * spanS / n;
        }
        double expectedJ = 400.0 * 400.0 / (50.0 * 0.75) * (0.030 + 0.010 + sum + 0.010 + 0.020);
        assertEquals(expectedJ, STANDARD.tryJ(), 1e-6 * expectedJ);
    }

    @Test
    void refusesAGateThatTheLinkMayNeverReach() {
        String said = refused(() -> ContactorRatings.with(ContactorRatings.bleed(600.0)));
        assertTrue(said.startsWith("gateV (5.0 V) must exceed voltageErrorV plus the drop that bleedOhm leaves"), said);
        assertEquals(
                6_000.0,
                ContactorRatings.with(ContactorRatings.bleed(6_000.0))
                        .precharge()
                        .bleedOhm());
        assertTrue(refused(() -> ContactorRatings.with(ContactorRatings.bleed(4_900.0)))
                .contains("gateV"));
    }

    @Test
    void refusesACurrentErrorThatHidesZero() {
        SwitchRating c = SwitchRating.standard();
        String said = refused(() -> ContactorRatings.with(
                new SwitchRating(c.closeS(), c.openS(), true, c.feedbackS(), c.breakA(), 1.0, false)));
        assertEquals("zeroA (1.0 A) must exceed currentErrorA (1.0 A)", said);
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0.02, 0.2, 200, 2, closeS",
        "0.03, NaN, 0.2, 200, 2, openS",
        "0.03, 0.02, 0, 200, 2, feedbackS",
        "0.03, 0.02, 0.2, 0, 2, breakA",
        "0.03, 0.02, 0.2, 200, 0, zeroA",
        "0.03, 0.02, 0.2, 200, 200, 'zeroA (200.0 A) must be below breakA (200.0 A)'"
    })
    void refusesAContactorWithoutSense(double close, double open, double fb, double brk, double zero, String names) {
        assertTrue(refused(() -> new SwitchRating(close, open, true, fb, brk, zero, false))
                .contains(names));
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0.001, 0.2, 25000, 5, 500, 120, 3, ohm",
        "50, 0, 0.2, 25000, 5, 500, 120, 3, linkFarad",
        "50, 0.001, -0.1, 25000, 5, 500, 120, 3, tolerance",
        "50, 0.001, 0.51, 25000, 5, 500, 120, 3, tolerance",
        "50, 0.001, 0.2, 0, 5, 500, 120, 3, bleedOhm",
        "50, 0.001, 0.2, NaN, 5, 500, 120, 3, bleedOhm",
        "50, 0.001, 0.2, 25000, 0, 500, 120, 3, gateV",
        "50, 0.001, 0.2, 25000, 5, 0, 120, 3, budgetJ",
        "50, 0.001, 0.2, 25000, 5, 500, 0, 3, coolingS",
        "50, 0.001, 0.2, 25000, 5, 500, 120, 0, tries",
        "50, 0.001, 0.2, 25000, 5, 500, 120, 11, tries"
    })
    void refusesAPrechargeWithoutSense(
            double ohm, double f, double tol, double bleed, double gate, double j, double s, int tries, String names) {
        assertTrue(refused(() -> new PrechargeRating(ohm, f, tol, bleed, gate, j, s, tries))
                .contains(names));
    }

    @ParameterizedTest
    @CsvSource({
        "0, 1, 1, 1, cycleS",
        "0.01, 0, 1, 1, blindS",
        "0.1, 0.29, 1, 1, blindS",
        "0.01, 1, -1, 1, voltageErrorV",
        "0.01, 1, 1, NaN, currentErrorA"
    })
    void refusesReadingsWithoutSense(double cycleS, double blindS, double errorV, double errorA, String names) {
        assertTrue(
                refused(() -> new ReadingRating(cycleS, blindS, errorV, errorA)).contains(names));
        assertEquals(0.75, new ReadingRating(0.25, 0.75, 0.0, 0.0).blindS());
    }

    @ParameterizedTest
    @CsvSource({"0, 3, zeroCurrentS", "2, NaN, fuseS"})
    void refusesAnOpeningWithoutSense(double zeroS, double fuseS, String names) {
        assertTrue(refused(() -> new OpeningRating(zeroS, fuseS, FuseRule.OPEN_ANYWAY))
                .contains(names));
    }

    @ParameterizedTest
    @CsvSource({
        "INSPECT, 0.52", "STANDBY, 60", "LOCKED, 60", "CHECK_NEGATIVE, 0.3825", "CLOSE_NEGATIVE, 0.3825",
        "CHECK_RELEASE, 0.26", "OPEN_PRECHARGE, 0.26", "CLOSE_POSITIVE, 0.27", "CLOSED, 1", "ZERO_CURRENT, 2",
        "WAIT_FUSE, 3", "HELD_CLOSED, 3"
    })
    void timeoutsFollowFromTheHardware(ContactorState state, double s) {
        assertEquals(s, STANDARD.timeoutS(state), 1e-12);
    }

    @Test
    void theTimeoutsOfPrechargeAndOpeningFollowFromTheTimeConstants() {
        double endV = 5.0 - 1.0 - 400.0 * 50.0 / 25_050.0;
        assertEquals(
                0.030 + 0.0625 * StrictMath.log(400.0 / endV) + 0.040,
                STANDARD.timeoutS(ContactorState.PRECHARGE),
                1e-12);
        assertEquals(
                0.020 + 0.200 + 0.040 + 31.25 * -StrictMath.log(1.0 - 80.0 / 400.0),
                STANDARD.timeoutS(ContactorState.OPEN_POSITIVE),
                1e-12);
        assertEquals(
                0.26,
                ContactorRatings.with(ContactorRatings.bleed(Double.POSITIVE_INFINITY))
                        .timeoutS(ContactorState.OPEN_NEGATIVE),
                1e-12);
    }

    @Test
    void findingsSayHowLongTheyStand() {
        assertTrue(ContactorFinding.WELDED_POSITIVE.locks());
        assertTrue(ContactorFinding.TRIES_USED_UP.locks());
        assertEquals(false, ContactorFinding.PRECHARGE_LOADED.locks());
        assertEquals(false, ContactorFinding.JOIN_REFUSED.locks());
        assertEquals(ContactorFinding.Lasts.UNTIL_COOL, ContactorFinding.TRIES_USED_UP.lasts());
        for (ContactorFinding finding : ContactorFinding.values()) {
            assertTrue(finding.text().length() > 5);
        }
    }
}
