package io.github.bms4j.estimate;

/**
 * The small loops the block filters are made of, in the form the JIT compiler turns into vector instructions: one array
 * per quantity, the same index everywhere, at most nine array references and ten operations, no branch, no cast and no
 * look-up. docs/theory/vector-kernels.md says why.
 *
 * <p>Products are fused ({@link Math#fma}), which also settles their rounding on every CPU. Adding and taking away {@link
 * #TINY} rounds to multiples of about 1e-76 and leaves the rest as it is: a voltage that decays for hours would otherwise
 * become a denormal number, on which every step is a hundred times slower.
 *
 * <p>Thread: any. Allocation: none.
 */
final class Passes {
    /** Far below any square of a voltage or SOC that matters, far above the square root of the smallest double. */
    static final double TINY = 1e-60;

    private Passes() {}

    /**
     * Length of an array for n cells: the next that makes it, with its header of 16 bytes, a multiple of 64 bytes. Arrays
     * made one after the other then begin at the same distance from a cache line, so that all loads of a loop are aligned
     * together.
     */
    static int length(int n) {
        return (n + 1) / 8 * 8 + 6;
    }

    /** x = x + a y. */
    static void add(double[] x, double a, double[] y, int n) {
        for (int i = 0; i < n; i++) {
            x[i] = Math.fma(a, y[i], x[i]);
        }
    }

    /** x = y z. */
    static void product(double[] x, double[] y, double[] z, int n) {
        for (int i = 0; i < n; i++) {
            x[i] = y[i] * z[i];
        }
    }

    /** x = x + y z. */
    static void addProduct(double[] x, double[] y, double[] z, int n) {
        for (int i = 0; i < n; i++) {
            x[i] = Math.fma(y[i], z[i], x[i]);
        }
    }

    /** x = x + g z, y = y + h z. */
    static void addProducts(double[] x, double[] y, double[] g, double[] h, double[] z, int n) {
        for (int i = 0; i < n; i++) {
            double factor = z[i];
            x[i] = Math.fma(g[i], factor, x[i]);
            y[i] = Math.fma(h[i], factor, y[i]);
        }
    }

    /** x = x - y. */
    static void subtract(double[] x, double[] y, int n) {
        for (int i = 0; i < n; i++) {
            x[i] -= y[i];
        }
    }

    /** A resistance at its SOC: r = at0 + slope z. */
    static void line(double[] r, double[] at0, double[] slope, double[] z, int n) {
        for (int i = 0; i < n; i++) {
            r[i] = Math.fma(slope[i], z[i], at0[i]);
        }
    }

    /** The voltage of an RC pair with the resistance r = at0 + slope z: v = a v + r drive. */
    static void relax(double[] v, double[] at0, double[] slope, double[] z, double a, double drive, int n) {
        for (int i = 0; i < n; i++) {
            double ohm = Math.fma(slope[i], z[i], at0[i]);
            v[i] = Math.fma(a, v[i], Math.fma(ohm, drive, TINY)) - TINY;
        }
    }

    /** What falls off a resistance r = at0 + slope z: v = v + a r. */
    static void drop(double[] v, double[] at0, double[] slope, double[] z, double a, int n) {
        for (int i = 0; i < n; i++) {
            v[i] = Math.fma(a, Math.fma(slope[i], z[i], at0[i]), v[i]);
        }
    }

    /** The curve and its slope: y = c0 + z (c1 + z (c2 + z c3)), slope = c1 + z (2 c2 + z 3 c3). */
    static void cubic(double[] y, double[] slope, double[] z, SegmentCache c, int n) {
        cubic0(y, slope, z, c.c0, c.c1, c.c2, c.c3, n);
    }

    static void cubic0(
            double[] y, double[] slope, double[] z, double[] c0, double[] c1, double[] c2, double[] c3, int n) {
        for (int i = 0; i < n; i++) {
            double x = z[i];
            y[i] = Math.fma(x, Math.fma(x, Math.fma(x, c3[i], c2[i]), c1[i]), c0[i]);
            slope[i] = Math.fma(x, Math.fma(x, 3.0 * c3[i], 2.0 * c2[i]), c1[i]);
        }
    }

    /** On the diagonal: p = f (p + w g g) + q. */
    static void variance(double[] p, double[] w, double[] g, double f, double q, int n) {
        for (int i = 0; i < n; i++) {
            p[i] = Math.fma(f, Math.fma(w[i] * g[i], g[i], p[i]), q);
        }
    }

    /** An entry off the diagonal: p = f (p + w gj gp). */
    static void cross(double[] p, double[] w, double[] gj, double[] gp, double f, int n) {
        for (int i = 0; i < n; i++) {
            p[i] = Math.fma(f, Math.fma(w[i] * gj[i], gp[i], p[i]), TINY) - TINY;
        }
    }

    /** Two entries of row j off the diagonal: p = fp (p + w gj gp), r = fr (r + w gj gr). */
    static void cross(
            double[] p, double[] r, double[] w, double[] gj, double[] gp, double[] gr, double fp, double fr, int n) {
        for (int i = 0; i < n; i++) {
            double k = w[i] * gj[i];
            p[i] = Math.fma(fp, Math.fma(k, gp[i], p[i]), TINY) - TINY;
            r[i] = Math.fma(fr, Math.fma(k, gr[i], r[i]), TINY) - TINY;
        }
    }

    /** The entry of row j on the diagonal and one off it: p = fp (p + w gj gj) + q, r = fr (r + w gj gr). */
    static void corner(
            double[] p, double[] r, double[] w, double[] gj, double[] gr, double fp, double q, double fr, int n) {
        for (int i = 0; i < n; i++) {
            double k = w[i] * gj[i];
            p[i] = Math.fma(fp, Math.fma(k, gj[i], p[i]), q);
            r[i] = Math.fma(fr, Math.fma(k, gr[i], r[i]), TINY) - TINY;
        }
    }

    /** y = x, held within [0, 1]. */
    static void fraction(double[] y, double[] x, int n) {
        for (int i = 0; i < n; i++) {
            y[i] = Math.min(1.0, Math.max(0.0, x[i]));
        }
    }

    /** What is left of a variance after a correction: y = p + w g g. */
    static void corrected(double[] y, double[] p, double[] w, double[] g, int n) {
        for (int i = 0; i < n; i++) {
            y[i] = Math.fma(w[i] * g[i], g[i], p[i]);
        }
    }
}
