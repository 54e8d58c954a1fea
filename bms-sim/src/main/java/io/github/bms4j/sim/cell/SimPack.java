package io.github.bms4j.sim.cell;

import io.github.bms4j.cell.PackLayout;
import io.github.bms4j.num.Check;
import io.github.bms4j.num.FirstOrder;
import io.github.bms4j.num.Table2D;
import io.github.bms4j.num.Table2DStack;
import io.github.bms4j.sim.cell.TrueCell.TrueBranch;
import io.github.bms4j.sim.random.NoiseSource;
import java.util.Arrays;

/**
 * The true pack: groups in series, each a {@link TrueCell} with its own capacity, resistance, cooling and start.
 *
 * <p>A group of parallel cells is one lumped cell that carries its share of the current. Per step of constant current i
 * (per cell, positive discharging), exact for any step length:
 *
 * <pre>
 * soc' = soc - i dt / Q
 * vj'  = aj vj + (1 - aj) Rj i              aj = exp(-dt / tauj)
 * h'   = h + (1 - exp(-g |dsoc|)) (sign(-i) - h)      hysteresis, -1 after discharge, +1 after charge
 * v    = OCV(soc) + h M(soc) - v1 - v2 - v3 - R0 i
 * T'   = Te + (T - Te) exp(-dt G / C),  Te = Ta + P / G,  P = i^2 R0 + sum vj^2 / Rj
 * </pre>
 *
 * <p>Beside the pack's current a group may feed its bleed resistor, which takes the voltage at the beginning of the step and warms the
 * board, not the cell. A heater adds to P; a coolant is a second way for the heat, of its own conductance and temperature.
 *
 * <p>Units: A, V, °C, s. Thread: one. Allocation: none after construction.
 */
public final class SimPack {
    private final TrueCell type;
    private final TrueBranch[] branches;
    private final PackLayout layout;
    /** R0 and the pairs' resistances. */
    private final Table2DStack resistances;

    private final double[] ohm;
    private final double[] capacityAh;
    private final double[] capacityAs;
    private final double[] resistance;
    private final double[] toAmbientWPerK;
    private final double[] soc;
    private final double[] hysteresis;
    private final double[][] rcV;
    private final double[] temperatureDegC;
    private final double[] r0Ohm;
    private final double[] cellV;
    private final double[] bleedS;
    private final double[] decay;
    /** Share of the way to its settled temperature that a cell covers in a step. */
    private final double[] warmed;

    private final double[] defectV;
    private CellDefects defects = CellDefects.NONE;
    private double decayDtS = Double.NaN;
    private double warmedWPerK = Double.NaN;
    private double packV;
    private double heaterW;
    private double coolantWPerK;
    private double coolantDegC;

    /**
     * A pack at rest.
     *
     * @param type the cell all of them vary around
     * @param layout how they are wired
     * @param spread how much they vary
     * @param cooling heat path in the pack relative to that of a free cell, above 0
     * @param startSoc mean SOC at the start
     * @param startDegC temperature at the start, °C
     * @param random where the differences come from
     */
    public SimPack(
            TrueCell type,
            PackLayout layout,
            PackSpread spread,
            double cooling,
            double startSoc,
            double startDegC,
            NoiseSource random) {
        this.type = type;
        this.branches = type.branches().toArray(new TrueBranch[0]);
        this.layout = layout;
        Check.positive("cooling", cooling);
        Check.fraction("startSoc", startSoc);
        Check.finite("startDegC", startDegC);
        int n = layout.cells();
        Table2D[] tables = new Table2D[1 + branches.length];
        tables[0] = type.r0Ohm();
        for (int j = 0; j < branches.length; j++) {
            tables[1 + j] = branches[j].ohm();
        }
        resistances = new Table2DStack(tables);
        ohm = new double[tables.length];
        capacityAh = new double[n];
        capacityAs = new double[n];
        warmed = new double[n];
        resistance = new double[n];
        toAmbientWPerK = new double[n];
        soc = new double[n];
        hysteresis = new double[n];
        rcV = new double[type.branches().size()][n];
        temperatureDegC = new double[n];
        r0Ohm = new double[n];
        cellV = new double[n];
        bleedS = new double[n];
        decay = new double[type.branches().size()];
        defectV = new double[n];
        for (int c = 0; c < n; c++) {
            capacityAh[c] = type.capacityAh() * (1.0 + spread.capacity() * random.bell());
            capacityAs[c] = 3600.0 * capacityAh[c];
            resistance[c] = 1.0 + spread.resistance() * random.bell();
            soc[c] = Math.min(1.0, Math.max(0.0, startSoc + spread.soc() * random.bell()));
            toAmbientWPerK[c] = type.toAmbientWPerK() * cooling * (1.0 + spread.cooling() * random.bell());
        }
        Arrays.fill(temperatureDegC, startDegC);
        settle(0.0);
    }

    /**
     * Another pack of the same cells in the same state; what happens to one does not happen to the other.
     *
     * @throws IllegalStateException when there are defects inside, which may remember things of their own
     */
    public SimPack copy() {
        if (defects != CellDefects.NONE) {
            throw new IllegalStateException("a pack with defects inside cannot be copied");
        }
        return new SimPack(this);
    }

    private SimPack(SimPack from) {
        type = from.type;
        branches = from.branches;
        layout = from.layout;
        resistances = from.resistances;
        ohm = new double[from.ohm.length];
        capacityAh = from.capacityAh.clone();
        capacityAs = from.capacityAs.clone();
        warmed = new double[from.warmed.length];
        resistance = from.resistance.clone();
        toAmbientWPerK = from.toAmbientWPerK.clone();
        soc = from.soc.clone();
        hysteresis = from.hysteresis.clone();
        rcV = new double[from.rcV.length][];
        for (int j = 0; j < rcV.length; j++) {
            rcV[j] = from.rcV[j].clone();
        }
        temperatureDegC = from.temperatureDegC.clone();
        r0Ohm = from.r0Ohm.clone();
        cellV = from.cellV.clone();
        bleedS = from.bleedS.clone();
        decay = new double[from.decay.length];
        defectV = new double[from.defectV.length];
        packV = from.packV;
        heaterW = from.heaterW;
        coolantWPerK = from.coolantWPerK;
        coolantDegC = from.coolantDegC;
    }

    /** Takes over the state of a pack of the same cells, such as a {@link #copy} was made of; allocates nothing. */
    public void restore(SimPack from) {
        System.arraycopy(from.soc, 0, soc, 0, soc.length);
        System.arraycopy(from.hysteresis, 0, hysteresis, 0, soc.length);
        for (int j = 0; j < rcV.length; j++) {
            System.arraycopy(from.rcV[j], 0, rcV[j], 0, soc.length);
        }
        System.arraycopy(from.temperatureDegC, 0, temperatureDegC, 0, soc.length);
        System.arraycopy(from.r0Ohm, 0, r0Ohm, 0, soc.length);
        System.arraycopy(from.cellV, 0, cellV, 0, soc.length);
        packV = from.packV;
    }

    /** Ages all cells alike: capacity and resistance become so many times what they are. */
    public void age(double capacityFactor, double resistanceFactor) {
        Check.positive("capacityFactor", capacityFactor);
        Check.positive("resistanceFactor", resistanceFactor);
        for (int c = 0; c < soc.length; c++) {
            capacityAh[c] *= capacityFactor;
            capacityAs[c] = 3600.0 * capacityAh[c];
            resistance[c] *= resistanceFactor;
        }
    }

    /** Carries the pack through {@code dtS} seconds at a constant pack current. */
    public void step(double packA, double dtS, double ambientDegC) {
        double packCellA = layout.cellCurrentA(packA);
        shares(dtS);
        for (int c = 0; c < soc.length; c++) {
            double cellA = packCellA + bleedA(c);
            double leakA = layout.cellCurrentA(defects.leakA(c, cellV[c]));
            double moved = -(cellA + leakA) * dtS / capacityAs[c];
            soc[c] += moved;
            turn(c, moved);
            resistances.at(soc[c], temperatureDegC[c], ohm);
            r0Ohm[c] = resistance[c] * ohm[0];
            double heatW = cellA * cellA * r0Ohm[c];
            for (int j = 0; j < decay.length; j++) {
                double pairOhm = resistance[c] * ohm[1 + j];
                double v = decay[j] * rcV[j][c] + (1.0 - decay[j]) * pairOhm * cellA;
                rcV[j][c] = v;
                heatW += v * v / pairOhm;
            }
            warm(c, heatW + leakA * cellV[c], ambientDegC);
            defectV[c] = defects.extraV(c, cellA, soc[c], temperatureDegC[c], dtS);
        }
        settle(packCellA);
    }

    /** What only the length of a step and the cooling decide is worked out when they change. */
    private void shares(double dtS) {
        if (dtS != decayDtS) {
            for (int j = 0; j < decay.length; j++) {
                decay[j] = StrictMath.exp(-dtS / branches[j].tauS());
            }
        }
        if (dtS != decayDtS || coolantWPerK != warmedWPerK) {
            for (int c = 0; c < warmed.length; c++) {
                warmed[c] = FirstOrder.settled(dtS * (toAmbientWPerK[c] + coolantWPerK) / type.heatCapacityJPerK());
            }
        }
        decayDtS = dtS;
        warmedWPerK = coolantWPerK;
    }

    /** What is wrong inside its cells from now on. */
    public void defects(CellDefects newDefects) {
        defects = newDefects;
    }

    /** Hysteresis follows the direction of charge. */
    private void turn(int c, double moved) {
        double towards = Math.signum(moved);
        if (towards != 0.0) {
            double share = FirstOrder.settled(type.hysteresisPerSoc() * Math.abs(moved));
            hysteresis[c] += share * (towards - hysteresis[c]);
        }
    }

    private void warm(int c, double heatW, double ambientDegC) {
        double g = toAmbientWPerK[c] + coolantWPerK;
        double settledDegC = ambientDegC + (heatW + heaterW + coolantWPerK * (coolantDegC - ambientDegC)) / g;
        temperatureDegC[c] += warmed[c] * (settledDegC - temperatureDegC[c]);
    }

    private void settle(double cellA) {
        double sum = 0.0;
        for (int c = 0; c < soc.length; c++) {
            double v = type.ocvV().at(soc[c])
                    + hysteresis[c] * type.hysteresisV().at(soc[c])
                    - (cellA + bleedA(c)) * r0Ohm[c]
                    + defectV[c];
            for (double[] branch : rcV) {
                v -= branch[c];
            }
            cellV[c] = v;
            sum += v;
        }
        packV = sum;
    }

    /** Connects a group to a bleed resistor, ohm, above 0; infinite disconnects it. */
    public void bleed(int cell, double ohm) {
        if (!(ohm > 0.0)) {
            throw new IllegalArgumentException("ohm must be > 0 but is " + ohm);
        }
        bleedS[cell] = 1.0 / ohm;
    }

    /** Current of one cell of a group through the group's bleed resistor, A; 0 without one. */
    public double bleedA(int cell) {
        return bleedS[cell] > 0.0 ? layout.cellCurrentA(cellV[cell] * bleedS[cell]) : 0.0;
    }

    /** Heats every cell with so much, W, 0 or more. */
    public void heat(double wPerCell) {
        heaterW = Check.notNegative("wPerCell", wPerCell);
    }

    /**
     * Brings every cell in touch with a coolant beside the air.
     *
     * @param wPerK conductance of one cell to the coolant, W/K, 0 or more; 0 for none
     * @param degC its temperature, °C
     */
    public void coolant(double wPerK, double degC) {
        coolantWPerK = Check.notNegative("wPerK", wPerK);
        coolantDegC = Check.finite("degC", degC);
    }

    /** How the cells are wired. */
    public PackLayout layout() {
        return layout;
    }

    /** True terminal voltage of a cell, V. */
    public double cellV(int cell) {
        return cellV[cell];
    }

    /** True SOC of a cell; may leave 0…1 when driven there. */
    public double soc(int cell) {
        return soc[cell];
    }

    /** True temperature of a cell, °C. */
    public double temperatureDegC(int cell) {
        return temperatureDegC[cell];
    }

    /** True capacity of a cell, Ah of one of its parallel members. */
    public double capacityAh(int cell) {
        return capacityAh[cell];
    }

    /** True pack voltage, V. */
    public double packV() {
        return packV;
    }

    /** True SOC of the pack: charge to the first empty cell, over that plus the charge to the first full one. */
    public double packSoc() {
        double takeable = Double.POSITIVE_INFINITY;
        double room = Double.POSITIVE_INFINITY;
        for (int c = 0; c < soc.length; c++) {
            takeable = Math.min(takeable, soc[c] * capacityAh[c]);
            room = Math.min(room, (1.0 - soc[c]) * capacityAh[c]);
        }
        return takeable / (takeable + room);
    }

    /** Lowest true cell SOC. */
    public double lowestSoc() {
        return lowest(soc);
    }

    /** Highest true cell SOC. */
    public double highestSoc() {
        return highest(soc);
    }

    /** Lowest true cell voltage, V. */
    public double lowestV() {
        return lowest(cellV);
    }

    /** Highest true cell voltage, V. */
    public double highestV() {
        return highest(cellV);
    }

    /** Highest true cell temperature, °C. */
    public double highestDegC() {
        return highest(temperatureDegC);
    }

    /** Lowest true cell temperature, °C. */
    public double lowestDegC() {
        return lowest(temperatureDegC);
    }

    private static double lowest(double[] values) {
        double low = values[0];
        for (double v : values) {
            low = v < low ? v : low;
        }
        return low;
    }

    private static double highest(double[] values) {
        double high = values[0];
        for (double v : values) {
            high = v > high ? v : high;
        }
        return high;
    }
}
