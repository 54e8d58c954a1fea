package io.github.bms4j.sim.run;

import io.github.bms4j.balance.Balancer;
import io.github.bms4j.can.bus.FrameSink;
import io.github.bms4j.charge.ChargeNeed;
import io.github.bms4j.charge.ChargePlan;
import io.github.bms4j.charge.OfferStep;
import io.github.bms4j.charge.StationOffer;
import io.github.bms4j.contactor.ContactorControl;
import io.github.bms4j.control.BatteryManager;
import io.github.bms4j.journal.FlightRecorder;
import io.github.bms4j.journal.MemorySettings;
import io.github.bms4j.limit.Direction;
import io.github.bms4j.limit.Horizon;
import io.github.bms4j.limit.LimitRule;
import io.github.bms4j.protect.Fault;
import io.github.bms4j.protect.FaultSet;
import io.github.bms4j.sim.cell.SimPack;
import io.github.bms4j.sim.random.NoiseSource;
import io.github.bms4j.sim.sensor.SimSensors;
import io.github.bms4j.sim.station.PowerStep;
import io.github.bms4j.sim.station.SessionRecorder;
import io.github.bms4j.sim.station.StationPower;
import io.github.bms4j.sim.trace.Trace;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Drives a pack down with a recording and charges it at a GB/T station, in virtual time, on a {@link ChargeBench}.
 *
 * <p>The vehicle obeys its battery manager: a recorded current beyond the pack's limits is cut to them. A run is a pure
 * function of its scenario. Thread: one.
 */
public final class ChargeSimulation {
    private static final long SECOND_NANOS = 1_000_000_000L;
    /** From this time after the plug-in on the limit is explained every so often, s. */
    private static final double EXPLAIN_FROM_S = 300.0;

    private static final double EXPLAIN_EVERY_S = 1800.0;
    /** After the session the contactors have this long to open in order, s. */
    private static final double SWITCH_OFF_S = 5.0;

    private static final double CYCLE_S = ChargeBench.CYCLE_NANOS * 1e-9;

    private final ChargeScenario scenario;
    private final RunObserver observer;
    private final SimPack pack;
    private final ChargeBench bench;
    private final BatteryManager manager;
    private final DriveLoad load;
    private final SessionRecorder recorder = new SessionRecorder();
    private final ChargeTally tally;
    private final TruthWatch watch;
    private final Trace trace = RunTrace.create();

    private RunPhase phase = RunPhase.DRIVE;
    private double driveS;
    private double plugS;
    private double plugSoc;
    private double plugSocTrue;
    private final List<String> explained = new ArrayList<>();
    private @Nullable BenchMemory memory;
    private double explainAtS = Double.POSITIVE_INFINITY;

    /**
     * A run that has not begun.
     *
     * @param scenario what to run
     * @param frames receives every CAN frame of the charge
     * @param observer watches its progress
     */
    public ChargeSimulation(ChargeScenario scenario, FrameSink frames, RunObserver observer) {
        this.scenario = scenario;
        this.observer = observer;
        NoiseSource random = new NoiseSource(scenario.seed());
        ChargeScenario.Truth truth = scenario.truth();
        pack = new SimPack(
                truth.cell(),
                scenario.battery().layout(),
                truth.spread(),
                truth.cooling(),
                scenario.drive().startSoc(),
                truth.ambientDegC(),
                random);
        SimSensors sensors = new SimSensors(pack, truth.flaws(), random);
        bench = new ChargeBench(scenario.battery(), pack, sensors, truth.ambientDegC());
        bench.coolant(truth.coolantWPerK(), truth.chilledDegC());
        manager = bench.manager();
        load = new DriveLoad(scenario.drive().recording());
        tally = new ChargeTally(scenario.session().tariff());
        watch = new TruthWatch(scenario.battery().cell().rating());
        bench.bus().tap(frames);
        bench.bus().tap(recorder);
    }

    /** Records every input of the battery manager; comes before {@link #run}, which ends the record in order. */
    public FlightRecorder record(OutputStream out) {
        return bench.record(out);
    }

    /**
     * Keeps the battery manager's memory in a folder, which ends in order with {@link #run}; comes before it.
     *
     * @param folder a folder for this run alone
     * @param settings how often what is written
     * @param utcS time of the run's begin, s since 1970
     */
    public void keep(Path folder, MemorySettings settings, double utcS) throws IOException {
        memory = BenchMemory.open(bench, scenario.battery(), folder, settings, utcS);
    }

    /** Runs from the first sample to the end of the session; once. */
    public RunResult run() {
        double startSocTrue = pack.packSoc();
        bench.start(scenario.drive().assumedSoc(), scenario.drive().assumedSigma());
        if (memory != null) {
            memory.run();
        }
        record(0L);
        bench.clock().every(ChargeBench.CYCLE_NANOS, ChargeBench.CYCLE_NANOS, 0, this::watch);
        bench.clock().every(SECOND_NANOS, SECOND_NANOS, 2, this::record);
        bench.drive(
                (fromS, toS) -> obeyed(load.meanA(fromS, toS) * pack.layout().parallel()));
        while (phase == RunPhase.DRIVE) {
            bench.runFor(1.0);
            if (load.over(bench.nowS())
                    || manager.estimate().packSoc() <= scenario.drive().stopSoc()) {
                phase = RunPhase.REST;
            }
        }
        driveS = bench.nowS();
        bench.drive(PackLoad.NONE);
        bench.runFor(scenario.drive().restS());
        ChargePlan firstPlan = plugIn();
        bench.runToEnd();
        phase = RunPhase.REST;
        bench.disconnect();
        bench.runFor(SWITCH_OFF_S);
        manager.endRecord();
        if (memory != null) {
            memory.end();
        }
        return new RunResult(scenario, summary(startSocTrue, firstPlan), trace, plugS, firstPlan, recorder.entries());
    }

    private ChargePlan plugIn() {
        plugS = bench.nowS();
        explainAtS = plugS + EXPLAIN_FROM_S;
        plugSoc = manager.estimate().packSoc();
        plugSocTrue = pack.packSoc();
        ChargeScenario.Session session = scenario.session();
        ChargeNeed need = new ChargeNeed(
                session.targetSoc(), session.minSoc(), plugS + session.departureS(), 5.0, session.wearPerKwh());
        phase = RunPhase.CHARGE;
        return bench.plugIn(session.station(), powerFrom(plugS), offerFrom(plugS), need);
    }

    private StationPower powerFrom(double originS) {
        List<PowerStep> grid = new ArrayList<>();
        for (PowerStep step : scenario.session().grid()) {
            grid.add(new PowerStep(originS + step.startS(), step.maxPowerW()));
        }
        return new StationPower(grid);
    }

    private StationOffer offerFrom(double originS) {
        ChargeScenario.Session session = scenario.session();
        List<OfferStep> steps = new ArrayList<>();
        for (OfferStep step : session.tariff()) {
            steps.add(new OfferStep(originS + step.startS(), step.maxPowerW(), step.pricePerKwh(), step.gCo2PerKwh()));
        }
        double maxV = session.station().output().maxV();
        double maxA = session.station().output().maxA();
        return new StationOffer("site tariff", maxV, maxA, originS + session.departureS(), steps);
    }

    /** Right after each control cycle. */
    private void watch(long nowNanos) {
        boolean charging = phase == RunPhase.CHARGE;
        watch.look(pack, charging);
        if (charging && bench.state().phase.energyMayFlow()) {
            tally.add(nowNanos * 1e-9 - plugS, CYCLE_S, bench.packA(), pack.packV(), manager.cause());
        }
    }

    /** What the drive makes of a wished current: never more than the pack allows for ten seconds. */
    private double obeyed(double wishedA) {
        double mostA = manager.limits().discharge(Horizon.S10).limitA();
        double leastA = -manager.limits().charge(Horizon.S10).limitA();
        return Math.max(leastA, Math.min(mostA, wishedA));
    }

    private void record(long nowNanos) {
        boolean charging = phase == RunPhase.CHARGE;
        if (charging && nowNanos * 1e-9 >= explainAtS) {
            explainAtS += EXPLAIN_EVERY_S;
            long minutes = Math.round((nowNanos * 1e-9 - plugS) / 60.0);
            long plugNanos = Math.round(plugS * 1e9);
            explained.add("min " + minutes + ": " + manager.limits().explain(Direction.CHARGE, Horizon.S10, plugNanos));
        }
        trace.row();
        trace.set(RunTrace.TIME_S, nowNanos * 1e-9);
        trace.set(RunTrace.PHASE, phase.ordinal());
        trace.set(RunTrace.SOC_TRUE, pack.packSoc());
        trace.set(RunTrace.SOC, manager.estimate().packSoc());
        trace.set(RunTrace.SOC_SIGMA, manager.estimate().packSocSigma());
        trace.set(RunTrace.SOC_CELL_MIN_TRUE, pack.lowestSoc());
        trace.set(RunTrace.SOC_CELL_MAX_TRUE, pack.highestSoc());
        trace.set(RunTrace.CELL_V_MIN_TRUE, pack.lowestV());
        trace.set(RunTrace.CELL_V_MAX_TRUE, pack.highestV());
        trace.set(RunTrace.PACK_V, pack.packV());
        trace.set(RunTrace.CURRENT_A, bench.packA());
        trace.set(RunTrace.ASKED_A, charging ? manager.demand().chargeA() : Double.NaN);
        trace.set(RunTrace.ALLOWED_A, manager.limits().charge(Horizon.S10).limitA());
        trace.set(RunTrace.TEMPERATURE_MIN_TRUE_C, pack.lowestDegC());
        trace.set(RunTrace.TEMPERATURE_MAX_TRUE_C, pack.highestDegC());
        trace.set(RunTrace.TEMPERATURE_MAX_C, manager.demand().pack().highestDegC);
        trace.set(RunTrace.POWER_W, bench.packA() * pack.packV());
        trace.set(RunTrace.CAUSE, charging ? manager.cause().ordinal() : Double.NaN);
        observer.second(phase.text(), nowNanos * 1e-9, manager.estimate().packSoc(), -bench.packA() * pack.packV());
    }

    private RunSummary summary(double startSocTrue, ChargePlan firstPlan) {
        Map<LimitRule, Double> heldS = new EnumMap<>(LimitRule.class);
        for (LimitRule rule : LimitRule.values()) {
            if (tally.heldS(rule) > 0.0) {
                heldS.put(rule, tally.heldS(rule));
            }
        }
        return new RunSummary(
                bench.nowS(),
                watch.steps(),
                watch.broken(),
                driveS,
                startSocTrue,
                plugSoc,
                plugSocTrue,
                manager.estimate().packSoc(),
                manager.estimate().packSocSigma(),
                pack.packSoc(),
                tally.energyWh(),
                tally.cost(),
                firstPlan.energyCost(),
                tally.sessionS(),
                tally.flowS(),
                tally.peakW(),
                watch.highestV(),
                watch.lowestV(),
                watch.highestDegC(),
                scenario.session().targetSoc(),
                bench.state().stop,
                heldS,
                bench.replans(),
                bench.bus().frames(),
                bench.state().restarts,
                guard());
    }

    private double bledAh() {
        Balancer balancer = manager.balancer();
        if (balancer == null) {
            return Double.NaN;
        }
        double sum = 0.0;
        for (int c = 0; c < pack.layout().cells(); c++) {
            sum += balancer.bledAh(c);
        }
        return sum;
    }

    private RunGuard guard() {
        FaultSet faults = manager.faults();
        int set = 0;
        for (Fault fault : Fault.values()) {
            set += faults.occurrences(fault);
        }
        ContactorControl contactors = manager.contactors();
        boolean open = contactors != null && contactors.state().allOpen() && !contactors.locked();
        return new RunGuard(
                faults.text(),
                set,
                contactors == null ? 0 : contactors.closings(),
                contactors == null ? "" : contactors.explain(),
                open && !bench.connected(),
                bledAh(),
                explained);
    }
}
