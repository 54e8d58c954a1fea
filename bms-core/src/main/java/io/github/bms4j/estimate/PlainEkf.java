package io.github.bms4j.estimate;

import io.github.bms4j.cell.CellType;
import io.github.bms4j.cell.PackLayout;
import io.github.bms4j.cell.RcBranch;
import io.github.bms4j.measure.PackSample;
import io.github.bms4j.num.Check;
import io.github.bms4j.num.StepResult;
import java.util.List;

/**
 * The textbook filter of every cell of a pack: an extended Kalman filter of SOC and two RC voltages that takes every
 * error for white noise.
 *
 * <pre>
 * soc' = soc - i dt / Q                                 i > 0 discharges
 * vj'  = aj vj + (1 - aj) Rj(soc, T) i                  aj = exp(-dt / tauj), j = 1, 2
 * v    = OCV(soc, T) - v1 - v2 - R0(soc, T) i + white noise
 * </pre>
 *
 * <p>It is what most packs are run with and what others are measured against: fast, and too sure of itself, because a
 * model that is 10 mV off now is 10 mV off a minute later. The open-circuit voltage is the middle of the branches; a third RC
 * pair is moved along without being corrected. Process noise is 1e-5 of SOC and 0.1 mV of each RC voltage per root
 * second, independent of each other. Every cell may have its own capacity and resistance.
 *
 * <p>Cells are stepped in blocks of up to {@link #BLOCK}, see docs/theory/vector-kernels.md. Temperatures are followed
 * in steps of 0.05 K. Bad input: as {@link SocEstimator} says; a time of more than 120 s between two samples widens the
 * SOC's uncertainty instead of being integrated. Units and sign: A (positive discharging), V, °C, s. Thread: one.
 * Allocation: none after construction.
 */
public final class PlainEkf implements SocEstimator {
    /** Most cells of a block: what still fits the first-level cache with all its arrays. */
    static final int BLOCK = 136;

    /** Below so many cells each is stepped at once. */
    static final int SCALAR_BELOW = 32;

    private static final double SOC_WALK_PER_ROOT_S = 1e-5;
    private static final double RC_WALK_V_PER_ROOT_S = 1e-4;
    private static final double START_RC_SIGMA_V = 0.02;
    private static final double GAP_SIGMA_PER_S = 0.5 / 3600.0;
    /** Samples that {@link #stepAll} takes through one block before the next. */
    private static final int AHEAD = 32;

    private final String name;
    private final double capacityAs;
    private final double efficiency;
    private final double tau1S;
    private final double tau2S;
    private final double tau3S;
    private final double rcVariance;
    private final double rc2Variance;
    private final double voltageVariance;
    private final int blockCells;
    private final int cells;
    private final PlainBlock[] blocks;
    private final PlainBlock.Scratch scratch;
    private final Interval interval;
    private final PlainStep[] steps = new PlainStep[AHEAD];
    private final PackSample[] ahead = new PackSample[AHEAD];
    private boolean started;
    private double decayDtS = Double.NaN;
    private double a1;
    private double a2;
    private double a3;

    /**
     * A filter of all cells of a pack; {@link #start} it before the first step.
     *
     * @param name short name: what is told apart where several run with different noise
     * @param voltageSigmaV standard deviation of the white noise it takes every voltage error for, V, above 0
     */
    public PlainEkf(String name, CellType type, PackLayout layout, double voltageSigmaV) {
        this(name, type, layout, voltageSigmaV, layout.cells() < SCALAR_BELOW);
    }

    PlainEkf(String name, CellType type, PackLayout layout, double voltageSigmaV, boolean scalar) {
        this.name = name;
        Check.positive("voltageSigmaV", voltageSigmaV);
        voltageVariance = voltageSigmaV * voltageSigmaV;
        capacityAs = type.rating().capacityAh() * 3600.0;
        efficiency = type.rating().coulombicEfficiency();
        List<RcBranch> branches = type.circuit().branches();
        tau1S = branches.get(0).tauS();
        tau2S = branches.get(Math.min(1, branches.size() - 1)).tauS();
        tau3S = branches.get(branches.size() - 1).tauS();
        rcVariance = START_RC_SIGMA_V * START_RC_SIGMA_V;
        rc2Variance = branches.size() > 1 ? rcVariance : 0.0;
        interval = new Interval(layout);
        cells = layout.cells();
        int count = (cells + BLOCK - 1) / BLOCK;
        blockCells = (cells + count - 1) / count;
        scratch = new PlainBlock.Scratch(blockCells);
        blocks = new PlainBlock[(cells + blockCells - 1) / blockCells];
        CellSegments tables = new CellSegments(type);
        for (int b = 0; b < blocks.length; b++) {
            int from = b * blockCells;
            int n = Math.min(blockCells, cells - from);
            blocks[b] = new PlainBlock(tables, layout, from, n, branches.size() > 2, scalar);
        }
        for (int c = 0; c < cells; c++) {
            scale(c, 1.0, 1.0);
        }
        for (int k = 0; k < AHEAD; k++) {
            steps[k] = new PlainStep();
        }
    }

    @Override
    public String name() {
        return name;
    }

    /**
     * Says how one cell differs from its type.
     *
     * @param cell 0 to cells - 1
     * @param capacity its capacity over the rated one, above 0
     * @param resistance its resistances over the type's, above 0
     */
    public void scale(int cell, double capacity, double resistance) {
        Check.positive("capacity", capacity);
        Check.positive("resistance", resistance);
        blocks[cell / blockCells].cell(cell % blockCells, capacityAs * capacity, resistance);
    }

    @Override
    public void start(double soc, double sigma) {
        Check.fraction("soc", soc);
        Check.positive("sigma", sigma);
        for (PlainBlock block : blocks) {
            block.start(soc, sigma * sigma, rcVariance, rc2Variance);
        }
        begin();
    }

    @Override
    public void startEach(double[] soc, double[] sigma) {
        Interval.checkStarts(cells, soc, sigma);
        for (PlainBlock block : blocks) {
            block.start(soc, sigma, rcVariance, rc2Variance);
        }
        begin();
    }

    @Override
    public void startFrom(PackEstimate now) {
        now.requireKnown(cells);
        for (PlainBlock block : blocks) {
            block.startFrom(now, rcVariance, rc2Variance);
        }
        begin();
    }

    private void begin() {
        interval.restart();
        started = true;
    }

    @Override
    public StepResult step(PackSample sample, PackEstimate into) {
        if (!opens(sample)) {
            return StepResult.HELD;
        }
        PlainStep step = steps[0];
        plan(step);
        for (PlainBlock block : blocks) {
            block.step(step, sample, scratch);
            block.report(scratch, into);
        }
        into.close(sample.nanos());
        return StepResult.USED;
    }

    @Override
    public int stepAll(List<PackSample> samples, PackEstimate into) {
        int used = 0;
        int waiting = 0;
        for (int k = 0; k < samples.size(); k++) {
            PackSample sample = samples.get(k);
            if (opens(sample)) {
                plan(steps[waiting]);
                ahead[waiting++] = sample;
                used++;
            }
            if (waiting == AHEAD) {
                run(waiting, into);
                waiting = 0;
            }
        }
        if (waiting > 0) {
            run(waiting, into);
        }
        return used;
    }

    /** Takes every block through the waiting samples before the next block. */
    private void run(int waiting, PackEstimate into) {
        for (PlainBlock block : blocks) {
            for (int k = 0; k < waiting; k++) {
                block.step(steps[k], ahead[k], scratch);
            }
            block.report(scratch, into);
        }
        into.close(ahead[waiting - 1].nanos());
    }

    private boolean opens(PackSample sample) {
        if (!started) {
            throw new IllegalStateException("start() must come before the first step");
        }
        return interval.open(sample);
    }

    private void plan(PlainStep s) {
        double dtS = interval.dtS();
        if (dtS != decayDtS) {
            decayDtS = dtS;
            a1 = StrictMath.exp(-dtS / tau1S);
            a2 = StrictMath.exp(-dtS / tau2S);
            a3 = StrictMath.exp(-dtS / tau3S);
        }
        s.gap = interval.gap();
        double meanA = s.gap ? 0.0 : interval.meanA();
        s.movedAs = meanA * dtS * (meanA < 0.0 ? efficiency : 1.0);
        s.nowA = interval.nowA();
        s.a1 = a1;
        s.a2 = a2;
        s.a3 = a3;
        s.drive1 = (1.0 - a1) * meanA;
        s.drive2 = (1.0 - a2) * meanA;
        s.drive3 = (1.0 - a3) * meanA;
        double unseen = GAP_SIGMA_PER_S * dtS;
        s.qSoc = s.gap ? unseen * unseen : SOC_WALK_PER_ROOT_S * SOC_WALK_PER_ROOT_S * dtS;
        s.qRc = RC_WALK_V_PER_ROOT_S * RC_WALK_V_PER_ROOT_S * dtS;
        s.qRc2 = rc2Variance > 0.0 ? s.qRc : 0.0;
        s.rcVariance = rcVariance;
        s.rc2Variance = rc2Variance;
        s.r = voltageVariance;
    }
}
