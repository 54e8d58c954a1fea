package io.github.bms4j.limit;

import io.github.bms4j.cell.CellRating;
import io.github.bms4j.cell.CellType;
import io.github.bms4j.cell.PackLayout;
import io.github.bms4j.estimate.PackEstimate;
import io.github.bms4j.measure.Channel;
import io.github.bms4j.measure.PackSample;
import java.util.Arrays;

/**
 * What is known of every cell now, with its doubts: where a look ahead begins.
 *
 * <p>Currents here are those of one cell. The place after the last cell is the mean cell, which stands for the pack's voltage. Thread: one.
 * Allocation: none after construction.
 */
final class CellStates {
    /** Share of the cell's own heat, and of the heat it loses, that is counted on where it helps. */
    static final double SURE_HEAT = 0.8;

    /** A resistance is never taken for less than this part of the model's, nor for more than its inverse. */
    private static final double LEAST_RATIO = 0.2;

    private static final double MOST_DOUBT = 0.9;

    /** The ohmic drop is learned over two seconds: what is faster than the fastest pair counts to it. */
    private static final double PULSE_S = 2.0;

    private static final double PULSE_SIGMA_V = 0.004;
    private static final double PULSE_MEMORY_V2 = 0.1;
    private static final double PULSE_LEAST_SIGMA = 0.03;

    /** The pairs are learned over twenty. */
    private static final double PAIRS_S = 20.0;

    private static final double PAIRS_SIGMA_V = 0.006;
    private static final double PAIRS_MEMORY_V2 = 0.03;
    private static final double PAIRS_LEAST_SIGMA = 0.05;

    /** How far the curve itself may lie off along the SOC axis: at the knee a point of SOC is a tenth of a volt and more. */
    private static final double CURVE_SIGMA = 0.012;

    /**
     * Towards empty it may lie off by so much more: pulses end before, so file and estimate stand on what was extrapolated. From a SOC of
     * {@value #KNEE_SOC} on by a share that is whole {@value #KNEE_SPAN} below it.
     */
    private static final double KNEE_SIGMA = 0.024;

    private static final double KNEE_SOC = 0.2;
    private static final double KNEE_SPAN = 0.08;

    /** What is added per kelvin below the temperatures that the cell type was held against. */
    private static final double PAIRS_PER_K = 0.010;

    private final CellRating rating;
    private final PackLayout layout;
    private final LimitSigmas sigmas;
    private final CircuitTables tables;
    private final int n;
    private final boolean third;
    private final double fittedFromDegC;
    private final ResponseRatio pulses;
    private final ResponseRatio relaxations;
    final double[] pairDoubt;
    private final int[] sensorOfCell;
    final double[][] soc;
    final double[][] openV;
    final double[] socSigma;
    final double[] likelySoc;
    final double[] likelyOpenV;
    /** Half way between the likely SOC and the careful one of discharging. */
    final double[] middleSoc;

    final double[] middleOpenV;
    final double[] v;
    private final double[] missV;
    final double[] hysteresis;
    final double[] coldDegC;
    final double[] hotDegC;
    final double[] plateDegC;
    final double[] plateSoc;
    /** Heat that leaves a cell, W: all of it where it does harm, the sure part where it helps. */
    final double[] coolW;

    final double[] shedW;
    private final HeatLoss loss;
    private final double spreadKPerW;
    /** Heat that the pairs make now, W, and how much warming may be counted on, K. */
    final double[] pairsW;

    final double[] mostWarmingK;
    final double[] r0;
    final double[] ratio;
    final double[] pairRatio;
    final double[] doubt;
    /** Resistances of the pairs now and their voltages: pair, cell. */
    final double[][] pairOhm;

    final double[][] pairV;
    final double[] r1;
    final double[] r2;
    final double[] r3;
    final double[] v1;
    final double[] v2;
    final double[] v3;
    final double[] perAh;
    double cellA;

    CellStates(CellType type, PackLayout layout, LimitSigmas sigmas, CircuitTables tables) {
        this.rating = type.rating();
        this.layout = layout;
        this.sigmas = sigmas;
        this.tables = tables;
        n = layout.cells();
        fittedFromDegC = type.error().coldestDegC();
        third = type.circuit().branches().size() > 2;
        double doubtful = type.error().resistanceSigma();
        pulses =
                new ResponseRatio(layout.cells(), PULSE_S, PULSE_SIGMA_V, PULSE_MEMORY_V2, doubtful, PULSE_LEAST_SIGMA);
        relaxations = new ResponseRatio(
                layout.cells(), PAIRS_S, PAIRS_SIGMA_V, PAIRS_MEMORY_V2, 2.0 * doubtful, PAIRS_LEAST_SIGMA);
        double shedding = type.thermal().toAmbientWPerK();
        spreadKPerW = shedding > 0.0 ? sigmas.uneven() / shedding : 0.0;
        loss = new HeatLoss(type.thermal().heatCapacityJPerK(), layout.temperatureSensors());
        sensorOfCell = new int[n];
        Arrays.setAll(sensorOfCell, layout::sensorOfCell);
        soc = new double[2][n + 1];
        openV = new double[2][n + 1];
        socSigma = new double[n];
        likelySoc = new double[n + 1];
        likelyOpenV = new double[n + 1];
        middleSoc = new double[n + 1];
        middleOpenV = new double[n + 1];
        v = new double[n + 1];
        missV = new double[n];
        hysteresis = new double[n + 1];
        coldDegC = new double[n + 1];
        hotDegC = new double[n + 1];
        plateDegC = new double[n + 1];
        plateSoc = new double[n + 1];
        coolW = new double[n + 1];
        shedW = new double[n + 1];
        pairsW = new double[n + 1];
        mostWarmingK = new double[n + 1];
        r0 = new double[n + 1];
        ratio = new double[n + 1];
        pairRatio = new double[n + 1];
        doubt = new double[n + 1];
        pairDoubt = new double[n + 1];
        pairOhm = new double[HorizonWeights.PAIRS][n + 1];
        pairV = new double[HorizonWeights.PAIRS][n + 1];
        r1 = pairOhm[0];
        r2 = pairOhm[1];
        r3 = pairOhm[2];
        v1 = pairV[0];
        v2 = pairV[1];
        v3 = pairV[2];
        perAh = new double[n + 1];
        Arrays.fill(missV, Double.NaN);
    }

    /** NaN if anything is not known that a look ahead needs of a cell, some figure otherwise. */
    double known(int c) {
        return soc[0][c]
                + plateSoc[c]
                + v[c]
                + hotDegC[c]
                + plateDegC[c]
                + r0[c]
                + doubt[c]
                + pairDoubt[c]
                + r1[c]
                + r2[c]
                + r3[c]
                + v1[c]
                + v2[c]
                + v3[c]
                + perAh[c];
    }

    /** Takes what is known of all cells now, {@code dtS} after the last time. */
    void load(PackSample sample, PackEstimate estimate, double dtS) {
        cellA = layout.cellCurrentA(sample.current().value(0));
        pulses.begin(dtS);
        relaxations.begin(dtS);
        loss.begin(dtS);
        int known = -1;
        for (int c = 0; c < n; c++) {
            load(c, sample, estimate);
            int sensor = sensorOfCell[c];
            if (sensor != known) {
                known = sensor;
                loss.step(sample.temperature(), sensor, heatW(c));
            }
            double lossNowW = loss.lossW(sensor);
            coolW[c] = lossNowW > 0.0 ? lossNowW : 0.0;
            plateDegC[c] = coldDegC[c] - sigmas.sensorK() - spreadKPerW * coolW[c];
            shedW[c] = lossNowW > 0.0 ? SURE_HEAT * lossNowW : lossNowW;
        }
        mean(coolW, shedW, hotDegC, coldDegC);
        mean(soc[0], soc[1], openV[0], openV[1]);
        mean(likelySoc, likelyOpenV, v, hysteresis);
        mean(plateDegC, plateSoc, r0, perAh);
        mean(ratio, pairRatio, doubt, pairDoubt);
        mean(r1, r2, r3, v3);
        mean(v1, v2, pairsW, mostWarmingK);
        mean(middleSoc, middleOpenV, middleSoc, middleOpenV);
    }

    /** Heat that a cell makes now, W. */
    private double heatW(int c) {
        return cellA * cellA * r0[c] + pairsW[c];
    }

    private static double square(double v, double ohm) {
        return ohm > 0.0 ? v * v / ohm : 0.0;
    }

    /** Four at a time: a sum waits for itself, four sums do not wait for each other. */
    private void mean(double[] p, double[] q, double[] r, double[] s) {
        double sumP = 0.0;
        double sumQ = 0.0;
        double sumR = 0.0;
        double sumS = 0.0;
        for (int c = 0; c < n; c++) {
            sumP += p[c];
            sumQ += q[c];
            sumR += r[c];
            sumS += s[c];
        }
        p[n] = sumP / n;
        q[n] = sumQ / n;
        r[n] = sumR / n;
        s[n] = sumS / n;
    }

    private void load(int c, PackSample sample, PackEstimate estimate) {
        double sensorDegC = sample.temperature().value(sensorOfCell[c]);
        double coreDegC = estimate.coreDegC(c); // NaN when nobody estimates it
        hotDegC[c] = coreDegC > sensorDegC ? coreDegC : sensorDegC;
        double cold = coreDegC < sensorDegC ? coreDegC : sensorDegC;
        coldDegC[c] = cold;
        double z = estimate.soc(c);
        double sigma = estimate.socSigma(c);
        socSigma[c] = sigma;
        double margin = sigmas.soc() * Math.sqrt(sigma * sigma + CURVE_SIGMA * CURVE_SIGMA);
        double knee = CURVE_SIGMA + KNEE_SIGMA * Math.max(0.0, Math.min(1.0, (KNEE_SOC - z) / KNEE_SPAN));
        double emptyMargin = sigmas.soc() * Math.sqrt(sigma * sigma + knee * knee);
        double h = estimate.hysteresis(c);
        hysteresis[c] = Double.isNaN(h) ? 0.0 : h; // its middle, when nobody follows it
        soc[0][c] = Math.max(0.0, z - emptyMargin);
        soc[1][c] = Math.min(1.0, z + margin);
        plateSoc[c] = Math.min(1.0, z + sigmas.plating() * sigma);
        likelySoc[c] = z;
        openV[0][c] = tables.openV(soc[0][c], hysteresis[c], cold);
        openV[1][c] = tables.openV(soc[1][c], hysteresis[c], cold);
        v[c] = terminalV(c, sample.cellVoltage(), estimate.predictedV(c));
        double error = estimate.resistanceError(c);
        double known = Double.isNaN(error) ? 1.0 : Math.max(LEAST_RATIO, 1.0 + error);
        double modelOhm = estimate.r0Ohm(c) / known;
        double diffusionV = estimate.diffusionV(c);
        v1[c] = estimate.fastRcV(c);
        v2[c] = estimate.slowRcV(c);
        v3[c] = third && !Double.isNaN(diffusionV) ? diffusionV : 0.0; // NaN when nobody follows it
        double restV = tables.openV(z, hysteresis[c], cold);
        likelyOpenV[c] = restV;
        middleSoc[c] = 0.5 * (z + soc[0][c]);
        middleOpenV[c] = tables.openV(middleSoc[c], hysteresis[c], cold);
        double pairsV = v1[c] + v2[c] + v3[c];
        double readV = sample.cellVoltage().usable(c) ? v[c] : Double.NaN;
        pulses.cell(c, readV, restV - pairsV, modelOhm * cellA);
        ratio[c] = Math.max(LEAST_RATIO, Math.min(1.0 / LEAST_RATIO, pulses.ratio(c, known)));
        doubt[c] = Math.min(MOST_DOUBT, sigmas.resistance() * pulses.sigma(c));
        r0[c] = ratio[c] * modelOhm;
        relaxations.cell(c, readV, restV - r0[c] * cellA, pairsV);
        // What has aged has aged as a whole, until it shows.
        double before = Math.max(1.0, ratio[c]);
        pairRatio[c] = Math.max(LEAST_RATIO, Math.min(1.0 / LEAST_RATIO, relaxations.ratio(c, before)));
        double beyondK = Math.max(0.0, fittedFromDegC + 5.0 - cold);
        double pairSigma = relaxations.sigma(c) + PAIRS_PER_K * beyondK;
        pairDoubt[c] = Math.min(MOST_DOUBT, sigmas.polarisation() * pairSigma);
        r1[c] = pairRatio[c] * estimate.fastOhm(c);
        r2[c] = pairRatio[c] * estimate.slowOhm(c);
        r3[c] = third ? pairRatio[c] * tables.ohm(3, z, cold) : 0.0;
        pairsW[c] = square(v1[c], r1[c]) + square(v2[c], r2[c]) + square(v3[c], r3[c]);
        mostWarmingK[c] = tables.mostWarmingK(z, cold);
        double ah = estimate.health().capacityAh(c);
        perAh[c] = 1.0 / (Double.isNaN(ah) ? rating.capacityAh() : ah);
    }

    /** The voltage of now; where its reading is missing, what the model says, with what it lacked when there was one. */
    private double terminalV(int c, Channel voltage, double predictedV) {
        double read = voltage.value(c);
        if (voltage.usable(c)) {
            missV[c] = read - predictedV;
            return read;
        }
        double held = predictedV + missV[c];
        return Double.isNaN(held) ? read : held;
    }

    /** Capacity of a cell, Ah. */
    double capacityAh(int c) {
        return 1.0 / perAh[c];
    }

    /** Sums of both responses of a cell into four places. */
    void keep(int c, double[] into, int at) {
        into[at] = pulses.sumXx(c);
        into[at + 1] = pulses.sumXy(c);
        into[at + 2] = relaxations.sumXx(c);
        into[at + 3] = relaxations.sumXy(c);
    }

    /** Takes them up again as if only a share had been seen. */
    void recall(int c, double[] from, int at, double share) {
        pulses.recall(c, from[at], from[at + 1], share);
        relaxations.recall(c, from[at + 2], from[at + 3], share);
    }
}
