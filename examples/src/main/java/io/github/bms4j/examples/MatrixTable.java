package io.github.bms4j.examples;

import io.github.bms4j.sim.replay.ReplayStart;
import io.github.bms4j.sim.replay.SocScore;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The matrix as a table: what the screen shows, what the README holds, and the report's rows. Errors in points. */
final class MatrixTable {
    static final List<String> HEADERS = List.of(
            "group",
            "recording",
            "cell",
            "start",
            "bias",
            "estimator",
            "RMS",
            "max",
            "end",
            "3σ %",
            "+trust %",
            "σ",
            "settled s",
            "counting",
            "bars");

    static final List<String> GROUP_HEADERS = List.of(
            "group",
            "estimator",
            "cases",
            "RMS/max",
            "with a bias",
            "beyond trust",
            "once outside",
            "least cover %",
            "most σ",
            "counting",
            "broken");

    private final List<MatrixCase> cases;
    private final List<MatrixScore> scores;
    private final List<List<String>> rows = new ArrayList<>();
    private final List<List<String>> findings = new ArrayList<>();
    private int broken;

    MatrixTable(List<MatrixCase> cases, List<MatrixScore> scores) {
        this.cases = cases;
        this.scores = scores;
        for (int i = 0; i < cases.size(); i++) {
            MatrixCase one = cases.get(i);
            findings.add(one.judged() ? one.bars().broken(scores.get(i)) : List.of());
            broken += findings.get(i).isEmpty() ? 0 : 1;
            rows.add(row(one, scores.get(i), findings.get(i)));
        }
    }

    /** One row for each group and estimator, with its worst case in every column. */
    List<List<String>> groups() {
        Map<List<String>, Worst> worst = new LinkedHashMap<>();
        for (int i = 0; i < cases.size(); i++) {
            MatrixCase one = cases.get(i);
            worst.computeIfAbsent(List.of(one.group(), one.estimator()), key -> new Worst())
                    .add(one, scores.get(i), !findings.get(i).isEmpty());
        }
        List<List<String>> lines = new ArrayList<>();
        worst.forEach((key, value) -> {
            List<String> line = new ArrayList<>(key);
            line.addAll(value.cells());
            lines.add(line);
        });
        return lines;
    }

    /** Every case with its scores and what it breaks. */
    JsonObject json() {
        List<JsonObject> list = new ArrayList<>();
        for (int i = 0; i < cases.size(); i++) {
            MatrixCase one = cases.get(i);
            list.add(new JsonObject()
                    .text("group", one.group())
                    .text("recording", base(one.recording()))
                    .text("cell", base(one.cell()))
                    .text("start", start(one))
                    .text("bias", bias(one))
                    .text("estimator", one.estimator())
                    .object("score", EstimateSummary.json(scores.get(i).estimate()))
                    .object("counting", EstimateSummary.json(scores.get(i).counting()))
                    .texts("broken", findings.get(i)));
        }
        return new JsonObject()
                .count("cases", cases.size())
                .count("broken", broken)
                .objects("results", list);
    }

    /** The worst of several cases, column by column. */
    private static final class Worst {
        private int cases;
        private boolean judged;
        private int broken;
        private final double[] plain = {Double.NaN, Double.NaN};
        private final double[] biased = {Double.NaN, Double.NaN};
        private final double[] beyond = {Double.NaN, Double.NaN};
        private final double[] outside = {Double.NaN, Double.NaN};
        private final double[] counting = {Double.NaN, Double.NaN};
        private double coverage = Double.NaN;
        private double sigma = Double.NaN;

        void add(MatrixCase one, MatrixScore score, boolean breaks) {
            cases++;
            judged |= one.judged();
            broken += breaks ? 1 : 0;
            worse(one.plain() ? plain : biased, score.estimate().error());
            worse(beyond, score.estimate().beyondTrust());
            worse(outside, score.outside().error());
            worse(counting, score.counting().error());
            coverage = fmin(coverage, score.estimate().band().coverageWithTrust());
            sigma = fmax(sigma, score.estimate().band().meanSigma());
        }

        private static void worse(double[] worst, SocScore.Errors errors) {
            worst[0] = fmax(worst[0], errors.rms());
            worst[1] = fmax(worst[1], errors.max());
        }

        private static double fmax(double a, double b) {
            return Double.isNaN(a) ? b : Double.isNaN(b) ? a : Math.max(a, b);
        }

        private static double fmin(double a, double b) {
            return Double.isNaN(a) ? b : Double.isNaN(b) ? a : Math.min(a, b);
        }

        List<String> cells() {
            return List.of(
                    Integer.toString(cases),
                    pair(plain),
                    pair(biased),
                    pair(beyond),
                    pair(outside),
                    Double.isNaN(coverage) ? "–" : format("%.1f", 100 * coverage),
                    points(sigma),
                    pair(counting),
                    judged ? Integer.toString(broken) : "–");
        }

        private static String pair(double[] worst) {
            return Double.isNaN(worst[0]) ? "–" : points(worst[0]) + "/" + points(worst[1]);
        }
    }

    /** How many judged cases break a bar. */
    int broken() {
        return broken;
    }

    List<String> headers() {
        return HEADERS;
    }

    List<List<String>> rows() {
        return rows;
    }

    private static List<String> row(MatrixCase one, MatrixScore score, List<String> findings) {
        SocScore mine = score.estimate();
        String kept = one.judged() ? "kept" : "";
        String verdict = findings.isEmpty() ? kept : "BROKEN " + String.join(", ", findings);
        return List.of(
                one.group(),
                base(one.recording()),
                base(one.cell()),
                start(one),
                bias(one),
                one.estimator(),
                points(mine.error().rms()),
                points(mine.error().max()),
                points(mine.error().end()),
                format("%.1f", 100 * mine.band().coverage()),
                format("%.1f", 100 * mine.band().coverageWithTrust()),
                points(mine.band().meanSigma()),
                Double.isNaN(mine.settleS()) ? "never" : format("%.0f", mine.settleS()),
                points(score.counting().error().rms()) + "/"
                        + points(score.counting().error().max()),
                verdict);
    }

    private static String start(MatrixCase one) {
        ReplayStart start = one.start();
        double soc = one.setup().range().fromSoc();
        double timeS = one.setup().range().fromS();
        String where = !Double.isNaN(soc)
                ? format("at %.0f %%", 100 * soc)
                : Double.isNaN(timeS) ? "head" : format("%.0f s", timeS);
        return where + format(", %+.0f", 100 * start.soc());
    }

    private static String bias(MatrixCase one) {
        List<String> parts = new ArrayList<>();
        if (one.biasPerH() != 0.0) {
            parts.add(format("%+.3f C", one.biasPerH()));
        }
        if (one.setup().bias().currentA() != 0.0) {
            parts.add(format("%+.0f mA", 1000 * one.setup().bias().currentA()));
        }
        if (one.setup().bias().voltageV() != 0.0) {
            parts.add(format("%+.0f mV", 1000 * one.setup().bias().voltageV()));
        }
        if (one.capacityScale() != 1.0) {
            parts.add(format("Q x %.2f", one.capacityScale()));
        }
        return String.join(" ", parts);
    }

    private static String base(Path file) {
        String name = String.valueOf(file.getFileName());
        int dot = name.indexOf('.');
        return dot > 0 ? name.substring(0, dot) : name;
    }

    static String points(double soc) {
        return Double.isNaN(soc) ? "–" : format("%.2f", 100 * soc);
    }

    private static String format(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }

    /** Markdown, padded so that it reads as well on a screen. */
    String text() {
        return markdown(HEADERS, rows)
                + '\n'
                + markdown(GROUP_HEADERS, groups())
                + format("\n%d cases, %d broken\n", cases.size(), broken);
    }

    static String markdown(List<String> headers, List<List<String>> rows) {
        int[] width = new int[headers.size()];
        List<List<String>> all = new ArrayList<>(rows);
        all.add(0, headers);
        for (List<String> row : all) {
            for (int c = 0; c < width.length; c++) {
                width[c] = Math.max(width[c], row.get(c).length());
            }
        }
        StringBuilder to = new StringBuilder();
        for (int r = 0; r < all.size(); r++) {
            for (int c = 0; c < width.length; c++) {
                String cell = all.get(r).get(c);
                to.append("| ").append(cell).append(" ".repeat(width[c] - cell.length() + 1));
            }
            to.append("|\n");
            if (r == 0) {
                for (int w : width) {
                    to.append('|').append("-".repeat(w + 2));
                }
                to.append("|\n");
            }
        }
        return to.toString();
    }
}
