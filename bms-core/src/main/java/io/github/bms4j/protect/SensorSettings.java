package io.github.bms4j.protect;

import io.github.bms4j.cell.CellType;
import io.github.bms4j.cell.PackLayout;
import io.github.bms4j.num.Check;

/**
 * When a reading is too old and when a sensor no longer measures.
 *
 * @param startGraceS time after the start within which a first reading is waited for, s
 * @param currentStaleS age from which a current is stale, s
 * @param voltageStaleS age from which a cell or pack voltage is stale, s
 * @param temperatureStaleS age from which a temperature is stale, s
 * @param rampS over what time a stale current or voltage takes the current to zero, and opens, s
 * @param temperatureRampS over what time a stale temperature does, s
 * @param stuckS time without the least change from which a sensor may be stuck, s
 * @param stuckMoves changes that must have passed it by in that time
 * @param moveA change of pack current that every voltage must show, A
 * @param moveV step of the mean cell voltage that the current must show, V
 * @param moveK change of the other temperatures that a temperature must show, K
 * @param jumpV step of one cell against the others between two readings that no cell makes, V
 * @param suspectShare current that a suspect sensor leaves, 0…1
 */
public record SensorSettings(
        double startGraceS,
        double currentStaleS,
        double voltageStaleS,
        double temperatureStaleS,
        double rampS,
        double temperatureRampS,
        double stuckS,
        int stuckMoves,
        double moveA,
        double moveV,
        double moveK,
        double jumpV,
        double suspectShare) {
    private static final double LEAST_STALE_S = 0.2;
    private static final double LEAST_TEMPERATURE_STALE_S = 5.0;
    private static final double STALE_PERIODS = 3.0;
    private static final double RAMP_PERIODS = 2.0;
    private static final double LEAST_RAMP_S = 0.5;
    /** Drop over the ohmic resistance that a front end of up to 1 mV resolution shows at any temperature, V. */
    private static final double SEEN_V = 0.010;

    /** Checks every figure. */
    public SensorSettings {
        Check.positive("startGraceS", startGraceS);
        Check.positive("currentStaleS", currentStaleS);
        Check.positive("voltageStaleS", voltageStaleS);
        Check.positive("temperatureStaleS", temperatureStaleS);
        Check.positive("rampS", rampS);
        Check.positive("temperatureRampS", temperatureRampS);
        Check.positive("stuckS", stuckS);
        Check.atLeast("stuckMoves", stuckMoves, 1);
        Check.positive("moveA", moveA);
        Check.positive("moveV", moveV);
        Check.positive("moveK", moveK);
        Check.positive("jumpV", jumpV);
        Check.fraction("suspectShare", suspectShare);
    }

    /**
     * For readings every {@code periodS}: stale after three of them, at least 0.2 s (temperatures 5 s); gone after another 0.5 s
     * or two of them (30 s).
     */
    static SensorSettings of(CellType type, PackLayout layout, double periodS) {
        Check.positive("periodS", periodS);
        double staleS = Math.max(LEAST_STALE_S, STALE_PERIODS * periodS);
        double r0Ohm = type.circuit().r0().ohm(0.5, 25.0);
        return new SensorSettings(
                5.0,
                staleS,
                staleS,
                Math.max(LEAST_TEMPERATURE_STALE_S, STALE_PERIODS * periodS),
                Math.max(LEAST_RAMP_S, RAMP_PERIODS * periodS),
                30.0,
                60.0,
                5,
                SEEN_V / r0Ohm * layout.parallel(),
                SEEN_V,
                8.0,
                0.3,
                0.8);
    }
}
