package io.github.bms4j.measure;

import io.github.bms4j.cell.PackLayout;

/**
 * One cycle's readings of a pack: time, current, pack voltage, cell voltages and temperatures, each with quality and
 * age.
 *
 * <p>The owner opens a cycle with {@link #begin}, hands in what arrived, and passes the sample on. A reading that did
 * not arrive, is not a number, or contradicts physics never replaces the last valid one.
 *
 * <p>Units and sign: A (positive discharging), V, °C, monotonic nanoseconds of any origin. Thread: one. Allocation:
 * none after construction.
 */
public final class PackSample {
    private final PackLayout layout;
    private final Channel current;
    private final Channel packVoltage;
    private final Channel cellVoltage;
    private final Channel temperature;
    private long nanos;
    private boolean begun;

    /** A sample of unknown readings with the plausibility of {@link SensorRange#lithiumIon}. */
    public PackSample(PackLayout layout) {
        this(layout, SensorRange.lithiumIon(layout));
    }

    /** A sample of unknown readings. */
    public PackSample(PackLayout layout, SensorRange range) {
        this.layout = layout;
        this.current = new Channel(1, range.current());
        this.packVoltage = new Channel(1, range.packVoltage());
        this.cellVoltage = new Channel(layout.cells(), range.cellVoltage());
        this.temperature = new Channel(layout.temperatureSensors(), range.temperature());
    }

    /** Opens the cycle at {@code nanos}: everything counts as missing until it is read. */
    public void begin(long nanos) {
        this.nanos = nanos;
        this.begun = true;
        current.begin();
        packVoltage.begin();
        cellVoltage.begin();
        temperature.begin();
    }

    /** Pack current in A, positive discharging; NaN for no reading. */
    public Quality readCurrent(double currentA) {
        return current.read(0, currentA, nanos);
    }

    /** Pack voltage in V; NaN for no reading. */
    public Quality readPackVoltage(double packV) {
        return packVoltage.read(0, packV, nanos);
    }

    /** Voltage of one cell (one parallel group) in V; NaN for no reading. */
    public Quality readCellVoltage(int cell, double cellV) {
        return cellVoltage.read(cell, cellV, nanos);
    }

    /** One temperature sensor in °C; NaN for no reading. */
    public Quality readTemperature(int sensor, double temperatureDegC) {
        return temperature.read(sensor, temperatureDegC, nanos);
    }

    /** What is measured where. */
    public PackLayout layout() {
        return layout;
    }

    /** Time of the cycle, monotonic nanoseconds. */
    public long nanos() {
        return nanos;
    }

    /** Whether a cycle was ever opened. */
    public boolean begun() {
        return begun;
    }

    /** Pack current, one sensor, A positive discharging. */
    public Channel current() {
        return current;
    }

    /** Pack voltage, one sensor, V. */
    public Channel packVoltage() {
        return packVoltage;
    }

    /** Cell voltages, one sensor a cell, V. */
    public Channel cellVoltage() {
        return cellVoltage;
    }

    /** Temperatures, °C; {@link PackLayout#sensorOfCell} says which one serves a cell. */
    public Channel temperature() {
        return temperature;
    }

    /** Last valid temperature that serves a cell, °C; NaN while never read. */
    public double cellTemperatureDegC(int cell) {
        return temperature.value(layout.sensorOfCell(cell));
    }

    /** Whether current, every cell voltage and every temperature were read in this cycle and are plausible. */
    public boolean complete() {
        return begun && current.usable(0) && cellVoltage.allUsable() && temperature.allUsable();
    }
}
