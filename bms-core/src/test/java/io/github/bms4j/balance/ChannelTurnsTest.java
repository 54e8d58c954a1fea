package io.github.bms4j.balance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChannelTurnsTest {
    private static BleedBoard board(int channels, double mostW, boolean neighbours) {
        return new BleedBoard(10.0, 0.05, channels, mostW, neighbours, 85.0, 75.0, 60.0);
    }

    private static String chosen(BleedBoard board, double[] left) {
        ChannelTurns turns = new ChannelTurns(board, left.length);
        double[] v = new double[left.length];
        Arrays.fill(v, 3.0); // 0.9 W a channel
        turns.choose(left, v);
        StringBuilder text = new StringBuilder();
        for (int c = 0; c < left.length; c++) {
            text.append(turns.chosen(c) ? 'x' : '.');
        }
        return text.toString();
    }

    @ParameterizedTest(name = "{0} channels, {1} W, neighbours {2}: {3}")
    @CsvSource({
        "6, 100.0, true,  xxxx.x", // all that have something left
        "2, 100.0, true,  .x...x", // most left first: 5.0 and 4.0
        "6, 100.0, false, .x.x.x", // the neighbours of the first choice stand back
        "6,   1.9, true,  .x...x", // two are 1.8 W
        "6,   1.8, true,  .x...x",
        "6,   1.7, true,  .x....",
        "6,   0.8, true,  ......",
        "1, 100.0, false, .x...."
    })
    void takesThoseWithMostLeftAsManyAsTheBoardStands(int channels, double w, boolean neighbours, String expected) {
        assertEquals(expected, chosen(board(channels, w, neighbours), new double[] {3.0, 5.0, 2.0, 1.0, 0.0, 4.0}));
    }

    @Test
    void neighboursAtTheEndsAreNeighbours() {
        assertEquals("x.x", chosen(board(3, 100.0, false), new double[] {2.0, 1.0, 3.0}));
        assertEquals(".x.", chosen(board(3, 100.0, false), new double[] {2.0, 3.0, 1.0}));
    }

    @Test
    void nobodyIsChosenWithNothingLeft() {
        assertEquals("....", chosen(board(3, 100.0, true), new double[] {0.0, -1.0, 0.0, 0.0}));
    }

    @Test
    void aTurnCanEndAndAllCanBeCleared() {
        ChannelTurns turns = new ChannelTurns(board(3, 100.0, true), 3);
        turns.choose(new double[] {1.0, 2.0, 3.0}, new double[] {3.0, 3.0, 3.0});
        turns.end(1);
        assertTrue(turns.chosen(0));
        assertFalse(turns.chosen(1));
        turns.clear();
        assertFalse(turns.chosen(0));
        assertFalse(turns.chosen(2));
    }

    /** Every cell comes to its end, whatever the board: 60 Ah-turns of need on a board that does 4 at a time. */
    @Test
    void nobodyWaitsForEver() {
        Random random = new Random(8);
        double[] left = new double[20];
        double[] v = new double[20];
        for (int c = 0; c < 20; c++) {
            left[c] = 6.0 * random.nextDouble();
            v[c] = 3.2 + 0.2 * random.nextDouble();
        }
        ChannelTurns turns = new ChannelTurns(board(4, 4.2, false), 20);
        int rounds = 0;
        while (Arrays.stream(left).anyMatch(x -> x > 0.0) && rounds < 100) {
            turns.choose(left, v);
            double w = 0.0;
            for (int c = 0; c < 20; c++) {
                if (turns.chosen(c)) {
                    left[c] -= 0.5;
                    w += v[c] * v[c] / 10.0;
                    assertFalse(c > 0 && turns.chosen(c - 1), "neighbours");
                }
            }
            assertTrue(w <= 4.2, "heat");
            rounds++;
        }
        assertTrue(rounds < 60, "seed 8: " + rounds);
    }
}
