package io.github.bms4j.charge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.bms4j.limit.LimitRule;
import io.github.bms4j.thermal.HeaterRating;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A pack of 18.5 kWh that takes no charge at 0 °C, half of 3C at 5 °C and all of it at 10 °C; 110 kJ/K, 25 W/K. A heater of 5 kW, 4.5 kW of which
 * reach the cells, warms it by 1 K in 24 s.
 */
class HeatedPlanTest {
    private static final double H = 3600.0;
    private static final HeaterRating HEATER = new HeaterRating(5000.0, 0.9, 0.5, 1.1);
    private static final OfferStep FLAT = step(0.0, 50_000.0, 0.3);

    private final ChargePlanner planner = new PlannerCells().planner(PlannerSettings.standard());
    private ChargeGoal goal = new ChargeGoal(0.7, 0.0, Double.NEGATIVE_INFINITY, 6 * H);
    private double pricePerH;
    private ChargeRules rules = ChargeRules.free();
    private HeaterRating heater = HEATER;
    private StationRating rating = StationRating.oneWay(500.0, 200.0);
    private SiteSeries site = SiteSeries.unlimited();
    private double degC = -10.0;
    private List<OfferStep> steps = List.of(FLAT);

    private static OfferStep step(double atS, double maxPowerW, double pricePerKwh) {
        return new OfferStep(atS, maxPowerW, pricePerKwh, Double.NaN);
    }

    private PlanRequest request() {
        ChargeWorth worth = new ChargeWorth(5.0, 0.0, AgeingCost.none(), Double.POSITIVE_INFINITY, pricePerH);
        StationOffer offer = new StationOffer("test", rating, 1e6, List.of(new OfferSchedule("only", steps)));
        PackNow pack = new PackNow(0.3, 0.0, degC, degC, degC);
        return new PlanRequest(
                        0.0,
                        pack,
                        new ChargeNeed(goal, worth, rules),
                        offer,
                        site,
                        StationNow.silent(),
                        SessionSoFar.fresh())
                .with(heater);
    }

    private ChargePlan plan() {
        return planner.plan(request());
    }

    private static ChargeRules unheated() {
        return new ChargeRules(0.0, ChargeRules.ANY_STARTS, DischargeTerms.forbidden(), false);
    }

    @Test
    void aPackTooColdToBeChargedIsHeatedFirst() {
        pricePerH = 1.0;
        ChargePlan heated = plan();
        assertTrue(heated.meetsTarget(), heated::toString);
        assertTrue(heated.heats());
        PlanSlot first = heated.slots().get(0);
        assertEquals(5055.5, first.heaterW(), 0.1, "and 55.5 W of electronics");
        assertEquals(0.0, first.currentA());
        assertEquals(0.0, first.withoutHeatW());
        assertEquals(LimitRule.TEMPERATURE, first.cause());
        assertTrue(first.temperatureDegC() > 0.0, "300 s of 4.5 kW, less what is lost");
        rules = unheated();
        ChargePlan cold = plan();
        assertEquals(0.4, cold.missedSoc(), 1e-9);
        assertEquals(LimitRule.TEMPERATURE, cold.missedCause());
        assertFalse(cold.heats());
    }

    @Test
    void theHeatersEnergyIsInTheEnergyAndInTheBill() {
        ChargePlan heated = plan();
        double wh = 0.0;
        for (PlanSlot slot : heated.slots()) {
            wh += slot.heaterW() * slot.durationS() / H;
            assertTrue(slot.powerW() >= slot.heaterW());
        }
        assertEquals(heated.heaterWh(), wh, 1e-9);
        assertTrue(wh > 500.0 && wh < 800.0, "some 15 K, and what is lost: " + wh);
        assertEquals(0.3 * heated.energyWh() / 1000.0, heated.energyCost(), 1e-9);
        double storedWh = 7.35e3;
        assertEquals(storedWh + wh, heated.energyWh(), 0.06 * storedWh, "losses and electronics beside");
    }

    @ParameterizedTest(name = "an hour at {0}, {1} °C: heat {2}")
    @CsvSource({"0, 3, false", "0.5, 3, false", "10, 3, true", "10, 7, false", "10, 25, false"})
    void heatsOnlyIfTheTimeSavedIsWorthTheEnergy(double perH, double startDegC, boolean heats) {
        pricePerH = perH;
        degC = startDegC;
        ChargePlan best = plan();
        assertEquals(heats, best.heats(), best::toString);
        rules = unheated();
        ChargePlan plain = plan();
        assertTrue(best.cost().total() <= plain.cost().total() + 1e-9);
        if (heats) {
            assertTrue(best.finishS() < plain.finishS() - 60.0);
            assertTrue(best.energyCost() > plain.energyCost());
        } else {
            assertEquals(plain, best, "to the last bit");
        }
    }

    @Test
    void anHourUntilTheTargetIsPaidForAndShortensTheCharge() {
        degC = 20.0;
        ChargePlan patient = plan();
        pricePerH = 10.0;
        ChargePlan hasty = plan();
        assertTrue(patient.finishS() > 5 * H);
        assertTrue(hasty.finishS() < 700.0, () -> hasty.finishS() + " s");
        assertEquals(10.0 * hasty.finishS() / H, hasty.cost().time(), 1e-6);
        assertEquals(0.0, patient.cost().time());
        assertEquals(
                hasty.cost().time(),
                hasty.slots().stream().mapToDouble(s -> s.cost().time()).sum(),
                1e-9);
        PlanCost cost = hasty.cost();
        assertEquals(cost.energy() + cost.missed() + cost.time(), cost.total(), 1e-12);
    }

    /** Dear for four hours, then cheap: the heat comes just before the cheap hours, not four hours ahead of them. */
    @Test
    void heatsWhenTheChargeBeginsAndNotLongBefore() {
        steps = List.of(step(0.0, 50_000.0, 0.9), step(4 * H, 50_000.0, 0.1));
        ChargePlan plan = plan();
        assertTrue(plan.meetsTarget());
        double firstHeatS = plan.slots().stream()
                .filter(PlanSlot::heats)
                .findFirst()
                .orElseThrow()
                .startS();
        double firstFlowS = plan.slots().stream()
                .filter(s -> s.currentA() > 0.0)
                .findFirst()
                .orElseThrow()
                .startS();
        assertTrue(firstFlowS >= 4 * H, () -> firstFlowS + " s");
        assertTrue(firstHeatS >= 3 * H + 1800.0, () -> firstHeatS + " s");
        assertTrue(plan.energyCost() < 1.1, plan::toString);
    }

    @ParameterizedTest(name = "station {0} W, site {1} W: {2} W")
    @CsvSource({"3000, 50000, 3000", "50000, 2000, 2000", "50000, 50000, 5055"})
    void theHeaterTakesWhatStationAndSiteGive(double stationW, double siteW, double expectedW) {
        pricePerH = 1.0;
        steps = List.of(step(0.0, stationW, 0.3));
        site = new SiteSeries(List.of(new SiteStep(0.0, siteW, 0.0)), 0.0);
        ChargePlan plan = plan();
        assertTrue(plan.heats());
        assertEquals(expectedW, plan.slots().get(0).powerW(), 1.0);
        for (PlanSlot slot : plan.slots()) {
            assertTrue(slot.powerW() <= Math.min(stationW, siteW) + 1.0, slot::toString);
        }
    }

    @Test
    void nothingIsHeatedBeforeTheEarliestStartOrWhereNothingIsOffered() {
        goal = new ChargeGoal(0.7, 0.0, 1800.0, 3 * H);
        steps = List.of(step(0.0, 50_000.0, 0.3), step(3600.0, 0.0, 0.3), step(4200.0, 50_000.0, 0.3));
        pricePerH = 10.0;
        ChargePlan plan = plan();
        assertTrue(plan.meetsTarget(), plan::toString);
        for (PlanSlot slot : plan.slots()) {
            if (slot.startS() < 1800.0 || (slot.startS() >= 3600.0 && slot.startS() < 4200.0)) {
                assertFalse(slot.heats(), slot::toString);
            }
        }
    }

    @Test
    void noHeaterNoHeatAndTheSamePlanToTheLastBit() {
        heater = HeaterRating.none();
        degC = 3.0;
        pricePerH = 10.0;
        ChargePlan none = plan();
        rules = unheated();
        heater = HeaterRating.of(5000.0);
        assertEquals(none, plan());
    }

    @Test
    void doesNotDependOnHowTheWorkIsSharedOut() {
        ChargePlan once = plan();
        PlanJob job = planner.begin(request());
        while (!job.advance(1)) {
            // a unit at a time
        }
        assertEquals(once, job.revision().plan());
    }

    @Test
    void keepsAHeatedPlanThatIsAsGood() {
        pricePerH = 10.0;
        ChargePlan first = plan();
        PlanRevision revision = planner.revise(request(), first);
        assertFalse(revision.changed());
        assertEquals(first.heatToDegC(), revision.plan().heatToDegC());
        assertEquals(first.heaterWh(), revision.plan().heaterWh(), 0.02 * first.heaterWh());
        assertTrue(Math.abs(revision.gain()) < 0.05, () -> "gain " + revision.gain());
    }

    /** Block prices: what heater and charge draw together is what counts. */
    @Test
    void theHeaterPaysThePriceOfTheBlockItReaches() {
        pricePerH = 1.0;
        steps = List.of(new OfferStep(
                0.0,
                50_000.0,
                new PowerPrice(List.of(new PriceBlock(0.0, 0.2), new PriceBlock(2000.0, 0.6))),
                Double.NaN,
                FeedIn.none()));
        PlanSlot first = plan().slots().get(0);
        double kwh = first.energyWh() / 1000.0;
        assertEquals(0.2 * 2.0 / 12.0 + 0.6 * (kwh - 2.0 / 12.0), first.cost().energy(), 1e-6);
    }
}
