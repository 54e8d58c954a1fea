package io.github.bms4j.examples;

import io.github.bms4j.charge.ArrivalForecast;
import io.github.bms4j.charge.ChargePlan;
import io.github.bms4j.charge.PlanCost;
import io.github.bms4j.charge.PlanRequest;
import io.github.bms4j.charge.PlanSlot;
import io.github.bms4j.limit.LimitRule;
import io.github.bms4j.sim.report.Chart;
import io.github.bms4j.sim.report.HtmlReport;
import io.github.bms4j.sim.report.Hue;
import io.github.bms4j.sim.report.LineStyle;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** One page for a plan: what it costs, power, price and SOC over time, and why not more. */
final class PlanReport {
    private final ChargePlan plan;
    /** Both ends of every slot, so that a slot is drawn as a step. */
    private final double[] timeS;

    private PlanReport(ChargePlan plan) {
        this.plan = plan;
        timeS = new double[2 * plan.slots().size()];
        for (int k = 0; k < plan.slots().size(); k++) {
            PlanSlot slot = plan.slots().get(k);
            timeS[2 * k] = slot.startS();
            timeS[2 * k + 1] = slot.startS() + slot.durationS() - 1e-3;
        }
    }

    static HtmlReport of(PlanText text, PlanRequest request, ChargePlan plan) {
        PlanCost cost = plan.cost();
        ArrivalForecast arrival = plan.arrival();
        HtmlReport page = new HtmlReport("Charge plan")
                .subtitle(
                        "Schedule " + plan.schedule() + " of " + request.offer().source())
                .figure("SOC at departure", PlanText.format("%.1f", 100 * plan.endSoc()), "%", "expected")
                .figure(
                        "With 90 % probability",
                        PlanText.format("%.1f", 100 * arrival.soc90()),
                        "%",
                        PlanText.format("or more; target with %.0f %%", 100 * arrival.targetProbability()))
                .figure("Energy", PlanText.format("%.2f", plan.energyWh() / 1000), "kWh", starts(plan) + heat(plan))
                .figure("Cost", PlanText.format("%.2f", cost.total()), "", costs(cost));
        if (plan.slots().isEmpty()) {
            return page.text("Departure has passed: there is nothing to plan.");
        }
        PlanReport report = new PlanReport(plan);
        page.chart(report.power()).chart(report.soc()).chart(report.price()).chart(report.temperature());
        return page.table("Slots", List.of("from", "min", "kW", "SOC %", "°C", "cost", "because"), rows(text, plan));
    }

    private static String starts(ChargePlan plan) {
        return plan.starts() == 1 ? "1 start" : plan.starts() + " starts";
    }

    private static String heat(ChargePlan plan) {
        return plan.heats()
                ? PlanText.format(
                        "; %.2f kWh of it heat the pack to %.1f °C", plan.heaterWh() / 1000.0, plan.heatToDegC())
                : "";
    }

    private static String costs(PlanCost cost) {
        return PlanText.format(
                        "energy %.2f, CO₂ %.2f, ageing %.2f, missed %.2f",
                        cost.energy(), cost.co2(), cost.ageing(), cost.missed())
                + (cost.time() > 0.0 ? PlanText.format(", time %.2f", cost.time()) : "");
    }

    private Chart power() {
        List<LimitRule> rules =
                plan.slots().stream().map(PlanSlot::cause).distinct().toList();
        int[] codes = new int[timeS.length];
        for (int i = 0; i < codes.length; i++) {
            codes[i] = rules.indexOf(plan.slots().get(i / 2).cause());
        }
        Chart chart = Chart.of("Power at the connector", "kW")
                .note("Below zero it is given back. The strip says why the power is not higher.")
                .x(timeS)
                .series("power", column(slot -> slot.powerW() / 1000.0), LineStyle.of(Hue.BLUE));
        if (plan.heats()) {
            chart.series("heater's share", column(slot -> slot.heaterW() / 1000.0), LineStyle.of(Hue.RED));
        }
        return chart.states(
                "because", codes, rules.stream().map(LimitRule::text).toList());
    }

    private Chart soc() {
        double[] soc = new double[timeS.length];
        for (int i = 0; i < soc.length; i++) {
            PlanSlot slot = plan.slots().get(i / 2);
            soc[i] = 100.0 * (i % 2 == 0 ? slot.startSoc() : slot.endSoc());
        }
        double[] sure = new double[timeS.length];
        Arrays.fill(sure, 100.0 * plan.arrival().soc90());
        return Chart.of("SOC", "%")
                .x(timeS)
                .series("planned", soc, LineStyle.of(Hue.BLUE))
                .series("at departure with 90 %", sure, LineStyle.of(Hue.GREY).as(LineStyle.Shape.DASHED))
                .yRange(0, 100);
    }

    private Chart price() {
        return Chart.of("Price", "per kWh")
                .x(timeS)
                .series("price", column(PlanSlot::pricePerKwh), LineStyle.of(Hue.ORANGE));
    }

    private Chart temperature() {
        return Chart.of("Hottest cell", "°C")
                .x(timeS)
                .series("at the end of a slot", column(PlanSlot::temperatureDegC), LineStyle.of(Hue.RED));
    }

    private double[] column(ToDoubleFunction<PlanSlot> value) {
        double[] values = new double[timeS.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = value.applyAsDouble(plan.slots().get(i / 2));
        }
        return values;
    }

    private static List<List<String>> rows(PlanText text, ChargePlan plan) {
        List<List<String>> rows = new ArrayList<>();
        for (PlanSlot slot : plan.slots()) {
            rows.add(List.of(
                    text.time(slot.startS()),
                    PlanText.format("%.0f", slot.durationS() / 60.0),
                    PlanText.format("%.2f", slot.powerW() / 1000.0),
                    PlanText.format("%.1f", 100.0 * slot.endSoc()),
                    PlanText.format("%.1f", slot.temperatureDegC()),
                    PlanText.format("%.3f", slot.cost().total()),
                    slot.cause().text()));
        }
        return rows;
    }
}
