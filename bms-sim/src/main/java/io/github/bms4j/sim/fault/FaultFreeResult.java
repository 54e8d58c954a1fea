package io.github.bms4j.sim.fault;

import java.util.Locale;

/**
 * What a fault monitor made of hours without a fault.
 *
 * @param drivenH time driven, h
 * @param hours time in all, with rests and charges, h
 * @param cycles control cycles
 * @param drives drives
 * @param charges charges
 * @param fullCycles charge taken out over the capacity
 * @param coldestDegC lowest true cell temperature, °C
 * @param hottestDegC highest true cell temperature, °C
 * @param lostCycles cycles whose readings never arrived
 * @param trips faults of any tier that were set: 0 when all is well
 * @param tripped which, in words; empty without
 */
public record FaultFreeResult(
        double drivenH,
        double hours,
        long cycles,
        int drives,
        int charges,
        double fullCycles,
        double coldestDegC,
        double hottestDegC,
        long lostCycles,
        int trips,
        String tripped) {
    /** In one line. */
    public String text() {
        return String.format(
                Locale.ROOT,
                "%d trips in %.0f h of driving without a fault (%.0f h in all, %d cycles, %d drives, %d charges, %.0f full cycles,"
                        + " %.1f...%.1f degC, %d cycles lost)%s",
                trips,
                drivenH,
                hours,
                cycles,
                drives,
                charges,
                fullCycles,
                coldestDegC,
                hottestDegC,
                lostCycles,
                tripped.isEmpty() ? "" : ": " + tripped);
    }
}
