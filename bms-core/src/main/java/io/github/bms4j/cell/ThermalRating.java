package io.github.bms4j.cell;

import io.github.bms4j.num.Check;
import io.github.bms4j.num.Findings;

/**
 * The heat a cell stores, conducts and sheds.
 *
 * <p>Who needs one temperature takes the cell as a lump; who needs the core takes {@link #coreToSurfaceWPerK} as well.
 *
 * @param heatCapacityJPerK heat capacity of one cell, J/K, > 0
 * @param toAmbientWPerK heat flow from one cell to its surroundings per kelvin, W/K, >= 0
 * @param coreToSurfaceWPerK heat made evenly in the cell and leaving through its surface, over the kelvins that the middle
 *     is then hotter than the surface, W/K, > 0
 */
public record ThermalRating(double heatCapacityJPerK, double toAmbientWPerK, double coreToSurfaceWPerK) {
    /** 4 pi lambda L of a compact cylinder over the cube root of its heat capacity, see docs/theory/core-temperature.md. */
    private static final double COMPACT_CYLINDER = 0.145;

    /** @throws IllegalArgumentException when a value does not fit */
    public ThermalRating {
        Findings findings = new Findings();
        findings.positive("heatCapacityJPerK", heatCapacityJPerK);
        findings.notNegative("toAmbientWPerK", toAmbientWPerK);
        findings.positive("coreToSurfaceWPerK", coreToSurfaceWPerK);
        findings.refuse();
    }

    /**
     * A cell whose inside was not measured: taken for a wound cylinder of compact shape, 0.145 W/K times the cube root of
     * the heat capacity in J/K (0.5 W/K for a 18650). A flat cell conducts better, so this errs on the hot side.
     */
    public ThermalRating(double heatCapacityJPerK, double toAmbientWPerK) {
        this(heatCapacityJPerK, toAmbientWPerK, compactCylinderWPerK(heatCapacityJPerK));
    }

    private static double compactCylinderWPerK(double heatCapacityJPerK) {
        return COMPACT_CYLINDER * StrictMath.cbrt(Check.positive("heatCapacityJPerK", heatCapacityJPerK));
    }
}
