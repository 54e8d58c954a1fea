package io.github.bms4j.cell.fit;

import java.util.ArrayList;
import java.util.List;

/** What is left of the measured voltages of one track when the model has said its best, row by row. */
final class Residuals {
    final FitTrack track;
    final double[] soc;
    /** Measured less model, V. */
    final double[] missV;
    /** Open-circuit voltage less terminal voltage of the model: all polarisation, V. */
    final double[] dropV;
    /** Slope of the open-circuit voltage, V per unit SOC. */
    final double[] slopeV;

    private Residuals(FitTrack track) {
        this.track = track;
        int n = track.rows();
        soc = new double[n];
        missV = new double[n];
        dropV = new double[n];
        slopeV = new double[n];
    }

    /** Residuals of a track under parameters. */
    static Residuals of(VoltageModel model, double[] x, FitTrack track, double capacityAh) {
        Residuals all = new Residuals(track);
        model.use(x);
        double start = track.startParameter >= 0 ? x[track.startParameter] - track.anchorSoc : 0.0;
        double drift = track.driftParameter >= 0 ? x[track.driftParameter] : 0.0;
        double[] modelV = new double[track.rows()];
        model.walk(track, (t, row, v, index, slope, count) -> modelV[row] = v);
        for (int k = 0; k < modelV.length; k++) {
            all.soc[k] = track.soc(k, capacityAh) + start + drift * track.driftBy(k);
            double inside = Math.min(1.0, Math.max(0.0, all.soc[k]));
            all.missV[k] = track.voltageV[k] - modelV[k];
            all.dropV[k] = model.ocvV(inside, track.degC[k]) - modelV[k];
            all.slopeV[k] = model.ocvSlopeV(inside);
        }
        return all;
    }

    /** Mean residual of a record in equal steps of SOC, V; NaN without rows. */
    static double[] overSoc(List<Residuals> all, int record, int steps) {
        double[] sum = new double[steps];
        double[] count = new double[steps];
        for (Residuals r : all) {
            for (int k = 0; k < r.soc.length && r.track.record == record; k++) {
                int step = (int) Math.floor(r.soc[k] * steps);
                if (step >= 0 && step < steps) {
                    sum[step] += r.missV[k];
                    count[step] += 1.0;
                }
            }
        }
        for (int k = 0; k < steps; k++) {
            sum[k] /= count[k]; // 0/0 is NaN: no rows
        }
        return sum;
    }

    /** Seconds a row stands for. */
    double durationS(int row) {
        return row == 0 ? 0.0 : Math.min(60.0, track.timeS[row] - track.timeS[row - 1]);
    }

    /** Root mean square over time of the rows between two SOC, V; NaN without rows. */
    static double rmsV(List<Residuals> all, double fromSoc, double toSoc) {
        double sum = 0.0;
        double durationS = 0.0;
        for (Residuals r : all) {
            for (int k = 0; k < r.soc.length; k++) {
                if (r.soc[k] >= fromSoc && r.soc[k] <= toSoc) {
                    sum += r.missV[k] * r.missV[k] * r.durationS(k);
                    durationS += r.durationS(k);
                }
            }
        }
        return durationS > 0.0 ? Math.sqrt(sum / durationS) : Double.NaN;
    }

    /** Root mean square by independent rows between 5 and 95 % SOC, rows beyond four typical ones counted as four; V. */
    double robustV() {
        List<Double> sizes = new ArrayList<>();
        for (int k = 0; k < soc.length; k++) {
            if (soc[k] >= 0.05 && soc[k] <= 0.95) {
                sizes.add(Math.abs(missV[k]));
            }
        }
        if (sizes.isEmpty()) {
            return Double.NaN;
        }
        sizes.sort(null);
        double most = 4.0 * 1.4826 * sizes.get(sizes.size() / 2);
        double sum = 0.0;
        double weights = 0.0;
        for (int k = 0; k < soc.length; k++) {
            if (soc[k] >= 0.05 && soc[k] <= 0.95) {
                double size = Math.min(most, Math.abs(missV[k]));
                sum += track.weight[k] * size * size;
                weights += track.weight[k];
            }
        }
        return Math.sqrt(sum / weights);
    }
}
