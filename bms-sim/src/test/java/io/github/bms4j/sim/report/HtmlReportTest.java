package io.github.bms4j.sim.report;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HtmlReportTest {
    private static final String EVIL = "</script><script>alert('x')</script>\u2028&\"";

    private static byte[] bytes(HtmlReport report) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        report.writeTo(bytes);
        return bytes.toByteArray();
    }

    private static String page(HtmlReport report) throws IOException {
        return new String(bytes(report), StandardCharsets.UTF_8);
    }

    private static String body(HtmlReport report) throws IOException {
        String page = page(report);
        return page.substring(page.indexOf("<main>\n") + 7, page.indexOf("</main>"));
    }

    private static HtmlReport everything(String text) {
        double[] x = {0, 1, 2};
        return new HtmlReport(text)
                .subtitle(text)
                .figure(text, text, text, text)
                .section(text)
                .text(text)
                .chart(Chart.of(text, text)
                        .x(text, text, x)
                        .series(text, x)
                        .band(text, x, x)
                        .states(text, new int[3], List.of(text))
                        .note(text))
                .sequence(new SequenceChart(text, text, text)
                        .message(0, true, text, text)
                        .remark(1, text))
                .table(text, List.of(text), List.of(List.of(text)));
    }

    @Test
    void partsStandInTheirOrderAndNeighbouringFiguresShareARow() throws IOException {
        HtmlReport report = new HtmlReport("T")
                .figure("Energy", "41.2", "kWh")
                .figure("Time", "2 h", "", "early")
                .text("a < b")
                .section("Next")
                .figure("Cells", "96", "");
        assertEquals("""
                <dl class="figures">
                <div><dt>Energy</dt><dd>41.2 <span class="unit">kWh</span></dd></div>
                <div><dt>Time</dt><dd>2 h</dd><dd class="note">early</dd></div>
                </dl>
                <p>a &lt; b</p>
                <h2>Next</h2>
                <dl class="figures">
                <div><dt>Cells</dt><dd>96</dd></div>
                </dl>
                """, body(report));
    }

    @Test
    void setsColumnsOfNumbersToTheRight() throws IOException {
        HtmlReport report = new HtmlReport("T")
                .table("Limits", List.of("Cause", "Share"), List.of(List.of("plan", "4.5 %"), List.of("goal", "–")));
        assertEquals("""
                <section class="card table">
                <table>
                <caption>Limits</caption>
                <thead><tr><th scope="col">Cause</th><th class="number" scope="col">Share</th></tr></thead>
                <tbody>
                <tr><td>plan</td><td class="number">4.5 %</td></tr>
                <tr><td>goal</td><td class="number">–</td></tr>
                </tbody>
                </table>
                </section>
                """, body(report));
        assertFalse(body(new HtmlReport("T").table("", List.of("a"), List.of())).contains("caption"));
    }

    @ParameterizedTest(name = "[{0}] is a number: {1}")
    @CsvSource({
        "12, true",
        "-12.50, true",
        "−3, true",
        "'12\u202F402', true",
        "1e-9, true",
        "2:41, true",
        "25 °C, true",
        "< 0.1 %, true",
        "3.5 mΩ, true",
        "cell 12, false",
        "12 cells of 96, false",
        "0x12, false",
        "1.2.3.4, true",
        "–, false",
        "'', false",
    })
    void knowsNumbers(String cell, boolean number) throws IOException {
        String body = body(new HtmlReport("T").table("", List.of("h"), List.of(List.of(cell))));
        assertEquals(number, body.contains("<td class=\"number\">"));
    }

    @Test
    void refusesARaggedTable() {
        HtmlReport report = new HtmlReport("T");
        List<List<String>> rows = List.of(List.of("1", "2"), List.of("3"));
        Exception e =
                assertThrows(IllegalArgumentException.class, () -> report.table("Limits", List.of("a", "b"), rows));
        assertTrue(e.toString().contains("row 1") && e.toString().contains("Limits"), e.toString());
    }

    @Test
    void escapesEveryText() throws IOException {
        String page = page(everything(EVIL));
        assertFalse(page.contains("<script>alert"));
        String data = page.substring(page.indexOf("<script type"), page.indexOf("</script>"));
        assertTrue(data.contains("\\u2028") && !data.contains("\u2028"), data);
        assertTrue(page.contains("<h1>&lt;/script&gt;&lt;script&gt;alert(&#39;x&#39;)"));
        assertEquals(3, page.split("</script>", -1).length - 1, "the chart's data, uPlot, and our own script");
    }

    @Test
    void asksNobodyForAnything() throws IOException {
        String page = page(everything("x"));
        String withoutLicence = page.replace("/*! https://github.com/leeoniya/uPlot (v1.6.32) */", "")
                .replace("\"http://www.w3.org/2000/svg\"", "");
        assertFalse(withoutLicence.matches("(?s).*https?://.*"), "no address of any kind");
        for (String loads : List.of("src=", "<link", "@import", "url(", "fetch(", "XMLHttpRequest", "import(")) {
            assertFalse(page.contains(loads), loads);
        }
        assertTrue(
                page.contains("content=\"default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'\""));
    }

    @Test
    void carriesTheLicenceOfThePlotter() throws IOException {
        String page = page(new HtmlReport("T"));
        assertTrue(page.contains("The MIT License (MIT)") && page.contains("Copyright (c) 2022 Leon Sorokin"));
        assertTrue(page.contains("var uPlot=function()"));
    }

    @Test
    void theSameInputGivesTheSameBytesInEveryLocale() throws IOException {
        byte[] first = bytes(everything("±"));
        Locale before = Locale.getDefault();
        try {
            Locale.setDefault(Locale.forLanguageTag("tr-TR"));
            assertArrayEquals(first, bytes(everything("±")));
        } finally {
            Locale.setDefault(before);
        }
    }

    @Test
    void aTitleIsEnough() throws IOException {
        String page = page(new HtmlReport("A & B"));
        assertTrue(page.startsWith("<!DOCTYPE html>\n<html lang=\"en\">"));
        assertTrue(page.contains("<title>A &amp; B</title>") && page.contains("<h1>A &amp; B</h1>"));
        assertFalse(page.contains("<p class=\"subtitle\">"));
        assertTrue(page(new HtmlReport("T").subtitle("<s>")).contains("<p class=\"subtitle\">&lt;s&gt;</p>"));
    }

    @Test
    void writesAFile(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("out/report.html");
        everything("x").writeTo(file);
        assertArrayEquals(bytes(everything("x")), Files.readAllBytes(file));
    }

    @Test
    void everyHueHasAShadeForLightAndForDark() throws IOException {
        String page = page(new HtmlReport("T"));
        for (Hue hue : Hue.values()) {
            assertEquals(3, page.split("--" + hue.key() + ": #", -1).length, hue + " twice in the style sheet");
        }
    }
}
