package io.github.bms4j.limit;

import io.github.bms4j.num.Check;
import io.github.bms4j.num.Findings;

/**
 * What a fuse or a contactor carries for how long.
 *
 * <p>Model: a first-order mean of the squared current, because that is what heats a conductor that cools in proportion to its
 * temperature. It must stay below a bound:
 *
 * <pre>
 * x' = (i² - x) / tau,   x ≤ bound
 * </pre>
 *
 * <p>For a short current this is the I²t rule with I²t = bound · tau, for a long one it is a continuous rating of
 * sqrt(bound). A rating given as points of current over time has one such mean for each of them, so that every point is
 * allowed from cold and none is left unguarded. What fails first: a fuse also cools through its ends; the sheet's curve for
 * minutes is then steeper than one time constant, hence the safety share.
 *
 * <p>Units: A of the whole pack, s, A²s. Thread: any, immutable.
 *
 * @see "docs/theory/current-limits.md"
 */
public final class CurrentTimeRating {
    private final LimitRule rule;
    private final double[] tauS;
    private final double[] boundA2;

    private CurrentTimeRating(LimitRule rule, double[] tauS, double[] boundA2) {
        this.rule = rule;
        this.tauS = tauS;
        this.boundA2 = boundA2;
    }

    /**
     * A fuse.
     *
     * @param continuousA current that it carries for ever, A, above 0
     * @param meltingA2S I²t at which it begins to melt, A²s, above 0
     * @param share share of either that is used, within (0, 1]: 0.75 and less for a fuse that must not age
     */
    public static CurrentTimeRating fuse(double continuousA, double meltingA2S, double share) {
        Findings findings = new Findings();
        findings.positive("continuousA", continuousA);
        findings.positive("meltingA2S", meltingA2S);
        findings.positive("share", share);
        findings.refuse();
        Check.within("share", share, 0.0, 1.0);
        double full = continuousA * continuousA;
        double tau = meltingA2S / full;
        return new CurrentTimeRating(LimitRule.FUSE, new double[] {tau}, new double[] {share * share * full});
    }

    /**
     * Contactors, bars and plugs.
     *
     * @param continuousA current carried for ever, A, above 0
     * @param forS durations, s, strictly increasing, above 0; may be empty
     * @param currentA what is carried from cold for each of them, A, falling, above {@code continuousA}
     * @throws IllegalArgumentException naming every value that does not fit
     */
    public static CurrentTimeRating contactor(double continuousA, double[] forS, double[] currentA) {
        Findings findings = new Findings();
        findings.positive("continuousA", continuousA);
        if (forS.length != currentA.length) {
            findings.add("forS and currentA must be equally long but have " + forS.length + " and " + currentA.length
                    + " values");
        }
        findings.refuse();
        for (int k = 0; k < forS.length; k++) {
            findings.positive("forS[" + k + "]", forS[k]);
            if (k > 0 && !(forS[k] > forS[k - 1])) {
                findings.add("forS must be strictly increasing but forS[" + k + "] = " + forS[k] + " follows "
                        + forS[k - 1]);
            }
            if (!(currentA[k] > continuousA)) {
                findings.add("currentA[" + k + "] = " + currentA[k] + " A must exceed continuousA " + continuousA);
            }
            if (k > 0 && !(currentA[k] < currentA[k - 1])) {
                findings.add("currentA must fall but currentA[" + k + "] = " + currentA[k] + " A follows "
                        + currentA[k - 1]);
            }
        }
        findings.refuse();
        int n = forS.length;
        double[] tau = new double[n + 1];
        double[] bound = new double[n + 1];
        double slowest = 1.0;
        for (int k = 0; k < n; k++) {
            tau[k] = forS[k];
            bound[k] = currentA[k] * currentA[k] * -StrictMath.expm1(-1.0);
            // The mean that guards the continuous rating must let this point pass: I² (1 - exp(-t / tau)) ≤ I_c².
            double part = continuousA / currentA[k];
            slowest = Math.max(slowest, -forS[k] / StrictMath.log1p(-part * part));
        }
        for (int k = 0; k < n; k++) {
            // ... and so must the faster means: point m loads mean k to I_m² (1 - exp(-t_m / tau_k)).
            for (int m = 0; m < n; m++) {
                double load = currentA[m] * currentA[m] * -StrictMath.expm1(-forS[m] / tau[k]);
                bound[k] = Math.max(bound[k], load);
            }
        }
        tau[n] = slowest;
        bound[n] = continuousA * continuousA;
        return new CurrentTimeRating(LimitRule.CONTACTOR, tau, bound);
    }

    /**
     * A rating by its means, as a record of settings has them.
     *
     * @param rule name of its limit
     * @param tauS time constants, s, above 0
     * @param boundA2 what each mean of the squared current may reach, A², above 0
     */
    public static CurrentTimeRating of(LimitRule rule, double[] tauS, double[] boundA2) {
        if (tauS.length == 0 || tauS.length != boundA2.length) {
            throw new IllegalArgumentException("tauS and boundA2 must be equally long and not empty but have "
                    + tauS.length + " and " + boundA2.length + " values");
        }
        for (int m = 0; m < tauS.length; m++) {
            Check.positive("tauS[" + m + "]", tauS[m]);
            Check.positive("boundA2[" + m + "]", boundA2[m]);
        }
        return new CurrentTimeRating(rule, tauS.clone(), boundA2.clone());
    }

    /** Time constants of its means, s; a copy. */
    public double[] tausS() {
        return tauS.clone();
    }

    /** What its means may reach, A²; a copy. */
    public double[] boundsA2() {
        return boundA2.clone();
    }

    /** The rule that its limit is named by. */
    public LimitRule rule() {
        return rule;
    }

    int means() {
        return tauS.length;
    }

    double tauS(int mean) {
        return tauS[mean];
    }

    double boundA2(int mean) {
        return boundA2[mean];
    }
}
