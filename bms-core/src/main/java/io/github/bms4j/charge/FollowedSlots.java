package io.github.bms4j.charge;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/** The slots that a run has followed, and what they come to. */
final class FollowedSlots implements Iterable<PlanSlot> {
    private final List<PlanSlot> slots = new ArrayList<>();
    private double energy;
    private double co2;
    private double ageing;
    /** What the objective counts beyond the costs: early energy, energy in the reserve, losses that cost nothing. */
    private double preference;

    private double time;

    void add(PlanSlot slot) {
        slots.add(slot);
        PlanCost cost = slot.cost();
        energy += cost.energy();
        co2 += cost.co2();
        ageing += cost.ageing();
        preference += cost.lateness();
        time += cost.time();
    }

    @Override
    public Iterator<PlanSlot> iterator() {
        return slots.iterator();
    }

    int size() {
        return slots.size();
    }

    PlanSlot get(int k) {
        return slots.get(k);
    }

    List<PlanSlot> all() {
        return slots;
    }

    /** Bill of the energy. */
    double bill() {
        return energy;
    }

    /** What they cost, with what is missed in the end. */
    PlanCost cost(double missed) {
        return new PlanCost(energy, co2, ageing, missed, preference, time);
    }

    /** All of it, and the preference between slots. */
    double objective(double missed) {
        return energy + co2 + ageing + missed + preference + time;
    }

    /** Energy through the connector, Wh. */
    double energyWh() {
        double sum = 0.0;
        for (PlanSlot slot : slots) {
            sum += slot.energyWh();
        }
        return sum;
    }

    /** Whether the heater runs at any time. */
    boolean heats() {
        for (PlanSlot slot : slots) {
            if (slot.heats()) {
                return true;
            }
        }
        return false;
    }

    /** When energy first flows into the cells, s; NaN if it never does. */
    double firstChargeS() {
        for (PlanSlot slot : slots) {
            if (slot.currentA() > 0.0) {
                return slot.startS();
            }
        }
        return Double.NaN;
    }
}
