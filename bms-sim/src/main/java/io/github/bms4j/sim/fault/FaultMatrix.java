package io.github.bms4j.sim.fault;

import io.github.bms4j.measure.Motion;
import io.github.bms4j.protect.Fault;
import io.github.bms4j.protect.FaultSet;
import io.github.bms4j.protect.Reaction;
import io.github.bms4j.sim.run.ShippedData;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Every fault of the table against its detector: made to happen to the simulated pack, found or not, within its time budget or
 * not, and with which reaction.
 *
 * <p>The pack is twelve groups of twenty cells with batch spread, flawed sensors, jittering cycles and a recorded drive for load.
 * The load does not follow what the monitor asks, so that one fault cannot hide another. Where more than a monitor is needed the
 * pack is in the hands of a battery manager: broken contactors, precharge and link in front of it ({@link ContactorCases}), and what
 * detectors find in hours ({@link DetectorCases}).
 */
public final class FaultMatrix {
    private static final double PERIOD_S = 0.1;
    private static final double SLACK = 2.0;

    private FaultMatrix() {}

    /** Runs all rows; the same seed gives the same rows. */
    public static List<MatrixRow> run(long seed) {
        DriveTape tape = new DriveTape(ShippedData.drive(), PERIOD_S);
        List<MatrixRow> rows = new ArrayList<>();
        for (FaultCase c : FaultCases.all()) {
            rows.add(run(c, tape, seed + rows.size()));
        }
        for (ContactorCase c : ContactorCases.all()) {
            rows.add(c.run(tape, seed + rows.size()));
        }
        rows.addAll(DetectorCases.run(seed));
        return rows;
    }

    private static MatrixRow run(FaultCase c, DriveTape tape, long seed) {
        FaultBench bench = new FaultBench(c.startSoc(), c.startDegC(), PERIOD_S, seed);
        long step = 0;
        double startS = bench.nowS();
        while (bench.nowS() - startS < c.warmupS()) {
            load(bench, tape, c, step++);
            bench.step();
        }
        int before = bench.faults.count();
        double fromS = bench.nowS();
        double untilS = fromS + c.causeS() + SLACK * c.fault().budgetS();
        while (bench.nowS() < untilS) {
            load(bench, tape, c, step++);
            c.injection().apply(bench, bench.nowS() - fromS);
            bench.step();
            if (bench.faults.state(c.fault()).stands()) {
                double detectedS = bench.nowS() - fromS - c.causeS();
                boolean reacts = reacts(bench.faults, c.fault());
                boolean later = c.fault().reaction() == Reaction.OPEN_AT_STANDSTILL;
                return new MatrixRow(
                        c.what(), c.fault(), before, detectedS, reacts && (!later || opensAtStandstill(bench)));
            }
        }
        return new MatrixRow(c.what(), c.fault(), before, Double.NaN, false);
    }

    private static void load(FaultBench bench, DriveTape tape, FaultCase c, long step) {
        bench.packA = c.loadShare() * tape.cellA(step) * FaultBench.LAYOUT.parallel();
    }

    /** Whether a fault's reaction is in force; that of the standstill as long as the pack moves. */
    static boolean reacts(FaultSet f, Fault fault) {
        return switch (fault.reaction()) {
            case NOTE -> true;
            case DERATE_CHARGE -> f.chargeShare() < 1.0;
            case DERATE_DISCHARGE -> f.dischargeShare() < 1.0;
            case DERATE -> f.chargeShare() < 1.0 && f.dischargeShare() < 1.0;
            case NO_CHARGE -> f.chargeShare() == 0.0;
            case NO_DISCHARGE -> f.dischargeShare() == 0.0;
            case INHIBIT_CLOSING -> !f.mayClose();
            case ZERO -> f.zeroRequested() && !f.mayClose();
            case OPEN -> f.openRequested() && f.zeroRequested() && !f.mayClose();
            case OPEN_AT_STANDSTILL -> f.zeroRequested() && !f.openRequested();
        };
    }

    private static boolean opensAtStandstill(FaultBench bench) {
        bench.motion = Motion.STANDSTILL;
        bench.step();
        return bench.faults.openRequested();
    }

    /** The rows as text, one a line under headings, and a last line that counts them. */
    public static String table(List<MatrixRow> rows) {
        StringBuilder text = new StringBuilder();
        text.append(String.format(
                Locale.ROOT,
                "%-46s %-10s %-44s %11s %9s %-7s %s\n",
                "injected",
                "code",
                "fault",
                "detected s",
                "budget s",
                "within",
                "reaction"));
        int sound = 0;
        for (MatrixRow row : rows) {
            sound += row.sound() ? 1 : 0;
            text.append(String.format(
                    Locale.ROOT,
                    "%-46s %-10s %-44s %11s %9.1f %-7s %s\n",
                    row.injected(),
                    row.fault().dtcText(),
                    row.fault().text(),
                    row.detected() ? String.format(Locale.ROOT, "%.2f", row.detectedS()) : "never",
                    row.budgetS(),
                    row.withinBudget() ? "yes" : "NO",
                    row.fault().reaction().name().toLowerCase(Locale.ROOT).replace('_', ' ')
                            + (row.reacted() ? "" : " MISSING")));
        }
        return text.append(sound)
                .append(" of ")
                .append(rows.size())
                .append(" detected within budget with their reaction\n")
                .toString();
    }
}
