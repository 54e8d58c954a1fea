package io.github.bms4j.measure;

/** A contact that is read back: the interlock loop, or a contactor's own auxiliary contact. */
public enum Contact {
    /** High-voltage interlock: the loop through plugs and covers; closed is the sound state. */
    INTERLOCK,
    /** Contactor in the positive line. */
    POSITIVE,
    /** Contactor in the negative line. */
    NEGATIVE,
    /** Contactor or relay in series with the precharge resistor. */
    PRECHARGE
}
