package io.github.bms4j.charge;

import io.github.bms4j.limit.Limit;
import io.github.bms4j.limit.LimitRule;
import org.jspecify.annotations.Nullable;

/**
 * Where a plan stands now, and what it wants of the current.
 *
 * <p>A slot that a limit of the pack or of the station's power held is followed as "as much as possible": the live limit is better
 * known than the plan's. Every other slot is a ceiling. Thread: one. Allocation: none.
 */
final class PlanFollower {
    private @Nullable ChargePlan plan;
    private int slot;

    void follow(@Nullable ChargePlan newPlan) {
        plan = newPlan;
        slot = 0;
    }

    /** Moves on to the slot of a time. */
    void at(double nowS) {
        ChargePlan p = plan;
        if (p != null) {
            while (slot + 1 < p.slots().size()
                    && nowS >= p.slots().get(slot + 1).startS()) {
                slot++;
            }
        }
    }

    /** Whether the plan gives energy back now. */
    boolean givesBack() {
        return powerW() < 0.0;
    }

    private double powerW() {
        ChargePlan p = plan;
        return p == null || p.slots().isEmpty() ? 0.0 : p.slots().get(slot).powerW();
    }

    /** Lowers a current, of charging or of discharging as the plan has it, to what it wants. */
    void lower(Limit binding, double packV) {
        ChargePlan p = plan;
        if (p == null || p.slots().isEmpty()) {
            binding.lowerTo(0.0, LimitRule.PLAN, Limit.WHOLE_PACK);
            return;
        }
        int followed = lastFlowing(p);
        PlanSlot s = p.slots().get(followed);
        if (s.powerW() < 0.0 && followed < slot) {
            binding.lowerTo(0.0, LimitRule.GOAL, Limit.WHOLE_PACK);
        } else if (s.powerW() == 0.0 && isRefusal(s.cause())) {
            binding.lowerTo(0.0, s.cause(), Limit.WHOLE_PACK);
        } else if (s.powerW() < 0.0 || isCeiling(s.cause())) {
            LimitRule why = s.cause() == LimitRule.SITE ? LimitRule.SITE : LimitRule.PLAN;
            binding.lowerTo(Math.abs(s.powerW()) / packV, why, Limit.WHOLE_PACK);
        }
    }

    /** The plan is done but the pack is not: the last slot with power goes on until the target is reached. */
    private int lastFlowing(ChargePlan p) {
        int last = slot;
        while (last > 0
                && p.slots().get(last).cause() == LimitRule.GOAL
                && p.slots().get(last).powerW() == 0.0) {
            last--;
        }
        return last;
    }

    private static boolean isCeiling(LimitRule cause) {
        return switch (cause) {
            case PLAN, GOAL, SITE, COST_CEILING -> true;
            default -> false;
        };
    }

    /** Rules that the plan alone knows: where nothing flows because of one of them, nothing is asked for. */
    private static boolean isRefusal(LimitRule cause) {
        return switch (cause) {
            case PLAN, SITE, NOT_OFFERED, NOT_YET, STARTS, COST_CEILING, LEAST_CURRENT -> true;
            default -> false;
        };
    }

    /** SOC that the plan expects now; NaN without a plan. */
    double plannedSoc(double nowS) {
        ChargePlan p = plan;
        if (p == null || p.slots().isEmpty()) {
            return Double.NaN;
        }
        PlanSlot s = p.slots().get(slot);
        double share = Math.min(1.0, Math.max(0.0, (nowS - s.startS()) / s.durationS()));
        return s.startSoc() + share * (s.endSoc() - s.startSoc());
    }

    /** Price that the plan counts with now, per kWh; 0 where nothing is offered. */
    double pricePerKwh() {
        ChargePlan p = plan;
        if (p == null || p.slots().isEmpty()) {
            return 0.0;
        }
        double price = p.slots().get(slot).pricePerKwh();
        return Double.isNaN(price) ? 0.0 : price;
    }
}
