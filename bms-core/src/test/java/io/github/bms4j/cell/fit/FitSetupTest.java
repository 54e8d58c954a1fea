package io.github.bms4j.cell.fit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.bms4j.cell.Chemistry;
import io.github.bms4j.cell.fit.FitRecord.Kind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.DoubleUnaryOperator;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is settled before a fit, from recordings of a 2 Ah cell whose voltage is 3.2 V + 0.9 V x SOC unless a test says otherwise. */
class FitSetupTest {
    private static final FitSettings OPEN = new FitSettings("c", Double.NaN, Optional.empty(), "o", "l");
    private static final FitSettings SIZED = new FitSettings("c", 2.0, Optional.of(Chemistry.NMC), "o", "l");
    private static final double[] TAU_S = {10.0, 90.0, 1000.0};

    private final List<String> notes = new ArrayList<>();

    private static double straight(double soc) {
        return 3.2 + 0.9 * soc;
    }

    /** A recording whose counter goes from turning point to turning point, Ah discharged since full, in fifty steps each. */
    private static FitRecord.Builder recording(
            String name, Kind kind, double degC, double stepS, DoubleUnaryOperator volts, double... turns) {
        double[] ah = new double[50 * (turns.length - 1) + 1];
        double[] t = new double[ah.length];
        double[] a = new double[ah.length];
        double[] v = new double[ah.length];
        for (int k = 0; k < ah.length; k++) {
            int leg = Math.min(k / 50, turns.length - 2);
            ah[k] = turns[leg] + (turns[leg + 1] - turns[leg]) * (k - 50 * leg) / 50.0;
            t[k] = stepS * k;
            a[k] = k == 0 ? 0.0 : (ah[k] - ah[k - 1]) * 3600.0 / stepS;
            v[k] = volts.applyAsDouble(1.0 - ah[k] / 2.0);
        }
        return FitRecord.of(name, kind, degC, t, a, v).counter(ah);
    }

    private static FitRecord slow(double degC, double... turns) {
        return recording("slow " + degC, Kind.OCV, degC, 1440.0, FitSetupTest::straight, turns)
                .build();
    }

    private static FitRecord.Builder drive(String name, double degC, double... turns) {
        return recording(name, Kind.DRIVE, degC, 60.0, FitSetupTest::straight, turns);
    }

    private static FitRecord.Builder logged(FitRecord.Builder builder, double degC) {
        double[] all = new double[51];
        Arrays.fill(all, degC);
        return builder.temperature(all);
    }

    private FitSetup setup(FitSettings settings, FitRecord... records) {
        return FitSetup.of(settings, List.of(records), List.of(), notes);
    }

    private FitSetup drawn(OcvTable table, FitRecord... records) {
        return FitSetup.of(SIZED, List.of(records), List.of(table), notes);
    }

    @Test
    void capacityComesFromTheSlowRunAndIsSaid() {
        FitSetup setup = setup(
                OPEN, slow(25.0, 0.0, 1.950004), drive("half", 25.0, 0.0, 1.0).build());
        assertEquals(1.95, setup.capacityAh, 1e-12, "to ten microamperehours");
        assertTrue(notes.contains("Capacity from the longest discharge of the slow runs."));
    }

    @Test
    void capacityIsTakenAsGiven() {
        assertEquals(
                2.5, setup(new FitSettings("c", 2.5, Optional.empty(), "o", "l"), slow(25.0, 0.0, 2.0)).capacityAh);
        assertTrue(notes.stream().noneMatch(n -> n.startsWith("Capacity")));
    }

    @ParameterizedTest(name = "drives of {0} Ah beside a slow run of 2 Ah: {1} Ah")
    @CsvSource({"1.95, 1.95", "1.82, 1.82", "2.18, 2.18", "1.75, 2", "2.25, 2"})
    void drivesToTrulyEmptyAreBelievedWithinATenth(double ah, double capacityAh) {
        DoubleUnaryOperator toEmpty = soc -> 4.1 - 0.9 * (1.0 - soc) * 2.0 / ah;
        FitRecord drive =
                recording("d", Kind.DRIVE, 25.0, 3600.0, toEmpty, 0.0, ah).build();
        assertEquals(capacityAh, setup(OPEN, slow(25.0, 0.0, 2.0), drive).capacityAh, 1e-9);
        assertEquals(capacityAh != 2.0, notes.contains("Capacity from drives that run from full to truly empty."));
    }

    @Test
    void refusesFilesWithoutADischarge() {
        FitRecord still = slow(25.0, 0.0, 0.0);
        assertEquals(
                "found no discharge to take the capacity from, expected a slow run or a capacity",
                assertThrows(IllegalArgumentException.class, () -> setup(OPEN, still))
                        .getMessage());
    }

    @ParameterizedTest(name = "{0} V to {1} V: window {2} to {3} V")
    @CsvSource({
        "3.2, 4.1, 3.2, 4.1",
        "2.98, 4.205, 3.0, 4.2",
        "2.96, 4.22, 2.9, 4.25",
        "2.01, 3.6, 2.0, 3.6",
        "3.08, 3.59, 3.1, 3.6"
    })
    void theVoltageWindowIsThatOfTheSlowRunsRounded(double low, double high, double minV, double maxV) {
        FitRecord slow = recording("s", Kind.OCV, 25.0, 1440.0, soc -> low + (high - low) * soc, 0.0, 2.0)
                .build();
        FitRecord load = recording("d", Kind.DRIVE, 25.0, 60.0, soc -> 2.0 + 2.5 * soc, 0.0, 1.0)
                .build();
        FitSetup setup = setup(SIZED, slow, load);
        assertEquals(minV, setup.minV, 1e-12);
        assertEquals(maxV, setup.maxV, 1e-12);
    }

    @Test
    void withADrawnCurveTheDrivesWidenTheWindow() {
        OcvTable table = DrawnTracks.table(25.0, FitSetupTest::straight);
        FitRecord load = recording("d", Kind.DRIVE, 25.0, 60.0, soc -> 2.6 + 1.7 * soc, 0.0, 2.0)
                .build();
        FitRecord pulse = recording("p", Kind.PULSE, 25.0, 60.0, soc -> 1.0 + 4.0 * soc, 0.0, 2.0)
                .build();
        FitSetup setup = drawn(table, load, pulse);
        assertEquals(2.6, setup.minV, 1e-12);
        assertEquals(4.3, setup.maxV, 1e-12);
        FitSetup alone = drawn(table);
        assertEquals(3.2, alone.minV, 1e-12);
        assertEquals(4.1, alone.maxV, 1e-12);
    }

    @Test
    void refusesASlowRunThatHardlyMovesTheVoltage() {
        FitRecord flat = recording("s", Kind.OCV, 25.0, 1440.0, soc -> 3.7 + 0.05 * soc, 0.0, 2.0)
                .build();
        String message = String.valueOf(assertThrows(IllegalArgumentException.class, () -> setup(SIZED, flat))
                .getMessage());
        assertTrue(message.startsWith("found slow runs between 3.700 and 3.7"), message);
        assertTrue(message.endsWith(" V, expected runs between empty and full"), message);
    }

    @Test
    void namesTheSlowRunWhoseCurrentIsTurnedRound() {
        FitRecord turned = recording("turned.csv", Kind.OCV, 25.0, 1440.0, soc -> 4.1 - 0.9 * soc, 0.0, 2.0)
                .build();
        String message = String.valueOf(assertThrows(
                        IllegalArgumentException.class, () -> setup(OPEN, slow(25.0, 0.0, 2.0), turned))
                .getMessage());
        assertTrue(message.startsWith("turned.csv: found a voltage that rises by 0.900 V"), message);
        FitRecord load = recording("d", Kind.DRIVE, 25.0, 60.0, soc -> 4.1 - 0.9 * soc, 0.0, 1.0)
                .build();
        assertEquals(2.0, setup(OPEN, slow(25.0, 0.0, 2.0), load).capacityAh, 1e-9, "loads are not judged so");
    }

    @ParameterizedTest(name = "{0} V in the middle and a rise of {1} V: {2}")
    @CsvSource({
        "3.7, 0.4, NMC",
        "3.41, 0.4, NMC",
        "3.39, 0.4, NA_ION",
        "3.3, 0.13, NA_ION",
        "3.3, 0.11, LFP",
        "3.41, 0.11, LFP",
        "3.43, 0.11, NMC",
        "2.71, 0.4, NA_ION",
        "2.69, 0.4, LTO",
        "2.3, 0.11, LTO"
    })
    void guessesTheChemistryFromTheCurve(double middleV, double riseV, Chemistry chemistry) {
        OcvTable table = DrawnTracks.table(25.0, soc -> middleV + riseV / 0.5 * (soc - 0.5));
        FitSettings sized = new FitSettings("c", 2.0, Optional.empty(), "o", "l");
        FitSetup setup = FitSetup.of(sized, List.of(), List.of(table), notes);
        assertEquals(chemistry, setup.typical.chemistry);
        assertEquals(
                List.of(String.format(
                        Locale.ROOT,
                        "Chemistry %s guessed from %.3f V at 50 %% SOC and a rise of %.3f V from 30 to 80 %%.",
                        chemistry,
                        middleV,
                        riseV)),
                notes);
    }

    @Test
    void aGivenChemistryIsNotGuessed() {
        FitSettings lto = new FitSettings("c", 2.0, Optional.of(Chemistry.LTO), "o", "l");
        assertEquals(TypicalCell.LTO, setup(lto, slow(25.0, 0.0, 2.0)).typical);
        assertEquals(List.of(), notes);
    }

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
