package io.github.bms4j.estimate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.bms4j.Allocation;
import io.github.bms4j.cell.CellType;
import io.github.bms4j.cell.ModelError;
import io.github.bms4j.cell.OcvCurve;
import io.github.bms4j.cell.PackLayout;
import io.github.bms4j.cell.SampleCells;
import io.github.bms4j.measure.PackSample;
import io.github.bms4j.num.StepResult;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Groups of two straight 3 Ah cells whose true capacities are 2.4, 2.7 and 3.0 Ah, in steps of 5 s. */
class CapacityEstimatorTest {
    private static final double STEP_S = 5.0;
    private static final double[] TRUE_AH = {2.4, 2.7, 3.0};

    private final CellType type = SampleCells.straight();
    private final PackLayout layout = new PackLayout(3, 2, 1);
    private CapacityEstimator estimator = new CapacityEstimator(type, layout, CapacitySettings.standard());
    private final PackSample sample = new PackSample(layout);
    private final PackEstimate estimate = new PackEstimate(layout);
    private final double[] soc = {0.5, 0.5, 0.5};
    private final double[] noiseV = new double[3];
    private double timeS;
    private double slowA;
    private double offsetA;
    private double creepV;
    private double restS;
    private double lastSign;
    private Random random = new Random(1);
    private double lastA;

    @BeforeEach
    void first() {
        step(0.0, 0.0);
    }

    private StepResult step(double cellA, double dtS) {
        timeS += dtS;
        double meanA = 0.5 * (lastA + cellA);
        slowA += (1.0 - StrictMath.exp(-dtS / 300.0)) * (meanA - slowA);
        lastA = cellA;
        restS = cellA == 0.0 ? restS + dtS : 0.0;
        lastSign = cellA == 0.0 ? lastSign : Math.signum(cellA);
        sample.begin(Math.round(timeS * 1e9));
        sample.readCurrent(2.0 * (cellA + offsetA));
        for (int c = 0; c < 3; c++) {
            soc[c] -= meanA * dtS / 3600.0 / TRUE_AH[c];
            double v = 3.2 + 0.9 * soc[c] - 0.030 * cellA - 0.015 * slowA;
            double creep = restS > 0.0 ? -lastSign * creepV * Math.sqrt(1800.0 / restS) : 0.0;
            sample.readCellVoltage(c, v + noiseV[c] + creep);
        }
        sample.readTemperature(0, 25.0);
        return estimator.step(sample, estimate);
    }

    private void run(double cellA, double hours) {
        long steps = Math.round(hours * 3600.0 / STEP_S);
        for (long k = 0; k < steps; k++) {
            step(cellA, STEP_S);
        }
    }

    @Test
    void startsAtTheRatedCapacityAndSaysSo() {
        for (int c = 0; c < 3; c++) {
            assertEquals(3.0, estimate.health().capacityAh(c), 1e-6);
            assertEquals(0.45, estimate.health().capacitySigmaAh(c), 1e-4);
            assertEquals(1.0, estimate.health().sohC(c), 1e-6);
            assertEquals(0, estimator.windows(c));
        }
    }

    @Test
    void learnsEveryCellFromOneDischargeBetweenTwoRests() {
        run(0.0, 0.5);
        run(1.2, 1.0); // half of the smallest cell
        run(0.0, 0.5);
        run(-1.2, 0.5);
        run(0.0, 0.5);
        run(0.5, 0.1);
        for (int c = 0; c < 3; c++) {
            assertEquals(TRUE_AH[c], estimator.capacityAh(c), 0.03 * TRUE_AH[c], "cell " + c);
            assertTrue(estimator.sigmaAh(c) < 0.2, "sigma " + estimator.sigmaAh(c));
            assertTrue(estimator.sigmaAh(c) > 0.02, "sigma " + estimator.sigmaAh(c));
            assertTrue(estimator.windows(c) >= 1);
            assertEquals(estimator.capacityAh(c), estimate.health().capacityAh(c));
            assertEquals(estimator.sigmaAh(c), estimate.health().capacitySigmaAh(c));
        }
        assertEquals(0, estimate.health().smallest());
        assertEquals(estimator.capacityAh(0) / 3.0, estimate.health().sohC(), 1e-12);
        assertEquals(estimator.sigmaAh(0) / 3.0, estimate.health().sohCSigma(), 1e-12);
    }

    /** Curve off by a fixed error at each rest, offset in the current, a week of partial cycles. */
    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void holdsTheTruthWithinTwoSigmasOverAWeekOfUse(long seed) {
        random = new Random(seed);
        offsetA = 0.006 * random.nextGaussian();
        for (int day = 0; day < 7; day++) {
            double deep = 0.25 + 0.5 * random.nextDouble();
            rest();
            run(deep * 1.2, 1.0);
            rest();
            run(-deep * 0.6, 2.0);
        }
        rest();
        run(1.0, 0.01);
        for (int c = 0; c < 3; c++) {
            String said =
                    "seed " + seed + " cell " + c + ": " + estimator.capacityAh(c) + " +- " + estimator.sigmaAh(c);
            assertTrue(estimator.windows(c) >= 3, said);
            assertEquals(TRUE_AH[c], estimator.capacityAh(c), 2.0 * estimator.sigmaAh(c), said);
            assertTrue(estimator.sigmaAh(c) < 0.13 * TRUE_AH[c], said);
        }
    }

    private void rest() {
        for (int c = 0; c < 3; c++) {
            noiseV[c] = 0.006 * random.nextGaussian();
        }
        run(0.0, 1.0);
    }

    @Test
    void takesNoNoticeOfTheFiltersSoc() {
        PackEstimate wrong = new PackEstimate(layout);
        Estimates.write(wrong, 0, 0.001, 0.1, 0.1, 0.1);
        run(0.0, 0.5);
        run(1.2, 1.0);
        run(0.0, 0.5);
        run(-0.6, 1.0);
        run(0.0, 0.5);
        step(1.0, STEP_S);
        sample.begin(Math.round((timeS + 1.0) * 1e9));
        estimator.step(sample, wrong);
        assertEquals(2.4, wrong.health().capacityAh(0), 0.08);
        assertEquals(0.1, wrong.soc(0));
    }

    @ParameterizedTest(name = "rest of {0} h, {1} A for an hour, noise {2} V")
    @CsvSource({
        "0.1, 1.2, 0.0", // rests too short
        "0.5, 0.1, 0.0", // window of 4 points
        "0.5, 0.2, 0.0" // window of 8 points
    })
    void learnsNothingFromWhatSaysTooLittle(double restH, double cellA, double noise) {
        for (int k = 0; k < 3; k++) {
            noiseV[0] = noise * (k % 2);
            run(0.0, restH);
            run(cellA, 1.0);
            run(0.0, restH);
            run(-cellA, 1.0);
        }
        run(0.0, restH);
        run(1.0, 0.01);
        assertEquals(0, estimator.windows(0));
        assertEquals(3.0, estimator.capacityAh(0), 1e-6);
    }

    @Test
    void addsUpShortTripsUntilTheySaySomething() {
        run(0.0, 0.4);
        for (int trip = 0; trip < 4; trip++) {
            run(0.72, 0.25); // 7.5 points of cell 0, 6 of cell 2
            run(0.0, 0.4);
        }
        run(-1.2, 0.5);
        run(0.0, 0.4);
        run(1.0, 0.01);
        assertTrue(estimator.windows(0) >= 1 && estimator.windows(2) >= 1);
        assertEquals(2.4, estimator.capacityAh(0), 2.0 * estimator.sigmaAh(0));
        assertTrue(estimator.sigmaAh(0) < 0.25, "sigma " + estimator.sigmaAh(0));
    }

    /** Two days between two trips: the old beginning is worth less than the new anchor. */
    @Test
    void givesUpABeginningThatIsTooOld() {
        run(0.0, 0.4);
        run(0.72, 0.25);
        offsetA = 0.02; // within the hidden rest current, 40 mA of the group
        run(0.0, 0.2);
        step(0.0, 48.0 * 3600.0);
        run(0.0, 0.2);
        offsetA = 0.0;
        run(0.9, 1.0);
        run(0.0, 0.4);
        run(-1.2, 0.6);
        run(0.0, 0.4);
        run(1.0, 0.01);
        assertTrue(estimator.windows(0) >= 1);
        assertEquals(2.4, estimator.capacityAh(0), 0.1); // from the first rest on it would be above 3.5 Ah
    }

    @Test
    void breaksTheWindowInAGapUnderCurrent() {
        run(0.0, 0.5);
        run(1.2, 0.5);
        step(1.2, 60.0); // nobody counted for a minute
        run(1.2, 0.5);
        run(0.0, 0.5);
        run(-1.2, 0.2);
        assertEquals(0, estimator.windows(0));
    }

    @Test
    void sleepsThroughARestWithoutLosingItsCount() {
        run(0.0, 0.5);
        run(1.2, 1.0);
        run(0.0, 0.05);
        step(0.0, 6.0 * 3600.0);
        run(0.0, 0.05);
        run(-1.2, 0.5);
        run(0.0, 0.5);
        run(1.0, 0.01);
        assertTrue(estimator.windows(0) >= 1);
        assertEquals(2.4, estimator.capacityAh(0), 0.12);
    }

    @Test
    void closesALongRestWithoutWaitingForItsEnd() {
        run(0.0, 0.5);
        run(1.2, 1.0);
        run(0.0, 3.9);
        assertEquals(0, estimator.windows(0));
        run(0.0, 0.2);
        assertEquals(1, estimator.windows(0));
        run(0.0, 8.0);
        assertEquals(1, estimator.windows(0));
    }

    @Test
    void givesNoAnchorToACellWhoseVoltageIsMissing() {
        for (int phase = 0; phase < 5; phase++) {
            double cellA = phase == 1 ? 1.2 : phase == 3 ? -1.2 : 0.0;
            for (int k = 0; k < 720; k++) {
                timeS += STEP_S;
                double meanA = 0.5 * (lastA + cellA);
                lastA = cellA;
                sample.begin(Math.round(timeS * 1e9));
                sample.readCurrent(2.0 * cellA);
                sample.readTemperature(0, 25.0);
                for (int c = 0; c < 3; c++) {
                    soc[c] -= meanA * STEP_S / 3600.0 / TRUE_AH[c];
                    sample.readCellVoltage(c, c == 1 ? Double.NaN : 3.2 + 0.9 * soc[c] - 0.02 * cellA);
                }
                estimator.step(sample, estimate);
            }
        }
        step(1.0, STEP_S);
        assertTrue(estimator.windows(0) >= 1 && estimator.windows(2) >= 1);
        assertEquals(0, estimator.windows(1));
    }

    @Test
    void letsOneWildWindowCountForLittle() {
        for (int k = 0; k < 6; k++) {
            run(0.0, 0.4);
            run(1.0, 1.0);
            run(0.0, 0.4);
            run(-1.0, 1.0);
        }
        double before = estimator.capacityAh(0);
        double sigma = estimator.sigmaAh(0);
        run(0.0, 0.4);
        offsetA = 1.0; // the sensor counts twice what flows
        run(1.0, 1.0);
        offsetA = 0.0;
        run(0.0, 0.4);
        run(-1.0, 1.0);
        run(0.0, 0.4);
        run(1.0, 0.01);
        assertEquals(before, estimator.capacityAh(0), 2.0 * sigma);
    }

    @Test
    void holdsWithoutACurrentAndWhenTimeStands() {
        run(0.0, 0.1);
        sample.begin(Math.round((timeS + 1.0) * 1e9));
        assertEquals(StepResult.HELD, estimator.step(sample, estimate));
        assertEquals(StepResult.USED, step(0.0, 2.0));
        assertEquals(StepResult.HELD, step(0.0, 0.0));
        assertEquals(StepResult.HELD, step(0.0, -1.0));
        assertEquals(
                StepResult.HELD,
                new CapacityEstimator(type, layout, CapacitySettings.standard())
                        .step(new PackSample(layout), estimate));
    }

    @Test
    void takesAStartFromBeforeAndRefusesOneOutOfRange() {
        estimator.start(1, 2.5, 0.05);
        step(0.0, 1.0);
        assertEquals(2.5, estimate.health().capacityAh(1), 1e-6);
        assertEquals(0.05, estimate.health().capacitySigmaAh(1), 1e-6);
        assertEquals(3.0, estimate.health().capacityAh(0), 1e-6);
        assertThrows(IllegalArgumentException.class, () -> estimator.start(0, 0.8, 0.05));
        assertThrows(IllegalArgumentException.class, () -> estimator.start(0, 4.0, 0.05));
        assertThrows(IllegalArgumentException.class, () -> estimator.start(0, Double.NaN, 0.05));
        assertThrows(IllegalArgumentException.class, () -> estimator.start(0, 2.5, 0.0));
    }

    /** The straight cell again, but known to 2 mV; drift and offset as asked. */
    private void precise(double offsetPerH, double gain, double driftPerCycle, double driftPerDay) {
        OcvCurve curve = MeasuredCells.curve(new double[] {0.0, 1.0}, new double[] {3.2, 4.1});
        CellType known = new CellType(
                "known",
                type.chemistry(),
                type.rating(),
                curve,
                type.circuit(),
                type.thermal(),
                type.chargeMap(),
                new ModelError(new double[] {25.0}, new double[] {0.002}, 0.15, 3600.0, 0.2, 0.03),
                type.provenance());
        CapacitySettings settings =
                new CapacitySettings(0.15, 0.3, 1.3, offsetPerH, gain, 600.0, 0.05, 0.1, driftPerCycle, driftPerDay);
        estimator = new CapacityEstimator(known, layout, settings);
        step(0.0, STEP_S);
    }

    private static final double PASSING = 0.002 / 0.9;
    private static final double LASTING = 0.002 / 0.9;

    /** Variance of the SOC change over half the range that is the same in every window. */
    private static double lasting2(double x) {
        return 2.0 * LASTING * LASTING * (1.0 - StrictMath.exp(-x / 0.2));
    }

    /** One window by hand; 0.67 Ah of scatter before it counts for nothing. */
    @ParameterizedTest(name = "offset {0}/h, gain {1}")
    @CsvSource({"1e-9, 0.0", "0.004, 0.0", "1e-9, 0.02", "0.004, 0.01"})
    void saysTheSigmaOfOneWindow(double offsetPerH, double gain) {
        precise(offsetPerH, gain, 0.0, 0.0);
        run(0.0, 0.5);
        run(1.2, 1.0);
        run(0.0, 0.5);
        run(-1.0, 0.01);
        assertEquals(1, estimator.windows(0));
        assertEquals(2.4, estimator.capacityAh(0), 0.01);
        double hours = 1.5;
        double sigmaX2 = 4.0 * PASSING * PASSING + lasting2(0.5);
        double sigmaY2 = 9.0 * (offsetPerH * offsetPerH * hours * hours + 25e-8);
        double q2 = 2.4 * 2.4;
        double variance = (sigmaY2 + q2 * sigmaX2) / 0.25 + gain * gain * q2;
        assertEquals(Math.sqrt(variance), estimator.sigmaAh(0), 0.025 * Math.sqrt(variance));
    }

    /** Two equal windows with use and time between them: the walk makes the first one count for less. */
    @ParameterizedTest(name = "{0} a cycle, {1} a day")
    @CsvSource({"0.0, 0.0", "0.01, 0.0", "0.0, 0.002", "0.008, 0.002"})
    void forgetsByUseAndByTime(double perCycle, double perDay) {
        precise(1e-9, 0.0, perCycle, perDay);
        run(0.0, 0.5);
        run(1.2, 1.0);
        run(0.0, 0.5);
        for (int day = 0; day < 20; day++) {
            step(0.0, 86_400.0);
        }
        run(0.0, 0.5);
        run(-1.2, 1.0);
        run(0.0, 0.5);
        run(1.0, 0.01);
        assertEquals(2, estimator.windows(0));
        double lasting = 2.4 * Math.sqrt(lasting2(0.5)) / 0.5;
        double sigmaX2 = 4.0 * PASSING * PASSING + lasting2(0.5);
        double one = (9.0 * 25e-8 + 2.4 * 2.4 * sigmaX2) / 0.25;
        double walk2 = 9.0 * (perCycle * perCycle * 1.2 / 6.0 + perDay * perDay * 20.1);
        double both = 1.0 / (1.0 / one + 1.0 / (one + walk2));
        double share = (4.0 * PASSING * PASSING * 2.4 * 2.4 + 9.0 * 25e-8) / (0.25 * one);
        double expected = Math.sqrt(both * share + lasting * lasting);
        assertEquals(expected, estimator.sigmaAh(0), 0.025 * expected);
    }

    /** 10 mV to go after half an hour, fading like 1/sqrt(t): half of it is foreseen, half is sigma. */
    @Test
    void foreseesTheEndOfARelaxation() {
        precise(1e-9, 0.0, 0.0, 0.0);
        run(0.0, 2.0);
        creepV = 0.010;
        run(1.2, 1.0);
        run(0.0, 0.5);
        run(-1.0, 0.01);
        // Without foresight x would be 0.511 and Q 2.35; the smoothed voltage lags and foresees 6.5 mV instead of 5.
        assertEquals(2.4, estimator.capacityAh(0), 0.015);
        double passing = 2.4 * Math.sqrt(2.0) * (0.0065 / 0.9) / 0.5;
        double rest = 4.0 * PASSING * PASSING + lasting2(0.5);
        double expected = Math.sqrt(passing * passing + 2.4 * 2.4 * rest / 0.25);
        assertEquals(expected, estimator.sigmaAh(0), 0.03 * expected);
    }

    /** The deeper of two anchors ends the window although the SOC has not turned for long. */
    @Test
    void endsAWindowWhereItIsSurestAndBeginsTheNextThere() {
        precise(0.002, 0.0, 0.0, 0.0);
        run(0.0, 0.5);
        run(0.48, 1.0); // 0.2 of cell 0
        run(0.0, 0.5);
        assertEquals(0, estimator.windows(0));
        run(0.36, 1.0); // 0.35
        run(0.0, 0.5);
        run(-0.24, 1.0); // 0.25: turned
        run(0.0, 0.5);
        assertEquals(0, estimator.windows(0));
        run(-0.24, 1.0); // 0.15
        assertEquals(1, estimator.windows(0), "used at the end of the rest after the turn");
        assertEquals(2.4, estimator.capacityAh(0), 0.02);
        double spanH = 3.0;
        double sigmaX2 = 4.0 * PASSING * PASSING + lasting2(0.35);
        double sigmaY2 = 9.0 * (4e-6 * spanH * spanH + 25e-8);
        double expected = Math.sqrt(sigmaY2 + 2.4 * 2.4 * sigmaX2) / 0.35;
        assertEquals(expected, estimator.sigmaAh(0), 0.03 * expected);
        run(0.0, 0.5);
        run(0.3, 1.0);
        run(0.0, 0.5);
        run(1.0, 0.01);
        assertEquals(2, estimator.windows(0), "the turn at 0.35 began a window up to 0.15");
    }

    @Test
    void leavesNothingOnTheHeap() {
        int[] k = {0};
        double bytes = Allocation.bytesPerCall(20_000, () -> {
            k[0]++;
            int phase = k[0] / 720 % 4;
            step(phase == 1 ? 1.0 : phase == 3 ? -1.0 : 0.0, STEP_S);
        });
        assertTrue(estimator.windows(0) > 3);
        assertEquals(0.0, bytes, 0.01);
    }
}
