package io.github.bms4j.sim.replay;

import io.github.bms4j.num.Check;

/**
 * How an estimator gets to see a recording.
 *
 * @param range which rows
 * @param bias what is added to the readings
 * @param temperatureDegC cell temperature where none was measured, °C; NaN if not known
 * @param reference what the estimate is scored against
 */
public record ReplaySetup(ReplayRange range, Bias bias, double temperatureDegC, Reference reference) {
    /** The whole recording as it is. */
    public static final ReplaySetup PLAIN = new ReplaySetup(ReplayRange.WHOLE, Bias.NONE, Double.NaN, Reference.EXACT);

    /** The same with more current bias, A. */
    public ReplaySetup plusCurrent(double moreA) {
        return new ReplaySetup(range, new Bias(bias.currentA() + moreA, bias.voltageV()), temperatureDegC, reference);
    }

    /**
     * Errors of the sensors, added to every reading the estimator sees.
     *
     * @param currentA A, positive reads as discharge
     * @param voltageV V
     */
    public record Bias(double currentA, double voltageV) {
        /** Readings as they are. */
        public static final Bias NONE = new Bias(0.0, 0.0);

        /** Checks that both are finite. */
        public Bias {
            Check.finite("currentA", currentA);
            Check.finite("voltageV", voltageV);
        }
    }

    /**
     * The column that holds the reference SOC, and how wrong it can be.
     *
     * @param column name of the column
     * @param trust how wrong it can be, in SOC, 0 or more
     * @param grows whether that grows from 0 at the head in proportion to the charge moved, to {@code trust} at the most
     */
    public record Reference(String column, double trust, boolean grows) {
        /** The usual column, taken as true. */
        public static final Reference EXACT = new Reference("soc_ref", 0.0, false);

        /** Checks the range. */
        public Reference {
            Check.fraction("trust", trust);
        }
    }
}
