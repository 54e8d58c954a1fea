package io.github.bms4j.limit;

import io.github.bms4j.cell.CellType;
import io.github.bms4j.cell.PackLayout;
import io.github.bms4j.estimate.Estimates;
import io.github.bms4j.estimate.PackEstimate;
import io.github.bms4j.measure.PackSample;
import java.util.Random;

/** A pack in some state, with what an estimator would say of it: for tests and benchmarks of the limits. */
public final class RandomPack {
    private static final long SECOND = 1_000_000_000L;

    /** What it is made of. */
    public final CellType type;
    /** How it is wired. */
    public final PackLayout layout;
    /** The readings. */
    public final PackSample sample;
    /** What an estimator made of them. */
    public final PackEstimate estimate;

    private final Random random;
    private long seconds;

    /** A pack of so many cells in series, one temperature sensor for eight of them. */
    public RandomPack(CellType type, int cells, long seed) {
        this.type = type;
        layout = new PackLayout(cells, 1, Math.max(1, cells / 8));
        sample = new PackSample(layout);
        estimate = new PackEstimate(layout);
        random = new Random(seed);
    }

    /** Puts it about a SOC and a temperature after a current (over the capacity, 1/h); the cells differ as aged ones do. */
    public void put(double soc, double degC, double ratePerH) {
        double ah = type.rating().capacityAh();
        double cellA = ratePerH * ah;
        seconds++;
        sample.begin(seconds * SECOND);
        sample.readCurrent(cellA);
        for (int s = 0; s < layout.temperatureSensors(); s++) {
            sample.readTemperature(s, degC + 3.0 * random.nextDouble());
        }
        for (int c = 0; c < layout.cells(); c++) {
            double z = Math.min(1.0, Math.max(0.0, soc + 0.01 * random.nextGaussian()));
            double t = sample.cellTemperatureDegC(c);
            double error = 0.1 * random.nextGaussian();
            double r0 = (1.0 + error) * type.circuit().r0().ohm(z, t);
            double[] ohm = new double[3];
            double[] v = new double[3];
            for (int b = 0; b < type.circuit().branches().size(); b++) {
                ohm[b] = type.circuit().branches().get(b).resistance().ohm(z, t);
                v[b] = ohm[b] * cellA * random.nextDouble();
            }
            double h = 2.0 * random.nextDouble() - 1.0;
            Estimates.state(estimate, c, z, 0.005 + 0.01 * random.nextDouble(), v[0], v[1], v[2], h);
            estimate.circuit(c, r0, ohm[0], ohm[1], type.ocv().slopeV(z, t));
            Estimates.resistance(estimate, c, error, 0.02 + 0.05 * random.nextDouble());
            Estimates.capacity(estimate, c, ah * (0.9 + 0.1 * random.nextDouble()), ah);
            double open = type.ocv().v(z, t) + h * type.ocv().hysteresis().halfGapV(z);
            sample.readCellVoltage(c, open - r0 * cellA - v[0] - v[1] - v[2] + 0.002 * random.nextGaussian());
        }
        estimate.close(seconds * SECOND);
    }
}
