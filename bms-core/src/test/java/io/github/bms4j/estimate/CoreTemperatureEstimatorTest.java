package io.github.bms4j.estimate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.bms4j.Allocation;
import io.github.bms4j.cell.CellType;
import io.github.bms4j.cell.OcvCurve;
import io.github.bms4j.cell.PackLayout;
import io.github.bms4j.cell.SampleCells;
import io.github.bms4j.cell.ThermalRating;
import io.github.bms4j.measure.PackSample;
import io.github.bms4j.num.StepResult;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The straight sample cell: 40 J/K, 0.1 W/K, 20 mΩ and two pairs of 10 and 15 mΩ. */
class CoreTemperatureEstimatorTest {
    private static final long SECOND = 1_000_000_000L;

    private final CellType type = SampleCells.straight();
    private final PackLayout layout = new PackLayout(4, 1, 2);
    private final CoreTemperatureEstimator estimator = new CoreTemperatureEstimator(type, layout);
    private final PackSample sample = new PackSample(layout);
    private final PackEstimate estimate = new PackEstimate(layout);

    private StepResult step(double timeS, double cellA, double t0DegC, double t1DegC) {
        return step(timeS, cellA, t0DegC, t1DegC, Double.NaN);
    }

    private StepResult step(double timeS, double cellA, double t0DegC, double t1DegC, double ambientDegC) {
        known(cellA);
        sample.begin(Math.round(timeS * 1e9));
        sample.readCurrent(cellA);
        sample.readTemperature(0, t0DegC);
        sample.readTemperature(1, t1DegC);
        return estimator.step(sample, estimate, ambientDegC);
    }

    /** Settled polarisation. */
    private void known(double cellA) {
        for (int c = 0; c < 4; c++) {
            double i = Double.isNaN(cellA) ? 0.0 : cellA;
            estimate.cell(c, 0.5, 0.01, 10e-3 * i, 15e-3 * i, 3.6);
            estimate.diffusion(c, 0.0);
            estimate.circuit(c, 20e-3, 10e-3, 15e-3, 0.9);
        }
    }

    /** Rings with other heat, conductance, capacity and a loss that changes; the sensor is off by 0.2 K and noisy. */
    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void tellsTheCoreOfAFinerCellWithinItsSigma(long seed, TestReporter reporter) {
        Random random = new Random(seed);
        double known = type.thermal().coreToSurfaceWPerK();
        double startDegC = 15.0 + 15.0 * random.nextDouble();
        double air = startDegC - 5.0 + 10.0 * random.nextDouble();
        RadialCell cell = new RadialCell(
                40.0 * spread(random, 0.1), 0.1, known * StrictMath.exp(spread(random, 0.25) - 1.0), startDegC);
        double heatFactor = spread(random, 0.12);
        double entropy = 1.5e-4 * random.nextGaussian();
        double offset = 0.2 * random.nextGaussian();
        double loss = 0.1 * (0.5 + 1.5 * random.nextDouble());
        double current = 0.0;
        int inside = 0;
        int count = 0;
        double sumCore = 0.0;
        double sumSensor = 0.0;
        for (int t = 0; t <= 7200; t++) {
            if (t % 120 == 0) {
                current = t % 1440 < 240 ? 0.0 : 13.0 * random.nextDouble() - 4.0;
            }
            if (t == 3600) {
                loss *= 2.5;
            }
            double heatW = heatFactor * 0.045 * current * current - current * (startDegC + 290.0) * entropy;
            boolean away = t % 1800 > 1500;
            double seen = cell.surfaceDegC() + offset + 0.1 * random.nextGaussian();
            step(t, current, away ? Double.NaN : seen, seen);
            double off = estimator.coreDegC(0) - cell.coreDegC();
            if (t > 300) {
                inside += Math.abs(off) <= 3.0 * estimator.coreSigmaK(0) ? 1 : 0;
                count++;
                sumCore += off * off;
                double sensorOff = cell.surfaceDegC() + offset - cell.coreDegC();
                sumSensor += sensorOff * sensorOff;
            }
            cell.step(heatW, loss, air, 1.0);
        }
        String said = String.format(
                Locale.ROOT,
                "seed %d: core off by %.2f K RMS, sensor by %.2f K, within 3 sigma %.1f %%",
                seed,
                Math.sqrt(sumCore / count),
                Math.sqrt(sumSensor / count),
                100.0 * inside / count);
        reporter.publishEntry("core", said);
        assertTrue(inside >= 0.97 * count, said);
        assertTrue(sumCore < 0.3 * sumSensor, said);
    }

    private static double spread(Random random, double sigma) {
        return 1.0 + sigma * Math.max(-2.0, Math.min(2.0, random.nextGaussian()));
    }

    /** Steady state by hand: 4 A² 45 mΩ = 0.72 W; core to surface 0.72/K, surface to air 0.72/0.1 = 7.2 K. */
    @Test
    void standsWhereHeatInIsHeatOut() {
        for (int t = 0; t <= 20_000; t++) {
            step(t, 4.0, 32.2, 32.2, 25.0);
        }
        double inside = 0.72 / type.thermal().coreToSurfaceWPerK();
        assertEquals(32.2, estimator.surfaceDegC(0), 0.1);
        assertEquals(32.2 + inside, estimator.coreDegC(0), 0.3);
        assertEquals(25.0, estimator.ambientDegC(0), 1.0);
        assertEquals(estimator.coreDegC(1), estimate.coreDegC(2), 0.0);
        assertEquals(estimator.coreSigmaK(1), estimate.coreSigmaK(3), 0.0);
        assertTrue(estimator.coreSigmaK(0) >= 0.39 * inside, "the conductance inside stays unsure");
    }

    @Test
    void takesReversibleHeatOffWhereTheTableSaysSo() {
        OcvCurve flat = new OcvCurve(
                new double[] {0.0, 0.5, 1.0}, new double[] {3.2, 3.65, 4.1}, new double[] {4e-4, 4e-4, 4e-4}, 25.0);
        CellType cooled = MeasuredCells.of("entropic", 3.0, flat, 20e-3, new ThermalRating(40.0, 0.1), 0.012);
        double withTable = surfaceAfterLoss(cooled, 3.0);
        double without = surfaceAfterLoss(type, 3.0);
        // 3 A x 298 K x 0.4 mV/K = 0.36 W over 0.1 W/K, 300 s into a time constant of 400 s
        double expectedK = 3.6 * (1.0 - StrictMath.exp(-0.75));
        assertEquals(expectedK, without - withTable, 0.15 * expectedK);
        assertEquals(-expectedK, surfaceAfterLoss(type, -3.0) - surfaceAfterLoss(cooled, -3.0), 0.15 * expectedK);
    }

    private double surfaceAfterLoss(CellType cell, double cellA) {
        CoreTemperatureEstimator fresh = new CoreTemperatureEstimator(cell, layout);
        for (int t = 0; t <= 300; t++) {
            known(cellA);
            sample.begin(t * SECOND + Math.round(cellA) * 10_000 * SECOND);
            sample.readCurrent(cellA);
            sample.readTemperature(0, t < 3 ? 25.0 : Double.NaN);
            fresh.step(sample, estimate, 25.0);
        }
        return fresh.surfaceDegC(0);
    }

    @Test
    void goesOnWithoutItsSensorAndGrowsUnsure() {
        for (int t = 0; t <= 600; t++) {
            step(t, 6.0, 25.0 + 0.02 * t, 25.0 + 0.02 * t);
        }
        double surface = estimator.surfaceDegC(0);
        double sigma = estimator.surfaceSigmaK(0);
        double core = estimator.coreSigmaK(0);
        for (int t = 601; t <= 900; t++) {
            assertEquals(StepResult.USED, step(t, 6.0, Double.NaN, 25.0 + 0.02 * t));
        }
        assertEquals(surface + 6.0, estimator.surfaceDegC(0), 2.5 * estimator.surfaceSigmaK(0));
        assertTrue(estimator.surfaceDegC(0) > surface + 1.0, "it goes on warming");
        assertTrue(estimator.surfaceSigmaK(0) > 2.0 * sigma, "sigma " + estimator.surfaceSigmaK(0));
        assertTrue(estimator.coreSigmaK(0) > core, "core sigma " + estimator.coreSigmaK(0));
        assertEquals(43.0, estimator.surfaceDegC(1), 0.7);
        assertTrue(estimator.surfaceSigmaK(1) < 1.2 * sigma);
        step(902, 6.0, 43.0, 43.0);
        step(904, 6.0, 43.0, 43.0);
        assertTrue(estimator.surfaceSigmaK(0) < 2.0, "a reading makes it sure again");
    }

    @Test
    void goesOnWithTheLastHeatWhileTheCurrentIsMissing() {
        for (int t = 0; t <= 100; t++) {
            step(t, 6.0, Double.NaN, 25.0);
        }
        double before = estimator.surfaceDegC(1);
        double sigma = estimator.surfaceSigmaK(1);
        for (int t = 101; t <= 160; t++) {
            assertEquals(StepResult.USED, step(t, Double.NaN, Double.NaN, Double.NaN));
        }
        assertTrue(estimator.surfaceDegC(1) > before + 0.5, "it went on warming");
        assertTrue(estimator.surfaceSigmaK(1) > 2.0 * sigma);
    }

    @ParameterizedTest(name = "{0} A warm like {1} mOhm")
    @CsvSource({"3.0, 45", "-3.0, 45", "6.0, 45"})
    void warmsByItsLosses(double cellA, double milliohm) {
        CoreTemperatureEstimator fresh = new CoreTemperatureEstimator(type, layout);
        for (int t = 0; t <= 60; t++) {
            known(cellA);
            sample.begin(t * SECOND);
            sample.readCurrent(cellA);
            sample.readTemperature(0, t == 0 ? 25.0 : Double.NaN);
            fresh.step(sample, estimate, 25.0);
        }
        double mean = 0.5 * (fresh.coreDegC(0) + fresh.surfaceDegC(0)) - 25.0;
        double expected = cellA * cellA * milliohm * 1e-3 * 60.0 / 40.0;
        assertEquals(expected, mean, 0.1 * expected);
        assertTrue(fresh.coreDegC(0) > fresh.surfaceDegC(0));
    }

    @Test
    void takesTheModelsResistanceUntilAFilterSpeaks() {
        PackEstimate nothing = new PackEstimate(layout);
        CoreTemperatureEstimator fresh = new CoreTemperatureEstimator(type, layout);
        for (int t = 0; t <= 60; t++) {
            sample.begin(t * SECOND);
            sample.readCurrent(6.0);
            sample.readTemperature(0, t == 0 ? 25.0 : Double.NaN);
            fresh.step(sample, nothing, 25.0);
        }
        assertEquals(25.0 + 36.0 * 0.045 * 1.5, 0.5 * (fresh.coreDegC(0) + fresh.surfaceDegC(0)), 0.2);
        assertTrue(nothing.coreDegC(0) > 25.0);
    }

    @Test
    void isUnknownUntilItsSensorWasRead() {
        assertEquals(StepResult.HELD, estimator.step(sample, estimate, Double.NaN));
        step(0, 1.0, Double.NaN, 20.0);
        assertTrue(Double.isNaN(estimator.coreDegC(0)));
        assertTrue(Double.isNaN(estimator.coreSigmaK(0)));
        assertTrue(Double.isNaN(estimator.surfaceDegC(0)));
        assertTrue(Double.isNaN(estimator.surfaceSigmaK(0)));
        assertTrue(Double.isNaN(estimator.ambientDegC(0)));
        assertTrue(Double.isNaN(estimator.lossFactor(0)));
        assertTrue(Double.isNaN(estimate.coreDegC(1)));
        assertEquals(20.0, estimate.coreDegC(2));
        assertEquals(5.0, estimate.coreSigmaK(3), 1e-12);
        assertEquals(1.0, estimator.lossFactor(1));
        step(1, 1.0, 21.0, 20.0);
        step(2, 1.0, 21.0, 20.0);
        assertEquals(21.0, estimator.coreDegC(0), 0.1);
    }

    @Test
    void startsAfreshAfterALongGapButKeepsWhatItLearned() {
        for (int t = 0; t <= 3000; t++) {
            step(t, 6.0, 25.0 + 0.005 * t, 25.0);
        }
        double factor = estimator.lossFactor(0);
        assertTrue(Math.abs(factor - 1.0) > 0.05, "learned " + factor);
        step(3200, 0.0, Double.NaN, 10.0);
        assertTrue(Double.isNaN(estimator.coreDegC(0)), "nobody knows after a gap");
        assertEquals(10.0, estimator.coreDegC(1), 1e-9);
        step(3202, 0.0, 30.0, 10.0);
        assertEquals(30.0, estimator.coreDegC(0), 1e-9);
        assertEquals(5.0, estimator.coreSigmaK(0), 1e-9);
        assertEquals(factor, estimator.lossFactor(0), 1e-9);
    }

    @Test
    void holdsWhenTimeStandsOrRunsBackwards() {
        step(10, 3.0, 25.0, 25.0);
        step(12, 3.0, 25.0, 25.0);
        double core = estimator.coreDegC(0);
        assertEquals(StepResult.HELD, step(12, 3.0, 40.0, 40.0));
        assertEquals(StepResult.HELD, step(11, 3.0, 40.0, 40.0));
        assertEquals(core, estimator.coreDegC(0));
        assertEquals(StepResult.USED, step(14, 3.0, 25.0, 25.0));
    }

    @Test
    void keepsTheLossWithinBoundsWhateverIsRead() {
        for (int t = 0; t <= 20_000; t += 2) {
            double wild = 25.0 + 14.0 * Math.signum(StrictMath.sin(t / 40.0));
            step(t, 9.0, wild, 119.0);
            assertTrue(estimator.lossFactor(0) >= 0.2 - 1e-12 && estimator.lossFactor(0) <= 5.0 + 1e-12);
            assertTrue(estimator.coreSigmaK(0) > 0.0 && estimator.surfaceSigmaK(1) > 0.0, "at " + t);
            assertTrue(Double.isFinite(estimator.coreDegC(0)) && Double.isFinite(estimator.coreDegC(1)));
        }
    }

    @Test
    void givesTheSameWhetherSampledFastOrSlowly() {
        CoreTemperatureEstimator fast = new CoreTemperatureEstimator(type, layout);
        for (int k = 0; k <= 6000; k++) {
            known(5.0);
            sample.begin(k * SECOND / 10);
            sample.readCurrent(5.0);
            sample.readTemperature(0, 25.0 + 0.002 * k);
            fast.step(sample, estimate, 25.0);
        }
        for (int t = 0; t <= 600; t += 2) {
            step(t, 5.0, 25.0 + 0.02 * t, 25.0, 25.0);
        }
        assertEquals(estimator.coreDegC(0), fast.coreDegC(0), 0.02);
        assertEquals(estimator.coreSigmaK(0), fast.coreSigmaK(0), 0.01);
    }

    /** How unsure the core is after a quarter of an hour at 3 A without a reading. */
    private double coreSigmaOf(CellType cell, double cellA) {
        CoreTemperatureEstimator fresh = new CoreTemperatureEstimator(cell, layout);
        for (int t = 0; t <= 900; t += 2) {
            known(cellA);
            sample.begin((100_000 + t) * SECOND + Math.round(cellA) * 10_000 * SECOND);
            sample.readCurrent(cellA);
            sample.readTemperature(0, t < 3 ? 25.0 : Double.NaN);
            fresh.step(sample, estimate, 25.0);
        }
        return fresh.coreSigmaK(0);
    }

    @Test
    void entropyThatNobodyMeasuredMakesItLessSure() {
        double[] soc = {0.0, 0.5, 1.0};
        double[] volts = {3.2, 3.65, 4.1};
        OcvCurve told = new OcvCurve(soc, volts, new double[] {0.0, 0.0, 1e-6}, 25.0);
        OcvCurve silent = new OcvCurve(soc, volts, new double[3], 25.0);
        CellType with = MeasuredCells.of("told", 3.0, told, 20e-3, new ThermalRating(40.0, 0.1), 0.012);
        CellType without = MeasuredCells.of("silent", 3.0, silent, 20e-3, new ThermalRating(40.0, 0.1), 0.012);
        assertTrue(coreSigmaOf(without, 4.0) > 1.2 * coreSigmaOf(with, 4.0));
        assertEquals(coreSigmaOf(without, 0.0), coreSigmaOf(with, 0.0), 1e-3, "without a current it does not matter");
    }

    @Test
    void heatIsTheMeanOfTheCellsBehindASensor() {
        PackLayout three = new PackLayout(3, 1, 1);
        CoreTemperatureEstimator alike = new CoreTemperatureEstimator(type, three);
        CoreTemperatureEstimator mixed = new CoreTemperatureEstimator(type, three);
        PackEstimate same = new PackEstimate(three);
        PackEstimate apart = new PackEstimate(three);
        PackSample reading = new PackSample(three);
        for (int c = 0; c < 3; c++) {
            same.cell(c, 0.5, 0.01, 0.04, 0.06, 3.6);
            same.circuit(c, 20e-3, 10e-3, 15e-3, 0.9);
            apart.cell(c, 0.2 + 0.3 * c, 0.01, 0.02 + 0.02 * c, 0.09 - 0.03 * c, 3.6);
            apart.diffusion(c, 0.01 * (c - 1));
            apart.circuit(c, 10e-3 + 10e-3 * c, 10e-3, 15e-3, 0.9);
        }
        for (int t = 0; t <= 120; t++) {
            reading.begin(t * SECOND);
            reading.readCurrent(4.0);
            reading.readTemperature(0, t < 3 ? 25.0 : Double.NaN);
            alike.step(reading, same, 25.0);
            mixed.step(reading, apart, 25.0);
        }
        // 4 A through (80 + 40 + 60 mV) for 120 s into 40 J/K, less what leaves
        assertEquals(alike.coreDegC(0), mixed.coreDegC(0), 1e-9);
        double rise = 0.5 * (alike.coreDegC(0) + alike.surfaceDegC(0)) - 25.0;
        assertEquals(0.72 * 120.0 / 40.0, rise, 0.2 * rise);
    }

    @Test
    void leavesNothingOnTheHeap() {
        double[] t = {0.0};
        double bytes = Allocation.bytesPerCall(5_000, () -> {
            t[0] += 1.0;
            step(t[0], 5.0, 25.0, 26.0);
        });
        assertEquals(0.0, bytes, 0.01);
    }
}
