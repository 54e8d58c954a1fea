package io.github.bms4j.protect;

import io.github.bms4j.cell.PackLayout;
import io.github.bms4j.measure.Channel;
import io.github.bms4j.measure.PackSample;
import io.github.bms4j.measure.PackSignals;

/** Cell and pack voltages against their thresholds, and against each other. */
final class VoltageJudge implements Judge {
    private final VoltageSettings settings;
    private final double cellsMaxAgeS;
    private final TierGuard cellHigh;
    private final TierGuard cellLow;
    private final TierGuard packHigh;
    private final TierGuard packLow;
    private final FaultRecord mismatchWarning;
    private final FaultRecord mismatch;
    private final Freshness cellFreshness;
    private final Freshness packFreshness = new Freshness(1);
    private final boolean[] stirred;

    VoltageJudge(ProtectSettings settings, PackLayout layout, FaultSet faults) {
        this.settings = settings.voltage();
        this.cellsMaxAgeS = settings.sensor().voltageStaleS();
        this.cellHigh = new TierGuard(FaultKind.CELL_OVERVOLTAGE, this.settings.cellHigh(), faults);
        this.cellLow = new TierGuard(FaultKind.CELL_UNDERVOLTAGE, this.settings.cellLow(), faults);
        this.packHigh = new TierGuard(FaultKind.PACK_OVERVOLTAGE, this.settings.packHigh(), faults);
        this.packLow = new TierGuard(FaultKind.PACK_UNDERVOLTAGE, this.settings.packLow(), faults);
        this.mismatchWarning = faults.record(Fault.PACK_VOLTAGE_MISMATCH_WARNING);
        this.mismatch = faults.record(Fault.PACK_VOLTAGE_MISMATCH_SAFETY);
        this.cellFreshness = new Freshness(layout.cells());
        this.stirred = new boolean[layout.cells()];
    }

    @Override
    public void step(PackSample sample, PackSignals signals, double dtS) {
        long nanos = sample.nanos();
        Channel cells = sample.cellVoltage();
        double high = cellHigh.calm();
        double low = cellLow.calm();
        double sumV = 0.0;
        for (int c = 0; c < cells.size(); c++) {
            double v = cells.value(c);
            sumV += v;
            if (cells.usable(c)) {
                double cellDtS = cellFreshness.takeS(c, nanos);
                if (stirred[c] || !(v <= high && v >= low)) {
                    boolean highStirred = cellHigh.judge(c, true, v, cellDtS, nanos);
                    boolean lowStirred = cellLow.judge(c, true, v, cellDtS, nanos);
                    stirred[c] = highStirred || lowStirred;
                }
            }
        }
        cellHigh.seen();
        cellLow.seen();
        if (sample.packVoltage().usable(0)) {
            judgePack(sample.packVoltage().value(0), sumV, cells.maxAgeS(nanos), nanos);
        }
    }

    private void judgePack(double packV, double sumV, double oldestS, long nanos) {
        double dtS = packFreshness.takeS(0, nanos);
        packHigh.judge(0, true, packV, dtS, nanos);
        packLow.judge(0, true, packV, dtS, nanos);
        if (oldestS <= cellsMaxAgeS) {
            double apartV = Math.abs(packV - sumV);
            boolean bad = apartV > settings.mismatchV();
            mismatchWarning.judge(0, bad, !bad, apartV, dtS, nanos);
            mismatch.judge(0, bad, !bad, apartV, dtS, nanos);
            mismatchWarning.lowerShare(0.5);
        }
    }
}
