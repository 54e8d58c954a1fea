package io.github.bms4j.charge;

import io.github.bms4j.limit.LimitRule;
import java.util.List;

/**
 * Power, SOC and temperature over time, what they cost, and what of the need is missed.
 *
 * @param slots the plan, by rising start and without gaps; empty when departure has passed
 * @param endSoc expected SOC at departure
 * @param finishS when the target is expected to be reached, s; NaN if it is missed
 * @param energyWh energy through the connector, Wh
 * @param energyCost price of the energy
 * @param wearCost price of battery wear
 * @param missedCost price of what is missing at departure
 * @param missedSoc SOC missing at departure, 0 or more
 * @param missedCause rule that kept most energy back, if something is missing; {@link LimitRule#GOAL} otherwise
 */
public record ChargePlan(
        List<PlanSlot> slots,
        double endSoc,
        double finishS,
        double energyWh,
        double energyCost,
        double wearCost,
        double missedCost,
        double missedSoc,
        LimitRule missedCause) {
    /** Copies the slots. */
    public ChargePlan {
        slots = List.copyOf(slots);
    }

    /** Whether the target is reached by departure within a tenth of a point. */
    public boolean meetsTarget() {
        return missedSoc < 0.001;
    }
}
