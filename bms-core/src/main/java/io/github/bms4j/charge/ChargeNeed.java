package io.github.bms4j.charge;

/**
 * What the driver wants of a charge.
 *
 * <p>Every wish of the goal is soft: what cannot be had is missed by as little as possible and the plan says by how much.
 * The rules are hard. Times are seconds on the clock that steps the pack (its nanoseconds over 1e9).
 *
 * @param goal how full, and when
 * @param worth what counts how much
 * @param rules how the current may flow
 */
public record ChargeNeed(ChargeGoal goal, ChargeWorth worth, ChargeRules rules) {
    /**
     * A need with no rules for the current, where wear counts in proportion to the C-rate alone.
     *
     * @param targetSoc SOC wanted at departure, 0…1
     * @param minSoc SOC wanted as soon as possible, 0…{@code targetSoc}
     * @param departureS when the vehicle leaves, s
     * @param missedPerKwh what a kWh missing at departure is worth, above 0
     * @param wearPerKwh price of battery wear per kWh stored at 1C; 0 ignores wear
     */
    public ChargeNeed(double targetSoc, double minSoc, double departureS, double missedPerKwh, double wearPerKwh) {
        this(
                new ChargeGoal(targetSoc, minSoc, Double.NEGATIVE_INFINITY, departureS),
                new ChargeWorth(missedPerKwh, 0.0, AgeingCost.byRate(wearPerKwh), Double.POSITIVE_INFINITY),
                ChargeRules.free());
    }

    /** The same need without a minimum: it has been reached. */
    public ChargeNeed withoutMinimum() {
        return new ChargeNeed(new ChargeGoal(goal.targetSoc(), 0.0, goal.earliestS(), goal.departureS()), worth, rules);
    }

    /** A target by departure; a missing kWh is worth 5, wear is not priced, no minimum. */
    public static ChargeNeed by(double departureS, double targetSoc) {
        return new ChargeNeed(targetSoc, 0.0, departureS, 5.0, 0.0);
    }

    /** SOC wanted at departure, 0…1. */
    public double targetSoc() {
        return goal.targetSoc();
    }

    /** SOC wanted as soon as possible, 0…target. */
    public double minSoc() {
        return goal.minSoc();
    }

    /** When the vehicle leaves, s. */
    public double departureS() {
        return goal.departureS();
    }

    /** What a kWh missing at departure is worth. */
    public double missedPerKwh() {
        return worth.missedPerKwh();
    }
}
