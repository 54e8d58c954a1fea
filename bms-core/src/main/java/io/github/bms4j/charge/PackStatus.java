package io.github.bms4j.charge;

import java.util.Arrays;

/**
 * What a station is told of the pack, besides the demand: readings, extremes with their places, SOC.
 *
 * <p>Plain values, filled once a cycle by the control cycle and read by a link. Units and sign: V, A (positive
 * discharging), °C, SOC in [0, 1], minutes; NaN and index -1 while unknown. Thread: one. Allocation: none after
 * construction.
 */
public final class PackStatus {
    /** Pack voltage, V. */
    public double packV = Double.NaN;
    /** Pack current, A, positive discharging. */
    public double packA = Double.NaN;
    /** Pack SOC, 0…1. */
    public double soc = Double.NaN;
    /** Minutes to the end of the charge. */
    public double remainingMin = Double.NaN;
    /** Highest cell voltage, V. */
    public double highestCellV = Double.NaN;
    /** Cell with the highest voltage, from 0. */
    public int highestCell = -1;
    /** Lowest cell voltage, V. */
    public double lowestCellV = Double.NaN;
    /** Cell with the lowest voltage, from 0. */
    public int lowestCell = -1;
    /** Highest temperature, °C. */
    public double highestDegC = Double.NaN;
    /** Sensor with the highest temperature, from 0. */
    public int highestSensor = -1;
    /** Lowest temperature, °C. */
    public double lowestDegC = Double.NaN;
    /** Sensor with the lowest temperature, from 0. */
    public int lowestSensor = -1;
    /** Whether a cell is above its highest voltage. */
    public boolean cellVoltageHigh;
    /** Whether a cell is below its lowest voltage. */
    public boolean cellVoltageLow;
    /** Whether the pack is hotter than it may be charged. */
    public boolean overTemperature;
    /** Whether the pack takes clearly more current than it asked for. */
    public boolean overCurrent;
    /** Voltages of all cells, V, for protocols that send them; the array is the owner's. */
    public final double[] cellV;
    /** All temperatures, °C; the array is the owner's. */
    public final double[] temperatureDegC;

    /** An unknown pack of so many cells and temperature sensors. */
    public PackStatus(int cells, int temperatureSensors) {
        cellV = new double[cells];
        temperatureDegC = new double[temperatureSensors];
        Arrays.fill(cellV, Double.NaN);
        Arrays.fill(temperatureDegC, Double.NaN);
    }
}
