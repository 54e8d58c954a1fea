package io.github.bms4j.limit;

import io.github.bms4j.num.Check;

/**
 * How old a reading may be and still allow current.
 *
 * @param currentS oldest current, and oldest estimate, s, above 0
 * @param voltageS oldest cell voltage, s, above 0
 * @param temperatureS oldest temperature, s, above 0
 */
public record ReadingAges(double currentS, double voltageS, double temperatureS) {
    /** Checks every figure. */
    public ReadingAges {
        Check.positive("currentS", currentS);
        Check.positive("voltageS", voltageS);
        Check.positive("temperatureS", temperatureS);
    }

    /** Current 0.5 s, cell voltages 1 s, temperatures 5 s at most. */
    public static ReadingAges standard() {
        return new ReadingAges(0.5, 1.0, 5.0);
    }
}
