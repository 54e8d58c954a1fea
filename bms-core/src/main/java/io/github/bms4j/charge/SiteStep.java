package io.github.bms4j.charge;

import io.github.bms4j.num.Check;

/**
 * One step of what a site can spare: from its start until the next step's start.
 *
 * @param startS start, s on the clock that steps the pack
 * @param gridLimitW most that may be drawn from the grid for this charge, W, 0 or more; infinite for no limit
 * @param solarW own solar power that is left for this charge, W, 0 or more; it comes on top of the grid's
 */
public record SiteStep(double startS, double gridLimitW, double solarW) {
    /** @throws IllegalArgumentException when a figure does not fit */
    public SiteStep {
        Check.finite("startS", startS);
        if (!(gridLimitW >= 0.0)) {
            throw new IllegalArgumentException("gridLimitW must be >= 0 W but is " + gridLimitW);
        }
        Check.notNegative("solarW", solarW);
    }
}
