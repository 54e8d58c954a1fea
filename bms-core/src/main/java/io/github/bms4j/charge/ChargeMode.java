package io.github.bms4j.charge;

/** What the station is asked to regulate. */
public enum ChargeMode {
    /** The current; the voltage is a ceiling. */
    CONSTANT_CURRENT,
    /** The voltage; the current is a ceiling. */
    CONSTANT_VOLTAGE
}
