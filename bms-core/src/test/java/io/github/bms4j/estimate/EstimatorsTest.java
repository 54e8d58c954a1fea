package io.github.bms4j.estimate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.bms4j.cell.CellType;
import io.github.bms4j.cell.PackLayout;
import io.github.bms4j.cell.SampleCells;
import io.github.bms4j.measure.PackSample;
import io.github.bms4j.num.StepResult;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What every estimator in the list must do, whatever it is inside. */
class EstimatorsTest {
    private static final long SECOND = 1_000_000_000L;

    private final CellType type = SampleCells.straight();
    private final PackLayout layout = new PackLayout(3, 2, 1);
    private final PackSample sample = new PackSample(layout);
    private final PackEstimate estimate = new PackEstimate(layout);

    static List<String> names() {
        return Estimators.names();
    }

    private SocEstimator make(String name) {
        return Estimators.create(name, type, layout, NoiseModel.sloped());
    }

    private StepResult step(SocEstimator estimator, long nanos, double packA, double cellV) {
        sample.begin(nanos);
        sample.readCurrent(packA);
        for (int c = 0; c < 3; c++) {
            sample.readCellVoltage(c, cellV + 0.009 * (c - 1)); // a point of SOC apart
        }
        sample.readTemperature(0, 25.0);
        return estimator.step(sample, estimate);
    }

    @Test
    void theFilterIsTheUsualChoiceAndNoNameComesTwice() {
        assertEquals("ekf", Estimators.names().get(0));
        assertEquals(Estimators.names().size(), new HashSet<>(Estimators.names()).size());
        assertThrows(
                UnsupportedOperationException.class, () -> Estimators.names().clear());
    }

    @Test
    void anUnknownNameIsRefusedWithTheKnownOnes() {
        IllegalArgumentException refused = assertThrows(IllegalArgumentException.class, () -> make("kalman"));
        String message = String.valueOf(refused.getMessage());
        assertTrue(message.contains("\"kalman\"") && message.contains(String.join(", ", names())), message);
    }

    @ParameterizedTest
    @MethodSource("names")
    void answersToItsNameAndRefusesToRunUnstarted(String name) {
        SocEstimator estimator = make(name);
        assertEquals(name, estimator.name());
        assertThrows(IllegalStateException.class, () -> step(estimator, 0, 0.0, 3.65));
        assertThrows(IllegalArgumentException.class, () -> estimator.start(1.01, 0.1));
        assertThrows(IllegalArgumentException.class, () -> estimator.start(0.5, 0.0));
    }

    @ParameterizedTest
    @MethodSource("names")
    void countsChargeAndIntegratesNothingAtItsFirstSample(String name) {
        SocEstimator estimator = make(name);
        estimator.start(0.5, 0.01);
        step(estimator, 1_700_000_000L * SECOND, 6.0, Double.NaN);
        assertEquals(0.5, estimate.soc(1), 1e-12);
        for (int s = 1; s <= 360; s++) {
            assertEquals(StepResult.USED, step(estimator, (1_700_000_000L + s) * SECOND, 6.0, Double.NaN));
        }
        assertEquals(0.4, estimate.soc(1), 1e-3); // 3 A a cell of 3 Ah for 0.1 h
        assertTrue(estimate.socSigma(1) > 0.01, "counting grows less sure: " + estimate.socSigma(1));
    }

    @ParameterizedTest
    @MethodSource("names")
    void holdsWithoutACurrentAndWhenTimeRunsBackwards(String name) {
        SocEstimator estimator = make(name);
        estimator.start(0.5, 0.01);
        step(estimator, 5 * SECOND, 6.0, 3.65);
        double soc = estimate.soc(0);
        double sigma = estimate.socSigma(0);
        assertEquals(StepResult.HELD, step(estimator, 6 * SECOND, Double.NaN, 3.9));
        assertEquals(StepResult.HELD, step(estimator, 5 * SECOND, 6.0, 3.9));
        assertEquals(StepResult.HELD, step(estimator, 4 * SECOND, 6.0, 3.9));
        assertEquals(soc, estimate.soc(0));
        assertEquals(sigma, estimate.socSigma(0));
    }

    @ParameterizedTest
    @MethodSource("names")
    void millivoltsAreNoVoltsAndMilliamperesNoAmperes(String name) {
        SocEstimator blind = make(name);
        SocEstimator told = make(name);
        blind.start(0.5, 0.05);
        told.start(0.5, 0.05);
        for (int s = 0; s < 60; s++) {
            step(blind, s * SECOND, 6.0, Double.NaN);
            double soc = estimate.soc(1);
            double sigma = estimate.socSigma(1);
            step(told, s * SECOND, 6.0, 3650.0);
            assertEquals(soc, estimate.soc(1), 1e-15, "second " + s);
            assertEquals(sigma, estimate.socSigma(1), 1e-15, "second " + s);
        }
        assertEquals(StepResult.HELD, step(told, 60 * SECOND, 6000.0, 3.65));
        assertEquals(StepResult.USED, step(told, 61 * SECOND, 6.0, 3.65));
    }

    @ParameterizedTest
    @MethodSource("names")
    void noReadingHoweverAbsurdLeavesANumberThatIsNone(String name) {
        double[] absurd = {Double.NaN, Double.POSITIVE_INFINITY, -1e300, 0.0, 4.9, 0.6};
        SocEstimator estimator = make(name);
        estimator.start(0.5, 0.05);
        step(estimator, 0, 0.0, 3.65);
        for (int k = 1; k < 2000; k++) {
            double v = k % 7 < 5 ? 3.65 : absurd[k % absurd.length];
            double a = k % 11 < 9 ? 6.0 : absurd[k / 3 % absurd.length];
            step(estimator, k * SECOND * (k % 13 == 0 ? -1 : 1), a, v);
            for (int c = 0; c < 3; c++) {
                assertTrue(estimate.soc(c) >= 0.0 && estimate.soc(c) <= 1.0, "step " + k);
                assertTrue(estimate.socSigma(c) > 0.0 && estimate.socSigma(c) < 2.0, "step " + k);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("names")
    void takesOverFromAnotherInMidFlight(String name) {
        CellEkf before = new CellEkf(type, layout, NoiseModel.sloped());
        before.start(0.5, 0.1);
        for (int s = 0; s <= 600; s++) {
            double packA = 6.0;
            step(before, s * SECOND, packA, 3.65 - 0.9 * s / 7200.0 - 0.02 * packA / 2);
        }
        double[] soc = {estimate.soc(0), estimate.soc(1), estimate.soc(2)};
        double sigma = estimate.socSigma(1);
        double slowRcV = estimate.slowRcV(1);
        SocEstimator estimator = make(name);
        estimator.startFrom(estimate);
        step(estimator, 700 * SECOND, 6.0, Double.NaN);
        for (int c = 0; c < 3; c++) {
            assertEquals(soc[c], estimate.soc(c), 1e-9);
        }
        assertEquals(sigma, estimate.socSigma(1), 0.3 * sigma);
        assertEquals(slowRcV, estimate.slowRcV(1), 1e-8);
    }

    @ParameterizedTest
    @MethodSource("names")
    void takesOverOnlyWhatIsKnownAndOfItsOwnCells(String name) {
        SocEstimator estimator = make(name);
        assertThrows(IllegalArgumentException.class, () -> estimator.startFrom(new PackEstimate(layout)));
        PackEstimate other = new PackEstimate(new PackLayout(2, 1, 1));
        Estimates.write(other, 0, 0.02, 0.5, 0.6);
        assertThrows(IllegalArgumentException.class, () -> estimator.startFrom(other));
    }
}
