package io.github.bms4j.estimate;

import io.github.bms4j.cell.CellType;
import io.github.bms4j.cell.PackLayout;
import io.github.bms4j.measure.Channel;
import io.github.bms4j.measure.PackSample;
import io.github.bms4j.num.Check;
import io.github.bms4j.num.StepResult;
import java.util.List;

/**
 * What {@link CellEkf} and {@link CellSpkf} share: everything but how a straight line is put for the open-circuit voltage.
 *
 * <p>Two rates: states move and voltages are watched at every sample; covariance and correction come every four seconds, or as often as
 * samples do, because what is wrong with a voltage lasts that long (docs/theory/cell-ekf.md). So a standard deviation stands still in between.
 *
 * <p>Reset policy: a cell whose innovations have been four times as large as the filter holds possible for a minute is
 * reopened: SOC kept, its standard deviation at least 30 points, everything else as at a start. It is not reopened again for
 * five minutes, and not while its voltage has jumped ({@link VoltageWatch}): then the SOC is counted on. A gap of more than two minutes reopens every cell, its SOC less sure by half the capacity per hour.
 *
 * <p>Cells are stepped in blocks of up to {@link #BLOCK}, a handful of them one by one; what comes out does not depend on it.
 * docs/theory/vector-kernels.md says why. Temperatures are followed in steps of 0.05 K.
 */
abstract class CellFilter implements SocEstimator {
    /** Most cells of a block. */
    static final int BLOCK = 128;

    /** Below so many cells each is stepped at once. */
    static final int SCALAR_BELOW = 4;

    /** Samples that {@link #stepAll} takes through one block before the next. */
    private static final int AHEAD = 32;

    private final PackLayout layout;
    private final NoiseModel noise;
    private final FilterStep step;
    private final CurrentSwing swing;
    private final FilterBlock[] blocks;
    private final int blockCells;
    private final StepFactors[] factors = new StepFactors[AHEAD];
    private final PackSample[] ahead = new PackSample[AHEAD];

    private boolean started;
    private boolean opened;
    private int reopened;

    CellFilter(CellType type, PackLayout layout, NoiseModel noise, boolean secant) {
        this(type, layout, noise, secant, layout.cells() < SCALAR_BELOW);
    }

    CellFilter(CellType type, PackLayout layout, NoiseModel noise, boolean secant, boolean scalar) {
        this.layout = layout;
        this.noise = noise;
        step = new FilterStep(type, layout, noise);
        swing = new CurrentSwing(type.circuit().r0().ohm(0.5, 25.0));
        int cells = layout.cells();
        int count = (cells + BLOCK - 1) / BLOCK;
        blockCells = (cells + count - 1) / count;
        FilterScratch scratch = new FilterScratch(blockCells);
        CellSegments tables = new CellSegments(type, FilterKernel.LEAST_END_SLOPE_V);
        blocks = new FilterBlock[(cells + blockCells - 1) / blockCells];
        for (int b = 0; b < blocks.length; b++) {
            int from = b * blockCells;
            int n = Math.min(blockCells, cells - from);
            blocks[b] = new FilterBlock(type, tables, noise, layout, from, n, secant, scalar, scratch);
        }
        for (int k = 0; k < AHEAD; k++) {
            factors[k] = new StepFactors();
        }
    }

    @Override
    public final void start(double soc, double sigma) {
        Check.fraction("startSoc", soc);
        Check.positive("sigma", sigma);
        for (FilterBlock block : blocks) {
            block.remember(soc, sigma);
        }
        begin();
    }

    @Override
    public final void startEach(double[] soc, double[] sigma) {
        Interval.checkStarts(layout.cells(), soc, sigma);
        for (FilterBlock block : blocks) {
            block.remember(soc, sigma);
        }
        begin();
    }

    @Override
    public final void startFurther(double currentBiasA, double currentBiasSigmaA, double[] resistanceRatio) {
        if (!started || opened) {
            throw new IllegalStateException("startFurther() must come after start() and before the first step");
        }
        for (FilterBlock block : blocks) {
            block.rememberFurther(
                    layout.cellCurrentA(currentBiasA), layout.cellCurrentA(currentBiasSigmaA), resistanceRatio);
        }
    }

    @Override
    public final void startFrom(PackEstimate now) {
        now.requireKnown(layout.cells());
        for (FilterBlock block : blocks) {
            block.remember(now);
        }
        begin();
    }

    private void begin() {
        started = true;
        opened = false;
        reopened = 0;
        step.restart();
        swing.restart();
    }

    /** How often a cell was reopened since the start because the filter no longer believed itself. */
    public final int reopened() {
        return reopened;
    }

    @Override
    public final StepResult step(PackSample sample, PackEstimate into) {
        if (!accepts(sample)) {
            return StepResult.HELD;
        }
        take(sample, factors[0]);
        double sumBiasA = 0.0;
        for (FilterBlock block : blocks) {
            reopened += block.step(factors[0], sample, true);
            sumBiasA += block.report(into);
        }
        close(sample, sumBiasA, into);
        return StepResult.USED;
    }

    @Override
    public final int stepAll(List<PackSample> samples, PackEstimate into) {
        int used = 0;
        int waiting = 0;
        for (int k = 0; k < samples.size(); k++) {
            PackSample sample = samples.get(k);
            if (accepts(sample)) {
                take(sample, factors[waiting]);
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
        double sumBiasA = 0.0;
        for (FilterBlock block : blocks) {
            for (int k = 0; k < waiting; k++) {
                reopened += block.step(factors[k], ahead[k], k == waiting - 1);
            }
            sumBiasA += block.report(into);
        }
        close(ahead[waiting - 1], sumBiasA, into);
    }

    private boolean accepts(PackSample sample) {
        if (!started) {
            throw new IllegalStateException("start() must come before the first step");
        }
        return sample.begun()
                && sample.current().usable(0)
                && step.accepts(sample.nanos())
                && Interval.temperaturesKnown(sample.temperature());
    }

    private void take(PackSample sample, StepFactors into) {
        Channel current = sample.current();
        step.take(sample.nanos(), current.value(0));
        into.take(step, noise, sample.nanos(), !opened);
        swing.take(step.dtS, step.nowA, into.swing);
        opened = true;
    }

    private void close(PackSample sample, double sumBiasA, PackEstimate into) {
        into.currentBias(layout.parallel() * sumBiasA / layout.cells());
        into.close(sample.nanos());
    }
}
