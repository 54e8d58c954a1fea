package io.github.bms4j.control;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExpectedChargeTest {
    @Test
    void whatNavigationDoesNotKnowMayBeLeftOpen() {
        assertDoesNotThrow(
                () -> new ExpectedCharge(0.0, Double.NaN, 0.0, 1.0, Double.POSITIVE_INFINITY, Double.NaN, 0.0, 0.0));
    }

    @ParameterizedTest(name = "{8}")
    @CsvSource({
        "NaN, 0.2, 0.1, 0.8, 1, 0, 0, 0, arrivalS must be finite",
        "Infinity, 0.2, 0.1, 0.8, 1, 0, 0, 0, arrivalS must be finite",
        "0, 1.2, 0.1, 0.8, 1, 0, 0, 0, arrivalSoc must be",
        "0, 0.2, NaN, 0.8, 1, 0, 0, 0, leastSoc must be",
        "0, 0.2, 0.1, -0.1, 1, 0, 0, 0, targetSoc must be",
        "0, 0.2, 0.1, 0.8, 0, 0, 0, 0, stationW must be > 0",
        "0, 0.2, 0.1, 0.8, NaN, 0, 0, 0, stationW must be > 0",
        "0, 0.2, 0.1, 0.8, 1, 81, 0, 0, ambientDegC must be",
        "0, 0.2, 0.1, 0.8, 1, 0, -1, 0, pricePerKwh must be",
        "0, 0.2, 0.1, 0.8, 1, 0, 0, NaN, pricePerH must be"
    })
    void refusesWhatDoesNotFit(
            double at,
            double then,
            double least,
            double target,
            double station,
            double ambient,
            double kwh,
            double h,
            String message) {
        IllegalArgumentException refused = assertThrows(
                IllegalArgumentException.class,
                () -> new ExpectedCharge(at, then, least, target, station, ambient, kwh, h));
        assertTrue(String.valueOf(refused.getMessage()).contains(message), refused.getMessage());
    }
}
