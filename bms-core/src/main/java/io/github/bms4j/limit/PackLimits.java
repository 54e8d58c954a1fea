package io.github.bms4j.limit;

/**
 * What the pack may do: charge and discharge current and power for each {@link Horizon}, each current with the cell and
 * the rule that set it.
 *
 * <p>Magnitudes in A and W, never negative, zero until computed. Thread: one. Allocation: none after construction.
 */
public final class PackLimits {
    private final Limit[] charge;
    private final Limit[] discharge;
    private final double[] chargeW;
    private final double[] dischargeW;

    /** Limits of zero. */
    public PackLimits() {
        int n = Horizon.values().length;
        charge = new Limit[n];
        discharge = new Limit[n];
        for (int h = 0; h < n; h++) {
            charge[h] = new Limit();
            discharge[h] = new Limit();
        }
        chargeW = new double[n];
        dischargeW = new double[n];
    }

    /** Highest charge current for a horizon. */
    public Limit charge(Horizon horizon) {
        return charge[horizon.ordinal()];
    }

    /** Highest discharge current for a horizon. */
    public Limit discharge(Horizon horizon) {
        return discharge[horizon.ordinal()];
    }

    /** Highest charge power at the pack's terminals for a horizon, W. */
    public double chargeW(Horizon horizon) {
        return chargeW[horizon.ordinal()];
    }

    /** Highest discharge power at the pack's terminals for a horizon, W. */
    public double dischargeW(Horizon horizon) {
        return dischargeW[horizon.ordinal()];
    }

    void power(Horizon horizon, double newChargeW, double newDischargeW) {
        chargeW[horizon.ordinal()] = newChargeW;
        dischargeW[horizon.ordinal()] = newDischargeW;
    }
}
