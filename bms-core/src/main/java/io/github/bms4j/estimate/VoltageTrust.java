package io.github.bms4j.estimate;

/** What an estimator makes of the voltage reading of a cell. */
public enum VoltageTrust {
    /** Nothing speaks against it. */
    SOUND,
    /** It leapt without a current and has not come back: its changes are believed, its height is not. */
    JUMPED,
    /** It stands still while the current goes to and fro: taken as missing. */
    STUCK
}
