package io.github.bms4j.thermal;

import io.github.bms4j.num.Findings;

/**
 * The heater of a pack, and how the pack keeps its warmth.
 *
 * @param powerW electric power, W, 0 or more; 0 for none
 * @param efficiency share of it that warms the cells, within (0, 1]
 * @param cooling heat path of a cell in the pack to the surroundings over that of a free cell, 0 or more; 0 for a pack that loses nothing
 * @param bulk heat capacity of all that is warmed with the cells, cells included, over that of the cells, 1 or more
 */
public record HeaterRating(double powerW, double efficiency, double cooling, double bulk) {
    /** @throws IllegalArgumentException naming every value that does not fit, separated by "; " */
    public HeaterRating {
        Findings findings = new Findings();
        findings.notNegative("powerW", powerW);
        findings.within("efficiency", efficiency, 0.01, 1.0);
        findings.notNegative("cooling", cooling);
        findings.within("bulk", bulk, 1.0, 10.0);
        findings.refuse();
    }

    /** No heater, in a pack that loses its heat as free cells do and warms nothing beside them. */
    public static HeaterRating none() {
        return of(0.0);
    }

    /** A heater all of whose power warms the cells, in a pack that loses its heat as free cells do and warms nothing beside them. */
    public static HeaterRating of(double powerW) {
        return new HeaterRating(powerW, 1.0, 1.0, 1.0);
    }

    /** Whether there is one. */
    public boolean fitted() {
        return powerW > 0.0;
    }
}
