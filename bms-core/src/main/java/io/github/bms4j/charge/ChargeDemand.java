package io.github.bms4j.charge;

/**
 * What the vehicle asks of the station now.
 *
 * <p>Until the control cycle says otherwise it asks for nothing and is not ready. Units: V, A as a magnitude of charge
 * current (0 or more). Thread: one. Allocation: none after construction.
 */
public final class ChargeDemand {
    private final PackStatus pack;
    private double targetV;
    private double chargeA;
    private double dischargeA;
    private ChargeMode mode = ChargeMode.CONSTANT_CURRENT;
    private boolean ready;
    private StopCause stop = StopCause.NONE;

    /** No demand, for a pack of so many cells and temperature sensors. */
    public ChargeDemand(int cells, int temperatureSensors) {
        pack = new PackStatus(cells, temperatureSensors);
    }

    /** Asks for a current at a voltage ceiling; anything that is not a number asks for no current. */
    public void ask(double newTargetV, double newChargeA, ChargeMode newMode) {
        boolean known = Double.isFinite(newTargetV) && Double.isFinite(newChargeA);
        targetV = known ? Math.max(0.0, newTargetV) : 0.0;
        chargeA = known ? Math.max(0.0, newChargeA) : 0.0;
        dischargeA = 0.0;
        mode = newMode;
    }

    /**
     * Offers a discharge current down to a voltage; anything that is not a number offers none. A link that cannot take energy back
     * sees no charge current asked for.
     */
    public void giveBack(double newBottomV, double newDischargeA) {
        ask(newBottomV, 0.0, ChargeMode.CONSTANT_CURRENT);
        dischargeA = Double.isFinite(newBottomV) && Double.isFinite(newDischargeA) ? Math.max(0.0, newDischargeA) : 0.0;
    }

    /** Asks to end the charge; the first cause stays. */
    public void stop(StopCause cause) {
        if (stop == StopCause.NONE) {
            stop = cause;
        }
        chargeA = 0.0;
        dischargeA = 0.0;
    }

    /** Says whether the pack is connected and may be charged. */
    public void ready(boolean isReady) {
        ready = isReady;
    }

    /** Begins a new session: nothing asked, not ready, no stop. */
    public void reset() {
        targetV = 0.0;
        chargeA = 0.0;
        dischargeA = 0.0;
        mode = ChargeMode.CONSTANT_CURRENT;
        ready = false;
        stop = StopCause.NONE;
    }

    /** Discharge current that the station may take back, A, 0 or more; never beside a charge current. */
    public double dischargeA() {
        return stop == StopCause.NONE ? dischargeA : 0.0;
    }

    /** Voltage ceiling at the pack, or its floor while energy is given back, V. */
    public double targetV() {
        return targetV;
    }

    /** Charge current asked for, A, 0 or more. */
    public double chargeA() {
        return stop == StopCause.NONE ? chargeA : 0.0;
    }

    /** What the station shall regulate. */
    public ChargeMode mode() {
        return mode;
    }

    /** Whether the pack is connected and may be charged. */
    public boolean ready() {
        return ready;
    }

    /** Whether and why the charge shall end. */
    public StopCause stop() {
        return stop;
    }

    /** What the station is told of the pack. */
    public PackStatus pack() {
        return pack;
    }
}
