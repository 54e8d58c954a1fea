package io.github.bms4j.sim.contactor;

/** What is wrong with a true contactor. */
public enum ContactorFlaw {
    /** Nothing. */
    NONE,
    /** Its contacts stick together as they are; feedback tells the truth. */
    WELDED,
    /** Its coil is dead: it stays open; feedback tells the truth. */
    DEAD,
    /** Feedback says open whatever the contacts do. */
    SAYS_OPEN,
    /** Feedback says closed whatever the contacts do. */
    SAYS_CLOSED,
    /** Feedback is not connected. */
    SAYS_NOTHING,
    /** Welded, and feedback says open: only the voltage can tell. */
    WELDED_SAYS_OPEN
}
