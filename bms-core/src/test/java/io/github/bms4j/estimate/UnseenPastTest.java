package io.github.bms4j.estimate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.bms4j.cell.CellType;
import io.github.bms4j.cell.PackLayout;
import io.github.bms4j.cell.RcBranch;
import io.github.bms4j.cell.SampleCells;
import io.github.bms4j.measure.PackSample;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A straight cell of 3 Ah: 10 mΩ with 10 s, 15 mΩ with 300 s. Looks back for 40 s and for 900 s. */
class UnseenPastTest {
    private static final PackLayout ONE = new PackLayout(1, 1, 1);
    private static final double Q = 3.0;
    private final CellType cell = SampleCells.straight();
    private final PackSample sample = new PackSample(ONE);
    private final PackEstimate estimate = new PackEstimate(ONE);

    private void step(SocEstimator filter, double timeS, double a, double v) {
        sample.begin(Math.round(timeS * 1e9));
        sample.readCurrent(a);
        sample.readCellVoltage(0, v);
        sample.readTemperature(0, 25.0);
        filter.step(sample, estimate);
    }

    /** A cell that was loaded with the first current for hours; the SOC error of a filter told 0.1 too little, at the end. */
    private double endError(SocEstimator filter, double soc, double lastS, DoubleUnaryOperator load) {
        double fastV = 10e-3 * load.applyAsDouble(0.0);
        double slowV = 15e-3 * load.applyAsDouble(0.0);
        double truth = soc;
        filter.start(soc - 0.1, 0.2);
        for (int k = 0; k <= lastS; k++) {
            double a = load.applyAsDouble(k);
            if (k > 0) {
                double meanA = 0.5 * (a + load.applyAsDouble(k - 1));
                fastV += (1.0 - Math.exp(-1.0 / 10.0)) * (10e-3 * meanA - fastV);
                slowV += (1.0 - Math.exp(-1.0 / 300.0)) * (15e-3 * meanA - slowV);
                truth -= meanA / 3600.0 / Q;
            }
            step(filter, k, a, cell.ocv().v(truth, 25.0) - 20e-3 * a - fastV - slowV);
        }
        return estimate.soc(0) - truth;
    }

    private SocEstimator usual() {
        return new CellEkf(cell, ONE, NoiseModel.sloped());
    }

    private SocEstimator blind() {
        return new CellEkf(cell, ONE, Noises.withoutPast());
    }

    private static NoiseModel with(NoiseModel.StartNoise start) {
        NoiseModel usual = NoiseModel.sloped();
        return new NoiseModel(usual.current(), usual.voltage(), usual.sample(), usual.circuit(), start);
    }

    private SocEstimator points() {
        return new CellSpkf(cell, ONE, NoiseModel.sloped());
    }

    @ParameterizedTest(name = "{0} A")
    @CsvSource({"3.0", "2.5", "-2.5"})
    void endsWhereAFilterEndsThatBeganWithThatPast(double a) {
        NoiseModel.StartNoise start = new NoiseModel.StartNoise(0.13, 0.45, 0.3, 0.9);
        double firstA = Math.copySign(Math.min(Math.abs(a), start.meanPerH() * Q), a);
        double thenA = start.pastShare() * a;
        double[] m = new double[2];
        for (int pair = 0; pair < 2; pair++) { // what is assumed follows with 25 s, sample by sample
            m[pair] = firstA;
            for (int k = 1; k <= (pair == 0 ? 40 : 900); k++) {
                m[pair] += (thenA - m[pair]) / 26.0;
            }
        }
        PackEstimate began = new PackEstimate(ONE);
        began.cell(0, 0.5, 0.2, 10e-3 * m[0], 15e-3 * m[1], Double.NaN);
        began.diffusion(0, 0.0);
        began.circuit(0, 20e-3, 10e-3, 15e-3, 0.9);
        began.close(0);
        SocEstimator learns = new CellEkf(cell, ONE, with(start));
        SocEstimator knew = new CellEkf(cell, ONE, with(start));
        SocEstimator guesses = new CellEkf(cell, ONE, with(new NoiseModel.StartNoise(0.13, 0.45, 0.3, 0.0)));
        learns.start(0.5, 0.2);
        knew.startFrom(began);
        guesses.start(0.5, 0.2);
        double learnt = 0.0;
        double known = 0.0;
        for (int k = 0; k <= 1000; k++) {
            double v = 3.6 - 0.02 * a - 5e-5 * a * k / 3.6;
            step(knew, k, a, v);
            known = estimate.soc(0);
            step(learns, k, a, v);
            learnt = estimate.soc(0);
            step(guesses, k, a, v);
        }
        double mattered = Math.abs(estimate.soc(0) - known);
        assertTrue(mattered > 5e-4, "a filter that only guesses ends elsewhere");
        assertEquals(known, learnt, 0.03 * mattered);
    }

    @Test
    void findsTheSocOfACellUnderLoadThatItNeverSawAtRest() {
        DoubleUnaryOperator steps = t -> (int) (t / 120.0) % 2 == 0 ? 6.0 : 4.0;
        double error = endError(usual(), 0.55, 900.0, steps);
        assertTrue(Math.abs(error) < 0.013, "ekf " + error);
        assertTrue(Math.abs(endError(points(), 0.55, 900.0, steps)) < 0.013, "spkf");
        assertTrue(Math.abs(endError(blind(), 0.55, 900.0, steps)) > 1.5 * Math.abs(error), "guessing is worse");
    }

    @Test
    void takesNoPastThatTheCellHadNoChargeFor() {
        CellEkf filter = new CellEkf(cell, ONE, with(new NoiseModel.StartNoise(0.13, 0.45, 3.0, 1.0)));
        filter.start(1.0, 0.001);
        for (int k = 0; k <= 300; k++) {
            step(filter, k, 9.0, Double.NaN);
        }
        double alone = 9.0 * 15e-3 * (1.0 - Math.exp(-300.0 / 300.0)); // what these five minutes left, from nothing
        double follow = Math.pow(25.0 / 26.0, 300);
        assertEquals(alone + follow * 9.0 * 15e-3 * Math.exp(-1.0), estimate.slowRcV(0), 2e-4);
    }

    @ParameterizedTest(name = "{0} A")
    @CsvSource({"4.0", "-4.0"})
    void assumesNoMoreThanAFewMillivoltsOfTheSlowestPair(double a) {
        CellType slow =
                SampleCells.straight(List.of(branch(10e-3, 10.0), branch(15e-3, 300.0), branch(100e-3, 3000.0)));
        CellEkf filter = new CellEkf(slow, ONE, NoiseModel.sloped());
        filter.start(0.5, 0.001);
        for (int k = 0; k <= 600; k++) {
            step(filter, k, a, Double.NaN);
        }
        double own = a * 100e-3 * (1.0 - Math.exp(-600.0 / 3000.0));
        double before = Math.copySign(0.045, a) * Math.exp(-600.0 / 3000.0);
        assertEquals(own + before, estimate.diffusionV(0), 1e-5);
    }

    private static RcBranch branch(double ohm, double tauS) {
        return new RcBranch(SampleCells.flat(ohm), tauS);
    }

    @Test
    void asksNothingOfACellThatWasAtRest() {
        SocEstimator asks = usual();
        SocEstimator doesNot = blind();
        asks.start(0.5, 0.1);
        doesNot.start(0.5, 0.1);
        for (int k = 0; k <= 300; k++) {
            double a = k == 0 ? 0.05 : 6.0; // C/60 is rest
            step(asks, k, a, 3.6);
            double soc = estimate.soc(0);
            step(doesNot, k, a, 3.6);
            assertEquals(estimate.soc(0), soc, "sample " + k);
        }
    }

    @Test
    void noLongerChangesAnythingOnceTheMinutesAreOver() {
        double[][] soc = new double[2][];
        for (int run = 0; run < 2; run++) {
            SocEstimator filter = usual();
            filter.start(0.5, 0.1);
            soc[run] = new double[400];
            for (int k = 0; k <= 1300; k++) {
                double a = k <= 900 ? 3.0 : run == 0 ? 0.0 : 6.0;
                step(filter, k, a, Double.NaN);
                if (k > 901) {
                    double counted = run == 0 ? 0.0 : 6.0 * (k - 901) / 3600.0 / Q;
                    soc[run][k - 901] = estimate.soc(0) + counted;
                }
            }
        }
        for (int k = 1; k < 399; k++) {
            assertEquals(soc[0][1] - soc[1][1], soc[0][k] - soc[1][k], 1e-9, "the load after " + k + " s says nothing");
        }
    }
}
