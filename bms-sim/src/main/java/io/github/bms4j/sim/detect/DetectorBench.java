package io.github.bms4j.sim.detect;

import io.github.bms4j.cell.CellType;
import io.github.bms4j.cell.PackLayout;
import io.github.bms4j.estimate.NoiseModel;
import io.github.bms4j.estimate.PackEstimate;
import io.github.bms4j.estimate.PackEstimator;
import io.github.bms4j.measure.PackSample;
import io.github.bms4j.sim.cell.PackSpread;
import io.github.bms4j.sim.cell.SimPack;
import io.github.bms4j.sim.cell.TrueCell;
import io.github.bms4j.sim.random.NoiseSource;
import io.github.bms4j.sim.sensor.SensorFlaws;
import io.github.bms4j.sim.sensor.SimSensors;

/**
 * A pack in daily use, for detectors to watch: two drives, two rests, a charge to a depth that differs from day to day, in steps
 * of 10 s under current and for an hour after it, then of a minute.
 *
 * <p>Units and sign: A (positive discharging), V, Ah, °C, s. Thread: one. Allocation: none per step.
 */
public final class DetectorBench {
    /** Groups of the pack it was measured with. */
    public static final int CELLS = 12;
    /** Its temperature sensors. */
    public static final int SENSORS = 4;

    /** The pack's own meter: 10 mV, as much noise, and off by 0.1 % from the start. */
    private static final double PACK_NOISE_V = 0.01;

    private static final double PACK_GAIN = 1.001;
    private static final double DRIVE_STEP_S = 10.0;
    private static final double REST_STEP_S = 60.0;
    private static final double SETTLING_S = 3600.0;

    /**
     * What differs from pack to pack.
     *
     * @param name in words
     * @param ambientDegC air where it stands, °C
     * @param spread how old it is
     * @param flaws how good its sensors are
     */
    public record Mix(String name, double ambientDegC, PackSpread spread, SensorFlaws flaws) {}

    private static final SensorFlaws PLAIN = new SensorFlaws(1.0, 0.01, 0.6, 0.003, 0.002, 1.0, 0.2, 1e-4);

    /** A pack of new cells with good sensors in a mild place. */
    public static Mix mild() {
        return MIXES[0];
    }

    static final Mix[] MIXES = {
        new Mix("new, 25 degC", 25.0, PackSpread.oneBatch(), SensorFlaws.goodPack()),
        new Mix("aged, 25 degC", 25.0, new PackSpread(0.03, 0.10, 0.02, 0.12), SensorFlaws.goodPack()),
        new Mix("aged, 8 degC", 8.0, new PackSpread(0.03, 0.10, 0.02, 0.12), SensorFlaws.goodPack()),
        new Mix("aged, 25 degC, plain sensors", 25.0, new PackSpread(0.03, 0.10, 0.02, 0.12), PLAIN),
        new Mix("new, 35 degC, plain sensors", 35.0, PackSpread.oneBatch(), PLAIN),
    };

    /** Watches every sample. */
    @FunctionalInterface
    public interface Watcher {
        /** Looks at a sample, and at what an estimator of this bench's own made of it. */
        void look(PackSample sample, PackEstimate estimate);
    }

    final SimPack pack;
    final SimSensors sensors;
    final TrueDefects defects;
    final PackLayout layout;
    final PackSample sample;
    final PackEstimate estimate;
    final NoiseSource random;

    private final PackEstimator estimator;
    private final double capacityAh;
    private final double currentOffsetA;
    private final double fullV;
    private final double ambientDegC;
    private final Watcher watcher;
    private final NoiseSource meter;
    private double driftedPackV;
    private double nowS;

    /**
     * A pack at rest at 80 %; the first sample is read at once.
     *
     * @param truth the true cell
     * @param type what estimators know of it
     * @param layout how the pack is wired
     * @param mix what kind of pack
     * @param seed where every random difference comes from
     * @param watcher sees every sample
     */
    public DetectorBench(TrueCell truth, CellType type, PackLayout layout, Mix mix, long seed, Watcher watcher) {
        this.watcher = watcher;
        this.layout = layout;
        sample = new PackSample(layout);
        estimate = new PackEstimate(layout);
        fullV = type.rating().maxV() - 0.01;
        random = new NoiseSource(seed);
        currentOffsetA = mix.flaws().currentOffsetA();
        meter = new NoiseSource(~seed);
        ambientDegC = mix.ambientDegC();
        capacityAh = truth.capacityAh();
        pack = new SimPack(truth, layout, mix.spread(), 0.5, 0.8, ambientDegC, random);
        sensors = new SimSensors(pack, mix.flaws(), random);
        defects = new TrueDefects(layout.cells(), capacityAh);
        pack.defects(defects);
        estimator = new PackEstimator("ekf", type, layout, NoiseModel.of(type));
        estimator.start(0.8, 0.03);
        read(0.0);
    }

    /** By how much the pack's voltage sensor is off from now on, V. */
    void driftPackV(double v) {
        driftedPackV = v;
    }

    /** Capacity of one true cell, Ah. */
    public double capacityAh() {
        return capacityAh;
    }

    /** Offset that the current sensor was built with, A. */
    double currentOffsetA() {
        return currentOffsetA;
    }

    /** Time since the start, s. */
    public double nowS() {
        return nowS;
    }

    /** What is wrong with the true cells. */
    public TrueDefects defects() {
        return defects;
    }

    /** The sensors, which may begin to drift. */
    public SimSensors sensors() {
        return sensors;
    }

    private void read(double packA) {
        sensors.read(pack, packA, Math.round(nowS * 1e9), sample);
        double packV = PACK_GAIN * (pack.packV() + driftedPackV) + PACK_NOISE_V * meter.bell();
        sample.readPackVoltage(Math.rint(packV * 100.0) / 100.0);
        estimator.step(sample, estimate);
        watcher.look(sample, estimate);
    }

    private void step(double cellA, double dtS) {
        double packA = cellA * layout.parallel();
        pack.step(packA, dtS, ambientDegC);
        nowS += dtS;
        read(packA);
    }

    /** No current for so long. */
    public void rest(double seconds) {
        double s = 0.0;
        while (s < seconds) {
            double dtS = s < SETTLING_S ? DRIVE_STEP_S : REST_STEP_S;
            step(0.0, dtS);
            s += dtS;
        }
    }

    /** Stop and go around a mean of C/3 until the time is over or a cell is at 15 %. */
    public void drive(double seconds) {
        double a = 0.0;
        for (double s = 0.0; s < seconds && pack.lowestSoc() > 0.15; s += DRIVE_STEP_S) {
            a = random.uniform() < 0.2 ? (0.33 + 0.7 * random.bell()) * capacityAh : a;
            step(a, DRIVE_STEP_S);
        }
    }

    /** Charges until a cell holds this much or is at its highest voltage. */
    public void charge(double perH, double toSoc) {
        while (pack.highestSoc() < toSoc && pack.highestV() < fullV) {
            step(-perH * capacityAh, DRIVE_STEP_S);
        }
    }

    /** One day of use; ends in the morning. */
    public void day() {
        double beginS = nowS;
        drive(3000.0 + 1200.0 * random.uniform());
        rest(8.5 * 3600.0);
        drive(3000.0 + 1200.0 * random.uniform());
        rest(5400.0);
        if (pack.lowestSoc() < 0.5 || random.uniform() < 0.5) {
            charge(ambientDegC < 15.0 ? 0.2 : 0.33, 0.65 + 0.3 * random.uniform());
        }
        rest(beginS + 86_400.0 - nowS);
    }
}
