package io.github.bms4j.sim.station;

import io.github.bms4j.can.bus.FrameSink;
import io.github.bms4j.can.frame.CanFrame;
import io.github.bms4j.can.gbt27930.GbtAnswer;
import io.github.bms4j.can.gbt27930.GbtBody;
import io.github.bms4j.can.gbt27930.GbtField;
import io.github.bms4j.can.gbt27930.GbtFlag;
import io.github.bms4j.can.gbt27930.GbtMessage;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Writes down a GB/T 27930 session from the bus: who said what, from when to when, how often.
 *
 * <pre>
 * SessionRecorder recorder = new SessionRecorder();
 * bus.tap(recorder);
 * ... run ...
 * recorder.entries().forEach(System.out::println);
 * </pre>
 *
 * <p>A periodic message becomes one entry as long as it decides the same; a new entry begins when its answer, mode,
 * permission, alarm or reason changes, and when the session starts again at CRM. So a charge of hours is some twenty lines.
 *
 * <p>Times are those of the frames, ns in and s out. Thread: one. Allocation: per entry, none per message.
 */
public final class SessionRecorder implements FrameSink {
    private static final double NANOS_PER_S = 1e9;
    private static final double NANOS_PER_MS = 1e6;

    private final GbtTap tap = new GbtTap(this::message);
    private final List<Run> runs = new ArrayList<>();
    private final Map<GbtMessage, Run> open = new EnumMap<>(GbtMessage.class);
    private final Map<GbtMessage, Gaps> gaps = new EnumMap<>(GbtMessage.class);
    private int attempt;
    private boolean identificationOver;

    /** A recorder that has heard nothing. */
    public SessionRecorder() {}

    @Override
    public void frame(CanFrame frame) {
        tap.frame(frame);
    }

    /** Frames that belong to no message of the protocol, and messages that could not be read. */
    public long unreadable() {
        return tap.unknownFrames() + tap.malformed();
    }

    /** How often the session started again at CRM. */
    public int restarts() {
        return attempt;
    }

    /** All entries in the order of their first message; allocates. */
    public List<SessionEntry> entries() {
        return runs.stream().map(Run::entry).toList();
    }

    /** Counts and periods of each message that came, in the order of {@link GbtMessage}; allocates. */
    public List<MessageFigures> figures() {
        List<MessageFigures> figures = new ArrayList<>();
        gaps.forEach((message, row) -> figures.add(row.figures(message)));
        return List.copyOf(figures);
    }

    private void message(GbtBody body, long nanos) {
        GbtMessage message = body.message();
        if (message == GbtMessage.CRM) {
            boolean askedAgain = body.answer(GbtField.CRM_RECOGNISED) == GbtAnswer.NO && identificationOver;
            if (askedAgain) {
                startAgain();
            }
            identificationOver = body.answer(GbtField.CRM_RECOGNISED) == GbtAnswer.YES;
        } else if (message == GbtMessage.CEM || message == GbtMessage.BEM) {
            identificationOver = true;
        }
        gaps.computeIfAbsent(message, any -> new Gaps()).add(nanos);
        Run run = open.get(message);
        int decision = decision(body);
        if (run != null && run.decision == decision) {
            run.add(body, nanos);
        } else {
            Run begun = new Run(body, nanos, decision, attempt);
            runs.add(begun);
            open.put(message, begun);
        }
    }

    private void startAgain() {
        attempt++;
        open.clear();
        gaps.values().forEach(Gaps::interrupted);
    }

    /** The part of a message that decides something, as a number; 0 when all repetitions mean the same. */
    private static int decision(GbtBody body) {
        return switch (body.message()) {
            case CRM -> body.raw(GbtField.CRM_RECOGNISED);
            case BRO -> body.raw(GbtField.BRO_READY);
            case CRO -> body.raw(GbtField.CRO_READY);
            case BCL -> body.raw(GbtField.BCL_MODE);
            case CCS -> body.flag(GbtField.CCS_PERMITTED).code();
            case BSM -> (body.bytes()[5] << 8) | (body.bytes()[6] & 0xFF);
            case BST, CST, BEM, CEM -> flags(body);
            default -> 0;
        };
    }

    private static int flags(GbtBody body) {
        List<GbtField> fields = GbtField.of(body.message());
        int set = 0;
        for (int i = 0; i < fields.size(); i++) {
            set |= body.flag(fields.get(i)) == GbtFlag.YES ? 1 << i : 0;
        }
        return set;
    }

    /** An entry that may still grow. */
    private static final class Run {
        final int decision;
        private final int attempt;
        private final long firstNanos;
        private final GbtBody first;
        private final GbtBody last;
        private long lastNanos;
        private int count = 1;

        Run(GbtBody body, long nanos, int decision, int attempt) {
            this.decision = decision;
            this.attempt = attempt;
            firstNanos = nanos;
            lastNanos = nanos;
            first = new GbtBody(body.message());
            last = new GbtBody(body.message());
            first.load(body.bytes(), body.length());
            last.load(body.bytes(), body.length());
        }

        void add(GbtBody body, long nanos) {
            last.load(body.bytes(), body.length());
            lastNanos = nanos;
            count++;
        }

        SessionEntry entry() {
            String begins = GbtDetail.of(first);
            String ends = GbtDetail.of(last);
            return new SessionEntry(
                    firstNanos / NANOS_PER_S,
                    lastNanos / NANOS_PER_S,
                    attempt,
                    first.message(),
                    begins.equals(ends) ? begins : begins + " → " + ends,
                    count,
                    count == 1 ? Double.NaN : (lastNanos - firstNanos) / NANOS_PER_MS / (count - 1));
        }
    }

    /** Times from one message to the next of its kind. */
    private static final class Gaps {
        int count;
        private long firstNanos;
        private long lastNanos;
        private boolean follows;
        private int gaps;
        private long sumNanos;
        private long minNanos = Long.MAX_VALUE;
        private long maxNanos;

        void add(long nanos) {
            if (count == 0) {
                firstNanos = nanos;
            }
            if (follows) {
                long gapNanos = nanos - lastNanos;
                gaps++;
                sumNanos += gapNanos;
                minNanos = Math.min(minNanos, gapNanos);
                maxNanos = Math.max(maxNanos, gapNanos);
            }
            lastNanos = nanos;
            follows = true;
            count++;
        }

        void interrupted() {
            follows = false;
        }

        MessageFigures figures(GbtMessage message) {
            boolean none = gaps == 0;
            return new MessageFigures(
                    message,
                    count,
                    firstNanos / NANOS_PER_S,
                    lastNanos / NANOS_PER_S,
                    none ? Double.NaN : minNanos / NANOS_PER_MS,
                    none ? Double.NaN : sumNanos / NANOS_PER_MS / gaps,
                    none ? Double.NaN : maxNanos / NANOS_PER_MS);
        }
    }
}
