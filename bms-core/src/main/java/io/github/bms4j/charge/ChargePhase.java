package io.github.bms4j.charge;

/** Where a charge session stands, seen from the vehicle. */
public enum ChargePhase {
    /** No station was heard. */
    WAITING,
    /** The peers recognise each other; insulation test. */
    HANDSHAKE,
    /** Ratings and limits are exchanged. */
    PARAMETERS,
    /** Energy may flow. */
    CHARGING,
    /** One side asked to stop; statistics are exchanged. */
    STOPPING,
    /** The session ended in order. */
    ENDED,
    /** The session broke down; energy must not flow. */
    FAILED;

    /** Whether current may be asked for. */
    public boolean energyMayFlow() {
        return this == CHARGING;
    }

    /** Whether nothing more will happen without a new session. */
    public boolean over() {
        return this == ENDED || this == FAILED;
    }
}
