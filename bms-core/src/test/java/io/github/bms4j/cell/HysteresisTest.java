package io.github.bms4j.cell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HysteresisTest {
    private final Hysteresis gap = new Hysteresis(new double[] {0.0, 0.5, 1.0}, new double[] {0.02, 0.01, 0.03}, 20.0);

    @Test
    void givesHalfTheGapAndItsSlope() {
        assertEquals(0.015, gap.halfGapV(0.25), 1e-15);
        assertEquals(-0.02, gap.halfGapSlopeV(0.25), 1e-12);
        assertEquals(0.04, gap.halfGapSlopeV(0.75), 1e-12);
        assertEquals(0.03, gap.halfGapV(1.2));
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.0, 1e-9, 1e-6, 1e-4, 0.001, 0.01})
    void turnsByTheChargeMovedInEitherDirection(double moved) {
        double exact = -StrictMath.expm1(-20.0 * moved);
        assertEquals(exact, gap.turn(moved), 1e-5 * exact + 1e-18);
        assertEquals(gap.turn(moved), gap.turn(-moved));
    }

    @Test
    void neverTurnsBeyondItsEnd() {
        assertEquals(1.0 - StrictMath.exp(-6.0), gap.turn(0.3), 1e-15);
        assertEquals(1.0, gap.turn(1e6));
    }

    @Test
    void isNothingWhereThereIsNoGap() {
        assertEquals(0.0, Hysteresis.NONE.halfGapV(0.5));
        assertEquals(0.0, Hysteresis.NONE.halfGapSlopeV(0.5));
    }

    @Test
    void refusesGapsThatNoCellHas() {
        double[] soc = {0.0, 1.0};
        assertThrows(IllegalArgumentException.class, () -> new Hysteresis(soc, new double[] {0.0, -0.01}, 20));
        assertThrows(IllegalArgumentException.class, () -> new Hysteresis(soc, new double[] {0.0, 0.3}, 20));
        assertThrows(IllegalArgumentException.class, () -> new Hysteresis(soc, new double[] {0.0, 0.01}, 0.5));
        assertThrows(IllegalArgumentException.class, () -> new Hysteresis(soc, new double[] {0.0, Double.NaN}, 20));
    }
}
