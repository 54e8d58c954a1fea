package io.github.bms4j.journal;

import io.github.bms4j.num.Check;

/**
 * What a memory is worth when the power comes back.
 *
 * <pre>
 * soc'   = soc - m t                                 t time off, m what a cell loses by itself and by what draws on it
 * sigma² = sigma0² + (s t)² + (r h / sqrt(3))²       s how unsure m is; r h what may have flowed unseen after the last record
 * sigma² = sigma0² + u²  + (r h / sqrt(3))²          t unknown
 * </pre>
 *
 * <p>The loss keeps its rate for as long as nobody looks, so its part grows in a straight line and not as a random walk. Beyond
 * {@link #mostSigma} a memory says no more than that a SOC lies between 0 and 1: it counts as unknown. Derived in docs/theory/memory.md.
 *
 * @param lossPerDay m: SOC lost per day off, 0 or more
 * @param lossSigmaPerDay s: its standard deviation, per day, 0 or more
 * @param unknownTimeSigma u: what is added where nobody knows how long the power was off, above 0
 * @param unseenRatePerH r: least current over the capacity that may have flowed after the last record of a run that did not end in
 *     order, 1/h, 0 or more; a higher one that the record shows is taken instead
 * @param mostSigma standard deviation from which on the SOC counts as unknown, above 0
 * @param clockSlackS by how much a clock may have been set back without the time off being unknown, s, 0 or more
 */
public record RestartRule(
        double lossPerDay,
        double lossSigmaPerDay,
        double unknownTimeSigma,
        double unseenRatePerH,
        double mostSigma,
        double clockSlackS) {
    /** Checks every figure. */
    public RestartRule {
        Check.notNegative("lossPerDay", lossPerDay);
        Check.notNegative("lossSigmaPerDay", lossSigmaPerDay);
        Check.positive("unknownTimeSigma", unknownTimeSigma);
        Check.notNegative("unseenRatePerH", unseenRatePerH);
        Check.positive("mostSigma", mostSigma);
        Check.notNegative("clockSlackS", clockSlackS);
    }

    /**
     * 2 ± 2 points in 30 days, 15 points where the time is unknown, 1C unseen, unknown from 0.29 on (a SOC of which nothing is
     * known has 1/√12), two minutes of slack. Our judgement.
     */
    public static RestartRule standard() {
        return new RestartRule(0.02 / 30.0, 0.02 / 30.0, 0.15, 1.0, 0.29, 120.0);
    }
}
