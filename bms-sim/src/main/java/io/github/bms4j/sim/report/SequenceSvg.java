package io.github.bms4j.sim.report;

import io.github.bms4j.sim.report.SequenceChart.Run;
import io.github.bms4j.sim.report.SequenceChart.Sender;
import java.util.ArrayList;
import java.util.List;

/** Draws a {@link SequenceChart} as SVG, top to bottom; colours and fonts come from {@code report.css}. */
final class SequenceSvg {
    private static final int WIDTH = 820;
    private static final int LEFT = 170;
    private static final int RIGHT = 730;
    private static final int MIDDLE = (LEFT + RIGHT) / 2;
    private static final int TOP = 52;
    private static final int LINE = 16;
    private static final int GAP = 24;
    private static final int LETTERS = 78;
    private static final int MOST_LINES = 4;

    private final Markup page;
    private final String left;
    private final String right;
    private final Markup body = new Markup();
    private int y = TOP;

    SequenceSvg(Markup page, String left, String right) {
        this.page = page;
        this.left = left;
        this.right = right;
    }

    void draw(String title, List<Run> runs, int most) {
        if (runs.size() <= most) {
            runs.forEach(this::row);
        } else {
            runs.subList(0, most / 2).forEach(this::row);
            remark("… " + Markup.grouped(runs.size() - most) + " more …", "");
            runs.subList(runs.size() - (most - most / 2), runs.size()).forEach(this::row);
        }
        int height = y + GAP;
        page.raw("<svg viewBox=\"0 0 " + WIDTH + " " + height + "\" role=\"img\" aria-label=\"")
                .text(title)
                .raw("\">\n");
        lifeLine(LEFT, height, left);
        lifeLine(RIGHT, height, right);
        page.raw(body.toString()).raw("</svg>\n");
    }

    private void lifeLine(int x, int height, String name) {
        page.raw("<line class=\"life\" x1=\"" + x + "\" y1=\"36\" x2=\"" + x + "\" y2=\"" + height + "\"/>");
        page.raw("<rect class=\"peer\" x=\"" + (x - 75) + "\" y=\"6\" width=\"150\" height=\"30\" rx=\"8\"/>");
        page.raw("<text class=\"peer\" x=\"" + x + "\" y=\"26\">").text(name).raw("</text>\n");
    }

    private void row(Run run) {
        if (run.sender == Sender.NOBODY) {
            remark(run.name, clock(run.startS));
            return;
        }
        boolean fromLeft = run.sender == Sender.LEFT;
        String side = fromLeft ? "left" : "right";
        y += GAP;
        body.raw("<g class=\"from-" + side + "\"><text x=\"" + MIDDLE + "\" y=\"" + y + "\"><tspan class=\"name\">");
        body.text(run.name).raw("</tspan>");
        if (run.count > 1) {
            body.raw("<tspan class=\"runs\" dx=\"8\">").text(repetition(run)).raw("</tspan>");
        }
        body.raw("</text>");
        y += 8;
        if (run.count > 1) {
            arrowLine(y - 3, "echo", fromLeft);
            arrowLine(y + 3, "echo", fromLeft);
        }
        arrowLine(y, "arrow", fromLeft);
        int tip = fromLeft ? RIGHT - 2 : LEFT + 2;
        int back = fromLeft ? tip - 9 : tip + 9;
        body.raw("<path class=\"head\" d=\"M" + tip + " " + y + "L" + back + " " + (y - 5) + "V" + (y + 5) + "Z\"/>");
        time(clock(run.startS));
        for (String line : lines(run.detail)) {
            y += LINE;
            body.raw("<text class=\"detail\" x=\"" + MIDDLE + "\" y=\"" + y + "\">")
                    .text(line)
                    .raw("</text>");
        }
        body.raw("</g>\n");
    }

    private void arrowLine(int at, String style, boolean fromLeft) {
        int from = fromLeft ? LEFT : RIGHT;
        int to = fromLeft ? RIGHT - 8 : LEFT + 8;
        body.raw("<line class=\"" + style + "\" x1=\"" + from + "\" y1=\"" + at + "\" x2=\"" + to + "\" y2=\"" + at
                + "\"/>");
    }

    private void remark(String text, String time) {
        y += GAP + 6;
        int halfWidth = Math.min(270, 20 + 4 * text.length());
        body.raw("<g class=\"remark\"><line x1=\"" + (LEFT - 24) + "\" y1=\"" + y + "\" x2=\"" + (RIGHT + 24)
                + "\" y2=\"" + y + "\"/>");
        body.raw("<rect x=\"" + (MIDDLE - halfWidth) + "\" y=\"" + (y - 11) + "\" width=\"" + 2 * halfWidth
                + "\" height=\"22\" rx=\"11\"/>");
        body.raw("<text x=\"" + MIDDLE + "\" y=\"" + (y + 4) + "\">").text(text).raw("</text>");
        if (!time.isEmpty()) {
            time(time);
        }
        body.raw("</g>\n");
        y += 8;
    }

    private void time(String text) {
        body.raw("<text class=\"time\" x=\"84\" y=\"" + (y + 4) + "\">")
                .text(text)
                .raw("</text>");
    }

    private static String repetition(Run run) {
        String text = "×" + Markup.grouped(run.count);
        if (run.periodMs > 0.0) {
            double ms = run.periodMs;
            text += ms < 1000.0
                    ? " every " + Math.round(ms) + " ms"
                    : " every " + tenths(Math.round(ms / 100.0)) + " s";
        }
        return run.endS > run.startS ? text + " until " + clock(run.endS) : text;
    }

    private static String tenths(long tenths) {
        return tenths % 10 == 0 ? Long.toString(tenths / 10) : tenths / 10 + "." + tenths % 10;
    }

    /** Minutes, seconds and milliseconds, with hours if there are any. */
    static String clock(double timeS) {
        long ms = Math.round(Math.abs(timeS) * 1000.0);
        long hours = ms / 3_600_000;
        long minutes = ms / 60_000 % 60;
        String text = hours > 0 ? hours + ":" + padded(minutes, 2) : Long.toString(minutes);
        text += ":" + padded(ms / 1000 % 60, 2) + "." + padded(ms % 1000, 3);
        return timeS < 0.0 && ms > 0 ? "−" + text : text;
    }

    private static String padded(long value, int digits) {
        String text = Long.toString(value);
        return "0".repeat(digits - text.length()) + text;
    }

    /** Breaks at spaces into lines that fit between the life lines; what does not fit ends in an ellipsis. */
    static List<String> lines(String detail) {
        List<String> lines = new ArrayList<>();
        String rest = detail.strip();
        while (!rest.isEmpty()) {
            if (rest.length() <= LETTERS) {
                lines.add(rest);
                break;
            }
            if (lines.size() == MOST_LINES - 1) {
                lines.add(rest.substring(0, safeCut(rest, LETTERS - 1)) + "…");
                break;
            }
            int space = rest.lastIndexOf(' ', LETTERS);
            int cut = space > LETTERS / 2 ? space : safeCut(rest, LETTERS);
            lines.add(rest.substring(0, cut).strip());
            rest = rest.substring(cut).strip();
        }
        return lines;
    }

    private static int safeCut(String text, int at) {
        return Character.isHighSurrogate(text.charAt(at - 1)) ? at - 1 : at;
    }
}
