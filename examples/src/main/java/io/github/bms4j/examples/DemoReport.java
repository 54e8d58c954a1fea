package io.github.bms4j.examples;

import io.github.bms4j.can.gbt27930.GbtNode;
import io.github.bms4j.charge.PlanSlot;
import io.github.bms4j.limit.LimitRule;
import io.github.bms4j.sim.replay.SocScore;
import io.github.bms4j.sim.report.Chart;
import io.github.bms4j.sim.report.HtmlReport;
import io.github.bms4j.sim.report.Hue;
import io.github.bms4j.sim.report.LineStyle;
import io.github.bms4j.sim.report.LineStyle.Shape;
import io.github.bms4j.sim.report.SequenceChart;
import io.github.bms4j.sim.run.RunGuard;
import io.github.bms4j.sim.run.RunResult;
import io.github.bms4j.sim.run.RunSummary;
import io.github.bms4j.sim.run.RunTrace;
import io.github.bms4j.sim.station.SessionEntry;
import io.github.bms4j.sim.trace.Trace;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;
import org.jspecify.annotations.Nullable;

/** The demo's page: figures first, then the charts in the order of the control cycle, then the negotiation. */
final class DemoReport {
    private final RunResult result;
    private final RunSummary run;
    private final SocScore real;
    private final Trace trace;
    private final double[] timeS;

    private DemoReport(RunResult result, SocScore real) {
        this.result = result;
        this.run = result.summary();
        this.real = real;
        this.trace = result.trace();
        this.timeS = trace.column(RunTrace.TIME_S);
    }

    static HtmlReport of(RunResult result, SocScore real) {
        DemoReport demo = new DemoReport(result, real);
        HtmlReport page = new HtmlReport("A drive and a charge");
        demo.figures(page.subtitle(DemoText.title(result.scenario())));
        page.section("State of charge").chart(demo.soc());
        page.section("Charge current and what limited it").chart(demo.current());
        page.section("Plan and outcome").chart(demo.power()).chart(demo.planSoc());
        page.section("Cells").chart(demo.voltages()).chart(demo.temperatures());
        page.section("Negotiation").text(demo.negotiationText()).sequence(demo.negotiation());
        demo.causes(page.section("What held the power, and for how long"));
        demo.guard(page.section("Faults and contactors"));
        return page;
    }

    private void figures(HtmlReport page) {
        page.figure("Energy", format("%.1f", run.energyWh() / 1000), "kWh", "through the connector");
        page.figure("Charging", format("%.0f", run.flowS() / 60), "min", "first to last current");
        page.figure("Cost", format("%.2f", run.cost()), "", format("planned %.2f", run.plannedCost()));
        page.figure(
                "End SOC",
                format("%.1f", 100 * run.endSoc()),
                "%",
                format("± %.1f (1σ); true %.1f %%", 100 * run.endSocSigma(), 100 * run.endSocTrue()));
        page.figure("Goal", format("%.0f", 100 * run.targetSoc()), "%", DemoText.goal(run));
        page.figure(
                "Hottest cell",
                format("%.1f", run.highestDegC()),
                "°C",
                format(
                        "rated %.0f °C while charging",
                        result.scenario().battery().cell().rating().charge().maxDegC()));
        page.figure(
                "Highest cell",
                format("%.3f", run.highestV()),
                "V",
                format(
                        "rated %.3f V",
                        result.scenario().battery().cell().rating().maxV()));
        page.figure(
                "Outside a rating",
                Long.toString(run.brokenSteps()),
                "steps",
                format("of %,d of the true pack", run.plantSteps()));
        page.figure(
                "Faults",
                Integer.toString(run.guard().faultsSet()),
                "set",
                run.guard().standing() + " standing");
        if (real.rows() > 0) {
            page.figure(
                    "Real cell",
                    format("%.2f", 100 * real.error().rms()),
                    "points RMS",
                    format(
                            "the recording itself, start %.0f points wrong; %.0f %% within 3σ",
                            100 * Math.abs(real.startError()), 100 * real.band().coverage()));
        }
    }

    private Chart soc() {
        double[] soc = column(RunTrace.SOC, v -> 100 * v);
        double[] low = new double[soc.length];
        double[] high = new double[soc.length];
        for (int i = 0; i < soc.length; i++) {
            double sigma = 100 * trace.get(RunTrace.SOC_SIGMA, i);
            low[i] = Math.max(0.0, soc[i] - 3 * sigma);
            high[i] = Math.min(100.0, soc[i] + 3 * sigma);
        }
        return Chart.of("Pack SOC, estimated and true", "%")
                .note(format(
                        "The estimator was told %.0f %% at the start. The band is its own ±3σ.",
                        100 * result.scenario().drive().assumedSoc()))
                .x(timeS)
                .series("estimated", soc, LineStyle.of(Hue.BLUE))
                .band("±3σ", low, high)
                .series("true", column(RunTrace.SOC_TRUE, v -> 100 * v), dashed(Hue.INK))
                .yRange(0, 100)
                .height(280);
    }

    private Chart current() {
        List<String> names =
                Arrays.stream(LimitRule.values()).map(LimitRule::text).toList();
        int[] codes = new int[timeS.length];
        for (int i = 0; i < codes.length; i++) {
            double code = trace.get(RunTrace.CAUSE, i);
            codes[i] = Double.isNaN(code) ? -1 : (int) code;
        }
        int from = plugRow();
        return Chart.of("Charge current: allowed by the pack, asked, delivered", "A")
                .note("The strip says which rule kept the power from being higher.")
                .x(Arrays.copyOfRange(timeS, from, timeS.length))
                .series("allowed", tail(RunTrace.ALLOWED_A, from, v -> v), LineStyle.of(Hue.GREY))
                .series("asked", tail(RunTrace.ASKED_A, from, v -> v), LineStyle.of(Hue.ORANGE))
                .series("delivered", tail(RunTrace.CURRENT_A, from, v -> -v), LineStyle.of(Hue.BLUE))
                .states("limited by", Arrays.copyOfRange(codes, from, codes.length), names)
                .height(280);
    }

    private Chart power() {
        int from = plugRow();
        double[] x = Arrays.copyOfRange(timeS, from, timeS.length);
        double[] planned = planned(x, slot -> slot.powerW() / 1000);
        double[] price = planned(x, slot -> 100 * slot.pricePerKwh());
        return Chart.of("Power: first plan and outcome, with the price", "kW, ct/kWh")
                .x(x)
                .series("planned at the plug", planned, dashed(Hue.INK))
                .series("delivered", tail(RunTrace.POWER_W, from, v -> -v / 1000), LineStyle.of(Hue.BLUE))
                .series("price, ct/kWh", price, LineStyle.of(Hue.GREEN).as(Shape.STEP));
    }

    private Chart planSoc() {
        int from = plugRow();
        double[] x = Arrays.copyOfRange(timeS, from, timeS.length);
        double[] planned = new double[x.length];
        for (int i = 0; i < x.length; i++) {
            PlanSlot slot = slotAt(x[i]);
            planned[i] = slot == null
                    ? Double.NaN
                    : 100
                            * (slot.startSoc()
                                    + (slot.endSoc() - slot.startSoc()) * (x[i] - slot.startS()) / slot.durationS());
        }
        return Chart.of("SOC: first plan and outcome", "%")
                .x(x)
                .series("planned at the plug", planned, dashed(Hue.INK))
                .series("estimated", tail(RunTrace.SOC, from, v -> 100 * v), LineStyle.of(Hue.BLUE));
    }

    private Chart voltages() {
        double[] limit = new double[timeS.length];
        Arrays.fill(limit, result.scenario().battery().cell().rating().maxV());
        return Chart.of("True cell voltages, highest and lowest", "V")
                .x(timeS)
                .series("highest", column(RunTrace.CELL_V_MAX_TRUE, v -> v), LineStyle.of(Hue.ORANGE))
                .series("lowest", column(RunTrace.CELL_V_MIN_TRUE, v -> v), LineStyle.of(Hue.BLUE))
                .series("rated highest", limit, dashed(Hue.RED));
    }

    private Chart temperatures() {
        double[] limit = new double[timeS.length];
        Arrays.fill(limit, result.scenario().battery().cell().rating().charge().maxDegC());
        return Chart.of("True cell temperatures, hottest and coldest", "°C")
                .x(timeS)
                .series("hottest cell", column(RunTrace.TEMPERATURE_MAX_TRUE_C, v -> v), LineStyle.of(Hue.ORANGE))
                .series("coldest cell", column(RunTrace.TEMPERATURE_MIN_TRUE_C, v -> v), LineStyle.of(Hue.BLUE))
                .series("hottest sensor", column(RunTrace.TEMPERATURE_MAX_C, v -> v), LineStyle.of(Hue.GREY))
                .series("rated for charging", limit, dashed(Hue.RED));
    }

    private String negotiationText() {
        return format(
                "GB/T 27930-2015 over J1939, %,d frames on a simulated bus of 250 kbit/s; times from the plug-in. Repeats"
                        + " of a message are drawn once.",
                run.frames());
    }

    private SequenceChart negotiation() {
        SequenceChart chart = new SequenceChart("Messages between vehicle and station", "vehicle", "station");
        for (SessionEntry entry : result.session()) {
            chart.run(
                    entry.firstS() - result.plugS(),
                    entry.sender() == GbtNode.VEHICLE,
                    entry.message().name(),
                    entry.detail(),
                    entry.count(),
                    entry.meanPeriodMs());
        }
        return chart;
    }

    private void causes(HtmlReport page) {
        List<List<String>> rows = new ArrayList<>();
        for (Map.Entry<LimitRule, Double> held : DemoText.longestFirst(run.heldS())) {
            rows.add(List.of(
                    held.getKey().text(),
                    format("%.1f", held.getValue() / 60),
                    format("%.0f", 100 * held.getValue() / run.sessionS())));
        }
        page.table("Limits", List.of("rule", "min", "% of the session"), rows);
        List<List<String>> explained = new ArrayList<>();
        for (String line : run.guard().explained()) {
            explained.add(List.of(line));
        }
        page.table("Explained, every half hour", List.of("allowed for ten seconds"), explained);
    }

    private void guard(HtmlReport page) {
        RunGuard guard = run.guard();
        page.text(format(
                "Faults standing at the end: %s; set all along: %d. Contactors closed %d times; at the end %s.",
                guard.standing(), guard.faultsSet(), guard.closings(), guard.contactors()));
    }

    private interface SlotValue {
        double of(PlanSlot slot);
    }

    private double[] planned(double[] x, SlotValue value) {
        double[] y = new double[x.length];
        for (int i = 0; i < x.length; i++) {
            PlanSlot slot = slotAt(x[i]);
            y[i] = slot == null ? Double.NaN : value.of(slot);
        }
        return y;
    }

    private @Nullable PlanSlot slotAt(double atS) {
        for (PlanSlot slot : result.firstPlan().slots()) {
            if (atS >= slot.startS() && atS < slot.startS() + slot.durationS()) {
                return slot;
            }
        }
        return null;
    }

    private int plugRow() {
        int row = 0;
        while (row < timeS.length - 1 && timeS[row] < result.plugS()) {
            row++;
        }
        return row;
    }

    private double[] column(int column, DoubleUnaryOperator scale) {
        return tail(column, 0, scale);
    }

    private double[] tail(int column, int from, DoubleUnaryOperator scale) {
        double[] values = new double[timeS.length - from];
        for (int i = 0; i < values.length; i++) {
            values[i] = scale.applyAsDouble(trace.get(column, from + i));
        }
        return values;
    }

    private static LineStyle dashed(Hue hue) {
        return LineStyle.of(hue).as(Shape.DASHED);
    }

    private static String format(String text, Object... values) {
        return String.format(Locale.ROOT, text, values);
    }
}
