package io.github.bms4j.estimate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A cell of 30 mohm: a swing is a move by 1 A. */
class CurrentSwingTest {
    private final CurrentSwing swing = new CurrentSwing(VoltageWatch.LEAST_V / 1.0);
    private final SwingStep step = new SwingStep();

    private void take(double dtS, double... currentA) {
        for (double a : currentA) {
            swing.take(dtS, a, step);
        }
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({
        "0,                       0",
        "5,                       0",
        "0 0.5 0.9,               0",
        "0 1,                     1",
        "0 -1,                    1",
        "0 0.4 0.8 1.1,           1",
        "3 3.4 3.8 4.1,           1",
        "0 1 2 3,                 1",
        "0 -1 -2 -3,              1",
        "0 2 1.5 2 1.5,           1",
        "0 2 1.5 1.1 2.05,        1",
        "0 2 1,                   2",
        "0 2 1.5 1,               2",
        "0 -2 -1,                 2",
        "0 1 2 1 0 0.5 1,         3",
        "0 1 0 1 0,               4",
        "0 1.5 0.8 1.4 0.9 0.6,   1",
        "0 0.9 -0.9 0.9 -0.9,     0"
    })
    void countsTurnsAfterMovesByASwing(String currentsA, long swings) {
        double[] all = Arrays.stream(currentsA.split(" ", -1))
                .mapToDouble(Double::parseDouble)
                .toArray();
        long before = 0;
        for (double a : all) {
            before = step.swings;
            take(1.0, a);
        }
        assertEquals(swings, step.swings);
        assertEquals(before, step.swingsBefore);
    }

    @ParameterizedTest(name = "every {0} s")
    @CsvSource({"0.1", "10"})
    void forgetsAMoveWithoutDenormalNumbersWhenTheCurrentRests(double dtS) {
        take(dtS, 5.0, -5.0);
        for (int k = 0; k < 5000; k++) { // a fifth less each time would long be a denormal number
            take(dtS, 0.0);
        }
        assertTrue(step.movingA == 0.0 || step.movingA > 1e-80, "is " + step.movingA);
        assertEquals(0.0, step.movingA, 1e-70);
    }

    @Test
    void aSwingIsWhatMovesTheVoltageByThirtyMillivolts() {
        CurrentSwing stiff = new CurrentSwing(0.002);
        stiff.take(1.0, 0.0, step);
        stiff.take(1.0, 14.9, step);
        assertEquals(0, step.swings);
        stiff.take(1.0, 15.1, step);
        assertEquals(1, step.swings);
    }

    @Test
    void looksForLeapsOnlyOnceWhatNobodySawHasDiedAway() {
        take(0.5, 0.0);
        assertFalse(step.looking, "the first sample has none before it");
        take(0.5, 0.0);
        assertFalse(step.looking, "0.5 s of 0.9 s");
        take(0.5, 0.0);
        assertTrue(step.looking);
        assertEquals(0.5, step.dtS);
        take(10.0, 0.0);
        assertTrue(step.looking, "ten seconds are near");
        take(10.1, 0.0);
        assertFalse(step.looking, "more is a gap");
        take(0.8, 0.0);
        assertFalse(step.looking);
        take(0.2, 0.0);
        assertTrue(step.looking);
    }

    @Test
    void theStepIsTheChangeSinceTheLastSample() {
        take(1.0, 5.0);
        assertEquals(0.0, step.stepA, "nothing before it");
        assertEquals(0.0, step.movingA);
        take(1.0, 7.0);
        assertEquals(2.0, step.stepA);
        take(1.0, 4.0);
        assertEquals(-3.0, step.stepA);
        take(60.0, 3.0);
        assertEquals(-1.0, step.stepA, "a gap hides none of it");
    }

    @Test
    void aChangeEchoesInQuickSamplesForTenthsOfASecond() {
        take(0.1, 0.0, 2.0);
        assertEquals(2.0, step.movingA, 1e-12);
        take(0.1, 2.0);
        assertEquals(2.0, step.movingA, 1e-12, "the change one sample ago counts in full");
        take(0.1, 2.0);
        double kept = Math.exp(-1.0 / 3.0);
        assertEquals(2.0 * kept, step.movingA, 1e-9);
        take(0.1, 2.0);
        assertEquals(2.0 * kept * kept, step.movingA, 1e-9);
        take(0.1, 1.5);
        assertEquals(0.5 + 2.0 * kept * kept * kept, step.movingA, 1e-9, "a new change is added");
        take(0.3, 1.5);
        assertEquals(0.5, step.movingA, 1e-9, "what is left of the echo is less than the change before");
    }

    @Test
    void betweenSlowSamplesTheCurrentMayHaveMovedAsMuchAsLately() {
        take(1.0, 0.0, 2.0);
        assertEquals(2.0, step.movingA, 1e-12);
        take(1.0, 2.0);
        assertEquals(2.0, step.movingA, 1e-12);
        take(1.0, 2.0);
        assertEquals(1.6, step.movingA, 1e-12, "four fifths of it");
        take(1.0, 2.0);
        assertEquals(1.28, step.movingA, 1e-12);
        take(1.0, 3.0);
        assertEquals(1.0 + 1.024, step.movingA, 1e-12);
        take(1.0, 3.0);
        assertEquals(1.024 * 0.8 < 1.0 ? 1.0 : 0.8192, step.movingA, 1e-12, "the larger of both is the usual one");
        take(60.0, 3.0);
        assertEquals(0.8, step.movingA, 1e-12, "over a gap nothing echoes but the usual is expected");
    }

    @Test
    void aGapEndsTheEcho() {
        take(0.1, 0.0, 0.1);
        take(20.0, 5.0);
        assertEquals(4.9 + 0.1, step.movingA, 1e-12, "the change before the gap only as far as it is usual");
        take(20.0, 5.0);
        assertEquals(4.9, step.movingA, 1e-12);
    }

    @Test
    void startsAfresh() {
        take(1.0, 0.0, 2.0, 0.0);
        assertEquals(2, step.swings);
        swing.restart();
        take(1.0, 7.0);
        assertEquals(0, step.swings);
        assertEquals(0, step.swingsBefore);
        assertEquals(0.0, step.stepA);
        assertEquals(0.0, step.movingA);
        assertFalse(step.looking);
        take(1.0, 6.5);
        assertEquals(0.5, step.movingA, 1e-12, "nothing before counts as usual");
        take(1.0, 7.5);
        assertEquals(0, step.swings, "half an ampere above where it began");
        take(1.0, 8.1);
        assertEquals(1, step.swings);
    }
}
