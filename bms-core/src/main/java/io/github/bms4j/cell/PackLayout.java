package io.github.bms4j.cell;

import io.github.bms4j.num.Check;
import java.util.Objects;

/**
 * How cells form a pack: groups of parallel cells, the groups in series, each group measured as one "cell".
 *
 * @param series groups in series, >= 1
 * @param parallel cells in each group, >= 1, taken as equal
 * @param temperatureSensors temperature sensors, 1..{@code series}, each serving a block of neighbouring groups
 */
public record PackLayout(int series, int parallel, int temperatureSensors) {
    /** @throws IllegalArgumentException when a count does not fit */
    public PackLayout {
        Check.atLeast("series", series, 1);
        Check.atLeast("parallel", parallel, 1);
        Check.atLeast("temperatureSensors", temperatureSensors, 1);
        if (temperatureSensors > series) {
            throw new IllegalArgumentException(
                    "temperatureSensors (" + temperatureSensors + ") must not exceed series (" + series + ")");
        }
    }

    /** Measured cells: one per group in series. */
    public int cells() {
        return series;
    }

    /**
     * The sensor that stands for a measured cell: contiguous blocks whose sizes differ by at most one.
     *
     * @throws IndexOutOfBoundsException when there is no such cell
     */
    public int sensorOfCell(int cell) {
        Objects.checkIndex(cell, series);
        return (int) ((long) cell * temperatureSensors / series);
    }

    /** Current of one cell of a group when the pack carries {@code packCurrentA}; same sign, positive discharging. */
    public double cellCurrentA(double packCurrentA) {
        return packCurrentA / parallel;
    }
}
