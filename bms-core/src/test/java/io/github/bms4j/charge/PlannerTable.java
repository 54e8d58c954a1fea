package io.github.bms4j.charge;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Arrays;
import java.util.Locale;
import java.util.function.LongFunction;

/** Prints how good and how fast the planner is: docs/planner-table.sh. */
public final class PlannerTable {
    private static final int WARM_UP = 60;
    /** Each draw is planned so often. */
    private static final int RUNS = 5;

    private static final int MOST_UNITS = 100_000;

    private PlannerTable() {}

    /** Prints both tables. */
    public static void main(String[] args) {
        int cases = args.length > 0 && !args[0].isBlank() ? Integer.parseInt(args[0].strip()) : 350;
        cold();
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

    /** One draw that is timed. */
    private record Draw(ChargePlanner planner, PlanRequest request) {}

    private static Draw tapering(long seed) {
        NonlinearDraw d = new NonlinearDraw(seed, 96);
        return new Draw(d.planner(), d.request());
    }

    private static Draw linear(long seed, LinearCase.Kind kind, boolean costCeiling) {
        return new Draw(LinearCase.planner(0.002), LinearCase.fullDay(seed, kind, costCeiling));
    }

    /** The first plans of this process, while hardly anything is compiled. */
    private static void cold() {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        print("%-34s %10s %10s %14s%n", "96 slots, not yet compiled", "time", "CPU time", "longest unit");
        for (long seed = 1; seed <= 5; seed++) {
            Draw draw = tapering(seed);
            PlanJob job = draw.planner().begin(draw.request());
            long began = System.nanoTime();
            long beganCpu = threads.getCurrentThreadCpuTime();
            double longestUnitMs = 0.0;
            boolean done = false;
            while (!done) {
                long unit = threads.getCurrentThreadCpuTime();
                done = job.advance(1);
                longestUnitMs = Math.max(longestUnitMs, (threads.getCurrentThreadCpuTime() - unit) * 1e-6);
            }
            double cpuMs = (threads.getCurrentThreadCpuTime() - beganCpu) * 1e-6;
            double wallMs = (System.nanoTime() - began) * 1e-6;
            print("plan %d of the process %20.1f ms %7.1f ms %11.2f ms%n", seed, wallMs, cpuMs, longestUnitMs);
        }
        print("%n");
    }

    private static void speed(int draws) {
        print(
                "%n%-34s %6s %10s %10s %14s %12s %12s%n",
                "96 slots, one core, compiled", "draws", "median", "longest", "longest unit", "operations", "most");
        time("price blocks, sun, site, ageing", draws, seed -> linear(seed, LinearCase.Kind.LINEAR, false));
        time("the same, with a cost ceiling", draws, seed -> linear(seed, LinearCase.Kind.LINEAR, true));
        time("energy given back", draws, seed -> linear(seed, LinearCase.Kind.TWO_WAY, false));
        time("least current, 1 to 3 starts", draws, seed -> linear(seed, LinearCase.Kind.STARTS, false));
        time("both", draws, seed -> linear(seed, LinearCase.Kind.TWO_WAY_STARTS, false));
        time("taper, heat, wear (one price)", draws, PlannerTable::tapering);
        print(
                "every unit's time is the least of %d runs: the work is the same, what else runs on the machine adds%n",
                RUNS);
    }

    private static void time(String name, int draws, LongFunction<Draw> drawn) {
        for (int i = 0; i < WARM_UP; i++) {
            Draw draw = drawn.apply(i % draws + 1L);
            draw.planner().plan(draw.request());
        }
        double[] ms = new double[draws];
        long[] operations = new long[draws];
        double longestUnitMs = 0.0;
        for (int i = 0; i < draws; i++) {
            Draw draw = drawn.apply(i + 1L);
            double[] unitMs = new double[MOST_UNITS];
            Arrays.fill(unitMs, Double.POSITIVE_INFINITY);
            for (int run = 0; run < RUNS; run++) {
                PlanJob job = draw.planner().begin(draw.request());
                boolean done = false;
                while (!done) {
                    long unit = System.nanoTime();
                    done = job.advance(1);
                    int u = job.units() - 1;
                    unitMs[u] = Math.min(unitMs[u], (System.nanoTime() - unit) * 1e-6);
                }
                operations[i] = job.operations();
            }
            for (double unit : unitMs) {
                if (unit < Double.POSITIVE_INFINITY) {
                    ms[i] += unit;
                    longestUnitMs = Math.max(longestUnitMs, unit);
                }
            }
        }
        Arrays.sort(ms);
        Arrays.sort(operations);
        print(
                "%-34s %6d %7.1f ms %7.1f ms %11.2f ms %12d %12d%n",
                name, draws, ms[draws / 2], ms[draws - 1], longestUnitMs, operations[draws / 2], operations[draws - 1]);
    }

    private static void print(String format, Object... values) {
        System.out.print(String.format(Locale.ROOT, format, values));
    }
}
