package io.github.bms4j.cell.fit;

import io.github.bms4j.cell.CellType;
import io.github.bms4j.cell.ModelError;
import io.github.bms4j.cell.Provenance;
import io.github.bms4j.cell.ThermalRating;
import io.github.bms4j.cell.fit.FitRecord.Column;
import io.github.bms4j.cell.fit.FitRecord.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Fits a cell type to measurements: open-circuit voltage with hysteresis and temperature, R0 and three RC pairs over SOC and
 * temperature, heat, and how wrong the model is.
 *
 * <p>One least-squares problem over everything (docs/theory/cell-fit.md): slow runs, pulses and drives pull at the same curve
 * and resistances, each with its own doubts. Levenberg–Marquardt from several time constants, robust against outliers,
 * deterministic: the same records give the same bits. Takes seconds; allocates freely. Thread: any.
 */
public final class CellFit {
    private static final double COARSE_S = 5.0;
    private static final double FINE_S = 1.0;
    private static final double[][] TAU_STARTS_S = {{10.0, 90.0, 1000.0}, {20.0, 200.0, 1400.0}, {5.0, 60.0, 700.0}};
    private static final int COARSE_STEPS = 6;
    private static final int FINE_STEPS = 8;
    private static final int UNSEEN_STEPS = 4;
    private static final int MISS_STEPS = 200;
    private static final int ROUNDS = 2;

    private final FitSettings settings;
    private final List<FitRecord> records;
    private final List<String> notes = new ArrayList<>();
    private final FitSetup setup;

    private CellFit(FitSettings settings, List<FitRecord> records, List<OcvTable> tables) {
        this.settings = settings;
        this.records = records;
        this.setup = FitSetup.of(settings, records, tables, notes);
    }

    /**
     * Fits.
     *
     * @param records measured files, among them a slow run unless there is a table
     * @param tables drawn open-circuit voltages
     * @throws IllegalArgumentException when the data do not make a sound cell type; one sentence that says why
     */
    public static FitResult fit(FitSettings settings, List<FitRecord> records, List<OcvTable> tables) {
        if (records.stream().noneMatch(r -> r.kind() == Kind.OCV) && tables.isEmpty()) {
            throw new IllegalArgumentException("found no OCV file, expected at least one");
        }
        return new CellFit(settings, List.copyOf(records), List.copyOf(tables)).run();
    }

    private FitResult run() {
        double[] x = coarse();
        FitProblem fine = setup.problem(FINE_S);
        setup.start(fine, TAU_STARTS_S[0]);
        for (int round = 0; round < ROUNDS; round++) {
            setup.doubts(fine, x, true);
            new LevenbergMarquardt(fine).minimize(x, FINE_STEPS, 1e-4);
        }
        List<Residuals> all = residuals(fine, x);
        List<Residuals> loads =
                all.stream().filter(r -> r.track.kind != Kind.OCV).toList();
        List<Residuals> unseen = unseen(fine, x, loads);
        return result(fine, x, all, loads, unseen);
    }

    /** The best of several starts on coarse bins, after a few steps. */
    private double[] coarse() {
        FitProblem problem = setup.problem(COARSE_S);
        double bestCost = Double.POSITIVE_INFINITY;
        double[] best = new double[0];
        for (double[] tau : TAU_STARTS_S) {
            double[] trial = setup.start(problem, tau);
            setup.doubts(problem, trial, false);
            LevenbergMarquardt solver = new LevenbergMarquardt(problem);
            solver.minimize(trial, COARSE_STEPS, 1e-3);
            if (solver.cost() < bestCost || best.length == 0) {
                bestCost = solver.cost();
                best = trial;
            }
        }
        return best;
    }

    private List<Residuals> residuals(FitProblem problem, double[] at) {
        List<Residuals> all = new ArrayList<>();
        for (FitTrack track : problem.tracks()) {
            all.add(Residuals.of(problem.model(), at, track, setup.capacityAh));
        }
        return all;
    }

    /** The load tracks as predicted by fits that left their record out; empty where there is only one such record. */
    private List<Residuals> unseen(FitProblem problem, double[] at, List<Residuals> loads) {
        List<Residuals> unseen = new ArrayList<>();
        long loadRecords = loads.stream().map(r -> r.track.record).distinct().count();
        if (loadRecords < 2) {
            return unseen;
        }
        int left = -1;
        double[] without = at;
        for (Residuals r : loads) {
            if (r.track.record != left) {
                left = r.track.record;
                boolean[] out = new boolean[records.size()];
                out[left] = true;
                problem.leaveOut(out);
                without = at.clone();
                new LevenbergMarquardt(problem).minimize(without, UNSEEN_STEPS, 1e-3);
            }
            unseen.add(Residuals.of(problem.model(), without, r.track, setup.capacityAh));
        }
        problem.leaveOut(new boolean[0]);
        return unseen;
    }

    private FitResult result(
            FitProblem fine, double[] x, List<Residuals> all, List<Residuals> loads, List<Residuals> unseen) {
        CellAssembly parts = new CellAssembly(setup.layout, x);
        ModelError error =
                new ResidualStatistics(loads, unseen, records, setup.capacityAh).error(setup.layout.referenceDegC);
        Optional<ThermalRating> heat = ThermalFit.of(loads, records, setup.capacityAh);
        if (heat.isEmpty()) {
            notes.add(
                    "Heat capacity and loss are typical of the size: no temperature was logged that moves by 2 K or more.");
        }
        String unlogged = loads.stream()
                .map(r -> records.get(r.track.record))
                .filter(record -> !record.has(Column.TEMPERATURE))
                .map(FitRecord::name)
                .distinct()
                .collect(Collectors.joining(", "));
        if (!unlogged.isEmpty()) {
            notes.add("No temperature of the cell was logged in " + unlogged
                    + ": it is taken to warm itself by its losses.");
        }
        if (loads.isEmpty()) {
            notes.add("Resistances are typical of the chemistry and size: no pulse or drive was given.");
        }
        List<FileScore> scores = scores(all, loads, unseen);
        double efficiency = setup.efficiency(notes);
        double[] mostA = new double[2];
        for (FitRecord record : records) {
            for (int k = 0; k < record.rows(); k++) {
                double a = record.at(Column.CURRENT, k);
                mostA[0] = Math.max(mostA[0], Math.ceil(10.0 * a) / 10.0);
                mostA[1] = Math.max(mostA[1], Math.ceil(-10.0 * a) / 10.0);
            }
        }
        double usualRate = setup.typical == TypicalCell.LFP ? 1.0 : 0.5;
        mostA[0] = Math.max(mostA[0], setup.capacityAh);
        mostA[1] = Math.max(mostA[1], Math.ceil(5.0 * setup.capacityAh) / 10.0);
        double rate = Math.min(usualRate, Math.max(0.5, mostA[1] / setup.capacityAh));
        CellType cell = new CellType(
                settings.name(),
                setup.typical.chemistry,
                CellAssembly.rating(
                        setup.typical,
                        setup.capacityAh,
                        new double[] {setup.minV, setup.maxV},
                        x[FitLayout.segment(FitLayout.OCV_SOC, 0.5)],
                        mostA,
                        efficiency),
                parts.ocv(),
                parts.circuit(),
                heat.orElseGet(() -> ThermalFit.usual(setup.typical, setup.capacityAh)),
                CellAssembly.chargeMap(setup.typical, rate),
                error,
                provenance(scores));
        List<FitResult.Miss> misses = new ArrayList<>();
        for (int r = 0; r < records.size(); r++) {
            misses.add(new FitResult.Miss(records.get(r).name(), Residuals.overSoc(all, r, MISS_STEPS)));
        }
        return new FitResult(cell, scores, misses, Identifiability.of(fine, x), setup.capacityAh, notes);
    }

    private List<FileScore> scores(List<Residuals> all, List<Residuals> loads, List<Residuals> unseen) {
        List<FileScore> scores = new ArrayList<>();
        for (int r = 0; r < records.size(); r++) {
            int record = r;
            List<Residuals> mine =
                    all.stream().filter(m -> m.track.record == record).toList();
            if (mine.isEmpty()) {
                notes.add(records.get(r).name() + " was not used: no run of five rows or more.");
                continue;
            }
            List<Residuals> blind = new ArrayList<>();
            for (int k = 0; k < unseen.size(); k++) {
                if (loads.get(k).track.record == record) {
                    blind.add(unseen.get(k));
                }
            }
            scores.add(new FileScore(
                    records.get(r).name(),
                    records.get(r).kind(),
                    ResidualStatistics.meanDegC(mine.get(0).track),
                    mine.stream().mapToInt(m -> m.track.rows()).sum(),
                    mine.get(0).soc[0],
                    Residuals.rmsV(mine, -1.0, 2.0),
                    Residuals.rmsV(mine, 0.05, 0.95),
                    Residuals.rmsV(blind, 0.05, 0.95)));
        }
        return scores;
    }

    private Provenance provenance(List<FileScore> scores) {
        StringBuilder method = new StringBuilder(
                "Fitted by bms fit (docs/theory/cell-fit.md). Open-loop voltage residual, RMS mV between 5 and 95 % SOC:");
        for (FileScore score : scores) {
            method.append(String.format(
                    Locale.ROOT,
                    " %s %.1f;",
                    score.name(),
                    1e3 * (Double.isNaN(score.insideV()) ? score.rmsV() : score.insideV())));
        }
        method.append(
                " The charge map, the temperature windows and the typical values named below are the project's judgement.");
        for (String note : notes) {
            method.append(' ').append(note);
        }
        return new Provenance(settings.origin(), settings.licence(), method.toString());
    }
}
