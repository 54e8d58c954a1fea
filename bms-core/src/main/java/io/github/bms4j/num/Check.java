package io.github.bms4j.num;

/**
 * Checks of construction values: one clear sentence with name, value and what was allowed.
 *
 * <p>Every check is written so that NaN fails it. Each returns the value so that it can stand in an assignment.
 *
 * <p>Thread: any. Allocation: none unless a check fails.
 */
public final class Check {
    private Check() {}

    /**
     * A finite value above zero.
     *
     * @throws IllegalArgumentException otherwise
     */
    public static double positive(String name, double value) {
        if (!(value > 0.0 && value < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(name + " must be finite and > 0 but is " + value);
        }
        return value;
    }

    /**
     * A finite value of zero or more.
     *
     * @throws IllegalArgumentException otherwise
     */
    public static double notNegative(String name, double value) {
        if (!(value >= 0.0 && value < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(name + " must be finite and >= 0 but is " + value);
        }
        return value;
    }

    /**
     * A value in the closed range [min, max].
     *
     * @throws IllegalArgumentException otherwise
     */
    public static double within(String name, double value, double min, double max) {
        if (!(value >= min && value <= max)) {
            throw new IllegalArgumentException(name + " must be within [" + min + ", " + max + "] but is " + value);
        }
        return value;
    }

    /**
     * A fraction such as SOC or SOH: within [0, 1].
     *
     * @throws IllegalArgumentException otherwise
     */
    public static double fraction(String name, double value) {
        return within(name, value, 0.0, 1.0);
    }

    /**
     * A whole number of at least {@code min}.
     *
     * @throws IllegalArgumentException otherwise
     */
    public static int atLeast(String name, int value, int min) {
        if (value < min) {
            throw new IllegalArgumentException(name + " must be >= " + min + " but is " + value);
        }
        return value;
    }

    /**
     * Any finite value.
     *
     * @throws IllegalArgumentException for NaN and the infinities
     */
    public static double finite(String name, double value) {
        if (!Double.isFinite(value)) {
            throw new IllegalArgumentException(name + " must be finite but is " + value);
        }
        return value;
    }
}
