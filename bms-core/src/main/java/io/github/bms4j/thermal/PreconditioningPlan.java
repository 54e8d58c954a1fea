package io.github.bms4j.thermal;

import java.util.Locale;

/**
 * Whether to heat, from when to which temperature, and what it brings.
 *
 * @param worthIt whether to heat
 * @param cause why, or why not
 * @param startS when to begin, s after the plug is in: negative before it
 * @param toDegC temperature at which the heater goes off, °C
 * @param heatingS how long the heater runs, s
 * @param heaterWh electric energy of the heater, Wh
 * @param extraWh energy from the station beyond that of an unheated charge, Wh: the heater's, and what a faster charge loses more or a
 *     warmer pack less; all of it where only heat reaches the target
 * @param chargeS time from the plug to the target with heat, s; infinite if never
 * @param plainChargeS the same without, s; infinite if never
 * @param gain what is saved in all, the currency of the prices: time less energy; infinite where only heat reaches the target
 */
public record PreconditioningPlan(
        boolean worthIt,
        PreconditioningCause cause,
        double startS,
        double toDegC,
        double heatingS,
        double heaterWh,
        double extraWh,
        double chargeS,
        double plainChargeS,
        double gain) {
    /** Time that heating saves at the station, s; not above 0 where it saves none, infinite where only heat reaches the target. */
    public double savedS() {
        return plainChargeS == chargeS ? 0.0 : plainChargeS - chargeS;
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "%s: %s to %.1f °C from %+.0f min, %.0f min, %.2f kWh; charge %.0f instead of %.0f min, gain %.2f",
                cause,
                worthIt ? "heat" : "do not heat",
                toDegC,
                startS / 60.0,
                heatingS / 60.0,
                heaterWh / 1000.0,
                chargeS / 60.0,
                plainChargeS / 60.0,
                gain);
    }
}
