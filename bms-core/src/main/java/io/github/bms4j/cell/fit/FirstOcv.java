package io.github.bms4j.cell.fit;

import java.util.Arrays;
import java.util.List;

/** The open-circuit voltage before the fit: the mean of slow branches, or one branch moved by what is typical. */
final class FirstOcv {
    private final double[] ocvV;
    private final double[] halfGapV;

    /** Straight-line values at {@link FitLayout#OCV_SOC}, and half the measured gap, NaN where only one branch is. */
    private FirstOcv(double[] ocvV, double[] halfGapV) {
        this.ocvV = ocvV;
        this.halfGapV = halfGapV;
    }

    /**
     * @param oneBranchV how far a single branch lies from the middle, V
     */
    static FirstOcv of(List<FitTrack> tracks, List<OcvTable> tables, double capacityAh, double oneBranchV) {
        int n = FitLayout.OCV_SOC.length;
        double[][] sum = new double[3][n];
        double[][] parts = new double[3][n];
        for (FitTrack track : tracks) {
            for (int k = 1; k < track.rows(); k++) {
                double rate = track.stepA[k] / capacityAh;
                int branch = rate > 0.01 ? 0 : rate < -0.01 ? 1 : -1;
                if (track.kind == FitRecord.Kind.OCV && branch >= 0) {
                    add(sum[branch], parts[branch], track.soc(k, capacityAh), track.voltageV[k], track.weight[k]);
                }
            }
        }
        for (OcvTable table : tables) {
            for (int k = 0; k < table.rows(); k++) {
                add(sum[2], parts[2], table.soc(k), table.ocvV(k), 1.0);
            }
        }
        double[] ocv = new double[n];
        double[] gap = new double[n];
        Arrays.fill(ocv, Double.NaN);
        Arrays.fill(gap, Double.NaN);
        for (int k = 0; k < n; k++) {
            double down = sum[0][k] / parts[0][k];
            double up = sum[1][k] / parts[1][k];
            if (parts[2][k] > 0.0) {
                ocv[k] = sum[2][k] / parts[2][k];
            } else if (parts[0][k] > 0.0 && parts[1][k] > 0.0) {
                ocv[k] = 0.5 * (down + up);
                gap[k] = Math.max(0.0, 0.5 * (up - down));
            } else if (parts[0][k] > 0.0) {
                ocv[k] = down + oneBranchV;
            } else if (parts[1][k] > 0.0) {
                ocv[k] = up - oneBranchV;
            }
        }
        fill(ocv);
        for (int k = 1; k < n; k++) {
            double least = FitProblem.LEAST_SLOPE_V * (FitLayout.OCV_SOC[k] - FitLayout.OCV_SOC[k - 1]);
            ocv[k] = Math.max(ocv[k], ocv[k - 1] + least);
        }
        return new FirstOcv(ocv, gap);
    }

    private static void add(double[] sum, double[] parts, double soc, double v, double weight) {
        if (soc < -0.02 || soc > 1.02) {
            return;
        }
        int k = FitLayout.segment(FitLayout.OCV_SOC, soc);
        double low = FitLayout.OCV_SOC[k];
        double high = FitLayout.OCV_SOC[k + 1];
        int node = soc - low < high - soc ? k : k + 1;
        sum[node] += weight * v;
        parts[node] += weight;
    }

    /** Straight lines over holes; beyond the data their last slope, at most what a tenth of the range would take. */
    private static void fill(double[] v) {
        int first = -1;
        int last = -1;
        for (int k = 0; k < v.length; k++) {
            if (Double.isFinite(v[k])) {
                if (first < 0) {
                    first = k;
                }
                for (int j = last + 1; last >= 0 && j < k; j++) {
                    double part = (FitLayout.OCV_SOC[j] - FitLayout.OCV_SOC[last])
                            / (FitLayout.OCV_SOC[k] - FitLayout.OCV_SOC[last]);
                    v[j] = v[last] + part * (v[k] - v[last]);
                }
                last = k;
            }
        }
        if (first < 0) {
            throw new IllegalArgumentException(
                    "found no row of the OCV files between empty and full, expected slow runs");
        }
        for (int k = first - 1; k >= 0; k--) {
            v[k] = v[first] - 0.5 * (FitLayout.OCV_SOC[first] - FitLayout.OCV_SOC[k]);
        }
        for (int k = last + 1; k < v.length; k++) {
            v[k] = v[last] + 0.5 * (FitLayout.OCV_SOC[k] - FitLayout.OCV_SOC[last]);
        }
    }

    double[] ocvV() {
        return ocvV.clone();
    }

    /** Half the gap between the branches near an SOC, V; NaN where only one branch is known. */
    double halfGapV(double soc) {
        int k = FitLayout.segment(FitLayout.OCV_SOC, soc);
        return Double.isNaN(halfGapV[k]) ? halfGapV[k + 1] : halfGapV[k];
    }

    double v(double soc) {
        int k = FitLayout.segment(FitLayout.OCV_SOC, soc);
        double part = (soc - FitLayout.OCV_SOC[k]) / (FitLayout.OCV_SOC[k + 1] - FitLayout.OCV_SOC[k]);
        return ocvV[k] + part * (ocvV[k + 1] - ocvV[k]);
    }

    /** The SOC of a voltage, 0…1. */
    double soc(double v) {
        int k = 0;
        while (k < ocvV.length - 2 && v >= ocvV[k + 1]) {
            k++;
        }
        double part = (v - ocvV[k]) / (ocvV[k + 1] - ocvV[k]);
        double soc = FitLayout.OCV_SOC[k] + part * (FitLayout.OCV_SOC[k + 1] - FitLayout.OCV_SOC[k]);
        return Math.min(1.0, Math.max(0.0, soc));
    }
}
