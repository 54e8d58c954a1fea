package io.github.bms4j.protect;

/** What a standing fault makes the pack do. */
public enum Reaction {
    /** Written down, nothing else. */
    NOTE(false, false, false, false),
    /** Less charge current, by the share that the fault's judge gives. */
    DERATE_CHARGE(true, false, false, false),
    /** Less discharge current. */
    DERATE_DISCHARGE(false, true, false, false),
    /** Less current in both directions. */
    DERATE(true, true, false, false),
    /** No charge current; discharging goes on. */
    NO_CHARGE(true, false, true, false),
    /** No discharge current; charging goes on. */
    NO_DISCHARGE(false, true, true, false),
    /** Closed contactors stay closed; open ones stay open. */
    INHIBIT_CLOSING(false, false, false, true),
    /** No current is asked for or allowed; contactors stay as they are, open ones stay open. */
    ZERO(true, true, true, true),
    /** No current at once; contactors open as soon as the machine stands. */
    OPEN_AT_STANDSTILL(true, true, true, true),
    /** No current and contactors open. */
    OPEN(true, true, true, true);

    private final boolean charge;
    private final boolean discharge;
    private final boolean stops;
    private final boolean inhibitsClosing;

    Reaction(boolean charge, boolean discharge, boolean stops, boolean inhibitsClosing) {
        this.charge = charge;
        this.discharge = discharge;
        this.stops = stops;
        this.inhibitsClosing = inhibitsClosing;
    }

    /** Whether charging is reduced or stopped. */
    public boolean charge() {
        return charge;
    }

    /** Whether discharging is reduced or stopped. */
    public boolean discharge() {
        return discharge;
    }

    /** Whether the directions concerned are stopped, not only reduced. */
    public boolean stops() {
        return stops;
    }

    /** Whether open contactors must stay open. */
    public boolean inhibitsClosing() {
        return inhibitsClosing;
    }
}
