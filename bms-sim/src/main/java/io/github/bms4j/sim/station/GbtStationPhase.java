package io.github.bms4j.sim.station;

import static io.github.bms4j.can.gbt27930.GbtMessage.BCL;
import static io.github.bms4j.can.gbt27930.GbtMessage.BCP;
import static io.github.bms4j.can.gbt27930.GbtMessage.BCS;
import static io.github.bms4j.can.gbt27930.GbtMessage.BRM;
import static io.github.bms4j.can.gbt27930.GbtMessage.BRO;
import static io.github.bms4j.can.gbt27930.GbtMessage.BSD;
import static io.github.bms4j.can.gbt27930.GbtMessage.BST;
import static io.github.bms4j.can.gbt27930.GbtMessage.CCS;
import static io.github.bms4j.can.gbt27930.GbtMessage.CEM;
import static io.github.bms4j.can.gbt27930.GbtMessage.CHM;
import static io.github.bms4j.can.gbt27930.GbtMessage.CML;
import static io.github.bms4j.can.gbt27930.GbtMessage.CRM;
import static io.github.bms4j.can.gbt27930.GbtMessage.CRO;
import static io.github.bms4j.can.gbt27930.GbtMessage.CSD;
import static io.github.bms4j.can.gbt27930.GbtMessage.CST;
import static io.github.bms4j.can.gbt27930.GbtMessage.CTS;

import io.github.bms4j.can.gbt27930.GbtMessage;
import java.util.List;
import java.util.Set;

/** The station's phases: what each sends, and for which message of the vehicle it waits how long. */
public enum GbtStationPhase {
    /** Greets with CHM and tests the insulation; the vehicle may take its time. */
    HANDSHAKE(Set.of(CHM)),
    /** CRM with 00: who is there? */
    IDENTIFICATION(Set.of(CRM), new Wait(BRM, 5, GbtStationProblem.NO_IDENTIFICATION)),
    /** CRM with AA: what does the pack bear? */
    RECOGNISED(Set.of(CRM), new Wait(BCP, 5, GbtStationProblem.NO_PARAMETERS)),
    /** Says its limits until the vehicle is ready, {@link #VEHICLE_READY_S} at most. */
    LIMITS(Set.of(CTS, CML), new Wait(BRO, 5, GbtStationProblem.VEHICLE_NOT_READY)),
    /** CRO with 00: the output starts. */
    STARTING(Set.of(CRO), new Wait(BRO, 5, GbtStationProblem.VEHICLE_NOT_READY)),
    /** CRO with AA: waits for the first demand. */
    READY(
            Set.of(CRO),
            new Wait(BCL, 1, GbtStationProblem.NO_DEMAND),
            new Wait(BCS, 5, GbtStationProblem.NO_BATTERY_STATE)),
    /** Energy flows. */
    CHARGING(
            Set.of(CCS),
            new Wait(BCL, 1, GbtStationProblem.NO_DEMAND),
            new Wait(BCS, 5, GbtStationProblem.NO_BATTERY_STATE)),
    /** The station stopped; the vehicle shall answer. */
    STOPPING(Set.of(CST), new Wait(BST, 5, GbtStationProblem.NO_STOP_ANSWER)),
    /** Both sides stopped; the vehicle shall send its figures. */
    STATISTICS(Set.of(CST), new Wait(BSD, 10, GbtStationProblem.NO_STATISTICS)),
    /** The output is off and the station sends its figures until the vehicle has them. */
    CLOSING(Set.of(CSD)),
    /** The vehicle was silent for too long: tells it so, then starts again or gives up. */
    REPORTING(Set.of(CEM)),
    /** The vehicle reports a timeout: lets it speak, then starts again or gives up. */
    YIELDING(Set.of()),
    /** Ended in order. */
    ENDED(Set.of()),
    /** Broke down. */
    FAILED(Set.of());

    /** How long the vehicle may take to become ready, s. */
    static final int VEHICLE_READY_S = 60;

    @SuppressWarnings("ImmutableEnumChecker") // Set.of cannot be changed
    private final Set<GbtMessage> sends;

    @SuppressWarnings("ImmutableEnumChecker") // List.of cannot be changed
    private final List<Wait> waits;

    GbtStationPhase(Set<GbtMessage> sends, Wait... waits) {
        this.sends = sends;
        this.waits = List.of(waits);
    }

    /** A message of the vehicle, how long it may stay away, and what is wrong when it does. */
    record Wait(GbtMessage message, int limitS, GbtStationProblem problem) {}

    /** The messages that go out periodically. */
    Set<GbtMessage> sends() {
        return sends;
    }

    /** The messages that must come. */
    List<Wait> waits() {
        return waits;
    }

    /** Whether the vehicle is known and the session has not come to its end. */
    boolean underWay() {
        return compareTo(RECOGNISED) >= 0 && compareTo(CHARGING) <= 0;
    }

    /** Whether a silent vehicle ends the session for good. */
    boolean ending() {
        return compareTo(STOPPING) >= 0 && compareTo(CLOSING) <= 0;
    }

    /** Whether nothing more will happen. */
    public boolean over() {
        return this == ENDED || this == FAILED;
    }
}
