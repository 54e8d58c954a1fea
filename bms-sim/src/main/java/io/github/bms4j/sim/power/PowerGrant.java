package io.github.bms4j.sim.power;

import io.github.bms4j.cell.CellType;
import io.github.bms4j.sim.cell.SimPack;

/**
 * Draws constant power from a copy of a true pack and says how far it went beyond its bounds, and finds the most that would
 * not have. Thread: one. Allocation: none after construction.
 */
final class PowerGrant {
    /** Steps of the true pack, s. */
    private static final double FINE_S = 0.25;

    private static final double COARSE_S = 1.0;
    private static final double FINE_UNTIL_S = 2.0;

    private static final int HALVINGS = 12;

    private final PackBounds bounds;
    private final SimPack work;
    private final double ambientDegC;

    PowerGrant(CellType type, SimPack pack, double ambientDegC) {
        this.bounds = new PackBounds(type);
        this.work = pack.copy();
        this.ambientDegC = ambientDegC;
    }

    /**
     * The largest excess over any bound while the pack, from the state of {@code start}, gives (takes, if negative) a power for a
     * while; infinite if it cannot at all.
     */
    double excess(SimPack start, double powerW, double forS) {
        return excess(start, powerW, forS, Double.POSITIVE_INFINITY);
    }

    private double excess(SimPack start, double powerW, double forS, double enough) {
        work.restore(start);
        double most = Double.NEGATIVE_INFINITY;
        double atS = 0.0;
        double packA = 0.0;
        while (atS < forS - 1e-9 && most <= enough) {
            double dtS = Math.min(forS - atS, atS < FINE_UNTIL_S ? FINE_S : COARSE_S);
            packA = atS == 0.0 ? currentAtOnce(start, powerW) : powerW / work.packV();
            work.step(packA, dtS, ambientDegC);
            if (!(work.packV() > 0.0)) {
                return Double.POSITIVE_INFINITY;
            }
            most = Math.max(most, bounds.excess(work, work.layout().cellCurrentA(packA)));
            atS += dtS;
        }
        return most;
    }

    /** The current that gives the power once the voltage has answered it: two rounds on a copy that moves a millisecond. */
    double currentAtOnce(SimPack start, double powerW) {
        double packA = powerW / start.packV();
        for (int k = 0; k < 3; k++) {
            work.restore(start);
            work.step(packA, 1e-3, ambientDegC);
            packA = powerW / Math.max(0.2 * start.packV(), work.packV());
        }
        work.restore(start);
        return packA;
    }

    /** The highest power of one sign, as a magnitude, that breaks no bound for a while, W. */
    double most(SimPack start, double sign, double mostW, double forS) {
        if (excess(start, sign * 1e-4 * mostW, forS, 0.0) > 0.0) {
            return 0.0;
        }
        if (!(excess(start, sign * mostW, forS, 0.0) > 0.0)) {
            return mostW;
        }
        double low = 1e-4 * mostW;
        double high = mostW;
        for (int k = 0; k < HALVINGS; k++) {
            double middle = 0.5 * (low + high);
            if (excess(start, sign * middle, forS, 0.0) > 0.0) {
                high = middle;
            } else {
                low = middle;
            }
        }
        return low;
    }
}
