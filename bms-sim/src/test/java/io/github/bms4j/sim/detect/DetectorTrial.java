package io.github.bms4j.sim.detect;

import io.github.bms4j.cell.CellType;
import io.github.bms4j.cell.PackLayout;
import io.github.bms4j.detect.DetectorSettings;
import io.github.bms4j.detect.Detectors;
import io.github.bms4j.detect.Finding;
import io.github.bms4j.detect.PlatingDetector;
import io.github.bms4j.detect.Suspect;
import io.github.bms4j.sim.cell.TrueCell;
import io.github.bms4j.sim.detect.DetectorBench.Mix;
import io.github.bms4j.sim.run.ShippedData;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * All detectors at once on packs with one fault each, and on packs without any: what is found, how soon, how true, and how often
 * something is found that is not there. {@code docs/detector-trial.sh} prints it.
 */
final class DetectorTrial {
    static final PackLayout LAYOUT = new PackLayout(DetectorBench.CELLS, 40, DetectorBench.SENSORS);

    private static final int DAYS_BEFORE = 3;
    private static final int DAYS_AFTER = 7;
    private static final double DAY_S = 86_400.0;

    private final TrueCell truth;
    private final CellType type;
    private final PackLayout layout;

    DetectorTrial(TrueCell truth, CellType type, PackLayout layout) {
        this.truth = truth;
        this.type = type;
        this.layout = layout;
    }

    /** The simulator's own cell. */
    static DetectorTrial shipped() {
        return new DetectorTrial(ShippedData.truth(), ShippedData.cell(), LAYOUT);
    }

    Detectors detectors(DetectorSettings settings) {
        return new Detectors(type, layout, settings);
    }

    DetectorBench bench(Mix mix, long seed, DetectorBench.Watcher watcher) {
        return new DetectorBench(truth, type, layout, mix, seed, watcher);
    }

    /** One pack with one fault: the right finding or none, and what else was found before it. */
    record Outcome(Fault fault, boolean found, double hours, double truth, Finding finding, List<Finding> others) {
        boolean inside() {
            return truth >= finding.low() && truth <= finding.high();
        }

        @Override
        public String toString() {
            return String.format(
                    Locale.ROOT,
                    "%s: found %b after %.2f h, truth %.4f, %s, others %s",
                    fault.text(),
                    found,
                    hours,
                    truth,
                    finding.describe(),
                    others);
        }
    }

    /** One run under one fault, watched until it is found or a week is over. */
    Outcome run(Fault fault, Mix mix, long seed) {
        Run run = new Run(fault, mix, seed);
        return run.outcome();
    }

    private final class Run {
        private final Fault fault;
        private final Detectors detectors = detectors(DetectorSettings.all());
        private final DetectorBench bench;
        private final Relaxation relaxation = new Relaxation();
        private double sinceS = Double.POSITIVE_INFINITY;
        private double foundS = Double.NaN;
        private double truthThen = Double.NaN;
        private List<Finding> then = List.of();

        Run(Fault fault, Mix mix, long seed) {
            this.fault = fault;
            bench = bench(mix, seed, (sample, estimate) -> {
                detectors.step(sample, estimate, false);
                look(sample.nanos() * 1e-9);
            });
            for (int day = 0; day < DAYS_BEFORE; day++) {
                bench.day();
            }
            if (fault.kind().plates()) {
                bench.drive(9000.0);
                bench.rest(600.0);
                bench.charge(0.3, 0.8);
            } else {
                bench.drive(1000.0);
            }
            sinceS = bench.nowS();
            fault.begin(bench);
            if (fault.kind().plates()) {
                bench.rest(5.0 * 3600.0);
            } else {
                bench.drive(1000.0);
                bench.rest(3600.0);
            }
            for (int day = 0; day < DAYS_AFTER && !fault.kind().plates() && Double.isNaN(foundS); day++) {
                bench.day();
            }
        }

        private void look(double nowS) {
            if (nowS < sinceS || !Double.isNaN(foundS)) {
                return;
            }
            double days = (nowS - sinceS) / DAY_S;
            fault.follow(bench, days);
            if (fault.kind().plates()) {
                int c = Fault.CELL;
                relaxation.note(nowS - sinceS, bench.pack.cellV(c), bench.defects.addedV(c));
            }
            if (detectors.anyAlarmed()) {
                then = detectors.findings();
                if (then.stream().anyMatch(this::right)) {
                    foundS = nowS;
                    truthThen = truthNow(days);
                }
            }
        }

        private double truthNow(double days) {
            PlatingDetector plating = detectors.plating();
            return fault.kind().plates() && plating != null
                    ? relaxation.trueBulgeV(plating, Fault.CELL)
                    : fault.truth(bench, days);
        }

        private boolean right(Finding finding) {
            return finding.suspect() == fault.kind().suspect && finding.index() == fault.kind().index;
        }

        Outcome outcome() {
            List<Finding> others = new ArrayList<>(then);
            others.removeIf(
                    f -> right(f) || (fault.kind() == Fault.Kind.PLATED_PACK && f.suspect() == Suspect.CELL_PLATING));
            Finding finding = then.stream()
                    .filter(this::right)
                    .findFirst()
                    .orElse(new Finding(
                            fault.kind().suspect, fault.kind().index, Double.NaN, Double.NaN, Double.NaN, 0));
            boolean found = !Double.isNaN(foundS);
            return new Outcome(fault, found, (foundS - sinceS) / 3600.0, truthThen, finding, others);
        }
    }

    /** What was found in packs without a fault: new findings of each kind, over so many hours. */
    record Quiet(double packHours, Map<Suspect, Integer> alarms, List<String> what) {
        int total() {
            return alarms.values().stream().mapToInt(Integer::intValue).sum();
        }
    }

    /** Packs of a mix without a fault for some days each; a finding that goes away and comes back counts twice. */
    Quiet quiet(Mix mix, int seeds, int days) {
        Map<Suspect, Integer> alarms = new EnumMap<>(Suspect.class);
        List<String> what = new ArrayList<>();
        for (long seed = 1; seed <= seeds; seed++) {
            Detectors detectors = detectors(DetectorSettings.all());
            List<String> standing = new ArrayList<>();
            String of = mix.name() + ", seed " + seed + ": ";
            DetectorBench bench = bench(mix, 1000 + seed, (sample, estimate) -> {
                detectors.step(sample, estimate, false);
                if (!detectors.anyAlarmed()) {
                    standing.clear();
                    return;
                }
                List<String> now = new ArrayList<>();
                for (Finding finding : detectors.findings()) {
                    String name = finding.suspect() + " " + finding.index();
                    now.add(name);
                    if (!standing.contains(name)) {
                        alarms.merge(finding.suspect(), 1, Integer::sum);
                        what.add(of + finding.describe());
                    }
                }
                standing.clear();
                standing.addAll(now);
            });
            for (int day = 0; day < days; day++) {
                bench.day();
            }
        }
        return new Quiet(seeds * days * 24.0, alarms, what);
    }

    private static final Fault[] FAULTS = {
        new Fault(Fault.Kind.LEAK, 50),
        new Fault(Fault.Kind.LEAK, 100),
        new Fault(Fault.Kind.LEAK, 200),
        new Fault(Fault.Kind.LEAK, 500),
        new Fault(Fault.Kind.LEAK, 2000),
        new Fault(Fault.Kind.PLATED_CELL, 1),
        new Fault(Fault.Kind.PLATED_CELL, 2),
        new Fault(Fault.Kind.PLATED_CELL, 5),
        new Fault(Fault.Kind.PLATED_CELL, 10),
        new Fault(Fault.Kind.PLATED_PACK, 2),
        new Fault(Fault.Kind.PLATED_PACK, 5),
        new Fault(Fault.Kind.PLATED_PACK, 10),
        new Fault(Fault.Kind.CELL_STEP, 8),
        new Fault(Fault.Kind.CELL_STEP, 11),
        new Fault(Fault.Kind.CELL_STEP, -25),
        new Fault(Fault.Kind.CELL_DRIFT, 3),
        new Fault(Fault.Kind.CELL_DRIFT, 11),
        new Fault(Fault.Kind.PACK_STEP, 50),
        new Fault(Fault.Kind.CURRENT_STEP, 2),
        new Fault(Fault.Kind.CURRENT_STEP, -6),
        new Fault(Fault.Kind.TEMPERATURE_STEP, 4),
        new Fault(Fault.Kind.TEMPERATURE_STEP, -8),
        new Fault(Fault.Kind.TEMPERATURE_DRIFT, 3),
    };

    /** Prints the table: {@code [seeds per mix] [days without a fault per seed]}. */
    public static void main(String[] args) {
        int seeds = args.length > 0 ? Integer.parseInt(args[0]) : 4;
        int days = args.length > 1 ? Integer.parseInt(args[1]) : 60;
        Mix[] mixes = DetectorBench.MIXES;
        DetectorTrial nca = shipped();
        System.out.printf(
                Locale.ROOT,
                "12 groups of 120 Ah, five kinds of packs, %d seeds each; found within a week (plating: within its rest)%n%n",
                seeds);
        System.out.println(
                "fault                              | found | hours to find, median (worst) | value (low to high) of the median run,"
                        + " true | true value inside | others blamed");
        for (Fault fault : FAULTS) {
            List<Outcome> outcomes = new ArrayList<>();
            for (Mix mix : mixes) {
                for (long seed = 1; seed <= seeds; seed++) {
                    outcomes.add(nca.run(fault, mix, seed));
                }
            }
            System.out.println(line(fault, outcomes));
        }
        DetectorTrial lfp = OtherCell.lfpTrial();
        for (double mA : new double[] {500, 2000}) {
            List<Outcome> outcomes = new ArrayList<>();
            for (long seed = 1; seed <= seeds; seed++) {
                outcomes.add(lfp.run(new Fault(Fault.Kind.LEAK, mA), mixes[0], seed));
            }
            System.out.println(line(new Fault(Fault.Kind.LEAK, mA), outcomes) + "   (LFP, 105 Ah)");
        }
        System.out.printf(
                Locale.ROOT, "%nfalse alarms in packs without a fault, %d days each of %d seeds%n%n", days, 5 * seeds);
        System.out.println(
                "pack                           |  pack-hours | leak | plating | sensor | per 1000 pack-hours");
        double hours = 0.0;
        int total = 0;
        for (Mix mix : mixes) {
            Quiet quiet = nca.quiet(mix, 5 * seeds, days);
            hours += quiet.packHours();
            total += quiet.total();
            print(mix.name(), quiet);
        }
        print("LFP, new, 25 degC", lfp.quiet(mixes[0], seeds, days));
        System.out.printf(
                Locale.ROOT,
                "all but LFP: %d in %.0f pack-hours; the rate is below %.4f per 1000 pack-hours at 95 %%%n",
                total,
                hours,
                1000.0 / hours * (total == 0 ? 3.0 : total + 1.65 * Math.sqrt(total) + 1.65));
    }

    private static void print(String name, Quiet quiet) {
        int leak = quiet.alarms().getOrDefault(Suspect.CELL_LEAK, 0);
        int plating = quiet.alarms().getOrDefault(Suspect.CELL_PLATING, 0);
        System.out.printf(
                Locale.ROOT,
                "%-30s | %11.0f | %4d | %7d | %6d | %.4f%n",
                name,
                quiet.packHours(),
                leak,
                plating,
                quiet.total() - leak - plating,
                1000.0 * quiet.total() / quiet.packHours());
        quiet.what().forEach(what -> System.out.println("    " + what));
    }

    private static String line(Fault fault, List<Outcome> outcomes) {
        List<Outcome> found = new ArrayList<>();
        int inside = 0;
        int others = 0;
        for (Outcome outcome : outcomes) {
            if (outcome.found()) {
                found.add(outcome);
                inside += outcome.inside() ? 1 : 0;
            }
            others += outcome.others().isEmpty() ? 0 : 1;
        }
        if (found.isEmpty()) {
            return String.format(Locale.ROOT, "%-34s | %2d/%2d | -%37d", fault.text(), 0, outcomes.size(), others);
        }
        Outcome[] sorted = found.toArray(new Outcome[0]);
        Arrays.sort(sorted, (a, b) -> Double.compare(a.hours(), b.hours()));
        Outcome median = sorted[sorted.length / 2];
        double per =
                fault.kind().suspect == Suspect.CURRENT_SENSOR || fault.kind().suspect == Suspect.TEMPERATURE_SENSOR
                        ? 1.0
                        : 1e3;
        return String.format(
                Locale.ROOT,
                "%-34s | %2d/%2d | %6.2f (%6.2f) | %8.1f (%.1f to %.1f), true %.1f | %2d/%2d | %d",
                fault.text(),
                found.size(),
                outcomes.size(),
                median.hours(),
                sorted[sorted.length - 1].hours(),
                per * median.finding().value(),
                per * median.finding().low(),
                per * median.finding().high(),
                per * median.truth(),
                inside,
                found.size(),
                others);
    }
}
