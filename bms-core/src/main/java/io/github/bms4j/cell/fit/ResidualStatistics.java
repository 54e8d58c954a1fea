package io.github.bms4j.cell.fit;

import io.github.bms4j.cell.ModelError;
import java.util.ArrayList;
import java.util.List;

/**
 * From residuals to a model error: how large, how long and over how much SOC it keeps its sign, how much of it grows with
 * the polarisation and how much looks like a wrong capacity (docs/theory/cell-fit.md).
 *
 * <p>Residuals of a file that took part in the fit are too small. Where another file could stand in for it, the file was left
 * out and predicted, and the mean of both squares is taken; where none could, the residual is raised by half.
 */
final class ResidualStatistics {
    private static final double SAME_TEMPERATURE_K = 5.0;
    private static final double LEAST_SIGMA_V = 0.004;
    private static final double MOST_RISE = 2.5;
    private static final double ALONE = 1.5;
    private static final double BIN_SOC = 0.005;
    private static final double REST_PER_H = 0.005;
    /** The first minutes of a rest show resistances, not the curve. */
    private static final double RELAXING_S = 120.0;

    private static final double LAG_S = 600.0;

    private final List<Residuals> seen;
    private final List<Residuals> unseen;
    private final List<FitRecord> records;
    private final double capacityAh;

    /** @param unseen residuals of the same tracks by a fit without their record, or an empty list */
    ResidualStatistics(List<Residuals> seen, List<Residuals> unseen, List<FitRecord> records, double capacityAh) {
        this.records = records;
        this.capacityAh = capacityAh;
        this.seen = List.copyOf(seen);
        this.unseen = List.copyOf(unseen);
    }

    ModelError error(double fallbackDegC) {
        List<double[]> points = new ArrayList<>();
        for (int k = 0; k < seen.size(); k++) {
            double in = seen.get(k).robustV();
            if (Double.isNaN(in)) {
                continue;
            }
            double out = unseen.isEmpty()
                    ? ALONE * in
                    : Math.min(MOST_RISE * in, unseen.get(k).robustV());
            double variance = unseen.isEmpty() ? out * out : 0.5 * (in * in + out * out);
            FitTrack track = seen.get(k).track;
            points.add(new double[] {records.get(track.record).nominalDegC(), meanDegC(track), variance});
        }
        points.sort((a, b) -> Double.compare(a[0], b[0]));
        List<double[]> rows = new ArrayList<>();
        for (double[] point : points) {
            double[] last = rows.isEmpty() ? null : rows.get(rows.size() - 1);
            if (last != null && point[0] - last[3] <= SAME_TEMPERATURE_K) {
                last[0] += point[1];
                last[1] += point[2];
                last[2] += 1.0;
            } else {
                rows.add(new double[] {point[1], point[2], 1.0, point[0]});
            }
        }
        rows.sort((a, b) -> Double.compare(a[0] / a[2], b[0] / b[2]));
        if (rows.isEmpty()) {
            rows.add(new double[] {fallbackDegC, 0.012 * 0.012, 1.0});
        }
        double[] degC = new double[rows.size()];
        double[] sigma = new double[rows.size()];
        for (int t = 0; t < degC.length; t++) {
            double[] row = rows.get(t);
            degC[t] = Math.round(10.0 * row[0] / row[2]) / 10.0;
            if (t > 0) {
                degC[t] = Math.max(degC[t], degC[t - 1] + 0.1);
            }
            sigma[t] = Math.round(1e5 * Math.min(0.3, Math.max(LEAST_SIGMA_V, Math.sqrt(row[1] / row[2])))) / 1e5;
        }
        List<Residuals> honest = unseen.isEmpty() ? seen : unseen;
        return new ModelError(
                degC,
                sigma,
                rounded(blend(
                        resistanceSigma(seen), unseen.isEmpty() ? Double.NaN : resistanceSigma(unseen), 0.03, 0.5)),
                Math.round(correlationS(honest)),
                rounded(correlationSoc(honest)),
                rounded(blend(capacitySigma(seen), unseen.isEmpty() ? Double.NaN : capacitySigma(unseen), 0.015, 0.1)));
    }

    private static double rounded(double value) {
        return Math.round(1e4 * value) / 1e4;
    }

    /** Root of the mean square of a figure seen and unseen, the unseen one counted as at most so many times the other. */
    private static double blend(double seen, double unseen, double least, double most) {
        double out = Double.isNaN(unseen) ? ALONE * seen : Math.min(MOST_RISE * seen, unseen);
        double mean = Double.isNaN(unseen) ? out : Math.sqrt(0.5 * (seen * seen + out * out));
        return Math.min(most, Math.max(least, mean));
    }

    static double meanDegC(FitTrack track) {
        double sum = 0.0;
        for (double degC : track.degC) {
            sum += degC;
        }
        return sum / track.rows();
    }

    /** Share of the polarisation by which it is wrong: slope of residual over polarisation in stretches of ten points of SOC. */
    private static double resistanceSigma(List<Residuals> all) {
        double sum = 0.0;
        int stretches = 0;
        for (Residuals r : all) {
            for (int part = 1; part < 10; part++) {
                double share = share(r, 0.1 * part, 0.1 * part + 0.1);
                if (!Double.isNaN(share)) {
                    sum += share * share;
                    stretches++;
                }
            }
        }
        return stretches > 0 ? Math.sqrt(sum / stretches) : 0.15;
    }

    /** Slope of residual over polarisation between two SOC; NaN where the polarisation does not vary by 10 mV. */
    private static double share(Residuals r, double fromSoc, double toSoc) {
        double weights = 0.0;
        double meanDrop = 0.0;
        double meanMiss = 0.0;
        for (int k = 0; k < r.soc.length; k++) {
            if (r.soc[k] >= fromSoc && r.soc[k] < toSoc) {
                weights += r.track.weight[k];
                meanDrop += r.track.weight[k] * r.dropV[k];
                meanMiss += r.track.weight[k] * r.missV[k];
            }
        }
        meanDrop /= weights;
        meanMiss /= weights;
        double cross = 0.0;
        double square = 0.0;
        for (int k = 0; k < r.soc.length; k++) {
            if (r.soc[k] >= fromSoc && r.soc[k] < toSoc) {
                double drop = r.dropV[k] - meanDrop;
                cross += r.track.weight[k] * drop * (r.missV[k] - meanMiss);
                square += r.track.weight[k] * drop * drop;
            }
        }
        return square > 1e-4 * weights ? cross / square : Double.NaN;
    }

    /** Over how much SOC the residual keeps its sign: where its autocorrelation falls below 1/e. */
    private static double correlationSoc(List<Residuals> all) {
        List<Double> lengths = new ArrayList<>();
        for (Residuals r : all) {
            int bins = (int) Math.round(1.0 / BIN_SOC);
            double[] sum = new double[bins];
            double[] count = new double[bins];
            for (int k = 0; k < r.soc.length; k++) {
                int bin = (int) (r.soc[k] / BIN_SOC);
                if (r.soc[k] >= 0.05 && r.soc[k] < 0.95) {
                    sum[bin] += r.missV[k];
                    count[bin] += 1.0;
                }
            }
            double length = decay(sum, count);
            if (!Double.isNaN(length)) {
                lengths.add(length * BIN_SOC);
            }
        }
        lengths.sort(null);
        return lengths.isEmpty() ? 0.05 : Math.min(0.15, Math.max(0.02, lengths.get(lengths.size() / 2)));
    }

    /** Lag at which the autocorrelation of bin means falls below 1/e; NaN for fewer than 20 filled bins. */
    private static double decay(double[] sum, double[] count) {
        int filled = 0;
        for (double n : count) {
            filled += n > 0.0 ? 1 : 0;
        }
        if (filled < 20) {
            return Double.NaN;
        }
        double before = 1.0;
        for (int lag = 1; lag < sum.length; lag++) {
            double cross = 0.0;
            double square = 0.0;
            for (int k = 0; k + lag < sum.length; k++) {
                if (count[k] > 0.0 && count[k + lag] > 0.0) {
                    double a = sum[k] / count[k];
                    double b = sum[k + lag] / count[k + lag];
                    cross += a * b;
                    square += 0.5 * (a * a + b * b);
                }
            }
            double rho = square > 0.0 ? cross / square : 0.0;
            if (rho < 1.0 / Math.E) {
                return lag - 1 + (before - 1.0 / Math.E) / (before - rho);
            }
            before = rho;
        }
        return sum.length;
    }

    /** For how long the residual keeps its sign at rest, from rests of ten minutes and more. */
    private double correlationS(List<Residuals> all) {
        double cross = 0.0;
        double square = 0.0;
        for (Residuals r : all) {
            int began = -1;
            double restedS = 0.0;
            for (int k = 1; k < r.soc.length; k++) {
                boolean rests = Math.abs(r.track.stepA[k]) < REST_PER_H * capacityAh;
                restedS = rests ? restedS + r.track.timeS[k] - r.track.timeS[k - 1] : 0.0;
                if (!rests || restedS < RELAXING_S) {
                    began = -1;
                } else if (began < 0) {
                    began = k;
                } else if (r.track.timeS[k] - r.track.timeS[began] >= LAG_S && r.soc[k] > 0.05) {
                    double a = r.missV[began];
                    double b = r.missV[k];
                    cross += a * b;
                    square += 0.5 * (a * a + b * b);
                    began = k;
                }
            }
        }
        if (square == 0.0) {
            return 3600.0;
        }
        double rho = Math.min(0.95, Math.max(0.05, cross / square));
        return Math.min(20_000.0, Math.max(1200.0, -LAG_S / StrictMath.log(rho)));
    }

    /** Relative capacity error that would explain the residuals of a file best; root mean square over files. */
    private static double capacitySigma(List<Residuals> all) {
        double sum = 0.0;
        int files = 0;
        for (Residuals r : all) {
            double cross = 0.0;
            double square = 0.0;
            double least = 1.0;
            for (int k = 0; k < r.soc.length; k++) {
                if (r.soc[k] >= 0.05 && r.soc[k] <= 0.95) {
                    double g = r.slopeV[k] * (1.0 - r.soc[k]);
                    cross += r.track.weight[k] * g * r.missV[k];
                    square += r.track.weight[k] * g * g;
                    least = Math.min(least, r.soc[k]);
                }
            }
            if (least < 0.5 && square > 0.0) {
                double share = cross / square;
                sum += share * share;
                files++;
            }
        }
        return files == 0 ? 0.02 : Math.sqrt(sum / files);
    }
}
