package io.github.bms4j.contactor;

/**
 * What is known of one of several strings in parallel, kept up to date by its own battery manager.
 *
 * <p>Plain values. Units: V, Ohm, A; limits are magnitudes; NaN while unknown. Thread: one. Allocation: none after
 * construction.
 */
public final class StringState {
    /** Open-circuit voltage of the string, V: its terminal voltage at rest, or its estimate under load. */
    public double ocvV = Double.NaN;
    /** The same once its polarisation has gone, V; NaN takes {@link #ocvV} for it. */
    public double restV = Double.NaN;
    /** Resistance of the string with its cable up to the common point, Ohm. */
    public double ohm = Double.NaN;
    /** Highest charge current that the string allows, A. */
    public double maxChargeA = Double.NaN;
    /** Highest discharge current that the string allows, A. */
    public double maxDischargeA = Double.NaN;
    /**
     * Current of the string as measured, A, positive discharging. While all connected strings have one, limits start from how the
     * current is shared now; NaN leaves them to the prediction alone.
     */
    public double currentA = Double.NaN;
    /** Whether the string's contactors are closed. */
    public boolean connected;
    /** Whether it is connected but not to be counted on: closing just now, or about to open. The others must do without it. */
    public boolean leaving;
    /** Whether it wants to be connected and nothing of its own forbids it. */
    public boolean willing;

    /** Nothing known, not connected. */
    public StringState() {}

    /** Its voltage at rest, V. */
    double restedV() {
        return Double.isNaN(restV) ? ocvV : restV;
    }

    /** Whether the others may count on its share of the current. */
    boolean carries() {
        return connected && !leaving;
    }

    /** Whether everything that a prediction needs is known. */
    boolean known() {
        return Double.isFinite(ocvV)
                && ohm > 0.0
                && ohm < Double.POSITIVE_INFINITY
                && maxChargeA >= 0.0
                && maxDischargeA >= 0.0;
    }
}
