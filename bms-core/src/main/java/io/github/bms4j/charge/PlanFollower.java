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
    /** A plan that misses no more than this meant to reach the target: its grid, its reserve, and an estimate that has moved since. */
    private static final double NEARLY_SOC = 0.005;

    private @Nullable ChargePlan plan;
    private int slot;
    private boolean hasty;

    void follow(@Nullable ChargePlan newPlan) {
        plan = newPlan;
        slot = 0;
    }

    /** Whether the hours until the target are worth something: then the slot that reaches it is no ceiling. */
    void hasty(boolean worthSomething) {
        hasty = worthSomething;
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

    /** Temperature up to which the plan heats now, °C; NaN if it does not. */
    double heatToDegC() {
        ChargePlan p = plan;
        return p != null && !p.slots().isEmpty() && p.slots().get(slot).heats() ? p.heatToDegC() : Double.NaN;
    }

    /** Power that the site leaves to all that hangs on the station now, W; infinite where it is not what holds the plan down. */
    double siteW() {
        ChargePlan p = plan;
        boolean held = p != null && !p.slots().isEmpty() && p.slots().get(slot).cause() == LimitRule.SITE;
        return held ? powerW() : Double.POSITIVE_INFINITY;
    }

    /**
     * Lowers a current, of charging or of discharging as the plan has it, to what it wants.
     *
     * @param atOnce while the need's minimum SOC is still to be reached: no choice of the plan keeps anything back
     */
    void lower(Limit binding, double packV, boolean atOnce) {
        ChargePlan p = plan;
        if (p == null || p.slots().isEmpty()) {
            binding.lowerTo(0.0, LimitRule.PLAN, Limit.WHOLE_PACK);
            return;
        }
        int followed = lastFlowing(p);
        PlanSlot s = p.slots().get(followed);
        if (s.powerW() < 0.0 && followed < slot) {
            binding.lowerTo(0.0, LimitRule.GOAL, Limit.WHOLE_PACK);
        } else if (atOnce && s.powerW() >= 0.0 && (s.cause() == LimitRule.PLAN || s.cause() == LimitRule.GOAL)) {
            return;
        } else if (s.withoutHeatW() == 0.0 && isRefusal(s.cause())) {
            binding.lowerTo(0.0, s.cause(), Limit.WHOLE_PACK);
        } else if (s.powerW() < 0.0 || isCeiling(s.cause())) {
            LimitRule why = s.cause() == LimitRule.SITE ? LimitRule.SITE : LimitRule.PLAN;
            binding.lowerTo(Math.abs(s.withoutHeatW()) / packV, why, Limit.WHOLE_PACK);
        }
    }

    /** The plan is done but the pack is not: the last slot with power goes on until the target is reached. */
    private int lastFlowing(ChargePlan p) {
        int last = slot;
        while (last > 0
                && p.slots().get(last).cause() == LimitRule.GOAL
                && p.slots().get(last).withoutHeatW() == 0.0) {
            last--;
        }
        return last;
    }

    /** Whether a plan that meant to reach the target has nothing more to come while so little of it is left: no pause is worth that. */
    boolean meantToBeDone(double leftSoc) {
        ChargePlan p = plan;
        return p != null && leftSoc <= NEARLY_SOC && p.missedSoc() <= NEARLY_SOC && !flowsAfter(p, slot);
    }

    private static boolean flowsAfter(ChargePlan p, int k) {
        for (int later = k + 1; later < p.slots().size(); later++) {
            if (p.slots().get(later).withoutHeatW() != 0.0) {
                return true;
            }
        }
        return false;
    }

    private boolean isCeiling(LimitRule cause) {
        return switch (cause) {
            case GOAL -> !hasty;
            case PLAN, SITE, COST_CEILING -> true;
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
