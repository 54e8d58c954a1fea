package io.github.bms4j.sim.sensor;

import io.github.bms4j.measure.PackSample;
import io.github.bms4j.sim.cell.SimPack;
import io.github.bms4j.sim.random.NoiseSource;

/**
 * The flawed sensors of a true pack: offset, gain, noise, the front end's resolution, and lost readings.
 *
 * <p>A temperature sensor sits on the middle cell of the block it serves. Resolution: 0.1 mV, 10 mA, 0.1 K, 10 mV of
 * pack voltage. Thread: one. Allocation: none after construction.
 */
public final class SimSensors {
    private final SensorFlaws flaws;
    private final NoiseSource random;
    private final double[] cellOffsetV;
    private final double[] temperatureOffsetK;
    private final int[] cellOfSensor;
    private final double[] driftedV;
    private final double[] driftedK;
    private double driftedA;

    /** Sensors for a pack; their constant errors are drawn here. */
    public SimSensors(SimPack pack, SensorFlaws flaws, NoiseSource random) {
        this.flaws = flaws;
        this.random = random;
        int cells = pack.layout().cells();
        int sensors = pack.layout().temperatureSensors();
        cellOffsetV = new double[cells];
        temperatureOffsetK = new double[sensors];
        cellOfSensor = new int[sensors];
        driftedV = new double[cells];
        driftedK = new double[sensors];
        for (int c = 0; c < cells; c++) {
            cellOffsetV[c] = flaws.cellOffsetV() * random.bell();
        }
        for (int s = 0; s < sensors; s++) {
            temperatureOffsetK[s] = flaws.temperatureOffsetK() * random.bell();
            cellOfSensor[s] = middleOfBlock(pack, s);
        }
    }

    private static int middleOfBlock(SimPack pack, int sensor) {
        int first = -1;
        int last = -1;
        for (int c = 0; c < pack.layout().cells(); c++) {
            if (pack.layout().sensorOfCell(c) == sensor) {
                first = first < 0 ? c : first;
                last = c;
            }
        }
        return (first + last) / 2;
    }

    /** By how much a cell's voltage sensor has drifted from what it was built with, V. */
    public void driftCellV(int cell, double v) {
        driftedV[cell] = v;
    }

    /** By how much the current sensor has drifted, A. */
    public void driftA(double a) {
        driftedA = a;
    }

    /** By how much a temperature sensor has drifted, K. */
    public void driftK(int sensor, double k) {
        driftedK[sensor] = k;
    }

    /** Reads the pack into a sample at {@code nanos}; {@code packA} is its true current. */
    public void read(SimPack pack, double packA, long nanos, PackSample sample) {
        sample.begin(nanos);
        double currentA = packA * (1.0 + flaws.currentGain())
                + flaws.currentOffsetA()
                + driftedA
                + flaws.currentNoiseA() * random.bell();
        sample.readCurrent(rounded(currentA, 100.0));
        sample.readPackVoltage(rounded(pack.packV(), 100.0));
        for (int c = 0; c < cellOffsetV.length; c++) {
            double v = pack.cellV(c) + cellOffsetV[c] + driftedV[c] + flaws.cellNoiseV() * random.bell();
            boolean lost = flaws.lossRate() > 0.0 && random.uniform() < flaws.lossRate();
            sample.readCellVoltage(c, lost ? Double.NaN : rounded(v, 10_000.0));
        }
        for (int s = 0; s < temperatureOffsetK.length; s++) {
            double t = pack.temperatureDegC(cellOfSensor[s]) + driftedK[s];
            sample.readTemperature(
                    s, rounded(t + temperatureOffsetK[s] + flaws.temperatureNoiseK() * random.bell(), 10.0));
        }
    }

    private static double rounded(double value, double perUnit) {
        return Math.rint(value * perUnit) / perUnit;
    }
}
