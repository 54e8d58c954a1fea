package io.github.bms4j.sim.run;

/** What goes on in a run. */
public enum RunPhase {
    /** The recording drives the pack down. */
    DRIVE("driving"),
    /** The pack rests. */
    REST("resting"),
    /** The vehicle is plugged in. */
    CHARGE("charging");

    private final String text;

    RunPhase(String text) {
        this.text = text;
    }

    /** A word for a person. */
    public String text() {
        return text;
    }
}
