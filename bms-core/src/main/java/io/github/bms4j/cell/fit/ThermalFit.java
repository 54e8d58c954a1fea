package io.github.bms4j.cell.fit;

import io.github.bms4j.cell.ThermalRating;
import io.github.bms4j.cell.fit.FitRecord.Column;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Heat capacity and heat loss from logged temperatures.
 *
 * <pre>C dT/dt = i (U - v) - K (T - Tambient)</pre>
 *
 * <p>With k = K/C the solution is linear in 1/C, the ambient temperature and the first temperature; k is searched on a
 * logarithmic grid. Heat of reaction is left out: over a discharge it is mostly smaller than the resistive heat, and it
 * cancels over a cycle. Only tracks whose temperature moves by 2 K or more take part.
 */
final class ThermalFit {
    private static final double LEAST_RISE_K = 2.0;
    private static final int GRID = 60;
    private static final double LEAST_PER_S = 1e-4;
    private static final double MOST_PER_S = 1e-2;

    private ThermalFit() {}

    /**
     * What is usual without logged temperatures: 16 J/K per Ah (30 for iron phosphate), and as much surface per Ah as two measured
     * cylinders of 3 Ah have, which lose 0.11 to 0.16 W/K; large cells are flat.
     */
    static ThermalRating usual(TypicalCell typical, double capacityAh) {
        double heatPerAh = typical.minV < 2.2 ? 30.0 : 16.0;
        double lossPerAh = 0.13 / 3.0;
        return new ThermalRating(round3(heatPerAh * capacityAh), round3(lossPerAh * capacityAh));
    }

    /** Fits the tracks that warm up; empty where none does or the answer is not that of a cell. */
    static Optional<ThermalRating> of(List<Residuals> all, List<FitRecord> records, double capacityAh) {
        List<Residuals> warm = new ArrayList<>();
        for (Residuals r : all) {
            double low = Double.POSITIVE_INFINITY;
            double high = Double.NEGATIVE_INFINITY;
            for (double degC : r.track.degC) {
                low = Math.min(low, degC);
                high = Math.max(high, degC);
            }
            if (high - low >= LEAST_RISE_K && records.get(r.track.record).has(Column.TEMPERATURE)) {
                warm.add(r);
            }
        }
        if (warm.isEmpty()) {
            return Optional.empty();
        }
        double best = Double.POSITIVE_INFINITY;
        double bestRate = 0.0;
        double bestInverse = 0.0;
        for (int g = 0; g <= GRID; g++) {
            double perS = LEAST_PER_S * StrictMath.pow(MOST_PER_S / LEAST_PER_S, g / (double) GRID);
            double[] miss = new double[2];
            double inverse = inverseHeat(warm, perS, miss);
            if (inverse > 0.0 && miss[0] < best) {
                best = miss[0];
                bestRate = perS;
                bestInverse = inverse;
            }
        }
        if (bestInverse <= 0.0) {
            return Optional.empty();
        }
        double heat = 1.0 / bestInverse;
        boolean likely = heat > 4.0 * capacityAh && heat < 150.0 * capacityAh;
        return likely ? Optional.of(new ThermalRating(round3(heat), round3(heat * bestRate))) : Optional.empty();
    }

    /**
     * 1/C that fits best for a rate; each track brings two unknowns of its own (ambient and first temperature), which are
     * eliminated first.
     */
    private static double inverseHeat(List<Residuals> warm, double perS, double[] miss) {
        double cross = 0.0;
        double square = 0.0;
        double rest = 0.0;
        for (Residuals r : warm) {
            int n = r.track.rows();
            double[] heated = new double[n];
            double[] faded = new double[n];
            double[] warmth = new double[n];
            double[] weight = new double[n];
            double heat = 0.0;
            double fade = 1.0;
            for (int k = 0; k < n; k++) {
                if (k > 0) {
                    double dtS = r.track.timeS[k] - r.track.timeS[k - 1];
                    double keep = StrictMath.exp(-perS * dtS);
                    double powerW = r.track.stepA[k] * 0.5 * (r.dropV[k] + r.dropV[k - 1]);
                    heat = keep * heat + (1.0 - keep) / perS * powerW;
                    fade *= keep;
                    weight[k] = Math.min(60.0, dtS);
                }
                heated[k] = heat;
                faded[k] = fade;
                warmth[k] = r.track.degC[k];
            }
            double[] one = new double[n];
            Arrays.fill(one, 1.0);
            double[][] basis = {one, faded};
            for (int b = 0; b < basis.length; b++) {
                for (int c = b + 1; c < basis.length; c++) {
                    remove(basis[c], basis[b], weight);
                }
                remove(heated, basis[b], weight);
                remove(warmth, basis[b], weight);
            }
            cross += dot(heated, warmth, weight);
            square += dot(heated, heated, weight);
            rest += dot(warmth, warmth, weight);
        }
        double inverse = square > 0.0 ? cross / square : 0.0;
        miss[0] = rest - inverse * cross;
        return inverse;
    }

    private static void remove(double[] from, double[] what, double[] weight) {
        double square = dot(what, what, weight);
        if (square <= 1e-9) {
            return;
        }
        double share = dot(from, what, weight) / square;
        for (int k = 0; k < from.length; k++) {
            from[k] -= share * what[k];
        }
    }

    private static double dot(double[] a, double[] b, double[] weight) {
        double sum = 0.0;
        for (int k = 0; k < a.length; k++) {
            sum += weight[k] * a[k] * b[k];
        }
        return sum;
    }

    private static double round3(double value) {
        double scale = StrictMath.pow(10.0, 2.0 - Math.floor(StrictMath.log10(value)));
        return Math.round(value * scale) / scale;
    }
}
