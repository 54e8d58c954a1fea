package io.github.bms4j.control;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.bms4j.cell.CellType;
import io.github.bms4j.cell.PackLayout;
import io.github.bms4j.cell.SampleCells;
import io.github.bms4j.contactor.ContactorRating;
import io.github.bms4j.limit.Horizon;
import io.github.bms4j.limit.LimitRule;
import io.github.bms4j.measure.PackSample;
import io.github.bms4j.measure.Plausible;
import io.github.bms4j.measure.SensorRange;
import io.github.bms4j.protect.Fault;
import io.github.bms4j.protect.ProtectSettings;
import io.github.bms4j.thermal.ThermalBand;
import io.github.bms4j.thermal.ThermalSettings;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Parts of a pack's settings that are sound by themselves and belong to different packs. */
class ConsistencyTest {
    private static final CellType CELL = SampleCells.straight();
    private static final PackLayout LAYOUT = new PackLayout(8, 10, 2);

    private static BatterySettings with(PackEquipment equipment) {
        return BatterySettings.standard(CELL, LAYOUT, equipment);
    }

    private static PackEquipment equipment(
            ProtectSettings protect, @Nullable ContactorRating contactors, ThermalSettings thermal) {
        PackEquipment usual = PackEquipment.vehicle(CELL, LAYOUT);
        return new PackEquipment(
                protect, contactors, usual.bleed(), usual.balance(), thermal, usual.detectors(), usual.remotes());
    }

    @Test
    void theStandardPartsFitEachOther() {
        assertEquals(List.of(), Consistency.findings(BatterySettings.standard(CELL, LAYOUT)));
        assertEquals(List.of(), Consistency.findings(BatterySettings.vehicle(CELL, LAYOUT)));
    }

    @Test
    void thresholdsOfAnotherPackAreFoundAllAtOnce() {
        PackEquipment usual = PackEquipment.vehicle(CELL, LAYOUT);
        ProtectSettings larger = ProtectSettings.of(CELL, new PackLayout(16, 30, 2));
        List<String> found = Consistency.findings(with(equipment(larger, usual.contactors(), usual.thermal())));
        assertEquals(4, found.size(), found::toString);
        assertTrue(found.get(0).startsWith("protect.voltage.packHigh.operating is "), found::toString);
        assertTrue(found.get(1).startsWith("protect.voltage.packLow.operating is "), found::toString);
        assertEquals(
                "protect.current.chargeA is "
                        + String.format(Locale.ROOT, "%.3f", 30 * CELL.rating().maxChargeA())
                        + " A, expected "
                        + String.format(Locale.ROOT, "%.3f", 2 * CELL.rating().maxChargeA())
                        + " to "
                        + String.format(Locale.ROOT, "%.3f", 12 * CELL.rating().maxChargeA()) + " A for "
                        + CELL.name(),
                found.get(2));
        assertTrue(found.get(3).startsWith("protect.current.dischargeA is "), found::toString);
    }

    @Test
    void contactorsForLessVoltageAreFound() {
        PackEquipment usual = PackEquipment.vehicle(CELL, LAYOUT);
        ContactorRating low = ContactorRating.standard(7 * CELL.rating().maxV());
        List<String> found = Consistency.findings(with(equipment(usual.protect(), low, usual.thermal())));
        assertEquals(1, found.size(), found::toString);
        assertTrue(found.get(0).startsWith("contactors.maxPackV is "), found::toString);
    }

    @Test
    void coolantThatBeginsTooLateIsFound() {
        PackEquipment usual = PackEquipment.vehicle(CELL, LAYOUT);
        ThermalSettings t = usual.thermal();
        double hot = Math.max(
                CELL.rating().charge().maxDegC(), CELL.rating().discharge().maxDegC());
        ThermalBand late = new ThermalBand(0.0, 5.0, hot, hot + 1.0, hot + 2.0);
        ThermalSettings lazy = new ThermalSettings(
                t.standby(), late, late, t.heaterW(), t.heaterInCoolant(), 60.0, 60.0, 0.2, 8.0, 1.0, 30.0);
        List<String> found = Consistency.findings(with(equipment(usual.protect(), usual.contactors(), lazy)));
        assertEquals(2, found.size(), found::toString);
        assertTrue(found.get(0).startsWith("thermal.charging.coolFullyDegC is "), found::toString);
        assertTrue(found.get(1).startsWith("thermal.driving.coolFullyDegC is "), found::toString);
    }

    @Test
    void aPackWhosePartsContradictEachOtherIsNotArmed() {
        CellType cell = CELL;
        PackEquipment usual = PackEquipment.cellsOnly(cell, LAYOUT);
        ProtectSettings other = ProtectSettings.of(
                cell, new PackLayout(16, 10, 2), usual.protect().signal().equipment(), 0.1);
        PackEquipment mixed = new PackEquipment(
                other, null, null, usual.balance(), usual.thermal(), usual.detectors(), usual.remotes());
        BatteryManager manager = new BatteryManager(with(mixed));
        assertFalse(manager.contradictions().isEmpty());
        manager.start(0.5, 0.05);
        read(manager, new PackSample(LAYOUT), 0, 10);
        assertEquals(1, manager.faults().occurrences(Fault.CONFIGURATION_INCONSISTENT));
        assertFalse(manager.faults().mayClose());
        assertEquals(0.0, manager.limits().discharge(Horizon.S10).limitA());
        assertEquals(LimitRule.FAULT, manager.limits().discharge(Horizon.S10).rule());
        assertEquals(
                "configuration inconsistent",
                manager.limits().discharge(Horizon.S10).source());
    }

    /** The usual sensors but for one quantity. */
    private static SensorRange sensors(String what, double min, double max) {
        SensorRange usual = SensorRange.of(CELL.rating(), LAYOUT);
        Plausible narrow = new Plausible(min, max, Double.POSITIVE_INFINITY);
        return new SensorRange(
                what.equals("current") ? narrow : usual.current(),
                what.equals("pack") ? narrow : usual.packVoltage(),
                what.equals("cell") ? narrow : usual.cellVoltage(),
                what.equals("temperature") ? narrow : usual.temperature());
    }

    /** Sound readings, cycle after cycle. */
    private static void read(BatteryManager manager, PackSample sample, int from, int cycles) {
        for (int k = from; k < from + cycles; k++) {
            sample.begin(k * 100_000_000L);
            sample.readCurrent(0.0);
            for (int c = 0; c < LAYOUT.cells(); c++) {
                sample.readCellVoltage(c, 3.65);
            }
            sample.readTemperature(0, 25.0);
            sample.readTemperature(1, 25.0);
            manager.step(sample);
        }
    }

    @ParameterizedTest(name = "{0} {1}...{2}: {3}")
    @CsvSource({
        "current,     -38,  113,  ''",
        "current,     -37,  113,  'current sensor of -37.0...113.0 A does not reach the warning tier at -37.5 and 112.5 A'",
        "cell,         2.9,  5.0, 'cell voltage sensor of 2.9...5.0 V does not reach the safety tier at 2.8 and 4.25 V'",
        "pack,         0.0, 30.0, 'pack voltage sensor of 0.0...30.0 V does not reach the safety tier at '",
        "temperature, -27.0, 60., 'temperature sensor of -27.0...60.0 degC does not reach the safety tier at -26.0 and 66.0 degC'"
    })
    void aSensorThatCannotReachAThresholdLeavesThePackUnarmedAndIsNamed(
            String what, double min, double max, String line) {
        BatteryManager manager = new BatteryManager(with(PackEquipment.cellsOnly(CELL, LAYOUT)));
        assertEquals(List.of(), manager.contradictions());
        manager.start(0.5, 0.05);
        read(manager, new PackSample(LAYOUT, sensors(what, min, max)), 0, 10);
        assertEquals(line.isEmpty(), manager.faults().mayClose());
        assertEquals(line.isEmpty() ? 0 : 1, manager.faults().occurrences(Fault.CONFIGURATION_INCONSISTENT));
        assertEquals(
                line.isEmpty() ? 0 : 1,
                manager.contradictions().size(),
                () -> manager.contradictions().toString());
        assertTrue(
                line.isEmpty() || manager.contradictions().get(0).startsWith(line),
                () -> manager.contradictions().toString());
        assertEquals(
                line.isEmpty(), manager.limits().discharge(Horizon.S10).limitA() > 0.0, "current of an unarmed pack");
    }

    @Test
    void sensorsAreJudgedAgainWhenOthersAreRead() {
        BatteryManager manager = new BatteryManager(with(PackEquipment.cellsOnly(CELL, LAYOUT)));
        manager.start(0.5, 0.05);
        read(manager, new PackSample(LAYOUT, sensors("current", -20.0, 20.0)), 0, 10);
        assertEquals(1, manager.contradictions().size());
        read(manager, new PackSample(LAYOUT, SensorRange.of(CELL.rating(), LAYOUT)), 10, 10);
        assertEquals(List.of(), manager.contradictions());
        read(manager, new PackSample(LAYOUT, sensors("current", -20.0, 20.0)), 20, 10);
        assertEquals(1, manager.contradictions().size());
    }

    @Test
    void whatTheSettingsContradictIsNotForgottenOverTheSensors() {
        PackEquipment usual = PackEquipment.cellsOnly(CELL, LAYOUT);
        ProtectSettings larger = ProtectSettings.of(
                CELL, new PackLayout(16, 10, 2), usual.protect().signal().equipment(), 0.1);
        PackEquipment mixed = new PackEquipment(
                larger, null, null, usual.balance(), usual.thermal(), usual.detectors(), usual.remotes());
        BatteryManager manager = new BatteryManager(with(mixed));
        int before = manager.contradictions().size();
        manager.start(0.5, 0.05);
        read(manager, new PackSample(LAYOUT, sensors("current", -20.0, 20.0)), 0, 1);
        assertEquals(
                before + 2,
                manager.contradictions().size(),
                () -> manager.contradictions().toString());
    }
}
