package io.github.bms4j.estimate;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.bms4j.cell.CellType;
import io.github.bms4j.cell.Hysteresis;
import io.github.bms4j.cell.OcvCurve;
import io.github.bms4j.cell.ResistanceMap;
import io.github.bms4j.cell.SampleCells;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CellSegmentsTest {
    private final CellType type = SampleCells.bent();
    private final SegmentCache cache = new SegmentCache(new CellSegments(type), 1, 4);

    private static double line(double[] at0, double[] slope, double soc) {
        return at0[0] + soc * slope[0];
    }

    private double curve(double soc) {
        return cache.c0[0] + soc * (cache.c1[0] + soc * (cache.c2[0] + soc * cache.c3[0]));
    }

    private double curveSlope(double soc) {
        return cache.c1[0] + soc * (2.0 * cache.c2[0] + soc * 3.0 * cache.c3[0]);
    }

    private void agrees(double soc, double tDegC, String at) {
        OcvCurve ocv = type.ocv();
        Hysteresis hysteresis = ocv.hysteresis();
        assertEquals(ocv.v(soc, tDegC), curve(soc), 1e-10, at);
        assertEquals(ocv.slopeV(soc, tDegC), curveSlope(soc), 1e-8, at);
        assertEquals(hysteresis.halfGapV(soc), line(cache.gap0, cache.gap1, soc), 1e-12, at);
        assertEquals(hysteresis.halfGapSlopeV(soc), cache.gap1[0], 1e-12, at);
        ResistanceMap[] maps = {
            type.circuit().r0(),
            type.circuit().branches().get(0).resistance(),
            type.circuit().branches().get(1).resistance(),
            type.circuit().branches().get(2).resistance()
        };
        for (int r = 0; r < maps.length; r++) {
            assertEquals(maps[r].ohm(soc, tDegC), line(cache.at0[r], cache.slope[r], soc), 1e-12, at + " R" + r);
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3})
    void saysWhatTheTablesSayWhereverTheSocWanders(long seed) {
        Random random = new Random(seed);
        double soc = 0.5;
        for (int k = 0; k < 20_000; k++) {
            double tDegC = -45.0 + 130.0 * random.nextDouble();
            soc = k % 100 == 0 ? 1.4 * random.nextDouble() - 0.2 : soc + 0.01 * random.nextGaussian();
            cache.temperature(0, 1, tDegC);
            cache.follow(0, soc);
            agrees(soc, tDegC, "seed " + seed + " soc " + soc + " T " + tDegC);
        }
    }

    @Test
    void looksUpAgainExactlyAtTheEndsOfASegment() {
        double[] nodes = type.ocv().socs();
        cache.temperature(0, 1, 25.0);
        for (double node : nodes) {
            for (double soc : new double[] {node, Math.nextDown(node), Math.nextUp(node), node}) {
                cache.follow(0, soc);
                agrees(soc, 25.0, "soc " + soc);
            }
        }
    }

    @Test
    void scalesTheResistancesOfACellAndNothingElse() {
        cache.temperature(0, 1, 25.0);
        cache.follow(0, 0.4);
        cache.scale(0, 1.5);
        cache.follow(0, 0.4);
        double r0 = type.circuit().r0().ohm(0.4, 25.0);
        assertEquals(1.5 * r0, line(cache.at0[0], cache.slope[0], 0.4), 1e-15);
        assertEquals(type.ocv().v(0.4, 25.0), curve(0.4), 1e-12);
    }

    @Test
    void followsAWholeBlockAsItFollowsOneCell() {
        int n = 7;
        CellSegments tables = new CellSegments(type);
        SegmentCache block = new SegmentCache(tables, n, 1);
        SegmentCache single = new SegmentCache(tables, n, 1);
        double[] soc = new double[n];
        Random random = new Random(4);
        for (int i = 0; i < n; i++) {
            block.temperature(i, i + 1, 5.0 * i);
            single.temperature(i, i + 1, 5.0 * i);
        }
        for (int k = 0; k < 100; k++) {
            for (int i = 0; i < n; i++) {
                soc[i] = random.nextDouble();
                single.follow(i, soc[i]);
            }
            block.follow(soc, n);
            for (int i = 0; i < n; i++) {
                assertEquals(single.c1[i], block.c1[i], "seed 4 step " + k + " cell " + i);
                assertEquals(single.at0[0][i], block.at0[0][i], "seed 4 step " + k + " cell " + i);
            }
        }
    }
}
