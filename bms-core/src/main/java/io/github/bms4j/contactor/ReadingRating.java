package io.github.bms4j.contactor;

import io.github.bms4j.num.Findings;

/**
 * What the readings behind the contactors are worth.
 *
 * @param cycleS longest time between two steps, and between two readings of voltage and current, s
 * @param blindS without a full set of readings for so long a connected string opens, s, at least three cycles
 * @param voltageErrorV error of the difference between pack and link voltage, V
 * @param currentErrorA error of the current, A
 */
public record ReadingRating(double cycleS, double blindS, double voltageErrorV, double currentErrorA) {
    private static final double LEAST_CYCLES = 3.0;

    /** @throws IllegalArgumentException naming every value that does not fit, separated by "; " */
    public ReadingRating {
        Findings findings = new Findings();
        boolean cyclic = findings.positive("cycleS", cycleS);
        if (findings.positive("blindS", blindS) && cyclic && blindS < LEAST_CYCLES * cycleS) {
            findings.add("blindS (" + blindS + " s) must be at least three cycles of " + cycleS + " s");
        }
        findings.notNegative("voltageErrorV", voltageErrorV);
        findings.notNegative("currentErrorA", currentErrorA);
        findings.refuse();
    }
}
