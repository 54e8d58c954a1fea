package io.github.bms4j.charge;

/**
 * What a station allows now, besides its offer; infinite where it says nothing.
 *
 * <p>Current and voltage are taken to hold for the whole plan, as the offer's hard limits are. The observed power is
 * what the station was seen to deliver at most although more was asked for; it is taken to last for a while (see {@link
 * PlannerSettings#observedCapHoldS}), then the offer holds again.
 *
 * @param maxA highest current, A, 0 or more
 * @param maxV highest voltage, V, above 0
 * @param observedCapW highest power seen lately, W, 0 or more
 */
public record StationNow(double maxA, double maxV, double observedCapW) {
    /** @throws IllegalArgumentException when a figure is NaN or does not fit */
    public StationNow {
        notNegative("maxA", maxA, "A");
        if (!(maxV > 0.0)) {
            throw new IllegalArgumentException("maxV must be > 0 V but is " + maxV);
        }
        notNegative("observedCapW", observedCapW, "W");
    }

    private static void notNegative(String name, double value, String unit) {
        if (!(value >= 0.0)) {
            throw new IllegalArgumentException(name + " must be >= 0 " + unit + " but is " + value);
        }
    }

    /** A station that says nothing besides its offer. */
    public static StationNow silent() {
        return new StationNow(Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY);
    }

    /**
     * What a link knows of its station; what it does not know (NaN) is no limit, and a voltage of 0 counts as unknown.
     *
     * @param observedCapW highest power seen lately, W; infinite if it gives what is asked for
     */
    public static StationNow of(StationState state, double observedCapW) {
        double maxA = Double.isNaN(state.maxA) ? Double.POSITIVE_INFINITY : Math.max(0.0, state.maxA);
        double maxV = state.maxV > 0.0 ? state.maxV : Double.POSITIVE_INFINITY;
        return new StationNow(maxA, maxV, observedCapW);
    }
}
