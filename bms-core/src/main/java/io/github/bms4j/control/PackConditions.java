package io.github.bms4j.control;

import io.github.bms4j.cell.CellType;
import io.github.bms4j.charge.CellSpread;
import io.github.bms4j.charge.PackCondition;
import io.github.bms4j.charge.Polarisation;
import io.github.bms4j.estimate.PackEstimate;
import io.github.bms4j.estimate.PackHealth;

/** How a pack stands against its ratings, from what the estimators learned of its cells. */
final class PackConditions {
    /** Capacities of new cells of one batch differ by this, 1 sigma: what a pack is taken to have until it shows more. */
    private static final double BATCH_SPREAD = 0.01;
    /** A shorter way says too little of how cells run apart. */
    private static final double LEAST_WAY = 0.05;

    private static final int ROUNDS = 12;
    private static final double LOG_4_PI = 2.5310242469692907;
    private static final double EULER = 0.5772156649015329;

    private PackConditions() {}

    /**
     * The pack from now to a SOC that it is charged to: how its cells stand to its SOC now and, by their capacities, then.
     *
     * <p>Of every learned capacity only so much of its difference from the mean is believed as the doubt leaves: the rest of what
     * looks like a spread is the error of learning, and the least of many errors would make every pack look small. What is not
     * known of the capacities drives the cells apart all the same, by as much as that is likely to.
     */
    static PackCondition of(PackEstimate estimate, CellType cell, double targetSoc) {
        PackHealth health = estimate.health();
        double ratedAh = cell.rating().capacityAh();
        int cells = estimate.cells();
        double meanSoc = 0.0;
        double share = 0.0;
        double shares2 = 0.0;
        double doubt = 0.0;
        double doubt2 = 0.0;
        double resistance = 0.0;
        for (int c = 0; c < cells; c++) {
            double q = capacityShare(health, c, ratedAh);
            double ratio = health.resistanceRatio(c);
            double sigma = known(health.capacitySigmaAh(c)) / ratedAh;
            meanSoc += estimate.soc(c) / cells;
            share += q / cells;
            shares2 += q * q / cells;
            doubt += sigma / cells;
            doubt2 += sigma * sigma / cells;
            resistance += (Double.isNaN(ratio) ? 1.0 : ratio) / cells;
        }
        double spread2 = Math.max(BATCH_SPREAD * BATCH_SPREAD, shares2 - share * share - doubt2);
        double believed = spread2 / (spread2 + doubt2);
        double unknown = Math.sqrt(doubt2 > 0.0 ? spread2 * doubt2 / (spread2 + doubt2) : spread2) / share;
        double soc = estimate.packSoc();
        double toSoc = Math.max(targetSoc, soc + LEAST_WAY);
        double highest = estimate.soc(estimate.strongest());
        double lowest = estimate.soc(estimate.weakest());
        double moved = toSoc - soc;
        double high = highest;
        double low = lowest;
        for (int i = 0; i < ROUNDS; i++) {
            high = 0.0;
            low = 1.0;
            for (int c = 0; c < cells; c++) {
                double q = capacityShare(health, c, ratedAh);
                double then = estimate.soc(c) + moved / (1.0 + believed * (q / share - 1.0));
                high = Math.max(high, then);
                low = Math.min(low, then);
            }
            double apart = farthest(cells) * unknown * moved;
            double middle = meanSoc + moved;
            high = middle + Math.sqrt((high - middle) * (high - middle) + apart * apart);
            low = middle - Math.sqrt((middle - low) * (middle - low) + apart * apart);
            moved += toSoc * (1.0 + low - high) - low;
        }
        double way = toSoc - soc;
        return new PackCondition(
                within(share * moved / way, 0.3, 1.3),
                within(resistance, 0.3, 5.0),
                within(estimate.packSocSigma(), 0.0, 0.5),
                within(doubt, 0.0, 0.5),
                new CellSpread(
                        within(meanSoc - soc, -0.5, 0.5),
                        within(moved / way, 0.2, 2.0),
                        within((high - highest) / way, 0.2, 2.0)));
    }

    private static double capacityShare(PackHealth health, int c, double ratedAh) {
        double share = health.capacityAh(c) / ratedAh;
        return Double.isNaN(share) ? 1.0 : share;
    }

    /** How many standard deviations the farthest of n normal variables stands off their mean: the mean of the limit distribution. */
    private static double farthest(int n) {
        if (n < 2) {
            return 0.0;
        }
        double log = Math.sqrt(2.0 * StrictMath.log(n));
        return Math.max(0.5, log - (StrictMath.log(StrictMath.log(n)) + LOG_4_PI - 2.0 * EULER) / (2.0 * log));
    }

    /** The mean of the cells; above 0 after a charge, as a plan counts it. */
    static Polarisation polarisation(PackEstimate estimate) {
        double fastV = 0.0;
        double slowV = 0.0;
        double diffusionV = 0.0;
        int cells = estimate.cells();
        for (int c = 0; c < cells; c++) {
            fastV -= known(estimate.fastRcV(c)) / cells;
            slowV -= known(estimate.slowRcV(c)) / cells;
            diffusionV -= known(estimate.diffusionV(c)) / cells;
        }
        return new Polarisation(fastV, slowV, diffusionV);
    }

    private static double known(double v) {
        return Double.isNaN(v) ? 0.0 : v;
    }

    private static double within(double value, double least, double most) {
        return Math.min(most, Math.max(least, value));
    }
}
