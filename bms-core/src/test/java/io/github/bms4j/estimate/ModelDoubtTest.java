package io.github.bms4j.estimate;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.bms4j.cell.CellType;
import io.github.bms4j.cell.SampleCells;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A cell fitted from 0 to 40 °C with a model error of 12 mV and 6 mV there. */
class ModelDoubtTest {
    private final CellType type = SampleCells.rich();

    private static NoiseModel noise(boolean offsetAlone, double leastV) {
        NoiseModel usual = NoiseModel.sloped();
        return new NoiseModel(
                usual.current(),
                new NoiseModel.VoltageNoise(0.004, offsetAlone, leastV, 0.0, 3600.0, 0.08),
                usual.sample(),
                new NoiseModel.CircuitNoise(0.15, 1.0, 0.3, 0.08, 0.25, 0.02, 0.01),
                usual.start());
    }

    @ParameterizedTest(name = "{0} °C: {1} on top")
    @CsvSource({"0, 0", "25, 0", "40, 0", "-10, 0.1", "55, 0.15"})
    void relativeErrorsGrowByTheKelvinBeyondWhereTheCellWasFitted(double degC, double more) {
        ModelDoubt doubt = new ModelDoubt(type, noise(true, 0.001), 4);
        doubt.temperature(1, 3, degC);
        for (int i = 1; i < 3; i++) {
            assertEquals(0.3 + more, doubt.branch[i], 1e-12);
            assertEquals(0.08 + more, doubt.polarisation[i], 1e-12);
            assertEquals(0.15 + more, doubt.resistance[i], 1e-12);
        }
        for (int i : new int[] {0, 3}) {
            assertEquals(0.0, doubt.branch[i], "cells of another sensor");
            assertEquals(0.0, doubt.lastingV2[i]);
        }
    }

    @ParameterizedTest(name = "{0} °C, at least {1} V, offset alone {2}: {3} V")
    @CsvSource({
        "0, 0.001, true, 0.012",
        "40, 0.001, true, 0.006",
        "20, 0.001, true, 0.009",
        "40, 0.008, true, 0.008",
        "40, 0.001, false, 0.00721110255",
        "0, 0.001, false, 0.01264911064"
    })
    void theLastingErrorIsTheCellsOwnAndTheSensors(double degC, double leastV, boolean alone, double sigmaV) {
        ModelDoubt doubt = new ModelDoubt(type, noise(alone, leastV), 2);
        doubt.temperature(0, 2, degC);
        assertEquals(sigmaV, Math.sqrt(doubt.lastingV2[0]), 1e-9);
        assertEquals(sigmaV, Math.sqrt(doubt.lastingV2[1]), 1e-9);
    }

    @Test
    void aNewTemperatureTakesThePlaceOfTheOld() {
        ModelDoubt doubt = new ModelDoubt(type, noise(true, 0.001), 2);
        doubt.temperature(0, 2, -20.0);
        doubt.temperature(1, 2, 25.0);
        assertEquals(0.35, doubt.resistance[0], 1e-12);
        assertEquals(0.15, doubt.resistance[1], 1e-12);
    }
}
