package io.github.bms4j.num;

/** What a loop object did with the readings of one step. */
public enum StepResult {
    /** The readings entered the state. */
    USED,
    /** A reading was missing or not usable: the state was kept, nothing entered it. */
    HELD
}
