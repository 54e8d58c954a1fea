package io.github.bms4j.sim.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.bms4j.balance.Balancer;
import io.github.bms4j.cell.PackLayout;
import io.github.bms4j.contactor.ContactorControl;
import io.github.bms4j.control.BatteryManager;
import io.github.bms4j.control.BatterySettings;
import io.github.bms4j.control.PackEquipment;
import io.github.bms4j.journal.JournalSettings;
import io.github.bms4j.journal.MemorySettings;
import io.github.bms4j.journal.PackHistory;
import io.github.bms4j.journal.Restart;
import io.github.bms4j.limit.CurrentTimeRating;
import io.github.bms4j.limit.Horizon;
import io.github.bms4j.limit.LimitRule;
import io.github.bms4j.limit.LimitSettings;
import io.github.bms4j.measure.ContactState;
import io.github.bms4j.protect.Fault;
import io.github.bms4j.protect.FaultState;
import io.github.bms4j.sim.cell.PackSpread;
import io.github.bms4j.sim.cell.SimPack;
import io.github.bms4j.sim.random.NoiseSource;
import io.github.bms4j.sim.sensor.SensorFlaws;
import io.github.bms4j.sim.sensor.SimSensors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A vehicle with contactors, bleed board and fuse whose gateway loses its power in the middle of a drive, and starts again. */
class KeptVehicleTest {
    private static final PackLayout LAYOUT = new PackLayout(12, 10, 4);
    private static final double UTC_S = 1.8e9;
    private static final MemorySettings MEMORY =
            new MemorySettings(10.0, 60.0, MemorySettings.standard().rule(), new JournalSettings(1 << 20, 1e9));
    private static final BatterySettings BATTERY = battery();

    @TempDir
    private Path folder;

    private final SimPack pack =
            new SimPack(ShippedData.truth(), LAYOUT, PackSpread.oneBatch(), 1.0, 0.7, 25.0, new NoiseSource(3));

    /** A fuse of 40 A that takes 100 A for 40 s: time constant 250 s. */
    private static BatterySettings battery() {
        BatterySettings base =
                BatterySettings.standard(ShippedData.cell(), LAYOUT, PackEquipment.vehicle(ShippedData.cell(), LAYOUT));
        LimitSettings limits = base.limits().withSwitchgear(List.of(CurrentTimeRating.fuse(40.0, 400_000.0, 1.0)));
        return new BatterySettings(
                base.cell(), LAYOUT, base.noise(), limits, base.controller(), base.planner(), base.equipment());
    }

    private ChargeBench bench() {
        return new ChargeBench(
                BATTERY, pack, new SimSensors(pack, SensorFlaws.goodPack(), new NoiseSource(1003)), 25.0);
    }

    private static Balancer balancer(ChargeBench bench) {
        return Objects.requireNonNull(bench.manager().balancer());
    }

    private static ContactorControl contactors(ChargeBench bench) {
        return Objects.requireNonNull(bench.manager().contactors());
    }

    private static double fuseA(ChargeBench bench) {
        return bench.manager().limits().discharge(Horizon.S30).limitA();
    }

    /** Five minutes of 50 A, then an interlock that opens while standing; the power is lost right after. */
    private ChargeBench brokenOff() throws IOException {
        ChargeBench bench = bench();
        BenchMemory memory = BenchMemory.open(bench, BATTERY, folder, MEMORY, UTC_S);
        assertFalse(memory.restore().known());
        bench.runFor(20.0);
        assertTrue(bench.connected());
        bench.drive((fromS, toS) -> 50.0);
        bench.runFor(300.0);
        assertEquals(
                LimitRule.FUSE, bench.manager().limits().discharge(Horizon.S30).rule());
        bench.drive(PackLoad.NONE);
        bench.box().interlock(ContactState.OPEN);
        bench.runFor(3.0);
        assertTrue(bench.manager().faults().state(Fault.INTERLOCK_SAFETY).stands());
        bench.box().interlock(ContactState.CLOSED);
        bench.runFor(20.0);
        assertEquals(FaultState.LATCHED, bench.manager().faults().state(Fault.INTERLOCK_SAFETY));
        memory.cut();
        return bench;
    }

    @Test
    void aLatchedFaultAFuseAndTheBalancingGoOnWhereTheyWere() throws IOException {
        ChargeBench before = brokenOff();
        double fuseBeforeA = fuseA(before);
        ChargeBench after = bench();
        BenchMemory memory = BenchMemory.open(after, BATTERY, folder, MEMORY, UTC_S + before.nowS() + 30.0);
        Restart restart = memory.restore();
        assertEquals(Restart.Verdict.KNOWN, restart.verdict());
        assertTrue(restart.offS() >= 30.0 && restart.offS() <= 40.0, restart.offS() + " s");
        for (int c = 0; c < LAYOUT.cells(); c++) {
            assertEquals(balancer(before).differenceAh(c), balancer(after).differenceAh(c), 0.02, "cell " + c);
            assertTrue(balancer(after).differenceSigmaAh(c)
                    < 1.2 * balancer(before).differenceSigmaAh(c) + 0.02);
        }
        after.runFor(20.0);
        BatteryManager manager = after.manager();
        assertEquals(
                FaultState.LATCHED, manager.faults().state(Fault.INTERLOCK_SAFETY), "it is still not acknowledged");
        assertFalse(after.connected(), "and keeps the contactors open");
        assertEquals(1, contactors(after).closings(), "the life's count, not this run's");
        assertTrue(manager.acknowledge(Fault.INTERLOCK_SAFETY));
        after.runFor(20.0);
        assertTrue(after.connected());
        assertEquals(2, contactors(after).closings());
        after.runFor(5.0);
        double fuseAfterA = fuseA(after);
        assertTrue(fuseAfterA > fuseBeforeA, "it cooled for " + (after.nowS() + 30.0) + " s");
        ChargeBench cold = bench();
        cold.start(0.65, 0.05);
        cold.runFor(30.0);
        assertTrue(fuseAfterA < fuseA(cold) - 5.0, fuseAfterA + " A of a cold fuse's " + fuseA(cold) + " A");
        memory.end();
        PackHistory history = PackHistory.read(folder);
        assertTrue(history.memory().orderly());
        assertEquals(
                1, history.memory().faults().stream().filter(f -> f.count() > 0).count());
        double ah = 50.0 * 300.0 / 3600.0;
        double lostS = MEMORY.healthEveryS(); // what was counted since the last record when the power went
        assertEquals(ah, history.life().dischargedAh(), 50.0 * lostS / 3600.0, "both runs' life");
        assertEquals(before.nowS() + after.nowS(), history.life().seenS(), 1.0 + lostS);
    }

    @Test
    void withoutAClockTheFuseIsAsWarmAsItWas() throws IOException {
        ChargeBench before = brokenOff();
        Path other = Files.createDirectory(folder.resolve("other"));
        Files.copy(folder.resolve("memory.b"), other.resolve("memory.b"));
        double unknownA = acknowledged(folder, Double.NaN, Restart.Verdict.TIME_UNKNOWN);
        double hourA = acknowledged(other, UTC_S + before.nowS() + 3600.0, Restart.Verdict.KNOWN);
        assertEquals(0.0, unknownA, "it carries more than it can for ever");
        assertTrue(hourA > 60.0, "after an hour it is cold: " + hourA + " A");
    }

    /** What the fuse lets through a quarter of a minute after a start. */
    private double acknowledged(Path of, double utcS, Restart.Verdict verdict) throws IOException {
        ChargeBench bench = bench();
        BenchMemory memory = BenchMemory.open(bench, BATTERY, of, MEMORY, utcS);
        assertEquals(verdict, memory.restore().verdict());
        bench.runFor(1.0);
        bench.manager().acknowledge(Fault.INTERLOCK_SAFETY);
        bench.runFor(15.0);
        assertTrue(bench.connected());
        memory.cut();
        return fuseA(bench);
    }
}
