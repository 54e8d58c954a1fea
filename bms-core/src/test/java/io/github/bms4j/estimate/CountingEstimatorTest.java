package io.github.bms4j.estimate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.bms4j.cell.CellType;
import io.github.bms4j.cell.PackLayout;
import io.github.bms4j.cell.SampleCells;
import io.github.bms4j.measure.PackSample;
import io.github.bms4j.num.StepResult;
import java.util.ArrayList;
import java.util.List;
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

    /** The rich cell has three pairs and hysteresis; charged to half, then discharged by its own equations. */
    @Test
    void predictsAllTheModelHasWhileItCounts() {
        CellType rich = SampleCells.rich();
        CountingEstimator estimator = new CountingEstimator(rich, layout, Noises.plain());
        estimator.start(0.5, 0.1);
        double soc = 0.5;
        double[] v = new double[3];
        double h = 0.0;
        for (int s = 0; s <= 200; s++) {
            double a = s == 0 ? 2.0 : 2.0 + s % 3;
            if (s > 0) {
                double before = s == 1 ? 2.0 : 2.0 + (s - 1) % 3;
                double meanA = 0.5 * (before + a);
                double moved = -meanA / 3600.0 / 2.0;
                soc += moved;
                h += rich.ocv().hysteresis().turn(moved) * (-1.0 - h);
                for (int j = 0; j < 3; j++) {
                    double ohm = rich.circuit().branches().get(j).resistance().ohm(soc, 25.0);
                    double tauS = rich.circuit().branches().get(j).tauS();
                    v[j] += -Math.expm1(-1.0 / tauS) * (ohm * meanA - v[j]);
                }
            }
            sample.begin(s * SECOND);
            sample.readCurrent(a);
            sample.readCellVoltage(0, 3.7);
            sample.readTemperature(0, 25.0);
            assertEquals(StepResult.USED, estimator.step(sample, estimate));
            double r0 = rich.circuit().r0().ohm(soc, 25.0);
            double expectedV =
                    rich.ocv().v(soc, 25.0) + h * rich.ocv().hysteresis().halfGapV(soc) - v[0] - v[1] - v[2] - r0 * a;
            assertEquals(expectedV, estimate.predictedV(0), 1e-9, "after " + s + " s");
            assertEquals(v[0], estimate.fastRcV(0), 1e-9);
            assertEquals(v[1], estimate.slowRcV(0), 1e-9);
            assertEquals(v[2], estimate.diffusionV(0), 1e-9);
            double slope =
                    rich.ocv().slopeV(soc, 25.0) + h * rich.ocv().hysteresis().halfGapSlopeV(soc);
            assertEquals(slope, estimate.ocvSlopeV(0), 1e-9);
        }
    }

    @Test
    void takesOverWhatItsOwnCircuitHas() {
        PackEstimate before = new PackEstimate(layout);
        before.cell(0, 0.6, 0.05, 0.010, 0.020, Double.NaN);
        before.diffusion(0, 0.005);
        before.close(0);
        CellType[] types = {SampleCells.onePair(), SampleCells.straight(), SampleCells.rich()};
        for (int pairs = 1; pairs <= 3; pairs++) {
            CountingEstimator estimator = new CountingEstimator(types[pairs - 1], layout, Noises.plain());
            estimator.startFrom(before);
            sample.begin(pairs * SECOND);
            sample.readCurrent(0.0);
            sample.readTemperature(0, 25.0);
            assertEquals(StepResult.USED, estimator.step(sample, estimate));
            assertEquals(0.6, estimate.soc(0), 1e-12);
            assertEquals(0.05, estimate.socSigma(0), 1e-12);
            assertEquals(0.010, estimate.fastRcV(0), 1e-12);
            assertEquals(pairs > 1 ? 0.020 : 0.0, estimate.slowRcV(0), 1e-12, pairs + " pairs");
            assertEquals(pairs > 2 ? 0.005 : 0.0, estimate.diffusionV(0), 1e-12, pairs + " pairs");
        }
    }

    @Test
    void takesManySamplesInOrderAsIfEachWereStepped() {
        List<PackSample> samples = new ArrayList<>();
        for (int s = 0; s <= 360; s++) {
            PackSample one = new PackSample(layout);
            one.begin((s == 100 ? 50 : s) * SECOND); // one of an earlier time between them
            one.readCurrent(3.0);
            one.readCellVoltage(0, 3.6);
            one.readTemperature(0, 25.0);
            samples.add(one);
        }
        counter.start(0.5, 0.2);
        assertEquals(360, counter.stepAll(samples, estimate));
        assertEquals(0.4, estimate.soc(0), 1e-9);
        counter.start(0.5, 0.2);
        assertEquals(0, counter.stepAll(List.of(), estimate));
    }
}
