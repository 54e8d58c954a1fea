package io.github.bms4j.estimate;

import io.github.bms4j.cell.PackLayout;
import io.github.bms4j.measure.PackSample;
import java.util.Arrays;

/**
 * What balancing took out of neighbouring cells from one sample to the next.
 *
 * <p>{@link PackSample#bledAs} is a sum: its first value says nothing, and one that fell began anew. A sample without one leaves the
 * charge for the next. Thread: one. Allocation: none after construction.
 */
final class BledCharge {
    private final PackLayout layout;
    private final int from;
    private final double[] sumAs;

    BledCharge(PackLayout layout, int from, int n) {
        this.layout = layout;
        this.from = from;
        sumAs = new double[n];
        restart();
    }

    /** The next sum says nothing. */
    void restart() {
        Arrays.fill(sumAs, Double.NaN);
    }

    /** Charge that left each parallel member of the block's i-th cell since the last call, As, 0 or more. */
    double sinceAs(PackSample sample, int i) {
        double now = sample.bledAs(from + i);
        if (Double.isNaN(now)) {
            return 0.0;
        }
        double grown = now - sumAs[i];
        sumAs[i] = now;
        return grown > 0.0 ? layout.cellCurrentA(grown) : 0.0;
    }
}
