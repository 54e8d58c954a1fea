package io.github.bms4j.thermal;

/** What the pack is wanted for now; each has its own temperatures. */
public enum ThermalNeed {
    /** Nothing: only what would harm the cells is kept away. */
    STANDBY,
    /** To drive. */
    DRIVING,
    /** To be charged, now or soon. */
    CHARGING
}
