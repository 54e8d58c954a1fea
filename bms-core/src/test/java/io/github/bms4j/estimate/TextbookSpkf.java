package io.github.bms4j.estimate;

import io.github.bms4j.cell.CellType;
import io.github.bms4j.cell.ModelError;
import io.github.bms4j.cell.OcvCurve;
import io.github.bms4j.cell.RcBranch;
import io.github.bms4j.cell.ResistanceMap;
import java.util.Arrays;
import java.util.List;

/**
 * The sigma-point filter of the textbooks for one cell, in plain arrays: a Cholesky root of the whole covariance, all 2 n + 1
 * points through the model and through the measurement, weighted sums. Points are drawn after a correction and go through every
 * sample up to the next, at the times of {@link ReferenceEkf}. Guards {@link CellSpkf}, which says that three
 * points are enough. kappa = 3 - n, the weights of Julier and Uhlmann; states as {@link ReferenceEkf}, without the voltage offset.
 *
 * <p>What the textbook leaves open is decided as in docs/theory/cell-ekf.md: h M(z) with h held at its mean beside the SOC's
 * points, R0's and M's SOC at the mean, an innovation beyond three standard deviations pulling like one of three.
 */
final class TextbookSpkf {
    static final int N = 7;
    private static final double KAPPA = 3.0 - N;

    private final CellType type;
    private final NoiseModel noise;
    private final double q; // As
    final double[] x = new double[N];
    double[][] p = new double[N][N];
    double v3;
    private double settledA;
    private double stepA;
    private double stepS;
    private double[][] moving = new double[0][];
    private final double[] pairs = new double[2]; // what drove each pair since the last correction, A²
    private double stay;
    private double biasStay;
    private double errorStay;
    private double spanWay;
    private double spanS;
    private boolean due = true;

    TextbookSpkf(CellType type, NoiseModel noise) {
        this.type = type;
        this.noise = noise;
        this.q = type.rating().capacityAh() * 3600.0;
    }

    /** Takes state and covariance over from the other reference: the first voltage is the subject of that one. */
    void takeOver(ReferenceEkf other, double nowA) {
        for (int j = 0; j < N; j++) {
            x[j] = other.x.get(j);
            for (int k = 0; k < N; k++) {
                p[j][k] = other.p.get(j, k);
            }
        }
        v3 = other.v3;
        settledA = nowA;
    }

    private double ohm(int branch, double soc, double tDegC) {
        List<RcBranch> branches = type.circuit().branches();
        return branch < branches.size() ? branches.get(branch).resistance().ohm(soc, tDegC) : 0.0;
    }

    private static double[][] cholesky(double[][] m) {
        double[][] l = new double[N][N];
        for (int j = 0; j < N; j++) {
            for (int i = j; i < N; i++) {
                double sum = m[i][j];
                for (int k = 0; k < j; k++) {
                    sum -= l[i][k] * l[j][k];
                }
                l[i][j] = i == j ? Math.sqrt(sum) : sum / l[j][j];
            }
        }
        return l;
    }

    /** Mean, then to either side along every column of the root of (n + kappa) P. */
    private double[][] points() {
        double[][] root = cholesky(p);
        double[][] points = new double[2 * N + 1][];
        points[0] = x.clone();
        for (int k = 0; k < N; k++) {
            double[] above = x.clone();
            double[] below = x.clone();
            for (int j = 0; j < N; j++) {
                double by = Math.sqrt(N + KAPPA) * root[j][k];
                above[j] += by;
                below[j] -= by;
            }
            points[1 + 2 * k] = above;
            points[2 + 2 * k] = below;
        }
        return points;
    }

    private double slope(int branch, double soc, double tDegC) {
        return (ohm(branch, soc + 1e-6, tDegC) - ohm(branch, soc - 1e-6, tDegC)) / 2e-6;
    }

    private static double weight(int point) {
        return point == 0 ? KAPPA / (N + KAPPA) : 0.5 / (N + KAPPA);
    }

    void predict(double lastA, double nowA, double tDegC, double dtS) {
        double meanA = 0.5 * (lastA + nowA);
        double counted = meanA < 0.0 ? type.rating().coulombicEfficiency() * meanA : meanA;
        double soc = x[0] + (x[5] - counted) * dtS / q; // resistances are those of the SOC the step leads to
        double way = Math.abs(counted) * dtS / q;
        double[] a = new double[3];
        for (int j = 0; j < 3; j++) {
            List<RcBranch> branches = type.circuit().branches();
            a[j] = j < branches.size() ? Math.exp(-dtS / branches.get(j).tauS()) : 0.0;
        }
        double stayed = 1.0 - type.ocv().hysteresis().turn(way);
        double biasStayed = Math.exp(-dtS / noise.current().memoryS());
        double errorStayed = Math.exp(
                -dtS / noise.voltage().memoryS() - way / noise.voltage().memorySoc());
        if (due) {
            moving = points();
            Arrays.fill(pairs, 0.0);
            stay = 1.0;
            biasStay = 1.0;
            errorStay = 1.0;
            spanWay = 0.0;
            spanS = 0.0;
        }
        for (double[] point : moving) {
            point[0] += -counted * dtS / q + dtS / q * point[5];
            point[1] = a[0] * point[1] + (1.0 - a[0]) * ohm(0, soc, tDegC) * meanA;
            point[2] = a[1] * point[2] + (1.0 - a[1]) * ohm(1, soc, tDegC) * meanA;
            point[3] = stayed * point[3] + (1.0 - stayed) * Math.signum(-meanA);
            point[5] *= biasStayed;
            point[6] *= errorStayed;
        }
        v3 = a[2] * v3 + (1.0 - a[2]) * ohm(2, soc, tDegC) * meanA;
        mean(moving);
        for (int j = 0; j < 2; j++) {
            double tauS = type.circuit().branches().get(j).tauS();
            pairs[j] = a[j] * a[j] * pairs[j] + Math.pow((1.0 - a[j]) * meanA, 2) * (1.0 + 2.0 * tauS / dtS);
        }
        stay *= stayed;
        biasStay *= biasStayed;
        errorStay *= errorStayed;
        spanWay += way;
        spanS += dtS;
        settledA = nowA + (settledA - nowA) * Math.exp(-dtS / noise.sample().stepMemoryS());
        stepA = nowA - lastA;
        stepS = dtS;
        due = spanS + 0.5 * dtS > Math.min(4.0, 0.5 * noise.sample().memoryS()) - 1e-9;
        if (due) {
            moments(moving);
            spread(soc, tDegC);
        }
    }

    private void spread(double soc, double tDegC) {
        ModelError error = type.error();
        double far = Math.max(0.0, Math.max(error.coldestDegC() - tDegC, tDegC - error.warmestDegC()));
        double surprise = Math.max(0.0, Math.abs(x[4]) - 2.0 * noise.circuit().r0Sigma());
        double beyond = noise.circuit().perKelvin() * far + surprise;
        double steep = beyond
                + noise.circuit().axisSigma()
                        * Math.abs(slope(0, soc, tDegC) + slope(1, soc, tDegC))
                        / (ohm(0, soc, tDegC) + ohm(1, soc, tDegC));
        double gain = noise.current().gainSigma();
        p[0][0] += 2.0 * 0.15 * gain * gain * spanWay;
        for (int j = 0; j < 2; j++) {
            p[1 + j][1 + j] += pairs[j] * Math.pow((noise.circuit().branchSigma() + steep) * ohm(j, soc, tDegC), 2);
        }
        p[3][3] += (1.0 - stay * stay) * Math.pow(noise.circuit().hysteresisSigma(), 2);
        p[4][4] += 2.0
                * spanWay
                / noise.circuit().r0MemorySoc()
                * Math.pow(noise.circuit().r0Sigma() + beyond, 2);
        p[5][5] += (1.0 - biasStay * biasStay) * Math.pow(noise.current().offsetPerH() * q / 3600.0, 2);
        double polarisation = (noise.circuit().polarisationSigma() + steep) * (x[1] + x[2] + v3);
        double own = Math.max(noise.voltage().leastV(), error.sigmaV(tDegC));
        double axis = noise.voltage().socSigma() * type.ocv().slopeV(x[0], tDegC);
        double lasting = own * own + Math.pow(noise.voltage().offsetV(), 2) + axis * axis;
        p[6][6] += (1.0 - errorStay * errorStay) * (lasting + polarisation * polarisation);
    }

    private void mean(double[][] points) {
        Arrays.fill(x, 0.0);
        for (int i = 0; i < points.length; i++) {
            for (int j = 0; j < N; j++) {
                x[j] += weight(i) * points[i][j];
            }
        }
    }

    private void moments(double[][] points) {
        mean(points);
        p = new double[N][N];
        for (int i = 0; i < points.length; i++) {
            for (int j = 0; j < N; j++) {
                for (int k = 0; k < N; k++) {
                    p[j][k] += weight(i) * (points[i][j] - x[j]) * (points[i][k] - x[k]);
                }
            }
        }
    }

    private double openV(double soc, double tDegC) {
        OcvCurve ocv = type.ocv();
        double inside = Math.min(1.0, Math.max(0.0, soc));
        return ocv.v(inside, tDegC) + (soc - inside) * Math.max(20.0, ocv.slopeV(soc, tDegC));
    }

    /** Returns the voltage expected before the correction, if one is due; else that at the mean. */
    double correct(double voltageV, double nowA, double tDegC) {
        double r0 = type.circuit().r0().ohm(x[0], tDegC);
        ResistanceMap map = type.circuit().r0();
        double r0Slope = (map.ohm(x[0] + 1e-6, tDegC) - map.ohm(x[0] - 1e-6, tDegC)) / 2e-6;
        double halfGapV = type.ocv().hysteresis().halfGapV(x[0]);
        double meanH = x[3];
        if (!due) {
            return openV(x[0], tDegC) + meanH * halfGapV - x[1] - x[2] - v3 - (1.0 + x[4]) * r0 * nowA + x[6];
        }
        double[][] points = points();
        double[] v = new double[points.length];
        double expected = 0.0;
        for (int i = 0; i < points.length; i++) {
            double[] s = points[i];
            double inside = Math.min(1.0, Math.max(0.0, s[0]));
            double hysteresisV = meanH * type.ocv().hysteresis().halfGapV(inside) + (s[3] - meanH) * halfGapV;
            v[i] = openV(s[0], tDegC)
                    + hysteresisV
                    - s[1]
                    - s[2]
                    - v3
                    - ((1.0 + s[4]) * r0 + r0Slope * (s[0] - x[0])) * nowA
                    + s[6];
            expected += weight(i) * v[i];
        }
        NoiseModel.SampleNoise quick = noise.sample();
        double freshA = nowA - settledA;
        double r = (Math.pow(quick.sigmaV(), 2) + Math.pow(quick.stepShare() * r0 * freshA, 2))
                        * (1.0 + 2.0 * quick.memoryS() / spanS)
                + Math.pow(r0 * stepA, 2) / 3.0 / Math.max(1.0, stepS);
        double s = r;
        double[] cross = new double[N];
        for (int i = 0; i < points.length; i++) {
            s += weight(i) * (v[i] - expected) * (v[i] - expected);
            for (int j = 0; j < N; j++) {
                cross[j] += weight(i) * (points[i][j] - x[j]) * (v[i] - expected);
            }
        }
        double residual = voltageV - expected;
        double sigmas = Math.abs(residual) / Math.sqrt(s);
        double taken = sigmas > 3.0 ? s * sigmas / 3.0 : s;
        for (int j = 0; j < N; j++) {
            x[j] += cross[j] / taken * residual;
            for (int k = 0; k < N; k++) {
                // P - K S K' for S as it is taken; with a larger S the measurement's own variance is taken to be larger
                p[j][k] -= cross[j] * cross[k] / taken;
            }
        }
        return expected;
    }
}
