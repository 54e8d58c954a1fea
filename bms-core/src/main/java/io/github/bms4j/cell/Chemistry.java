package io.github.bms4j.cell;

/**
 * A cell chemistry and the voltages a cell of it can plausibly have, used to find tables that were mixed up.
 *
 * <p>The windows are wide on purpose: they tell an LTO from an NMC table, not a good cell from a bad one. They come
 * from the electrode potentials against lithium (graphite 0.05..0.2 V on its plateaus, titanate 1.55 V, iron phosphate
 * 3.43 V, layered oxides 3.5..4.4 V) with room for polarisation and for the steep ends.
 */
public enum Chemistry {
    /** Lithium nickel manganese cobalt oxide, graphite. */
    NMC(2.0, 4.5, 3.4, 4.0),
    /** Lithium nickel cobalt aluminium oxide, graphite. */
    NCA(2.0, 4.5, 3.4, 4.0),
    /** Lithium iron phosphate, graphite. */
    LFP(2.0, 3.8, 3.15, 3.45),
    /** Lithium cobalt oxide, graphite. */
    LCO(2.0, 4.5, 3.5, 4.1),
    /** Lithium manganese spinel, graphite. */
    LMO(2.0, 4.5, 3.6, 4.2),
    /** Any positive electrode against lithium titanate; the one chemistry that may be charged below 0 °C. */
    LTO(1.4, 2.9, 1.7, 2.6),
    /** Sodium ion: layered oxide, Prussian white or polyanion against hard carbon. */
    NA_ION(1.2, 4.3, 2.2, 3.7),
    /** Lithium metal with a solid electrolyte; any positive electrode. */
    SOLID_STATE(1.5, 5.0, 1.9, 4.6);

    private final double leastV;
    private final double mostV;
    private final double leastMidOcvV;
    private final double mostMidOcvV;

    Chemistry(double leastV, double mostV, double leastMidOcvV, double mostMidOcvV) {
        this.leastV = leastV;
        this.mostV = mostV;
        this.leastMidOcvV = leastMidOcvV;
        this.mostMidOcvV = mostMidOcvV;
    }

    /** The lowest plausible minimum voltage of a cell, V. */
    public double leastV() {
        return leastV;
    }

    /** The highest plausible maximum voltage of a cell, V. */
    public double mostV() {
        return mostV;
    }

    /** The lowest plausible open-circuit voltage at 50 % SOC, V. */
    public double leastMidOcvV() {
        return leastMidOcvV;
    }

    /** The highest plausible open-circuit voltage at 50 % SOC, V. */
    public double mostMidOcvV() {
        return mostMidOcvV;
    }

    /** Whether a charge map may allow current below 0 °C: the negative electrode does not plate lithium there. */
    public boolean chargesBelowFreezing() {
        return this == LTO;
    }
}
