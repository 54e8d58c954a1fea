package io.github.bms4j.sim.replay;

/**
 * How well an estimate followed the reference SOC; all figures in SOC (0.01 is a point).
 *
 * @param rows rows scored; without any, every figure but {@code startError} is NaN
 * @param startError error of the start, estimate less reference; NaN without a reference there
 * @param error the errors as they are
 * @param beyondTrust what of them is more than the reference itself can be wrong
 * @param band how true the estimate's own standard deviation was
 * @param settleS time from the start after which the error stayed within {@link SocScorer#SETTLED}, s; NaN if it never did
 */
public record SocScore(int rows, double startError, Errors error, Errors beyondTrust, Band band, double settleS) {
    /**
     * Sizes of an error.
     *
     * @param rms root mean square
     * @param max largest magnitude
     * @param end at the last scored row, estimate less reference
     */
    public record Errors(double rms, double max, double end) {
        static final Errors UNKNOWN = new Errors(Double.NaN, Double.NaN, Double.NaN);
    }

    /**
     * Honesty: errors against three standard deviations.
     *
     * @param coverage share of rows with |error| within 3 σ
     * @param coverageWithTrust share of rows with |error| within 3 σ and what the reference can be wrong
     * @param meanSigma mean standard deviation
     */
    public record Band(double coverage, double coverageWithTrust, double meanSigma) {
        static final Band UNKNOWN = new Band(Double.NaN, Double.NaN, Double.NaN);
    }

    /** The score of nothing. */
    static SocScore unscored(double startError) {
        return new SocScore(0, startError, Errors.UNKNOWN, Errors.UNKNOWN, Band.UNKNOWN, Double.NaN);
    }
}
