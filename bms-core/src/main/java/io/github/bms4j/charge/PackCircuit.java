package io.github.bms4j.charge;

import io.github.bms4j.cell.CellType;
import io.github.bms4j.cell.Circuit;
import io.github.bms4j.cell.PackLayout;

/**
 * A pack as a plan sees it, over the pack's SOC: its mean cell is an open-circuit voltage behind the steady resistance of the
 * circuit, its fullest cell runs ahead.
 *
 * <p>Steady means that the RC pairs have settled, which they do within a few of their time constants; a slot is longer.
 */
final class PackCircuit {
    /** Grid of the energy integral; the trapezium's error is below 1e-5 of the energy on any smooth curve. */
    private static final double INTEGRAL_STEP = 0.002;

    final CellType type;
    final int series;
    final int parallel;
    /** Charge of a cell that moves the pack's SOC from 0 to 1, Ah. */
    final double capacityAh;

    final double overheadW;
    /** kWh in the pack per volt of a cell and unit of SOC. */
    final double kwhPerV;

    /** Energy as rated, kWh. */
    final double ratedKwh;

    /** What was asked of it. */
    final PlanEffort effort = new PlanEffort();

    private final Circuit circuit;
    private final double resistanceShare;
    private final double nowSoc;
    private final double meanLead;
    private final double meanGain;
    private final double fullestLead;
    private final double fullestGain;

    PackCircuit(CellType type, PackLayout layout, double overheadPerH, PackNow now) {
        PackCondition condition = now.condition();
        this.type = type;
        this.circuit = type.circuit();
        this.series = layout.series();
        this.parallel = layout.parallel();
        this.capacityAh = type.rating().capacityAh() * condition.capacityShare();
        this.resistanceShare = condition.resistanceShare();
        this.nowSoc = now.soc();
        this.meanLead = condition.spread().meanLead();
        this.meanGain = condition.spread().meanRise() - 1.0;
        this.fullestLead = now.socLead();
        this.fullestGain = condition.spread().fullestRise() - 1.0;
        this.kwhPerV = (double) series * parallel * capacityAh / 1000.0;
        this.ratedKwh = (double) series
                * parallel
                * type.rating().capacityAh()
                * type.rating().nominalV()
                / 1000.0;
        this.overheadW = overheadPerH * ratedKwh * 1000.0;
    }

    int cells() {
        return series * parallel;
    }

    /** SOC of the mean cell at a SOC of the pack. */
    double meanSoc(double soc) {
        return soc + (meanLead + meanGain * (soc - nowSoc));
    }

    /** SOC that the fullest cell is likely to have at a SOC of the pack. */
    double fullestSoc(double soc) {
        return soc + (fullestLead + fullestGain * (soc - nowSoc));
    }

    /** SOC of the pack at which the fullest cell is likely to have another SOC. */
    double socOfFullest(double fullest) {
        return nowSoc + (fullest - nowSoc - fullestLead) / (1.0 + fullestGain);
    }

    /** Open-circuit voltage of the mean cell, V. */
    double ocvV(double soc, double temperatureDegC) {
        return cellOcvV(meanSoc(soc), temperatureDegC);
    }

    /** Open-circuit voltage of a cell of a SOC, V. */
    double cellOcvV(double cellSoc, double temperatureDegC) {
        return type.ocv().v(cellSoc, temperatureDegC);
    }

    /** Resistance over the model's. */
    double resistanceShare() {
        return resistanceShare;
    }

    /** Steady resistance of the mean cell, Ω. */
    double ohm(double soc, double temperatureDegC) {
        return resistanceShare * circuit.totalOhm(meanSoc(soc), temperatureDegC);
    }

    /** Resistance that answers at once, Ω. */
    double seriesOhm(double soc, double temperatureDegC) {
        return resistanceShare * circuit.r0().ohm(meanSoc(soc), temperatureDegC);
    }

    /** Resistance of pair j, Ω. */
    double pairOhm(int j, double soc, double temperatureDegC) {
        return resistanceShare * circuit.branches().get(j).resistance().ohm(meanSoc(soc), temperatureDegC);
    }

    /** Time constant of pair j, s. */
    double pairTauS(int j) {
        return circuit.branches().get(j).tauS();
    }

    int pairs() {
        return circuit.branches().size();
    }

    /** By how much the branches of the open-circuit voltage stand off their mean, V. */
    double halfGapV(double soc) {
        return type.ocv().hysteresis().halfGapV(meanSoc(soc));
    }

    /** Energy stored between two states of charge at the reference temperature, kWh; 0 if the second is not higher. */
    double storedKwh(double fromSoc, double toSoc) {
        if (!(toSoc > fromSoc)) {
            return 0.0;
        }
        int steps = (int) Math.ceil((toSoc - fromSoc) / INTEGRAL_STEP);
        double step = (toSoc - fromSoc) / steps;
        effort.looks += steps;
        double degC = type.ocv().referenceDegC();
        double sumV = 0.5 * (ocvV(fromSoc, degC) + ocvV(toSoc, degC));
        for (int i = 1; i < steps; i++) {
            sumV += ocvV(fromSoc + i * step, degC);
        }
        return kwhPerV * step * sumV;
    }
}
