package io.github.bms4j.sim.run;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.bms4j.cell.CellType;
import io.github.bms4j.cell.PackLayout;
import io.github.bms4j.control.BatteryManager;
import io.github.bms4j.control.BatterySettings;
import io.github.bms4j.control.PackEquipment;
import io.github.bms4j.measure.PackSample;
import io.github.bms4j.measure.SensorRange;
import io.github.bms4j.protect.Fault;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Nothing that ships contradicts itself: settings of every shipped cell in packs small and large, with sensors chosen for it. */
class ShippedCellsArmedTest {
    static Stream<Arguments> packs() {
        List<PackLayout> layouts =
                List.of(new PackLayout(1, 1, 1), new PackLayout(16, 2, 4), new PackLayout(96, 40, 24));
        return ShippedData.cells().stream().flatMap(cell -> layouts.stream().map(l -> Arguments.of(cell, l)));
    }

    private static BatteryManager afterACycle(CellType cell, PackLayout layout, PackEquipment equipment) {
        BatteryManager manager = new BatteryManager(BatterySettings.standard(cell, layout, equipment));
        assertEquals(List.of(), manager.contradictions());
        PackSample sample = new PackSample(layout, SensorRange.of(cell.rating(), layout));
        manager.start(0.5, 0.1);
        sample.begin(1_000_000_000L);
        manager.step(sample);
        return manager;
    }

    @ParameterizedTest(name = "{0}, {1}")
    @MethodSource("packs")
    void aPackOfAShippedCellContradictsNothing(String name, PackLayout layout) {
        CellType cell = ShippedData.cell(name);
        for (PackEquipment equipment :
                List.of(PackEquipment.vehicle(cell, layout), PackEquipment.cellsOnly(cell, layout))) {
            BatteryManager manager = afterACycle(cell, layout, equipment);
            assertEquals(List.of(), manager.contradictions());
            assertEquals(0, manager.faults().occurrences(Fault.CONFIGURATION_INCONSISTENT));
        }
    }
}
