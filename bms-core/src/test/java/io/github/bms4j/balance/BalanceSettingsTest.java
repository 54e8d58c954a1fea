package io.github.bms4j.balance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.bms4j.cell.PackLayout;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BalanceSettingsTest {
    @ParameterizedTest(name = "{10}")
    @CsvSource({
        "1.1, 2, 0.2, 0.002, 0.2, 0.0002, 300, 60, 5, x, goalSoc must be within",
        "1.0, -1, 0.2, 0.002, 0.2, 0.0002, 300, 60, 5, x, sigmas must be within",
        "1.0, 2, NaN, 0.002, 0.2, 0.0002, 300, 60, 5, x, curveShare must be within",
        "1.0, 2, 0.2, 0.2, 0.2, 0.0002, 300, 60, 5, x, leastShare must be within",
        "1.0, 2, 0.2, 0.002, -0.1, 0.0002, 300, 60, 5, x, leastSoc must be within",
        "1.0, 2, 0.2, 0.002, 0.2, 0.1, 300, 60, 5, x, driftPerDay must be within",
        "1.0, 2, 0.2, 0.002, 0.2, 0.0002, 0, 60, 5, x, turnS must be finite and > 0",
        "1.0, 2, 0.2, 0.002, 0.2, 0.0002, 300, 0, 0, x, periodS must be finite and > 0",
        "1.0, 2, 0.2, 0.002, 0.2, 0.0002, 300, 60, -1, x, windowS must be finite and >= 0",
        "1.0, 2, 0.2, 0.002, 0.2, 0.0002, 300, 5, 5, x, periodS (5.0) must exceed windowS (5.0)"
    })
    void refusesWhatDoesNotFit(
            double goal,
            double sigmas,
            double curve,
            double least,
            double leastSoc,
            double drift,
            double turnS,
            double periodS,
            double windowS,
            String unused,
            String message) {
        IllegalArgumentException refused = assertThrows(
                IllegalArgumentException.class,
                () -> new BalanceSettings(goal, sigmas, curve, least, leastSoc, drift, turnS, periodS, windowS));
        assertTrue(String.valueOf(refused.getMessage()).contains(message), unused + refused.getMessage());
    }

    @ParameterizedTest(name = "{8}")
    @CsvSource({
        "0, 0.05, 2, 1, false, 85, 75, 60, resistanceOhm must be finite and > 0",
        "33, 0.6, 2, 1, false, 85, 75, 60, tolerance must be within",
        "33, 0.05, 0, 1, false, 85, 75, 60, mostChannels must be >= 1",
        "33, 0.05, 2, 0, false, 85, 75, 60, mostW must be finite and > 0",
        "33, 0.05, 2, 1, false, 85, 85, 60, hotDegC must be >= -40 and above coolDegC",
        "33, 0.05, 2, 1, false, NaN, 75, 60, hotDegC must be >= -40 and above coolDegC",
        "33, 0.05, 2, 1, false, -41, -50, 60, hotDegC must be >= -40 and above coolDegC",
        "33, 0.05, 2, 1, false, 85, 75, 0, leaseS must be finite and > 0"
    })
    void refusesABoardThatCannotBe(
            double ohm,
            double tolerance,
            int channels,
            double w,
            boolean neighbours,
            double hot,
            double cool,
            double lease,
            String message) {
        IllegalArgumentException refused = assertThrows(
                IllegalArgumentException.class,
                () -> new BleedBoard(ohm, tolerance, channels, w, neighbours, hot, cool, lease));
        assertTrue(String.valueOf(refused.getMessage()).contains(message), refused.getMessage());
    }

    @Test
    void theUsualBoardHasEverySecondChannelOfAnyPack() {
        BleedBoard board = BleedBoard.usual(new PackLayout(15, 2, 3));
        assertEquals(8, board.mostChannels());
        assertEquals(4.4, board.mostW(), 1e-12);
        assertFalse(board.neighbours());
        assertTrue(board.thermometer());
        assertEquals(1, BleedBoard.usual(new PackLayout(1, 1, 1)).mostChannels());
        assertFalse(new BleedBoard(33, 0.05, 2, 1, false, Double.POSITIVE_INFINITY, 75, 60).thermometer());
    }

    @Test
    void theStandardMakesCellsFullTogether() {
        assertEquals(1.0, BalanceSettings.standard().goalSoc());
        assertEquals(2.0, BalanceSettings.standard().sigmas());
    }
}
