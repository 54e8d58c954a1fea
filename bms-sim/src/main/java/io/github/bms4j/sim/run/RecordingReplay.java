package io.github.bms4j.sim.run;

import io.github.bms4j.cell.PackLayout;
import io.github.bms4j.control.BatteryManager;
import io.github.bms4j.control.BatterySettings;
import io.github.bms4j.measure.PackSample;
import io.github.bms4j.sim.replay.Recording;

/**
 * Lets the battery manager follow the recording of a real cell, voltage and all, and scores it against the reference SOC.
 *
 * <p>A pack of one cell, sample by sample as recorded; nothing is simulated. It begins at the first row with a reference,
 * which gives the wrong start its measure; otherwise the reference enters the score alone. Rows without a reference are
 * not scored; without any, nothing is, and the score has 0 rows.
 */
public final class RecordingReplay {
    /** From when on errors are counted: a wrong start is forgiven this long, s. */
    public static final double SETTLE_S = 600.0;

    private RecordingReplay() {}

    /**
     * How well a recording was followed; errors in SOC (0.01 is a point) from {@link #SETTLE_S} on.
     *
     * @param rows rows scored; without any, all figures but {@code startError} are NaN
     * @param startError error of the start, less than asked for where that would leave 0…1
     * @param rms root mean square error
     * @param max largest error
     * @param endError error at the last row, estimate less reference
     * @param coverage share of rows whose error is within three standard deviations
     * @param meanSigma mean standard deviation
     */
    public record Score(
            int rows, double startError, double rms, double max, double endError, double coverage, double meanSigma) {}

    /** Follows a recording from a start that is wrong by {@code startError}; the settings' layout is not used. */
    public static Score run(Recording recording, BatterySettings settings, double startError, double startSigma) {
        int first = 0;
        while (first < recording.rows() && Double.isNaN(recording.socRef(first))) {
            first++;
        }
        if (first == recording.rows()) {
            return unscored(startError);
        }
        PackLayout one = new PackLayout(1, 1, 1);
        BatteryManager manager = new BatteryManager(new BatterySettings(
                settings.cell(), one, settings.noise(), settings.limits(), settings.controller(), settings.planner()));
        double start = Math.min(1.0, Math.max(0.0, recording.socRef(first) + startError));
        double startedWrong = start - recording.socRef(first);
        manager.start(start, startSigma);
        PackSample sample = new PackSample(one);
        double sum = 0.0;
        double sumSigma = 0.0;
        double max = 0.0;
        double end = Double.NaN;
        int within = 0;
        int rows = 0;
        double settledS = recording.timeS(first) + SETTLE_S;
        for (int k = first; k < recording.rows(); k++) {
            sample.begin(Math.round(recording.timeS(k) * 1e9));
            sample.readCurrent(recording.currentA(k));
            sample.readCellVoltage(0, recording.voltageV(k));
            sample.readPackVoltage(recording.voltageV(k));
            sample.readTemperature(0, recording.temperatureDegC(k));
            manager.step(sample);
            double error = manager.estimate().soc(0) - recording.socRef(k);
            if (recording.timeS(k) < settledS || Double.isNaN(error)) {
                continue;
            }
            double sigma = manager.estimate().socSigma(0);
            rows++;
            sum += error * error;
            sumSigma += sigma;
            max = Math.max(max, Math.abs(error));
            within += Math.abs(error) <= 3.0 * sigma ? 1 : 0;
            end = error;
        }
        if (rows == 0) {
            return unscored(startedWrong);
        }
        return new Score(rows, startedWrong, Math.sqrt(sum / rows), max, end, within / (double) rows, sumSigma / rows);
    }

    private static Score unscored(double startError) {
        return new Score(0, startError, Double.NaN, Double.NaN, Double.NaN, Double.NaN, Double.NaN);
    }
}
