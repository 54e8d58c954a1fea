package io.github.bms4j.estimate;

import io.github.bms4j.num.Check;

/**
 * Weighted total least squares of y = Q x for many cells at once, recursive, with errors in both x and y.
 *
 * <p>A window of use gives a change of SOC x with standard deviation sx and the charge y that flowed with sy. The true x
 * is unknown; the likeliest line has the least
 *
 * <pre>sum of (y - Q x)² / (sy² + Q² sx²)      =      sum of a b / (a + Q² b),   a = (y - Qx)²/sx²,  b = (y - Qx)²/sy²</pre>
 *
 * <p>whose weights depend on Q, so it cannot be summed up in advance. Its tightest bound from above that can is the same
 * expression of the sums A and B, each a parabola in Q kept in three numbers:
 *
 * <pre>f(Q) = A B / (A + Q² B)</pre>
 *
 * <p>Exact where sx and sy have one ratio, and where one of them dominates. Derivation, interval and forgetting:
 * docs/theory/capacity.md. Units: Ah, SOC as a fraction. Thread: one. Allocation: none after construction.
 */
final class CapacityRegression {
    private static final int SCAN = 24;
    private static final int MOST_STEPS = 40;
    private static final double CLOSE = 1e-10;

    /** Ratio of the errors of a starting value, small as that of a window: nearly all of it in x. */
    private static final double START_RATIO = 0.1;

    private final double leastAh;
    private final double mostAh;
    private final double[] xxX;
    private final double[] xyX;
    private final double[] yyX;
    private final double[] xxY;
    private final double[] xyY;
    private final double[] yyY;
    private final double[] information;
    private final double[] passing;
    private final double[] lasting;
    private final double[] capacityAh;
    private final double[] variance;

    // Merit of the cell at hand at one capacity, with its first two derivatives.
    private double merit;
    private double slope;
    private double bend;

    CapacityRegression(int cells, double leastAh, double mostAh) {
        this.leastAh = Check.positive("leastAh", leastAh);
        this.mostAh = Check.positive("mostAh", mostAh);
        if (mostAh <= leastAh) {
            throw new IllegalArgumentException("mostAh (" + mostAh + ") must exceed leastAh (" + leastAh + ")");
        }
        xxX = new double[cells];
        xyX = new double[cells];
        yyX = new double[cells];
        xxY = new double[cells];
        xyY = new double[cells];
        yyY = new double[cells];
        information = new double[cells];
        passing = new double[cells];
        lasting = new double[cells];
        capacityAh = new double[cells];
        variance = new double[cells];
    }

    /** Forgets every window of a cell and starts from a capacity with its standard deviation, as one full window. */
    void start(int c, double ah, double sigmaAh) {
        Check.within("ah", ah, leastAh, mostAh);
        Check.positive("sigmaAh", sigmaAh);
        xxX[c] = xyX[c] = yyX[c] = 0.0;
        xxY[c] = xyY[c] = yyY[c] = 0.0;
        information[c] = 0.0;
        passing[c] = 0.0;
        lasting[c] = 0.0;
        double split = Math.sqrt(1.0 + START_RATIO * START_RATIO);
        add(c, 1.0, sigmaAh / ah / split, 0.0, ah, sigmaAh * START_RATIO / split);
    }

    /**
     * Takes one window; either sign, as long as x and y agree.
     *
     * @param x change of SOC
     * @param sigmaX its standard deviation, above 0
     * @param lastingX the part of it that is the same error in every window, at most sigmaX
     * @param y charge, Ah
     * @param sigmaY its standard deviation, Ah, above 0
     */
    void add(int c, double x, double sigmaX, double lastingX, double y, double sigmaY) {
        double wx = 1.0 / (sigmaX * sigmaX);
        double wy = 1.0 / (sigmaY * sigmaY);
        xxX[c] += x * x * wx;
        xyX[c] += x * y * wx;
        yyX[c] += y * y * wx;
        xxY[c] += x * x * wy;
        xyY[c] += x * y * wy;
        yyY[c] += y * y * wy;
        capacityAh[c] = likeliest(c);
        double q = capacityAh[c];
        double w = 1.0 / (sigmaY * sigmaY + q * q * sigmaX * sigmaX);
        information[c] += x * x * w;
        passing[c] += x * x * w * Math.max(0.0, 1.0 - q * q * lastingX * lastingX * w);
        lasting[c] += Math.abs(x) * q * lastingX * w;
        double bound = 1.0 / information[c];
        evaluate(c, q);
        variance[c] = bend > 0.0 ? Math.max(bound, 2.0 / bend) : bound;
    }

    /** Lets the capacity have drifted: all information fades so that the variance grows by the drift's. */
    void drift(int c, double sigmaAh) {
        double kept = variance[c] / (variance[c] + sigmaAh * sigmaAh);
        xxX[c] *= kept;
        xyX[c] *= kept;
        yyX[c] *= kept;
        xxY[c] *= kept;
        xyY[c] *= kept;
        yyY[c] *= kept;
        information[c] *= kept;
        passing[c] *= kept;
        lasting[c] *= kept;
        variance[c] /= kept;
    }

    double capacityAh(int c) {
        return capacityAh[c];
    }

    /** Standard deviation of what scatters from window to window, without the lasting part, Ah. */
    double scatterAh(int c) {
        return Math.sqrt(variance[c] * passing[c] / information[c]);
    }

    /** Error of the capacity, should the lasting errors of all windows have one sign, Ah. */
    double lastingAh(int c) {
        return lasting[c] / information[c];
    }

    /** The least merit: coarsely over the whole range, then Newton inside a shrinking bracket. */
    private double likeliest(int c) {
        double best = leastAh;
        double least = Double.POSITIVE_INFINITY;
        double step = (mostAh - leastAh) / SCAN;
        for (int k = 0; k <= SCAN; k++) {
            double q = leastAh + k * step;
            evaluate(c, q);
            if (merit < least) {
                least = merit;
                best = q;
            }
        }
        double low = Math.max(leastAh, best - step);
        double high = Math.min(mostAh, best + step);
        double q = best;
        for (int k = 0; k < MOST_STEPS && high - low > CLOSE * mostAh; k++) {
            evaluate(c, q);
            if (slope > 0.0) {
                high = q;
            } else {
                low = q;
            }
            double next = q - slope / bend;
            double previous = q;
            q = bend > 0.0 && next > low && next < high ? next : 0.5 * (low + high);
            if (Math.abs(q - previous) <= CLOSE * mostAh) {
                break;
            }
        }
        return q;
    }

    /** f = N / D with N = A B and D = A + Q² B; f' = (N' - f D') / D; f'' = (N'' - 2 f' D' - f D'') / D. */
    private void evaluate(int c, double q) {
        double a = Math.max(0.0, yyX[c] - 2.0 * q * xyX[c] + q * q * xxX[c]);
        double a1 = 2.0 * (q * xxX[c] - xyX[c]);
        double a2 = 2.0 * xxX[c];
        double b = Math.max(0.0, yyY[c] - 2.0 * q * xyY[c] + q * q * xxY[c]);
        double b1 = 2.0 * (q * xxY[c] - xyY[c]);
        double b2 = 2.0 * xxY[c];
        double d = a + q * q * b;
        if (!(d > 0.0)) { // every window lies on the line
            merit = 0.0;
            slope = 0.0;
            bend = 0.0;
            return;
        }
        double d1 = a1 + 2.0 * q * b + q * q * b1;
        double d2 = a2 + 2.0 * b + 4.0 * q * b1 + q * q * b2;
        merit = a * b / d;
        slope = (a1 * b + a * b1 - merit * d1) / d;
        bend = (a2 * b + 2.0 * a1 * b1 + a * b2 - 2.0 * slope * d1 - merit * d2) / d;
    }
}
