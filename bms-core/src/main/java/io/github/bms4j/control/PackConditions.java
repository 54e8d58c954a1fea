package io.github.bms4j.control;

import io.github.bms4j.cell.CellType;
import io.github.bms4j.charge.PackCondition;
import io.github.bms4j.charge.Polarisation;
import io.github.bms4j.estimate.PackEstimate;
import io.github.bms4j.estimate.PackHealth;

/** How a pack stands against its ratings, from what the estimators learned of its cells. */
final class PackConditions {
    private PackConditions() {}

    /**
     * The capacity is what the first cell to be empty and the first to be full leave between them, as the pack's SOC has it; the
     * resistance is the mean. What is not known is as rated.
     */
    static PackCondition of(PackEstimate estimate, CellType cell) {
        PackHealth health = estimate.health();
        double ratedAh = cell.rating().capacityAh();
        double takeable = Double.POSITIVE_INFINITY;
        double room = Double.POSITIVE_INFINITY;
        double sigma = 0.0;
        double resistance = 0.0;
        int cells = estimate.cells();
        for (int c = 0; c < cells; c++) {
            double known = health.capacityAh(c) / ratedAh;
            double share = Double.isNaN(known) ? 1.0 : known;
            double ratio = health.resistanceRatio(c);
            double doubt = health.capacitySigmaAh(c) / ratedAh;
            takeable = Math.min(takeable, estimate.soc(c) * share);
            room = Math.min(room, (1.0 - estimate.soc(c)) * share);
            sigma += Double.isNaN(doubt) ? 0.0 : doubt;
            resistance += Double.isNaN(ratio) ? 1.0 : ratio;
        }
        return new PackCondition(
                within(takeable + room, 0.3, 1.3),
                within(resistance / cells, 0.3, 5.0),
                within(estimate.packSocSigma(), 0.0, 0.5),
                within(sigma / cells, 0.0, 0.5));
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
