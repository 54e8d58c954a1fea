package io.github.bms4j.journal;

import java.nio.charset.StandardCharsets;

/**
 * A value that somebody outside set for a time: a limit, a mode. It ends by itself, whether the power was on or not.
 *
 * @param name what is set, not blank, at most 255 bytes of UTF-8
 * @param value what to
 * @param remainingS for how long still, s, 0 or more; infinite until it is taken back
 */
public record Lease(String name, double value, double remainingS) {
    private static final int MOST_NAME_BYTES = 255;

    /** Checks name and time. */
    public Lease {
        int bytes = name.getBytes(StandardCharsets.UTF_8).length;
        if (name.isBlank() || bytes > MOST_NAME_BYTES) {
            throw new IllegalArgumentException(
                    "name must not be blank and have at most " + MOST_NAME_BYTES + " bytes but has " + bytes);
        }
        if (!(remainingS >= 0.0)) {
            throw new IllegalArgumentException("remainingS must be >= 0 s but is " + remainingS);
        }
    }

    /** What is left of it after some time; 0 s when it has run out, or when nobody knows how long it was. */
    Lease after(double offS) {
        double left = Double.isNaN(offS) ? 0.0 : Math.max(0.0, remainingS - offS);
        return new Lease(name, value, left);
    }
}
