package io.github.bms4j.sim.random;

/**
 * A seeded stream of random numbers with the same bits on every CPU.
 *
 * <p>SplitMix64 by Steele, Lea and Flood's published constants, as the JDK's {@code SplittableRandom} documents it. The
 * bell-shaped numbers are sums of four uniform ones (Irwin–Hall), so they never leave ±3.47 standard deviations: a
 * spread of parts and a sensor's noise have ends. Thread: one. Allocation: none per number.
 */
public final class NoiseSource {
    /** Standard deviation of the sum of four uniform 16-bit numbers: sqrt(4 (2^32 - 1) / 12). */
    private static final double SUM_SIGMA = Math.sqrt((4294967296.0 - 1.0) / 3.0);

    private static final double SUM_MEAN = 2.0 * 65535.0;

    private long state;

    /** A stream of its own for a seed. */
    public NoiseSource(long seed) {
        state = seed;
    }

    /** 64 random bits. */
    public long bits() {
        state += 0x9E3779B97F4A7C15L;
        long z = state;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }

    /** A uniform number in [0, 1). */
    public double uniform() {
        return (bits() >>> 11) * 0x1.0p-53;
    }

    /** A bell-shaped number of mean 0 and standard deviation 1, within ±3.47. */
    public double bell() {
        long b = bits();
        long sum = (b & 0xFFFF) + (b >>> 16 & 0xFFFF) + (b >>> 32 & 0xFFFF) + (b >>> 48);
        return (sum - SUM_MEAN) / SUM_SIGMA;
    }
}
