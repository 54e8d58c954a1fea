package io.github.bms4j.cell.fit;

import io.github.bms4j.cell.Chemistry;

/**
 * What is assumed of a cell of a chemistry until data say otherwise. Our judgement, from cells of the usual build.
 *
 * <p>Half gaps: between the C/20…C/30 branches less polarisation, a few millivolts for layered oxides against graphite and
 * 10…20 mV for iron phosphate. Resistances are given as volts at the one-hour current, so that they scale with the cell.
 */
enum TypicalCell {
    NMC(Chemistry.NMC, 4.2, 2.5, 0.006, 25.0, 0.0, 45.0),
    NCA(Chemistry.NCA, 4.2, 2.5, 0.008, 25.0, 0.0, 45.0),
    LFP(Chemistry.LFP, 3.65, 2.0, 0.014, 25.0, 0.0, 55.0),
    LCO(Chemistry.LCO, 4.2, 3.0, 0.006, 25.0, 0.0, 45.0),
    LMO(Chemistry.LMO, 4.2, 3.0, 0.006, 25.0, 0.0, 45.0),
    LTO(Chemistry.LTO, 2.7, 1.5, 0.008, 25.0, -20.0, 55.0),
    NA_ION(Chemistry.NA_ION, 4.0, 1.5, 0.012, 25.0, 0.0, 45.0),
    SOLID_STATE(Chemistry.SOLID_STATE, 4.2, 2.5, 0.006, 25.0, 0.0, 60.0);

    private static final TypicalCell[] ALL = values();

    final Chemistry chemistry;
    final double maxV;
    final double minV;
    final double halfGapV;
    final double turnPerSoc;
    final double chargeFromDegC;
    final double chargeToDegC;

    TypicalCell(
            Chemistry chemistry,
            double maxV,
            double minV,
            double halfGapV,
            double turnPerSoc,
            double chargeFromDegC,
            double chargeToDegC) {
        this.chemistry = chemistry;
        this.maxV = maxV;
        this.minV = minV;
        this.halfGapV = halfGapV;
        this.turnPerSoc = turnPerSoc;
        this.chargeFromDegC = chargeFromDegC;
        this.chargeToDegC = chargeToDegC;
    }

    static TypicalCell of(Chemistry chemistry) {
        for (TypicalCell cell : ALL) {
            if (cell.chemistry == chemistry) {
                return cell;
            }
        }
        throw new IllegalArgumentException("no typical cell of " + chemistry);
    }
}
