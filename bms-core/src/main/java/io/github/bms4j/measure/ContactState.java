package io.github.bms4j.measure;

/** What a contact was last read to be. */
public enum ContactState {
    /** Never read, or read but not telling: neither open nor closed may be assumed. */
    UNKNOWN,
    /** No conduction. */
    OPEN,
    /** Conduction. */
    CLOSED
}
