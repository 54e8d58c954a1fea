package io.github.bms4j.sim.replay;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Which rows of a recording are replayed, and where the estimator starts anew.
 *
 * @param fromS first time, s as in the recording; NaN or minus infinity from the first row
 * @param toS last time, s; NaN or infinity to the last row
 * @param restartBy column at whose every change the estimator starts anew, as {@code cycle}; empty for never
 * @param fromSoc each part begins only where its reference has fallen to this SOC; NaN at its head
 */
public record ReplayRange(double fromS, double toS, String restartBy, double fromSoc) {
    /** The whole recording, one start. */
    public static final ReplayRange WHOLE = between(Double.NaN, Double.NaN);

    /** Rows from the first index up to but without the end. */
    record Part(int first, int end) {}

    /** From one time to another, one start. */
    public static ReplayRange between(double fromS, double toS) {
        return new ReplayRange(fromS, toS, "", Double.NaN);
    }

    /** The parts of a recording, in order, none of them empty; no part at all if nothing lies in the range. */
    List<Part> parts(Recording recording, RecordingClock clock, double[] socRef) {
        int first = 0;
        while (first < recording.rows()
                && fromS > Double.NEGATIVE_INFINITY
                && !(clock.timeS(first) > Double.NEGATIVE_INFINITY && recording.timeS(first) >= fromS)) {
            first++;
        }
        int end = recording.rows();
        while (end > first
                && toS < Double.POSITIVE_INFINITY
                && !(clock.timeS(end - 1) > Double.NEGATIVE_INFINITY && recording.timeS(end - 1) <= toS)) {
            end--;
        }
        List<Part> parts = new ArrayList<>();
        double[] mark = restartBy.isEmpty()
                ? new double[0]
                : recording
                        .column(restartBy)
                        .orElseThrow(() -> new IllegalArgumentException(
                                "found no column " + restartBy + ", expected one to start anew by"));
        int from = first;
        for (int k = first; k < end; k++) {
            if (mark.length > 0 && k > from && mark[k] != mark[k - 1] && !Double.isNaN(mark[k])) {
                addFallen(parts, from, k, socRef);
                from = k;
            }
        }
        addFallen(parts, from, end, socRef);
        return parts;
    }

    private void addFallen(List<Part> parts, int from, int end, double[] socRef) {
        int first = from;
        while (first < end && !Double.isNaN(fromSoc) && !(socRef[first] <= fromSoc)) {
            first++;
        }
        if (first < end) {
            parts.add(new Part(first, end));
        }
    }

    /** The range in words. */
    String text() {
        if (Double.isNaN(fromS) && Double.isNaN(toS)) {
            return "the recording";
        }
        String from = Double.isNaN(fromS) ? "its head" : fromS + " s";
        String to = Double.isNaN(toS) ? "its end" : toS + " s";
        return "the recording from " + from + " to " + to;
    }

    /** The values of the reference column; all NaN if it is the usual one and is not there. */
    static double[] reference(Recording recording, String column) {
        double[] values = new double[recording.rows()];
        if (column.equals("soc_ref")) {
            Arrays.setAll(values, recording::socRef);
            return values;
        }
        return recording
                .column(column)
                .orElseThrow(() -> new IllegalArgumentException(
                        "found no column " + column + ", expected one with the reference SOC"));
    }
}
