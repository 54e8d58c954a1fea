package io.github.bms4j.examples;

import io.github.bms4j.sim.replay.RecordingFinding;
import io.github.bms4j.sim.replay.ReplayTrace;
import io.github.bms4j.sim.replay.SocScore;
import io.github.bms4j.sim.report.Chart;
import io.github.bms4j.sim.report.HtmlReport;
import io.github.bms4j.sim.report.Hue;
import io.github.bms4j.sim.report.LineStyle;
import io.github.bms4j.sim.report.LineStyle.Shape;
import io.github.bms4j.sim.trace.Trace;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.IntToDoubleFunction;

/** The page of one replay: figures, SOC and its error with the band, then what the estimator works with. */
final class EstimateReport {
    private final EstimateResult result;
    private final Trace trace;
    private final int[] rows;
    private final double[] timeS;

    private EstimateReport(EstimateResult result) {
        this.result = result;
        this.trace = result.trace();
        this.rows = rising(trace);
        this.timeS = column(row -> trace.get(ReplayTrace.TIME_S, row));
    }

    /** The rows whose time comes after those before: a chart's x must not fall. */
    private static int[] rising(Trace trace) {
        int[] rows = new int[trace.rows()];
        int n = 0;
        double last = Double.NEGATIVE_INFINITY;
        for (int row = 0; row < trace.rows(); row++) {
            double t = trace.get(ReplayTrace.TIME_S, row);
            if (t > last && t < Double.POSITIVE_INFINITY) {
                rows[n++] = row;
                last = t;
            }
        }
        return Arrays.copyOf(rows, n);
    }

    static HtmlReport of(EstimateResult result) {
        EstimateReport report = new EstimateReport(result);
        HtmlReport page = new HtmlReport("Estimate over a recording")
                .subtitle(format(
                        "%s on %s with %s",
                        result.estimator(),
                        result.recording().name(),
                        result.cell().name()));
        report.figures(page);
        page.section("State of charge").chart(report.soc());
        if (report.any(ReplayTrace.SOC_REF)) {
            page.chart(report.error());
        }
        page.section("Voltage").chart(report.voltage()).chart(report.residual());
        page.section("What the estimator works with").chart(report.resistance());
        if (report.any(ReplayTrace.CURRENT_BIAS_A)) {
            page.chart(report.bias());
        }
        page.chart(report.current());
        report.findings(page);
        return page;
    }

    private void figures(HtmlReport page) {
        SocScore score = result.score();
        page.figure(
                "End SOC",
                format("%.1f", 100 * result.last(ReplayTrace.SOC)),
                "%",
                format("± %.1f (1σ)", 100 * result.last(ReplayTrace.SOC_SIGMA)));
        if (score.rows() > 0) {
            page.figure(
                    "RMS error",
                    MatrixTable.points(score.error().rms()),
                    "points",
                    format(
                            "after %.0f s, from a start %+.1f points off",
                            result.scoreAfterS(), 100 * score.startError()));
            page.figure(
                    "Largest error", MatrixTable.points(score.error().max()), "points", EstimateSummary.settled(score));
            page.figure(
                    "Within 3σ",
                    format("%.1f", 100 * score.band().coverage()),
                    "%",
                    format(
                            "%.1f %% with the reference's own ± %.1f points; mean σ %.2f",
                            100 * score.band().coverageWithTrust(),
                            100 * result.trust(),
                            100 * score.band().meanSigma()));
            page.figure(
                    "Counting",
                    MatrixTable.points(result.counting().error().rms()),
                    "points RMS",
                    "from the same start and readings");
        }
        page.figure("Rows", format("%d", trace.rows()), "", format("%d of them held", result.held()));
    }

    private Chart soc() {
        double[] soc = column(row -> 100 * trace.get(ReplayTrace.SOC, row));
        Chart chart = Chart.of("SOC, estimated and measured", "%")
                .note("The band is the estimator's own ±3σ.")
                .x(timeS)
                .series("estimated", soc, LineStyle.of(Hue.BLUE))
                .band(
                        "±3σ",
                        column(row -> Math.max(0.0, 100 * (trace.get(ReplayTrace.SOC, row) - sigmas(row)))),
                        column(row -> Math.min(100.0, 100 * (trace.get(ReplayTrace.SOC, row) + sigmas(row)))))
                .series(
                        "counted",
                        column(row -> 100 * trace.get(ReplayTrace.SOC_COUNTER, row)),
                        LineStyle.of(Hue.GREY));
        if (any(ReplayTrace.SOC_REF)) {
            chart.series("reference", column(row -> 100 * trace.get(ReplayTrace.SOC_REF, row)), dashed(Hue.INK));
        }
        return chart.yRange(0, 100).height(300);
    }

    private double sigmas(int row) {
        return 3.0 * trace.get(ReplayTrace.SOC_SIGMA, row);
    }

    private Chart error() {
        double[] error = column(row -> 100 * (trace.get(ReplayTrace.SOC, row) - trace.get(ReplayTrace.SOC_REF, row)));
        return Chart.of("Error, estimate less reference", "points")
                .note("Honest where the line stays inside the band: ±3σ and what the reference itself can be wrong.")
                .x(timeS)
                .series("error", error, LineStyle.of(Hue.RED))
                .band("±3σ and trust", column(row -> -100 * bound(row)), column(row -> 100 * bound(row)), Hue.BLUE);
    }

    /** Cut at what a wrong start can be, so that the first rows do not flatten the rest. */
    private double bound(int row) {
        return Math.min(0.25, sigmas(row) + trace.get(ReplayTrace.SOC_REF_TRUST, row));
    }

    private Chart voltage() {
        return Chart.of("Terminal voltage, read and expected", "V")
                .x(timeS)
                .series("read", column(row -> trace.get(ReplayTrace.VOLTAGE_V, row)), LineStyle.of(Hue.GREY))
                .series("expected", column(row -> trace.get(ReplayTrace.VOLTAGE_PRED_V, row)), LineStyle.of(Hue.BLUE));
    }

    private Chart residual() {
        return Chart.of("Residual, read less expected", "mV")
                .x(timeS)
                .series(
                        "residual",
                        column(row -> 1000
                                * (trace.get(ReplayTrace.VOLTAGE_V, row) - trace.get(ReplayTrace.VOLTAGE_PRED_V, row))),
                        LineStyle.of(Hue.ORANGE));
    }

    private Chart resistance() {
        return Chart.of("Ohmic resistance R0", "mΩ")
                .x(timeS)
                .series("R0", column(row -> 1000 * trace.get(ReplayTrace.R0_OHM, row)), LineStyle.of(Hue.PURPLE));
    }

    private Chart bias() {
        return Chart.of("Error of the current sensor, estimated", "mA")
                .x(timeS)
                .series(
                        "bias",
                        column(row -> 1000 * trace.get(ReplayTrace.CURRENT_BIAS_A, row)),
                        LineStyle.of(Hue.GREEN));
    }

    private Chart current() {
        return Chart.of("Current (positive discharging) and temperature", "A, °C")
                .x(timeS)
                .series("current, A", column(row -> trace.get(ReplayTrace.CURRENT_A, row)), LineStyle.of(Hue.BLUE))
                .series(
                        "temperature, °C",
                        column(row -> trace.get(ReplayTrace.TEMPERATURE_C, row)),
                        LineStyle.of(Hue.ORANGE));
    }

    private void findings(HtmlReport page) {
        if (result.findings().isEmpty()) {
            return;
        }
        page.section("What is wrong with the recording");
        page.table(
                "",
                List.of("kind", "where", "found", "expected", "rows"),
                result.findings().stream().map(EstimateReport::row).toList());
    }

    private static List<String> row(RecordingFinding finding) {
        return List.of(
                finding.kind().name(),
                finding.line() > 0 ? "line " + finding.line() : "whole file",
                finding.found(),
                finding.expected(),
                Integer.toString(finding.rows()));
    }

    private boolean any(int column) {
        for (int row : rows) {
            if (!Double.isNaN(trace.get(column, row))) {
                return true;
            }
        }
        return false;
    }

    private double[] column(IntToDoubleFunction value) {
        double[] values = new double[rows.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = value.applyAsDouble(rows[i]);
        }
        return values;
    }

    private static LineStyle dashed(Hue hue) {
        return LineStyle.of(hue).as(Shape.DASHED);
    }

    private static String format(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
