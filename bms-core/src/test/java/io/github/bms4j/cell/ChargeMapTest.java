package io.github.bms4j.cell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChargeMapTest {
    private final ChargeMap map =
            new ChargeMap(new double[] {0.5, 0.9}, new double[] {0.0, 10.0, 40.0, 45.0}, new double[][] {
                {0.0, 0.0}, {0.4, 0.2}, {1.0, 0.5}, {0.3, 0.1}
            });

    @ParameterizedTest(name = "soc {0}, {1} °C allows {2} C")
    @CsvSource({
        "0.5,  10, 0.4",
        "0.7,  10, 0.3",
        "0.5,   5, 0.2",
        "0.0,  25, 0.7",
        "0.9,  25, 0.35",
        "1.0,  25, 0.35",
        "1.1,  25, 0.35",
        "0.5,  45, 0.3",
        "0.5,  45.001, 0.0",
        "0.5,  -0.001, 0.0",
        "0.5,   0, 0.0",
        "0.5, -40, 0.0",
        "NaN,  25, 0.0",
        "0.5, NaN, 0.0"
    })
    void isBilinearAndAllowsNothingOutsideItsTemperatures(double soc, double degC, double ratePerH) {
        assertEquals(ratePerH, map.maxRatePerH(soc, degC), 1e-12);
    }

    @Test
    void knowsWhereItAllowsCurrent() {
        assertEquals(1.0, map.highestRatePerH());
        assertTrue(map.allowsBetween(0.0, 1.0));
        assertTrue(map.allowsBetween(44.0, 60.0));
        assertFalse(map.allowsBetween(45.0, 60.0));
        assertFalse(map.allowsBetween(-40.0, 0.0));
        ChargeMap cold = new ChargeMap(
                new double[] {0.5}, new double[] {-20.0, -10.0, 5.0}, new double[][] {{0.0}, {0.0}, {0.2}});
        assertTrue(cold.allowsBetween(-40.0, 0.0), "the line from -10 to 5 °C is above zero at -1 °C");
        assertFalse(cold.allowsBetween(-40.0, -10.0));
    }

    @Test
    void keepsItsOwnCopy() {
        double[][] rates = {{0.5}, {0.5}};
        ChargeMap own = new ChargeMap(new double[] {0.5}, new double[] {0.0, 40.0}, rates);
        rates[0][0] = 9.0;
        assertEquals(0.5, own.highestRatePerH());
        assertEquals(0.5, own.maxRatePerH(0.5, 0.0));
    }

    @ParameterizedTest(name = "{3}")
    @CsvSource(
            delimiter = '|',
            value = {
                "0;1   | 0     | 1;1  | temperatureDegC must have at least 2 nodes but has 1",
                "0;1.2 | 0;25  | 1;1  | soc[1] must be within [0.0, 1.0] but is 1.2",
                "0;1   | 0;250 | 1;1  | temperatureDegC[1] must be within [-60.0, 120.0] but is 250.0",
                "0;1   | 0;25  | 1;-1 | ratePerH[0][1] must be within [0.0, 30.0] but is -1.0; ratePerH[1][1] must be within [0.0, 30.0] but is -1.0",
                "0;1   | 0;25  | 1;31 | ratePerH[0][1] must be within [0.0, 30.0] but is 31.0; ratePerH[1][1] must be within [0.0, 30.0] but is 31.0",
                "0;1   | 0;25  | 1    | z[0] must have 2 values but has 1"
            })
    void refusesWhatIsNoMap(String soc, String degC, String rates, String message) {
        double[] row = OcvCurveTest.numbers(rates);
        Exception e = assertThrows(
                IllegalArgumentException.class,
                () -> new ChargeMap(OcvCurveTest.numbers(soc), OcvCurveTest.numbers(degC), new double[][] {row, row}));
        assertEquals(message, e.getMessage());
    }
}
