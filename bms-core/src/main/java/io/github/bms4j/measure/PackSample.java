package io.github.bms4j.measure;

import io.github.bms4j.cell.PackLayout;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * One cycle's readings of a pack: time, current, pack voltage, cell voltages and temperatures, each with quality and
 * age.
 *
 * <p>The owner opens a cycle with {@link #begin}, hands in what arrived, and passes the sample on. A reading that did
 * not arrive, is not a number, or contradicts physics never replaces the last valid one. Where cells are balanced, the sample
 * also carries what was bled from each, so that whoever counts the pack's current counts that, too.
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
    private final SensorRange range;
    private @Nullable Tap tap;
    private final double[] bledAs;
    private boolean bleeds;
    private long nanos;
    private boolean begun;

    /** Sees every reading as it is offered, before it is judged. */
    public interface Tap {
        /** A cycle was opened. */
        void sampleBegins(long nanos);

        /** A reading was offered, whatever it is worth. */
        void reads(Quantity quantity, int sensor, double reading);
    }

    /** What a sample reads. */
    public enum Quantity {
        /** Pack current, A. */
        CURRENT,
        /** Pack voltage, V. */
        PACK_VOLTAGE,
        /** Cell voltage, V. */
        CELL_VOLTAGE,
        /** Temperature, °C. */
        TEMPERATURE,
        /** Charge bled from a cell so far, As. */
        BLED
    }

    /** A sample of unknown readings with the plausibility of {@link SensorRange#lithiumIon}, which knows no cell. */
    public PackSample(PackLayout layout) {
        this(layout, SensorRange.lithiumIon(layout));
    }

    /** A sample of unknown readings. */
    public PackSample(PackLayout layout, SensorRange range) {
        this.layout = layout;
        this.range = range;
        this.current = new Channel(1, range.current());
        this.packVoltage = new Channel(1, range.packVoltage());
        this.cellVoltage = new Channel(layout.cells(), range.cellVoltage());
        this.temperature = new Channel(layout.temperatureSensors(), range.temperature());
        this.bledAs = new double[layout.cells()];
        Arrays.fill(bledAs, Double.NaN);
    }

    /** Opens the cycle at {@code nanos}: everything counts as missing until it is read. */
    public void begin(long nanos) {
        this.nanos = nanos;
        this.begun = true;
        current.begin();
        packVoltage.begin();
        cellVoltage.begin();
        temperature.begin();
        Tap to = tap;
        if (to != null) {
            to.sampleBegins(nanos);
        }
    }

    /** Lets somebody see every reading as it is offered, such as a recorder; null lets nobody. */
    public void tap(@Nullable Tap newTap) {
        tap = newTap;
    }

    private void offered(Quantity quantity, int sensor, double reading) {
        Tap to = tap;
        if (to != null) {
            to.reads(quantity, sensor, reading);
        }
    }

    /** Pack current in A, positive discharging; NaN for no reading. */
    public Quality readCurrent(double currentA) {
        offered(Quantity.CURRENT, 0, currentA);
        return current.read(0, currentA, nanos);
    }

    /** Pack voltage in V; NaN for no reading. */
    public Quality readPackVoltage(double packV) {
        offered(Quantity.PACK_VOLTAGE, 0, packV);
        return packVoltage.read(0, packV, nanos);
    }

    /** Voltage of one cell (one parallel group) in V; NaN for no reading. */
    public Quality readCellVoltage(int cell, double cellV) {
        offered(Quantity.CELL_VOLTAGE, cell, cellV);
        return cellVoltage.read(cell, cellV, nanos);
    }

    /** One temperature sensor in °C; NaN for no reading. */
    public Quality readTemperature(int sensor, double temperatureDegC) {
        offered(Quantity.TEMPERATURE, sensor, temperatureDegC);
        return temperature.read(sensor, temperatureDegC, nanos);
    }

    /** What each kind of sensor can plausibly read. */
    public SensorRange range() {
        return range;
    }

    /**
     * Charge that balancing has taken out of one cell (one parallel group) so far, As: a sum that only grows, from any origin, so
     * that a sample that is lost loses no charge. What is no number changes nothing. It is no reading of a sensor: {@link #begin}
     * leaves it, and {@link #complete} does not wait for it.
     */
    public void readBled(int cell, double sumAs) {
        offered(Quantity.BLED, cell, sumAs);
        countBled(cell, sumAs);
    }

    /** The same for whoever counts it on this side, from decisions of its own: it is no input, so a {@link Tap} does not see it. */
    public void countBled(int cell, double sumAs) {
        if (Double.isFinite(sumAs)) {
            bledAs[cell] = sumAs;
            bleeds = true;
        }
    }

    /** Whether {@link #readBled} ever told anything. */
    public boolean bleeds() {
        return bleeds;
    }

    /** Charge bled from a cell so far, As; NaN while nobody said. */
    public double bledAs(int cell) {
        return bledAs[cell];
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
