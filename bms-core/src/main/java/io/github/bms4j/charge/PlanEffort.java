package io.github.bms4j.charge;

/** How much was computed for a plan, in counts that do not depend on the machine. */
final class PlanEffort {
    /** Moves that take as long to price as one look. */
    private static final int MOVES_PER_LOOK = 10;

    /** Looks at the pack in one state: at its limits, or at a step of an energy integral. */
    long looks;
    /** Moves from one SOC to another that were priced. */
    long moves;

    long operations() {
        return MOVES_PER_LOOK * looks + moves;
    }
}
