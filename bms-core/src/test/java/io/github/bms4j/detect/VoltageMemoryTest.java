package io.github.bms4j.detect;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Cells that stand a few millivolts apart, as they did before, but for one; shifts in V, times in hours. */
class VoltageMemoryTest {
    private static final double HOUR = 3600e9;
    private static final double[] APART_V = {0.001, -0.002, 0.0, 0.003, -0.001, 0.002, -0.003};
    private static final double SURE_V = 1e-4;

    private VoltageMemory memory = new VoltageMemory(APART_V.length);

    private static double[] at(double meanV, int cell, double shiftV) {
        double[] cellV = Arrays.copyOf(APART_V, APART_V.length);
        for (int c = 0; c < cellV.length; c++) {
            cellV[c] += meanV;
        }
        cellV[cell] += shiftV;
        return cellV;
    }

    private static double mean(double[] cellV) {
        return Arrays.stream(cellV).sum() / cellV.length;
    }

    private void keep(double hour, double[] cellV) {
        memory.keep(cellV, mean(cellV), Math.round(hour * HOUR));
    }

    private void keepSound(double fromHour, double toHour, double meanV) {
        for (double h = fromHour; h <= toHour; h += 0.5) {
            keep(h, at(meanV, 0, 0.0));
        }
    }

    private int who(double[] cellV, double shiftV, double sigmaV, double onsetHour, double nowHour, boolean sudden) {
        return memory.whoMoved(
                cellV, mean(cellV), shiftV, sigmaV, Math.round(onsetHour * HOUR), Math.round(nowHour * HOUR), sudden);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 3, 6})
    void namesTheCellThatMovedByAsMuchAsTheSum(int cell) {
        keepSound(0.0, 10.0, 3.7);
        assertEquals(cell, who(at(3.7, cell, 0.02), 0.02, SURE_V, 10.2, 11.0, true));
        assertEquals(cell, who(at(3.7, cell, -0.02), -0.02, SURE_V, 10.2, 11.0, true));
    }

    @Test
    void aMoveTheOtherWayIsNotTheOneThatIsLookedFor() {
        keepSound(0.0, 10.0, 3.7);
        assertEquals(VoltageMemory.UNDECIDED, who(at(3.7, 2, -0.02), 0.02, SURE_V, 10.2, 11.0, true));
    }

    @ParameterizedTest(name = "moved by {0} of what is looked for, known to {1} of it: {2}")
    @CsvSource({
        "0.3,  0.0,   -1", // within four tenths: nobody
        "0.39, 0.0,   -1",
        "0.41, 0.0,   -2",
        "0.69, 0.0,   -2", // less than seven tenths
        "0.71, 0.0,    4",
        "0.61, 0.02,  -2", // seven tenths less three sigmas
        "0.65, 0.02,   4",
        "0.49, 0.2,   -2", // but never less than half
        "0.51, 0.2,    4",
        "2.49, 0.0,    4",
        "2.51, 0.0,   -2",
        "2.55, 0.02,   4",
        "2.57, 0.02,  -2"
    })
    void theSizeMustFit(double ratio, double sigmas, int expected) {
        keepSound(0.0, 10.0, 3.7);
        assertEquals(expected, who(at(3.7, 4, 0.02 * ratio), 0.02, 0.02 * sigmas, 10.2, 11.0, true));
    }

    @Test
    void nobodyIsNamedAmongCellsThatAllMove() {
        keepSound(0.0, 10.0, 3.7);
        double[] restless = at(3.7, 4, 0.02);
        for (int c = 0; c < restless.length; c++) {
            restless[c] += 0.004 * (c % 2 == 0 ? 1.0 : -1.0);
        }
        assertEquals(VoltageMemory.UNDECIDED, who(restless, 0.02, SURE_V, 10.2, 11.0, true));
    }

    @ParameterizedTest(name = "cells that scatter by {0} V")
    @CsvSource({"0.001, -1", "0.0015, -1", "0.0018, -2", "0.003, -2"})
    void nobodyMovedIsSaidOnlyOfCellsThatStandStill(double scatterV, int expected) {
        keepSound(0.0, 10.0, 3.7);
        double[] restless = at(3.7, 0, 0.0);
        double[] way = {1.0, -1.0, 0.0, 1.0, -1.0, 1.2, -1.2};
        for (int c = 0; c < restless.length; c++) {
            restless[c] += scatterV * way[c];
        }
        assertEquals(expected, who(restless, 0.02, SURE_V, 10.2, 11.0, true));
    }

    @Test
    void nothingCanBeToldWithoutASnapshotFromBefore() {
        assertEquals(VoltageMemory.UNDECIDED, who(at(3.7, 4, 0.02), 0.02, SURE_V, 10.0, 11.0, true));
        keep(10.0, at(3.7, 4, 0.02));
        assertEquals(VoltageMemory.UNDECIDED, who(at(3.7, 4, 0.02), 0.02, SURE_V, 10.0, 11.0, true));
    }

    @Test
    void oneSnapshotIsKeptInHalfAnHour() {
        keep(0.0, at(3.7, 0, 0.0));
        keep(0.49, at(3.7, 4, 0.02)); // too soon
        assertEquals(4, who(at(3.7, 4, 0.02), 0.02, SURE_V, 0.495, 0.6, true));
        keep(0.5, at(3.7, 4, 0.02));
        assertEquals(VoltageMemory.NOBODY, who(at(3.7, 4, 0.02), 0.02, SURE_V, 0.55, 0.6, true));
    }

    @Test
    void aSlowDriftIsFoundAgainstWellBefore() {
        keepSound(0.0, 10.0, 3.7);
        for (double h = 10.5; h <= 30.0; h += 0.5) {
            keep(h, at(3.7, 5, 0.02));
        }
        assertEquals(5, who(at(3.7, 5, 0.02), 0.02, SURE_V, 22.1, 30.5, false), "twelve hours before the onset");
        assertEquals(VoltageMemory.NOBODY, who(at(3.7, 5, 0.02), 0.02, SURE_V, 23.0, 30.5, true));
    }

    @Test
    void aSlowDriftOfNobodyNeedsBothSnapshots() {
        keepSound(5.0, 10.0, 3.7);
        assertEquals(
                VoltageMemory.UNDECIDED,
                who(at(3.7, 0, 0.0), 0.02, SURE_V, 10.2, 11.0, false),
                "there is none from twelve hours before");
        keepSound(10.5, 30.0, 3.7);
        assertEquals(VoltageMemory.NOBODY, who(at(3.7, 0, 0.0), 0.02, SURE_V, 30.2, 31.0, false));
    }

    /** 50 mV of mean voltage are twelve hours. */
    @ParameterizedTest(name = "the sound one {0} h before at {1} V more, the spoiled one an hour before")
    @CsvSource({"12, 0.0, -1", "3, 0.02, -1", "2, 0.0, -1"})
    void comparesWhereTheVoltageWasAboutTheSame(double hours, double moreV, int withOther) {
        keep(20.0 - hours, at(3.7 + moreV, 0, 0.0));
        keep(19.0, at(3.8, 3, 0.02)); // an hour ago but 100 mV off: counts as 25 hours
        assertEquals(3, who(at(3.7, 3, 0.02), 0.02, SURE_V, 19.5, 20.0, true));
        memory = new VoltageMemory(APART_V.length);
        keep(20.0 - hours, at(3.7 + moreV, 0, 0.0));
        keep(19.0, at(3.7, 3, 0.02));
        assertEquals(withOther, who(at(3.7, 3, 0.02), 0.02, SURE_V, 19.5, 20.0, true));
    }

    @Test
    void threeDaysAreKept() {
        keep(0.0, at(3.7, 0, 0.0));
        for (int k = 1; k < 145; k++) {
            keep(0.5 * k, at(4.2, 2, 0.02)); // as it is now, but at another voltage
        }
        assertEquals(2, who(at(3.7, 2, 0.02), 0.02, SURE_V, 72.2, 72.4, true), "the first is still there");
        keep(72.5, at(4.2, 2, 0.02));
        assertEquals(
                VoltageMemory.NOBODY, who(at(3.7, 2, 0.02), 0.02, SURE_V, 72.7, 72.9, true), "and makes room at last");
        keep(72.9, at(3.7, 0, 0.0)); // too soon
        assertEquals(VoltageMemory.NOBODY, who(at(3.7, 2, 0.02), 0.02, SURE_V, 73.1, 73.2, true));
        keep(73.0, at(3.7, 0, 0.0));
        assertEquals(2, who(at(3.7, 2, 0.02), 0.02, SURE_V, 73.1, 73.2, true), "after the turn as before");
    }

    @Test
    void ofAnEvenNumberOfCellsTheMiddleTwoAreTheUsual() {
        memory = new VoltageMemory(4);
        memory.keep(new double[] {3.7, 3.7, 3.7, 3.7}, 3.7, 0L);
        double[] now = {3.7, 3.7004, 3.7, 3.7204};
        double mean = (now[0] + now[1] + now[2] + now[3]) / 4.0;
        assertEquals(3, memory.whoMoved(now, mean, 0.02, SURE_V, 1L, 2L, true));
    }
}
