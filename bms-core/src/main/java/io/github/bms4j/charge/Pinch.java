package io.github.bms4j.charge;

import java.util.Arrays;

/**
 * How much more a cell stands off its open-circuit voltage while its current tapers than the steady resistance says, over SOC.
 *
 * <p>The slow pairs of the circuit still hold what a higher current has left there, so a cell that is held at its voltage takes less
 * than it would in the end. A charge followed at the highest current writes it down; the program reads it, which knows steady states alone.
 */
final class Pinch {
    private static final int BINS = 200;

    private final double[] ratio = new double[BINS + 1];

    /** Steady resistance throughout. */
    Pinch() {
        Arrays.fill(ratio, 1.0);
    }

    void note(double soc, double standOffRatio) {
        int bin = (int) Math.round(soc * BINS);
        ratio[bin] = Math.max(ratio[bin], standOffRatio);
    }

    double at(double soc) {
        double x = Math.min(1.0, Math.max(0.0, soc)) * BINS;
        int bin = Math.min(BINS - 1, (int) x);
        return ratio[bin] + (x - bin) * (ratio[bin + 1] - ratio[bin]);
    }
}
