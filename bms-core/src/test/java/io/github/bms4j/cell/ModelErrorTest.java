package io.github.bms4j.cell;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ModelErrorTest {
    private static ModelError of(double warmDegC, double warmV, double r, double s, double soc, double capacity) {
        return new ModelError(new double[] {-10.0, warmDegC}, new double[] {0.030, warmV}, r, s, soc, capacity);
    }

    @Test
    void isReadBetweenItsTemperaturesAndHeldBeyond() {
        ModelError error = of(30.0, 0.010, 0.1, 1800.0, 0.05, 0.02);
        assertEquals(0.020, error.sigmaV(10.0), 1e-15);
        assertEquals(0.030, error.sigmaV(-40.0), 1e-15);
        assertEquals(0.010, error.sigmaV(50.0), 1e-15);
        assertEquals(-10.0, error.coldestDegC());
        assertEquals(30.0, error.warmestDegC());
        assertEquals(0.1, error.resistanceSigma());
        assertEquals(1800.0, error.correlationS());
        assertEquals(0.05, error.correlationSoc());
        assertEquals(0.02, error.capacitySigma());
    }

    @Test
    void handsOutCopies() {
        ModelError error = of(30.0, 0.010, 0.1, 1800.0, 0.05, 0.02);
        error.temperatures()[0] = 99.0;
        error.sigmas()[0] = 99.0;
        assertArrayEquals(new double[] {-10.0, 30.0}, error.temperatures());
        assertArrayEquals(new double[] {0.030, 0.010}, error.sigmas());
    }

    @ParameterizedTest(name = "{6}")
    @CsvSource(
            delimiter = '|',
            value = {
                "130 | 0.01 | 0.1 | 100 | 0.1  | 0.03 | temperatureDegC[1] must be within [-60.0, 120.0] but is 130.0",
                "30  | 0    | 0.1 | 100 | 0.1  | 0.03 | sigmaV[1] must be finite and > 0 but is 0.0",
                "30  | 1.5  | 0.1 | 100 | 0.1  | 0.03 | sigmaV[1] must be within [0.0, 1.0] but is 1.5",
                "30  | 0.01 | 1.1 | 100 | 0.1  | 0.03 | resistanceSigma must be within [0.0, 1.0] but is 1.1",
                "30  | 0.01 | 0.1 | 0   | 0.1  | 0.03 | correlationS must be finite and > 0 but is 0.0",
                "30  | 0.01 | 0.1 | 100 | -0.1 | 0.03 | correlationSoc must be finite and > 0 but is -0.1",
                "30  | 0.01 | 0.1 | 100 | 0.1  | 0.6  | capacitySigma must be within [0.0, 0.5] but is 0.6"
            })
    void refusesWhatIsNoError(double t, double v, double r, double s, double soc, double capacity, String why) {
        Exception e = assertThrows(IllegalArgumentException.class, () -> of(t, v, r, s, soc, capacity));
        assertEquals(why, e.getMessage());
    }
}
