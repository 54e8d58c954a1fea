package io.github.bms4j.detect;

import io.github.bms4j.num.Check;

/**
 * How an {@link InternalShortDetector} looks and when it alarms. Rates are charge rates, 1/h: a leak over the group's capacity.
 *
 * @param alarmPerH leak that is alarmed when the lower end of the interval lies beyond it, 1/h, above 0
 * @param sigmas half width of the interval in standard deviations, above 0
 * @param settleS rest after which voltages count, s
 * @param anchorS time over which they are averaged to one measurement, s, above 0
 * @param wanderPerH by how much a leak may change within a root of a day, 1/h, above 0: the forgetting
 * @param sensorOffsetV spread of the offsets of the cell voltage sensors, V
 */
public record InternalShortSettings(
        double alarmPerH, double sigmas, double settleS, double anchorS, double wanderPerH, double sensorOffsetV) {
    /** Checks every figure. */
    public InternalShortSettings {
        Check.positive("alarmPerH", alarmPerH);
        Check.positive("sigmas", sigmas);
        Check.notNegative("settleS", settleS);
        Check.positive("anchorS", anchorS);
        Check.positive("wanderPerH", wanderPerH);
        Check.notNegative("sensorOffsetV", sensorOffsetV);
    }

    /** 0.015 % of the capacity an hour (0.36 % a day) at three sigmas; half an hour to settle, a quarter of an hour a measurement. */
    public static InternalShortSettings standard() {
        return new InternalShortSettings(1.5e-4, 3.0, 1800.0, 900.0, 5e-5, 0.002);
    }
}
