package io.github.bms4j.contactor;

import io.github.bms4j.contactor.ContactorFinding.Lasts;
import io.github.bms4j.protect.Fault;
import io.github.bms4j.protect.FaultMonitor;
import java.util.List;
import java.util.Locale;

/** The findings that stand, each with the figure that raised it. Thread: one. Allocation: none but in {@link #text}. */
final class FindingLog {
    private static final ContactorFinding[] FINDINGS = ContactorFinding.values();
    private static final int LOCKING = bits(Lasts.UNTIL_COOL) | bits(Lasts.UNTIL_RESET);
    private static final int PASSING = bits(Lasts.WHILE_SEEN);
    private static final int UNTIL_CLOSED = bits(Lasts.UNTIL_CLOSED);
    private static final int UNTIL_COOL = bits(Lasts.UNTIL_COOL);

    private static final List<Fault> REPORTED = ContactorFinding.faults();
    private static final int[] REPORTED_BITS =
            REPORTED.stream().mapToInt(FindingLog::bits).toArray();

    private final double[] value = new double[FINDINGS.length];
    private final double[] bound = new double[FINDINGS.length];
    private int standing;

    private static int bits(Lasts lasts) {
        int set = 0;
        for (ContactorFinding finding : FINDINGS) {
            set |= finding.lasts() == lasts ? 1 << finding.ordinal() : 0;
        }
        return set;
    }

    private static int bits(Fault fault) {
        int set = 0;
        for (ContactorFinding finding : FINDINGS) {
            set |= finding.fault() == fault ? 1 << finding.ordinal() : 0;
        }
        return set;
    }

    /** Notes a finding; while it stands, its first figures are kept. */
    void raise(ContactorFinding finding, double found, double allowed) {
        int bit = 1 << finding.ordinal();
        if ((standing & bit) == 0) {
            standing |= bit;
            value[finding.ordinal()] = found;
            bound[finding.ordinal()] = allowed;
        }
    }

    /** Notes a finding without figures. */
    void raise(ContactorFinding finding) {
        raise(finding, Double.NaN, Double.NaN);
    }

    boolean stands(ContactorFinding finding) {
        return (standing >> finding.ordinal() & 1) == 1;
    }

    /** Whether a finding stands that is the fault at this place of {@link ContactorFinding#faults}. */
    boolean stands(int reported) {
        return (standing & REPORTED_BITS[reported]) != 0;
    }

    /** Tells a monitor of every fault that a finding can be, whether one stands. */
    void report(FaultMonitor monitor) {
        for (int f = 0; f < REPORTED_BITS.length; f++) {
            monitor.report(REPORTED.get(f), stands(f));
        }
    }

    boolean locks() {
        return (standing & LOCKING) != 0;
    }

    void beginCycle() {
        standing &= ~PASSING;
    }

    void closed() {
        standing &= ~UNTIL_CLOSED;
    }

    void cooled() {
        standing &= ~UNTIL_COOL;
    }

    void reset() {
        standing = 0;
    }

    double value(ContactorFinding finding) {
        return stands(finding) ? value[finding.ordinal()] : Double.NaN;
    }

    double bound(ContactorFinding finding) {
        return stands(finding) ? bound[finding.ordinal()] : Double.NaN;
    }

    /** All that stand, separated by "; ", each with its figures. */
    String text() {
        StringBuilder text = new StringBuilder();
        for (ContactorFinding finding : FINDINGS) {
            if (stands(finding)) {
                text.append(text.length() == 0 ? "" : "; ").append(finding.text());
                if (!Double.isNaN(value(finding))) {
                    text.append(String.format(Locale.ROOT, " (%.1f against %.1f)", value(finding), bound(finding)));
                }
            }
        }
        return text.toString();
    }
}
