package io.github.bms4j.estimate;

import io.github.bms4j.cell.CellType;
import io.github.bms4j.cell.OcvCurve;
import io.github.bms4j.cell.PackLayout;
import io.github.bms4j.cell.ThermalRating;
import io.github.bms4j.measure.PackSample;
import io.github.bms4j.num.StepResult;
import java.util.Arrays;

/**
 * Estimates how hot the cells are in the middle, where no sensor is, and goes on while a sensor is lost.
 *
 * <p>Model: every temperature sensor stands for a cell of its block with two thermal nodes, warmed by the mean losses of the
 * block's cells and by reversible heat, cooled to surroundings it does not know. A Kalman filter carries core, surface,
 * surroundings, the loss to them (within a fifth and five times the rated one) and the part of the entropic coefficient
 * that the cell's table does not know.
 *
 * <pre>heat = i (R0 i + v1 + v2 + v3) - i T dU/dT</pre>
 *
 * <p>The assumption that fails first is that neighbours are alike: heat from a hotter neighbour looks like poor cooling.
 * The unknown conductance inside the cell is taken as {@link #CONDUCTION_SIGMA} of the difference core to surface, on top
 * of the filter's own sigma.
 *
 * <p>Bad input: without a reading the temperatures are predicted and sigma grows; without a current the last heat goes on
 * and counts as unsure; after {@link #MAX_GAP_S} without a sample they start afresh from the next reading. Before a sensor
 * was ever read its cells are NaN. Nothing throws. Units and sign: A (positive discharging), °C, K, W, s. Thread: one.
 * Allocation: none after construction.
 *
 * @see "docs/theory/core-temperature.md"
 */
public final class CoreTemperatureEstimator {
    /** Longest time between two samples that is bridged by the model, s. */
    public static final double MAX_GAP_S = 120.0;

    /** Relative standard deviation of the conductance from core to surface. */
    public static final double CONDUCTION_SIGMA = 0.4;

    // Our judgement, held against measured discharges and charges in docs/theory/core-temperature.md.
    private static final double INTERVAL_S = 2.0;
    private static final double SENSOR_SIGMA_K = 0.3;
    private static final double SENSOR_CORRELATION_S = 20.0;
    private static final double AMBIENT_SENSOR_SIGMA_K = 1.0;
    private static final double AMBIENT_CORRELATION_S = 600.0;
    private static final double START_CORE_SIGMA_K = 5.0;
    private static final double START_AMBIENT_SIGMA_K = 10.0;
    private static final double START_LOSS_SIGMA = 0.5;
    private static final double AMBIENT_DRIFT_K2_PER_S = 4e-4;
    private static final double LOSS_DRIFT_PER_S = 9e-6;
    private static final double HEAT_CORRELATION_S = 300.0;
    private static final double HEAT_SIGMA_WITHOUT_FILTER = 0.5;
    private static final double HEAT_SIGMA_WITHOUT_CURRENT = 1.0;
    private static final double ENTROPY_SIGMA_WITHOUT_TABLE = 3e-4;
    private static final double ENTROPY_SIGMA_WITH_TABLE = 1e-4;
    private static final double ENTROPY_CORRELATION_SOC = 0.15;
    /** A cell file that gives no loss is taken to cool in ten hours. */
    private static final double SLOWEST_COOLING_S = 36_000.0;

    private final CellType type;
    private final PackLayout layout;
    private final double entropySigma;
    private final CoreThermal[] nodes;
    private final boolean[] begun;
    private final boolean[] ever;
    private final int[] members;
    private final double[] heatW;
    private final double[] heatJ;
    private final double[] soc;

    private boolean timed;
    private long lastNanos;
    private double lastA;
    private double pendingS;
    private double movedAs;
    private double heatSigma;

    /** An estimator for every sensor of a pack of one type of cell. */
    public CoreTemperatureEstimator(CellType type, PackLayout layout) {
        this.type = type;
        this.layout = layout;
        this.entropySigma = knowsEntropy(type.ocv()) ? ENTROPY_SIGMA_WITH_TABLE : ENTROPY_SIGMA_WITHOUT_TABLE;
        int sensors = layout.temperatureSensors();
        ThermalRating thermal = type.thermal();
        double lossWPerK = Math.max(thermal.toAmbientWPerK(), thermal.heatCapacityJPerK() / SLOWEST_COOLING_S);
        nodes = new CoreThermal[sensors];
        for (int s = 0; s < sensors; s++) {
            nodes[s] =
                    new CoreThermal(0.5 * thermal.heatCapacityJPerK(), 0.5 * thermal.coreToSurfaceWPerK(), lossWPerK);
        }
        begun = new boolean[sensors];
        ever = new boolean[sensors];
        members = new int[sensors];
        heatW = new double[sensors];
        heatJ = new double[sensors];
        soc = new double[sensors];
        for (int c = 0; c < layout.cells(); c++) {
            members[layout.sensorOfCell(c)]++;
        }
    }

    private static boolean knowsEntropy(OcvCurve ocv) {
        for (int k = 0; k <= 100; k++) {
            if (ocv.entropicVPerK(0.01 * k) != 0.0) {
                return true;
            }
        }
        return false;
    }

    /**
     * Takes one sample and the estimate made from it, and writes {@link PackEstimate#coreDegC}.
     *
     * @param sample readings with their time
     * @param estimate circuit and polarisation in, core temperatures out
     * @param ambientDegC measured air or coolant around the cells, °C; NaN when nobody knows
     * @return whether the time went on; temperatures change every two seconds of it
     */
    public StepResult step(PackSample sample, PackEstimate estimate, double ambientDegC) {
        if (!sample.begun()) {
            return StepResult.HELD;
        }
        double dtS = timed ? (sample.nanos() - lastNanos) * 1e-9 : 0.0;
        if (timed && !(dtS > 0.0)) {
            return StepResult.HELD;
        }
        boolean flows = sample.current().usable(0);
        double cellA = flows ? layout.cellCurrentA(sample.current().value(0)) : lastA;
        if (dtS > MAX_GAP_S) {
            Arrays.fill(begun, false);
            clearInterval();
        } else if (dtS > 0.0) {
            pendingS += dtS;
            movedAs += 0.5 * (lastA + cellA) * dtS;
            gather(0.5 * dtS);
        }
        double nowSigma = flows ? lose(cellA, estimate) : HEAT_SIGMA_WITHOUT_CURRENT;
        heatSigma = Math.max(heatSigma, nowSigma);
        gather(dtS > MAX_GAP_S ? 0.0 : 0.5 * dtS);
        lastNanos = sample.nanos();
        lastA = cellA;
        if (!timed || dtS > MAX_GAP_S || pendingS >= INTERVAL_S) {
            for (int s = 0; s < nodes.length; s++) {
                advance(s, sample, ambientDegC);
            }
            publish(estimate);
            clearInterval();
        }
        timed = true;
        return StepResult.USED;
    }

    /** Half a trapezoid of the heat. */
    private void gather(double weightS) {
        for (int s = 0; s < heatW.length; s++) {
            heatJ[s] += weightS * heatW[s];
        }
    }

    private void clearInterval() {
        Arrays.fill(heatJ, 0.0);
        pendingS = 0.0;
        movedAs = 0.0;
        heatSigma = 0.0;
    }

    /** Mean losses and SOC of the cells behind every sensor; returns the relative standard deviation of the losses. */
    private double lose(double cellA, PackEstimate estimate) {
        Arrays.fill(heatW, 0.0);
        Arrays.fill(soc, 0.0);
        double sigma = type.error().resistanceSigma();
        for (int c = 0; c < layout.cells(); c++) {
            int s = layout.sensorOfCell(c);
            double dropV = cellA * estimate.r0Ohm(c)
                    + known(estimate.fastRcV(c))
                    + known(estimate.slowRcV(c))
                    + known(estimate.diffusionV(c));
            double cellSoc = estimate.soc(c);
            if (Double.isNaN(dropV) || Double.isNaN(cellSoc)) {
                cellSoc = 0.5;
                dropV = cellA
                        * type.circuit()
                                .totalOhm(
                                        cellSoc,
                                        begun[s] ? coreDegC(s) : type.ocv().referenceDegC());
                sigma = HEAT_SIGMA_WITHOUT_FILTER;
            }
            heatW[s] += cellA * dropV / members[s];
            soc[s] += cellSoc / members[s];
        }
        return sigma;
    }

    private static double known(double v) {
        return Double.isNaN(v) ? 0.0 : v;
    }

    private void advance(int s, PackSample sample, double ambientDegC) {
        CoreThermal node = nodes[s];
        boolean fresh = sample.temperature().ageS(s, sample.nanos()) <= pendingS;
        double readDegC = sample.temperature().value(s);
        if (!begun[s]) {
            if (fresh) {
                begin(s, readDegC, ambientDegC);
            }
            return;
        }
        double dtS = pendingS;
        double meanA = movedAs / dtS;
        double meanW = heatJ[s] / dtS;
        double movedSoc = Math.abs(movedAs) / (type.rating().capacityAh() * 3600.0);
        double kept = StrictMath.exp(-movedSoc / ENTROPY_CORRELATION_SOC);
        node.predict(meanW, meanA, type.ocv().entropicVPerK(soc[s]), kept, dtS);
        double warmingK = heatSigma * meanW * dtS / type.thermal().heatCapacityJPerK();
        node.heatNoise(warmingK * warmingK * (1.0 + 2.0 * HEAT_CORRELATION_S / dtS));
        node.loosen(CoreThermal.AMBIENT, AMBIENT_DRIFT_K2_PER_S * dtS);
        node.loosen(CoreThermal.LOSS, LOSS_DRIFT_PER_S * dtS);
        node.loosen(CoreThermal.ENTROPY, entropySigma * entropySigma * (1.0 - kept * kept));
        if (fresh) {
            double r = SENSOR_SIGMA_K * SENSOR_SIGMA_K * (1.0 + 2.0 * SENSOR_CORRELATION_S / dtS);
            node.correct(CoreThermal.SURFACE, readDegC, r);
        }
        if (Double.isFinite(ambientDegC)) {
            double r = AMBIENT_SENSOR_SIGMA_K * AMBIENT_SENSOR_SIGMA_K * (1.0 + 2.0 * AMBIENT_CORRELATION_S / dtS);
            node.correct(CoreThermal.AMBIENT, ambientDegC, r);
        }
    }

    /** First reading, or first after a gap: core and surroundings are near it; what was learned of the cell is kept. */
    private void begin(int s, double readDegC, double ambientDegC) {
        CoreThermal node = nodes[s];
        node.set(CoreThermal.SURFACE, readDegC, SENSOR_SIGMA_K * SENSOR_SIGMA_K);
        node.set(CoreThermal.CORE, readDegC, START_CORE_SIGMA_K * START_CORE_SIGMA_K);
        boolean told = Double.isFinite(ambientDegC);
        double sigma = told ? AMBIENT_SENSOR_SIGMA_K : START_AMBIENT_SIGMA_K;
        node.set(CoreThermal.AMBIENT, told ? ambientDegC : readDegC, sigma * sigma);
        if (ever[s]) {
            node.forget(CoreThermal.LOSS, START_LOSS_SIGMA * START_LOSS_SIGMA);
            node.forget(CoreThermal.ENTROPY, entropySigma * entropySigma);
        } else {
            node.set(CoreThermal.LOSS, 0.0, START_LOSS_SIGMA * START_LOSS_SIGMA);
            node.set(CoreThermal.ENTROPY, 0.0, entropySigma * entropySigma);
        }
        begun[s] = true;
        ever[s] = true;
    }

    private void publish(PackEstimate estimate) {
        for (int c = 0; c < layout.cells(); c++) {
            int s = layout.sensorOfCell(c);
            estimate.core(c, coreDegC(s), coreSigmaK(s));
        }
    }

    /** Temperature in the middle of the cells behind a sensor, °C; NaN while it was not read since the start or a gap. */
    public double coreDegC(int sensor) {
        return begun[sensor] ? nodes[sensor].x[CoreThermal.CORE] : Double.NaN;
    }

    /** Standard deviation of {@link #coreDegC}, K. */
    public double coreSigmaK(int sensor) {
        CoreThermal node = nodes[sensor];
        double inside = CONDUCTION_SIGMA * (node.x[CoreThermal.CORE] - node.x[CoreThermal.SURFACE]);
        return begun[sensor] ? Math.sqrt(node.variance(CoreThermal.CORE) + inside * inside) : Double.NaN;
    }

    /** Temperature at a sensor, measured or not, °C; NaN like {@link #coreDegC}. */
    public double surfaceDegC(int sensor) {
        return begun[sensor] ? nodes[sensor].x[CoreThermal.SURFACE] : Double.NaN;
    }

    /** Standard deviation of {@link #surfaceDegC}, K. */
    public double surfaceSigmaK(int sensor) {
        return begun[sensor] ? Math.sqrt(nodes[sensor].variance(CoreThermal.SURFACE)) : Double.NaN;
    }

    /** Temperature the cells behind a sensor cool towards, °C; NaN like {@link #coreDegC}. */
    public double ambientDegC(int sensor) {
        return begun[sensor] ? nodes[sensor].x[CoreThermal.AMBIENT] : Double.NaN;
    }

    /** Loss to the surroundings over the rated one, 0.2…5; NaN like {@link #coreDegC}. */
    public double lossFactor(int sensor) {
        return begun[sensor] ? nodes[sensor].lossFactor() : Double.NaN;
    }

    /** Mean of {@link #lossFactor(int)} over the sensors that were read; 1 while none was. */
    public double lossFactor() {
        double sum = 0.0;
        int read = 0;
        for (int s = 0; s < begun.length; s++) {
            if (begun[s]) {
                sum += nodes[s].lossFactor();
                read++;
            }
        }
        return read > 0 ? sum / read : 1.0;
    }
}
