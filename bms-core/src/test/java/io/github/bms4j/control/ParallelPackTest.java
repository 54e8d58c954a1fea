package io.github.bms4j.control;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.bms4j.Allocation;
import io.github.bms4j.cell.PackLayout;
import io.github.bms4j.cell.SampleCells;
import io.github.bms4j.charge.ChargeNeed;
import io.github.bms4j.charge.ChargePhase;
import io.github.bms4j.charge.ChargePlan;
import io.github.bms4j.charge.OfferStep;
import io.github.bms4j.charge.StationOffer;
import io.github.bms4j.charge.StationState;
import io.github.bms4j.contactor.ContactorControl;
import io.github.bms4j.contactor.ContactorState;
import io.github.bms4j.contactor.JoinVerdict;
import io.github.bms4j.contactor.StringJoin;
import io.github.bms4j.limit.Direction;
import io.github.bms4j.limit.Horizon;
import io.github.bms4j.measure.Contact;
import io.github.bms4j.measure.ContactState;
import io.github.bms4j.measure.Motion;
import io.github.bms4j.measure.PackSample;
import io.github.bms4j.measure.PackSignals;
import io.github.bms4j.measure.Peer;
import io.github.bms4j.num.StepResult;
import io.github.bms4j.thermal.ThermalNeed;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Two strings of twelve cells whose contactors and link follow their commands at once, and currents that the test chooses. */
class ParallelPackTest {
    private static final long BEAT = 10_000_000L;
    private static final int BEATS = 10;

    private final PackLayout layout = new PackLayout(12, 20, 3);
    private final BatterySettings settings = BatterySettings.vehicle(SampleCells.rich(), layout);
    private final double highestV = 12 * settings.cell().rating().maxV();
    private final BatteryManager[] managers = {new BatteryManager(settings), new BatteryManager(settings)};
    private final ParallelPack pack = new ParallelPack(ParallelSettings.standard(highestV), List.of(managers));
    private final PackSample[] samples = {new PackSample(layout), new PackSample(layout)};
    private final PackSignals[] signals = {new PackSignals(layout), new PackSignals(layout)};
    private final PackSample[] fast = {new PackSample(layout), new PackSample(layout)};
    private final PackSignals[] fastSignals = {new PackSignals(layout), new PackSignals(layout)};
    private final double[] stringA = {0.0, 0.0};
    private final StationState station = new StationState();
    private double linkV;
    private double cellV = 3.7;
    private boolean blind;
    private long nanos = 5_000_000_000L;

    private ContactorState state(int string) {
        ContactorControl control = managers[string].contactors();
        assertNotNull(control);
        return control.state();
    }

    private void start() {
        pack.start(0.55, 0.05);
        readAll();
        pack.step(samples, signals);
    }

    private void readAll() {
        for (int k = 0; k < 2; k++) {
            samples[k].begin(nanos);
            samples[k].readCurrent(stringA[k]);
            samples[k].readPackVoltage(12 * cellV);
            for (int c = 0; c < 12; c++) {
                samples[k].readCellVoltage(c, cellV);
            }
            for (int s = 0; s < 3; s++) {
                samples[k].readTemperature(s, 25.0);
            }
            signals[k].begin(nanos);
            readContactors(k, signals[k]);
            signals[k].readInsulation(2e6);
            signals[k].readContact(Contact.INTERLOCK, ContactState.CLOSED);
            signals[k].readMotion(Motion.STANDSTILL);
            signals[k].expect(Peer.CHARGER, false);
        }
    }

    private void readContactors(int k, PackSignals into) {
        ContactorState now = state(k);
        into.readLinkVoltage(linkV);
        into.readContact(Contact.POSITIVE, now.positive() ? ContactState.CLOSED : ContactState.OPEN);
        into.readContact(Contact.NEGATIVE, now.negative() ? ContactState.CLOSED : ContactState.OPEN);
        into.readContact(Contact.PRECHARGE, now.precharge() ? ContactState.CLOSED : ContactState.OPEN);
    }

    /** One cycle with its beats; the link follows the contactors by the rating's own R and C. */
    private void cycle() {
        for (int b = 0; b < BEATS; b++) {
            nanos += BEAT;
            beat();
        }
        readAll();
        pack.step(samples, signals, station);
    }

    private void beat() {
        double packV = 12 * cellV;
        double a = 0.0;
        boolean held = state(0).connected() || state(1).connected();
        if (held) {
            linkV = packV;
        }
        for (int k = 0; k < 2; k++) {
            boolean charges = state(k) == ContactorState.PRECHARGE && !held;
            double ohm = highestV / 8.0;
            a = charges ? (packV - linkV) / ohm : 0.0;
            linkV += charges ? (packV - linkV) * -Math.expm1(-0.01 / (ohm * 1e-3)) : 0.0;
            fast[k].begin(nanos);
            fastSignals[k].begin(nanos);
            if (!blind) {
                fast[k].readPackVoltage(packV);
                fast[k].readCurrent(charges ? a : stringA[k]);
                readContactors(k, fastSignals[k]);
            }
        }
        pack.stepContactors(nanos, fast, fastSignals);
    }

    private void connect() {
        pack.vehicle().connect = true;
        for (int i = 0; i < 40 && pack.carrying() < 2; i++) {
            cycle();
        }
        assertEquals(2, pack.carrying(), () -> pack.explain(0) + " | " + pack.explain(1));
        cycle();
    }

    private double limitA(Direction direction) {
        return pack.limits().limitA(direction, Horizon.S10);
    }

    @Test
    void allowsNothingBeforeAnythingIsKnown() {
        assertEquals(2, pack.size());
        assertEquals(0.0, limitA(Direction.DISCHARGE));
        assertEquals(0.0, pack.limits().powerW(Direction.CHARGE, Horizon.S1));
        assertEquals(StringJoin.NONE, pack.limits().string(Direction.CHARGE, Horizon.S1));
        assertTrue(Double.isNaN(pack.soc()));
        assertEquals(PackOpening.NONE, pack.opening());
        assertNull(pack.plan());
        assertEquals(StringJoin.NONE, pack.negotiator());
        assertFalse(pack.replanDue());
    }

    @Test
    void joinsOneAfterTheOtherOntoALinkThatTheFirstHasCharged() {
        start();
        assertEquals(ContactorState.INSPECT, state(0));
        pack.vehicle().connect = true;
        boolean alone = false;
        for (int i = 0; i < 300 && pack.carrying() < 2; i++) {
            nanos += BEAT;
            beat();
            if (i % BEATS == 0) {
                readAll();
                pack.step(samples, signals);
            }
            alone |= state(0) == ContactorState.CLOSED && !state(1).connected();
            assertTrue(state(0).allOpen() || state(0).connected() || state(1).allOpen(), "one at a time");
        }
        assertTrue(alone);
        assertEquals(2, pack.carrying());
        assertEquals("string 1: connected; CLOSED; faults: none", pack.explain(1));
        assertEquals(JoinVerdict.CONNECTED, pack.join().verdict(1));
        assertTrue(managers[0].vehicle().busHeld && managers[1].vehicle().busHeld);
    }

    @Test
    void theLimitIsThatOfTheStringThatComesToItsOwnFirst() {
        start();
        connect();
        double ownA = managers[0].limits().discharge(Horizon.S10).limitA();
        assertTrue(ownA > 10.0);
        double atRestA = limitA(Direction.DISCHARGE);
        assertTrue(
                atRestA > ownA && atRestA < 2.0 * ownA, "the split is known to 30 %: " + atRestA + " of 2 x " + ownA);
        stringA[0] = 0.6 * ownA;
        stringA[1] = 0.3 * ownA;
        cycle();
        assertEquals(0, pack.limits().string(Direction.DISCHARGE, Horizon.S10));
        ownA = managers[0].limits().discharge(Horizon.S10).limitA();
        double share = (1.0 / 0.7) / (1.0 / 0.7 + 1.0 / 1.3);
        assertEquals(stringA[0] + stringA[1] + (ownA - stringA[0]) / share, limitA(Direction.DISCHARGE), 1.0);
        double v = managers[0].limits().dischargeW(Horizon.S10) / ownA;
        assertEquals(v * limitA(Direction.DISCHARGE), pack.limits().powerW(Direction.DISCHARGE, Horizon.S10), 60.0);
        assertTrue(pack.limits().explain(Direction.DISCHARGE, Horizon.S10, 0L).contains(" A by string 0, for itself "));
        assertEquals(stringA[0] + stringA[1], pack.packA(), 0.011);
    }

    @ParameterizedTest
    @CsvSource({"CURRENT", "VOLTAGE"})
    void aConnectedStringWithoutReadingsAllowsNothing(String what) {
        start();
        connect();
        assertTrue(limitA(Direction.DISCHARGE) > 0.0);
        for (int i = 0; i < 3; i++) {
            nanos += BEAT * BEATS;
            readAll();
            samples[1].begin(nanos);
            samples[1].readTemperature(0, 25.0);
            if ("VOLTAGE".equals(what)) {
                samples[1].readCurrent(0.0);
            } else {
                samples[1].readPackVoltage(12 * cellV);
            }
            StepResult result = pack.step(samples, signals);
            assertEquals("CURRENT".equals(what) ? StepResult.HELD : StepResult.USED, result);
            assertEquals(0.0, limitA(Direction.DISCHARGE));
            assertEquals(0.0, limitA(Direction.CHARGE));
            assertEquals(1, pack.limits().string(Direction.DISCHARGE, Horizon.S1));
        }
    }

    @Test
    void beatsWithoutReadingsOpenAll() {
        start();
        connect();
        blind = true;
        for (int i = 0; i < 400 && pack.carrying() > 0; i++) {
            nanos += BEAT;
            beat();
        }
        assertEquals(0, pack.carrying());
    }

    @Test
    void theVehicleOpensAllWithinABeat() {
        start();
        connect();
        pack.vehicle().openNow = true;
        nanos += BEAT;
        beat();
        assertEquals(PackOpening.VEHICLE, pack.opening());
        assertFalse(state(0).connected() || state(1).connected());
        readAll();
        pack.step(samples, signals);
        assertEquals(0.0, limitA(Direction.DISCHARGE));
    }

    @Test
    void tellsEveryStringWhatTheVehicleWants() {
        start();
        pack.vehicle().need = ThermalNeed.DRIVING;
        pack.vehicle().balance = true;
        pack.vehicle().heaterW = 3000.0;
        pack.vehicle().ambientDegC = 12.0;
        managers[1].vehicle().bleedBoardDegC = 44.0;
        cycle();
        for (BatteryManager manager : managers) {
            assertEquals(ThermalNeed.DRIVING, manager.vehicle().need);
            assertTrue(manager.vehicle().balance);
            assertEquals(1500.0, manager.vehicle().heaterW);
            assertEquals(12.0, manager.vehicle().ambientDegC);
        }
        assertEquals(44.0, managers[1].vehicle().bleedBoardDegC);
    }

    private ChargePlan plugIn() {
        station.phase = ChargePhase.CHARGING;
        station.permitted = true;
        station.maxV = 60.0;
        station.minV = 0.0;
        station.maxA = 30.0;
        station.minA = 0.0;
        double nowS = nanos * 1e-9;
        StationOffer offer =
                new StationOffer("s", 60.0, 30.0, nowS + 9e3, List.of(new OfferStep(nowS, 1e4, 0.3, Double.NaN)));
        return pack.plugIn(ChargeNeed.by(nowS + 600.0, 0.9), offer, 25.0, samples);
    }

    @Test
    void chargesWithWhatTheStationGivesAndNoMore() {
        start();
        assertThrows(IllegalStateException.class, this::plugIn, "nobody is connected");
        connect();
        plugIn();
        pack.vehicle().need = ThermalNeed.CHARGING;
        assertEquals(0, pack.negotiator());
        for (int i = 0; i < 200; i++) {
            stringA[0] = -0.4 * pack.demand().chargeA();
            stringA[1] = -0.6 * pack.demand().chargeA();
            cycle();
        }
        assertEquals(30.0, pack.demand().chargeA(), 0.6, "whatever the negotiator's part of it");
        assertTrue(pack.demand().ready());
        assertEquals(-30.0, pack.demand().pack().packA, 0.6);
        assertEquals(24, pack.demand().pack().cellV.length);
        assertEquals(6, pack.demand().pack().temperatureDegC.length);
        assertEquals(12 * cellV, pack.demand().pack().packV, 0.1);
        assertEquals(cellV, pack.demand().pack().highestCellV, 0.01);
        assertNotNull(pack.plan());
        pack.unplug();
        assertEquals(0.0, pack.demand().chargeA());
        assertNull(pack.plan());
        assertThrows(IllegalStateException.class, () -> pack.replan(samples));
    }

    @Test
    void leavesNothingOnTheHeap() {
        start();
        connect();
        plugIn();
        cycle();
        assertEquals(0.0, Allocation.bytesPerCall(200, this::cycle), 1.0);
    }

    @Test
    void everyStringNeedsContactorsOfItsOwn() {
        BatteryManager bare = new BatteryManager(BatterySettings.standard(SampleCells.rich(), layout));
        ParallelSettings shared = ParallelSettings.standard(50.0);
        assertThrows(IllegalArgumentException.class, () -> new ParallelPack(shared, List.of(managers[0], bare)));
        assertThrows(IllegalArgumentException.class, () -> new ParallelPack(shared, List.of()));
    }

    @ParameterizedTest
    @CsvSource({"-1, 2, 0, 1", "0, 0, 0, 1", "0, 2, -1, 1", "0, 2, 0, 0", "NaN, 2, 0, 1"})
    void refusesSettingsWithoutSense(double cableOhm, double quietA, double pauseS, double separateS) {
        assertThrows(
                IllegalArgumentException.class,
                () -> new ParallelSettings(
                        ParallelSettings.standard(50.0).join(), cableOhm, quietA, pauseS, separateS));
    }
}
