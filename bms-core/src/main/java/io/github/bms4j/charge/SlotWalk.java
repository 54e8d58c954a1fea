package io.github.bms4j.charge;

import io.github.bms4j.cell.ThermalRating;
import io.github.bms4j.limit.LimitRule;
import java.util.Arrays;

/**
 * One slot followed from its start: SOC, temperature, energy and cost under every limit.
 *
 * <p>Sub-steps of at most 30 s by the midpoint rule. A cell is one lump of heat that loses it to the surroundings; the
 * difference between the hottest and the coldest cell decays with the same time constant. A loop object: the answer is in the
 * fields until the next call.
 */
final class SlotWalk {
    private static final double LONGEST_STEP_S = 30.0;
    /** A plan that keeps so close to a limit is limited by it. */
    private static final double AT_LIMIT = 0.98;
    /** What is left to the goal below this is rounding. */
    static final double SOC_ROUNDING = 1e-7;

    private static final LimitRule[] RULES = LimitRule.values();

    private final PackCircuit pack;
    private final ChargeCeiling ceiling;
    private final PlanHorizon horizon;
    private final AgeingCost ageing;
    private final boolean ages;
    private final double efficiency;
    private final double targetSoc;
    private final double ambientDegC;
    private final double spreadK;
    private final double coolingPerS;
    private final double[] ruleS = new double[RULES.length];
    private final int pairs;
    private final double[] decay;
    private final double[] pairOhm;
    private double standOffV;
    private double ohm;
    private double seriesOhm;
    private final Pinch pinch = new Pinch();

    /** What the pairs of a cell hold at the end of the slot, V. */
    final double[] endPairV;

    double endSoc;
    double endDegC;
    /** Means over the slot, °C. */
    double meanColdDegC;

    double meanHotDegC;
    /** Energy through the connector, kWh; below 0 when it is given back. */
    double energyKwh;
    /** Energy put into the cells or taken out of them, kWh. */
    double storedKwh;

    double bill;
    double co2Kg;
    double ageingCost;
    /** When the goal was reached, s; NaN if it was not. */
    double goalS;

    SlotWalk(PackCircuit pack, ChargeCeiling ceiling, PlanHorizon horizon, PlanRequest request) {
        this.pack = pack;
        this.ceiling = ceiling;
        this.horizon = horizon;
        ageing = request.need().worth().ageing();
        ages = ageing.pricePerLostKwh() > 0.0;
        efficiency = request.offer().rating().efficiency();
        targetSoc = request.need().targetSoc();
        ambientDegC = request.pack().ambientDegC();
        spreadK = request.pack().hottestDegC() - request.pack().coldestDegC();
        ThermalRating thermal = pack.type.thermal();
        coolingPerS = thermal.toAmbientWPerK() / thermal.heatCapacityJPerK();
        pairs = pack.pairs();
        decay = new double[pairs];
        pairOhm = new double[pairs];
        endPairV = new double[pairs];
    }

    /** How the voltage limit was tightened by slow pairs, over all slots followed. */
    Pinch pinch() {
        return pinch;
    }

    /**
     * Follows slot k.
     *
     * @param pairV what the pairs of a cell hold at its start, V
     * @param wantedA current of a cell that is not passed, A; above 0 charges, below 0 discharges
     * @param goalSoc where it ends
     * @param refused rule that keeps all current away, or {@link LimitRule#NOT_KNOWN}
     */
    void follow(int k, double soc, double hotDegC, double[] pairV, double wantedA, double goalSoc, LimitRule refused) {
        ceiling.slot(horizon, k);
        boolean out = wantedA < 0.0;
        double mostA = Math.abs(wantedA);
        boolean moves = mostA > 0.0 && (out ? horizon.sellW[k] > 0.0 : ceiling.supplied());
        double slotS = horizon.durationS[k];
        int steps = moves ? (int) Math.ceil(slotS / LONGEST_STEP_S) : 1;
        double dtS = slotS / steps;
        double cooled = StrictMath.exp(-coolingPerS * dtS);
        double heatedS = coolingPerS > 0.0 ? -StrictMath.expm1(-coolingPerS * dtS) / coolingPerS : dtS;
        double spread = spreadK * StrictMath.exp(-coolingPerS * (horizon.startS[k] - horizon.startS[0]));
        double heatCapacity = pack.type.thermal().heatCapacityJPerK();
        double capacityAs = pack.capacityAh * 3600.0;
        double s = soc;
        double hot = hotDegC;
        double hotSum = 0.0;
        double coldSum = 0.0;
        energyKwh = 0.0;
        storedKwh = 0.0;
        bill = 0.0;
        co2Kg = 0.0;
        ageingCost = 0.0;
        goalS = Double.NaN;
        Arrays.fill(ruleS, 0.0);
        for (int j = 0; j < pairs; j++) {
            decay[j] = StrictMath.exp(-dtS / pack.pairTauS(j));
            endPairV[j] = pairV[j];
        }
        for (int n = 0; n < steps; n++) {
            double cold = hot - spread;
            limit(out, s, cold, hot);
            double firstA = Math.min(mostA, ceiling.limitA);
            double sign = out ? -1.0 : 1.0;
            double room = Math.max(0.0, sign * (goalSoc - s));
            double middle = s + sign * Math.min(room, 0.5 * firstA * dtS / capacityAs);
            if (firstA > 0.0) {
                limit(out, middle, cold, hot);
            }
            double a = moves ? Math.min(mostA, ceiling.limitA) : 0.0;
            double runS = a * dtS > room * capacityAs ? room * capacityAs / a : dtS;
            boolean done = s >= targetSoc - SOC_ROUNDING && !out && (mostA == 0.0 || goalSoc <= targetSoc);
            explain(a, done, dtS, runS, refused);
            double heatW = 0.0;
            if (!(a > 0.0 && runS > 0.0)) {
                rest();
            }
            double socBefore = s;
            if (a > 0.0 && runS > 0.0) {
                double meanPairV = settle(sign * a, !out && a >= ceiling.limitA, middle);
                double terminalV = pack.ocvV(middle, cold) + sign * (pack.halfGapV(middle) + a * seriesOhm) + meanPairV;
                book(k, sign * a, pack.ocvV(middle, cold), terminalV, runS);
                heatW = a * Math.abs(terminalV - pack.ocvV(middle, cold)) * runS / dtS;
                s = runS < dtS ? goalSoc : s + sign * a * dtS / capacityAs;
                if (!out && s >= goalSoc - SOC_ROUNDING && Double.isNaN(goalS)) {
                    s = Math.min(goalSoc, Math.max(s, goalSoc - SOC_ROUNDING));
                    goalS = horizon.startS[k] + n * dtS + runS;
                }
                if (ages) {
                    double degC = hot - 0.5 * spread;
                    double ratePerH = a / pack.capacityAh;
                    double movedKwh = a * pack.ocvV(middle, cold) * pack.cells() * runS / 3.6e6;
                    ageingCost += movedKwh * (ageing.perKwh(degC) + ratePerH * ageing.perKwhAndRate(degC));
                }
            }
            double hotBefore = hot;
            hot = ambientDegC + (hot - ambientDegC) * cooled + heatW / heatCapacity * heatedS;
            hotSum += 0.5 * (hotBefore + hot);
            coldSum += 0.5 * (hotBefore + hot) - spread;
            if (ages) {
                double degC = 0.5 * (hotBefore + hot) - 0.5 * spread;
                ageingCost += pack.ratedKwh * ageing.calendarPerH(0.5 * (socBefore + s), degC) * dtS / 3600.0;
            }
            spread *= cooled;
        }
        endSoc = s;
        endDegC = hot;
        meanHotDegC = hotSum / steps;
        meanColdDegC = coldSum / steps;
    }

    /** The highest current under which the cell is within its voltages at the end of the sub-step. */
    private void limit(boolean out, double soc, double coldDegC, double hotDegC) {
        seriesOhm = pack.seriesOhm(soc, coldDegC);
        ohm = seriesOhm;
        standOffV = out ? -pack.halfGapV(soc) : pack.halfGapV(soc);
        for (int j = 0; j < pairs; j++) {
            pairOhm[j] = pack.pairOhm(j, soc, coldDegC);
            ohm += (1.0 - decay[j]) * pairOhm[j];
            standOffV += decay[j] * endPairV[j];
        }
        if (out) {
            ceiling.dischargeAt(soc, coldDegC, hotDegC, standOffV, ohm);
        } else {
            ceiling.at(soc, coldDegC, hotDegC, standOffV, ohm);
        }
    }

    /** Lets the pairs answer a current, A, above 0 charging; gives the mean of what they hold over the sub-step. */
    private double settle(double a, boolean limited, double soc) {
        double meanV = 0.0;
        double steadyOhm = seriesOhm;
        for (int j = 0; j < pairs; j++) {
            double before = endPairV[j];
            endPairV[j] = decay[j] * before + (1.0 - decay[j]) * pairOhm[j] * a;
            meanV += 0.5 * (before + endPairV[j]);
            steadyOhm += pairOhm[j];
        }
        if (limited) {
            double gapV = pack.halfGapV(soc);
            pinch.note(soc, (standOffV - gapV + a * ohm) / (a * steadyOhm));
        }
        return meanV;
    }

    private void rest() {
        for (int j = 0; j < pairs; j++) {
            endPairV[j] *= decay[j];
        }
    }

    /** Energy and bill of {@code a} per cell for a while. */
    private void book(int k, double a, double ocvV, double terminalV, double runS) {
        double cellsW = pack.cells() * a * terminalV;
        double hours = runS / 3600.0;
        storedKwh += pack.cells() * a * ocvV * hours / 1000.0;
        if (a > 0.0) {
            double connectorW = cellsW / efficiency + pack.overheadW;
            energyKwh += connectorW * hours / 1000.0;
            if (horizon.cost[k].ranges() > 0) {
                bill += horizon.cost[k].pricePerH(connectorW) * hours;
                co2Kg += horizon.cost[k].gCo2PerH(connectorW) * hours / 1000.0;
            }
        } else {
            double connectorW = cellsW * efficiency + pack.overheadW;
            energyKwh += connectorW * hours / 1000.0;
            bill += horizon.sellPerKwh[k] * connectorW * hours / 1000.0;
        }
    }

    /** Books a sub-step at {@code a} per cell to the rule that kept it from being more. */
    private void explain(double a, boolean done, double dtS, double runS, LimitRule refused) {
        if (refused != LimitRule.NOT_KNOWN) {
            ruleS[refused.ordinal()] += dtS;
            return;
        }
        if (done) {
            ruleS[LimitRule.GOAL.ordinal()] += dtS;
            return;
        }
        boolean limited = a >= AT_LIMIT * ceiling.limitA;
        LimitRule rule = limited ? ceiling.rule : LimitRule.PLAN;
        ruleS[rule.ordinal()] += runS;
        ruleS[LimitRule.GOAL.ordinal()] += dtS - runS;
    }

    /** The rule that held for most of the slot. */
    LimitRule longest() {
        int longest = 0;
        for (int r = 1; r < ruleS.length; r++) {
            if (ruleS[r] > ruleS[longest]) {
                longest = r;
            }
        }
        return RULES[longest];
    }

    /** Notes the rules that held at any time in the slot. */
    void note(boolean[] held) {
        for (int r = 0; r < held.length; r++) {
            held[r] |= ruleS[r] > 0.0;
        }
    }
}
