package io.github.bms4j.estimate;

import io.github.bms4j.num.Check;

/**
 * When a candidate has proved itself.
 *
 * <p>The unit of evidence is a stretch of charge (a tenth of the capacity moved); one stretch or one rest adds at most
 * {@link #MOST_PER_STRETCH}, so that no single event decides.
 *
 * @param evidence natural logarithm of the odds that decide, above 0: 4.6 is 100 : 1
 * @param minStretches stretches before a candidate may be promoted, 1 or more
 * @param maxStretches stretches after which an undecided trial ends, at least {@code minStretches}
 * @param probationStretches stretches for which a promoted candidate can still be rolled back, 1 or more
 * @param alarmSigmas a figure over the upper limit of its chi-squared distribution at so many sigmas fails; above 0
 */
public record ShadowSettings(
        double evidence, int minStretches, int maxStretches, int probationStretches, double alarmSigmas) {
    /** Most that one stretch or one rest adds to the evidence. */
    public static final double MOST_PER_STRETCH = 1.5;

    /** Checks every figure. */
    public ShadowSettings {
        Check.positive("evidence", evidence);
        Check.atLeast("minStretches", minStretches, 1);
        Check.atLeast("maxStretches", maxStretches, minStretches);
        Check.atLeast("probationStretches", probationStretches, 1);
        Check.positive("alarmSigmas", alarmSigmas);
    }

    /**
     * 100 : 1 after half a capacity of charge moved, given up after six, probation over two, false alarms one in a thousand
     * (3.09 sigmas). Our judgement.
     */
    public static ShadowSettings standard() {
        return new ShadowSettings(4.605, 5, 60, 20, 3.09);
    }
}
