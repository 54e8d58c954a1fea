package io.github.bms4j.cell;

import io.github.bms4j.num.Check;

/**
 * One resistor-capacitor pair: a voltage that follows R times the current with a time constant.
 *
 * @param resistance final resistance of the pair over SOC and temperature
 * @param tauS time constant, s, > 0, the same everywhere
 */
public record RcBranch(ResistanceMap resistance, double tauS) {
    /** @throws IllegalArgumentException when {@code tauS} does not fit */
    public RcBranch {
        Check.positive("tauS", tauS);
    }
}
