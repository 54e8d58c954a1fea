package io.github.bms4j.cell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ResistanceMapTest {
    private final ResistanceMap map = new ResistanceMap(
            new double[] {0.2, 0.8}, new double[] {0.0, 25.0}, new double[][] {{0.06, 0.05}, {0.02, 0.03}}, 20_000.0);

    /**
     * Expected: nodes as given; at 10 °C ln R straight over 1/T, 0.03777395532; beyond the rows exp(E/Rg (1/T - 1/T0))
     * with E = 20 kJ/mol, evaluated with another program: factor 4.530545923872474 from 0 to -40 °C.
     */
    @ParameterizedTest(name = "soc {0}, {1} °C")
    @CsvSource({
        "0.2,   0, 0.06",
        "0.8,   0, 0.05",
        "0.2,  25, 0.02",
        "0.5,   0, 0.055",
        "0.5,  25, 0.025",
        "0.2,  10, 0.037773955323435776",
        "0.2, -40, 0.27183275543234844",
        "0.8, -40, 0.2265272961936237",
        "0.0,  25, 0.02",
        "1.0,  25, 0.03",
        "0.2, -55, 0.27183275543234844",
        "NaN,  25, NaN",
        "0.5, NaN, NaN"
    })
    void followsArrheniusBetweenAndBeyondItsRows(double soc, double degC, double ohm) {
        assertEquals(ohm, map.ohm(soc, degC), 1e-13);
    }

    @Test
    void goesOnFromTheWarmestRow() {
        double factor = StrictMath.exp(20_000.0 / 8.31446261815324 * (1.0 / 353.15 - 1.0 / 298.15));
        assertEquals(0.02 * factor, map.ohm(0.2, 80.0), 1e-13);
        assertEquals(0.02 * factor, map.ohm(0.2, 95.0), 1e-13);
    }

    @Test
    void liesOnAChordBetweenWholeDegrees() {
        double law = 0.06 * StrictMath.exp(20_000.0 / 8.31446261815324 * (1.0 / 242.65 - 1.0 / 273.15));
        assertEquals((map.ohm(0.2, -31.0) + map.ohm(0.2, -30.0)) / 2.0, map.ohm(0.2, -30.5), 1e-15);
        assertEquals(law, map.ohm(0.2, -30.5), law * 3e-4);
    }

    @Test
    void holdsItsOneRowWithoutActivationEnergy() {
        ResistanceMap flat = new ResistanceMap(new double[] {0.5}, new double[] {25.0}, new double[][] {{0.01}}, 0.0);
        assertEquals(0.01, flat.ohm(0.0, -40.0));
        assertEquals(0.01, flat.ohm(1.0, 80.0));
    }

    @Test
    void keepsTheRowsItWasGiven() {
        ResistanceMap cold = new ResistanceMap(
                new double[] {0.5}, new double[] {-50.0, -20.0, 90.0}, new double[][] {{0.4}, {0.1}, {0.01}}, 0.0);
        assertEquals(0.1, cold.ohm(0.5, -20.0), 1e-15);
        double part = (1.0 / 233.15 - 1.0 / 223.15) / (1.0 / 253.15 - 1.0 / 223.15);
        assertEquals(0.4 * StrictMath.pow(0.25, part), cold.ohm(0.5, -40.0), 1e-12);
    }

    @ParameterizedTest(name = "{4}")
    @CsvSource(
            delimiter = '|',
            value = {
                "0;1    | 0;25   | 1;1   | 2;2 | 200000 | activationJPerMol must be within [0.0, 150000.0] but is 200000.0",
                "0;1    | 0;25   | 1;1   | 2;2 | -1     | activationJPerMol must be within [0.0, 150000.0] but is -1.0",
                "0;1.01 | 0;25   | 1;1   | 2;2 | 0      | soc[1] must be within [0.0, 1.0] but is 1.01",
                "1;0    | 0;25   | 1;1   | 2;2 | 0      | x must be strictly increasing but x[1] = 0.0 follows 1.0",
                "0;1    | 25;0   | 1;1   | 2;2 | 0      | y must be strictly increasing but y[1] = 0.0 follows 25.0",
                "0;1    | 0;250  | 1;1   | 2;2 | 0      | temperatureDegC[1] must be within [-60.0, 120.0] but is 250.0",
                "0;1    | 0;25   | 1;1   | 2   | 0      | ohm[1] must have one value per soc (2) but has 1",
                "0;1    | 0;25   | 1;0   | 2;2 | 0      | ohm[0][1] must be finite and > 0 but is 0.0",
                "0;1    | 0;5;25 | 1;1   | 2;2 | 0      | ohm must have one row per temperature (3) but has 2"
            })
    void refusesWhatIsNoMap(String soc, String degC, String cold, String warm, double activation, String message) {
        Exception e = assertThrows(
                IllegalArgumentException.class,
                () -> new ResistanceMap(
                        OcvCurveTest.numbers(soc),
                        OcvCurveTest.numbers(degC),
                        new double[][] {OcvCurveTest.numbers(cold), OcvCurveTest.numbers(warm)},
                        activation));
        assertEquals(message, e.getMessage());
    }
}
