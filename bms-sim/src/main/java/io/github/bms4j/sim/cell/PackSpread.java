package io.github.bms4j.sim.cell;

import io.github.bms4j.num.Check;

/**
 * How much the cells of a pack differ, as standard deviations of a bell without tails (±3.47 at most).
 *
 * @param capacity relative spread of capacity
 * @param resistance relative spread of resistance
 * @param soc spread of the starting SOC, absolute
 * @param cooling relative spread of the heat path to the ambient
 */
public record PackSpread(double capacity, double resistance, double soc, double cooling) {
    /** Checks that no cell can come out without capacity, resistance or cooling. */
    public PackSpread {
        Check.within("capacity", capacity, 0.0, 0.25);
        Check.within("resistance", resistance, 0.0, 0.25);
        Check.within("soc", soc, 0.0, 0.1);
        Check.within("cooling", cooling, 0.0, 0.25);
    }

    /** New cells of one batch: 1 % capacity, 3 % resistance, 0.5 points of SOC, 8 % cooling. */
    public static PackSpread oneBatch() {
        return new PackSpread(0.01, 0.03, 0.005, 0.08);
    }
}
