package io.github.bms4j.limit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CurrentTimeRatingTest {
    /** 100 A for ever; melts at 50 000 A²s: 5 s of 100 A squared. */
    private final CurrentTimeRating fuse = CurrentTimeRating.fuse(100.0, 50_000.0, 1.0);

    private final CurrentTimeRating contactor =
            CurrentTimeRating.contactor(200.0, new double[] {10.0, 60.0}, new double[] {500.0, 300.0});

    @ParameterizedTest(name = "{0}: {1} A")
    @CsvSource({"S1, 234.8756", "S2, 174.1621", "S10, 107.542", "S30, 100.124", "CONTINUOUS, 100"})
    void letsAColdFuseCarryItsSquaredCurrentTimesTime(Horizon horizon, double mostA) {
        // 100 / sqrt(1 - exp(-h / 5))
        assertEquals(mostA, new CurrentTimeLoad(fuse).mostA(horizon), 0.001);
        assertEquals(LimitRule.FUSE, new CurrentTimeLoad(fuse).rule());
    }

    @Test
    void keepsAShareOfTheFuse() {
        CurrentTimeLoad load = new CurrentTimeLoad(CurrentTimeRating.fuse(100.0, 50_000.0, 0.5));
        assertEquals(50.0, load.mostA(Horizon.CONTINUOUS), 1e-9);
        assertEquals(0.5 * 234.8756, load.mostA(Horizon.S1), 0.001);
    }

    @Test
    void remembersWhatFlowedAndForgetsItAsItCools() {
        CurrentTimeLoad load = new CurrentTimeLoad(fuse);
        double coldA = load.mostA(Horizon.S1);
        load.carry(-100.0, 5.0); // the direction does not matter: 1 - 1/e of the bound is used
        double used = 10_000.0 * (1.0 - StrictMath.exp(-1.0));
        double part = 1.0 - StrictMath.exp(-0.2);
        assertEquals(StrictMath.sqrt((10_000.0 - (1.0 - part) * used) / part), load.mostA(Horizon.S1), 1e-9);
        load.carry(0.0, 100.0);
        assertEquals(coldA, load.mostA(Horizon.S1), 1e-6);
        load.carry(300.0, 60.0);
        assertEquals(0.0, load.mostA(Horizon.S1), "it should have melted");
    }

    @Test
    void takesNoNonsense() {
        CurrentTimeLoad load = new CurrentTimeLoad(fuse);
        load.carry(Double.NaN, 5.0);
        load.carry(1000.0, 0.0);
        load.carry(1000.0, -1.0);
        load.carry(1000.0, Double.NaN);
        assertEquals(234.8756, load.mostA(Horizon.S1), 0.001);
    }

    @ParameterizedTest(name = "{0} A for {1} s from cold")
    @CsvSource({"500, 10", "300, 60", "200, 100000"})
    void letsContactorsCarryEveryPointOfTheirSheetFromCold(double a, double forS) {
        CurrentTimeLoad load = new CurrentTimeLoad(contactor);
        assertEquals(LimitRule.CONTACTOR, load.rule());
        for (double s = 0.0; s < forS - 1.0 + 1e-9; s += 1.0) {
            assertTrue(load.mostA(Horizon.S1) >= a - 1e-9, a + " A after " + s + " s: " + load.mostA(Horizon.S1));
            load.carry(a, 1.0);
        }
    }

    @Test
    void doesNotLetThemCarryTheirShortCurrentForLong() {
        CurrentTimeLoad load = new CurrentTimeLoad(contactor);
        assertTrue(load.mostA(Horizon.S60) < 400.0);
        load.carry(500.0, 25.0);
        assertTrue(load.mostA(Horizon.S10) < 500.0);
        assertEquals(200.0, new CurrentTimeLoad(contactor).mostA(Horizon.CONTINUOUS), 1e-9);
        assertEquals(
                200.0,
                new CurrentTimeLoad(CurrentTimeRating.contactor(200.0, new double[0], new double[0]))
                        .mostA(Horizon.CONTINUOUS),
                1e-9);
    }

    @Test
    void namesWhatDoesNotFit() {
        IllegalArgumentException e = assertThrows(
                IllegalArgumentException.class,
                () -> CurrentTimeRating.contactor(200.0, new double[] {10.0, 5.0}, new double[] {150.0, 300.0}));
        assertTrue(String.valueOf(e.getMessage()).contains("currentA[0] = 150.0 A must exceed"), e.getMessage());
        assertTrue(String.valueOf(e.getMessage()).contains("forS[1] = 5.0 follows 10.0"), e.getMessage());
        assertTrue(String.valueOf(e.getMessage()).contains("currentA[1] = 300.0 A follows"), e.getMessage());
        assertThrows(IllegalArgumentException.class, () -> CurrentTimeRating.fuse(0.0, 1.0, 1.0));
        assertThrows(IllegalArgumentException.class, () -> CurrentTimeRating.fuse(1.0, Double.NaN, 1.0));
        assertThrows(IllegalArgumentException.class, () -> CurrentTimeRating.fuse(1.0, 1.0, 1.1));
        assertThrows(IllegalArgumentException.class, () -> CurrentTimeRating.fuse(1.0, 1.0, 0.0));
        assertThrows(
                IllegalArgumentException.class,
                () -> CurrentTimeRating.contactor(1.0, new double[] {1.0}, new double[0]));
        assertThrows(
                IllegalArgumentException.class,
                () -> CurrentTimeRating.contactor(1.0, new double[] {0.0}, new double[] {2.0}));
    }
}
