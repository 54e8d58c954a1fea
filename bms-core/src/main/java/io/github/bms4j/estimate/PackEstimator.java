package io.github.bms4j.estimate;

import io.github.bms4j.cell.CellType;
import io.github.bms4j.cell.OcvCurve;
import io.github.bms4j.cell.PackLayout;
import io.github.bms4j.measure.Channel;
import io.github.bms4j.measure.PackSample;
import io.github.bms4j.measure.Plausible;
import io.github.bms4j.measure.SensorRange;
import io.github.bms4j.num.StepResult;
import java.util.Arrays;

/**
 * Many cells at the price of one: a full filter for the mean cell (the bar) and, for every cell, a small filter of how it
 * differs, visited in turn.
 *
 * <p>The bar filter sees the pack's current, the mean voltage and the mean temperature in every step. Every cell is visited once
 * in {@value #VISIT_S} s; between visits it follows the bar. A cell without a usable voltage is left out of the mean by what is known
 * of its difference, and is not visited. What fails first: a difference that changes faster than the visits, such as a cell that
 * warms up alone.
 *
 * <p>Contract, units and bad input: {@link SocEstimator}. Thread: one. Allocation: none per step.
 *
 * @see "docs/theory/bar-delta.md"
 */
public final class PackEstimator implements SocEstimator {
    /** Time in which every cell is visited once, s. */
    public static final double VISIT_S = 10.0;

    private static final Plausible ANY = new Plausible(-1e9, 1e9, Double.POSITIVE_INFINITY);

    private final int cells;
    private final PackLayout layout;
    private final OcvCurve ocv;
    private final double capacityAs;
    private final SocEstimator bar;
    private final PackSample barSample;
    private final PackEstimate barEstimate;
    private final CellDeltas deltas;
    private final BledCharge bled;
    private final double[] bledAs;

    private final double[] slopeV;
    private final double[] visitMoved;
    private final double[] visitS;
    private final double[] measuredThroughput;
    private final double[] measuredS;

    private double barBledAs;
    private boolean timed;
    private long lastNanos;
    private double lastPackA;
    private double moved;
    private double throughput;
    private double countedS;
    private int next;

    /** Bar and differences for a pack, with the usual filter for the bar; {@link #start} it before the first step. */
    public PackEstimator(CellType type, PackLayout layout, NoiseModel noise) {
        this("ekf", type, layout, noise);
    }

    /** The same with another estimator for the bar, one of {@link Estimators#names()}. */
    public PackEstimator(String barEstimator, CellType type, PackLayout layout, NoiseModel noise) {
        this.cells = layout.cells();
        this.layout = layout;
        this.ocv = type.ocv();
        this.capacityAs = type.rating().capacityAh() * 3600.0;
        PackLayout one = new PackLayout(1, layout.parallel(), 1);
        this.bar = Estimators.create(barEstimator, type, one, noise);
        this.barSample = new PackSample(one, new SensorRange(ANY, ANY, ANY, ANY)); // what it is given was judged before
        this.barEstimate = new PackEstimate(one);
        this.deltas = new CellDeltas(cells);
        this.bled = new BledCharge(layout, 0, cells);
        this.bledAs = new double[cells];
        slopeV = new double[cells];
        visitMoved = new double[cells];
        visitS = new double[cells];
        measuredThroughput = new double[cells];
        measuredS = new double[cells];
    }

    @Override
    public String name() {
        return "bar-delta";
    }

    @Override
    public void start(double soc, double sigma) {
        bar.start(soc, sigma);
        deltas.start();
        begin();
    }

    /** The bar starts at the mean; half of a cell's standard deviation counts as its own, as much as is common to all. */
    @Override
    public void startEach(double[] soc, double[] sigma) {
        Interval.checkStarts(cells, soc, sigma);
        double meanSoc = 0.0;
        double meanSigma = 0.0;
        for (int c = 0; c < cells; c++) {
            meanSoc += soc[c] / cells;
            meanSigma += sigma[c] / cells;
        }
        bar.start(Math.min(1.0, meanSoc), meanSigma);
        deltas.start();
        for (int c = 0; c < cells; c++) {
            deltas.soc(c, soc[c] - meanSoc, 0.5 * sigma[c]);
        }
        begin();
    }

    @Override
    public void startFurther(double currentBiasA, double currentBiasSigmaA, double[] resistanceRatio) {
        double known = 0.0;
        int n = 0;
        for (double ratio : resistanceRatio) {
            if (!Double.isNaN(ratio)) {
                known += ratio;
                n++;
            }
        }
        double[] mean = {n == 0 ? Double.NaN : known / n};
        bar.startFurther(currentBiasA, currentBiasSigmaA, mean);
    }

    /** The bar takes over the mean; a quarter of a cell's variance counts as its own, the rest as common to all. */
    @Override
    public void startFrom(PackEstimate now) {
        now.requireKnown(cells);
        double soc = 0.0;
        double sigma = 0.0;
        double fastV = 0.0;
        double slowV = 0.0;
        double diffusionV = 0.0;
        for (int c = 0; c < cells; c++) {
            soc += now.soc(c) / cells;
            sigma += now.socSigma(c) / cells;
            fastV += now.fastRcV(c) / cells;
            slowV += now.slowRcV(c) / cells;
            diffusionV += now.diffusionV(c) / cells;
        }
        barEstimate.cell(0, soc, sigma, fastV, slowV, Double.NaN);
        barEstimate.diffusion(0, diffusionV);
        barEstimate.close(now.nanos());
        bar.startFrom(barEstimate);
        deltas.start();
        for (int c = 0; c < cells; c++) {
            deltas.soc(c, now.soc(c) - soc, 0.5 * now.socSigma(c));
        }
        begin();
    }

    private void begin() {
        bled.restart();
        barBledAs = 0.0;
        timed = false;
        moved = 0.0;
        throughput = 0.0;
        countedS = 0.0;
        next = 0;
        Arrays.fill(slopeV, 0.0);
        Arrays.fill(visitMoved, 0.0);
        Arrays.fill(visitS, 0.0);
        Arrays.fill(measuredThroughput, 0.0);
        Arrays.fill(measuredS, Double.NEGATIVE_INFINITY);
    }

    @Override
    public StepResult step(PackSample sample, PackEstimate into) {
        Channel current = sample.current();
        double meanV = meanVoltage(sample);
        barSample.begin(sample.nanos());
        barSample.readCurrent(sample.begun() && current.usable(0) ? current.value(0) : Double.NaN);
        barSample.readCellVoltage(0, meanV);
        barSample.readTemperature(0, meanTemperature(sample));
        if (sample.bleeds()) {
            bleed(sample);
        }
        StepResult result = bar.step(barSample, barEstimate);
        if (result == StepResult.HELD) {
            return result;
        }
        double packA = current.value(0);
        double dtS = timed ? (sample.nanos() - lastNanos) * 1e-9 : 0.0;
        if (dtS <= CurrentBridge.MAX_BRIDGE_S) {
            double step = layout.cellCurrentA(0.5 * (lastPackA + packA)) * dtS / capacityAs;
            moved -= step;
            throughput += Math.abs(step);
        }
        countedS += dtS;
        double dropV = dropV(layout.cellCurrentA(packA));
        int visits = timed ? (int) Math.min(cells, Math.ceil(cells * dtS / VISIT_S)) : cells;
        for (int k = 0; k < visits; k++) {
            visit(next, sample, meanV, dropV);
            next = next + 1 < cells ? next + 1 : 0;
        }
        lastNanos = sample.nanos();
        lastPackA = packA;
        timed = true;
        write(dropV, into);
        into.close(sample.nanos());
        return result;
    }

    /** The bar is bled of the mean; what a cell lost beyond that moves it away from the bar. */
    private void bleed(PackSample sample) {
        double meanAs = 0.0;
        for (int c = 0; c < cells; c++) {
            bledAs[c] = bled.sinceAs(sample, c);
            meanAs += bledAs[c] / cells;
        }
        for (int c = 0; c < cells; c++) {
            deltas.bleed(c, meanAs / capacityAs, bledAs[c] / capacityAs);
        }
        barBledAs += meanAs;
        barSample.readBled(0, barBledAs * layout.parallel());
    }

    /** Mean voltage of all cells; a missing one stands in with what it is known to differ. NaN when none came. */
    private double meanVoltage(PackSample sample) {
        Channel voltage = sample.cellVoltage();
        double dropV = timed ? dropV(layout.cellCurrentA(sample.current().value(0))) : 0.0;
        double sum = 0.0;
        double differs = 0.0;
        int usable = 0;
        for (int c = 0; c < cells; c++) {
            double differenceV = timed ? differenceV(c, dropV) : 0.0;
            differs += differenceV / cells;
            if (voltage.usable(c)) {
                sum += voltage.value(c) - differenceV;
                usable++;
            }
        }
        return usable == 0 ? Double.NaN : sum / usable + differs;
    }

    private double meanTemperature(PackSample sample) {
        double sum = 0.0;
        for (int c = 0; c < cells; c++) {
            sum += sample.cellTemperatureDegC(c);
        }
        return sum / cells; // NaN while one was never read
    }

    /** What the mean cell's terminal lies below its open circuit, V. */
    private double dropV(double nowA) {
        return barEstimate.r0Ohm(0) * nowA
                + barEstimate.fastRcV(0)
                + barEstimate.slowRcV(0)
                + barEstimate.diffusionV(0);
    }

    /** By how much a cell's voltage is expected above the mean, by the slope of its last visit. */
    private double differenceV(int c, double dropV) {
        return slopeV[c] * deltas.soc(c, moved - visitMoved[c]) - dropV * deltas.state(1, c) + deltas.state(3, c);
    }

    private void visit(int c, PackSample sample, double meanV, double dropV) {
        deltas.drift(c, moved - visitMoved[c], countedS - visitS[c]);
        visitMoved[c] = moved;
        visitS[c] = countedS;
        double barSoc = barEstimate.soc(0);
        double tDegC = barSample.cellTemperatureDegC(0);
        double soc = barSoc + deltas.state(0, c);
        slopeV[c] = ocv.slopeV(soc, tDegC);
        if (!sample.cellVoltage().usable(c)) {
            return;
        }
        double expectedV = ocv.v(soc, tDegC) - ocv.v(barSoc, tDegC) - dropV * deltas.state(1, c) + deltas.state(3, c);
        double residualV = sample.cellVoltage().value(c) - meanV - expectedV;
        double barV = (slopeV[c] - ocv.slopeV(barSoc, tDegC)) * barEstimate.socSigma(0);
        deltas.correct(
                c, residualV, slopeV[c], dropV, barV, throughput - measuredThroughput[c], countedS - measuredS[c]);
        measuredThroughput[c] = throughput;
        measuredS[c] = countedS;
    }

    private void write(double dropV, PackEstimate into) {
        double barSoc = barEstimate.soc(0);
        double barVariance = barEstimate.socSigma(0) * barEstimate.socSigma(0);
        for (int c = 0; c < cells; c++) {
            double resistance = 1.0 + deltas.state(1, c);
            double less = deltas.soc(c, moved - visitMoved[c]);
            double variance = deltas.variance(0, c);
            into.cell(
                    c,
                    barSoc + less,
                    Math.sqrt(barVariance + variance),
                    resistance * barEstimate.fastRcV(0),
                    resistance * barEstimate.slowRcV(0),
                    barEstimate.predictedV(0) + differenceV(c, dropV));
            into.socDifference(c, less, Math.sqrt(variance));
            into.diffusion(c, resistance * barEstimate.diffusionV(0));
            into.circuit(
                    c,
                    resistance * barEstimate.r0Ohm(0),
                    resistance * barEstimate.fastOhm(0),
                    resistance * barEstimate.slowOhm(0),
                    slopeV[c]);
            into.expected(c, barEstimate.predictedSigmaV(0), barEstimate.misfit(0));
            writeErrors(c, resistance, into);
        }
        into.currentBias(barEstimate.currentBiasA());
    }

    /** What was learned of the model: that of the bar and that of the cell. A bar that learns nothing leaves the cell's own. */
    private void writeErrors(int c, double resistance, PackEstimate into) {
        double barError = barEstimate.resistanceError(0);
        double barSigma = barEstimate.resistanceErrorSigma(0);
        boolean learned = !Double.isNaN(barError);
        double variance = deltas.variance(1, c) + (learned ? barSigma * barSigma : 0.0);
        into.resistanceError(c, resistance * (learned ? 1.0 + barError : 1.0) - 1.0, Math.sqrt(variance));
        double barErrorV = barEstimate.voltageErrorV(0);
        double offsetV = deltas.state(3, c);
        into.voltageError(c, Double.isNaN(barErrorV) ? offsetV : barErrorV + offsetV, barEstimate.hysteresis(0));
    }

    /** How a cell differs from the mean cell, as of its last visit; allocates. */
    public CellDelta delta(int cell) {
        return new CellDelta(
                deltas.state(0, cell),
                Math.sqrt(deltas.variance(0, cell)),
                deltas.state(1, cell),
                Math.sqrt(deltas.variance(1, cell)),
                deltas.state(2, cell),
                Math.sqrt(deltas.variance(2, cell)),
                deltas.state(3, cell),
                Math.sqrt(deltas.variance(3, cell)));
    }
}
