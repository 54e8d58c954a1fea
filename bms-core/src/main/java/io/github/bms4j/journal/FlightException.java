package io.github.bms4j.journal;

import java.io.IOException;

/** A flight record that cannot be read at all; the message is one line: what, where, what was expected. */
public final class FlightException extends IOException {
    private static final long serialVersionUID = 1L;

    /** With where it was found, what was, and what was expected. */
    FlightException(String where, String found, String expected) {
        super(where + ": found " + found + ", expected " + expected);
    }

    /** The same with its cause. */
    public FlightException(String where, String found, String expected, Throwable cause) {
        super(where + ": found " + found + ", expected " + expected, cause);
    }
}
