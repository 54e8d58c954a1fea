package io.github.bms4j.sim.station;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.LocalDateTime;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StationSettingsTest {
    @ParameterizedTest
    @CsvSource({
        " -1, 500, 0, 250, 20, 100, minV",
        "200, NaN, 0, 250, 20, 100, maxV",
        "500, 500, 0, 250, 20, 100, maxV",
        "200, 500, -1, 250, 20, 100, minA",
        "200, 500, 0, 0, 20, 100, maxA",
        "200, 500, 9, 9, 20, 100, maxA",
        "200, 500, 0, 250, 0, 100, rampUpAPerS",
        "200, 500, 0, 250, 20, NaN, rampDownAPerS",
    })
    void outputNamesWhatIsWrong(
            double minV, double maxV, double minA, double maxA, double up, double down, String name) {
        Exception no =
                assertThrows(IllegalArgumentException.class, () -> new StationOutput(minV, maxV, minA, maxA, up, down));
        assertTrue(String.valueOf(no.getMessage()).startsWith(name), no::getMessage);
    }

    @Test
    void usualOutputHasTheRecordedRamps() {
        assertEquals(new StationOutput(200, 500, 0, 250, 20, 100), StationOutput.of(200, 500, 250));
        assertTrue(StationOutput.of(200, 500, 250).covers(200)
                && StationOutput.of(200, 500, 250).covers(500));
        assertFalse(StationOutput.of(200, 500, 250).covers(Double.NaN));
    }

    @ParameterizedTest
    @CsvSource({
        "-1, 1, ABC, insulationTestS",
        "1, -1, ABC, chargerNumber",
        "1, 4294967295, ABC, chargerNumber",
        "1, 1, ABCD, region",
        "1, 1, äö, region"
    })
    void ratingNamesWhatIsWrong(double testS, long number, String region, String name) {
        StationOutput output = StationOutput.of(200, 500, 250);
        LocalDateTime time = LocalDateTime.of(2025, 1, 1, 0, 0);
        Exception no = assertThrows(
                IllegalArgumentException.class,
                () -> new GbtStationRating(output, GbtEdition.V2015, testS, number, region, time));
        assertTrue(String.valueOf(no.getMessage()).startsWith(name), no::getMessage);
        assertEquals(
                4_294_967_294L,
                new GbtStationRating(output, GbtEdition.V2011, 0, 4_294_967_294L, "", time).chargerNumber());
    }

    @Test
    void powerIsAStairWithoutLimitBeforeItsFirstStep() {
        StationPower power = new StationPower(List.of(new PowerStep(10.0, 50_000), new PowerStep(20.5, 0)));
        assertEquals(Double.POSITIVE_INFINITY, power.limitW(9_999_999_999L));
        assertEquals(50_000, power.limitW(10_000_000_000L));
        assertEquals(50_000, power.limitW(20_499_999_999L));
        assertEquals(0, power.limitW(20_500_000_000L));
        assertEquals(0, power.limitW(Long.MAX_VALUE));
        assertEquals(Double.POSITIVE_INFINITY, StationPower.UNLIMITED.limitW(0));
    }

    @Test
    void powerRefusesDisorder() {
        PowerStep step = new PowerStep(10.0, 1000);
        assertThrows(IllegalArgumentException.class, () -> new StationPower(List.of(step, step)));
        assertThrows(IllegalArgumentException.class, () -> new PowerStep(Double.NaN, 1000));
        assertThrows(IllegalArgumentException.class, () -> new PowerStep(0, -1));
        assertThrows(IllegalArgumentException.class, () -> new PowerStep(0, Double.NaN));
        assertEquals(Double.POSITIVE_INFINITY, new PowerStep(0, Double.POSITIVE_INFINITY).maxPowerW());
    }
}
