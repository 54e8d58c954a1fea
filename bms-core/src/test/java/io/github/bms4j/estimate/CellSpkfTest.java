package io.github.bms4j.estimate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.bms4j.cell.CellType;
import io.github.bms4j.cell.PackLayout;
import io.github.bms4j.cell.SampleCells;
import io.github.bms4j.measure.PackSample;
import io.github.bms4j.num.StepResult;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CellSpkfTest {
    private final CellType rich = SampleCells.rich();
    private final PackLayout layout = new PackLayout(1, 1, 1);
    private final NoiseModel noise = Noises.withoutPast();
    private final PackSample sample = new PackSample(layout);
    private final PackEstimate estimate = new PackEstimate(layout);

    private void step(SocEstimator estimator, long nanos, double a, double v, double tDegC) {
        sample.begin(nanos);
        sample.readCurrent(a);
        sample.readCellVoltage(0, v);
        sample.readTemperature(0, tDegC);
        assertEquals(StepResult.USED, estimator.step(sample, estimate));
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void threePointsAreTheFilterWithAllOfThem(long seed) {
        Random random = new Random(seed);
        CellSpkf fast = new CellSpkf(rich, layout, noise);
        double sigma = 0.02 + 0.04 * seed; // from nearly sure to hardly knowing
        fast.start(0.55, sigma);
        ReferenceEkf opening = new ReferenceEkf(rich, noise);
        TextbookSpkf full = new TextbookSpkf(rich, noise);
        double lastA = 1.0;
        opening.open(0.55, sigma, lastA, 10.0);
        double firstV = rich.ocv().v(0.63, 10.0) - 0.06;
        opening.correct(firstV, lastA, 10.0);
        full.takeOver(opening, lastA);
        step(fast, 0, lastA, firstV, 10.0);
        long nanos = 0;
        double truth = 0.63;
        for (int k = 1; k <= 500; k++) {
            double dtS = (1 + random.nextInt(40)) * 0.05;
            nanos += Math.round(dtS * 1e9);
            double a = Math.min(6.0, Math.max(-4.0, lastA + random.nextGaussian()));
            truth -= 0.5 * (a + lastA) * dtS / 7200.0;
            double tDegC = Math.rint(100.0 - 0.4 * k) / 10.0; // by less it would not be followed
            double v = rich.ocv().v(truth, tDegC) - 0.05 * a + 0.005 * random.nextGaussian();
            full.predict(lastA, a, tDegC, dtS);
            double predictedV = full.correct(v, a, tDegC);
            step(fast, nanos, a, v, tDegC);
            String at = "seed " + seed + " step " + k;
            assertEquals(VoltageTrust.SOUND, estimate.voltageTrust(0), at);
            assertEquals(predictedV, estimate.predictedV(0), 2e-6, at);
            assertEquals(Math.min(1.0, Math.max(0.0, full.x[0])), estimate.soc(0), 2e-7, at);
            assertEquals(full.x[1], estimate.fastRcV(0), 2e-7, at);
            assertEquals(full.x[2], estimate.slowRcV(0), 2e-7, at);
            assertEquals(full.x[3], estimate.hysteresis(0), 1e-5, at);
            assertEquals(full.x[4], estimate.resistanceError(0), 1e-5, at);
            assertEquals(full.x[5], estimate.currentBiasA(), 1e-8, at);
            assertEquals(full.x[6], estimate.voltageErrorV(0), 2e-7, at);
            assertEquals(Math.sqrt(full.p[0][0]), estimate.socSigma(0), 2e-7, at);
            assertEquals(Math.sqrt(full.p[4][4]), estimate.resistanceErrorSigma(0), 1e-6, at);
            lastA = a;
        }
    }

    @Test
    void goesAnotherWayThanATangentBesideAKnee() {
        CellEkf tangent = new CellEkf(rich, layout, noise);
        CellSpkf secant = new CellSpkf(rich, layout, noise);
        tangent.start(0.2, 0.1);
        secant.start(0.2, 0.1);
        double v = rich.ocv().v(0.06, 25.0); // below the knee
        for (int k = 0; k < 5; k++) {
            step(tangent, k * 1_000_000_000L, 0.0, Double.NaN, 25.0);
            step(secant, k * 1_000_000_000L, 0.0, Double.NaN, 25.0);
        }
        step(tangent, 10_000_000_000L, 0.0, v, 25.0);
        double byTangent = estimate.soc(0);
        step(secant, 10_000_000_000L, 0.0, v, 25.0);
        assertEquals(byTangent, estimate.soc(0), 1e-12); // the first voltage is taken over secants by both
        for (int k = 11; k < 20; k++) {
            step(tangent, k * 1_000_000_000L, 0.0, v, 25.0);
        }
        byTangent = estimate.soc(0);
        for (int k = 11; k < 20; k++) {
            step(secant, k * 1_000_000_000L, 0.0, v, 25.0);
        }
        assertTrue(Math.abs(estimate.soc(0) - byTangent) > 1e-6, "secant " + estimate.soc(0) + " tangent " + byTangent);
        assertEquals("spkf", secant.name());
    }
}
