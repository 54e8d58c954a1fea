package io.github.bms4j.cell.fit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.bms4j.cell.CellType;
import io.github.bms4j.cell.SampleCells;
import io.github.bms4j.cell.fit.FitRecord.Kind;
import java.util.Arrays;
import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class VoltageModelTest {
    private FitLayout layout;
    private FitTrack track;
    private double[] x;

    @BeforeEach
    void aTrackWithEveryKindOfParameter() {
        FitRecord record = varying();
        track = new TrackBuilder(record, 0, 2.0, 1.0).build().get(0);
        track.anchorSoc = 0.8;
        track.startTurn = 0.3;
        layout = new FitLayout(new double[] {5.0, 25.0}, 20.0, 2.0);
        track.startParameter = layout.add(1);
        track.driftParameter = layout.add(1);
        track.offsetParameter = layout.add(FitLayout.OFFSET_SOC.length);
        x = new double[layout.size()];
        for (int k = 0; k < FitLayout.OCV_SOC.length; k++) {
            double s = FitLayout.OCV_SOC[k];
            x[k] = 3.0 + s + 0.2 * Math.sin(5.0 * s);
        }
        for (int k = 0; k < FitLayout.ENTROPY_SOC.length; k++) {
            x[layout.entropy + k] = 0.1 * Math.cos(k);
        }
        for (int k = 0; k < FitLayout.GAP_SOC.length; k++) {
            x[layout.gap + k] = Math.log(0.01 + 0.001 * k);
        }
        for (int m = 0; m < FitLayout.MAPS; m++) {
            for (int t = 0; t < 2; t++) {
                for (int s = 0; s < FitLayout.OHM_SOC.length; s++) {
                    x[layout.ohm(m, t, s)] = Math.log(0.02 + 0.002 * ((s + m) % 4) - 0.006 * t);
                }
            }
            x[layout.activation + m] = 20.0 + 3.0 * m;
        }
        x[layout.tau] = Math.log(8.0);
        x[layout.tau + 1] = Math.log(90.0);
        x[layout.tau + 2] = Math.log(1500.0);
        x[layout.turn] = Math.log(25.0);
        x[track.startParameter] = 0.79;
        x[track.driftParameter] = 0.02;
        for (int k = 0; k < FitLayout.OFFSET_SOC.length; k++) {
            x[track.offsetParameter + k] = 0.001 * k;
        }
    }

    /** Currents both ways and temperatures from below the coldest row to above the warmest. */
    private static FitRecord varying() {
        int n = 400;
        double[] t = new double[n];
        double[] i = new double[n];
        double[] v = new double[n];
        double[] degC = new double[n];
        for (int k = 0; k < n; k++) {
            t[k] = 5.0 * k;
            i[k] = 1.0 + 2.5 * Math.sin(k / 11.0) + 0.5 * Math.cos(k / 3.0);
            v[k] = 3.7;
            degC[k] = 35.0 * k / n;
        }
        return FitRecord.of("varying", Kind.DRIVE, 20.0, t, i, v)
                .temperature(degC)
                .build();
    }

    private double[] voltages() {
        VoltageModel model = new VoltageModel(layout);
        model.use(x);
        double[] v = new double[track.rows()];
        model.walk(track, (t, row, modelV, index, slope, count) -> v[row] = modelV);
        return v;
    }

    @Test
    void derivativesAreThoseOfTheVoltage() {
        VoltageModel model = new VoltageModel(layout);
        model.use(x);
        double[][] exact = new double[layout.size()][track.rows()];
        model.walk(track, (t, row, modelV, index, slope, count) -> {
            for (int k = 0; k < count; k++) {
                exact[index[k]][row] += slope[k];
            }
        });
        int seen = 0;
        for (int p = 0; p < layout.size(); p++) {
            double step = 1e-6 * Math.max(1.0, Math.abs(x[p]));
            double kept = x[p];
            x[p] = kept + step;
            double[] up = voltages();
            x[p] = kept - step;
            double[] down = voltages();
            x[p] = kept;
            double most = 0.0;
            for (int row = 0; row < track.rows(); row++) {
                double difference = (up[row] - down[row]) / (2.0 * step);
                // An SOC that crosses a node of a table within the step has two slopes.
                assertEquals(
                        difference,
                        exact[p][row],
                        2e-6 + 2e-4 * Math.abs(difference),
                        "parameter " + p + ", row " + row);
                most = Math.max(most, Math.abs(difference));
            }
            seen += most > 1e-5 ? 1 : 0;
        }
        assertTrue(seen > 70, "parameters that matter here: " + seen);
    }

    @Test
    void followsTheCellTypeItself() {
        CellType cell = SampleCells.rich();
        FitTrack drive = new TrackBuilder(TrueCell.drive(cell, 25.0, 0.5), 0, 2.0, 1.0)
                .build()
                .get(0);
        drive.startTurn = 1.0;
        FitLayout plain = new FitLayout(new double[] {0.0, 25.0}, 25.0, 2.0);
        double[] truth = new double[plain.size()];
        for (int k = 0; k < FitLayout.OCV_SOC.length; k++) {
            truth[k] = cell.ocv().v(FitLayout.OCV_SOC[k], 25.0);
        }
        for (int k = 0; k < FitLayout.GAP_SOC.length; k++) {
            truth[plain.gap + k] = Math.log(cell.ocv().hysteresis().halfGapV(FitLayout.GAP_SOC[k]));
        }
        for (int m = 0; m < FitLayout.MAPS; m++) {
            for (int t = 0; t < 2; t++) {
                for (int s = 0; s < FitLayout.OHM_SOC.length; s++) {
                    double soc = FitLayout.OHM_SOC[s];
                    double degC = plain.rowDegC[t];
                    double ohm = m == 0
                            ? cell.circuit().r0().ohm(soc, degC)
                            : cell.circuit().branches().get(m - 1).resistance().ohm(soc, degC);
                    truth[plain.ohm(m, t, s)] = Math.log(ohm);
                }
            }
            truth[plain.activation + m] = 25.0;
        }
        for (int b = 0; b < 3; b++) {
            truth[plain.tau + b] = Math.log(cell.circuit().branches().get(b).tauS());
        }
        truth[plain.turn] = Math.log(25.0);
        Residuals left = Residuals.of(new VoltageModel(plain), truth, drive, 2.0);
        for (int k = 0; k < drive.rows(); k++) {
            assertEquals(0.0, left.missV[k], 5e-4, "row " + k + ", SOC " + left.soc[k]);
        }
        assertTrue(left.soc[drive.rows() - 1] < 0.8);
    }

    @Test
    void resistanceGoesOnByItsActivationEnergy() {
        VoltageModel model = new VoltageModel(layout);
        model.use(x);
        double at5 = model.ohm(0, 0.5, 5.0);
        double perKj = (1.0 / 268.15 - 1.0 / 278.15) / 8.31446261815324e-3;
        assertEquals(at5 * Math.exp(20.0 * perKj), model.ohm(0, 0.5, -5.0), 1e-12);
        double at25 = model.ohm(1, 0.5, 25.0);
        double warm = (1.0 / 308.15 - 1.0 / 298.15) / 8.31446261815324e-3;
        assertEquals(at25 * Math.exp(23.0 * warm), model.ohm(1, 0.5, 35.0), 1e-12);
        double half = (1.0 / 288.15 - 1.0 / 278.15) / (1.0 / 298.15 - 1.0 / 278.15);
        double between = at5 * Math.pow(model.ohm(0, 0.5, 25.0) / at5, half);
        assertEquals(between, model.ohm(0, 0.5, 15.0), 1e-12);
    }

    @Test
    void ocvIsStraightBetweenNodesAndShiftedByEntropy() {
        VoltageModel model = new VoltageModel(layout);
        model.use(x);
        int k = FitLayout.segment(FitLayout.OCV_SOC, 0.53);
        assertEquals(0.5 * (x[k] + x[k + 1]), model.ocvV(0.53, 20.0), 1e-12);
        assertEquals((x[k + 1] - x[k]) / 0.02, model.ocvSlopeV(0.53), 1e-9);
        double mv = x[layout.entropy + 4] + 0.2 * (x[layout.entropy + 5] - x[layout.entropy + 4]);
        assertEquals(model.ocvV(0.53, 20.0) + 1e-3 * mv * 10.0, model.ocvV(0.53, 30.0), 1e-12);
    }

    /** The gradient of the whole sum, with Huber's loss at work and the rise of the curve enforced. */
    @Test
    void theProblemsGradientIsThatOfItsSum() {
        FitProblem problem = new FitProblem(layout, List.of(track));
        Arrays.fill(track.sigmaV, 0.05);
        x[30] = x[29] - 0.01;
        problem.expect(new int[] {3, 4}, new double[] {1.0, -2.0}, 0.5, 0.1);
        problem.expect(layout.tau, 2.0, 0.3);
        problem.tables(List.of(new OcvTable(
                "t",
                10.0,
                new double[] {0.0, 0.25, 0.5, 0.75, 1.0},
                new double[] {3.0, 3.4, 3.6, 3.8, 4.1},
                new double[] {0.01, 0.01, 0.01, 0.01, 0.01})));
        int n = layout.size();
        double[] gradient = new double[n];
        DMatrixRMaj normal = new DMatrixRMaj(n, n);
        problem.evaluate(x, normal, gradient);
        double[] unused = new double[n];
        DMatrixRMaj scrap = new DMatrixRMaj(n, n);
        for (int p = 0; p < n; p++) {
            double step = 1e-6 * Math.max(1.0, Math.abs(x[p]));
            double kept = x[p];
            x[p] = kept + step;
            double up = problem.evaluate(x, scrap, unused);
            x[p] = kept - step;
            double down = problem.evaluate(x, scrap, unused);
            x[p] = kept;
            double difference = (up - down) / (2.0 * step);
            assertEquals(difference, gradient[p], 1e-3 + 2e-3 * Math.abs(difference), "parameter " + p);
            assertTrue(normal.get(p, p) >= 0.0);
        }
        double all = problem.evaluate(x, scrap, unused);
        problem.leaveOut(new boolean[] {true});
        assertTrue(problem.evaluate(x, scrap, unused) < all - 1.0);
        problem.forget();
        problem.leaveOut(new boolean[0]);
        assertTrue(problem.evaluate(x, scrap, unused) < all);
    }
}
