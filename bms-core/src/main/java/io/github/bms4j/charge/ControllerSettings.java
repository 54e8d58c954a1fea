package io.github.bms4j.charge;

import io.github.bms4j.num.Check;
import org.jspecify.annotations.Nullable;

/**
 * How a charge is driven.
 *
 * @param riseAPerS how fast the demand may rise, A/s; it falls at once
 * @param targetMarginV kept between the pack voltage asked for and the sum of the cells' highest voltages, V per cell
 * @param tailRatePerH below this C-rate a charge that is held by cell voltage counts as full, 1/h
 * @param tailS for how long it must be so, s
 * @param shortfallA delivered less than asked by more than this (and by more than 5 %) counts as the station's limit, A
 * @param shortfallS for how long it must be so, s
 * @param excessS delivered clearly more than asked for so long ends the charge, s
 * @param blindS without usable readings for so long ends the charge, s
 * @param fastCharge the stages a charge goes in, or null for one that goes by the limits alone
 */
public record ControllerSettings(
        double riseAPerS,
        double targetMarginV,
        double tailRatePerH,
        double tailS,
        double shortfallA,
        double shortfallS,
        double excessS,
        double blindS,
        @Nullable FastChargeSettings fastCharge) {
    /** Checks every figure. */
    public ControllerSettings {
        Check.positive("riseAPerS", riseAPerS);
        Check.notNegative("targetMarginV", targetMarginV);
        Check.positive("tailRatePerH", tailRatePerH);
        Check.notNegative("tailS", tailS);
        Check.positive("shortfallA", shortfallA);
        Check.notNegative("shortfallS", shortfallS);
        Check.positive("excessS", excessS);
        Check.positive("blindS", blindS);
    }

    /** 10 A/s up; 5 mV a cell; full at C/20 for 30 s; 3 A short for 3 s; 5 s of excess; 5 s without readings; no stages. */
    public static ControllerSettings standard() {
        return new ControllerSettings(10.0, 0.005, 0.05, 30.0, 3.0, 3.0, 5.0, 5.0, null);
    }

    /** The same with a charge in stages. */
    public ControllerSettings with(FastChargeSettings stages) {
        return new ControllerSettings(
                riseAPerS, targetMarginV, tailRatePerH, tailS, shortfallA, shortfallS, excessS, blindS, stages);
    }
}
