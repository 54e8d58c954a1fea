package io.github.bms4j.sim.replay;

import io.github.bms4j.sim.trace.Trace;
import io.github.bms4j.sim.trace.Trace.Column;
import java.util.List;

/** The columns of a replay's trace, by the index that {@link Trace#set} takes; one row per row of the recording. */
public final class ReplayTrace {
    private static final List<Column> COLUMNS = List.of(
            new Column("time_s", 3),
            new Column("soc", 6),
            new Column("soc_sigma", 6),
            new Column("voltage_v", 4),
            new Column("voltage_pred_v", 4),
            new Column("current_bias_a", 5),
            new Column("r0_ohm", 6),
            new Column("current_a", 4),
            new Column("temperature_c", 2),
            new Column("soc_counter", 6),
            new Column("soc_ref", 6),
            new Column("soc_ref_trust", 6),
            new Column("used", 0));

    /** Time as recorded, s. */
    public static final int TIME_S = 0;
    /** Estimated SOC; held where the row did not enter the estimate. */
    public static final int SOC = 1;
    /** Its standard deviation. */
    public static final int SOC_SIGMA = 2;
    /** Voltage the estimator read, V; NaN if none. */
    public static final int VOLTAGE_V = 3;
    /** Voltage it expected, V; NaN where the row did not enter. */
    public static final int VOLTAGE_PRED_V = 4;
    /** What it takes for the current sensor's error, A; NaN if it does not estimate it. */
    public static final int CURRENT_BIAS_A = 5;
    /** Ohmic resistance it works with, ohm. */
    public static final int R0_OHM = 6;
    /** Current the estimator read, A; NaN if none. */
    public static final int CURRENT_A = 7;
    /** Temperature it was given, °C. */
    public static final int TEMPERATURE_C = 8;
    /** SOC counted from the same start, from the same readings. */
    public static final int SOC_COUNTER = 9;
    /** Reference SOC; NaN if there is none. */
    public static final int SOC_REF = 10;
    /** How wrong the reference can be. */
    public static final int SOC_REF_TRUST = 11;
    /** 1 where the row entered the estimate, 0 where it was held. */
    public static final int USED = 12;

    private ReplayTrace() {}

    static Trace create() {
        return new Trace(COLUMNS);
    }
}
