package io.github.bms4j.thermal;

import io.github.bms4j.num.Findings;

/**
 * Temperatures between which cells are left alone, with a hysteresis at either end; strictly rising, within [-60, 120] °C.
 *
 * @param heatBelowDegC coldest cell below this: heater on, °C
 * @param heatToDegC coldest cell at this: heater off, °C
 * @param coolToDegC hottest cell at this: coolant off, °C
 * @param coolAboveDegC hottest cell above this: coolant on, °C
 * @param coolFullyDegC hottest cell at this: all the flow there is, °C
 */
public record ThermalBand(
        double heatBelowDegC, double heatToDegC, double coolToDegC, double coolAboveDegC, double coolFullyDegC) {
    private static final double LEAST_DEG_C = -60.0;
    private static final double MOST_DEG_C = 120.0;

    /** @throws IllegalArgumentException naming every value that does not fit, separated by "; " */
    public ThermalBand {
        Findings findings = new Findings();
        findings.within("heatBelowDegC", heatBelowDegC, LEAST_DEG_C, MOST_DEG_C);
        above(findings, "heatToDegC", heatToDegC, heatBelowDegC);
        above(findings, "coolToDegC", coolToDegC, heatToDegC);
        above(findings, "coolAboveDegC", coolAboveDegC, coolToDegC);
        above(findings, "coolFullyDegC", coolFullyDegC, coolAboveDegC);
        findings.refuse();
    }

    private static void above(Findings findings, String name, double value, double other) {
        if (!(value > other && value <= MOST_DEG_C)) {
            findings.add(name + " must be above " + other + " and at most " + MOST_DEG_C + " but is " + value);
        }
    }
}
