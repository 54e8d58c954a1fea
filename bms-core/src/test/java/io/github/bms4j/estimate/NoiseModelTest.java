package io.github.bms4j.estimate;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NoiseModelTest {
    @ParameterizedTest
    @CsvSource({
        "0, 0, 0, 0.01, 0, 1, 1, currentSigmaPerH",
        "NaN, 0, 0, 0.01, 0, 1, 1, currentSigmaPerH",
        "0.01, -1, 0, 0.01, 0, 1, 1, capacitySigma",
        "0.01, 0, -1, 0.01, 0, 1, 1, chargeCorrelationS",
        "0.01, 0, 0, 0, 0, 1, 1, modelSigmaV",
        "0.01, 0, 0, 0.01, -1, 1, 1, resistanceSigma",
        "0.01, 0, 0, 0.01, 0, NaN, 1, modelCorrelationS",
        "0.01, 0, 0, 0.01, 0, 1, 0, modelCorrelationSoc"
    })
    void namesTheFigureThatIsWrong(double a, double b, double c, double d, double e, double f, double g, String name) {
        IllegalArgumentException refused =
                assertThrows(IllegalArgumentException.class, () -> new NoiseModel(a, b, c, d, e, f, g));
        String message = String.valueOf(refused.getMessage());
        assertTrue(message.startsWith(name), message);
    }
}
