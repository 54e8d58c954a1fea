package io.github.bms4j.limit;

/**
 * How much of a {@link CurrentTimeRating} is used up, and what current it leaves for a horizon.
 *
 * <p>Units: A of the whole pack, s. Bad input: a current or a time that is not a number leaves the load as it is. Thread: one.
 * Allocation: none after construction.
 */
final class CurrentTimeLoad {
    private static final Horizon[] HORIZONS = Horizon.values();

    private final CurrentTimeRating rating;
    private final double[] meanA2;
    private final double[][] settled;

    CurrentTimeLoad(CurrentTimeRating rating) {
        this.rating = rating;
        meanA2 = new double[rating.means()];
        settled = new double[rating.means()][HORIZONS.length];
        for (int m = 0; m < meanA2.length; m++) {
            for (Horizon h : HORIZONS) {
                settled[m][h.ordinal()] = -StrictMath.expm1(-h.seconds() / rating.tauS(m));
            }
        }
    }

    int means() {
        return meanA2.length;
    }

    /** One of the means of the squared current, A². */
    double meanA2(int mean) {
        return meanA2[mean];
    }

    /**
     * Takes up what was carried when the power went.
     *
     * @param remembered the mean then, A²; one that is no mean of squares counts as used up to its bound
     * @param unseenA current that may have flowed on unseen, A
     * @param unseenS for how long, s
     * @param restS for how long nothing flowed after that, s; NaN, not known, lets nothing cool
     */
    void recall(int mean, double remembered, double unseenA, double unseenS, double restS) {
        double tauS = rating.tauS(mean);
        double before = remembered >= 0.0 && remembered < Double.POSITIVE_INFINITY ? remembered : rating.boundA2(mean);
        double carriedS = unseenS > 0.0 ? unseenS : 0.0;
        double carried = before - StrictMath.expm1(-carriedS / tauS) * (unseenA * unseenA - before);
        double hottest = Math.max(before, carried);
        meanA2[mean] = restS > 0.0 ? hottest * StrictMath.exp(-restS / tauS) : hottest;
    }

    LimitRule rule() {
        return rating.rule();
    }

    /** Carries a current for a while. */
    void carry(double packA, double dtS) {
        if (!(dtS > 0.0) || Double.isNaN(packA)) {
            return;
        }
        for (int m = 0; m < meanA2.length; m++) {
            double part = -StrictMath.expm1(-dtS / rating.tauS(m));
            meanA2[m] += part * (packA * packA - meanA2[m]);
        }
    }

    /** The highest constant current that keeps every mean within its bound over a horizon, A. */
    double mostA(Horizon horizon) {
        double leastA2 = Double.POSITIVE_INFINITY;
        for (int m = 0; m < meanA2.length; m++) {
            double part = settled[m][horizon.ordinal()];
            double room = (rating.boundA2(m) - (1.0 - part) * meanA2[m]) / part;
            leastA2 = room < leastA2 ? room : leastA2;
        }
        return Math.sqrt(Math.max(0.0, leastA2));
    }
}
