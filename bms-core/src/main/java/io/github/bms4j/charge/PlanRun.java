package io.github.bms4j.charge;

import io.github.bms4j.cell.ThermalRating;
import io.github.bms4j.limit.LimitRule;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One charge followed from now to departure: SOC, temperature, energy and cost under every limit.
 *
 * <p>Sub-steps of at most 30 s by the midpoint rule. A cell is one lump of heat that loses it to the surroundings; the
 * difference between the hottest and the coldest cell decays with the same time constant.
 */
final class PlanRun {
    private static final double LONGEST_STEP_S = 30.0;
    /** A plan that keeps so close to a limit is limited by it. */
    private static final double AT_LIMIT = 0.98;
    /** What is left to the goal below this is rounding. */
    private static final double SOC_ROUNDING = 1e-7;

    private static final int MOST_HALVINGS = 30;

    private final PackCircuit pack;
    private final ChargeCeiling ceiling;
    private final PlanHorizon horizon;
    private final ChargeNeed need;
    private final double topSoc;
    private final double ambientDegC;
    private final double spreadK;
    private final double coolingPerS;

    private final List<PlanSlot> done = new ArrayList<>();
    private final Map<LimitRule, Double> ruleS = new EnumMap<>(LimitRule.class);
    private double soc;
    private double hotDegC;
    private double energyCost;
    private double wearCost;
    /** What the objective counts beyond the costs: early energy, energy in the reserve, losses that cost nothing. */
    private double preferenceCost;

    private double finishS = Double.NaN;

    /** Means over each slot followed, °C. */
    final double[] meanColdDegC;

    final double[] meanHotDegC;

    // The slot just followed.
    private double endSoc;
    private double endDegC;
    private double energyKwh;
    private double storedKwh;
    private double slotWear;
    private double targetS;

    PlanRun(PackCircuit pack, ChargeCeiling ceiling, PlanHorizon horizon, ChargeNeed need, PackNow now) {
        this.pack = pack;
        this.ceiling = ceiling;
        this.horizon = horizon;
        this.need = need;
        topSoc = Math.min(need.targetSoc(), ceiling.topSoc());
        ambientDegC = now.ambientDegC();
        spreadK = now.hottestDegC() - now.coldestDegC();
        ThermalRating thermal = pack.type.thermal();
        coolingPerS = thermal.toAmbientWPerK() / thermal.heatCapacityJPerK();
        soc = now.soc();
        hotDegC = now.hottestDegC();
        finishS = soc >= need.targetSoc() ? horizon.startS[0] : Double.NaN;
        meanColdDegC = new double[horizon.slots];
        meanHotDegC = new double[horizon.slots];
    }

    double soc() {
        return soc;
    }

    double topSoc() {
        return topSoc;
    }

    /** Whether nothing more may go in. */
    boolean full() {
        return soc >= topSoc;
    }

    /** Slots followed. */
    int slots() {
        return done.size();
    }

    /** When the SOC first reaches {@code goalSoc} at the highest current; infinite if not by departure. */
    double timeTo(double goalSoc) {
        for (int k = done.size(); k < horizon.slots; k++) {
            follow(k, Double.POSITIVE_INFINITY, goalSoc, false);
            if (!Double.isNaN(targetS)) {
                return targetS;
            }
            follow(k, Double.POSITIVE_INFINITY, goalSoc, true);
            keep(k);
        }
        return Double.POSITIVE_INFINITY;
    }

    /** The next slots at the highest current, up to those that start at {@code untilS}. */
    void atOnce(double untilS) {
        for (int k = done.size(); k < horizon.slots && horizon.startS[k] < untilS; k++) {
            follow(k, Double.POSITIVE_INFINITY, need.targetSoc(), true);
            keep(k);
        }
    }

    /** The remaining slots as the program says; without a program no current flows. */
    void planned(@Nullable SocProgram program) {
        for (int k = done.size(); k < horizon.slots; k++) {
            double ceilingA = program == null ? 0.0 : ceilingA(k, program);
            follow(k, ceilingA, need.targetSoc(), true);
            keep(k);
        }
    }

    /** The steady current of a cell that leads to the best end of a slot. */
    private double ceilingA(int k, SocProgram program) {
        if (!(horizon.capW[k] > 0.0) || soc >= topSoc) {
            return 0.0;
        }
        follow(k, Double.POSITIVE_INFINITY, need.targetSoc(), false);
        double reachSoc = endSoc;
        double goalSoc = program.bestEnd(k, soc, reachSoc);
        if (!(goalSoc > soc)) {
            return 0.0;
        }
        if (goalSoc >= reachSoc && reachSoc < topSoc) {
            return Double.POSITIVE_INFINITY;
        }
        double meanA = (goalSoc - soc) * pack.capacityAh * 3600.0 / horizon.durationS[k];
        follow(k, meanA, need.targetSoc(), false);
        return endSoc >= goalSoc - SOC_ROUNDING ? meanA : taperedA(k, goalSoc, meanA);
    }

    /** The current that leads to an end although a limit cuts it short in part of the slot. */
    private double taperedA(int k, double goalSoc, double meanA) {
        double low = meanA;
        double high = pack.type.rating().maxChargeA();
        for (int i = 0; i < MOST_HALVINGS && high - low > 1e-6 * high; i++) {
            double middle = 0.5 * (low + high);
            follow(k, middle, need.targetSoc(), false);
            if (endSoc < goalSoc) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return high;
    }

    /** Follows slot k from the present state at no more than {@code ceilingA} per cell, and stops at the goal. */
    private void follow(int k, double ceilingA, double goalSoc, boolean explain) {
        double slotS = horizon.durationS[k];
        int steps = ceiling.supplied(horizon.capW[k]) ? (int) Math.ceil(slotS / LONGEST_STEP_S) : 1;
        double dtS = slotS / steps;
        double decay = StrictMath.exp(-coolingPerS * dtS);
        double heatedS = coolingPerS > 0.0 ? -StrictMath.expm1(-coolingPerS * dtS) / coolingPerS : dtS;
        double spread = spreadK * StrictMath.exp(-coolingPerS * (horizon.startS[k] - horizon.startS[0]));
        double capacityAs = pack.capacityAh * 3600.0;
        double heatCapacity = pack.type.thermal().heatCapacityJPerK();
        double topNow = Math.min(topSoc, goalSoc);
        double s = soc;
        double hot = hotDegC;
        double hotSum = 0.0;
        double coldSum = 0.0;
        energyKwh = 0.0;
        storedKwh = 0.0;
        slotWear = 0.0;
        targetS = Double.NaN;
        if (explain) {
            ruleS.clear();
        }
        for (int n = 0; n < steps; n++) {
            double cold = hot - spread;
            ceiling.at(s, cold, hot, horizon.capW[k]);
            double firstA = Math.min(ceilingA, ceiling.limitA);
            double middle = Math.min(topNow, s + 0.5 * firstA * dtS / capacityAs);
            ceiling.at(middle, cold, hot, horizon.capW[k]);
            double a = Math.min(ceilingA, ceiling.limitA);
            double room = Math.max(0.0, topNow - s);
            double runS = a * dtS > room * capacityAs ? room * capacityAs / a : dtS;
            if (explain) {
                explain(a, s, dtS, runS);
            }
            double heatW = 0.0;
            if (a > 0.0 && runS > 0.0) {
                double ocvV = pack.ocvV(middle, cold);
                double kwhPerA = pack.cells() * runS / 3.6e6;
                storedKwh += kwhPerA * a * ocvV;
                energyKwh += kwhPerA * a * (ocvV + a * pack.ohm(middle, cold)) + pack.overheadW * runS / 3.6e6;
                slotWear += need.wearPerKwh() * kwhPerA * a * ocvV * a / pack.capacityAh;
                heatW = a * a * pack.ohm(middle, hot) * runS / dtS;
                s = runS < dtS ? topNow : s + a * dtS / capacityAs;
                if (s >= goalSoc - SOC_ROUNDING && Double.isNaN(targetS)) {
                    s = Math.min(goalSoc, Math.max(s, goalSoc - SOC_ROUNDING));
                    targetS = horizon.startS[k] + n * dtS + runS;
                }
            }
            double hotBefore = hot;
            hot = ambientDegC + (hot - ambientDegC) * decay + heatW / heatCapacity * heatedS;
            hotSum += 0.5 * (hotBefore + hot);
            coldSum += 0.5 * (hotBefore + hot) - spread;
            spread *= decay;
        }
        endSoc = s;
        endDegC = hot;
        meanHotDegC[k] = hotSum / steps;
        meanColdDegC[k] = coldSum / steps;
    }

    /** Books a sub-step at {@code a} per cell to the rule that kept it from being more. */
    private void explain(double a, double s, double dtS, double runS) {
        if (s >= need.targetSoc() - SOC_ROUNDING) {
            ruleS.merge(LimitRule.GOAL, dtS, Double::sum);
            return;
        }
        boolean limited = a >= AT_LIMIT * ceiling.limitA;
        LimitRule rule = limited ? ceiling.rule : LimitRule.PLAN;
        ruleS.merge(rule, runS, Double::sum);
        ruleS.merge(LimitRule.GOAL, dtS - runS, Double::sum);
    }

    /** Enters the slot just followed into the plan. */
    private void keep(int k) {
        double durationS = horizon.durationS[k];
        double price = horizon.pricePerKwh[k];
        double chargeA = (endSoc - soc) * pack.capacityAh * pack.parallel * 3600.0 / durationS;
        done.add(new PlanSlot(
                horizon.startS[k],
                durationS,
                energyKwh * 3.6e6 / durationS,
                chargeA,
                energyKwh * 1000.0,
                price,
                soc,
                endSoc,
                endDegC,
                longest()));
        if (energyKwh > 0.0) {
            double lostKwh = energyKwh - storedKwh;
            energyCost += price * energyKwh;
            preferenceCost += horizon.preferencePerKwh[k] * storedKwh + (horizon.lossPricePerKwh(k) - price) * lostKwh;
        }
        wearCost += slotWear;
        if (Double.isNaN(finishS)) {
            finishS = targetS;
        }
        soc = endSoc;
        hotDegC = endDegC;
    }

    /** The rule that held for most of the slot just followed. */
    private LimitRule longest() {
        LimitRule longest = LimitRule.NOT_KNOWN;
        double most = -1.0;
        for (Map.Entry<LimitRule, Double> entry : ruleS.entrySet()) {
            if (entry.getValue() > most) {
                most = entry.getValue();
                longest = entry.getKey();
            }
        }
        return longest;
    }

    double missedSoc() {
        double missed = need.targetSoc() - soc;
        return missed > 2.0 * SOC_ROUNDING ? missed : 0.0;
    }

    private double missedCost() {
        return missedSoc() > 0.0 ? need.missedPerKwh() * pack.storedKwh(soc, need.targetSoc()) : 0.0;
    }

    /** What the program makes least: all costs and the preference between slots. */
    double objective() {
        return energyCost + wearCost + missedCost() + preferenceCost;
    }

    /** The rule of the last slot. */
    LimitRule lastCause() {
        return done.get(done.size() - 1).cause();
    }

    /** The plan, with the rule to name if something is missing. */
    ChargePlan plan(LimitRule missedCause) {
        double energyWh = 0.0;
        for (PlanSlot slot : done) {
            energyWh += slot.energyWh();
        }
        double missed = missedSoc();
        LimitRule cause = missed > 0.0 ? missedCause : LimitRule.GOAL;
        return new ChargePlan(done, soc, finishS, energyWh, energyCost, wearCost, missedCost(), missed, cause);
    }
}
