package io.github.bms4j.bench;

import io.github.bms4j.cell.CellType;
import io.github.bms4j.cell.PackLayout;
import io.github.bms4j.cell.SampleCells;
import io.github.bms4j.measure.PackSample;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * The workload of the estimators' benchmarks: half a minute of readings, one a second, at up to 1C. The cells of the pack lie
 * within two points of SOC of each other and differ in capacity and resistance; there is one temperature sensor for twelve
 * cells, and every other one moves by a tenth of a degree on the way and back.
 */
final class Drive {
    static final int SAMPLES = 32;
    private static final long SECOND = 1_000_000_000L;

    static final double START_SOC = 0.55;

    final CellType type = SampleCells.bent(2);
    final PackLayout layout;
    final double[] currentA = new double[SAMPLES];
    final double[][] cellV;
    final double[] capacityScale;
    final double[] resistanceScale;
    final double[] tDegC;

    Drive(int cells) {
        layout = new PackLayout(cells, 1, Math.max(1, cells / 12));
        cellV = new double[SAMPLES][cells];
        capacityScale = new double[cells];
        resistanceScale = new double[cells];
        tDegC = new double[cells];
        Random random = new Random(cells);
        double capacityAs = type.rating().capacityAh() * 3600.0;
        for (int k = 0; k < SAMPLES; k++) {
            currentA[k] = type.rating().capacityAh() * Math.sin(2.0 * Math.PI * k / SAMPLES);
        }
        for (int c = 0; c < cells; c++) {
            capacityScale[c] = 1.0 + 0.02 * Math.sin(1.7 * c);
            resistanceScale[c] = 1.0 + 0.1 * Math.cos(2.3 * c);
            tDegC[c] = 25.0 + 10.0 * Math.sin(0.05 * layout.sensorOfCell(c));
            double soc = START_SOC + 0.02 * Math.sin(0.37 * c);
            for (int k = 0; k < SAMPLES; k++) {
                soc -= currentA[k] / (capacityAs * capacityScale[c]);
                double dropV = resistanceScale[c] * type.circuit().totalOhm(soc, tDegC[c]) * currentA[k];
                cellV[k][c] = type.ocv().v(soc, tDegC[c]) - 0.6 * dropV + 0.002 * random.nextGaussian();
            }
        }
    }

    /** Samples to be read. */
    List<PackSample> samples() {
        List<PackSample> samples = new ArrayList<>();
        for (int k = 0; k < SAMPLES; k++) {
            samples.add(new PackSample(layout));
        }
        return samples;
    }

    /** Reads the drive once more, one reading a second. */
    void read(List<PackSample> samples, int lap) {
        read(samples, lap, SECOND);
    }

    /** The same readings, but closer together or further apart. */
    void read(List<PackSample> samples, int lap, long stepNanos) {
        for (int k = 0; k < SAMPLES; k++) {
            PackSample sample = samples.get(k);
            sample.begin(((long) lap * SAMPLES + k) * stepNanos);
            sample.readCurrent(currentA[k]);
            for (int c = 0; c < layout.cells(); c++) {
                sample.readCellVoltage(c, cellV[k][c]);
                int sensor = layout.sensorOfCell(c);
                sample.readTemperature(sensor, tDegC[c] + (k >= SAMPLES / 2 && sensor % 2 == 0 ? 0.1 : 0.0));
            }
        }
    }
}
