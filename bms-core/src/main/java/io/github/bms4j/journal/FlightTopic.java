package io.github.bms4j.journal;

/** What a note in a flight record is about: a few numbers that are told when they change. */
public enum FlightTopic {
    /** What the vehicle wants and may spend. */
    VEHICLE,
    /** What the contactors' faster beat left for the cycle. */
    CONTACTORS,
    /** What somebody asks of the limits from afar. */
    REMOTE,
    /** A fault that somebody else judges. */
    REPORT,
    /** A latched fault was given up. */
    ACKNOWLEDGE,
    /** Some of the work of a new plan was done. */
    REPLAN,
    /** A charge is expected, or none any more. */
    EXPECT,
    /** It was decided whether to heat for it. */
    PREHEAT
}
