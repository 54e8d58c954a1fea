package io.github.bms4j.sim.station;

import io.github.bms4j.can.gbt27930.GbtAnswer;
import io.github.bms4j.can.gbt27930.GbtBody;
import io.github.bms4j.can.gbt27930.GbtField;
import io.github.bms4j.can.gbt27930.GbtFlag;
import io.github.bms4j.can.gbt27930.GbtMessage;
import java.util.EnumMap;
import java.util.Map;

/**
 * What the vehicle has said in this session, and when it said each message last.
 *
 * <p>Units: V, A as magnitudes of charging; NaN while unknown. Thread: one. Allocation: once per
 * message, the first time it is heard or missed.
 */
final class VehicleWord {
    private static final long NEVER = Long.MIN_VALUE;

    /** Highest pack voltage, V. */
    double maxV;
    /** Highest charging current, A. */
    double maxA;
    /** Pack voltage at the start, V. */
    double packV;
    /** Voltage asked for, V. */
    double demandV;
    /** Charging current asked for, A; a demand to discharge is below zero. */
    double demandA;
    /** Whether the vehicle is ready to charge. */
    boolean ready;
    /** Whether the battery permits charging. */
    boolean permits;
    /** Whether the battery reports a fault that no current may flow with. */
    boolean alarm;

    private final Map<GbtMessage, Moment> heard = new EnumMap<>(GbtMessage.class);

    VehicleWord() {
        forget();
    }

    /** Knows nothing, as before the first message. */
    void forget() {
        heard.values().forEach(moment -> moment.nanos = NEVER);
        maxV = Double.NaN;
        maxA = Double.NaN;
        packV = Double.NaN;
        demandV = Double.NaN;
        demandA = Double.NaN;
        ready = false;
        permits = false;
        alarm = false;
    }

    void take(GbtBody body, long nowNanos) {
        moment(body.message()).nanos = nowNanos;
        switch (body.message()) {
            case BCP -> {
                maxV = body.get(GbtField.BCP_MAX_TOTAL_V);
                maxA = body.get(GbtField.BCP_MAX_A);
                packV = body.get(GbtField.BCP_PACK_V);
            }
            case BRO -> ready = body.answer(GbtField.BRO_READY) == GbtAnswer.YES;
            case BCL -> {
                demandV = body.get(GbtField.BCL_DEMAND_V);
                demandA = -body.get(GbtField.BCL_DEMAND_A);
            }
            case BSM -> {
                permits = body.flag(GbtField.BSM_PERMITS_CHARGE) == GbtFlag.YES;
                alarm = body.flag(GbtField.BSM_INSULATION) == GbtFlag.YES
                        || body.flag(GbtField.BSM_CONNECTOR) == GbtFlag.YES;
            }
            default -> {
                // only the time counts
            }
        }
    }

    boolean heard(GbtMessage message) {
        return moment(message).nanos != NEVER;
    }

    /** How long the message has been away, counted from {@code sinceNanos} at the earliest. */
    long awayNanos(GbtMessage message, long sinceNanos, long nowNanos) {
        return nowNanos - Math.max(sinceNanos, moment(message).nanos);
    }

    private Moment moment(GbtMessage message) {
        return heard.computeIfAbsent(message, any -> new Moment());
    }

    /** When a message was heard last. */
    private static final class Moment {
        long nanos = NEVER;
    }
}
