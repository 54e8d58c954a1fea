package io.github.bms4j.cell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The small records: rating, window, circuit, heat, provenance, layout. */
class RatingsTest {
    private static final TemperatureWindow WINDOW = new TemperatureWindow(-20.0, 60.0);

    @ParameterizedTest(name = "{6}")
    @CsvSource(
            delimiter = '|',
            value = {
                "0   | 3.6 | 2.5 | 4.2 | 10  | 3   | capacityAh must be finite and > 0 but is 0.0",
                "NaN | 3.6 | 2.5 | 4.2 | 10  | 3   | capacityAh must be finite and > 0 but is NaN",
                "3   | 3.6 | -1  | 4.2 | 10  | 3   | minV must be finite and > 0 but is -1.0",
                "3   | 3.6 | 2.5 | NaN | 10  | 3   | maxV must be finite and > 0 but is NaN",
                "3   | 3.6 | 4.2 | 4.2 | 10  | 3   | maxV (4.2) must exceed minV (4.2)",
                "3   | 4.3 | 2.5 | 4.2 | 10  | 3   | nominalV must be within [2.5, 4.2] but is 4.3",
                "3   | 3.6 | 2.5 | 4.2 | -10 | 3   | maxDischargeA must be finite and > 0 but is -10.0",
                "3   | 3.6 | 2.5 | 4.2 | 10  | NaN | maxChargeA must be finite and > 0 but is NaN"
            })
    void refusesARatingThatIsNone(
            double capacityAh,
            double nominalV,
            double minV,
            double maxV,
            double dischargeA,
            double chargeA,
            String why) {
        Exception e = assertThrows(
                IllegalArgumentException.class,
                () -> new CellRating(capacityAh, nominalV, minV, maxV, dischargeA, chargeA, WINDOW, WINDOW));
        assertEquals(why, e.getMessage());
    }

    @ParameterizedTest(name = "{0} °C in the window: {1}")
    @CsvSource({"-20, true", "60, true", "0, true", "-20.01, false", "60.01, false", "NaN, false"})
    void containsItsEnds(double degC, boolean inside) {
        assertEquals(inside, WINDOW.contains(degC));
    }

    @ParameterizedTest(name = "{2}")
    @CsvSource(
            delimiter = '|',
            value = {
                "10  | 10  | maxDegC (10.0) must exceed minDegC (10.0)",
                "-70 | 10  | minDegC must be within [-60.0, 120.0] but is -70.0",
                "0   | NaN | maxDegC must be within [-60.0, 120.0] but is NaN"
            })
    void refusesAWindowThatIsNone(double minDegC, double maxDegC, String why) {
        Exception e = assertThrows(IllegalArgumentException.class, () -> new TemperatureWindow(minDegC, maxDegC));
        assertEquals(why, e.getMessage());
    }

    @Test
    void takesOneToThreeBranchesFasterFirst() {
        ResistanceMap r = new ResistanceMap(new double[] {0.5}, new double[] {25.0}, new double[][] {{0.01}}, 0.0);
        RcBranch fast = new RcBranch(r, 10.0);
        RcBranch slow = new RcBranch(r, 300.0);
        RcBranch slower = new RcBranch(r, 2000.0);
        RcBranch slowest = new RcBranch(r, 9000.0);
        assertEquals(0.03, new Circuit(r, List.of(fast, slow)).totalOhm(0.5, 25.0), 1e-15);
        assertEquals(0.04, new Circuit(r, List.of(fast, slow, slower)).totalOhm(0.5, 25.0), 1e-15);
        assertEquals(
                "branches must be 1 to 3 but are 0",
                assertThrows(IllegalArgumentException.class, () -> new Circuit(r, List.of()))
                        .getMessage());
        assertEquals(
                "branches must be 1 to 3 but are 4",
                assertThrows(IllegalArgumentException.class, () -> new Circuit(r, List.of(fast, slow, slower, slowest)))
                        .getMessage());
        assertEquals(
                "branches must stand faster first but have tauS 300.0 and 10.0",
                assertThrows(IllegalArgumentException.class, () -> new Circuit(r, List.of(slow, fast)))
                        .getMessage());
        assertEquals(
                "branches must stand faster first but have tauS 2000.0 and 300.0",
                assertThrows(IllegalArgumentException.class, () -> new Circuit(r, List.of(fast, slower, slow)))
                        .getMessage());
        assertEquals(
                "branches must stand faster first but have tauS 10.0 and 10.0",
                assertThrows(IllegalArgumentException.class, () -> new Circuit(r, List.of(fast, fast)))
                        .getMessage());
        assertEquals(
                "tauS must be finite and > 0 but is 0.0",
                assertThrows(IllegalArgumentException.class, () -> new RcBranch(r, 0.0))
                        .getMessage());
    }

    @Test
    void checksHeatAndProvenance() {
        assertEquals(0.0, new ThermalRating(45.0, 0.0).toAmbientWPerK());
        assertEquals(0.29, new ThermalRating(8.0, 0.0).coreToSurfaceWPerK(), 1e-12); // 0.145 x 2
        assertEquals(3.5, new ThermalRating(45.0, 0.1, 3.5).coreToSurfaceWPerK());
        assertEquals(
                "coreToSurfaceWPerK must be finite and > 0 but is 0.0",
                assertThrows(IllegalArgumentException.class, () -> new ThermalRating(45.0, 0.1, 0.0))
                        .getMessage());
        assertEquals(
                "heatCapacityJPerK must be finite and > 0 but is 0.0",
                assertThrows(IllegalArgumentException.class, () -> new ThermalRating(0.0, 0.1))
                        .getMessage());
        assertEquals(
                "toAmbientWPerK must be finite and >= 0 but is -0.1",
                assertThrows(IllegalArgumentException.class, () -> new ThermalRating(45.0, -0.1))
                        .getMessage());
        for (int blank = 0; blank < 3; blank++) {
            String[] texts = {"a", "b", "c"};
            texts[blank] = " ";
            assertEquals(
                    List.of("origin", "licence", "method").get(blank) + " must not be blank",
                    assertThrows(IllegalArgumentException.class, () -> new Provenance(texts[0], texts[1], texts[2]))
                            .getMessage());
        }
    }

    @ParameterizedTest(name = "{0} cells on {1} sensors: {2}")
    @CsvSource({"4, 1, 0000", "4, 2, 0011", "4, 4, 0123", "5, 2, 00011", "7, 3, 0001122", "1, 1, 0"})
    void givesEachSensorABlockOfNeighbours(int series, int sensors, String expected) {
        PackLayout layout = new PackLayout(series, 3, sensors);
        assertEquals(series, layout.cells());
        StringBuilder blocks = new StringBuilder();
        for (int cell = 0; cell < series; cell++) {
            blocks.append(layout.sensorOfCell(cell));
        }
        assertEquals(expected, blocks.toString());
        assertThrows(IndexOutOfBoundsException.class, () -> layout.sensorOfCell(series));
        assertThrows(IndexOutOfBoundsException.class, () -> layout.sensorOfCell(-1));
    }

    @Test
    void sharesThePackCurrentAmongParallelCells() {
        assertEquals(-4.0, new PackLayout(96, 3, 8).cellCurrentA(-12.0));
    }

    @ParameterizedTest(name = "{3}")
    @CsvSource(
            delimiter = '|',
            value = {
                "0 | 1 | 1 | series must be >= 1 but is 0",
                "4 | 0 | 1 | parallel must be >= 1 but is 0",
                "4 | 1 | 0 | temperatureSensors must be >= 1 but is 0",
                "4 | 1 | 5 | temperatureSensors (5) must not exceed series (4)"
            })
    void refusesALayoutThatIsNone(int series, int parallel, int sensors, String why) {
        Exception e = assertThrows(IllegalArgumentException.class, () -> new PackLayout(series, parallel, sensors));
        assertEquals(why, e.getMessage());
    }
}
