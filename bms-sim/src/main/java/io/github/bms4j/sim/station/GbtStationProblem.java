package io.github.bms4j.sim.station;

import io.github.bms4j.can.gbt27930.GbtField;
import org.jspecify.annotations.Nullable;

/** What went wrong last in a session, seen from the station. */
public enum GbtStationProblem {
    /** Nothing. */
    NONE(null, "none"),
    /** The vehicle did not say who it is. */
    NO_IDENTIFICATION(GbtField.CEM_BRM, "no BRM"),
    /** The vehicle did not say what it bears. */
    NO_PARAMETERS(GbtField.CEM_BCP, "no BCP"),
    /** The vehicle did not become ready. */
    VEHICLE_NOT_READY(GbtField.CEM_BRO, "no BRO with AA"),
    /** The vehicle's state did not come while charging. */
    NO_BATTERY_STATE(GbtField.CEM_BCS, "no BCS"),
    /** The vehicle's demand did not come while charging. */
    NO_DEMAND(GbtField.CEM_BCL, "no BCL"),
    /** The vehicle did not answer the stop. */
    NO_STOP_ANSWER(GbtField.CEM_BST, "no BST"),
    /** The vehicle did not send its figures at the end. */
    NO_STATISTICS(GbtField.CEM_BSD, "no BSD"),
    /** The output cannot follow the vehicle's voltage; it never becomes ready. */
    VOLTAGE_MISMATCH(null, "pack voltage outside the output's range"),
    /** The vehicle reports an insulation or connector fault while charging. */
    VEHICLE_ALARM(null, "vehicle reports insulation or connector fault"),
    /** The vehicle says that it waited for the station in vain. */
    VEHICLE_TIMED_OUT(null, "vehicle reports a timeout (BEM)");

    private final @Nullable GbtField report;
    private final String text;

    GbtStationProblem(@Nullable GbtField report, String text) {
        this.report = report;
        this.text = text;
    }

    /** A few words for a person. */
    public String text() {
        return text;
    }

    /** The flag in CEM that tells the vehicle, or null when there is none. */
    @Nullable
    GbtField report() {
        return report;
    }
}
