package io.github.bms4j.sim.report;

import java.util.Arrays;
import java.util.List;

/**
 * A column of codes as runs of equal codes over x: the coloured strip below a chart.
 *
 * <p>Every run stays, however short, up to {@code mostRuns}. Beyond that the rows are cut into buckets of equal count,
 * each with the code that fills most of it. A code without a name is a hole in the strip.
 */
final class StateStrip {
    private final String title;
    private final List<String> names;
    private final int[] codes;
    private final int mostRuns;

    StateStrip(String title, List<String> names, int[] codes, int mostRuns) {
        this.title = title;
        this.names = List.copyOf(names);
        this.codes = codes;
        this.mostRuns = mostRuns;
    }

    /** Writes the JSON of the strip: where each run begins, and its code; -1 for none. */
    void appendTo(Markup page, double[] x, int xDecimals) {
        int[] starts = runStarts(codes);
        int[] shown = codes;
        if (starts.length > mostRuns) {
            shown = majority();
            starts = runStarts(shown);
        }
        page.raw("{\"title\":").jsonString(title).raw(",\"names\":[");
        for (int i = 0; i < names.size(); i++) {
            page.raw(i == 0 ? "" : ",").jsonString(names.get(i));
        }
        page.raw("],\"at\":[");
        for (int i = 0; i < starts.length; i++) {
            page.raw(i == 0 ? "" : ",").jsonNumber(x[starts[i]], xDecimals);
        }
        page.raw("],\"code\":[");
        for (int i = 0; i < starts.length; i++) {
            int code = shown[starts[i]];
            page.raw(i == 0 ? "" : ",").raw(Integer.toString(code >= 0 && code < names.size() ? code : -1));
        }
        page.raw("]}");
    }

    private static int[] runStarts(int[] codes) {
        int[] starts = new int[codes.length];
        int runs = 0;
        for (int i = 0; i < codes.length; i++) {
            if (i == 0 || codes[i] != codes[i - 1]) {
                starts[runs++] = i;
            }
        }
        return Arrays.copyOf(starts, runs);
    }

    private int[] majority() {
        int[] smoothed = new int[codes.length];
        int[] votes = new int[names.size() + 1];
        for (int b = 0; b < mostRuns; b++) {
            int from = (int) ((long) codes.length * b / mostRuns);
            int to = (int) ((long) codes.length * (b + 1) / mostRuns);
            Arrays.fill(votes, 0);
            int best = 0;
            for (int i = from; i < to; i++) {
                int vote = codes[i] >= 0 && codes[i] < names.size() ? codes[i] : names.size();
                if (++votes[vote] > votes[best]) {
                    best = vote;
                }
            }
            Arrays.fill(smoothed, from, to, best);
        }
        return smoothed;
    }
}
