package io.github.bms4j.charge;

import io.github.bms4j.num.Check;

/**
 * How the cells of a pack stand to the pack's SOC, now and as it moves. With {@link PackNow#socLead} it says where the mean and the
 * fullest cell are at any SOC of the pack:
 *
 * <pre>
 * mean(p)    = p + meanLead + (meanRise - 1) (p - soc)
 * fullest(p) = p + socLead  + (fullestRise - 1) (p - soc)
 * </pre>
 *
 * <p>The pack is empty with its emptiest cell and full with its fullest, so cells that differ move less than the pack: their rises
 * are below 1 and the fullest cell's lead shrinks.
 *
 * @param meanLead how far the mean cell is ahead of the pack's SOC now, -0.5…0.5
 * @param meanRise how far the mean cell moves per unit of the pack's SOC, 0.2…2
 * @param fullestRise how far the fullest cell moves per unit of the pack's SOC, 0.2…2
 */
public record CellSpread(double meanLead, double meanRise, double fullestRise) {
    private static final CellSpread EVEN = new CellSpread(0.0, 1.0, 1.0);

    /** @throws IllegalArgumentException when a figure is NaN or does not fit */
    public CellSpread {
        Check.within("meanLead", meanLead, -0.5, 0.5);
        Check.within("meanRise", meanRise, 0.2, 2.0);
        Check.within("fullestRise", fullestRise, 0.2, 2.0);
    }

    /** The mean cell has the pack's SOC, and the fullest keeps its lead. */
    public static CellSpread even() {
        return EVEN;
    }
}
