package io.github.bms4j.journal;

import io.github.bms4j.num.Check;
import java.util.List;

/**
 * What a string's contactors must not forget.
 *
 * @param resistorJ energy in the precharge resistor, J, 0 or more
 * @param failedTries failed tries of precharge in a row, 0 or more
 * @param closings how often the string came into operation, 0 or more
 * @param brokenA2 sum of the squares of the currents broken, A², 0 or more
 * @param findings names of the findings that forbid closing
 */
public record StoredContactors(
        double resistorJ, int failedTries, int closings, double brokenA2, List<String> findings) {
    /** Checks every figure. */
    public StoredContactors {
        Check.notNegative("resistorJ", resistorJ);
        Check.atLeast("failedTries", failedTries, 0);
        Check.atLeast("closings", closings, 0);
        Check.notNegative("brokenA2", brokenA2);
        findings = List.copyOf(findings);
    }
}
