package io.github.bms4j.sim.contactor;

import io.github.bms4j.num.Check;

/**
 * A fuse that opens by melting integral: what exceeds its rating heats, what is below cools.
 *
 * <pre>q' = max(0, q + (i^2 - I_n^2) dt),  open for good once q &gt;= I2t</pre>
 *
 * <p>Units: A, A²s. Thread: one. Allocation: none.
 */
public final class TrueFuse {
    private final double ratedA;
    private final double meltA2s;
    private double heatA2s;
    private boolean open;

    /**
     * A whole one.
     *
     * @param ratedA current that it carries for ever, A
     * @param meltA2s melting integral above it, A²s
     */
    public TrueFuse(double ratedA, double meltA2s) {
        this.ratedA = Check.positive("ratedA", ratedA);
        this.meltA2s = Check.positive("meltA2s", meltA2s);
    }

    /** Carries it through a time at a mean square of current, A². */
    void step(double currentA2, double dtS) {
        heatA2s = Math.max(0.0, heatA2s + (currentA2 - ratedA * ratedA) * dtS);
        open |= heatA2s >= meltA2s;
    }

    /** Whether it has opened. */
    public boolean open() {
        return open;
    }
}
