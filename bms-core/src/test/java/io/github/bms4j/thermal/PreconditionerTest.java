package io.github.bms4j.thermal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.bms4j.cell.CellType;
import io.github.bms4j.cell.PackLayout;
import io.github.bms4j.cell.SampleCells;
import io.github.bms4j.limit.LimitSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * 100 × 10 straight 3 Ah cells of 40 J/K and 0.1 W/K, 45 mΩ in the end: OCV 3.2 V + 0.9 V × SOC. The map: 0 at 0 °C, 0.1C at 5 °C, 1C from
 * 20 °C to 80 % SOC; at 10 °C 0.4C.
 */
class PreconditionerTest {
    private static final PackLayout LAYOUT = new PackLayout(100, 10, 4);
    private static final LimitSettings SHARP = LimitSettings.bare();
    private static final HeaterRating HEATER = new HeaterRating(2000.0, 0.8, 0.5, 1.25);
    private static final HeaterRating NONE = new HeaterRating(0.0, 0.8, 0.5, 1.25);

    private static Preconditioner with(HeaterRating heater) {
        return new Preconditioner(SampleCells.straight(), LAYOUT, heater, SHARP);
    }

    private static PreconditioningNeed need(double degC, double stationW, double leadS, double perKwh, double perH) {
        return new PreconditioningNeed(0.2, 0.6, degC, degC, stationW, leadS, perKwh, perH);
    }

    /** 1.6 W and 50 J/K a cell, 0.05 W/K: 32 K above the surroundings in the end, tau 1000 s. */
    @ParameterizedTest(name = "{0} to {1} °C at {2}")
    @CsvSource({
        "0, 16, 0, 693.147", // half of the way: tau ln 2
        "0, 10, 0, 374.693",
        "10, 20, 0, 606.136", // from 22 to 12 K below the end
        "10, 20, 10, 374.693",
        "10, 10, 0, 0",
        "20, 10, 0, 0",
        "0, 32, 0, Infinity",
        "0, 33, 0, Infinity"
    })
    void warmingFollowsTheExponentialOfItsLosses(double from, double to, double ambient, double expectedS) {
        HeatUp heatUp = with(HEATER).heatUp(from, to, ambient);
        assertEquals(expectedS, heatUp.timeS(), 0.001);
        assertEquals(expectedS * 2000.0 / 3600.0, heatUp.energyWh(), 0.001);
        assertEquals(expectedS < 1e9, heatUp.possible());
        assertEquals(Math.max(from, to), heatUp.toDegC());
    }

    @Test
    void aPackThatLosesNothingWarmsInAStraightLine() {
        HeatUp heatUp = with(new HeaterRating(2000.0, 0.8, 0.0, 1.25)).heatUp(-10.0, 22.0, -30.0);
        assertEquals(50.0 * 32.0 / 1.6, heatUp.timeS(), 1e-9);
        assertFalse(with(new HeaterRating(0.0, 0.8, 0.0, 1.25))
                .heatUp(-10.0, 22.0, -30.0)
                .possible());
        assertFalse(with(NONE).heatUp(0.0, 1.0, 0.0).possible());
    }

    /** At 10 °C and half full 1.2 A a cell at 3.65 V + 1.2 A × 45 mΩ; the last at 4.2 V: (4.2 − 4.1) V / 45 mΩ = 2.2 A, map 0.2C. */
    @ParameterizedTest(name = "soc {0} at {1} °C: {2} A")
    @CsvSource({
        "0.5, 10, 1.2",
        "0.5, 0, 0",
        "0.5, -5, 0",
        "0.5, 25, 3.0",
        "1.0, 25, 0.6",
        "0.5, 42.5, 1.5",
        "0.5, 45, 0"
    })
    void takesThePowerThatItsLimitsLeave(double soc, double degC, double a) {
        double v = 3.2 + 0.9 * soc + 0.045 * a;
        assertEquals(1000.0 * a * v, with(HEATER).chargeW(soc, degC), 1e-6);
    }

    @Test
    void findsTheColdestTemperatureAtWhichAPowerIsTaken() {
        Preconditioner preconditioner = with(HEATER);
        double wantedW = 1000.0 * 1.2 * (3.65 + 0.045 * 1.2);
        assertEquals(10.0, preconditioner.degCToTake(wantedW - 1.0, 0.5), 1e-9);
        assertEquals(10.25, preconditioner.degCToTake(wantedW + 1.0, 0.5), 1e-9);
        assertTrue(Double.isNaN(preconditioner.degCToTake(20_000.0, 0.5)));
        HeatUp heatUp = preconditioner.toTake(wantedW - 1.0, 0.5, 0.0, 0.0);
        assertEquals(10.0, heatUp.toDegC(), 1e-9);
        assertEquals(374.693, heatUp.timeS(), 0.001);
        assertEquals(new HeatUp(15.0, 0.0, 0.0), preconditioner.toTake(wantedW, 0.5, 15.0, 0.0));
        assertFalse(preconditioner.toTake(20_000.0, 0.5, 0.0, 0.0).possible());
        assertFalse(preconditioner.toTake(wantedW, 0.5, 44.0, 0.0).possible(), "a pack that is too hot is not heated");
    }

    /** Warm and held there by nothing: 0.4 × 3 Ah at 3 A is 24 minutes, at 1.2 A an hour. */
    @ParameterizedTest(name = "{0} °C: {1} s")
    @CsvSource({"25, 1440", "20, 1440"})
    void aWarmPackTakesChargeOverCurrentForIt(double degC, double expectedS) {
        PreconditioningPlan plan = with(NONE).plan(need(degC, Double.POSITIVE_INFINITY, 0.0, 0.5, 10.0));
        assertEquals(expectedS, plan.plainChargeS(), 0.5);
        assertEquals(plan.plainChargeS(), plan.chargeS());
        assertEquals(0.0, plan.savedS());
        assertFalse(plan.worthIt());
    }

    @Test
    void aColdPackThatWarmsItselfIsFasterThanOneThatStaysCold() {
        CellType type = SampleCells.straight();
        Preconditioner losing = new Preconditioner(type, LAYOUT, new HeaterRating(0.0, 1.0, 1000.0, 1.0), SHARP);
        Preconditioner keeping = new Preconditioner(type, LAYOUT, new HeaterRating(0.0, 1.0, 0.0, 1.0), SHARP);
        PreconditioningNeed need = need(10.0, Double.POSITIVE_INFINITY, 0.0, 0.5, 10.0);
        assertEquals(3600.0, losing.plan(need).plainChargeS(), 2.0);
        assertTrue(keeping.plan(need).plainChargeS() < 3300.0);
    }

    @Test
    void theStationsPowerLimitsTheCharge() {
        // 2 kW: 2 W a cell at about 3.6 V
        PreconditioningPlan plan = with(NONE).plan(need(25.0, 2000.0, 0.0, 0.5, 10.0));
        double meanV = 3.2 + 0.9 * 0.4 + 0.045 * 0.55;
        assertEquals(1.2 * meanV / 2.0 * 3600.0, plan.plainChargeS(), 15.0);
    }

    @ParameterizedTest(name = "{0} °C, {1} W, {2} an hour, {3} a kWh: {4}")
    @CsvSource({
        "8, 1e9, 10, 0.5, WORTH_IT",
        "8, 1e9, 0.01, 0.5, NOT_WORTH_IT",
        "8, 1e9, 10, 100, NOT_WORTH_IT",
        "8, 1e9, 0, 0, NOT_WORTH_IT",
        "-5, 1e9, 0.01, 100, MUST_HEAT",
        "22, 1e9, 10, 0.5, WARM_ENOUGH",
        "12, 1000, 10, 0.5, STATION_LIMITS",
        "22, 1000, 10, 0.5, STATION_LIMITS",
        "-40, 1e9, 10, 0.5, CANNOT_CHARGE"
    })
    void decidesByWhatTimeAndEnergyAreWorth(
            double degC, double stationW, double perH, double perKwh, PreconditioningCause cause) {
        PreconditioningPlan plan = with(HEATER).plan(need(degC, stationW, 0.0, perKwh, perH));
        assertEquals(cause, plan.cause(), plan.toString());
        boolean heats = cause == PreconditioningCause.WORTH_IT || cause == PreconditioningCause.MUST_HEAT;
        assertEquals(heats, plan.worthIt());
        assertEquals(heats, plan.heaterWh() > 0.0);
        assertEquals(heats, plan.savedS() > 0.0);
        assertEquals(heats, plan.gain() > 0.0);
        if (!heats) {
            assertEquals(degC, plan.toDegC());
            assertEquals(0.0, plan.heatingS());
        }
    }

    @Test
    void whatIsGainedIsTimeLessEnergy() {
        PreconditioningPlan plan = with(HEATER).plan(need(8.0, 1e9, 0.0, 0.5, 10.0));
        double expected = plan.savedS() / 3600.0 * 10.0 - plan.extraWh() / 1000.0 * 0.5;
        assertEquals(expected, plan.gain(), 1e-9);
        assertEquals(plan.plainChargeS() - plan.chargeS(), plan.savedS(), 1e-9);
        assertEquals(plan.heatingS() * 2000.0 / 3600.0, plan.heaterWh(), 1e-6);
        assertTrue(
                plan.extraWh() > plan.heaterWh() && plan.extraWh() < 1.4 * plan.heaterWh(), "more current loses more");
        assertEquals(0.0, plan.startS(), "at the station nothing begins before the plug");
    }

    @Test
    void dearEnergyHeatsLess() {
        double cheap = with(HEATER).plan(need(8.0, 1e9, 0.0, 0.2, 10.0)).toDegC();
        double dear = with(HEATER).plan(need(8.0, 1e9, 0.0, 20.0, 10.0)).toDegC();
        assertTrue(dear < cheap && dear > 8.0, dear + " and " + cheap);
    }

    @Test
    void heatingOnTheWayBeginsAsLateAsItCan() {
        PreconditioningPlan plan = with(HEATER).plan(need(8.0, 1e9, 3600.0, 0.5, 10.0));
        assertEquals(PreconditioningCause.WORTH_IT, plan.cause());
        HeatUp whole = with(HEATER).heatUp(8.0, plan.toDegC(), 8.0);
        assertEquals(-whole.timeS(), plan.startS(), 1e-6, "all of it before the plug");
        assertTrue(plan.heatingS() < whole.timeS() + 300.0, "and what holds it after");
        PreconditioningPlan late = with(HEATER).plan(need(8.0, 1e9, 0.0, 0.5, 10.0));
        assertTrue(plan.chargeS() < late.chargeS());
        PreconditioningPlan between = with(HEATER).plan(need(8.0, 1e9, 100.0, 0.5, 10.0));
        assertEquals(-100.0, between.startS(), 1e-9);
        assertTrue(between.heatingS() > 100.0);
    }

    @Test
    void whatHeatsOnTheWayComesOutOfThePackAndBackFromTheStation() {
        PreconditioningPlan plan = with(HEATER).plan(need(-5.0, 1e9, 3600.0, 0.5, 10.0));
        assertEquals(PreconditioningCause.MUST_HEAT, plan.cause());
        double storedWh = 1000.0 * 1.2 * (3.2 + 0.9 * 0.4); // 40 % of 3 Ah, 1000 cells
        assertTrue(plan.extraWh() > storedWh + 0.9 * plan.heaterWh(), plan.toString());
        assertEquals(Double.POSITIVE_INFINITY, plan.savedS());
        assertEquals(Double.POSITIVE_INFINITY, plan.gain());
    }

    @Test
    void aHeaterHoldsWhatItReached() {
        // So much loss that a pack which is not held falls back below 0 °C under the small station's current.
        Preconditioner preconditioner = with(new HeaterRating(2000.0, 0.8, 1.0, 1.25));
        PreconditioningPlan plan =
                preconditioner.plan(new PreconditioningNeed(0.2, 0.6, -5.0, -5.0, 2500.0, 0.0, 0.5, 10.0));
        assertEquals(PreconditioningCause.MUST_HEAT, plan.cause(), plan.toString());
        HeatUp once = preconditioner.heatUp(-5.0, plan.toDegC(), -5.0);
        assertTrue(plan.heatingS() > 1.5 * once.timeS(), plan.toString());
    }

    @Test
    void withoutAHeaterOrAnythingToChargeNothingIsHeated() {
        assertEquals(
                PreconditioningCause.NO_HEATER,
                with(NONE).plan(need(8.0, 1e9, 0.0, 0.5, 10.0)).cause());
        assertEquals(
                PreconditioningCause.NO_HEATER,
                with(NONE).plan(need(-8.0, 1e9, 0.0, 0.5, 10.0)).cause());
        PreconditioningNeed full = new PreconditioningNeed(0.8, 0.8, 5.0, 5.0, 1e4, 0.0, 0.5, 10.0);
        PreconditioningPlan plan = with(HEATER).plan(full);
        assertEquals(PreconditioningCause.TARGET_REACHED, plan.cause());
        assertEquals(0.0, plan.chargeS());
    }

    @Test
    void aHeaterTooWeakIsOutOfReach() {
        HeaterRating weak = new HeaterRating(20.0, 0.8, 0.5, 1.25); // 0.3 K
        assertEquals(
                PreconditioningCause.OUT_OF_REACH,
                with(weak).plan(need(8.0, 1e9, 0.0, 0.5, 10.0)).cause());
    }

    @Test
    void saysItselfInOneLine() {
        PreconditioningPlan plan = new PreconditioningPlan(
                true, PreconditioningCause.WORTH_IT, -600.0, 20.0, 720.0, 400.0, 350.0, 1500.0, 2400.0, 2.345);
        assertEquals(
                "WORTH_IT: heat to 20.0 °C from -10 min, 12 min, 0.40 kWh; charge 25 instead of 40 min, gain 2.35",
                plan.toString());
    }

    @Test
    void theSameQuestionHasTheSameAnswer() {
        Preconditioner preconditioner = with(HEATER);
        PreconditioningPlan first = preconditioner.plan(need(8.0, 1e9, 0.0, 0.5, 10.0));
        preconditioner.plan(need(-8.0, 5e4, 900.0, 0.5, 10.0));
        assertEquals(first, preconditioner.plan(need(8.0, 1e9, 0.0, 0.5, 10.0)));
    }
}
