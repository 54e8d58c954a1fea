package io.github.bms4j.detect;

import java.util.Arrays;

/**
 * How the cells' voltages stood to each other during the last day, to find the one that has moved.
 *
 * <p>A snapshot is kept every half hour, for three days. Snapshots are compared where the mean voltage is about the same, because there cells
 * of other SOC, capacity and resistance stand to each other as they did. Units: V. Thread: one. Allocation: none after
 * construction.
 */
final class VoltageMemory {
    static final int NOBODY = -1;
    static final int UNDECIDED = -2;

    private static final int SNAPSHOTS = 145;
    private static final double EVERY_S = 1800.0;

    /** A snapshot of another mean voltage counts as so much farther, h over V: 50 mV are 12 hours. */
    private static final double VOLT_IS_HOURS = 240.0;

    /** A drift is found against a snapshot from well before it was noticed, s. */
    private static final double WELL_BEFORE_S = 12.0 * 3600.0;

    /** Of a drift part was taken for usual before it was noticed: the cell moved by so much times the shift at most. */
    private static final double MOST_RATIO = 2.5;

    /** The other way round noise may hide a part, but never more than half. */
    private static final double LEAST_RATIO = 0.7;

    private static final double HALF = 0.5;

    private static final double MEDIAN_TO_SIGMA = 1.4826;

    /** The one that moved stands out by so many sigmas; ... */
    private static final double STANDS_OUT = 5.0;

    /** ... nobody moved if none did by this share of what is looked for and a sigma is this share of it. */
    private static final double NONE_SHARE = 0.4;

    private static final double QUIET_SHARE = 0.12;

    private final int cells;
    private final double[][] asideV;
    private final double[] meanV;
    private final long[] nanos;
    private final double[] movedV;
    private final double[] sorted;
    private int kept;
    private int next;

    VoltageMemory(int cells) {
        this.cells = cells;
        asideV = new double[SNAPSHOTS][cells];
        meanV = new double[SNAPSHOTS];
        nanos = new long[SNAPSHOTS];
        movedV = new double[cells];
        sorted = new double[cells];
    }

    /** Keeps mean voltages of all cells if the last ones are half an hour old. */
    void keep(double[] cellV, double mean, long at) {
        int last = next > 0 ? next - 1 : SNAPSHOTS - 1;
        if (kept > 0 && (at - nanos[last]) * 1e-9 < EVERY_S) {
            return;
        }
        for (int c = 0; c < cells; c++) {
            asideV[next][c] = cellV[c] - mean;
        }
        meanV[next] = mean;
        nanos[next] = at;
        next = next + 1 < SNAPSHOTS ? next + 1 : 0;
        kept = Math.min(SNAPSHOTS, kept + 1);
    }

    /**
     * Which cell's reading has moved by {@code shiftV} since {@code onset} while the others have not.
     *
     * @param sudden whether it came at once: only then is a snapshot from just before the onset enough to clear all cells
     * @return the cell, {@link #NOBODY} if none has, {@link #UNDECIDED} if that cannot be told now
     */
    int whoMoved(double[] cellV, double mean, double shiftV, double shiftSigmaV, long onset, long now, boolean sudden) {
        int near = against(reference(mean, onset, now), cellV, mean, shiftV, shiftSigmaV);
        if (near >= 0) {
            return near;
        }
        long before = onset - (long) (WELL_BEFORE_S * 1e9);
        int far = against(reference(mean, before, before), cellV, mean, shiftV, shiftSigmaV);
        if (far >= 0) {
            return far;
        }
        return near == NOBODY && (sudden || far == NOBODY) ? NOBODY : UNDECIDED;
    }

    private int against(int reference, double[] cellV, double mean, double shiftV, double shiftSigmaV) {
        if (reference < 0) {
            return UNDECIDED;
        }
        for (int c = 0; c < cells; c++) {
            movedV[c] = cellV[c] - mean - asideV[reference][c];
            sorted[c] = movedV[c];
        }
        double usual = median();
        for (int c = 0; c < cells; c++) {
            movedV[c] -= usual;
            sorted[c] = Math.abs(movedV[c]);
        }
        double sigma = MEDIAN_TO_SIGMA * median();
        int most = 0;
        for (int c = 1; c < cells; c++) {
            most = Math.abs(movedV[c]) > Math.abs(movedV[most]) ? c : most;
        }
        double tolerance = 3.0 * Math.sqrt(shiftSigmaV * shiftSigmaV + sigma * sigma);
        double movedBy = Math.signum(shiftV) * movedV[most];
        double wanted = Math.abs(shiftV);
        boolean fits = movedBy > Math.max(HALF * wanted, LEAST_RATIO * wanted - tolerance)
                && movedBy < MOST_RATIO * wanted + tolerance;
        if (Math.abs(movedV[most]) > STANDS_OUT * sigma && fits) {
            return most;
        }
        boolean none = Math.abs(movedV[most]) < NONE_SHARE * wanted;
        return none && sigma < QUIET_SHARE * wanted ? NOBODY : UNDECIDED;
    }

    /** The snapshot before the onset that is nearest in voltage and time; -1 if there is none. */
    private int reference(double mean, long onset, long now) {
        int best = -1;
        double nearest = Double.POSITIVE_INFINITY;
        for (int k = 0; k < kept; k++) {
            double hours = (now - nanos[k]) * (1e-9 / 3600.0) + VOLT_IS_HOURS * Math.abs(meanV[k] - mean);
            if (nanos[k] < onset && hours < nearest) {
                nearest = hours;
                best = k;
            }
        }
        return best;
    }

    private double median() {
        Arrays.sort(sorted);
        return 0.5 * (sorted[(cells - 1) / 2] + sorted[cells / 2]);
    }
}
