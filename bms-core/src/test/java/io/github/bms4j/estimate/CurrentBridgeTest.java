package io.github.bms4j.estimate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Ampere for ampere: a cell of 2 Ah, so that 1 A may flow unseen. */
class CurrentBridgeTest {
    private final CurrentBridge bridge = new CurrentBridge(2.0);

    @BeforeEach
    void restart() {
        bridge.restart();
    }

    private void beat(int steps, double dtS, double currentA) {
        for (int k = 0; k < steps; k++) {
            bridge.take(dtS, currentA);
        }
    }

    /** After a long time at one current only what is assumed of any is left: 60 s against ten minutes. */
    private static final double SETTLED_A = Math.sqrt(60.0 / 660.0);

    @Test
    void theFirstReadingHasNoStepBeforeIt() {
        assertFalse(bridge.timed());
        bridge.take(1e9, 3.0);
        assertTrue(bridge.timed());
        assertFalse(bridge.gap());
        assertFalse(bridge.blind());
        assertEquals(3.0, bridge.meanA());
        assertEquals(0.0, bridge.doubtA());
    }

    @Test
    void betweenTwoReadingsTheCurrentIsStraight() {
        bridge.take(0.0, 3.0);
        bridge.take(1.0, 1.0);
        assertEquals(2.0, bridge.meanA());
        assertEquals(0.0, bridge.doubtA());
        assertFalse(bridge.gap());
    }

    @ParameterizedTest(name = "{1} s in a log of {0} s: gap {2}, blind {3}")
    @CsvSource({
        "0.1, 10, false, false", // short enough for any
        "0.1, 10.1, true, false",
        "5, 15, false, false", // three times the usual
        "5, 15.1, true, false",
        "20, 60, false, false",
        "20, 61, true, false",
        "0.1, 120, true, false",
        "0.1, 120.1, true, true",
        "60, 120, false, false",
        "100, 121, true, true" // beyond that nothing is habit
    })
    void aStepFarBeyondTheHabitIsAGap(double usualS, double dtS, boolean gap, boolean blind) {
        beat(200, usualS, 3.0);
        assertFalse(bridge.gap());
        bridge.take(dtS, 3.0);
        assertEquals(gap, bridge.gap());
        assertEquals(blind, bridge.blind());
        assertEquals(blind ? 0.0 : 3.0, bridge.meanA());
        double seenS = Math.min(600.0, 199.0 * usualS);
        assertEquals(blind ? 1.0 : gap ? Math.sqrt(60.0 / (60.0 + seenS)) : 0.0, bridge.doubtA(), 1e-9);
    }

    @Test
    void aSlowLogHasOnlyTheDoubtOfItsOwnSteps() {
        bridge.take(0.0, 2.0);
        for (int k = 0; k < 100; k++) {
            double a = k % 2 == 0 ? 4.0 : 2.0;
            bridge.take(60.0, a);
            assertFalse(bridge.gap());
            assertEquals(3.0, bridge.meanA());
            assertEquals(1.0, bridge.doubtA());
        }
    }

    @ParameterizedTest(name = "{0} s and {1} s: {2}")
    @CsvSource({"60, 60, false", "60, 90, false", "60, 91, true", "60, 40, false", "60, 39, true"})
    void twoStepsAlikeAreABeat(double firstS, double secondS, boolean gap) {
        beat(200, 0.1, 3.0);
        bridge.take(firstS, 3.0);
        assertTrue(bridge.gap());
        bridge.take(secondS, 3.0);
        assertEquals(gap, bridge.gap());
    }

    @Test
    void whatIsRareNeverBecomesAHabit() {
        beat(100, 0.1, 3.0);
        for (int k = 0; k < 100; k++) {
            bridge.take(60.0, 3.0);
            assertTrue(bridge.gap(), "hole " + k);
            beat(3, 0.1, 3.0);
        }
    }

    @Test
    void aLogThatTurnsSlowIsOneAfterAWhile() {
        beat(100, 0.1, 3.0);
        int gaps = 0;
        int last = 0;
        for (int k = 1; k <= 60; k++) {
            bridge.take(k % 2 == 0 ? 20.0 : 40.0, 3.0); // never two alike
            gaps += bridge.gap() ? 1 : 0;
            last = bridge.gap() ? k : last;
        }
        assertEquals(21, last); // 0.1 s x 1.25^21 is 10.8 s and another 1.25 more than a third of 40 s
        assertEquals(20, gaps); // 0.1 s x 1.25^19 is 6.9 s, more than a third of 20 s
        beat(100, 0.1, 3.0);
        bridge.take(40.0, 3.0);
        assertTrue(bridge.gap(), "and quick again");
    }

    @Test
    void howFarTheCurrentStraysLatelyIsWhatItMayHaveDoneUnseen() {
        bridge.take(0.0, 5.0);
        for (int k = 0; k < 3000; k++) {
            bridge.take(1.0, k / 5 % 2 == 0 ? 5.0 : -1.0); // 2 A, plus or minus 3
        }
        bridge.take(60.0, -1.0);
        assertEquals(-1.0, bridge.meanA());
        assertEquals(Math.sqrt((60.0 + 600.0 * 9.0) / 660.0), bridge.doubtA(), 0.03);
        beat(8000, 1.0, -1.0); // more than two hours steady
        bridge.take(60.0, -1.0);
        assertEquals(SETTLED_A, bridge.doubtA(), 0.03);
    }

    @Test
    void aCurrentHardlySeenCountsAsAnyCurrent() {
        bridge.take(0.0, 3.0);
        beat(60, 1.0, 3.0);
        bridge.take(30.0, 3.0);
        assertEquals(Math.sqrt(0.5), bridge.doubtA(), 1e-12);
    }

    @Test
    void endsFarApartSayMoreThanAQuietPast() {
        beat(1000, 1.0, 0.0);
        bridge.take(60.0, 8.0);
        assertEquals(4.0, bridge.meanA());
        assertEquals(4.0, bridge.doubtA());
    }

    @Test
    void aGapWeighsNoMoreThanAnyStepInThePastOfTheCurrent() {
        bridge.take(0.0, 0.0);
        beat(1000, 1.0, 0.0);
        bridge.take(60.0, 30.0); // 1 s of 600 at 30 A
        beat(1, 1.0, 0.0);
        bridge.take(30.0, 0.0);
        assertEquals(Math.sqrt((60.0 + 600.0 * 900.0 / 600.0) / 660.0), bridge.doubtA(), 0.01);
    }

    @Test
    void aRestartForgetsHabitAndPast() {
        for (int k = 0; k < 1000; k++) {
            bridge.take(0.1, k % 2 == 0 ? 9.0 : -9.0);
        }
        bridge.restart();
        assertFalse(bridge.timed());
        bridge.take(0.0, 1.0);
        bridge.take(60.0, 1.0);
        assertFalse(bridge.gap(), "the first step is the habit");
        bridge.restart();
        bridge.take(0.0, 1.0);
        bridge.take(0.1, 1.0);
        bridge.take(60.0, 1.0);
        assertEquals(1.0, bridge.doubtA(), 1e-3);
    }
}
