package io.github.bms4j.sim.detect;

import io.github.bms4j.num.Check;
import io.github.bms4j.sim.cell.CellDefects;
import java.util.Arrays;

/**
 * Leak resistors and plated lithium in the cells of a true pack.
 *
 * <p>A leak is a resistor across a group. Plated lithium short-circuits with the graphite it lies on: metal at 0 V drives the
 * local current j through its own interface (conductance g_m, by the area of the deposits) and the crowded surface of the graphite (g_g, at U_s over lithium), both
 * at the mixed potential between 0 and U_s:
 *
 * <pre>
 * j   = U_s g_m g_g / (g_m + g_g),   dm/dt = -j           m: lithium plated, Ah of one member
 * g_m = g_full (m / m_full)^(2/3)                         deposits keep their shape and shrink
 * V  += U_s g_m / (g_m + g_g)                             while no current flows the anode stands lower by that
 * </pre>
 *
 * <p>so the voltage stays up on a plateau while there is metal and falls to the sound cell's when the last of it dissolves. All
 * conductances follow Arrhenius' law. Under a charge or discharge current of more than C/20 nothing is added: the drop over
 * the interfaces hides it; a discharge strips first what lies on top. Derivation and figures: docs/theory/detectors.md.
 *
 * <p>Units and sign: A (positive discharging), V, Ah. Thread: one. Allocation: none after construction.
 */
public final class TrueDefects implements CellDefects {
    /** Potential over lithium of the crowded graphite surface under the deposits, V. */
    private static final double SURFACE_V = 0.020;

    /** Conductance of full deposits and of the graphite under them at 25 °C, over the capacity, 1/(h V). */
    private static final double METAL_PER_H_AND_V = 4.0;

    private static final double GRAPHITE_PER_H_AND_V = 0.4;

    /** Deposits over the capacity at which the area is the one above. */
    private static final double FULL_SHARE = 0.005;

    private static final double ACTIVATION_K = 4800.0; // 40 kJ/mol over the gas constant
    private static final double ROOM_K = 298.15;
    private static final double ZERO_K = 273.15;
    private static final double IDLE_PER_H = 0.05;

    private final double capacityAh;
    private final double[] leakOhm;
    private final double[] platedAh;
    private final double[] addedV;

    /**
     * Sound cells so far.
     *
     * @param cells number of groups
     * @param capacityAh capacity of one member, Ah
     */
    public TrueDefects(int cells, double capacityAh) {
        this.capacityAh = Check.positive("capacityAh", capacityAh);
        leakOhm = new double[Check.atLeast("cells", cells, 1)];
        platedAh = new double[cells];
        addedV = new double[cells];
        Arrays.fill(leakOhm, Double.POSITIVE_INFINITY);
    }

    /** Puts a resistor across a group, ohm above 0; infinite takes it away. */
    public void leak(int cell, double ohm) {
        if (!(ohm > 0.0)) {
            throw new IllegalArgumentException("ohm must be > 0 but is " + ohm);
        }
        leakOhm[cell] = ohm;
    }

    /** Plates lithium on a cell, Ah of one member beyond what is there. */
    public void plate(int cell, double ah) {
        platedAh[cell] += Check.notNegative("ah", ah);
    }

    @Override
    public double leakA(int cell, double cellV) {
        return cellV / leakOhm[cell];
    }

    @Override
    public double extraV(int cell, double memberA, double soc, double temperatureDegC, double dtS) {
        addedV[cell] = 0.0;
        if (platedAh[cell] > 0.0) {
            double fasterBy = StrictMath.exp(ACTIVATION_K * (1.0 / ROOM_K - 1.0 / (temperatureDegC + ZERO_K)));
            double metal = METAL_PER_H_AND_V * StrictMath.pow(platedAh[cell] / (FULL_SHARE * capacityAh), 2.0 / 3.0);
            double lower = SURFACE_V * metal / (metal + GRAPHITE_PER_H_AND_V);
            double strippedPerH = fasterBy * GRAPHITE_PER_H_AND_V * lower + Math.max(0.0, memberA / capacityAh);
            platedAh[cell] = Math.max(0.0, platedAh[cell] - strippedPerH * capacityAh * dtS / 3600.0);
            addedV[cell] = Math.abs(memberA) < IDLE_PER_H * capacityAh ? lower : 0.0;
        }
        return addedV[cell];
    }

    /** Lithium that lies on a cell's anode, Ah of one member. */
    public double platedAh(int cell) {
        return platedAh[cell];
    }

    /** What plated lithium adds to a cell's voltage now, V. */
    public double addedV(int cell) {
        return addedV[cell];
    }
}
