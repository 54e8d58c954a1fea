package io.github.bms4j.limit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.bms4j.Allocation;
import io.github.bms4j.cell.CellType;
import io.github.bms4j.cell.PackLayout;
import io.github.bms4j.cell.SampleCells;
import io.github.bms4j.estimate.Estimates;
import io.github.bms4j.estimate.PackEstimate;
import io.github.bms4j.measure.PackSample;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** A pack of three groups of ten cells; settings without margins, so that the figures can be worked out on paper. */
class PowerPredictorTest {
    private static final long SECOND = 1_000_000_000L;
    private static final LimitSettings BARE = LimitSettings.bare();
    /** A grid step of the search: a 65536th of 9 A, for ten parallel cells. */
    private static final double STEP_A = 10.0 * 9.0 / 65_536.0;

    private final CellType type = SampleCells.straight();
    private final PackLayout layout = new PackLayout(3, 10, 3);
    private final PackSample sample = new PackSample(layout);
    private final PackEstimate estimate = new PackEstimate(layout);
    private final PackLimits limits = new PackLimits();
    private final LimitRequests requests = new LimitRequests();

    /** At rest: every voltage is the OCV of its SOC. */
    private void rest(LimitSettings settings, double packA, double[] soc, double[] tDegC) {
        read(SECOND, packA, soc, tDegC);
        new PowerPredictor(type, layout, settings).step(sample, estimate, requests, limits);
    }

    private void read(long nanos, double packA, double[] soc, double[] tDegC) {
        Estimates.write(estimate, nanos, 0.02, soc);
        sample.begin(nanos);
        sample.readCurrent(packA);
        for (int c = 0; c < 3; c++) {
            sample.readCellVoltage(c, type.ocv().v(soc[c], 25.0));
            sample.readTemperature(c, tDegC[c]);
        }
    }

    private static double[] all(double v) {
        return new double[] {v, v, v};
    }

    private static LimitSettings margins(double voltageMarginV, double temperatureMarginK) {
        return new LimitSettings(
                voltageMarginV,
                temperatureMarginK,
                5.0,
                Double.POSITIVE_INFINITY,
                LimitSigmas.none(),
                ReadingAges.standard(),
                List.of(),
                List.of());
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
        "0, 0.0, TEMPERATURE",
        "-0.1, 0.0, TEMPERATURE",
        "-15, 0.0, TEMPERATURE",
        "20, 30.0, CURRENT_RATING"
    })
    void deratesTheChargeForTheHottestAndTheColdestCell(double tDegC, double expectedA, LimitRule rule) {
        rest(BARE, 0.0, all(0.5), new double[] {25.0, tDegC, 25.0});
        assertEquals(expectedA, limits.charge(Horizon.S60).limitA(), STEP_A);
        assertEquals(rule, limits.charge(Horizon.S60).rule());
        if (rule != LimitRule.CURRENT_RATING) {
            assertEquals(1, limits.charge(Horizon.S60).cell());
            assertEquals(tDegC, limits.charge(Horizon.S60).reading());
        }
    }

    @ParameterizedTest(name = "cell 0 at {0} °C may be discharged with {1} A")
    @CsvSource({"61, 0", "58, 36", "55, 90", "-16, 72", "-20, 0", "-15, 90"})
    void deratesTheDischargeAtBothEndsOfItsWindow(double tDegC, double expectedA) {
        rest(BARE, 0.0, all(0.5), new double[] {tDegC, 25.0, 25.0});
        assertEquals(expectedA, limits.discharge(Horizon.S1).limitA(), 1e-9);
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
        assertEquals(chargeA, limits.charge(Horizon.S1).limitA(), STEP_A);
        assertEquals(dischargeA, limits.discharge(Horizon.S1).limitA(), 1e-9);
    }

    @Test
    void keepsTheTemperatureMargin() {
        rest(margins(0.0, 2.0), 0.0, all(0.5), all(43.0));
        assertEquals(0.0, limits.charge(Horizon.S1).limitA());
        assertEquals(LimitRule.TEMPERATURE, limits.charge(Horizon.S1).rule());
    }

    @Test
    void tapersByThePlatingMapForTheFullestCell() {
        rest(BARE, 0.0, new double[] {0.5, 0.6, 0.9}, all(25.0));
        // 0.6C × 3 Ah × 10 now, and after a second of it half a thousandth less.
        assertEquals(18.0, limits.charge(Horizon.S1).limitA(), 0.03);
        assertEquals(LimitRule.PLATING, limits.charge(Horizon.S1).rule());
        assertEquals(2, limits.charge(Horizon.S1).cell());
    }

    @Test
    void followsThePlatingMapToTheEndOfTheHorizon() {
        rest(BARE, 0.0, all(0.85), all(25.0));
        double cellA = limits.charge(Horizon.S60).limitA() / 10.0;
        double endSoc = 0.85 + cellA * 60.0 / 10_800.0;
        assertEquals(3.0 * type.chargeMap().maxRatePerH(endSoc, 25.0), cellA, 2e-3);
        assertTrue(
                limits.charge(Horizon.S60).limitA() < limits.charge(Horizon.S10).limitA());
    }

    @Test
    void takesTheSocForWorseThanEstimated() {
        LimitSettings cautious = BARE.with(new LimitSigmas(0.0, 2.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0));
        rest(cautious, 0.0, all(0.86), all(25.0));
        assertEquals(18.0, limits.charge(Horizon.S1).limitA(), 0.03); // 0.86 + 2 × 0.02 = 0.9
    }

    @ParameterizedTest
    @EnumSource(
            value = Horizon.class,
            names = {"S1", "S2", "S10", "S30", "S60"})
    void landsOnTheVoltageLimitAtTheEndOfTheHorizon(Horizon horizon) {
        double soc = 0.05;
        rest(margins(0.1, 0.0), 0.0, new double[] {0.5, soc, 0.5}, all(25.0));
        Limit limit = limits.discharge(horizon);
        assertEquals(LimitRule.CELL_VOLTAGE, limit.rule());
        assertEquals(1, limit.cell());
        double cellA = limit.limitA() / 10.0;
        double h = horizon.seconds();
        double settle1 = 1.0 - StrictMath.exp(-h / 10.0);
        double settle2 = 1.0 - StrictMath.exp(-h / 300.0);
        double v = 3.2 + 0.9 * (soc - cellA * h / 10_800.0) - cellA * (0.020 + 0.010 * settle1 + 0.015 * settle2);
        assertTrue(v >= 3.1 - 1e-12, "v " + v);
        assertEquals(3.1, v, 2.0 * STEP_A / 10.0 * 0.06);
    }

    @Test
    void settlesEverythingForTheContinuousLimit() {
        rest(margins(0.1, 0.0), 0.0, new double[] {0.5, 0.1, 0.5}, all(25.0));
        Limit limit = limits.discharge(Horizon.CONTINUOUS);
        assertEquals(LimitRule.CELL_VOLTAGE, limit.rule());
        double settledA = 10.0 * (3.2 + 0.09 - 3.1) / 0.045;
        assertEquals(Math.min(settledA, limits.discharge(Horizon.S60).limitA()), limit.limitA(), 2.0 * STEP_A);
    }

    @Test
    void startsFromTheMeasuredVoltageUnderItsCurrent() {
        rest(BARE, 0.0, all(0.97), all(25.0));
        double restingA = limits.charge(Horizon.S1).limitA();
        rest(BARE, -10.0, all(0.97), all(25.0)); // the same voltage while 1 A a cell flows in
        assertTrue(limits.charge(Horizon.S1).limitA() >= restingA, "a charged cell at the same voltage has room left");
    }

    @Test
    void promisesLessTheLongerItMustLast() {
        rest(margins(0.1, 0.0), 0.0, all(0.05), all(25.0));
        double lastA = Double.POSITIVE_INFINITY;
        double lastW = Double.POSITIVE_INFINITY;
        for (Horizon h : new Horizon[] {Horizon.S1, Horizon.S2, Horizon.S10, Horizon.S30, Horizon.S60}) {
            double a = limits.discharge(h).limitA();
            assertTrue(a < lastA, h + " " + a);
            assertTrue(limits.dischargeW(h) < lastW, h.toString());
            lastA = a;
            lastW = limits.dischargeW(h);
        }
        assertTrue(limits.discharge(Horizon.CONTINUOUS).limitA() <= lastA);
    }

    @Test
    void givesThePowerThatCanBeHeldConstant() {
        rest(BARE, 0.0, all(0.5), all(25.0));
        double r1 = 0.010 * (1.0 - StrictMath.exp(-0.1)) + 0.015 * (1.0 - StrictMath.exp(-1.0 / 300.0));
        double chargeV = 3 * (3.65 + 3.0 * 0.020); // at once: later the voltage is higher and the current less
        assertEquals(30.0 * chargeV, limits.chargeW(Horizon.S1), 1e-6);
        double dischargeV = 3 * (3.65 - 9.0 * (0.020 + r1 + 0.9 / 10_800.0)); // at the end, when it is lowest
        assertEquals(90.0 * dischargeV, limits.dischargeW(Horizon.S1), 1e-6);
    }

    @Test
    void promisesConstantPowerMoreThanConstantCurrentCarries() {
        rest(margins(0.1, 0.0), 0.0, all(0.05), all(25.0));
        double a = limits.discharge(Horizon.S60).limitA();
        double constantCurrentW = 3.1 * 3.0 * a;
        double w = limits.dischargeW(Horizon.S60);
        assertTrue(w > constantCurrentW, w + " W, " + constantCurrentW + " W");
        assertTrue(w < 1.05 * constantCurrentW, w + " W, " + constantCurrentW + " W");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({"empty, 0.0005", "full, 0.9995"})
    void stopsAtTheEndsOfTheSocWindow(String end, double soc) {
        rest(BARE, 0.0, all(soc), all(25.0));
        Limit limit = "full".equals(end) ? limits.charge(Horizon.S60) : limits.discharge(Horizon.S60);
        assertEquals(0.0005 * 10_800.0 / 60.0 * 10.0, limit.limitA(), 1e-3);
        assertEquals(LimitRule.SOC_WINDOW, limit.rule());
        assertEquals(100.0 * soc, limit.reading(), 1e-9);
    }

    @Test
    void countsTheChargeOfACellByItsOwnCapacity() {
        Estimates.capacity(estimate, 1, 1.5, 3.0);
        rest(BARE, 0.0, all(0.0005), all(25.0));
        assertEquals(
                0.0005 * 5_400.0 / 60.0 * 10.0, limits.discharge(Horizon.S60).limitA(), 1e-3);
        assertEquals(1, limits.discharge(Horizon.S60).cell());
    }

    @Test
    void refusesACurrentThatWouldHeatACellTooMuch() {
        CellType resistive = SampleCells.straight(0.06);
        read(SECOND, 0.0, all(0.9), new double[] {25.0, 54.5, 25.0});
        for (int c = 0; c < 3; c++) {
            estimate.circuit(c, 0.06, 0.010, 0.015, 0.9);
        }
        estimate.close(SECOND);
        new PowerPredictor(resistive, layout, BARE).step(sample, estimate, requests, limits);
        Limit minute = limits.discharge(Horizon.S60);
        // 81 A² × 0.066 Ω × 60 s / 40 J/K is 8 K; 5.5 K are left.
        assertEquals(LimitRule.SELF_HEATING, minute.rule());
        assertEquals(1, minute.cell());
        assertEquals(54.5, minute.reading());
        double i = minute.limitA() / 10.0;
        double ohm = 0.060;
        for (int k = 0; k < 6_000; k++) { // mean of (1 - exp(-t / tau))² over the minute
            double t = 0.01 * (k + 0.5);
            double fast = 1.0 - StrictMath.exp(-t / 10.0);
            double slow = 1.0 - StrictMath.exp(-t / 300.0);
            ohm += (0.010 * fast * fast + 0.015 * slow * slow) / 6_000.0;
        }
        assertEquals(5.5, i * i * ohm * 60.0 / 40.0, 0.01);
        assertEquals(90.0, limits.discharge(Horizon.S10).limitA(), 1e-9);
    }

    @Test
    void letsNoOneChargeAtTheRestOfAColdBlockThatStillCools() {
        PowerPredictor predictor = new PowerPredictor(type, layout, BARE);
        double degC = 6.0;
        for (int s = 1; s <= 600; s++) {
            degC -= 0.008; // half a kelvin a minute: it will be below 1 °C in a minute
            read(s * SECOND, 0.0, all(0.5), all(degC));
            predictor.step(sample, estimate, requests, limits);
        }
        double nowA = 30.0 * type.chargeMap().maxRatePerH(0.5, degC);
        double laterA = 30.0 * type.chargeMap().maxRatePerH(0.5, degC - 0.48);
        assertTrue(limits.charge(Horizon.S1).limitA() < nowA);
        assertEquals(laterA, limits.charge(Horizon.S60).limitA(), 0.1 * (nowA - laterA));
        assertEquals(LimitRule.PLATING, limits.charge(Horizon.S60).rule());
    }

    @Test
    void allowsNothingWithoutAnEstimate() {
        sample.begin(SECOND);
        sample.readCurrent(0.0);
        for (int c = 0; c < 3; c++) {
            sample.readCellVoltage(c, 3.7);
            sample.readTemperature(c, 25.0);
        }
        new PowerPredictor(type, layout, BARE).step(sample, estimate, requests, limits);
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
            new PowerPredictor(type, layout, BARE).step(sample, estimate, requests, limits);
            assertEquals(ageS == goodS ? 30.0 : 0.0, limits.charge(Horizon.S10).limitA(), 1e-9);
        }
    }

    @Test
    void allowsNothingWhenTheEstimateWasHeldTooLong() {
        rest(BARE, 0.0, all(0.5), all(25.0));
        Estimates.write(estimate, SECOND - 600_000_000L, 0.02, all(0.5));
        new PowerPredictor(type, layout, BARE).step(sample, estimate, requests, limits);
        assertEquals(LimitRule.BAD_SAMPLE, limits.charge(Horizon.S10).rule());
    }

    @Test
    void allowsNothingWhereTheEstimateOfACellIsNotANumber() {
        read(SECOND, 0.0, all(0.5), all(25.0));
        Estimates.state(estimate, 2, Double.NaN, 0.02, 0.0, 0.0, 0.0, 0.0);
        new PowerPredictor(type, layout, BARE).step(sample, estimate, requests, limits);
        for (Horizon h : Horizon.values()) {
            assertEquals(0.0, limits.charge(h).limitA(), h.toString());
            assertEquals(0.0, limits.discharge(h).limitA(), h.toString());
            assertEquals(2, limits.discharge(h).cell(), h.toString());
        }
    }

    @Test
    void foreseesAMissingVoltageFromTheModelAndWhatItLacked() {
        PowerPredictor predictor = new PowerPredictor(type, layout, margins(0.1, 0.0));
        read(SECOND, 0.0, all(0.05), all(25.0));
        for (int c = 0; c < 3; c++) {
            Estimates.predicted(estimate, c, 3.245 - 0.010); // the cell reads 10 mV more than the model says
        }
        predictor.step(sample, estimate, requests, limits);
        double readA = limits.discharge(Horizon.S1).limitA();
        sample.begin(SECOND + SECOND / 2);
        sample.readCurrent(0.0);
        for (int c = 0; c < 3; c++) {
            Estimates.predicted(estimate, c, 3.235 - 0.050);
        }
        estimate.close(SECOND + SECOND / 2);
        predictor.step(sample, estimate, requests, limits);
        assertEquals(readA - 10.0 * 0.050 / 0.021, limits.discharge(Horizon.S1).limitA(), 0.05 * readA);
    }

    @Test
    void fallsAtOnceAndRisesByItsSlope() {
        LimitSettings slow =
                new LimitSettings(0.0, 0.0, 5.0, 0.1, LimitSigmas.none(), ReadingAges.standard(), List.of(), List.of());
        PowerPredictor predictor = new PowerPredictor(type, layout, slow);
        read(SECOND, 0.0, all(0.5), all(25.0));
        predictor.step(sample, estimate, requests, limits);
        assertEquals(90.0, limits.discharge(Horizon.S1).limitA(), 1e-9, "the first limit has nothing to rise from");
        requests.faults(0.2, "cold", 1.0, "");
        read(2 * SECOND, 0.0, all(0.5), all(25.0));
        predictor.step(sample, estimate, requests, limits);
        assertEquals(18.0, limits.discharge(Horizon.S1).limitA(), 1e-9);
        assertEquals(LimitRule.FAULT, limits.discharge(Horizon.S1).rule());
        requests.faults(1.0, "", 1.0, "");
        read(3 * SECOND, 0.0, all(0.5), all(25.0));
        predictor.step(sample, estimate, requests, limits);
        assertEquals(27.0, limits.discharge(Horizon.S1).limitA(), 1e-9);
        assertEquals(LimitRule.RAMP, limits.discharge(Horizon.S1).rule());
        for (int s = 4; s <= 9; s++) {
            read(s * SECOND, 0.0, all(0.5), all(25.0));
            predictor.step(sample, estimate, requests, limits);
        }
        assertEquals(81.0, limits.discharge(Horizon.S1).limitA(), 1e-9);
        assertEquals(LimitRule.CURRENT_RATING, limits.discharge(Horizon.S1).rule(), "near its end it is no ramp");
        read(11 * SECOND, 0.0, all(0.5), all(25.0));
        predictor.step(sample, estimate, requests, limits);
        assertEquals(90.0, limits.discharge(Horizon.S1).limitA(), 1e-9);
    }

    @Test
    void risesFromNothingAfterReadingsWereMissing() {
        PowerPredictor predictor = new PowerPredictor(type, layout, LimitSettings.standard());
        read(SECOND, 0.0, all(0.5), all(25.0));
        predictor.step(sample, estimate, requests, limits);
        sample.begin(3 * SECOND);
        predictor.step(sample, estimate, requests, limits);
        assertEquals(0.0, limits.discharge(Horizon.S1).limitA());
        read(3 * SECOND + SECOND / 10, 0.0, all(0.5), all(25.0));
        predictor.step(sample, estimate, requests, limits);
        assertEquals(0.05 * 90.0, limits.discharge(Horizon.S1).limitA(), 1e-6);
    }

    @Test
    void saysWhatBindsSinceWhenAndWhatComesNext() {
        PowerPredictor predictor = new PowerPredictor(type, layout, BARE);
        requests.station(28.0, 90_000.0);
        for (int s = 1; s <= 5; s++) {
            read(s * SECOND, 0.0, all(0.5), new double[] {25.0, s < 3 ? 36.0 : 42.5 + 0.1 * s, 25.0});
            predictor.step(sample, estimate, requests, limits);
        }
        Limit limit = limits.charge(Horizon.S10);
        assertEquals(LimitRule.TEMPERATURE, limit.rule());
        assertEquals(3 * SECOND, limit.sinceNanos());
        assertEquals(LimitRule.STATION_CURRENT, limit.nextRule());
        assertEquals(28.0, limit.nextA());
        assertEquals(
                "0.1 kW: cell 1 at 43.0 °C (temperature derate, since 00:00:03), next: station current limit 0.3 kW",
                limits.explain(Direction.CHARGE, Horizon.S10, 0L));
    }

    @Test
    void leavesNothingOnTheHeap() {
        RandomPack pack = new RandomPack(SampleCells.bent(), 20, 5L);
        pack.put(0.2, 5.0, 1.0);
        PowerPredictor predictor = new PowerPredictor(
                pack.type,
                pack.layout,
                LimitSettings.standard()
                        .withSwitchgear(List.of(CurrentTimeRating.fuse(20.0, 2000.0, 0.8)))
                        .withDerating(List.of(new DeratingTable(
                                Direction.DISCHARGE, DeratingTable.By.SOC, new double[] {0.0, 0.3}, new double[] {
                                    0.2, 1.0
                                }))));
        LimitRequests asked = new LimitRequests(List.of(new RemoteSource("house", true)));
        asked.remote(0, Direction.CHARGE, 5.0, 500.0, Long.MAX_VALUE);
        assertEquals(
                0.0,
                Allocation.bytesPerCall(2_000, () -> predictor.step(pack.sample, pack.estimate, asked, limits)),
                0.01);
    }
}
