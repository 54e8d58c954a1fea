package io.github.bms4j.estimate;

import java.util.Locale;

/**
 * How the two estimators stand against each other.
 *
 * @param active figures of the one in charge
 * @param shadow figures of the one beside it
 * @param evidence natural logarithm of the odds for the one beside it
 * @param disagreement distance of their SOC at the end of the last stretch, in their joint standard deviation
 * @param stretches stretches of charge that were scored
 * @param rests rests that were read
 */
public record ShadowScore(
        Figures active, Figures shadow, double evidence, double disagreement, int stretches, int rests) {
    /**
     * An estimator held to its own word: each figure is a mean square of errors over what it says of them, 1 when its word is
     * true and less when it is modest, beside the limit that it has to keep for as many independent errors.
     *
     * @param innovation voltage against the prediction
     * @param innovationLimit its limit
     * @param chargeClosure movement of the SOC against charge over capacity, per stretch
     * @param chargeLimit its limit
     * @param restClosure SOC carried into a rest against what the rest's voltage says
     * @param restLimit its limit
     */
    public record Figures(
            double innovation,
            double innovationLimit,
            double chargeClosure,
            double chargeLimit,
            double restClosure,
            double restLimit) {
        @Override
        public String toString() {
            return String.format(
                    Locale.ROOT,
                    "innovation %.2f of %.2f, charge %.2f of %.2f, rest %.2f of %.2f",
                    innovation,
                    innovationLimit,
                    chargeClosure,
                    chargeLimit,
                    restClosure,
                    restLimit);
        }
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "evidence for the one beside %+.1f, disagreement %.1f sigma, %d stretches, %d rests; in charge: %s; beside: %s",
                evidence,
                disagreement,
                stretches,
                rests,
                active,
                shadow);
    }
}
