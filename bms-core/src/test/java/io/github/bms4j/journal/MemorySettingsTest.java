package io.github.bms4j.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What settings, leases and fixed-point numbers refuse or hold. */
class MemorySettingsTest {
    private static final MemorySettings STANDARD = MemorySettings.standard();

    @ParameterizedTest
    @CsvSource({"SOC, -0.1, 0.0", "SOC, 1.1, 1.0", "SOC, NaN, NaN", "CAPACITY, 3.0, 2.0", "RESISTANCE, 1.0, 1.0"})
    void fixedPointKeepsToItsRange(FixedPoint of, double value, double back) {
        assertEquals(back, of.value(of.nearest(value)), of.step());
        assertEquals(back, of.value(of.above(value)), of.step());
    }

    @ParameterizedTest
    @CsvSource({"'', 1.0", "' ', 1.0", "a, -1.0", "a, NaN"})
    void refusesLeasesThatAreNone(String name, double remainingS) {
        assertThrows(IllegalArgumentException.class, () -> new Lease(name, 0.0, remainingS));
    }

    @ParameterizedTest
    @CsvSource({"0, 600", "10, 0", "NaN, 600", "10, -1"})
    void refusesTimesThatDoNotFit(double stateEveryS, double healthEveryS) {
        assertThrows(
                IllegalArgumentException.class,
                () -> new MemorySettings(stateEveryS, healthEveryS, STANDARD.rule(), STANDARD.journal()));
    }

    @ParameterizedTest
    @CsvSource({
        "-1, 0, 0.1, 1, 0.29, 120",
        "0, -1, 0.1, 1, 0.29, 120",
        "0, 0, 0, 1, 0.29, 120",
        "0, 0, 0.1, -1, 0.29, 120",
        "0, 0, 0.1, 1, 0, 120",
        "0, 0, 0.1, 1, 0.29, -1",
        "NaN, 0, 0.1, 1, 0.29, 120"
    })
    void refusesRulesThatDoNotFit(double a, double b, double c, double d, double e, double f) {
        assertThrows(IllegalArgumentException.class, () -> new RestartRule(a, b, c, d, e, f));
    }
}
