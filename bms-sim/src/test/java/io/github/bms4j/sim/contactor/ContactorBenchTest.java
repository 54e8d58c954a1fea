package io.github.bms4j.sim.contactor;

import static io.github.bms4j.contactor.ContactorState.CLOSED;
import static io.github.bms4j.contactor.ContactorState.LOCKED;
import static io.github.bms4j.contactor.ContactorState.STANDBY;
import static io.github.bms4j.contactor.ContactorState.WAIT_FUSE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.bms4j.contactor.ContactorFinding;
import io.github.bms4j.contactor.ContactorRating;
import io.github.bms4j.contactor.ContactorState;
import io.github.bms4j.contactor.FuseRule;
import io.github.bms4j.contactor.JoinRating;
import io.github.bms4j.contactor.JoinVerdict;
import io.github.bms4j.contactor.OpeningRating;
import io.github.bms4j.measure.Contact;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** One string in the closed loop: starting, stopping, and every fault, with what it did to true contacts and resistor. */
class ContactorBenchTest {
    private static final ContactorRating RATING = ContactorRating.standard(400.0);
    /** Gate and reading noise over the string's resistance. */
    private static final double MOST_MAKE_A = (5.0 + 1.0) / 0.080;

    /** Bounce breaks the tail of the inrush; at opening less than 2.5 A flow. */
    private static final double MOST_BREAK_A = 4.0;

    private static ContactorBench bench(SimString... strings) {
        return bench(RATING, strings);
    }

    private static ContactorBench bench(ContactorRating rating, SimString... strings) {
        ContactorBench bench =
                new ContactorBench(rating, JoinRating.standard(400.0), new SimLink(0.001, 25_000.0), 7L, strings);
        for (int k = 0; k < strings.length; k++) {
            bench.control(k).restore(0.0, 0);
        }
        return bench;
    }

    private static boolean reaches(ContactorBench bench, ContactorState state, double timeS) {
        return bench.until(timeS, () -> bench.control(0).state() == state);
    }

    private static ContactorBench closed() {
        ContactorBench bench = bench(SimString.ordinary(400.0));
        bench.ask(true);
        assertTrue(reaches(bench, CLOSED, 3.0), bench.control(0).explain());
        return bench;
    }

    @ParameterizedTest
    @ValueSource(doubles = {280.0, 350.0, 400.0})
    void startsDrivesAndStopsWithoutHurtingAContact(double ocvV) {
        ContactorBench bench = bench(SimString.ordinary(ocvV));
        for (int i = 0; i < 3; i++) {
            bench.ask(true);
            assertTrue(reaches(bench, CLOSED, 3.0), bench.control(0).explain());
            bench.demandA(150.0);
            bench.run(5.0);
            assertEquals(CLOSED, bench.control(0).state());
            assertEquals(150.0, bench.string(0).currentA(), 0.1);
            bench.ask(false);
            assertTrue(reaches(bench, STANDBY, 10.0), bench.control(0).explain());
            bench.run(20.0);
        }
        assertTrue(
                bench.string(0).worstMakeA() <= MOST_MAKE_A,
                "made " + bench.string(0).worstMakeA() + " A");
        assertTrue(
                bench.string(0).worstBreakA() < MOST_BREAK_A,
                "broke " + bench.string(0).worstBreakA() + " A");
        assertEquals(3, bench.control(0).closings());
        assertFalse(bench.control(0).locked());
    }

    @Test
    void startsWithinASecond() {
        ContactorBench bench = bench(SimString.ordinary(400.0));
        bench.ask(true);
        assertTrue(reaches(bench, CLOSED, 1.0), bench.control(0).explain());
        assertTrue(bench.nowS() > 0.5, "and not before its checks: " + bench.nowS());
        assertEquals(50.0, bench.control(0).prechargeOhm(), 5.0);
        assertEquals(0.001, bench.control(0).linkFarad(), 0.0001);
    }

    @Test
    void closingUncheckedWouldWeld() {
        SimString string = SimString.ordinary(400.0);
        string.move(true, true, false, 0.0, 0.030);
        assertEquals(5_000.0, string.worstMakeA(), 1e-6);
        assertEquals(ContactorFlaw.WELDED, string.contactor(Contact.POSITIVE).flaw());
    }

    @ParameterizedTest(name = "{0} {1}: {2}")
    @CsvSource({
        "POSITIVE, WELDED, WELDED_POSITIVE",
        "NEGATIVE, WELDED, WELDED_NEGATIVE",
        "PRECHARGE, WELDED, WELDED_PRECHARGE",
        "NEGATIVE, WELDED_SAYS_OPEN, WELDED_NEGATIVE",
        "PRECHARGE, WELDED_SAYS_OPEN, NOT_CLOSED_PRECHARGE",
        "POSITIVE, DEAD, NOT_CLOSED_POSITIVE",
        "NEGATIVE, DEAD, NOT_CLOSED_NEGATIVE",
        "PRECHARGE, DEAD, NOT_CLOSED_PRECHARGE",
        "POSITIVE, SAYS_OPEN, NOT_CLOSED_POSITIVE",
        "NEGATIVE, SAYS_OPEN, NOT_CLOSED_NEGATIVE",
        "PRECHARGE, SAYS_OPEN, NOT_CLOSED_PRECHARGE",
        "POSITIVE, SAYS_CLOSED, WELDED_POSITIVE",
        "NEGATIVE, SAYS_CLOSED, WELDED_NEGATIVE",
        "PRECHARGE, SAYS_CLOSED, WELDED_PRECHARGE"
    })
    void everyFaultBeforeTheStartIsNamedAndLocks(Contact contact, ContactorFlaw flaw, ContactorFinding finding) {
        ContactorBench bench = bench(SimString.ordinary(400.0));
        bench.string(0).contactor(contact).flaw(flaw);
        bench.ask(true);
        assertTrue(reaches(bench, LOCKED, 10.0), bench.control(0).explain());
        assertTrue(bench.control(0).stands(finding), bench.control(0).explain());
        bench.run(100.0);
        assertEquals(LOCKED, bench.control(0).state());
        assertEquals(0, bench.control(0).closings());
        assertTrue(bench.string(0).worstMakeA() <= MOST_MAKE_A);
    }

    @Test
    void missingFeedbackClosesNothing() {
        ContactorBench bench = bench(SimString.ordinary(400.0));
        bench.string(0).contactor(Contact.NEGATIVE).flaw(ContactorFlaw.SAYS_NOTHING);
        bench.ask(true);
        bench.run(100.0);
        assertTrue(bench.control(0).state().allOpen());
        assertTrue(bench.control(0).stands(ContactorFinding.FEEDBACK_MISSING));
        assertEquals(0.0, bench.string(0).worstMakeA());
    }

    @ParameterizedTest
    @CsvSource({"WELDED", "WELDED_SAYS_OPEN"})
    void aContactThatWeldsInOperationIsFoundAtTheNextOpening(ContactorFlaw flaw) {
        ContactorBench bench = closed();
        bench.string(0).contactor(Contact.POSITIVE).flaw(flaw);
        bench.ask(false);
        assertTrue(reaches(bench, LOCKED, 15.0), bench.control(0).explain());
        assertTrue(
                bench.control(0).stands(ContactorFinding.WELDED_POSITIVE),
                bench.control(0).explain());
    }

    @Test
    void anOpenFuseInOperationOpensTheContactorsToo() {
        SimString string = new SimString(400.0, 0.080, 50.0, 120.0, 600.0, new TrueFuse(100.0, 1_000.0));
        ContactorBench bench = bench(string);
        bench.ask(true);
        assertTrue(reaches(bench, CLOSED, 3.0));
        bench.demandA(150.0);
        assertTrue(bench.until(1.0, string.fuse()::open));
        assertTrue(reaches(bench, LOCKED, 2.0), bench.control(0).explain());
        assertTrue(
                bench.control(0).stands(ContactorFinding.LINK_LOST),
                bench.control(0).explain());
    }

    @ParameterizedTest(name = "{0} A on the link during precharge: {1}")
    @CsvSource({"1, PRECHARGE_TOO_SLOW", "4, PRECHARGE_LOADED", "8, PRECHARGE_LOADED", "400, PRECHARGE_LOADED"})
    void aLoadOnTheLinkIsRefusedThreeTimesAndLocks(double loadA, ContactorFinding finding) {
        ContactorBench bench = bench(SimString.ordinary(400.0));
        bench.deaf(true);
        bench.demandA(loadA);
        bench.ask(true);
        assertTrue(reaches(bench, LOCKED, 20.0), bench.control(0).explain());
        assertTrue(bench.control(0).stands(finding), bench.control(0).explain());
        assertTrue(bench.control(0).stands(ContactorFinding.TRIES_USED_UP));
        assertEquals(0.0, bench.string(0).worstMakeA());
        assertTrue(bench.string(0).hottestJ() <= RATING.precharge().budgetJ());
        bench.demandA(0.0);
        assertTrue(reaches(bench, CLOSED, 400.0), bench.control(0).explain());
    }

    @Test
    void noAmountOfTryingBurnsTheResistor() {
        ContactorBench bench = bench(SimString.ordinary(400.0));
        bench.link().source(0.0, 0.001);
        bench.ask(true);
        for (int i = 0; i < 1_000; i++) {
            bench.run(0.9);
            bench.request(0).reset = true;
            bench.run(0.1);
            bench.request(0).reset = false;
        }
        double mostJ = bench.string(0).hottestJ();
        assertTrue(mostJ > 0.5 * RATING.precharge().budgetJ(), "it did try: " + mostJ + " J");
        assertTrue(mostJ <= RATING.precharge().budgetJ(), "true resistor at " + mostJ + " J");
        assertEquals(0.0, bench.string(0).worstMakeA());
    }

    @Test
    void aRestartInALoopDoesNotBurnItEither() {
        SimString string = SimString.ordinary(400.0);
        double heatJ = 0.0;
        for (int boot = 0; boot < 60; boot++) {
            ContactorBench bench =
                    new ContactorBench(RATING, JoinRating.standard(400.0), new SimLink(0.001, 25_000.0), boot, string);
            bench.link().source(0.0, 0.001);
            if (boot > 0) {
                bench.control(0).restore(heatJ, 0);
            }
            bench.ask(true);
            bench.run(2.0);
            heatJ = bench.control(0).resistorJ();
        }
        assertTrue(string.hottestJ() <= RATING.precharge().budgetJ(), string.hottestJ() + " J");
    }

    @ParameterizedTest(name = "a source of {0} V on the link")
    @CsvSource({"399, true", "403, true", "380, false", "420, false", "200, false", "0, false"})
    void aChargedBusIsClosedOntoOnlyWhereItMatches(double sourceV, boolean closes) {
        ContactorBench bench = bench(SimString.ordinary(400.0));
        bench.link().source(sourceV, 0.5);
        bench.run(0.5);
        bench.ask(true);
        assertEquals(closes, reaches(bench, CLOSED, 5.0), bench.control(0).explain());
        assertTrue(bench.string(0).worstMakeA() <= MOST_MAKE_A);
    }

    @Test
    void at800AmperesTheFuseGoesFirst() {
        ContactorBench bench = closed();
        bench.deaf(true);
        bench.demandA(800.0);
        bench.run(0.1);
        bench.request(0).openNow = true;
        double startS = bench.nowS();
        assertTrue(reaches(bench, WAIT_FUSE, 0.05));
        assertTrue(
                bench.until(3.0, () -> bench.control(0).state().allOpen()),
                bench.control(0).explain());
        assertTrue(bench.string(0).fuse().open());
        assertTrue(bench.nowS() - startS < 1.0, "after " + (bench.nowS() - startS) + " s");
        assertTrue(bench.string(0).worstBreakA() < 200.0, bench.string(0).worstBreakA() + " A");
        assertFalse(bench.control(0).stands(ContactorFinding.FUSE_DID_NOT_OPEN));
    }

    @ParameterizedTest
    @CsvSource({"OPEN_ANYWAY", "STAY_CLOSED"})
    void aFuseThatDoesNotOpenHasADeadline(FuseRule rule) {
        ContactorRating rating = new ContactorRating(
                RATING.maxPackV(),
                RATING.weldV(),
                RATING.joinV(),
                RATING.restS(),
                RATING.contacts(),
                RATING.precharge(),
                new OpeningRating(2.0, 3.0, rule),
                RATING.readings());
        ContactorBench bench =
                bench(rating, new SimString(400.0, 0.080, 50.0, 120.0, 600.0, new TrueFuse(2_000.0, 1e9)));
        bench.ask(true);
        assertTrue(reaches(bench, CLOSED, 3.0));
        bench.deaf(true);
        bench.demandA(800.0);
        bench.run(0.2);
        bench.request(0).openNow = true;
        double startS = bench.nowS();
        boolean opened = bench.until(10.0, () -> bench.control(0).state().allOpen());
        assertEquals(rule == FuseRule.OPEN_ANYWAY, opened);
        assertTrue(bench.control(0).stands(ContactorFinding.FUSE_DID_NOT_OPEN));
        if (opened) {
            assertEquals(3.0, bench.nowS() - startS, 0.1);
        } else {
            bench.demandA(0.0);
            assertTrue(bench.until(1.0, () -> bench.control(0).state().allOpen()));
            assertTrue(bench.string(0).worstBreakA() <= 205.0, bench.string(0).worstBreakA() + " A");
        }
    }

    @Test
    void aFaultUnderOrdinaryLoadOpensWithinAHundredMilliseconds() {
        ContactorBench bench = closed();
        bench.demandA(150.0);
        bench.run(1.0);
        bench.request(0).openNow = true;
        double startS = bench.nowS();
        assertTrue(bench.until(0.1, () -> bench.control(0).state().allOpen()));
        bench.run(0.05);
        assertFalse(bench.string(0).contactor(Contact.POSITIVE).conducts());
        assertFalse(bench.string(0).contactor(Contact.NEGATIVE).conducts());
        assertTrue(bench.nowS() - startS < 0.15);
    }

    @Test
    void withoutReadingsAnOperatingStringOpensAndStaysOpen() {
        ContactorBench bench = closed();
        bench.demandA(50.0);
        bench.run(1.0);
        bench.blind(true);
        assertTrue(
                bench.until(15.0, () -> bench.control(0).state().allOpen()),
                bench.control(0).explain());
        assertTrue(bench.string(0).worstBreakA() < MOST_BREAK_A, "the load followed the request for zero current");
        bench.run(200.0);
        assertTrue(bench.control(0).state().allOpen());
        assertEquals(1, bench.control(0).closings());
    }

    @ParameterizedTest(name = "strings {0} V apart: both join {1}")
    @CsvSource({
        "0.5, true",
        "-0.5, true",
        "2.2, true",
        "-2.2, true",
        "3.2, false",
        "-3.2, false",
        "20, false",
        "-20, false"
    })
    void stringsJoinOnlyWhenTheirDifferenceIsBearable(double apartV, boolean joins) {
        ContactorBench bench = bench(SimString.ordinary(390.0), SimString.ordinary(390.0 + apartV));
        bench.ask(true);
        boolean both = bench.until(
                5.0, () -> bench.control(0).ready() && bench.control(1).ready());
        assertEquals(joins, both, bench.control(1).explain() + bench.join().explain(1));
        assertTrue(bench.control(0).ready() || bench.control(1).ready(), "one of them works in any case");
        if (joins) {
            bench.run(0.1);
            assertEquals(apartV / 0.160, bench.string(1).currentA(), 0.1, "predicted equalisation current");
            assertEquals(bench.join().currentA(1, 0.0), bench.string(1).currentA(), 0.1);
        } else {
            int late = bench.control(0).ready() ? 1 : 0;
            assertEquals(JoinVerdict.VOLTAGE_APART, bench.join().verdict(late));
            assertTrue(
                    bench.control(late).stands(ContactorFinding.JOIN_REFUSED),
                    bench.control(late).explain());
            assertEquals(0.0, bench.string(late).worstMakeA());
        }
    }

    @Test
    void threeStringsStartInOrderShareAndOneDropsOut() {
        ContactorBench bench = bench(SimString.ordinary(388.8), SimString.ordinary(390.0), SimString.ordinary(390.6));
        bench.ask(true);
        assertTrue(
                bench.until(5.0, () -> bench.control(1).ready()),
                bench.control(1).explain());
        assertFalse(bench.control(0).ready() || bench.control(2).ready(), "the central one begins");
        assertTrue(bench.until(5.0, () -> bench.control(2).ready()), "the nearest follows");
        assertTrue(
                bench.until(5.0, () -> bench.control(0).ready()),
                bench.control(0).explain());
        bench.demandA(240.0);
        bench.run(2.0);
        double sum = 0.0;
        for (int k = 0; k < 3; k++) {
            sum += bench.string(k).currentA();
            assertEquals(bench.join().currentA(k, 240.0), bench.string(k).currentA(), 0.5);
        }
        assertEquals(240.0, sum, 0.5);
        double all = bench.join().maxDischargeA();
        bench.request(1).openNow = true;
        assertTrue(bench.until(1.0, () -> bench.control(1).state().allOpen()));
        bench.run(0.5);
        assertTrue(bench.control(0).ready() && bench.control(2).ready(), "the others drive on");
        assertTrue(bench.join().maxDischargeA() < 0.75 * all);
        assertEquals(120.0, bench.string(2).currentA(), 15.0);
    }
}
