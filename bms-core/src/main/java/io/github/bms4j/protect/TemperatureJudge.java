package io.github.bms4j.protect;

import io.github.bms4j.cell.PackLayout;
import io.github.bms4j.measure.Channel;
import io.github.bms4j.measure.PackSample;
import io.github.bms4j.measure.PackSignals;

/**
 * Temperatures against the thresholds of the direction in which current flows. Heat counts as that of a discharge while no
 * current flows; cold harms nothing then.
 */
final class TemperatureJudge implements Judge {
    private final double idleA;
    private final TierGuard chargeHigh;
    private final TierGuard chargeLow;
    private final TierGuard dischargeHigh;
    private final TierGuard dischargeLow;
    private final Freshness freshness;

    TemperatureJudge(ProtectSettings settings, PackLayout layout, FaultSet faults) {
        TemperatureSettings t = settings.temperature();
        this.idleA = t.idleA();
        this.chargeHigh = new TierGuard(FaultKind.CHARGE_OVERTEMPERATURE, t.chargeHigh(), faults);
        this.chargeLow = new TierGuard(FaultKind.CHARGE_UNDERTEMPERATURE, t.chargeLow(), faults);
        this.dischargeHigh = new TierGuard(FaultKind.DISCHARGE_OVERTEMPERATURE, t.dischargeHigh(), faults);
        this.dischargeLow = new TierGuard(FaultKind.DISCHARGE_UNDERTEMPERATURE, t.dischargeLow(), faults);
        this.freshness = new Freshness(layout.temperatureSensors());
    }

    @Override
    public void step(PackSample sample, PackSignals signals, double dtS) {
        long nanos = sample.nanos();
        double currentA = sample.current().value(0);
        boolean charging = currentA < -idleA;
        boolean discharging = currentA > idleA;
        Channel t = sample.temperature();
        for (int s = 0; s < t.size(); s++) {
            if (t.usable(s)) {
                double degC = t.value(s);
                double sensorDtS = freshness.takeS(s, nanos);
                chargeHigh.judge(s, charging, degC, sensorDtS, nanos);
                chargeLow.judge(s, charging, degC, sensorDtS, nanos);
                dischargeHigh.judge(s, !charging, degC, sensorDtS, nanos);
                dischargeLow.judge(s, discharging, degC, sensorDtS, nanos);
            }
        }
    }
}
