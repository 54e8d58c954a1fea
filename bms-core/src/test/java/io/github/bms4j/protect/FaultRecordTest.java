package io.github.bms4j.protect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FaultRecordTest {
    private static final Fault FAULT = Fault.CELL_OVERVOLTAGE_SAFETY;
    private static final Delay DELAY = new Delay(0.5, 3, 5.0, 3);

    private final FaultRecord record = new FaultRecord(FAULT, DELAY, 2);
    private long nanos;

    private boolean bad(int sensor, double dtS) {
        return feed(sensor, true, false, dtS);
    }

    private boolean good(int sensor, double dtS) {
        return feed(sensor, false, true, dtS);
    }

    private boolean feed(int sensor, boolean bad, boolean good, double dtS) {
        nanos += Double.isInfinite(dtS) ? 0 : Math.round(dtS * 1e9);
        return record.judge(sensor, bad, good, sensor + 0.5, dtS, nanos);
    }

    @ParameterizedTest(name = "every {0} s: {1} bad readings set, {2} good ones clear")
    @CsvSource({"0.01, 50, 500", "0.1, 5, 50", "0.125, 4, 40", "0.16, 4, 32", "0.17, 3, 30", "1.0, 3, 5", "60.0, 3, 3"})
    void countsTimeWithFastReadingsAndReadingsWithSlowOnes(double periodS, int toSet, int toClear) {
        for (int i = 1; i < toSet; i++) {
            assertTrue(bad(0, periodS));
            assertEquals(FaultState.PENDING, record.state(), "after " + i);
        }
        bad(0, periodS);
        assertEquals(FaultState.PRESENT, record.state());
        for (int i = 1; i < toClear; i++) {
            assertTrue(good(0, periodS));
            assertEquals(FaultState.PRESENT, record.state(), "after " + i);
        }
        assertFalse(good(0, periodS));
        assertEquals(FaultState.ABSENT, record.state());
    }

    @Test
    void countsTheFirstReadingEverAsOneOfThree() {
        bad(0, Double.POSITIVE_INFINITY);
        bad(0, 1.0);
        assertEquals(FaultState.PENDING, record.state());
        bad(0, 1.0);
        assertEquals(FaultState.PRESENT, record.state());
    }

    @ParameterizedTest(name = "{0} bad of {1}: sets {2}")
    @CsvSource({"1, 2, true", "2, 5, true", "1, 4, true", "1, 5, false", "1, 6, false", "1, 20, false"})
    void setsWhatShowsMoreThanAFifthOfTheTime(int badOnes, int of, boolean sets) {
        for (int i = 0; i < 4000 && !record.stands(); i++) {
            if (i % of < badOnes) {
                bad(0, 0.02);
            } else {
                good(0, 0.02);
            }
        }
        assertEquals(sets, record.stands());
    }

    @Test
    void leaksAwayToNothingAndNoFurther() {
        bad(0, 0.1);
        assertTrue(good(0, 0.1));
        assertTrue(good(0, 0.1));
        assertTrue(good(0, 0.1));
        assertFalse(good(0, 0.1 + 1e-9));
        assertEquals(FaultState.ABSENT, record.state());
        good(0, 10.0);
        for (int i = 0; i < 4; i++) {
            bad(0, 0.1);
            assertFalse(record.stands());
        }
        bad(0, 0.1);
        assertTrue(record.stands());
    }

    @Test
    void aReadingThatIsNotGoodStartsTheRecoveryAnew() {
        set(0);
        for (int i = 0; i < 4; i++) {
            good(0, 1.0);
        }
        feed(0, false, false, 1.0);
        for (int i = 0; i < 4; i++) {
            good(0, 1.0);
            assertTrue(record.stands());
        }
        good(0, 1.0);
        assertFalse(record.stands());
    }

    @Test
    void aGapBetweenReadingsIsNoProofOfRecovery() {
        set(0);
        good(0, 3600.0);
        good(0, 3600.0);
        assertTrue(record.stands());
        good(0, 3600.0);
        assertFalse(record.stands());
    }

    private void set(int sensor) {
        for (int i = 0; i < 3; i++) {
            bad(sensor, 1.0);
        }
        assertTrue(record.standsAt(sensor));
    }

    @Test
    void namesTheFirstSensorAndThenWhicheverStillStands() {
        assertEquals(FaultSet.NOWHERE, record.where());
        assertEquals(2, record.sensors());
        set(1);
        long first = nanos;
        assertEquals(1, record.where());
        assertEquals(1.5, record.value());
        assertTrue(record.takeRaised());
        assertFalse(record.takeRaised());
        set(0);
        assertFalse(record.takeRaised(), "one fault, one frame");
        assertEquals(1, record.where());
        assertEquals(1, record.occurrences());
        assertEquals(first, record.sinceNanos());
        heal(1);
        assertEquals(0, record.where());
        assertFalse(record.standsAt(1));
        assertTrue(record.stands());
        heal(0);
        assertEquals(FaultSet.NOWHERE, record.where());
        set(0);
        assertEquals(2, record.occurrences());
        assertEquals(nanos, record.sinceNanos());
        assertTrue(record.takeRaised());
    }

    private void heal(int sensor) {
        for (int i = 0; i < 5; i++) {
            good(sensor, 1.0);
        }
    }

    @Test
    void nameMovesOnToTheSensorThatIsLeft() {
        set(0);
        set(1);
        heal(0);
        assertEquals(1, record.where());
    }

    @Test
    void healingOfAnotherSensorDoesNotMoveTheName() {
        set(0);
        set(1);
        heal(1);
        assertEquals(0, record.where());
    }

    @Test
    void keepsTheLeastShareUntilItIsGone() {
        record.lowerShare(0.2);
        assertEquals(1.0, record.share(), "does not stand");
        set(0);
        record.lowerShare(0.6);
        record.lowerShare(0.8);
        assertEquals(0.6, record.share());
        record.lowerShare(-3.0);
        assertEquals(0.0, record.share());
        set(1);
        heal(0);
        assertEquals(0.0, record.share(), "another sensor stands");
        heal(1);
        assertEquals(1.0, record.share());
    }

    @Test
    void oneReadingIsEnoughWhenTheTableSaysSo() {
        FaultRecord atOnce = new FaultRecord(Fault.SHORT_CIRCUIT_SAFETY, Delay.atOnce(5.0), 1);
        assertEquals(FaultState.UNKNOWN, atOnce.state());
        atOnce.judge(0, false, true, 0.0, Double.POSITIVE_INFINITY, 0);
        assertEquals(FaultState.ABSENT, atOnce.state());
        assertTrue(atOnce.judge(0, true, false, 900.0, 0.001, 7));
        assertEquals(FaultState.PRESENT, atOnce.state());
        assertEquals(7, atOnce.sinceNanos());
        assertEquals(900.0, atOnce.value());
    }

    @Test
    void latchedFaultStaysUntilAcknowledgedWithItsCauseGone() {
        FaultRecord latching = new FaultRecord(Fault.SHORT_CIRCUIT_SAFETY, new Delay(0.0, 1, 1.0, 1), 1);
        latching.judge(0, true, false, 900.0, 0.1, 5);
        assertFalse(latching.acknowledge());
        assertEquals(FaultState.PRESENT, latching.state());
        latching.judge(0, false, true, 0.0, 1.0, 6);
        assertEquals(FaultState.LATCHED, latching.state());
        assertTrue(latching.stands());
        assertEquals(0, latching.where());
        latching.judge(0, true, false, 900.0, 0.1, 9);
        assertEquals(5, latching.sinceNanos(), "it stood all the time");
        assertEquals(2, latching.occurrences());
        latching.judge(0, false, true, 0.0, 1.0, 10);
        assertTrue(latching.acknowledge());
        assertEquals(FaultState.ABSENT, latching.state());
        assertEquals(FaultSet.NOWHERE, latching.where());
    }

    @Test
    void takesOverWhatWasRemembered() {
        FaultRecord latching = new FaultRecord(Fault.SHORT_CIRCUIT_SAFETY, Delay.atOnce(1.0), 1);
        latching.restore(4, true, FaultSet.NOWHERE, Double.NaN, 3);
        assertEquals(FaultState.LATCHED, latching.state());
        assertEquals(4, latching.occurrences());
        assertEquals(3, latching.sinceNanos());
        record.restore(2, true, FaultSet.NOWHERE, Double.NaN, 3);
        assertEquals(FaultState.UNKNOWN, record.state(), "this one does not latch");
        assertEquals(2, record.occurrences());
        FaultRecord gone = new FaultRecord(Fault.SHORT_CIRCUIT_SAFETY, Delay.atOnce(1.0), 1);
        gone.restore(4, false, FaultSet.NOWHERE, Double.NaN, 3);
        assertEquals(FaultState.UNKNOWN, gone.state());
    }

    @Test
    void weightMakesABadReadingCountForMore() {
        for (int i = 0; i < 2; i++) {
            record.judge(0, true, false, 0.0, 0.1, 2.0, i);
            assertEquals(FaultState.PENDING, record.state());
        }
        record.judge(0, true, false, 0.0, 0.1, 2.0, 2);
        assertEquals(FaultState.PRESENT, record.state());
    }

    @Test
    void pendingIsCountedPerSensor() {
        bad(0, 0.1);
        bad(1, 0.1);
        good(0, 1.0);
        assertEquals(FaultState.PENDING, record.state());
        good(1, 1.0);
        assertEquals(FaultState.PENDING, record.state(), "a long gap leaks no more than a third of the time to set");
        good(0, 1.0);
        good(1, 1.0);
        good(0, 1.0);
        good(1, 1.0);
        assertEquals(FaultState.ABSENT, record.state());
    }
}
