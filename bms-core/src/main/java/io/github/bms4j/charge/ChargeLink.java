package io.github.bms4j.charge;

/**
 * The port that a charging protocol implements, vehicle side.
 *
 * <p>No socket, no sleep, no clock: the caller hands in the time and the demand as often as the protocol's fastest timer
 * asks (10 ms suits all), and the link does what is due: takes in what arrived, sends what is to be sent, checks its
 * deadlines. A silent or broken transport shows as a missed deadline, never as an exception.
 *
 * <p>Thread: one. Allocation: none per step in the charging phase.
 */
public interface ChargeLink {
    /**
     * Does what is due at {@code nowNanos}.
     *
     * @param nowNanos monotonic nanoseconds, never less than in the call before
     * @param demand what the vehicle asks for; read, not kept
     * @return what is known of the station; the same object in every call
     */
    StationState step(long nowNanos, ChargeDemand demand);

    /** What is known of the station; the object that {@link #step} returns. */
    StationState state();
}
