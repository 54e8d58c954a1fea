package io.github.bms4j.cell.fit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.bms4j.cell.ModelError;
import io.github.bms4j.cell.fit.FitRecord.Kind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Residuals drawn row by row, and the figures of a model error worked out by hand. */
class ResidualStatisticsTest {
    private static final double CAPACITY_AH = DrawnTracks.CAPACITY_AH;

    /** Rows every 100 s at rest at half charge without a residual; a test draws what it looks at. */
    private static Residuals rows(int record, int rows, double degC) {
        FitLayout layout = new FitLayout(new double[] {25.0}, 25.0, CAPACITY_AH);
        FitTrack track = DrawnTracks.load(record, Kind.DRIVE, rows, 0.0, 0.0, degC);
        Arrays.setAll(track.timeS, k -> 100.0 * k);
        Arrays.fill(track.weight, 1.0);
        Residuals r = Residuals.of(new VoltageModel(layout), new double[layout.size()], track, CAPACITY_AH);
        Arrays.fill(r.soc, 0.5);
        Arrays.fill(r.missV, 0.0);
        Arrays.fill(r.dropV, 0.0);
        Arrays.fill(r.slopeV, 0.0);
        return r;
    }

    private static Residuals steady(int record, double degC, double missV) {
        Residuals r = rows(record, 5, degC);
        Arrays.fill(r.missV, missV);
        return r;
    }

    private static FitRecord named(double degC) {
        double[] t = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9};
        double[] v = new double[10];
        Arrays.fill(v, 3.7);
        return FitRecord.of("r", Kind.DRIVE, degC, t, new double[10], v).build();
    }

    private static ModelError error(List<Residuals> seen, List<Residuals> unseen, double... nominalDegC) {
        List<FitRecord> records = new ArrayList<>();
        for (double degC : nominalDegC.length == 0 ? new double[] {25.0} : nominalDegC) {
            records.add(named(degC));
        }
        return new ResidualStatistics(seen, unseen, records, CAPACITY_AH).error(25.0);
    }

    private static ModelError error(Residuals... seen) {
        return error(List.of(seen), List.of());
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = ';',
            value = {
                "one file counts half as much again; 25 26.04 10; 26; 15",
                "named 5 K apart: one row; 20 21 10, 25 28 20; 24.5; 23.717",
                "more than 5 K apart: two; 20 21 10, 25.5 28 20; 21 28; 15 30",
                "counted from the coldest; 20 20 10, 25 25 10, 30 30 20; 22.5 30; 15 30",
                "in any order; 30 30 20, 25 25 10, 20 20 10; 22.5 30; 15 30",
                "warmer by name, colder in truth; 10 30 10, 25 20 20; 20 30; 30 15",
                "named apart, measured alike; 10 20 10, 25 20 20; 20 20.1; 15 30",
                "never less than 4 mV; 25 25 0.1; 25; 4",
                "never more than 300 mV; 25 25 250; 25; 300",
                "to ten microvolts; 25 25 6.6669; 25; 10"
            })
    void sigmaOverTemperature(String rule, String files, String degC, String millivolt) {
        List<Residuals> seen = new ArrayList<>();
        List<Double> nominal = new ArrayList<>();
        for (String file : files.split(",", -1)) {
            double[] f = numbers(file);
            seen.add(steady(nominal.size(), f[1], 1e-3 * f[2]));
            nominal.add(f[0]);
        }
        ModelError error = error(
                seen,
                List.of(),
                nominal.stream().mapToDouble(Double::doubleValue).toArray());
        assertArrayEquals(numbers(degC), error.temperatures(), 1e-9);
        double[] sigma = Arrays.stream(error.sigmas()).map(s -> 1e3 * s).toArray();
        assertArrayEquals(numbers(millivolt), sigma, 0.0051);
    }

    private static double[] numbers(String text) {
        return Arrays.stream(text.trim().split(" ", -1))
                .mapToDouble(Double::parseDouble)
                .toArray();
    }

    @Test
    void aFileWithoutRowsBetweenTheEndsIsPassedOver() {
        Residuals ends = steady(0, 10.0, 0.1);
        Arrays.fill(ends.soc, 0.97);
        ModelError error = error(List.of(ends, steady(1, 25.0, 0.01)), List.of(), 10.0, 25.0);
        assertArrayEquals(new double[] {25.0}, error.temperatures());
        assertArrayEquals(new double[] {0.015}, error.sigmas(), 1e-9);
    }

    /** Four rows in every tenth of SOC, polarised by two voltages in turn; the residual a share of it, and an offset. */
    private static Residuals polarised(double lowV, double highV, DoubleUnaryOperator shareOfSoc) {
        Residuals r = rows(0, 40, 25.0);
        for (int k = 0; k < 40; k++) {
            r.soc[k] = 0.1 * Math.floor(k / 4.0) + 0.02 * (k % 4) + 0.01;
            r.dropV[k] = k % 2 == 0 ? lowV : highV;
            r.missV[k] = 0.007 + shareOfSoc.applyAsDouble(r.soc[k]) * r.dropV[k];
        }
        return r;
    }

    @Test
    void aShareOfThePolarisationIsAWrongResistance() {
        assertEquals(0.15, error(polarised(0.0, 0.1, s -> 0.1)).resistanceSigma(), 1e-9);
        assertEquals(0.15, error(polarised(0.0, 0.1, s -> -0.1)).resistanceSigma(), 1e-9);
        Residuals oneTenth = polarised(0.0, 0.1, s -> s > 0.4 && s < 0.5 ? 0.4 : 0.0);
        assertEquals(1.5 * 0.4 / 3.0, error(oneTenth).resistanceSigma(), 1e-9, "one stretch of nine");
        Residuals top = polarised(0.0, 0.1, s -> s > 0.9 ? 0.4 : 0.0);
        assertEquals(1.5 * 0.4 / 3.0, error(top).resistanceSigma(), 1e-9, "the last stretch counts");
        Residuals bottom = polarised(0.0, 0.1, s -> s < 0.1 ? 5.0 : 0.1);
        assertEquals(0.15, error(bottom).resistanceSigma(), 1e-9, "the lowest tenth does not");
        assertEquals(0.03, error(polarised(0.0, 0.1, s -> 0.001)).resistanceSigma(), 1e-9, "at least 3 %");
        assertEquals(0.5, error(polarised(0.0, 0.1, s -> 2.0)).resistanceSigma(), 1e-9, "at most half");
    }

    @Test
    void aPolarisationThatHardlyVariesTellsNothing() {
        assertEquals(
                0.225, error(polarised(0.2, 0.2 + 2 * 0.0099, s -> 0.1)).resistanceSigma(), 1e-9, "15 %, and half");
        assertEquals(0.15, error(polarised(0.2, 0.2 + 2 * 0.0101, s -> 0.1)).resistanceSigma(), 1e-9);
        assertEquals(0.225, error(steady(0, 25.0, 0.01)).resistanceSigma(), 1e-9);
    }

    @Test
    void theShareIsTheWeightedSlope() {
        Residuals r = rows(0, 3, 25.0);
        System.arraycopy(new double[] {0.0, 0.1, 0.2}, 0, r.dropV, 0, 3);
        System.arraycopy(new double[] {0.0, 0.01, 0.05}, 0, r.missV, 0, 3);
        r.track.weight[2] = 2.0;
        // Means 0.125 and 0.0275 V; slope 0.00725 / 0.0275.
        assertEquals(0.3955, error(r).resistanceSigma(), 1e-9);
    }

    @ParameterizedTest(name = "{0} seen and {1} unseen: {2}")
    @CsvSource({"0.1, 0.1, 0.1", "0.1, 0.2, 0.1581", "0.1, 0.4, 0.1904", "0.2, 0.1, 0.1581"})
    void theUnseenIsMixedInAndBounded(double seen, double unseen, double mixed) {
        ModelError error = error(List.of(polarised(0.0, 0.1, s -> seen)), List.of(polarised(0.0, 0.1, s -> unseen)));
        assertEquals(mixed, error.resistanceSigma(), 1e-9);
        ModelError capacity = error(List.of(shrunk(0.3 * seen, 0.3)), List.of(shrunk(0.3 * unseen, 0.3)));
        assertEquals(0.3 * mixed, capacity.capacitySigma(), 6e-5);
    }

    /** A residual as a capacity error leaves it on a curve of 0.9 V, down to an SOC. */
    private static Residuals shrunk(double share, double downToSoc) {
        Residuals r = rows(0, 20, 25.0);
        for (int k = 0; k < 20; k++) {
            r.soc[k] = 0.94 - (0.94 - downToSoc) * k / 19.0;
            r.slopeV[k] = 0.9;
            r.missV[k] = share * 0.9 * (1.0 - r.soc[k]);
        }
        return r;
    }

    @Test
    void aResidualThatGrowsTowardsEmptyIsAWrongCapacity() {
        assertEquals(0.045, error(shrunk(0.03, 0.3)).capacitySigma(), 1e-9);
        assertEquals(0.045, error(shrunk(-0.03, 0.3)).capacitySigma(), 1e-9);
        assertEquals(0.03, error(shrunk(0.06, 0.52)).capacitySigma(), 1e-9, "too short to tell: 2 %, and half");
        double both = Math.sqrt(0.5 * (0.02 * 0.02 + 0.04 * 0.04));
        assertEquals(1.5 * both, error(shrunk(0.02, 0.3), shrunk(0.04, 0.3)).capacitySigma(), 5e-5);
        assertEquals(0.015, error(shrunk(0.0, 0.3)).capacitySigma(), 1e-9, "at least 1.5 %");
        assertEquals(0.1, error(shrunk(0.2, 0.3)).capacitySigma(), 1e-9, "at most 10 %");
        Residuals ends = shrunk(0.03, 0.3);
        ends.soc[0] = 0.97;
        ends.missV[0] = 5.0;
        ends.soc[19] = 0.03;
        ends.missV[19] = 5.0;
        assertEquals(0.045, error(ends).capacitySigma(), 1e-9, "the ends do not count");
        Residuals heavy = shrunk(0.03, 0.3);
        heavy.missV[10] = 0.0;
        heavy.track.weight[10] = 0.0;
        assertEquals(0.045, error(heavy).capacitySigma(), 1e-9, "a row counts by its weight");
        Residuals flat = shrunk(0.03, 0.3);
        Arrays.fill(flat.slopeV, 0.0);
        assertEquals(0.03, error(flat).capacitySigma(), 1e-9, "a flat curve tells nothing");
    }

    /** Two rows in each bin of half a point from 5 % SOC on, the mean of the bin as given. */
    private static Residuals overSoc(int bins, IntToDoubleFunction meanMissV) {
        Residuals r = rows(0, 2 * bins + 2, 25.0);
        for (int b = 0; b < bins; b++) {
            double soc = 0.05 + (b + 0.5) * 0.005;
            for (int j = 0; j < 2; j++) {
                r.soc[2 * b + j] = soc;
                r.missV[2 * b + j] = meanMissV.applyAsDouble(b) + (j == 0 ? 0.003 : -0.003);
            }
        }
        r.soc[2 * bins] = 0.02;
        r.missV[2 * bins] = 1.0;
        r.soc[2 * bins + 1] = 0.98;
        r.missV[2 * bins + 1] = 1.0;
        return r;
    }

    @Test
    void overHowMuchSocTheSignIsKept() {
        // Blocks of 30 bins: after a lag of L bins 10 L of 180 - L pairs in net have changed sides.
        Residuals blocks = overSoc(180, b -> b / 30 % 2 == 0 ? 0.01 : -0.01);
        double at10 = 1.0 - 100.0 / 170.0;
        double at11 = 1.0 - 110.0 / 169.0;
        double lag = 10.0 + (at10 - 1.0 / Math.E) / (at10 - at11);
        assertEquals(0.0535, 0.005 * lag, 5e-5);
        assertEquals(0.0535, error(blocks).correlationSoc(), 1e-9);
        Residuals faster = overSoc(180, b -> b / 15 % 2 == 0 ? 0.02 : -0.02);
        assertEquals(0.0251, error(faster).correlationSoc(), 1e-9);
        Residuals fastest = overSoc(180, b -> b % 2 == 0 ? 0.01 : -0.01);
        assertEquals(0.02, error(fastest).correlationSoc(), 1e-9, "at least two points");
        Residuals never = overSoc(180, b -> 0.01);
        assertEquals(0.15, error(never).correlationSoc(), 1e-9, "at most fifteen");
        // Twenty bins alike: nothing is left to compare with at a lag of twenty.
        Residuals twenty = overSoc(20, b -> 0.01);
        assertEquals(0.0982, error(twenty).correlationSoc(), 1e-9);
        assertEquals(0.05, error(overSoc(19, b -> 0.01)).correlationSoc(), 1e-9, "nineteen bins are too few to tell");
        assertEquals(0.0535, error(twenty, blocks, fastest).correlationSoc(), 1e-9, "the median of the files");
        assertEquals(0.0982, error(twenty, blocks).correlationSoc(), 1e-9, "the longer of two");
        ModelError honest = error(List.of(blocks), List.of(twenty));
        assertEquals(0.0982, honest.correlationSoc(), 1e-9, "of a fit that did not see the file, where there is one");
    }

    /** A rest whose residual halves (or else) every ten minutes, looked at from 200 s on, and nonsense in between. */
    private static Residuals rest(double factor) {
        Residuals r = rows(0, 21, 25.0);
        Arrays.fill(r.missV, 7.0);
        for (int j = 0; j <= 3; j++) {
            r.missV[2 + 6 * j] = 0.01 * Math.pow(factor, j);
        }
        return r;
    }

    @ParameterizedTest(name = "by {0} in ten minutes: {1} s")
    @CsvSource({"0.5, 2689", "0.7, 9630", "0.8, 11697", "1, 11697", "-1, 1200", "0.1, 1200"})
    void forHowLongTheSignIsKeptAtRest(double factor, double seconds) {
        // -600 s / ln(2 f / (1 + f f)), the correlation of neighbours taken as 0.05 to 0.95.
        assertEquals(seconds, error(rest(factor)).correlationS());
    }

    @Test
    void onlyRestsThatLastCount() {
        Residuals loaded = rest(0.5);
        Arrays.fill(loaded.track.stepA, 0.011);
        assertEquals(3600.0, error(loaded).correlationS(), "no rest, an hour is assumed");
        Arrays.fill(loaded.track.stepA, -0.011);
        assertEquals(3600.0, error(loaded).correlationS());
        Arrays.fill(loaded.track.stepA, -0.009);
        assertEquals(2689.0, error(loaded).correlationS(), "a two-hundredth of the capacity per hour is rest");
        Residuals empty = rest(0.5);
        Arrays.fill(empty.soc, 0.04);
        assertEquals(3600.0, error(empty).correlationS(), "an empty cell is none to judge by");
        Residuals broken = rest(0.5);
        broken.track.stepA[5] = 1.0;
        broken.track.stepA[11] = 1.0;
        broken.track.stepA[17] = 1.0;
        assertEquals(3600.0, error(broken).correlationS(), "no rest of twelve minutes");
        Residuals late = rest(0.5);
        late.track.stepA[7] = 1.0;
        late.missV[9] = 0.02;
        late.missV[15] = 0.01;
        assertEquals(2689.0, error(late).correlationS(), "the second rest alone, from two minutes on");
        assertEquals(2689.0, error(rest(0.5), rest(0.5)).correlationS());
        assertEquals(2689.0, error(List.of(rest(1.0)), List.of(rest(0.5))).correlationS(), "of the unseen, if any");
    }

    @Test
    void aRowStandsForAMinuteAtMost() {
        Residuals r = rows(0, 4, 25.0);
        r.track.timeS[1] = 30.0;
        r.track.timeS[2] = 1030.0;
        r.track.timeS[3] = 1040.0;
        assertEquals(0.0, r.durationS(0));
        assertEquals(30.0, r.durationS(1));
        assertEquals(60.0, r.durationS(2));
        assertEquals(10.0, r.durationS(3));
        System.arraycopy(new double[] {9.0, 0.01, 0.02, 0.04}, 0, r.missV, 0, 4);
        double squares = 30.0 * 1e-4 + 60.0 * 4e-4 + 10.0 * 16e-4;
        assertEquals(Math.sqrt(squares / 100.0), Residuals.rmsV(List.of(r), 0.5, 0.5), 1e-12, "ends belong to it");
    }

    @Test
    void theRobustMeanLimitsOutliersAndWeighs() {
        Residuals r = rows(0, 5, 25.0);
        System.arraycopy(new double[] {0.01, -0.01, 0.01, -1.0, 0.02}, 0, r.missV, 0, 5);
        r.track.weight[4] = 2.0;
        double most = 4.0 * 1.4826 * 0.01;
        assertEquals(Math.sqrt((3e-4 + most * most + 8e-4) / 6.0), r.robustV(), 1e-12);
        System.arraycopy(new double[] {0.05, 0.95, 0.5, 0.04, 0.96}, 0, r.soc, 0, 5);
        assertEquals(0.01, r.robustV(), 1e-12, "5 and 95 % are in, what lies beyond is out");
        Arrays.fill(r.soc, 1.0);
        assertEquals(Double.NaN, r.robustV());
    }

    @Test
    void residualsFollowTheParametersOfTheirTrack() {
        FitLayout layout = new FitLayout(new double[] {25.0}, 25.0, CAPACITY_AH);
        FitTrack started = DrawnTracks.load(0, Kind.DRIVE, 3601, 1.0, 3.7, 25.0);
        started.anchorSoc = 0.9;
        started.startParameter = layout.add(1);
        FitTrack scaled = DrawnTracks.load(0, Kind.DRIVE, 3601, 1.0, 3.7, 25.0);
        scaled.drifts(layout.add(1), CAPACITY_AH);
        double[] x = new double[layout.size()];
        for (int k = 0; k < FitLayout.OCV_SOC.length; k++) {
            x[k] = 3.2 + 0.9 * FitLayout.OCV_SOC[k];
        }
        for (int k = layout.gap; k < layout.activation; k++) {
            x[k] = Math.log(1e-6);
        }
        for (int n = 0; n < FitLayout.OHM_SOC.length; n++) {
            x[layout.ohm(0, 0, n)] = Math.log(0.05);
        }
        x[started.startParameter] = 0.8;
        x[scaled.driftParameter] = 0.1;
        Residuals a = Residuals.of(new VoltageModel(layout), x, started, CAPACITY_AH);
        assertEquals(0.8, a.soc[0], 1e-12);
        assertEquals(0.3, a.soc[3600], 1e-12);
        assertEquals(3.7 - (3.2 + 0.9 * 0.3 - 0.05), a.missV[3600], 1e-5);
        assertEquals(0.05, a.dropV[3600], 1e-5);
        assertEquals(0.9, a.slopeV[3600], 1e-9);
        Residuals b = Residuals.of(new VoltageModel(layout), x, scaled, CAPACITY_AH);
        assertEquals(1.0, b.soc[0], 1e-12);
        assertEquals(0.45, b.soc[3600], 1e-12, "a counter that missed a tenth");
        x[started.startParameter] = 0.3;
        Residuals below = Residuals.of(new VoltageModel(layout), x, started, CAPACITY_AH);
        assertEquals(-0.2, below.soc[3600], 1e-12);
        assertTrue(below.dropV[3600] > 0.04, "polarisation is counted from the voltage of an empty cell");
    }
}
