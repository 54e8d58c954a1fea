package io.github.bms4j.cell;

import io.github.bms4j.num.Check;

/**
 * The heat a cell stores and sheds, as one lump.
 *
 * @param heatCapacityJPerK heat capacity of one cell, J/K, > 0
 * @param toAmbientWPerK heat flow from one cell to its surroundings per kelvin, W/K, >= 0
 */
public record ThermalRating(double heatCapacityJPerK, double toAmbientWPerK) {
    /** @throws IllegalArgumentException when a value does not fit */
    public ThermalRating {
        Check.positive("heatCapacityJPerK", heatCapacityJPerK);
        Check.notNegative("toAmbientWPerK", toAmbientWPerK);
    }
}
