package io.github.bms4j.sim.fault;

import io.github.bms4j.protect.Fault;

/**
 * What became of one injected fault.
 *
 * @param injected what went wrong
 * @param fault the fault that had to be found
 * @param before faults that already stood when it began: 0, or the row proves nothing
 * @param budgetS most time that it may take, s: that of the fault table, or that of its detector for what only hours show
 * @param detectedS time from its cause to the fault being set, s; NaN when it was not found in time
 * @param reacted whether the fault's reaction was in force at that moment
 */
public record MatrixRow(String injected, Fault fault, int before, double budgetS, double detectedS, boolean reacted) {
    private static final double EARLIEST_S = 0.1;

    /** With the budget of the fault table. */
    MatrixRow(String injected, Fault fault, int before, double detectedS, boolean reacted) {
        this(injected, fault, before, fault.budgetS(), detectedS, reacted);
    }

    /** Whether it was found at all, in at most twice its budget. */
    public boolean detected() {
        return !Double.isNaN(detectedS);
    }

    /** Whether it was found within its budget, and not before its cause by more than a cycle's worth of rounding. */
    public boolean withinBudget() {
        return detectedS >= -EARLIEST_S && detectedS <= budgetS;
    }

    /** Whether the row shows what it must: nothing stood before, found in time, reacted. */
    public boolean sound() {
        return before == 0 && withinBudget() && reacted;
    }
}
