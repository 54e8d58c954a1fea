package io.github.bms4j.estimate;

import java.util.Locale;

/**
 * The energy that a pack gives at a constant power until its first cell is at its limit.
 *
 * @param energyWh energy at the pack's terminals, Wh
 * @param sigmaWh its standard deviation, Wh
 * @param durationS for how long the power holds, s
 * @param end what ends it
 * @param cell the cell that is at its limit; -1 when no cell is
 */
public record UsableEnergy(double energyWh, double sigmaWh, double durationS, End end, int cell) {
    /** What ends a discharge. */
    public enum End {
        /** A cell's terminal voltage is at its rated minimum. */
        CELL_VOLTAGE,
        /** A cell is empty. */
        EMPTY,
        /** The pack cannot give that power at any current. */
        POWER
    }

    /** Lower end of the 95 % interval, Wh; not below 0. */
    public double lowWh() {
        return Math.max(0.0, energyWh - 1.96 * sigmaWh);
    }

    /** Upper end of the 95 % interval, Wh. */
    public double highWh() {
        return energyWh + 1.96 * sigmaWh;
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "%.1f Wh (%.1f to %.1f) in %.0f s until %s%s",
                energyWh,
                lowWh(),
                highWh(),
                durationS,
                end,
                cell < 0 ? "" : " of cell " + cell);
    }
}
