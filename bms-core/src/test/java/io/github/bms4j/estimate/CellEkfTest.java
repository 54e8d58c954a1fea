package io.github.bms4j.estimate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.bms4j.Allocation;
import io.github.bms4j.cell.CellType;
import io.github.bms4j.cell.PackLayout;
import io.github.bms4j.cell.SampleCells;
import io.github.bms4j.measure.PackSample;
import io.github.bms4j.num.StepResult;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CellEkfTest {
    private static final long SECOND = 1_000_000_000L;

    private final CellType type = SampleCells.straight();
    private final PackLayout layout = new PackLayout(2, 10, 1);
    private final NoiseModel noise = Noises.withoutPast();
    private final CellEkf ekf = new CellEkf(type, layout, noise);
    private final PackSample sample = new PackSample(layout);
    private final PackEstimate estimate = new PackEstimate(layout);

    @BeforeEach
    void start() {
        ekf.start(0.5, 0.1);
    }

    private StepResult step(long nanos, double packA, double v0, double v1, double tDegC) {
        sample.begin(nanos);
        sample.readCurrent(packA);
        sample.readCellVoltage(0, v0);
        sample.readCellVoltage(1, v1);
        sample.readTemperature(0, tDegC);
        return ekf.step(sample, estimate);
    }

    @ParameterizedTest(name = "seed {0}, flat {1}")
    @CsvSource({"1, false", "2, false", "3, false", "4, true", "5, true"})
    void agreesWithTheTextbookFilterInJosephForm(long seed, boolean flat) {
        Random random = new Random(seed);
        NoiseModel noise = flat ? NoiseModel.flat() : NoiseModel.sloped();
        CellType rich = SampleCells.rich();
        CellEkf fast = new CellEkf(rich, layout, noise);
        fast.start(0.5, 0.2);
        ReferenceEkf reference = new ReferenceEkf(rich, noise);
        CurrentSwing swing = new CurrentSwing(rich.circuit().r0().ohm(0.5, 25.0));
        SwingStep swinging = new SwingStep();
        VoltageWatch watch = new VoltageWatch(1);
        double[] one = {1.0};
        double[] jumped = new double[1];
        int jumps = 0;
        long nanos = 0;
        double lastA = 0.0;
        double dtS = 0.0;
        for (int k = 0; k < 600; k++) {
            dtS = k == 0 ? 0.0 : (1 + random.nextInt(40)) * 0.05;
            nanos += Math.round(dtS * 1e9);
            double packA = 50.0 * (random.nextDouble() - 0.45);
            double tDegC = -15.0 + 0.1 * k;
            double jump = k % 97 == 50 ? 0.4 : 0.0;
            double v = rich.ocv().v(0.63, tDegC) - packA / 10.0 * 0.05 + 0.01 * random.nextGaussian() + jump;
            if (k == 0) {
                reference.open(0.5, 0.2, packA / 10.0, tDegC);
            } else {
                reference.errorStays = watch.leaptV(0) != 0.0;
                reference.predict(lastA / 10.0, packA / 10.0, tDegC, dtS);
            }
            swing.take(dtS, packA / 10.0, swinging);
            double[] ohm = {reference.r0Ohm(tDegC)};
            double jumpV = watch.look(swinging, new double[] {v}, one, true, ohm, new double[] {0.5}, jumped)
                    ? jumped[0]
                    : 0.0;
            reference.jumped(jumpV);
            jumps += jumpV != 0.0 ? 1 : 0;
            double predictedV = reference.correct(v, packA / 10.0, tDegC);
            watch.absolve(new double[] {reference.x.get(6)}, one, dtS);
            sample.begin(nanos);
            sample.readCurrent(packA);
            sample.readCellVoltage(0, v);
            sample.readCellVoltage(1, 3.7);
            sample.readTemperature(0, tDegC);
            assertEquals(StepResult.USED, fast.step(sample, estimate));
            String at = "seed " + seed + " step " + k;
            assertEquals(predictedV, estimate.predictedV(0), 1e-6, at);
            assertEquals(Math.min(1.0, Math.max(0.0, reference.x.get(0))), estimate.soc(0), 1e-7, at);
            assertEquals(reference.x.get(1), estimate.fastRcV(0), 1e-7, at);
            assertEquals(reference.x.get(2), estimate.slowRcV(0), 1e-7, at);
            assertEquals(reference.v3, estimate.diffusionV(0), 1e-9, at);
            assertEquals(reference.x.get(3), estimate.hysteresis(0), 1e-5, at);
            assertEquals(reference.x.get(4), estimate.resistanceError(0), 1e-6, at);
            assertEquals(reference.x.get(6), estimate.voltageErrorV(0), 1e-7, at);
            assertEquals(Math.sqrt(reference.p.get(0, 0)), estimate.socSigma(0), 1e-7, at);
            assertEquals(Math.sqrt(reference.p.get(4, 4)), estimate.resistanceErrorSigma(0), 1e-6, at);
            assertEquals(watch.trust(0, swinging), estimate.voltageTrust(0), at);
            lastA = packA;
        }
        assertTrue(jumps > 0, "seed " + seed + " never met a jump");
    }

    @Test
    void integratesNothingAtItsFirstSampleWhateverTheClockShows() {
        step(1_700_000_000L * SECOND, 30.0, Double.NaN, Double.NaN, 25.0);
        assertEquals(0.5, estimate.soc(0));
        assertEquals(0.1, estimate.socSigma(0), 1e-12);
    }

    @Test
    void countsChargeOfOneCellOfTheGroup() {
        step(0, 30.0, Double.NaN, Double.NaN, 25.0);
        for (int s = 1; s <= 360; s++) {
            step(s * SECOND, 30.0, Double.NaN, Double.NaN, 25.0);
        }
        assertEquals(0.4, estimate.soc(0), 1e-9); // 3 A of 3 Ah for 0.1 h
        assertEquals(0.03, estimate.fastRcV(0), 1e-9); // 3 A × 10 mΩ, settled
        double before = 15e-3 * noise.start().meanPerH() * 3.0; // a start under load takes some load before it
        double left = StrictMath.exp(-1.2);
        assertEquals(before * left + 0.045 * (1.0 - left), estimate.slowRcV(0), 1e-9);
    }

    @Test
    void meansTheCurrentsAtBothEndsOfAStep() {
        step(0, 0.0, Double.NaN, Double.NaN, 25.0);
        step(10 * SECOND, 30.0, Double.NaN, Double.NaN, 25.0);
        assertEquals(0.5 - 1.5 * 10.0 / 10_800.0, estimate.soc(0), 1e-12);
    }

    @Test
    void holdsEverythingWithoutACurrent() {
        step(0, 10.0, 3.7, 3.7, 25.0);
        double soc = estimate.soc(0);
        double sigma = estimate.socSigma(0);
        long before = estimate.nanos();
        assertEquals(StepResult.HELD, step(SECOND, Double.NaN, 3.9, 3.9, 25.0));
        assertEquals(StepResult.HELD, step(2 * SECOND, Double.POSITIVE_INFINITY, 3.9, 3.9, 25.0));
        assertEquals(StepResult.HELD, step(3 * SECOND, 1e6, 3.9, 3.9, 25.0));
        assertEquals(soc, estimate.soc(0));
        assertEquals(sigma, estimate.socSigma(0));
        assertEquals(before, estimate.nanos());
    }

    @Test
    void holdsWhileNoTemperatureWasEverRead() {
        assertEquals(StepResult.HELD, step(0, 10.0, 3.7, 3.7, Double.NaN));
        assertFalse(estimate.known());
        assertEquals(StepResult.USED, step(SECOND, 10.0, 3.7, 3.7, 25.0));
        assertTrue(estimate.known());
    }

    @Test
    void holdsWhenTimeStandsOrRunsBackwards() {
        step(5 * SECOND, 10.0, 3.7, 3.7, 25.0);
        double soc = estimate.soc(0);
        assertEquals(StepResult.HELD, step(5 * SECOND, 10.0, 3.9, 3.9, 25.0));
        assertEquals(StepResult.HELD, step(4 * SECOND, 10.0, 3.9, 3.9, 25.0));
        assertEquals(soc, estimate.soc(0));
        assertEquals(StepResult.USED, step(6 * SECOND, 10.0, 3.9, 3.9, 25.0));
    }

    @Test
    void correctsOnlyTheCellWhoseVoltageCame() {
        step(0, 0.0, 3.65, 3.65, 25.0);
        double other = estimate.soc(1);
        double otherSigma = estimate.socSigma(1);
        step(4 * SECOND, 0.0, 3.9, Double.NaN, 25.0);
        assertTrue(estimate.soc(0) > other, "cell 0 follows its voltage");
        assertEquals(other, estimate.soc(1), 1e-15);
        assertTrue(estimate.socSigma(1) > otherSigma, "an uncorrected cell grows less sure");
    }

    @Test
    void widensItsUncertaintyOverAGapInsteadOfIntegrating() {
        step(0, 30.0, 3.6, 3.6, 25.0);
        double soc = estimate.soc(0);
        double sigma = estimate.socSigma(0);
        step(720 * SECOND, 30.0, Double.NaN, Double.NaN, 25.0);
        assertEquals(soc, estimate.soc(0), 1e-15);
        assertEquals(Math.sqrt(sigma * sigma + 0.01), estimate.socSigma(0), 1e-12); // 12 min at C/2 is 10 points
    }

    @Test
    void forgetsAWrongStartAndSaysHowSureItIs() {
        ekf.start(0.4, 0.2);
        for (int s = 0; s <= 1800; s++) {
            step(s * SECOND, 0.0, type.ocv().v(0.7, 25.0), type.ocv().v(0.2, 25.0), 25.0);
        }
        assertEquals(0.7, estimate.soc(0), 0.01);
        assertEquals(0.2, estimate.soc(1), 0.01);
        assertTrue(estimate.socSigma(0) > 0.005 && estimate.socSigma(0) < 0.03, "sigma " + estimate.socSigma(0));
    }

    @Test
    void reportsSocWithinItsRangeWhileTheStateMayLeaveIt() {
        ekf.start(0.01, 0.005);
        step(0, 30.0, Double.NaN, Double.NaN, 25.0);
        for (int s = 1; s <= 72; s++) {
            step(s * SECOND, 30.0, Double.NaN, Double.NaN, 25.0);
        }
        assertEquals(0.0, estimate.soc(0));
        for (int s = 73; s <= 108; s++) {
            step(s * SECOND, -30.0, Double.NaN, Double.NaN, 25.0);
        }
        assertEquals(0.0, estimate.soc(0), 1e-3); // counted back from -1 % to 0, not up from 0
    }

    @Tag("endurance")
    @ParameterizedTest(name = "seed {0}, {1} cells")
    @CsvSource({"11, 1", "12, 1", "13, 4"})
    void keepsAPositiveVarianceOverAMillionHarshSteps(long seed, int cells) {
        NoiseModel sharp = new NoiseModel(
                new NoiseModel.CurrentNoise(1e-7, 1e9, 0.0),
                new NoiseModel.VoltageNoise(0.0, false, 1e-7, 0.0, 1.0, 1.0),
                new NoiseModel.SampleNoise(1e-7, 0.0, 0.0, 1.0),
                new NoiseModel.CircuitNoise(1e-4, 1.0, 0.0, 0.0, 0.0, 0.0, 0.0),
                new NoiseModel.StartNoise(1e-3, 1.0, 0.0, 0.0));
        PackLayout one = new PackLayout(cells, 1, 1);
        CellEkf harsh = new CellEkf(type, one, sharp);
        harsh.start(0.5, 1.0);
        PackSample reading = new PackSample(one);
        PackEstimate into = new PackEstimate(one);
        Random random = new Random(seed);
        for (int k = 0; k < 1_000_000; k++) {
            reading.begin(k * 100_000_000L);
            reading.readCurrent(18.0 * (random.nextDouble() - 0.5));
            for (int c = 0; c < cells; c++) {
                reading.readCellVoltage(c, 3.0 + 1.2 * random.nextDouble());
            }
            reading.readTemperature(0, 25.0);
            harsh.step(reading, into);
            for (int c = 0; c < cells; c++) {
                assertTrue(into.socSigma(c) > 0.0, "seed " + seed + " step " + k + " sigma " + into.socSigma(c));
            }
        }
    }

    @Test
    void reopensACellThatKeepsContradictingItButNoMoreOftenThanEveryFiveMinutes() {
        int before = 0;
        int lastS = -1;
        double sigma = 0.0;
        for (int s = 0; s <= 1500; s++) {
            double v = 3.65 + 0.4 * Math.abs(s % 100 - 50) / 50.0; // to and fro by 8 mV a second, no current
            step(s * SECOND, 0.0, v, type.ocv().v(0.5, 25.0), 25.0);
            assertEquals(VoltageTrust.SOUND, estimate.voltageTrust(0), "second " + s);
            if (ekf.reopened() > before) {
                assertEquals(before + 1, ekf.reopened());
                assertTrue(s - Math.max(0, lastS) > 300, "at " + s + " after " + lastS);
                assertTrue(
                        estimate.socSigma(0) >= 0.3 && sigma < 0.1,
                        "sigma " + estimate.socSigma(0) + " after " + sigma);
                assertTrue(estimate.socSigma(1) < 0.1, "the other cell");
                before = ekf.reopened();
                lastS = s;
            }
            sigma = estimate.socSigma(0);
        }
        assertEquals(4, ekf.reopened());
        ekf.start(0.5, 0.1);
        assertEquals(0, ekf.reopened());
    }

    @Test
    void saysItsNameAndRefusesToRunUnstarted() {
        assertEquals("ekf", ekf.name());
        CellEkf fresh = new CellEkf(type, layout, noise);
        assertThrows(IllegalStateException.class, () -> fresh.step(sample, estimate));
        assertThrows(IllegalArgumentException.class, () -> fresh.start(1.1, 0.1));
        assertThrows(IllegalArgumentException.class, () -> fresh.start(Double.NaN, 0.1));
        assertThrows(IllegalArgumentException.class, () -> fresh.start(0.5, 0.0));
    }

    @Test
    void leavesNothingOnTheHeap() {
        long[] nanos = {0};
        double bytes = Allocation.bytesPerCall(5_000, () -> {
            nanos[0] += SECOND / 10;
            step(nanos[0], 5.0, 3.7, 3.6, 25.0);
        });
        assertEquals(0.0, bytes, 0.01);
    }
}
