package io.github.bms4j.charge;

import io.github.bms4j.num.Check;

/**
 * How full the pack shall be, and when.
 *
 * @param targetSoc SOC wanted at departure, 0…1; the charge ends there
 * @param minSoc SOC wanted as soon as possible whatever the price, 0…{@code targetSoc}; once reached within half a point
 *     it counts no more
 * @param earliestS nothing flows before, s; negative infinity for no such wish
 * @param departureS when the vehicle leaves, s
 */
public record ChargeGoal(double targetSoc, double minSoc, double earliestS, double departureS) {
    /** @throws IllegalArgumentException when a figure is NaN or does not fit */
    public ChargeGoal {
        Check.fraction("targetSoc", targetSoc);
        Check.within("minSoc", minSoc, 0.0, targetSoc);
        Check.finite("departureS", departureS);
        if (!(earliestS < departureS)) {
            throw new IllegalArgumentException(
                    "earliestS must be before departureS (" + departureS + " s) but is " + earliestS + " s");
        }
    }
}
