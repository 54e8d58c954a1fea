package io.github.bms4j.thermal;

/**
 * What it takes to warm a pack.
 *
 * @param toDegC temperature that is reached, °C; NaN if there is none at which what was asked for is had
 * @param timeS how long the heater runs, s; infinite if it never gets there
 * @param energyWh what it takes from its supply, Wh; infinite if it never gets there
 */
public record HeatUp(double toDegC, double timeS, double energyWh) {
    /** Whether it can be done. */
    public boolean possible() {
        return timeS < Double.POSITIVE_INFINITY;
    }
}
