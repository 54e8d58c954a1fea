package io.github.bms4j.sim.report;

import io.github.bms4j.num.Check;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Messages between two peers in the order of time, as arrows between two life lines.
 *
 * <p>Messages that repeat become one arrow: {@link #message} adds to the run of the same sender, name and detail as long
 * as the pause since its last message is no longer than {@value #LONGEST_PAUSE_S} s. A run stands where it began and says
 * how many there were, how far apart, and until when. A changed detail begins a new run, so give changing values of a
 * periodic message as an empty detail.
 *
 * <p>More than {@value #MOST_ROWS} arrows are not drawn: the middle is left out, and the drawing says so.
 */
public final class SequenceChart implements Part {
    static final double LONGEST_PAUSE_S = 2.5;
    static final int MOST_ROWS = 300;

    private final String title;
    private final String left;
    private final String right;
    private final List<Run> runs = new ArrayList<>();
    private final Map<Key, Run> open = new HashMap<>();

    /** What makes two messages the same. */
    private record Key(boolean fromLeft, String name, String detail) {}

    /** An arrow or, without a sender, a remark across both life lines. */
    static final class Run {
        final double startS;
        final Sender sender;
        final String name;
        final String detail;
        double endS;
        double periodMs;
        long count;

        Run(double startS, Sender sender, String name, String detail) {
            this.startS = startS;
            this.endS = startS;
            this.sender = sender;
            this.name = name;
            this.detail = detail;
            this.count = 1;
            this.periodMs = Double.NaN;
        }
    }

    enum Sender {
        LEFT,
        RIGHT,
        NOBODY
    }

    /**
     * A sequence without messages.
     *
     * @param left the peer whose life line is on the left, for instance the vehicle
     * @param right the other one
     */
    public SequenceChart(String title, String left, String right) {
        this.title = title;
        this.left = left;
        this.right = right;
    }

    /**
     * Adds one message; a repetition joins its run.
     *
     * @param timeS time since the start, finite
     * @param detail a few words or values; empty for none
     */
    public SequenceChart message(double timeS, boolean fromLeft, String name, String detail) {
        Check.finite("timeS of message " + name, timeS);
        Key key = new Key(fromLeft, name, detail);
        Run run = open.get(key);
        if (run == null || timeS - run.endS > LONGEST_PAUSE_S || timeS < run.endS) {
            run = add(timeS, fromLeft ? Sender.LEFT : Sender.RIGHT, name, detail);
            open.put(key, run);
            return this;
        }
        run.count++;
        run.endS = timeS;
        run.periodMs = (run.endS - run.startS) * 1000.0 / (run.count - 1);
        return this;
    }

    /**
     * Adds a run that was counted elsewhere.
     *
     * @param count how many messages, at least 1
     * @param periodMs their distance in ms; NaN if they have none
     */
    public SequenceChart run(double timeS, boolean fromLeft, String name, String detail, long count, double periodMs) {
        Check.finite("timeS of message " + name, timeS);
        if (count < 1) {
            throw new IllegalArgumentException("count of message " + name + " must be >= 1 but is " + count);
        }
        if (!Double.isNaN(periodMs)) {
            Check.notNegative("periodMs of message " + name, periodMs);
        }
        Run run = add(timeS, fromLeft ? Sender.LEFT : Sender.RIGHT, name, detail);
        run.count = count;
        run.periodMs = periodMs;
        run.endS = Double.isNaN(periodMs) ? timeS : timeS + (count - 1) * periodMs / 1000.0;
        return this;
    }

    /** Adds a remark across both life lines: a phase, a fault, contactors. */
    public SequenceChart remark(double timeS, String text) {
        add(Check.finite("timeS of the remark", timeS), Sender.NOBODY, text, "");
        return this;
    }

    private Run add(double timeS, Sender sender, String name, String detail) {
        Run run = new Run(timeS, sender, name, detail);
        runs.add(run);
        return run;
    }

    @Override
    public void appendTo(Markup page) {
        List<Run> sorted = new ArrayList<>(runs);
        sorted.sort(Comparator.comparingDouble(run -> run.startS));
        page.raw("<section class=\"card sequence\">\n<header><h3>").text(title).raw("</h3></header>\n");
        new SequenceSvg(page, left, right).draw(title, sorted, MOST_ROWS);
        page.raw("</section>\n");
    }
}
