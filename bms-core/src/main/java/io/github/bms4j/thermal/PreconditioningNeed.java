package io.github.bms4j.thermal;

import io.github.bms4j.num.Findings;

/**
 * The charge before which heating is thought about.
 *
 * @param soc SOC now, 0…1
 * @param targetSoc SOC that is wanted, 0…1
 * @param packDegC temperature of the cells now, °C, within [-60, 120]
 * @param ambientDegC temperature around the pack, °C, within [-60, 80]
 * @param stationW power at the pack's terminals that the station gives, heater included, W, above 0; may be infinite
 * @param leadS time until the plug is in, s, 0 or more: the heater may run in it on the pack's own energy and costs no time
 * @param pricePerKwh price of energy, any currency per kWh, 0 or more
 * @param pricePerH what an hour at the station is worth, the same currency per h, 0 or more
 */
public record PreconditioningNeed(
        double soc,
        double targetSoc,
        double packDegC,
        double ambientDegC,
        double stationW,
        double leadS,
        double pricePerKwh,
        double pricePerH) {
    /** @throws IllegalArgumentException naming every value that does not fit, separated by "; " */
    public PreconditioningNeed {
        Findings findings = new Findings();
        findings.within("soc", soc, 0.0, 1.0);
        findings.within("targetSoc", targetSoc, 0.0, 1.0);
        findings.within("packDegC", packDegC, -60.0, 120.0);
        findings.within("ambientDegC", ambientDegC, -60.0, 80.0);
        if (!(stationW > 0.0)) {
            findings.add("stationW must be > 0 but is " + stationW);
        }
        findings.notNegative("leadS", leadS);
        findings.notNegative("pricePerKwh", pricePerKwh);
        findings.notNegative("pricePerH", pricePerH);
        findings.refuse();
    }
}
