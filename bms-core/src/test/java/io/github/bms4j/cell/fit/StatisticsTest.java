package io.github.bms4j.cell.fit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.bms4j.cell.Chemistry;
import io.github.bms4j.cell.ModelError;
import io.github.bms4j.cell.ThermalRating;
import io.github.bms4j.cell.fit.FitRecord.Kind;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;

/** Residuals made to measure, and what is told of them. */
class StatisticsTest {
    private static final double CAPACITY_AH = 2.0;

    /** A discharge of so many rows, one per second, from full; its voltage misses the model by a function of SOC. */
    private static Residuals discharge(int rows, double currentA, DoubleUnaryOperator missOfSoc, double degC) {
        double[][] c = new double[7][rows];
        for (int k = 0; k < rows; k++) {
            c[0][k] = k;
            c[1][k] = currentA * (1.0 + Math.sin(k / 9.0));
            c[2][k] = c[1][k];
            c[4][k] = degC;
            c[5][k] = k == 0 ? 0.0 : c[5][k - 1] + c[1][k] / 3600.0;
            c[6][k] = 0.1;
        }
        FitTrack track = new FitTrack(0, Kind.DRIVE, c, Double.NaN, 0.0, 0.0);
        Residuals plain = Residuals.of(new VoltageModel(layout()), model(), track, CAPACITY_AH);
        for (int k = 0; k < rows; k++) {
            track.voltageV[k] = -plain.missV[k] + missOfSoc.applyAsDouble(plain.soc[k]);
        }
        return Residuals.of(new VoltageModel(layout()), model(), track, CAPACITY_AH);
    }

    private static FitLayout layout() {
        return new FitLayout(new double[] {25.0}, 25.0, CAPACITY_AH);
    }

    private static double[] model() {
        FitLayout layout = layout();
        double[] x = new double[layout.size()];
        for (int k = 0; k < FitLayout.OCV_SOC.length; k++) {
            x[k] = 3.2 + 0.9 * FitLayout.OCV_SOC[k];
        }
        for (int k = 0; k < FitLayout.GAP_SOC.length; k++) {
            x[layout.gap + k] = Math.log(1e-6);
        }
        for (int m = 0; m < FitLayout.MAPS; m++) {
            for (int s = 0; s < FitLayout.OHM_SOC.length; s++) {
                x[layout.ohm(m, 0, s)] = Math.log(m == 0 ? 0.03 : 1e-6);
            }
        }
        x[layout.tau] = 2.0;
        x[layout.tau + 1] = 4.0;
        x[layout.tau + 2] = 7.0;
        x[layout.turn] = 3.0;
        return x;
    }

    private static FitRecord record(double nominalDegC) {
        double[] t = new double[10];
        double[] v = new double[10];
        for (int k = 0; k < 10; k++) {
            t[k] = k;
            v[k] = 3.7;
        }
        return FitRecord.of("r", Kind.DRIVE, nominalDegC, t, new double[10], v).build();
    }

    private static ModelError error(List<Residuals> seen, List<Residuals> unseen) {
        return new ResidualStatistics(seen, unseen, List.of(record(25.0)), CAPACITY_AH).error(25.0);
    }

    @Test
    void rootMeanSquareCountsTimeAndRange() {
        Residuals r = discharge(3000, 1.0, soc -> soc > 0.8 ? 0.03 : 0.01, 25.0);
        assertEquals(0.01, Residuals.rmsV(List.of(r), 0.7, 0.79), 1e-9);
        assertEquals(0.03, Residuals.rmsV(List.of(r), 0.81, 1.0), 1e-9);
        assertTrue(Double.isNaN(Residuals.rmsV(List.of(r), 0.1, 0.2)));
        assertEquals(Math.sqrt(0.5 * (0.0009 + 0.0001)), Residuals.rmsV(List.of(r), 0.7, 0.9), 6e-4);
        double[] over = Residuals.overSoc(List.of(r), 0, 10);
        assertEquals(0.01, over[7], 1e-9);
        assertEquals(0.03, over[9], 1e-9);
        assertTrue(Double.isNaN(over[0]));
        assertTrue(Double.isNaN(Residuals.overSoc(List.of(r), 1, 10)[7]), "another record has no rows");
        assertEquals(0.0, r.durationS(0));
        assertEquals(1.0, r.durationS(1));
    }

    @Test
    void outliersCountAsFourTypicalErrors() {
        Residuals r = discharge(5000, 1.0, soc -> soc > 0.5 && soc < 0.52 ? 1.0 : 0.01, 25.0);
        double most = 4.0 * 1.4826 * 0.01;
        assertTrue(r.robustV() > 0.01 && r.robustV() < 0.3 * most, "robust " + r.robustV());
    }

    @Test
    void aFileAloneIsRaisedByHalf() {
        Residuals r = discharge(5000, 1.0, soc -> 0.012, 25.0);
        ModelError error = error(List.of(r), List.of());
        assertArrayEquals(new double[] {25.0}, error.temperatures());
        assertEquals(0.018, error.sigmaV(25.0), 1e-5);
    }

    @Test
    void seenAndUnseenAreMixedAndTheUnseenIsBounded() {
        Residuals seen = discharge(5000, 1.0, soc -> 0.01, 25.0);
        Residuals worse = discharge(5000, 1.0, soc -> 0.02, 25.0);
        Residuals wild = discharge(5000, 1.0, soc -> 0.2, 25.0);
        assertEquals(
                Math.sqrt(0.5 * (1e-4 + 4e-4)),
                error(List.of(seen), List.of(worse)).sigmaV(25.0),
                1e-5);
        assertEquals(
                Math.sqrt(0.5 * (1e-4 + 6.25e-4)),
                error(List.of(seen), List.of(wild)).sigmaV(25.0),
                1e-5);
        Residuals tiny = discharge(5000, 1.0, soc -> 1e-4, 25.0);
        assertEquals(0.004, error(List.of(tiny), List.of(tiny)).sigmaV(25.0), 1e-9);
    }

    @Test
    void temperaturesAreToldApartByTheirNames() {
        Residuals warm = discharge(5000, 1.0, soc -> 0.01, 26.0);
        FitTrack track = warm.track;
        double[][] c = {
            track.timeS, track.currentA, track.stepA, track.voltageV, new double[track.rows()], track.ah, track.weight
        };
        Arrays.fill(c[4], 3.0);
        FitTrack coldTrack = new FitTrack(1, Kind.DRIVE, c, Double.NaN, 0.0, 0.0);
        Residuals cold = Residuals.of(new VoltageModel(layout()), model(), coldTrack, CAPACITY_AH);
        ModelError error = new ResidualStatistics(
                        List.of(warm, cold), List.of(), List.of(record(25.0), record(0.0)), CAPACITY_AH)
                .error(25.0);
        assertArrayEquals(new double[] {3.0, 26.0}, error.temperatures());
        assertEquals(0.015, error.sigmaV(26.0), 1e-5);
        assertEquals(0.015, error.sigmaV(3.0), 1e-5);
    }

    @Test
    void nothingToJudgeByIsTwelveMillivolts() {
        ModelError error = error(List.of(), List.of());
        assertEquals(0.012, error.sigmaV(0.0), 1e-12);
        assertEquals(3600.0, error.correlationS());
        assertEquals(0.05, error.correlationSoc());
    }

    @Test
    void findsOverHowMuchSocTheResidualKeepsItsSign() {
        Residuals slow = discharge(7000, 1.0, soc -> 0.01 * Math.sin(2 * Math.PI * soc / 0.4), 25.0);
        Residuals quick = discharge(7000, 1.0, soc -> 0.01 * Math.sin(2 * Math.PI * soc / 0.15), 25.0);
        // A sine of period P correlates as cos(2 pi lag / P): 1/e at lag 0.19 P.
        assertEquals(0.19 * 0.4, error(List.of(slow), List.of()).correlationSoc(), 0.015);
        assertEquals(0.19 * 0.15, error(List.of(quick), List.of()).correlationSoc(), 0.005);
    }

    @Test
    void findsAWrongResistanceAsAShareOfPolarisation() {
        Residuals right = discharge(7000, 1.0, soc -> 0.0, 25.0);
        FitTrack track = right.track;
        for (int k = 0; k < track.rows(); k++) {
            track.voltageV[k] -= 0.2 * right.dropV[k];
        }
        Residuals wrong = Residuals.of(new VoltageModel(layout()), model(), track, CAPACITY_AH);
        assertEquals(1.5 * 0.2, error(List.of(wrong), List.of()).resistanceSigma(), 0.01);
        assertEquals(0.2, error(List.of(wrong), List.of(wrong)).resistanceSigma(), 0.01);
    }

    @Test
    void findsAWrongCapacity() {
        // A capacity of 4 % less leaves U'(s) (1 - s) times 0.04 of voltage.
        Residuals r = discharge(7000, 1.0, soc -> -0.9 * (1.0 - soc) * 0.04, 25.0);
        assertEquals(0.04, error(List.of(r), List.of(r)).capacitySigma(), 0.004);
    }

    @Test
    void findsHowLongTheResidualLastsAtRest() {
        int rows = 60_000;
        double[][] c = new double[7][rows];
        Random random = new Random(7);
        double miss = 0.01;
        double[] misses = new double[rows];
        double keep = Math.exp(-10.0 / 3000.0);
        for (int k = 0; k < rows; k++) {
            c[0][k] = 10.0 * k;
            c[4][k] = 25.0;
            c[6][k] = 0.1;
            miss = keep * miss + Math.sqrt(1.0 - keep * keep) * 0.01 * random.nextGaussian();
            misses[k] = miss;
        }
        FitTrack track = new FitTrack(0, Kind.PULSE, c, Double.NaN, 0.0, 0.0);
        track.anchorSoc = 0.6;
        Residuals plain = Residuals.of(new VoltageModel(layout()), model(), track, CAPACITY_AH);
        for (int k = 0; k < rows; k++) {
            track.voltageV[k] = -plain.missV[k] + misses[k];
        }
        Residuals r = Residuals.of(new VoltageModel(layout()), model(), track, CAPACITY_AH);
        assertEquals(3000.0, error(List.of(r), List.of()).correlationS(), 800.0, "Random(7)");
    }

    @Test
    void findsHeatCapacityAndLoss() {
        Residuals r = discharge(5000, 2.0, soc -> 0.0, 25.0);
        FitTrack track = r.track;
        double degC = 25.0;
        for (int k = 1; k < track.rows(); k++) {
            track.degC[k - 1] = degC;
            double powerW = track.stepA[k] * 0.5 * (r.dropV[k] + r.dropV[k - 1]);
            degC += (powerW - 0.1 * (degC - 22.0)) / 45.0;
        }
        track.degC[track.rows() - 1] = degC;
        double[] t = new double[10];
        double[] v = new double[10];
        for (int k = 0; k < 10; k++) {
            t[k] = k;
            v[k] = 3.7;
        }
        FitRecord logged = FitRecord.of("r", Kind.DRIVE, 25.0, t, new double[10], v)
                .temperature(t)
                .build();
        ThermalRating found =
                ThermalFit.of(List.of(r), List.of(logged), CAPACITY_AH).orElseThrow();
        assertEquals(45.0, found.heatCapacityJPerK(), 4.0);
        assertEquals(0.1, found.toAmbientWPerK(), 0.02);
        assertTrue(ThermalFit.of(List.of(r), List.of(record(25.0)), CAPACITY_AH).isEmpty(), "nothing logged");
        assertTrue(ThermalFit.of(List.of(), List.of(logged), CAPACITY_AH).isEmpty());
        Residuals steady = discharge(500, 0.1, soc -> 0.0, 25.0);
        assertTrue(ThermalFit.of(List.of(steady), List.of(logged), CAPACITY_AH).isEmpty(), "it does not move");
    }

    @Test
    void withoutTemperaturesHeatIsUsualForTheSize() {
        assertEquals(48.0, ThermalFit.usual(TypicalCell.NMC, 3.0).heatCapacityJPerK());
        assertEquals(0.13, ThermalFit.usual(TypicalCell.NMC, 3.0).toAmbientWPerK());
        assertEquals(1.3, ThermalFit.usual(TypicalCell.NMC, 30.0).toAmbientWPerK(), "large cells are flat");
        assertEquals(60.0, ThermalFit.usual(TypicalCell.LFP, 2.0).heatCapacityJPerK());
    }

    @Test
    void theFirstCurveIsTheMiddleOfTheBranches() {
        FitTrack down = slow(0.1, k -> 1.0 - k / 100.0, s -> 3.2 + 0.9 * s - 0.02, 0.0);
        FitTrack up = slow(-0.1, k -> k / 100.0, s -> 3.2 + 0.9 * s + 0.02, 1.0);
        FirstOcv both = FirstOcv.of(List.of(down, up), List.of(), CAPACITY_AH, 0.02);
        FirstOcv one = FirstOcv.of(List.of(down), List.of(), CAPACITY_AH, 0.02);
        FirstOcv other = FirstOcv.of(List.of(up), List.of(), CAPACITY_AH, 0.02);
        for (double s = 0.05; s < 0.96; s += 0.1) {
            assertEquals(3.2 + 0.9 * s, both.v(s), 0.006, "SOC " + s);
            assertEquals(3.2 + 0.9 * s, one.v(s), 0.006, "SOC " + s);
            assertEquals(3.2 + 0.9 * s, other.v(s), 0.006, "SOC " + s);
            assertEquals(s, both.soc(both.v(s)), 1e-9);
            assertEquals(0.02, both.halfGapV(s), 0.003);
            assertTrue(Double.isNaN(one.halfGapV(s)));
        }
        assertEquals(0.0, both.soc(2.0));
        assertEquals(1.0, both.soc(5.0));
    }

    /** Rows at every percent, its SOC counted from an anchor at the first row. */
    private static FitTrack slow(
            double currentA, DoubleUnaryOperator socOfRow, DoubleUnaryOperator volts, double sign) {
        double[][] c = new double[7][101];
        for (int k = 0; k <= 100; k++) {
            double soc = socOfRow.applyAsDouble(k);
            c[0][k] = 720.0 * k;
            c[1][k] = currentA;
            c[2][k] = currentA;
            c[3][k] = volts.applyAsDouble(soc);
            c[4][k] = 25.0;
            c[5][k] = CAPACITY_AH * (sign == 0.0 ? 1.0 - soc : -soc);
            c[6][k] = 1.0;
        }
        FitTrack track = new FitTrack(0, Kind.OCV, c, Double.NaN, c[3][0], c[1][0]);
        SocAxis.anchorSlow(track);
        return track;
    }

    @Test
    void slowRunsAreFullWhereTheyMustBe() {
        FitTrack down = slow(0.1, k -> 1.0 - k / 100.0, s -> 3.2 + 0.9 * s, 0.0);
        FitTrack up = slow(-0.1, k -> k / 100.0, s -> 3.2 + 0.9 * s, 1.0);
        assertEquals(0, down.anchorRow);
        assertEquals(1.0, down.startTurn);
        assertEquals(1.0, down.soc(0, CAPACITY_AH), 1e-12);
        assertEquals(100, up.anchorRow);
        assertEquals(-1.0, up.startTurn);
        assertEquals(0.0, up.soc(0, CAPACITY_AH), 1e-12);
        SocAxis.checkSign(down, "down");
        SocAxis.checkSign(up, "up");
        FitTrack wrong = slow(0.1, k -> 1.0 - k / 100.0, s -> 4.1 - 0.9 * s, 0.0);
        assertEquals(
                "w: found a voltage that rises by 0.900 V while the current is positive, expected current positive when"
                        + " discharging",
                assertThrows(IllegalArgumentException.class, () -> SocAxis.checkSign(wrong, "w"))
                        .getMessage());
    }

    @Test
    void aCurveWithoutRowsIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> FirstOcv.of(List.of(), List.of(), CAPACITY_AH, 0.0));
    }

    @Test
    void typicalCellsCoverEveryChemistry() {
        for (Chemistry chemistry : Chemistry.values()) {
            TypicalCell typical = TypicalCell.of(chemistry);
            assertEquals(chemistry, typical.chemistry);
            assertTrue(typical.minV < typical.maxV && typical.halfGapV > 0.0);
            assertTrue(CellAssembly.chargeMap(typical, 1.0).maxRatePerH(0.5, typical.chargeToDegC) == 1.0);
            assertEquals(0.0, CellAssembly.chargeMap(typical, 1.0).maxRatePerH(0.5, typical.chargeFromDegC));
            assertEquals(0.3, CellAssembly.chargeMap(typical, 1.0).maxRatePerH(1.0, typical.chargeToDegC), 1e-12);
        }
    }
}
