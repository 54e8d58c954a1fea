package io.github.bms4j.protect;

import io.github.bms4j.cell.CellType;
import io.github.bms4j.cell.PackLayout;
import io.github.bms4j.cell.TemperatureWindow;
import io.github.bms4j.num.Check;

/**
 * Temperature thresholds by direction of current, and what counts as evidence of a burning cell.
 *
 * @param chargeHigh highest temperature while charging, °C, rising
 * @param chargeLow lowest temperature while charging, °C, falling
 * @param dischargeHigh highest temperature while not charging, °C, rising
 * @param dischargeLow lowest temperature while discharging, °C, falling
 * @param idleA magnitude up to which a current has no direction, A of the pack
 * @param runawayKPerS rise of one sensor that no use explains, K/s
 * @param neighbourKPerS rise of a neighbouring sensor that confirms it, K/s, below {@code runawayKPerS}
 * @param rateTauS time constant of the rise's filter, s
 * @param dropV fall of one cell against the others that confirms it, V
 * @param evidenceS for how long a fall of voltage or a lost sensor counts, s
 */
public record TemperatureSettings(
        TierLimits chargeHigh,
        TierLimits chargeLow,
        TierLimits dischargeHigh,
        TierLimits dischargeLow,
        double idleA,
        double runawayKPerS,
        double neighbourKPerS,
        double rateTauS,
        double dropV,
        double evidenceS) {
    private static final double HYSTERESIS_K = 5.0;
    private static final double OPERATING_K = 1.0;
    private static final double WARNING_K = 3.0;
    private static final double SAFETY_K = 6.0;
    private static final double IDLE_PER_H = 0.05;

    /** Checks every figure. */
    public TemperatureSettings {
        VoltageSettings.rising("chargeHigh", chargeHigh, true);
        VoltageSettings.rising("chargeLow", chargeLow, false);
        VoltageSettings.rising("dischargeHigh", dischargeHigh, true);
        VoltageSettings.rising("dischargeLow", dischargeLow, false);
        Check.positive("idleA", idleA);
        Check.positive("runawayKPerS", runawayKPerS);
        Check.positive("neighbourKPerS", neighbourKPerS);
        Check.positive("rateTauS", rateTauS);
        Check.positive("dropV", dropV);
        Check.positive("evidenceS", evidenceS);
        if (neighbourKPerS >= runawayKPerS) {
            throw new IllegalArgumentException(
                    "neighbourKPerS (" + neighbourKPerS + ") must be below runawayKPerS (" + runawayKPerS + ")");
        }
    }

    /** 1, 3 and 6 K outside the rated windows; direction from a twentieth of the capacity per hour on. */
    static TemperatureSettings of(CellType type, PackLayout layout) {
        TemperatureWindow charge = type.rating().charge();
        TemperatureWindow discharge = type.rating().discharge();
        return new TemperatureSettings(
                above(charge.maxDegC()),
                below(charge.minDegC()),
                above(discharge.maxDegC()),
                below(discharge.minDegC()),
                IDLE_PER_H * type.rating().capacityAh() * layout.parallel(),
                1.0,
                0.3,
                2.0,
                0.1,
                60.0);
    }

    private static TierLimits above(double degC) {
        return new TierLimits(degC + OPERATING_K, degC + WARNING_K, degC + SAFETY_K, HYSTERESIS_K);
    }

    private static TierLimits below(double degC) {
        return new TierLimits(degC - OPERATING_K, degC - WARNING_K, degC - SAFETY_K, HYSTERESIS_K);
    }
}
