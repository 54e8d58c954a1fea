package io.github.bms4j.estimate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.bms4j.cell.PackLayout;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Two cells of 20 mOhm at 3.7 V; a swing of the current is 1.5 A. */
class VoltageWatchTest {
    private static final double OHM = 0.020;

    private final CurrentSwing swing = new CurrentSwing(OHM);
    private final SwingStep step = new SwingStep();
    private final VoltageWatch watch = new VoltageWatch(2);
    private double soc = 0.5;
    private final double[] jumpV = new double[2];
    private double nowA;
    private double offV;

    /** A second of a sound cell but for {@code offV}. */
    private double second(double currentA) {
        return look(1.0, currentA, 3.7 - OHM * currentA + offV);
    }

    private double look(double dtS, double currentA, double v) {
        nowA = currentA;
        swing.take(dtS, currentA, step);
        double[] cellV = {v, 3.7 - OHM * currentA};
        double[] weight = {Double.isNaN(v) ? 0.0 : 1.0, 1.0};
        if (!watch.look(
                step, cellV, weight, !Double.isNaN(v), new double[] {OHM, OHM}, new double[] {soc, soc}, jumpV)) {
            return 0.0;
        }
        assertEquals(0.0, jumpV[1], "a sound cell beside");
        return jumpV[0];
    }

    private void absolve(double lastingErrorV) {
        watch.absolve(new double[] {lastingErrorV, 0.0}, new double[] {1.0, 1.0}, 1.0);
    }

    private void quiet(int seconds) {
        for (int k = 0; k < seconds; k++) {
            assertEquals(0.0, second(nowA));
        }
    }

    @BeforeEach
    void settle() {
        nowA = 1.0;
        quiet(200); // the spread of 10 mV that is assumed at first fades to 60 uV
    }

    @ParameterizedTest(name = "{0} V: jump {1}")
    @CsvSource({"0.0295, false", "0.031, true", "-0.0295, false", "-0.031, true", "0.3, true"})
    void aVoltageThatLeapsWithoutACurrentHasJumped(double byV, boolean jump) {
        offV = byV;
        assertEquals(jump ? byV : 0.0, second(1.0), 1e-12);
        assertEquals(jump ? VoltageTrust.JUMPED : VoltageTrust.SOUND, watch.trust(0, step));
        assertEquals(jump ? byV : 0.0, watch.leaptV(0), 1e-12);
        assertEquals(VoltageTrust.SOUND, watch.trust(1, step), "the other cell");
        quiet(100);
        assertEquals(jump ? VoltageTrust.JUMPED : VoltageTrust.SOUND, watch.trust(0, step));
    }

    @Test
    void theFirstVoltagesAreJudgedMildly() {
        watch.restart();
        swing.restart();
        look(0.0, 1.0, 3.7);
        assertEquals(0.0, look(1.0, 1.0, 3.788)); // 30 mV and six times 10 mV
        watch.restart();
        swing.restart();
        look(0.0, 1.0, 3.7);
        assertEquals(0.092, look(1.0, 1.0, 3.792), 1e-12);
    }

    @ParameterizedTest(name = "{0} A within a second moves {1} V: jump {2}")
    @CsvSource({
        "5, -0.100, false", // as it must
        "5, -0.225, false", // by 1.2 times as much again, and 5 mV of 30
        "5, -0.255, true", // 30 + 120 mV beyond the 100
        "5, 0.024, false",
        "5, 0.055, true",
        "-5, 0.100, false",
        "-5, 0.255, true"
    })
    void aStepOfTheCurrentMayMissItsAnswerByItself(double byA, double byV, boolean jump) {
        assertEquals(jump ? byV + OHM * byA : 0.0, look(1.0, 1.0 + byA, 3.7 - OHM + byV), 1e-12);
    }

    @Test
    void aVoltageThatComesASampleLateIsNone() {
        double before = 3.7 - OHM;
        assertEquals(0.0, look(1.0, 6.0, before));
        assertEquals(0.0, look(1.0, 6.0, before - 5.0 * OHM)); // now it answers the step of the second before
        offV = 0.05;
        assertEquals(
                0.0, second(6.0), 1e-9); // a change as large as the last may have come and gone unseen within a second
        offV = 0.3;
        assertEquals(0.25, second(6.0), 1e-9); // this is more than any of them moves
    }

    @ParameterizedTest(name = "{0} samples of 0.1 s later: jump {1}")
    @CsvSource({"1, false", "2, false", "3, true", "5, true"})
    void inFastSamplingAStepEchoesForAThirdOfASecond(int later, boolean jump) {
        look(0.1, 6.0, 3.7 - 6.0 * OHM);
        for (int k = 1; k < later; k++) {
            look(0.1, 6.0, 3.7 - 6.0 * OHM);
        }
        // 120 mV x exp(-0.1 / 0.3 n), at least the whole of the last step; 30 mV and what else is free
        assertEquals(jump, look(0.1, 6.0, 3.7 - 6.0 * OHM + 0.1) != 0.0);
    }

    @ParameterizedTest(name = "at SOC {0}: jump {1}")
    @CsvSource({"0.14, 0", "0.16, 0.3"})
    void nearEmptyAVoltageThatFallsOffItsKneeIsNone(double at, double jumpV) {
        soc = at;
        assertEquals(jumpV, look(1.0, 1.0, 4.0 - OHM), 1e-9);
    }

    @ParameterizedTest(name = "{0} s apart: {1}")
    @CsvSource({"10, true", "10.5, false"})
    void samplesFarApartSayNothing(double dtS, boolean seen) {
        assertEquals(seen ? 0.3 : 0.0, look(dtS, 1.0, 4.0 - OHM), 1e-9);
    }

    @Test
    void whatTheCurrentDidUnseenMayEchoForASecond() {
        look(60.0, 1.0, 3.7 - OHM);
        for (int k = 0; k < 8; k++) {
            assertEquals(0.0, look(0.1, 1.0, 3.7 + 0.1 * k), "sample " + k);
        }
        look(0.1, 1.0, 4.4);
        assertEquals(0.1, look(0.1, 1.0, 4.5), 1e-9);
    }

    @Test
    void aMissingVoltageIsNoJumpAndHidesNone() {
        assertEquals(0.0, look(1.0, 1.0, Double.NaN));
        assertEquals(0.0, look(1.0, 1.0, 3.7 - OHM));
        assertEquals(VoltageTrust.SOUND, watch.trust(0, step));
        assertEquals(0.2, look(1.0, 1.0, 3.9 - OHM), 1e-9);
    }

    @Test
    void aNoisyVoltageMayLeapFurther() {
        for (int k = 0; k < 200; k++) {
            assertEquals(0.0, look(1.0, 1.0, 3.7 + (k % 2 == 0 ? 0.01 : -0.01))); // 20 mV to and fro
        }
        assertEquals(0.0, look(1.0, 1.0, 3.7 - 0.01 + 0.14)); // 30 mV and six times 20
        assertEquals(0.0, look(1.0, 1.0, 3.7 - 0.01 + 0.14));
        assertTrue(look(1.0, 1.0, 3.7 - 0.01 + 0.14 + 0.25) > 0.2);
    }

    @Test
    void backWhereItWasItIsTrustedAgain() {
        offV = 0.3;
        assertEquals(0.3, second(1.0), 1e-9);
        quiet(50);
        offV = 0.02;
        assertEquals(-0.28, second(1.0), 1e-9);
        assertEquals(VoltageTrust.SOUND, watch.trust(0, step));
        assertEquals(0.0, watch.leaptV(0));
    }

    @ParameterizedTest(name = "{0} V off, then {1} V while the current steps by {2} A: {3} V remain")
    @CsvSource({
        "0.3,  0.029,  0, 0", // within 30 mV
        "0.3,  -0.029, 0, 0",
        "0.3,  0.032,  0, 0.032",
        "0.3,  -0.032, 0, -0.032",
        "0.3,  0.05,   5, 0", // nearer, and within 30 mV and 1.2 times 100 mV
        "0.3,  0.14,   5, 0",
        "0.5,  0.16,   5, 0.16",
        "0.04, -0.12,  5, -0.12", // further away than before
        "-0.3, -0.05,  5, 0",
        "-0.3, 0.05,  -5, 0"
    })
    void nearlyBackWhileTheCurrentStepsIsBack(double offBefore, double offNow, double stepA, double remains) {
        offV = offBefore;
        assertEquals(offBefore, second(1.0), 1e-12);
        quiet(50);
        offV = offNow;
        assertEquals(offNow - offBefore, second(1.0 + stepA), 1e-12);
        assertEquals(remains, watch.leaptV(0), 1e-12);
        assertEquals(remains == 0.0 ? VoltageTrust.SOUND : VoltageTrust.JUMPED, watch.trust(0, step));
        assertEquals(remains != 0.0, watch.leapt());
    }

    @Test
    void saysOfEveryCellWhatItMakesOfItsReading() {
        PackEstimate estimate = new PackEstimate(new PackLayout(4, 1, 1));
        estimate.voltageTrust(1, VoltageTrust.STUCK);
        watch.trust(step, 1, estimate);
        assertEquals(VoltageTrust.SOUND, estimate.voltageTrust(1), "trusted again");
        offV = 0.2;
        second(1.0);
        watch.trust(step, 1, estimate);
        assertEquals(VoltageTrust.JUMPED, estimate.voltageTrust(1));
        assertEquals(VoltageTrust.SOUND, estimate.voltageTrust(2));
        assertEquals(VoltageTrust.SOUND, estimate.voltageTrust(0), "not a cell of this block");
        swingsUntilStuck(1.6, 40);
        watch.trust(step, 1, estimate);
        assertEquals(VoltageTrust.STUCK, estimate.voltageTrust(1));
        assertEquals(VoltageTrust.SOUND, estimate.voltageTrust(2));
        assertTrue(watch.silent(0, step));
        assertFalse(watch.silent(1, step));
    }

    @Test
    void jumpsAddUp() {
        offV = 0.1;
        second(1.0);
        quiet(50);
        offV = 0.25;
        second(1.0);
        assertEquals(0.25, watch.leaptV(0), 1e-9);
        watch.restart();
        swing.restart();
        assertEquals(VoltageTrust.SOUND, watch.trust(0, step));
    }

    @Test
    void aLeapThatLeftNothingBehindForAMinuteWasNone() {
        offV = 0.2;
        second(1.0);
        for (int k = 0; k < 59; k++) {
            quiet(1);
            absolve(-0.049);
        }
        quiet(1);
        absolve(0.051); // a quarter of it is not nothing
        for (int k = 0; k < 59; k++) {
            quiet(1);
            absolve(0.049);
        }
        assertEquals(VoltageTrust.JUMPED, watch.trust(0, step));
        quiet(1);
        absolve(0.049);
        assertEquals(VoltageTrust.SOUND, watch.trust(0, step));
    }

    /** Current of the pattern up, up, down, down, two seconds each, under a voltage that stands. */
    private int swingsUntilStuck(double byA, int most) {
        for (int k = 1; k <= most; k++) {
            look(1.0, k % 4 < 2 ? 1.0 : 1.0 + byA, 3.7 - OHM);
            if (watch.trust(0, step) == VoltageTrust.STUCK) {
                return k;
            }
        }
        return -1;
    }

    @Test
    void aVoltageThatStandsUnderASwingingCurrentIsStuck() {
        assertEquals(8, swingsUntilStuck(1.6, 40)); // up at 2, down at 4, up at 6, down at 8
        assertEquals(VoltageTrust.SOUND, watch.trust(1, step));
        assertEquals(0.0, look(1.0, 1.0, 3.9), "what comes after it is no jump");
        assertEquals(VoltageTrust.SOUND, watch.trust(0, step));
        assertEquals(0.2, look(1.0, 1.0, 4.1), 1e-9);
    }

    @ParameterizedTest
    @ValueSource(doubles = {1.4, 0.1, 0.0})
    void underSmallerSwingsItMayStand(double byA) {
        assertEquals(-1, swingsUntilStuck(byA, 200));
    }

    @Test
    void aConstantVoltageUnderAFadingCurrentIsNotStuck() {
        for (int k = 0; k < 1000; k++) {
            look(1.0, -9.0 * StrictMath.exp(-k / 200.0) + 0.05 * (k % 3), 4.1);
            assertEquals(VoltageTrust.SOUND, watch.trust(0, step), "second " + k);
        }
    }

    @Test
    void oneDigitOfMovementIsEnoughToLive() {
        for (int k = 1; k <= 200; k++) {
            look(1.0, k % 4 < 2 ? 1.0 : 3.0, 3.7 - OHM + (k % 8 == 0 ? 0.001 : 0.0));
            assertEquals(VoltageTrust.SOUND, watch.trust(0, step), "second " + k);
        }
    }

    @Test
    void aRestartForgetsSwingsAndSpread() {
        swingsUntilStuck(1.6, 6); // three swings
        watch.restart();
        look(0.0, 1.0, 3.7 - OHM);
        assertEquals(8, swingsUntilStuck(1.6, 40)); // four again
        for (int k = 0; k < 200; k++) {
            look(1.0, 1.0, 3.7 + (k % 2 == 0 ? 0.01 : -0.01));
        }
        watch.restart();
        look(0.0, 1.0, 3.7);
        assertEquals(0.095, look(1.0, 1.0, 3.795), 1e-9); // beyond 30 mV and six times 10 mV
    }
}
