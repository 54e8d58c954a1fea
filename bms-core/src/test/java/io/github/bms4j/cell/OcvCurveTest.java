package io.github.bms4j.cell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OcvCurveTest {
    private static final double[] SOC = {0.0, 0.1, 0.5, 0.9, 1.0};
    private static final double[] OCV_V = {2.8, 3.4, 3.7, 4.05, 4.2};
    private final OcvCurve plain = new OcvCurve(SOC, OCV_V, new double[5], 25.0);
    private final OcvCurve warm = new OcvCurve(SOC, OCV_V, new double[] {-4e-4, -4e-4, 1e-4, 2e-4, 2e-4}, 25.0);

    @ParameterizedTest(name = "soc {0}, {1} °C")
    @CsvSource({
        "0.0, 25, 2.8", "0.5, 25, 3.7", "1.0, 25, 4.2",
        "0.5, 45, 3.702", "1.0, -15, 4.192", "0.0, -15, 2.816"
    })
    void isTheReferenceCurveShiftedByEntropy(double soc, double degC, double v) {
        assertEquals(v, warm.v(soc, degC), 1e-12);
    }

    @Test
    void hasNoTemperatureWithoutEntropy() {
        assertEquals(plain.v(0.37, 25.0), plain.v(0.37, -30.0));
        assertEquals(plain.slopeV(0.37, 25.0), plain.slopeV(0.37, -30.0));
        assertEquals(0.37, plain.soc(plain.v(0.37, 25.0), -30.0), 1e-12);
        assertEquals(0.0, plain.entropicVPerK(0.37));
        assertEquals(25.0, plain.referenceDegC());
    }

    @Test
    void givesTheExactSlopeOfItsVoltage() {
        for (double degC : new double[] {-20.0, 25.0, 50.0}) {
            for (double soc = -0.0503; soc < 1.05; soc += 0.01) {
                double h = 1e-7;
                double numeric = (warm.v(soc + h, degC) - warm.v(soc - h, degC)) / (2.0 * h);
                assertEquals(numeric, warm.slopeV(soc, degC), 2e-6, soc + " at " + degC);
            }
        }
    }

    @Test
    void invertsAtAnyTemperatureAndBeyondItsEnds() {
        long seed = 11L;
        Random random = new Random(seed);
        for (int i = 0; i < 2000; i++) {
            double soc = -0.1 + 1.2 * random.nextDouble();
            double degC = -30.0 + 90.0 * random.nextDouble();
            assertEquals(soc, warm.soc(warm.v(soc, degC), degC), 1e-9, "seed " + seed + " step " + i);
        }
        assertEquals(0.0, warm.soc(warm.v(0.0, 40.0), 40.0), 1e-12);
        assertEquals(1.0, warm.soc(warm.v(1.0, 40.0), 40.0), 1e-12);
    }

    /** A plateau that entropy bends back: the inverse still ends, at a SOC that has the voltage. */
    @Test
    void findsACrossingWhereEntropyBendsTheCurveBack() {
        OcvCurve plateau = new OcvCurve(
                new double[] {0.0, 0.2, 0.5, 0.6, 1.0},
                new double[] {2.8, 3.25, 3.30, 3.302, 3.45},
                new double[] {0.0, 0.0, 3e-4, -3e-4, 0.0},
                25.0);
        assertTrue(plateau.slopeV(0.55, 60.0) < 0.0);
        for (double soc = 0.0; soc <= 1.0; soc += 0.01) {
            double v = plateau.v(soc, 60.0);
            assertEquals(v, plateau.v(plateau.soc(v, 60.0), 60.0), 1e-9, "soc " + soc);
        }
    }

    @Test
    void holdsEntropyFlatBeyondItsEnds() {
        assertEquals(-4e-4, warm.entropicVPerK(-0.1));
        assertEquals(-1.5e-4, warm.entropicVPerK(0.3), 1e-15);
        assertEquals(2e-4, warm.entropicVPerK(1.1));
    }

    @Test
    void givesNaNForNaN() {
        assertEquals(Double.NaN, warm.v(Double.NaN, 25.0));
        assertEquals(Double.NaN, warm.v(0.5, Double.NaN));
        assertEquals(Double.NaN, warm.soc(Double.NaN, 25.0));
        assertEquals(Double.NaN, warm.soc(3.7, Double.NaN));
        assertEquals(Double.NaN, plain.soc(Double.NaN, 25.0));
    }

    @ParameterizedTest(name = "{4}")
    @CsvSource(
            delimiter = '|',
            value = {
                "0.1;1   | 3;4     | 0;0       | 25  | soc must run from 0 to 1 but runs from 0.1 to 1.0",
                "0;0.99  | 3;4     | 0;0       | 25  | soc must run from 0 to 1 but runs from 0.0 to 0.99",
                "0;0.5;1 | 3;3;4   | 0;0;0     | 25  | ocvV must be strictly increasing but ocvV[1] = 3.0 follows 3.0",
                "0;0.5;1 | 3;3.5   | 0;0;0     | 25  | soc, ocvV and entropicVPerK must be equally long but have 3, 2 and 3 values",
                "0;1     | 3;4     | 0         | 25  | soc, ocvV and entropicVPerK must be equally long but have 2, 2 and 1 values",
                "0;1     | -1;4    | 0;0       | 25  | ocvV[0] must be finite and > 0 but is -1.0",
                "0;1     | 3;4     | 0;0.5     | 25  | entropicVPerK[1] must be within [-0.005, 0.005] but is 0.5",
                "0;1     | 3;4     | 0;0       | NaN | referenceDegC must be within [-60.0, 120.0] but is NaN"
            })
    void refusesWhatIsNoCurve(String soc, String v, String entropic, double degC, String message) {
        Exception e = assertThrows(
                IllegalArgumentException.class, () -> new OcvCurve(numbers(soc), numbers(v), numbers(entropic), degC));
        assertEquals(message, e.getMessage());
    }

    static double[] numbers(String text) {
        return Arrays.stream(text.split(";")).mapToDouble(Double::parseDouble).toArray();
    }
}
