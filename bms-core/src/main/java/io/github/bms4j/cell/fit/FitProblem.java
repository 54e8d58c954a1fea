package io.github.bms4j.cell.fit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.ejml.data.DMatrixRMaj;

/**
 * Everything a fit must please at once: measured voltages along all tracks, drawn curves, and what is known beforehand.
 *
 * <p>Voltages count by Huber's loss: as squares up to three standard deviations and by their size beyond. What is known
 * beforehand are sums of parameters with an expected value and a standard deviation, and an open-circuit voltage that rises.
 */
final class FitProblem implements LeastSquares {
    /** Beyond so many standard deviations a residual counts by its size, not by its square. */
    private static final double HUBER = 3.0;
    /** How hard a falling open-circuit voltage is pushed up, V. */
    private static final double RISE_SIGMA_V = 2e-4;

    /** Least rise of the open-circuit voltage, V per unit SOC: 0.05 mV per percent. */
    static final double LEAST_SLOPE_V = 0.005;

    /** How well a drawn curve is believed, V, at a hundred points. */
    private static final double TABLE_SIGMA_V = 0.004;

    private static final class Prior {
        final int[] index;
        final double[] factor;
        final double target;
        final double sigma;

        Prior(int[] index, double[] factor, double target, double sigma) {
            this.index = index;
            this.factor = factor;
            this.target = target;
            this.sigma = sigma;
        }
    }

    private final FitLayout layout;
    private final List<FitTrack> tracks;
    private final VoltageModel model;
    private final List<Prior> priors = new ArrayList<>();
    private final double[] lowest;
    private final double[] highest;
    private boolean[] leftOut = new boolean[0];

    FitProblem(FitLayout layout, List<FitTrack> tracks) {
        this.layout = layout;
        this.tracks = tracks;
        this.model = new VoltageModel(layout);
        lowest = new double[layout.size()];
        highest = new double[layout.size()];
        Arrays.fill(lowest, Double.NEGATIVE_INFINITY);
        Arrays.fill(highest, Double.POSITIVE_INFINITY);
    }

    VoltageModel model() {
        return model;
    }

    List<FitTrack> tracks() {
        return tracks;
    }

    FitLayout layout() {
        return layout;
    }

    /** Expects sum of factor times parameter to be target, give or take sigma. */
    void expect(int[] index, double[] factor, double target, double sigma) {
        priors.add(new Prior(index, factor, target, sigma));
    }

    void expect(int parameter, double target, double sigma) {
        expect(new int[] {parameter}, new double[] {1.0}, target, sigma);
    }

    /** Curves drawn by others, to be met as well. */
    void tables(List<OcvTable> drawn) {
        for (OcvTable table : drawn) {
            double weight = Math.sqrt(table.rows() / 100.0);
            for (int k = 0; k < table.rows(); k++) {
                double soc = Math.min(1.0, Math.max(0.0, table.soc(k)));
                int n = FitLayout.segment(FitLayout.OCV_SOC, soc);
                double part = (soc - FitLayout.OCV_SOC[n]) / (FitLayout.OCV_SOC[n + 1] - FitLayout.OCV_SOC[n]);
                int e = FitLayout.segment(FitLayout.ENTROPY_SOC, soc);
                double ePart =
                        (soc - FitLayout.ENTROPY_SOC[e]) / (FitLayout.ENTROPY_SOC[e + 1] - FitLayout.ENTROPY_SOC[e]);
                double shift = 1e-3 * (table.degC() - layout.referenceDegC);
                expect(
                        new int[] {n, n + 1, layout.entropy + e, layout.entropy + e + 1},
                        new double[] {1.0 - part, part, shift * (1.0 - ePart), shift * ePart},
                        table.ocvV(k),
                        TABLE_SIGMA_V * weight);
            }
        }
    }

    void bound(int parameter, double least, double most) {
        lowest[parameter] = least;
        highest[parameter] = most;
    }

    /** What the expectations alone add to the diagonal of the normal matrix. */
    double[] priorDiagonal() {
        double[] diagonal = new double[layout.size()];
        for (Prior p : priors) {
            for (int k = 0; k < p.index.length; k++) {
                diagonal[p.index[k]] += p.factor[k] * p.factor[k] / (p.sigma * p.sigma);
            }
        }
        return diagonal;
    }

    /** Drops all expectations. */
    void forget() {
        priors.clear();
    }

    /** Leaves the tracks of these records out of the sum; none by default. */
    void leaveOut(boolean[] records) {
        leftOut = records.clone();
    }

    @Override
    public int parameters() {
        return layout.size();
    }

    @Override
    public double lowest(int parameter) {
        return lowest[parameter];
    }

    @Override
    public double highest(int parameter) {
        return highest[parameter];
    }

    @Override
    public double evaluate(double[] x, DMatrixRMaj normal, double[] gradient) {
        normal.zero();
        Arrays.fill(gradient, 0.0);
        double[] cost = new double[1];
        int n = layout.size();
        double[] h = normal.data;
        model.use(x);
        for (FitTrack track : tracks) {
            if (track.record < leftOut.length && leftOut[track.record]) {
                continue;
            }
            model.walk(track, (t, row, modelV, index, slope, count) -> {
                double sigma = t.sigmaV[row];
                double r = (modelV - t.voltageV[row]) / sigma;
                double size = Math.abs(r);
                boolean far = size > HUBER;
                double w = t.weight[row];
                cost[0] += w * (far ? HUBER * (size - 0.5 * HUBER) : 0.5 * r * r);
                double scale = w * (far ? HUBER / size : 1.0) / sigma;
                addRow(h, gradient, n, index, slope, count, scale * r, scale / sigma);
            });
        }
        for (Prior p : priors) {
            double miss = -p.target;
            for (int k = 0; k < p.index.length; k++) {
                miss += p.factor[k] * x[p.index[k]];
            }
            double weight = 1.0 / (p.sigma * p.sigma);
            cost[0] += 0.5 * weight * miss * miss;
            addRow(h, gradient, n, p.index, p.factor, p.index.length, weight * miss, weight);
        }
        double rise = rising(x, h, gradient, n);
        return cost[0] + rise;
    }

    private static void addRow(
            double[] h, double[] gradient, int n, int[] index, double[] slope, int count, double pull, double weight) {
        for (int a = 0; a < count; a++) {
            int i = index[a];
            double wa = weight * slope[a];
            gradient[i] += pull * slope[a];
            for (int b = 0; b < count; b++) {
                int j = index[b];
                if (j >= i) {
                    h[i * n + j] += wa * slope[b];
                }
            }
        }
    }

    private double rising(double[] x, double[] h, double[] gradient, int n) {
        double cost = 0.0;
        double weight = 1.0 / (RISE_SIGMA_V * RISE_SIGMA_V);
        int[] pair = new int[2];
        double[] factor = {-1.0, 1.0};
        for (int k = 0; k < FitLayout.OCV_SOC.length - 1; k++) {
            double least = LEAST_SLOPE_V * (FitLayout.OCV_SOC[k + 1] - FitLayout.OCV_SOC[k]);
            double miss = x[k + 1] - x[k] - least;
            if (miss < 0.0) {
                cost += 0.5 * weight * miss * miss;
                pair[0] = k;
                pair[1] = k + 1;
                addRow(h, gradient, n, pair, factor, 2, weight * miss, weight);
            }
        }
        return cost;
    }
}
