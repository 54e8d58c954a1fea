package io.github.bms4j.charge;

import io.github.bms4j.num.Check;

/**
 * How far the pack may give energy back to the site (vehicle to grid), in bounds of its energy.
 *
 * @param maxPowerW highest power given at the connector, W, 0 or more; 0 forbids it
 * @param floorSoc it is never discharged below this, 0…{@code ceilingSoc}
 * @param ceilingSoc it may be charged up to this in order to give back later, up to 1; a target above counts besides
 */
public record DischargeTerms(double maxPowerW, double floorSoc, double ceilingSoc) {
    private static final DischargeTerms FORBIDDEN = new DischargeTerms(0.0, 0.0, 0.0);

    /** @throws IllegalArgumentException when a figure is NaN or does not fit */
    public DischargeTerms {
        if (!(maxPowerW >= 0.0)) {
            throw new IllegalArgumentException("maxPowerW must be >= 0 W but is " + maxPowerW);
        }
        Check.fraction("ceilingSoc", ceilingSoc);
        Check.within("floorSoc", floorSoc, 0.0, ceilingSoc);
    }

    /** No energy is given back. */
    public static DischargeTerms forbidden() {
        return FORBIDDEN;
    }

    /** Whether any energy may be given back. */
    public boolean allowed() {
        return maxPowerW > 0.0;
    }
}
