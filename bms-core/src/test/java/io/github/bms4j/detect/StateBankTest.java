package io.github.bms4j.detect;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StateBankTest {
    /** Plain matrices, the textbook way. */
    private static final class Plain {
        final double[] x = new double[3];
        double[][] p = new double[3][3];

        void shear(int i, int j, double f) {
            double[][] m = {{1, 0, 0}, {0, 1, 0}, {0, 0, 1}};
            m[i][j] += f;
            x[i] += f * x[j];
            p = times(times(m, p), transposed(m));
        }

        void fade(int i, double a, double q) {
            double[][] m = {{1, 0, 0}, {0, 1, 0}, {0, 0, 1}};
            m[i][i] = a;
            x[i] *= a;
            p = times(times(m, p), m);
            p[i][i] += q;
        }

        void correct(double[] h, double residual, double r) {
            double[] g = new double[3];
            double s = r;
            for (int i = 0; i < 3; i++) {
                for (int j = 0; j < 3; j++) {
                    g[i] += p[i][j] * h[j];
                }
                s += h[i] * g[i];
            }
            double[][] m = new double[3][3]; // (I - K h) P (I - K h)' + K r K'
            for (int i = 0; i < 3; i++) {
                x[i] += g[i] / s * residual;
                for (int j = 0; j < 3; j++) {
                    m[i][j] = (i == j ? 1.0 : 0.0) - g[i] / s * h[j];
                }
            }
            p = times(times(m, p), transposed(m));
            for (int i = 0; i < 3; i++) {
                for (int j = 0; j < 3; j++) {
                    p[i][j] += g[i] * g[j] / (s * s) * r;
                }
            }
        }

        private static double[][] times(double[][] a, double[][] b) {
            double[][] c = new double[3][3];
            for (int i = 0; i < 3; i++) {
                for (int j = 0; j < 3; j++) {
                    for (int k = 0; k < 3; k++) {
                        c[i][j] += a[i][k] * b[k][j];
                    }
                }
            }
            return c;
        }

        private static double[][] transposed(double[][] a) {
            double[][] c = new double[3][3];
            for (int i = 0; i < 3; i++) {
                for (int j = 0; j < 3; j++) {
                    c[i][j] = a[j][i];
                }
            }
            return c;
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3})
    void isTheFilterOfTheTextbookForTheMemberAlone(long seed) {
        Random random = new Random(seed);
        StateBank bank = new StateBank(3, 4);
        bank.start(1.0, 0.5, 2.0);
        Plain plain = new Plain();
        plain.p = new double[][] {{1, 0, 0}, {0, 0.25, 0}, {0, 0, 4}};
        double[] h = new double[3];
        for (int step = 0; step < 60; step++) {
            int i = random.nextInt(3);
            int j = (i + 1 + random.nextInt(2)) % 3;
            double f = random.nextGaussian();
            bank.shear(i, j, 2, f);
            plain.shear(i, j, f);
            double a = 0.5 + 0.5 * random.nextDouble();
            bank.fade(j, 2, a, 0.01);
            plain.fade(j, a, 0.01);
            for (int k = 0; k < 3; k++) {
                h[k] = random.nextGaussian();
            }
            double residual = random.nextGaussian();
            double expected = 0.0;
            for (int r = 0; r < 3; r++) {
                for (int c = 0; c < 3; c++) {
                    expected += h[r] * plain.p[r][c] * h[c];
                }
            }
            assertEquals(expected, bank.variance(2, h), 1e-8 * (1.0 + expected));
            bank.correct(2, h, residual, 0.3);
            plain.correct(h, residual, 0.3);
            for (int k = 0; k < 3; k++) {
                String what = "seed " + seed + " step " + step + " state " + k;
                assertEquals(plain.x[k], bank.value(k, 2), 1e-8 * (1.0 + Math.abs(plain.x[k])), what);
                assertEquals(Math.sqrt(plain.p[k][k]), bank.sigma(k, 2), 1e-8 * (1.0 + bank.sigma(k, 2)), what);
                assertEquals(0.0, bank.value(k, 1), what);
            }
        }
        assertEquals(0.25, bank.variance(1, 3));
        bank.move(1, 3, 0.75);
        assertEquals(0.75, bank.value(1, 3));
        bank.start(3.0, 3.0, 3.0);
        assertEquals(0.0, bank.value(1, 3));
        assertEquals(9.0, bank.variance(0, 2));
    }

    @Test
    void startLeavesNoCorrelationBehind() {
        StateBank bank = new StateBank(2, 1);
        bank.start(1.0, 1.0);
        bank.shear(0, 1, 0, 1.0);
        assertEquals(5.0, bank.variance(0, new double[] {1.0, 1.0}));
        bank.start(1.0, 1.0);
        assertEquals(2.0, bank.variance(0, new double[] {1.0, 1.0}));
    }
}
