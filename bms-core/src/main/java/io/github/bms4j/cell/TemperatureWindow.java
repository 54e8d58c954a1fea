package io.github.bms4j.cell;

import io.github.bms4j.num.Check;

/**
 * A closed range of cell temperatures.
 *
 * @param minDegC lowest temperature, °C, at least -60
 * @param maxDegC highest temperature, °C, above {@code minDegC}, at most 120
 */
public record TemperatureWindow(double minDegC, double maxDegC) {
    private static final double LEAST_DEG_C = -60.0;
    private static final double MOST_DEG_C = 120.0;

    /** @throws IllegalArgumentException when a value does not fit */
    public TemperatureWindow {
        Check.within("minDegC", minDegC, LEAST_DEG_C, MOST_DEG_C);
        Check.within("maxDegC", maxDegC, LEAST_DEG_C, MOST_DEG_C);
        if (maxDegC <= minDegC) {
            throw new IllegalArgumentException("maxDegC (" + maxDegC + ") must exceed minDegC (" + minDegC + ")");
        }
    }

    /** Whether the temperature lies in the window, ends included; false for NaN. */
    public boolean contains(double temperatureDegC) {
        return temperatureDegC >= minDegC && temperatureDegC <= maxDegC;
    }
}
