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
import org.junit.jupiter.params.provider.ValueSource;

class CellEkfTest {
    private static final long SECOND = 1_000_000_000L;

    private final CellType type = SampleCells.straight();
    private final PackLayout layout = new PackLayout(2, 10, 1);
    private final NoiseModel noise = NoiseModel.fittedCell();
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

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void agreesWithTheTextbookFilterInJosephForm(long seed) {
        Random random = new Random(seed);
        ReferenceEkf reference = new ReferenceEkf(type, noise, 0.5, 0.1);
        long nanos = 0;
        double lastA = 0.0;
        for (int k = 0; k < 500; k++) {
            double dtS = k == 0 ? 0.0 : (1 + random.nextInt(40)) * 0.05;
            nanos += Math.round(dtS * 1e9);
            double packA = 60.0 * (random.nextDouble() - 0.4);
            double v = type.ocv().v(0.6, 25.0) - packA / 10.0 * 0.03 + 0.01 * random.nextGaussian();
            if (k > 0) {
                reference.predict(0.5 * (lastA + packA) / 10.0, 25.0, dtS);
            }
            double predictedV = reference.correct(v, packA / 10.0, 25.0, dtS);
            assertEquals(StepResult.USED, step(nanos, packA, v, 3.7, 25.0));
            String at = "seed " + seed + " step " + k;
            assertEquals(predictedV, estimate.predictedV(0), 1e-9, at);
            assertEquals(Math.min(1.0, Math.max(0.0, reference.x.get(0))), estimate.soc(0), 1e-9, at);
            assertEquals(reference.x.get(1), estimate.fastRcV(0), 1e-9, at);
            assertEquals(reference.x.get(2), estimate.slowRcV(0), 1e-9, at);
            assertEquals(Math.sqrt(reference.p.get(0, 0)), estimate.socSigma(0), 1e-9, at);
            lastA = packA;
        }
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
        assertEquals(0.045 * (1.0 - StrictMath.exp(-1.2)), estimate.slowRcV(0), 1e-9);
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
        step(SECOND, 0.0, 3.9, Double.NaN, 25.0);
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
    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {11, 12})
    void keepsAPositiveVarianceOverAMillionHarshSteps(long seed) {
        NoiseModel sharp = new NoiseModel(1e-7, 0.0, 0.0, 1e-7, 0.0, 1e-6, 1.0);
        PackLayout one = new PackLayout(1, 1, 1);
        CellEkf harsh = new CellEkf(type, one, sharp);
        harsh.start(0.5, 1.0);
        PackSample reading = new PackSample(one);
        PackEstimate into = new PackEstimate(one);
        Random random = new Random(seed);
        for (int k = 0; k < 1_000_000; k++) {
            reading.begin(k * 100_000_000L);
            reading.readCurrent(18.0 * (random.nextDouble() - 0.5));
            reading.readCellVoltage(0, 3.0 + 1.2 * random.nextDouble());
            reading.readTemperature(0, 25.0);
            harsh.step(reading, into);
            assertTrue(into.socSigma(0) > 0.0, "seed " + seed + " step " + k + " sigma " + into.socSigma(0));
        }
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
