package io.github.bms4j.detect;

import io.github.bms4j.cell.CellType;
import io.github.bms4j.cell.PackLayout;
import io.github.bms4j.estimate.PackEstimate;
import io.github.bms4j.measure.PackSample;

/**
 * Time between samples, and for how long the pack has been resting.
 *
 * <p>A rest begins below one current and ends above twice that, so that a noisy or shifted reading does not break it, or with a
 * gap of two minutes. Units and sign: A of one cell, positive discharging, s. Thread: one. Allocation: none after construction.
 */
final class RestClock {
    static final double MOST_GAP_S = 120.0;

    /** A current that is rest, over the capacity, 1/h. */
    static final double REST_PER_H = 0.02;

    private final PackLayout layout;
    private final double beginA;
    private boolean timed;
    private long lastNanos;
    private double dtS;
    private double cellA;
    private double lastA;
    private boolean resting;
    private double restS;

    RestClock(CellType type, PackLayout layout, double beginPerH) {
        this.layout = layout;
        beginA = beginPerH * type.rating().capacityAh();
    }

    /** Takes a sample; false, and nothing changes, when it has no usable current or no later time or no estimate came of it. */
    boolean step(PackSample sample, PackEstimate estimate) {
        if (!sample.begun() || !sample.current().usable(0) || !estimate.known()) {
            return false;
        }
        double sinceS = timed ? (sample.nanos() - lastNanos) * 1e-9 : 0.0;
        if (timed && !(sinceS > 0.0)) {
            return false;
        }
        dtS = sinceS;
        lastA = cellA;
        cellA = layout.cellCurrentA(sample.current().value(0));
        if (!timed) {
            lastA = cellA;
        }
        timed = true;
        lastNanos = sample.nanos();
        boolean went = resting && dtS <= MOST_GAP_S;
        resting = Math.abs(cellA) <= (went ? 2.0 * beginA : beginA);
        restS = resting && went ? restS + dtS : 0.0;
        return true;
    }

    /** Polarisation a cell has left, V; what the estimator does not follow counts as none. */
    static double leftV(PackEstimate estimate, int cell) {
        return known(estimate.fastRcV(cell)) + known(estimate.slowRcV(cell)) + known(estimate.diffusionV(cell));
    }

    static double known(double v) {
        return Double.isNaN(v) ? 0.0 : v;
    }

    /** Time since the last used sample, s; 0 for the first. */
    double dtS() {
        return dtS;
    }

    /** Whether that is too long to know what happened meanwhile. */
    boolean gap() {
        return dtS > MOST_GAP_S;
    }

    /** Current of one cell, A. */
    double cellA() {
        return cellA;
    }

    /** Its mean since the last used sample, A. */
    double meanA() {
        return 0.5 * (lastA + cellA);
    }

    boolean resting() {
        return resting;
    }

    /** For how long, s; 0 at the first sample of a rest. */
    double restS() {
        return restS;
    }

    /** Time of the last used sample, monotonic nanoseconds. */
    long nanos() {
        return lastNanos;
    }
}
