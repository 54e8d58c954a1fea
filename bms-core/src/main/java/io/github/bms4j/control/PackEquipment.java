package io.github.bms4j.control;

import io.github.bms4j.balance.BalanceSettings;
import io.github.bms4j.balance.BleedBoard;
import io.github.bms4j.cell.CellType;
import io.github.bms4j.cell.PackLayout;
import io.github.bms4j.contactor.ContactorRating;
import io.github.bms4j.detect.DetectorSettings;
import io.github.bms4j.limit.RemoteSource;
import io.github.bms4j.protect.Equipment;
import io.github.bms4j.protect.ProtectSettings;
import io.github.bms4j.thermal.HeaterRating;
import io.github.bms4j.thermal.ThermalSettings;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a pack has beside its cells: protection, contactors, bleed board, heater and coolant, detectors, and those who may limit it
 * from afar.
 *
 * @param protect the fault table's thresholds, and which signals are fitted
 * @param contactors the contactors; null for a pack whose contactors somebody else drives
 * @param bleed the bleed board; null for none
 * @param balance what balancing aims at
 * @param thermal when heater and coolant act
 * @param detectors which detectors run; none is the usual choice
 * @param remotes who may limit the pack from afar
 */
public record PackEquipment(
        ProtectSettings protect,
        @Nullable ContactorRating contactors,
        @Nullable BleedBoard bleed,
        BalanceSettings balance,
        ThermalSettings thermal,
        DetectorSettings detectors,
        List<RemoteSource> remotes) {
    /** Heater of a vehicle by our judgement: W per Wh of the pack, and the share of it that warms the cells. */
    private static final double HEATER_W_PER_WH = 0.08;

    private static final double HEATER_EFFICIENCY = 0.9;

    /** Copies the list. */
    public PackEquipment {
        remotes = List.copyOf(remotes);
    }

    /** Nothing but sensors at the cells: what is not fitted is not waited for, and what nobody drives is left alone. */
    public static PackEquipment cellsOnly(CellType type, PackLayout layout) {
        Equipment nothing = new Equipment(false, false, false, false);
        return new PackEquipment(
                ProtectSettings.of(type, layout, nothing, 0.1),
                null,
                null,
                BalanceSettings.standard(),
                ThermalSettings.of(type, 0.0, false),
                DetectorSettings.none(),
                List.of());
    }

    /**
     * A vehicle's pack: every signal fitted, contactors with precharge, a usual bleed board, a heater of 80 W per kWh in the
     * coolant. Our judgement, to begin with; read the data sheets of your own.
     */
    public static PackEquipment vehicle(CellType type, PackLayout layout) {
        double packV = layout.series() * type.rating().maxV();
        double packWh = layout.series()
                * layout.parallel()
                * type.rating().capacityAh()
                * type.rating().nominalV();
        HeaterRating heater = new HeaterRating(HEATER_W_PER_WH * packWh, HEATER_EFFICIENCY, 1.0, 1.0);
        return new PackEquipment(
                ProtectSettings.of(type, layout),
                ContactorRating.standard(packV),
                BleedBoard.usual(layout),
                BalanceSettings.standard(),
                ThermalSettings.of(type, heater, true),
                DetectorSettings.none(),
                List.of());
    }

    /** The same with other settings of heater and coolant. */
    public PackEquipment with(ThermalSettings newThermal) {
        return new PackEquipment(protect, contactors, bleed, balance, newThermal, detectors, remotes);
    }

    /** The same with other detectors. */
    public PackEquipment with(DetectorSettings newDetectors) {
        return new PackEquipment(protect, contactors, bleed, balance, thermal, newDetectors, remotes);
    }

    /** The same with those who may limit the pack from afar. */
    public PackEquipment with(List<RemoteSource> newRemotes) {
        return new PackEquipment(protect, contactors, bleed, balance, thermal, detectors, newRemotes);
    }
}
