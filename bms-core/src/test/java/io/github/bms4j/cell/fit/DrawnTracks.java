package io.github.bms4j.cell.fit;

import io.github.bms4j.cell.fit.FitRecord.Kind;
import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleUnaryOperator;

/** Tracks and first curves drawn point by point, so that a test can be worked out on paper; 2 Ah. */
final class DrawnTracks {
    static final double CAPACITY_AH = 2.0;

    private DrawnTracks() {}

    /** An open-circuit voltage drawn at every node; no gap is known. */
    static FirstOcv curve(DoubleUnaryOperator voltsOfSoc) {
        OcvTable table = table(25.0, voltsOfSoc);
        return FirstOcv.of(List.of(), List.of(table), CAPACITY_AH, 0.0);
    }

    static OcvTable table(double degC, DoubleUnaryOperator voltsOfSoc) {
        double[] v = Arrays.stream(FitLayout.OCV_SOC).map(voltsOfSoc).toArray();
        return new OcvTable("drawn", degC, FitLayout.OCV_SOC, v, new double[0]);
    }

    /** A C/20 branch with a row at every node, beginning with a rest: down from full or up from empty. */
    static FitTrack branch(boolean down, DoubleUnaryOperator voltsOfSoc) {
        int nodes = FitLayout.OCV_SOC.length;
        double[][] c = new double[7][nodes + 1];
        for (int k = 1; k <= nodes; k++) {
            double soc = FitLayout.OCV_SOC[down ? nodes - k : k - 1];
            c[1][k] = down ? 0.1 : -0.1;
            c[2][k] = c[1][k];
            c[3][k] = voltsOfSoc.applyAsDouble(soc);
            c[5][k] = CAPACITY_AH * (down ? 1.0 - soc : -soc);
            c[0][k] = c[0][k - 1] + (k == 1 ? 600.0 : 36_000.0 * Math.abs(c[5][k] - c[5][k - 1]));
            c[6][k] = 0.5;
        }
        c[3][0] = c[3][1];
        Arrays.fill(c[4], 25.0);
        FitTrack track = new FitTrack(0, Kind.OCV, c, Double.NaN, c[3][0], 0.0);
        SocAxis.anchorSlow(track);
        return track;
    }

    /** A load with a row per second at a steady current and voltage from full. */
    static FitTrack load(int record, Kind kind, int rows, double currentA, double cellV, double degC) {
        double[][] c = new double[7][rows];
        for (int k = 0; k < rows; k++) {
            c[0][k] = k;
            c[5][k] = currentA * k / 3600.0;
        }
        Arrays.fill(c[1], currentA);
        Arrays.fill(c[2], currentA);
        Arrays.fill(c[3], cellV);
        Arrays.fill(c[4], degC);
        Arrays.fill(c[6], 0.01);
        return new FitTrack(record, kind, c, Double.NaN, cellV, currentA);
    }
}
