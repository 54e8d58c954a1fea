package io.github.bms4j.measure;

/** Whether what the pack drives stands still; opening contactors takes the drive away. */
public enum Motion {
    /** Never told. A machine that nobody asks about is to be taken for a moving one. */
    UNKNOWN,
    /** Stands still: power may be taken away. */
    STANDSTILL,
    /** Moves: power is taken away only for what is worse than losing the drive. */
    MOVING
}
