package io.github.bms4j.sim.run;

import io.github.bms4j.charge.ChargePlan;
import io.github.bms4j.sim.station.SessionEntry;
import io.github.bms4j.sim.trace.Trace;
import java.util.List;

/**
 * All of a run.
 *
 * @param scenario what was run
 * @param summary what came out of it
 * @param trace its course, one row a second, columns as in {@link RunTrace}
 * @param plugS when the vehicle was plugged in, s from the start of the run
 * @param firstPlan the plan made at the plug-in
 * @param session the negotiation, message by message with repeats counted
 */
public record RunResult(
        ChargeScenario scenario,
        RunSummary summary,
        Trace trace,
        double plugS,
        ChargePlan firstPlan,
        List<SessionEntry> session) {
    /** Copies the list. */
    public RunResult {
        session = List.copyOf(session);
    }
}
