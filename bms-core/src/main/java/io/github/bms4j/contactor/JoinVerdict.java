package io.github.bms4j.contactor;

/** Whether a string may be connected to the others now, and if not, why. */
public enum JoinVerdict {
    /** Connected already. */
    CONNECTED("connected"),
    /** May close now. */
    JOIN("may join"),
    /** Fits, but another one joins first. */
    WAIT_TURN("waits for its turn"),
    /** Does not want to, or something of its own forbids it. */
    NOT_WILLING("does not want to join"),
    /** Its voltage, resistance or limits, or those of a connected string, are not known. */
    UNKNOWN("not enough is known"),
    /** Would fit to the bus at rest, but not under the load of the moment. */
    LOAD_TOO_HIGH("fits once the load has fallen"),
    /** Its voltage is too far from the bus, above or below. */
    VOLTAGE_APART("voltage too far from the bus"),
    /** The predicted equalisation current is too high for a contactor, for it, or for a connected string. */
    CURRENT_TOO_HIGH("equalisation current too high");

    private final String text;

    JoinVerdict(String text) {
        this.text = text;
    }

    /** A few words for a person. */
    public String text() {
        return text;
    }
}
