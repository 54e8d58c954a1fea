package io.github.bms4j.examples;

import io.github.bms4j.estimate.PackEstimate;
import io.github.bms4j.journal.CarriedState;
import io.github.bms4j.journal.Lease;
import io.github.bms4j.journal.LifeRecord;
import io.github.bms4j.journal.PackHistory;
import io.github.bms4j.journal.PackMemory;
import io.github.bms4j.journal.Restart;
import io.github.bms4j.journal.RestartRule;
import io.github.bms4j.journal.StoredContactors;
import io.github.bms4j.journal.StoredFault;
import io.github.bms4j.journal.StoredFinding;
import io.github.bms4j.journal.StoredFrame;
import io.github.bms4j.protect.Fault;
import java.time.Instant;
import java.util.Locale;

/** What a journal knows, on one screen. */
final class LifeText {
    private final PackHistory history;
    private final PackMemory memory;
    private final Restart restart;
    private final StringBuilder to = new StringBuilder(2048);

    LifeText(PackHistory history, RestartRule rule, double utcS) {
        this.history = history;
        memory = history.memory();
        restart = history.restart(rule, utcS);
        for (String finding : history.findings()) {
            line("journal", "%s", finding);
        }
        line("pack", "%s, %.1f Ah rated", history.kind(), ratedAh());
        soc();
        capacity();
        resistance();
        balance();
        contactors();
        faults();
        found();
        for (Lease lease : memory.leases()) {
            line("lease", "%s %.0f, %.0f s left when it was written", lease.name(), lease.value(), lease.remainingS());
        }
        life(history.life());
    }

    private double ratedAh() {
        return history.kind().rating().capacityAh() * history.layout().parallel();
    }

    private void soc() {
        PackEstimate estimate = memory.estimate();
        if (!estimate.known()) {
            line("SOC", "unknown: %s", restart.verdict().text());
            return;
        }
        line(
                "SOC",
                "%.2f %% ± %.2f, cells %.2f to %.2f %%, written %s%s",
                100 * estimate.packSoc(),
                100 * estimate.packSocSigma(),
                100 * estimate.soc(estimate.weakest()),
                100 * estimate.soc(estimate.strongest()),
                time(memory.savedUtcS()),
                restart.orderly() ? "" : "; that run did not end in order");
        line("worth", "%s%s", age(), restart);
    }

    private String age() {
        double offS = restart.offS();
        return Double.isNaN(offS)
                ? "age unknown: "
                : offS < 3600.0
                        ? format("%.0f s old: ", offS)
                        : offS < 48 * 3600.0
                                ? format("%.1f h old: ", offS / 3600)
                                : format("%.0f d old: ", offS / 86_400);
    }

    private void capacity() {
        int cell = memory.smallest();
        if (cell < 0) {
            line("capacity", "unknown");
            return;
        }
        double sum = 0.0;
        double most = 0.0;
        int known = 0;
        for (int c = 0; c < memory.cells(); c++) {
            if (!Double.isNaN(memory.capacityAh(c))) {
                sum += memory.capacityAh(c);
                most = Math.max(most, memory.capacityAh(c));
                known++;
            }
        }
        double rated = history.kind().rating().capacityAh();
        boolean alike = most == memory.capacityAh(cell);
        line(
                "capacity",
                "%.1f %% ± %.1f of the rated %.3f Ah in %s",
                100 * memory.capacityAh(cell) / rated,
                100 * memory.capacitySigmaAh(cell) / rated,
                rated,
                alike
                        ? "every cell: nothing learned yet"
                        : format(
                                "cell %d, the smallest; mean of %d cells %.1f %%",
                                cell, known, 100 * sum / known / rated));
    }

    private static String times(int n) {
        return n == 1 ? "once" : n + " times";
    }

    private void resistance() {
        int cell = memory.stiffest();
        if (cell < 0) {
            line("resistance", "unknown");
        } else {
            line(
                    "resistance",
                    "%.2f ± %.2f times a new cell's in cell %d, the stiffest; current sensor off by %+.2f A",
                    memory.resistanceRatio(cell),
                    memory.resistanceSigma(cell),
                    cell,
                    memory.currentBiasA());
        }
    }

    private void balance() {
        CarriedState carried = memory.carried();
        int most = -1;
        for (int c = 0; c < memory.cells(); c++) {
            if (carried.differenceSigmaAh(c) > 0.0
                    && (most < 0 || carried.differenceAh(c) > carried.differenceAh(most))) {
                most = c;
            }
        }
        if (most >= 0) {
            line(
                    "balance",
                    "cell %d holds most, %.3f ± %.3f Ah above the mean cell",
                    most,
                    carried.differenceAh(most),
                    carried.differenceSigmaAh(most));
        }
    }

    private void contactors() {
        StoredContactors contactors = memory.carried().contactors();
        if (contactors != null) {
            line(
                    "contactors",
                    "closed %s, broke %.0f A²; precharge resistor %.0f J warm, %d failed tries%s",
                    times(contactors.closings()),
                    contactors.brokenA2(),
                    contactors.resistorJ(),
                    contactors.failedTries(),
                    contactors.findings().isEmpty() ? "" : "; locked: " + String.join(", ", contactors.findings()));
        }
    }

    private void faults() {
        if (memory.faults().isEmpty()) {
            line("faults", "none was ever set");
        }
        for (StoredFault fault : memory.faults()) {
            line(
                    "fault",
                    "%s, %s, last %s%s%s",
                    name(fault.dtc()),
                    times(fault.count()),
                    time(fault.lastUtcS()),
                    Double.isNaN(fault.value()) ? "" : format(" at %.3f", fault.value()),
                    fault.stood() ? "; stands" : "");
        }
        for (StoredFrame frame : memory.carried().frames()) {
            line("frame", "%s, set in row %d", name(frame.dtc()), frame.triggerRow());
        }
    }

    private static String name(int dtc) {
        for (Fault fault : Fault.values()) {
            if (fault.dtc() == dtc) {
                return fault.dtcText() + " " + fault.text();
            }
        }
        return format("%06X", dtc);
    }

    private void found() {
        for (StoredFinding finding : memory.carried().findings()) {
            if (finding.low() > 0.0 || finding.high() < 0.0) {
                line(
                        "found",
                        "%s%s %.4g (%.4g to %.4g)",
                        finding.suspect(),
                        finding.index() < 0 ? "" : " " + finding.index(),
                        finding.value(),
                        finding.low(),
                        finding.high());
            }
        }
    }

    private void life(LifeRecord life) {
        line(
                "counted",
                "since %s: %.1f h seen, %.1f h not",
                time(life.sinceUtcS()),
                life.seenS() / 3600,
                life.unseenS() / 3600);
        line(
                "throughput",
                "%.3f full cycles; %.1f Ah and %.2f kWh out, %.1f Ah and %.2f kWh in",
                life.fullCycles(),
                life.dischargedAh(),
                life.dischargedKwh(),
                life.chargedAh(),
                life.chargedKwh());
        line(
                "events",
                "%d deep discharges, %d over-voltages, %d over-temperatures, %d charges in the cold",
                life.deepDischarges(),
                life.overVoltages(),
                life.overTemperatures(),
                life.coldCharges());
    }

    private static String time(double utcS) {
        return Double.isNaN(utcS)
                ? "at an unknown time"
                : Instant.ofEpochSecond((long) Math.floor(utcS)).toString();
    }

    private void line(String what, String text, Object... values) {
        to.append(format("%-12s", what)).append(format(text, values)).append(System.lineSeparator());
    }

    private static String format(String text, Object... values) {
        return String.format(Locale.ROOT, text, values);
    }

    @Override
    public String toString() {
        return to.toString();
    }
}
