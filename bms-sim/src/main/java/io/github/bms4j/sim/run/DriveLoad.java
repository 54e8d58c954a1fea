package io.github.bms4j.sim.run;

import io.github.bms4j.sim.replay.Recording;

/**
 * The current of a recording over time, held between its rows. A missing current counts as none.
 *
 * <p>Units and sign: s from the first row, A of one cell, positive discharging. Time must not run back. Thread: one.
 * Allocation: none after construction.
 */
final class DriveLoad {
    private final Recording recording;
    private final double originS;
    private int row;

    DriveLoad(Recording recording) {
        this.recording = recording;
        this.originS = recording.timeS(0);
    }

    /** Mean current of one cell from {@code fromS} to {@code toS}. */
    double meanA(double fromS, double toS) {
        while (row + 1 < recording.rows() && recording.timeS(row + 1) - originS <= fromS) {
            row++;
        }
        double chargeAs = 0.0;
        double atS = fromS;
        for (int k = row; atS < toS; k++) {
            double nextS = k + 1 < recording.rows() ? recording.timeS(k + 1) - originS : Double.POSITIVE_INFINITY;
            double untilS = Math.min(nextS, toS);
            double currentA = recording.currentA(k);
            chargeAs += Double.isNaN(currentA) ? 0.0 : currentA * (untilS - atS);
            atS = untilS;
        }
        return chargeAs / (toS - fromS);
    }

    boolean over(double timeS) {
        return timeS >= recording.durationS();
    }
}
