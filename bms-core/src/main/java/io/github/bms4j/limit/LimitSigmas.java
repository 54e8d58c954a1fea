package io.github.bms4j.limit;

import io.github.bms4j.num.Check;

/**
 * By how many standard deviations a prediction is taken for worse than its best guess, each for one thing that is not known.
 *
 * <p>All 0 predicts with the best guess. Which figures keep how many promises is measured: docs/theory/current-limits.md.
 *
 * @param soc of the estimate's SOC, where the SOC chooses a voltage or a resistance, 0 or more
 * @param plating of the estimate's SOC, where it chooses a plating-safe rate, 0 or more
 * @param window of the estimate's SOC at the ends of the SOC window, 0 or more: a charge to the brim never ends if this is large
 * @param resistance of the series resistance, by what was learned of it, 0 or more
 * @param polarisation of what the RC pairs answer, by what was learned of it, and of what warming makes better, 0 or more
 * @param voltage of the cell type's voltage error, as far as the SOC moves along the curve, 0 or more
 * @param sensorK how far a cell may stand off its temperature sensor where cold matters, K, 0 or more
 * @param uneven by which share of what a cell stands above the air its neighbours may be colder, because no two are cooled alike,
 *     0 or more
 */
public record LimitSigmas(
        double soc,
        double plating,
        double window,
        double resistance,
        double polarisation,
        double voltage,
        double sensorK,
        double uneven) {
    /** Checks every figure. */
    public LimitSigmas {
        Check.notNegative("soc", soc);
        Check.notNegative("plating", plating);
        Check.notNegative("window", window);
        Check.notNegative("resistance", resistance);
        Check.notNegative("polarisation", polarisation);
        Check.notNegative("voltage", voltage);
        Check.notNegative("sensorK", sensorK);
        Check.notNegative("uneven", uneven);
    }

    /** No margin for what is not known. */
    public static LimitSigmas none() {
        return new LimitSigmas(0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0);
    }

    /** The figures with which the promises of the power trial are kept. */
    public static LimitSigmas standard() {
        return new LimitSigmas(2.0, 1.5, 1.0, 2.2, 2.2, 1.0, 0.6, 0.12);
    }
}
