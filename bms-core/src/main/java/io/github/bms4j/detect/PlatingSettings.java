package io.github.bms4j.detect;

import io.github.bms4j.num.Check;

/**
 * How a {@link PlatingDetector} looks and when it alarms.
 *
 * @param alarmV bulge that is alarmed when the lower end of its interval lies beyond it, V, above 0
 * @param sigmas half width of the interval in standard deviations, above 0
 * @param firstS rest at which the first voltages are averaged, s, above 0
 * @param lastS rest after which nothing is looked for any more, s, above {@code firstS}
 * @param chargePerH charge rate that must have flown for {@code chargeS} before the rest, 1/h, above 0
 * @param chargeS for how long it must have flown, s
 */
public record PlatingSettings(
        double alarmV, double sigmas, double firstS, double lastS, double chargePerH, double chargeS) {
    /** Checks every figure. */
    public PlatingSettings {
        Check.positive("alarmV", alarmV);
        Check.positive("sigmas", sigmas);
        Check.positive("firstS", firstS);
        if (!(lastS > 3.0 * firstS && lastS < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(
                    "lastS must be finite and beyond three times firstS (" + firstS + ") but is " + lastS);
        }
        Check.positive("chargePerH", chargePerH);
        Check.notNegative("chargeS", chargeS);
    }

    /** 1.5 mV at five sigmas, between two minutes and four hours of rest after ten minutes of C/10 or more. */
    public static PlatingSettings standard() {
        return new PlatingSettings(0.0015, 5.0, 120.0, 4.0 * 3600.0, 0.1, 600.0);
    }
}
