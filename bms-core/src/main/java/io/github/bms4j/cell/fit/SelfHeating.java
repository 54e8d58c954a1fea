package io.github.bms4j.cell.fit;

import io.github.bms4j.cell.ThermalRating;

/**
 * Temperature of a cell whose own was not logged: its surroundings, and what its losses heat a body of its size.
 *
 * <pre>C dT/dt = |i (U - v)| - K (T - Tsurroundings)</pre>
 *
 * <p>A discharge at twice the one-hour current warms a cell by ten to thirty kelvins and halves its resistance; taken for one
 * at 25 °C throughout it makes the resistances at 25 °C too small and their rise over a discharge an artefact of the heat. U is the
 * open-circuit voltage known before the fit, C and K are those of {@link ThermalFit#usual}.
 */
final class SelfHeating {
    private SelfHeating() {}

    /** Replaces the temperatures of a track, so far those of its surroundings. */
    static void warm(FitTrack track, FirstOcv ocv, double capacityAh, ThermalRating body) {
        double perS = body.toAmbientWPerK() / body.heatCapacityJPerK();
        double aboveK = 0.0;
        double lossW = lossW(track, 0, ocv, capacityAh);
        for (int k = 1; k < track.rows(); k++) {
            double nextW = lossW(track, k, ocv, capacityAh);
            double settledK = 0.5 * (lossW + nextW) / body.toAmbientWPerK();
            double keep = StrictMath.exp(-(track.timeS[k] - track.timeS[k - 1]) * perS);
            aboveK = settledK + (aboveK - settledK) * keep;
            track.degC[k] += aboveK;
            lossW = nextW;
        }
    }

    private static double lossW(FitTrack track, int row, FirstOcv ocv, double capacityAh) {
        double openV = ocv.v(track.soc(row, capacityAh));
        return Math.abs(track.currentA[row] * (openV - track.voltageV[row]));
    }
}
