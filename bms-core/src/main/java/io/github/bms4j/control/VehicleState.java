package io.github.bms4j.control;

import io.github.bms4j.thermal.ThermalNeed;

/**
 * What the vehicle tells the control cycle besides readings: what the pack is wanted for, and what it may spend.
 *
 * <p>Plain values, written by the caller before a step; they hold until they are changed. As built it stands by, closes nothing and
 * spends nothing. Thread: one. Allocation: none after construction.
 */
public final class VehicleState {
    /** What the pack is wanted for. */
    public ThermalNeed need = ThermalNeed.STANDBY;
    /** Whether the pack shall be connected; only with contactors of its own. */
    public boolean connect;
    /** Whether another source holds the link, such as a charger on the load side; see {@code ContactorRequest.busHeld}. */
    public boolean busHeld;
    /** Whether somebody beside the pack demands opening now, such as a crash sensor; looked at by the beat of the contactors. */
    public boolean openNow;
    /** Whether cells may be bled now. */
    public boolean balance;
    /** Power the heater may take now to keep the pack at its need, W; not above 0 for none. Heat for a charge has its own. */
    public double heaterW;
    /** Temperature of the bleed board, °C; NaN if not read. */
    public double bleedBoardDegC = Double.NaN;
    /** Air around the pack, °C; NaN if not known. */
    public double ambientDegC = Double.NaN;

    /** Standing by. */
    public VehicleState() {}
}
