package io.github.bms4j.sim.cell;

import io.github.bms4j.cell.PackLayout;
import io.github.bms4j.num.Check;
import io.github.bms4j.num.FirstOrder;
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
 * <p>Units: A, V, °C, s. Thread: one. Allocation: none after construction.
 */
public final class SimPack {
    private final TrueCell type;
    private final TrueBranch[] branches;
    private final PackLayout layout;
    private final double[] capacityAh;
    private final double[] resistance;
    private final double[] toAmbientWPerK;
    private final double[] soc;
    private final double[] hysteresis;
    private final double[][] rcV;
    private final double[] temperatureDegC;
    private final double[] r0Ohm;
    private final double[] cellV;
    private final double[] decay;
    private double decayDtS = Double.NaN;
    private double packV;

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
        capacityAh = new double[n];
        resistance = new double[n];
        toAmbientWPerK = new double[n];
        soc = new double[n];
        hysteresis = new double[n];
        rcV = new double[type.branches().size()][n];
        temperatureDegC = new double[n];
        r0Ohm = new double[n];
        cellV = new double[n];
        decay = new double[type.branches().size()];
        for (int c = 0; c < n; c++) {
            capacityAh[c] = type.capacityAh() * (1.0 + spread.capacity() * random.bell());
            resistance[c] = 1.0 + spread.resistance() * random.bell();
            soc[c] = Math.min(1.0, Math.max(0.0, startSoc + spread.soc() * random.bell()));
            toAmbientWPerK[c] = type.toAmbientWPerK() * cooling * (1.0 + spread.cooling() * random.bell());
        }
        Arrays.fill(temperatureDegC, startDegC);
        settle(0.0);
    }

    /** Carries the pack through {@code dtS} seconds at a constant pack current. */
    public void step(double packA, double dtS, double ambientDegC) {
        double cellA = layout.cellCurrentA(packA);
        if (dtS != decayDtS) {
            decayDtS = dtS;
            for (int j = 0; j < decay.length; j++) {
                decay[j] = StrictMath.exp(-dtS / branches[j].tauS());
            }
        }
        for (int c = 0; c < soc.length; c++) {
            double moved = -cellA * dtS / (3600.0 * capacityAh[c]);
            soc[c] += moved;
            turn(c, moved);
            r0Ohm[c] = resistance[c] * type.r0Ohm().at(soc[c], temperatureDegC[c]);
            double heatW = cellA * cellA * r0Ohm[c];
            for (int j = 0; j < decay.length; j++) {
                double ohm = resistance[c] * branches[j].ohm().at(soc[c], temperatureDegC[c]);
                double v = decay[j] * rcV[j][c] + (1.0 - decay[j]) * ohm * cellA;
                rcV[j][c] = v;
                heatW += v * v / ohm;
            }
            warm(c, heatW, dtS, ambientDegC);
        }
        settle(cellA);
    }

    /** Hysteresis follows the direction of charge. */
    private void turn(int c, double moved) {
        double towards = Math.signum(moved);
        if (towards != 0.0) {
            double share = FirstOrder.settled(type.hysteresisPerSoc() * Math.abs(moved));
            hysteresis[c] += share * (towards - hysteresis[c]);
        }
    }

    private void warm(int c, double heatW, double dtS, double ambientDegC) {
        double g = toAmbientWPerK[c];
        double settledDegC = ambientDegC + heatW / g;
        temperatureDegC[c] +=
                FirstOrder.settled(dtS * g / type.heatCapacityJPerK()) * (settledDegC - temperatureDegC[c]);
    }

    private void settle(double cellA) {
        double sum = 0.0;
        for (int c = 0; c < soc.length; c++) {
            double v =
                    type.ocvV().at(soc[c]) + hysteresis[c] * type.hysteresisV().at(soc[c]) - cellA * r0Ohm[c];
            for (double[] branch : rcV) {
                v -= branch[c];
            }
            cellV[c] = v;
            sum += v;
        }
        packV = sum;
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
