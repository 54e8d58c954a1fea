package io.github.bms4j.charge;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Prints how good and how fast the planner is: docs/planner-table.sh. */
public final class PlannerTable {
    private static final int WARM_UP = 60;

    private PlannerTable() {}

    /** Prints both tables. */
    public static void main(String[] args) {
        int cases = args.length > 0 && !args[0].isBlank() ? Integer.parseInt(args[0].strip()) : 350;
        quality(cases);
        gaps();
        speed(Math.min(cases, 200));
    }

    private static void quality(int cases) {
        String[] names = {
            "uncontrolled, to full",
            "earliest deadline first",
            "least laxity first",
            "cheapest slots first",
            "planner",
            "linear programme"
        };
        double[] cost = new double[names.length];
        double[] missedKwh = new double[names.length];
        int counted = 0;
        for (long seed = 1; counted < cases; seed++) {
            LinearCase c = new LinearCase(seed, LinearCase.Kind.LINEAR, 96);
            if (c.need().worth().costCeiling() < Double.POSITIVE_INFINITY) {
                continue; // the baselines know no ceiling
            }
            counted++;
            BaselineRuns baselines = new BaselineRuns(c);
            double[][] runs = {
                baselines.atOnce(1.0),
                baselines.atOnce(c.need().targetSoc()),
                baselines.asLateAsPossible(),
                baselines.cheapestFirst()
            };
            for (int i = 0; i < runs.length; i++) {
                cost[i] += baselines.cost(runs[i]);
                missedKwh[i] += baselines.missedKwh(runs[i]);
            }
            ChargePlan plan = c.plan();
            cost[4] += plan.cost().total();
            missedKwh[4] += plan.missedSoc() * LinearCase.RATED_KWH;
            cost[5] += ReferenceProgramme.leastCost(c);
        }
        missedKwh[5] = Double.NaN;
        print("%d linear cases of 48 to 96 slots: price blocks, CO2, sun, site limit, ageing%n", cases);
        print("%-26s %12s %14s %12s%n", "", "mean cost", "over optimum", "missed kWh");
        for (int i = 0; i < names.length; i++) {
            print(
                    "%-26s %12.3f %13.1f%% %12.2f%n",
                    names[i], cost[i] / cases, 100.0 * (cost[i] / cost[5] - 1.0), missedKwh[i] / cases);
        }
    }

    private static void gaps() {
        print("%n%-34s %6s %12s %12s%n", "gap to the programme", "cases", "mean", "worst");
        gap("linear", LinearCase.Kind.LINEAR, 350, 1, 96);
        gap("linear, energy given back", LinearCase.Kind.TWO_WAY, 80, 10_001, 32);
        gap("least current, 1 to 3 starts", LinearCase.Kind.STARTS, 50, 20_001, 20);
        gap("both", LinearCase.Kind.TWO_WAY_STARTS, 20, 30_001, 14);
    }

    private static void gap(String name, LinearCase.Kind kind, int cases, long firstSeed, int mostSlots) {
        double sum = 0.0;
        double worst = 0.0;
        boolean whole = kind == LinearCase.Kind.STARTS || kind == LinearCase.Kind.TWO_WAY_STARTS;
        for (long seed = firstSeed; seed < firstSeed + cases; seed++) {
            LinearCase c = new LinearCase(seed, kind, mostSlots);
            ChargePlan plan = c.plan();
            double least = ReferenceProgramme.leastCost(c);
            if (whole && plan.cost().total() < least) {
                least = Math.min(least, ReferenceProgramme.leastCost(c, plan));
            }
            double gap = Math.abs(plan.cost().total() - least) / Math.max(Math.abs(least), 1.0);
            sum += gap;
            worst = Math.max(worst, gap);
        }
        print("%-34s %6d %11.3f%% %11.3f%%%n", name, cases, 100.0 * sum / cases, 100.0 * worst);
    }

    private static void speed(int draws) {
        print("%n%-34s %6s %10s %10s %14s%n", "96 slots, one core", "draws", "median", "longest", "longest unit");
        List<PlanRequest> plain = new ArrayList<>();
        List<PlanRequest> twoWay = new ArrayList<>();
        List<PlanRequest> starts = new ArrayList<>();
        for (long seed = 1; seed <= draws; seed++) {
            plain.add(fullDay(seed, LinearCase.Kind.LINEAR));
            twoWay.add(fullDay(seed, LinearCase.Kind.TWO_WAY));
            starts.add(fullDay(seed, LinearCase.Kind.STARTS));
        }
        ChargePlanner linear = LinearCase.planner(0.002);
        time("price blocks, sun, site, ageing", linear, plain);
        time("energy given back", linear, twoWay);
        time("least current, 1 to 3 starts", linear, starts);
        for (int draw = 0; draw < draws; draw++) {
            NonlinearDraw d = new NonlinearDraw(draw + 1L, 96);
            if (draw == 0) {
                print("%n");
            }
            NONLINEAR.add(d);
        }
        timeNonlinear();
    }

    private static final List<NonlinearDraw> NONLINEAR = new ArrayList<>();

    private static PlanRequest fullDay(long seed, LinearCase.Kind kind) {
        for (long s = seed; ; s += 1_000_000) {
            LinearCase c = new LinearCase(s, kind, 192);
            if (c.slots >= 97 && c.need().worth().costCeiling() == Double.POSITIVE_INFINITY) {
                ChargeNeed need = c.need();
                ChargeGoal goal =
                        new ChargeGoal(need.targetSoc(), 0.0, need.goal().earliestS(), 96 * LinearCase.SLOT_S);
                return c.request.with(new ChargeNeed(goal, need.worth(), need.rules()));
            }
        }
    }

    private static void time(String name, ChargePlanner planner, List<PlanRequest> requests) {
        for (int i = 0; i < WARM_UP; i++) {
            planner.plan(requests.get(i % requests.size()));
        }
        double[] ms = new double[requests.size()];
        double longestUnitMs = 0.0;
        for (int i = 0; i < ms.length; i++) {
            PlanJob job = planner.begin(requests.get(i));
            long began = System.nanoTime();
            boolean done = false;
            while (!done) {
                long unit = System.nanoTime();
                done = job.advance(1);
                longestUnitMs = Math.max(longestUnitMs, (System.nanoTime() - unit) * 1e-6);
            }
            ms[i] = (System.nanoTime() - began) * 1e-6;
        }
        Arrays.sort(ms);
        print(
                "%-34s %6d %7.1f ms %7.1f ms %11.2f ms%n",
                name, ms.length, ms[ms.length / 2], ms[ms.length - 1], longestUnitMs);
    }

    private static void timeNonlinear() {
        double[] ms = new double[NONLINEAR.size()];
        double longestUnitMs = 0.0;
        for (int round = 0; round < 2; round++) {
            for (int i = 0; i < ms.length; i++) {
                NonlinearDraw d = NONLINEAR.get(i);
                PlanJob job = d.planner().begin(d.request());
                long began = System.nanoTime();
                boolean done = false;
                longestUnitMs = i == 0 ? 0.0 : longestUnitMs;
                while (!done) {
                    long unit = System.nanoTime();
                    done = job.advance(1);
                    longestUnitMs = Math.max(longestUnitMs, (System.nanoTime() - unit) * 1e-6);
                }
                ms[i] = (System.nanoTime() - began) * 1e-6;
            }
        }
        Arrays.sort(ms);
        print(
                "%-34s %6d %7.1f ms %7.1f ms %11.2f ms%n",
                "taper, heat, wear (one price)", ms.length, ms[ms.length / 2], ms[ms.length - 1], longestUnitMs);
    }

    private static void print(String format, Object... values) {
        System.out.print(String.format(Locale.ROOT, format, values));
    }
}
