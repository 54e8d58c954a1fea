package io.github.bms4j.thermal;

import io.github.bms4j.cell.CellRating;
import io.github.bms4j.cell.CellType;
import io.github.bms4j.cell.OcvCurve;
import io.github.bms4j.cell.PackLayout;
import io.github.bms4j.cell.RcBranch;
import io.github.bms4j.cell.ResistanceMap;
import io.github.bms4j.limit.LimitSettings;
import java.util.Arrays;
import java.util.List;

/**
 * One charge of a pack of equal cells as fast as its limits let it, with or without a heater: how long, how much energy, how warm.
 *
 * <p>Steps of {@value #STEP_S} s: the current is the least of rating, plating map, heat derating, cell voltage at the end of the step and
 * the station; the RC pairs settle exactly; the cell is one lump of heat (docs/theory/preconditioning.md). A cell that is charged stands on
 * the upper branch of its hysteresis. Thread: one.
 */
final class ChargeRun {
    static final double STEP_S = 10.0;

    /** The heater goes on again when the pack has cooled by this, K. */
    static final double HOLD_K = 2.5;

    /** Beyond a day nobody waits. */
    private static final double MOST_S = 86_400.0;

    private final CellType type;
    private final CellRating rating;
    private final OcvCurve ocv;
    private final ResistanceMap r0;
    private final List<RcBranch> branches;
    private final LimitSettings limits;
    private final HeaterRating heater;
    private final int cells;
    private final double capacityAs;
    private final double lossWPerK;
    private final double heatJPerK;
    private final double heatCellW;
    private final double decay;
    /** By how much of its warmth above the air a cell may be colder than its sensor. */
    private final double unevenShare;

    private final double[] settled;
    private final double[] rcV;

    // What the last run came to.
    private double timeS;
    private double stationWh;
    private double heaterWh;
    private double heatingS;
    private double beforeS;
    private double soc;
    private double degC;

    ChargeRun(CellType type, PackLayout layout, HeaterRating heater, LimitSettings limits) {
        this.type = type;
        rating = type.rating();
        ocv = type.ocv();
        r0 = type.circuit().r0();
        branches = type.circuit().branches();
        this.limits = limits;
        this.heater = heater;
        cells = layout.series() * layout.parallel();
        capacityAs = rating.capacityAh() * 3600.0;
        lossWPerK = type.thermal().toAmbientWPerK() * heater.cooling();
        heatJPerK = type.thermal().heatCapacityJPerK() * heater.bulk();
        heatCellW = heater.efficiency() * heater.powerW() / cells;
        unevenShare = limits.sigmas().uneven() * heater.cooling();
        decay = StrictMath.exp(-lossWPerK / heatJPerK * STEP_S);
        settled = new double[branches.size()];
        for (int j = 0; j < settled.length; j++) {
            settled[j] = -StrictMath.expm1(-STEP_S / branches.get(j).tauS());
        }
        rcV = new double[settled.length];
    }

    /** Temperature that the pack comes to under a steady heat in a cell, °C; infinite for one that loses nothing. */
    double endDegC(double ambientDegC) {
        return lossWPerK > 0.0
                ? ambientDegC + heatCellW / lossWPerK
                : heatCellW > 0.0 ? Double.POSITIVE_INFINITY : ambientDegC;
    }

    /** What it takes to warm the pack without current. */
    HeatUp heatUp(double fromDegC, double toDegC, double ambientDegC) {
        if (toDegC <= fromDegC) {
            return new HeatUp(fromDegC, 0.0, 0.0);
        }
        double s = Double.POSITIVE_INFINITY;
        if (lossWPerK == 0.0) {
            s = heatCellW > 0.0 ? heatJPerK * (toDegC - fromDegC) / heatCellW : s;
        } else if (endDegC(ambientDegC) > toDegC) {
            double end = endDegC(ambientDegC);
            s = heatJPerK / lossWPerK * StrictMath.log((end - fromDegC) / (end - toDegC));
        }
        return new HeatUp(toDegC, s, heater.powerW() * s / 3600.0);
    }

    /**
     * Runs from now on: heat on the pack's own energy until the plug is in, as late as it can begin, then charge, with the heater on
     * until the temperature is reached and whenever the pack has cooled by {@value #HOLD_K} K.
     *
     * @param toDegC temperature at which the heater goes off; not above the pack's for none
     */
    void run(PreconditioningNeed need, double toDegC) {
        soc = need.soc();
        degC = need.packDegC();
        Arrays.fill(rcV, 0.0);
        timeS = 0.0;
        stationWh = 0.0;
        HeatUp whole = heatUp(degC, toDegC, need.ambientDegC());
        double leadS = Math.min(need.leadS(), whole.timeS());
        drift(need.leadS() - leadS, need.ambientDegC(), 0.0);
        drift(leadS, need.ambientDegC(), heatCellW);
        heatingS = leadS;
        beforeS = leadS;
        heaterWh = heater.powerW() * leadS / 3600.0;
        soc = Math.max(0.0, soc - heaterWh * 3600.0 / (cells * capacityAs * ocv.v(soc, degC)));
        boolean heating = degC < toDegC - 1e-6;
        boolean moves = true;
        while (soc < need.targetSoc() && timeS < MOST_S && moves) {
            heating = degC < (heating ? toDegC : toDegC - HOLD_K);
            moves = step(need, heating);
        }
        timeS = soc >= need.targetSoc() ? timeS : Double.POSITIVE_INFINITY;
    }

    private void drift(double s, double ambientDegC, double w) {
        if (lossWPerK > 0.0) {
            double end = ambientDegC + w / lossWPerK;
            degC = end + (degC - end) * StrictMath.exp(-lossWPerK / heatJPerK * s);
        } else {
            degC += w * s / heatJPerK;
        }
    }

    /** One step; false if nothing flows and nothing warms, so that nothing ever will. */
    private boolean step(PreconditioningNeed need, boolean heating) {
        double heaterW = heating ? Math.min(heater.powerW(), need.stationW()) : 0.0;
        double openV = ocv.v(soc, degC) + ocv.hysteresis().halfGapV(soc);
        double ohm = r0.ohm(soc, degC);
        double series = ohm;
        for (int j = 0; j < settled.length; j++) {
            double branchOhm = branches.get(j).resistance().ohm(soc, degC);
            openV += rcV[j] * (1.0 - settled[j]);
            series += branchOhm * settled[j];
        }
        double a = chargeA(openV, series, (need.stationW() - heaterW) / cells, need.ambientDegC());
        double roomS = (need.targetSoc() - soc) * capacityAs / a; // infinite without current
        double s = Math.min(STEP_S, roomS);
        double lossW = a * a * ohm;
        for (int j = 0; j < settled.length; j++) {
            double branchOhm = branches.get(j).resistance().ohm(soc, degC);
            rcV[j] += settled[j] * (branchOhm * a - rcV[j]);
            lossW += rcV[j] * rcV[j] / branchOhm;
        }
        double heatW = lossW + (heaterW > 0.0 ? heatCellW * heaterW / heater.powerW() : 0.0);
        stationWh += (a * (openV + series * a) * cells + heaterW) * s / 3600.0;
        heaterWh += heaterW * s / 3600.0;
        heatingS += heating ? s : 0.0;
        soc = roomS <= STEP_S ? need.targetSoc() : soc + a * s / capacityAs;
        if (lossWPerK > 0.0) {
            double end = need.ambientDegC() + heatW / lossWPerK;
            degC = end + (degC - end) * decay;
        } else {
            degC += heatW * STEP_S / heatJPerK;
        }
        timeS += s;
        return a > 0.0 || heating || degC < need.ambientDegC();
    }

    /** The highest current of one cell, A, for an open voltage and a resistance that both hold at the end of the step. */
    private double chargeA(double openV, double series, double stationCellW, double ambientDegC) {
        double aboveAirK = Math.max(0.0, degC - ambientDegC);
        double plateDegC = degC - limits.sigmas().sensorK() - unevenShare * aboveAirK;
        double plating = type.chargeMap().maxRatePerH(soc, plateDegC) * rating.capacityAh();
        double a = Math.min(rating.maxChargeA(), plating);
        a *= limits.hotShare(rating.charge(), degC);
        if (degC <= rating.charge().minDegC()) {
            a = 0.0;
        }
        a = Math.min(a, (rating.maxV() - limits.voltageMarginV() - openV) / series);
        if (stationCellW < Double.POSITIVE_INFINITY) {
            a = Math.min(
                    a,
                    stationCellW <= 0.0
                            ? 0.0
                            : 2.0 * stationCellW / (openV + Math.sqrt(openV * openV + 4.0 * series * stationCellW)));
        }
        return Math.max(0.0, a);
    }

    /** Power at the pack's terminals that it takes at a SOC and temperature once its pairs have settled, W. */
    double takesW(double atSoc, double atDegC) {
        soc = atSoc;
        degC = atDegC;
        double openV = ocv.v(soc, degC) + ocv.hysteresis().halfGapV(soc);
        double ohm = type.circuit().totalOhm(soc, degC);
        double a = chargeA(openV, ohm, Double.POSITIVE_INFINITY, degC);
        return cells * a * (openV + a * ohm);
    }

    /** Time from the plug to the target, s; infinite if it was not reached. */
    double timeS() {
        return timeS;
    }

    /** Energy from the station, heater included, Wh. */
    double stationWh() {
        return stationWh;
    }

    /** Energy of the heater, before the plug and after, Wh. */
    double heaterWh() {
        return heaterWh;
    }

    /** How long the heater ran before the plug, s. */
    double beforeS() {
        return beforeS;
    }

    /** How long the heater ran, s. */
    double heatingS() {
        return heatingS;
    }
}
