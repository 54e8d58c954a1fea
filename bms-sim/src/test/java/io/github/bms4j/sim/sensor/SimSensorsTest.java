package io.github.bms4j.sim.sensor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.bms4j.cell.PackLayout;
import io.github.bms4j.measure.PackSample;
import io.github.bms4j.sim.cell.PackSpread;
import io.github.bms4j.sim.cell.SimPack;
import io.github.bms4j.sim.random.NoiseSource;
import io.github.bms4j.sim.run.ShippedData;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SimSensorsTest {
    private static final int CELLS = 96;
    private static final PackLayout LAYOUT = new PackLayout(CELLS, 60, 5);

    private final SimPack pack =
            new SimPack(ShippedData.truth(), LAYOUT, PackSpread.oneBatch(), 1.0, 0.5, 25.0, new NoiseSource(4));
    private final PackSample sample = new PackSample(LAYOUT);

    private SimSensors sensors(SensorFlaws flaws) {
        return new SimSensors(pack, flaws, new NoiseSource(9));
    }

    private static SensorFlaws flaws(int which, double value) {
        double[] v = new double[8];
        v[which] = value;
        return new SensorFlaws(v[0], v[1], v[2], v[3], v[4], v[5], v[6], v[7]);
    }

    @Test
    void flawlessSensorsReadTheTruthToTheirResolution() {
        for (int k = 0; k < 300; k++) {
            pack.step(200.0, 1.0, 25.0); // cells warm up differently
        }
        sensors(SensorFlaws.none()).read(pack, 123.4567, 5_000_000_000L, sample);
        assertEquals(5_000_000_000L, sample.nanos());
        assertEquals(123.46, sample.current().value(0));
        assertEquals(pack.packV(), sample.packVoltage().value(0), 0.005);
        assertEquals(0.0, Math.IEEEremainder(sample.packVoltage().value(0), 0.01), 1e-9);
        for (int c = 0; c < CELLS; c++) {
            assertEquals(pack.cellV(c), sample.cellVoltage().value(c), 0.00005 + 1e-12);
            assertEquals(0.0, Math.IEEEremainder(sample.cellVoltage().value(c), 0.0001), 1e-9);
        }
        assertTrue(sample.complete());
    }

    @Test
    void aTemperatureSensorSitsOnTheMiddleCellOfItsBlock() {
        for (int k = 0; k < 600; k++) {
            pack.step(250.0, 1.0, 25.0);
        }
        sensors(SensorFlaws.none()).read(pack, 0.0, 0L, sample);
        for (int s = 0; s < 5; s++) {
            int first = 0;
            while (LAYOUT.sensorOfCell(first) != s) {
                first++;
            }
            int last = CELLS - 1;
            while (LAYOUT.sensorOfCell(last) != s) {
                last--;
            }
            double middle = pack.temperatureDegC((first + last) / 2);
            assertEquals(middle, sample.temperature().value(s), 0.05 + 1e-9);
            assertEquals(0.0, Math.IEEEremainder(sample.temperature().value(s), 0.1), 1e-9);
        }
        assertTrue(pack.highestDegC() - pack.lowestDegC() > 0.2, "so that the place matters");
    }

    @ParameterizedTest(name = "offset {0} A and gain {1} turn {2} A into {3} A")
    @CsvSource({"0.4, 0, 100, 100.4", "0, 0.003, 100, 100.3", "-0.4, -0.01, -50, -49.9", "0.4, 0.5, 0, 0.4"})
    void currentHasItsOffsetAndGain(double offsetA, double gain, double trueA, double readA) {
        SensorFlaws flaws = new SensorFlaws(offsetA, gain, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0);
        sensors(flaws).read(pack, trueA, 0L, sample);
        assertEquals(readA, sample.current().value(0), 1e-9);
    }

    @Test
    void offsetsStayAndDifferFromSensorToSensor() {
        SimSensors cells = sensors(flaws(3, 0.002));
        cells.read(pack, 0.0, 0L, sample);
        double[] first = new double[CELLS];
        double squares = 0.0;
        for (int c = 0; c < CELLS; c++) {
            first[c] = sample.cellVoltage().value(c);
            squares += Math.pow(first[c] - pack.cellV(c), 2);
        }
        assertEquals(0.002, Math.sqrt(squares / CELLS), 0.0005);
        cells.read(pack, 0.0, 1L, sample);
        for (int c = 0; c < CELLS; c++) {
            assertEquals(first[c], sample.cellVoltage().value(c));
        }
        SimSensors thermistors = sensors(flaws(5, 2.0));
        thermistors.read(pack, 0.0, 2L, sample);
        double warm = sample.temperature().value(0);
        thermistors.read(pack, 0.0, 3L, sample);
        assertEquals(warm, sample.temperature().value(0));
        assertTrue(Math.abs(sample.temperature().value(1) - warm) > 0.05, "sensors differ");
    }

    @Test
    void noiseIsNewInEveryReadingAndAsStrongAsSaid() {
        SimSensors noisy = sensors(new SensorFlaws(0.0, 0.0, 0.5, 0.0, 0.003, 0.0, 0.4, 0.0));
        int n = 4000;
        double current = 0.0;
        double cell = 0.0;
        double temperature = 0.0;
        for (int k = 0; k < n; k++) {
            noisy.read(pack, 10.0, k, sample);
            current += Math.pow(sample.current().value(0) - 10.0, 2) / n;
            cell += Math.pow(sample.cellVoltage().value(17) - pack.cellV(17), 2) / n;
            temperature += Math.pow(sample.temperature().value(2) - 25.0, 2) / n;
        }
        assertEquals(0.5, Math.sqrt(current), 0.02);
        assertEquals(0.003, Math.sqrt(cell), 0.00012);
        assertEquals(0.4, Math.sqrt(temperature), 0.02);
    }

    @Test
    void theShareOfLostReadingsIsAsSaidAndALostOneIsMissing() {
        SimSensors losing = sensors(flaws(7, 0.1));
        int lost = 0;
        for (int k = 0; k < 500; k++) {
            losing.read(pack, 0.0, k, sample);
            for (int c = 0; c < CELLS; c++) {
                lost += sample.cellVoltage().usable(c) ? 0 : 1;
            }
        }
        double n = 500.0 * CELLS;
        assertEquals(0.1 * n, lost, 4.0 * Math.sqrt(n * 0.1 * 0.9));
        sensors(flaws(7, 1.0)).read(pack, 0.0, 1000L, sample);
        assertFalse(sample.cellVoltage().usable(0));
        assertTrue(sample.current().usable(0) && sample.temperature().usable(0), "only cell voltages are lost");
    }

    @ParameterizedTest(name = "figure {0} of {1}")
    @CsvSource({
        "0, NaN",
        "1, 0.51",
        "1, -0.51",
        "2, -1",
        "3, -0.001",
        "4, NaN",
        "5, -1",
        "6, Infinity",
        "7, 1.1",
        "7, -0.1"
    })
    void refusesFiguresThatMakeNoSensor(int which, double value) {
        assertThrows(IllegalArgumentException.class, () -> flaws(which, value));
    }
}
