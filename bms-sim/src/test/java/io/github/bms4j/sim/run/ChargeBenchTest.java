package io.github.bms4j.sim.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.bms4j.can.gbt27930.GbtMessage;
import io.github.bms4j.cell.PackLayout;
import io.github.bms4j.charge.ChargeNeed;
import io.github.bms4j.charge.ChargePhase;
import io.github.bms4j.charge.ChargePlan;
import io.github.bms4j.charge.OfferStep;
import io.github.bms4j.charge.StationOffer;
import io.github.bms4j.charge.StopCause;
import io.github.bms4j.control.BatterySettings;
import io.github.bms4j.limit.LimitRule;
import io.github.bms4j.sim.station.GbtStationPhase;
import io.github.bms4j.sim.station.GbtStationRating;
import io.github.bms4j.sim.station.PowerStep;
import io.github.bms4j.sim.station.SessionEntry;
import io.github.bms4j.sim.station.SessionRecorder;
import io.github.bms4j.sim.station.StationOutput;
import io.github.bms4j.sim.station.StationPower;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** A pack of four groups of sixty cells: as small as a pack can be and quick to step. */
class ChargeBenchTest {
    private static final GbtStationRating STATION = GbtStationRating.of(StationOutput.of(5.0, 30.0, 250.0));

    private final ChargeBench bench = ChargeBench.of(
            BatterySettings.standard(ShippedData.cell(), new PackLayout(4, 60, 2)), ShippedData.truth(), 0.5, 25.0, 3);

    /** As soon as possible, whatever the price. */
    private static ChargeNeed need(double departureS, double targetSoc) {
        return new ChargeNeed(targetSoc, targetSoc, departureS, 5.0, 0.0);
    }

    private void startAndPlugIn(double departureS, double targetSoc) {
        bench.start(0.45, 0.1);
        bench.plugIn(STATION, 0.3, need(departureS, targetSoc));
    }

    @Test
    void chargesToTheTargetAndEndsInOrder() {
        SessionRecorder recorder = new SessionRecorder();
        bench.bus().tap(recorder);
        startAndPlugIn(1800.0, 0.6);
        assertTrue(bench.runUntil(() -> bench.state().phase == ChargePhase.CHARGING, 30.0));
        assertTrue(bench.runToEnd());
        assertEquals(StopCause.SOC_REACHED, bench.state().stop);
        assertEquals(ChargePhase.ENDED, bench.state().phase);
        assertEquals(GbtStationPhase.ENDED, bench.station().phase());
        assertEquals(0.6, bench.manager().estimate().packSoc(), 0.001);
        assertEquals(0.6, bench.pack().packSoc(), 0.02);
        assertEquals(0, recorder.unreadable());
        assertEquals(
                List.of(GbtMessage.BST, GbtMessage.CST, GbtMessage.BSD, GbtMessage.CSD),
                recorder.entries().stream()
                        .map(SessionEntry::message)
                        .filter(m -> m.compareTo(GbtMessage.BST) >= 0)
                        .distinct()
                        .toList());
        // What the station counted is what the pack took at its terminals.
        assertEquals(bench.station().deliveredWh(), 1000 * Math.rint(bench.state().deliveredWh / 100) / 10, 51.0);
    }

    @Test
    void departureEndsAChargeThatIsNotDone() {
        startAndPlugIn(300.0, 0.9);
        assertTrue(bench.runToEnd());
        assertEquals(StopCause.DEPARTURE, bench.state().stop);
        assertEquals(300.0, bench.nowS(), 30.0);
        assertTrue(bench.pack().packSoc() > 0.51 && bench.pack().packSoc() < 0.6);
    }

    @Test
    void whileUnpluggedTheLoadDrawsAndWhilePluggedInTheStationDrives() {
        List<String> spans = new ArrayList<>();
        bench.drive((fromS, toS) -> {
            spans.add(String.format(Locale.ROOT, "%.1f-%.1f", fromS, toS));
            return 30.0;
        });
        bench.start(0.5, 0.1);
        bench.runFor(0.35);
        assertEquals(List.of("0.0-0.1", "0.1-0.2", "0.2-0.3"), spans);
        assertEquals(30.0, bench.packA());
        assertEquals(30.0, bench.sample().current().value(0), 2.0);
        bench.plugIn(STATION, 0.3, need(1800.0, 0.6));
        bench.runFor(60.0);
        assertEquals(3, spans.size(), "a plugged-in vehicle does not drive");
        assertTrue(bench.packA() < -10.0, () -> bench.packA() + " A");
        bench.unplug();
        bench.runFor(0.1);
        assertEquals(30.0, bench.packA());
        bench.drive(PackLoad.NONE);
        bench.runFor(0.1);
        assertEquals(0.0, bench.packA());
    }

    @Test
    void afterUnpluggingTheBusIsSilentAndAnotherSessionStartsAfresh() {
        startAndPlugIn(1800.0, 0.7);
        bench.runFor(60.0);
        assertEquals(ChargePhase.CHARGING, bench.state().phase);
        Object link = bench.link();
        bench.unplug();
        assertEquals(0.0, bench.manager().demand().chargeA());
        assertNull(bench.manager().plan());
        long frames = bench.bus().frames();
        bench.runFor(60.0);
        assertEquals(0.0, bench.packA());
        assertEquals(frames, bench.bus().frames());
        SessionRecorder recorder = new SessionRecorder();
        bench.plugIn(STATION, 0.3, need(1800.0, 0.6));
        bench.bus().tap(recorder);
        assertNotSame(link, bench.link());
        assertEquals(ChargePhase.WAITING, bench.state().phase);
        assertTrue(bench.runToEnd());
        assertEquals(StopCause.SOC_REACHED, bench.state().stop);
        assertEquals(GbtMessage.CHM, recorder.entries().get(0).message());
        assertEquals(0, bench.state().restarts);
    }

    @Test
    void theSlowLanePlansAnewWhenTheStationGivesLess() {
        StationOffer offer =
                new StationOffer("list", 30.0, 250.0, 1800.0, List.of(new OfferStep(0.0, 3000.0, 0.3, Double.NaN)));
        bench.start(0.55, 0.1);
        StationPower power = new StationPower(List.of(new PowerStep(100.0, 400.0)));
        ChargePlan first = bench.plugIn(STATION, power, offer, need(1800.0, 0.7));
        bench.runFor(90.0);
        assertEquals(0, bench.replans());
        assertTrue(bench.packA() * bench.pack().packV() < -500.0);
        bench.runFor(90.0);
        assertTrue(bench.replans() > 0);
        assertNotSame(first, bench.manager().plan());
        assertNotNull(bench.manager().plan());
        assertEquals(-400.0, bench.packA() * bench.pack().packV(), 20.0);
        assertEquals(LimitRule.STATION_DELIVERY, bench.manager().cause());
    }

    @Test
    void aPausedStationIsAPauseAndNotAStop() {
        startAndPlugIn(1800.0, 0.7);
        bench.runFor(60.0);
        bench.station().pause(true);
        bench.runFor(30.0);
        assertEquals(0.0, bench.packA());
        assertEquals(LimitRule.STATION_PAUSE, bench.manager().cause());
        assertEquals(ChargePhase.CHARGING, bench.state().phase);
        bench.station().pause(false);
        bench.runFor(30.0);
        assertTrue(bench.packA() < -10.0);
    }

    @Test
    void waitingForWhatDoesNotComeEnds() {
        startAndPlugIn(1800.0, 0.7);
        assertFalse(bench.runUntil(() -> false, 12.0));
        assertEquals(12.0, bench.nowS(), 1e-9);
        assertTrue(bench.runUntil(() -> true, 12.0));
        assertEquals(12.0, bench.nowS(), 1e-9, "no time passes when it holds already");
    }

    @Test
    void aSessionThatDoesNotEndIsToldSoAMinuteAfterDeparture() {
        startAndPlugIn(2.0, 0.7);
        // A vehicle that starts again and again, after the messages of each second.
        bench.clock()
                .every(1_000_000_000L, 1_000_000_000L, 2, now -> bench.link().reset());
        assertFalse(bench.runToEnd());
        assertEquals(62.0, bench.nowS(), 1e-9);
    }

    @Test
    void misuseIsToldAtOnce() {
        assertThrows(IllegalStateException.class, bench::station);
        assertThrows(IllegalStateException.class, bench::link);
        assertThrows(IllegalStateException.class, bench::state);
        assertThrows(IllegalStateException.class, bench::unplug);
        assertThrows(IllegalStateException.class, bench::runToEnd);
        ChargeNeed need = need(1800.0, 0.7);
        assertThrows(IllegalStateException.class, () -> bench.plugIn(STATION, 0.3, need), "not started");
        startAndPlugIn(1800.0, 0.7);
        assertThrows(IllegalStateException.class, () -> bench.plugIn(STATION, 0.3, need), "plugged in already");
    }

    @Test
    void theSameSeedGivesTheSameFrames() {
        assertEquals(digest(3), digest(3));
        assertFalse(digest(3).equals(digest(4)));
    }

    private static List<String> digest(long seed) {
        List<String> frames = new ArrayList<>();
        ChargeBench bench = ChargeBench.of(
                BatterySettings.standard(ShippedData.cell(), new PackLayout(4, 60, 2)),
                ShippedData.truth(),
                0.5,
                25.0,
                seed);
        bench.bus().tap(frame -> frames.add(frame.timestampNanos() + " " + frame));
        bench.start(0.55, 0.1);
        bench.plugIn(STATION, 0.3, need(1800.0, 0.7));
        bench.runFor(30.0);
        assertTrue(frames.size() > 1000, () -> frames.size() + " frames");
        return frames;
    }
}
