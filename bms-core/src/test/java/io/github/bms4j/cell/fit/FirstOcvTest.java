package io.github.bms4j.cell.fit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.bms4j.cell.fit.FitRecord.Kind;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The first open-circuit voltage, from rows drawn where they can be told apart. */
class FirstOcvTest {
    private static final int MIDDLE = 31;

    /** Discharging (or charging) rows of a current at given SOC and volts, behind a first row that does not count. */
    private static FitTrack rows(Kind kind, double currentA, double[]... socAndVolts) {
        int n = socAndVolts.length + 1;
        double[][] c = new double[7][n];
        for (int k = 1; k < n; k++) {
            c[0][k] = 1000.0 * k;
            c[2][k] = currentA;
            c[3][k] = socAndVolts[k - 1][1];
            c[5][k] = DrawnTracks.CAPACITY_AH * (1.0 - socAndVolts[k - 1][0]);
            c[6][k] = 1.0;
        }
        c[3][0] = 9.0;
        return new FitTrack(0, kind, c, Double.NaN, 4.2, 0.0);
    }

    private static FirstOcv of(FitTrack... tracks) {
        return FirstOcv.of(List.of(tracks), List.of(), DrawnTracks.CAPACITY_AH, 0.01);
    }

    private static double[] at(double soc, double volts) {
        return new double[] {soc, volts};
    }

    @Test
    void holesAreBridgedByStraightLinesAndTheEndsGoOn() {
        FirstOcv ocv = of(rows(Kind.OCV, 0.1, at(0.7, 3.89), at(0.5, 3.69), at(0.2, 3.29)));
        double[] v = ocv.ocvV();
        assertEquals(3.90, ocv.v(0.7), 1e-12, "a discharge lies 10 mV below the curve");
        assertEquals(3.70, ocv.v(0.5), 1e-12);
        assertEquals(3.80, ocv.v(0.6), 1e-12);
        assertEquals(3.30, v[16], 1e-12);
        assertEquals(3.30 + 0.4 * (0.3 - 0.2) / 0.3, v[21], 1e-12);
        assertEquals(3.90 + 0.5 * 0.3, v[60], 1e-12, "half a volt per unit of SOC beyond the data");
        assertEquals(3.90 + 0.5 * 0.1, ocv.v(0.8), 1e-12);
        assertEquals(3.30 - 0.5 * 0.2, v[0], 1e-12);
        assertEquals(3.30 - 0.5 * 0.15, ocv.v(0.05), 1e-12);
    }

    @Test
    void rowsBelongToTheirNearestNode() {
        FirstOcv ocv = of(rows(Kind.OCV, -0.1, at(0.509, 3.71), at(0.491, 3.73), at(0.511, 3.80), at(0.489, 3.60)));
        assertEquals(3.71, ocv.ocvV()[MIDDLE], 1e-12, "mean of 3.71 and 3.73 V less the 10 mV of a charge");
        assertEquals(3.79, ocv.ocvV()[MIDDLE + 1], 1e-12);
        assertEquals(3.59, ocv.ocvV()[MIDDLE - 1], 1e-12);
    }

    @Test
    void rowsCountByTheirWeight() {
        FitTrack track = rows(Kind.OCV, 0.1, at(0.5, 3.6), at(0.5, 3.7), at(0.3, 3.5));
        track.weight[2] = 3.0;
        assertEquals(3.685, of(track).ocvV()[MIDDLE], 1e-12);
        FitTrack both = rows(Kind.OCV, -0.1, at(0.5, 3.7), at(0.5, 3.9), at(0.3, 3.6));
        both.weight[1] = 3.0;
        FirstOcv middle = of(track, both);
        assertEquals(0.5 * (3.675 + 3.75), middle.ocvV()[MIDDLE], 1e-12);
        assertEquals(0.5 * (3.75 - 3.675), middle.halfGapV(0.5), 1e-12);
        assertEquals(0.05, middle.halfGapV(0.3), 1e-12);
    }

    @Test
    void restsLoadsAndRowsOutsideTheRangeDoNotCount() {
        double[][] sound = {at(0.5, 3.6), at(0.3, 3.5)};
        double[] plain = of(rows(Kind.OCV, 0.1, sound)).ocvV();
        assertArrayEquals(
                plain,
                of(rows(Kind.OCV, 0.1, sound), rows(Kind.OCV, 0.019, at(0.5, 1.0)))
                        .ocvV());
        assertArrayEquals(
                plain,
                of(rows(Kind.OCV, 0.1, sound), rows(Kind.OCV, -0.019, at(0.5, 1.0)))
                        .ocvV());
        assertArrayEquals(
                plain,
                of(rows(Kind.OCV, 0.1, sound), rows(Kind.DRIVE, 0.1, at(0.5, 1.0)))
                        .ocvV());
        assertArrayEquals(
                plain,
                of(rows(Kind.OCV, 0.1, sound), rows(Kind.OCV, 0.1, at(-0.03, 1.0), at(1.03, 1.0)))
                        .ocvV());
        FirstOcv slow = of(rows(Kind.OCV, 0.021, sound));
        assertArrayEquals(plain, slow.ocvV(), "a hundredth of the capacity per hour is enough");
        FirstOcv beyond = of(rows(Kind.OCV, 0.1, at(1.015, 4.0), at(0.5, 3.6), at(-0.015, 3.0)));
        assertEquals(4.01, beyond.ocvV()[60], 1e-12, "a row just beyond full is one of full");
        assertEquals(3.01, beyond.ocvV()[0], 1e-12);
    }

    @Test
    void aDrawnCurveGoesBeforeTheBranches() {
        FitTrack down = rows(Kind.OCV, 0.1, at(0.5, 3.6), at(0.3, 3.5));
        FitTrack up = rows(Kind.OCV, -0.1, at(0.5, 3.7), at(0.3, 3.6));
        OcvTable table = new OcvTable(
                "t",
                25.0,
                new double[] {0.0, 0.2, 0.5, 0.8, 1.0},
                new double[] {3.0, 3.4, 3.8, 3.9, 4.1},
                new double[0]);
        FirstOcv ocv = FirstOcv.of(List.of(down, up), List.of(table), DrawnTracks.CAPACITY_AH, 0.01);
        assertEquals(3.8, ocv.v(0.5), 1e-12);
        assertEquals(3.55, ocv.v(0.3), 1e-12, "where it has no row the branches stand");
        assertEquals(Double.NaN, ocv.halfGapV(0.5));
        assertEquals(0.05, ocv.halfGapV(0.3), 1e-12);
        assertEquals(0.05, ocv.halfGapV(0.285), 1e-12, "known at the next node");
        assertEquals(Double.NaN, ocv.halfGapV(0.25));
    }

    @Test
    void branchesThatCrossHaveNoGap() {
        FitTrack down = rows(Kind.OCV, 0.1, at(0.5, 3.7), at(0.3, 3.5));
        FitTrack up = rows(Kind.OCV, -0.1, at(0.5, 3.6), at(0.3, 3.6));
        FirstOcv ocv = of(down, up);
        assertEquals(0.0, ocv.halfGapV(0.5));
        assertEquals(3.65, ocv.v(0.5), 1e-12);
    }

    @Test
    void theCurveRisesAlways() {
        FirstOcv ocv = of(rows(Kind.OCV, 0.1, at(0.52, 3.5), at(0.5, 3.6), at(0.3, 3.6)));
        assertEquals(3.61, ocv.v(0.3), 1e-12);
        assertEquals(3.61 + 0.005 * 0.2, ocv.v(0.5), 1e-9, "by half a millivolt in ten points");
        assertEquals(3.611 + 0.005 * 0.02, ocv.v(0.52), 1e-9);
    }

    @Test
    void theSocOfAVoltageIsItsPlaceOnTheCurve() {
        FirstOcv ocv = DrawnTracks.curve(s -> 3.0 + s + 0.2 * s * s);
        for (int k = 0; k < FitLayout.OCV_SOC.length; k++) {
            assertEquals(FitLayout.OCV_SOC[k], ocv.soc(ocv.ocvV()[k]), 1e-12);
        }
        assertEquals(0.51, ocv.soc(0.5 * (ocv.v(0.5) + ocv.v(0.52))), 1e-12);
        assertEquals(0.9975, ocv.soc(0.5 * (ocv.v(0.995) + ocv.v(1.0))), 1e-12);
        assertEquals(1.0, ocv.soc(4.3));
        assertEquals(0.0, ocv.soc(2.9));
    }

    @Test
    void withoutARowThereIsNoCurve() {
        FitTrack outside = rows(Kind.OCV, 0.1, at(-0.5, 3.6), at(-0.3, 3.5));
        Arrays.fill(outside.stepA, 0.1);
        assertEquals(
                "found no row of the OCV files between empty and full, expected slow runs",
                assertThrows(IllegalArgumentException.class, () -> of(outside)).getMessage());
    }
}
