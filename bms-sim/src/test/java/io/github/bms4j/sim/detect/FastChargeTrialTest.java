package io.github.bms4j.sim.detect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.bms4j.sim.detect.FastChargeTrial.Pair;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A small part of what {@code docs/fast-charge-trial.sh} prints. */
class FastChargeTrialTest {
    private static final int SEEDS = 3;

    @ParameterizedTest(name = "{0} degC, {1} times the fastest: cooler by {2} K")
    @CsvSource({"5, 1.15, 0.1", "15, 1.15, -0.05", "25, 1.15, 0.3"})
    void staysBelowTheTrueMapAndNoWarmerThanConstantCurrentInTheSameTime(double degC, double slack, double coolerK) {
        double profilePeak = 0.0;
        double constantPeak = 0.0;
        double constantAbove = 0.0;
        for (int seed = 1; seed <= SEEDS; seed++) {
            Pair pair = new FastChargeTrial(degC, slack, seed).pair();
            String what = "seed " + seed + ": " + pair;
            assertEquals(pair.profile().minutes(), pair.constant().minutes(), 0.1, what);
            assertTrue(pair.profile().minutes() < 110.0, what);
            assertTrue(pair.profile().aboveMinutes() <= 0.1, what);
            assertTrue(pair.profile().aboveMinutes() <= pair.constant().aboveMinutes(), what);
            assertTrue(pair.profile().excess() < 0.02, what);
            assertTrue(pair.profile().excess() < pair.constant().excess(), what);
            assertTrue(pair.profile().peakDegC() > degC + 2.0, what);
            profilePeak += pair.profile().peakDegC() / SEEDS;
            constantPeak += pair.constant().peakDegC() / SEEDS;
            constantAbove += pair.constant().aboveMinutes() / SEEDS;
        }
        assertTrue(profilePeak < constantPeak - coolerK, profilePeak + " degC against " + constantPeak);
        assertTrue(degC > 20.0 || constantAbove > 1.0, constantAbove + " min");
    }

    @ParameterizedTest(name = "{0} degC")
    @CsvSource({"5", "15", "25"})
    void asFastAsCanBeItIsStillBelowTheTrueMapWhereConstantCurrentIsNot(double degC) {
        Pair pair = new FastChargeTrial(degC, 1.0, 5).pair();
        String what = pair.toString();
        assertTrue(pair.profile().aboveMinutes() < 0.5 * pair.constant().aboveMinutes(), what);
        assertTrue(pair.profile().excess() < pair.constant().excess(), what);
    }
}
