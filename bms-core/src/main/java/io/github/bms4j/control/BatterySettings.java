package io.github.bms4j.control;

import io.github.bms4j.cell.CellType;
import io.github.bms4j.cell.PackLayout;
import io.github.bms4j.charge.ControllerSettings;
import io.github.bms4j.charge.FastChargeSettings;
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
 * @param equipment what the pack has beside its cells, and what protects it
 */
public record BatterySettings(
        CellType cell,
        PackLayout layout,
        NoiseModel noise,
        LimitSettings limits,
        ControllerSettings controller,
        PlannerSettings planner,
        PackEquipment equipment) {
    /** The standard settings for a pack of such cells with nothing but sensors at them. */
    public static BatterySettings standard(CellType cell, PackLayout layout) {
        return standard(cell, layout, PackEquipment.cellsOnly(cell, layout));
    }

    /** The standard settings for such a pack in a vehicle: with its equipment, and charged in stages below what its anodes bear. */
    public static BatterySettings vehicle(CellType cell, PackLayout layout) {
        return standard(cell, layout, PackEquipment.vehicle(cell, layout)).with(FastChargeSettings.standard());
    }

    /** The same for a pack that is charged in stages. */
    public BatterySettings with(FastChargeSettings stages) {
        return new BatterySettings(cell, layout, noise, limits, controller.with(stages), planner, equipment);
    }

    /** The standard settings for a pack of such cells with this equipment. */
    public static BatterySettings standard(CellType cell, PackLayout layout, PackEquipment equipment) {
        return new BatterySettings(
                cell,
                layout,
                NoiseModel.of(cell),
                LimitSettings.standard(),
                ControllerSettings.standard(),
                PlannerSettings.standard(),
                equipment);
    }
}
