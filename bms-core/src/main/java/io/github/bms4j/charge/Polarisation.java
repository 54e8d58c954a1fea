package io.github.bms4j.charge;

import io.github.bms4j.num.Check;

/**
 * By how much the terminals of a cell stand off its open-circuit voltage although no current flows, V, above 0 after a charge: what the
 * pairs of its circuit still hold, the faster first.
 *
 * @param fastV of the fastest pair
 * @param slowV of the next one; 0 where there is none
 * @param diffusionV of the slowest of three; 0 where there is none
 */
public record Polarisation(double fastV, double slowV, double diffusionV) {
    private static final Polarisation NONE = new Polarisation(0.0, 0.0, 0.0);

    /** @throws IllegalArgumentException when a voltage is not finite */
    public Polarisation {
        Check.finite("fastV", fastV);
        Check.finite("slowV", slowV);
        Check.finite("diffusionV", diffusionV);
    }

    /** A rested cell. */
    public static Polarisation none() {
        return NONE;
    }

    /** That of pair j, V. */
    double of(int j) {
        return j == 0 ? fastV : j == 1 ? slowV : diffusionV;
    }
}
