package io.github.bms4j.cell.fit;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.bms4j.cell.fit.FitRecord.Column;
import io.github.bms4j.cell.fit.FitRecord.Kind;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a record keeps, how it is cut into runs and thinned, and its long legs. */
class RecordsTest {
    private static double[] each(int n, IntToDoubleFunction f) {
        double[] values = new double[n];
        Arrays.setAll(values, f);
        return values;
    }

    private static FitRecord.Builder steady(int n, double dtS, double currentA) {
        return FitRecord.of(
                "steady", Kind.DRIVE, 25.0, each(n, k -> k * dtS), each(n, k -> currentA), each(n, k -> 3.7));
    }

    @Test
    void leavesOutRowsThatCannotBeUsed() {
        double[] t = each(20, k -> k);
        double[] i = each(20, k -> 1.0);
        double[] v = each(20, k -> 3.0 + 0.01 * k);
        t[3] = Double.NaN;
        t[5] = 4.0;
        i[7] = Double.NaN;
        v[9] = 0.49;
        v[10] = 6.01;
        v[11] = Double.NaN;
        FitRecord record = FitRecord.of("r", Kind.PULSE, -15.0, t, i, v)
                .temperature(each(20, k -> 20.0 + k))
                .build();
        assertEquals(14, record.rows());
        assertEquals(4.0, record.at(Column.TIME, 3));
        assertEquals(6.0, record.at(Column.TIME, 4));
        assertEquals(26.0, record.at(Column.TEMPERATURE, 4));
        assertEquals(Double.NaN, record.at(Column.COUNTER, 4));
        assertFalse(record.has(Column.COUNTER));
        assertTrue(record.has(Column.TEMPERATURE));
        assertEquals(-15.0, record.nominalDegC());
        assertEquals(Kind.PULSE, record.kind());
        assertEquals("r", record.name());
    }

    @Test
    void aTemperatureThatIsNowhereIsNotThere() {
        FitRecord record =
                steady(20, 1.0, 1.0).temperature(each(20, k -> Double.NaN)).build();
        assertFalse(record.has(Column.TEMPERATURE));
        assertFalse(record.fullAtStart());
        assertTrue(steady(20, 1.0, 1.0).fullAtStart(true).build().fullAtStart());
    }

    @Test
    void refusesWhatIsNoRecordOfACell() {
        assertAll(
                () -> assertEquals(
                        "steady: found 9 usable rows, expected at least 10 with time, current and voltage",
                        refused(steady(9, 1.0, 1.0))),
                () -> assertEquals(
                        "mv: found voltages such as 3700.0 V, expected those of one cell, 0.5 to 6.0 V (millivolts? a pack?)",
                        refused(FitRecord.of(
                                "mv", Kind.OCV, 25.0, each(20, k -> k), each(20, k -> 1.0), each(20, k -> 3700.0)))),
                () -> assertTrue(String.valueOf(assertThrows(
                                        IllegalArgumentException.class,
                                        () -> FitRecord.of(
                                                "x", Kind.OCV, 25.0, new double[3], new double[2], new double[3]))
                                .getMessage())
                        .contains("CURRENT must have 3 values but has 2")),
                () -> assertThrows(
                        IllegalArgumentException.class,
                        () -> FitRecord.of("x", Kind.OCV, 121.0, new double[3], new double[3], new double[3])));
        assertEquals(10, steady(10, 1.0, 1.0).build().rows());
    }

    private static String refused(FitRecord.Builder builder) {
        return String.valueOf(
                assertThrows(IllegalArgumentException.class, builder::build).getMessage());
    }

    @Test
    void aTableIsChecked() {
        double[] five = {0.0, 0.25, 0.5, 0.75, 1.0};
        double[] volts = {3.0, 3.4, 3.6, 3.8, 4.1};
        OcvTable table = new OcvTable("t", 10.0, five, volts, new double[0]);
        assertEquals(Double.NaN, table.halfGapV(2));
        assertEquals(3.6, table.ocvV(2));
        assertEquals(0.5, table.soc(2));
        assertEquals(10.0, table.degC());
        assertEquals("t", table.name());
        assertEquals(5, table.rows());
        assertEquals(0.02, new OcvTable("t", 10.0, five, volts, new double[] {0, 0, 0.02, 0, 0}).halfGapV(2));
        assertAll(
                () -> assertThrows(
                        IllegalArgumentException.class,
                        () -> new OcvTable("t", 10.0, five, new double[4], new double[0])),
                () -> assertThrows(
                        IllegalArgumentException.class, () -> new OcvTable("t", 10.0, five, volts, new double[2])),
                () -> assertThrows(
                        IllegalArgumentException.class,
                        () -> new OcvTable("t", 10.0, new double[4], new double[4], new double[0])),
                () -> assertThrows(
                        IllegalArgumentException.class,
                        () -> new OcvTable("t", 10.0, new double[] {0, 0.2, 0.5, 0.7, 1.06}, volts, new double[0])));
    }

    @Test
    void aSteadyStretchIsWalkedInGrowingSteps() {
        FitTrack track = new TrackBuilder(steady(4000, 1.0, 1.0).build(), 3, 2.0, 1.0)
                .build()
                .get(0);
        assertEquals(3, track.record);
        assertTrue(track.rows() < 1000, "rows " + track.rows());
        assertEquals(0.0, track.timeS[0]);
        assertEquals(3999.0, track.timeS[track.rows() - 1]);
        for (int k = 1; k < track.rows(); k++) {
            double dtS = track.timeS[k] - track.timeS[k - 1];
            assertTrue(dtS <= 60.0, "step " + dtS);
            assertTrue(dtS * 1.0 / 3600.0 / 2.0 <= 0.0022, "moves " + dtS + " s");
            assertEquals(1.0, track.stepA[k], 1e-9);
            assertEquals(Math.min(1.0, dtS / 3600.0 / 2.0 / 0.002 + dtS / 300.0), track.weight[k], 1e-9);
        }
        assertEquals(3999.0 / 3600.0, track.ah[track.rows() - 1], 1e-9);
        assertEquals(1.0 - 3999.0 / 7200.0, track.soc(track.rows() - 1, 2.0), 1e-9);
    }

    @Test
    void aStepOfTheCurrentKeepsItsPlaceAndItsCharge() {
        double[] t = each(600, k -> k);
        double[] i = each(600, k -> k >= 300 && k < 310 ? 2.0 : 0.0);
        FitTrack track = new TrackBuilder(
                        FitRecord.of("p", Kind.PULSE, 25.0, t, i, each(600, k -> 3.7))
                                .build(),
                        0,
                        2.0,
                        1.0)
                .build()
                .get(0);
        int before = Arrays.binarySearch(track.timeS, 299.0);
        assertTrue(before >= 0, "the last row before the step is kept");
        assertEquals(300.0, track.timeS[before + 1]);
        assertEquals(1.0, track.stepA[before + 1], 1e-9, "half a second of 2 A");
        assertEquals(20.0 / 3600.0, track.ah[track.rows() - 1], 1e-9);
        assertTrue(Arrays.binarySearch(track.timeS, 309.0) >= 0);
    }

    @Test
    void tenHertzBecomesMeansOfASecond() {
        FitRecord fast = FitRecord.of(
                        "f",
                        Kind.DRIVE,
                        25.0,
                        each(1000, k -> 0.1 * k),
                        each(1000, k -> (k / 10) % 2 == 0 ? 3.0 : -1.0),
                        each(1000, k -> 3.5 + 0.01 * (k % 10)))
                .build();
        FitTrack track = new TrackBuilder(fast, 0, 2.0, 1.0).build().get(0);
        assertEquals(100, track.rows());
        assertEquals(3.0, track.currentA[0], 1e-12);
        assertEquals(-1.0, track.currentA[1], 1e-12);
        assertEquals(3.545, track.voltageV[7], 1e-12);
        assertEquals(1.0, track.timeS[1] - track.timeS[0], 1e-9);
        assertEquals(3.5, track.firstV);
        assertEquals(3.0, track.firstA);
    }

    @Test
    void aGapIsBridgedByTheCounter() {
        double[] t = each(40, k -> k < 20 ? k : 2000.0 + k);
        double[] ah = each(40, k -> k < 20 ? 0.0 : 0.3);
        FitRecord.Builder rests = FitRecord.of("g", Kind.PULSE, 25.0, t, new double[40], each(40, k -> 3.7));
        List<FitTrack> counted = new TrackBuilder(rests.counter(ah).build(), 0, 2.0, 1.0).build();
        assertEquals(1, counted.size());
        FitTrack track = counted.get(0);
        int after = Arrays.binarySearch(track.timeS, 2020.0);
        assertTrue(after > 0);
        assertEquals(0.3, track.ah[after], 1e-12);
        assertEquals(0.3 * 3600.0 / (2020.0 - track.timeS[after - 1]), track.stepA[after], 1e-9);
        List<FitTrack> blind = new TrackBuilder(
                        FitRecord.of("g", Kind.PULSE, 25.0, t, new double[40], each(40, k -> 3.7))
                                .build(),
                        0,
                        2.0,
                        1.0)
                .build();
        assertEquals(2, blind.size(), "without a counter nobody knows what the gap took");
    }

    @Test
    void aCounterSetBackBeginsANewRun() {
        double[] ah = each(60, k -> k < 30 ? 0.01 * k / 3600.0 : -0.5);
        List<FitTrack> tracks =
                new TrackBuilder(steady(60, 1.0, 0.01).counter(ah).build(), 0, 2.0, 1.0).build();
        assertEquals(2, tracks.size());
        assertEquals(0.0, tracks.get(1).ah[0]);
    }

    @Test
    void runsAndLabelsCutARecord() {
        FitRecord runs =
                steady(60, 1.0, 1.0).runs(each(60, k -> Math.floor(k / 20.0))).build();
        assertEquals(3, new TrackBuilder(runs, 0, 2.0, 1.0).build().size());
        FitRecord labels = steady(60, 1.0, 1.0)
                .nominalSoc(each(60, k -> k < 30 ? 0.9 : 0.8))
                .build();
        List<FitTrack> tracks = new TrackBuilder(labels, 0, 2.0, 1.0).build();
        assertEquals(2, tracks.size());
        assertEquals(0.9, tracks.get(0).labelSoc);
        assertEquals(0.8, tracks.get(1).labelSoc);
        FitRecord tiny = steady(60, 1.0, 1.0).runs(each(60, k -> k < 4 ? 0 : 1)).build();
        assertEquals(1, new TrackBuilder(tiny, 0, 2.0, 1.0).build().size(), "four rows are no run");
    }

    @Test
    void missingTemperaturesHoldTheLastOrTheNamedOne() {
        double[] degC = each(60, k -> k < 10 || k > 30 ? Double.NaN : 18.0);
        FitTrack track = new TrackBuilder(steady(60, 1.0, 1.0).temperature(degC).build(), 0, 0.05, 1.0)
                .build()
                .get(0);
        assertEquals(25.0, track.degC[0]);
        assertEquals(18.0, track.degC[track.rows() - 1]);
        FitTrack chamber = new TrackBuilder(
                        steady(60, 1.0, 1.0).ambient(each(60, k -> -15.0)).build(), 0, 2.0, 1.0)
                .build()
                .get(0);
        assertEquals(-15.0, chamber.degC[5], "where the cell's own temperature is not known");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "down and up,            0 1 2 3 2 1 0,      0, 3, 3,    3, 6, -3",
        "up first,               0 -1 -2 -1 0 1 2,   2, 6, 4,    0, 2, -2",
        "the longest of several, 0 1 0 3 0 2 0,      2, 3, 3,    3, 4, -3",
        "a small turn on the way,0 10 9.8 20 0,      0, 3, 20,   3, 4, -20",
        "only down,              0 1 2 2 2,          0, 2, 2,    -1, 0, 0"
    })
    void longLegs(String name, String counter, int from, int to, double down, int upFrom, int upTo, double up) {
        double[] ah = Arrays.stream(counter.trim().split(" "))
                .mapToDouble(Double::parseDouble)
                .toArray();
        ChargeLeg leg = ChargeLeg.longestDischarge(ah).orElseThrow();
        assertEquals(new ChargeLeg(from, to, down), leg);
        if (upFrom < 0) {
            assertTrue(ChargeLeg.longestCharge(ah).isEmpty());
        } else {
            assertEquals(
                    new ChargeLeg(upFrom, upTo, up), ChargeLeg.longestCharge(ah).orElseThrow());
        }
    }

    @Test
    void noChargeMovedIsNoLeg() {
        assertTrue(ChargeLeg.longestDischarge(new double[5]).isEmpty());
        assertTrue(ChargeLeg.longestCharge(new double[5]).isEmpty());
    }
}
