package io.github.bms4j.limit;

import io.github.bms4j.measure.Channel;
import io.github.bms4j.num.FirstOrder;
import java.util.Arrays;

/**
 * Heat that leaves the cells at a temperature sensor, learned from what they make and how the reading moves: nobody needs to
 * know the air's temperature or how the pack is cooled.
 *
 * <p>Model: C dT/dt = P - L. With P and T both averaged over the same memory the derivative needs no difference of noisy
 * readings:
 *
 * <pre>L = mean(P) - C (T - mean(T)) / memory</pre>
 *
 * <p>Until a memory has passed the loss is taken for nothing where that is the careful side. Units: W per cell, °C. Thread:
 * one. Allocation: none after construction.
 */
final class HeatLoss {
    /** Long against the noise of a reading, short against the minutes in which a cell cools. */
    private static final double MEMORY_S = 120.0;

    private final double heatCapacityJPerK;
    private final double[] meanW;
    private final double[] meanDegC;
    private final double[] lossW;
    private boolean follows;
    private double share;

    HeatLoss(double heatCapacityJPerK, int sensors) {
        this.heatCapacityJPerK = heatCapacityJPerK;
        meanW = new double[sensors];
        meanDegC = new double[sensors];
        lossW = new double[sensors];
        Arrays.fill(meanDegC, Double.NaN);
    }

    /** Begins a cycle, {@code dtS} after the last one; all sensors follow. */
    void begin(double dtS) {
        follows = dtS < MEMORY_S;
        share = FirstOrder.settled(dtS / MEMORY_S);
    }

    /** One reading of a sensor, and the heat that a cell beside it makes meanwhile. */
    void step(Channel temperature, int sensor, double heatW) {
        double degC = temperature.value(sensor);
        if (Double.isNaN(meanDegC[sensor]) || !follows) {
            meanDegC[sensor] = degC;
            meanW[sensor] = 0.0;
            lossW[sensor] = 0.0;
            return;
        }
        if (Double.isNaN(heatW)) {
            return;
        }
        meanW[sensor] += share * (heatW - meanW[sensor]);
        meanDegC[sensor] += share * (degC - meanDegC[sensor]);
        lossW[sensor] = meanW[sensor] - heatCapacityJPerK * (degC - meanDegC[sensor]) / MEMORY_S;
    }

    /** Heat that leaves a cell at a sensor, W; negative where the air warms it. */
    double lossW(int sensor) {
        return lossW[sensor];
    }
}
