package io.github.bms4j.journal;

/**
 * A number within a range as 16 bits: code 0…65534 for {@code min}…{@code max}, 65535 for "unknown".
 *
 * <p>What lies outside is stored as the nearer end; NaN comes back as NaN.
 */
enum FixedPoint {
    /** SOC, step 0.0015 points. */
    SOC(0.0, 1.0),
    /** Standard deviation of a SOC, step 0.0008 points. */
    SOC_SIGMA(0.0, 0.5),
    /** Capacity over the rated one, step 0.003 %. */
    CAPACITY(0.0, 2.0),
    /** Standard deviation of that, step 0.0008 %. */
    CAPACITY_SIGMA(0.0, 0.5),
    /** R0 over that of a new cell, step 0.015 %. */
    RESISTANCE(0.0, 10.0),
    /** Standard deviation of that, step 0.0015 %. */
    RESISTANCE_SIGMA(0.0, 1.0);

    private static final int TOP = 0xFFFE;
    private static final int UNKNOWN = 0xFFFF;

    private final double min;
    private final double step;

    FixedPoint(double min, double max) {
        this.min = min;
        this.step = (max - min) / TOP;
    }

    /** Nearest code. */
    short nearest(double value) {
        return Double.isNaN(value) ? (short) UNKNOWN : code(Math.rint((value - min) / step));
    }

    /** Code at or above the value, so that a standard deviation is never stored as less than it is. */
    short above(double value) {
        return Double.isNaN(value) ? (short) UNKNOWN : code(Math.ceil((value - min) / step));
    }

    private static short code(double steps) {
        return (short) (int) Math.min(TOP, Math.max(0.0, steps));
    }

    double value(short stored) {
        int code = Short.toUnsignedInt(stored);
        return code == UNKNOWN ? Double.NaN : min + code * step;
    }

    double step() {
        return step;
    }
}
