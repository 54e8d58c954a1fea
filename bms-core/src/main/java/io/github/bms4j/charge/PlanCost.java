package io.github.bms4j.charge;

/**
 * What a plan or one of its slots costs, by kind, in the currency of the prices.
 *
 * @param energy bill of the energy; below 0 where it earns
 * @param co2 price of its CO₂
 * @param ageing price of the ageing of the pack, parked time included
 * @param missed what is missing at departure
 * @param lateness what the plan counts on top for energy moved early or in the reserve before departure; it decides between
 *     equal prices and is paid by nobody
 * @param time what the hours until the target are worth
 */
public record PlanCost(double energy, double co2, double ageing, double missed, double lateness, double time) {
    /** Where time is worth nothing. */
    public PlanCost(double energy, double co2, double ageing, double missed, double lateness) {
        this(energy, co2, ageing, missed, lateness, 0.0);
    }

    /** All that is paid or lost: everything but {@link #lateness}. */
    public double total() {
        return energy + co2 + ageing + missed + time;
    }
}
