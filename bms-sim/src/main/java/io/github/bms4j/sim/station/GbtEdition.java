package io.github.bms4j.sim.station;

/** Which edition of GB/T 27930 a station speaks. */
public enum GbtEdition {
    /** No handshake (CHM), CML and CCS of 6 bytes, CSD of 5: no lowest current, no pause, no charger number. */
    V2011,
    /** The edition in the field. */
    V2015
}
