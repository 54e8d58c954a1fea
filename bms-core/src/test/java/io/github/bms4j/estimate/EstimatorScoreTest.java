package io.github.bms4j.estimate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.bms4j.cell.PackLayout;
import io.github.bms4j.cell.SampleCells;
import io.github.bms4j.estimate.ShadowDecision.Reason;
import io.github.bms4j.measure.PackSample;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** One straight 3 Ah cell; 10 mV, 10 % of a drop, 500 s or 5 points of memory; offset 1 % an hour, capacity 2 %. */
class EstimatorScoreTest {
    private static final double ALARM = 3.09;

    private final NoiseModel noise = Noises.of(0.01, 0.02, 0.010, 0.10, 500.0, 0.05);
    private final PackLayout layout = new PackLayout(2, 1, 1);
    private final ParameterSet set = new ParameterSet("a", SampleCells.sure(), noise, "test");
    private final EstimatorScore score = new EstimatorScore(set, layout);
    private final PackSample sample = new PackSample(layout);
    private final PackEstimate estimate = new PackEstimate(layout);
    private long seconds;

    @BeforeEach
    void begin() {
        says(0.5, 0.02, 0.0);
        score.restart(estimate);
    }

    /** Both cells say the same; predicted is what a straight cell has, less an error. */
    private void says(double soc, double sigma, double errorV) {
        for (int c = 0; c < 2; c++) {
            estimate.cell(c, soc, sigma, 0.0, 0.0, 3.65 - errorV);
            estimate.diffusion(c, 0.0);
            estimate.circuit(c, 20e-3, 10e-3, 15e-3, 0.9);
        }
        estimate.close(0);
    }

    private void look(double cellA, double dtS, double v0, double v1) {
        seconds += Math.round(dtS);
        sample.begin(seconds * 1_000_000_000L);
        sample.readCurrent(cellA);
        sample.readCellVoltage(0, v0);
        sample.readCellVoltage(1, v1);
        sample.readTemperature(0, 25.0);
        score.step(sample, estimate, cellA, dtS);
    }

    private ShadowScore.Figures figures() {
        return score.figures(ALARM);
    }

    /** For an even number of degrees of freedom the tail is a finite sum: exp(-x/2) times the sum of (x/2)^k / k!, k < n/2. */
    @ParameterizedTest(name = "{0} degrees of freedom at {1} sigmas: one-sided tail {2}")
    @CsvSource({
        "2, 3.0902, 0.001",
        "4, 3.0902, 0.001",
        "10, 3.0902, 0.001",
        "50, 3.0902, 0.001",
        "200, 3.0902, 0.001",
        "2, 1.6449, 0.05",
        "10, 1.6449, 0.05"
    })
    void limitCutsOffTheTailThatItsSigmasName(int n, double sigmas, double tail) {
        double x = EstimatorScore.chiSquaredLimit(n, sigmas);
        double term = StrictMath.exp(-0.5 * x);
        double sum = 0.0;
        for (int k = 0; k < n / 2; k++) {
            sum += term;
            term *= 0.5 * x / (k + 1);
        }
        assertEquals(tail, sum, 0.15 * tail);
    }

    @Test
    void innovationIsTheSquareOverAllThatIsClaimed() {
        says(0.5, 0.02, 0.030);
        look(-2.0, 10.0, 3.65, 3.65);
        // 10 mV, 10 % of 40 mV, 0.9 V × 0.02
        double claimed = 0.010 * 0.010 + 0.004 * 0.004 + 0.018 * 0.018;
        assertEquals(0.030 * 0.030 / claimed, figures().innovation(), 1e-9);
    }

    @Test
    void whatWasLearnedOfTheModelIsTakenOutAgain() {
        // Predicted 3.65 V, of which +20 mV were laid to the model and -15 mV to an R0 a third higher at 3 A.
        says(0.5, 0.02, 0.0);
        for (int c = 0; c < 2; c++) {
            estimate.circuit(c, 20e-3, 10e-3, 15e-3, 0.9);
            estimate.voltageError(c, 0.020, Double.NaN);
            estimate.resistanceError(c, 1.0 / 3.0, 0.05);
        }
        look(3.0, 10.0, 3.65, 3.65);
        double error = 0.020 - 0.015; // the model itself says 3.645 V
        double claimed = 0.010 * 0.010 + 0.006 * 0.006 + 0.018 * 0.018;
        assertEquals(error * error / claimed, figures().innovation(), 1e-9);
    }

    @Test
    void polarisationCountsAmongTheDrop() {
        for (int c = 0; c < 2; c++) {
            estimate.cell(c, 0.5, 0.02, 0.030, 0.050, 3.62);
            estimate.diffusion(c, 0.020);
        }
        look(2.0, 10.0, 3.65, 3.65);
        double claimed = 0.010 * 0.010 + 0.014 * 0.014 + 0.018 * 0.018; // 10 % of 40 + 30 + 50 + 20 mV
        assertEquals(0.030 * 0.030 / claimed, figures().innovation(), 1e-9);
    }

    @Test
    void aLostVoltageCountsForNeitherCell() {
        says(0.5, 0.02, 0.0);
        score.enterRest(estimate);
        look(0.0, 10.0, Double.NaN, Double.NaN);
        assertEquals(Double.NaN, score.closeRest(sample, estimate));
        assertEquals(0, score.rests());
    }

    @Test
    void cellsCountTogetherAndAMissingVoltageNotAtAll() {
        says(0.5, 0.02, 0.0);
        double claimed = 0.010 * 0.010 + 0.018 * 0.018;
        look(0.0, 10.0, 3.65 + 0.02, 3.65);
        assertEquals(0.5 * 0.0004 / claimed, figures().innovation(), 1e-9);
        score.restart(estimate);
        look(0.0, 10.0, 3.65 + 0.02, Double.NaN);
        assertEquals(0.0004 / claimed, figures().innovation(), 1e-9);
        look(0.0, 10.0, Double.NaN, Double.NaN);
        assertEquals(0.0004 / claimed, figures().innovation(), 1e-9);
    }

    @Test
    void errorsCountAsIndependentByTheirMemory() {
        // At rest one error in 2 × 500 s; at 1C the memory of 5 points, 180 s, makes 1/500 + 1/180 a second.
        says(0.5, 0.02, 0.010);
        for (int k = 0; k < 200; k++) {
            look(0.0, 10.0, 3.65, 3.65);
        }
        assertEquals(EstimatorScore.chiSquaredLimit(2.0, ALARM) / 2.0, figures().innovationLimit(), 1e-9);
        score.restart(estimate);
        for (int k = 0; k < 200; k++) {
            look(3.0, 10.0, 3.65, 3.65);
        }
        double n = 1000.0 * (1.0 / 500.0 + 1.0 / 180.0);
        assertEquals(EstimatorScore.chiSquaredLimit(n, ALARM) / n, figures().innovationLimit(), 1e-9);
    }

    @Test
    void looksEveryTenSeconds() {
        says(0.5, 0.02, 0.010);
        for (int k = 0; k < 9; k++) {
            look(0.0, 1.0, 3.65, 3.65);
        }
        assertEquals(Double.NaN, figures().innovation());
        look(0.0, 1.0, 3.65, 3.65);
        assertTrue(figures().innovation() > 0.0);
    }

    @Test
    void chargeClosureIsMovementAgainstChargeOverWhatIsClaimed() {
        for (int k = 0; k < 60; k++) {
            look(3.0, 10.0, 3.65, 3.65); // 600 s at 1C: a sixth
        }
        says(0.5 - 1.0 / 6.0 - 0.03, 0.01, 0.0);
        score.closeStretch(estimate);
        double offset = 0.01 / 6.0;
        double capacity = 0.02 / 6.0;
        double claimed = 0.02 * 0.02 + offset * offset + capacity * capacity;
        assertEquals(0.03 * 0.03 / claimed, figures().chargeClosure(), 1e-9);
        assertEquals(EstimatorScore.chiSquaredLimit(1, ALARM), figures().chargeLimit(), 1e-12);
        assertEquals(1, score.stretches());
        assertNull(score.fault(ALARM));
    }

    @Test
    void aFilterThatRunsAfterTheVoltageForeseesNoMoreThanItsCount() {
        // Two filters, no current, the voltage 45 mV (5 points) up: one stays, one follows and shows no innovation.
        look(0.0, 10.0, 3.695, 3.695);
        double stays = score.closeStretch(estimate);
        says(0.5, 0.02, 0.0);
        score.restart(estimate);
        says(0.55, 0.02, -0.045);
        look(0.0, 10.0, 3.695, 3.695);
        double follows = score.closeStretch(estimate);
        assertEquals(0.0, figures().innovation(), 1e-12);
        double offset = 0.01 * 10.0 / 3600.0;
        double claimed = 0.010 * 0.010 + 0.81 * (0.02 * 0.02 + offset * offset);
        double expected = 0.5 * (0.045 * 0.045 / claimed + StrictMath.log(claimed));
        assertEquals(expected, stays, 1e-6);
        // 0.045 V of its error stand in the innovation of the one that stays, in the SOC of the one that follows
        assertEquals(expected, follows, 1e-6);
    }

    @Test
    void withoutAVoltageNothingWasForeseen() {
        look(0.0, 10.0, Double.NaN, Double.NaN);
        assertEquals(Double.NaN, score.closeStretch(estimate));
    }

    @Test
    void restClosureHoldsWhatWasCarriedAgainstTheVoltage() {
        assertFalse(score.knowsRest());
        says(0.52, 0.02, 0.0);
        score.enterRest(estimate);
        assertTrue(score.knowsRest());
        score.openStretch(estimate); // a stretch may end within a rest
        look(0.03, 360.0, 3.65, 3.65); // a tenth of a point
        says(0.50, 0.001, 0.0); // what the filter learned meanwhile does not count
        double foreseen = score.closeRest(sample, estimate);
        double error = 0.9 * (0.52 - 0.001 - 0.5) - 0.0006; // less the drop of 30 mA
        double doubt = 0.010 * 0.010 + 0.00006 * 0.00006;
        double claimed = 0.018 * 0.018 + doubt;
        assertEquals(error * error / claimed, figures().restClosure(), 1e-9);
        assertEquals(0.5 * (error * error / claimed + StrictMath.log(claimed)), foreseen, 1e-9);
        assertEquals(1, score.rests());
        score.restart(estimate);
        assertFalse(score.knowsRest());
    }

    @ParameterizedTest(name = "innovation {0} V, charge {1}, rest {2}: {3}")
    @CsvSource({
        "0.0, 0.0, 0.0, ",
        "0.2, 0.0, 0.0, INNOVATION",
        "0.0, 0.2, 0.0, CHARGE_CLOSURE",
        "0.0, 0.0, 0.2, REST_CLOSURE",
        "NaN, 0.0, 0.0, UNSOUND",
        "0.0, NaN, 0.0, UNSOUND",
        "0.0, 0.0, NaN, UNSOUND"
    })
    void namesTheWordThatWasBroken(double innovationV, double chargeSoc, double restSoc, Reason reason) {
        says(0.5 + restSoc, 0.02, 0.0);
        score.enterRest(estimate);
        says(0.5, 0.02, innovationV);
        for (int k = 0; k < 100; k++) {
            look(0.0, 10.0, 3.65, 3.65);
        }
        score.closeRest(sample, estimate);
        says(0.5 + chargeSoc, 0.02, 0.0);
        score.closeStretch(estimate);
        assertEquals(reason, score.fault(ALARM));
        says(0.5, 0.02, 0.0);
        score.restart(estimate);
        assertNull(score.fault(ALARM));
    }
}
