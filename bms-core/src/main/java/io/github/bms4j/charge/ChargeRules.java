package io.github.bms4j.charge;

import io.github.bms4j.num.Check;

/**
 * How the current may flow.
 *
 * @param minCurrentA least current of the pack while energy flows, A, 0 or more: it is that or nothing. The station's own least
 *     current counts besides
 * @param mostStarts how often energy may begin to flow in the session, 1 or more; {@link #ANY_STARTS} for no limit
 * @param discharge whether and how far the pack may give energy back
 * @param heating whether the pack may be heated with the station's energy where that pays
 */
public record ChargeRules(double minCurrentA, int mostStarts, DischargeTerms discharge, boolean heating) {
    /** As many starts as the prices make worth while. */
    public static final int ANY_STARTS = Integer.MAX_VALUE;

    /** @throws IllegalArgumentException when a figure is NaN or does not fit */
    public ChargeRules {
        Check.notNegative("minCurrentA", minCurrentA);
        Check.atLeast("mostStarts", mostStarts, 1);
    }

    /** The same for a pack that may be heated. */
    public ChargeRules(double minCurrentA, int mostStarts, DischargeTerms discharge) {
        this(minCurrentA, mostStarts, discharge, true);
    }

    /** Any current, any number of starts, no discharge. */
    public static ChargeRules free() {
        return new ChargeRules(0.0, ANY_STARTS, DischargeTerms.forbidden());
    }
}
