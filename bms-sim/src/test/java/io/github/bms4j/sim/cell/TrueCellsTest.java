package io.github.bms4j.sim.cell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.bms4j.config.ConfigException;
import java.io.IOException;
import java.io.StringReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TrueCellsTest {
    private static final String GOOD = """
            truth: 1
            name: small
            provenance: made up
            capacityAh: 2.5
            ocv:
              soc: [0, 1]
              v: [3, 4]
            r0:
              soc: [0, 1]
              temperatureDegC: [0, 25]
              ohm: [[0.04, 0.02], [0.03, 0.01]]
            branches:
            - {tauS: 5, soc: [0], temperatureDegC: [25], ohm: [[0.02]]}
            - {tauS: 50, soc: [0], temperatureDegC: [25], ohm: [[0.03]]}
            hysteresis: {soc: [0, 1], halfGapV: [0.02, 0.04], decayPerSoc: 40}
            thermal: {heatCapacityJPerK: 45, toAmbientWPerK: 0.2}
            """;

    private static TrueCell read(String text) throws IOException, ConfigException {
        return TrueCells.read("cell.yaml", new StringReader(text));
    }

    @Test
    void everyFigureArrivesWhereItBelongs() throws IOException, ConfigException {
        TrueCell cell = read(GOOD);
        assertEquals("small", cell.name());
        assertEquals(2.5, cell.capacityAh());
        assertEquals(3.5, cell.ocvV().at(0.5), 1e-12);
        assertEquals(0.04, cell.r0Ohm().at(0.0, 0.0), 1e-12);
        assertEquals(0.02, cell.r0Ohm().at(1.0, 0.0), 1e-12);
        assertEquals(0.03, cell.r0Ohm().at(0.0, 25.0), 1e-12);
        assertEquals(2, cell.branches().size());
        assertEquals(50.0, cell.branches().get(1).tauS());
        assertEquals(0.03, cell.branches().get(1).ohm().at(0.5, 10.0), 1e-12);
        assertEquals(0.03, cell.hysteresisV().at(0.5), 1e-12);
        assertEquals(40.0, cell.hysteresisPerSoc());
        assertEquals(45.0, cell.heatCapacityJPerK());
        assertEquals(0.2, cell.toAmbientWPerK());
    }

    /** Each row breaks the file above; line and column are those of the culprit, or of the map it is missing from. */
    @ParameterizedTest(name = "{0} -> {1}")
    @CsvSource(
            delimiter = ';',
            value = {
                "truth: 1           ; truth: 2            ; 1:8:",
                "capacityAh: 2.5    ; capacityAh: big     ; 4:13:",
                "capacityAh: 2.5    ; capacity: 2.5       ; 4:1:",
                "capacityAh: 2.5    ; capacityAh: -1      ; 1:1:",
                "'v: [3, 4]'        ; 'v: [3, 4, 5]'      ; 6:3:",
                "'soc: [0, 1]'      ; 'soc: [1, 0]'       ; 6:3:",
                "tauS: 50           ; tauS: 0             ; 14:3:",
                "decayPerSoc: 40    ; decayPerSoc: .nan   ; 15:"
            })
    void whatIsWrongIsToldWithItsPlace(String from, String to, String place) {
        String bad = GOOD.replace(from, to);
        ConfigException e = assertThrows(ConfigException.class, () -> read(bad));
        assertTrue(String.valueOf(e.getMessage()).startsWith("cell.yaml:" + place), e::getMessage);
        assertTrue(String.valueOf(e.getMessage()).matches(".*: found .+, expected .+"), e::getMessage);
    }
}
