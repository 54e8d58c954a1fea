package io.github.bms4j.sim.replay;

import io.github.bms4j.num.Check;

/**
 * Holds an estimate against a reference SOC, row by row.
 *
 * <p>A wrong start is forgiven for a while; from then on every row that has a reference counts, held ones too. Several
 * starts ({@link #begin}) are scored as one. Units: s, SOC as a fraction. Bad input: rows without a reference or an
 * estimate do not count; without a standard deviation nothing is covered. Thread: one. Allocation: none per row.
 */
public final class SocScorer {
    /** For how long a wrong start is forgiven unless told otherwise, s. */
    public static final double SCORE_AFTER_S = 600.0;

    /** An error that counts as settled, in SOC. */
    public static final double SETTLED = 0.03;

    private final double scoreAfterS;
    private double fromS;
    private double startError = Double.NaN;
    private int rows;
    private final Sums error = new Sums();
    private final Sums beyondTrust = new Sums();
    private double sigmaSum;
    private int covered;
    private int coveredWithTrust;
    private double settleS;
    private boolean settled;

    /** A scorer that forgives errors for {@code scoreAfterS} seconds after each start. */
    public SocScorer(double scoreAfterS) {
        this.scoreAfterS = Check.notNegative("scoreAfterS", scoreAfterS);
    }

    /** A start at this time; of several the largest start error and the longest time to settle are reported. */
    public void begin(double timeS, double newStartError) {
        fromS = timeS;
        settled = false;
        if (!(Math.abs(newStartError) <= Math.abs(startError))) {
            startError = newStartError;
        }
    }

    /**
     * One row.
     *
     * @param socRef reference, NaN if there is none
     * @param trust what the reference can be wrong, 0 or more
     */
    public void row(double timeS, double soc, double sigma, double socRef, double trust) {
        double miss = soc - socRef;
        if (Double.isNaN(miss) || Double.isNaN(timeS)) {
            return;
        }
        double magnitude = Math.abs(miss);
        if (magnitude > SETTLED) {
            settled = false;
        } else if (!settled) {
            settled = true;
            settleS = Math.max(settleS, timeS - fromS);
        }
        if (timeS < fromS + scoreAfterS) {
            return;
        }
        rows++;
        error.add(miss, magnitude);
        beyondTrust.add(Math.signum(miss) * Math.max(0.0, magnitude - trust), Math.max(0.0, magnitude - trust));
        sigmaSum += sigma;
        covered += magnitude <= 3.0 * sigma ? 1 : 0;
        coveredWithTrust += magnitude <= 3.0 * sigma + trust ? 1 : 0;
    }

    /** The score of the rows so far. */
    public SocScore score() {
        if (rows == 0) {
            return SocScore.unscored(startError);
        }
        SocScore.Band band =
                new SocScore.Band(covered / (double) rows, coveredWithTrust / (double) rows, sigmaSum / rows);
        double within = settled ? settleS : Double.NaN;
        return new SocScore(rows, startError, error.over(rows), beyondTrust.over(rows), band, within);
    }

    private static final class Sums {
        private double squares;
        private double max;
        private double end;

        void add(double miss, double magnitude) {
            squares += miss * miss;
            max = Math.max(max, magnitude);
            end = miss;
        }

        SocScore.Errors over(int rows) {
            return new SocScore.Errors(Math.sqrt(squares / rows), max, end);
        }
    }
}
