package io.github.bms4j.sim.report;

import java.util.List;

/** What {@code report.js} reads of a {@link Chart}: axes, lines, strip, and the thinned columns in as few digits as show. */
final class ChartJson {
    /** A live value is read this finely over the range of its chart. */
    private static final double STEPS_READ = 400.0;
    /** A line is drawn this finely, well below a pixel. */
    private static final double STEPS_DRAWN = 4000.0;

    private ChartJson() {}

    static void append(Markup page, Chart chart) {
        List<double[]> columns = chart.lines.stream().map(line -> line.values).toList();
        int[] rows = Thinning.rows(chart.x.length, columns, Chart.MOST_ROWS);
        int xDecimals = decimals(List.of(chart.x), 20.0 * STEPS_DRAWN);
        int yDecimals = decimals(columns, STEPS_DRAWN);
        page.raw("{\"unit\":").jsonString(chart.unit);
        page.raw(",\"decimals\":" + decimals(columns, STEPS_READ));
        page.raw(",\"height\":" + chart.heightPx);
        page.raw(",\"min\":").jsonNumber(chart.minY, 9).raw(",\"max\":").jsonNumber(chart.maxY, 9);
        page.raw(",\"x\":{\"label\":");
        String xLabel = chart.xLabel;
        if (xLabel == null) {
            page.raw("null");
        } else {
            page.jsonString(xLabel);
        }
        page.raw(",\"unit\":").jsonString(chart.xUnit);
        page.raw(",\"decimals\":" + decimals(List.of(chart.x), STEPS_READ));
        page.raw(",\"clock\":").jsonNumber(chart.clockS, 3).raw("},\n\"lines\":[");
        for (int i = 0; i < chart.lines.size(); i++) {
            appendLine(page.raw(i == 0 ? "" : ","), chart.lines.get(i));
        }
        page.raw("]");
        StateStrip strip = chart.strip;
        if (strip != null) {
            page.raw(",\n\"states\":");
            strip.appendTo(page, chart.x, xDecimals);
        }
        page.raw(",\n\"data\":[");
        appendColumn(page, chart.x, rows, xDecimals);
        for (double[] column : columns) {
            appendColumn(page.raw(",\n"), column, rows, yDecimals);
        }
        page.raw("]}");
    }

    private static void appendLine(Markup page, Chart.Line line) {
        LineStyle style = line.style;
        page.raw("{\"name\":").jsonString(line.name);
        page.raw(",\"role\":\"" + line.role.name() + "\",\"hue\":\""
                + style.hue().key() + "\",\"width\":");
        page.jsonNumber(style.widthPx(), 2).raw(",\"shape\":\"" + style.shape().name() + "\"}");
    }

    private static void appendColumn(Markup page, double[] column, int[] rows, int decimals) {
        page.raw("[");
        for (int i = 0; i < rows.length; i++) {
            page.raw(i == 0 ? "" : ",").jsonNumber(column[rows[i]], decimals);
        }
        page.raw("]");
    }

    /** How many decimals show the range of these values in at least so many steps. */
    static int decimals(List<double[]> columns, double steps) {
        double min = Double.POSITIVE_INFINITY;
        double max = Double.NEGATIVE_INFINITY;
        for (double[] column : columns) {
            for (double v : column) {
                if (Double.isFinite(v)) {
                    min = Math.min(min, v);
                    max = Math.max(max, v);
                }
            }
        }
        double span = max > min ? max - min : Math.abs(max);
        int decimals = 0;
        for (double step = 1.0;
                decimals < 9 && span > 0.0 && Double.isFinite(span) && step * steps > span;
                step /= 10.0) {
            decimals++;
        }
        return decimals;
    }
}
