package io.github.bms4j.examples;

import io.github.bms4j.cell.CellType;
import io.github.bms4j.cell.ModelError;
import io.github.bms4j.cell.OcvCurve;
import io.github.bms4j.cell.RcBranch;
import io.github.bms4j.cell.ResistanceMap;
import io.github.bms4j.cell.fit.FileScore;
import io.github.bms4j.cell.fit.FitRecord;
import io.github.bms4j.cell.fit.FitResult;
import io.github.bms4j.sim.report.Chart;
import io.github.bms4j.sim.report.HtmlReport;
import io.github.bms4j.sim.report.Hue;
import io.github.bms4j.sim.report.LineStyle;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** The page of {@code bms fit}: residuals, curve with data, resistances, what is sure and what is not. */
final class FitPage {
    private static final double LABORATORY_DEG_C = 25.0;
    private static final int POINTS = 401;
    private static final double MOST_MISS_MV = 100.0;
    /** Near empty a resistance may be a hundred times that of the middle, which would hide all else. */
    private static final double MOST_OVER_MIDDLE = 4.0;

    private static final Hue[] HUES = {Hue.BLUE, Hue.ORANGE, Hue.GREEN, Hue.RED, Hue.GREY, Hue.INK};

    private final FitResult result;
    private final CellType cell;
    private final FitFindings findings;

    FitPage(FitResult result, FitFindings findings) {
        this.result = result;
        this.cell = result.cell();
        this.findings = findings;
    }

    HtmlReport make() {
        HtmlReport page = new HtmlReport("A fitted cell");
        page.subtitle(cell.name() + ", " + cell.chemistry());
        page.figure("Capacity", format("%.4f", cell.rating().capacityAh()), "Ah");
        page.figure(
                "Voltage",
                format("%.3g…%.3g", cell.rating().minV(), cell.rating().maxV()),
                "V");
        ModelError error = cell.error();
        for (int t = 0; t < error.temperatures().length; t++) {
            page.figure(
                    format("Error at %.1f °C", error.temperatures()[t]), format("%.1f", 1e3 * error.sigmas()[t]), "mV");
        }
        double mid = 1e3 * cell.circuit().r0().ohm(0.5, LABORATORY_DEG_C);
        page.figure(format("R0 at 50 %%, %.0f °C", LABORATORY_DEG_C), format("%.2f", mid), "mΩ");
        page.section("Files").table("Open-loop voltage residual, RMS mV", headers(), scoreRows());
        page.section("Residual").chart(misses());
        page.section("Open-circuit voltage").chart(curve());
        page.section("Resistances");
        if (!findings.unsupported().isEmpty()) {
            page.text("No data tell R0 at " + String.join("; ", findings.unsupported()) + ": it is what was expected.");
        }
        resistance(page, "R0", cell.circuit().r0());
        for (int b = 0; b < cell.circuit().branches().size(); b++) {
            RcBranch branch = cell.circuit().branches().get(b);
            resistance(page, format("R%d, time constant %.1f s", b + 1, branch.tauS()), branch.resistance());
        }
        page.section("How sure");
        page.text("Value ± σ from the inverse of the normal matrix; (held) lay on a bound.");
        page.table("Single parameters", List.of("parameter", "value", "unit"), findings.single());
        for (List<String> nodes : findings.nodes()) {
            List<String> headers = new ArrayList<>(List.of("parameter", "unit"));
            nodes.forEach(soc -> headers.add("at SOC " + soc));
            page.table("Over SOC", headers, findings.over(nodes));
        }
        texts(page, "On a bound", findings.bounds());
        texts(page, "Without data", findings.unsupported());
        texts(page, "Notes", result.notes());
        return page;
    }

    private static void texts(HtmlReport page, String heading, List<String> items) {
        page.section(heading);
        if (items.isEmpty()) {
            page.text("none");
        }
        for (String item : items) {
            page.text(item);
        }
    }

    private static List<String> headers() {
        return List.of("file", "kind", "°C", "rows", "start SOC", "all", "5...95 % SOC", "unseen");
    }

    private List<List<String>> scoreRows() {
        List<List<String>> rows = new ArrayList<>();
        for (FileScore s : result.scores()) {
            rows.add(List.of(
                    s.name(),
                    s.kind().name(),
                    format("%.1f", s.degC()),
                    Integer.toString(s.rows()),
                    format("%.3f", s.startSoc()),
                    FitReport.milli(s.rmsV()),
                    FitReport.milli(s.insideV()),
                    FitReport.milli(s.unseenV())));
        }
        return rows;
    }

    private Chart misses() {
        double[] soc = result.misses().isEmpty()
                ? new double[] {0.0, 1.0}
                : result.misses().get(0).socs();
        Chart chart = Chart.of("Measured less model, mean over half a point of SOC", "mV")
                .x("SOC", "%", times(soc, 100));
        if (result.misses().isEmpty()) {
            chart.series("no file", new double[soc.length]);
        }
        for (int k = 0; k < result.misses().size(); k++) {
            FitResult.Miss miss = result.misses().get(k);
            double[] missMv = cut(times(miss.volts(), 1e3), -MOST_MISS_MV, MOST_MISS_MV);
            chart.series(miss.name(), missMv, style(k));
        }
        return chart.height(280).note(format("What lies beyond ±%.0f mV is not drawn.", MOST_MISS_MV));
    }

    /** Colours in turn, then once more dashed. */
    private static LineStyle style(int k) {
        LineStyle line = LineStyle.of(HUES[k % HUES.length]);
        return k < HUES.length ? line : line.as(LineStyle.Shape.DASHED);
    }

    private static double[] cut(double[] values, double low, double high) {
        double[] kept = values.clone();
        for (int k = 0; k < kept.length; k++) {
            kept[k] = kept[k] >= low && kept[k] <= high ? kept[k] : Double.NaN;
        }
        return kept;
    }

    private OcvCurve ocv() {
        return cell.ocv();
    }

    private Chart curve() {
        OcvCurve ocv = ocv();
        double[] soc = grid();
        double[][] v = new double[3][soc.length];
        for (int k = 0; k < soc.length; k++) {
            double gap = ocv.hysteresis().halfGapV(soc[k]);
            v[0][k] = ocv.v(soc[k], ocv.referenceDegC());
            v[1][k] = v[0][k] - gap;
            v[2][k] = v[0][k] + gap;
        }
        Chart chart = Chart.of(
                        format("Open-circuit voltage at %.0f °C, between its branches", ocv.referenceDegC()), "V")
                .x("SOC", "%", times(soc, 100))
                .series("middle", v[0], LineStyle.of(Hue.BLUE))
                .band("branches", v[1], v[2]);
        int drawn = 1;
        for (FitResult.Miss miss : result.misses()) {
            if (slow(miss.name())) {
                LineStyle dots =
                        LineStyle.of(HUES[drawn % HUES.length]).width(1.25).as(LineStyle.Shape.POINTS);
                chart.series(miss.name(), measured(miss, soc, v[0]), dots);
                drawn++;
            }
        }
        return chart.height(360).note("Dots: slow runs less the polarisation, hysteresis and entropy of the model.");
    }

    private boolean slow(String name) {
        return result.scores().stream()
                .anyMatch(s -> s.kind() == FitRecord.Kind.OCV && s.name().equals(name));
    }

    /** The curve and what a file was off it, at those of the points that lie nearest to the centre of a step of the file. */
    private static double[] measured(FitResult.Miss miss, double[] soc, double[] v) {
        double[] stepSoc = miss.socs();
        double[] missV = miss.volts();
        double[] dots = new double[soc.length];
        Arrays.fill(dots, Double.NaN);
        for (int k = 0; k < stepSoc.length; k++) {
            int at = (int) Math.round(stepSoc[k] * (soc.length - 1));
            dots[at] = v[at] + missV[k];
        }
        return dots;
    }

    private static void resistance(HtmlReport page, String title, ResistanceMap map) {
        double[] soc = grid();
        Chart chart =
                Chart.of(title, "mΩ").x("SOC", "%", times(soc, 100)).yRange(0.0, 1e3 * map.ohm(0.5, LABORATORY_DEG_C));
        double[] degC = map.temperatures();
        double mostMohm = 0.0;
        for (double at : degC) {
            mostMohm = Math.max(mostMohm, MOST_OVER_MIDDLE * 1e3 * map.ohm(0.5, at));
        }
        boolean beyond = false;
        for (int t = 0; t < degC.length; t++) {
            double[] ohm = new double[soc.length];
            for (int k = 0; k < soc.length; k++) {
                ohm[k] = 1e3 * map.ohm(soc[k], degC[t]);
                beyond |= ohm[k] > mostMohm;
            }
            chart.series(format("%.1f °C", degC[t]), cut(ohm, 0.0, mostMohm), style(t));
        }
        page.chart(beyond ? chart.note(format("Above %.3g mΩ it is not drawn.", mostMohm)) : chart);
    }

    private static double[] grid() {
        double[] soc = new double[POINTS];
        for (int k = 0; k < POINTS; k++) {
            soc[k] = k / (POINTS - 1.0);
        }
        return soc;
    }

    private static double[] times(double[] values, double factor) {
        double[] scaled = new double[values.length];
        for (int k = 0; k < scaled.length; k++) {
            scaled[k] = factor * values[k];
        }
        return scaled;
    }

    private static String format(String text, Object... values) {
        return String.format(Locale.ROOT, text, values);
    }
}
