package io.github.bms4j.balance;

import io.github.bms4j.num.Findings;

/**
 * What balancing aims at and how careful it is.
 *
 * @param goalSoc SOC at which all cells are to be together, 0…1; 1 makes them full together (top balance)
 * @param sigmas how many standard deviations of a difference are left in the cell, 0 or more
 * @param curveShare relative error of the curve's slope between two cells: a difference is not believed better than this share of it,
 *     within [0, 1]
 * @param leastShare share of the capacity below which a bleed is not begun, within [0, 0.1]
 * @param leastSoc lowest SOC at which a cell is bled, 0…1
 * @param driftPerDay by how much of the capacity two cells may drift apart in a day by self-discharge, as a standard deviation, within
 *     [0, 0.01]
 * @param turnS how long channels stay chosen before others may have their turn, s, above 0
 * @param periodS time from one measuring window to the next, s, above {@code windowS}
 * @param windowS length of a window in which all channels are off, s, 0 or more; 0 for a board that pauses by itself while it measures
 */
public record BalanceSettings(
        double goalSoc,
        double sigmas,
        double curveShare,
        double leastShare,
        double leastSoc,
        double driftPerDay,
        double turnS,
        double periodS,
        double windowS) {
    /** @throws IllegalArgumentException naming every value that does not fit, separated by "; " */
    public BalanceSettings {
        Findings findings = new Findings();
        findings.within("goalSoc", goalSoc, 0.0, 1.0);
        findings.within("sigmas", sigmas, 0.0, 10.0);
        findings.within("curveShare", curveShare, 0.0, 1.0);
        findings.within("leastShare", leastShare, 0.0, 0.1);
        findings.within("leastSoc", leastSoc, 0.0, 1.0);
        findings.within("driftPerDay", driftPerDay, 0.0, 0.01);
        findings.positive("turnS", turnS);
        findings.notNegative("windowS", windowS);
        findings.positive("periodS", periodS);
        if (periodS <= windowS) {
            findings.add("periodS (" + periodS + ") must exceed windowS (" + windowS + ")");
        }
        findings.refuse();
    }

    /**
     * Full together, two standard deviations left, slopes believed to a quarter, a bleed begun from 0.2 % of the capacity and above 20 % SOC, cells drifting apart by
     * 0.02 % a day, turns of five minutes, a window of 5 s in every minute: our choice.
     */
    public static BalanceSettings standard() {
        return new BalanceSettings(1.0, 2.0, 0.25, 0.002, 0.2, 0.0002, 300.0, 60.0, 5.0);
    }
}
