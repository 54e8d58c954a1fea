package io.github.bms4j.charge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.bms4j.cell.ThermalRating;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A cell of 150 J/K that sheds 0.5 W/K, on its way from air of 20 °C to 30 °C with 4 A. */
class FastChargeCourseTest {
    private static final ThermalRating THERMAL = new ThermalRating(150.0, 0.5);

    private static FastChargeCourse course(double early) {
        return FastChargeCourse.onTheMap(0.8, 0.05, 1.2, 1.1).towards(20.0, 30.0, early, 4.0);
    }

    @ParameterizedTest(name = "{0} degC, {1} early, {2} Ohm: {3} A")
    @CsvSource({
        "20, 0.0, 0.01, 4.0",
        "20, 0.5, 0.01, 6.0",
        "22.5, 0.5, 0.01, 5.7320508", // 1 + 0.5 sqrt(0.75)
        "30, 0.5, 0.01, 4.0",
        "15, 0.5, 0.01, 6.4494897", // colder than the air: 1 + 0.5 sqrt(1.5)
        "30, 0.5, 0.5, 3.1622777", // 5 W keep the peak
        "28, 0.5, 0.5, 3.4641016", // 4 W of loss and 2 W to warm
        "32, 0.5, 0.5, 2.8284271", // 6 W of loss but 2 W to cool
        "40, 0.5, 0.5, 0.0"
    })
    void leadsToThePeakAndHoldsIt(double degC, double early, double ohm, double a) {
        assertEquals(a, course(early).pacedA(THERMAL, degC, ohm), 1e-6);
    }

    @ParameterizedTest(name = "{0}/h: {1}/h")
    @CsvSource({"0.8, 0.8", "0.849, 0.8", "0.05, 0.05", "0.049, 0.049", "0, 0"})
    void goesInWholeStages(double perH, double stagePerH) {
        assertEquals(stagePerH, course(0.0).stagePerH(perH), 1e-12);
        assertEquals(perH, FastChargeCourse.none().stagePerH(perH));
    }

    @Test
    void knowsWhetherItHasStagesAndAPeak() {
        assertFalse(FastChargeCourse.none().inStages());
        assertFalse(FastChargeCourse.none().paced());
        assertTrue(FastChargeCourse.onTheMap(0.8, 0.05, 1.0, 1.0).inStages());
        assertFalse(FastChargeCourse.onTheMap(0.8, 0.05, 1.0, 1.0).paced());
        assertTrue(course(0.0).inStages() && course(0.0).paced());
        assertEquals(0.8, course(0.0).mapShare());
        assertEquals(1.2, course(0.0).resistanceShare());
        assertEquals(1.1, course(0.0).lossShare());
        assertEquals(0.55, FastChargeCourse.losing(THERMAL, 1.1).toAmbientWPerK(), 1e-12);
        assertEquals(150.0, FastChargeCourse.losing(THERMAL, 1.1).heatCapacityJPerK());
    }

    @ParameterizedTest
    @CsvSource({
        "-1, 0.05, 20, 30, 0, 4, 1, 1",
        "NaN, 0.05, 20, 30, 0, 4, 1, 1",
        "1, -0.05, 20, 30, 0, 4, 1, 1",
        "1, 0.05, NaN, 30, 0, 4, 1, 1",
        "1, 0.05, 20, 20, 0, 4, 1, 1",
        "1, 0.05, 20, NaN, 0, 4, 1, 1",
        "1, 0.05, 20, 30, -1, 4, 1, 1",
        "1, 0.05, 20, 30, 0, 0, 1, 1",
        "1, 0.05, 20, 30, 0, 4, 0, 1",
        "1, 0.05, 20, 30, 0, 4, 1, 0"
    })
    void refuses(double a, double b, double c, double d, double e, double f, double g, double h) {
        assertThrows(IllegalArgumentException.class, () -> new FastChargeCourse(a, b, c, d, e, f, g, h));
    }
}
