package io.github.bms4j.charge;

import io.github.bms4j.cell.CellRating;
import io.github.bms4j.cell.CellType;
import io.github.bms4j.cell.ChargeMap;
import io.github.bms4j.cell.Chemistry;
import io.github.bms4j.cell.Circuit;
import io.github.bms4j.cell.OcvCurve;
import io.github.bms4j.cell.PackLayout;
import io.github.bms4j.cell.Provenance;
import io.github.bms4j.cell.RcBranch;
import io.github.bms4j.cell.ResistanceMap;
import io.github.bms4j.cell.TemperatureWindow;
import io.github.bms4j.cell.ThermalRating;
import io.github.bms4j.limit.LimitSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * A seeded charge at a pack so plain that a linear programme says the same: 18.5 kWh at 3.7 V whatever the SOC, hardly any
 * resistance, one efficiency, no taper, always 25 °C. Everything else is drawn: prices with up to three blocks, CO₂, sun, site
 * limit, ageing, cost ceiling; on demand a least current, a number of starts, and energy given back.
 */
final class LinearCase {
    static final double RATED_KWH = 18.5;
    static final double SLOT_S = 900.0;
    private static final PackLayout LAYOUT = new PackLayout(100, 1, 1);

    /** What a case has beside a price per slot. */
    enum Kind {
        /** Everything that a linear programme knows. */
        LINEAR,
        /** Energy given back besides. */
        TWO_WAY,
        /** Least current and a number of starts. */
        STARTS,
        /** Both. */
        TWO_WAY_STARTS
    }

    final long seed;
    final int slots;
    final double startSoc;
    final double efficiency;
    final PlanRequest request;

    LinearCase(long seed, Kind kind, int mostSlots) {
        this.seed = seed;
        Random random = new Random(seed);
        boolean twoWay = kind == Kind.TWO_WAY || kind == Kind.TWO_WAY_STARTS;
        boolean counted = kind == Kind.STARTS || kind == Kind.TWO_WAY_STARTS;
        slots = mostSlots - random.nextInt(mostSlots / 2);
        startSoc = 0.2 + 0.3 * random.nextDouble();
        double target = startSoc + (0.95 - startSoc) * random.nextDouble();
        efficiency = random.nextBoolean() ? 1.0 : 0.85 + 0.15 * random.nextDouble();
        double co2PerKg = random.nextBoolean() ? 0.0 : 0.3 * random.nextDouble();
        List<OfferStep> steps = new ArrayList<>();
        List<SiteStep> site = new ArrayList<>();
        boolean sunny = !counted && !twoWay && random.nextInt(3) == 0;
        boolean tight = random.nextInt(3) == 0;
        for (int k = 0; k < slots; k++) {
            double capW = random.nextInt(6) == 0 ? 0.0 : 4000.0 + 18_000.0 * random.nextDouble();
            List<PriceBlock> blocks = new ArrayList<>();
            double price = 0.05 + 0.4 * random.nextDouble();
            double firstPrice = price;
            double fromW = 0.0;
            for (int b = counted ? 0 : random.nextInt(3); b >= 0; b--) {
                blocks.add(new PriceBlock(fromW, price));
                fromW += 2000.0 + 6000.0 * random.nextDouble();
                price += 0.2 * random.nextDouble();
            }
            FeedIn back = twoWay && random.nextBoolean()
                    // As a linear programme must not gain by taking and giving at one time, unless it counts
                    // directions.
                    ? new FeedIn(
                            2000.0 + 9000.0 * random.nextDouble(),
                            counted ? 0.1 + 0.6 * random.nextDouble() : firstPrice * efficiency * efficiency)
                    : FeedIn.none();
            double gCo2 = random.nextInt(5) == 0 ? Double.NaN : 50.0 + 500.0 * random.nextDouble();
            steps.add(new OfferStep(k * SLOT_S, capW, new PowerPrice(blocks), gCo2, back));
            site.add(new SiteStep(
                    k * SLOT_S,
                    tight ? 1000.0 + 15_000.0 * random.nextDouble() : Double.POSITIVE_INFINITY,
                    sunny ? 6000.0 * random.nextDouble() : 0.0));
        }
        AgeingCost ageing = random.nextBoolean()
                ? AgeingCost.none()
                : new AgeingCost(
                        300.0 * random.nextDouble(),
                        new AgeingCost.Calendar(0.02, 1.2, 0.0),
                        new AgeingCost.Cycle(0.0001, 0.0, 0.0),
                        "drawn");
        double missed = random.nextInt(4) == 0 ? 0.35 : 2.0;
        double ceiling = kind == Kind.LINEAR && co2PerKg == 0.0 && random.nextInt(4) == 0
                ? 0.5 + 1.5 * random.nextDouble()
                : Double.POSITIVE_INFINITY;
        ChargeRules rules = new ChargeRules(
                counted ? 20.0 * random.nextDouble() : 0.0,
                counted ? 1 + random.nextInt(3) : ChargeRules.ANY_STARTS,
                twoWay
                        ? new DischargeTerms(11_000.0, 0.1 + 0.1 * random.nextDouble(), 0.9)
                        : DischargeTerms.forbidden());
        ChargeNeed need = new ChargeNeed(
                new ChargeGoal(target, 0.0, random.nextInt(5) == 0 ? 2 * SLOT_S : 0.0, slots * SLOT_S),
                new ChargeWorth(missed, co2PerKg, ageing, ceiling),
                rules);
        StationOffer offer = new StationOffer(
                "seed " + seed,
                new StationRating(500.0, 200.0, 0.0, 100.0, efficiency),
                1e9,
                List.of(new OfferSchedule("only", steps)));
        request = new PlanRequest(
                0.0,
                new PackNow(startSoc, 0.0, 25.0, 25.0, 25.0),
                need,
                offer,
                new SiteSeries(site, sunny ? 0.12 * random.nextDouble() : 0.0),
                StationNow.silent(),
                SessionSoFar.fresh());
    }

    /** A request of exactly 96 slots. */
    static PlanRequest fullDay(long seed, Kind kind, boolean costCeiling) {
        for (long s = seed; ; s += 1_000_000) {
            LinearCase c = new LinearCase(s, kind, 192);
            ChargeNeed need = c.need();
            if (c.slots >= 97 && need.worth().costCeiling() < Double.POSITIVE_INFINITY == costCeiling) {
                ChargeGoal goal =
                        new ChargeGoal(need.targetSoc(), 0.0, need.goal().earliestS(), 96 * SLOT_S);
                return c.request.with(new ChargeNeed(goal, need.worth(), need.rules()));
            }
        }
    }

    ChargePlan plan() {
        return planner(0.002).plan(request);
    }

    static ChargePlanner planner(double socStep) {
        PlannerSettings settings =
                new PlannerSettings(SLOT_S, socStep, 3, 0.0, 0.0, 0.0, 0.0, 0.05, 0.02, LimitSettings.standard());
        return new ChargePlanner(cell(), LAYOUT, settings);
    }

    ChargeNeed need() {
        return request.need();
    }

    List<OfferStep> steps() {
        return request.offer().schedules().get(0).steps();
    }

    private static CellType cell() {
        ResistanceMap tiny = new ResistanceMap(new double[] {0.5}, new double[] {25.0}, new double[][] {{2.1e-5}}, 0.0);
        ResistanceMap tinier = new ResistanceMap(new double[] {0.5}, new double[] {25.0}, new double[][] {{1e-7}}, 0.0);
        return new CellType(
                "linear",
                Chemistry.NMC,
                new CellRating(
                        50.0,
                        3.7,
                        2.8,
                        4.15,
                        500.0,
                        500.0,
                        new TemperatureWindow(-20.0, 60.0),
                        new TemperatureWindow(0.0, 50.0)),
                new OcvCurve(new double[] {0.0, 1.0}, new double[] {3.69999, 3.70001}, new double[] {0.0, 0.0}, 25.0),
                new Circuit(tiny, List.of(new RcBranch(tinier, 20.0))),
                new ThermalRating(1e9, 0.5),
                new ChargeMap(
                        new double[] {0.0, 1.0}, new double[] {5.0, 50.0}, new double[][] {{10.0, 10.0}, {10.0, 10.0}}),
                new Provenance("made up", "CC0-1.0", "chosen by hand for tests"));
    }
}
