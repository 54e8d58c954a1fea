package io.github.bms4j.sim.station;

import io.github.bms4j.can.bus.CanBus;
import io.github.bms4j.can.gbt27930.GbtBody;
import io.github.bms4j.can.gbt27930.GbtField;
import io.github.bms4j.can.gbt27930.GbtMessage;
import io.github.bms4j.can.gbt27930.GbtNode;
import io.github.bms4j.can.gbt27930.GbtPort;

/**
 * The station's side of GB/T 27930: every message with its period, every deadline, and an output that follows the demand.
 *
 * <pre>
 * station.step(now);                                     // every 10 ms: frames in, frames out
 * packA = station.currentInto(pack.packV(), now);        // each cycle: negative while charging
 * </pre>
 *
 * <p>The output gives the lowest of the vehicle's demand, the vehicle's rating, its own rating and the power limit of the
 * moment, within the ramps of {@link StationOutput}, and holds the voltage at the lowest of demand and both ratings. The
 * power limit is read live and never told to the vehicle: the protocol has no message for it, the vehicle sees it in the
 * current that comes.
 *
 * <p>When a message stays away too long the output is cut at once, CEM goes out for 5 s, and the session starts again at
 * CRM, three times at most; after a timeout in the stop phase it does not. Bad input: what the vehicle leaves open or asks
 * beyond the ratings gives no or less current, never an exception. Thread: one. Allocation: none per step while charging.
 */
public final class GbtStation {
    /** How often a session starts again after timeouts. */
    static final int MAX_RESTARTS = 3;

    private static final long NANOS_PER_S = 1_000_000_000L;
    private static final long REPORT_NANOS = 5 * NANOS_PER_S;
    /** The vehicle's timeout message is over when two of its periods brought none. */
    private static final long QUIET_NANOS = 500_000_000L;
    /** From the vehicle's readiness to our own; our choice. */
    private static final long START_NANOS = 500_000_000L;
    /** The vehicle has our figures when four periods of its own brought none. */
    private static final long CLOSED_NANOS = NANOS_PER_S;

    private final GbtStationRating rating;
    private final StationPower power;
    private final GbtPort port;
    private final RegulatedSource source;
    private final VehicleWord vehicle = new VehicleWord();
    private final StationMessages words;
    private final GbtPort.Owner traffic = new Traffic();
    private GbtStationPhase phase = GbtStationPhase.HANDSHAKE;
    private GbtStationProblem problem = GbtStationProblem.NONE;
    private GbtField stopReason = GbtField.CST_MANUAL;
    private boolean begun;
    private boolean endsAfterReport;
    private boolean paused;
    private int restarts;
    private long nowNanos;
    private long phaseNanos;
    private long testNanos;
    private long chargingNanos;

    /** A station that has not yet greeted. */
    public GbtStation(CanBus bus, GbtStationRating rating, StationPower power) {
        this.rating = rating;
        this.power = power;
        port = new GbtPort(bus, GbtNode.CHARGER);
        source = new RegulatedSource(rating.output());
        words = new StationMessages(rating, this);
    }

    /** Takes in what arrived, keeps the deadlines, sends what is due; {@code nowNanos} never less than before. */
    public void step(long nowNanos) {
        chargingNanos += phase == GbtStationPhase.CHARGING ? nowNanos - this.nowNanos : 0;
        this.nowNanos = nowNanos;
        begin();
        port.receive(nowNanos, traffic);
        keepDeadlines();
        goOn();
        port.run(phase.sends(), nowNanos);
        port.send(nowNanos, traffic);
    }

    /**
     * The current the output drives into the vehicle.
     *
     * @param packV voltage at the inlet, V; NaN while the vehicle's contactors are open
     * @return A, negative while charging, 0 otherwise
     */
    public double currentInto(double packV, long nowNanos) {
        StationOutput output = rating.output();
        double goalA = outputOn() ? Math.min(vehicle.demandA, vehicle.maxA) : 0.0;
        double targetV = Math.min(Math.min(vehicle.demandV, vehicle.maxV), output.maxV());
        source.step(packV, goalA, targetV, power.limitW(nowNanos), nowNanos);
        return 0.0 - source.currentA();
    }

    /** Stops in order, as the button at the station does; before the vehicle is known the session just ends. */
    public void requestStop() {
        if (phase.underWay()) {
            stop(GbtField.CST_MANUAL, GbtStationPhase.STOPPING);
        } else if (!phase.ending() && !phase.over()) {
            enter(GbtStationPhase.ENDED);
        }
    }

    /** Pauses the charge or lets it go on; the vehicle is told in CCS. The 2011 edition only gives no current. */
    public void pause(boolean pause) {
        paused = pause;
    }

    /** Where the session stands. */
    public GbtStationPhase phase() {
        return phase;
    }

    /** What went wrong last. */
    public GbtStationProblem problem() {
        return problem;
    }

    /** How often the session started again after a timeout. */
    public int restarts() {
        return restarts;
    }

    /** Output current as the station's meter shows it, A, negative while charging. */
    public double outputA() {
        return 0.0 - source.currentA();
    }

    /** Voltage at the connector as the station's meter shows it, V; 0 while nothing is connected. */
    public double outputV() {
        return source.inletV();
    }

    /** Energy delivered in this session, Wh. */
    public double deliveredWh() {
        return source.energyWh();
    }

    /** Time in the charging phase, s. */
    public double chargingS() {
        return chargingNanos / (double) NANOS_PER_S;
    }

    /** The first step gives the first phase its time; a stop before it stays. */
    private void begin() {
        if (!begun && !phase.over()) {
            boolean greets = rating.edition() == GbtEdition.V2015;
            enter(greets ? GbtStationPhase.HANDSHAKE : GbtStationPhase.IDENTIFICATION);
        }
        begun = true;
    }

    /** Whether the station holds the charge. */
    boolean paused() {
        return paused;
    }

    /** The reason that CST gives. */
    GbtField stopReason() {
        return stopReason;
    }

    private boolean outputOn() {
        return phase == GbtStationPhase.CHARGING && !paused && vehicle.permits;
    }

    private void enter(GbtStationPhase next) {
        phase = next;
        phaseNanos = nowNanos;
    }

    private void stop(GbtField reason, GbtStationPhase next) {
        stopReason = reason;
        enter(next);
    }

    /** The safe side: no current from this moment, then {@code next}. */
    private void breakDown(GbtStationProblem why, GbtStationPhase next) {
        source.cut();
        problem = why;
        endsAfterReport = phase.ending();
        enter(next);
    }

    private void keepDeadlines() {
        for (int i = 0; i < phase.waits().size(); i++) {
            GbtStationPhase.Wait wait = phase.waits().get(i);
            if (vehicle.awayNanos(wait.message(), phaseNanos, nowNanos) >= wait.limitS() * NANOS_PER_S) {
                breakDown(wait.problem(), GbtStationPhase.REPORTING);
                return;
            }
        }
        if (phase == GbtStationPhase.LIMITS && inPhaseNanos() >= GbtStationPhase.VEHICLE_READY_S * NANOS_PER_S) {
            breakDown(GbtStationProblem.VEHICLE_NOT_READY, GbtStationPhase.REPORTING);
        }
    }

    /** Goes on when its time has come or the output allows it. */
    private void goOn() {
        switch (phase) {
            case HANDSHAKE -> {
                if (vehicle.heard(GbtMessage.BHM) && nowNanos - testNanos >= rating.insulationTestS() * NANOS_PER_S) {
                    enter(GbtStationPhase.IDENTIFICATION);
                }
            }
            case STARTING -> {
                if (rating.output().covers(vehicle.packV)) {
                    if (inPhaseNanos() >= START_NANOS) {
                        enter(GbtStationPhase.READY);
                    }
                } else {
                    problem = GbtStationProblem.VOLTAGE_MISMATCH;
                }
            }
            case STATISTICS -> {
                if (vehicle.heard(GbtMessage.BSD) && source.currentA() == 0.0) {
                    enter(GbtStationPhase.CLOSING);
                }
            }
            case CLOSING -> {
                if (vehicle.awayNanos(GbtMessage.BSD, phaseNanos, nowNanos) >= CLOSED_NANOS) {
                    enter(GbtStationPhase.ENDED);
                }
            }
            case REPORTING -> {
                if (inPhaseNanos() >= REPORT_NANOS) {
                    startAgain();
                }
            }
            case YIELDING -> startAgain();
            default -> {
                // waits for the vehicle
            }
        }
    }

    private void startAgain() {
        if (vehicle.awayNanos(GbtMessage.BEM, phaseNanos, nowNanos) < QUIET_NANOS) {
            return;
        }
        if (endsAfterReport || restarts == MAX_RESTARTS) {
            enter(GbtStationPhase.FAILED);
        } else {
            restarts++;
            vehicle.forget();
            enter(GbtStationPhase.IDENTIFICATION);
        }
    }

    private long inPhaseNanos() {
        return nowNanos - phaseNanos;
    }

    /** What the port asks us; kept apart so that users of the station do not see it. */
    private final class Traffic implements GbtPort.Owner {
        @Override
        public void received(GbtBody body, long atNanos) {
            boolean firstWord = !vehicle.heard(body.message());
            vehicle.take(body, atNanos);
            switch (body.message()) {
                case BHM -> testNanos = firstWord ? atNanos : testNanos;
                case BRM -> goFrom(GbtStationPhase.IDENTIFICATION, true, GbtStationPhase.RECOGNISED);
                case BCP -> goFrom(GbtStationPhase.RECOGNISED, true, GbtStationPhase.LIMITS);
                case BRO -> goFrom(GbtStationPhase.LIMITS, vehicle.ready, GbtStationPhase.STARTING);
                case BCL, BCS ->
                    goFrom(
                            GbtStationPhase.READY,
                            vehicle.heard(GbtMessage.BCL) && vehicle.heard(GbtMessage.BCS),
                            GbtStationPhase.CHARGING);
                case BSM -> {
                    if (vehicle.alarm && phase == GbtStationPhase.CHARGING) {
                        problem = GbtStationProblem.VEHICLE_ALARM;
                        stop(GbtField.CST_FAULT, GbtStationPhase.STOPPING);
                    }
                }
                case BST -> {
                    if (phase.underWay()) {
                        stop(GbtField.CST_VEHICLE_STOPPED, GbtStationPhase.STATISTICS);
                    } else {
                        goFrom(GbtStationPhase.STOPPING, true, GbtStationPhase.STATISTICS);
                    }
                }
                case BSD -> goFrom(GbtStationPhase.STOPPING, true, GbtStationPhase.STATISTICS);
                case BEM -> {
                    if (phase.underWay() || phase.ending() || phase == GbtStationPhase.IDENTIFICATION) {
                        breakDown(GbtStationProblem.VEHICLE_TIMED_OUT, GbtStationPhase.YIELDING);
                    }
                }
                default -> {
                    // its values are kept, it moves nothing
                }
            }
        }

        @Override
        public boolean fill(GbtBody body) {
            return words.fill(body, nowNanos);
        }

        @Override
        public void sent(GbtMessage message) {
            // nothing depends on it
        }

        private void goFrom(GbtStationPhase from, boolean condition, GbtStationPhase to) {
            if (phase == from && condition) {
                enter(to);
            }
        }
    }
}
