package io.github.bms4j.protect;

/** How bad it is. A quantity passes through the three on its way out, so that the first reaction is never the last one. */
public enum Tier {
    /** Beyond what is meant for use: the pack gives less. */
    OPERATING,
    /** Beyond what is recommended: the pack asks for no more current. */
    WARNING,
    /** Beyond what is safe: the pack disconnects. */
    SAFETY
}
