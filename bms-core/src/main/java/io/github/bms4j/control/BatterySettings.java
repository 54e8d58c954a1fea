package io.github.bms4j.control;

import io.github.bms4j.cell.CellType;
import io.github.bms4j.cell.PackLayout;
import io.github.bms4j.charge.ControllerSettings;
import io.github.bms4j.charge.PlannerSettings;
import io.github.bms4j.estimate.NoiseModel;
import io.github.bms4j.limit.LimitSettings;

/**
 * All that makes one pack's control cycle.
 *
 * @param cell the type of every cell
 * @param layout how they are wired and measured
 * @param noise how wrong readings and model are
 * @param limits how far limits stay inside the ratings
 * @param controller how a charge is driven
 * @param planner how a charge is planned
 */
public record BatterySettings(
        CellType cell,
        PackLayout layout,
        NoiseModel noise,
        LimitSettings limits,
        ControllerSettings controller,
        PlannerSettings planner) {
    /** The standard settings for a pack of such cells. */
    public static BatterySettings standard(CellType cell, PackLayout layout) {
        return new BatterySettings(
                cell,
                layout,
                NoiseModel.of(cell),
                LimitSettings.standard(),
                ControllerSettings.standard(),
                PlannerSettings.standard());
    }
}
