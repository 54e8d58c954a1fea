package io.github.bms4j.charge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.bms4j.cell.CellType;
import io.github.bms4j.cell.PackLayout;
import io.github.bms4j.cell.SampleCells;
import io.github.bms4j.estimate.Estimates;
import io.github.bms4j.estimate.PackEstimate;
import io.github.bms4j.limit.LimitRequests;
import io.github.bms4j.limit.LimitRule;
import io.github.bms4j.limit.LimitSettings;
import io.github.bms4j.limit.PackLimits;
import io.github.bms4j.limit.PowerPredictor;
import io.github.bms4j.measure.PackSample;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Two groups of ten 3 Ah cells: 30 A at most; cycles of one second. */
class ChargeControllerTest {
    private static final double DEPARTURE_S = 1000.0;

    private static final PlanCost FREE = new PlanCost(0.0, 0.0, 0.0, 0.0, 0.0);

    private final CellType type = SampleCells.straight();
    private final PackLayout layout = new PackLayout(2, 10, 1);
    private final ChargeController controller = new ChargeController(type, layout, ControllerSettings.standard());
    private final PowerPredictor predictor = new PowerPredictor(type, layout, LimitSettings.standard());
    private final PackSample sample = new PackSample(layout);
    private final PackEstimate estimate = new PackEstimate(layout);
    private final PackLimits limits = new PackLimits();
    private final StationState station = new StationState();
    private final ChargeDemand demand = new ChargeDemand(2, 1);
    private int second;
    private double soc = 0.5;
    private double cellV = 3.65;
    /** What the station gives; NaN gives what is asked for. */
    private double deliveredA = Double.NaN;

    @BeforeEach
    void plugIn() {
        station.phase = ChargePhase.CHARGING;
        station.permitted = true;
        station.maxA = 100.0;
        controller.start(ChargeNeed.by(DEPARTURE_S, 0.8), plan(slot(0, 2000, 500.0, LimitRule.CURRENT_RATING)), demand);
    }

    private static PlanSlot slot(double startS, double durationS, double powerW, LimitRule cause) {
        return new PlanSlot(startS, durationS, powerW, 1.0, 1.0, 0.1, 0.5, 0.7, 25.0, FREE, cause);
    }

    private static ChargePlan plan(PlanSlot... slots) {
        return missing(0.0, slots);
    }

    private static ChargePlan missing(double missedSoc, PlanSlot... slots) {
        ArrivalForecast arrival = new ArrivalForecast(0.8, 0.8, 900.0, 900.0, 1.0);
        return new ChargePlan("only", List.of(slots), 0.8, 900.0, 1.0, FREE, missedSoc, LimitRule.GOAL, arrival);
    }

    private void cycle(int times) {
        for (int i = 0; i < times; i++) {
            sample.begin(second * 1_000_000_000L);
            sample.readCurrent(-(Double.isNaN(deliveredA) ? demand.chargeA() : deliveredA));
            sample.readPackVoltage(2 * cellV);
            sample.readCellVoltage(0, cellV);
            sample.readCellVoltage(1, cellV);
            sample.readTemperature(0, 25.0);
            Estimates.write(estimate, sample.nanos(), 0.0, soc, soc);
            step();
        }
    }

    private void blindCycle() {
        sample.begin(second * 1_000_000_000L);
        step();
    }

    private void step() {
        predictor.step(sample, estimate, new LimitRequests(), limits);
        controller.step(sample, estimate, limits, station, demand);
        second++;
    }

    @Test
    void risesByItsSlopeToWhatThePackTakes() {
        cycle(1);
        assertEquals(0.0, demand.chargeA());
        cycle(1);
        assertEquals(10.0, demand.chargeA(), 1e-9);
        assertEquals(LimitRule.RAMP, controller.cause(station));
        cycle(2);
        assertEquals(30.0, demand.chargeA(), 1e-9);
        assertEquals(LimitRule.CURRENT_RATING, controller.binding().rule());
        assertEquals(2 * (4.2 - 0.005), demand.targetV(), 1e-9);
        assertEquals(ChargeMode.CONSTANT_CURRENT, demand.mode());
        assertTrue(demand.ready());
    }

    @Test
    void fallsAtOnce() {
        cycle(10);
        station.maxA = 4.0;
        cycle(1);
        assertEquals(4.0, demand.chargeA(), 1e-9);
        assertEquals(LimitRule.STATION_CURRENT, controller.cause(station));
    }

    @Test
    void asksForNothingOutsideTheChargingPhase() {
        station.phase = ChargePhase.PARAMETERS;
        cycle(5);
        assertEquals(0.0, demand.chargeA());
        assertEquals(LimitRule.SESSION, controller.cause(station));
        assertEquals(StopCause.NONE, demand.stop());
    }

    @Test
    void startsItsRampAgainAfterAPause() {
        cycle(10);
        station.permitted = false;
        cycle(3);
        assertEquals(LimitRule.STATION_PAUSE, controller.cause(station));
        assertEquals(StopCause.NONE, demand.stop());
    }

    @Test
    void goesOnWhereThePlanEndsBeforeTheMinimumIsReached() {
        controller.plan(missing(0.1, slot(0, 10, 73.0, LimitRule.PLAN), slot(10, 100, 0.0, LimitRule.PLAN)));
        controller.minimumOpen(true);
        cycle(5);
        assertEquals(30.0, demand.chargeA(), 1e-9);
        cycle(20);
        assertEquals(30.0, demand.chargeA(), 1e-9);
        controller.minimumOpen(false);
        cycle(1);
        assertEquals(0.0, demand.chargeA());
        controller.plan(plan(slot(0, 100, 0.0, LimitRule.NOT_OFFERED)));
        controller.minimumOpen(true);
        cycle(5);
        assertEquals(0.0, demand.chargeA());
    }

    @Test
    void followsThePlansPowerWhereLaterIsCheaper() {
        controller.plan(plan(
                slot(0, 10, 73.0, LimitRule.PLAN),
                slot(10, 10, 0.0, LimitRule.PLAN),
                slot(20, 10, 200.0, LimitRule.CURRENT_RATING)));
        cycle(5);
        assertEquals(10.0, demand.chargeA(), 1e-9);
        assertEquals(LimitRule.PLAN, controller.cause(station));
        assertEquals(0.5 + 0.2 * 0.4, controller.plannedSoc(4.0), 1e-9);
        cycle(6);
        assertEquals(0.0, demand.chargeA());
        cycle(15);
        assertEquals(30.0, demand.chargeA(), 1e-9);
    }

    @Test
    void goesOnWithTheLastPowerWhenThePlanIsDoneBeforeThePack() {
        controller.plan(plan(
                slot(0, 10, 73.0, LimitRule.PLAN),
                slot(10, 10, 36.5, LimitRule.GOAL),
                slot(20, 2000, 0.0, LimitRule.GOAL)));
        cycle(15);
        assertEquals(5.0, demand.chargeA(), 1e-9);
        cycle(10);
        assertEquals(5.0, demand.chargeA(), 1e-9);
        soc = 0.8;
        cycle(1);
        assertEquals(StopCause.SOC_REACHED, demand.stop());
    }

    @Test
    void aPlanThatMeantToBeDoneKeepsNothingBackAtTheEnd() {
        PlanSlot flowing = slot(0, 10, 73.0, LimitRule.PLAN);
        PlanSlot pause = slot(10, 100, 0.0, LimitRule.PLAN);
        controller.plan(missing(0.005, flowing, pause));
        soc = 0.8 - 0.006;
        cycle(20);
        assertEquals(0.0, demand.chargeA(), "more is missing than the plan may have missed");
        soc = 0.8 - 0.004;
        cycle(20);
        assertEquals(30.0, demand.chargeA(), 1e-9, "the target is nearly reached, the plan thought it was");
        controller.plan(missing(0.006, flowing, pause));
        cycle(1);
        assertEquals(0.0, demand.chargeA(), "what a plan leaves out, it leaves out");
        controller.plan(plan(flowing, pause, slot(110, 100, 73.0, LimitRule.PLAN)));
        cycle(1);
        assertEquals(0.0, demand.chargeA(), "it goes on later");
    }

    @Test
    void goesOnWithAllThePackTakesWhenALimitHeldTheLastPower() {
        controller.plan(plan(slot(0, 10, 73.0, LimitRule.PLATING), slot(10, 2000, 0.0, LimitRule.GOAL)));
        cycle(15);
        assertEquals(30.0, demand.chargeA(), 1e-9);
    }

    @Test
    void asksForNothingWithoutAPlan() {
        controller.plan(plan());
        cycle(5);
        assertEquals(0.0, demand.chargeA());
        assertEquals(LimitRule.PLAN, controller.cause(station));
        assertTrue(Double.isNaN(controller.plannedSoc(3.0)));
    }

    @Test
    void notesWhatTheStationGivesWithoutAskingForLess() {
        cycle(10);
        assertEquals(Double.POSITIVE_INFINITY, controller.stationCapW());
        deliveredA = 12.0;
        cycle(3);
        assertEquals(LimitRule.CURRENT_RATING, controller.cause(station));
        cycle(2);
        assertEquals(LimitRule.STATION_DELIVERY, controller.cause(station));
        assertEquals(12.0 * 7.3, controller.stationCapW(), 1e-9);
        assertEquals(30.0, demand.chargeA(), 1e-9);
        deliveredA = 30.0;
        cycle(1);
        assertEquals(Double.POSITIVE_INFINITY, controller.stationCapW());
        assertEquals(LimitRule.CURRENT_RATING, controller.cause(station));
    }

    @Test
    void stopsAtTheTarget() {
        cycle(5);
        soc = 0.8;
        cycle(1);
        assertEquals(StopCause.SOC_REACHED, demand.stop());
        assertEquals(0.0, demand.chargeA());
        assertEquals(LimitRule.GOAL, controller.cause(station));
    }

    @Test
    void stopsAtDeparture() {
        second = 999;
        cycle(1);
        assertEquals(StopCause.NONE, demand.stop());
        cycle(1);
        assertEquals(StopCause.DEPARTURE, demand.stop());
    }

    @Test
    void stopsWhenTheFullestCellHasTaperedOut() {
        cellV = 4.1895;
        deliveredA = 0.0;
        cycle(11);
        assertEquals(LimitRule.CELL_VOLTAGE, controller.binding().rule());
        assertEquals(ChargeMode.CONSTANT_CURRENT, demand.mode());
        cycle(1);
        assertEquals(ChargeMode.CONSTANT_VOLTAGE, demand.mode());
        assertEquals(StopCause.NONE, demand.stop());
        cycle(29);
        assertEquals(StopCause.NONE, demand.stop());
        cycle(1);
        assertEquals(StopCause.CELL_VOLTAGE_REACHED, demand.stop());
    }

    @Test
    void keepsItsModeWhenTheVoltageHoldsForAMomentOnly() {
        cycle(10);
        for (int i = 0; i < 20; i++) {
            cellV = i % 5 == 0 ? 3.65 : 4.1895;
            cycle(1);
            assertEquals(ChargeMode.CONSTANT_CURRENT, demand.mode());
        }
        cellV = 4.1895;
        cycle(12);
        assertEquals(ChargeMode.CONSTANT_VOLTAGE, demand.mode());
        cellV = 3.65;
        cycle(10);
        assertEquals(ChargeMode.CONSTANT_VOLTAGE, demand.mode());
        cycle(1);
        assertEquals(ChargeMode.CONSTANT_CURRENT, demand.mode());
    }

    @Test
    void passesOnWhyTheStationStops() {
        cycle(5);
        station.stop = StopCause.STATION;
        cycle(1);
        assertEquals(StopCause.STATION, demand.stop());
    }

    @Test
    void stopsWhenItIsBlindTooLong() {
        cycle(5);
        for (int i = 0; i < 2; i++) {
            blindCycle();
        }
        assertEquals(0.0, demand.chargeA());
        assertFalse(demand.ready());
        assertEquals(StopCause.NONE, demand.stop());
        for (int i = 0; i < 5; i++) {
            blindCycle();
        }
        assertEquals(StopCause.BAD_SAMPLE, demand.stop());
    }

    @Test
    void stopsWhenClearlyMoreComesThanItAskedFor() {
        cycle(10);
        deliveredA = 45.0;
        cycle(5);
        assertEquals(StopCause.NONE, demand.stop());
        cycle(1);
        assertEquals(StopCause.MISMATCH, demand.stop());
    }

    @Test
    void keepsTheFirstCauseAndForgetsItAtTheNextPlug() {
        soc = 0.8;
        cycle(2);
        station.stop = StopCause.STATION;
        cycle(1);
        assertEquals(StopCause.SOC_REACHED, demand.stop());
        station.stop = StopCause.NONE;
        soc = 0.5;
        controller.start(ChargeNeed.by(DEPARTURE_S, 0.8), plan(slot(0, 2000, 500.0, LimitRule.PLATING)), demand);
        cycle(3);
        assertEquals(StopCause.NONE, demand.stop());
        assertEquals(20.0, demand.chargeA(), 1e-9);
    }

    private static final double NOTHING = 0.0;

    private void follow(ChargeRules rules, PlanSlot... slots) {
        ChargeGoal goal = new ChargeGoal(0.8, 0.0, 0.0, DEPARTURE_S);
        controller.start(new ChargeNeed(goal, ChargeWorth.ofMissed(5.0), rules), plan(slots), demand);
    }

    private static PlanSlot power(double startS, double powerW, LimitRule cause) {
        return new PlanSlot(startS, 100.0, powerW, 1.0, powerW / 36.0, 0.1, 0.5, 0.7, 25.0, FREE, cause);
    }

    @ParameterizedTest(name = "nothing planned because of {0}: {1} A or more asked for")
    @CsvSource({
        "PLAN, 0",
        "SITE, 0",
        "NOT_OFFERED, 0",
        "NOT_YET, 0",
        "STARTS, 0",
        "COST_CEILING, 0",
        "LEAST_CURRENT, 0",
        "STATION_DELIVERY, 20",
        "TEMPERATURE, 20",
        "CELL_VOLTAGE, 20"
    })
    void asksForNothingWhereThePlanAloneKnowsWhy(LimitRule cause, double leastA) {
        follow(ChargeRules.free(), power(0, NOTHING, cause), power(100, 200.0, LimitRule.PLAN));
        cycle(20);
        assertTrue(demand.chargeA() >= leastA && (leastA > 0.0 || demand.chargeA() == 0.0), demand.chargeA() + " A");
        if (leastA == 0.0) {
            assertEquals(cause, controller.binding().rule());
        }
        assertEquals(StopCause.NONE, demand.stop(), "a slot without power is a pause");
    }

    @Test
    void startsAgainAfterAPause() {
        follow(
                ChargeRules.free(),
                power(0, 200.0, LimitRule.PLAN),
                power(100, NOTHING, LimitRule.PLAN),
                power(200, 100.0, LimitRule.SITE));
        cycle(50);
        assertEquals(200.0 / 7.3, demand.chargeA(), 1e-9);
        cycle(60);
        assertEquals(0.0, demand.chargeA());
        cycle(100);
        assertEquals(100.0 / 7.3, demand.chargeA(), 1e-9);
        assertEquals(LimitRule.SITE, controller.binding().rule());
    }

    @Test
    void givesEnergyBackWherePlannedAndTurnsRoundThroughZero() {
        ChargeRules both = new ChargeRules(0.0, ChargeRules.ANY_STARTS, new DischargeTerms(5000.0, 0.3, 0.9));
        follow(
                both,
                power(0, 146.0, LimitRule.PLAN),
                power(100, -219.0, LimitRule.PLAN),
                power(200, 73.0, LimitRule.PLAN));
        cycle(100);
        assertEquals(20.0, demand.chargeA(), 1e-9);
        assertEquals(0.0, demand.dischargeA());
        cycle(1);
        assertEquals(0.0, demand.chargeA());
        assertEquals(10.0, demand.dischargeA(), 1e-9);
        deliveredA = -10.0;
        cycle(20);
        assertEquals(30.0, demand.dischargeA(), 1e-9);
        assertEquals(0.0, demand.chargeA());
        assertTrue(demand.targetV() < 2 * 3.65, "a floor, not a ceiling: " + demand.targetV());
        deliveredA = Double.NaN;
        cycle(85);
        assertEquals(10.0, demand.chargeA(), 1e-9);
        assertEquals(0.0, demand.dischargeA());
        assertEquals(StopCause.NONE, demand.stop());
    }

    @Test
    void givesNothingBackBelowTheFloorAndGoesOnAboveTheTarget() {
        ChargeRules both = new ChargeRules(0.0, ChargeRules.ANY_STARTS, new DischargeTerms(5000.0, 0.3, 0.9));
        follow(both, power(0, -219.0, LimitRule.PLAN));
        soc = 0.85;
        deliveredA = 0.0;
        cycle(10);
        assertEquals(30.0, demand.dischargeA(), 1e-9);
        assertEquals(StopCause.NONE, demand.stop(), "above its target, but the session goes on");
        soc = 0.3;
        cycle(2);
        assertEquals(0.0, demand.dischargeA());
        assertEquals(LimitRule.SOC_WINDOW, controller.binding().rule());
    }

    @Test
    void asksForTheLeastCurrentOrNothing() {
        ChargeRules least = new ChargeRules(15.0, ChargeRules.ANY_STARTS, DischargeTerms.forbidden());
        follow(least, power(0, 73.0, LimitRule.PLAN), power(100, 146.0, LimitRule.PLAN));
        cycle(50);
        assertEquals(0.0, demand.chargeA(), "10 A are less than the least");
        assertEquals(LimitRule.LEAST_CURRENT, controller.binding().rule());
        cycle(52);
        assertEquals(20.0, demand.chargeA(), 1e-9);
        follow(least, power(0, 146.0, LimitRule.PLAN));
        second = 0;
        cycle(1);
        assertTrue(demand.chargeA() >= 15.0, "it begins there, not below: " + demand.chargeA());
    }

    private static PlanSlot heated(double currentA, double powerW, double heaterW, LimitRule cause) {
        return new PlanSlot(0.0, 2000.0, powerW, currentA, 1.0, 0.1, 0.5, 0.7, 5.0, FREE, cause, heaterW);
    }

    private static ChargePlan heating(PlanSlot... slots) {
        ArrivalForecast arrival = new ArrivalForecast(0.8, 0.8, 900.0, 900.0, 1.0);
        return new ChargePlan("only", List.of(slots), 0.8, 900.0, 1.0, FREE, 0.0, LimitRule.GOAL, arrival, 20.0);
    }

    /** 73 W at 7.3 V are 10 A. */
    @Test
    void theStationIsAskedForTheHeatersCurrentBesideThePacks() {
        controller.plan(heating(heated(0.0, 80.0, 80.0, LimitRule.PLAN)));
        controller.heater(73.0);
        deliveredA = 0.0;
        cycle(10);
        assertEquals(20.0, controller.heatToDegC());
        assertEquals(10.0, demand.chargeA(), 1e-9, "nothing for the pack: the plan wants heat alone");
        controller.plan(heating(heated(5.0, 120.0, 80.0, LimitRule.PLAN)));
        deliveredA = 40.0 / 7.3;
        cycle(10);
        assertEquals(
                40.0 / 7.3 + 10.0, demand.chargeA(), 1e-9, "what the plan leaves beside the heater, and the heater");
        controller.plan(heating(heated(5.0, 120.0, 80.0, LimitRule.PLATING)));
        station.maxA = 24.0;
        deliveredA = 14.0;
        cycle(10);
        assertEquals(24.0, demand.chargeA(), 1e-9, "never more than the station has");
        assertEquals(14.0, controller.binding().limitA(), 1e-9);
        controller.heater(0.0);
        controller.plan(heating(heated(5.0, 120.0, 0.0, LimitRule.PLATING)));
        assertTrue(Double.isNaN(controller.heatToDegC()), "this slot does not heat");
    }

    @Test
    void theHeaterMayTakeWhatStationAndSiteHave() {
        controller.plan(heating(heated(0.0, 80.0, 80.0, LimitRule.TEMPERATURE)));
        cycle(2);
        assertEquals(100.0 * 7.3, controller.suppliedW(sample, station), 1e-9);
        station.maxA = Double.NaN;
        assertEquals(Double.POSITIVE_INFINITY, controller.suppliedW(sample, station));
        controller.plan(heating(heated(0.0, 80.0, 80.0, LimitRule.SITE)));
        assertEquals(80.0, controller.suppliedW(sample, station));
    }

    /** The station stops at 4 A while the heater takes 10: the pack makes good for 6. */
    @Test
    void whatAWeakStationGivesIsSeenThoughTheHeaterTakesItAll() {
        controller.plan(heating(heated(0.0, 80.0, 80.0, LimitRule.TEMPERATURE)));
        controller.heater(73.0);
        deliveredA = -6.0;
        cycle(120);
        assertEquals(4.0 * 7.3, controller.stationCapW(), 1e-9);
    }

    @Test
    void theSlotOfTheTargetIsACeilingOnlyWhileThereIsTime() {
        PlanSlot last = slot(0, 2000, 29.2, LimitRule.GOAL);
        controller.plan(plan(last));
        cycle(20);
        assertEquals(4.0, demand.chargeA(), 1e-9);
        ChargeNeed hasty = new ChargeNeed(
                new ChargeGoal(0.8, 0.0, Double.NEGATIVE_INFINITY, DEPARTURE_S),
                new ChargeWorth(5.0, 0.0, AgeingCost.none(), Double.POSITIVE_INFINITY, 10.0),
                ChargeRules.free());
        controller.need(hasty);
        cycle(20);
        assertEquals(30.0, demand.chargeA(), 1e-9);
    }

    @Test
    void withStagesItStaysBelowWhatTheAnodesBearAndSaysSo() {
        ChargeController staged =
                new ChargeController(type, layout, ControllerSettings.standard().with(FastChargeSettings.derivedMap()));
        staged.start(ChargeNeed.by(DEPARTURE_S, 0.8), plan(slot(0, 2000, 500.0, LimitRule.CURRENT_RATING)), demand);
        cycle(1);
        assertEquals(0.8, staged.mapShare(sample, estimate), 1e-9);
        staged.course(FastChargeCourse.onTheMap(0.8, 0.01, 1.0, 1.0));
        for (int i = 0; i < 6; i++) {
            cycle(1);
            staged.step(sample, estimate, limits, station, demand);
        }
        assertEquals(24.0, demand.chargeA(), 1e-9);
        assertEquals(LimitRule.ANODE_MARGIN, staged.cause(station));
        staged.course(FastChargeCourse.onTheMap(0.8, 0.01, 1.0, 1.0).towards(20.0, 26.0, 0.0, 0.9));
        cycle(1);
        staged.step(sample, estimate, limits, station, demand);
        assertEquals(9.0, demand.chargeA(), 1e-9);
        assertEquals(LimitRule.COOL_STAGE, staged.cause(station));
    }

    @Test
    void withoutStagesACourseIsNone() {
        assertEquals(Double.POSITIVE_INFINITY, controller.mapShare(sample, estimate));
        controller.course(FastChargeCourse.onTheMap(0.1, 0.01, 1.0, 1.0));
        cycle(10);
        assertEquals(30.0, demand.chargeA(), 1e-9);
    }
}
