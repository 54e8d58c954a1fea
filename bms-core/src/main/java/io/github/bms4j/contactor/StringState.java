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
    /** Resistance of the string with its cable up to the common point, Ohm. */
    public double ohm = Double.NaN;
    /** Highest charge current that the string allows, A. */
    public double maxChargeA = Double.NaN;
    /** Highest discharge current that the string allows, A. */
    public double maxDischargeA = Double.NaN;
    /** Whether the string's contactors are closed. */
    public boolean connected;
    /** Whether it wants to be connected and nothing of its own forbids it. */
    public boolean willing;

    /** Nothing known, not connected. */
    public StringState() {}

    /** Whether everything that a prediction needs is known. */
    boolean known() {
        return Double.isFinite(ocvV)
                && ohm > 0.0
                && ohm < Double.POSITIVE_INFINITY
                && maxChargeA >= 0.0
                && maxDischargeA >= 0.0;
    }
}
