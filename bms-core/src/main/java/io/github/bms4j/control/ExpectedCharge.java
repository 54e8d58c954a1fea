package io.github.bms4j.control;

import io.github.bms4j.num.Findings;

/**
 * A charge that the vehicle is on its way to, as far as navigation knows it. Times are seconds on the clock that steps the pack.
 *
 * @param arrivalS when the plug is expected to be in, s
 * @param arrivalSoc SOC expected then, 0…1; NaN takes what it is now
 * @param leastSoc nothing is heated with the pack's own energy at and below this SOC, 0…1
 * @param targetSoc SOC that is wanted from the charge, 0…1
 * @param stationW power at the pack's terminals that the station gives, W, above 0; may be infinite
 * @param ambientDegC temperature around the pack, °C, within [-60, 80]; NaN takes the coldest sensor for it
 * @param pricePerKwh price of energy there, any currency per kWh, 0 or more
 * @param pricePerH what an hour at the station is worth, the same currency per h, 0 or more
 */
public record ExpectedCharge(
        double arrivalS,
        double arrivalSoc,
        double leastSoc,
        double targetSoc,
        double stationW,
        double ambientDegC,
        double pricePerKwh,
        double pricePerH) {
    /** @throws IllegalArgumentException naming every value that does not fit, separated by "; " */
    public ExpectedCharge {
        Findings findings = new Findings();
        if (!(Math.abs(arrivalS) < Double.POSITIVE_INFINITY)) {
            findings.add("arrivalS must be finite but is " + arrivalS);
        }
        if (!Double.isNaN(arrivalSoc)) {
            findings.within("arrivalSoc", arrivalSoc, 0.0, 1.0);
        }
        findings.within("leastSoc", leastSoc, 0.0, 1.0);
        findings.within("targetSoc", targetSoc, 0.0, 1.0);
        if (!(stationW > 0.0)) {
            findings.add("stationW must be > 0 but is " + stationW);
        }
        if (!Double.isNaN(ambientDegC)) {
            findings.within("ambientDegC", ambientDegC, -60.0, 80.0);
        }
        findings.notNegative("pricePerKwh", pricePerKwh);
        findings.notNegative("pricePerH", pricePerH);
        findings.refuse();
    }
}
