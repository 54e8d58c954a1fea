package io.github.bms4j.protect;

import io.github.bms4j.measure.Channel;
import io.github.bms4j.measure.PackSample;
import io.github.bms4j.measure.PackSignals;

/**
 * Current against its rating with a time that falls with the excess, short circuit, and the heat in the fuse.
 *
 * <p>A short circuit is opened by hardware and the fuse; this one reports it. The fuse holds the integral of the heat above its
 * rated current: {@code h' = max(0, h + (i^2 - fuseA^2) dt)}, warns at half its melting integral and says that it should have
 * melted at the whole of it.
 */
final class CurrentJudge implements Judge {
    /** A reading after a gap stands for this long at most, s. */
    private static final double LONGEST_STEP_S = 1.0;

    private static final double FUSE_WARNING = 0.5;

    private final CurrentSettings settings;
    private final double collapsedV;
    private final TierGuard charge;
    private final TierGuard discharge;
    private final FaultRecord shorted;
    private final FaultRecord fuseWarning;
    private final FaultRecord fuse;
    private final Freshness freshness = new Freshness(1);
    private double heatA2s;

    CurrentJudge(ProtectSettings settings, FaultSet faults) {
        this.settings = settings.current();
        this.collapsedV = settings.voltage().packLow().safety();
        this.charge = new TierGuard(FaultKind.CHARGE_OVERCURRENT, this.settings.ratio(), faults);
        this.discharge = new TierGuard(FaultKind.DISCHARGE_OVERCURRENT, this.settings.ratio(), faults);
        this.shorted = faults.record(Fault.SHORT_CIRCUIT_SAFETY);
        this.fuseWarning = faults.record(Fault.FUSE_HEAT_WARNING);
        this.fuse = faults.record(Fault.FUSE_HEAT_SAFETY);
    }

    @Override
    public void step(PackSample sample, PackSignals signals, double dtS) {
        Channel current = sample.current();
        long nanos = sample.nanos();
        if (current.usable(0)) {
            double currentA = current.value(0);
            double currentDtS = freshness.takeS(0, nanos);
            charge.judgeRatio(settings, Math.max(0.0, -currentA) / settings.chargeA(), currentDtS, nanos);
            discharge.judgeRatio(settings, Math.max(0.0, currentA) / settings.dischargeA(), currentDtS, nanos);
            boolean tooMuch = Math.abs(currentA) > settings.shortA();
            shorted.judge(0, tooMuch, !tooMuch, currentA, currentDtS, nanos);
            heat(currentA, currentDtS, nanos);
        } else if (current.beyond(0) && collapsed(sample.packVoltage())) {
            shorted.judge(0, true, false, Double.NaN, dtS, nanos);
        }
    }

    /** A current beyond the sensor is a short circuit rather than a broken sensor when the pack voltage has gone with it. */
    private boolean collapsed(Channel packVoltage) {
        return packVoltage.beyond(0) || (packVoltage.usable(0) && packVoltage.value(0) < collapsedV);
    }

    private void heat(double currentA, double dtS, long nanos) {
        double excess = currentA * currentA - settings.fuseA() * settings.fuseA();
        heatA2s = Math.max(0.0, heatA2s + excess * Math.min(dtS, LONGEST_STEP_S));
        double share = heatA2s / settings.fuseA2s();
        fuseWarning.judge(0, share >= FUSE_WARNING, share < FUSE_WARNING, share, dtS, nanos);
        fuse.judge(0, share >= 1.0, share < 1.0, share, dtS, nanos);
    }

    double heatA2s() {
        return heatA2s;
    }

    /** Takes up heat that was there before, less what was given away while nothing flowed; NaN of a time gives nothing away. */
    void recall(double newHeatA2s, double restS) {
        if (newHeatA2s >= 0.0 && newHeatA2s < Double.POSITIVE_INFINITY) {
            double givenAway = restS > 0.0 ? settings.fuseA() * settings.fuseA() * restS : 0.0;
            heatA2s = Math.max(0.0, newHeatA2s - givenAway);
        }
    }
}
