package io.github.bms4j.can.gbt27930;

import io.github.bms4j.can.bus.CanBus;
import io.github.bms4j.charge.ChargeDemand;
import io.github.bms4j.charge.ChargeLink;
import io.github.bms4j.charge.StationState;
import java.time.LocalDateTime;
import java.util.Optional;

/**
 * The vehicle's side of a GB/T 27930-2015 charge; falls back to the 2011 edition when the charger starts with CRM.
 *
 * <pre>
 * GbtLink link = new GbtLink(bus, vehicle);
 * every 10 ms: StationState station = link.step(now, demand);
 * </pre>
 *
 * <p>Each step takes in what arrived, moves through {@link VehiclePhase}, and sends what is due. A charger that falls
 * silent is told so for 5 s and awaited again at CRM, three times at most; not while stopping. A charger that pauses
 * (CCS without permission) is not one that stops: the phase stays and {@code permitted} is false. A stop asked for before
 * energy could flow ends the session without a word.
 *
 * <p>Call it every 10 ms: BST has that period. Units and sign: V, A positive discharging. Bad input: frames never throw
 * and a bus that fails is a silent charger. Thread: one. Allocation: none per step but for {@link #chargerClock}.
 *
 * <p>Source: public charger and vehicle drivers and a recorded session; the standard itself is a paid text that was not
 * available. What the vehicle waits for while the charger tests the insulation could not be verified.
 */
public final class GbtLink implements ChargeLink {
    private final VehicleSession session = new VehicleSession();
    private final GbtPort port;
    private final VehicleMessages messages;
    private final Traffic traffic = new Traffic();
    private final GbtBody chargerStop = new GbtBody(GbtMessage.CST);
    private final GbtBody chargerTime = new GbtBody(GbtMessage.CTS);
    private ChargeDemand demand = new ChargeDemand(0, 0);

    /** A link that waits for a charger. */
    public GbtLink(CanBus bus, GbtVehicle vehicle) {
        port = new GbtPort(bus, GbtNode.VEHICLE);
        messages = new VehicleMessages(vehicle, session);
    }

    @Override
    public StationState step(long nowNanos, ChargeDemand newDemand) {
        demand = newDemand;
        port.receive(nowNanos, traffic);
        session.check(nowNanos, demand);
        port.run(session.phase().sends(), nowNanos);
        port.send(nowNanos, traffic);
        return session.state();
    }

    @Override
    public StationState state() {
        return session.state();
    }

    /** Begins a new session, as after plugging in anew. */
    public void reset() {
        session.reset();
        port.reset();
        chargerStop.clear();
        chargerTime.clear();
    }

    /** The phase in the protocol's own words. */
    public VehiclePhase phase() {
        return session.phase();
    }

    /** What went wrong last. */
    public GbtProblem problem() {
        return session.problem();
    }

    /** Whether the charger speaks the 2011 edition. */
    public boolean edition2011() {
        return session.edition2011();
    }

    /** The charger's last CST with its reasons; every flag is not available while none came. */
    public GbtBody chargerStop() {
        return chargerStop;
    }

    /** The charger's wall clock if it sent a valid one; for a display only. Allocates. */
    public Optional<LocalDateTime> chargerClock() {
        return GbtClock.read(chargerTime);
    }

    /** Messages of the charger that were malformed. */
    public long rejected() {
        return port.rejected();
    }

    /** How often the bus refused to send or to receive. */
    public long busFailures() {
        return port.busFailures();
    }

    /** What the port asks us; kept apart so that users of the link do not see it. */
    private final class Traffic implements GbtPort.Owner {
        @Override
        public void received(GbtBody body, long nowNanos) {
            if (body.message() == GbtMessage.CST) {
                chargerStop.load(body.bytes(), body.length());
            } else if (body.message() == GbtMessage.CTS) {
                chargerTime.load(body.bytes(), body.length());
            }
            session.received(body, nowNanos);
        }

        @Override
        public boolean fill(GbtBody body) {
            return messages.fill(body, demand);
        }

        @Override
        public void sent(GbtMessage message) {
            session.sent();
        }
    }
}
