package io.github.bms4j.cell.fit;

import io.github.bms4j.cell.fit.FitRecord.Column;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Cuts a record into runs and thins them: bins of a second or more, and long steps where the current stands still.
 *
 * <p>A run ends where the record says so (a run number or SOC label changes), where the counter jumps without time for it,
 * and where time is missing without a counter to bridge it. A thinned step keeps its exact mean current, so the model
 * walks it by its exact zero-order-hold solution.
 */
final class TrackBuilder {
    private static final double SECONDS_PER_HOUR = 3600.0;
    /** Without a counter nothing bridges a longer gap. */
    private static final double MOST_BLIND_GAP_S = 600.0;
    /** A step longer than this is charged by the counter, not by the mean of its end currents. */
    private static final double COUNTED_STEP_S = 5.0;
    /** A counter that moves by more than this share of the capacity within a minute has been set back. */
    private static final double COUNTER_JUMP = 0.02;

    private static final double JUMP_WITHIN_S = 60.0;
    private static final double LONGEST_STEP_S = 60.0;
    private static final double LONGEST_STEP_SOC = 0.002;
    private static final double GROWTH = 0.1;
    /** Rows whose currents differ by less than this share of the largest are one level. */
    private static final double SAME_LEVEL = 0.01;
    /** Model errors are independent after about so much SOC or time. */
    private static final double INDEPENDENT_SOC = 0.002;

    private static final double INDEPENDENT_S = 300.0;

    private final FitRecord record;
    private final int index;
    private final double capacityAh;
    private final double binS;

    TrackBuilder(FitRecord record, int index, double capacityAh, double binS) {
        this.record = record;
        this.index = index;
        this.capacityAh = capacityAh;
        this.binS = binS;
    }

    /** Charge of every row since the first, Ah, by the counter where there is one and by the trapezoid elsewhere. */
    static double[] chargeAh(FitRecord record) {
        double[] ah = new double[record.rows()];
        for (int k = 1; k < ah.length; k++) {
            double counted = record.at(Column.COUNTER, k) - record.at(Column.COUNTER, k - 1);
            ah[k] = ah[k - 1] + (Double.isFinite(counted) ? counted : integralAh(record, k));
        }
        return ah;
    }

    private static double integralAh(FitRecord record, int k) {
        double dtS = record.at(Column.TIME, k) - record.at(Column.TIME, k - 1);
        double meanA = 0.5 * (record.at(Column.CURRENT, k) + record.at(Column.CURRENT, k - 1));
        return meanA * dtS / SECONDS_PER_HOUR;
    }

    List<FitTrack> build() {
        List<FitTrack> tracks = new ArrayList<>();
        double[] ah = chargeAh(record);
        int from = 0;
        for (int k = 1; k <= record.rows(); k++) {
            if (k == record.rows() || endsBefore(k, ah)) {
                if (k - from >= 5) {
                    tracks.add(track(from, k, ah));
                }
                from = k;
            }
        }
        return tracks;
    }

    private boolean endsBefore(int k, double[] ah) {
        if (changes(Column.RUN, k) || changes(Column.LABEL, k)) {
            return true;
        }
        double dtS = record.at(Column.TIME, k) - record.at(Column.TIME, k - 1);
        boolean counted = Double.isFinite(record.at(Column.COUNTER, k) - record.at(Column.COUNTER, k - 1));
        if (!counted) {
            return dtS > MOST_BLIND_GAP_S;
        }
        double jumpAh = Math.abs(ah[k] - ah[k - 1] - integralAh(record, k));
        return dtS < JUMP_WITHIN_S && jumpAh > COUNTER_JUMP * capacityAh;
    }

    private boolean changes(Column which, int k) {
        double before = record.at(which, k - 1);
        double after = record.at(which, k);
        return Double.isFinite(before) && Double.isFinite(after) && before != after;
    }

    private FitTrack track(int from, int to, double[] ah) {
        double[][] means = binned(from, to, ah);
        boolean[] keep = kept(means);
        int rows = 0;
        for (boolean kept : keep) {
            rows += kept ? 1 : 0;
        }
        double[][] c = new double[7][rows];
        int n = 0;
        int last = 0;
        for (int k = 0; k < keep.length; k++) {
            if (!keep[k]) {
                continue;
            }
            for (int j = 0; j < 2; j++) {
                c[j][n] = means[j][k];
            }
            c[3][n] = means[2][k];
            c[4][n] = means[3][k];
            c[5][n] = means[4][k];
            if (n > 0) {
                double dtS = means[0][k] - means[0][last];
                double stepAh = means[5][k] - means[5][last];
                c[2][n] = stepAh * SECONDS_PER_HOUR / dtS;
                double movedSoc = Math.abs(stepAh) / capacityAh;
                c[6][n] = Math.min(1.0, movedSoc / INDEPENDENT_SOC + dtS / INDEPENDENT_S);
            }
            last = k;
            n++;
        }
        c[6][0] = rows > 1 ? c[6][1] : 1.0;
        return new FitTrack(
                index,
                record.kind(),
                c,
                record.at(Column.LABEL, from),
                record.at(Column.VOLTAGE, from),
                record.at(Column.CURRENT, from));
    }

    /** Time, current, voltage, temperature, counted charge, charge for the steps. */
    private double[][] binned(int from, int to, double[] ah) {
        double[][] bin = new double[6][to - from];
        int n = 0;
        double stepAh = 0.0;
        double lastDegC = record.nominalDegC();
        double[] sum = new double[6];
        int inBin = 0;
        double beganS = 0.0;
        for (int k = from; k < to; k++) {
            double timeS = record.at(Column.TIME, k);
            double dtS = k > from ? timeS - record.at(Column.TIME, k - 1) : 0.0;
            if (k > from) {
                stepAh += dtS > COUNTED_STEP_S ? ah[k] - ah[k - 1] : integralAh(record, k);
            }
            boolean isNew = inBin > 0 && (timeS - beganS >= binS - 1e-6 || dtS > 0.5 * binS);
            if (isNew) {
                close(bin, n++, sum, inBin);
                inBin = 0;
            }
            if (inBin == 0) {
                Arrays.fill(sum, 0.0);
                beganS = timeS;
            }
            double degC = record.at(record.has(Column.TEMPERATURE) ? Column.TEMPERATURE : Column.AMBIENT, k);
            lastDegC = Double.isFinite(degC) ? degC : lastDegC;
            sum[0] += timeS;
            sum[1] += record.at(Column.CURRENT, k);
            sum[2] += record.at(Column.VOLTAGE, k);
            sum[3] += lastDegC;
            sum[4] += ah[k] - ah[from];
            sum[5] += stepAh;
            inBin++;
        }
        close(bin, n++, sum, inBin);
        for (int j = 0; j < bin.length; j++) {
            bin[j] = Arrays.copyOf(bin[j], n);
        }
        return bin;
    }

    private static void close(double[][] bin, int n, double[] sum, int inBin) {
        for (int j = 0; j < bin.length; j++) {
            bin[j][n] = sum[j] / inBin;
        }
    }

    private boolean[] kept(double[][] means) {
        double[] timeS = means[0];
        double[] currentA = means[1];
        double most = 0.0;
        for (double a : currentA) {
            most = Math.max(most, Math.abs(a));
        }
        double level = Math.max(SAME_LEVEL * most, 1e-3 * capacityAh);
        int rows = timeS.length;
        boolean[] keep = new boolean[rows];
        int last = 0;
        double changedS = timeS[0];
        keep[0] = true;
        for (int k = 1; k < rows; k++) {
            boolean changed = Math.abs(currentA[k] - currentA[last]) > level;
            if (changed) {
                keep[k - 1] = true;
                changedS = timeS[k];
            }
            double dtS = timeS[k] - timeS[last];
            double allowedS = Math.min(LONGEST_STEP_S, Math.max(0.999 * binS, GROWTH * (timeS[k] - changedS)));
            double moved = Math.abs(means[4][k] - means[4][last]) / capacityAh;
            if (changed || dtS >= allowedS || moved >= LONGEST_STEP_SOC || k == rows - 1) {
                keep[k] = true;
                last = k;
            }
        }
        return keep;
    }
}
