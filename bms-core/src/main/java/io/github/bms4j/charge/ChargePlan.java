package io.github.bms4j.charge;

import io.github.bms4j.limit.LimitRule;
import java.util.List;

/**
 * Power, SOC and temperature over time, what they cost, and what of the need is missed.
 *
 * @param schedule name of the offer's schedule that was chosen
 * @param slots the plan, by rising start and without gaps; empty when departure has passed
 * @param endSoc expected SOC at departure
 * @param finishS when the target is expected to be reached, s; NaN if it is missed
 * @param energyWh energy through the connector, Wh, what is given back taken off
 * @param cost what it costs
 * @param missedSoc SOC missing at departure, 0 or more
 * @param missedCause rule that kept most energy back, if something is missing; {@link LimitRule#GOAL} otherwise
 * @param arrival SOC at departure and time of the target with their probabilities
 * @param heatToDegC temperature of the coldest cell up to which the slots that heat do so, °C; NaN for a plan without heat
 */
public record ChargePlan(
        String schedule,
        List<PlanSlot> slots,
        double endSoc,
        double finishS,
        double energyWh,
        PlanCost cost,
        double missedSoc,
        LimitRule missedCause,
        ArrivalForecast arrival,
        double heatToDegC) {
    /** Copies the slots. */
    public ChargePlan {
        slots = List.copyOf(slots);
    }

    /** A plan without heat. */
    public ChargePlan(
            String schedule,
            List<PlanSlot> slots,
            double endSoc,
            double finishS,
            double energyWh,
            PlanCost cost,
            double missedSoc,
            LimitRule missedCause,
            ArrivalForecast arrival) {
        this(schedule, slots, endSoc, finishS, energyWh, cost, missedSoc, missedCause, arrival, Double.NaN);
    }

    /** Whether it heats the pack. */
    public boolean heats() {
        return !Double.isNaN(heatToDegC);
    }

    /** Energy of the heater through the connector, Wh. */
    public double heaterWh() {
        double sum = 0.0;
        for (PlanSlot slot : slots) {
            sum += slot.heaterW() * slot.durationS() / 3600.0;
        }
        return sum;
    }

    /** Whether the target is reached by departure within a tenth of a point. */
    public boolean meetsTarget() {
        return missedSoc < 0.001;
    }

    /** How often energy begins to flow, a flow at the plan's beginning included. */
    public int starts() {
        int starts = 0;
        boolean before = false;
        for (PlanSlot slot : slots) {
            starts += slot.flows() && !before ? 1 : 0;
            before = slot.flows();
        }
        return starts;
    }

    /** Bill of the energy. */
    public double energyCost() {
        return cost.energy();
    }

    /** Price of ageing. */
    public double wearCost() {
        return cost.ageing();
    }

    /** Price of what is missing at departure. */
    public double missedCost() {
        return cost.missed();
    }
}
