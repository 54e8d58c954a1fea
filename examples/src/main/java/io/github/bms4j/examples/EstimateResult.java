package io.github.bms4j.examples;

import io.github.bms4j.cell.CellType;
import io.github.bms4j.sim.replay.Recording;
import io.github.bms4j.sim.replay.RecordingFinding;
import io.github.bms4j.sim.replay.ReplayTrace;
import io.github.bms4j.sim.replay.SocScore;
import io.github.bms4j.sim.trace.Trace;
import java.util.List;

/**
 * What {@code bms estimate} made of one recording.
 *
 * @param recording the data
 * @param cell the cell the estimator believed in
 * @param estimator its name
 * @param findings what was wrong with the data
 * @param shadow what became of the candidate beside it; empty where there was none
 * @param trace the estimate, row by row
 * @param score against the reference
 * @param counting the same for counting from the same start
 * @param trust how wrong the reference can be at the most
 * @param scoreAfterS for how long a wrong start was forgiven, s
 */
record EstimateResult(
        Recording recording,
        CellType cell,
        String estimator,
        List<RecordingFinding> findings,
        List<String> shadow,
        Trace trace,
        SocScore score,
        SocScore counting,
        double trust,
        double scoreAfterS) {
    /** A value of the trace's last row. */
    double last(int column) {
        return trace.get(column, trace.rows() - 1);
    }

    /** Rows that did not enter the estimate. */
    int held() {
        int held = 0;
        for (int row = 0; row < trace.rows(); row++) {
            held += trace.get(ReplayTrace.USED, row) == 0.0 ? 1 : 0;
        }
        return held;
    }
}
