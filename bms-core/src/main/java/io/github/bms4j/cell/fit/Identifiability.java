package io.github.bms4j.cell.fit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.factory.LinearSolverFactory_DDRM;
import org.ejml.interfaces.linsol.LinearSolverDense;

/**
 * What the data say of a fit's parameters and what was only expected.
 *
 * @param confidences value and standard deviation of the main parameters
 * @param bounds parameters that ended on a bound
 * @param unsupported stretches of SOC and temperature without data, where the resistances follow their neighbours
 */
public record Identifiability(List<Confidence> confidences, List<String> bounds, List<String> unsupported) {
    private static final String[] MAPS = {"R0", "R1", "R2", "R3"};
    /** A resistance that data alone would leave uncertain by more than a third is not supported. */
    private static final double LEAST_SUPPORT = 9.0;

    /** Copies the lists. */
    public Identifiability {
        confidences = List.copyOf(confidences);
        bounds = List.copyOf(bounds);
        unsupported = List.copyOf(unsupported);
    }

    /**
     * A parameter and how sure the fit is of it, from the inverse of the normal matrix.
     *
     * @param name which
     * @param value value
     * @param sigma standard deviation, in the same unit
     * @param unit unit of both
     */
    public record Confidence(String name, double value, double sigma, String unit) {}

    /** Judges the parameters of a problem at its end. */
    static Identifiability of(FitProblem problem, double[] x) {
        FitLayout layout = problem.layout();
        int n = layout.size();
        DMatrixRMaj normal = new DMatrixRMaj(n, n);
        problem.evaluate(x, normal, new double[n]);
        double[] sigma = sigmas(normal, problem, x);
        double[] prior = problem.priorDiagonal();
        double[] support = new double[n];
        for (int i = 0; i < n; i++) {
            support[i] = normal.get(i, i) - prior[i];
        }
        List<String> bounds = new ArrayList<>();
        for (int b = 0; b < FitLayout.MAPS - 1; b++) {
            hit(bounds, problem, x, layout.tau + b, "tau" + (b + 1));
        }
        hit(bounds, problem, x, layout.turn, "turnPerSoc");
        for (int m = 0; m < FitLayout.MAPS; m++) {
            hit(bounds, problem, x, layout.activation + m, "activation energy of " + MAPS[m]);
            for (int t = 0; t < layout.rowDegC.length; t++) {
                for (int s = 0; s < FitLayout.OHM_SOC.length; s++) {
                    String where = at(layout, t) + ", SOC " + FitLayout.OHM_SOC[s];
                    hit(bounds, problem, x, layout.ohm(m, t, s), MAPS[m] + " at " + where);
                }
            }
        }
        for (int k = 0; k < FitLayout.GAP_SOC.length; k++) {
            hit(bounds, problem, x, layout.gap + k, "half gap at SOC " + FitLayout.GAP_SOC[k]);
        }
        return new Identifiability(confidences(layout, x, sigma), bounds, unsupported(layout, support));
    }

    private static double[] sigmas(DMatrixRMaj normal, FitProblem problem, double[] x) {
        int n = normal.numRows;
        DMatrixRMaj full = new DMatrixRMaj(n, n);
        for (int i = 0; i < n; i++) {
            for (int j = i; j < n; j++) {
                full.set(i, j, normal.get(i, j));
                full.set(j, i, normal.get(i, j));
            }
            if (x[i] <= problem.lowest(i) || x[i] >= problem.highest(i)) {
                full.set(i, i, full.get(i, i) * 1e12 + 1.0);
            }
        }
        LinearSolverDense<DMatrixRMaj> solver = LinearSolverFactory_DDRM.chol(n);
        double[] sigma = new double[n];
        Arrays.fill(sigma, Double.NaN);
        if (solver.setA(full)) {
            DMatrixRMaj inverse = new DMatrixRMaj(n, n);
            solver.invert(inverse);
            for (int i = 0; i < n; i++) {
                sigma[i] = Math.sqrt(Math.max(0.0, inverse.get(i, i)));
            }
        }
        return sigma;
    }

    private static List<Confidence> confidences(FitLayout layout, double[] x, double[] sigma) {
        List<Confidence> all = new ArrayList<>();
        for (int b = 0; b < FitLayout.MAPS - 1; b++) {
            double tauS = StrictMath.exp(x[layout.tau + b]);
            all.add(new Confidence("tau" + (b + 1), tauS, tauS * sigma[layout.tau + b], "s"));
        }
        double turn = StrictMath.exp(x[layout.turn]);
        all.add(new Confidence("hysteresis turn per SOC", turn, turn * sigma[layout.turn], "1"));
        for (double soc : new double[] {0.1, 0.3, 0.5, 0.7, 0.9}) {
            int k = FitLayout.segment(FitLayout.OCV_SOC, soc + 1e-9);
            all.add(new Confidence(String.format(Locale.ROOT, "OCV at SOC %.1f", soc), x[k], sigma[k], "V"));
        }
        for (int m = 0; m < FitLayout.MAPS; m++) {
            int a = layout.activation + m;
            all.add(new Confidence("activation energy of " + MAPS[m], x[a], sigma[a], "kJ/mol"));
            for (int t = 0; t < layout.rowDegC.length; t++) {
                for (double soc : new double[] {0.2, 0.5, 0.8}) {
                    int p = layout.ohm(m, t, FitLayout.segment(FitLayout.OHM_SOC, soc + 1e-9));
                    double milliohm = 1e3 * StrictMath.exp(x[p]);
                    String name = String.format(Locale.ROOT, "%s at %s, SOC %.1f", MAPS[m], at(layout, t), soc);
                    all.add(new Confidence(name, milliohm, milliohm * sigma[p], "mΩ"));
                }
            }
        }
        return all;
    }

    private static List<String> unsupported(FitLayout layout, double[] support) {
        List<String> all = new ArrayList<>();
        double[] soc = FitLayout.OHM_SOC;
        for (int t = 0; t < layout.rowDegC.length; t++) {
            int from = -1;
            for (int s = 0; s <= soc.length; s++) {
                boolean silent = s < soc.length && support[layout.ohm(0, t, s)] < LEAST_SUPPORT;
                if (silent && from < 0) {
                    from = s;
                }
                if (!silent && from >= 0) {
                    all.add(String.format(Locale.ROOT, "%s, SOC %.2f to %.2f", at(layout, t), soc[from], soc[s - 1]));
                    from = -1;
                }
            }
        }
        return all;
    }

    private static String at(FitLayout layout, int row) {
        return String.format(Locale.ROOT, "%.1f °C", layout.rowDegC[row]);
    }

    private static void hit(List<String> to, FitProblem problem, double[] x, int parameter, String name) {
        double low = problem.lowest(parameter);
        double high = problem.highest(parameter);
        if (low < high && x[parameter] <= low) {
            to.add(name + " on its lower bound");
        } else if (low < high && x[parameter] >= high) {
            to.add(name + " on its upper bound");
        }
    }
}
