package io.github.bms4j.charge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.bms4j.limit.LimitRule;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a need, an offer and a site may ask of a plan beside price and departure. */
class PlanFeaturesTest {
    private static final double H = 3600.0;
    private static final double NO_CO2 = Double.NaN;

    private final PlannerCells cells = new PlannerCells().isothermal();
    private final ChargePlanner planner = cells.planner(PlannerSettings.standard());
    private ChargeGoal goal = new ChargeGoal(0.7, 0.0, Double.NEGATIVE_INFINITY, 6 * H);
    private ChargeWorth worth = ChargeWorth.ofMissed(5.0);
    private ChargeRules rules = ChargeRules.free();
    private StationRating rating = StationRating.oneWay(500.0, 200.0);
    private List<OfferSchedule> schedules = List.of();
    private SiteSeries site = SiteSeries.unlimited();
    private SessionSoFar soFar = SessionSoFar.fresh();
    private PackNow pack = new PackNow(0.4, 0.0, 25.0, 25.0, 25.0);

    private PlanRequest request() {
        StationOffer offer = new StationOffer("test", rating, 1e6, schedules);
        return new PlanRequest(0.0, pack, new ChargeNeed(goal, worth, rules), offer, site, StationNow.silent(), soFar);
    }

    private ChargePlan plan() {
        return planner.plan(request());
    }

    /** Steps of an hour. */
    private static OfferSchedule hours(String name, double maxPowerW, double... prices) {
        List<OfferStep> steps = new ArrayList<>();
        for (int i = 0; i < prices.length; i++) {
            steps.add(new OfferStep(i * H, maxPowerW, prices[i], NO_CO2));
        }
        return new OfferSchedule(name, steps);
    }

    private static double energyWh(ChargePlan plan, double fromS, double toS) {
        return plan.slots().stream()
                .filter(s -> s.startS() >= fromS - 1e-6 && s.startS() < toS - 1e-6)
                .mapToDouble(PlanSlot::energyWh)
                .sum();
    }

    private static Stream<PlanSlot> flowing(ChargePlan plan) {
        return plan.slots().stream().filter(PlanSlot::flows);
    }

    @Test
    void takesTheBestOfThreeSchedulesAndSaysWhich() {
        schedules = List.of(
                hours("flat", 11_000, 0.30),
                hours("night", 11_000, 0.40, 0.40, 0.12, 0.40, 0.40, 0.40),
                hours("weak", 800, 0.05));
        ChargePlan plan = plan();
        assertEquals("night", plan.schedule());
        assertEquals(0.12 * plan.energyWh() / 1000.0, plan.cost().energy(), 1e-9);
        // The weak one is the cheapest per kWh, but it misses energy that is worth 5.
        schedules = List.of(schedules.get(2));
        assertTrue(plan().missedSoc() > 0.05);
    }

    @Test
    void takesTheFirstOfSchedulesThatAreAlike() {
        schedules = List.of(hours("a", 11_000, 0.30), hours("b", 11_000, 0.30));
        assertEquals("a", plan().schedule());
    }

    @Test
    void drawsNoMoreThanTheFirstBlockWhereTimeAllows() {
        PowerPrice blocks = new PowerPrice(List.of(new PriceBlock(0.0, 0.20), new PriceBlock(2000.0, 0.45)));
        schedules = List.of(
                new OfferSchedule("blocks", List.of(new OfferStep(0.0, 11_000, blocks, NO_CO2, FeedIn.none()))));
        ChargePlan plan = plan();
        flowing(plan).forEach(s -> assertTrue(s.powerW() <= 2020.0, s.toString()));
        assertEquals(0.7, plan.endSoc(), 1e-6);
        goal = new ChargeGoal(0.7, 0.0, Double.NEGATIVE_INFINITY, 2 * H);
        ChargePlan hasty = plan();
        // 5.6 kWh in two hours: 2 kW at the first price, the rest at the second.
        double secondKwh = hasty.energyWh() / 1000.0 - 4.0;
        assertEquals(0.20 * 4.0 + 0.45 * secondKwh, hasty.cost().energy(), 0.06);
    }

    @Test
    void waitsForTheSunAndCountsItAtItsOwnPrice() {
        schedules = List.of(hours("flat", 11_000, 0.30));
        site = new SiteSeries(
                List.of(new SiteStep(0.0, 1e9, 0.0), new SiteStep(2 * H, 1e9, 4000.0), new SiteStep(4 * H, 1e9, 0.0)),
                0.06);
        ChargePlan plan = plan();
        assertEquals(plan.energyWh(), energyWh(plan, 2 * H, 4 * H), 1.0);
        assertEquals(0.06 * plan.energyWh() / 1000.0, plan.cost().energy(), 0.002);
        flowing(plan).forEach(s -> assertTrue(s.powerW() <= 4010.0, s.toString()));
    }

    @Test
    void keepsToTheSiteAndNamesIt() {
        schedules = List.of(hours("flat", 22_000, 0.30));
        site = new SiteSeries(List.of(new SiteStep(0.0, 3000.0, 500.0)), 0.0);
        goal = new ChargeGoal(0.9, 0.0, Double.NEGATIVE_INFINITY, 2 * H);
        ChargePlan plan = plan();
        plan.slots().forEach(s -> assertEquals(3500.0, s.powerW(), 1.0, s.toString()));
        assertEquals(LimitRule.SITE, plan.slots().get(3).cause());
        assertEquals(LimitRule.SITE, plan.missedCause());
        assertEquals(7000.0, plan.energyWh(), 1.0);
    }

    @Test
    void weighsCarbonAgainstPrice() {
        schedules = List.of(new OfferSchedule(
                "mixed",
                List.of(
                        new OfferStep(0.0, 11_000, 0.20, 600.0),
                        new OfferStep(2 * H, 11_000, 0.24, 100.0),
                        new OfferStep(4 * H, 11_000, 0.23, NO_CO2))));
        assertEquals(0.20, flowing(plan()).findFirst().orElseThrow().pricePerKwh(), 1e-9);
        worth = new ChargeWorth(5.0, 0.2, AgeingCost.none(), Double.POSITIVE_INFINITY);
        ChargePlan plan = plan();
        assertEquals(plan.energyWh(), energyWh(plan, 2 * H, 4 * H), 1e-6);
        // 0.2 a kilogram times 0.1 kg/kWh; the step that says nothing counts as the dirtiest.
        assertEquals(0.02 * plan.energyWh() / 1000.0, plan.cost().co2(), 1e-9);
    }

    @Test
    void letsNothingFlowBeforeTheEarliestStart() {
        schedules = List.of(hours("rising", 11_000, 0.10, 0.20, 0.30, 0.40, 0.50, 0.60));
        goal = new ChargeGoal(0.7, 0.6, 2.5 * H, 6 * H);
        ChargePlan plan = plan();
        assertEquals(0.0, energyWh(plan, 0.0, 2.5 * H));
        assertEquals(LimitRule.NOT_YET, plan.slots().get(0).cause());
        assertTrue(energyWh(plan, 2.5 * H, 3.5 * H) > 3700.0, "the minimum comes at once after it");
        goal = new ChargeGoal(0.9, 0.0, 5.8 * H, 6 * H);
        assertEquals(LimitRule.NOT_YET, plan().missedCause());
    }

    @ParameterizedTest(name = "{0} starts")
    @ValueSource(ints = {1, 2, 3})
    void beginsNoMoreOftenThanAllowed(int most) {
        schedules = List.of(hours("saw", 2500, 0.10, 0.60, 0.11, 0.60, 0.12, 0.60));
        ChargePlan any = plan();
        assertEquals(3, any.starts());
        rules = new ChargeRules(0.0, most, DischargeTerms.forbidden());
        ChargePlan plan = plan();
        assertTrue(plan.starts() <= most, plan.starts() + " starts");
        assertEquals(0.7, plan.endSoc(), 1e-6);
        assertTrue(plan.cost().total() >= any.cost().total() - 1e-9);
        assertEquals(most < 3, plan.cost().total() > any.cost().total() + 0.02);
    }

    @Test
    void goingOnIsNoStart() {
        schedules = List.of(hours("flat", 2500, 0.10));
        rules = new ChargeRules(0.0, 1, DischargeTerms.forbidden());
        soFar = new SessionSoFar(false, 1, 0.0);
        ChargePlan none = plan();
        assertEquals(0.0, none.energyWh());
        assertEquals(LimitRule.STARTS, none.slots().get(0).cause());
        assertEquals(LimitRule.STARTS, none.missedCause());
        soFar = new SessionSoFar(true, 1, 0.0);
        ChargePlan on = plan();
        assertTrue(on.slots().get(0).flows());
        assertTrue(on.endSoc() > 0.69, on.toString());
    }

    @Test
    void givesTheLeastCurrentOrNone() {
        schedules = List.of(hours("wide", 11_000, 0.3));
        worth = new ChargeWorth(5.0, 0.0, AgeingCost.byRate(0.5), Double.POSITIVE_INFINITY);
        double gentleA = flowing(plan()).mapToDouble(PlanSlot::currentA).max().orElseThrow();
        assertTrue(gentleA < 5.0, gentleA + " A");
        rules = new ChargeRules(12.0, ChargeRules.ANY_STARTS, DischargeTerms.forbidden());
        ChargePlan plan = plan();
        List<PlanSlot> on = flowing(plan).toList();
        for (PlanSlot slot : on.subList(0, on.size() - 1)) {
            assertTrue(slot.currentA() >= 11.7, slot.toString());
        }
        assertEquals(0.7, plan.endSoc(), 1e-6);
        rating = new StationRating(500.0, 200.0, 40.0, 0.0, 1.0);
        assertEquals(0.0, plan().energyWh(), "the station's least current is above its power");
        assertEquals(LimitRule.LEAST_CURRENT, plan().missedCause());
    }

    @ParameterizedTest(name = "ceiling {0}")
    @ValueSource(doubles = {0.4, 0.8, 1.2})
    void spendsTheCeilingAndNoMore(double ceiling) {
        schedules = List.of(hours("flat", 11_000, 0.3));
        assertTrue(plan().cost().energy() > 1.6);
        worth = new ChargeWorth(5.0, 0.0, AgeingCost.none(), ceiling);
        ChargePlan plan = plan();
        assertTrue(plan.cost().energy() <= ceiling, plan.cost().toString());
        assertEquals(ceiling, plan.cost().energy(), 0.005 * ceiling);
        assertEquals(LimitRule.COST_CEILING, plan.missedCause());
        soFar = new SessionSoFar(false, 0, 0.5 * ceiling);
        assertEquals(0.5 * ceiling, plan().cost().energy(), 0.005 * ceiling);
        soFar = new SessionSoFar(false, 0, 2.0 * ceiling);
        assertEquals(0.0, plan().energyWh());
    }

    @Test
    void countsTheEfficiencyOfAnOnBoardCharger() {
        schedules = List.of(hours("flat", 3700, 0.3));
        ChargePlan direct = plan();
        rating = new StationRating(500.0, 200.0, 0.0, 0.0, 0.8);
        ChargePlan lossy = plan();
        assertEquals(direct.energyWh() / 0.8, lossy.energyWh(), 0.01 * lossy.energyWh());
        assertEquals(0.7, lossy.endSoc(), 1e-6);
    }

    private void twoWay(double floorSoc) {
        rules = new ChargeRules(0.0, ChargeRules.ANY_STARTS, new DischargeTerms(6000.0, floorSoc, 0.9));
        rating = new StationRating(500.0, 200.0, 0.0, 100.0, 1.0);
        FeedIn dear = new FeedIn(8000.0, 0.60);
        schedules = List.of(new OfferSchedule(
                "arbitrage",
                List.of(
                        new OfferStep(0.0, 7000, PowerPrice.flat(0.10), NO_CO2, FeedIn.none()),
                        new OfferStep(2 * H, 7000, PowerPrice.flat(0.55), NO_CO2, dear),
                        new OfferStep(4 * H, 7000, PowerPrice.flat(0.20), NO_CO2, FeedIn.none()))));
    }

    @Test
    void buysLowAndSellsHighOnlyWhereTheNeedAllowsIt() {
        twoWay(0.3);
        ChargePlan both = plan();
        assertTrue(both.cost().energy() < -1.0, both.cost().toString());
        double soldWh = energyWh(both, 2 * H, 4 * H);
        assertTrue(soldWh < -9000.0, soldWh + " Wh");
        flowing(both).filter(s -> s.powerW() < 0).forEach(s -> assertTrue(s.powerW() >= -6000.01, s.toString()));
        both.slots().forEach(s -> assertTrue(s.endSoc() >= 0.3 - 1e-6 && s.endSoc() <= 0.9 + 1e-6, s.toString()));
        assertEquals(0.7, both.endSoc(), 1e-3);
        rules = ChargeRules.free();
        ChargePlan oneWay = plan();
        assertTrue(flowing(oneWay).allMatch(s -> s.powerW() > 0.0));
        assertTrue(oneWay.cost().total() > both.cost().total() + 2.0);
    }

    @Test
    void neverDischargesBelowTheFloor() {
        twoWay(0.5);
        double lowest =
                plan().slots().stream().mapToDouble(PlanSlot::endSoc).min().orElseThrow();
        assertTrue(
                lowest >= Math.min(0.4, 0.5) - 1e-9,
                "starts at 0.4, below the floor, and is not taken lower: " + lowest);
        pack = new PackNow(0.7, 0.0, 25.0, 25.0, 25.0);
        double kept =
                plan().slots().stream().mapToDouble(PlanSlot::endSoc).min().orElseThrow();
        assertEquals(0.5, kept, 0.002);
    }

    @Test
    void sellsNothingThatWearsMoreThanItEarns() {
        twoWay(0.3);
        worth = new ChargeWorth(
                5.0,
                0.0,
                new AgeingCost(
                        1000.0, new AgeingCost.Calendar(0.0, 0.0, 0.0), new AgeingCost.Cycle(0.0012, 0.0, 0.0), "test"),
                Double.POSITIVE_INFINITY);
        // 0.6 a kWh each way is more than the spread of 0.5.
        ChargePlan plan = plan();
        assertTrue(flowing(plan).allMatch(s -> s.powerW() > 0.0));
        assertEquals(0.6 * 0.3 * 18.75, plan.cost().ageing(), 0.15);
    }

    @Test
    void restsAtALowSocWhereAgeingByTimeCounts() {
        schedules = List.of(hours("flat", 11_000, 0.30));
        goal = new ChargeGoal(0.9, 0.0, Double.NEGATIVE_INFINITY, 20 * H);
        AgeingCost shelf = new AgeingCost(
                5000.0, new AgeingCost.Calendar(0.1, 2.0, 6000.0), new AgeingCost.Cycle(0.0, 0.0, 0.0), "test");
        worth = new ChargeWorth(5.0, 0.0, shelf, Double.POSITIVE_INFINITY);
        ChargePlan plan = plan();
        double firstS = flowing(plan).findFirst().orElseThrow().startS();
        assertTrue(firstS > 18.5 * H, "begins at " + firstS / H + " h");
        double parkedPerH = 18.5 * shelf.calendarPerH(0.4, 25.0);
        assertTrue(plan.cost().ageing() > 20.0 * parkedPerH && plan.cost().ageing() < 26.0 * parkedPerH);
    }

    @Test
    void isSurerOfAnArrivalThatIsKnownBetter() {
        schedules = List.of(hours("flat", 3000, 0.30));
        pack = new PackNow(0.2, 0.0, 25.0, 25.0, 25.0, Polarisation.none(), new PackCondition(1.0, 1.0, 0.02, 0.01));
        goal = new ChargeGoal(0.9, 0.0, Double.NEGATIVE_INFINITY, 4 * H);
        ChargePlan tight = plan();
        ArrivalForecast unsure = tight.arrival();
        // 12 kWh of 13: the station's shortfall cannot be made good, so the median is below the plan.
        assertTrue(unsure.soc50() < tight.endSoc() - 0.01, unsure.toString());
        assertTrue(unsure.soc90() < unsure.soc50() - 0.02, unsure.toString());
        assertTrue(unsure.targetProbability() < 0.05);
        assertTrue(Double.isNaN(unsure.finish50S()));
        goal = new ChargeGoal(0.9, 0.9, Double.NEGATIVE_INFINITY, 8 * H);
        ArrivalForecast easy = plan().arrival();
        // Time makes the shortfall good; what stays is the error of the SOC: 1.28 sigma.
        double sigma = Math.sqrt(0.02 * 0.02 + 0.007 * 0.007);
        assertEquals(0.9 - 1.2816 * sigma, easy.soc90(), 2e-3);
        assertEquals(0.9, easy.soc50(), 2e-3);
        double unsureS = easy.finish90S() - easy.finish50S();
        pack = new PackNow(0.2, 0.0, 25.0, 25.0, 25.0);
        ArrivalForecast known = plan().arrival();
        assertEquals(0.9, known.soc90(), 1e-3);
        assertEquals(1.0, known.targetProbability());
        double shortS = known.finish90S() - known.finish50S();
        assertTrue(shortS > 0.0);
        // A point of SOC at 0.9 is 203 Wh and the losses; 2945 W of the 3 kW get there: 250 s.
        assertEquals(Math.hypot(shortS, 1.2816 * sigma * 25_000.0), unsureS, 1.0);
    }

    @ParameterizedTest(name = "z {0}: {1}")
    @CsvSource({"0, 0.5", "1.281552, 0.9", "-1.644854, 0.05", "3, 0.998650", "9, 1", "-9, 0"})
    void knowsTheNormalDistribution(double z, double p) {
        assertEquals(p, ArrivalRuns.normal(z), 1e-6);
    }

    @Test
    void plansForTheCapacityThatIsLeft() {
        schedules = List.of(hours("flat", 11_000, 0.30));
        double newWh = plan().energyWh();
        pack = new PackNow(0.4, 0.0, 25.0, 25.0, 25.0, Polarisation.none(), new PackCondition(0.8, 1.5, 0.0, 0.0));
        assertEquals(0.8 * newWh, plan().energyWh(), 0.02 * newWh);
    }

    @Test
    void aPackThatWasJustChargedTakesLessAtItsVoltage() {
        schedules = List.of(hours("wide", 1e6, 0.30));
        goal = new ChargeGoal(0.99, 0.99, Double.NEGATIVE_INFINITY, 0.05 * H);
        pack = new PackNow(0.9, 0.0, 25.0, 25.0, 25.0);
        double restedSoc = plan().endSoc();
        pack = new PackNow(0.9, 0.0, 25.0, 25.0, 25.0, new Polarisation(0.05, 0.0, 0.0), PackCondition.asRated());
        assertTrue(plan().endSoc() < restedSoc - 0.0005, "rested " + restedSoc + ", held " + plan().endSoc());
    }

    @Test
    void makesTheSamePlanHoweverTheWorkIsSharedOut() {
        schedules = List.of(hours("saw", 2500, 0.10, 0.60, 0.11, 0.60, 0.12, 0.60), hours("flat", 11_000, 0.3));
        rules = new ChargeRules(4.0, 2, DischargeTerms.forbidden());
        ChargePlan whole = plan();
        PlanJob job = planner.begin(request());
        int calls = 0;
        while (!job.advance(7)) {
            calls++;
        }
        assertTrue(calls > 10, calls + " calls");
        assertTrue(job.units() <= 7 * (calls + 1));
        assertEquals(whole, job.revision().plan());
        assertTrue(job.advance(1), "done stays done");
    }

    /** These leave time to make good what a station keeps back; a start spent on a residue of rounding would cost a whole block. */
    @ParameterizedTest
    @CsvSource({"STARTS, 25", "STARTS, 48", "TWO_WAY_STARTS, 12", "TWO_WAY_STARTS, 39", "TWO_WAY_STARTS, 46"})
    void arrivalDoesNotSpendAStartOnRounding(LinearCase.Kind kind, long seed) {
        ChargePlan plan = LinearCase.planner(0.002).plan(LinearCase.fullDay(seed, kind, false));
        assertEquals(plan.endSoc(), plan.arrival().soc90(), 1e-6);
    }

    @Test
    void keepsThePlanWhileAnOfferTrembles() {
        schedules = List.of(hours("night", 4000, 0.30, 0.20, 0.30, 0.21, 0.30, 0.30));
        ChargePlan first = plan();
        int changed = 0;
        ChargePlan inForce = first;
        java.util.Random random = new java.util.Random(7);
        for (int i = 0; i < 40; i++) {
            double[] prices = {0.30, 0.20, 0.30, 0.21, 0.30, 0.30};
            for (int h = 0; h < prices.length; h++) {
                prices[h] += 0.02 * (random.nextDouble() - 0.5);
            }
            schedules = List.of(hours("night", 4000 + 100 * random.nextDouble(), prices));
            PlanRevision revision = planner.revise(request(), inForce);
            changed += revision.changed() ? 1 : 0;
            inForce = revision.plan();
            assertEquals(0.7, inForce.endSoc(), 1e-3, "seed 7, offer " + i);
        }
        assertEquals(0, changed, "a penny is no reason");
        assertTrue(energyWh(inForce, H, 2 * H) > 3000.0);
    }

    @Test
    void changesThePlanWhereItIsClearlyBetterOrTheOldOneFails() {
        schedules = List.of(hours("night", 4000, 0.30, 0.20, 0.30, 0.21, 0.30, 0.30));
        ChargePlan first = plan();
        schedules = List.of(hours("night", 4000, 0.30, 0.90, 0.05, 0.21, 0.30, 0.30));
        PlanRevision dear = planner.revise(request(), first);
        assertTrue(dear.changed());
        assertTrue(dear.gain() > 0.5, "gain " + dear.gain());
        assertTrue(energyWh(dear.plan(), 2 * H, 3 * H) > 3000.0);
        schedules = List.of(hours("night", 1100, 0.30, 0.20, 0.30, 0.21, 0.30, 0.30));
        PlanRevision weak = planner.revise(request(), first);
        assertTrue(weak.changed(), "the plan in force would miss energy");
        assertEquals(0.7, weak.plan().endSoc(), 1e-3);
        schedules = List.of(hours("another", 4000, 0.30, 0.20, 0.30, 0.21, 0.30, 0.30));
        PlanRevision gone = planner.revise(request(), first);
        assertTrue(gone.changed(), "its schedule is no longer offered");
        assertEquals("another", gone.plan().schedule());
        assertEquals(Double.POSITIVE_INFINITY, gone.gain());
    }

    @Test
    void leadsThePlanInForceOnFromWhereThePackStands() {
        schedules = List.of(hours("night", 4000, 0.30, 0.20, 0.30, 0.21, 0.30, 0.30));
        ChargePlan first = plan();
        PlanRevision later = planner.revise(
                new PlanRequest(
                        1800.0,
                        pack,
                        new ChargeNeed(goal, worth, rules),
                        new StationOffer("test", rating, 1e6, schedules),
                        site,
                        StationNow.silent(),
                        soFar),
                first);
        assertFalse(later.changed());
        assertEquals(1800.0, later.plan().slots().get(0).startS());
        assertEquals(first.energyWh(), later.plan().energyWh(), 0.01 * first.energyWh());
        assertNotEquals(first, later.plan());
    }
}
