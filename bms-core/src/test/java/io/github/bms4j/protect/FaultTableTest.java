package io.github.bms4j.protect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.bms4j.cell.PackLayout;
import io.github.bms4j.cell.SampleCells;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The fault table as it is told to a person. */
class FaultTableTest {
    private final ProtectSettings settings = ProtectSettings.of(SampleCells.straight(), new PackLayout(96, 2, 8));

    @ParameterizedTest
    @EnumSource(Fault.class)
    void theTableNamesEveryFaultWithItsThreshold(Fault fault) {
        String row = FaultTable.describe(settings)
                .lines()
                .filter(l -> l.startsWith(fault.dtcText()))
                .findFirst()
                .orElseThrow();
        assertTrue(row.contains(fault.text()), row);
        assertTrue(row.contains(FaultTable.threshold(fault, settings)), row);
        assertEquals(fault.reported(), row.contains("reported"), row);
        assertEquals(fault.latching(), row.contains(" yes "), row);
    }

    @Test
    void theTableIsToldInFull() {
        List<String> lines = FaultTable.describe(settings).lines().toList();
        assertEquals(1 + Fault.values().length, lines.size());
        assertEquals(
                "code       fault                                      set when                             after                cleared after        latch  reaction             budget",
                lines.get(0).stripTrailing());
        assertEquals(
                "P1B0317    cell voltage high (safety)                 > 4.25 V, back by 0.02               0.5 s, >= 3 readings 5 s, >= 3 readings   no     open                  1.5 s",
                lines.get(3).stripTrailing());
        assertFalse(lines.get(3).contains("\r"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "CELL_UNDERVOLTAGE_WARNING         | < 2.9 V, back by 0.1",
                "PACK_OVERVOLTAGE_SAFETY           | > 410.04 V, back by 1.92",
                "PACK_UNDERVOLTAGE_OPERATING       | < 284.65 V, back by 9.6",
                "CHARGE_OVERTEMPERATURE_OPERATING  | > 46 degC, back by 5",
                "CHARGE_UNDERTEMPERATURE_WARNING   | < -3 degC, back by 5",
                "DISCHARGE_OVERTEMPERATURE_SAFETY  | > 66 degC, back by 5",
                "DISCHARGE_UNDERTEMPERATURE_SAFETY | < -26 degC, back by 5",
                "CHARGE_OVERCURRENT_WARNING        | > 1.25 x 6 A, back by 0.05",
                "DISCHARGE_OVERCURRENT_SAFETY      | > 1.5 x 18 A, back by 0.05",
                "SHORT_CIRCUIT_SAFETY              | > 72 A",
                "FUSE_HEAT_WARNING                 | > 50 % of 1215 A2s",
                "FUSE_HEAT_SAFETY                  | > 1215 A2s",
                "RAPID_HEATING_WARNING             | >= 1 K/s",
                "THERMAL_RUNAWAY_SAFETY            | >= 1 K/s and a second sign",
                "CELL_VOLTAGE_JUMPED               | > 0.3 V against the others",
                "CELL_VOLTAGE_FROZEN               | same 60 s, 5 steps of 1 A",
                "CURRENT_FROZEN                    | same 60 s, 5 steps of 0.01 V",
                "TEMPERATURE_FROZEN                | same 60 s, others 8 K",
                "CELL_VOLTAGE_STALE_WARNING        | > 0.3 s old",
                "CELL_VOLTAGE_STALE_SAFETY         | > 0.8 s old",
                "CURRENT_STALE_SAFETY              | > 0.8 s old",
                "TEMPERATURE_STALE_SAFETY          | > 35 s old",
                "PACK_VOLTAGE_MISMATCH_SAFETY      | > 4.032 V apart",
                "INSULATION_WARNING                | < 201.6 kOhm",
                "INSULATION_CHARGING               | < 40.32 kOhm while charging",
                "INSULATION_STALE_WARNING          | > 60 s old",
                "INTERLOCK_SAFETY                  | loop open",
                "INTERLOCK_STALE_WARNING           | > 1 s old",
                "INVERTER_SILENT_SAFETY            | > 8 s old",
                "CHARGER_SILENT_WARNING            | > 1 s old",
                "CHARGER_CORRUPT                   | 2 wrong CRC, 3 repeated or 5 lost",
                "CURRENT_OUT_OF_RANGE              | outside the sensor's range",
                "TEMPERATURE_JUMPED                | step no cell makes"
            })
    void thresholdsAreToldWithTheirUnits(Fault fault, String text) {
        assertEquals(text, FaultTable.threshold(fault, settings));
    }

    @ParameterizedTest
    @CsvSource({
        "WELDED,                     ' 0.2 s, >= 1 readings '",
        "CELL_VOLTAGE_JUMPED,        ' 1 reading '",
        "INTERLOCK_SAFETY,           ' 0.05 s, >= 2 readings '",
        "CELL_VOLTAGE_STALE_WARNING, ' 0.05 s, >= 5 readings '"
    })
    void delaysAreToldAsTimeAndReadings(Fault fault, String text) {
        String row = FaultTable.describe(settings)
                .lines()
                .filter(l -> l.startsWith(fault.dtcText()))
                .findFirst()
                .orElseThrow();
        assertTrue(row.contains(text), row);
    }

    @Test
    void monitorDescribesItsOwnSettings() {
        Rig rig = new Rig();
        assertEquals(FaultTable.describe(rig.settings), rig.monitor.describe());
    }

    @Test
    void overcurrentIsToldByItsRange() {
        Set<String> lines = FaultTable.describe(settings)
                .lines()
                .filter(l -> l.contains("0.1 ... 1 s by ratio"))
                .map(l -> l.substring(0, 7))
                .collect(Collectors.toSet());
        assertEquals(Set.of("P1B2119", "P1B2219", "P1B2319", "P1B2419", "P1B2519", "P1B2619"), lines);
    }
}
