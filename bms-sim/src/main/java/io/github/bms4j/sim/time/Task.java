package io.github.bms4j.sim.time;

/** What happens at a moment of virtual time. */
@FunctionalInterface
public interface Task {
    /**
     * Runs at its moment; may start and cancel timers, itself included, and may stop the clock.
     *
     * @param nowNanos the moment, ns of virtual time
     */
    void run(long nowNanos);
}
