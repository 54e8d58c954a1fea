package io.github.bms4j.contactor;

import io.github.bms4j.num.Findings;

/**
 * The precharge resistor and the link that it charges.
 *
 * @param ohm precharge resistance, Ohm
 * @param linkFarad capacitance of the link, F
 * @param tolerance relative tolerance of the product R C either way, within [0, 0.5]
 * @param bleedOhm resistance that discharges the link for good, Ohm; infinite when there is none or it is not known, which
 *     leaves the weld check at opening to feedback and current
 * @param gateV highest difference between pack and link at which a main contactor may close onto a free link, V
 * @param budgetJ energy above ambient that the resistor may hold, J
 * @param coolingS time constant at which it gives that energy away, s
 * @param tries failed tries in a row until the string locks, 1…10
 */
public record PrechargeRating(
        double ohm,
        double linkFarad,
        double tolerance,
        double bleedOhm,
        double gateV,
        double budgetJ,
        double coolingS,
        int tries) {
    private static final int MOST_TRIES = 10;

    /** @throws IllegalArgumentException naming every value that does not fit, separated by "; " */
    public PrechargeRating {
        Findings findings = new Findings();
        findings.positive("ohm", ohm);
        findings.positive("linkFarad", linkFarad);
        findings.within("tolerance", tolerance, 0.0, 0.5);
        if (!(bleedOhm > 0.0)) {
            findings.add("bleedOhm must be > 0, infinite for none, but is " + bleedOhm);
        }
        findings.positive("gateV", gateV);
        findings.positive("budgetJ", budgetJ);
        findings.positive("coolingS", coolingS);
        findings.within("tries", tries, 1, MOST_TRIES);
        findings.refuse();
    }

    /** Shortest time constant of the link behind the resistor, s. */
    double fastestS() {
        return ohm * linkFarad * (1.0 - tolerance);
    }

    /** Longest time constant of the link behind the resistor, s. */
    double slowestS() {
        return ohm * linkFarad * (1.0 + tolerance);
    }

    /** Longest time constant of the link on its bleed resistor, s; infinite without one. */
    double decayS() {
        return bleedOhm * linkFarad * (1.0 + tolerance);
    }
}
