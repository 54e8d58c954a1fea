package io.github.bms4j.limit;

import io.github.bms4j.cell.TemperatureWindow;
import io.github.bms4j.num.Check;
import java.util.List;

/**
 * How far the limits stay away from a cell's ratings, and what else they obey.
 *
 * @param voltageMarginV kept inside the rated voltage window for sensor error and control delay, V
 * @param temperatureMarginK kept inside the rated temperature window: a sensor is not the hottest spot, K
 * @param derateSpanK over how many kelvin before that the current falls linearly to zero, K, above 0
 * @param risePerS how fast a limit rises again, as a share of the rated current of its direction per second, above 0; infinite
 *     for at once
 * @param sigmas by how much a prediction is taken for worse than its best guess
 * @param ages how old a reading may be
 * @param derating tables beside those that follow from the temperature windows
 * @param switchgear what fuse and contactors carry for how long; may be empty
 */
public record LimitSettings(
        double voltageMarginV,
        double temperatureMarginK,
        double derateSpanK,
        double risePerS,
        LimitSigmas sigmas,
        ReadingAges ages,
        List<DeratingTable> derating,
        List<CurrentTimeRating> switchgear) {
    /** Checks every figure and copies the lists. */
    public LimitSettings {
        Check.notNegative("voltageMarginV", voltageMarginV);
        Check.notNegative("temperatureMarginK", temperatureMarginK);
        Check.positive("derateSpanK", derateSpanK);
        if (!(risePerS > 0.0)) {
            throw new IllegalArgumentException("risePerS must be above 0 but is " + risePerS + " 1/s");
        }
        derating = List.copyOf(derating);
        switchgear = List.copyOf(switchgear);
    }

    /** 10 mV, 2 K, 5 K, half of the rated current per second; sigmas and ages of their own standards; nothing else. */
    public static LimitSettings standard() {
        return new LimitSettings(
                0.010, 2.0, 5.0, 0.5, LimitSigmas.standard(), ReadingAges.standard(), List.of(), List.of());
    }

    /** No margins, no slope, nothing but the ratings: for figures that can be worked out on paper. */
    public static LimitSettings bare() {
        return new LimitSettings(
                0.0,
                0.0,
                5.0,
                Double.POSITIVE_INFINITY,
                LimitSigmas.none(),
                ReadingAges.standard(),
                List.of(),
                List.of());
    }

    /** The same with other sigmas. */
    public LimitSettings with(LimitSigmas newSigmas) {
        return new LimitSettings(
                voltageMarginV, temperatureMarginK, derateSpanK, risePerS, newSigmas, ages, derating, switchgear);
    }

    /** The same with these derating tables. */
    public LimitSettings withDerating(List<DeratingTable> tables) {
        return new LimitSettings(
                voltageMarginV, temperatureMarginK, derateSpanK, risePerS, sigmas, ages, tables, switchgear);
    }

    /** The same with such a fuse or such contactors. */
    public LimitSettings withSwitchgear(List<CurrentTimeRating> ratings) {
        return new LimitSettings(
                voltageMarginV, temperatureMarginK, derateSpanK, risePerS, sigmas, ages, derating, ratings);
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
