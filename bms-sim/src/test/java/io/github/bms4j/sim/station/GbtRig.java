package io.github.bms4j.sim.station;

import io.github.bms4j.can.bus.MemoryBus;
import io.github.bms4j.can.frame.CanFrame;
import io.github.bms4j.can.gbt27930.GbtBody;
import io.github.bms4j.can.gbt27930.GbtChemistry;
import io.github.bms4j.can.gbt27930.GbtField;
import io.github.bms4j.can.gbt27930.GbtIdentity;
import io.github.bms4j.can.gbt27930.GbtLink;
import io.github.bms4j.can.gbt27930.GbtMessage;
import io.github.bms4j.can.gbt27930.GbtRatings;
import io.github.bms4j.can.gbt27930.GbtVehicle;
import io.github.bms4j.can.gbt27930.VehiclePhase;
import io.github.bms4j.charge.ChargeDemand;
import io.github.bms4j.charge.ChargeMode;
import io.github.bms4j.charge.ChargePhase;
import io.github.bms4j.sim.time.VirtualClock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BooleanSupplier;

/** A station, the real vehicle link and a pack of one voltage source and one resistor on a bus in memory. */
final class GbtRig {
    static final long TICK_NANOS = 10_000_000L;
    static final double PACK_OHM = 0.05;

    final VirtualClock clock = new VirtualClock();
    final MemoryBus bus = new MemoryBus(250_000);
    final SessionRecorder recorder = new SessionRecorder();
    final FaultyBus stationCable = new FaultyBus(bus.node("station"), clock::nowNanos);
    final FaultyBus vehicleCable = new FaultyBus(bus.node("vehicle"), clock::nowNanos);
    final ChargeDemand demand = new ChargeDemand(96, 8);
    final GbtStation station;
    final GbtLink link;
    final List<String> log = new ArrayList<>();
    /** Highest current on the wire in BCL, BCS and CCS: positive would be a discharge. */
    double highestWireA = Double.NEGATIVE_INFINITY;

    double ocvV = 380.0;
    double packV = ocvV;
    double packA;
    double deliveredJ;
    double targetV = 420.0;
    double askA = 100.0;
    ChargeMode mode = ChargeMode.CONSTANT_CURRENT;
    boolean ready = true;
    /** Keeps the inlet live whatever the vehicle says, so that only the station can end the current. */
    boolean weldedContactors;
    /** Writes every frame into {@link #log}. */
    boolean keepsLog;

    GbtRig(GbtStationRating rating, StationPower power) {
        station = new GbtStation(stationCable, rating, power);
        GbtRatings ratings = new GbtRatings(GbtChemistry.NMC, 150.0, 350.0, 52.5, 4.25, 420.0, 250.0, 55.0);
        link = new GbtLink(
                vehicleCable, new GbtVehicle(ratings, new GbtIdentity("TEST", 7, null, 3, "LTEST000000000001")));
        bus.tap(recorder);
        bus.tap(this::keep);
        bus.tap(new GbtTap((body, nanos) -> wireCurrent(body)));
        clock.every(TICK_NANOS, 0, this::tick);
    }

    static StationOutput output() {
        return StationOutput.of(200.0, 500.0, 250.0);
    }

    static GbtRig standard() {
        return new GbtRig(GbtStationRating.of(output()), StationPower.UNLIMITED);
    }

    double nowS() {
        return clock.nowNanos() / 1e9;
    }

    void runFor(double seconds) {
        clock.runUntil(clock.nowNanos() + Math.round(seconds * 1e9));
    }

    /** Runs tick by tick until the condition holds; false when it does not within {@code atMostS}. */
    boolean runUntil(BooleanSupplier condition, double atMostS) {
        long endNanos = clock.nowNanos() + Math.round(atMostS * 1e9);
        while (!condition.getAsBoolean()) {
            if (clock.nowNanos() >= endNanos) {
                return false;
            }
            clock.runUntil(clock.nowNanos() + TICK_NANOS);
        }
        return true;
    }

    boolean runTo(GbtStationPhase phase) {
        return runUntil(() -> station.phase() == phase, 90.0);
    }

    boolean runTo(VehiclePhase phase) {
        return runUntil(() -> link.phase() == phase, 90.0);
    }

    /** What the recorder heard of one message, or one with count 0. */
    MessageFigures figures(GbtMessage message) {
        return recorder.figures().stream()
                .filter(row -> row.message() == message)
                .findFirst()
                .orElse(new MessageFigures(message, 0, 0, 0, 0, 0, 0));
    }

    List<SessionEntry> entries(GbtMessage message) {
        return recorder.entries().stream()
                .filter(entry -> entry.message() == message)
                .toList();
    }

    /** Only frames of this message. */
    static boolean is(CanFrame frame, GbtMessage message) {
        return GbtMessage.in(frame, message.sender()) == message;
    }

    private void tick(long nowNanos) {
        bus.advance(nowNanos);
        ChargePhase phase = link.state().phase;
        demand.pack().packV = packV;
        demand.pack().packA = packA;
        demand.pack().soc = 0.5;
        demand.pack().highestCellV = packV / 96;
        demand.pack().highestCell = 11;
        demand.pack().lowestCellV = packV / 96 - 0.01;
        demand.pack().lowestCell = 3;
        demand.pack().highestDegC = 31.0;
        demand.pack().highestSensor = 0;
        demand.pack().lowestDegC = 25.0;
        demand.pack().lowestSensor = 5;
        demand.pack().remainingMin = 42.0;
        Arrays.fill(demand.pack().cellV, packV / 96);
        Arrays.fill(demand.pack().temperatureDegC, 28.0);
        demand.ready(ready && phase.compareTo(ChargePhase.PARAMETERS) >= 0);
        demand.ask(targetV, phase.energyMayFlow() ? askA : 0.0, mode);
        link.step(nowNanos, demand);
        station.step(nowNanos);
        boolean closed =
                weldedContactors || phase == ChargePhase.CHARGING || (phase == ChargePhase.STOPPING && packA < -5.0);
        deliveredJ -= packV * packA * (TICK_NANOS / 1e9);
        packA = station.currentInto(closed ? packV : Double.NaN, nowNanos);
        packV = ocvV - packA * PACK_OHM;
    }

    private void keep(CanFrame frame) {
        if (keepsLog) {
            log.add(frame.timestampNanos() + " " + frame);
        }
    }

    private void wireCurrent(GbtBody body) {
        double amperes = switch (body.message()) {
            case BCL -> body.get(GbtField.BCL_DEMAND_A);
            case BCS -> body.get(GbtField.BCS_PACK_A);
            case CCS -> body.get(GbtField.CCS_OUTPUT_A);
            default -> Double.NEGATIVE_INFINITY;
        };
        highestWireA = Math.max(highestWireA, amperes);
    }
}
