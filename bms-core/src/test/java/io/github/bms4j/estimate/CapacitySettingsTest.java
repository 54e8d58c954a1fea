package io.github.bms4j.estimate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CapacitySettingsTest {
    private static CapacitySettings with(int index, double value) {
        double[] v = {0.15, 0.3, 1.3, 0.002, 0.005, 600.0, 0.05, 0.1, 0.005, 0.002};
        v[index] = value;
        return new CapacitySettings(v[0], v[1], v[2], v[3], v[4], v[5], v[6], v[7], v[8], v[9]);
    }

    @Test
    void hasAStandard() {
        assertEquals(with(0, 0.15), CapacitySettings.standard());
    }

    @ParameterizedTest(name = "component {0} = {1}: {2}")
    @CsvSource(
            delimiter = '|',
            value = {
                "0 | 0   | startSigma must be finite and > 0 but is 0.0",
                "1 | 0   | leastShare must be finite and > 0 but is 0.0",
                "1 | 1   | leastShare (1.0) must lie below 1 and mostShare (1.3) above",
                "2 | 1   | leastShare (0.3) must lie below 1 and mostShare (1.0) above",
                "2 | -1  | mostShare must be finite and > 0 but is -1.0",
                "3 | NaN | currentOffsetPerH must be finite and > 0 but is NaN",
                "4 | -1  | currentGain must be finite and >= 0 but is -1.0",
                "5 | 0   | leastRestS must be finite and > 0 but is 0.0",
                "6 | 0   | mostAnchorSigma must be finite and > 0 but is 0.0",
                "7 | 0   | leastWindow must be finite and > 0 but is 0.0",
                "8 | -1  | driftPerCycle must be finite and >= 0 but is -1.0",
                "9 | NaN | driftPerDay must be finite and >= 0 but is NaN"
            })
    void saysWhichFigureIsWrong(int index, double value, String expected) {
        assertEquals(
                expected,
                assertThrows(IllegalArgumentException.class, () -> with(index, value))
                        .getMessage());
    }
}
