package io.github.bms4j.limit;

import io.github.bms4j.cell.TemperatureWindow;
import io.github.bms4j.num.Check;

/**
 * How far the limits stay away from a cell's ratings, and how old a reading may be.
 *
 * @param voltageMarginV kept inside the rated voltage window for sensor error and control delay, V
 * @param temperatureMarginK kept inside the rated temperature window: a sensor is not the hottest spot, K
 * @param derateSpanK over how many kelvin before that the current falls linearly to zero, K, above 0
 * @param socSigmas by how many standard deviations the SOC is taken for worse than estimated
 * @param maxCurrentAgeS oldest current that still allows current, s
 * @param maxVoltageAgeS oldest cell voltage, s
 * @param maxTemperatureAgeS oldest temperature, s
 */
public record LimitSettings(
        double voltageMarginV,
        double temperatureMarginK,
        double derateSpanK,
        double socSigmas,
        double maxCurrentAgeS,
        double maxVoltageAgeS,
        double maxTemperatureAgeS) {
    /** Checks every figure. */
    public LimitSettings {
        Check.notNegative("voltageMarginV", voltageMarginV);
        Check.notNegative("temperatureMarginK", temperatureMarginK);
        Check.positive("derateSpanK", derateSpanK);
        Check.notNegative("socSigmas", socSigmas);
        Check.positive("maxCurrentAgeS", maxCurrentAgeS);
        Check.positive("maxVoltageAgeS", maxVoltageAgeS);
        Check.positive("maxTemperatureAgeS", maxTemperatureAgeS);
    }

    /** 10 mV, 2 K, 5 K, one sigma; current 0.5 s, cell voltages 1 s, temperatures 5 s old at most. */
    public static LimitSettings standard() {
        return new LimitSettings(0.010, 2.0, 5.0, 1.0, 0.5, 1.0, 5.0);
    }

    /** Share of a current that heat leaves: 1 until the derate span begins, falling to 0 at the margin below the maximum. */
    public double hotShare(TemperatureWindow window, double temperatureDegC) {
        return share(window.maxDegC() - temperatureMarginK - temperatureDegC);
    }

    /** Share of a current that cold leaves: 0 at the minimum, rising to 1 over the derate span. */
    public double coldShare(TemperatureWindow window, double temperatureDegC) {
        return share(temperatureDegC - window.minDegC());
    }

    private double share(double roomK) {
        return Math.min(1.0, Math.max(0.0, roomK / derateSpanK));
    }
}
