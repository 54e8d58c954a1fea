package io.github.bms4j.cell.fit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;
import org.hipparchus.linear.Array2DRowRealMatrix;
import org.hipparchus.linear.ArrayRealVector;
import org.hipparchus.optim.nonlinear.vector.leastsquares.LeastSquaresBuilder;
import org.hipparchus.optim.nonlinear.vector.leastsquares.LeastSquaresOptimizer.Optimum;
import org.hipparchus.optim.nonlinear.vector.leastsquares.LevenbergMarquardtOptimizer;
import org.hipparchus.util.Pair;
import org.junit.jupiter.api.Test;

class LevenbergMarquardtTest {
    /** A relaxation after a pulse: y = a + b exp(-t/c) + d exp(-t/e), with a ripple no parameter explains. */
    private static final class Relaxation implements LeastSquares {
        final double[] low = {-10.0, -10.0, 0.1, -10.0, 0.1};
        final double[] high = {10.0, 10.0, 1000.0, 10.0, 1000.0};
        final double[] t = new double[200];
        final double[] y = new double[200];

        Relaxation() {
            for (int k = 0; k < t.length; k++) {
                t[k] = 0.5 * k;
                y[k] = 3.7 - 0.05 * Math.exp(-t[k] / 4.0) - 0.08 * Math.exp(-t[k] / 30.0) + 1e-3 * Math.sin(1.7 * k);
            }
        }

        double value(double[] x, int k) {
            return x[0] + x[1] * Math.exp(-t[k] / x[2]) + x[3] * Math.exp(-t[k] / x[4]);
        }

        double[] slope(double[] x, int k) {
            double fast = Math.exp(-t[k] / x[2]);
            double slow = Math.exp(-t[k] / x[4]);
            return new double[] {1.0, fast, x[1] * fast * t[k] / (x[2] * x[2]), slow, x[3] * slow * t[k] / (x[4] * x[4])
            };
        }

        @Override
        public int parameters() {
            return 5;
        }

        @Override
        public double lowest(int parameter) {
            return low[parameter];
        }

        @Override
        public double highest(int parameter) {
            return high[parameter];
        }

        @Override
        public double evaluate(double[] x, DMatrixRMaj normal, double[] gradient) {
            normal.zero();
            Arrays.fill(gradient, 0.0);
            double cost = 0.0;
            for (int k = 0; k < t.length; k++) {
                double r = value(x, k) - y[k];
                double[] s = slope(x, k);
                cost += 0.5 * r * r;
                for (int i = 0; i < 5; i++) {
                    gradient[i] += s[i] * r;
                    for (int j = i; j < 5; j++) {
                        normal.add(i, j, s[i] * s[j]);
                    }
                }
            }
            return cost;
        }
    }

    private static final double[] START = {3.65, -0.04, 3.0, -0.06, 40.0};

    @Test
    void agreesWithHipparchus() {
        Relaxation problem = new Relaxation();
        double[] x = START.clone();
        LevenbergMarquardt ours = new LevenbergMarquardt(problem);
        ours.minimize(x, 200, 1e-15);
        Optimum theirs = new LevenbergMarquardtOptimizer()
                .optimize(new LeastSquaresBuilder()
                        .start(START)
                        .target(problem.y)
                        .maxEvaluations(1000)
                        .maxIterations(1000)
                        .model(point -> {
                            double[] p = point.toArray();
                            double[] v = new double[problem.t.length];
                            double[][] j = new double[v.length][];
                            for (int k = 0; k < v.length; k++) {
                                v[k] = problem.value(p, k);
                                j[k] = problem.slope(p, k);
                            }
                            return new Pair<>(new ArrayRealVector(v), new Array2DRowRealMatrix(j));
                        })
                        .build());
        double[] expected = theirs.getPoint().toArray();
        for (int k = 0; k < 5; k++) {
            assertEquals(expected[k], x[k], 1e-5 * Math.abs(expected[k]), "parameter " + k);
        }
        assertEquals(0.5 * theirs.getCost() * theirs.getCost(), ours.cost(), 1e-9 * ours.cost());
    }

    @Test
    void staysInsideBoundsAndMovesTheRest() {
        Relaxation problem = new Relaxation();
        problem.high[4] = 20.0;
        double[] x = START.clone();
        new LevenbergMarquardt(problem).minimize(x, 200, 1e-15);
        assertEquals(20.0, x[4], "the start is clipped and the bound holds");
        double[] gradient = new double[5];
        problem.evaluate(x, new DMatrixRMaj(5, 5), gradient);
        assertTrue(gradient[4] < -1e-6, "it would go on rising");
        for (int k = 0; k < 4; k++) {
            assertEquals(0.0, gradient[k], 1e-7, "parameter " + k + " is at its best");
        }
    }

    @Test
    void leavesABoundWhenTheSumFallsInside() {
        Relaxation problem = new Relaxation();
        problem.low[4] = 5.0;
        double[] x = {3.7, -0.05, 4.0, -0.08, 5.0};
        new LevenbergMarquardt(problem).minimize(x, 200, 1e-15);
        assertEquals(30.0, x[4], 1.0);
    }

    @Test
    void stopsAfterAsManySteps() {
        Relaxation problem = new Relaxation();
        double[] x = START.clone();
        LevenbergMarquardt solver = new LevenbergMarquardt(problem);
        solver.minimize(x, 2, 0.0);
        assertEquals(2, solver.steps());
        double[] gradient = new double[5];
        DMatrixRMaj normal = new DMatrixRMaj(5, 5);
        assertEquals(problem.evaluate(x, normal, gradient), solver.cost());
        assertArrayEquals(normal.data, solver.normal().data);
    }

    @Test
    void stopsWhereAStepGainsNothing() {
        Relaxation problem = new Relaxation();
        double[] x = START.clone();
        LevenbergMarquardt solver = new LevenbergMarquardt(problem);
        solver.minimize(x, 500, 1e-6);
        assertTrue(solver.steps() < 50, "steps " + solver.steps());
        double rough = solver.cost();
        solver.minimize(x, 500, 1e-15);
        assertEquals(rough, solver.cost(), 1e-4 * rough);
    }
}
