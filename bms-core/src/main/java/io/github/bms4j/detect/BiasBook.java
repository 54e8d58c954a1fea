package io.github.bms4j.detect;

/** What was found of the sensors of one kind: offset, how sure, since when. Thread: one. Allocation: none after construction. */
final class BiasBook {
    private final double[] value;
    private final double[] variance;
    private final long[] since;
    private final boolean[] found;

    BiasBook(int sensors) {
        value = new double[sensors];
        variance = new double[sensors];
        since = new long[sensors];
        found = new boolean[sensors];
    }

    /** A further change; one that takes back what was found before is a sensor that is well again. */
    void add(int sensor, double change, double sigma, long onset) {
        value[sensor] += change;
        variance[sensor] += sigma * sigma;
        since[sensor] = found[sensor] ? since[sensor] : onset;
        found[sensor] = true;
        if (value[sensor] * value[sensor] <= 9.0 * variance[sensor]) {
            clear(sensor);
        }
    }

    void set(int sensor, double newValue, double sigma, long onset) {
        value[sensor] = newValue;
        variance[sensor] = sigma * sigma;
        since[sensor] = found[sensor] ? since[sensor] : onset;
        found[sensor] = true;
    }

    void clear(int sensor) {
        value[sensor] = 0.0;
        variance[sensor] = 0.0;
        found[sensor] = false;
    }

    boolean found(int sensor) {
        return found[sensor];
    }

    boolean any() {
        for (boolean one : found) {
            if (one) {
                return true;
            }
        }
        return false;
    }

    Finding finding(Suspect suspect, int index, double sigmas) {
        int sensor = Math.max(0, index);
        double middle = found[sensor] ? value[sensor] : Double.NaN;
        double half = sigmas * Math.sqrt(variance[sensor]);
        return new Finding(suspect, index, middle, middle - half, middle + half, since[sensor]);
    }
}
