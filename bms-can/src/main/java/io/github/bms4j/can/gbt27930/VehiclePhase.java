package io.github.bms4j.can.gbt27930;

import static io.github.bms4j.can.gbt27930.GbtMessage.BCL;
import static io.github.bms4j.can.gbt27930.GbtMessage.BCP;
import static io.github.bms4j.can.gbt27930.GbtMessage.BCS;
import static io.github.bms4j.can.gbt27930.GbtMessage.BEM;
import static io.github.bms4j.can.gbt27930.GbtMessage.BHM;
import static io.github.bms4j.can.gbt27930.GbtMessage.BMT;
import static io.github.bms4j.can.gbt27930.GbtMessage.BMV;
import static io.github.bms4j.can.gbt27930.GbtMessage.BRM;
import static io.github.bms4j.can.gbt27930.GbtMessage.BRO;
import static io.github.bms4j.can.gbt27930.GbtMessage.BSD;
import static io.github.bms4j.can.gbt27930.GbtMessage.BSM;
import static io.github.bms4j.can.gbt27930.GbtMessage.BST;

import io.github.bms4j.charge.ChargePhase;
import java.util.Set;

/** The vehicle's phases: what each sends, how long it may last, and what is wrong when it lasts longer. */
public enum VehiclePhase {
    /** Nothing heard yet; no limit. */
    WAITING(ChargePhase.WAITING, 0, GbtProblem.NONE),
    /**
     * The charger greets with CHM and tests the insulation. One recorded charger took 16 s for that, so the limit counts
     * from the last CHM.
     */
    HANDSHAKE(ChargePhase.HANDSHAKE, 5, GbtProblem.NO_IDENTIFICATION, BHM),
    /** After a timeout: waits for CRM again. */
    RESTARTING(ChargePhase.HANDSHAKE, 5, GbtProblem.NO_IDENTIFICATION),
    /** CRM with 00 came: the vehicle says who it is. */
    IDENTIFICATION(ChargePhase.HANDSHAKE, 5, GbtProblem.NOT_RECOGNISED, BRM),
    /** CRM with AA came: the vehicle says what it bears. */
    PARAMETERS(ChargePhase.PARAMETERS, 5, GbtProblem.NO_LIMITS, BCP),
    /** CML came: the vehicle closes its contactors. */
    READYING(ChargePhase.PARAMETERS, 60, GbtProblem.VEHICLE_NOT_READY, BRO),
    /** The vehicle is ready: the charger answers CRO within 5 s and is ready within {@link #CHARGER_READY_S}. */
    AWAITING_CHARGER(ChargePhase.PARAMETERS, 5, GbtProblem.CHARGER_NOT_READY, BRO),
    /** CRO with AA came: energy flows; the limit counts from the last CCS. */
    CHARGING(ChargePhase.CHARGING, 1, GbtProblem.NO_CHARGER_STATE, BCL, BCS, BSM, BMV, BMT),
    /** One side stopped. */
    STOPPING(ChargePhase.STOPPING, 5, GbtProblem.NO_STOP_ANSWER, BST),
    /** Both sides stopped: figures are exchanged. */
    STATISTICS(ChargePhase.STOPPING, 10, GbtProblem.NO_STATISTICS, BSD),
    /** The charger was silent for too long: tells it so, then starts again or gives up. */
    REPORTING(ChargePhase.STOPPING, 5, GbtProblem.NONE, BEM),
    /** Ended in order. */
    ENDED(ChargePhase.ENDED, 0, GbtProblem.NONE),
    /** Broke down. */
    FAILED(ChargePhase.FAILED, 0, GbtProblem.NONE);

    /** How long a charger that has answered may take to become ready, s. */
    static final int CHARGER_READY_S = 60;

    private final ChargePhase phase;
    private final int limitS;
    private final GbtProblem problem;

    @SuppressWarnings("ImmutableEnumChecker") // Set.of cannot be changed
    private final Set<GbtMessage> sends;

    VehiclePhase(ChargePhase phase, int limitS, GbtProblem problem, GbtMessage... sends) {
        this.phase = phase;
        this.limitS = limitS;
        this.problem = problem;
        this.sends = Set.of(sends);
    }

    /** The same phase in words that every protocol shares. */
    public ChargePhase phase() {
        return phase;
    }

    /** How long it may last, s; 0 without limit. */
    int limitS() {
        return limitS;
    }

    /** What is wrong when it lasts longer. */
    GbtProblem problem() {
        return problem;
    }

    /** The messages that go out periodically. */
    Set<GbtMessage> sends() {
        return sends;
    }

    /** Whether the charger knows us and the session has not come to its end. */
    boolean underWay() {
        return compareTo(IDENTIFICATION) >= 0 && compareTo(CHARGING) <= 0;
    }

    /** Whether a silent charger ends the session for good. */
    boolean ending() {
        return this == STOPPING || this == STATISTICS;
    }
}
