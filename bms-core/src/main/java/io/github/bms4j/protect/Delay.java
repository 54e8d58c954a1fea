package io.github.bms4j.protect;

import io.github.bms4j.num.Check;

/**
 * How long a fault must be seen before it is set, and unseen before it is cleared.
 *
 * <p>Both count time between fresh readings, and each reading at most the time divided by the least number of readings:
 * with fast data the time decides, with slow data the number does. A reading that is only repeated counts for nothing.
 *
 * @param setS time to set, s; 0 sets at the first reading
 * @param setSamples least number of fresh readings to set, >= 1
 * @param clearS time to clear, s, > 0
 * @param clearSamples least number of fresh readings to clear, >= 1
 */
public record Delay(double setS, int setSamples, double clearS, int clearSamples) {
    /** Checks every figure. */
    public Delay {
        Check.notNegative("setS", setS);
        Check.atLeast("setSamples", setSamples, 1);
        Check.positive("clearS", clearS);
        Check.atLeast("clearSamples", clearSamples, 1);
    }

    /** A time to set with at least three readings, and a time to clear with as many. */
    public static Delay of(double setS, double clearS) {
        return new Delay(setS, 3, clearS, 3);
    }

    /** Set by one reading, cleared by a time with at least three readings. */
    public static Delay atOnce(double clearS) {
        return new Delay(0.0, 1, clearS, 3);
    }
}
