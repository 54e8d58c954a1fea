package io.github.bms4j.can.gbt27930;

import org.jspecify.annotations.Nullable;

/** What went wrong last in a session, seen from the vehicle. */
public enum GbtProblem {
    /** Nothing. */
    NONE(null, "none"),
    /** The charger greeted and then did not begin to identify the vehicle. */
    NO_IDENTIFICATION(GbtField.BEM_CRM_NO, "no CRM with 00"),
    /** The charger did not recognise the vehicle. */
    NOT_RECOGNISED(GbtField.BEM_CRM_YES, "no CRM with AA"),
    /** The charger did not send its limits. */
    NO_LIMITS(GbtField.BEM_CML, "no CML"),
    /** The charger did not become ready. */
    CHARGER_NOT_READY(GbtField.BEM_CRO, "no CRO with AA"),
    /** The charger's state did not come while charging. */
    NO_CHARGER_STATE(GbtField.BEM_CCS, "no CCS"),
    /** The charger did not answer the stop. */
    NO_STOP_ANSWER(GbtField.BEM_CST, "no CST"),
    /** The charger did not send its figures at the end. */
    NO_STATISTICS(GbtField.BEM_CSD, "no CSD"),
    /** The vehicle did not become ready in the time chargers wait. */
    VEHICLE_NOT_READY(null, "vehicle not ready"),
    /** The charger says that it waited for the vehicle in vain. */
    CHARGER_TIMED_OUT(null, "charger reports a timeout (CEM)"),
    /** The charger began again without a word. */
    CHARGER_RESTARTED(null, "charger began again");

    private final @Nullable GbtField report;
    private final String text;

    GbtProblem(@Nullable GbtField report, String text) {
        this.report = report;
        this.text = text;
    }

    /** A few words for a person. */
    public String text() {
        return text;
    }

    /** The flag in BEM that tells the charger, or null when there is none. */
    @Nullable
    GbtField report() {
        return report;
    }
}
