package io.github.bms4j.measure;

/** How far a reading can be trusted. */
public enum Quality {
    /** Never read since the start: there is no value, not even an old one. */
    UNKNOWN,
    /** Read in this cycle and plausible. */
    VALID,
    /** No reading in this cycle; the value is the last valid one and ages. */
    MISSING,
    /** A reading came but contradicts physics (range, jump); the value is the last valid one and ages. */
    SUSPECT;

    /** Whether the value was read in this cycle and may enter a state. */
    public boolean usable() {
        return this == VALID;
    }
}
