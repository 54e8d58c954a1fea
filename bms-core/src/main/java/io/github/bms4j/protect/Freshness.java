package io.github.bms4j.protect;

/** Seconds between the fresh readings of each sensor. Thread: one. Allocation: none after construction. */
final class Freshness {
    private final long[] lastNanos;
    private final boolean[] ever;

    Freshness(int sensors) {
        lastNanos = new long[sensors];
        ever = new boolean[sensors];
    }

    /** Takes in a fresh reading at {@code nanos}; s since the one before, infinite for the first. */
    double takeS(int sensor, long nanos) {
        double dtS = ever[sensor] ? (nanos - lastNanos[sensor]) * 1e-9 : Double.POSITIVE_INFINITY;
        lastNanos[sensor] = nanos;
        ever[sensor] = true;
        return dtS;
    }
}
