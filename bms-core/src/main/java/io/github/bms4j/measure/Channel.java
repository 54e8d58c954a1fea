package io.github.bms4j.measure;

import io.github.bms4j.num.Check;
import java.util.Arrays;

/**
 * The readings of one quantity over all its sensors: value, quality, and the time of the last valid reading.
 *
 * <p>A value is NaN only while its sensor was never read ({@link Quality#UNKNOWN}); afterwards it is always the last
 * valid reading, whatever nonsense arrives. Units are those of the quantity. Thread: one. Allocation: none after
 * construction.
 */
public final class Channel {
    private static final Quality[] QUALITIES = Quality.values();

    private final Plausible plausible;
    private final double[] value;
    private final double[] doubted;
    private final long[] readAtNanos;
    private final byte[] quality;
    private final boolean[] beyond;
    private int usable;

    Channel(int sensors, Plausible plausible) {
        this.plausible = plausible;
        this.value = new double[Check.atLeast("sensors", sensors, 1)];
        this.doubted = new double[sensors];
        this.readAtNanos = new long[sensors];
        this.quality = new byte[sensors];
        this.beyond = new boolean[sensors];
        Arrays.fill(value, Double.NaN);
        Arrays.fill(doubted, Double.NaN);
    }

    /** Number of sensors. */
    public int size() {
        return value.length;
    }

    /** Last valid value of a sensor; NaN while it was never read. */
    public double value(int sensor) {
        return value[sensor];
    }

    /** Quality of a sensor in this cycle. */
    public Quality quality(int sensor) {
        return QUALITIES[quality[sensor]];
    }

    /** Whether a sensor was read in this cycle and is plausible. */
    public boolean usable(int sensor) {
        return quality[sensor] == Quality.VALID.ordinal();
    }

    /**
     * Whether a reading of this cycle lay outside what the sensor can read, also while it is {@link Quality#UNKNOWN}; a {@link
     * Quality#SUSPECT} one that did not has jumped.
     */
    public boolean beyond(int sensor) {
        return beyond[sensor];
    }

    /** Whether every sensor was read in this cycle and is plausible. */
    public boolean allUsable() {
        return usable == quality.length;
    }

    /**
     * Copies the last valid values of neighbouring sensors; that of a sensor never read is 0.
     *
     * @param first first sensor
     * @param n number of sensors
     * @param values receives the values, from index 0
     * @param weights receives 1 for a sensor usable in this cycle and 0 for another, from index 0; left alone when all
     *     sensors of the channel are usable
     * @return whether all sensors of the channel are usable
     */
    public boolean copy(int first, int n, double[] values, double[] weights) {
        System.arraycopy(value, first, values, 0, n);
        if (usable == quality.length) {
            return true;
        }
        for (int i = 0; i < n; i++) {
            weights[i] = usable(first + i) ? 1.0 : 0.0;
            values[i] = Double.isNaN(values[i]) ? 0.0 : values[i];
        }
        return false;
    }

    /** Seconds from the last valid reading to {@code nowNanos}; infinite while never read. */
    public double ageS(int sensor, long nowNanos) {
        return quality[sensor] == Quality.UNKNOWN.ordinal()
                ? Double.POSITIVE_INFINITY
                : (nowNanos - readAtNanos[sensor]) * 1e-9;
    }

    /** Age of the oldest sensor; infinite while one was never read. */
    public double maxAgeS(long nowNanos) {
        double oldest = 0.0;
        for (int i = 0; i < value.length; i++) {
            oldest = Math.max(oldest, ageS(i, nowNanos));
        }
        return oldest;
    }

    /** Sensor with the highest last valid value, or -1 while none was ever read. */
    public int highest() {
        int best = -1;
        for (int i = 0; i < value.length; i++) {
            if (!Double.isNaN(value[i]) && (best < 0 || value[i] > value[best])) {
                best = i;
            }
        }
        return best;
    }

    /** Sensor with the lowest last valid value, or -1 while none was ever read. */
    public int lowest() {
        int best = -1;
        for (int i = 0; i < value.length; i++) {
            if (!Double.isNaN(value[i]) && (best < 0 || value[i] < value[best])) {
                best = i;
            }
        }
        return best;
    }

    /** Opens a cycle: what is not read in it counts as missing. */
    void begin() {
        usable = 0;
        Arrays.fill(beyond, false);
        for (int i = 0; i < quality.length; i++) {
            if (quality[i] != Quality.UNKNOWN.ordinal()) {
                quality[i] = (byte) Quality.MISSING.ordinal();
            }
        }
    }

    /** Takes one reading; NaN and the infinities are no reading. */
    Quality read(int sensor, double reading, long nanos) {
        Quality q = judge(sensor, reading);
        if (q == Quality.VALID) {
            value[sensor] = reading;
            readAtNanos[sensor] = nanos;
            doubted[sensor] = Double.NaN;
        }
        boolean never = quality[sensor] == Quality.UNKNOWN.ordinal();
        if (q == Quality.VALID || !never) {
            usable -= usable(sensor) ? 1 : 0;
            usable += q == Quality.VALID ? 1 : 0;
            quality[sensor] = (byte) q.ordinal();
        }
        return q;
    }

    private Quality judge(int sensor, double reading) {
        if (!Double.isFinite(reading)) {
            return Quality.MISSING;
        }
        beyond[sensor] = reading < plausible.min() || reading > plausible.max();
        if (beyond[sensor]) {
            return Quality.SUSPECT;
        }
        boolean jumped = Math.abs(reading - value[sensor]) > plausible.maxJump();
        boolean confirmed = Math.abs(reading - doubted[sensor]) <= plausible.maxJump();
        if (jumped && !confirmed) {
            doubted[sensor] = reading;
            return Quality.SUSPECT;
        }
        return Quality.VALID;
    }
}
