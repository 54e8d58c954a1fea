package io.github.bms4j.sim.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.bms4j.sim.run.FastChargeTrial.Charge;
import io.github.bms4j.sim.run.FastChargeTrial.Pair;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A small part of what {@code docs/fast-charge-trial.sh} prints, with the battery manager at the pack. */
class FastChargeTrialTest {
    @ParameterizedTest(name = "{0} at {1} degC, {2} times the fastest, seed {3}: {4} K cooler than {5} min above")
    @CsvSource({
        "panasonic-ncr18650pf,  8, 1.3, 21, 0.2, 0.5",
        "panasonic-ncr18650pf, 28, 1.3, 22, 0.3, 0.0",
        "maxamps-lipo-5450,     8, 1.3, 23, 0.1, 0.0",
    })
    void withTimeAtHandItStaysBelowTheTrueMapAndCoolerThanConstantCurrent(
            String cell, double degC, double slack, long seed, double coolerK, double constantAbove) {
        Pair pair = new FastChargeTrial(cell, degC, slack, seed).pair();
        Charge stages = pair.stages();
        Charge constant = pair.constant();
        String what = "seed " + seed + ": " + pair;
        assertEquals(constant.minutes(), stages.minutes(), 0.1, what);
        assertEquals(constant.endSoc(), stages.endSoc(), 0.002, what);
        assertTrue(stages.endSoc() > 0.785, what);
        assertEquals(0.0, stages.aboveMinutes(), what);
        assertTrue(constant.aboveMinutes() >= constantAbove, what);
        assertTrue(stages.peakDegC() < constant.peakDegC() - coolerK, what);
        assertTrue(stages.peakDegC() > degC + 3.0, what);
    }

    @ParameterizedTest(name = "{0} at {1} degC, seed {2}")
    @CsvSource({"panasonic-ncr18650pf, 8, 24", "panasonic-ncr18650pf, 18, 25"})
    void asFastAsCanBeItIsStillBelowTheTrueMapWhereConstantCurrentIsNot(String cell, double degC, long seed) {
        Pair pair = new FastChargeTrial(cell, degC, 1.0, seed).pair();
        String what = "seed " + seed + ": " + pair;
        assertEquals(0.0, pair.stages().aboveMinutes(), what);
        assertTrue(pair.constant().aboveMinutes() > 0.5, what);
        assertTrue(pair.stages().excess() < pair.constant().excess() - 0.3, what);
        assertTrue(pair.stages().peakDegC() < pair.constant().peakDegC() + 1.2, what);
    }
}
