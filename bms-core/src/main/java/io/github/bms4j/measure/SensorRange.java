package io.github.bms4j.measure;

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
    /**
     * Wide ranges for any lithium-ion pack, the figures being front-end limits rather than cell limits: cells 0.5…5 V (an open
     * sense wire reads about 0, a shorted one the rail), temperatures −45…120 °C (a missing thermistor reads below or
     * above), a jump of at most 15 K between two readings. Currents are bounded by 30 A per parallel cell, which no
     * power cell carries for long.
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
}
