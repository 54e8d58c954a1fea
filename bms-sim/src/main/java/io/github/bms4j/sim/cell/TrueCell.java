package io.github.bms4j.sim.cell;

import io.github.bms4j.num.Check;
import io.github.bms4j.num.Table1D;
import io.github.bms4j.num.Table2D;
import java.util.List;

/**
 * A real cell as the simulator believes in it.
 *
 * <p>Its structure differs from the estimators' on purpose: three RC pairs and hysteresis, tables interpolated straight in
 * SOC and temperature. Shapes: all tables over SOC 0…1, the resistances over SOC × °C.
 *
 * @param name what cell it is
 * @param capacityAh total capacity, Ah
 * @param ocvV open-circuit voltage over SOC, mean of both branches, V
 * @param r0Ohm ohmic resistance over SOC × °C
 * @param branches its RC pairs
 * @param hysteresisV half the gap between the branches over SOC, V
 * @param hysteresisPerSoc how fast the hysteresis turns over: share per SOC moved
 * @param heatCapacityJPerK heat capacity, J/K
 * @param toAmbientWPerK heat path of a free cell to the air, W/K
 */
public record TrueCell(
        String name,
        double capacityAh,
        Table1D ocvV,
        Table2D r0Ohm,
        List<TrueBranch> branches,
        Table1D hysteresisV,
        double hysteresisPerSoc,
        double heatCapacityJPerK,
        double toAmbientWPerK) {
    /** Checks every figure and copies the list. */
    public TrueCell {
        Check.positive("capacityAh", capacityAh);
        Check.notNegative("hysteresisPerSoc", hysteresisPerSoc);
        Check.positive("heatCapacityJPerK", heatCapacityJPerK);
        Check.positive("toAmbientWPerK", toAmbientWPerK);
        branches = List.copyOf(branches);
    }

    /**
     * One RC pair of a true cell.
     *
     * @param ohm resistance over SOC × °C
     * @param tauS time constant, s
     */
    public record TrueBranch(Table2D ohm, double tauS) {
        /** Checks the time constant. */
        public TrueBranch {
            Check.positive("tauS", tauS);
        }
    }
}
