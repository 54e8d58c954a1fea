package io.github.bms4j.contactor;

import io.github.bms4j.num.FirstOrder;

/**
 * Energy above ambient in the precharge resistor: one thermal mass that gives it away exponentially.
 *
 * <pre>E' = E + (1 - exp(-dt/tau)) (P tau - E)</pre>
 *
 * <p>Units: J, W, s. Thread: one. Allocation: none.
 */
final class ResistorHeat {
    private final double coolingS;
    private double heatJ;

    ResistorHeat(double coolingS, double heatJ) {
        this.coolingS = coolingS;
        this.heatJ = heatJ;
    }

    /** Carries it through a time at constant power. */
    void step(double powerW, double dtS) {
        heatJ += FirstOrder.settled(dtS / coolingS) * (powerW * coolingS - heatJ);
    }

    double heatJ() {
        return heatJ;
    }

    void heatJ(double value) {
        heatJ = value;
    }
}
