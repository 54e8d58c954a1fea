package io.github.bms4j.contactor;

/** What happens when a current above the break current outlasts the deadline for fuse and hardware. */
public enum FuseRule {
    /** The contactors open all the same: the arc is taken for the lesser evil. */
    OPEN_ANYWAY,
    /** They stay closed while the current is known to be above the break current, and open as soon as it is not. */
    STAY_CLOSED
}
