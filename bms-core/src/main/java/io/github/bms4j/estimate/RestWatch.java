package io.github.bms4j.estimate;

import io.github.bms4j.cell.CellType;
import io.github.bms4j.cell.Hysteresis;
import io.github.bms4j.cell.RcBranch;
import io.github.bms4j.num.FirstOrder;
import java.util.List;

/**
 * What the current alone says of cells that share it: charge counted, how long they rest, what polarisation is left and
 * which way the hysteresis points.
 *
 * <p>Model: a settling current a time constant, shared by all cells; a cell's polarisation is its own resistance times
 * these, so nothing here is kept cell by cell. Counting takes the coulombic efficiency off what is charged. A gap is rest
 * when both its ends are; any other breaks the count. Units and sign: A (positive discharging), Ah, s. Thread: one.
 * Allocation: none after construction.
 */
final class RestWatch {
    /** Longest time between two samples that is counted across, s. */
    static final double MAX_GAP_S = 10.0;

    /** A current below this is rest, over the capacity, 1/h. */
    static final double REST_RATE_PER_H = 0.01;

    /** Standard deviation of a state anywhere in [-1, 1]: 1/sqrt(3). */
    private static final double UNKNOWN_HYSTERESIS_SIGMA = Math.sqrt(1.0 / 3.0);

    private final List<RcBranch> branches;
    private final Hysteresis gap;
    private final double capacityAh;
    private final double efficiency;
    private final double restA;
    private final double[] settledA;

    private double hysteresis;
    private double hysteresisSigma = UNKNOWN_HYSTERESIS_SIGMA;
    private double restS;
    private boolean ended;
    private boolean broken;
    private double countedAh;
    private double throughputAh;
    private double elapsedS;

    RestWatch(CellType type) {
        branches = type.circuit().branches();
        gap = type.ocv().hysteresis();
        capacityAh = type.rating().capacityAh();
        efficiency = type.rating().coulombicEfficiency();
        restA = REST_RATE_PER_H * capacityAh;
        settledA = new double[branches.size()];
    }

    /** Goes on by dtS, s, above 0, while the cell current went from one reading to the next. */
    void step(double fromA, double toA, double dtS) {
        boolean restNow = Math.abs(toA) <= restA;
        boolean restBefore = Math.abs(fromA) <= restA;
        broken = dtS > MAX_GAP_S && !(restNow && restBefore);
        ended = restS > 0.0 && !restNow;
        restS = restNow && !broken ? restS + dtS : 0.0;
        double meanA = 0.5 * (fromA + toA);
        for (int j = 0; j < settledA.length; j++) {
            double share = FirstOrder.settled(dtS / branches.get(j).tauS());
            settledA[j] += share * (meanA - settledA[j]);
        }
        elapsedS += dtS;
        if (broken) {
            hysteresisSigma = UNKNOWN_HYSTERESIS_SIGMA;
            return;
        }
        double movedAh = meanA * dtS / 3600.0;
        countedAh += movedAh > 0.0 ? movedAh : efficiency * movedAh;
        throughputAh += Math.abs(movedAh);
        double turn = gap.turn(movedAh / capacityAh);
        hysteresis += turn * (-Math.signum(movedAh) - hysteresis);
        hysteresisSigma *= 1.0 - turn;
    }

    /** Polarisation a cell has left at this SOC and temperature, V, positive after discharge. */
    double polarisationV(double soc, double tDegC) {
        double sum = 0.0;
        for (int j = 0; j < settledA.length; j++) {
            sum += settledA[j] * branches.get(j).resistance().ohm(soc, tDegC);
        }
        return sum;
    }

    /** For how long no current to speak of has flowed, s; 0 while it flows. */
    double restS() {
        return restS;
    }

    /** Whether the last step ended a rest. */
    boolean ended() {
        return ended;
    }

    /** Whether the last step was a gap across which nothing was counted. */
    boolean broken() {
        return broken;
    }

    /** Charge taken out of a cell since the start, Ah. */
    double countedAh() {
        return countedAh;
    }

    /** Charge moved through a cell in either direction since the start, Ah. */
    double throughputAh() {
        return throughputAh;
    }

    /** Time since the start, s. */
    double elapsedS() {
        return elapsedS;
    }

    /** State of the hysteresis, -1 discharged … 1 charged. */
    double hysteresis() {
        return hysteresis;
    }

    /** Standard deviation of {@link #hysteresis}. */
    double hysteresisSigma() {
        return hysteresisSigma;
    }
}
