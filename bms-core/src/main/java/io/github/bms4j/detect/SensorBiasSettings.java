package io.github.bms4j.detect;

import io.github.bms4j.num.Check;

/**
 * How a {@link SensorBiasDetector} looks and when it alarms: when the end of the interval nearer to zero lies beyond these.
 *
 * @param voltageAlarmV offset of a cell's or the pack's voltage sensor, V, above 0
 * @param packResolutionV resolution of the pack's voltage sensor, V: where its readings do not scatter they are no finer than that
 * @param currentAlarmPerH offset of the current sensor over the pack's capacity, 1/h, above 0
 * @param temperatureAlarmK offset of a temperature sensor, K, above 0
 * @param sigmas half width of the intervals in standard deviations, above 0
 * @param windowS time over which voltages and temperatures are averaged to one measurement, s, above 0
 */
public record SensorBiasSettings(
        double voltageAlarmV,
        double packResolutionV,
        double currentAlarmPerH,
        double temperatureAlarmK,
        double sigmas,
        double windowS) {
    /** Checks every figure. */
    public SensorBiasSettings {
        Check.positive("voltageAlarmV", voltageAlarmV);
        Check.notNegative("packResolutionV", packResolutionV);
        Check.positive("currentAlarmPerH", currentAlarmPerH);
        Check.positive("temperatureAlarmK", temperatureAlarmK);
        Check.positive("sigmas", sigmas);
        Check.positive("windowS", windowS);
    }

    /** 4 mV with a pack meter of 10 mV, 1 % of the capacity an hour, 2 K, at four sigmas of means of a minute. */
    public static SensorBiasSettings standard() {
        return new SensorBiasSettings(0.004, 0.01, 0.01, 2.0, 4.0, 60.0);
    }
}
