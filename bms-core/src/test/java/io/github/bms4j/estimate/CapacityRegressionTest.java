package io.github.bms4j.estimate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CapacityRegressionTest {
    private static final double RATED_AH = 3.0;

    private final CapacityRegression regression = new CapacityRegression(2, 0.9, 3.9);

    CapacityRegressionTest() {
        regression.start(0, RATED_AH, 0.45);
        regression.start(1, RATED_AH, 0.45);
    }

    /** One partial cycle as it is seen: true and seen change of SOC, seen charge. */
    private record Window(double x, double y, double sigmaX, double sigmaY) {}

    private static Window window(Random random, double capacityAh, double least, double most, double sx, double sy) {
        double x = least + (most - least) * random.nextDouble();
        double sign = random.nextBoolean() ? 1.0 : -1.0;
        double seenX = sign * x + sx * random.nextGaussian();
        double seenY = sign * x * capacityAh + sy * random.nextGaussian();
        return new Window(seenX, seenY, sx, sy);
    }

    /** Sigma of the SOC change 2 %, of the charge 0.3 %; mixed: sigmas drawn within a factor of 3 and 10 around these. */
    @ParameterizedTest(name = "SOH {0}, windows of {1} to {2}, mixed {3}: OLS is off by more than {4}")
    @CsvSource({
        "1.00, 0.1, 0.3, false, 0.005",
        "0.85, 0.1, 0.3, false, 0.005",
        "0.70, 0.3, 0.7, false, 0.001",
        "1.05, 0.06, 0.1, false, 0.03",
        "0.85, 0.1, 0.6, true, 0.001"
    })
    void holdsTheTruthInItsIntervalAfterTwentyPartialCycles(
            double soh, double least, double most, boolean mixed, double olsBias, TestReporter reporter) {
        double truth = soh * RATED_AH;
        int inside = 0;
        double sigmas = 0.0;
        double sum = 0.0;
        double sumOls = 0.0;
        for (long seed = 0; seed < 1000; seed++) {
            Random random = new Random(seed);
            CapacityRegression one = new CapacityRegression(1, 0.9, 3.9);
            one.start(0, RATED_AH, 0.45);
            double xx = 0.0;
            double xy = 0.0;
            for (int k = 0; k < 20; k++) {
                double sx = mixed ? 0.01 + 0.02 * random.nextDouble() : 0.02;
                double sy = mixed ? 0.005 + 0.045 * random.nextDouble() : 0.01;
                Window w = window(random, truth, least, most, sx, sy);
                one.add(0, w.x, w.sigmaX, 0.0, w.y, w.sigmaY);
                xx += w.x * w.x;
                xy += w.x * w.y;
            }
            double off = one.capacityAh(0) - truth;
            inside += Math.abs(off) <= 1.96 * one.scatterAh(0) ? 1 : 0;
            sigmas += one.scatterAh(0) / truth;
            sum += off / truth;
            sumOls += (xy / xx - truth) / truth;
        }
        String said = String.format(
                "SOH %.2f, windows %.2f..%.2f, mixed %b: in the 95 %% interval %d of 1000, sigma %.2f %%, bias %+.2f %%,"
                        + " OLS bias %+.2f %%",
                soh, least, most, mixed, inside, sigmas / 10.0, sum / 10.0, sumOls / 10.0);
        reporter.publishEntry("capacity", said);
        assertTrue(inside >= 930 && inside < 995, said);
        assertTrue(Math.abs(sum) < 0.33 * sigmas, said); // the start at the rated capacity still pulls a little
        assertTrue(sumOls / 1000.0 <= -olsBias, said);
    }

    /** The likeliest line by brute force: the exact merit on a fine grid, with the start as one more window. */
    private static double exact(Window[] windows) {
        double best = Double.NaN;
        double least = Double.POSITIVE_INFINITY;
        for (int k = 0; k <= 60_000; k++) {
            double q = 0.9 + 5e-5 * k;
            double sum = (RATED_AH - q) * (RATED_AH - q) / (0.45 * 0.45 * (0.01 + q * q / 9.0) / 1.01);
            for (Window w : windows) {
                double e = w.y - q * w.x;
                sum += e * e / (w.sigmaY * w.sigmaY + q * q * w.sigmaX * w.sigmaX);
            }
            if (sum < least) {
                least = sum;
                best = q;
            }
        }
        return best;
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void findsTheLikeliestLineWhenAllWindowsHaveOneRatioOfErrors(long seed) {
        Random random = new Random(seed);
        Window[] windows = new Window[12];
        for (int k = 0; k < windows.length; k++) {
            double sx = 0.01 + 0.03 * random.nextDouble();
            windows[k] = window(random, 2.5, 0.1, 0.6, sx, 0.1 * RATED_AH * sx);
            regression.add(0, windows[k].x, sx, 0.0, windows[k].y, 0.1 * RATED_AH * sx);
        }
        assertEquals(exact(windows), regression.capacityAh(0), 1e-4, "seed " + seed);
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void staysNearTheLikeliestLineWhenErrorsAreMixed(long seed) {
        Random random = new Random(seed);
        Window[] windows = new Window[12];
        for (int k = 0; k < windows.length; k++) {
            double sx = 0.01 + 0.02 * random.nextDouble();
            double sy = 0.005 + 0.045 * random.nextDouble();
            windows[k] = window(random, 2.5, 0.1, 0.6, sx, sy);
            regression.add(0, windows[k].x, sx, 0.0, windows[k].y, sy);
        }
        assertEquals(exact(windows), regression.capacityAh(0), 0.4 * regression.scatterAh(0), "seed " + seed);
    }

    @Test
    void returnsWhatItWasStartedWith() {
        assertEquals(RATED_AH, regression.capacityAh(0), 1e-6);
        assertEquals(0.45, regression.scatterAh(0), 1e-6);
        assertEquals(0.0, regression.lastingAh(0), 1e-15);
        regression.start(0, 2.4, 0.1);
        assertEquals(2.4, regression.capacityAh(0), 1e-6);
        assertEquals(0.1, regression.scatterAh(0), 1e-6);
    }

    @Test
    void weighsOneWindowAgainstTheStartByTheirVariances() {
        regression.add(0, 0.5, 0.02, 0.0, 1.25, 0.005); // 2.5 Ah, sigma 0.1 and a little
        double window = 1.0 / ((0.005 * 0.005 + 2.5 * 2.5 * 0.02 * 0.02) / 0.25);
        double start = 1.0 / (0.45 * 0.45 * 2.5 * 2.5 / 9.0);
        double mean = (window * 2.5 + start * 3.0) / (window + start);
        assertEquals(mean, regression.capacityAh(0), 0.01);
        double sigma = 1.0 / Math.sqrt(window + start);
        assertTrue(
                regression.scatterAh(0) >= sigma && regression.scatterAh(0) < 1.25 * sigma, "disagreement widens it");
        assertEquals(RATED_AH, regression.capacityAh(1), 1e-9);
    }

    @Test
    void takesChargeAndDischargeAlike() {
        regression.add(0, 0.4, 0.02, 0.01, 1.0, 0.01);
        regression.add(1, -0.4, 0.02, 0.01, -1.0, 0.01);
        assertEquals(regression.capacityAh(0), regression.capacityAh(1), 1e-12);
        assertEquals(regression.scatterAh(0), regression.scatterAh(1), 1e-12);
        assertEquals(regression.lastingAh(0), regression.lastingAh(1), 1e-12);
    }

    @Test
    void doesNotAverageAwayWhatIsTheSameErrorEveryTime() {
        for (int k = 0; k < 2000; k++) {
            regression.add(0, 0.5, 0.02, 0.015, 1.25, 0.005);
        }
        assertTrue(regression.scatterAh(0) < 0.003, "scatter " + regression.scatterAh(0));
        assertEquals(2.5 * 0.015 / 0.5, regression.lastingAh(0), 1e-3);
    }

    @Test
    void growsUnsureByTheDriftAndFollowsAChange() {
        for (int k = 0; k < 50; k++) {
            regression.add(0, 0.5, 0.02, 0.0, 1.5, 0.005);
        }
        double before = regression.scatterAh(0);
        regression.drift(0, 0.03);
        assertEquals(Math.sqrt(before * before + 9e-4), regression.scatterAh(0), 1e-12);
        for (int k = 0; k < 30; k++) {
            regression.drift(0, 0.03);
            regression.add(0, 0.5, 0.02, 0.0, 1.2, 0.005);
        }
        assertEquals(2.4, regression.capacityAh(0), 0.02);
        assertTrue(regression.scatterAh(0) > 0.03, "a moving capacity is never known for certain");
    }

    @ParameterizedTest(name = "{0} Ah for half the SOC")
    @CsvSource({"0.2, 0.9", "3.0, 3.9"})
    void staysWithinWhatIsBelieved(double y, double bound) {
        for (int k = 0; k < 30; k++) {
            regression.add(0, 0.5, 0.01, 0.0, y, 0.005);
        }
        assertEquals(bound, regression.capacityAh(0), 1e-6);
        assertTrue(regression.scatterAh(0) > 0.0 && regression.scatterAh(0) < 0.1);
    }

    @Test
    void findsALineThatEveryWindowLiesOn() {
        CapacityRegression one = new CapacityRegression(1, 0.9, 3.9);
        one.start(0, 2.7, 1e-3);
        for (int k = 1; k <= 5; k++) {
            one.add(0, 0.1 * k, 1e-3, 0.0, 0.27 * k, 1e-4);
        }
        assertEquals(2.7, one.capacityAh(0), 1e-6);
        assertTrue(one.scatterAh(0) > 0.0 && one.scatterAh(0) < 1e-3, "sigma " + one.scatterAh(0));
    }

    @Test
    void refusesBoundsAndStartsThatMakeNoSense() {
        assertThrows(IllegalArgumentException.class, () -> new CapacityRegression(1, 0.0, 1.0));
        assertThrows(IllegalArgumentException.class, () -> new CapacityRegression(1, 2.0, 2.0));
        assertThrows(IllegalArgumentException.class, () -> regression.start(0, 4.0, 0.1));
        assertThrows(IllegalArgumentException.class, () -> regression.start(0, 3.0, 0.0));
    }
}
