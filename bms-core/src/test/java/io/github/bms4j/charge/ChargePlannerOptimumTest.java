package io.github.bms4j.charge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.bms4j.cell.CellType;
import io.github.bms4j.limit.LimitSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The planner against a slow obvious search, against charging at once, and against a finer grid. */
@Tag("endurance")
class ChargePlannerOptimumTest {
    private static final double SLOT_S = 900.0;
    private static final double OVERHEAD_PER_H = 0.003;

    private static PlannerSettings settings(double socStep, double latenessShare) {
        return new PlannerSettings(
                SLOT_S, socStep, 3, 0.0, 900.0, latenessShare, OVERHEAD_PER_H, 0.05, 0.02, LimitSettings.standard());
    }

    /** One draw of pack, need and offer; prices may be negative. */
    private static final class Draw {
        final PlannerCells cells = new PlannerCells();
        final PackNow pack;
        final ChargeNeed need;
        final StationOffer offer;
        final List<OfferStep> steps;
        final double wearPerKwh;

        Draw(long seed, int slots) {
            Random random = new Random(seed);
            cells.ohm = 0.001 + 0.003 * random.nextDouble();
            double top = 1.0 + 2.0 * random.nextDouble();
            cells.ratePerHOverSoc = new double[] {top, top, 0.5 * top, 0.2 * top};
            cells.isothermal();
            double soc = 0.05 + 0.5 * random.nextDouble();
            pack = new PackNow(soc, 0.05 * random.nextDouble(), 25.0, 25.0, 25.0);
            double target = soc + (0.95 - soc) * random.nextDouble();
            wearPerKwh = random.nextBoolean() ? 0.0 : 0.05 * random.nextDouble();
            double missed = random.nextInt(4) == 0 ? 0.3 : 2.0;
            need = new ChargeNeed(target, 0.0, slots * SLOT_S, missed, wearPerKwh);
            steps = new ArrayList<>();
            double least = random.nextInt(3) == 0 ? -0.2 : 0.05;
            for (int k = 0; k < slots; k++) {
                double capW = random.nextInt(5) == 0 ? 0.0 : 3000.0 + 40_000.0 * random.nextDouble();
                steps.add(new OfferStep(k * SLOT_S, capW, least + 0.4 * random.nextDouble(), Double.NaN));
            }
            offer = new StationOffer("seed " + seed, 360.0 + 80.0 * random.nextDouble(), 130.0, 1e6, steps);
        }

        ChargePlan plan(PlannerSettings settings) {
            return cells.planner(settings).plan(0.0, pack, need, offer, StationNow.silent());
        }
    }

    private static double cost(ChargePlan plan) {
        return plan.energyCost() + plan.wearCost() + plan.missedCost();
    }

    /** What is made least: as the cost, but what is lost counts a thousandth of a missing kWh at least. */
    private static double objective(ChargePlan plan, Draw draw) {
        CellType type = draw.cells.build();
        double leastLossPrice = 0.001 * draw.need.missedPerKwh();
        double notEarned = 0.0;
        for (PlanSlot slot : plan.slots()) {
            double lossPrice = Math.max(slot.pricePerKwh(), leastLossPrice);
            if (lossPrice != slot.pricePerKwh() && slot.energyWh() > 0.0) {
                double middleV = type.ocv().v(0.5 * (slot.startSoc() + slot.endSoc()), 25.0);
                double storedKwh = 5.0 * middleV * (slot.endSoc() - slot.startSoc());
                notEarned += (lossPrice - slot.pricePerKwh()) * (slot.energyWh() / 1000.0 - storedKwh);
            }
        }
        return cost(plan) + notEarned;
    }

    /** The same pack written down a second time: steps of 20 s and every limit by trial, no algebra. */
    private static final class Obvious {
        private static final double DT_S = 20.0;
        private final Draw draw;
        private final CellType type;
        private final double overheadKw;

        Obvious(Draw draw) {
            this.draw = draw;
            type = draw.cells.build();
            overheadKw = OVERHEAD_PER_H * 18.5;
        }

        private double ohm() {
            return draw.cells.ohm;
        }

        private boolean allowed(double a, double soc, double capW) {
            double fullest = soc + draw.pack.socLead();
            double connectorW = 100.0 * a * (type.ocv().v(soc, 25.0) + a * ohm()) + 1000.0 * overheadKw;
            double connectorA = a + 1000.0 * overheadKw / (100.0 * type.ocv().v(soc, 25.0));
            return a <= 150.0
                    && a <= type.chargeMap().maxRatePerH(fullest, 25.0) * 50.0
                    && type.ocv().v(fullest, 25.0) + a * ohm() <= 4.19
                    && connectorW <= capW
                    && connectorA <= draw.offer.rating().maxA()
                    && 100.0 * (type.ocv().v(soc, 25.0) + a * ohm())
                            <= draw.offer.rating().maxV();
        }

        private double limitA(double ceilingA, double soc, double capW) {
            if (allowed(ceilingA, soc, capW)) {
                return ceilingA;
            }
            double low = 0.0;
            double high = ceilingA;
            for (int i = 0; i < 14; i++) {
                double middle = 0.5 * (low + high);
                if (allowed(middle, soc, capW)) {
                    low = middle;
                } else {
                    high = middle;
                }
            }
            return low;
        }

        /** SOC at the end, objective and cost of slot k at a current of no more than {@code ceilingA}. */
        double[] slot(int k, double soc, double ceilingA) {
            OfferStep step = draw.steps.get(k);
            double storedKwh = 0.0;
            double lostKwh = 0.0;
            double wear = 0.0;
            double s = soc;
            for (double t = 0.0; t < SLOT_S && s < draw.need.targetSoc(); t += DT_S) {
                double first = limitA(ceilingA, s, step.maxPowerW());
                double middle = Math.min(draw.need.targetSoc(), s + 0.5 * first * DT_S / 180_000.0);
                double a = limitA(ceilingA, middle, step.maxPowerW());
                a = Math.min(a, (draw.need.targetSoc() - s) * 50.0 * 3600.0 / DT_S);
                if (a > 1e-3) {
                    double ocv = type.ocv().v(s + 0.5 * a * DT_S / 180_000.0, 25.0);
                    storedKwh += 0.1 * a * ocv * DT_S / 3600.0;
                    lostKwh += (0.1 * a * a * ohm() + overheadKw) * DT_S / 3600.0;
                    wear += draw.wearPerKwh * 0.1 * a * ocv * DT_S / 3600.0 * a / 50.0;
                    s += a * DT_S / 180_000.0;
                }
            }
            double price = step.pricePerKwh();
            return new double[] {
                s,
                price * storedKwh + Math.max(0.001 * draw.need.missedPerKwh(), price) * lostKwh + wear,
                price * (storedKwh + lostKwh) + wear
            };
        }

        double missed(double soc) {
            double kwh = 0.0;
            double target = draw.need.targetSoc();
            for (int i = 0; i < 200; i++) {
                double s = soc + (target - soc) * (i + 0.5) / 200.0;
                kwh += (target - soc) / 200.0 * 5.0 * type.ocv().v(s, 25.0);
            }
            return draw.need.missedPerKwh() * kwh;
        }

        /** The cheapest of all combinations of a few currents. */
        double search(int k, double soc, double[] currentsA) {
            if (k == draw.steps.size()) {
                return missed(soc);
            }
            double best = search(k + 1, soc, currentsA);
            for (double a : currentsA) {
                double[] end = slot(k, soc, a);
                if (end[0] > soc) {
                    best = Math.min(best, end[1] + search(k + 1, end[0], currentsA));
                }
            }
            return best;
        }

        /** What a plan costs here, each slot at the one current that leads to its end. */
        double replay(ChargePlan plan) {
            double cost = 0.0;
            double soc = draw.pack.soc();
            for (PlanSlot planned : plan.slots()) {
                if (planned.endSoc() > soc + 1e-6) {
                    int k = (int) Math.round(planned.startS() / SLOT_S);
                    double low = 0.0;
                    double high = 150.0;
                    for (int i = 0; i < 24; i++) {
                        double middle = 0.5 * (low + high);
                        if (slot(k, soc, middle)[0] < planned.endSoc()) {
                            low = middle;
                        } else {
                            high = middle;
                        }
                    }
                    double[] end = slot(k, soc, high);
                    soc = end[0];
                    cost += end[2];
                }
            }
            return cost + missed(soc);
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20})
    void isNoDearerThanTheBestOfAllCombinations(long seed) {
        Draw draw = new Draw(seed, 4);
        ChargePlan plan = draw.plan(settings(0.002, 0.0));
        Obvious obvious = new Obvious(draw);
        double searched = obvious.search(0, draw.pack.soc(), new double[] {8.0, 16.0, 30.0, 60.0, 100.0, 150.0});
        double claimed = objective(plan, draw);
        String what = "seed " + seed + ": claims " + claimed + ", the search finds " + searched;
        assertTrue(claimed <= searched + 0.003 * Math.abs(searched) + 0.002, what);
        assertEquals(
                obvious.replay(plan), cost(plan), 0.003 * Math.abs(cost(plan)) + 0.004, "seed " + seed + ": replayed");
    }

    @Test
    void isNeverDearerThanChargingAtOnce() {
        for (long seed = 100; seed < 130; seed++) {
            Draw draw = new Draw(seed, 12);
            double planned = objective(draw.plan(settings(0.005, 0.0)), draw);
            // A minimum equal to the target makes the planner charge at once.
            ChargeNeed n = draw.need;
            ChargeNeed now =
                    new ChargeNeed(n.targetSoc(), n.targetSoc(), n.departureS(), n.missedPerKwh(), draw.wearPerKwh);
            ChargePlan baseline =
                    draw.cells.planner(settings(0.005, 0.0)).plan(0.0, draw.pack, now, draw.offer, StationNow.silent());
            double atOnce = objective(baseline, draw);
            // Charging at once splits a slot where it ends and so pays less overhead there.
            double splitGain = OVERHEAD_PER_H * 18.5 * SLOT_S / 3600.0 * 0.6;
            assertTrue(
                    planned <= atOnce + splitGain,
                    "seed " + seed + ": " + planned + " planned, " + atOnce + " at once");
        }
    }

    @Test
    void agreesWithAFinerGrid() {
        for (long seed = 200; seed < 212; seed++) {
            Draw draw = new Draw(seed, 24);
            ChargePlan plan = draw.plan(settings(0.002, 0.002));
            ChargePlan fine = draw.plan(settings(0.0004, 0.002));
            double scale = Math.max(Math.abs(cost(fine)), 0.1);
            String what = "seed " + seed + ": " + cost(plan) + " against " + cost(fine);
            assertEquals(cost(fine), cost(plan), 0.005 * scale, what);
            assertEquals(fine.endSoc(), plan.endSoc(), 0.002, "seed " + seed + ": SOC at departure");
        }
    }
}
