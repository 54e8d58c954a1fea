package io.github.bms4j.sim.run;

import io.github.bms4j.cell.CellRating;
import io.github.bms4j.cell.CellType;
import io.github.bms4j.cell.Circuit;
import io.github.bms4j.cell.OcvCurve;
import io.github.bms4j.cell.PackLayout;
import io.github.bms4j.cell.Provenance;
import io.github.bms4j.cell.RcBranch;
import io.github.bms4j.cell.ResistanceMap;
import io.github.bms4j.control.BatteryManager;
import io.github.bms4j.control.BatterySettings;
import io.github.bms4j.estimate.NoiseModel;
import io.github.bms4j.estimate.ParameterSet;
import io.github.bms4j.estimate.ShadowEstimator;
import io.github.bms4j.estimate.ShadowSettings;
import io.github.bms4j.measure.PackSample;
import io.github.bms4j.num.Table2D;
import io.github.bms4j.sim.cell.PackSpread;
import io.github.bms4j.sim.cell.SimPack;
import io.github.bms4j.sim.cell.TrueCell;
import io.github.bms4j.sim.cell.TrueCell.TrueBranch;
import io.github.bms4j.sim.random.NoiseSource;
import io.github.bms4j.sim.sensor.SensorFlaws;
import io.github.bms4j.sim.sensor.SimSensors;
import io.github.bms4j.sim.time.VirtualClock;
import java.util.ArrayList;
import java.util.List;

/**
 * Four groups of the true cell with good sensors under days of driving, resting and charging on virtual time, in steps of
 * a second, and a battery manager that was handed a shadow estimator.
 */
final class ShadowBench {
    static final PackLayout LAYOUT = new PackLayout(4, 40, 2);

    private static final long SECOND = 1_000_000_000L;
    private static final double DRIVE_S = 2400.0;
    private static final double REST_S = 2700.0;
    private static final double CHARGE_A = 1.0;
    private static final double AIR_DEG_C = 25.0;

    final VirtualClock clock = new VirtualClock();
    final SimPack pack;
    final ShadowEstimator shadow;
    final BatteryManager manager;
    final PackSample sample = new PackSample(LAYOUT);

    private final SimSensors sensors;
    private DriveLoad drive = new DriveLoad(ShippedData.drive());
    private double dayS;
    private double chargedAtS;
    private double restedS;
    private int daysDone;
    private double driveAs;
    private double offsetA;

    ShadowBench(TrueCell truth, ParameterSet set, long seed) {
        NoiseSource random = new NoiseSource(seed);
        pack = new SimPack(truth, LAYOUT, PackSpread.oneBatch(), 1.0, 0.85, AIR_DEG_C, random);
        sensors = new SimSensors(pack, SensorFlaws.goodPack(), random);
        shadow = new ShadowEstimator(LAYOUT, set.estimator("ekf", LAYOUT), set, ShadowSettings.standard());
        manager = new BatteryManager(BatterySettings.standard(set.cell(), LAYOUT), shadow);
        manager.start(0.85, 0.05);
        clock.every(SECOND, 0L, this::cycle);
    }

    /** From now on the current sensor reads this much more than there is, A of one cell. */
    void offset(double cellA) {
        offsetA = cellA;
    }

    /** Lets days pass: each 40 minutes of the US06 drive, a rest, the same charge back at C/3, a rest. */
    void days(int count) {
        int until = daysDone + count;
        while (daysDone < until) {
            seconds(1);
        }
    }

    /** Lets time pass. */
    void seconds(int seconds) {
        clock.runUntil(clock.nowNanos() + seconds * SECOND);
    }

    /** For how long the pack has been without a current, s. */
    double restedS() {
        return restedS;
    }

    private double load() {
        double atS = dayS;
        dayS += 1.0;
        if (atS < DRIVE_S) {
            double cellA = drive.meanA(atS, atS + 1.0);
            driveAs += cellA;
            return cellA;
        }
        if (atS < DRIVE_S + REST_S) {
            return 0.0;
        }
        if (driveAs > 0.0) {
            driveAs -= CHARGE_A;
            chargedAtS = atS;
            return -CHARGE_A;
        }
        if (atS >= chargedAtS + REST_S) {
            daysDone++;
            drive = new DriveLoad(ShippedData.drive());
            dayS = 0.0;
        }
        return 0.0;
    }

    private void cycle(long nowNanos) {
        double cellA = load();
        restedS = cellA == 0.0 ? restedS + 1.0 : 0.0;
        pack.step(cellA * LAYOUT.parallel(), 1.0, AIR_DEG_C);
        sensors.read(pack, (cellA + offsetA) * LAYOUT.parallel(), nowNanos, sample);
        manager.step(sample);
    }

    /** Largest error of a cell's SOC now. */
    double error() {
        double most = 0.0;
        for (int c = 0; c < LAYOUT.cells(); c++) {
            most = Math.max(most, Math.abs(manager.estimate().soc(c) - pack.soc(c)));
        }
        return most;
    }

    /** The shipped cell with another capacity, resistance and OCV, under a version of its own. */
    static ParameterSet set(String version, double capacity, double resistance, double ocvV, NoiseModel noise) {
        CellType t = ShippedData.cell();
        CellRating r = t.rating();
        CellRating rating = new CellRating(
                capacity * r.capacityAh(),
                r.nominalV(),
                r.minV(),
                r.maxV(),
                r.maxDischargeA(),
                r.maxChargeA() * Math.min(1.0, capacity),
                r.discharge(),
                r.charge(),
                r.coulombicEfficiency());
        List<RcBranch> branches = new ArrayList<>();
        for (RcBranch b : t.circuit().branches()) {
            branches.add(new RcBranch(scaled(b.resistance(), resistance), b.tauS()));
        }
        CellType cell = new CellType(
                t.name(),
                t.chemistry(),
                rating,
                bent(t.ocv(), ocvV),
                new Circuit(scaled(t.circuit().r0(), resistance), branches),
                t.thermal(),
                t.chargeMap(),
                t.error(),
                new Provenance("the shipped cell", "CC BY 4.0", "scaled for a test"));
        return new ParameterSet(version, cell, noise, "made for a test");
    }

    private static ResistanceMap scaled(ResistanceMap map, double by) {
        double[] soc = new double[41];
        double[] degC = {0.0, 10.0, 15.0, 20.0, 25.0, 30.0, 40.0};
        double[][] ohm = new double[degC.length][soc.length];
        for (int s = 0; s < soc.length; s++) {
            soc[s] = s / 40.0;
            for (int t = 0; t < degC.length; t++) {
                ohm[t][s] = by * map.ohm(soc[s], degC[t]);
            }
        }
        return new ResistanceMap(soc, degC, ohm, 22_000.0);
    }

    /** Lifted by up to {@code byV} in the middle and not at the ends. */
    private static OcvCurve bent(OcvCurve ocv, double byV) {
        double[] soc = new double[41];
        double[] v = new double[41];
        for (int s = 0; s < soc.length; s++) {
            soc[s] = s / 40.0;
            v[s] = ocv.v(soc[s], 25.0) + 4.0 * byV * soc[s] * (1.0 - soc[s]);
        }
        return new OcvCurve(soc, v, new double[41], 25.0, ocv.hysteresis());
    }

    /** The true cell after years: less capacity, more resistance. */
    static TrueCell aged(double capacity, double resistance) {
        TrueCell t = ShippedData.truth();
        List<TrueBranch> branches = new ArrayList<>();
        for (TrueBranch b : t.branches()) {
            branches.add(new TrueBranch(scaled(b.ohm(), resistance), b.tauS()));
        }
        return new TrueCell(
                t.name(),
                capacity * t.capacityAh(),
                t.ocvV(),
                scaled(t.r0Ohm(), resistance),
                branches,
                t.hysteresisV(),
                t.hysteresisPerSoc(),
                t.heatCapacityJPerK(),
                t.toAmbientWPerK());
    }

    private static Table2D scaled(Table2D map, double by) {
        double[] soc = new double[41];
        double[] degC = {0.0, 12.0, 20.0, 27.0, 40.0};
        double[][] ohm = new double[degC.length][soc.length];
        for (int s = 0; s < soc.length; s++) {
            soc[s] = s / 40.0;
            for (int t = 0; t < degC.length; t++) {
                ohm[t][s] = by * map.at(soc[s], degC[t]);
            }
        }
        return new Table2D(soc, degC, ohm);
    }
}
