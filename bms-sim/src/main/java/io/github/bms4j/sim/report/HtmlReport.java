package io.github.bms4j.sim.report;

import io.github.bms4j.sim.trace.OutputFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * One self-contained HTML page that explains a run: it opens from a file, without a network, and prints.
 *
 * <pre>
 * new HtmlReport("Charge session")
 *         .subtitle("60 kWh LFP pack, GB/T 27930, 25 °C")
 *         .figure("Energy", "41.2", "kWh")
 *         .text("The pack was full 12 minutes before departure.")
 *         .chart(Chart.of("State of charge", "%").x(timeS).series("estimated", socPercent))
 *         .table("Limits", List.of("Cause", "Share"), rows)
 *         .writeTo(path);
 * </pre>
 *
 * <p>Parts appear in the order they were added; figures that follow one another share a row. All text is escaped. The
 * bytes depend on the parts alone: no clock, no random name. Charts are drawn by uPlot, whose text and licence are in the
 * page. The page forbids itself every request by its content security policy.
 *
 * <p>Thread: one.
 */
public final class HtmlReport {
    private final String title;
    private String subtitle = "";
    private final List<Part> parts = new ArrayList<>();

    /** A page with nothing but its title. */
    public HtmlReport(String title) {
        this.title = title;
    }

    /** Sets the line below the title. */
    public HtmlReport subtitle(String text) {
        subtitle = text;
        return this;
    }

    /** Adds a figure: one number that matters. */
    public HtmlReport figure(String label, String value, String unit) {
        return figure(label, value, unit, "");
    }

    /** Adds a figure with a few words below it: compared with what, or when. */
    public HtmlReport figure(String label, String value, String unit, String note) {
        Figures row;
        if (!parts.isEmpty() && parts.get(parts.size() - 1) instanceof Figures last) {
            row = last;
        } else {
            row = new Figures(new ArrayList<>());
            parts.add(row);
        }
        row.tiles().add(new Tile(label, value, unit, note));
        return this;
    }

    /** Adds a heading. */
    public HtmlReport section(String heading) {
        parts.add(page -> page.raw("<h2>").text(heading).raw("</h2>\n"));
        return this;
    }

    /** Adds a paragraph. */
    public HtmlReport text(String paragraph) {
        parts.add(page -> page.raw("<p>").text(paragraph).raw("</p>\n"));
        return this;
    }

    /** Adds a chart. */
    public HtmlReport chart(Chart chart) {
        parts.add(chart);
        return this;
    }

    /** Adds a message sequence. */
    public HtmlReport sequence(SequenceChart sequence) {
        parts.add(sequence);
        return this;
    }

    /**
     * Adds a table. A column whose cells are all numbers or empty is set to the right.
     *
     * @throws IllegalArgumentException if a row has more or fewer cells than there are headers
     */
    public HtmlReport table(String caption, List<String> headers, List<List<String>> rows) {
        parts.add(new Table(caption, headers, rows));
        return this;
    }

    /**
     * Writes the page beside the target and then moves it over the target.
     *
     * @throws IOException if that fails; an older file of this name is then as it was
     */
    public void writeTo(Path target) throws IOException {
        OutputFile.write(target, this::writeTo);
    }

    /** Writes the page in UTF-8; does not close the stream. */
    public void writeTo(OutputStream to) throws IOException {
        Markup page = new Markup();
        page.raw("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n");
        page.raw("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n");
        page.raw("<meta name=\"color-scheme\" content=\"light dark\">\n");
        page.raw("<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; "
                + "style-src 'unsafe-inline'; script-src 'unsafe-inline'\">\n");
        page.raw("<title>").text(title).raw("</title>\n<style>\n");
        page.raw(resource("vendor/uPlot.min.css"))
                .raw("\n")
                .raw(resource("report.css"))
                .raw("</style>\n</head>\n<body>\n");
        page.raw("<header class=\"page\">\n<h1>").text(title).raw("</h1>\n");
        if (!subtitle.isEmpty()) {
            page.raw("<p class=\"subtitle\">").text(subtitle).raw("</p>\n");
        }
        page.raw("</header>\n<main>\n");
        for (Part part : parts) {
            part.appendTo(page);
        }
        page.raw("</main>\n<footer>Made by bms4j. Charts by uPlot, © 2022 Leon Sorokin, MIT licence.</footer>\n");
        page.raw("<script>\n/*!\n").raw(resource("vendor/LICENSE")).raw("\n*/\n");
        page.raw(resource("vendor/uPlot.iife.min.js")).raw("\n</script>\n");
        page.raw("<script>\n").raw(resource("report.js")).raw("</script>\n</body>\n</html>\n");
        to.write(page.utf8());
    }

    private static String resource(String name) {
        try (InputStream in = HtmlReport.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException(name + " is missing beside " + HtmlReport.class.getName());
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(name, e);
        }
    }

    private record Tile(String label, String value, String unit, String note) {}

    private record Figures(List<Tile> tiles) implements Part {
        @Override
        public void appendTo(Markup page) {
            page.raw("<dl class=\"figures\">\n");
            for (Tile tile : tiles) {
                page.raw("<div><dt>").text(tile.label).raw("</dt><dd>").text(tile.value);
                if (!tile.unit.isEmpty()) {
                    page.raw(" <span class=\"unit\">").text(tile.unit).raw("</span>");
                }
                page.raw("</dd>");
                if (!tile.note.isEmpty()) {
                    page.raw("<dd class=\"note\">").text(tile.note).raw("</dd>");
                }
                page.raw("</div>\n");
            }
            page.raw("</dl>\n");
        }
    }
}
