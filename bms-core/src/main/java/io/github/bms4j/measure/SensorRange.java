package io.github.bms4j.measure;

import io.github.bms4j.cell.CellRating;
import io.github.bms4j.cell.PackLayout;

/**
 * What each kind of sensor of a pack can plausibly read.
 *
 * @param current pack current, A
 * @param packVoltage pack voltage, V
 * @param cellVoltage cell voltage, V
 * @param temperature temperature, °C
 */
public record SensorRange(Plausible current, Plausible packVoltage, Plausible cellVoltage, Plausible temperature) {
    private static final double REACH = 5.0;
    private static final double REACH_K = 10.0;

    /**
     * Wide ranges for any lithium-ion pack, the figures being front-end limits rather than cell limits: cells 0.5…5 V (an open
     * sense wire reads about 0, a shorted one the rail), temperatures −45…120 °C (a missing thermistor reads below or
     * above), a jump of at most 15 K between two readings. Currents are bounded by 30 A per parallel cell, at least 300 A: no
     * round cell carries more for long, but large ones do; {@link #of} knows the cell.
     */
    public static SensorRange lithiumIon(PackLayout layout) {
        double maxA = 30.0 * Math.max(10, layout.parallel());
        double anyJump = Double.POSITIVE_INFINITY;
        return new SensorRange(
                new Plausible(-maxA, maxA, anyJump),
                new Plausible(0.0, 5.0 * layout.series(), anyJump),
                new Plausible(0.5, 5.0, anyJump),
                new Plausible(-45.0, 120.0, 15.0));
    }

    /**
     * Sensors that were chosen for a cell: those of {@link #lithiumIon}, wider where its ratings need it. The current reaches to
     * five times the rated one, which is beyond what counts as a short circuit; temperatures to 10 K outside both windows.
     */
    public static SensorRange of(CellRating rating, PackLayout layout) {
        SensorRange usual = lithiumIon(layout);
        double ratedA = layout.parallel() * Math.max(rating.maxChargeA(), rating.maxDischargeA());
        double maxA = Math.max(usual.current.max(), REACH * ratedA);
        Plausible t = usual.temperature;
        double coldest = Math.min(rating.charge().minDegC(), rating.discharge().minDegC());
        double hottest = Math.max(rating.charge().maxDegC(), rating.discharge().maxDegC());
        return new SensorRange(
                new Plausible(-maxA, maxA, usual.current.maxJump()),
                usual.packVoltage,
                usual.cellVoltage,
                new Plausible(Math.min(t.min(), coldest - REACH_K), Math.max(t.max(), hottest + REACH_K), t.maxJump()));
    }
}
