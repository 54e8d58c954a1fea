package io.github.bms4j.sim.balance;

import io.github.bms4j.measure.PackSample;

/**
 * What is usually built: bleeds a cell that reads more than so much above the lowest one, while the pack rests or is charged and from a
 * voltage on. It is what {@link io.github.bms4j.balance.Balancer} is measured against.
 */
final class VoltageBalancer {
    private static final double REST_A = 1.0;
    private static final double REST_S = 1800.0;

    private final double differenceV;
    private final double fromV;
    private final boolean[] on;
    private double restS;

    /**
     * @param differenceV difference to the lowest cell from which a cell is bled, V
     * @param fromV lowest cell voltage at which it is, V
     */
    VoltageBalancer(int cells, double differenceV, double fromV) {
        this.differenceV = differenceV;
        this.fromV = fromV;
        on = new boolean[cells];
    }

    void step(PackSample sample, double dtS) {
        double packA = sample.current().value(0);
        restS = Math.abs(packA) < REST_A ? restS + dtS : 0.0;
        boolean time = restS >= REST_S || packA < -REST_A;
        double leastV = Double.POSITIVE_INFINITY;
        for (int c = 0; c < on.length; c++) {
            leastV = Math.min(leastV, sample.cellVoltage().value(c));
        }
        for (int c = 0; c < on.length; c++) {
            double v = sample.cellVoltage().value(c);
            on[c] = time && v >= fromV && v > leastV + differenceV;
        }
    }

    boolean bleeds(int cell) {
        return on[cell];
    }
}
