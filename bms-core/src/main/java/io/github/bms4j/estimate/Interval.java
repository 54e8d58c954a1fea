package io.github.bms4j.estimate;

import io.github.bms4j.cell.PackLayout;
import io.github.bms4j.measure.Channel;
import io.github.bms4j.measure.PackSample;
import io.github.bms4j.num.Check;

/**
 * What lies between two samples: their distance in time and the current of a cell.
 *
 * <p>The first sample sets the time and integrates nothing. A sample without a usable current, with a sensor of unknown
 * temperature, or not later than the last one is refused and changes nothing. Thread: one. Allocation: none after
 * construction.
 */
final class Interval {
    /** Longest time between two samples that is integrated, s. */
    static final double MAX_GAP_S = CurrentBridge.MAX_BRIDGE_S;

    private final PackLayout layout;
    private boolean timed;
    private long lastNanos;
    private double lastA;
    private double dtS;
    private double meanA;

    Interval(PackLayout layout) {
        this.layout = layout;
    }

    /** The next sample is the first. */
    void restart() {
        timed = false;
    }

    /** Takes a sample; false when it cannot be used. */
    boolean open(PackSample sample) {
        if (!sample.begun() || !sample.current().usable(0) || !temperaturesKnown(sample.temperature())) {
            return false;
        }
        double sinceS = timed ? (sample.nanos() - lastNanos) * 1e-9 : 0.0;
        if (timed && !(sinceS > 0.0)) {
            return false;
        }
        double nowA = layout.cellCurrentA(sample.current().value(0));
        dtS = sinceS;
        meanA = timed ? 0.5 * (lastA + nowA) : nowA;
        lastA = nowA;
        lastNanos = sample.nanos();
        timed = true;
        return true;
    }

    /** Refuses starts of single cells that are not as many as the cells, or out of range. */
    static void checkStarts(int cells, double[] soc, double[] sigma) {
        if (soc.length != cells || sigma.length != cells) {
            throw new IllegalArgumentException("soc and sigma must have one value per cell (" + cells + ") but have "
                    + soc.length + " and " + sigma.length);
        }
        for (int c = 0; c < cells; c++) {
            Check.fraction("soc[" + c + "]", soc[c]);
            Check.positive("sigma[" + c + "]", sigma[c]);
        }
    }

    /** Whether every sensor of temperature was ever read. */
    static boolean temperaturesKnown(Channel temperature) {
        for (int s = 0; s < temperature.size(); s++) {
            if (Double.isNaN(temperature.value(s))) {
                return false;
            }
        }
        return true;
    }

    /** Time since the last used sample, s; 0 for the first one. */
    double dtS() {
        return dtS;
    }

    /** Whether that is too long to be integrated. */
    boolean gap() {
        return dtS > MAX_GAP_S;
    }

    /** Mean cell current over that time, A. */
    double meanA() {
        return meanA;
    }

    /** Cell current at the sample, A. */
    double nowA() {
        return lastA;
    }
}
