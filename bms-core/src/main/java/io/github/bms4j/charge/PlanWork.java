package io.github.bms4j.charge;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.BooleanSupplier;

/** What is still to be done for a plan, in units of about one slot: a unit is called until it says that it is done. */
final class PlanWork {
    private final Deque<BooleanSupplier> waiting = new ArrayDeque<>();

    /** Enters units before all that waits, in this order. */
    void next(BooleanSupplier... units) {
        for (int i = units.length - 1; i >= 0; i--) {
            waiting.addFirst(units[i]);
        }
    }

    /** Calls the next unit once; whether nothing is left. */
    boolean step() {
        BooleanSupplier unit = waiting.poll();
        if (unit != null && !unit.getAsBoolean()) {
            waiting.addFirst(unit);
        }
        return waiting.isEmpty();
    }
}
