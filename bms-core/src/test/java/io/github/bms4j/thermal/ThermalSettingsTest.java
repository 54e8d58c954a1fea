package io.github.bms4j.thermal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.bms4j.cell.SampleCells;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ThermalSettingsTest {
    /** Straight cells: charge 0…45, discharge −20…60 °C; the map allows 1C from 20 °C, 0.1C at 5 °C, so half at 11.7 and 0.9 at 18.3 °C. */
    @Test
    void takesItsTemperaturesFromTheCell() {
        ThermalSettings settings = ThermalSettings.of(SampleCells.straight(), 3000.0, true);
        assertEquals(new ThermalBand(12.0, 18.5, 25.0, 30.0, 40.0), settings.band(ThermalNeed.CHARGING));
        assertEquals(new ThermalBand(-10.0, -5.0, 40.0, 45.0, 55.0), settings.band(ThermalNeed.DRIVING));
        assertEquals(new ThermalBand(-18.0, -13.0, 50.0, 55.0, 58.0), settings.band(ThermalNeed.STANDBY));
        assertEquals(3000.0, settings.heaterW());
        assertTrue(settings.heaterInCoolant());
    }

    @ParameterizedTest(name = "{5}")
    @CsvSource({
        "-70, 15, 30, 35, 40, heatBelowDegC must be within",
        "10, 10, 30, 35, 40, heatToDegC must be above 10.0",
        "10, 15, 15, 35, 40, coolToDegC must be above 15.0",
        "10, 15, 30, 30, 40, coolAboveDegC must be above 30.0",
        "10, 15, 30, 35, 35, coolFullyDegC must be above 35.0",
        "10, 15, 30, 35, 121, coolFullyDegC must be above 35.0 and at most 120.0 but is 121.0",
        "10, NaN, 30, 35, 40, heatToDegC must be above 10.0"
    })
    void aBandRises(double below, double to, double coolTo, double above, double fully, String message) {
        IllegalArgumentException refused =
                assertThrows(IllegalArgumentException.class, () -> new ThermalBand(below, to, coolTo, above, fully));
        assertTrue(String.valueOf(refused.getMessage()).contains(message), refused.getMessage());
    }

    @ParameterizedTest(name = "{7}")
    @CsvSource({
        "-1, 60, 60, 0.2, 8, 1, 30, powerW must be",
        "1, -1, 60, 0.2, 8, 1, 30, leastOnS must be",
        "1, 60, NaN, 0.2, 8, 1, 30, leastOffS must be",
        "1, 60, 60, 0, 8, 1, 30, leastFlow must be",
        "1, 60, 60, 1.1, 8, 1, 30, leastFlow must be",
        "1, 60, 60, 0.2, 0, 1, 30, unevenK must be",
        "1, 60, 60, 0.2, 8, -1, 30, coreSigmas must be",
        "1, 60, 60, 0.2, 8, 1, 0, maxAgeS must be"
    })
    void refusesWhatDoesNotFit(
            double w, double on, double off, double flow, double uneven, double sigmas, double age, String message) {
        ThermalBand band = new ThermalBand(10, 15, 30, 35, 40);
        IllegalArgumentException refused = assertThrows(
                IllegalArgumentException.class,
                () -> new ThermalSettings(band, band, band, w, true, on, off, flow, uneven, sigmas, age));
        assertTrue(String.valueOf(refused.getMessage()).contains(message), refused.getMessage());
    }

    @ParameterizedTest(name = "{4}")
    @CsvSource({
        "-1, 0.9, 0.1, 1, powerW must be",
        "1, 0, 0.1, 1, efficiency must be",
        "1, 1.1, 0.1, 1, efficiency must be",
        "1, 0.9, -0.1, 1, cooling must be",
        "1, 0.9, 0.1, 0.9, bulk must be"
    })
    void refusesAHeaterThatCannotBe(double w, double efficiency, double cooling, double bulk, String message) {
        IllegalArgumentException refused =
                assertThrows(IllegalArgumentException.class, () -> new HeaterRating(w, efficiency, cooling, bulk));
        assertTrue(String.valueOf(refused.getMessage()).contains(message), refused.getMessage());
    }

    @ParameterizedTest(name = "{8}")
    @CsvSource({
        "1.1, 0.8, 0, 0, 1, 0, 0, 0, soc must be",
        "0.2, NaN, 0, 0, 1, 0, 0, 0, targetSoc must be",
        "0.2, 0.8, -61, 0, 1, 0, 0, 0, packDegC must be",
        "0.2, 0.8, 0, 81, 1, 0, 0, 0, ambientDegC must be",
        "0.2, 0.8, 0, 0, 0, 0, 0, 0, stationW must be > 0",
        "0.2, 0.8, 0, 0, NaN, 0, 0, 0, stationW must be > 0",
        "0.2, 0.8, 0, 0, 1, -1, 0, 0, leadS must be",
        "0.2, 0.8, 0, 0, 1, 0, -1, 0, pricePerKwh must be",
        "0.2, 0.8, 0, 0, 1, 0, 0, Infinity, pricePerH must be"
    })
    void refusesANeedThatCannotBe(
            double soc,
            double target,
            double pack,
            double ambient,
            double station,
            double lead,
            double kwh,
            double h,
            String message) {
        IllegalArgumentException refused = assertThrows(
                IllegalArgumentException.class,
                () -> new PreconditioningNeed(soc, target, pack, ambient, station, lead, kwh, h));
        assertTrue(String.valueOf(refused.getMessage()).contains(message), refused.getMessage());
    }
}
