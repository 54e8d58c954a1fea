package io.github.bms4j.cell.fit;

import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.factory.LinearSolverFactory_DDRM;
import org.ejml.interfaces.linsol.LinearSolverDense;

/**
 * Levenberg–Marquardt on the normal equations, with bounds.
 *
 * <pre>(J'J + lambda diag(J'J)) d = -J'r,   x' = x + d</pre>
 *
 * <p>A parameter that stands on a bound and would leave it takes no part in the step; others are clipped to their bounds.
 * lambda falls to a tenth after a step that lowered the sum and grows tenfold after one that did not. Ends when a step
 * lowers the sum by less than the tolerance times the sum. Deterministic.
 */
final class LevenbergMarquardt {
    private static final double FIRST_LAMBDA = 1e-3;
    private static final double LEAST_LAMBDA = 1e-9;
    private static final double MOST_LAMBDA = 1e9;

    private final LeastSquares problem;
    private final int n;
    private DMatrixRMaj normal;
    private DMatrixRMaj trialNormal;
    private double[] gradient;
    private double[] trialGradient;
    private double cost = Double.NaN;
    private int steps;

    LevenbergMarquardt(LeastSquares problem) {
        this.problem = problem;
        this.n = problem.parameters();
        normal = new DMatrixRMaj(n, n);
        trialNormal = new DMatrixRMaj(n, n);
        gradient = new double[n];
        trialGradient = new double[n];
    }

    /** Half the sum of squares at the end. */
    double cost() {
        return cost;
    }

    /** J'J at the end, upper triangle. */
    DMatrixRMaj normal() {
        return normal;
    }

    /** Steps that lowered the sum. */
    int steps() {
        return steps;
    }

    /** Lowers the sum from x on, in place. */
    void minimize(double[] x, int mostSteps, double tolerance) {
        for (int i = 0; i < n; i++) {
            x[i] = Math.min(problem.highest(i), Math.max(problem.lowest(i), x[i]));
        }
        cost = problem.evaluate(x, normal, gradient);
        steps = 0;
        double lambda = FIRST_LAMBDA;
        double[] trial = new double[n];
        while (steps < mostSteps && lambda < MOST_LAMBDA) {
            boolean solved = step(x, lambda, trial);
            double trialCost = solved ? problem.evaluate(trial, trialNormal, trialGradient) : Double.NaN;
            if (!(trialCost < cost)) {
                lambda *= 10.0;
                continue;
            }
            double gain = cost - trialCost;
            take(x, trial, trialCost);
            lambda = Math.max(LEAST_LAMBDA, 0.1 * lambda);
            steps++;
            if (gain < tolerance * cost) {
                return;
            }
        }
    }

    private void take(double[] x, double[] trial, double trialCost) {
        System.arraycopy(trial, 0, x, 0, n);
        cost = trialCost;
        DMatrixRMaj oldNormal = normal;
        normal = trialNormal;
        trialNormal = oldNormal;
        double[] oldGradient = gradient;
        gradient = trialGradient;
        trialGradient = oldGradient;
    }

    private boolean step(double[] x, double lambda, double[] trial) {
        DMatrixRMaj a = new DMatrixRMaj(n, n);
        DMatrixRMaj b = new DMatrixRMaj(n, 1);
        for (int i = 0; i < n; i++) {
            for (int j = i; j < n; j++) {
                double value = normal.unsafe_get(i, j);
                a.unsafe_set(i, j, value);
                a.unsafe_set(j, i, value);
            }
            a.unsafe_set(i, i, normal.unsafe_get(i, i) * (1.0 + lambda) + Double.MIN_NORMAL);
            b.unsafe_set(i, 0, -gradient[i]);
        }
        for (int i = 0; i < n; i++) {
            boolean held = (x[i] <= problem.lowest(i) && gradient[i] > 0.0)
                    || (x[i] >= problem.highest(i) && gradient[i] < 0.0);
            if (held) {
                for (int j = 0; j < n; j++) {
                    a.unsafe_set(i, j, 0.0);
                    a.unsafe_set(j, i, 0.0);
                }
                a.unsafe_set(i, i, 1.0);
                b.unsafe_set(i, 0, 0.0);
            }
        }
        LinearSolverDense<DMatrixRMaj> solver = LinearSolverFactory_DDRM.chol(n);
        DMatrixRMaj d = new DMatrixRMaj(n, 1);
        if (!solver.setA(a)) {
            return false;
        }
        solver.solve(b, d);
        for (int i = 0; i < n; i++) {
            double next = x[i] + d.unsafe_get(i, 0);
            if (Double.isNaN(next)) {
                return false;
            }
            trial[i] = Math.min(problem.highest(i), Math.max(problem.lowest(i), next));
        }
        return true;
    }
}
