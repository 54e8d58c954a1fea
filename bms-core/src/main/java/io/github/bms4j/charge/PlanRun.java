package io.github.bms4j.charge;

import io.github.bms4j.limit.LimitRule;
import org.jspecify.annotations.Nullable;

/**
 * One charge followed slot by slot from now to departure: what it reaches, what it costs, and why not more.
 *
 * <p>Each call follows one slot, so that a run can be shared out over many cycles.
 */
final class PlanRun {
    private static final int MOST_TRIALS = 30;
    /** A current is found when it leads so near to its end, as a share of the way. */
    private static final double CURRENT_SHARE = 1e-6;
    /** States of charge so close end alike. */
    private static final double SAME_SOC = 1e-6;

    private static final int RULES = LimitRule.values().length;

    private final PackCircuit pack;
    private final PlanHorizon horizon;
    private final ChargeNeed need;
    private final SlotWalk walk;
    private final double efficiency;
    /** Whether the target is to be reached within a slot rather than at its end. */
    private final boolean hasty;

    private final double leastA;
    private final double topSoc;
    private final double aimSoc;
    private final int mostStarts;
    private final HeatCourse heat;
    private final boolean[] held = new boolean[RULES];

    private final FollowedSlots done = new FollowedSlots();
    private double soc;
    private double hotDegC;
    private final double[] pairV;
    private boolean flowing;
    private int starts;
    private double finishS;
    /** Where the highest current leads in the next slot; NaN if that was not asked for. */
    private double reachSoc = Double.NaN;
    /** Whether the slot followed last is that one. */
    private boolean atReach;

    /** Means over each slot followed, °C. */
    final double[] meanColdDegC;

    final double[] meanHotDegC;
    /** Mean power of the heater in each slot followed, W at the pack's terminals. */
    final double[] heaterW;

    PlanRun(PackCircuit pack, ChargeCeiling ceiling, PlanHorizon horizon, PlanRequest request, HeatCourse heat) {
        this(pack, ceiling, horizon, request, heat, 1.0, request.need().rules().mostStarts());
    }

    /**
     * @param aimSoc the charge ends there, if that is below the need's target
     * @param mostStarts how often energy may begin to flow
     */
    PlanRun(
            PackCircuit pack,
            ChargeCeiling ceiling,
            PlanHorizon horizon,
            PlanRequest request,
            HeatCourse heat,
            double aimSoc,
            int mostStarts) {
        this.pack = pack;
        this.horizon = horizon;
        need = request.need();
        walk = new SlotWalk(pack, ceiling, horizon, request, heat);
        leastA = ceiling.leastA;
        topSoc = ceiling.topSoc();
        this.aimSoc = aimSoc;
        this.mostStarts = mostStarts;
        this.heat = heat;
        walk.heatUntil(goalSoc() - SlotWalk.SOC_ROUNDING);
        soc = request.pack().soc();
        hotDegC = request.pack().hottestDegC();
        pairV = new double[pack.pairs()];
        for (int j = 0; j < pairV.length; j++) {
            pairV[j] = request.pack().polarisation().of(j);
        }
        flowing = request.soFar().flowing();
        starts = request.soFar().starts();
        finishS = soc >= need.targetSoc() ? horizon.startS[0] : Double.NaN;
        meanColdDegC = new double[horizon.slots];
        meanHotDegC = new double[horizon.slots];
        heaterW = new double[horizon.slots];
        hasty = need.worth().pricePerH() > 0.0;
        efficiency = request.offer().rating().efficiency();
    }

    double soc() {
        return soc;
    }

    boolean flowing() {
        return flowing;
    }

    /** Starts so far, those before the plan included. */
    int starts() {
        return starts;
    }

    /** Starts that are left. */
    int startsLeft() {
        return mostStarts == ChargeRules.ANY_STARTS ? ChargeRules.ANY_STARTS : Math.max(0, mostStarts - starts);
    }

    /** SOC above which a charge to the target puts nothing in. */
    double goalSoc() {
        return Math.min(Math.min(need.targetSoc(), topSoc), aimSoc);
    }

    /** Highest SOC that is of any use: the goal, or more where energy may be given back later. */
    double highestSoc() {
        DischargeTerms terms = need.rules().discharge();
        if (aimSoc < need.targetSoc()) {
            return goalSoc();
        }
        return Math.min(topSoc, terms.allowed() ? Math.max(need.targetSoc(), terms.ceilingSoc()) : need.targetSoc());
    }

    /** Slots followed. */
    int slots() {
        return done.size();
    }

    boolean over() {
        return done.size() == horizon.slots;
    }

    /** The next slot at the highest current towards a SOC; whether it was reached there, which ends the run unkept. */
    boolean towards(double soughtSoc) {
        int k = done.size();
        double towardsSoc = Math.min(soughtSoc, goalSoc());
        walk.follow(k, soc, hotDegC, pairV, mostA(), towardsSoc, refusal());
        if (towardsSoc >= soughtSoc && !Double.isNaN(walk.goalS)) {
            return true;
        }
        keep();
        return false;
    }

    /** When the sought SOC was reached in the slot that {@link #towards} followed last, s. */
    double reachedS() {
        return walk.goalS;
    }

    /** The next slot at the highest current. */
    void atOnce() {
        follow(mostA(), goalSoc());
        keep();
    }

    /** The next slot as the program says; without a program no current flows. */
    void planned(@Nullable SocProgram program) {
        followTo(program == null ? soc : program.bestEnd(this, done.size()));
        keep();
    }

    /** The next slot so that it ends at a SOC, if the limits allow; as near to it as they do otherwise. */
    void leadTo(double endSoc) {
        followTo(endSoc);
        keep();
    }

    /** The next slot at a current of a cell that is not passed, A; below 0 discharges. */
    void atMost(double wantedA) {
        follow(startable() ? wantedA : 0.0, wantedA < 0.0 ? floorSoc() : Math.max(soc, highestSoc()));
        keep();
    }

    /** The next slot at a current of the pack that is not passed, A; below 0 discharges. */
    void cellsOf(double packA) {
        atMost(packA / pack.parallel);
    }

    private double mostA() {
        return startable() ? Double.POSITIVE_INFINITY : 0.0;
    }

    private boolean startable() {
        return flowing || starts < mostStarts;
    }

    private LimitRule refusal() {
        if (soc >= aimSoc && aimSoc < need.targetSoc()) {
            return LimitRule.COST_CEILING;
        }
        return startable() || soc >= goalSoc() ? LimitRule.NOT_KNOWN : LimitRule.STARTS;
    }

    private double floorSoc() {
        return Math.min(soc, need.rules().discharge().floorSoc());
    }

    private void follow(double wantedA, double towardsSoc) {
        atReach = false;
        walk.follow(done.size(), soc, hotDegC, pairV, wantedA, towardsSoc, refusal());
    }

    /** Where the next slot leads at the highest charge current. */
    double reach() {
        follow(mostA(), Math.max(soc, highestSoc()));
        reachSoc = walk.endSoc;
        atReach = true;
        return reachSoc;
    }

    /** Where the next slot leads at the highest discharge current. */
    double drain() {
        follow(-mostA(), floorSoc());
        return walk.endSoc;
    }

    private void followTo(double endSoc) {
        int k = done.size();
        double capacityAsPerS = pack.capacityAh * 3600.0 / horizon.durationS[k];
        double rounding = SlotWalk.SOC_ROUNDING;
        if (endSoc > soc + rounding && horizon.capW[k] > 0.0 && startable()) {
            double highestSoc = Math.max(soc, highestSoc());
            if (hasty && Math.abs(endSoc - goalSoc()) < SAME_SOC) {
                follow(Double.POSITIVE_INFINITY, Math.min(goalSoc(), highestSoc));
                return;
            }
            if (endSoc >= reachSoc - rounding && reachSoc < highestSoc - rounding) {
                if (!atReach) {
                    follow(mostA(), highestSoc);
                }
                return;
            }
            double meanA = Math.max((endSoc - soc) * capacityAsPerS, leastA);
            follow(meanA, Math.min(endSoc, highestSoc));
            if (walk.endSoc < endSoc - rounding && !walk.cutAlways) {
                tapered(endSoc, meanA, highestSoc);
            }
        } else if (endSoc < soc - rounding && horizon.sellW[k] > 0.0 && startable()) {
            follow(-Math.max((soc - endSoc) * capacityAsPerS, leastA), Math.max(endSoc, floorSoc()));
        } else {
            follow(0.0, soc);
        }
    }

    /** Finds the current that leads to an end although a limit cuts it short in part of the slot, and follows it: regula falsi (Illinois). */
    private void tapered(double endSoc, double meanA, double highestSoc) {
        double low = meanA;
        double missLow = walk.endSoc - endSoc;
        follow(Double.POSITIVE_INFINITY, highestSoc);
        boolean farthest = walk.endSoc <= endSoc + SlotWalk.SOC_ROUNDING && endSoc < highestSoc;
        if (farthest || walk.endSoc < endSoc - SlotWalk.SOC_ROUNDING) {
            return;
        }
        double high = walk.peakA;
        double missHigh = passedBy(endSoc, high);
        double over = missHigh;
        double near = CURRENT_SHARE * (endSoc - soc);
        int side = 0;
        for (int i = 0; i < MOST_TRIALS && over > near && high - low > CURRENT_SHARE * high; i++) {
            double trialA = high - missHigh * (high - low) / (missHigh - missLow);
            follow(trialA, highestSoc);
            double miss = passedBy(endSoc, trialA);
            if (miss < 0.0) {
                low = trialA;
                missLow = miss;
                missHigh *= side < 0 ? 0.5 : 1.0;
                side = -1;
            } else {
                high = trialA;
                missHigh = miss;
                over = miss;
                missLow *= side > 0 ? 0.5 : 1.0;
                side = 1;
            }
        }
        follow(high, endSoc);
    }

    /** By how much the slot just followed passes a SOC, or would with the time that the goal leaves; below 0 if it stays short. */
    private double passedBy(double endSoc, double currentA) {
        int k = done.size();
        double endS = horizon.startS[k] + horizon.durationS[k];
        double unusedS = Double.isNaN(walk.goalS) ? 0.0 : endS - walk.goalS;
        return walk.endSoc - endSoc + currentA * unusedS / (3600.0 * pack.capacityAh);
    }

    /** Enters the slot just followed into the plan. */
    private void keep() {
        int k = done.size();
        reachSoc = Double.NaN;
        double durationS = horizon.durationS[k];
        double energyKwh = walk.energyKwh;
        boolean flows = energyKwh != 0.0;
        double currentA = (walk.endSoc - soc) * pack.capacityAh * pack.parallel * 3600.0 / durationS;
        double co2 = need.worth().co2PerKg() * walk.co2Kg;
        double preferred = 0.0;
        if (energyKwh > 0.0) {
            preferred = horizon.preferencePerKwh[k] * walk.storedKwh
                    + horizon.lossExtraPerKwh(k) * (energyKwh - walk.storedKwh);
        } else if (flows) {
            preferred = horizon.sellLossExtraPerKwh(k) * (energyKwh - walk.storedKwh);
        }
        LimitRule cause = walk.longest();
        walk.note(held);
        double finishBeforeS = finishS;
        if (walk.endSoc < need.targetSoc() - 2.0 * SlotWalk.SOC_ROUNDING) {
            finishS = Double.NaN;
        } else if (Double.isNaN(finishS)) {
            finishS = Double.isNaN(walk.goalS) ? horizon.startS[k] + durationS : walk.goalS;
        }
        double time = timeCost(k, finishBeforeS);
        done.add(new PlanSlot(
                horizon.startS[k],
                durationS,
                energyKwh * 3.6e6 / durationS,
                currentA,
                energyKwh * 1000.0,
                flows ? walk.bill / energyKwh : horizon.pricePerKwh[k],
                soc,
                walk.endSoc,
                walk.endDegC,
                new PlanCost(walk.bill, co2, walk.ageingCost, 0.0, preferred, time),
                cause,
                walk.heaterKwh * 3.6e6 / durationS));
        heaterW[k] = walk.heaterKwh * 3.6e6 / durationS * efficiency;
        walk.keep();
        meanColdDegC[k] = walk.meanColdDegC;
        meanHotDegC[k] = walk.meanHotDegC;
        starts += flows && !flowing ? 1 : 0;
        flowing = flows;
        soc = walk.endSoc;
        hotDegC = walk.endDegC;
        System.arraycopy(walk.endPairV, 0, pairV, 0, pairV.length);
    }

    /** What the part of a slot before the target is worth. */
    private double timeCost(int k, double finishBeforeS) {
        double pricePerH = need.worth().pricePerH();
        if (pricePerH == 0.0 || !Double.isNaN(finishBeforeS)) {
            return 0.0;
        }
        double endS = Double.isNaN(finishS) ? horizon.startS[k] + horizon.durationS[k] : finishS;
        return pricePerH * (endS - horizon.startS[k]) / 3600.0;
    }

    /** How slow pairs tightened the voltage limit. */
    Pinch pinch() {
        return walk.pinch();
    }

    /** Whether a rule held the current down at any time. */
    boolean held(LimitRule rule) {
        return held[rule.ordinal()];
    }

    double missedSoc() {
        double missed = need.targetSoc() - soc;
        return missed > 2.0 * SlotWalk.SOC_ROUNDING ? missed : 0.0;
    }

    private double missedCost() {
        return missedSoc() > 0.0 ? need.missedPerKwh() * pack.storedKwh(soc, need.targetSoc()) : 0.0;
    }

    /** Bill of the energy. */
    double bill() {
        return done.bill();
    }

    /** When the target was reached, s; NaN if it is not. */
    double finishS() {
        return finishS;
    }

    /** Time that a unit of SOC takes in the slot in which the target is reached, s; NaN if it is not reached by charging. */
    double endSPerSoc() {
        for (PlanSlot slot : done) {
            double endS = Math.min(slot.startS() + slot.durationS(), finishS);
            if (slot.endSoc() > slot.startSoc() && slot.startS() < finishS && endS >= finishS) {
                return (endS - slot.startS()) / (slot.endSoc() - slot.startSoc());
            }
        }
        return Double.NaN;
    }

    /** What the program makes least: all costs and the preference between slots. */
    double objective() {
        return done.objective(missedCost());
    }

    /** The rule of the last slot. */
    LimitRule lastCause() {
        return done.get(done.size() - 1).cause();
    }

    /** SOC at the end of slot k. */
    double socAfter(int k) {
        return done.get(k).endSoc();
    }

    /** Whether the heater runs at any time. */
    boolean heats() {
        return done.heats();
    }

    /** How it heats. */
    HeatCourse heat() {
        return heat;
    }

    /** When energy first flows into the cells, s; NaN if it never does. */
    double firstChargeS() {
        return done.firstChargeS();
    }

    /** The plan, with the rule to name if something is missing. */
    ChargePlan plan(String schedule, LimitRule missedCause, ArrivalForecast arrival) {
        double missed = missedSoc();
        LimitRule cause = missed > 0.0 ? missedCause : LimitRule.GOAL;
        PlanCost cost = done.cost(missedCost());
        double toDegC = heats() ? heat.toDegC() : Double.NaN;
        return new ChargePlan(
                schedule, done.all(), soc, finishS, done.energyWh(), cost, missed, cause, arrival, toDegC);
    }
}
