package io.github.bms4j.control;

/** Why all strings of a parallel pack open together. */
public enum PackOpening {
    /** They do not. */
    NONE("none"),
    /** The vehicle demands it: {@link VehicleState#openNow}. */
    VEHICLE("demanded by the vehicle"),
    /** A string demands opening for what it does not have alone: insulation, interlock, a peer that is silent. */
    SHARED_FAULT("fault of what all strings share"),
    /** A string that must be open still carries a current: only the others and the load can end it. */
    NOT_SEPARATED("a string does not separate");

    private final String text;

    PackOpening(String text) {
        this.text = text;
    }

    /** A few words for a person. */
    public String text() {
        return text;
    }
}
