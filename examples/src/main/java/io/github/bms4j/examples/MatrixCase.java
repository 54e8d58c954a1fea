package io.github.bms4j.examples;

import io.github.bms4j.sim.replay.ReplaySetup;
import io.github.bms4j.sim.replay.ReplayStart;
import java.nio.file.Path;

/**
 * One replay of the matrix.
 *
 * @param group heading it stands under
 * @param recording the measured data
 * @param cell the cell file the estimator works with
 * @param estimator its name
 * @param setup rows, biases, reference
 * @param start what the estimator is told
 * @param biasPerH current bias over the capacity, 1/h: added to that of the setup
 * @param capacityScale factor on the capacity of the cell file
 * @param scoreAfterS for how long a wrong start is forgiven, s
 * @param judged whether the bars apply; otherwise it is only printed beside
 * @param bars what has to be reached
 */
record MatrixCase(
        String group,
        Path recording,
        Path cell,
        String estimator,
        ReplaySetup setup,
        ReplayStart start,
        double biasPerH,
        double capacityScale,
        double scoreAfterS,
        boolean judged,
        MatrixBars bars) {
    /** Whether the estimator sees the readings and knows the capacity as they are. */
    boolean plain() {
        return biasPerH == 0.0 && capacityScale == 1.0 && setup.bias().equals(ReplaySetup.Bias.NONE);
    }
}
