package io.github.bms4j.cell.fit;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.bms4j.cell.fit.FitRecord.Kind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which charge counts as the capacity, and where a file stands between empty and full. */
class SocAxisTest {
    private static final double CAPACITY_AH = DrawnTracks.CAPACITY_AH;
    /** 3.2 V + 0.9 V x SOC, drawn at every node. */
    private static final FirstOcv STRAIGHT = DrawnTracks.curve(s -> 3.2 + 0.9 * s);

    /** A counter that goes from turning point to turning point in ten steps each. */
    private static double[] counter(double... turns) {
        double[] ah = new double[10 * (turns.length - 1) + 1];
        for (int k = 0; k < ah.length; k++) {
            int leg = Math.min(k / 10, turns.length - 2);
            ah[k] = turns[leg] + (turns[leg + 1] - turns[leg]) * (k - 10 * leg) / 10.0;
        }
        return ah;
    }

    /** "OCV 25: 0 2 0": kind, temperature, turning points of the counter in Ah. */
    private static FitRecord record(String text) {
        String[] parts = text.trim().split("[: ]+", -1);
        double[] ah = counter(Arrays.stream(parts, 2, parts.length)
                .mapToDouble(Double::parseDouble)
                .toArray());
        double[] t = new double[ah.length];
        double[] v = new double[ah.length];
        Arrays.setAll(t, k -> 100.0 * k);
        Arrays.fill(v, 3.7);
        return FitRecord.of(text, Kind.valueOf(parts[0]), Double.parseDouble(parts[1]), t, new double[t.length], v)
                .counter(ah)
                .build();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "the slow run nearest to 25 °C,   OCV 10: 0 1.9 | OCV 25: 0 2 | OCV 40: 0 2.1,   2",
        "wherever it stands in the list,  OCV 25: 0 2 | OCV 10: 0 1.9 | OCV 40: 0 2.1,   2",
        "colder and warmer count alike,   OCV 40: 0 2.1 | OCV 18: 0 1.9,                 1.9",
        "a degree nearer is nearer,       OCV 24: 0 2.2 | OCV 25: 0 1.9,                 1.9",
        "half a degree is the same,       OCV 24.5: 0 2.2 | OCV 25: 0 1.9,               2.2",
        "the larger of the same,          OCV 25: 0 1.9 | OCV 25.5: 0 2,                 2",
        "the larger of the same reversed, OCV 25.4: 0 2 | OCV 25: 0 1.9,                 2",
        "not of one further away,         OCV 25: 0 1.9 | OCV 25.75: 0 2,                1.9",
        "drives do not count beside it,   DRIVE 25: 0 3 | OCV 25: 0 2 | DRIVE 25: 0 3,   2",
        "the longest drive where alone,   DRIVE 25: 0 1.8 | PULSE 0: 0 1.5,              1.8",
        "a charge where nothing else,     OCV 25: 0 -2,                                  2",
        "a discharge before a charge,     OCV 25: 0 1.5 -1,                              1.5",
        "a run that moved nothing is out, OCV 25: 0 0 | OCV 10: 0 1.9 | OCV 25: 0 0,     1.9",
        "nothing moved at all,            OCV 25: 0 0,                                   0"
    })
    void capacityIsTheChargeOf(String rule, String records, double ah) {
        List<FitRecord> all = new ArrayList<>();
        for (String text : records.split("\\|", -1)) {
            all.add(record(text));
        }
        assertEquals(ah, SocAxis.slowAh(all), 1e-12);
    }

    /** A row every 100 s; current and voltage the same all along until a test changes them. */
    private static FitTrack track(Kind kind, double currentA, double cellV, double... turns) {
        double[] ah = counter(turns);
        double[][] c = new double[7][ah.length];
        Arrays.setAll(c[0], k -> 100.0 * k);
        Arrays.fill(c[1], currentA);
        Arrays.fill(c[2], currentA);
        Arrays.fill(c[3], cellV);
        Arrays.fill(c[4], 25.0);
        c[5] = ah;
        Arrays.fill(c[6], 1.0);
        return new FitTrack(0, kind, c, Double.NaN, cellV, currentA);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "down and up,           0 2 0,     0,  1",
        "up and then down,      0 -2 0,    10, -1",
        "down only,             0 2,       0,  1",
        "up only,               0 -2,      10, -1",
        "at rest,               0 0,       0,  0"
    })
    void aSlowRunIsFullWhereItsDischargeBeginsOrItsChargeEnds(
            String run, String turns, int anchorRow, double startTurn) {
        FitTrack track = track(
                Kind.OCV,
                0.1,
                3.7,
                Arrays.stream(turns.split(" ", -1))
                        .mapToDouble(Double::parseDouble)
                        .toArray());
        SocAxis.anchorSlow(track);
        assertEquals(anchorRow, track.anchorRow);
        assertEquals(startTurn, track.startTurn);
    }

    @ParameterizedTest(name = "{0} Ah, {1} V to {2} V")
    @CsvSource({
        "2, 3.2, 4.1, rises by 0.900 V while the current is positive",
        "-2, 4.1, 3.2, falls by 0.900 V while the current is negative",
        "2, 3.2, 3.26, rises by 0.060 V while the current is positive"
    })
    void aVoltageAgainstTheCurrentIsRefused(double ah, double fromV, double toV, String found) {
        FitTrack track = track(Kind.OCV, 0.1, fromV, 0.0, ah);
        track.voltageV[10] = toV;
        assertEquals(
                "f.csv: found a voltage that " + found + ", expected current positive when discharging",
                assertThrows(IllegalArgumentException.class, () -> SocAxis.checkSign(track, "f.csv"))
                        .getMessage());
    }

    @ParameterizedTest(name = "{0} Ah, {1} V to {2} V")
    @CsvSource({"2, 4.1, 3.2", "-2, 3.2, 4.1", "2, 3.2, 3.24", "-2, 3.24, 3.2", "0, 3.2, 4.1", "2, 3.7, 3.7"})
    void aVoltageThatFollowsTheCurrentOrHardlyMovesIsNot(double ah, double fromV, double toV) {
        FitTrack track = track(Kind.OCV, 0.1, fromV, 0.0, ah);
        track.voltageV[10] = toV;
        assertDoesNotThrow(() -> SocAxis.checkSign(track, "f.csv"));
    }

    @Test
    void theFirstVoltageTellsTheStartWhenFreedOfItsOhmicDrop() {
        double underLoadV = 3.2 + 0.9 * 0.97 - 0.05 * 2.0;
        FitTrack loaded = track(Kind.DRIVE, 2.0, underLoadV, 0.0, 1.0);
        assertEquals(0.97, SocAxis.startSoc(loaded, STRAIGHT, 0.05), 1e-12);
        assertTrue(SocAxis.startsFull(loaded, STRAIGHT, 0.05));
        assertFalse(SocAxis.startsFull(loaded, STRAIGHT, 0.04), "0.95 of SOC is not full");
        FitTrack charging = track(Kind.DRIVE, -2.0, 3.2 + 0.9 * 0.5 + 0.1, 0.0, -0.5);
        assertEquals(0.5, SocAxis.startSoc(charging, STRAIGHT, 0.05), 1e-12);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "at the end voltage and fading,  -0.2,  4.2,  0 -1 0.5,   10",
        "ten millivolts below,           -0.2,  4.19, 0 -1 0.5,   10",
        "discharged first,               -0.2,  4.2,  0 0.5 -1.5, 20",
        "more than ten millivolts below, -0.2,  4.18, 0 -1 0.5,   -1",
        "not yet fading,                 -0.25, 4.2,  0 -1 0.5,   -1",
        "resting,                        0.0,   4.2,  0 -1 0.5,   -1",
        "discharging,                    0.2,   4.2,  0 -1 0.5,   -1",
        "never charged,                  -0.2,  4.2,  0 1.5,      -1"
    })
    void aChargeEndsFullWhereTheCurrentFadesAtTheEndVoltage(
            String how, double currentA, double cellV, String turns, int row) {
        FitTrack track = track(
                Kind.DRIVE,
                -1.0,
                4.0,
                Arrays.stream(turns.split(" ", -1))
                        .mapToDouble(Double::parseDouble)
                        .toArray());
        int last = row < 0 ? 10 : row;
        track.currentA[last] = currentA;
        track.voltageV[last] = cellV;
        assertEquals(row, SocAxis.chargedFull(track, 4.2, CAPACITY_AH));
    }

    @Test
    void fullVoltageOutsideTheChargeSaysNothing() {
        FitTrack track = track(Kind.DRIVE, -1.0, 4.0, 0.0, 0.5, -1.0, 0.5);
        for (int k : new int[] {9, 21}) {
            track.currentA[k] = -0.1;
            track.voltageV[k] = 4.2;
        }
        assertEquals(-1, SocAxis.chargedFull(track, 4.2, CAPACITY_AH));
        track.currentA[10] = -0.1;
        track.voltageV[10] = 4.2;
        assertEquals(20, SocAxis.chargedFull(track, 4.2, CAPACITY_AH), "the first row of the charge belongs to it");
    }

    /** A drive from full at 1 A whose last row has the given current and voltage. */
    private static FitTrack drive(double ah, double endA, double endV) {
        FitTrack track = track(Kind.DRIVE, 1.0, 4.1 - 0.05, 0.0, ah);
        track.currentA[10] = endA;
        track.voltageV[10] = endV;
        return track;
    }

    private static double anchoredAh(FitTrack... drives) {
        return SocAxis.anchoredAh(List.of(drives), STRAIGHT, 3.2, CAPACITY_AH, 0.05);
    }

    @Test
    void driveFromFullToEmptyAtASmallCurrentTellsTheCapacity() {
        assertEquals(1.9, anchoredAh(drive(1.9, 0.2, 3.21)), 1e-12);
        assertEquals(1.9, anchoredAh(drive(1.9, -0.2, 3.24)), 1e-12, "small either way");
        assertEquals(1.8, anchoredAh(drive(1.8, 0.2, 3.21)), 1e-12, "nine tenths are enough");
        assertEquals(2.05, anchoredAh(drive(2.05, 0.2, 3.21), drive(1.9, 0.2, 3.21)), 1e-12);
        assertEquals(
                1.95,
                anchoredAh(drive(2.05, 0.2, 3.21), drive(1.9, 0.2, 3.21), drive(1.95, 0.2, 3.21)),
                1e-12,
                "the median of three");
    }

    @Test
    void otherDrivesTellNoCapacity() {
        FitTrack slow = track(Kind.OCV, 0.2, 4.05, 0.0, 2.0);
        slow.voltageV[10] = 3.2;
        assertEquals(Double.NaN, anchoredAh());
        assertEquals(Double.NaN, anchoredAh(slow), "a slow run has its own rule");
        assertEquals(Double.NaN, anchoredAh(track(Kind.DRIVE, 0.2, 4.09, 0.0, 0.0)), "nothing moved");
        assertEquals(Double.NaN, anchoredAh(drive(1.79, 0.2, 3.21)), "too short");
        assertEquals(Double.NaN, anchoredAh(drive(1.9, 0.25, 3.21)), "empty only under load");
        assertEquals(Double.NaN, anchoredAh(drive(1.9, 0.2, 3.26)), "not empty");
        FitTrack half = track(Kind.DRIVE, 1.0, 3.9, 0.0, 1.9);
        half.currentA[10] = 0.2;
        half.voltageV[10] = 3.21;
        assertEquals(Double.NaN, anchoredAh(half), "does not start full");
    }

    @Test
    void emptyCountsInTheLastHalfHourOnly() {
        FitTrack early = drive(1.9, 1.0, 3.0);
        early.currentA[5] = 0.2;
        early.voltageV[5] = 3.21;
        assertEquals(1.9, anchoredAh(early), 1e-12, "500 s before the end");
        for (int k = 0; k < early.rows(); k++) {
            early.timeS[k] = 360.0 * k;
        }
        assertEquals(Double.NaN, anchoredAh(early), "1800 s before the end");
        early.timeS[5] += 1.0;
        assertEquals(1.9, anchoredAh(early), 1e-12, "1799 s before the end");
    }

    @Test
    void chargeBeforeTheDischargeMustNotMatter() {
        FitTrack recharged = track(Kind.DRIVE, 0.2, 4.09, 0.0, 0.15, -0.02, 1.9);
        recharged.voltageV[30] = 3.21;
        assertEquals(1.9, anchoredAh(recharged), 1e-12, "what went in is taken off what came out");
        FitTrack later = track(Kind.DRIVE, 0.2, 4.09, 0.0, 0.5, 0.3, 2.3);
        later.voltageV[30] = 3.21;
        assertEquals(Double.NaN, anchoredAh(later), "the discharge does not begin where the file is full");
    }
}
