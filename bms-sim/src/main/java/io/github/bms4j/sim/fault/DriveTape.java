package io.github.bms4j.sim.fault;

import io.github.bms4j.sim.replay.Recording;

/** The current of a recorded drive in steps of equal length, played in a circle. One cell, A, positive discharging. */
final class DriveTape {
    private final double[] meanA;

    DriveTape(Recording recording, double stepS) {
        double originS = recording.timeS(0);
        meanA = new double[(int) (recording.durationS() / stepS)];
        int row = 0;
        for (int i = 0; i < meanA.length; i++) {
            double sumA = 0.0;
            int n = 0;
            while (row + 1 < recording.rows() && recording.timeS(row) - originS < (i + 1) * stepS) {
                double currentA = recording.currentA(row);
                sumA += Double.isNaN(currentA) ? 0.0 : currentA;
                n++;
                row++;
            }
            meanA[i] = n == 0 ? 0.0 : sumA / n;
        }
    }

    int length() {
        return meanA.length;
    }

    double cellA(long step) {
        return meanA[(int) (step % meanA.length)];
    }
}
