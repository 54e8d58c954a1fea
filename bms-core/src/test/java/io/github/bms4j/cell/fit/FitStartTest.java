package io.github.bms4j.cell.fit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.bms4j.cell.fit.FitRecord.Kind;
import java.util.Arrays;
import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where a fit begins, and what it costs to depart from what was expected: half a unit for one standard deviation. */
class FitStartTest {
    private static final double GAS_KJ_PER_MOL_K = 8.31446261815324e-3;
    private static final double[] TAU_S = {10.0, 90.0, 1000.0};
    private static final FirstOcv STRAIGHT = DrawnTracks.curve(s -> 3.05 + 1.05 * s);

    private FitLayout layout = new FitLayout(new double[] {25.0}, 25.0, DrawnTracks.CAPACITY_AH);
    private FitProblem problem = new FitProblem(layout, List.of());
    private double[] x = new double[0];

    private void start(TypicalCell typical, FirstOcv ocv, boolean entropyShows, double... rowDegC) {
        layout = new FitLayout(rowDegC, 25.0, DrawnTracks.CAPACITY_AH);
        problem = new FitProblem(layout, List.of());
        x = new FitStart(problem, typical).make(ocv, entropyShows, 2.9, 4.1, TAU_S);
    }

    private double cost() {
        int n = layout.size();
        return problem.evaluate(x, new DMatrixRMaj(n, n), new double[n]);
    }

    /** What it costs to move parameters from one to another, both inclusive. */
    private double cost(int from, int to, double by) {
        double before = cost();
        double[] kept = x.clone();
        for (int p = from; p <= to; p++) {
            x[p] += by;
        }
        double after = cost();
        x = kept;
        return after - before;
    }

    private int ohm(int map, int row, double soc) {
        int node = Arrays.binarySearch(FitLayout.OHM_SOC, soc);
        assertTrue(node >= 0, "a node at SOC " + soc);
        return layout.ohm(map, row, node);
    }

    private void assertBounds(double least, double most, int parameter) {
        assertEquals(least, problem.lowest(parameter), 1e-9);
        assertEquals(most, problem.highest(parameter), 1e-9);
    }

    @ParameterizedTest(name = "R{0} at {1} °C")
    @CsvSource({
        "0, 25, 0.025", "1, 25, 0.0125", "2, 25, 0.015", "3, 25, 0.01",
        "0, 0, 0.0563245782132", "1, 0, 0.0407391975640", "2, 0, 0.0488870370768", "3, 0, 0.0302714729856",
        "0, -20, 0.1210791499551", "3, 45, 0.0046730896275"
    })
    void typicalResistancesScaleWithTheCellAndRiseInTheCold(int map, double degC, double ohm) {
        assertEquals(ohm, FitStart.typicalOhm(map, 2.0, degC), 1e-12);
        assertEquals(ohm / 5.0, FitStart.typicalOhm(map, 10.0, degC), 1e-12);
    }

    @Test
    void whatIsTypicalAgreesWithItself() {
        start(TypicalCell.NMC, STRAIGHT, true, -10.0, 0.0, 25.0, 40.0);
        assertEquals(0.0, cost(), 1e-15, "nothing pulls at the start of an NMC cell from 3.05 to 4.1 V");
        double[] typical = x.clone();
        for (int p = 0; p < x.length; p++) {
            x[p] += 0.01 * Math.sin(p);
        }
        assertTrue(cost() > 1.0);
        new LevenbergMarquardt(problem).minimize(x, 20, 1e-12);
        for (int p = 0; p < x.length; p++) {
            assertEquals(typical[p], x[p], 1e-4, "without data the fit returns to what is typical, parameter " + p);
        }
    }

    @Test
    void beginsWithWhatIsTypical() {
        start(TypicalCell.LFP, STRAIGHT, true, 0.0, 25.0);
        for (int k = 0; k < FitLayout.OCV_SOC.length; k++) {
            assertEquals(3.05 + 1.05 * FitLayout.OCV_SOC[k], x[k], 1e-12);
        }
        for (int k = 0; k < FitLayout.ENTROPY_SOC.length; k++) {
            assertEquals(0.0, x[layout.entropy + k]);
        }
        for (int k = 0; k < FitLayout.GAP_SOC.length; k++) {
            assertEquals(0.014, Math.exp(x[layout.gap + k]), 1e-12);
        }
        for (double soc : FitLayout.OHM_SOC) {
            assertEquals(0.025, Math.exp(x[ohm(0, 1, soc)]), 1e-12);
            assertEquals(0.0563245782132, Math.exp(x[ohm(0, 0, soc)]), 1e-12);
            assertEquals(0.0302714729856, Math.exp(x[ohm(3, 0, soc)]), 1e-12);
        }
        assertEquals(22.0, x[layout.activation]);
        assertEquals(32.0, x[layout.activation + 1]);
        assertEquals(32.0, x[layout.activation + 2]);
        assertEquals(30.0, x[layout.activation + 3]);
        assertEquals(10.0, Math.exp(x[layout.tau]), 1e-9);
        assertEquals(90.0, Math.exp(x[layout.tau + 1]), 1e-9);
        assertEquals(1000.0, Math.exp(x[layout.tau + 2]), 1e-9);
        assertEquals(25.0, Math.exp(x[layout.turn]), 1e-9);
    }

    @Test
    void beginsWithTheTimeConstantsItIsGivenButExpectsTheUsualOnes() {
        layout = new FitLayout(new double[] {25.0}, 25.0, DrawnTracks.CAPACITY_AH);
        problem = new FitProblem(layout, List.of());
        x = new FitStart(problem, TypicalCell.NMC).make(STRAIGHT, true, 2.9, 4.1, new double[] {20.0, 200.0, 1400.0});
        assertEquals(20.0, Math.exp(x[layout.tau]), 1e-9);
        assertEquals(200.0, Math.exp(x[layout.tau + 1]), 1e-9);
        assertEquals(1400.0, Math.exp(x[layout.tau + 2]), 1e-9);
        double away = square(Math.log(2.0) / 0.8) + square(Math.log(200.0 / 90.0) / 0.8) + square(Math.log(1.4) / 0.3);
        assertEquals(0.5 * away, cost(), 1e-9);
    }

    private static double square(double value) {
        return value * value;
    }

    @Test
    void staysWithinWhatACellCanBe() {
        start(TypicalCell.NMC, STRAIGHT, true, 0.0, 25.0);
        for (int k = 0; k < FitLayout.OCV_SOC.length; k++) {
            assertBounds(2.89, 4.11, k);
        }
        for (int k = 0; k < FitLayout.ENTROPY_SOC.length; k++) {
            assertBounds(-0.8, 0.8, layout.entropy + k);
        }
        for (int m = 0; m < FitLayout.MAPS; m++) {
            assertBounds(15.0, 50.0, layout.activation + m);
            for (double soc : FitLayout.OHM_SOC) {
                for (int row = 0; row < 2; row++) {
                    int p = ohm(m, row, soc);
                    assertBounds(x[p] - 3.0, x[p] + 2.7, p);
                }
            }
        }
        assertBounds(Math.log(3.0), Math.log(40.0), layout.tau);
        assertBounds(Math.log(40.0), Math.log(300.0), layout.tau + 1);
        assertBounds(Math.log(500.0), Math.log(1500.0), layout.tau + 2);
        assertBounds(Math.log(8.0), Math.log(35.0), layout.turn);
    }

    @Test
    void voltagesOutsideTheWindowBeginAtItsEdge() {
        start(TypicalCell.NMC, DrawnTracks.curve(s -> 2.5 + 2.0 * s), true, 25.0);
        assertEquals(2.9, x[0]);
        assertEquals(4.1, x[FitLayout.OCV_SOC.length - 1]);
        assertEquals(3.5, x[FitLayout.segment(FitLayout.OCV_SOC, 0.5)], 1e-12);
    }

    @Test
    void entropyIsHeldAtNothingWhereItDoesNotShow() {
        start(TypicalCell.NMC, STRAIGHT, false, 25.0);
        for (int k = 0; k < FitLayout.ENTROPY_SOC.length; k++) {
            assertBounds(0.0, 0.0, layout.entropy + k);
            assertEquals(0.5, cost(layout.entropy + k, layout.entropy + k, 1e-3), 1e-9);
        }
        start(TypicalCell.NMC, STRAIGHT, true, 25.0);
        for (int k = 0; k < FitLayout.ENTROPY_SOC.length; k++) {
            assertEquals(0.5, cost(layout.entropy + k, layout.entropy + k, 0.15), 1e-9);
        }
    }

    @Test
    void halfAGapIsNoWiderThanWasMeasured() {
        int last = layout.gap + FitLayout.GAP_SOC.length - 1;
        start(TypicalCell.NMC, STRAIGHT, true, 25.0);
        for (int p = layout.gap; p <= last; p++) {
            assertBounds(Math.log(2e-4), Math.log(2.5 * 0.006), p);
        }
        assertEquals(Math.log(0.021), mostGap(0.02), 1e-9, "a millivolt more than measured");
        assertEquals(Math.log(0.001), mostGap(0.0), 1e-9);
        assertEquals(Math.log(0.08), mostGap(0.1), 1e-9, "80 mV at most");
    }

    private double mostGap(double halfGapV) {
        FitTrack down = DrawnTracks.branch(true, s -> 3.05 + 1.05 * s - halfGapV);
        FitTrack up = DrawnTracks.branch(false, s -> 3.05 + 1.05 * s + halfGapV);
        start(TypicalCell.NMC, FirstOcv.of(List.of(down, up), List.of(), 2.0, 0.0), true, 25.0);
        double most = problem.highest(layout.gap);
        for (int k = 1; k < FitLayout.GAP_SOC.length; k++) {
            assertEquals(most, problem.highest(layout.gap + k), 1e-9, "at SOC " + FitLayout.GAP_SOC[k]);
        }
        return most;
    }

    @Test
    void departingFromTheTypicalTimesGapsAndEnergiesCosts() {
        start(TypicalCell.NMC, STRAIGHT, true, 25.0);
        assertEquals(0.5, cost(layout.tau, layout.tau, 0.8), 1e-9);
        assertEquals(0.5, cost(layout.tau + 1, layout.tau + 1, -0.8), 1e-9);
        assertEquals(0.5, cost(layout.tau + 2, layout.tau + 2, 0.3), 1e-9);
        assertEquals(0.5, cost(layout.turn, layout.turn, 0.3), 1e-9);
        for (int m = 0; m < FitLayout.MAPS; m++) {
            assertEquals(0.5, cost(layout.activation + m, layout.activation + m, 4.0), 1e-9);
        }
        int gaps = FitLayout.GAP_SOC.length;
        assertEquals(0.5 * gaps, cost(layout.gap, layout.gap + gaps - 1, 0.6), 1e-9, "all gaps wider");
        double each = 0.5 * square(0.4 / 0.6);
        for (int k = 1; k < gaps; k++) {
            double step = cost(layout.gap + k, layout.gap + gaps - 1, 0.4);
            assertEquals(0.5 + (gaps - k) * each, step, 1e-9, "a step below gap " + k);
        }
    }

    @Test
    void theCurveEndsNearItsWindow() {
        start(TypicalCell.NMC, STRAIGHT, true, 25.0);
        int last = FitLayout.OCV_SOC.length - 1;
        assertEquals(1.0, cost(0, last, 0.5), 1e-9, "both ends half a volt off");
        start(TypicalCell.NMC, DrawnTracks.curve(s -> 3.05 + 0.55 * s), true, 25.0);
        assertEquals(0.5, cost(), 1e-9, "full at 3.6 V where 4.1 V was reached");
    }

    @ParameterizedTest(name = "at SOC {0} of a curve that bends there by {1} V")
    @CsvSource({
        "0.05, 0, 0.5",
        "0.1, 0, 0.5",
        "0.12, 0, 0.05",
        "0.5, 0, 0.05",
        "0.99, 0, 0.05",
        "0.5, 0.4, 0.17",
        "0.5, -0.4, 0.17",
        "0.1, 0.2, 0.56"
    })
    void theCurveKeepsTheBendsOfItsBranches(double soc, double bend, double sigma) {
        start(TypicalCell.NMC, DrawnTracks.curve(s -> 3.05 + 0.8 * s + bend * Math.max(0.0, s - soc)), true, 25.0);
        double before = cost();
        int last = FitLayout.OCV_SOC.length - 1;
        double shift = x[last] - 4.1;
        for (int k = 0; k <= last; k++) {
            x[k] += sigma * Math.max(0.0, FitLayout.OCV_SOC[k] - soc);
        }
        double end = 0.5 * (square((x[last] - 4.1) / 0.5) - square(shift / 0.5));
        assertEquals(0.5 + end, cost() - before, 1e-6);
    }

    @ParameterizedTest(name = "R{0} changes from the node below SOC {1} by {2}")
    @CsvSource({
        "0, 0.4, 0.02",
        "0, 0.3, 0.08",
        "0, 0.03, 0.08",
        "0, 1.0, 0.02",
        "1, 0.4, 0.03",
        "1, 0.3, 0.15",
        "2, 0.4, 0.08",
        "2, 0.3, 0.2",
        "3, 0.4, 0.12",
        "3, 0.3, 0.3"
    })
    void aResistanceKeepsTheShapeOfItsNeighbours(int map, double soc, double walk) {
        start(TypicalCell.NMC, STRAIGHT, true, 25.0);
        boolean below = soc <= 0.5;
        int from = below ? ohm(map, 0, 0.0) : ohm(map, 0, soc);
        int to = below ? ohm(map, 0, soc) - 1 : ohm(map, 0, 1.0);
        assertEquals(0.5, cost(from, to, walk), 1e-9);
    }

    @ParameterizedTest(name = "R{0}, rows {1} and {2} °C")
    @CsvSource({"0, 25, 45, 0.8", "1, 0, 25, 0.8", "2, 18, 40, 0.8", "3, 0, 20, 0.2"})
    void theRowNearestTo25DegCIsExpectedToBeTypical(int map, double coldDegC, double warmDegC, double sigma) {
        start(TypicalCell.NMC, STRAIGHT, true, coldDegC, warmDegC);
        assertEquals(0.5, cost(ohm(map, 0, 0.0), ohm(map, 1, 1.0), sigma), 1e-9, "all of it by one sigma");
        int other = Math.abs(coldDegC - 25.0) < Math.abs(warmDegC - 25.0) ? 1 : 0;
        double apart = cost(ohm(map, other, 0.0), ohm(map, other, 1.0), 0.15);
        assertEquals(0.5, apart, 1e-9, "the other row follows by its activation energy");
    }

    @Test
    void rowsOfDifferentTemperatureAreTiedByTheActivationEnergy() {
        start(TypicalCell.NMC, STRAIGHT, true, 0.0, 25.0);
        double perKj = (1.0 / 273.15 - 1.0 / 298.15) / GAS_KJ_PER_MOL_K;
        assertEquals(0.5 + 0.5 * square(4.0 * perKj / 0.15), cost(layout.activation, layout.activation, 4.0), 1e-9);
        double before = cost();
        x[layout.activation] += 2.0;
        for (double soc : FitLayout.OHM_SOC) {
            x[ohm(0, 0, soc)] += 2.0 * perKj;
        }
        assertEquals(0.125, cost() - before, 1e-9, "steeper altogether costs its own expectation only");
    }

    @ParameterizedTest(name = "below SOC {0}: {1}")
    @CsvSource({"0.03, 0.25", "0.2, 0.25", "0.3, 0.1", "0.5, 0.1"})
    void theShapeOverSocIsMuchTheSameAtOtherTemperatures(double soc, double sigma) {
        start(TypicalCell.NMC, STRAIGHT, true, 0.0, 25.0, 45.0);
        for (int row : new int[] {0, 2}) {
            assertEquals(0.5, cost(ohm(1, row, 0.0), ohm(1, row, soc) - 1, sigma), 1e-9, "row " + row);
        }
    }

    /** A problem with tracks whose parameters stand behind those of the cell. */
    private void nuisance(FitLayout with, FitTrack... tracks) {
        layout = with;
        problem = new FitProblem(layout, List.of());
        FitStart start = new FitStart(problem, TypicalCell.NMC);
        x = start.make(STRAIGHT, false, 2.9, 4.1, TAU_S);
        start.nuisance(List.of(tracks));
    }

    @Test
    void aStartIsBelievedMoreWhereThePlanNamesIt() {
        FitLayout with = new FitLayout(new double[] {25.0}, 25.0, 2.0);
        FitTrack seen = DrawnTracks.load(0, Kind.DRIVE, 10, 1.0, 3.7, 25.0);
        double[][] c = {seen.timeS, seen.currentA, seen.stepA, seen.voltageV, seen.degC, seen.ah, seen.weight};
        FitTrack named = new FitTrack(0, Kind.DRIVE, c, 0.7, 3.7, 1.0);
        seen.anchorSoc = 0.62;
        named.anchorSoc = 0.7;
        seen.startParameter = with.add(1);
        named.startParameter = with.add(1);
        nuisance(with, seen, named);
        assertEquals(0.62, x[seen.startParameter]);
        assertEquals(0.7, x[named.startParameter]);
        assertEquals(0.5, cost(seen.startParameter, seen.startParameter, 0.1), 1e-9);
        assertEquals(0.5, cost(named.startParameter, named.startParameter, 0.02), 1e-9);
        assertBounds(-0.05, 1.05, seen.startParameter);
        assertBounds(-0.05, 1.05, named.startParameter);
    }

    @ParameterizedTest(name = "{0} °C")
    @CsvSource({"25, 0.001", "30, 0.001", "20, 0.001", "32, 0.004", "-5, 0.0385"})
    void theChargeOfALoadIsDoubtedMoreAwayFromRoomTemperature(double degC, double sigma) {
        FitLayout with = new FitLayout(new double[] {25.0}, 25.0, 2.0);
        FitTrack one = DrawnTracks.load(0, Kind.DRIVE, 10, 1.0, 3.7, degC);
        FitTrack again = DrawnTracks.load(0, Kind.DRIVE, 10, 1.0, 3.7, 25.0);
        FitTrack other = DrawnTracks.load(1, Kind.PULSE, 10, 1.0, 3.7, 25.0);
        one.drifts(with.add(1), 2.0);
        again.drifts(one.driftParameter, 2.0);
        other.drifts(with.add(1), 2.0);
        nuisance(with, one, again, other);
        assertEquals(0.5, cost(one.driftParameter, one.driftParameter, sigma), 1e-9, "told once");
        assertEquals(0.5, cost(other.driftParameter, other.driftParameter, 0.001), 1e-9);
        assertBounds(-0.1, 0.1, one.driftParameter);
        assertBounds(-0.1, 0.1, other.driftParameter);
        assertEquals(0.0, x[one.driftParameter]);
    }

    /** A slow track with its own counter, C/20 one way. */
    private static FitTrack slow(FitLayout with, boolean down) {
        FitTrack track = DrawnTracks.branch(down, s -> 3.2 + 0.9 * s);
        track.drifts(with.add(1), 2.0);
        return track;
    }

    @Test
    void theCounterOfASlowRunMayDriftByAShareOfItsRate() {
        FitLayout with = new FitLayout(new double[] {25.0}, 25.0, 2.0);
        FitTrack down = slow(with, true);
        FitTrack up = slow(with, false);
        double[][] c = new double[7][3 * 61];
        for (int k = 0; k < c[0].length; k++) {
            c[0][k] = 1200.0 * k;
            c[2][k] = k < 61 ? 0.1 : k < 122 ? -0.1 : 0.0;
            c[5][k] = k < 61 ? 2.0 * k / 60.0 : Math.max(0.0, 2.0 * (121 - k) / 60.0);
            c[6][k] = 0.5;
        }
        FitTrack loop = new FitTrack(0, Kind.OCV, c, Double.NaN, 4.1, 0.0);
        loop.drifts(with.add(1), 2.0);
        FitTrack still = DrawnTracks.load(0, Kind.OCV, 10, 0.0, 3.7, 25.0);
        still.drifts(with.add(1), 2.0);
        nuisance(with, down, up, loop, still);
        assertEquals(0.5, cost(down.driftParameter, down.driftParameter, 0.002 * 0.05), 1e-9);
        assertEquals(0.5, cost(up.driftParameter, up.driftParameter, 0.002 * 0.05), 1e-9);
        assertEquals(
                0.5, cost(loop.driftParameter, loop.driftParameter, 0.03 * 0.05), 1e-9, "both branches tell a drift");
        assertEquals(0.5, cost(still.driftParameter, still.driftParameter, 0.002 * 0.001), 1e-9, "least rate");
        assertBounds(-0.006, 0.006, down.driftParameter);
        assertBounds(-0.006, 0.006, loop.driftParameter);
        assertBounds(-0.12e-3, 0.12e-3, still.driftParameter);
    }

    @Test
    void theRateOfASlowRunIsItsMeanOverTimeWhileCurrentFlows() {
        FitLayout with = new FitLayout(new double[] {25.0}, 25.0, 2.0);
        double[][] c = new double[7][31];
        for (int k = 1; k < 31; k++) {
            c[2][k] = k <= 10 ? 0.0099 : k <= 20 ? 0.1 : -0.2;
            c[0][k] = c[0][k - 1] + (k <= 20 ? 100.0 : 300.0);
        }
        FitTrack track = new FitTrack(0, Kind.OCV, c, Double.NaN, 4.1, 0.0);
        track.drifts(with.add(1), 2.0);
        nuisance(with, track);
        double rate = 0.25 * 0.05 + 0.75 * 0.1;
        assertEquals(0.12 * rate, problem.highest(track.driftParameter), 1e-12, "a hundredth of that is rest");
    }

    @Test
    void halfTheCapacityEachWayIsNotYetALoop() {
        FitLayout with = new FitLayout(new double[] {25.0}, 25.0, 2.0);
        FitTrack[] tracks = new FitTrack[4];
        double[][] legs = {{1.0, 1.9}, {1.9, 1.0}, {1.9, 1.9}, {1.0, 1.0}};
        for (int n = 0; n < 4; n++) {
            double[] leg = legs[n];
            double[][] c = new double[7][41];
            for (int k = 1; k < 41; k++) {
                c[0][k] = 1000.0 * k;
                c[2][k] = 0.1;
                c[5][k] = k <= 20 ? leg[0] * k / 20.0 : leg[0] - leg[1] * (k - 20) / 20.0;
            }
            tracks[n] = new FitTrack(0, Kind.OCV, c, Double.NaN, 4.1, 0.0);
            tracks[n].drifts(with.add(1), 2.0);
        }
        nuisance(with, tracks);
        for (int n = 0; n < 4; n++) {
            double sigma = (n == 2 ? 0.03 : 0.002) * 0.05;
            int p = tracks[n].driftParameter;
            assertEquals(0.5, cost(p, p, sigma), 1e-9, "down " + legs[n][0] + " Ah, up " + legs[n][1] + " Ah");
        }
    }

    @Test
    void aRecordsOwnVoltageOffsetIsSmall() {
        FitLayout with = new FitLayout(new double[] {25.0}, 25.0, 2.0);
        FitTrack track = DrawnTracks.branch(true, s -> 3.2 + 0.9 * s);
        track.offsetParameter = with.add(FitLayout.OFFSET_SOC.length);
        nuisance(with, track);
        for (int k = 0; k < FitLayout.OFFSET_SOC.length; k++) {
            int p = track.offsetParameter + k;
            assertEquals(0.5, cost(p, p, 0.003), 1e-9, "at SOC " + FitLayout.OFFSET_SOC[k]);
        }
    }
}
