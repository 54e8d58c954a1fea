package io.github.bms4j.estimate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.bms4j.cell.CellType;
import io.github.bms4j.cell.PackLayout;
import io.github.bms4j.cell.SampleCells;
import io.github.bms4j.measure.PackSample;
import java.util.Arrays;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every cell begins where it was left: four cells of a straight pack, 3 Ah each, whose cells stand 2 points apart. */
class StartEachTest {
    private static final CellType TYPE = SampleCells.straight();
    private static final NoiseModel NOISE = NoiseModel.of(TYPE);
    private static final int CELLS = 40;

    private final PackLayout layout = new PackLayout(CELLS, 1, 1);
    private final PackEstimate estimate = new PackEstimate(layout);
    private final PackSample sample = new PackSample(layout);
    private final double[] soc = new double[CELLS];
    private final double[] sigma = new double[CELLS];

    StartEachTest() {
        for (int c = 0; c < CELLS; c++) {
            soc[c] = 0.50 + 0.002 * c;
            sigma[c] = 0.01 + 0.0001 * c;
        }
    }

    private record Named(String name, Supplier<SocEstimator> make) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Named> estimators() {
        PackLayout pack = new PackLayout(CELLS, 1, 1);
        PackLayout few = new PackLayout(CELLS, 1, 1);
        Stream<Named> known =
                Estimators.names().stream().map(n -> new Named(n, () -> Estimators.create(n, TYPE, pack, NOISE)));
        return Stream.concat(
                known,
                Stream.of(
                        new Named("plain", () -> new PlainEkf("plain", TYPE, few, 0.01)),
                        new Named(
                                "shadow",
                                () -> new ShadowEstimator(
                                        few,
                                        new CellEkf(TYPE, few, NOISE),
                                        new ParameterSet("1", TYPE, NOISE, "test"),
                                        ShadowSettings.standard()))));
    }

    /** One sample without voltages: what comes out is what went in. */
    private void readWithoutVoltages(long nanos) {
        sample.begin(nanos);
        sample.readCurrent(0.0);
        sample.readTemperature(0, 25.0);
    }

    @ParameterizedTest
    @MethodSource("estimators")
    void everyCellGoesOnFromItsOwnStart(Named named) {
        SocEstimator estimator = named.make().get();
        estimator.startEach(soc, sigma);
        Arrays.fill(soc, 0.9); // read, not kept
        readWithoutVoltages(0L);
        estimator.step(sample, estimate);
        for (int c = 0; c < CELLS; c++) {
            assertEquals(0.50 + 0.002 * c, estimate.soc(c), 1e-9, "cell " + c);
            double claimed = 0.01 + 0.0001 * c;
            assertTrue(
                    estimate.socSigma(c) >= 0.99 * claimed && estimate.socSigma(c) < 1.3 * claimed,
                    "cell " + c + " " + estimate.socSigma(c));
        }
    }

    @ParameterizedTest
    @MethodSource("estimators")
    void aSecondStartForgetsTheFirst(Named named) {
        SocEstimator estimator = named.make().get();
        estimator.startEach(soc, sigma);
        estimator.startFurther(0.5, 0.1, filled(1.3));
        estimator.start(0.3, 0.05);
        readWithoutVoltages(0L);
        estimator.step(sample, estimate);
        for (int c = 0; c < CELLS; c++) {
            assertEquals(0.3, estimate.soc(c), 1e-9, "cell " + c);
            assertEquals(0.05, estimate.socSigma(c), 0.02, "cell " + c);
        }
        double bias = estimate.currentBiasA();
        assertTrue(Double.isNaN(bias) || bias == 0.0, "bias " + bias);
        double error = estimate.resistanceError(CELLS - 1);
        assertTrue(Double.isNaN(error) || Math.abs(error) < 1e-12, "R0 " + error);
    }

    @ParameterizedTest
    @MethodSource("estimators")
    void refusesWhatIsNoStart(Named named) {
        SocEstimator estimator = named.make().get();
        assertThrows(IllegalArgumentException.class, () -> estimator.startEach(new double[3], sigma));
        assertThrows(IllegalArgumentException.class, () -> estimator.startEach(soc, new double[CELLS + 1]));
        sigma[7] = 0.0;
        String zero = String.valueOf(assertThrows(IllegalArgumentException.class, () -> estimator.startEach(soc, sigma))
                .getMessage());
        assertTrue(zero.contains("sigma[7]"), zero);
        sigma[7] = 0.1;
        soc[5] = Double.NaN;
        String nan = String.valueOf(assertThrows(IllegalArgumentException.class, () -> estimator.startEach(soc, sigma))
                .getMessage());
        assertTrue(nan.contains("soc[5]"), nan);
    }

    @Test
    void theFilterGoesOnWithWhatWasKnownOfTheSensorAndTheResistances() {
        for (String name : new String[] {"ekf", "spkf", "bar-delta"}) {
            SocEstimator estimator = Estimators.create(name, TYPE, layout, NOISE);
            estimator.startEach(soc, sigma);
            estimator.startFurther(0.012, 0.004, filled(1.25));
            readWithoutVoltages(0L);
            estimator.step(sample, estimate);
            assertEquals(0.012, estimate.currentBiasA(), 1e-12, name);
            for (int c = 0; c < CELLS; c++) {
                assertEquals(0.25, estimate.resistanceError(c), 1e-9, name);
            }
        }
    }

    @Test
    void theBiasIsSharedByTheStringsOfParallelCells() {
        PackLayout five = new PackLayout(2, 5, 1);
        SocEstimator estimator = new CellEkf(TYPE, five, NOISE);
        PackSample s = new PackSample(five);
        PackEstimate into = new PackEstimate(five);
        estimator.start(0.5, 0.1);
        estimator.startFurther(0.05, Double.NaN, new double[] {Double.NaN, 1.1});
        s.begin(0L);
        s.readCurrent(0.0);
        s.readTemperature(0, 25.0);
        estimator.step(s, into);
        assertEquals(0.05, into.currentBiasA(), 1e-12);
        assertEquals(0.0, into.resistanceError(0), 1e-12);
        assertEquals(0.1, into.resistanceError(1), 1e-12);
    }

    @Test
    void anUnknownBiasIsNone() {
        SocEstimator estimator = new CellEkf(TYPE, layout, NOISE);
        estimator.start(0.5, 0.1);
        estimator.startFurther(Double.NaN, Double.NaN, filled(Double.NaN));
        readWithoutVoltages(0L);
        estimator.step(sample, estimate);
        assertEquals(0.0, estimate.currentBiasA());
    }

    @Test
    void aSurerBiasCountsFurtherAndMakesTheSocSurer() {
        assertTrue(sigmaAfterAnHour(1e-4) < 0.9 * sigmaAfterAnHour(0.1));
    }

    private double sigmaAfterAnHour(double biasSigmaA) {
        SocEstimator estimator = new CellEkf(TYPE, layout, NOISE);
        Arrays.fill(sigma, 0.002);
        estimator.startEach(soc, sigma);
        estimator.startFurther(0.0, biasSigmaA, filled(1.0));
        PackEstimate into = new PackEstimate(layout);
        PackSample s = new PackSample(layout);
        for (int k = 0; k < 360; k++) {
            s.begin(k * 10_000_000_000L);
            s.readCurrent(0.0);
            s.readTemperature(0, 25.0);
            estimator.step(s, into);
        }
        return into.socSigma(0);
    }

    @Test
    void nothingFurtherIsTakenInMidFlight() {
        SocEstimator estimator = new CellEkf(TYPE, layout, NOISE);
        assertThrows(IllegalStateException.class, () -> estimator.startFurther(0.0, 0.1, filled(1.0)));
        estimator.start(0.5, 0.1);
        readWithoutVoltages(0L);
        estimator.step(sample, estimate);
        assertThrows(IllegalStateException.class, () -> estimator.startFurther(0.0, 0.1, filled(1.0)));
    }

    @Test
    void theCountBeginsAtEachCellsOwnSoc() {
        ChargeAudit audit = new ChargeAudit(TYPE, layout, NOISE);
        audit.startEach(soc, sigma);
        readWithoutVoltages(0L);
        audit.step(sample, estimate);
        assertEquals(soc[7], audit.counter().soc(7));
        assertEquals(sigma[7], audit.counter().sigma(7), 1e-12);
        assertEquals(SocLineage.Anchor.START, audit.counter().lineage(7).anchor());
    }

    @Test
    void theTrendGoesOnFromTheRatioItHad() {
        ResistanceTrend trend = new ResistanceTrend(TYPE, layout);
        double model = TYPE.error().resistanceSigma();
        double said = Math.sqrt(0.02 * 0.02 + model * model);
        trend.start(3, 1.4, said, estimate);
        assertEquals(1.4, estimate.health().resistanceRatio(3));
        assertEquals(said, estimate.health().sohRSigma(3), 1e-12);
        assertEquals(3, estimate.health().stiffest());
        assertThrows(IllegalArgumentException.class, () -> trend.start(0, 0.0, 0.1, estimate));
        assertThrows(IllegalArgumentException.class, () -> trend.start(0, 1.0, Double.NaN, estimate));
        estimate.resistanceError(3, 0.4, 0.02);
        for (int k = 0; k < 20; k++) {
            sample.begin(k * 1_000_000_000L);
            sample.readCurrent(3.0);
            trend.step(sample, estimate);
        }
        assertEquals(1.4, estimate.health().resistanceRatio(3), 1e-12);
        assertEquals(said, estimate.health().sohRSigma(3), 1e-12);
    }

    private static double[] filled(double value) {
        double[] values = new double[CELLS];
        Arrays.fill(values, value);
        return values;
    }
}
