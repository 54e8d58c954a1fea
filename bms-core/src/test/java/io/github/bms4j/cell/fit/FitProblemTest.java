package io.github.bms4j.cell.fit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.bms4j.cell.fit.FitRecord.Kind;
import java.util.Arrays;
import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The sum a fit lowers, term by term. */
class FitProblemTest {
    private static final int MIDDLE = 31;

    private final FitLayout layout = new FitLayout(new double[] {25.0}, 25.0, DrawnTracks.CAPACITY_AH);
    private final double[] x = straight();

    private double[] straight() {
        double[] all = new double[layout.size()];
        for (int k = 0; k < FitLayout.OCV_SOC.length; k++) {
            all[k] = 3.2 + 0.9 * FitLayout.OCV_SOC[k];
        }
        for (int k = 0; k < FitLayout.GAP_SOC.length; k++) {
            all[layout.gap + k] = Math.log(0.01);
        }
        for (int k = layout.ohm[0]; k < layout.activation; k++) {
            all[k] = Math.log(0.01);
        }
        for (int b = 0; b < 3; b++) {
            all[layout.tau + b] = Math.log(10.0);
        }
        return all;
    }

    private double cost(FitProblem problem) {
        int n = layout.size();
        return problem.evaluate(x, new DMatrixRMaj(n, n), new double[n]);
    }

    /** Cells at rest at half charge whose voltage is so many sigma of 10 mV off, of a weight. */
    private static FitTrack rests(int record, double sigmas, double weight) {
        FitTrack track = DrawnTracks.load(record, Kind.PULSE, 4, 0.0, 3.65 + 0.01 * sigmas, 25.0);
        track.anchorSoc = 0.5;
        Arrays.fill(track.sigmaV, 0.01);
        Arrays.fill(track.weight, weight);
        return track;
    }

    @ParameterizedTest(name = "four rows {0} sigma off, each of weight {1}: {2}")
    @CsvSource({
        "0, 1, 0",
        "1, 1, 2",
        "-1, 1, 2",
        "2.9, 1, 16.82",
        "4, 1, 30",
        "-4, 1, 30",
        "10, 1, 102",
        "4, 0.5, 15",
        "1, 0.25, 0.5"
    })
    void voltagesCountAsSquaresAndFarOnesByTheirSize(double sigmas, double weight, double cost) {
        assertEquals(cost, cost(new FitProblem(layout, List.of(rests(0, sigmas, weight)))), 1e-9);
    }

    @ParameterizedTest(name = "{0} sigma off")
    @CsvSource({"1, -4, 4", "-2, 8, 4", "6, -12, 2", "-6, 12, 2"})
    void pullAndStiffnessOfAVoltage(double sigmas, double pull, double stiffness) {
        FitProblem problem = new FitProblem(layout, List.of(rests(0, sigmas, 1.0)));
        int n = layout.size();
        DMatrixRMaj normal = new DMatrixRMaj(n, n);
        double[] gradient = new double[n];
        problem.evaluate(x, normal, gradient);
        assertEquals(pull / 0.01, gradient[MIDDLE], 1e-6, "a far voltage pulls no harder than one three sigma off");
        assertEquals(stiffness / 1e-4, normal.get(MIDDLE, MIDDLE), 1e-6);
        double[] second = new double[n];
        DMatrixRMaj again = new DMatrixRMaj(n, n);
        Arrays.fill(second, 7.0);
        Arrays.fill(again.data, 7.0);
        assertEquals(cost(problem), problem.evaluate(x, again, second), "what stood there before is forgotten");
        assertArrayEquals(gradient, second);
        assertArrayEquals(normal.data, again.data);
    }

    @Test
    void recordsCanBeLeftOut() {
        FitProblem problem =
                new FitProblem(layout, List.of(rests(0, 1.0, 1.0), rests(1, 2.0, 1.0), rests(2, 0.5, 1.0)));
        assertEquals(2.0 + 8.0 + 0.5, cost(problem), 1e-9);
        problem.leaveOut(new boolean[] {false, true});
        assertEquals(2.0 + 0.5, cost(problem), 1e-9);
        problem.leaveOut(new boolean[] {true, false, true});
        assertEquals(8.0, cost(problem), 1e-9);
        problem.leaveOut(new boolean[0]);
        assertEquals(10.5, cost(problem), 1e-9);
    }

    @Test
    void aDrawnCurveCountsAsAHundredPointsOfFourMillivolts() {
        for (int rows : new int[] {21, 81}) {
            FitProblem problem = new FitProblem(layout, List.of());
            problem.tables(List.of(drawn(rows, 35.0, 0.0)));
            assertEquals(0.0, cost(problem), 1e-9);
            FitProblem off = new FitProblem(layout, List.of());
            off.tables(List.of(drawn(rows, 35.0, 0.004)));
            assertEquals(50.0, cost(off), 1e-6, rows + " rows");
            assertEquals(0.4, entropyThatExplains(off), 1e-6, "4 mV in 10 K");
        }
    }

    /** The straight curve moved up by an offset, its nodes between those of the fit; one row beyond each end. */
    private static OcvTable drawn(int rows, double degC, double offsetV) {
        double[] soc = new double[rows];
        double[] v = new double[rows];
        for (int k = 0; k < rows; k++) {
            soc[k] = -0.03 + 1.06 * k / (rows - 1);
            v[k] = 3.2 + 0.9 * Math.min(1.0, Math.max(0.0, soc[k])) + offsetV;
        }
        return new OcvTable("t", degC, soc, v, new double[0]);
    }

    private double entropyThatExplains(FitProblem problem) {
        for (int k = 0; k < FitLayout.ENTROPY_SOC.length; k++) {
            x[layout.entropy + k] = 0.4;
        }
        double left = cost(problem);
        Arrays.fill(x, layout.entropy, layout.gap, 0.0);
        return left < 1e-9 ? 0.4 : Double.NaN;
    }

    @ParameterizedTest(name = "a row at SOC {0} pulls at the node of 0.5 by {1}")
    @CsvSource({"0.5, 1", "0.505, 0.75", "0.495, 0.75", "0.51, 0.5", "0.52, 0", "0.48, 0"})
    void aDrawnPointPullsAtItsNeighbours(double soc, double share) {
        OcvTable table = new OcvTable(
                "t",
                25.0,
                new double[] {0.0, 0.1, soc, 0.9, 1.0},
                new double[] {3.2, 3.29, 3.2 + 0.9 * soc, 4.01, 4.1},
                new double[0]);
        FitProblem problem = new FitProblem(layout, List.of());
        problem.tables(List.of(table));
        x[MIDDLE] += 0.001;
        double sigma = 0.004 * Math.sqrt(0.05);
        assertEquals(0.5 * Math.pow(share * 0.001 / sigma, 2), cost(problem), 1e-9);
        double[] diagonal = problem.priorDiagonal();
        assertEquals(share * share / (sigma * sigma), diagonal[MIDDLE], 1e-6);
        problem.forget();
        assertEquals(0.0, cost(problem), 1e-12);
    }

    @Test
    void entropyOfADrawnCurveIsSharedByItsNodes() {
        OcvTable table = DrawnTracks.table(45.0, s -> 3.2 + 0.9 * s);
        FitProblem problem = new FitProblem(layout, List.of());
        problem.tables(List.of(table));
        x[layout.entropy + 4] = 0.1;
        double sum = 0.0;
        for (double soc : FitLayout.OCV_SOC) {
            double share = Math.max(0.0, 1.0 - Math.abs(soc - 0.5) / 0.15);
            sum += Math.pow(2e-3 * share, 2);
        }
        assertEquals(0.5 * sum / (16e-6 * 0.61), cost(problem), 1e-6);
    }

    @ParameterizedTest(name = "node raised to {0} mV less than the least rise: {1}")
    @CsvSource({"-10, 0", "0, 0", "0.2, 0.5", "0.4, 2", "1, 12.5"})
    void aCurveThatDoesNotRiseIsPushed(double millivolt, double cost) {
        FitProblem problem = new FitProblem(layout, List.of());
        x[MIDDLE] = x[MIDDLE + 1] - 0.005 * 0.02 + 1e-3 * millivolt;
        assertEquals(cost, cost(problem), 1e-6);
        int n = layout.size();
        double[] gradient = new double[n];
        DMatrixRMaj normal = new DMatrixRMaj(n, n);
        problem.evaluate(x, normal, gradient);
        double stiff = millivolt > 0.0 ? 1.0 / 4e-8 : 0.0;
        assertEquals(stiff * 1e-3 * Math.max(0.0, millivolt), gradient[MIDDLE], 1e-3, "pushed down");
        assertEquals(-gradient[MIDDLE], gradient[MIDDLE + 1], 1e-9, "and its neighbour up");
        if (Math.abs(millivolt) > 0.1) {
            assertEquals(stiff, normal.get(MIDDLE, MIDDLE), 1e-3);
            assertEquals(-stiff, normal.get(MIDDLE, MIDDLE + 1), 1e-3);
        }
    }

    @Test
    void theLastPairOfTheCurveMustRiseToo() {
        FitProblem problem = new FitProblem(layout, List.of());
        x[60] = x[59] + 0.005 * 0.005 - 0.0002;
        assertEquals(0.5, cost(problem), 1e-6);
    }

    @Test
    void aSumIsExpectedToBeItsTarget() {
        FitProblem problem = new FitProblem(layout, List.of());
        problem.expect(new int[] {3, 5}, new double[] {2.0, -1.0}, 1.0, 0.5);
        double miss = 2.0 * x[3] - x[5] - 1.0;
        assertEquals(0.5 * miss * miss / 0.25, cost(problem), 1e-9);
        int n = layout.size();
        double[] gradient = new double[n];
        DMatrixRMaj normal = new DMatrixRMaj(n, n);
        problem.evaluate(x, normal, gradient);
        assertEquals(2.0 * miss / 0.25, gradient[3], 1e-9);
        assertEquals(-miss / 0.25, gradient[5], 1e-9);
        assertEquals(16.0, normal.get(3, 3), 1e-9);
        assertEquals(-8.0, normal.get(3, 5), 1e-9);
        assertEquals(4.0, normal.get(5, 5), 1e-9);
        assertEquals(16.0, problem.priorDiagonal()[3], 1e-9);
        assertEquals(4.0, problem.priorDiagonal()[5], 1e-9);
        assertEquals(0.0, problem.priorDiagonal()[4]);
    }

    @Test
    void whatIsNotBoundedIsFree() {
        FitProblem problem = new FitProblem(layout, List.of());
        problem.bound(4, -1.0, 2.0);
        assertEquals(Double.NEGATIVE_INFINITY, problem.lowest(5));
        assertEquals(Double.POSITIVE_INFINITY, problem.highest(3));
        assertEquals(-1.0, problem.lowest(4));
        assertEquals(2.0, problem.highest(4));
        assertEquals(layout.size(), problem.parameters());
    }
}
