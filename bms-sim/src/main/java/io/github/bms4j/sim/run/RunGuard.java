package io.github.bms4j.sim.run;

import java.util.List;

/**
 * What protection, contactors and limits had to say in a run.
 *
 * @param standing the faults that stood at the end, in one line; "none" for none
 * @param faultsSet how often any fault of the table was set
 * @param closings how often the contactors came into operation
 * @param contactors their state at the end with all findings, in one line; empty for a pack without its own
 * @param openedInOrder whether they are open at the end and found nothing
 * @param bledAh charge that balancing took out of all cells, Ah; NaN for a pack without a bleed board
 * @param explained what limited the charge and why, in one line each: every half hour of the session
 */
public record RunGuard(
        String standing,
        int faultsSet,
        int closings,
        String contactors,
        boolean openedInOrder,
        double bledAh,
        List<String> explained) {
    /** Copies the list. */
    public RunGuard {
        explained = List.copyOf(explained);
    }
}
