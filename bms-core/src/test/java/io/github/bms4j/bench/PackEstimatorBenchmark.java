package io.github.bms4j.bench;

import io.github.bms4j.estimate.CellEkf;
import io.github.bms4j.estimate.CellSpkf;
import io.github.bms4j.estimate.NoiseModel;
import io.github.bms4j.estimate.PackEstimate;
import io.github.bms4j.estimate.PlainEkf;
import io.github.bms4j.estimate.SocEstimator;
import io.github.bms4j.measure.PackSample;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * One step of a pack's estimator, per operation for all cells: samples have been read, the state is carried on.
 *
 * <p>{@link Filter#PLAIN_EKF_REPORTED} also writes the estimate out after every step, as a control cycle does; the peers
 * do not. They are the same three-state model on EJML matrices. {@link EstimatorTable} runs this and prints nanoseconds per
 * cell, with the ratio to a C program. Readings repeat after 64 samples; the filter starts anew then, because time must
 * not run back.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(value = 1, jvmArgsAppend = "-XX:+UseSerialGC")
@Warmup(iterations = 4, time = 800, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 8, time = 150, timeUnit = TimeUnit.MILLISECONDS)
public class PackEstimatorBenchmark {
    /** Cells in series. */
    @Param({"1", "12", "96", "400", "10000"})
    public int cells;

    /** What is stepped. */
    @Param
    public Filter filter;

    private List<PackSample> samples;
    private Drive drive;
    private PackEstimate estimate;
    private SocEstimator ours;
    private PeerFilter peer;
    private boolean reported;
    private long stepNanos;
    private int lap;

    /** The filters compared. */
    public enum Filter {
        /** Ours with three states. */
        PLAIN_EKF,
        /** The same with the estimate written out after every step. */
        PLAIN_EKF_REPORTED,
        /** EJML's fixed-size matrices. */
        EJML_FIXED,
        /** EJML's procedural interface. */
        EJML_IN_PLACE,
        /** EJML's object-oriented interface. */
        EJML_SIMPLE,
        /** The filter with all states. */
        CELL_EKF,
        /** The same with the estimate written out after every step. */
        CELL_EKF_REPORTED,
        /** The same at ten samples a second instead of one: it corrects at every fortieth instead of every fourth. */
        CELL_EKF_10_HZ,
        /** Its sigma-point form. */
        CELL_SPKF,
        /** The same with the estimate written out after every step. */
        CELL_SPKF_REPORTED,
        /** The same at ten samples a second. */
        CELL_SPKF_10_HZ
    }

    /** Records a minute of readings. */
    @Setup(Level.Trial)
    public void record() {
        drive = new Drive(cells);
        PeerModel model = new PeerModel(drive);
        switch (filter) {
            case PLAIN_EKF, PLAIN_EKF_REPORTED -> ours = plain(drive);
            case CELL_EKF, CELL_EKF_REPORTED, CELL_EKF_10_HZ ->
                ours = new CellEkf(drive.type, drive.layout, NoiseModel.sloped());
            case CELL_SPKF, CELL_SPKF_REPORTED, CELL_SPKF_10_HZ ->
                ours = new CellSpkf(drive.type, drive.layout, NoiseModel.sloped());
            case EJML_FIXED -> peer = new EjmlFixedFilter(model);
            case EJML_IN_PLACE -> peer = new EjmlInPlaceFilter(model);
            case EJML_SIMPLE -> peer = new EjmlSimpleFilter(model);
        }
        if (ours != null) {
            samples = drive.samples();
            estimate = new PackEstimate(drive.layout);
            stepNanos = filter.name().endsWith("10_HZ") ? 100_000_000L : 1_000_000_000L;
            reported = filter.name().endsWith("_REPORTED");
            ours.start(Drive.START_SOC, 0.1);
        }
    }

    /** Reads the samples of the next lap, which is not part of what is measured. */
    @Setup(Level.Invocation)
    public void read() {
        if (ours != null) {
            drive.read(samples, lap++, stepNanos);
        }
    }

    private static SocEstimator plain(Drive drive) {
        PlainEkf plain = new PlainEkf("plain", drive.type, drive.layout, 0.025);
        for (int c = 0; c < drive.layout.cells(); c++) {
            plain.scale(c, drive.capacityScale[c], drive.resistanceScale[c]);
        }
        return plain;
    }

    /** All samples once. */
    @Benchmark
    @OperationsPerInvocation(Drive.SAMPLES)
    public double lap() {
        if (peer != null) {
            peer.start();
            for (int k = 0; k < Drive.SAMPLES; k++) {
                peer.step(drive.currentA[k], drive.cellV[k]);
            }
            return peer.soc();
        }
        if (reported) {
            for (PackSample sample : samples) {
                ours.step(sample, estimate);
            }
        } else {
            ours.stepAll(samples, estimate);
        }
        return estimate.soc(0);
    }
}
