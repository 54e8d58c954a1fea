package io.github.bms4j.limit;

/** Which way the current flows. */
public enum Direction {
    /** Out of the pack: positive currents. */
    DISCHARGE("discharge", 1.0),
    /** Into the pack: negative currents. */
    CHARGE("charge", -1.0);

    private final String text;
    private final double sign;

    Direction(String text, double sign) {
        this.text = text;
        this.sign = sign;
    }

    /** A word for a person. */
    public String text() {
        return text;
    }

    /** Sign of such a current: +1 discharging, -1 charging. */
    public double sign() {
        return sign;
    }
}
