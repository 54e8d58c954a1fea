package io.github.bms4j.journal;

import io.github.bms4j.num.Check;

/**
 * How a journal is kept.
 *
 * @param generationBytes size at which the next generation is begun, bytes, 1024…268435456
 * @param forceEveryS time that may pass before appended records are forced to the medium, s, 0 or more; 0 forces every one.
 *     What is not forced yet survives a killed process but not a power loss
 */
public record JournalSettings(int generationBytes, double forceEveryS) {
    private static final int LEAST_BYTES = 1024;
    private static final int MOST_BYTES = 1 << 28;

    /** Checks every figure. */
    public JournalSettings {
        if (generationBytes < LEAST_BYTES || generationBytes > MOST_BYTES) {
            throw new IllegalArgumentException("generationBytes must be within [" + LEAST_BYTES + ", " + MOST_BYTES
                    + "] but is " + generationBytes);
        }
        Check.notNegative("forceEveryS", forceEveryS);
    }

    /** Generations of 1 MiB, every record forced. */
    public static JournalSettings standard() {
        return new JournalSettings(1 << 20, 0.0);
    }
}
