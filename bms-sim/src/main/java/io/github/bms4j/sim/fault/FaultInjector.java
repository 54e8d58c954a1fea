package io.github.bms4j.sim.fault;

import io.github.bms4j.cell.PackLayout;
import io.github.bms4j.measure.Channel;
import io.github.bms4j.measure.PackSample;
import java.util.Arrays;

/**
 * Stands between a pack's sensors and its sample and spoils single readings: lost, frozen, replaced, or shifted.
 *
 * <p>What is injected holds until {@link #clear}. Shifts add to a replaced or frozen reading as well. Thread: one. Allocation:
 * none after construction.
 */
public final class FaultInjector {
    private final boolean[][] lost;
    private final boolean[][] frozen;
    private final double[][] frozenAt;
    private final double[][] replaced;
    private final double[][] added;

    /** An injector that changes nothing yet. */
    public FaultInjector(PackLayout layout) {
        int n = Reading.values().length;
        lost = new boolean[n][];
        frozen = new boolean[n][];
        frozenAt = new double[n][];
        replaced = new double[n][];
        added = new double[n][];
        for (Reading r : Reading.values()) {
            int sensors = switch (r) {
                case CURRENT, PACK_VOLTAGE -> 1;
                case CELL_VOLTAGE -> layout.cells();
                case TEMPERATURE -> layout.temperatureSensors();
            };
            int k = r.ordinal();
            lost[k] = new boolean[sensors];
            frozen[k] = new boolean[sensors];
            frozenAt[k] = new double[sensors];
            replaced[k] = new double[sensors];
            added[k] = new double[sensors];
        }
        clear();
    }

    /** Sensors that read the truth again. */
    public void clear() {
        for (int k = 0; k < lost.length; k++) {
            Arrays.fill(lost[k], false);
            Arrays.fill(frozen[k], false);
            Arrays.fill(frozenAt[k], Double.NaN);
            Arrays.fill(replaced[k], Double.NaN);
            Arrays.fill(added[k], 0.0);
        }
    }

    /** Readings of this sensor no longer arrive. */
    public void lose(Reading reading, int sensor) {
        lost[reading.ordinal()][sensor] = true;
    }

    /** This sensor goes on giving the number that it gives next. */
    public void freeze(Reading reading, int sensor) {
        frozen[reading.ordinal()][sensor] = true;
    }

    /** This sensor gives a number of its own, in the unit of the reading. */
    public void replace(Reading reading, int sensor, double value) {
        replaced[reading.ordinal()][sensor] = value;
    }

    /** This sensor is off by so much, in the unit of the reading. */
    public void shift(Reading reading, int sensor, double by) {
        added[reading.ordinal()][sensor] = by;
    }

    /** Hands the readings of a cycle on, spoiled. What did not arrive in {@code raw} does not arrive in {@code spoiled}. */
    public void pass(PackSample raw, PackSample spoiled) {
        spoiled.begin(raw.nanos());
        spoiled.readCurrent(spoil(Reading.CURRENT, 0, raw.current()));
        spoiled.readPackVoltage(spoil(Reading.PACK_VOLTAGE, 0, raw.packVoltage()));
        for (int c = 0; c < raw.cellVoltage().size(); c++) {
            spoiled.readCellVoltage(c, spoil(Reading.CELL_VOLTAGE, c, raw.cellVoltage()));
        }
        for (int s = 0; s < raw.temperature().size(); s++) {
            spoiled.readTemperature(s, spoil(Reading.TEMPERATURE, s, raw.temperature()));
        }
    }

    private double spoil(Reading reading, int sensor, Channel raw) {
        int k = reading.ordinal();
        double value = raw.usable(sensor) ? raw.value(sensor) : Double.NaN;
        if (lost[k][sensor]) {
            return Double.NaN;
        }
        if (frozen[k][sensor]) {
            frozenAt[k][sensor] = Double.isNaN(frozenAt[k][sensor]) ? value : frozenAt[k][sensor];
            value = frozenAt[k][sensor];
        }
        if (!Double.isNaN(replaced[k][sensor])) {
            value = replaced[k][sensor];
        }
        return value + added[k][sensor];
    }
}
