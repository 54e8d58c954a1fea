package io.github.bms4j.protect;

import io.github.bms4j.cell.PackLayout;
import io.github.bms4j.measure.Channel;
import io.github.bms4j.measure.PackSample;
import io.github.bms4j.measure.PackSignals;
import io.github.bms4j.measure.Quality;

/**
 * Readings that leap: a temperature that its channel did not believe, and a cell that moved against the mean of the others from
 * one reading to the next. What moves all cells alike is the load.
 *
 * <p>Only the cell that leapt furthest is named, because it moves the mean of all others. It needs three cells read together.
 */
final class JumpJudge implements Judge {
    private static final int LEAST_CELLS = 3;
    /** Cells drift apart by themselves at the ends of charge; over a longer gap a leap proves nothing, s. */
    private static final double LONGEST_GAP_S = 2.0;

    private final double jumpV;
    private final double suspectShare;
    private final FaultRecord cellJump;
    private final FaultRecord temperatureJump;
    private final double[] deviationV;
    private final boolean[] stirredSensor;
    private boolean primed;
    private boolean stirred;
    private double sinceS;

    JumpJudge(ProtectSettings settings, PackLayout layout, FaultSet faults) {
        this.jumpV = settings.sensor().jumpV();
        this.suspectShare = settings.sensor().suspectShare();
        this.cellJump = faults.record(Fault.CELL_VOLTAGE_JUMPED);
        this.temperatureJump = faults.record(Fault.TEMPERATURE_JUMPED);
        this.deviationV = new double[layout.cells()];
        this.stirredSensor = new boolean[layout.temperatureSensors()];
    }

    @Override
    public void step(PackSample sample, PackSignals signals, double dtS) {
        Channel t = sample.temperature();
        for (int s = 0; s < stirredSensor.length; s++) {
            boolean leapt = t.quality(s) == Quality.SUSPECT && !t.beyond(s);
            if (leapt || (stirredSensor[s] && t.usable(s))) {
                stirredSensor[s] = temperatureJump.judge(s, leapt, !leapt, t.value(s), dtS, sample.nanos());
            }
        }
        temperatureJump.seen();
        temperatureJump.lowerShare(suspectShare);
        sinceS += dtS;
        if (sample.cellVoltage().allUsable() && deviationV.length >= LEAST_CELLS) {
            judgeCells(sample.cellVoltage(), sample.nanos());
            cellJump.lowerShare(suspectShare);
        }
    }

    private void judgeCells(Channel cells, long nanos) {
        double sumV = 0.0;
        for (int c = 0; c < deviationV.length; c++) {
            sumV += cells.value(c);
        }
        int furthest = FaultSet.NOWHERE;
        double furthestV = jumpV;
        for (int c = 0; c < deviationV.length; c++) {
            double now = cells.value(c) - (sumV - cells.value(c)) / (deviationV.length - 1);
            double leapV = Math.abs(now - deviationV[c]);
            deviationV[c] = now;
            if (leapV > furthestV) {
                furthestV = leapV;
                furthest = c;
            }
        }
        boolean believable = primed && sinceS <= LONGEST_GAP_S;
        if (stirred || (believable && furthest >= 0)) {
            stirred = false;
            for (int c = 0; c < deviationV.length; c++) {
                boolean leapt = believable && c == furthest;
                stirred |= cellJump.judge(c, leapt, !leapt, cells.value(c), sinceS, nanos);
            }
        }
        cellJump.seen();
        primed = true;
        sinceS = 0.0;
    }
}
