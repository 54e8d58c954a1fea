package io.github.bms4j.estimate;

import io.github.bms4j.num.Check;

/**
 * What a capacity estimate trusts and what it waits for.
 *
 * @param startSigma relative standard deviation of the rated capacity for a cell of unknown age, above 0
 * @param leastShare lowest capacity believed, over the rated one, above 0, below 1
 * @param mostShare highest capacity believed, over the rated one, above 1
 * @param currentOffsetPerH lasting offset of the cell current over the capacity, 1/h (0.002 is 2 mA per Ah), above 0
 * @param currentGain relative gain error of the current sensor, 0 or more
 * @param leastRestS rest before a voltage may become an anchor, s, above 0
 * @param mostAnchorSigma least sure SOC that still is an anchor, above 0
 * @param leastWindow least change of SOC between two anchors that is used, above 0
 * @param driftPerCycle relative change of the capacity a full cycle may bring, as a random walk, 0 or more
 * @param driftPerDay the same for a day, 0 or more
 */
public record CapacitySettings(
        double startSigma,
        double leastShare,
        double mostShare,
        double currentOffsetPerH,
        double currentGain,
        double leastRestS,
        double mostAnchorSigma,
        double leastWindow,
        double driftPerCycle,
        double driftPerDay) {
    /** Checks every figure. */
    public CapacitySettings {
        Check.positive("startSigma", startSigma);
        Check.positive("leastShare", leastShare);
        Check.positive("mostShare", mostShare);
        if (!(leastShare < 1.0 && mostShare > 1.0)) {
            throw new IllegalArgumentException(
                    "leastShare (" + leastShare + ") must lie below 1 and mostShare (" + mostShare + ") above");
        }
        Check.positive("currentOffsetPerH", currentOffsetPerH);
        Check.notNegative("currentGain", currentGain);
        Check.positive("leastRestS", leastRestS);
        Check.positive("mostAnchorSigma", mostAnchorSigma);
        Check.positive("leastWindow", leastWindow);
        Check.notNegative("driftPerCycle", driftPerCycle);
        Check.notNegative("driftPerDay", driftPerDay);
    }

    /**
     * A used cell good to 15 % of its rating and within 0.3…1.3 of it, a sensor with 2 mA per Ah offset and 0.5 % gain
     * error, anchors after ten minutes good to 5 points, windows of 10 points, 0.5 % a cycle and 0.2 % a day. Our
     * judgement; docs/theory/capacity.md says what follows from it.
     */
    public static CapacitySettings standard() {
        return new CapacitySettings(0.15, 0.3, 1.3, 0.002, 0.005, 600.0, 0.05, 0.1, 0.005, 0.002);
    }
}
