package io.github.bms4j.estimate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.bms4j.cell.PackLayout;
import io.github.bms4j.cell.SampleCells;
import io.github.bms4j.measure.PackSample;
import io.github.bms4j.num.StepResult;
import org.junit.jupiter.api.Test;

class CountingEstimatorTest {
    private static final long SECOND = 1_000_000_000L;

    private final PackLayout layout = new PackLayout(1, 1, 1);
    private final SocEstimator counter = new CountingEstimator(SampleCells.straight(), layout, NoiseModel.sloped());
    private final PackSample sample = new PackSample(layout);
    private final PackEstimate estimate = new PackEstimate(layout);

    private StepResult step(long s, double packA, double cellV, double tDegC) {
        sample.begin(s * SECOND);
        sample.readCurrent(packA);
        sample.readCellVoltage(0, cellV);
        sample.readTemperature(0, tDegC);
        return counter.step(sample, estimate);
    }

    @Test
    void neverListensToAVoltageAndRunsTheCircuitAlong() {
        counter.start(0.5, 0.2);
        for (int s = 0; s <= 360; s++) {
            step(s, 3.0, 4.1, 25.0);
        }
        assertEquals(0.4, estimate.soc(0), 1e-9);
        assertTrue(estimate.socSigma(0) > 0.2, "sigma " + estimate.socSigma(0));
        double slow = 0.045 * (1.0 - StrictMath.exp(-1.2));
        assertEquals(0.030, estimate.fastRcV(0), 1e-9);
        assertEquals(slow, estimate.slowRcV(0), 1e-9);
        assertEquals(0.0, estimate.diffusionV(0));
        assertEquals(3.2 + 0.9 * 0.4 - 0.030 - slow - 0.060, estimate.predictedV(0), 1e-6);
        assertEquals(20e-3, estimate.r0Ohm(0), 1e-12);
        assertEquals(10e-3, estimate.fastOhm(0), 1e-12);
        assertEquals(15e-3, estimate.slowOhm(0), 1e-12);
        assertEquals(0.9, estimate.ocvSlopeV(0), 1e-9);
        assertEquals(360 * SECOND, estimate.nanos());
    }

    @Test
    void forgetsPolarisationOverAGapAndAtAStart() {
        counter.start(0.5, 0.2);
        for (int s = 0; s <= 60; s++) {
            step(s, 3.0, 3.6, 25.0);
        }
        double slow = estimate.slowRcV(0);
        step(360, 3.0, 3.6, 25.0);
        assertEquals(slow * StrictMath.exp(-1.0), estimate.slowRcV(0), 1e-9);
        counter.start(0.7, 0.1);
        step(400, 3.0, 3.6, 25.0);
        assertEquals(0.0, estimate.slowRcV(0));
        assertEquals(0.7, estimate.soc(0));
    }

    @Test
    void holdsWhileNoTemperatureWasEverRead() {
        counter.start(0.5, 0.2);
        assertEquals(StepResult.HELD, step(0, 3.0, 3.6, Double.NaN));
        assertFalse(estimate.known());
        assertEquals(StepResult.USED, step(1, 3.0, 3.6, 25.0));
        assertEquals(0.5, estimate.soc(0), "what was held set no clock");
    }
}
