package io.github.bms4j.examples;

import io.github.bms4j.cell.PackLayout;
import io.github.bms4j.limit.LimitRule;
import io.github.bms4j.sim.run.ChargeScenario;
import io.github.bms4j.sim.run.RunSummary;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Sentences that the screen and the report share. */
final class DemoText {
    private DemoText() {}

    static String title(ChargeScenario scenario) {
        PackLayout layout = scenario.battery().layout();
        double kwh = scenario.battery().cell().rating().capacityAh()
                * scenario.battery().cell().rating().nominalV()
                * layout.series()
                * layout.parallel()
                / 1000;
        return String.format(
                Locale.ROOT,
                "bms4j demo: seed %d, %ds%dp %s, %.1f kWh, %.0f °C air",
                scenario.seed(),
                layout.series(),
                layout.parallel(),
                scenario.battery().cell().name(),
                kwh,
                scenario.truth().ambientDegC());
    }

    static String goal(RunSummary run) {
        if (run.missedSoc() == 0.0) {
            return String.format(Locale.ROOT, "%.0f %% reached", 100 * run.targetSoc());
        }
        return String.format(
                Locale.ROOT,
                "%.0f %% missed by %.1f points; longest held by: %s",
                100 * run.targetSoc(),
                100 * run.missedSoc(),
                run.mainLimit().text());
    }

    static List<Map.Entry<LimitRule, Double>> longestFirst(Map<LimitRule, Double> heldS) {
        List<Map.Entry<LimitRule, Double>> rows = new ArrayList<>(heldS.entrySet());
        rows.sort(Map.Entry.<LimitRule, Double>comparingByValue(Comparator.reverseOrder())
                .thenComparing(Map.Entry.comparingByKey()));
        return rows;
    }
}
