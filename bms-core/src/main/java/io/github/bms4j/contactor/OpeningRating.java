package io.github.bms4j.contactor;

import io.github.bms4j.num.Check;
import java.util.Objects;

/**
 * How long opening may wait.
 *
 * @param zeroCurrentS for how long zero current is asked for before opening goes on without it, s
 * @param fuseS for how long fuse and hardware may take to end a current above the break current, s
 * @param fuseRule what happens after that
 */
public record OpeningRating(double zeroCurrentS, double fuseS, FuseRule fuseRule) {
    /** Checks every figure. */
    public OpeningRating {
        Check.positive("zeroCurrentS", zeroCurrentS);
        Check.positive("fuseS", fuseS);
        Objects.requireNonNull(fuseRule, "fuseRule");
    }

    /** Zero current within 2 s; the fuse within 3 s; then open all the same. */
    public static OpeningRating standard() {
        return new OpeningRating(2.0, 3.0, FuseRule.OPEN_ANYWAY);
    }
}
