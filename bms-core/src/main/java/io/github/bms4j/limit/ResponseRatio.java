package io.github.bms4j.limit;

import java.util.Arrays;

/**
 * How much stronger every cell answers the current than its model says, learned from its voltage over short windows.
 *
 * <p>Why beside the filter's resistance: that one follows the ohmic part alone, takes what is slower for an error of the voltage,
 * and forgets slowly. A promise of power needs what a pulse really meets, model error and age together. Over a window, primes
 * at its begin,
 *
 * <pre>
 * y = (rest - rest') - (v - v') = ratio x,   x = model - model'
 * ratio = (sum x y + P ratio0) / (sum x² + P)
 * </pre>
 *
 * <p>where "model" is the voltage drop whose ratio is sought and "rest" the model's voltage without it. A regression that begins
 * at a figure known beforehand and forgets by what it learns: the sum of x² is held below a bound. Units: V, s. Bad input: a
 * figure that is not a number makes its window count for nothing. Thread: one. Allocation: none after construction.
 */
final class ResponseRatio {
    /** A remembered sum of x² lies below its bound but for rounding. */
    private static final double MOST_SUM = 1.0 + 1e-6;
    /** A response beyond this is no cell's. */
    private static final double MOST_RATIO = 10.0;

    private final double windowS;
    private final double memoryV2;
    private final double leastSigma;
    private final double[] fromV;
    private final double[] fromRestV;
    private final double[] fromModelV;
    private final double[] xx;
    private final double[] xy;
    /** Ratio = learned + unlearned before. */
    private final double[] learned;

    private final double[] unlearned;
    private final double[] sigma;
    private final double priorV2;
    private final double priorSigma;
    private double ageS = Double.NaN;
    private boolean closes;

    /**
     * @param cells how many cells
     * @param windowS length of a window, s: how fast a response is looked at
     * @param windowSigmaV what a window's voltages are worth, V: noise of two readings and what the model does not know
     * @param memoryV2 sum of x² at which old windows fade as fast as new ones come, V²
     * @param priorSigma relative error of the model's drop before anything is learned
     * @param leastSigma what is left of the doubt however much was learned: SOC and temperature of a promise are not those of the
     *     pulses
     */
    ResponseRatio(
            int cells, double windowS, double windowSigmaV, double memoryV2, double priorSigma, double leastSigma) {
        this.windowS = windowS;
        this.memoryV2 = memoryV2;
        this.leastSigma = leastSigma;
        this.priorSigma = Math.max(leastSigma, priorSigma);
        this.priorV2 = windowSigmaV * windowSigmaV / (this.priorSigma * this.priorSigma);
        fromV = new double[cells];
        fromRestV = new double[cells];
        fromModelV = new double[cells];
        xx = new double[cells];
        xy = new double[cells];
        learned = new double[cells];
        unlearned = new double[cells];
        sigma = new double[cells];
        Arrays.fill(unlearned, 1.0);
        Arrays.fill(sigma, Math.sqrt(leastSigma * leastSigma + this.priorSigma * this.priorSigma));
        Arrays.fill(fromV, Double.NaN);
    }

    /** Begins a cycle, {@code dtS} after the last one; all cells follow. */
    void begin(double dtS) {
        ageS = closes ? dtS : ageS + dtS;
        closes = !(ageS < windowS);
    }

    /**
     * One cell of the cycle.
     *
     * @param v its reading, V; NaN without one
     * @param restV what the model says its voltage would be without the drop, V
     * @param modelV the drop by the model, V, positive discharging
     */
    void cell(int c, double v, double restV, double modelV) {
        if (!closes) {
            return;
        }
        double x = modelV - fromModelV[c];
        double y = restV - fromRestV[c] - (v - fromV[c]);
        if (ageS <= 2.0 * windowS && !Double.isNaN(x * y)) {
            double kept = memoryV2 / (memoryV2 + x * x);
            xx[c] = kept * (xx[c] + x * x);
            xy[c] = kept * (xy[c] + x * y);
            settle(c);
        }
        fromV[c] = v;
        fromRestV[c] = restV;
        fromModelV[c] = modelV;
    }

    private void settle(int c) {
        double all = xx[c] + priorV2;
        learned[c] = xy[c] / all;
        unlearned[c] = priorV2 / all;
        sigma[c] = Math.sqrt(leastSigma * leastSigma + priorSigma * priorSigma * unlearned[c]);
    }

    /** Sum of x² of a cell, V²: with {@link #sumXy} all that was learned of it. */
    double sumXx(int c) {
        return xx[c];
    }

    /** Sum of x y of a cell, V². */
    double sumXy(int c) {
        return xy[c];
    }

    /**
     * Goes on from what was learned of a cell before, as if only a share of it had been seen; sums that no cell can have left
     * change nothing.
     */
    void recall(int c, double sumXx, double sumXy, double share) {
        boolean possible = sumXx > 0.0 && sumXx <= MOST_SUM * memoryV2;
        if (possible && share > 0.0 && share <= 1.0 && Math.abs(sumXy) <= MOST_RATIO * sumXx) {
            xx[c] = share * sumXx;
            xy[c] = share * sumXy;
            settle(c);
        }
    }

    /** The ratio, starting from what is thought of it beforehand. */
    double ratio(int c, double before) {
        return learned[c] + unlearned[c] * before;
    }

    /** Its standard deviation. */
    double sigma(int c) {
        return sigma[c];
    }
}
