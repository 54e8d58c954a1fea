package io.github.bms4j.measure;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.bms4j.cell.CellRating;
import io.github.bms4j.cell.PackLayout;
import io.github.bms4j.cell.TemperatureWindow;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SensorRangeTest {
    private static CellRating cell(
            double dischargeA, double chargeA, TemperatureWindow discharge, TemperatureWindow charge) {
        return new CellRating(40.0, 3.6, 3.0, 4.2, dischargeA, chargeA, discharge, charge);
    }

    @ParameterizedTest(name = "{0} parallel: {1} A")
    @CsvSource({"1, 300", "10, 300", "11, 330", "40, 1200"})
    void withoutACellTheCurrentIsThatOfRoundCells(int parallel, double maxA) {
        SensorRange range = SensorRange.lithiumIon(new PackLayout(12, parallel, 4));
        assertEquals(new Plausible(-maxA, maxA, Double.POSITIVE_INFINITY), range.current());
        assertEquals(new Plausible(0.0, 60.0, Double.POSITIVE_INFINITY), range.packVoltage());
        assertEquals(new Plausible(0.5, 5.0, Double.POSITIVE_INFINITY), range.cellVoltage());
        assertEquals(new Plausible(-45.0, 120.0, 15.0), range.temperature());
    }

    @ParameterizedTest(name = "{0} parallel, {1} A and {2} A rated: {3} A")
    @CsvSource({
        "1,   10,  5,   300", // small cells keep what they had
        "1,   60,  60,  300",
        "1,   61,  5,   305",
        "1,   5,   61,  305", // the larger direction decides
        "2,   800, 240, 8000",
        "20,  8,   3,   800"
    })
    void theCurrentReachesFiveTimesTheRatedOne(int parallel, double dischargeA, double chargeA, double maxA) {
        TemperatureWindow window = new TemperatureWindow(-20, 60);
        CellRating rating = cell(dischargeA, chargeA, window, window);
        SensorRange range = SensorRange.of(rating, new PackLayout(12, parallel, 4));
        assertEquals(new Plausible(-maxA, maxA, Double.POSITIVE_INFINITY), range.current());
    }

    @ParameterizedTest(name = "discharge {0}...{1}, charge {2}...{3}: {4}...{5} degC")
    @CsvSource({
        "-20, 60,  0,   45,  -45, 120",
        "-40, 60,  0,   45,  -50, 120",
        "-20, 60,  -38, 45,  -48, 120",
        "-20, 112, 0,   45,  -45, 122",
        "-20, 60,  0,   115, -45, 125"
    })
    void temperaturesReachTenKelvinsBeyondBothWindows(
            double dischargeMin, double dischargeMax, double chargeMin, double chargeMax, double min, double max) {
        CellRating rating = cell(
                10.0,
                5.0,
                new TemperatureWindow(dischargeMin, dischargeMax),
                new TemperatureWindow(chargeMin, chargeMax));
        assertEquals(
                new Plausible(min, max, 15.0),
                SensorRange.of(rating, new PackLayout(12, 1, 4)).temperature());
    }

    @Test
    void voltagesAreThoseOfAnyLithiumIonCell() {
        PackLayout layout = new PackLayout(12, 2, 4);
        TemperatureWindow window = new TemperatureWindow(-20, 60);
        SensorRange range = SensorRange.of(cell(900.0, 900.0, window, window), layout);
        assertEquals(SensorRange.lithiumIon(layout).packVoltage(), range.packVoltage());
        assertEquals(SensorRange.lithiumIon(layout).cellVoltage(), range.cellVoltage());
    }
}
