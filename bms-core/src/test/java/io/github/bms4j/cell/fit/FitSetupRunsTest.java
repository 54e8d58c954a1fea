package io.github.bms4j.cell.fit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.bms4j.cell.Chemistry;
import io.github.bms4j.cell.fit.FitRecord.Kind;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where runs and loads start, what drifts in them, and what they say of the efficiency. */
class FitSetupRunsTest extends FitSetupFixture {
    @Test
    void slowRunsHaveTheirOwnDriftAndTheirRecordsOffset() {
        FitRecord twoRuns = recording("loop", Kind.OCV, 25.0, 1440.0, FitSetupTest::straight, 0.0, 2.0, 0.0)
                .runs(runs(101, 51))
                .build();
        FitSetup setup = setup(SIZED, twoRuns, slow(10.0, 2.0, 0.0));
        FitProblem problem = setup.problem(5.0);
        List<FitTrack> tracks = problem.tracks();
        assertEquals(3, tracks.size());
        FitTrack down = tracks.get(0);
        FitTrack up = tracks.get(1);
        FitTrack other = tracks.get(2);
        assertEquals(down.offsetParameter, up.offsetParameter);
        assertNotEquals(down.offsetParameter, other.offsetParameter);
        assertNotEquals(down.driftParameter, up.driftParameter);
        assertEquals(setup.layout.size(), 3 + 2 * FitLayout.OFFSET_SOC.length + setup.layout.turn + 1);
        assertEquals(0, down.anchorRow);
        assertEquals(up.rows() - 1, up.anchorRow);
        assertEquals(-1.0, up.startTurn);
        assertEquals(1.0, down.startTurn);
        assertEquals(-1, down.startParameter);
        assertEquals(0.0, down.driftBy(0));
        assertEquals(49 * 1440.0 / 3600.0, down.driftBy(49), 1e-9, "hours since the anchor");
        assertEquals(-0.4, up.driftBy(up.rows() - 2), 1e-9, "before it");
    }

    private static double[] runs(int rows, int second) {
        double[] run = new double[rows];
        Arrays.fill(run, second, rows, 1.0);
        return run;
    }

    @Test
    void loadsFromFullCountByTheScaleOfTheirRecord() {
        FitRecord twice = drive("twice", 25.0, 0.0, 1.0, 2.0)
                .runs(runs(101, 51))
                .fullAtStart(true)
                .build();
        FitRecord seen = drive("seen", 25.0, 0.0, 1.0).build();
        FitSetup setup = drawn(DrawnTracks.table(25.0, FitSetupTest::straight), twice, seen);
        List<FitTrack> tracks = setup.problem(5.0).tracks();
        assertEquals(3, tracks.size());
        FitTrack one = tracks.get(0);
        assertEquals(one.driftParameter, tracks.get(1).driftParameter, "one scale per record");
        assertNotEquals(one.driftParameter, tracks.get(2).driftParameter);
        for (FitTrack track : tracks) {
            assertTrue(track.driftParameter >= 0);
            assertEquals(-1, track.startParameter);
            assertEquals(-1, track.offsetParameter);
            assertEquals(1.0, track.anchorSoc);
            assertEquals(1.0, track.startTurn);
        }
        int last = one.rows() - 1;
        assertEquals(-0.5, one.driftBy(last), 1e-9, "SOC by which a unit of scale moves it");
        assertEquals(0.5, one.soc(last, 2.0), 1e-9);
        FitSettings lfp = new FitSettings("c", 2.0, Optional.of(Chemistry.LFP), "o", "l");
        FitSetup flat =
                FitSetup.of(lfp, List.of(twice), List.of(DrawnTracks.table(25.0, FitSetupTest::straight)), notes);
        FitTrack track = flat.problem(5.0).tracks().get(0);
        assertEquals(-1, track.driftParameter, "a level curve does not tell a scale");
        assertEquals(-1, track.startParameter);
        assertEquals(0.0, track.driftBy(last));
    }

    @Test
    void loadsFromElsewhereStartWhereTheirVoltageOrThePlanSays() {
        double[] label = new double[51];
        Arrays.fill(label, 0.8);
        FitRecord labelled = drive("labelled", 25.0, 0.0, 0.5)
                .fullAtStart(true)
                .nominalSoc(label)
                .build();
        FitRecord half = drive("half", 25.0, 1.0, 1.5).build();
        FitRecord charged = recording(
                        "charged", Kind.DRIVE, 25.0, 60.0, soc -> Math.min(4.1, 3.3 + 0.9 * soc), 1.0, 0.1, 0.0, 0.2)
                .build();
        FitSetup setup = drawn(DrawnTracks.table(25.0, FitSetupTest::straight), labelled, half, charged);
        List<FitTrack> tracks = setup.problem(5.0).tracks();
        FitTrack named = tracks.get(0);
        assertEquals(0.8, named.anchorSoc);
        assertEquals(-1.0, named.startTurn, "set to a SOC by charging");
        assertTrue(named.startParameter >= 0);
        assertEquals(-1, named.driftParameter);
        FitTrack seen = tracks.get(1);
        assertEquals(0.5, seen.anchorSoc, 1e-9);
        assertEquals(0.0, seen.startTurn);
        assertEquals(named.startParameter + 1, seen.startParameter);
        FitTrack full = tracks.get(2);
        assertEquals(1.0, full.soc(full.anchorRow, 2.0));
        assertEquals(100 * 60.0, full.timeS[full.anchorRow], 1e-9);
        assertEquals(0.0, full.startTurn);
        assertEquals(-1, full.startParameter);
        assertEquals(seen.startParameter + 1, full.driftParameter);
    }

    @Test
    void aStartTellsTheProblemWhatIsKnownOnce() {
        FitSetup setup = drawn(
                DrawnTracks.table(25.0, soc -> 3.3 + 0.8 * soc),
                drive("half", 25.0, 1.0, 1.5).build());
        FitProblem problem = setup.problem(5.0);
        double[] first = setup.start(problem, TAU_S);
        setup.doubts(problem, first, false);
        int n = setup.layout.size();
        assertEquals(n, first.length);
        double[] prior = problem.priorDiagonal();
        double cost = problem.evaluate(first, new DMatrixRMaj(n, n), new double[n]);
        double[] again = setup.start(problem, TAU_S);
        assertArrayEquals(first, again);
        assertArrayEquals(prior, problem.priorDiagonal(), "told again, not twice");
        int middle = FitLayout.segment(FitLayout.OCV_SOC, 0.5);
        first[middle] += 0.01;
        double moved = problem.evaluate(first, new DMatrixRMaj(n, n), new double[n]);
        assertTrue(moved > cost + 1.0, "the drawn curve pulls");
        int start = problem.tracks().get(0).startParameter;
        assertEquals(1.05, problem.highest(start));
        assertTrue(prior[start] > 0.0);
    }

    @ParameterizedTest(name = "{0} Ah out, {1} Ah in: {2}")
    @CsvSource({
        "2.0,  2.01, 0.995, ''",
        "1.98, 2.0,  0.99,  ''",
        "2.0,  2.0,  1.0,   ''",
        "1.92, 2.0,  0.98,  ', clamped to 0.98'",
        "2.02, 2.0,  1.0,   ', clamped to 1.00'",
    })
    void efficiencyIsThatOfALoopThatClosesFull(double out, double in, double kept, String clamped) {
        FitRecord loop = loop(Kind.OCV, out, in, 1.0, 1.0);
        FitSetup setup = drawn(
                DrawnTracks.table(25.0, FitSetupTest::straight),
                drive("d", 25.0, 0.0, 1.0).build(),
                loop);
        assertEquals(kept, setup.efficiency(notes), 1e-12);
        assertEquals(
                List.of(String.format(
                        Locale.ROOT, "Coulombic efficiency %.4f from the loop of loop%s.", out / in, clamped)),
                notes);
    }

    /** A loop whose voltage begins and ends at an SOC, whatever its counter says. */
    private static FitRecord loop(Kind kind, double out, double in, double fromSoc, double toSoc) {
        double[] t = new double[101];
        double[] v = new double[101];
        double[] ah = new double[101];
        for (int k = 0; k <= 100; k++) {
            double part = k <= 50 ? k / 50.0 : (100 - k) / 50.0;
            t[k] = 1440.0 * k;
            ah[k] = k <= 50 ? out * part : out - in * (1.0 - part);
            v[k] = 3.2 + 0.9 * (1.0 - part) * (k <= 50 ? fromSoc : toSoc);
        }
        return FitRecord.of("loop", kind, 25.0, t, new double[101], v)
                .counter(ah)
                .build();
    }

    @ParameterizedTest(name = "{0} of {1} Ah out and {2} Ah in from {3} to {4}")
    @CsvSource({
        "DRIVE, 2.0, 2.01, 1.0, 1.0", "PULSE, 2.0, 2.01, 1.0, 1.0", "OCV, 2.0, 2.01, 0.9, 1.0",
                "OCV, 2.0, 2.01, 1.0, 0.9",
        "OCV, 1.59, 1.61, 1.0, 1.0", "OCV, 1.61, 1.59, 1.0, 1.0", "OCV, 1.8, 2.0, 1.0, 1.0", "OCV, 2.0, 1.95, 1.0, 1.0"
    })
    void otherRunsTellNoEfficiency(Kind kind, double out, double in, double fromSoc, double toSoc) {
        FitSetup setup = drawn(DrawnTracks.table(25.0, FitSetupTest::straight), loop(kind, out, in, fromSoc, toSoc));
        assertEquals(1.0, setup.efficiency(notes));
        assertEquals(List.of("Coulombic efficiency taken as 1: no slow run closes its loop."), notes);
    }
}
