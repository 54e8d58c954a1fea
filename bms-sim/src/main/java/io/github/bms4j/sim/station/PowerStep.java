package io.github.bms4j.sim.station;

import io.github.bms4j.num.Check;

/**
 * From a moment on, the power the grid or the site leaves to a station.
 *
 * @param startS start, s of virtual time
 * @param maxPowerW highest power at the connector, W, 0 or more; infinite for no limit of this kind
 */
public record PowerStep(double startS, double maxPowerW) {
    /** Checks both figures. */
    public PowerStep {
        Check.finite("startS", startS);
        if (!(maxPowerW >= 0.0)) {
            throw new IllegalArgumentException("maxPowerW must be >= 0 but is " + maxPowerW);
        }
    }
}
