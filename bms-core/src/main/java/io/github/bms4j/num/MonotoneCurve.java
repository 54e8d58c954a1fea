package io.github.bms4j.num;

/**
 * A smooth curve through increasing points that never turns back between them, with its exact slope and its inverse.
 *
 * <p>Model: piecewise cubic Hermite polynomials whose node slopes are weighted harmonic means of the neighbouring
 * secants, so value and slope are continuous and the curve rises wherever the data rise. Outside the nodes it goes on
 * straight with the end slope. Derivation, with the proof that the slope stays positive: docs/theory/monotone-curve.md.
 *
 * <pre>y(x) = y_k + s (c1 + s (c2 + s c3)),   s = x - x_k</pre>
 *
 * <p>Bad input: NaN in, NaN out. Thread: any, immutable. Allocation: none after construction.
 *
 * @see "docs/theory/monotone-curve.md"
 */
public final class MonotoneCurve {
    /** Bisection alone would need about 1100 halvings from any bracket of doubles; Newton needs fewer than ten. */
    private static final int MOST_STEPS = 80;

    private final Axis x;
    private final double[] y;
    private final double[] c1;
    private final double[] c2;
    private final double[] c3;
    private final double firstSlope;
    private final double lastSlope;

    /**
     * @param x strictly increasing, finite, at least two nodes
     * @param y as many finite values, none below its predecessor
     * @throws IllegalArgumentException when a value or the lengths do not fit
     */
    public MonotoneCurve(double[] x, double[] y) {
        this.x = new Axis("x", x, 2);
        this.y = Table1D.values("y", y, x.length);
        int segments = x.length - 1;
        double[] h = new double[segments];
        double[] secant = new double[segments];
        for (int k = 0; k < segments; k++) {
            if (y[k + 1] < y[k]) {
                throw new IllegalArgumentException(
                        "y must not fall but y[" + (k + 1) + "] = " + y[k + 1] + " follows " + y[k]);
            }
            h[k] = x[k + 1] - x[k];
            secant[k] = (y[k + 1] - y[k]) / h[k];
        }
        double[] slope = nodeSlopes(h, secant);
        c1 = new double[segments];
        c2 = new double[segments];
        c3 = new double[segments];
        for (int k = 0; k < segments; k++) {
            c1[k] = slope[k];
            c2[k] = (3.0 * secant[k] - 2.0 * slope[k] - slope[k + 1]) / h[k];
            c3[k] = (slope[k] + slope[k + 1] - 2.0 * secant[k]) / (h[k] * h[k]);
        }
        firstSlope = slope[0];
        lastSlope = slope[segments];
    }

    private static double[] nodeSlopes(double[] h, double[] secant) {
        int segments = h.length;
        double[] slope = new double[segments + 1];
        for (int k = 1; k < segments; k++) {
            double left = secant[k - 1];
            double right = secant[k];
            if (left > 0.0 && right > 0.0) {
                double wLeft = 2.0 * h[k] + h[k - 1];
                double wRight = h[k] + 2.0 * h[k - 1];
                slope[k] = (wLeft + wRight) / (wLeft / left + wRight / right);
            }
        }
        if (segments == 1) {
            slope[0] = secant[0];
            slope[1] = secant[0];
        } else {
            slope[0] = endSlope(h[0], h[1], secant[0], secant[1]);
            slope[segments] = endSlope(h[segments - 1], h[segments - 2], secant[segments - 1], secant[segments - 2]);
        }
        return slope;
    }

    /**
     * The three-point slope at an end, at least a quarter of the end secant, which keeps the straight line outside the
     * nodes rising and so the inverse defined there. Rising data keep it below twice the secant.
     */
    private static double endSlope(double h, double nextH, double secant, double nextSecant) {
        double threePoint = ((2.0 * h + nextH) * secant - h * nextSecant) / (h + nextH);
        return Math.max(0.25 * secant, threePoint);
    }

    /** The value at {@code x}. */
    public double at(double x) {
        if (x <= this.x.first()) {
            return y[0] + firstSlope * (x - this.x.first());
        }
        if (x >= this.x.last()) {
            return y[y.length - 1] + lastSlope * (x - this.x.last());
        }
        int k = this.x.segment(x);
        double s = x - this.x.node(k);
        return y[k] + s * (c1[k] + s * (c2[k] + s * c3[k]));
    }

    /** dy/dx at {@code x}, the exact derivative of {@link #at}. */
    public double slopeAt(double x) {
        if (x <= this.x.first()) {
            return firstSlope;
        }
        if (x >= this.x.last()) {
            return lastSlope;
        }
        int k = this.x.segment(x);
        double s = x - this.x.node(k);
        return c1[k] + s * (2.0 * c2[k] + s * (3.0 * c3[k]));
    }

    /**
     * The x whose value is {@code y}; the lower end of a level stretch. Where the data end level, a y beyond them has
     * no x and the end node is given.
     */
    public double inverse(double y) {
        int last = this.y.length - 1;
        if (Double.isNaN(y)) {
            return Double.NaN;
        }
        if (y <= this.y[0]) {
            return firstSlope > 0.0 ? x.first() + (y - this.y[0]) / firstSlope : x.first();
        }
        if (y > this.y[last]) {
            return lastSlope > 0.0 ? x.last() + (y - this.y[last]) / lastSlope : x.last();
        }
        int k = segmentOfValue(y);
        return x.node(k) + solve(k, y - this.y[k]);
    }

    /** The segment with y[k] < y <= y[k + 1]; it is never level. */
    private int segmentOfValue(double y) {
        int low = 0;
        int high = this.y.length - 1;
        while (high - low > 1) {
            int middle = (low + high) >>> 1;
            if (this.y[middle] < y) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /** Newton inside a shrinking bracket: solves s (c1 + s (c2 + s c3)) = rise for s within segment k. */
    private double solve(int k, double rise) {
        double low = 0.0;
        double high = x.node(k + 1) - x.node(k);
        double s = high * (rise / (y[k + 1] - y[k]));
        for (int i = 0; i < MOST_STEPS; i++) {
            double miss = s * (c1[k] + s * (c2[k] + s * c3[k])) - rise;
            if (miss == 0.0) {
                return s;
            }
            if (miss > 0.0) {
                high = s;
            } else {
                low = s;
            }
            double next = s - miss / (c1[k] + s * (2.0 * c2[k] + s * (3.0 * c3[k])));
            if (!(next > low && next < high)) {
                next = 0.5 * (low + high);
            }
            if (next == s || next <= low || next >= high) {
                return next;
            }
            s = next;
        }
        return s;
    }
}
