package io.github.bms4j.sim.run;

import io.github.bms4j.cell.PackLayout;
import io.github.bms4j.control.BatteryManager;
import io.github.bms4j.control.BatterySettings;
import io.github.bms4j.control.PackEquipment;
import io.github.bms4j.measure.PackSample;
import io.github.bms4j.measure.SensorRange;
import io.github.bms4j.sim.replay.Recording;
import io.github.bms4j.sim.replay.SocScore;
import io.github.bms4j.sim.replay.SocScorer;

/**
 * Lets the battery manager follow the recording of a real cell, voltage and all, and scores it against the reference SOC.
 *
 * <p>A pack of one cell, sample by sample as recorded; nothing is simulated. It begins at the first row with a reference,
 * which gives the wrong start its measure; otherwise the reference enters the score alone. Rows without a reference are
 * not scored; without any, nothing is, and the score has 0 rows.
 */
public final class RecordingReplay {
    private RecordingReplay() {}

    /** Follows a recording from a start that is wrong by {@code startError}; the settings' layout is not used. */
    public static SocScore run(Recording recording, BatterySettings settings, double startError, double startSigma) {
        SocScorer scorer = new SocScorer(SocScorer.SCORE_AFTER_S);
        int first = 0;
        while (first < recording.rows() && Double.isNaN(recording.socRef(first))) {
            first++;
        }
        if (first == recording.rows()) {
            scorer.begin(0.0, startError);
            return scorer.score();
        }
        PackLayout one = new PackLayout(1, 1, 1);
        BatteryManager manager = new BatteryManager(new BatterySettings(
                settings.cell(),
                one,
                settings.noise(),
                settings.limits(),
                settings.controller(),
                settings.planner(),
                PackEquipment.cellsOnly(settings.cell(), one)));
        double start = Math.min(1.0, Math.max(0.0, recording.socRef(first) + startError));
        manager.start(start, startSigma);
        scorer.begin(recording.timeS(first), start - recording.socRef(first));
        PackSample sample = new PackSample(one, SensorRange.of(settings.cell().rating(), one));
        for (int k = first; k < recording.rows(); k++) {
            sample.begin(Math.round(recording.timeS(k) * 1e9));
            sample.readCurrent(recording.currentA(k));
            sample.readCellVoltage(0, recording.voltageV(k));
            sample.readPackVoltage(recording.voltageV(k));
            sample.readTemperature(0, recording.temperatureDegC(k));
            manager.step(sample);
            scorer.row(
                    recording.timeS(k),
                    manager.estimate().soc(0),
                    manager.estimate().socSigma(0),
                    recording.socRef(k),
                    0.0);
        }
        return scorer.score();
    }
}
