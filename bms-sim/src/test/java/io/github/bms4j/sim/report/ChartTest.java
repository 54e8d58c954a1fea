package io.github.bms4j.sim.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

class ChartTest {
    private static final double[] X = {0, 1, 2, 3};
    private static final double[] Y = {0.5, 0.25, Double.NaN, Double.POSITIVE_INFINITY};

    private static String markup(Chart chart) {
        Markup page = new Markup();
        chart.appendTo(page);
        return page.toString();
    }

    /** What the browser reads; JSON is a subset of YAML. */
    @SuppressWarnings("unchecked")
    private static Map<String, Object> spec(Chart chart) {
        String markup = markup(chart);
        String open = "<script type=\"application/json\">";
        String json = markup.substring(markup.indexOf(open) + open.length(), markup.indexOf("</script>"));
        return (Map<String, Object>)
                Objects.requireNonNull(new Load(LoadSettings.builder().build()).loadFromString(json));
    }

    @SuppressWarnings("unchecked")
    private static List<List<Object>> rows(Chart chart, String key) {
        return (List<List<Object>>) Objects.requireNonNull(spec(chart).get(key));
    }

    @SuppressWarnings("unchecked")
    private static List<Map<String, Object>> lines(Chart chart) {
        return (List<Map<String, Object>>) Objects.requireNonNull(spec(chart).get("lines"));
    }

    @Test
    void embedsTheDataWithGapsAsNull() {
        Chart chart = Chart.of("Power", "kW").x(X).series("asked", Y);
        assertEquals(
                Arrays.asList(Arrays.asList(0, 1, 2, 3), Arrays.asList(0.5, 0.25, null, null)), rows(chart, "data"));
        assertEquals("kW", spec(chart).get("unit"));
        assertTrue(markup(chart).contains("<h3>Power <span class=\"unit\">kW</span></h3>"));
    }

    @Test
    void bandsLieBelowAllSeriesInTheColourOfTheSeriesBefore() {
        Chart chart = Chart.of("SOC", "%")
                .x(X)
                .series("a", Y)
                .series("b", Y)
                .band("±3σ", X, Y)
                .series("c", Y);
        List<Map<String, Object>> lines = lines(chart);
        assertEquals(
                List.of(
                        "±3σ BAND_LOW orange",
                        "±3σ BAND_HIGH orange",
                        "a SERIES blue",
                        "b SERIES orange",
                        "c SERIES green"),
                lines.stream()
                        .map(l -> l.get("name") + " " + l.get("role") + " " + l.get("hue"))
                        .toList());
        assertEquals(rows(chart, "data").get(0), rows(chart, "data").get(1), "low edge first");
        assertEquals(
                Map.of("name", "x", "role", "BAND_LOW", "hue", "blue", "width", 1.75, "shape", "LINE"),
                lines(Chart.of("", "").x(X).band("x", X, X)).get(0));
    }

    @Test
    void severalBandsKeepTheirOrder() {
        Chart chart =
                Chart.of("", "").x(X).series("a", Y).band("1", X, X, Hue.SKY).band("2", X, X, Hue.GREY);
        assertEquals(
                List.of("1", "1", "2", "2", "a"),
                lines(chart).stream().map(l -> l.get("name")).toList());
    }

    @Test
    void drawsASeriesInItsStyle() {
        LineStyle style = LineStyle.of(Hue.RED).width(2.5).as(LineStyle.Shape.DASHED_STEP);
        Chart chart = Chart.of("Limit", "A").x(X).series("limit", Y, style).series("next", Y);
        assertEquals(
                Map.of("name", "limit", "role", "SERIES", "hue", "red", "width", 2.5, "shape", "DASHED_STEP"),
                lines(chart).get(0));
        assertEquals("blue", lines(chart).get(1).get("hue"), "a given colour uses up none");
        assertThrows(IllegalArgumentException.class, () -> style.width(0.4));
    }

    @Test
    void statesAreRunsOfEqualCodes() {
        Chart chart = Chart.of("", "")
                .x(new double[] {0, 10, 20, 30, 40, 50})
                .states("limited by", new int[] {1, 1, 0, 7, 7, -3}, List.of("plan", "</script>"));
        assertEquals(
                Map.of(
                        "title", "limited by",
                        "names", List.of("plan", "</script>"),
                        "at", List.of(0, 20, 30, 50),
                        "code", List.of(1, 0, -1, -1)),
                spec(chart).get("states"));
    }

    @Test
    void manyShortStatesBecomeTheMostFrequentOfEachBucket() {
        int n = 40_000;
        double[] x = new double[n];
        int[] codes = new int[n];
        for (int i = 0; i < n; i++) {
            x[i] = i;
            codes[i] = i < n / 2 ? (i % 4 == 0 ? 1 : 0) : (i % 4 == 0 ? 0 : 5);
        }
        Chart chart = Chart.of("", "").x(x).states("s", codes, List.of("a", "b"));
        assertEquals(
                Map.of("title", "s", "names", List.of("a", "b"), "at", List.of(0, n / 2), "code", List.of(0, -1)),
                spec(chart).get("states"));
    }

    @Test
    void longColumnsAreThinnedButKeepTheirExtremes() {
        int n = 100_000;
        double[] x = new double[n];
        double[] y = new double[n];
        for (int i = 0; i < n; i++) {
            x[i] = i;
        }
        y[77_777] = 9.0;
        Chart chart = Chart.of("", "").x(x).series("y", y);
        List<List<Object>> data = rows(chart, "data");
        assertTrue(data.get(0).size() <= Chart.MOST_ROWS && data.get(0).size() > Chart.MOST_ROWS / 3);
        assertEquals(77_777, data.get(0).get(data.get(1).indexOf(9)));
        assertTrue(markup(chart).length() < 60_000, "compact");
    }

    @Test
    void tellsTheAxes() {
        Chart time = Chart.of("T", "")
                .x(X)
                .startsAt(79_200)
                .yRange(-1, 2.5)
                .height(300)
                .note("<look>");
        Map<String, Object> spec = spec(time);
        Map<String, Object> timeAxis = new HashMap<>(Map.of("unit", "", "decimals", 3, "clock", 79_200));
        timeAxis.put("label", null);
        assertEquals(timeAxis, spec.get("x"));
        assertEquals(List.of(-1, 2.5, 300), List.of(spec.get("min"), spec.get("max"), spec.get("height")));
        assertTrue(markup(time).contains("<p class=\"note\">&lt;look&gt;</p>"));
        assertFalse(markup(time).contains("class=\"unit\""));

        Map<String, Object> other = spec(Chart.of("OCV", "V").x("SOC", "%", X));
        Map<String, Object> axis = new HashMap<>(Map.of("unit", "%", "label", "SOC", "decimals", 3));
        axis.put("clock", null);
        assertEquals(axis, other.get("x"));
        assertEquals(
                Arrays.asList(null, null, 220), Arrays.asList(other.get("min"), other.get("max"), other.get("height")));
        assertFalse(markup(Chart.of("OCV", "V")).contains("class=\"note\""));
    }

    @ParameterizedTest(name = "{0} to {1} in {2} steps: {3} decimals")
    @CsvSource({
        "0, 100, 400, 1",
        "0, 400, 400, 0",
        "3.0, 4.2, 400, 3",
        "0, 62, 400, 1",
        "-5, 5, 4000, 3",
        "7, 7, 400, 2",
        "0, 0, 400, 0",
        "0, 1e-12, 400, 9",
        "0, 1e12, 400, 0",
        "NaN, NaN, 400, 0"
    })
    void choosesDecimalsByTheRange(double min, double max, double steps, int decimals) {
        assertEquals(decimals, ChartJson.decimals(List.of(new double[] {min, Double.NaN}, new double[] {max}), steps));
    }

    @Test
    void refusesColumnsThatDoNotFitAndTimeThatFalls() {
        Chart chart = Chart.of("Power", "kW").x(X);
        Exception e = assertThrows(IllegalArgumentException.class, () -> chart.series("asked", new double[3]));
        assertTrue(e.toString().contains("asked") && e.toString().contains("Power"), e.toString());
        assertThrows(IllegalArgumentException.class, () -> chart.band("b", new double[3], X));
        assertThrows(IllegalArgumentException.class, () -> chart.band("b", X, new double[5]));
        assertThrows(IllegalArgumentException.class, () -> chart.states("s", new int[3], List.of()));
        assertThrows(IllegalArgumentException.class, () -> Chart.of("", "").x(new double[] {0, 2, 1}));
        assertThrows(IllegalArgumentException.class, () -> Chart.of("", "").x(new double[] {0, Double.NaN}));
        assertThrows(
                IllegalArgumentException.class,
                () -> Chart.of("", "").x("SOC", "%", new double[] {Double.POSITIVE_INFINITY}));
        assertEquals(
                2, rows(Chart.of("", "").x(new double[] {1, 1}), "data").get(0).size(), "equal times are fine");
    }

    @Test
    void refusesAnXThatComesLate() {
        assertThrows(
                IllegalStateException.class,
                () -> Chart.of("", "").x(X).series("y", Y).x(X));
        assertThrows(
                IllegalStateException.class,
                () -> Chart.of("", "")
                        .x(X)
                        .states("s", new int[4], List.of("a"))
                        .x(X));
    }

    @Test
    void refusesSettingsOutOfRange() {
        Chart chart = Chart.of("", "");
        assertThrows(IllegalArgumentException.class, () -> chart.yRange(1, 1));
        assertThrows(IllegalArgumentException.class, () -> chart.yRange(Double.NaN, 1));
        assertThrows(IllegalArgumentException.class, () -> chart.yRange(0, Double.NaN));
        assertThrows(IllegalArgumentException.class, () -> chart.height(119));
        assertThrows(IllegalArgumentException.class, () -> chart.startsAt(86_401));
    }
}
