package io.github.bms4j.contactor;

import io.github.bms4j.num.Check;

/**
 * When a string may be connected to others.
 *
 * @param gateV highest difference between string and bus, either way, V
 * @param maxJoinA highest equalisation current that a contactor may be closed onto, A
 * @param voltageErrorV error of a difference of two open-circuit voltages, V
 * @param tolerance relative tolerance of a string's resistance, within [0, 0.9]
 * @param beginShare share of gate and currents within which a string begins to join, within [0.5, 1]; what has begun may go on up to all of
 *     them, so that noise does not stop it half way
 */
public record JoinRating(double gateV, double maxJoinA, double voltageErrorV, double tolerance, double beginShare) {
    private static final double MOST_TOLERANCE = 0.9;

    /** Checks every figure. */
    public JoinRating {
        Check.positive("gateV", gateV);
        Check.positive("maxJoinA", maxJoinA);
        Check.notNegative("voltageErrorV", voltageErrorV);
        Check.within("tolerance", tolerance, 0.0, MOST_TOLERANCE);
        Check.within("beginShare", beginShare, 0.5, 1.0);
    }

    /**
     * For strings of at most {@code maxPackV}, beside {@link ContactorRating#standard}: a gate of 1 %, at most 3 V, and a sixth of it for the
     * error; 50 A, resistances within 30 %, begun within 80 %.
     */
    public static JoinRating standard(double maxPackV) {
        double gateV = Math.min(3.0, 0.01 * Check.positive("maxPackV", maxPackV));
        return new JoinRating(gateV, 50.0, gateV / 6.0, 0.3, 0.8);
    }
}
