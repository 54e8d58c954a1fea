package io.github.bms4j.charge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.bms4j.limit.LimitRule;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ChargePlannerTest {
    private static final double H = 3600.0;
    private static final PlannerSettings STANDARD = PlannerSettings.standard();
    private static final StationNow SILENT = StationNow.silent();

    private final PlannerCells cells = new PlannerCells();

    private static PackNow pack(double soc) {
        return new PackNow(soc, 0.0, 25.0, 25.0, 25.0);
    }

    /** Steps of an hour with these prices, from time 0 on. */
    private static StationOffer offer(double maxPowerW, double... prices) {
        List<OfferStep> steps = new ArrayList<>();
        for (int i = 0; i < prices.length; i++) {
            steps.add(new OfferStep(i * H, maxPowerW, prices[i], Double.NaN));
        }
        return new StationOffer("test", 500.0, 200.0, 1e6, steps);
    }

    private static double energyWh(ChargePlan plan, double fromS, double toS) {
        return plan.slots().stream()
                .filter(s -> s.startS() >= fromS - 1e-6 && s.startS() < toS - 1e-6)
                .mapToDouble(PlanSlot::energyWh)
                .sum();
    }

    private static List<LimitRule> causes(ChargePlan plan) {
        return plan.slots().stream().map(PlanSlot::cause).distinct().collect(Collectors.toList());
    }

    private static Stream<PlanSlot> charging(ChargePlan plan) {
        return plan.slots().stream().filter(s -> s.powerW() > 0.0);
    }

    @Test
    void chargesAsLateAsPossibleAtAFlatPrice() {
        ChargePlan plan =
                cells.planner(STANDARD).plan(0.0, pack(0.2), ChargeNeed.by(8 * H, 0.8), offer(3700, 0.3), SILENT);
        assertEquals(0.8, plan.endSoc(), 1e-6);
        assertEquals(8 * H - 300.0, plan.finishS(), 1.0);
        double leastS = plan.energyWh() / 3700.0 * H;
        double firstS = charging(plan).findFirst().orElseThrow().startS();
        assertTrue(firstS >= 8 * H - 300.0 - leastS - 900.0, "starts at " + firstS + " s but needs " + leastS + " s");
        assertEquals(LimitRule.PLAN, plan.slots().get(0).cause());
        assertTrue(causes(plan).contains(LimitRule.STATION_DELIVERY));
        assertEquals(0.3 * plan.energyWh() / 1000.0, plan.energyCost(), 1e-9);
        assertEquals(0.0, plan.missedSoc());
        assertEquals(LimitRule.GOAL, plan.missedCause());
    }

    @Test
    void staysAwayFromFullPowerWhenTimeAllows() {
        ChargePlan plan =
                cells.planner(STANDARD).plan(0.0, pack(0.2), ChargeNeed.by(8 * H, 0.8), offer(60_000, 0.3), SILENT);
        // Overhead is 55.5 W, the pack 0.2 Ω: sqrt(55.5 / 0.2) = 16.7 A takes the least energy per kWh stored.
        double mostA =
                plan.slots().stream().mapToDouble(PlanSlot::currentA).max().orElseThrow();
        assertEquals(16.7, mostA, 2.0);
    }

    @Test
    void putsTheEnergyIntoTheCheapHour() {
        ChargePlan plan = cells.planner(STANDARD)
                .plan(0.0, pack(0.4), ChargeNeed.by(6 * H, 0.7), offer(11_000, 0.4, 0.4, 0.1, 0.4, 0.4, 0.4), SILENT);
        assertEquals(plan.energyWh(), energyWh(plan, 2 * H, 3 * H), 1e-6);
        assertEquals(0.7, plan.endSoc(), 1e-6);
        assertEquals(0.1 * plan.energyWh() / 1000.0, plan.energyCost(), 1e-9);
        PlanSlot last = plan.slots().get(plan.slots().size() - 1);
        assertEquals(LimitRule.GOAL, last.cause());
    }

    @Test
    void overflowsIntoTheNextCheapestHour() {
        ChargePlan plan = cells.planner(STANDARD)
                .plan(0.0, pack(0.1), ChargeNeed.by(6 * H, 0.9), offer(7000, 0.4, 0.2, 0.1, 0.4, 0.3, 0.4), SILENT);
        assertEquals(7000.0, energyWh(plan, 2 * H, 3 * H), 1.0);
        assertEquals(7000.0, energyWh(plan, 1 * H, 2 * H), 5.0);
        assertEquals(plan.energyWh() - 14_000.0, energyWh(plan, 4 * H, 5 * H), 6.0);
    }

    @Test
    void choosesTheLaterOfTwoEqualHours() {
        ChargePlan plan = cells.planner(STANDARD)
                .plan(0.0, pack(0.4), ChargeNeed.by(6 * H, 0.6), offer(11_000, 0.4, 0.1, 0.4, 0.1, 0.4, 0.4), SILENT);
        assertEquals(plan.energyWh(), energyWh(plan, 3 * H, 4 * H), 1e-6);
    }

    @Test
    void reachesTheMinimumAtOnceHoweverDear() {
        ChargeNeed need = new ChargeNeed(0.7, 0.3, 6 * H, 5.0, 0.0);
        StationOffer offer = offer(11_000, 9.0, 9.0, 0.1, 0.4, 0.4, 0.4);
        ChargePlan plan = cells.planner(STANDARD).plan(0.0, pack(0.1), need, offer, SILENT);
        double storedWh = 0.0;
        double minimumS = Double.NaN;
        for (PlanSlot slot : plan.slots()) {
            if (slot.endSoc() >= 0.3 - 1e-6 && Double.isNaN(minimumS)) {
                minimumS = slot.startS() + slot.durationS();
                assertEquals(0.3, slot.endSoc(), 1e-4);
            }
            if (slot.startS() < 2 * H) {
                storedWh += slot.energyWh();
            }
        }
        assertEquals(storedWh / 11_000.0 * H, minimumS, 1.0, "full power until the minimum, nothing after");
        assertEquals(LimitRule.STATION_DELIVERY, plan.slots().get(0).cause());
        assertEquals(plan.energyWh() - storedWh, energyWh(plan, 2 * H, 3 * H), 1e-6);
    }

    @Test
    void chargesAllAtOnceIfTheMinimumIsOutOfReach() {
        ChargeNeed need = new ChargeNeed(0.9, 0.9, 0.5 * H, 5.0, 0.0);
        ChargePlan plan = cells.planner(STANDARD).plan(0.0, pack(0.1), need, offer(11_000, 9.0), SILENT);
        assertEquals(5500.0, plan.energyWh(), 1.0);
        assertEquals(LimitRule.STATION_DELIVERY, plan.missedCause());
        assertTrue(Double.isNaN(plan.finishS()));
    }

    @Test
    void skipsAMissingKwhThatCostsLessThanItsEnergy() {
        ChargeNeed need = new ChargeNeed(0.9, 0.0, 6 * H, 0.5, 0.0);
        ChargePlan plan = cells.planner(STANDARD).plan(0.0, pack(0.1), need, offer(11_000, 0.9), SILENT);
        assertEquals(0.0, plan.energyWh());
        assertEquals(0.8, plan.missedSoc(), 1e-12);
        assertEquals(LimitRule.PLAN, plan.missedCause());
        assertFalse(plan.meetsTarget());
        double meanV = 0.0;
        for (int i = 0; i < 800; i++) {
            meanV += cells.build().ocv().v(0.1 + (i + 0.5) * 0.001, 25.0) / 800.0;
        }
        assertEquals(0.5 * 5.0 * meanV * 0.8, plan.missedCost(), 1e-4);
    }

    @ParameterizedTest(name = "{0} A station")
    @ValueSource(doubles = {20.0, 60.0, 120.0})
    void keepsToTheStationCurrent(double stationA) {
        StationNow station = new StationNow(stationA, 900.0, Double.POSITIVE_INFINITY);
        ChargePlan plan =
                cells.planner(STANDARD).plan(0.0, pack(0.1), ChargeNeed.by(0.2 * H, 0.9), offer(1e6, 0.3), station);
        PlanSlot first = plan.slots().get(0);
        assertEquals(stationA, first.currentA(), 0.2);
        assertEquals(LimitRule.STATION_CURRENT, first.cause());
        assertEquals(LimitRule.STATION_CURRENT, plan.missedCause());
        assertEquals(0.9 - plan.endSoc(), plan.missedSoc(), 1e-12);
    }

    @Test
    void waitsUntilAnObservedPowerIsForgotten() {
        StationNow weak = new StationNow(200.0, 900.0, 5000.0);
        ChargePlan plan =
                cells.planner(STANDARD).plan(0.0, pack(0.2), ChargeNeed.by(0.75 * H, 0.8), offer(40_000, 0.3), weak);
        for (PlanSlot slot : plan.slots()) {
            double capW = slot.startS() < 900.0 ? 5000.0 : 40_000.0;
            assertTrue(slot.powerW() <= capW + 1.0, slot.toString());
        }
        assertTrue(energyWh(plan, 900.0, H) > 0.8 * plan.energyWh());
        assertEquals(0.8, plan.endSoc(), 1e-6);
    }

    @Test
    void tapersByThePlatingMapOfTheFullestCell() {
        cells.ratePerHOverSoc = new double[] {2.0, 2.0, 0.5, 0.2};
        cells.isothermal();
        PackNow now = new PackNow(0.5, 0.1, 25.0, 25.0, 25.0);
        ChargePlan plan = cells.planner(STANDARD).plan(0.0, now, ChargeNeed.by(0.5 * H, 0.9), offer(1e6, 0.3), SILENT);
        for (PlanSlot slot : plan.slots()) {
            // The mean current of a slot lies between the map's rates at its ends.
            double startRate = 2.0 - 1.5 * Math.min(1.0, (slot.startSoc() + 0.1 - 0.5) / 0.3);
            if (slot.endSoc() + 0.1 < 0.8) {
                double endRate = 2.0 - 1.5 * Math.min(1.0, (slot.endSoc() + 0.1 - 0.5) / 0.3);
                assertTrue(slot.currentA() <= startRate * 50.0 && slot.currentA() >= endRate * 50.0, slot.toString());
            }
        }
        assertEquals(List.of(LimitRule.PLATING), causes(plan));
        assertEquals(LimitRule.PLATING, plan.missedCause());
    }

    @Test
    void tapersByTheCellVoltage() {
        ChargePlan plan = cells.isothermal()
                .planner(STANDARD)
                .plan(0.0, pack(0.85), ChargeNeed.by(0.25 * H, 1.0), offer(1e6, 0.3), SILENT);
        for (int k = 1; k < plan.slots().size(); k++) {
            assertTrue(plan.slots().get(k).currentA() < plan.slots().get(k - 1).currentA(), "slot " + k);
        }
        assertEquals(List.of(LimitRule.CELL_VOLTAGE), causes(plan));
        assertEquals(LimitRule.CELL_VOLTAGE, plan.missedCause());
    }

    @Test
    void holdsASteadyCeilingWhereALimitCutsTheSlotShort() {
        // 0.12 in 900 s is 24 A in the mean, but at 0.97 the voltage leaves only about 20 A.
        PlannerSettings oneSlot =
                new PlannerSettings(900.0, 0.002, 3, 0.0, 0.0, 0.0, 0.0, 0.05, 0.02, STANDARD.margins());
        ChargeNeed need = new ChargeNeed(0.97, 0.0, 900.0, 5.0, 0.5);
        ChargeNeed atOnce = new ChargeNeed(0.97, 0.97, 900.0, 5.0, 0.5);
        ChargePlanner planner = cells.isothermal().planner(oneSlot);
        ChargePlan gentle = planner.plan(0.0, pack(0.85), need, offer(1e6, 0.3), SILENT);
        ChargePlan fast = planner.plan(0.0, pack(0.85), atOnce, offer(1e6, 0.3), SILENT);
        assertEquals(0.97, gentle.endSoc(), 1e-6);
        assertTrue(gentle.finishS() > 880.0, "finish " + gentle.finishS());
        assertTrue(fast.finishS() < 700.0, "finish " + fast.finishS());
        assertTrue(gentle.wearCost() < 0.9 * fast.wearCost(), gentle.wearCost() + " against " + fast.wearCost());
    }

    @Test
    void namesTheRuleThatKeptMostBackNotTheLastOne() {
        cells.ratePerHOverSoc = new double[] {0.5, 0.5, 3.0, 3.0};
        cells.isothermal();
        StationNow station = new StationNow(60.0, 900.0, Double.POSITIVE_INFINITY);
        ChargePlan plan =
                cells.planner(STANDARD).plan(0.0, pack(0.45), ChargeNeed.by(1000.0, 0.9), offer(1e6, 0.3), station);
        assertEquals(
                LimitRule.STATION_CURRENT,
                plan.slots().get(plan.slots().size() - 1).cause());
        assertEquals(LimitRule.PLATING, plan.missedCause());
    }

    @Test
    void stopsForTheFullestCellBelowTheTarget() {
        PackNow now = new PackNow(0.5, 0.08, 25.0, 25.0, 25.0);
        ChargePlan plan =
                cells.planner(STANDARD).plan(0.0, now, ChargeNeed.by(9 * H, 0.97), offer(11_000, 0.3), SILENT);
        assertEquals(0.92, plan.endSoc(), 1e-3);
        assertEquals(LimitRule.SOC_WINDOW, plan.missedCause());
        assertEquals(0.05, plan.missedSoc(), 1e-3);
    }

    @Test
    void deratesForTheHeatItMakesItself() {
        cells.heatCapacityJPerK = 300.0;
        PackNow warm = new PackNow(0.1, 0.0, 35.0, 38.0, 35.0);
        ChargePlan plan = cells.planner(STANDARD).plan(0.0, warm, ChargeNeed.by(0.5 * H, 0.9), offer(1e6, 0.3), SILENT);
        assertTrue(causes(plan).contains(LimitRule.TEMPERATURE));
        assertEquals(LimitRule.TEMPERATURE, plan.missedCause());
        double hottest = plan.slots().stream()
                .mapToDouble(PlanSlot::temperatureDegC)
                .max()
                .orElseThrow();
        assertTrue(hottest > 43.0 && hottest < 48.0, "hottest " + hottest);
        PlanSlot last = plan.slots().get(plan.slots().size() - 1);
        assertTrue(last.currentA() < 60.0 && last.currentA() > 45.0, last.toString());
    }

    @Test
    void meetsATargetThatHeatDelays() {
        cells.heatCapacityJPerK = 300.0;
        PackNow warm = new PackNow(0.1, 0.0, 35.0, 38.0, 35.0);
        ChargePlan plan = cells.planner(STANDARD).plan(0.0, warm, ChargeNeed.by(1.2 * H, 0.9), offer(1e6, 0.3), SILENT);
        assertTrue(plan.meetsTarget(), plan.toString());
        assertTrue(plan.slots().stream().allMatch(s -> s.temperatureDegC() < 48.0));
    }

    @Test
    void warmsByItsLossesAndCoolsToTheSurroundings() {
        cells.heatCapacityJPerK = 400.0;
        cells.toAmbientWPerK = 0.4;
        ChargeNeed need = new ChargeNeed(0.5, 0.5, 2 * H, 5.0, 0.0);
        PackNow now = new PackNow(0.4, 0.0, 25.0, 25.0, 15.0);
        StationNow station = new StationNow(50.0, 900.0, Double.POSITIVE_INFINITY);
        ChargePlan plan = cells.planner(STANDARD).plan(0.0, now, need, offer(1e6, 0.3), station);
        // 49.85 A (the overhead takes the rest) in 2 mΩ: 4.97 W; towards 15 + 12.43 °C in 1000 s.
        PlanSlot first = plan.slots().get(0);
        // The pair of 1 mΩ has its voltage after 20 s: its heat, which is that squared, is 1.5 times 20 s late.
        double heatW = first.currentA() * first.currentA() * 0.002;
        double steady = 15.0 + heatW / 0.4;
        double lateK = 30.0 * 0.5 * heatW / 400.0;
        double kept = StrictMath.exp(-first.durationS() / 1000.0);
        assertEquals(steady + (25.0 - steady - lateK) * kept, first.temperatureDegC(), 0.01);
        PlanSlot last = plan.slots().get(plan.slots().size() - 1);
        assertEquals(15.0, last.temperatureDegC(), 0.05);
        assertEquals(0.0, last.energyWh());
    }

    @Test
    void judgesPlatingByTheColdestCell() {
        ChargeNeed need = ChargeNeed.by(0.2 * H, 0.9);
        cells.isothermal();
        ChargePlan even =
                cells.planner(STANDARD).plan(0.0, new PackNow(0.3, 0, 25, 25, 25), need, offer(1e6, 0.3), SILENT);
        ChargePlan cold =
                cells.planner(STANDARD).plan(0.0, new PackNow(0.3, 0, 4, 25, 25), need, offer(1e6, 0.3), SILENT);
        assertEquals(150.0, even.slots().get(0).currentA(), 1e-3);
        // 4 °C less the 0.6 K that a cell may stand off its sensor: 0.68 of the way to half the rate at 5 °C.
        assertEquals(51.0, cold.slots().get(0).currentA(), 1e-3);
        assertEquals(LimitRule.PLATING, cold.slots().get(0).cause());
    }

    @Test
    void offersNothingBeyondTheValidity() {
        StationOffer brief = new StationOffer(
                "test", 500.0, 200.0, 1.5 * H, List.of(new OfferStep(0.5 * H, 11_000.0, 0.3, Double.NaN)));
        ChargePlan plan = cells.planner(STANDARD).plan(0.0, pack(0.1), ChargeNeed.by(6 * H, 0.9), brief, SILENT);
        assertEquals(11_000.0, plan.energyWh(), 1.0);
        assertEquals(plan.energyWh(), energyWh(plan, 0.5 * H, 1.5 * H), 1e-6);
        assertEquals(LimitRule.NOT_OFFERED, plan.slots().get(0).cause());
        assertTrue(Double.isNaN(plan.slots().get(0).pricePerKwh()));
        assertEquals(LimitRule.STATION_DELIVERY, plan.missedCause());
    }

    @Test
    void plansNothingFromAStationThatOffersNothing() {
        ChargePlan plan =
                cells.planner(STANDARD).plan(0.0, pack(0.1), ChargeNeed.by(6 * H, 0.9), offer(0.0, 0.3), SILENT);
        assertEquals(0.0, plan.energyWh());
        assertEquals(0.1, plan.endSoc());
        assertEquals(List.of(LimitRule.NOT_OFFERED), causes(plan));
        assertEquals(LimitRule.NOT_OFFERED, plan.missedCause());
    }

    @Test
    void chargesAtFullPowerFromNowIfDepartureIsTooEarly() {
        ChargePlan plan = cells.planner(STANDARD)
                .plan(100.0, pack(0.1), ChargeNeed.by(100 + 0.5 * H, 0.9), offer(11_000, 0.3, 0.1), SILENT);
        assertTrue(plan.slots().stream().allMatch(s -> Math.abs(s.powerW() - 11_000.0) < 5.0));
        assertEquals(LimitRule.STATION_DELIVERY, plan.missedCause());
        assertEquals(100.0, plan.slots().get(0).startS());
    }

    @Test
    void givesUpTheReserveBeforeEnergyIsMissed() {
        ChargeNeed need = ChargeNeed.by(H, 0.6);
        ChargePlan early = cells.planner(STANDARD).plan(0.0, pack(0.2), need, offer(11_000, 0.3), SILENT);
        assertEquals(H - 300.0, early.finishS(), 1.0);
        ChargePlan tight = cells.planner(STANDARD).plan(0.0, pack(0.2), need, offer(7800, 0.3), SILENT);
        assertTrue(tight.finishS() > H - 300.0, "finish " + tight.finishS());
        assertEquals(0.6, tight.endSoc(), 1e-6);
    }

    @Test
    void usesNegativePricesToTheFull() {
        ChargePlan plan = cells.planner(STANDARD)
                .plan(0.0, pack(0.2), ChargeNeed.by(4 * H, 0.8), offer(11_000, 0.2, -0.3, 0.2, 0.2), SILENT);
        assertEquals(11_000.0, energyWh(plan, H, 2 * H), 20.0);
        assertTrue(plan.energyCost() < -3.2);
        assertEquals(0.8, plan.endSoc(), 1e-6);
    }

    @Test
    void waitsForTheBetterOfTwoNegativePrices() {
        ChargePlan plan = cells.planner(STANDARD)
                .plan(0.0, pack(0.2), ChargeNeed.by(4 * H, 0.5), offer(11_000, -0.1, -0.3, -0.1, -0.2), SILENT);
        assertEquals(plan.energyWh(), energyWh(plan, H, 2 * H), 1e-6);
    }

    @ParameterizedTest(name = "SOC {0}: {1} missed")
    @CsvSource({"0.5, 0.3", "0.8, 0.0", "0.9, 0.0"})
    void hasNoSlotsAfterDeparture(double soc, double missed) {
        for (double nowS : new double[] {1000.0, 1000.5}) {
            ChargePlan plan = cells.planner(STANDARD)
                    .plan(nowS, pack(soc), ChargeNeed.by(1000.0, 0.8), offer(11_000, 0.2), SILENT);
            assertEquals(List.of(), plan.slots());
            assertEquals(soc, plan.endSoc());
            assertEquals(missed, plan.missedSoc(), 1e-12);
            assertEquals(missed > 0 ? LimitRule.SESSION : LimitRule.GOAL, plan.missedCause());
            assertEquals(missed > 0 ? Double.NaN : nowS, plan.finishS());
            assertEquals(missed > 0, plan.missedCost() > 5.0);
        }
    }

    @Test
    void plansIdleSlotsIfTheTargetIsReached() {
        ChargePlan plan =
                cells.planner(STANDARD).plan(50.0, pack(0.85), ChargeNeed.by(2 * H, 0.8), offer(11_000, 0.2), SILENT);
        assertEquals(List.of(LimitRule.GOAL), causes(plan));
        assertEquals(0.0, plan.energyWh());
        assertEquals(0.85, plan.endSoc());
        assertEquals(50.0, plan.finishS());
        assertTrue(plan.meetsTarget());
    }

    @Test
    void weighsWearAgainstPrice() {
        StationOffer offer = offer(60_000, 0.30, 0.30, 0.30, 0.30);
        ChargeNeed careless = new ChargeNeed(0.8, 0.0, 4 * H, 5.0, 0.0);
        ChargeNeed careful = new ChargeNeed(0.8, 0.0, 4 * H, 5.0, 0.2);
        ChargePlan fast = cells.planner(STANDARD).plan(0.0, pack(0.2), careless, offer, SILENT);
        ChargePlan slow = cells.planner(STANDARD).plan(0.0, pack(0.2), careful, offer, SILENT);
        double fastA = charging(fast).mapToDouble(PlanSlot::currentA).max().orElseThrow();
        double slowA = charging(slow).mapToDouble(PlanSlot::currentA).max().orElseThrow();
        assertTrue(slowA < 0.6 * fastA, slowA + " A instead of " + fastA + " A");
        assertEquals(0.0, fast.wearCost());
        // 11.1 kWh stored evenly over 3.92 h: 0.2 x 11.1 x 0.6 / 3.92.
        assertEquals(0.340, slow.wearCost(), 0.005);
    }

    @Test
    void booksEverySlotConsistently() {
        ChargePlan plan = cells.planner(STANDARD)
                .plan(0.0, pack(0.15), ChargeNeed.by(5 * H, 0.85), offer(9000, 0.3, 0.2, 0.4, 0.1, 0.3), SILENT);
        double soc = 0.15;
        double endS = 0.0;
        double costs = 0.0;
        double energyWh = 0.0;
        for (PlanSlot slot : plan.slots()) {
            assertEquals(endS, slot.startS(), 1e-9);
            assertEquals(soc, slot.startSoc());
            assertEquals(slot.startSoc() + slot.currentA() * slot.durationS() / H / 50.0, slot.endSoc(), 1e-9);
            assertEquals(slot.energyWh(), slot.powerW() * slot.durationS() / H, 1e-9);
            if (slot.currentA() > 0.0) {
                double middleV = 100.0 * cells.build().ocv().v(0.5 * (slot.startSoc() + slot.endSoc()), 25.0);
                double powerW = slot.currentA() * (middleV + 0.2 * slot.currentA()) + 55.5;
                assertEquals(powerW, slot.powerW(), 2e-3 * powerW, slot.toString());
            }
            endS = slot.startS() + slot.durationS();
            soc = slot.endSoc();
            energyWh += slot.energyWh();
            costs += slot.energyWh() / 1000.0 * slot.pricePerKwh();
        }
        assertEquals(5 * H, endS, 1e-9);
        assertEquals(soc, plan.endSoc());
        assertEquals(energyWh, plan.energyWh(), 1e-9);
        assertEquals(costs, plan.energyCost(), 1e-9);
    }

    @Test
    void givesTheSameBitsForTheSameInputs() {
        ChargeNeed need = new ChargeNeed(0.9, 0.3, 5 * H, 2.0, 0.01);
        StationOffer offer = offer(30_000, 0.3, 0.2, 0.4, 0.1, 0.3);
        ChargePlanner planner = cells.planner(STANDARD);
        ChargePlan once = planner.plan(0.0, pack(0.15), need, offer, SILENT);
        planner.plan(7.0, pack(0.5), need, offer, SILENT);
        assertEquals(once, planner.plan(0.0, pack(0.15), need, offer, SILENT));
    }

    @ParameterizedTest(name = "now {0}")
    @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY})
    void refusesATimeThatIsNotKnown(double nowS) {
        ChargePlanner planner = cells.planner(STANDARD);
        IllegalArgumentException e = assertThrows(
                IllegalArgumentException.class,
                () -> planner.plan(nowS, pack(0.5), ChargeNeed.by(H, 0.8), offer(1000, 0.1), SILENT));
        assertTrue(String.valueOf(e.getMessage()).contains("nowS"));
    }
}
