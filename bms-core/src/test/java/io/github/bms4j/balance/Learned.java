package io.github.bms4j.balance;

import io.github.bms4j.cell.CellType;
import io.github.bms4j.cell.PackLayout;
import io.github.bms4j.estimate.CapacityEstimator;
import io.github.bms4j.estimate.CapacitySettings;
import io.github.bms4j.estimate.PackEstimate;
import io.github.bms4j.measure.PackSample;

/** Writes capacities into an estimate as the capacity estimator does. */
final class Learned {
    private Learned() {}

    static void capacity(PackEstimate into, CellType type, PackLayout layout, double... capacityAh) {
        CapacityEstimator estimator = new CapacityEstimator(type, layout, CapacitySettings.standard());
        for (int c = 0; c < capacityAh.length; c++) {
            estimator.start(c, capacityAh[c], 0.01);
        }
        PackSample sample = new PackSample(layout);
        sample.begin(1);
        sample.readCurrent(0.0);
        estimator.step(sample, into);
    }
}
