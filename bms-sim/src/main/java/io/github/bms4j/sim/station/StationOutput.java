package io.github.bms4j.sim.station;

import io.github.bms4j.num.Check;

/**
 * What a DC output can do.
 *
 * @param minV lowest output voltage, V
 * @param maxV highest output voltage, V
 * @param minA lowest current it can regulate, A; a smaller demand is answered with none
 * @param maxA highest current, A
 * @param rampUpAPerS fastest rise of the current, A/s
 * @param rampDownAPerS fastest fall of the current in normal operation, A/s; a fault cuts at once
 */
public record StationOutput(
        double minV, double maxV, double minA, double maxA, double rampUpAPerS, double rampDownAPerS) {
    /** Checks every figure. */
    public StationOutput {
        Check.notNegative("minV", minV);
        Check.positive("maxV", maxV);
        Check.notNegative("minA", minA);
        Check.positive("maxA", maxA);
        Check.positive("rampUpAPerS", rampUpAPerS);
        Check.positive("rampDownAPerS", rampDownAPerS);
        if (maxV <= minV) {
            throw new IllegalArgumentException("maxV (" + maxV + ") must exceed minV (" + minV + ")");
        }
        if (maxA <= minA) {
            throw new IllegalArgumentException("maxA (" + maxA + ") must exceed minA (" + minA + ")");
        }
    }

    /**
     * An output that rises by 20 A/s, as most recorded stations do, falls by 100 A/s and regulates down to zero.
     *
     * @param minV lowest output voltage, V
     * @param maxV highest output voltage, V
     * @param maxA highest current, A
     */
    public static StationOutput of(double minV, double maxV, double maxA) {
        return new StationOutput(minV, maxV, 0.0, maxA, 20.0, 100.0);
    }

    /** Whether the output can follow this voltage; an unknown one it cannot. */
    public boolean covers(double volts) {
        return volts >= minV && volts <= maxV;
    }
}
