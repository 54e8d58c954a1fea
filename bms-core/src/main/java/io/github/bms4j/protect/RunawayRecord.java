package io.github.bms4j.protect;

/**
 * The warning that people leave by: when the first sign of a burning cell was seen, when the warning was given, and on what
 * evidence.
 *
 * <p>Regulation asks for a warning within five minutes of a cell's thermal runaway; {@link #delayS} is the part of that which
 * this monitor needs. It stays until the fault is acknowledged. Thread: one. Allocation: none after construction.
 */
public final class RunawayRecord {
    private boolean given;
    private boolean remembered;
    private long firstSignNanos;
    private long warnedNanos;
    private int sensor = FaultSet.NOWHERE;
    private double rateKPerS = Double.NaN;
    private double temperatureDegC = Double.NaN;
    private int risingNeighbours;
    private boolean voltageFell;
    private boolean sensorLost;

    RunawayRecord() {}

    void warn(long firstNanos, long nanos, int which, double kPerS, double degC) {
        given = true;
        remembered = false;
        firstSignNanos = firstNanos;
        warnedNanos = nanos;
        sensor = which;
        rateKPerS = kPerS;
        temperatureDegC = degC;
    }

    void evidence(int neighbours, boolean fell, boolean lost) {
        risingNeighbours = neighbours;
        voltageFell = fell;
        sensorLost = lost;
    }

    /** Says that the warning was given before a restart; by when and by what else is not known any more. */
    void recall(int which, double value) {
        given = true;
        remembered = true;
        sensor = which;
        rateKPerS = value;
    }

    void clear() {
        given = false;
    }

    /** Whether the warning was given and not acknowledged. */
    public boolean given() {
        return given;
    }

    /** When the sensor first rose too fast, monotonic nanoseconds. */
    public long firstSignNanos() {
        return firstSignNanos;
    }

    /** When the warning was given, monotonic nanoseconds. */
    public long warnedNanos() {
        return warnedNanos;
    }

    /** From the first sign to the warning, s; NaN while none was given, or before the restart. */
    public double delayS() {
        return given && !remembered ? (warnedNanos - firstSignNanos) * 1e-9 : Double.NaN;
    }

    /** The temperature sensor that rose, or -1. */
    public int sensor() {
        return sensor;
    }

    /** How fast it rose, K/s. */
    public double rateKPerS() {
        return rateKPerS;
    }

    /** Its last valid reading, °C. */
    public double temperatureDegC() {
        return temperatureDegC;
    }

    /** Neighbouring sensors that rose with it. */
    public int risingNeighbours() {
        return risingNeighbours;
    }

    /** Whether a cell beside it fell against the others. */
    public boolean voltageFell() {
        return voltageFell;
    }

    /** Whether the sensor or a neighbour was lost after it rose. */
    public boolean sensorLost() {
        return sensorLost;
    }
}
