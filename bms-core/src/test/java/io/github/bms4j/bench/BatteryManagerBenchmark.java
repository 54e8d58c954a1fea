package io.github.bms4j.bench;

import io.github.bms4j.cell.CellType;
import io.github.bms4j.cell.PackLayout;
import io.github.bms4j.cell.SampleCells;
import io.github.bms4j.control.BatteryManager;
import io.github.bms4j.control.BatterySettings;
import io.github.bms4j.measure.PackSample;
import io.github.bms4j.num.StepResult;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What one control cycle costs: readings in, estimate and limits out, for packs of 1 to 400 cells in series.
 *
 * <p>{@code step} is ns per cycle; its line {@code step:cells} is ns per cell and cycle. The current alternates, so that
 * the pack stays where it is and no limit is constant; the readings are made before the clock runs.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(value = 1, jvmArgsAppend = "-XX:+UseSerialGC")
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class BatteryManagerBenchmark {
    private static final int RECORDED = 64;
    private static final long STEP_NANOS = 100_000_000L;

    /** Cells in series. */
    @Param({"1", "12", "96", "400"})
    public int cells;

    private BatteryManager manager;
    private PackSample sample;
    private double[] currentA;
    private double[][] cellV;
    private long nanos;
    private int next;

    /** Counts cells beside cycles. */
    @AuxCounters(AuxCounters.Type.OPERATIONS)
    @State(Scope.Thread)
    public static class PerCell {
        /** Cells stepped. */
        public long cells;
    }

    /** Records a minute of readings. */
    @Setup
    public void record() {
        CellType type = SampleCells.straight();
        PackLayout layout = new PackLayout(cells, 1, Math.max(1, cells / 8));
        manager = new BatteryManager(BatterySettings.standard(type, layout));
        manager.start(0.5, 0.1);
        sample = new PackSample(layout);
        Random random = new Random(cells);
        currentA = new double[RECORDED];
        cellV = new double[RECORDED][cells];
        for (int k = 0; k < RECORDED; k++) {
            currentA[k] = (k % 2 == 0 ? 1.0 : -1.0) * (0.5 + random.nextDouble());
            for (int c = 0; c < cells; c++) {
                cellV[k][c] = 3.65 - 0.02 * currentA[k] + 0.002 * random.nextGaussian();
            }
        }
    }

    /** One cycle with all its readings. */
    @Benchmark
    public StepResult step(PerCell counted) {
        int k = next;
        next = (k + 1) % RECORDED;
        nanos += STEP_NANOS;
        sample.begin(nanos);
        sample.readCurrent(currentA[k]);
        sample.readPackVoltage(3.65 * cells);
        double[] v = cellV[k];
        for (int c = 0; c < v.length; c++) {
            sample.readCellVoltage(c, v[c]);
        }
        for (int s = 0; s < sample.temperature().size(); s++) {
            sample.readTemperature(s, 25.0);
        }
        counted.cells += v.length;
        return manager.step(sample);
    }
}
