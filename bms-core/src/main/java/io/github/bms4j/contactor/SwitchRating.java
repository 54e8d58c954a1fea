package io.github.bms4j.contactor;

import io.github.bms4j.num.Findings;

/**
 * The three contactors of a string.
 *
 * @param closeS longest time from coil on to closed contacts, bounce included, s
 * @param openS longest time from coil off to open contacts, s
 * @param feedback whether auxiliary contacts are wired and read for all three
 * @param feedbackS for how long feedback, or a current, must contradict the command before it counts, s
 * @param breakA highest current that the main contactors may break, A
 * @param zeroA magnitude up to which a current counts as none, A
 * @param polarised whether the main contactors break best in one direction: the positive while discharging, the negative
 *     while charging
 */
public record SwitchRating(
        double closeS,
        double openS,
        boolean feedback,
        double feedbackS,
        double breakA,
        double zeroA,
        boolean polarised) {
    /** @throws IllegalArgumentException naming every value that does not fit, separated by "; " */
    public SwitchRating {
        Findings findings = new Findings();
        findings.positive("closeS", closeS);
        findings.positive("openS", openS);
        findings.positive("feedbackS", feedbackS);
        boolean breaks = findings.positive("breakA", breakA);
        if (findings.positive("zeroA", zeroA) && breaks && zeroA >= breakA) {
            findings.add("zeroA (" + zeroA + " A) must be below breakA (" + breakA + " A)");
        }
        findings.refuse();
    }

    /** 30 ms to close, 20 ms to open, feedback wired and believed after 200 ms, 200 A to break, 2 A for none, not polarised. */
    public static SwitchRating standard() {
        return new SwitchRating(0.030, 0.020, true, 0.200, 200.0, 2.0, false);
    }
}
