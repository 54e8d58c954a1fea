package io.github.bms4j.sim.run;

import static io.github.bms4j.sim.run.ParallelRig.explain;
import static io.github.bms4j.sim.run.ParallelRig.offer;
import static io.github.bms4j.sim.run.ParallelRig.running;
import static io.github.bms4j.sim.run.ParallelRig.state;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.bms4j.charge.ChargeNeed;
import io.github.bms4j.charge.StopCause;
import io.github.bms4j.contactor.ContactorState;
import io.github.bms4j.contactor.JoinVerdict;
import io.github.bms4j.control.PackOpening;
import io.github.bms4j.control.ParallelPack;
import io.github.bms4j.limit.Direction;
import io.github.bms4j.limit.Horizon;
import io.github.bms4j.measure.Contact;
import io.github.bms4j.measure.PackSample;
import io.github.bms4j.sim.contactor.ContactorFlaw;
import org.junit.jupiter.api.Test;

/** What the others do when one of several strings in parallel fails, with true cells and true contactors. */
class ParallelFaultTest {
    @Test
    void aFaultOfOneStringTakesOneStringAndLowersTheLimitsAtOnce() {
        ParallelBench bench = running(0.60, 0.605, 0.595);
        ParallelPack pack = bench.pack();
        bench.drive((fromS, toS) -> 400.0);
        bench.runFor(5.0);
        double beforeA = pack.limits().limitA(Direction.DISCHARGE, Horizon.S10);
        bench.sensors(1).driftCellV(3, 0.8);
        assertTrue(bench.runUntil(() -> pack.string(1).faults().openRequested(), 2.0));
        double afterA = pack.limits().limitA(Direction.DISCHARGE, Horizon.S10);
        assertTrue(bench.strings().connected(1), "limits come first, the contactor with the next beat");
        assertEquals(2, pack.carrying());
        assertTrue(afterA < 0.8 * beforeA, afterA + " A of " + beforeA);
        assertTrue(afterA <= 2.0 * 1320.0);
        bench.runFor(0.1);
        assertFalse(bench.strings().connected(1));
        bench.runFor(5.0);
        assertEquals(0.0, bench.stringA(1), 1e-9);
        assertEquals(400.0, bench.stringA(0) + bench.stringA(2), 0.5);
        assertEquals("none", pack.string(0).faults().text());
        assertEquals("none", pack.string(2).faults().text());
        assertEquals(ContactorState.CLOSED, state(bench, 0));
        assertEquals(PackOpening.NONE, pack.opening());
        assertEquals(JoinVerdict.NOT_WILLING, pack.join().verdict(1));

        bench.sensors(1).driftCellV(3, 0.0);
        bench.drive(PackLoad.NONE);
        assertTrue(bench.runUntil(() -> pack.carrying() == 3, 120.0), "healed, it joins again: " + explain(pack));
    }

    @Test
    void aStringAboveWhatItsContactorsBreakLeavesAsSoonAsTheLoadHasFallen() {
        ParallelBench bench = running(0.60, 0.605);
        ParallelPack pack = bench.pack();
        bench.drive((fromS, toS) -> Math.min(600.0, pack.limits().limitA(Direction.DISCHARGE, Horizon.S1)));
        bench.runFor(5.0);
        assertTrue(bench.stringA(1) > 250.0);
        bench.sensors(1).driftCellV(3, 0.8);
        assertTrue(bench.runUntil(() -> pack.string(1).faults().openRequested(), 2.0));
        assertEquals(0.0, pack.limits().limitA(Direction.DISCHARGE, Horizon.S1), "nothing while it holds on");
        assertEquals(1, pack.limits().string(Direction.DISCHARGE, Horizon.S1));
        assertTrue(bench.runUntil(() -> !bench.strings().connected(1), 0.5));
        assertTrue(bench.strings().string(1).worstBreakA() < 200.0);
        bench.runFor(0.5);
        assertEquals(600.0, bench.stringA(0), 1.0, "the other goes on");
        assertEquals(PackOpening.NONE, pack.opening());
        assertEquals("none", pack.string(0).faults().text());
    }

    @Test
    void aStringThatMayCarryNothingLeavesInsteadOfHoldingTheOthers() {
        ParallelBench bench = running(0.60, 0.605);
        ParallelPack pack = bench.pack();
        bench.drive((fromS, toS) -> 200.0);
        bench.runFor(2.0);
        int beats = 0;
        while (!pack.string(0).faults().zeroRequested() && beats < 400) {
            // a sensor that warms by 3 K/s: RAPID_HEATING, which forbids both currents but opens nothing by itself
            bench.sensors(0).driftK(1, 0.03 * beats);
            bench.runFor(0.01);
            beats++;
        }
        assertTrue(pack.string(0).faults().zeroRequested());
        bench.runFor(0.3);
        assertFalse(bench.strings().connected(0), () -> explain(pack));
        assertEquals(200.0, bench.stringA(1), 1.0);
        assertTrue(pack.limits().limitA(Direction.DISCHARGE, Horizon.S10) > 1000.0);
    }

    @Test
    void insulationWhileChargingOpensAll() {
        ParallelBench bench = running(0.60, 0.605);
        ParallelPack pack = bench.pack();
        bench.plugIn(ChargeNeed.by(300.0, 0.9), offer(200.0));
        bench.runFor(20.0);
        assertTrue(bench.loadA() < -100.0, () -> explain(pack));
        bench.insulation(0, 100.0);
        assertTrue(bench.runUntil(() -> pack.opening() == PackOpening.SHARED_FAULT, 3.0), () -> explain(pack));
        bench.runFor(0.2);
        assertFalse(bench.strings().connected(0));
        assertFalse(bench.strings().connected(1));
        assertEquals(0.0, pack.demand().chargeA());
        assertEquals(0.0, pack.limits().limitA(Direction.CHARGE, Horizon.S1));
        assertEquals("0.0 A: no string connected", pack.limits().explain(Direction.CHARGE, Horizon.S1, 0L));
        assertEquals("none", pack.string(1).faults().text());
    }

    @Test
    void aCrashOpensAllAtOnce() {
        ParallelBench bench = running(0.60, 0.605);
        bench.drive((fromS, toS) -> 100.0);
        bench.runFor(1.0);
        bench.pack().vehicle().openNow = true;
        bench.runFor(0.05);
        assertFalse(bench.strings().connected(0) || bench.strings().connected(1));
        assertEquals(PackOpening.VEHICLE, bench.pack().opening());
        bench.drive(PackLoad.NONE);
        bench.pack().vehicle().openNow = false;
        assertTrue(bench.runUntil(() -> bench.pack().carrying() == 2, 60.0), () -> explain(bench.pack()));
        assertEquals(PackOpening.NONE, bench.pack().opening());
    }

    @Test
    void aStringThatDoesNotSeparateTakesAllWithIt() {
        ParallelBench bench = running(0.60, 0.605);
        ParallelPack pack = bench.pack();
        bench.drive((fromS, toS) -> 200.0);
        bench.runFor(2.0);
        bench.strings().string(1).contactor(Contact.POSITIVE).flaw(ContactorFlaw.WELDED_SAYS_OPEN);
        bench.strings().string(1).contactor(Contact.NEGATIVE).flaw(ContactorFlaw.WELDED_SAYS_OPEN);
        bench.sensors(1).driftCellV(3, 0.8);
        assertTrue(bench.runUntil(() -> pack.string(1).faults().openRequested(), 2.0));
        assertTrue(bench.runUntil(() -> pack.opening() == PackOpening.NOT_SEPARATED, 1.0), () -> explain(pack));
        bench.runFor(0.2);
        assertFalse(bench.strings().connected(0), "the sound string opens for the other's sake");
        assertEquals(0.0, pack.limits().limitA(Direction.DISCHARGE, Horizon.S1));
        bench.runFor(5.0);
        assertEquals(PackOpening.NOT_SEPARATED, pack.opening(), "until the vehicle lets go");
        assertFalse(bench.strings().connected(0));
    }

    @Test
    void anotherStringNegotiatesWhenTheOneThatDidLeaves() {
        ParallelBench bench = running(0.60, 0.605);
        ParallelPack pack = bench.pack();
        bench.plugIn(ChargeNeed.by(300.0, 0.9), offer(200.0));
        assertEquals(0, pack.negotiator(), "the one with the least charge");
        bench.runFor(20.0);
        assertTrue(bench.loadA() < -100.0, () -> explain(pack));
        bench.sensors(0).driftCellV(3, 0.8);
        assertTrue(bench.runUntil(() -> pack.carrying() == 1, 3.0));
        assertTrue(bench.runUntil(() -> pack.negotiator() == 1, 3.0));
        bench.runFor(30.0);
        assertTrue(bench.stringA(1) < -100.0, () -> explain(pack));
        assertEquals(0.0, bench.stringA(0), 1e-9);
        assertEquals(StopCause.NONE, pack.demand().stop());
        PackSample[] samples = {bench.sample(0), bench.sample(1)};
        double energyWh = pack.energyWh(samples, 1e4, Double.NaN);
        assertEquals(
                pack.string(1).usableEnergy(samples[1], 1e4, Double.NaN).energyWh(), energyWh, 1e-6, "one is left");
    }
}
