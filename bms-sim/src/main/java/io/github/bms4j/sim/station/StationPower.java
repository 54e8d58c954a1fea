package io.github.bms4j.sim.station;

import java.util.List;

/**
 * The power a station may draw over time: a stair of limits, read live.
 *
 * <p>Before the first step there is no limit. Units: W at the connector, ns of virtual time. Thread: any. Allocation: none
 * after construction.
 */
public final class StationPower {
    /** No limit at any time. */
    public static final StationPower UNLIMITED = new StationPower(List.of());

    private static final double NANOS_PER_S = 1e9;

    private final long[] startNanos;
    private final double[] maxPowerW;

    /**
     * A stair of limits.
     *
     * @throws IllegalArgumentException unless each step starts after the one before
     */
    public StationPower(List<PowerStep> steps) {
        startNanos = new long[steps.size()];
        maxPowerW = new double[steps.size()];
        for (int i = 0; i < steps.size(); i++) {
            PowerStep step = steps.get(i);
            startNanos[i] = Math.round(step.startS() * NANOS_PER_S);
            maxPowerW[i] = step.maxPowerW();
            if (i > 0 && startNanos[i] <= startNanos[i - 1]) {
                throw new IllegalArgumentException(
                        "startS of step " + i + " must be after the step before but is " + step.startS());
            }
        }
    }

    /** The limit at a moment, W; infinite when there is none. */
    public double limitW(long nowNanos) {
        double limitW = Double.POSITIVE_INFINITY;
        for (int i = 0; i < startNanos.length && startNanos[i] <= nowNanos; i++) {
            limitW = maxPowerW[i];
        }
        return limitW;
    }
}
