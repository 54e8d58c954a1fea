package io.github.bms4j.measure;

import io.github.bms4j.num.Check;

/**
 * What a quantity can physically be: a closed range and the largest believable step between two readings.
 *
 * <p>A step beyond {@code maxJump} makes one reading suspect; the next reading that agrees with it (within {@code
 * maxJump}) is believed, so a real change costs one cycle and a spike never enters.
 *
 * @param min lowest possible reading, in the unit of the quantity
 * @param max highest possible reading
 * @param maxJump largest believable change between two readings, above 0; may be infinite
 */
public record Plausible(double min, double max, double maxJump) {
    /** Checks that the range is not empty. */
    public Plausible {
        Check.finite("min", min);
        Check.finite("max", max);
        if (!(max > min)) {
            throw new IllegalArgumentException("max (" + max + ") must exceed min (" + min + ")");
        }
        if (!(maxJump > 0.0)) {
            throw new IllegalArgumentException("maxJump must be > 0 but is " + maxJump);
        }
    }
}
