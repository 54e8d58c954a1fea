package io.github.bms4j.limit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.bms4j.Allocation;
import io.github.bms4j.cell.CellType;
import io.github.bms4j.cell.PackLayout;
import io.github.bms4j.cell.SampleCells;
import io.github.bms4j.estimate.Estimates;
import io.github.bms4j.estimate.PackEstimate;
import io.github.bms4j.measure.PackSample;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** A pack of three groups of ten cells; settings without margins, so that the figures can be worked out on paper. */
class CurrentLimiterTest {
    private static final long SECOND = 1_000_000_000L;
    private static final LimitSettings BARE = new LimitSettings(0.0, 0.0, 5.0, 0.0, 0.5, 1.0, 5.0);

    private final CellType type = SampleCells.straight();
    private final PackLayout layout = new PackLayout(3, 10, 3);
    private final PackSample sample = new PackSample(layout);
    private final PackEstimate estimate = new PackEstimate(layout);
    private final PackLimits limits = new PackLimits();

    /** At rest: every voltage is the OCV of its SOC. */
    private void rest(LimitSettings settings, double packA, double[] soc, double[] tDegC) {
        Estimates.write(estimate, SECOND, 0.02, soc);
        sample.begin(SECOND);
        sample.readCurrent(packA);
        for (int c = 0; c < 3; c++) {
            sample.readCellVoltage(c, type.ocv().v(soc[c], 25.0));
            sample.readTemperature(c, tDegC[c]);
        }
        new CurrentLimiter(type, layout, settings).step(sample, estimate, limits);
    }

    private static double[] all(double v) {
        return new double[] {v, v, v};
    }

    @Test
    void givesTheRatingOfAllParallelCellsWhenNothingElseBinds() {
        rest(BARE, 0.0, all(0.5), all(25.0));
        assertEquals(30.0, limits.charge(Horizon.S10).limitA(), 1e-9);
        assertEquals(LimitRule.CURRENT_RATING, limits.charge(Horizon.S10).rule());
        assertEquals(Limit.WHOLE_PACK, limits.charge(Horizon.S10).cell());
        assertEquals(90.0, limits.discharge(Horizon.S1).limitA(), 1e-9);
        assertEquals(LimitRule.CURRENT_RATING, limits.discharge(Horizon.S1).rule());
    }

    @ParameterizedTest(name = "cell 1 at {0} °C may be charged with {1} A: {2}")
    @CsvSource({
        "46, 0.0, TEMPERATURE",
        "44, 6.0, TEMPERATURE",
        "42.5, 15.0, TEMPERATURE",
        "40, 30.0, CURRENT_RATING",
        "12.5, 16.5, PLATING",
        "2.5, 1.5, PLATING",
        "-0.1, 0.0, TEMPERATURE",
        "20, 30.0, CURRENT_RATING"
    })
    void deratesTheChargeForTheHottestAndTheColdestCell(double tDegC, double expectedA, LimitRule rule) {
        rest(BARE, 0.0, all(0.5), new double[] {25.0, tDegC, 25.0});
        assertEquals(expectedA, limits.charge(Horizon.S60).limitA(), 1e-9);
        assertEquals(rule, limits.charge(Horizon.S60).rule());
        if (rule != LimitRule.CURRENT_RATING) {
            assertEquals(1, limits.charge(Horizon.S60).cell());
        }
    }

    @ParameterizedTest(name = "cell 0 at {0} °C may be discharged with {1} A")
    @CsvSource({"61, 0", "58, 36", "55, 90", "-16, 72", "-20, 0", "-15, 90"})
    void deratesTheDischargeAtBothEndsOfItsWindow(double tDegC, double expectedA) {
        rest(BARE, 0.0, all(0.5), new double[] {tDegC, 25.0, 25.0});
        assertEquals(expectedA, limits.discharge(Horizon.CONTINUOUS).limitA(), 1e-9);
    }

    @ParameterizedTest(name = "sensor {0} degC, core {1} degC: charge {2} A, discharge {3} A")
    @CsvSource({
        "25, 25, 30.0, 90", "40, 44, 6.0, 90", "44, 40, 6.0, 90", "52, 58, 0.0, 36", "58, 52, 0.0, 36",
        "12.5, 20, 16.5, 90", "20, 12.5, 16.5, 90", "-16, -10, 0.0, 72", "-10, -16, 0.0, 72", "25, NaN, 30.0, 90"
    })
    void judgesHeatByTheHotterOfSensorAndCoreAndColdByTheColder(
            double sensorDegC, double coreDegC, double chargeA, double dischargeA) {
        Estimates.core(estimate, 1, coreDegC);
        rest(BARE, 0.0, all(0.5), new double[] {25.0, sensorDegC, 25.0});
        assertEquals(chargeA, limits.charge(Horizon.S60).limitA(), 1e-9);
        assertEquals(dischargeA, limits.discharge(Horizon.S60).limitA(), 1e-9);
    }

    @Test
    void keepsTheTemperatureMargin() {
        rest(new LimitSettings(0.0, 2.0, 5.0, 0.0, 0.5, 1.0, 5.0), 0.0, all(0.5), all(43.0));
        assertEquals(0.0, limits.charge(Horizon.S1).limitA());
        assertEquals(LimitRule.TEMPERATURE, limits.charge(Horizon.S1).rule());
    }

    @Test
    void tapersByThePlatingMapForTheFullestCell() {
        rest(BARE, 0.0, new double[] {0.5, 0.6, 0.9}, all(25.0));
        assertEquals(18.0, limits.charge(Horizon.S1).limitA(), 1e-9); // 0.6C × 3 Ah × 10
        assertEquals(LimitRule.PLATING, limits.charge(Horizon.S1).rule());
        assertEquals(2, limits.charge(Horizon.S1).cell());
    }

    @Test
    void takesTheSocForWorseThanEstimated() {
        LimitSettings cautious = new LimitSettings(0.0, 0.0, 5.0, 2.0, 0.5, 1.0, 5.0);
        rest(cautious, 0.0, all(0.86), all(25.0));
        assertEquals(0.6 * 30.0, limits.charge(Horizon.S1).limitA(), 1e-6); // 0.86 + 2 × 0.02 = 0.9
    }

    @ParameterizedTest
    @EnumSource(Horizon.class)
    void landsOnTheVoltageLimitAtTheEndOfTheHorizon(Horizon horizon) {
        double soc = 0.05;
        rest(new LimitSettings(0.1, 0.0, 5.0, 0.0, 0.5, 1.0, 5.0), 0.0, new double[] {0.5, soc, 0.5}, all(25.0));
        Limit limit = limits.discharge(horizon);
        assertEquals(LimitRule.CELL_VOLTAGE, limit.rule());
        assertEquals(1, limit.cell());
        double cellA = limit.limitA() / 10.0;
        double h = horizon.seconds();
        double settle1 = 1.0 - StrictMath.exp(-h / 10.0);
        double settle2 = 1.0 - StrictMath.exp(-h / 300.0);
        double drift = horizon == Horizon.CONTINUOUS ? 0.0 : cellA * h / 10_800.0;
        double v = 3.2 + 0.9 * (soc - drift) - cellA * (0.020 + 0.010 * settle1 + 0.015 * settle2);
        assertEquals(3.1, v, 1e-9);
    }

    @Test
    void startsFromTheMeasuredVoltageUnderItsCurrent() {
        rest(BARE, 0.0, new double[] {0.97, 0.97, 0.97}, all(25.0));
        double restingA = limits.charge(Horizon.S1).limitA();
        rest(BARE, -10.0, new double[] {0.97, 0.97, 0.97}, all(25.0)); // the same voltage while 1 A a cell flows in
        assertTrue(limits.charge(Horizon.S1).limitA() >= restingA, "a charged cell at the same voltage has room left");
    }

    @Test
    void promisesLessTheLongerItMustLast() {
        rest(new LimitSettings(0.1, 0.0, 5.0, 0.0, 0.5, 1.0, 5.0), 0.0, all(0.05), all(25.0));
        double last = Double.POSITIVE_INFINITY;
        for (Horizon h : new Horizon[] {Horizon.S1, Horizon.S10, Horizon.S30, Horizon.S60}) {
            double a = limits.discharge(h).limitA();
            assertTrue(a < last, h + " " + a);
            last = a;
        }
    }

    @Test
    void givesThePowerAtTheTerminalsUnderThatCurrent() {
        rest(BARE, 0.0, all(0.5), all(25.0));
        double r1 = 0.020 + 0.010 * (1.0 - StrictMath.exp(-0.1)) + 0.015 * (1.0 - StrictMath.exp(-1.0 / 300.0));
        double chargeV = 3 * (3.65 + 3.0 * (r1 + 0.9 / 10_800.0));
        assertEquals(30.0 * chargeV, limits.chargeW(Horizon.S1), 1e-6);
        double dischargeV = 3 * (3.65 - 9.0 * (r1 + 0.9 / 10_800.0));
        assertEquals(90.0 * dischargeV, limits.dischargeW(Horizon.S1), 1e-6);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({"empty, 0.0005", "full, 0.9995"})
    void stopsAtTheEndsOfTheSocWindow(String end, double soc) {
        rest(BARE, 0.0, all(soc), all(25.0));
        Limit limit = "full".equals(end) ? limits.charge(Horizon.S60) : limits.discharge(Horizon.S60);
        assertEquals(0.0005 * 10_800.0 / 60.0 * 10.0, limit.limitA(), 1e-3);
        assertEquals(LimitRule.SOC_WINDOW, limit.rule());
    }

    @Test
    void allowsNothingWithoutAnEstimate() {
        sample.begin(SECOND);
        sample.readCurrent(0.0);
        for (int c = 0; c < 3; c++) {
            sample.readCellVoltage(c, 3.7);
            sample.readTemperature(c, 25.0);
        }
        new CurrentLimiter(type, layout, BARE).step(sample, estimate, limits);
        for (Horizon h : Horizon.values()) {
            assertEquals(0.0, limits.charge(h).limitA());
            assertEquals(0.0, limits.discharge(h).limitA());
            assertEquals(LimitRule.BAD_SAMPLE, limits.charge(h).rule());
            assertEquals(0.0, limits.chargeW(h));
            assertEquals(0.0, limits.dischargeW(h));
        }
    }

    @ParameterizedTest(name = "{0} missing: allowed after {1} s, refused after {2} s")
    @CsvSource({"current, 0.5, 0.6", "cell, 1.0, 1.1", "temperature, 5.0, 5.1"})
    void allowsNothingOnceAReadingIsTooOld(String missing, double goodS, double badS) {
        for (double ageS : new double[] {goodS, badS}) {
            rest(BARE, 0.0, all(0.5), all(25.0));
            long later = SECOND + Math.round(ageS * 1e9);
            sample.begin(later);
            if (!"current".equals(missing)) {
                sample.readCurrent(0.0);
            }
            for (int c = 0; c < 3; c++) {
                if (!"cell".equals(missing) || c != 1) {
                    sample.readCellVoltage(c, 3.65);
                }
                if (!"temperature".equals(missing) || c != 2) {
                    sample.readTemperature(c, 25.0);
                }
            }
            Estimates.write(estimate, later, 0.02, all(0.5));
            new CurrentLimiter(type, layout, BARE).step(sample, estimate, limits);
            assertEquals(ageS == goodS ? 30.0 : 0.0, limits.charge(Horizon.S10).limitA(), 1e-9);
        }
    }

    @Test
    void allowsNothingWhenTheEstimateWasHeldTooLong() {
        rest(BARE, 0.0, all(0.5), all(25.0));
        Estimates.write(estimate, SECOND - 600_000_000L, 0.02, all(0.5));
        new CurrentLimiter(type, layout, BARE).step(sample, estimate, limits);
        assertEquals(LimitRule.BAD_SAMPLE, limits.charge(Horizon.S10).rule());
    }

    @Test
    void refusesSettingsWithoutSense() {
        assertThrows(IllegalArgumentException.class, () -> new LimitSettings(-0.1, 0, 5, 0, 1, 1, 1));
        assertThrows(IllegalArgumentException.class, () -> new LimitSettings(0, -1, 5, 0, 1, 1, 1));
        assertThrows(IllegalArgumentException.class, () -> new LimitSettings(0, 0, 0, 0, 1, 1, 1));
        assertThrows(IllegalArgumentException.class, () -> new LimitSettings(0, 0, 5, -1, 1, 1, 1));
        assertThrows(IllegalArgumentException.class, () -> new LimitSettings(0, 0, 5, 0, 0, 1, 1));
        assertThrows(IllegalArgumentException.class, () -> new LimitSettings(0, 0, 5, 0, 1, Double.NaN, 1));
        assertThrows(IllegalArgumentException.class, () -> new LimitSettings(0, 0, 5, 0, 1, 1, 0));
    }

    @Test
    void leavesNothingOnTheHeap() {
        rest(BARE, 0.0, all(0.5), all(25.0));
        CurrentLimiter limiter = new CurrentLimiter(type, layout, BARE);
        assertEquals(0.0, Allocation.bytesPerCall(5_000, () -> limiter.step(sample, estimate, limits)), 0.01);
    }
}
