package io.github.bms4j.detect;

/**
 * Notices when a quantity that should stay where it is does not any more, and tells by how much and since when.
 *
 * <p>What is usual is learned: {@code y = offset + share * regressor}, both wandering slowly. What lies off it beyond a slack is added
 * up to either side (a cumulative sum, bounded below by nothing). While a sum stands nothing is learned, so that the change is not
 * taken for the new usual; a sum that stands for three days without anybody taking
 * it for a change is dropped.
 *
 * <p>The unit is that of y. Thread: one. Allocation: none after construction.
 */
final class ChangeWatch {
    private static final double DAY_S = 86_400.0;

    /** Sum, in sigmas, from which on nothing is learned, and at which it is a change. */
    private static final double STANDS = 3.0;

    private static final double CHANGED = 20.0;

    /** One measurement counts for so much at most. */
    private static final double MOST = 6.0;

    private static final double MOST_DAYS = 3.0;

    /** Of a change that comes slowly a part may have been learned before it stood. */
    private static final double LEARNED_SHARE = 0.15;

    private static final double SUDDEN = 4.5;

    /** The size of a change is the mean of about so many of the last measurements. */
    private static final double LAST = 15.0;

    /**
     * What is expected of a quantity.
     *
     * @param offset standard deviation of the offset before anything was measured
     * @param share standard deviation of the share of the regressor
     * @param offsetPerDay by how much the offset wanders in a root of a day
     * @param sharePerDay by how much the share does
     * @param slack a deviation of that size is nothing
     * @param learnS for how long nothing is a change, s
     */
    record Usual(double offset, double share, double offsetPerDay, double sharePerDay, double slack, double learnS) {}

    private final Usual usual;
    private final StateBank bank;
    private final double[] up;
    private final double[] down;
    private final double[] meanOff;
    private final double[] meanVariance;
    private final boolean[] sudden;
    private final int[] count;
    private final long[] onset;
    private final double[] learnedS;
    private final double[] standsS;
    private final double[] h = {1.0, 0.0};

    ChangeWatch(int members, Usual usual) {
        this.usual = usual;
        bank = new StateBank(2, members);
        bank.start(usual.offset(), usual.share());
        up = new double[members];
        down = new double[members];
        meanOff = new double[members];
        meanVariance = new double[members];
        sudden = new boolean[members];
        count = new int[members];
        onset = new long[members];
        learnedS = new double[members];
        standsS = new double[members];
    }

    /** Takes a measurement of variance r that came dtS after the last one. */
    void step(int m, double y, double regressor, double r, double dtS, long nanos) {
        double days = dtS / DAY_S;
        bank.fade(0, m, 1.0, usual.offsetPerDay() * usual.offsetPerDay() * days);
        bank.fade(1, m, 1.0, usual.sharePerDay() * usual.sharePerDay() * days);
        h[1] = regressor;
        double residual = y - bank.value(0, m) - regressor * bank.value(1, m);
        double known = bank.variance(m, h);
        double sigma = Math.sqrt(known + r);
        learnedS[m] += dtS;
        if (learnedS[m] >= usual.learnS()) {
            up[m] = sum(up[m], (residual - usual.slack()) / sigma);
            down[m] = sum(down[m], (-residual - usual.slack()) / sigma);
        }
        if (up[m] == 0.0 && down[m] == 0.0) {
            onset[m] = nanos;
        }
        boolean stands = Math.max(up[m], down[m]) > STANDS;
        count[m] = stands ? count[m] + 1 : 0;
        if (count[m] == 1) {
            sudden[m] = (nanos - onset[m]) * 1e-9 <= SUDDEN * dtS;
        }
        double n = Math.min(LAST, Math.max(1, count[m] - 1)); // the first one may lie half before the change
        meanOff[m] += (residual - meanOff[m]) / n;
        meanVariance[m] = known + r / n + 0.25 * usual.slack() * usual.slack();
        standsS[m] = stands ? standsS[m] + dtS : 0.0;
        if (!stands) {
            bank.correct(m, h, residual, r);
        } else if (standsS[m] > MOST_DAYS * DAY_S) {
            bank.fade(0, m, 1.0, meanOff[m] * meanOff[m]);
            drop(m);
        }
    }

    private static double sum(double before, double sigmas) {
        return Math.max(0.0, before + Math.min(MOST, sigmas) - 1.0);
    }

    /** Whether a change stands whose size is beyond {@code least} for sure. */
    boolean changed(int m, double least, double sigmas) {
        return Math.max(up[m], down[m]) > CHANGED && Math.abs(change(m)) - sigmas * Math.sqrt(meanVariance[m]) > least;
    }

    /** Whether the change that stands came within a few measurements. */
    boolean sudden(int m) {
        return sudden[m];
    }

    /** Size of the change that stands. */
    double change(int m) {
        return meanOff[m];
    }

    /** Its standard deviation, with what may have been learned of it before. */
    double changeSigma(int m) {
        double learned = count[m] > LAST ? LEARNED_SHARE * meanOff[m] : 0.0;
        return Math.sqrt(meanVariance[m] + learned * learned);
    }

    /** When it began, monotonic nanoseconds. */
    long onset(int m) {
        return onset[m];
    }

    /** The change is the new usual. */
    void accept(int m) {
        bank.move(0, m, meanOff[m]);
        bank.fade(0, m, 1.0, meanVariance[m]);
        drop(m);
    }

    private void drop(int m) {
        up[m] = 0.0;
        down[m] = 0.0;
        standsS[m] = 0.0;
        count[m] = 0;
        meanOff[m] = 0.0;
    }
}
