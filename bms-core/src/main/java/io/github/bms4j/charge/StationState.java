package io.github.bms4j.charge;

/**
 * What is known of the station, as a link keeps it up to date.
 *
 * <p>Plain values written by the link alone. Units and sign: V, A; limits are magnitudes, the present current is
 * positive discharging (negative while charging); NaN while unknown. Thread: one. Allocation: none after construction.
 */
public final class StationState {
    /** Where the session stands. */
    public ChargePhase phase = ChargePhase.WAITING;
    /** Whether the station lets current flow now; false is a pause, not a stop. */
    public boolean permitted;
    /** Highest voltage the station gives, V. */
    public double maxV = Double.NaN;
    /** Lowest voltage the station gives, V. */
    public double minV = Double.NaN;
    /** Highest current the station gives, A. */
    public double maxA = Double.NaN;
    /** Lowest current the station gives, A. */
    public double minA = Double.NaN;
    /** Present output voltage, V. */
    public double presentV = Double.NaN;
    /** Present output current, A, negative while charging. */
    public double presentA = Double.NaN;
    /** Minutes of charging as the station counts them. */
    public double elapsedMin = Double.NaN;
    /** Energy as the station counted it, Wh; known at the end. */
    public double deliveredWh = Double.NaN;
    /** Why the session stops or stopped. */
    public StopCause stop = StopCause.NONE;
    /** How often the session started again after a timeout. */
    public int restarts;

    /** Nothing known. */
    public StationState() {}
}
