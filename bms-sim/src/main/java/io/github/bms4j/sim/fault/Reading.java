package io.github.bms4j.sim.fault;

/** A quantity of a pack sample that can be tampered with. */
public enum Reading {
    /** Pack current, A. */
    CURRENT,
    /** Pack voltage, V. */
    PACK_VOLTAGE,
    /** Cell voltages, V. */
    CELL_VOLTAGE,
    /** Temperatures, °C. */
    TEMPERATURE
}
