package io.github.bms4j.cell.fit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.bms4j.cell.fit.FitRecord.Kind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Curve, resistances and the doubts of a row, as they are set up from records. */
class FitSetupCurvesTest extends FitSetupFixture {
    @Test
    void aSingleBranchIsMovedByGapAndDrop() {
        // Half a gap of 6 mV; 0.04C through 0.0625 ohm in all is 5 mV.
        FitSetup down = setup(SIZED, slow(25.0, 0.0, 2.0));
        double[] x = down.start(down.problem(5.0), TAU_S);
        int middle = FitLayout.segment(FitLayout.OCV_SOC, 0.5);
        assertEquals(3.65 + 0.011, x[middle], 1e-9);
        FitSetup up = setup(SIZED, slow(25.0, 2.0, 0.0));
        x = up.start(up.problem(5.0), TAU_S);
        assertEquals(3.65 - 0.011, x[middle], 1e-9);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = ';',
            value = {
                "the mean of what was measured; 25 26, 25 27; 26.5",
                "two temperatures; 0 2, 25 26; 2 26",
                "in order; 25 26, 0 2; 2 26",
                "named within 5 K together; 20 21, 25 27; 24",
                "named more than 5 K apart; 20 21, 25.5 27; 21 27",
                "counted from the coldest of a group; 20 20, 25 25, 30 30; 22.5 30",
                "measured closer than 2 K; 10 14, 20 15.9; 14",
                "measured 2 K apart; 10 14, 20 16; 14 16",
                "warmer by name but colder in truth; 10 20, 20 10; 10 20",
                "rounded; 25 26.04, 25 26.04; 26",
            })
    void resistancesGetARowForEachTemperatureOfTheLoads(String rule, String named, String rows) {
        List<FitRecord> records = new ArrayList<>();
        for (String pair : named.split(",", -1)) {
            String[] degC = pair.trim().split(" ", -1);
            records.add(logged(drive("d", Double.parseDouble(degC[0]), 0.0, 1.0), Double.parseDouble(degC[1]))
                    .build());
        }
        records.add(slow(40.0, 0.0, 2.0));
        FitSetup setup = setup(SIZED, records.toArray(new FitRecord[0]));
        setup.problem(5.0);
        double[] expected = Arrays.stream(rows.trim().split(" ", -1))
                .mapToDouble(Double::parseDouble)
                .toArray();
        assertArrayEquals(expected, setup.layout.rowDegC, 1e-9);
    }

    @Test
    void temperatureOfALoadIsWeighedByItsCharge() {
        double[] degC = new double[101];
        Arrays.fill(degC, 0, 51, 20.0);
        Arrays.fill(degC, 51, 101, 30.0);
        FitRecord load = drive("d", 25.0, 0.0, 0.5, 2.0).temperature(degC).build();
        FitSetup setup = drawn(DrawnTracks.table(10.0, FitSetupTest::straight), load);
        setup.problem(5.0);
        assertArrayEquals(new double[] {27.5}, setup.layout.rowDegC, 1e-9);
        assertEquals(10.0, setup.layout.referenceDegC);
    }

    @Test
    void withoutLoadsTheSlowRunsGiveTheRows() {
        FitSetup setup = setup(SIZED, slow(40.0, 0.0, 2.0), slow(10.0, 0.0, 2.0));
        setup.problem(5.0);
        assertArrayEquals(new double[] {10.0, 40.0}, setup.layout.rowDegC, 1e-9);
        FitSetup table = drawn(DrawnTracks.table(15.0, FitSetupTest::straight));
        table.problem(5.0);
        assertArrayEquals(new double[] {15.0}, table.layout.rowDegC, 1e-9);
        FitSetup still = drawn(
                DrawnTracks.table(15.0, FitSetupTest::straight),
                drive("rest", 40.0, 0.0, 0.0).build());
        still.problem(5.0);
        assertArrayEquals(new double[] {15.0}, still.layout.rowDegC, 1e-9, "a rest tells no resistance");
    }

    @Test
    void theCurveBelongsToTheSlowRunNearest25DegC() {
        FitRecord load = drive("d", 25.0, 0.0, 1.0).build();
        for (double[] degC : new double[][] {{40.0, 20.0}, {20.0, 40.0}, {20.0, 31.0}}) {
            FitSetup setup = setup(SIZED, slow(degC[0], 0.0, 2.0), slow(degC[1], 0.0, 2.0), load);
            setup.problem(5.0);
            assertEquals(20.0, setup.layout.referenceDegC, Arrays.toString(degC));
        }
    }

    @ParameterizedTest(name = "{0} and {1} °C: {2}")
    @CsvSource({"25, 25, false", "25, 32, false", "25, 33, true", "33, 25, true"})
    void entropyShowsFromEightKelvinOn(double one, double other, boolean shows) {
        FitSetup setup = setup(SIZED, slow(one, 0.0, 2.0), slow(other, 0.0, 2.0));
        FitProblem problem = setup.problem(5.0);
        setup.start(problem, TAU_S);
        assertEquals(shows ? 0.8 : 0.0, problem.highest(setup.layout.entropy));
    }

    @ParameterizedTest(name = "{0} at {1} A: {2} V")
    @CsvSource({"OCV, 0, 0.004", "PULSE, 0, 0.006", "DRIVE, 0, 0.008", "DRIVE, 6, 0.008", "PULSE, -6, 0.006"})
    void aRowIsDoubtedByKindSlopeAndDrop(Kind kind, double currentA, double floorV) {
        double ah = currentA * 60.0 * 50 / 3600.0;
        FitRecord record = recording("r", kind, 25.0, 60.0, FitSetupTest::straight, 1.0, 1.0 + ah / 10.0)
                .build();
        FitSetup setup = drawn(DrawnTracks.table(25.0, FitSetupTest::straight), record);
        FitProblem problem = setup.problem(5.0);
        double[] x = setup.start(problem, TAU_S);
        setup.doubts(problem, x, false);
        FitTrack track = problem.tracks().get(0);
        for (int k = 1; k < track.rows(); k++) {
            double drop = 0.05 * track.currentA[k] * 0.025;
            double sigma = Math.sqrt(floorV * floorV + 0.0036 * 0.0036 + drop * drop);
            assertEquals(sigma, track.sigmaV[k], 1e-9);
        }
        for (int n = 0; n < FitLayout.OHM_SOC.length; n++) {
            x[setup.layout.ohm(0, 0, n)] = Math.log(0.25);
        }
        setup.doubts(problem, x, true);
        double drop = 0.05 * track.currentA[5] * 0.25;
        assertEquals(
                Math.sqrt(floorV * floorV + 0.0036 * 0.0036 + drop * drop),
                track.sigmaV[5],
                1e-9,
                "by the resistance found");
    }

    @Test
    void slopeThatDoubtsARowIsThatAtItsOwnSoc() {
        DoubleUnaryOperator steepBelow = soc -> soc < 0.5 ? 2.9 + 1.6 * soc : 3.7 + 0.8 * (soc - 0.5);
        FitRecord record =
                recording("r", Kind.OCV, 25.0, 1440.0, steepBelow, 0.0, 2.0).build();
        FitSetup setup = drawn(DrawnTracks.table(25.0, steepBelow), record);
        FitProblem problem = setup.problem(5.0);
        setup.doubts(problem, setup.start(problem, TAU_S), false);
        FitTrack track = problem.tracks().get(0);
        double drop = 0.05 * track.currentA[10] * 0.025;
        assertEquals(Math.sqrt(16e-6 + Math.pow(0.004 * 0.8, 2) + drop * drop), track.sigmaV[10], 1e-9);
        assertEquals(Math.sqrt(16e-6 + Math.pow(0.004 * 1.6, 2) + drop * drop), track.sigmaV[40], 1e-9);
    }
}
