package io.github.bms4j.estimate;

import io.github.bms4j.cell.PackLayout;
import io.github.bms4j.measure.Channel;
import io.github.bms4j.measure.PackSample;
import java.util.Arrays;

/**
 * The plain filter of neighbouring cells, one array per quantity, few enough to stay in the first-level cache.
 *
 * <p>Two forms of the same step: {@link #inPasses} runs the whole block through one small loop after the other, {@link
 * #cellByCell} takes each cell through the step at once, which is faster for a handful of cells. Both do the same
 * operations in the same order and so give the same bits.
 *
 * <pre>
 * time         x = F x + drive      P = F P F' + Q            F = diag(1, a1, a2)
 * measurement  g = P h'             h = (dOCV/dsoc, -1, -1)   s = h g + r
 *              x = x + g/s (v - predicted)                    P = P - g g'/s
 * </pre>
 *
 * <p>The last line is put off to the next step's time update, P = F (P + w g g') F' + Q with w = -1/s, which saves
 * reading and writing P once. A cell without a usable voltage has w = 0. Thread: one. Allocation: none after construction.
 */
final class PlainBlock {
    private final int from;
    private final int n;
    private final boolean diffusion;
    private final boolean scalar;
    private final SegmentCache curve;
    private final BlockTemperature temperature;
    private final BledCharge bled;
    /** SOC per charge, 1/As. */
    private final double[] perAs;

    private final double[] z;
    private final double[] v1;
    private final double[] v2;
    private final double[] v3;
    private final double[] p00;
    private final double[] p01;
    private final double[] p02;
    private final double[] p11;
    private final double[] p12;
    private final double[] p22;
    private final double[] w;
    private final double[] g0;
    private final double[] g1;
    private final double[] g2;

    /** Figures of the step at hand, shared by all blocks of a filter so that they stay in the cache. */
    static final class Scratch {
        final double[] cellV;
        final double[] weight;
        final double[] r0Ohm;
        final double[] r1Ohm;
        final double[] r2Ohm;
        final double[] slopeV;
        final double[] predictedV;
        final double[] excess;
        final double[] variance;
        final double[] soc;
        private boolean allWeigh = true;

        Scratch(int n) {
            cellV = new double[Passes.length(n)];
            weight = new double[Passes.length(n)];
            r0Ohm = new double[Passes.length(n)];
            r1Ohm = new double[Passes.length(n)];
            r2Ohm = new double[Passes.length(n)];
            slopeV = new double[Passes.length(n)];
            predictedV = new double[Passes.length(n)];
            excess = new double[Passes.length(n)];
            variance = new double[Passes.length(n)];
            soc = new double[Passes.length(n)];
            Arrays.fill(weight, 1.0);
        }

        /** Takes over the readings of n cells. */
        void read(Channel voltage, int from, int n) {
            boolean all = voltage.copy(from, n, cellV, weight);
            if (all && !allWeigh) {
                Arrays.fill(weight, 1.0);
            }
            allWeigh = all;
        }
    }

    PlainBlock(CellSegments tables, PackLayout layout, int from, int n, boolean diffusion, boolean scalar) {
        this.from = from;
        this.n = n;
        this.diffusion = diffusion;
        this.scalar = scalar;
        curve = new SegmentCache(tables, n, diffusion ? 4 : 3);
        temperature = new BlockTemperature(layout, from, n);
        bled = new BledCharge(layout, from, n);
        perAs = new double[Passes.length(n)];
        z = new double[Passes.length(n)];
        v1 = new double[Passes.length(n)];
        v2 = new double[Passes.length(n)];
        v3 = new double[Passes.length(n)];
        p00 = new double[Passes.length(n)];
        p01 = new double[Passes.length(n)];
        p02 = new double[Passes.length(n)];
        p11 = new double[Passes.length(n)];
        p12 = new double[Passes.length(n)];
        p22 = new double[Passes.length(n)];
        w = new double[Passes.length(n)];
        g0 = new double[Passes.length(n)];
        g1 = new double[Passes.length(n)];
        g2 = new double[Passes.length(n)];
    }

    /** Capacity and resistances of one cell of the block. */
    void cell(int i, double capacityAs, double resistanceScale) {
        perAs[i] = 1.0 / capacityAs;
        curve.scale(i, resistanceScale);
    }

    void start(double soc, double socVariance, double rcVariance, double rc2Variance) {
        bled.restart();
        Arrays.fill(z, soc);
        Arrays.fill(v1, 0.0);
        Arrays.fill(v2, 0.0);
        Arrays.fill(v3, 0.0);
        Arrays.fill(p00, socVariance);
        forget(rcVariance, rc2Variance);
    }

    /** The same for each cell by itself, from arrays over all cells of the pack. */
    void start(double[] soc, double[] sigma, double rcVariance, double rc2Variance) {
        start(0.0, 1.0, rcVariance, rc2Variance);
        for (int i = 0; i < n; i++) {
            z[i] = soc[from + i];
            p00[i] = sigma[from + i] * sigma[from + i];
        }
    }

    void startFrom(PackEstimate now, double rcVariance, double rc2Variance) {
        bled.restart();
        for (int i = 0; i < n; i++) {
            z[i] = now.soc(from + i);
            p00[i] = now.socSigma(from + i) * now.socSigma(from + i);
            v1[i] = now.fastRcV(from + i);
            v2[i] = now.slowRcV(from + i);
            v3[i] = now.diffusionV(from + i);
        }
        forget(rcVariance, rc2Variance);
    }

    private void forget(double rcVariance, double rc2Variance) {
        Arrays.fill(p01, 0.0);
        Arrays.fill(p02, 0.0);
        Arrays.fill(p11, rcVariance);
        Arrays.fill(p12, 0.0);
        Arrays.fill(p22, rc2Variance);
        Arrays.fill(w, 0.0);
    }

    /** One step of all cells, and what is known after it when {@code into} is given. */
    void step(PlainStep s, PackSample sample, Scratch t) {
        temperature.follow(sample.temperature(), curve);
        t.read(sample.cellVoltage(), from, n);
        if (sample.bleeds()) {
            for (int i = 0; i < n; i++) {
                z[i] -= bled.sinceAs(sample, i) * perAs[i];
            }
        }
        if (s.gap) {
            Passes.corrected(p00, p00, w, g0, n);
            for (int i = 0; i < n; i++) {
                p00[i] += s.qSoc;
            }
            forget(s.rcVariance, s.rc2Variance);
        }
        if (scalar) {
            cellByCell(s, t);
        } else {
            inPasses(s, t);
        }
    }

    private void inPasses(PlainStep s, Scratch t) {
        if (!s.gap) {
            Passes.variance(p00, w, g0, 1.0, s.qSoc, n);
            Passes.cross(p01, p02, w, g0, g1, g2, s.a1, s.a2, n);
            Passes.corner(p11, p12, w, g1, g2, s.a1 * s.a1, s.qRc, s.a1 * s.a2, n);
            Passes.variance(p22, w, g2, s.a2 * s.a2, s.qRc2, n);
            Passes.add(z, -s.movedAs, perAs, n);
        }
        curve.follow(z, n);
        Passes.cubic(t.predictedV, t.slopeV, z, curve, n);
        Passes.relax(v1, curve.at0[1], curve.slope[1], z, s.a1, s.drive1, n);
        Passes.relax(v2, curve.at0[2], curve.slope[2], z, s.a2, s.drive2, n);
        if (diffusion) {
            Passes.relax(v3, curve.at0[3], curve.slope[3], z, s.a3, s.drive3, n);
            Passes.subtract(t.predictedV, v3, n);
        }
        Passes.drop(t.predictedV, curve.at0[0], curve.slope[0], z, -s.nowA, n);
        terminal(t.predictedV, t.excess, v1, v2, t.cellV, n);
        row(g0, t.slopeV, p00, p01, p02, n);
        row(g1, t.slopeV, p01, p11, p12, n);
        row(g2, t.slopeV, p02, p12, p22, n);
        weigh(w, t.excess, t.slopeV, g0, g1, g2, t.weight, s.r, n);
        Passes.addProducts(z, v1, g0, g1, t.excess, n);
        Passes.addProduct(v2, g2, t.excess, n);
    }

    /** v = v - v1 - v2; by how much it exceeds the reading. */
    private static void terminal(double[] v, double[] excess, double[] v1, double[] v2, double[] cellV, int n) {
        for (int i = 0; i < n; i++) {
            double predicted = v[i] - (v1[i] + v2[i]);
            v[i] = predicted;
            excess[i] = predicted - cellV[i];
        }
    }

    /** A row of g = P h'. */
    private static void row(double[] g, double[] slope, double[] p0, double[] p1, double[] p2, int n) {
        for (int i = 0; i < n; i++) {
            g[i] = Math.fma(slope[i], p0[i], -(p1[i] + p2[i]));
        }
    }

    /** w = -weight / s; the excess becomes w times itself. */
    private static void weigh(
            double[] w,
            double[] excess,
            double[] slope,
            double[] g0,
            double[] g1,
            double[] g2,
            double[] weight,
            double r,
            int n) {
        for (int i = 0; i < n; i++) {
            double minusInverse = -weight[i] / Math.fma(slope[i], g0[i], r - (g1[i] + g2[i]));
            w[i] = minusInverse;
            excess[i] = minusInverse * excess[i];
        }
    }

    private void cellByCell(PlainStep s, Scratch t) {
        for (int i = 0; i < n; i++) {
            if (!s.gap) {
                predict(i, s);
            }
            curve.follow(i, z[i]);
            correct(i, s, t);
        }
    }

    private void predict(int i, PlainStep s) {
        double g0i = g0[i];
        double g1i = g1[i];
        double g2i = g2[i];
        double k0 = w[i] * g0i;
        double k1 = w[i] * g1i;
        double k2 = w[i] * g2i;
        p00[i] = Math.fma(k0, g0i, p00[i]) + s.qSoc;
        p01[i] = Math.fma(s.a1, Math.fma(k0, g1i, p01[i]), Passes.TINY) - Passes.TINY;
        p02[i] = Math.fma(s.a2, Math.fma(k0, g2i, p02[i]), Passes.TINY) - Passes.TINY;
        p11[i] = Math.fma(s.a1 * s.a1, Math.fma(k1, g1i, p11[i]), s.qRc);
        p12[i] = Math.fma(s.a1 * s.a2, Math.fma(k1, g2i, p12[i]), Passes.TINY) - Passes.TINY;
        p22[i] = Math.fma(s.a2 * s.a2, Math.fma(k2, g2i, p22[i]), s.qRc2);
        z[i] = Math.fma(-s.movedAs, perAs[i], z[i]);
    }

    private void correct(int i, PlainStep s, Scratch t) {
        double x = z[i];
        double c1 = curve.c1[i];
        double c2 = curve.c2[i];
        double c3 = curve.c3[i];
        double v = Math.fma(x, Math.fma(x, Math.fma(x, c3, c2), c1), curve.c0[i]);
        double slope = Math.fma(x, Math.fma(x, 3.0 * c3, 2.0 * c2), c1);
        double ohm0 = ohm(0, i, x);
        double ohm1 = ohm(1, i, x);
        double ohm2 = ohm(2, i, x);
        double rc1 = Math.fma(s.a1, v1[i], Math.fma(ohm1, s.drive1, Passes.TINY)) - Passes.TINY;
        double rc2 = Math.fma(s.a2, v2[i], Math.fma(ohm2, s.drive2, Passes.TINY)) - Passes.TINY;
        if (diffusion) {
            double ohm3 = ohm(3, i, x);
            double rc3 = Math.fma(s.a3, v3[i], Math.fma(ohm3, s.drive3, Passes.TINY)) - Passes.TINY;
            v3[i] = rc3;
            v -= rc3;
        }
        double predicted = Math.fma(-s.nowA, ohm0, v) - (rc1 + rc2);
        double g0i = Math.fma(slope, p00[i], -(p01[i] + p02[i]));
        double g1i = Math.fma(slope, p01[i], -(p11[i] + p12[i]));
        double g2i = Math.fma(slope, p02[i], -(p12[i] + p22[i]));
        double minusInverse = -t.weight[i] / Math.fma(slope, g0i, s.r - (g1i + g2i));
        double move = minusInverse * (predicted - t.cellV[i]);
        z[i] = Math.fma(g0i, move, x);
        v1[i] = Math.fma(g1i, move, rc1);
        v2[i] = Math.fma(g2i, move, rc2);
        w[i] = minusInverse;
        g0[i] = g0i;
        g1[i] = g1i;
        g2[i] = g2i;
        t.predictedV[i] = predicted;
        t.slopeV[i] = slope;
    }

    private double ohm(int r, int i, double soc) {
        return Math.fma(curve.slope[r][i], soc, curve.at0[r][i]);
    }

    /** Writes what is known after the step. */
    void report(Scratch t, PackEstimate into) {
        Passes.corrected(t.variance, p00, w, g0, n);
        Passes.line(t.r0Ohm, curve.at0[0], curve.slope[0], z, n);
        Passes.line(t.r1Ohm, curve.at0[1], curve.slope[1], z, n);
        Passes.line(t.r2Ohm, curve.at0[2], curve.slope[2], z, n);
        Passes.fraction(t.soc, z, n);
        into.states(from, n, t.soc, t.variance, v1, v2, v3);
        into.circuits(from, n, t.predictedV, t.r0Ohm, t.r1Ohm, t.r2Ohm, t.slopeV);
    }
}
