package io.github.bms4j.estimate;

/** Where the trial of a candidate stands. */
public enum ShadowPhase {
    /** One estimator is in charge, none beside it. */
    ALONE,
    /** A candidate runs beside the active estimator and is scored. */
    TRIAL,
    /** The candidate has won and takes over at the next rest, unless it fails before. */
    APPROVED,
    /** The candidate is in charge; the former one runs beside it, ready to be put back. */
    PROBATION
}
