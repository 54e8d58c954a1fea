package io.github.bms4j.contactor;

import io.github.bms4j.num.Check;

/**
 * When a string may be connected to others.
 *
 * @param gateV highest difference between string and bus, either way, V
 * @param maxJoinA highest equalisation current that a contactor may be closed onto, A
 * @param voltageErrorV error of a difference of two open-circuit voltages, V
 * @param tolerance relative tolerance of a string's resistance, within [0, 0.9]
 */
public record JoinRating(double gateV, double maxJoinA, double voltageErrorV, double tolerance) {
    private static final double MOST_TOLERANCE = 0.9;

    /** Checks every figure. */
    public JoinRating {
        Check.positive("gateV", gateV);
        Check.positive("maxJoinA", maxJoinA);
        Check.notNegative("voltageErrorV", voltageErrorV);
        Check.within("tolerance", tolerance, 0.0, MOST_TOLERANCE);
    }

    /** 3 V, 50 A, 0.5 V of error, resistances within 30 %. */
    public static JoinRating standard() {
        return new JoinRating(3.0, 50.0, 0.5, 0.3);
    }
}
