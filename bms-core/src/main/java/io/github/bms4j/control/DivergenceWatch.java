package io.github.bms4j.control;

import io.github.bms4j.estimate.PackEstimate;

/**
 * Tells when an estimate no longer fits the readings: the innovations of a cell are too large for what the filter states, or it has
 * lost the SOC it once knew.
 *
 * <p>Not knowing yet is no divergence: a start with a wide sigma is honest. Thread: one. Allocation: none.
 */
final class DivergenceWatch {
    /** 99.9 % of a squared normal innovation over its variance lie below. */
    private static final double MOST_MISFIT = 10.83;
    /** A SOC that is known. */
    private static final double SETTLED_SIGMA = 0.05;
    /** A SOC that is lost. */
    private static final double LOST_SIGMA = 0.10;

    private boolean settled;
    private double worst;

    /** Looks at an estimate; returns whether it diverges now. */
    boolean look(PackEstimate estimate) {
        worst = Double.NaN;
        if (!estimate.known()) {
            settled = false;
            return false;
        }
        worst = 0.0;
        for (int c = 0; c < estimate.cells(); c++) {
            double misfit = estimate.misfit(c); // NaN when the estimator keeps none
            worst = misfit > worst ? misfit : worst;
        }
        double sigma = estimate.packSocSigma();
        boolean lost = settled && sigma > LOST_SIGMA;
        settled |= sigma < SETTLED_SIGMA;
        return worst > MOST_MISFIT || lost;
    }

    /** The largest misfit of a cell at the last look; NaN while the estimate was unknown. */
    double worst() {
        return worst;
    }
}
