package io.github.bms4j.measure;

/** Who talks with the pack over a bus and may fall silent. */
public enum Peer {
    /** The load: inverter, drive, or whatever takes and gives back current. */
    INVERTER,
    /** The charger or charging station. */
    CHARGER
}
