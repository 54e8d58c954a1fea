package io.github.bms4j.sim.station;

import io.github.bms4j.can.bus.MemoryBus;
import io.github.bms4j.can.gbt27930.GbtAnswer;
import io.github.bms4j.can.gbt27930.GbtBody;
import io.github.bms4j.can.gbt27930.GbtField;
import io.github.bms4j.can.gbt27930.GbtFlag;
import io.github.bms4j.can.gbt27930.GbtMessage;
import io.github.bms4j.can.gbt27930.GbtNode;
import io.github.bms4j.can.gbt27930.GbtPort;
import io.github.bms4j.sim.time.VirtualClock;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/** A vehicle that says what it is told to, whatever the station does, and a pack of fixed voltage. */
final class ScriptedVehicle implements GbtPort.Owner {
    final VirtualClock clock = new VirtualClock();
    final MemoryBus bus = new MemoryBus(250_000);
    final SessionRecorder recorder = new SessionRecorder();
    final GbtStation station;
    final Set<GbtMessage> says = EnumSet.noneOf(GbtMessage.class);
    final Map<GbtMessage, GbtBody> heard = new EnumMap<>(GbtMessage.class);
    GbtAnswer ready = GbtAnswer.YES;
    double maxTotalV = 420.0;
    double maxA = 250.0;
    double bcpPackV = 380.0;
    double demandV = 420.0;
    double demandA = -100.0;
    GbtFlag permits = GbtFlag.YES;
    GbtFlag insulation = GbtFlag.NO;
    GbtFlag connector = GbtFlag.NO;
    double inletV = 380.0;
    double currentA;
    private final GbtPort port = new GbtPort(bus.node("vehicle"), GbtNode.VEHICLE);

    ScriptedVehicle(StationOutput output) {
        this(GbtStationRating.of(output));
    }

    ScriptedVehicle(GbtStationRating rating) {
        station = new GbtStation(bus.node("station"), rating, StationPower.UNLIMITED);
        bus.tap(recorder);
        clock.every(GbtRig.TICK_NANOS, 0, now -> {
            bus.advance(now);
            port.receive(now, this);
            port.run(says, now);
            port.send(now, this);
            station.step(now);
            currentA = station.currentInto(inletV, now);
        });
    }

    void runFor(double seconds) {
        clock.runUntil(clock.nowNanos() + Math.round(seconds * 1e9));
    }

    double nowS() {
        return clock.nowNanos() / 1e9;
    }

    boolean runTo(GbtStationPhase phase, double atMostS) {
        long endNanos = clock.nowNanos() + Math.round(atMostS * 1e9);
        while (station.phase() != phase && clock.nowNanos() < endNanos) {
            clock.runUntil(clock.nowNanos() + GbtRig.TICK_NANOS);
        }
        return station.phase() == phase;
    }

    /** Answers everything up to the loop and goes on with the loop. */
    ScriptedVehicle charging() {
        says(GbtMessage.BHM, GbtMessage.BRM, GbtMessage.BCP, GbtMessage.BRO);
        runTo(GbtStationPhase.READY, 20.0);
        says(GbtMessage.BCL, GbtMessage.BCS, GbtMessage.BSM);
        runFor(0.1);
        return this;
    }

    void says(GbtMessage... messages) {
        says.clear();
        says.addAll(Set.of(messages));
    }

    /** The details of all entries of one message, in order. */
    String entries(GbtMessage message) {
        return recorder.entries().stream()
                .filter(entry -> entry.message() == message)
                .map(SessionEntry::detail)
                .reduce((a, b) -> a + " | " + b)
                .orElse("");
    }

    @Override
    public void received(GbtBody body, long nowNanos) {
        heard.computeIfAbsent(body.message(), GbtBody::new).load(body.bytes(), body.length());
    }

    @Override
    public boolean fill(GbtBody body) {
        switch (body.message()) {
            case BHM -> body.set(GbtField.BHM_MAX_TOTAL_V, maxTotalV);
            case BCP ->
                body.set(GbtField.BCP_MAX_TOTAL_V, maxTotalV)
                        .set(GbtField.BCP_MAX_A, maxA)
                        .set(GbtField.BCP_PACK_V, bcpPackV);
            case BRO -> body.set(GbtField.BRO_READY, ready);
            case BCL ->
                body.set(GbtField.BCL_DEMAND_V, demandV)
                        .set(GbtField.BCL_DEMAND_A, demandA)
                        .setRaw(GbtField.BCL_MODE, 2);
            case BSM ->
                body.clearFlags()
                        .set(GbtField.BSM_PERMITS_CHARGE, permits)
                        .set(GbtField.BSM_INSULATION, insulation)
                        .set(GbtField.BSM_CONNECTOR, connector);
            case BEM -> body.clearFlags().set(GbtField.BEM_CRO, GbtFlag.YES);
            case BST -> body.clearFlags().set(GbtField.BST_SOC_REACHED, GbtFlag.YES);
            default -> {
                // nothing known is a word, too
            }
        }
        return true;
    }

    @Override
    public void sent(GbtMessage message) {
        // not needed
    }
}
