package io.github.bms4j.sim.power;

import io.github.bms4j.cell.CellType;
import io.github.bms4j.sim.cell.SimPack;
import java.util.Arrays;

/**
 * Draws constant power from a copy of a true pack and says how far it went beyond its bounds, and finds the most that would
 * not have. Thread: one.
 */
final class PowerGrant {
    /** Steps of the true pack, s, and until when they are taken. */
    private static final double FINE_S = 0.25;

    private static final double MIDDLE_S = 1.0;
    private static final double COARSE_S = 5.0;
    private static final double FINE_UNTIL_S = 2.0;
    private static final double MIDDLE_UNTIL_S = 60.0;

    /** The most that would have been possible is found to this part of the rated power. */
    private static final double PART = 1.0 / 4096.0;

    private final PackBounds bounds;
    private final SimPack work;
    private final double ambientDegC;
    private double excess;

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
        carry(start, powerW, forS, Double.POSITIVE_INFINITY);
        return excess;
    }

    /** Carries the copy until the time is over or an excess is beyond {@code enough}; gives the time until which none was, s. */
    private double carry(SimPack start, double powerW, double forS, double enough) {
        work.restore(start);
        excess = Double.NEGATIVE_INFINITY;
        double atS = 0.0;
        while (atS < forS - 1e-9) {
            double stepS = atS < FINE_UNTIL_S ? FINE_S : atS < MIDDLE_UNTIL_S ? MIDDLE_S : COARSE_S;
            double dtS = Math.min(forS - atS, stepS);
            double packA = atS == 0.0 ? currentAtOnce(start, powerW) : powerW / work.packV();
            work.step(packA, dtS, ambientDegC);
            if (!(work.packV() > 0.0)) {
                excess = Double.POSITIVE_INFINITY;
                return atS;
            }
            excess = Math.max(excess, bounds.excess(work, work.layout().cellCurrentA(packA)));
            if (excess > enough) {
                return atS;
            }
            atS += dtS;
        }
        return forS;
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

    /**
     * The highest powers of one sign, as magnitudes, that break no bound for a while, W. A power followed for long tells of all
     * shorter times as well.
     *
     * @param mostW nobody asks for more, W
     * @param forS how long each must hold, s, rising
     * @param soundW receives them
     */
    void most(SimPack start, double sign, double mostW, double[] forS, double[] soundW) {
        double[] brokenW = new double[forS.length];
        Arrays.fill(brokenW, Double.POSITIVE_INFINITY);
        Arrays.fill(soundW, 0.0);
        for (int k = forS.length - 1; k >= 0; k--) {
            if (soundW[k] == 0.0) {
                probe(start, sign, 0.5 * PART * mostW, forS, k, soundW, brokenW);
            }
            if (soundW[k] > 0.0 && brokenW[k] > mostW) {
                probe(start, sign, mostW, forS, k, soundW, brokenW);
            }
            while (soundW[k] > 0.0 && brokenW[k] <= mostW && brokenW[k] - soundW[k] > PART * mostW) {
                probe(start, sign, 0.5 * (soundW[k] + brokenW[k]), forS, k, soundW, brokenW);
            }
        }
    }

    /** Follows one power for the k-th time and notes for which times it broke nothing. */
    private void probe(
            SimPack start, double sign, double powerW, double[] forS, int k, double[] soundW, double[] brokenW) {
        double soundS = carry(start, sign * powerW, forS[k], 0.0);
        for (int j = 0; j <= k; j++) {
            if (forS[j] <= soundS + 1e-9) {
                soundW[j] = Math.max(soundW[j], powerW);
            } else {
                brokenW[j] = Math.min(brokenW[j], powerW);
            }
        }
        if (soundS < forS[k]) {
            for (int j = k + 1; j < forS.length; j++) {
                brokenW[j] = Math.min(brokenW[j], powerW);
            }
        }
    }
}
