package io.github.bms4j.charge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.bms4j.limit.LimitSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlannerInputsTest {
    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "soc,         NaN,  0.0,  20, 25, 20",
        "soc,         1.01, 0.0,  20, 25, 20",
        "socLead,     0.5,  NaN,  20, 25, 20",
        "socLead,     0.5,  -0.1, 20, 25, 20",
        "coldestDegC, 0.5,  0.0,  26, 25, 20",
        "coldestDegC, 0.5,  0.0, -61, 25, 20",
        "hottestDegC, 0.5,  0.0,  20, 121, 20",
        "hottestDegC, 0.5,  0.0,  20, NaN, 20",
        "ambientDegC, 0.5,  0.0,  20, 25, NaN",
        "ambientDegC, 0.5,  0.0,  20, 25, -61",
    })
    void refusesAPackThatIsNotKnown(
            String named, double soc, double socLead, double coldestDegC, double hottestDegC, double ambientDegC) {
        assertNames(named, () -> new PackNow(soc, socLead, coldestDegC, hottestDegC, ambientDegC));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "maxA,         -1,  400, 1",
        "maxA,         NaN, 400, 1",
        "maxV,         100, 0,   1",
        "maxV,         100, NaN, 1",
        "observedCapW, 100, 400, -1",
        "observedCapW, 100, 400, NaN",
    })
    void refusesAStationThatContradictsItself(String named, double maxA, double maxV, double observedCapW) {
        assertNames(named, () -> new StationNow(maxA, maxV, observedCapW));
    }

    @Test
    void takesWhatAStationDoesNotSayForNoLimit() {
        StationState state = new StationState();
        assertEquals(StationNow.silent(), StationNow.of(state, Double.POSITIVE_INFINITY));
        state.maxA = 120.0;
        state.maxV = 0.0;
        assertEquals(new StationNow(120.0, Double.POSITIVE_INFINITY, 7000.0), StationNow.of(state, 7000.0));
        state.maxA = -3.0;
        state.maxV = 450.0;
        assertEquals(new StationNow(0.0, 450.0, 7000.0), StationNow.of(state, 7000.0));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "slotS,            9,   0.002, 3, 300, 900, 0.002, 0.003, 0.05, 0.02",
        "socStep,          300, 0.06,  3, 300, 900, 0.002, 0.003, 0.05, 0.02",
        "socStep,          300, NaN,   3, 300, 900, 0.002, 0.003, 0.05, 0.02",
        "passes,           300, 0.002, 0, 300, 900, 0.002, 0.003, 0.05, 0.02",
        "passes,           300, 0.002, 11, 300, 900, 0.002, 0.003, 0.05, 0.02",
        "reserveS,         300, 0.002, 3, -1,  900, 0.002, 0.003, 0.05, 0.02",
        "observedCapHoldS, 300, 0.002, 3, 300, NaN, 0.002, 0.003, 0.05, 0.02",
        "latenessShare,    300, 0.002, 3, 300, 900, 0.2,   0.003, 0.05, 0.02",
        "overheadPerH,     300, 0.002, 3, 300, 900, 0.002, -0.1, 0.05, 0.02",
        "shortfallSigma,   300, 0.002, 3, 300, 900, 0.002, 0.003, 0.6,  0.02",
        "shortfallSigma,   300, 0.002, 3, 300, 900, 0.002, 0.003, NaN,  0.02",
        "keepShare,        300, 0.002, 3, 300, 900, 0.002, 0.003, 0.05, -0.1",
    })
    void refusesSettingsOutOfRange(
            String named,
            double slotS,
            double socStep,
            int passes,
            double reserveS,
            double observedCapHoldS,
            double latenessShare,
            double overheadPerH,
            double shortfallSigma,
            double keepShare) {
        LimitSettings margins = LimitSettings.standard();
        assertNames(
                named,
                () -> new PlannerSettings(
                        slotS,
                        socStep,
                        passes,
                        reserveS,
                        observedCapHoldS,
                        latenessShare,
                        overheadPerH,
                        shortfallSigma,
                        keepShare,
                        margins));
    }

    @Test
    void acceptsTheEndsOfTheRanges() {
        assertEquals(1, new PlannerSettings(10, 0.0001, 1, 0, 0, 0, 0, 0, 0, LimitSettings.standard()).passes());
        assertEquals(
                10, new PlannerSettings(86_400, 0.05, 10, 0, 0, 0.1, 0.1, 0.5, 0.5, LimitSettings.standard()).passes());
        assertEquals(25.0, new PackNow(1.0, 0.0, 25.0, 25.0, 25.0).coldestDegC());
    }

    private static void assertNames(String named, org.junit.jupiter.api.function.Executable build) {
        String message = String.valueOf(
                assertThrows(IllegalArgumentException.class, build).getMessage());
        assertTrue(message.startsWith(named + " "), message);
    }
}
