package io.github.bms4j.estimate;

import static io.github.bms4j.estimate.Passes.TINY;

/**
 * The small loops that only the filter with all states needs, by the rules of {@link Passes}.
 *
 * <p>{@link FilterKernel} does the same operations in the same order for one cell. Thread: any. Allocation: none.
 */
final class FilterPasses {
    /** Weight of a sigma point that moves the SOC. */
    static final double SIXTH = 1.0 / 6.0;

    private FilterPasses() {}

    /** Counts, and lets the offset fade: z = z - moved + perA b, b = f b. */
    static void count(double[] z, double[] b, double moved, double perA, double f, int n) {
        for (int i = 0; i < n; i++) {
            double offset = b[i];
            z[i] = Math.fma(perA, offset, z[i] - moved);
            b[i] = Math.fma(f, offset, TINY) - TINY;
        }
    }

    /** Turns the hysteresis and lets the lasting error fade: h = fh h + push, e = fe e. */
    static void turn(double[] h, double[] e, double fh, double push, double fe, int n) {
        for (int i = 0; i < n; i++) {
            h[i] = Math.fma(fh, h[i], push);
            e[i] = Math.fma(fe, e[i], TINY) - TINY;
        }
    }

    /** The part of the lasting error's variance that comes of the curve: last = base + axis2 (slope² + beyond). */
    static void lasting(double[] last, double[] base, double[] slope, double[] beyond, double axis2, int n) {
        for (int i = 0; i < n; i++) {
            last[i] = Math.fma(axis2, Math.fma(slope[i], slope[i], beyond[i]), base[i]);
        }
    }

    /** An RC pair with r = at0 + slope z: v = a v + r drive. */
    static void relax(double[] v, double[] r, double[] at0, double[] slope, double[] z, double a, double drive, int n) {
        for (int i = 0; i < n; i++) {
            double ohm = Math.fma(slope[i], z[i], at0[i]);
            r[i] = ohm;
            v[i] = Math.fma(a, v[i], Math.fma(ohm, drive, TINY)) - TINY;
        }
    }

    /** All polarisation, and the lasting error of which it is the cause. */
    static void polarisation(
            double[] sum, double[] last, double[] v1, double[] v2, double[] v3, double[] share, double[] more, int n) {
        for (int i = 0; i < n; i++) {
            double v = v1[i] + v2[i] + v3[i];
            double part = (share[i] + more[i]) * v;
            sum[i] = v;
            last[i] = Math.fma(part, part, last[i]);
        }
    }

    /** All polarisation. */
    static void sum(double[] sum, double[] v1, double[] v2, double[] v3, int n) {
        for (int i = 0; i < n; i++) {
            sum[i] = v1[i] + v2[i] + v3[i];
        }
    }

    /** By how much R0's error is beyond what is usual: y = max(0, |r| - usual). */
    static void surprise(double[] y, double[] r, double usual, int n) {
        for (int i = 0; i < n; i++) {
            y[i] = Math.max(0.0, Math.abs(r[i]) - usual);
        }
    }

    /** Adds to a relative error what an error of the SOC makes of two resistances: y = x + axis |slopes| / (r1 + r2). */
    static void steep(
            double[] y, double[] x, double[] r1, double[] r2, double[] slope1, double[] slope2, double axis, int n) {
        for (int i = 0; i < n; i++) {
            y[i] = x[i] + axis * Math.abs(slope1[i] + slope2[i]) / (r1[i] + r2[i]);
        }
    }

    /** What the terminal voltage changes by with the SOC: the curve, and the drop over R0: y = x + minusA slope. */
    static void bySoc(double[] y, double[] x, double[] slope, double minusA, int n) {
        for (int i = 0; i < n; i++) {
            double drop = minusA * slope[i];
            y[i] = x[i] + drop;
        }
    }

    /** With R0 = at0 + slope z: drop = minusA R0, quick = least + perOhm2 R0². */
    static void drop(
            double[] drop,
            double[] quick,
            double[] at0,
            double[] slope,
            double[] z,
            double minusA,
            double least,
            double perOhm2,
            int n) {
        for (int i = 0; i < n; i++) {
            double ohm = Math.fma(slope[i], z[i], at0[i]);
            drop[i] = minusA * ohm;
            quick[i] = Math.fma(perOhm2, ohm * ohm, least);
        }
    }

    /** With R0 = at0 + slope z: drop = minusA R0. */
    static void drop(double[] drop, double[] at0, double[] slope, double[] z, double minusA, int n) {
        for (int i = 0; i < n; i++) {
            drop[i] = minusA * Math.fma(slope[i], z[i], at0[i]);
        }
    }

    /** v = open - polarisation + (1 + r) drop + e, and by how much it exceeds the reading. */
    static void terminal(
            double[] v,
            double[] excess,
            double[] open,
            double[] sum,
            double[] r,
            double[] drop,
            double[] e,
            double[] cellV,
            int n) {
        for (int i = 0; i < n; i++) {
            double predicted = Math.fma(1.0 + r[i], drop[i], e[i]) + (open[i] - sum[i]);
            v[i] = predicted;
            excess[i] = predicted - cellV[i];
        }
    }

    /** R0 = at0 + slope z with its error: y = (1 + r) R0. */
    static void resistance(double[] y, double[] at0, double[] slope, double[] z, double[] r, int n) {
        for (int i = 0; i < n; i++) {
            y[i] = (1.0 + r[i]) * Math.fma(slope[i], z[i], at0[i]);
        }
    }

    /** y = w g. */
    static void gain(double[] y, double[] w, double[] g, int n) {
        for (int i = 0; i < n; i++) {
            y[i] = w[i] * g[i];
        }
    }

    /** The entries of state j in the rows of SOC and offset: both corrected, the offset's taken into the SOC's, both scaled. */
    static void coupled(
            double[] pz, double[] pb, double[] kz, double[] kb, double[] gj, double perA, double fz, double fb, int n) {
        for (int i = 0; i < n; i++) {
            double b = Math.fma(kb[i], gj[i], pb[i]);
            double z = Math.fma(kz[i], gj[i], pz[i]);
            pz[i] = Math.fma(fz, Math.fma(perA, b, z), TINY) - TINY;
            pb[i] = Math.fma(fb, b, TINY) - TINY;
        }
    }

    /** The entries of SOC and offset with each other, that of the offset (pb) corrected already. */
    static void counted(
            double[] pz,
            double[] pzb,
            double[] pb,
            double[] kz,
            double[] gz,
            double[] gb,
            double perA,
            double fb,
            double q,
            int n) {
        for (int i = 0; i < n; i++) {
            double before = Math.fma(kz[i], gb[i], pzb[i]);
            double after = Math.fma(perA, pb[i], before);
            pzb[i] = Math.fma(fb, after, TINY) - TINY;
            pz[i] = Math.fma(perA, before + after, Math.fma(kz[i], gz[i], pz[i])) + q;
        }
    }

    /** p = p + k g. */
    static void corrected(double[] p, double[] k, double[] g, int n) {
        for (int i = 0; i < n; i++) {
            p[i] = Math.fma(k[i], g[i], p[i]);
        }
    }

    /** p = f p + q, never a denormal. */
    static void grow(double[] p, double f, double q, int n) {
        double more = q + TINY;
        for (int i = 0; i < n; i++) {
            p[i] = Math.fma(f, p[i], more) - TINY;
        }
    }

    /** On the diagonal: p = f (p + w g g) + q. */
    static void variance(double[] p, double[] w, double[] g, double f, double q, int n) {
        double more = q + TINY;
        for (int i = 0; i < n; i++) {
            p[i] = Math.fma(f, Math.fma(w[i] * g[i], g[i], p[i]), more) - TINY;
        }
    }

    /** The same with q = c v. */
    static void variance(double[] p, double[] w, double[] g, double f, double c, double[] v, int n) {
        for (int i = 0; i < n; i++) {
            p[i] = Math.fma(f, Math.fma(w[i] * g[i], g[i], p[i]), Math.fma(c, v[i], TINY)) - TINY;
        }
    }

    /** The same with q = c (share + more)². */
    static void variance(double[] p, double[] w, double[] g, double f, double c, double[] share, double[] more, int n) {
        for (int i = 0; i < n; i++) {
            double part = share[i] + more[i];
            double q = Math.fma(c * part, part, TINY);
            p[i] = Math.fma(f, Math.fma(w[i] * g[i], g[i], p[i]), q) - TINY;
        }
    }

    /** r = (share + more) r. */
    static void doubt(double[] r, double[] share, double[] more, int n) {
        for (int i = 0; i < n; i++) {
            r[i] = (share[i] + more[i]) * r[i];
        }
    }

    /** On the diagonal with q = c r². */
    static void driven(double[] p, double[] w, double[] g, double f, double c, double[] r, int n) {
        for (int i = 0; i < n; i++) {
            double q = Math.fma(c * r[i], r[i], TINY);
            p[i] = Math.fma(f, Math.fma(w[i] * g[i], g[i], p[i]), q) - TINY;
        }
    }

    /** The part of g = P H' that every cell has alike but for the slope: g = slope pz - (p1 + p2) + pe. */
    static void row(double[] g, double[] slope, double[] pz, double[] p1, double[] p2, double[] pe, int n) {
        for (int i = 0; i < n; i++) {
            g[i] = Math.fma(slope[i], pz[i], pe[i] - (p1[i] + p2[i]));
        }
    }

    /** The same with the offset of the reading: g = slope pz - (p1 + p2) + (pe + pw). */
    static void row(
            double[] g, double[] slope, double[] pz, double[] p1, double[] p2, double[] pe, double[] pw, int n) {
        for (int i = 0; i < n; i++) {
            g[i] = Math.fma(slope[i], pz[i], pe[i] + pw[i] - (p1[i] + p2[i]));
        }
    }

    /** The rest of it: g = g + gap ph + drop pr. */
    static void rest(double[] g, double[] gap, double[] ph, double[] drop, double[] pr, int n) {
        for (int i = 0; i < n; i++) {
            g[i] = Math.fma(gap[i], ph[i], Math.fma(drop[i], pr[i], g[i]));
        }
    }

    /**
     * The variance of the predicted voltage s = s + quick, what a state moves by per its g, and w of the pending correction:
     * with a = weight / s, move = -a excess and w = a (a s - 2), Joseph's form for the gain a g.
     */
    static void weigh(double[] s, double[] quick, double[] weight, double[] excess, double[] w, double[] move, int n) {
        for (int i = 0; i < n; i++) {
            double all = s[i] + quick[i];
            double a = weight[i] / all;
            s[i] = all;
            w[i] = a * Math.fma(a, all, -2.0);
            move[i] = -a * excess[i];
        }
    }

    /** y = x - v. */
    static void difference(double[] y, double[] x, double[] v, int n) {
        for (int i = 0; i < n; i++) {
            y[i] = x[i] - v[i];
        }
    }

    /** Three states, or the last of them: x = x + g z, y = y + h z, u = u + k z. */
    static void move(double[] x, double[] y, double[] u, double[] g, double[] h, double[] k, double[] z, int n) {
        for (int i = 0; i < n; i++) {
            double factor = z[i];
            x[i] = Math.fma(g[i], factor, x[i]);
            y[i] = Math.fma(h[i], factor, y[i]);
            u[i] = Math.fma(k[i], factor, u[i]);
        }
    }

    /** The squared innovation over its variance: m = -move excess. */
    static void misfit(double[] m, double[] move, double[] excess, int n) {
        for (int i = 0; i < n; i++) {
            m[i] = -move[i] * excess[i];
        }
    }

    /** mean = mean + share weight (min(m, most) - mean). */
    static void mean(double[] mean, double[] m, double[] weight, double share, double most, int n) {
        for (int i = 0; i < n; i++) {
            mean[i] = Math.fma(share * weight[i], Math.min(m[i], most) - mean[i], mean[i]);
        }
    }

    /** The SOCs of the two sigma points that move it. */
    static void sigmaPoints(double[] reach, double[] above, double[] below, double[] z, double[] pz, int n) {
        for (int i = 0; i < n; i++) {
            double l = Math.sqrt(3.0 * pz[i]);
            reach[i] = l;
            above[i] = z[i] + l;
            below[i] = z[i] - l;
        }
    }

    /** The open-circuit voltage with what hysteresis adds: y = c0 + z (c1 + z (c2 + z c3)) + h (gap0 + gap1 z). */
    static void curve(
            double[] y,
            double[] z,
            double[] c0,
            double[] c1,
            double[] c2,
            double[] c3,
            double[] gap0,
            double[] gap1,
            double[] h,
            int n) {
        for (int i = 0; i < n; i++) {
            double x = z[i];
            double middle = Math.fma(x, Math.fma(x, Math.fma(x, c3[i], c2[i]), c1[i]), c0[i]);
            y[i] = Math.fma(Math.fma(gap1[i], x, gap0[i]), h[i], middle);
        }
    }

    /** The slope of the secant. */
    static void secant(double[] slope, double[] above, double[] below, double[] reach, int n) {
        for (int i = 0; i < n; i++) {
            slope[i] = (above[i] - below[i]) * (0.5 / reach[i]);
        }
    }

    /** The mean over the sigma points, and what the secant does not explain as more noise. */
    static void bend(double[] open, double[] quick, double[] above, double[] below, int n) {
        for (int i = 0; i < n; i++) {
            double b = (above[i] + below[i] - 2.0 * open[i]) * SIXTH;
            open[i] += b;
            quick[i] = Math.fma(2.0 * b, b, quick[i]);
        }
    }
}
