package io.github.bms4j.can.gbt27930;

import io.github.bms4j.charge.ChargeDemand;
import io.github.bms4j.charge.StationState;
import io.github.bms4j.charge.StopCause;

/**
 * The vehicle's states: which phase follows on what the charger says, on what the vehicle wants, and on time.
 *
 * <p>What is not expected in a phase is passed over, and the phase's limit ends the wait. Every way out of {@link
 * VehiclePhase#CHARGING} takes the permission back first.
 *
 * <p>Thread: one. Allocation: none after construction.
 */
final class VehicleSession {
    /** Restarts after a timeout before giving up. */
    static final int MAX_RESTARTS = 3;

    /** BSTs that answer a CST at least, so that a few may get lost: 0.1 s. */
    static final int STOP_ANSWERS = 10;

    private static final long NANOS_PER_S = 1_000_000_000L;

    private final StationState state = new StationState();
    private VehiclePhase phase = VehiclePhase.WAITING;
    private GbtProblem problem = GbtProblem.NONE;
    private long deadlineNanos;
    private int sentInPhase;
    private boolean edition2011;
    private boolean chargerAnswers;
    private boolean chargerStops;
    private boolean chargerEnded;
    private boolean mayRestart;

    StationState state() {
        return state;
    }

    VehiclePhase phase() {
        return phase;
    }

    GbtProblem problem() {
        return problem;
    }

    boolean edition2011() {
        return edition2011;
    }

    /** Begins anew, as after plugging in. */
    void reset() {
        problem = GbtProblem.NONE;
        edition2011 = false;
        chargerStops = false;
        chargerEnded = false;
        state.restarts = 0;
        state.stop = StopCause.NONE;
        state.elapsedMin = Double.NaN;
        state.deliveredWh = Double.NaN;
        forgetCharger();
        enter(VehiclePhase.WAITING, 0);
    }

    /** A message of the phase has left. */
    void sent() {
        sentInPhase++;
    }

    /** Takes a message of the charger. */
    void received(GbtBody body, long now) {
        switch (body.message()) {
            case CHM -> greeted(now);
            case CRM -> identified(body.answer(GbtField.CRM_RECOGNISED), now);
            case CML -> limited(body, now);
            case CRO -> answered(body.answer(GbtField.CRO_READY), now);
            case CCS -> informed(body, now);
            case CST -> stopped(now);
            case CSD -> accounted(body);
            case CEM -> reported(body, now);
            default -> {
                // CTS: nothing depends on the charger's clock
            }
        }
    }

    /** Follows the vehicle's wishes and keeps the limits. */
    void check(long now, ChargeDemand demand) {
        if (demand.stop() != StopCause.NONE && state.stop == StopCause.NONE) {
            vehicleStops(demand.stop(), now);
        }
        switch (phase) {
            case READYING -> {
                if (demand.ready() && sentInPhase > 0) {
                    chargerAnswers = false;
                    enter(VehiclePhase.AWAITING_CHARGER, now);
                }
            }
            case AWAITING_CHARGER -> {
                if (!demand.ready()) {
                    enter(VehiclePhase.READYING, now);
                }
            }
            case STOPPING -> {
                if (chargerStops && (state.stop != StopCause.STATION || sentInPhase >= STOP_ANSWERS)) {
                    enter(VehiclePhase.STATISTICS, now);
                }
            }
            case STATISTICS -> {
                if (chargerEnded && sentInPhase > 0) {
                    enter(VehiclePhase.ENDED, now);
                }
            }
            default -> {
                // nothing to wait for but the charger
            }
        }
        if (phase.limitS() > 0 && now - deadlineNanos >= 0) {
            expired(now);
        }
    }

    private void greeted(long now) {
        switch (phase) {
            case WAITING, RESTARTING -> {
                edition2011 = false;
                enter(VehiclePhase.HANDSHAKE, now);
            }
            case HANDSHAKE -> limit(phase.limitS(), now);
            default -> {
                // late repetitions
            }
        }
    }

    private void identified(GbtAnswer recognised, long now) {
        switch (phase) {
            case WAITING -> {
                if (recognised == GbtAnswer.NO) {
                    edition2011 = true;
                    enter(VehiclePhase.IDENTIFICATION, now);
                }
            }
            case HANDSHAKE, RESTARTING -> {
                if (recognised == GbtAnswer.NO) {
                    enter(VehiclePhase.IDENTIFICATION, now);
                }
            }
            case IDENTIFICATION -> {
                if (recognised == GbtAnswer.YES) {
                    enter(VehiclePhase.PARAMETERS, now);
                }
            }
            case READYING, AWAITING_CHARGER, CHARGING -> {
                if (recognised == GbtAnswer.NO) {
                    restart(GbtProblem.CHARGER_RESTARTED, VehiclePhase.IDENTIFICATION, now);
                }
            }
            default -> {
                // late repetitions
            }
        }
    }

    private void limited(GbtBody cml, long now) {
        double maxV = cml.get(GbtField.CML_MAX_V);
        double maxA = cml.get(GbtField.CML_MAX_A);
        if (phase.compareTo(VehiclePhase.PARAMETERS) < 0
                || phase.compareTo(VehiclePhase.CHARGING) > 0
                || !(maxV > 0.0 && maxA >= 0.0)) {
            return;
        }
        state.maxV = maxV;
        state.maxA = maxA;
        state.minV = cml.get(GbtField.CML_MIN_V);
        state.minA = cml.get(GbtField.CML_MIN_A);
        if (phase == VehiclePhase.PARAMETERS) {
            enter(VehiclePhase.READYING, now);
        }
    }

    private void answered(GbtAnswer ready, long now) {
        if (phase != VehiclePhase.AWAITING_CHARGER || sentInPhase == 0) {
            return;
        }
        if (ready == GbtAnswer.YES) {
            enter(VehiclePhase.CHARGING, now);
        } else if (ready == GbtAnswer.NO && !chargerAnswers) {
            chargerAnswers = true;
            limit(VehiclePhase.CHARGER_READY_S, now);
        }
    }

    private void informed(GbtBody ccs, long now) {
        if (phase != VehiclePhase.CHARGING && phase != VehiclePhase.STOPPING) {
            return;
        }
        state.presentV = ccs.get(GbtField.CCS_OUTPUT_V);
        state.presentA = ccs.get(GbtField.CCS_OUTPUT_A);
        state.elapsedMin = ccs.get(GbtField.CCS_ELAPSED_MIN);
        if (phase == VehiclePhase.CHARGING) {
            boolean noSuchField = ccs.length() < GbtMessage.CCS.length() - 1;
            state.permitted = noSuchField || ccs.flag(GbtField.CCS_PERMITTED) == GbtFlag.YES;
            limit(phase.limitS(), now);
        }
    }

    private void stopped(long now) {
        if (phase.underWay()) {
            state.stop = StopCause.STATION;
            enter(VehiclePhase.STOPPING, now);
        }
        chargerStops |= phase == VehiclePhase.STOPPING;
    }

    private void accounted(GbtBody csd) {
        if (phase.ending()) {
            chargerEnded = true;
            state.elapsedMin = csd.get(GbtField.CSD_ELAPSED_MIN);
            state.deliveredWh = 1000.0 * csd.get(GbtField.CSD_ENERGY_KWH);
        }
    }

    private void reported(GbtBody cem, long now) {
        if (!cem.anyFlag()) {
            return;
        }
        if (phase == VehiclePhase.RESTARTING) {
            limit(phase.limitS(), now);
        } else if (phase.underWay() || phase == VehiclePhase.HANDSHAKE) {
            restart(GbtProblem.CHARGER_TIMED_OUT, VehiclePhase.RESTARTING, now);
        } else if (phase.ending()) {
            problem = GbtProblem.CHARGER_TIMED_OUT;
            enter(VehiclePhase.FAILED, now);
        }
    }

    private void vehicleStops(StopCause cause, long now) {
        switch (phase) {
            case AWAITING_CHARGER, CHARGING -> {
                state.stop = cause;
                enter(VehiclePhase.STOPPING, now);
            }
            case WAITING, HANDSHAKE, RESTARTING, IDENTIFICATION, PARAMETERS, READYING -> {
                state.stop = cause;
                enter(VehiclePhase.ENDED, now);
            }
            case REPORTING -> {
                state.stop = cause;
                mayRestart = false;
            }
            default -> {
                // already ending
            }
        }
    }

    private void expired(long now) {
        if (phase == VehiclePhase.REPORTING) {
            if (mayRestart) {
                restart(problem, VehiclePhase.RESTARTING, now);
            } else {
                enter(VehiclePhase.FAILED, now);
            }
            return;
        }
        mayRestart = !phase.ending() && state.restarts < MAX_RESTARTS;
        problem = phase.problem();
        if (problem.report() == null) {
            stopFor(StopCause.PACK_FAULT);
            enter(VehiclePhase.FAILED, now);
            return;
        }
        if (!mayRestart) {
            stopFor(StopCause.COMMUNICATION);
        }
        enter(VehiclePhase.REPORTING, now);
    }

    private void restart(GbtProblem why, VehiclePhase from, long now) {
        problem = why;
        if (state.restarts == MAX_RESTARTS) {
            stopFor(StopCause.COMMUNICATION);
            enter(VehiclePhase.FAILED, now);
        } else {
            state.restarts++;
            enter(from, now);
            forgetCharger();
        }
    }

    /** The first cause stays. */
    private void stopFor(StopCause cause) {
        if (state.stop == StopCause.NONE) {
            state.stop = cause;
        }
    }

    private void enter(VehiclePhase next, long now) {
        phase = next;
        state.phase = next.phase();
        state.permitted = false;
        state.presentV = Double.NaN;
        state.presentA = Double.NaN;
        sentInPhase = 0;
        limit(next.limitS(), now);
    }

    private void limit(int seconds, long now) {
        deadlineNanos = now + seconds * NANOS_PER_S;
    }

    private void forgetCharger() {
        state.maxV = Double.NaN;
        state.minV = Double.NaN;
        state.maxA = Double.NaN;
        state.minA = Double.NaN;
    }
}
