package io.github.bms4j.charge;

import io.github.bms4j.cell.ThermalRating;
import io.github.bms4j.limit.LimitRule;
import java.util.Arrays;

/**
 * One slot followed from its start: SOC, temperature, energy and cost under every limit.
 *
 * <p>Sub-steps of at most 30 s by the midpoint rule, with the current of the sub-step before as the way to the middle; what is left of the
 * slot once nothing can flow any more is one sub-step. A cell is one lump of heat, v² / R of every resistance, that loses it to the
 * surroundings; the difference between the hottest and the coldest reading stays, because sensors and cooling stay what they are. Where
 * a plan heats, the heater comes first of what the slot supplies. A loop object: the answer is in the fields until the next call.
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
    private final double heatCapacityJPerK;
    private final HeatCourse heat;
    private final SlotHeat heater;
    private final double[] ruleS = new double[RULES.length];
    private final int pairs;
    private final double[] decay;
    private final double[] pairOhm;
    private double chargeW;
    private double decayOfS = Double.NaN;
    private double cooled;
    private double heatedS;
    private double standOffV;
    private double ohm;
    private double seriesOhm;
    /** Heat of the pairs over the sub-step, by Simpson's rule, W: not all that they take is heat at once. */
    private double pairsW;

    private final Pinch pinch = new Pinch();

    /** What the pairs of a cell hold at the end of the slot, V. */
    final double[] endPairV;

    double endSoc;
    double endDegC;
    /** Highest temperature while current flowed, °C. */
    double peakDegC;
    /** Means over the slot, °C. */
    double meanColdDegC;

    double meanHotDegC;
    /** Energy through the connector, kWh; below 0 when it is given back. */
    double energyKwh;
    /** Energy put into the cells or taken out of them, kWh. */
    double storedKwh;

    /** The heater's share of {@link #energyKwh}, kWh. */
    double heaterKwh;

    double bill;
    double co2Kg;
    double ageingCost;
    /** When the goal was reached, s; NaN if it was not. */
    double goalS;
    /** Highest current of a cell in the slot, A. */
    double peakA;
    /** Whether limits kept the current below the wanted one all the time. */
    boolean cutAlways;

    SlotWalk(PackCircuit pack, ChargeCeiling ceiling, PlanHorizon horizon, PlanRequest request, HeatCourse heat) {
        this.pack = pack;
        this.ceiling = ceiling;
        this.horizon = horizon;
        ageing = request.need().worth().ageing();
        ages = ageing.pricePerLostKwh() > 0.0;
        efficiency = request.offer().rating().efficiency();
        targetSoc = request.need().targetSoc();
        spreadK = request.pack().hottestDegC() - request.pack().coldestDegC();
        ambientDegC = request.pack().ambientDegC() + 0.5 * spreadK;
        ThermalRating thermal = pack.type.thermal();
        heatCapacityJPerK = thermal.heatCapacityJPerK() * request.heater().bulk();
        coolingPerS = thermal.toAmbientWPerK() * request.heater().cooling() / heatCapacityJPerK;
        this.heat = heat;
        heater = new SlotHeat(pack, horizon, request, heat);
        pairs = pack.pairs();
        decay = new double[pairs];
        pairOhm = new double[pairs];
        endPairV = new double[pairs];
    }

    /** SOC from which on nothing is heated. */
    void heatUntil(double soc) {
        heater.until(soc);
    }

    /** The slot just followed is kept. */
    void keep() {
        heater.keep();
    }

    /** How the voltage limit was tightened by slow pairs, over all slots followed. */
    Pinch pinch() {
        return pinch;
    }

    /** Highest mean SOC that the fullest cell allows. */
    double topSoc() {
        return ceiling.topSoc();
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
        if (heat.heats()) {
            ceiling.heater(0.0);
        }
        boolean out = wantedA < 0.0;
        double mostA = Math.abs(wantedA);
        double sign = out ? -1.0 : 1.0;
        boolean refuses = refused != LimitRule.NOT_KNOWN;
        boolean moves = mostA > 0.0 && (out ? horizon.sellW[k] > 0.0 : ceiling.supplied());
        double slotS = horizon.durationS[k];
        boolean warms = !out && heat.heats() && heater.slot(k, ceiling.supplied() && refused == LimitRule.NOT_KNOWN);
        int steps = moves || warms ? (int) Math.ceil(slotS / LONGEST_STEP_S) : 1;
        double dtS = slotS / steps;
        decays(dtS);
        double spread = spreadK;
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
        peakDegC = hotDegC;
        peakA = 0.0;
        cutAlways = moves;
        Arrays.fill(ruleS, 0.0);
        System.arraycopy(pairV, 0, endPairV, 0, pairs);
        for (int n = 0; n < steps; n++) {
            double cold = hot - spread;
            if (warms) {
                ceiling.heater(heater.takesW(cold, s));
            }
            double room = Math.max(0.0, sign * (goalSoc - s));
            boolean done = s >= targetSoc - SOC_ROUNDING && !out && (mostA == 0.0 || goalSoc <= targetSoc);
            if (room == 0.0 && n + 1 < steps && (done || refuses)) {
                dtS = slotS - n * dtS;
                decays(dtS);
                steps = n + 1;
            }
            if (n == 0) {
                limit(out, s, cold, hot);
            }
            double firstA = Math.min(mostA, ceiling.limitA);
            double middle = s + sign * Math.min(room, 0.5 * firstA * dtS / capacityAs);
            if (n > 0 || firstA > 0.0) {
                limit(out, middle, cold, hot);
            }
            double a = moves ? Math.min(mostA, ceiling.limitA) : 0.0;
            double runS = a * dtS > room * capacityAs ? room * capacityAs / a : dtS;
            peakA = Math.max(peakA, a);
            cutAlways &= a < mostA;
            explain(a, done, dtS, runS, refused);
            double heatW = 0.0;
            if (!(a > 0.0 && runS > 0.0)) {
                rest();
            }
            double socBefore = s;
            if (a > 0.0 && runS > 0.0) {
                double meanPairV = settle(sign * a, !out && a >= ceiling.limitA, middle);
                double ocvV = pack.ocvV(middle, cold);
                double terminalV = ocvV + sign * (pack.halfGapV(middle) + a * seriesOhm) + meanPairV;
                book(k, sign * a, ocvV, terminalV, runS);
                heatW = (a * a * seriesOhm + pairsW) * runS / dtS;
                s = runS < dtS ? goalSoc : s + sign * a * dtS / capacityAs;
                if (!out && s >= goalSoc - SOC_ROUNDING && Double.isNaN(goalS)) {
                    s = Math.min(goalSoc, Math.max(s, goalSoc - SOC_ROUNDING));
                    goalS = horizon.startS[k] + n * dtS + runS;
                }
                if (ages) {
                    double degC = hot - 0.5 * spread;
                    double ratePerH = a / pack.capacityAh;
                    double movedKwh = a * ocvV * pack.cells() * runS / 3.6e6;
                    ageingCost += movedKwh * (ageing.perKwh(degC) + ratePerH * ageing.perKwhAndRate(degC));
                }
            }
            if (warms) {
                heatW += a > 0.0 && runS > 0.0 ? heater.warms(chargeW, runS, dtS) : heater.warms(0.0, 0.0, dtS);
            }
            double hotBefore = hot;
            hot = ambientDegC + (hot - ambientDegC) * cooled + heatW / heatCapacityJPerK * heatedS;
            peakDegC = a > 0.0 ? Math.max(peakDegC, hot) : peakDegC;
            boolean cools = heatW == 0.0 && dtS > LONGEST_STEP_S;
            double meanHot = cools ? ambientDegC + (hotBefore - ambientDegC) * heatedS / dtS : 0.5 * (hotBefore + hot);
            hotSum += dtS * meanHot;
            coldSum += dtS * (meanHot - spread);
            if (ages) {
                double degC = meanHot - 0.5 * spread;
                ageingCost += pack.ratedKwh * ageing.calendarPerH(0.5 * (socBefore + s), degC) * dtS / 3600.0;
            }
        }
        heaterKwh = 0.0;
        if (warms) {
            heaterKwh = heater.energyKwh;
            energyKwh += heater.energyKwh;
            bill += heater.bill;
            co2Kg += heater.co2Kg;
        }
        endSoc = s;
        endDegC = hot;
        meanHotDegC = hotSum / slotS;
        meanColdDegC = coldSum / slotS;
    }

    /** What is left of heat and of the pairs' voltages after a sub-step; most slots are equally long. */
    private void decays(double dtS) {
        if (dtS == decayOfS) {
            return;
        }
        decayOfS = dtS;
        cooled = StrictMath.exp(-coolingPerS * dtS);
        heatedS = coolingPerS > 0.0 ? -StrictMath.expm1(-coolingPerS * dtS) / coolingPerS : dtS;
        for (int j = 0; j < pairs; j++) {
            decay[j] = StrictMath.exp(-dtS / pack.pairTauS(j));
        }
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
        pairsW = 0.0;
        double steadyOhm = seriesOhm;
        for (int j = 0; j < pairs; j++) {
            double before = endPairV[j];
            endPairV[j] = decay[j] * before + (1.0 - decay[j]) * pairOhm[j] * a;
            meanV += 0.5 * (before + endPairV[j]);
            double steadyV = pairOhm[j] * a;
            double middleV = steadyV + Math.sqrt(decay[j]) * (before - steadyV);
            double square = before * before + 4.0 * middleV * middleV + endPairV[j] * endPairV[j];
            pairsW += square / (6.0 * pairOhm[j]);
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
            chargeW = connectorW;
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
