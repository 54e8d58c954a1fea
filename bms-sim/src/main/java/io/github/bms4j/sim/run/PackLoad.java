package io.github.bms4j.sim.run;

/** The current a vehicle draws from its pack while it is not plugged in. */
@FunctionalInterface
public interface PackLoad {
    /** A parked vehicle. */
    PackLoad NONE = (fromS, toS) -> 0.0;

    /** Mean pack current from one moment to the next, s on the bench's clock; A, positive discharging. */
    double currentA(double fromS, double toS);
}
