package io.github.bms4j.can.gbt27930;

import io.github.bms4j.cell.CellRating;
import io.github.bms4j.cell.CellType;
import io.github.bms4j.cell.PackLayout;
import io.github.bms4j.num.Check;

/**
 * What the charger is told about the pack's size and bounds, within what the messages can carry.
 *
 * <p>Units: Ah, V, A (magnitude of charging current), kWh, °C.
 *
 * @param chemistry cell type
 * @param capacityAh rated capacity, 0.1 to 6553.4 Ah
 * @param ratedV rated total voltage, 0.1 to 6553.4 V
 * @param energyKwh nominal energy, 0.1 to 6553.4 kWh
 * @param maxCellV highest voltage a cell may reach, 0.01 to 40.94 V
 * @param maxTotalV highest total voltage, at least {@code ratedV}, to 6553.4 V; the insulation test may use it
 * @param maxChargeA highest charging current, 0.1 to 400 A
 * @param maxTemperatureDegC highest temperature, -50 to 204 °C
 */
public record GbtRatings(
        GbtChemistry chemistry,
        double capacityAh,
        double ratedV,
        double energyKwh,
        double maxCellV,
        double maxTotalV,
        double maxChargeA,
        double maxTemperatureDegC) {
    /** The wire counts current down from 400 A to 0. */
    private static final double MOST_A = 400.0;

    private static final double MOST_TENTHS = 6553.4;

    /** @throws IllegalArgumentException when a value does not fit its message */
    public GbtRatings {
        Check.within("capacityAh", capacityAh, 0.1, MOST_TENTHS);
        Check.within("ratedV", ratedV, 0.1, MOST_TENTHS);
        Check.within("energyKwh", energyKwh, 0.1, MOST_TENTHS);
        Check.within("maxCellV", maxCellV, 0.01, 40.94);
        Check.within("maxTotalV", maxTotalV, ratedV, MOST_TENTHS);
        Check.within("maxChargeA", maxChargeA, 0.1, MOST_A);
        Check.within("maxTemperatureDegC", maxTemperatureDegC, -50.0, 204.0);
    }

    /** The ratings of a pack of equal cells; a charging current beyond what the wire carries is cut to 400 A. */
    public static GbtRatings of(CellType type, PackLayout layout) {
        CellRating cell = type.rating();
        double capacityAh = cell.capacityAh() * layout.parallel();
        double ratedV = cell.nominalV() * layout.series();
        return new GbtRatings(
                GbtChemistry.of(type.chemistry()),
                capacityAh,
                ratedV,
                capacityAh * ratedV / 1000.0,
                cell.maxV(),
                cell.maxV() * layout.series(),
                Math.min(MOST_A, cell.maxChargeA() * layout.parallel()),
                cell.charge().maxDegC());
    }
}
