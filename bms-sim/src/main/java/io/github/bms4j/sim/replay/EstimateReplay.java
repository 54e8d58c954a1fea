package io.github.bms4j.sim.replay;

import io.github.bms4j.cell.CellType;
import io.github.bms4j.cell.PackLayout;
import io.github.bms4j.estimate.CoulombCounter;
import io.github.bms4j.estimate.NoiseModel;
import io.github.bms4j.estimate.PackEstimate;
import io.github.bms4j.estimate.SocEstimator;
import io.github.bms4j.measure.PackSample;
import io.github.bms4j.measure.Plausible;
import io.github.bms4j.num.StepResult;
import io.github.bms4j.sim.trace.Trace;
import java.util.ArrayList;
import java.util.List;

/**
 * Lets an estimator follow the recording of a real cell, row by row; nothing is simulated.
 *
 * <p>A pack of one cell. Every row of the range gives one row of the trace: a row whose time or readings are no good is
 * held, and the estimator's own rules decide what that means. A recording that is slow throughout (a row in five minutes)
 * is not taken for a row of gaps: between two rows no further apart than {@link RecordingClock#gapS} the current is taken
 * as straight and handed on in steps that estimators bridge, without a voltage. The reference SOC gives a start its error
 * where that was asked for; otherwise it enters nothing but the score.
 *
 * <p>Thread: one per replay; recording and cell type are shared. Allocates the trace.
 */
public final class EstimateReplay {
    /** Estimators bridge no more than this between two samples, s. */
    private static final double LONGEST_STEP_S = 120.0;

    /** How fast the SOC may move unseen, 1/s: half the capacity in an hour. */
    private static final double UNSEEN_PER_S = 0.5 / 3600.0;

    /** How far from the start its reference may stand, s. */
    private static final double START_S = 60.0;

    private static final PackLayout ONE = new PackLayout(1, 1, 1);

    private final Recording recording;
    private final RecordingScreen screen;
    private final RecordingClock clock;
    private final CellType cell;
    private final ReplaySetup setup;
    private final double[] socRef;
    private final double[] trust;
    private final List<ReplayRange.Part> parts;
    private final double firstDegC;

    // While it runs: of the row taken in last.
    private double lastS;
    private double lastA;
    private VoltageDoubts doubts;

    /**
     * A replay that can be run any number of times.
     *
     * @param screen what is wrong with it
     * @param cell what the estimator believes the cell to be
     * @throws IllegalArgumentException if the range holds no row, a column is missing, or no temperature is known
     */
    public EstimateReplay(Recording recording, RecordingScreen screen, CellType cell, ReplaySetup setup) {
        this.recording = recording;
        this.screen = screen;
        this.clock = screen.clock();
        this.cell = cell;
        this.setup = setup;
        this.socRef = ReplayRange.reference(recording, setup.reference().column());
        this.parts = setup.range().parts(recording, clock, socRef);
        if (parts.stream().noneMatch(this::anyToTakeIn)) {
            throw new IllegalArgumentException(
                    "found no row with a time and a current in " + setup.range().text() + ", expected some");
        }
        this.firstDegC = firstTemperature();
        this.trust = trust();
        this.doubts = new VoltageDoubts(recording);
    }

    private boolean anyToTakeIn(ReplayRange.Part part) {
        for (int k = part.first(); k < part.end(); k++) {
            if (!Double.isNaN(clock.timeS(k)) && !Double.isNaN(screen.currentA(k))) {
                return true;
            }
        }
        return false;
    }

    /** What counts until one was measured. */
    private double firstTemperature() {
        Plausible plausible = screen.range().temperature();
        for (int k = 0; k < recording.rows() && Double.isNaN(setup.temperatureDegC()); k++) {
            double measured = recording.temperatureDegC(k);
            if (measured >= plausible.min() && measured <= plausible.max()) {
                return measured;
            }
        }
        if (Double.isNaN(setup.temperatureDegC())) {
            throw new IllegalArgumentException("found no temperature_c, expected the column or a temperature given");
        }
        return setup.temperatureDegC();
    }

    /** What the reference can be wrong, row by row; where it grows, from the head of each part of the recording. */
    private double[] trust() {
        double[] values = new double[recording.rows()];
        double most = 0.0;
        double head = Double.NaN;
        double[] mark = setup.range().restartBy().isEmpty()
                ? new double[0]
                : recording.column(setup.range().restartBy()).orElseThrow();
        for (int k = 0; k < values.length; k++) {
            boolean anew = mark.length > 0 && k > 0 && mark[k] != mark[k - 1];
            if (Double.isNaN(head) || anew) {
                head = socRef[k];
            }
            values[k] = Double.isNaN(socRef[k]) ? 0.0 : Math.abs(socRef[k] - head);
            most = Math.max(most, values[k]);
        }
        for (int k = 0; k < values.length; k++) {
            boolean grows = setup.reference().grows();
            double share = grows ? (most > 0.0 ? values[k] / most : 0.0) : 1.0;
            values[k] = setup.reference().trust() * share;
        }
        return values;
    }

    /**
     * Runs an estimator over the range.
     *
     * @param estimator started here
     * @throws IllegalArgumentException if the start is to be off a reference that is not there
     */
    public Trace run(SocEstimator estimator, ReplayStart start) {
        Trace trace = ReplayTrace.create();
        doubts = new VoltageDoubts(recording);
        for (ReplayRange.Part part : parts) {
            run(part, estimator, start, trace);
        }
        return trace;
    }

    /** Findings of the screen, then what the estimator that ran last found besides. */
    public List<RecordingFinding> findings() {
        List<RecordingFinding> findings = new ArrayList<>(screen.findings());
        findings.addAll(doubts.beside(findings));
        return List.copyOf(findings);
    }

    private void run(ReplayRange.Part part, SocEstimator estimator, ReplayStart start, Trace trace) {
        PackSample sample = new PackSample(ONE, screen.range());
        PackEstimate estimate = new PackEstimate(ONE);
        CoulombCounter counter = new CoulombCounter(cell, ONE, NoiseModel.of(cell));
        ReplayStart told = resolved(part, start);
        estimator.start(told.soc(), told.sigma());
        counter.start(told.soc(), told.sigma());
        lastS = Double.NaN;
        lastA = Double.NaN;
        for (int k = part.first(); k < part.end(); k++) {
            double timeS = clock.timeS(k);
            boolean used = false;
            if (timeS > lastS || (Double.isNaN(lastS) && !Double.isNaN(timeS))) {
                double currentA = screen.currentA(k) + setup.bias().currentA();
                between(timeS, currentA, k, sample, () -> {
                    counter.step(sample);
                    estimator.step(sample, estimate);
                });
                read(sample, timeS, currentA, screen.voltageV(k) + setup.bias().voltageV(), k);
                counter.step(sample);
                used = estimator.step(sample, estimate) == StepResult.USED;
                if (used) {
                    lastS = timeS;
                    lastA = currentA;
                    doubts.row(k, estimate.voltageTrust(0));
                }
            }
            write(trace, k, told, used, estimate, counter.soc(0));
        }
    }

    /** The way from the last row to this one where the recording is slower than a step may be. */
    private void between(double timeS, double currentA, int k, PackSample sample, Runnable step) {
        double dtS = timeS - lastS;
        if (!(dtS > LONGEST_STEP_S && dtS <= clock.gapS()) || !Double.isFinite(currentA)) {
            return;
        }
        int steps = (int) Math.ceil(dtS / LONGEST_STEP_S);
        for (int j = 1; j < steps; j++) {
            double share = j / (double) steps;
            read(sample, lastS + share * dtS, lastA + share * (currentA - lastA), Double.NaN, k);
            step.run();
        }
    }

    private void read(PackSample sample, double timeS, double currentA, double voltageV, int k) {
        sample.begin(Math.round(timeS * 1e9));
        sample.readCurrent(currentA);
        sample.readCellVoltage(0, voltageV);
        sample.readPackVoltage(voltageV);
        sample.readTemperature(0, temperatureDegC(k));
        if (Double.isNaN(sample.cellTemperatureDegC(0))) {
            sample.readTemperature(0, firstDegC);
        }
    }

    private double temperatureDegC(int k) {
        double measured = recording.temperatureDegC(k);
        return Double.isNaN(measured) ? setup.temperatureDegC() : measured;
    }

    private ReplayStart resolved(ReplayRange.Part part, ReplayStart start) {
        double ref = firstReference(part);
        if (start.kind() == ReplayStart.Kind.OFF_REFERENCE && Double.isNaN(ref)) {
            throw new IllegalArgumentException("found no " + setup.reference().column() + " at "
                    + recording.timeS(part.first()) + " s, expected one that the start is off");
        }
        int k = part.first();
        while (k < part.end() - 1 && Double.isNaN(screen.voltageV(k))) {
            k++;
        }
        double atDegC = temperatureDegC(k);
        return start.resolved(
                ref,
                cell,
                screen.currentA(k) + setup.bias().currentA(),
                screen.voltageV(k) + setup.bias().voltageV(),
                Double.isNaN(atDegC) ? firstDegC : atDegC);
    }

    /** The reference at the start of a part; its first row may be one of those that say nothing. */
    private double firstReference(ReplayRange.Part part) {
        double fromS = clock.timeS(part.first());
        for (int k = part.first(); k < part.end() && !(clock.timeS(k) - fromS > START_S); k++) {
            if (!Double.isNaN(socRef[k])) {
                return socRef[k];
            }
        }
        return Double.NaN;
    }

    /** A held estimate grows less sure as an estimator does that is woken after a gap. */
    private double aged(double sigma, double ageS) {
        double unseen = ageS > clock.gapS() ? UNSEEN_PER_S * ageS : 0.0;
        return Math.sqrt(sigma * sigma + unseen * unseen);
    }

    private void write(Trace trace, int k, ReplayStart told, boolean used, PackEstimate estimate, double counted) {
        trace.row();
        trace.set(ReplayTrace.TIME_S, recording.timeS(k));
        trace.set(ReplayTrace.SOC, estimate.known() ? estimate.soc(0) : told.soc());
        double sigma = estimate.known() ? estimate.socSigma(0) : told.sigma();
        trace.set(ReplayTrace.SOC_SIGMA, used ? sigma : aged(sigma, clock.timeS(k) - lastS));
        trace.set(ReplayTrace.VOLTAGE_V, recording.voltageV(k) + setup.bias().voltageV());
        trace.set(ReplayTrace.VOLTAGE_PRED_V, used ? estimate.predictedV(0) : Double.NaN);
        trace.set(ReplayTrace.CURRENT_BIAS_A, estimate.currentBiasA());
        trace.set(ReplayTrace.R0_OHM, estimate.r0Ohm(0));
        trace.set(ReplayTrace.CURRENT_A, recording.currentA(k) + setup.bias().currentA());
        trace.set(ReplayTrace.TEMPERATURE_C, temperatureDegC(k));
        trace.set(ReplayTrace.SOC_COUNTER, counted);
        trace.set(ReplayTrace.SOC_REF, socRef[k]);
        trace.set(ReplayTrace.SOC_REF_TRUST, trust[k]);
        trace.set(ReplayTrace.USED, used ? 1.0 : 0.0);
    }

    /** Scores a column of a trace that {@link #run} made: {@link ReplayTrace#SOC} or {@link ReplayTrace#SOC_COUNTER}. */
    public SocScore score(Trace trace, int column, ReplayStart start, double scoreAfterS) {
        SocScorer scorer = new SocScorer(scoreAfterS);
        score(trace, column, start, scorer, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY);
        return scorer.score();
    }

    /**
     * Scores each part from the row on at which the reference first lies outside a range of SOC, which a flat curve needs.
     *
     * @param above rows count once the reference was above this
     * @param below or below this
     */
    public SocScore scoreOutside(
            Trace trace, int column, ReplayStart start, double scoreAfterS, double below, double above) {
        SocScorer scorer = new SocScorer(scoreAfterS);
        score(trace, column, start, scorer, below, above);
        return scorer.score();
    }

    private void score(Trace trace, int column, ReplayStart start, SocScorer scorer, double below, double above) {
        int row = 0;
        for (ReplayRange.Part part : parts) {
            boolean begun = false;
            for (int k = part.first(); k < part.end(); k++, row++) {
                double ref = trace.get(ReplayTrace.SOC_REF, row);
                double soc = trace.get(column, row);
                if (!begun && (below == Double.POSITIVE_INFINITY || ref < below || ref > above)) {
                    scorer.begin(clock.timeS(k), resolved(part, start).soc() - firstReference(part));
                    begun = true;
                }
                if (begun) {
                    double sigma = column == ReplayTrace.SOC ? trace.get(ReplayTrace.SOC_SIGMA, row) : Double.NaN;
                    scorer.row(clock.timeS(k), soc, sigma, ref, trace.get(ReplayTrace.SOC_REF_TRUST, row));
                }
            }
        }
    }
}
