package io.github.bms4j.sim.run;

import io.github.bms4j.sim.trace.Trace;
import io.github.bms4j.sim.trace.Trace.Column;
import java.util.List;

/** The columns of a run's trace, by the index that {@link Trace#set} takes. */
public final class RunTrace {
    private static final List<Column> COLUMNS = List.of(
            new Column("time_s", 1),
            new Column("phase", 0),
            new Column("soc_true", 5),
            new Column("soc", 5),
            new Column("soc_sigma", 5),
            new Column("soc_cell_min_true", 5),
            new Column("soc_cell_max_true", 5),
            new Column("cell_v_min_true", 4),
            new Column("cell_v_max_true", 4),
            new Column("pack_v", 2),
            new Column("current_a", 2),
            new Column("asked_a", 2),
            new Column("allowed_a", 2),
            new Column("temperature_min_true_c", 3),
            new Column("temperature_max_true_c", 3),
            new Column("temperature_max_c", 1),
            new Column("power_w", 0),
            new Column("cause", 0));

    /** Time from the start of the run, s. */
    public static final int TIME_S = 0;
    /** {@link RunPhase} by its ordinal. */
    public static final int PHASE = 1;
    /** True pack SOC. */
    public static final int SOC_TRUE = 2;
    /** Estimated pack SOC. */
    public static final int SOC = 3;
    /** Its standard deviation. */
    public static final int SOC_SIGMA = 4;
    /** True SOC of the emptiest cell. */
    public static final int SOC_CELL_MIN_TRUE = 5;
    /** True SOC of the fullest cell. */
    public static final int SOC_CELL_MAX_TRUE = 6;
    /** Lowest true cell voltage, V. */
    public static final int CELL_V_MIN_TRUE = 7;
    /** Highest true cell voltage, V. */
    public static final int CELL_V_MAX_TRUE = 8;
    /** True pack voltage, V. */
    public static final int PACK_V = 9;
    /** True pack current, A, positive discharging. */
    public static final int CURRENT_A = 10;
    /** Charge current asked of the station, A. */
    public static final int ASKED_A = 11;
    /** Charge current the pack allows for ten seconds, A. */
    public static final int ALLOWED_A = 12;
    /** Lowest true cell temperature, °C. */
    public static final int TEMPERATURE_MIN_TRUE_C = 13;
    /** Highest true cell temperature, °C. */
    public static final int TEMPERATURE_MAX_TRUE_C = 14;
    /** Highest temperature that a sensor shows, °C. */
    public static final int TEMPERATURE_MAX_C = 15;
    /** Power out of the pack, W, negative while charging. */
    public static final int POWER_W = 16;
    /** Rule that holds the charge power, by its ordinal; NaN outside a charge. */
    public static final int CAUSE = 17;

    private RunTrace() {}

    static Trace create() {
        return new Trace(COLUMNS);
    }
}
