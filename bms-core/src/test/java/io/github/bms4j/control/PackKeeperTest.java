package io.github.bms4j.control;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.bms4j.Allocation;
import io.github.bms4j.contactor.ContactorControl;
import io.github.bms4j.contactor.ContactorFinding;
import io.github.bms4j.detect.Finding;
import io.github.bms4j.detect.Suspect;
import io.github.bms4j.journal.CarriedState;
import io.github.bms4j.journal.FlightRecorder;
import io.github.bms4j.journal.PackHistory;
import io.github.bms4j.journal.PackMemory;
import io.github.bms4j.journal.Restart;
import io.github.bms4j.journal.StoredFault;
import io.github.bms4j.journal.StoredFrame;
import io.github.bms4j.limit.Direction;
import io.github.bms4j.limit.Horizon;
import io.github.bms4j.limit.LimitRequests;
import io.github.bms4j.limit.LimitRule;
import io.github.bms4j.protect.Fault;
import io.github.bms4j.protect.FaultState;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a manager knew when its power went is what it knows when it comes back. */
class PackKeeperTest {
    @TempDir
    private Path folder;

    private static ContactorControl contactors(KeptPack pack) {
        return Objects.requireNonNull(pack.manager.contactors());
    }

    /** A drive with a reported weld, a leak that was found and limits from afar, ended without a last word. */
    private KeptPack driven() throws IOException {
        KeptPack pack = new KeptPack(folder);
        pack.keeper.restore(pack.nanos, Double.NaN);
        contactors(pack).restore(25.0, 1);
        contactors(pack).restoreWear(17, 4e4);
        pack.manager.detectors().recall(new Finding(Suspect.CELL_LEAK, 1, 0.5, 0.2, 0.8, 0L), 0.0);
        pack.manager.requests().remote(0, Direction.CHARGE, 5.0, 900.0, pack.nanos + 600_000_000_000L);
        pack.manager.requests().remote(1, Direction.DISCHARGE, 4.0, 800.0, pack.nanos + 600_000_000_000L);
        pack.seconds(10.0, 20);
        pack.manager.report(Fault.NOT_CLOSED, true);
        pack.seconds(10.0, 20);
        pack.manager.report(Fault.NOT_CLOSED, false);
        pack.seconds(10.0, 20);
        assertEquals(FaultState.LATCHED, pack.manager.faults().state(Fault.NOT_CLOSED));
        pack.keeper.close();
        return pack;
    }

    private KeptPack again(KeptPack before, double offS) throws IOException {
        KeptPack pack = new KeptPack(folder);
        pack.nanos = 1_000_000_000L; // another monotonic clock
        pack.soc = before.soc;
        assertEquals(List.of(), pack.keeper.journal().findings());
        Restart restart = pack.keeper.restore(pack.nanos, before.utcS() + offS);
        assertTrue(restart.known());
        assertFalse(restart.orderly());
        return pack;
    }

    @Test
    void everyPartGoesOnWhereItWas() throws IOException {
        KeptPack before = driven();
        double fuseS10 = before.manager.limits().discharge(Horizon.S10).limitA();
        CarriedState left = before.keeper.journal().memory().carried();
        KeptPack after = again(before, 0.0);
        CarriedState found = new Carried(after.manager).state;
        assertEquals(left.loadsA2()[0], found.loadsA2()[0], 0.02 * left.loadsA2()[0]);
        assertTrue(found.loadsA2()[0] >= left.loadsA2()[0] * (1.0 - 1e-6), "the unseen second counts too");
        double ledgerAh = Objects.requireNonNull(after.manager.balancer()).differenceAh(2);
        assertEquals(left.differenceAh(2), ledgerAh, 1e-4);
        assertTrue(Objects.requireNonNull(after.manager.balancer()).differenceSigmaAh(2) >= left.differenceSigmaAh(2));
        for (int i = 0; i < left.responsesV2().length; i++) {
            assertEquals(left.responsesV2()[i], found.responsesV2()[i], 1e-6 * Math.abs(left.responsesV2()[i]) + 1e-12);
        }
        ContactorControl contactors = contactors(after);
        assertEquals(17, contactors.closings());
        assertEquals(4e4, contactors.brokenA2());
        assertEquals(1, contactors.failedTries());
        assertTrue(Objects.requireNonNull(after.manager.detectors().internalShort())
                .alarmed(1));
        after.cycle(0.0);
        assertEquals(FaultState.LATCHED, after.manager.faults().state(Fault.NOT_CLOSED));
        assertEquals(1, after.manager.faults().occurrences(Fault.NOT_CLOSED));
        assertTrue(after.manager.faults().frame(Fault.NOT_CLOSED).rows() > 20);
        assertFalse(after.manager.faults().mayClose(), "a latched weld or no-close keeps it open");
        assertEquals(0.0, fuseS10, "it did before as well");
        after.keeper.close();
    }

    /** Reads what a manager carries now. */
    private record Carried(CarriedState state) {
        Carried(BatteryManager manager) {
            this(kept(manager));
        }

        private static CarriedState kept(BatteryManager manager) {
            CarriedState state = new PackMemory(KeptPack.settings().cell(), KeptPack.LAYOUT).carried();
            manager.keep(state);
            return state;
        }
    }

    @ParameterizedTest
    @CsvSource({
        // off, what is left of the fuse's load: tau 50 s; NaN keeps it
        "50, 0.3679",
        "100, 0.1353",
        "NaN, 1.0",
    })
    void theFuseCoolsForTheTimeOff(double offS, double share) throws IOException {
        KeptPack before = driven();
        double a2 = before.keeper.journal().memory().carried().loadsA2()[0];
        assertTrue(a2 > 60.0, "10 A for a minute: " + a2);
        KeptPack after = again(before, offS);
        assertEquals(share * a2, new Carried(after.manager).state.loadsA2()[0], 0.03 * a2);
        after.keeper.close();
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.0, 60.0, Double.NaN})
    void thePrechargeResistorCoolsForTheTimeOff(double offS) throws IOException {
        KeptPack before = driven();
        double heatJ = Objects.requireNonNull(
                        before.keeper.journal().memory().carried().contactors())
                .resistorJ();
        KeptPack after = again(before, offS);
        double coolingS = Objects.requireNonNull(after.settings.equipment().contactors())
                .precharge()
                .coolingS();
        double now = contactors(after).resistorJ();
        if (Double.isNaN(offS)) {
            assertEquals(heatJ, now, "who knows how long it was");
        } else {
            assertTrue(now <= heatJ * StrictMath.exp(-offS / coolingS) + 1e-9, now + " J of " + heatJ);
            assertTrue(now >= heatJ * StrictMath.exp(-(offS + 62.0) / coolingS) - 1e-9, "and not faster than it can");
        }
        assertTrue(heatJ <= 25.0 && heatJ > 0.0);
        after.keeper.close();
    }

    @ParameterizedTest
    @CsvSource({
        // off, grid (required) may charge, house (not required) keeps its 4 A
        "0, true, true",
        "500, true, true",
        "545, false, false",
        "NaN, false, true",
    })
    void leasesEndByTheTimeOffAndNeverAllowMoreForNotKnowingIt(double offS, boolean grid, boolean house)
            throws IOException {
        KeptPack after = again(driven(), offS);
        after.cycle(0.0);
        LimitRequests requests = after.manager.requests();
        assertEquals(grid, requests.leased(0, after.nanos));
        assertEquals(house, requests.leased(1, after.nanos));
        if (grid) {
            assertEquals(5.0, requests.remoteA(0, Direction.CHARGE));
            assertEquals(900.0, requests.remoteW(0, Direction.CHARGE));
            assertEquals(Double.POSITIVE_INFINITY, requests.remoteA(0, Direction.DISCHARGE));
            double left = (requests.untilNanos(0) - after.nanos) * 1e-9;
            assertEquals(540.0 - offS, left, 1.5);
        } else {
            LimitRule rule = after.manager.limits().charge(Horizon.S10).rule();
            assertEquals(0.0, after.manager.limits().charge(Horizon.S10).limitA(), "nobody allows it: " + rule);
        }
        after.keeper.close();
    }

    @Test
    void aLockingFindingStillLocks() throws IOException {
        KeptPack pack = new KeptPack(folder);
        pack.keeper.restore(pack.nanos, KeptPack.UTC_S);
        contactors(pack).restore(ContactorFinding.WELDED_NEGATIVE);
        contactors(pack).restore(0.0, 10);
        pack.seconds(0.0, 2);
        pack.keeper.close(pack.nanos, pack.utcS(), pack.sample);
        KeptPack after = new KeptPack(folder);
        Restart restart = after.keeper.restore(0L, pack.utcS() + 10.0);
        assertTrue(restart.orderly());
        assertTrue(contactors(after).locked());
        assertTrue(contactors(after).stands(ContactorFinding.WELDED_NEGATIVE));
        assertTrue(contactors(after).stands(ContactorFinding.TRIES_USED_UP));
        assertFalse(contactors(after).stands(ContactorFinding.LINK_LOST));
        after.keeper.close();
    }

    @Test
    void countersGrowOverRestartsAndTheFirstTimeStays() throws IOException {
        KeptPack before = driven();
        StoredFault first = PackHistory.read(folder).memory().faults().get(0);
        assertEquals(Fault.NOT_CLOSED.dtc(), first.dtc());
        assertEquals(1, first.count());
        assertEquals(KeptPack.UTC_S + 27.0, first.firstUtcS(), 1.1);
        assertTrue(first.stood());
        KeptPack after = again(before, 1000.0);
        after.seconds(0.0, 2);
        assertTrue(after.manager.acknowledge(Fault.NOT_CLOSED));
        after.seconds(0.0, 2);
        assertFalse(PackHistory.read(folder).memory().faults().get(0).stood(), "acknowledged is acknowledged");
        after.manager.report(Fault.NOT_CLOSED, true);
        after.seconds(0.0, 2);
        after.keeper.close();
        StoredFault second = PackHistory.read(folder).memory().faults().get(0);
        assertEquals(2, second.count());
        assertEquals(first.firstUtcS(), second.firstUtcS());
        assertEquals(after.utcS() - 2.0, second.lastUtcS(), 0.3);
        List<StoredFrame> frames = PackHistory.read(folder).memory().carried().frames();
        assertEquals(Fault.NOT_CLOSED.dtc(), frames.get(0).dtc(), "the frame of the latest fault comes first");
        assertEquals(
                frames.size(), frames.stream().map(StoredFrame::dtc).distinct().count(), "one of each fault");
    }

    @Test
    void theLifeIsCountedWithoutAllocation() throws IOException {
        KeptPack pack = new KeptPack(folder);
        pack.keeper.restore(pack.nanos, KeptPack.UTC_S);
        pack.seconds(6.0, 3);
        double bytes = Allocation.bytesPerCall(200, () -> pack.cycle(6.0));
        assertEquals(0.0, bytes, 0.5);
        assertTrue(pack.keeper.journal().life().dischargedAh() > 0.0);
        pack.keeper.close();
    }

    /** The record of a run that began with all this comes out to the same bit. */
    @ParameterizedTest
    @ValueSource(doubles = {0.0, 100.0, Double.NaN})
    void aRunFromEverythingRemembered(double offS) throws IOException {
        KeptPack before = driven();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        KeptPack after = new KeptPack(folder);
        after.soc = before.soc;
        FlightRecorder recorder = new FlightRecorder(out, after.sample);
        recorder.listen(after.signals);
        after.manager.record(recorder);
        after.keeper.restore(after.nanos, before.utcS() + offS);
        after.manager.vehicle().balance = true;
        after.seconds(3.0, 30);
        after.manager.acknowledge(Fault.NOT_CLOSED);
        after.seconds(3.0, 60);
        after.manager.endRecord();
        after.keeper.close();
        BatteryManager[] replayed = new BatteryManager[1];
        FlightReplay replay = new FlightReplay(
                "record", new ByteArrayInputStream(out.toByteArray()), (m, sample, same) -> replayed[0] = m);
        FlightReplay.Outcome outcome = replay.run();
        assertEquals("", outcome.deviation());
        assertTrue(outcome.identical());
        assertEquals(900, outcome.cycles());
        BatteryManager same = Objects.requireNonNull(replayed[0]);
        assertEquals(
                after.manager.faults().occurrences(Fault.NOT_CLOSED),
                same.faults().occurrences(Fault.NOT_CLOSED));
        assertEquals(
                Objects.requireNonNull(after.manager.balancer()).differenceAh(2),
                Objects.requireNonNull(same.balancer()).differenceAh(2));
        assertEquals(
                new Carried(after.manager).state.loadsA2()[0],
                new Carried(same).state.loadsA2()[0],
                "to the bit");
    }
}
