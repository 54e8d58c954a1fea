package io.github.bms4j.sim.report;

import io.github.bms4j.num.Check;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A chart of one or more series over time or over another quantity.
 *
 * <pre>
 * Chart.of("State of charge", "%")
 *         .x(timeS)
 *         .series("estimated", soc)
 *         .band("±3σ", low, high)
 *         .series("true", socTrue, LineStyle.of(Hue.INK).as(LineStyle.Shape.DASHED))
 *         .states("limited by", codes, names);
 * </pre>
 *
 * <p>All charts of a page over the same x (time, or the same label and unit) share one cursor and one zoom. A value that is
 * NaN or infinite is a gap. At most {@value #MOST_ROWS} rows are shown: longer columns keep each bucket's extremes, with
 * their own x.
 *
 * <p>The arrays are kept, not copied; do not change them before the page is written.
 */
public final class Chart implements Part {
    static final int MOST_ROWS = 4000;
    private static final int MOST_RUNS = 2000;

    private final String title;
    final String unit;
    final List<Line> lines = new ArrayList<>();
    double[] x = {};

    @Nullable
    String xLabel;

    String xUnit = "";
    double clockS = Double.NaN;
    double minY = Double.NaN;
    double maxY = Double.NaN;
    private String note = "";
    int heightPx = 220;
    private int hueless;
    private int bandEdges;

    @Nullable
    StateStrip strip;

    enum Role {
        SERIES,
        BAND_LOW,
        BAND_HIGH
    }

    static final class Line {
        final String name;
        final double[] values;
        final LineStyle style;
        final Role role;

        Line(String name, double[] values, LineStyle style, Role role) {
            this.name = name;
            this.values = values;
            this.style = style;
            this.role = role;
        }
    }

    private Chart(String title, String unit) {
        this.title = title;
        this.unit = unit;
    }

    /**
     * A chart without data.
     *
     * @param unit the unit of its series, empty for none
     */
    public static Chart of(String title, String unit) {
        return new Chart(title, unit);
    }

    /**
     * The time of each row in s since the start, finite and never falling; comes before the series.
     *
     * @throws IllegalArgumentException otherwise
     */
    public Chart x(double[] timeS) {
        x = ascending("timeS", timeS);
        return this;
    }

    /**
     * Another quantity than time: finite and never falling; comes before the series.
     *
     * @throws IllegalArgumentException otherwise
     */
    public Chart x(String label, String unit, double[] values) {
        x = ascending(label, values);
        xLabel = label;
        xUnit = unit;
        return this;
    }

    /**
     * Labels the time axis with the time of day instead of the time since the start.
     *
     * @param secondOfDay time of day at time 0, in s, within [0, 86 400]
     * @throws IllegalArgumentException otherwise
     */
    public Chart startsAt(double secondOfDay) {
        clockS = Check.within("secondOfDay", secondOfDay, 0.0, 86_400.0);
        return this;
    }

    /** Adds a series in the next free colour. */
    public Chart series(String name, double[] values) {
        return series(name, values, LineStyle.of(Hue.ofSeries(hueless++)));
    }

    /**
     * Adds a series.
     *
     * @throws IllegalArgumentException if it is not as long as x
     */
    public Chart series(String name, double[] values, LineStyle style) {
        checkLength(name, values.length);
        lines.add(new Line(name, values, style, Role.SERIES));
        return this;
    }

    /** Adds a shaded band in the colour of the series added last. */
    public Chart band(String name, double[] low, double[] high) {
        return band(
                name,
                low,
                high,
                lines.isEmpty() ? Hue.BLUE : lines.get(lines.size() - 1).style.hue());
    }

    /**
     * Adds a shaded band; bands lie below all series.
     *
     * @throws IllegalArgumentException if an edge is not as long as x
     */
    public Chart band(String name, double[] low, double[] high, Hue hue) {
        checkLength(name, low.length);
        checkLength(name, high.length);
        lines.add(bandEdges++, new Line(name, low, LineStyle.of(hue), Role.BAND_LOW));
        lines.add(bandEdges++, new Line(name, high, LineStyle.of(hue), Role.BAND_HIGH));
        return this;
    }

    /**
     * Adds a coloured strip along the x axis that says which state held when.
     *
     * @param codes index into {@code names} for each row; any other code shows nothing
     * @throws IllegalArgumentException if the codes are not as many as x
     */
    public Chart states(String title, int[] codes, List<String> names) {
        checkLength(title, codes.length);
        strip = new StateStrip(title, names, codes, MOST_RUNS);
        return this;
    }

    /**
     * Makes the y axis hold at least this range; it grows if the data need more.
     *
     * @throws IllegalArgumentException unless both are finite and min is less than max
     */
    public Chart yRange(double min, double max) {
        Check.finite("min", min);
        Check.finite("max", max);
        if (min >= max) {
            throw new IllegalArgumentException("max (" + max + ") must exceed min (" + min + ")");
        }
        minY = min;
        maxY = max;
        return this;
    }

    /**
     * Sets the height of the plot.
     *
     * @param px in CSS pixels, within [120, 800]; 220 unless told
     */
    public Chart height(int px) {
        heightPx = (int) Check.within("height", px, 120, 800);
        return this;
    }

    /** Adds a sentence below the title: what to look for. */
    public Chart note(String text) {
        note = text;
        return this;
    }

    @Override
    public void appendTo(Markup page) {
        page.raw("<section class=\"card chart\">\n<header><h3>").text(title);
        if (!unit.isEmpty()) {
            page.raw(" <span class=\"unit\">").text(unit).raw("</span>");
        }
        page.raw("</h3></header>\n");
        if (!note.isEmpty()) {
            page.raw("<p class=\"note\">").text(note).raw("</p>\n");
        }
        page.raw("<div class=\"plot\" role=\"img\" aria-label=\"").text(title).raw("\"></div>\n");
        page.raw("<script type=\"application/json\">");
        ChartJson.append(page, this);
        page.raw("</script>\n</section>\n");
    }

    private void checkLength(String name, int length) {
        if (length != x.length) {
            throw new IllegalArgumentException(name + " of chart \"" + title + "\" must have as many values as x ("
                    + x.length + ") but has " + length);
        }
    }

    private double[] ascending(String name, double[] values) {
        if (!lines.isEmpty() || strip != null) {
            throw new IllegalStateException("x of chart \"" + title + "\" comes before its series");
        }
        double last = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < values.length; i++) {
            if (!Double.isFinite(values[i]) || values[i] < last) {
                throw new IllegalArgumentException(name + " of chart \"" + title
                        + "\" must be finite and never fall but value " + i + " is " + values[i] + " after " + last);
            }
            last = values[i];
        }
        return values;
    }
}
