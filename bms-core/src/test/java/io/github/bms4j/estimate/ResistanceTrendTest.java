package io.github.bms4j.estimate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.bms4j.Allocation;
import io.github.bms4j.cell.PackLayout;
import io.github.bms4j.cell.SampleCells;
import io.github.bms4j.measure.PackSample;
import io.github.bms4j.num.StepResult;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Two cells in parallel in each of two groups; the model's resistances are good to 15 %. */
class ResistanceTrendTest {
    private final PackLayout layout = new PackLayout(2, 2, 1);
    private final ResistanceTrend trend = new ResistanceTrend(SampleCells.straight(), layout);
    private final PackSample sample = new PackSample(layout);
    private final PackEstimate estimate = new PackEstimate(layout);
    private double timeS;

    private StepResult step(double dtS, double packA, double error, double sigma) {
        timeS += dtS;
        sample.begin(Math.round(timeS * 1e9));
        sample.readCurrent(packA);
        estimate.resistanceError(0, error, sigma);
        estimate.resistanceError(1, Double.NaN, Double.NaN);
        return trend.step(sample, estimate);
    }

    @Test
    void takesTheFirstNumberAsItIs() {
        assertEquals(StepResult.HELD, step(1.0, 5.0, 0.4, 0.1), "the first sample only sets the time");
        assertEquals(StepResult.USED, step(1.0, 5.0, 0.4, 0.1));
        assertEquals(1.4, estimate.health().resistanceRatio(0), 1e-12);
        assertEquals(0.6, estimate.health().sohR(0), 1e-12);
        assertEquals(Math.sqrt(0.01 + 0.0225), estimate.health().sohRSigma(0), 1e-12);
        assertEquals(0.6, estimate.health().sohR(), 1e-12);
        assertTrue(Double.isNaN(estimate.health().sohR(1)));
    }

    @Test
    void followsSlowlyAndNeverClaimsMoreThanItIsTold() {
        step(1.0, 5.0, 0.0, 0.1);
        step(1.0, 5.0, 0.0, 0.1);
        for (int k = 0; k < 7200; k++) {
            step(1.0, -5.0, 0.5, 0.05);
        }
        double settled = 1.0 - StrictMath.exp(-1.0);
        assertEquals(1.0 + 0.5 * settled, estimate.health().resistanceRatio(0), 1e-3);
        double variance = 0.01 + (0.0025 - 0.01) * settled;
        assertEquals(Math.sqrt(variance + 0.0225), estimate.health().sohRSigma(0), 1e-4);
    }

    @ParameterizedTest(name = "{0} A, error {1} +- {2}")
    @CsvSource({
        "0.29, 0.4, 0.1", // too little current: 0.15 A a cell is needed
        "NaN, 0.4, 0.1",
        "5.0, NaN, 0.1",
        "5.0, 0.4, NaN",
        "5.0, 0.4, 0.21",
        "5.0, -1.0, 0.1",
        "5.0, Infinity, 0.1"
    })
    void holdsWhatItHasWhenTheNumberIsNoGood(double packA, double error, double sigma) {
        step(1.0, 5.0, 0.1, 0.1);
        step(1.0, 5.0, 0.1, 0.1);
        assertEquals(StepResult.HELD, step(1.0, packA, error, sigma));
        assertEquals(1.1, estimate.health().resistanceRatio(0), 1e-12);
    }

    @Test
    void holdsWhenTimeStandsAndTakesAGapForAShortStep() {
        assertEquals(StepResult.HELD, trend.step(sample, estimate));
        step(1.0, 0.31, 0.0, 0.1);
        step(1.0, 0.31, 0.0, 0.1);
        assertEquals(StepResult.HELD, step(0.0, 5.0, 1.0, 0.1));
        assertEquals(StepResult.HELD, step(-1.0, 5.0, 1.0, 0.1));
        assertEquals(StepResult.USED, step(100_000.0, 5.0, 0.72, 0.1));
        assertEquals(1.001, estimate.health().resistanceRatio(0), 1e-5); // 10 s of 7200
    }

    @Test
    void leavesNothingOnTheHeap() {
        assertEquals(0.0, Allocation.bytesPerCall(5_000, () -> step(1.0, 5.0, 0.1, 0.1)), 0.01);
    }
}
