package io.github.bms4j.cell.fit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.bms4j.cell.CellType;
import io.github.bms4j.cell.SampleCells;
import io.github.bms4j.cell.ThermalRating;
import io.github.bms4j.cell.fit.FitRecord.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SelfHeatingTest {
    private static final double Q = 2.0;
    private static final FitSettings SETTINGS =
            new FitSettings("True cell", Double.NaN, Optional.empty(), "made for tests", "Apache-2.0");
    private static final ThermalRating BODY = new ThermalRating(40.0, 0.1);

    /** Full at 3.7 V throughout, 0.2 V below it while 5 A flow for 4000 s, then at rest. */
    private static FitTrack track(double surroundingsDegC) {
        double[][] c = new double[7][600];
        for (int k = 0; k < 600; k++) {
            c[0][k] = 10.0 * k;
            c[1][k] = k < 400 ? 5.0 : 0.0;
            c[3][k] = k < 400 ? 3.5 : 3.7;
            c[4][k] = surroundingsDegC;
            c[5][k] = 1e-6 * Math.min(k, 400);
        }
        return new FitTrack(0, Kind.DRIVE, c, Double.NaN, 3.7, 0.0);
    }

    private static FirstOcv level() {
        double[][] c = new double[7][101];
        for (int k = 0; k < 101; k++) {
            c[0][k] = 720.0 * k;
            c[2][k] = Q / 20.0;
            c[3][k] = 3.7 - 1e-5 * k;
            c[5][k] = Q * k / 100.0;
            c[6][k] = 1.0;
        }
        return FirstOcv.of(List.of(new FitTrack(0, Kind.OCV, c, Double.NaN, 3.7, 0.0)), List.of(), Q, 0.0);
    }

    @Test
    void warmsByItsLossesAndCoolsAtRest() {
        FitTrack track = track(10.0);
        SelfHeating.warm(track, level(), Q, BODY);
        assertEquals(10.0, track.degC[0]);
        double tauS = 40.0 / 0.1;
        for (int k : new int[] {1, 40, 200, 399}) { // 1 W over 0.1 W/K: 10 K in the end; a curve must rise a little
            assertEquals(10.0 + 10.0 * (1.0 - Math.exp(-10.0 * k / tauS)), track.degC[k], 0.3, "row " + k);
        }
        double atRestK = track.degC[400] - 10.0;
        assertEquals(10.0 + atRestK * Math.exp(-1000.0 / tauS), track.degC[500], 0.02);
    }

    @Test
    void addsToSurroundingsThatChange() {
        FitTrack still = track(10.0);
        FitTrack moving = track(10.0);
        for (int k = 0; k < moving.rows(); k++) {
            moving.degC[k] += 0.01 * k;
        }
        SelfHeating.warm(still, level(), Q, BODY);
        SelfHeating.warm(moving, level(), Q, BODY);
        assertEquals(still.degC[300] + 3.0, moving.degC[300], 1e-9);
    }

    @Test
    void findsTheResistanceOfDischargesThatNobodyMeasuredTheHeatOf() {
        CellType truth = SampleCells.rich();
        double q = truth.rating().capacityAh();
        List<FitRecord> files = new ArrayList<>(List.of(TrueCell.slow(truth, 25.0)));
        for (double perH : new double[] {0.5, 1.0, 2.0}) {
            files.add(new TrueCell(truth, 25.0, 1.0, 1.0, 1.0)
                    .warmsUnseen(ThermalFit.usual(TypicalCell.NMC, q))
                    .rest(20.0)
                    .load(9000.0, t -> perH * q)
                    .record("discharge " + perH, Kind.DRIVE));
        }
        FitResult result = CellFit.fit(SETTINGS, files, List.of());
        CellType found = result.cell();
        assertTrue(result.notes()
                .contains("No temperature of the cell was logged in discharge 0.5, discharge 1.0, discharge 2.0:"
                        + " it is taken to warm itself by its losses."));
        double r0 = truth.circuit().totalOhm(0.5, 25.0);
        assertEquals(r0, found.circuit().totalOhm(0.5, 25.0), 0.15 * r0);
        assertTrue(found.error().warmestDegC() > 27.0, "its data are those of a warm cell");
    }
}
