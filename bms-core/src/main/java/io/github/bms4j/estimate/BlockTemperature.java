package io.github.bms4j.estimate;

import io.github.bms4j.cell.PackLayout;
import io.github.bms4j.measure.Channel;
import java.util.Arrays;

/**
 * The temperatures of a block of cells, followed in steps: a sensor that moved by less than {@link #FOLLOWED_K} changes
 * nothing, so that noise and the last digit of a sensor do not make every cell look up its tables again.
 *
 * <p>Thread: one. Allocation: none after construction.
 */
final class BlockTemperature {
    /** Changes a resistance by at most 0.5 % at -20 °C and 0.2 % at 25 °C (activation energy 60 kJ/mol). */
    static final double FOLLOWED_K = 0.05;

    /** Who must know. */
    interface Follower {
        /** From now on cells first to end - 1 have another temperature, °C, not NaN. */
        void temperature(int first, int end, double newDegC);
    }

    private final int firstSensor;
    private final double[] followedDegC;
    /** Cells of sensor s of the block: end[s - 1] to end[s]. */
    private final int[] end;

    BlockTemperature(PackLayout layout, int from, int n) {
        firstSensor = layout.sensorOfCell(from);
        int sensors = layout.sensorOfCell(from + n - 1) - firstSensor + 1;
        followedDegC = new double[sensors];
        end = new int[sensors];
        Arrays.fill(followedDegC, Double.NaN);
        for (int i = 0; i < n; i++) {
            end[layout.sensorOfCell(from + i) - firstSensor] = i + 1;
        }
    }

    /** Hands on what has moved; every sensor must have a value. */
    void follow(Channel sensors, Follower into) {
        for (int s = 0; s < end.length; s++) {
            double degC = sensors.value(firstSensor + s);
            if (!(Math.abs(degC - followedDegC[s]) < FOLLOWED_K)) {
                followedDegC[s] = degC;
                into.temperature(s == 0 ? 0 : end[s - 1], end[s], degC);
            }
        }
    }
}
