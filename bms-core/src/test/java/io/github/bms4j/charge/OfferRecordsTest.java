package io.github.bms4j.charge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a need, an offer and a site are made of is checked when it is made. */
class OfferRecordsTest {
    private static void assertNames(String named, Executable build) {
        String message = String.valueOf(
                assertThrows(IllegalArgumentException.class, build).getMessage());
        assertTrue(message.startsWith(named), message);
    }

    private static final OfferStep STEP = new OfferStep(0.0, 1000.0, 0.3, Double.NaN);

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "targetSoc, 1.1, 0,   0,    10",
        "minSoc,    0.5, 0.6, 0,    10",
        "earliestS, 0.5, 0,   10,   10",
        "earliestS, 0.5, 0,   NaN,  10",
        "departureS, 0.5, 0,  0,    NaN",
    })
    void refusesAGoalThatContradictsItself(String named, double target, double min, double earliest, double departure) {
        assertNames(named, () -> new ChargeGoal(target, min, earliest, departure));
    }

    @Test
    void refusesWeightsAndRulesOutOfRange() {
        AgeingCost none = AgeingCost.none();
        assertNames("missedPerKwh", () -> new ChargeWorth(0.0, 0.0, none, 1.0));
        assertNames("co2PerKg", () -> new ChargeWorth(1.0, -0.1, none, 1.0));
        assertNames("costCeiling", () -> new ChargeWorth(1.0, 0.0, none, -1.0));
        assertNames("costCeiling", () -> new ChargeWorth(1.0, 0.0, none, Double.NaN));
        assertNames("pricePerH", () -> new ChargeWorth(1.0, 0.0, none, 1.0, -1.0));
        assertNames("minCurrentA", () -> new ChargeRules(-1.0, 1, DischargeTerms.forbidden()));
        assertNames("mostStarts", () -> new ChargeRules(0.0, 0, DischargeTerms.forbidden()));
        assertNames("maxPowerW", () -> new DischargeTerms(-1.0, 0.2, 0.9));
        assertNames("floorSoc", () -> new DischargeTerms(1.0, 0.95, 0.9));
        assertNames("ceilingSoc", () -> new DischargeTerms(1.0, 0.5, 1.1));
        assertFalse(DischargeTerms.forbidden().allowed());
        assertTrue(new DischargeTerms(1.0, 0.0, 1.0).allowed());
    }

    @Test
    void refusesBlocksThatFallOrDoNotBeginAtZero() {
        assertNames("blocks must begin", () -> new PowerPrice(List.of(new PriceBlock(1.0, 0.2))));
        assertNames("blocks must be 1", () -> new PowerPrice(List.of()));
        assertNames(
                "blocks must rise",
                () -> new PowerPrice(List.of(new PriceBlock(0.0, 0.3), new PriceBlock(1000.0, 0.2))));
        assertNames(
                "blocks must rise", () -> new PowerPrice(List.of(new PriceBlock(0.0, 0.3), new PriceBlock(0.0, 0.4))));
        assertNames("fromW", () -> new PriceBlock(-1.0, 0.2));
        assertNames("pricePerKwh", () -> new PriceBlock(0.0, Double.NaN));
        assertEquals(0.3, new PowerPrice(List.of(new PriceBlock(0.0, 0.3), new PriceBlock(5.0, 0.3))).firstPerKwh());
    }

    @Test
    void refusesAnOfferThatIsNone() {
        assertNames("maxPowerW", () -> new FeedIn(-1.0, 0.1));
        assertNames("pricePerKwh", () -> new FeedIn(1.0, Double.NaN));
        assertNames("gCo2PerKwh", () -> new OfferStep(0.0, 1.0, 0.1, -1.0));
        assertNames("startS", () -> new OfferStep(Double.NaN, 1.0, 0.1, 1.0));
        assertNames("name", () -> new OfferSchedule(" ", List.of(STEP)));
        assertNames("steps must hold", () -> new OfferSchedule("a", List.of()));
        assertNames("steps must have rising", () -> new OfferSchedule("a", List.of(STEP, STEP)));
        OfferSchedule a = new OfferSchedule("a", List.of(STEP));
        StationRating rating = StationRating.oneWay(400.0, 100.0);
        assertNames("source", () -> new StationOffer("", rating, 1.0, List.of(a)));
        assertNames("schedules must be 1", () -> new StationOffer("s", rating, 1.0, List.of()));
        assertNames("schedules must be 1", () -> new StationOffer("s", rating, 1.0, List.of(a, a, a, a)));
        assertNames("schedules must have", () -> new StationOffer("s", rating, 1.0, List.of(a, a)));
        assertNames("validUntilS", () -> new StationOffer("s", rating, 0.0, List.of(a)));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "maxV,          0,   100, 0,   0,  1",
        "maxA,          400, 0,   0,   0,  1",
        "minA,          400, 100, 101, 0,  1",
        "maxDischargeA, 400, 100, 0,   -1, 1",
        "efficiency,    400, 100, 0,   0,  0.4",
        "efficiency,    400, 100, 0,   0,  1.1",
    })
    void refusesARatingThatIsNone(String named, double v, double a, double least, double back, double efficiency) {
        assertNames(named, () -> new StationRating(v, a, least, back, efficiency));
    }

    @Test
    void refusesASiteASessionAndAPackThatAreNone() {
        SiteStep step = new SiteStep(0.0, 1000.0, 0.0);
        assertNames("gridLimitW", () -> new SiteStep(0.0, -1.0, 0.0));
        assertNames("solarW", () -> new SiteStep(0.0, 1.0, Double.POSITIVE_INFINITY));
        assertNames("steps must have rising", () -> new SiteSeries(List.of(step, step), 0.0));
        assertNames("solarPerKwh", () -> new SiteSeries(List.of(step), Double.NaN));
        assertNames("starts", () -> new SessionSoFar(false, -1, 0.0));
        assertNames("spent", () -> new SessionSoFar(false, 0, Double.NaN));
        assertNames("capacityShare", () -> new PackCondition(0.2, 1.0, 0.0, 0.0));
        assertNames("resistanceShare", () -> new PackCondition(1.0, 6.0, 0.0, 0.0));
        assertNames("socSigma", () -> new PackCondition(1.0, 1.0, -0.1, 0.0));
        assertNames("capacitySigma", () -> new PackCondition(1.0, 1.0, 0.0, 0.6));
        assertNames("slowV", () -> new Polarisation(0.0, Double.NaN, 0.0));
    }

    @Test
    void putsTheSunWhereItsPriceBelongs() {
        PowerPrice price = new PowerPrice(List.of(new PriceBlock(0.0, 0.10), new PriceBlock(2000.0, 0.40)));
        // 2 kW at 0.10, 1 kW of sun at 0.25, the rest at 0.40.
        PowerCost between = PowerCost.of(price, 300.0, 0.0, Double.POSITIVE_INFINITY, 1000.0, 0.25);
        assertEquals(0.20 + 0.25 + 0.40, between.pricePerH(4000.0), 1e-12);
        assertEquals(300.0 * 3.0, between.gCo2PerH(4000.0), 1e-9);
        assertEquals(0.20 + 0.125, between.worthPerH(2500.0), 1e-12);
        // With 100 a tonne of CO2 the sun comes before the second kilowatt of the grid, not before the first.
        PowerCost green = PowerCost.of(price, 3000.0, 0.1, Double.POSITIVE_INFINITY, 1000.0, 0.25);
        assertEquals(0.25 + 0.10, green.pricePerH(2000.0), 1e-12);
        assertEquals(0.25 + 0.10 + 0.30, green.worthPerH(2000.0), 1e-12);
        // Sun dearer than the grid is used where the grid ends.
        PowerCost last = PowerCost.of(price, 0.0, 0.0, 1500.0, 1000.0, 0.25);
        assertEquals(0.15 + 0.25, last.pricePerH(2500.0), 1e-12);
        assertEquals(0, PowerCost.of(price, 0.0, 0.0, 0.0, 0.0, 0.25).ranges());
        assertEquals(0.25 * 0.5, PowerCost.of(price, 0.0, 0.0, 0.0, 800.0, 0.25).pricePerH(500.0), 1e-12);
    }

    @Test
    void ageingFollowsItsFormula() {
        AgeingCost cost = new AgeingCost(
                200.0, new AgeingCost.Calendar(0.02, 1.0, 6000.0), new AgeingCost.Cycle(1e-4, 2e-4, 0.05), "test");
        assertEquals(200.0 * 0.02 / 8766.0, cost.calendarPerH(0.5, 25.0), 1e-15);
        assertEquals(1.4 * cost.calendarPerH(0.5, 25.0), cost.calendarPerH(0.9, 25.0), 1e-15);
        double warmer = StrictMath.exp(6000.0 * (1.0 / 298.15 - 1.0 / 308.15));
        assertEquals(warmer, cost.calendarPerH(0.5, 35.0) / cost.calendarPerH(0.5, 25.0), 1e-12);
        assertEquals(0.01, cost.perKwh(30.0), 1e-15);
        assertEquals(0.02, cost.perKwhAndRate(25.0), 1e-15);
        assertEquals(0.01 * StrictMath.exp(1.0), cost.perKwh(5.0), 1e-14);
        assertEquals(0.005, cost.times(0.5).perKwh(25.0), 1e-15);
        assertEquals(0.3, AgeingCost.byRate(0.3).perKwhAndRate(0.0), 1e-15);
        assertEquals(0.0, AgeingCost.none().calendarPerH(1.0, 60.0));
        assertNames("wearPerKwh", () -> AgeingCost.byRate(-1.0));
        assertNames("weight", () -> cost.times(-1.0));
        // 1.27 % a year of a kWh worth 100, by the published model at SOC 0.5.
        assertEquals(1.27, AgeingCost.nmc(100.0).calendarPerH(0.5, 25.0) * 8766.0, 1e-9);
    }
}
