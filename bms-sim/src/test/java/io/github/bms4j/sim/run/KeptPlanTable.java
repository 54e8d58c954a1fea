package io.github.bms4j.sim.run;

import io.github.bms4j.sim.run.KeptPlan.Case;
import io.github.bms4j.sim.run.KeptPlan.Outcome;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** Prints how well plans are kept over many packs: docs/plan-kept.sh. */
final class KeptPlanTable {
    private static final Case[] CASES = {
        new Case(48, true, 6, 0.35, 0.70, 20, false, 900, 0, 0),
        new Case(48, true, 15, 0.25, 0.85, 20, false, 900, 0, 0),
        new Case(48, true, 15, 0.25, 0.95, 20, false, 900, 0, 0),
        new Case(48, true, 25, 0.25, 0.80, 20, false, 900, 0, 0),
        new Case(48, true, 25, 0.55, 0.92, 10, false, 900, 0, 0),
        new Case(48, true, 25, 0.25, 0.95, 20, false, 900, 0, 0),
        new Case(48, true, 25, 0.25, 0.98, 20, false, 900, 0, 0),
        new Case(96, true, 25, 0.25, 0.90, 20, false, 900, 0, 0),
        new Case(48, true, 35, 0.25, 0.95, 20, false, 900, 0, 0),
        new Case(48, true, 40, 0.25, 0.80, 20, false, 900, 0, 0),
        new Case(48, false, 15, 0.35, 0.80, 12, false, 900, 3600, 0),
        new Case(48, false, 25, 0.35, 0.90, 12, false, 900, 3600, 0),
        new Case(48, false, 35, 0.45, 0.90, 12, false, 900, 3600, 0),
    };

    private KeptPlanTable() {}

    /**
     * Prints the table.
     *
     * @param args number of packs for each case, 10 unless told; then a text that the case's name begins with
     */
    public static void main(String[] args) {
        int packs = args.length > 0 ? Integer.parseInt(args[0]) : 10;
        String only = args.length > 1 ? args[1] : "";
        System.out.println(
                "                               energy beyond plan, %    later than plan, min         true cells");
        System.out.println(
                "                         packs  median  90 %   in 2   median  90 %   in 3   in band   broken  map %  highest V");
        for (Case each : CASES) {
            String name = String.format(
                    Locale.ROOT,
                    "%-7s %2.0f °C to %.0f %% x%d",
                    each.fast() ? "fast" : "waiting",
                    each.degC(),
                    100.0 * each.toSoc(),
                    each.groups());
            if (name.startsWith(only)) {
                row(name, run(each, packs));
            }
        }
    }

    /** Every other pack with capacities as learned, the others as rated. */
    private static List<Outcome> run(Case each, int packs) {
        List<Outcome> outcomes = new ArrayList<>();
        for (int k = 0; k < packs; k++) {
            Case one = new Case(
                    each.groups(),
                    each.fast(),
                    each.degC(),
                    each.fromSoc(),
                    each.toSoc(),
                    each.cellW(),
                    k % 2 == 1,
                    each.driveS(),
                    each.waitS(),
                    1001 + k);
            outcomes.add(new KeptPlan(one).run());
        }
        return outcomes;
    }

    private static void row(String name, List<Outcome> outcomes) {
        double[] energy = sorted(outcomes, o -> 100.0 * o.energyError());
        double[] energySize = sorted(outcomes, o -> 100.0 * Math.abs(o.energyError()));
        double[] late = sorted(outcomes, o -> o.lateS() / 60.0);
        double[] lateSize = sorted(outcomes, o -> Math.abs(o.lateS()) / 60.0);
        int n = outcomes.size();
        System.out.printf(
                Locale.ROOT,
                "%-24s %5d  %+6.2f %5.2f %3d/%-3d  %+6.1f %5.1f %3d/%-3d  %3d/%-3d  %6d  %5.1f   %8.4f%n",
                name,
                n,
                middle(energy),
                ninth(energySize),
                count(energySize, 2.0),
                n,
                middle(late),
                ninth(lateSize),
                count(lateSize, 3.0),
                n,
                outcomes.stream().filter(KeptPlanTable::inBand).count(),
                n,
                outcomes.stream().mapToLong(Outcome::broken).sum(),
                100.0 * outcomes.stream().mapToDouble(Outcome::mapShare).max().orElseThrow(),
                outcomes.stream().mapToDouble(Outcome::mostV).max().orElseThrow());
    }

    /** Whether it ended by the time that the plan gave with 90 %; a plan that gives none by departure has promised none. */
    private static boolean inBand(Outcome o) {
        double promisedS = o.plan().arrival().finish90S();
        return Double.isNaN(promisedS) || o.lastS() <= promisedS;
    }

    private static double[] sorted(List<Outcome> outcomes, ToDoubleFunction<Outcome> figure) {
        double[] figures = outcomes.stream().mapToDouble(figure).toArray();
        Arrays.sort(figures);
        return figures;
    }

    private static double middle(double[] sorted) {
        return 0.5 * (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]);
    }

    private static double ninth(double[] sorted) {
        return sorted[(int) Math.ceil(0.9 * sorted.length) - 1];
    }

    private static int count(double[] sizes, double bar) {
        int within = 0;
        for (double size : sizes) {
            within += size <= bar ? 1 : 0;
        }
        return within;
    }
}
