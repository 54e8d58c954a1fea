package io.github.bms4j.limit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.bms4j.cell.SampleCells;
import io.github.bms4j.cell.TemperatureWindow;
import io.github.bms4j.estimate.Estimates;
import io.github.bms4j.limit.DeratingTable.By;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DeratingTableTest {
    private static final double[] AT = {0.0, 10.0, 30.0, 40.0};
    private static final double[] SHARE = {0.2, 1.0, 1.0, 0.0};

    @ParameterizedTest(name = "at {0}: {1}")
    @CsvSource({"-5, 0.2", "0, 0.2", "5, 0.6", "10, 1", "20, 1", "30, 1", "35, 0.5", "40, 0", "50, 0", "NaN, 0"})
    void leavesAShareBetweenItsNodes(double at, double share) {
        DeratingTable table = new DeratingTable(Direction.CHARGE, By.TEMPERATURE, AT, SHARE);
        assertEquals(share, table.share(at), 1e-12);
        assertEquals(Direction.CHARGE, table.direction());
        assertEquals(By.TEMPERATURE, table.by());
    }

    @ParameterizedTest(name = "{0}: {1} where nothing is known")
    @CsvSource({"SOC, 0", "SOH_C, 1", "SOH_R, 1", "TEMPERATURE, 0"})
    void leavesNothingWhereItDoesNotKnowButForHealth(By by, double share) {
        assertEquals(share, new DeratingTable(Direction.CHARGE, by, AT, SHARE).share(Double.NaN));
    }

    @ParameterizedTest(name = "shares {0}, {1}: {2} at {3}")
    @CsvSource({
        "1, 0.5, 1, -9",
        "1, 0.5, 0.5, 99",
        "0.5, 1, 0.5, -9",
        "0.5, 1, 1, 99",
        "0.4, 0.5, 0.45, 0.5",
        "1, 1, 1, 7"
    })
    void holdsItsEnds(double first, double second, double share, double at) {
        DeratingTable table =
                new DeratingTable(Direction.CHARGE, By.SOC, new double[] {0.0, 1.0}, new double[] {first, second});
        assertEquals(share, table.share(at), 1e-12);
    }

    @ParameterizedTest(name = "{0} °C: hot {1}, cold {2}")
    @CsvSource({
        "-30, 1, 0",
        "-20, 1, 0",
        "-17.5, 1, 0.5",
        "-15, 1, 1",
        "53, 1, 1",
        "55.5, 0.5, 1",
        "58, 0, 1",
        "70, 0, 1"
    })
    void followsATemperatureWindow(double degC, double hot, double cold) {
        TemperatureWindow window = new TemperatureWindow(-20.0, 60.0);
        assertEquals(hot, DeratingTable.hot(Direction.CHARGE, window, 2.0, 5.0).share(degC), 1e-12);
        assertEquals(cold, DeratingTable.cold(Direction.CHARGE, window, 5.0).share(degC), 1e-12);
        assertEquals(hot, LimitSettings.standard().hotShare(window, degC), 1e-12);
        assertEquals(cold, LimitSettings.standard().coldShare(window, degC), 1e-12);
    }

    @Test
    void refusesWhatIsNoTable() {
        assertThrows(
                IllegalArgumentException.class,
                () -> new DeratingTable(Direction.CHARGE, By.SOC, AT, new double[] {0.0, 1.0, 1.1, 0.0}));
        assertThrows(
                IllegalArgumentException.class,
                () -> new DeratingTable(Direction.CHARGE, By.SOC, new double[] {1.0, 0.0}, new double[] {0.0, 1.0}));
    }

    @ParameterizedTest(name = "{0} at its worst cell leaves {1} of the discharge: {2}")
    @CsvSource({
        "SOC, 0.5, SOC_DERATE",
        "SOH_C, 0.8, HEALTH_DERATE",
        "SOH_R, 0.7, HEALTH_DERATE",
        "TEMPERATURE, 0.6, TEMPERATURE"
    })
    void limitsAPackByItsWorstCell(By by, double share, LimitRule rule) {
        boolean heat = by == By.TEMPERATURE;
        double[] at = {0.0, heat ? 85.0 : 1.0};
        double[] shares = heat ? new double[] {0.85, 0.0} : new double[] {0.0, 1.0};
        RandomPack pack = new RandomPack(SampleCells.straight(), 4, 1L);
        pack.put(0.6, 22.0, 0.0);
        double[] socs = {0.6, 0.5, 0.7, 0.6};
        for (int c = 0; c < 4; c++) {
            Estimates.state(pack.estimate, c, socs[c], 0.0, 0.0, 0.0, 0.0, 0.0);
            Estimates.capacity(pack.estimate, c, c == 2 ? 2.4 : 3.0, 3.0);
            Estimates.resistanceRatio(pack.estimate, c, c == 3 ? 1.3 : 1.0);
        }
        LimitSettings settings =
                LimitSettings.bare().withDerating(List.of(new DeratingTable(Direction.DISCHARGE, by, at, shares)));
        PackLimits limits = new PackLimits();
        double degC = pack.sample.cellTemperatureDegC(0);
        double expected = by == By.TEMPERATURE ? 0.85 * (1.0 - degC / 85.0) : share;
        new PowerPredictor(pack.type, pack.layout, settings)
                .step(pack.sample, pack.estimate, new LimitRequests(), limits);
        assertEquals(9.0 * expected, limits.discharge(Horizon.S1).limitA(), 1e-9);
        assertEquals(rule, limits.discharge(Horizon.S1).rule());
        assertEquals(3.0, limits.charge(Horizon.S1).limitA(), 1e-9);
        int worst = by == By.SOC ? 1 : by == By.SOH_C ? 2 : by == By.SOH_R ? 3 : 0;
        assertEquals(worst, limits.discharge(Horizon.S1).cell());
    }
}
