package io.github.bms4j.limit;

import io.github.bms4j.cell.CellRating;
import io.github.bms4j.cell.CellType;
import io.github.bms4j.cell.ChargeMap;
import io.github.bms4j.cell.PackLayout;
import io.github.bms4j.estimate.PackEstimate;
import io.github.bms4j.measure.Channel;
import io.github.bms4j.measure.PackSample;
import java.util.Arrays;

/**
 * Carries each cell's whole circuit over a horizon under a constant current and says by how much it breaks a bound.
 *
 * <p>Model: from the terminal voltage of now the changes are counted: open-circuit curve with hysteresis as the SOC moves, the
 * ohmic drop, each RC pair on its exact path under a resistance that changes evenly from start to end, all resistances at the
 * SOC and temperature of the end, the temperature by the cell's own heat. Every change is taken for worse by the sigmas of the
 * settings. The more current, the worse: {@link #excess} rises with the current. docs/theory/current-limits.md has the
 * equations.
 *
 * <p>Currents here are those of one cell, as magnitudes. The place after the last cell is the mean cell, which stands for the
 * pack's voltage. Thread: one. Allocation: none after construction.
 */
final class CellLookahead {
    /** Excesses are weighed against each other in these steps; any would do. */
    private static final double PER_V = 10.0;

    private static final double PER_K = 0.2;
    private static final double PER_RATING = 5.0;

    /** Share of the cell's own heat, and of the heat it loses, that is counted on where it helps. */
    static final double SURE_HEAT = 0.8;

    /**
     * No more warming than this is counted on, K. With a resistance that falls by beta per kelvin the drop i R(T0 + k i²) rises with
     * the current only while the warming is below 1 / (2 beta); beta is at most 0.06 per kelvin down to -20 °C for 30 kJ/mol.
     */
    private static final double MOST_WARMING_K = 8.0;

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

    /** What is added per kelvin below the temperatures that the cell type was held against. */
    private static final double PAIRS_PER_K = 0.010;

    private final CellRating rating;
    private final ChargeMap map;
    private final PackLayout layout;
    private final LimitSigmas sigmas;
    final CircuitTables tables;
    final HorizonWeights[] weights;
    private final boolean third;
    private final ResponseRatio pulses;
    private final ResponseRatio relaxations;
    final double[] pairDoubt;
    final double voltageDoubt;
    final double perMovedSoc;
    private final double turnPerSoc;
    private final double fittedFromDegC;
    final double[] edgeV = new double[2];
    final double[] hottestDegC = new double[2];
    /** Up to this SOC the charge map does not change with the SOC, so that what it allows now it allows at the end. */
    final double flatMapTo;

    /** Up to this temperature the charge map allows more the warmer it is. */
    private final double risingMapToDegC;

    /** From here up to {@link #risingMapToDegC} it allows the same. */
    final double levelMapFromDegC;

    private final int n;
    private final int[] sensorOfCell;
    final double[][] soc;
    final double[][] openV;
    final double[] socSigma;
    final double[] likelySoc;
    final double[] likelyOpenV;
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
    final double[] r0;
    final double[] ratio;
    final double[] pairRatio;
    final double[] doubt;
    /** Resistances of the pairs now and their voltages: pair, cell. */
    final double[][] pairOhm;

    final double[][] pairV;
    private final double[] r1;
    private final double[] r2;
    private final double[] r3;
    private final double[] v1;
    private final double[] v2;
    private final double[] v3;
    final double[] perAh;
    double cellA;

    /** Current at the start over that at the end; 1 for a constant current, less where constant power is drawn from a falling voltage. */
    private double startShare = 1.0;

    /** Of the last {@link #excess}: each bound by itself, V, K and A beyond it, and the voltage without any doubt. */
    private double voltageExcess;

    private double heatExcess;
    private double platingExcess;
    private double endV;
    private double doubtV;
    private double lowestV;

    CellLookahead(CellType type, PackLayout layout, LimitSettings settings) {
        this.rating = type.rating();
        this.map = type.chargeMap();
        this.layout = layout;
        this.sigmas = settings.sigmas();
        tables = new CircuitTables(type);
        Horizon[] horizons = Horizon.values();
        weights = new HorizonWeights[horizons.length];
        for (Horizon h : horizons) {
            weights[h.ordinal()] = new HorizonWeights(type, h);
        }
        third = type.circuit().branches().size() > 2;
        double doubtful = type.error().resistanceSigma();
        pulses =
                new ResponseRatio(layout.cells(), PULSE_S, PULSE_SIGMA_V, PULSE_MEMORY_V2, doubtful, PULSE_LEAST_SIGMA);
        relaxations = new ResponseRatio(
                layout.cells(), PAIRS_S, PAIRS_SIGMA_V, PAIRS_MEMORY_V2, 2.0 * doubtful, PAIRS_LEAST_SIGMA);
        voltageDoubt = sigmas.voltage() * type.error().sigmaV(tables.referenceDegC);
        perMovedSoc = 1.0 / type.error().correlationSoc();
        fittedFromDegC = type.error().coldestDegC();
        turnPerSoc = type.ocv().hysteresis().turnPerSoc();
        double marginV = settings.voltageMarginV();
        flatMapTo = flatTo(map);
        risingMapToDegC = risingTo(map);
        levelMapFromDegC = levelFrom(map, risingMapToDegC);
        double shedding = type.thermal().toAmbientWPerK();
        spreadKPerW = shedding > 0.0 ? sigmas.uneven() / shedding : 0.0;
        loss = new HeatLoss(type.thermal().heatCapacityJPerK(), layout.temperatureSensors());
        edgeV[0] = rating.minV() + marginV;
        edgeV[1] = rating.maxV() - marginV;
        hottestDegC[0] = rating.discharge().maxDegC() - settings.temperatureMarginK();
        hottestDegC[1] = rating.charge().maxDegC() - settings.temperatureMarginK();
        n = layout.cells();
        sensorOfCell = new int[n];
        Arrays.setAll(sensorOfCell, layout::sensorOfCell);
        soc = new double[2][n + 1];
        openV = new double[2][n + 1];
        socSigma = new double[n];
        likelySoc = new double[n + 1];
        likelyOpenV = new double[n + 1];
        v = new double[n + 1];
        missV = new double[n];
        hysteresis = new double[n + 1];
        coldDegC = new double[n + 1];
        hotDegC = new double[n + 1];
        plateDegC = new double[n + 1];
        plateSoc = new double[n + 1];
        coolW = new double[n + 1];
        shedW = new double[n + 1];
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

    /** NaN if anything is not known that {@link #excess} needs of a cell, some figure otherwise. */
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
        int known = -1;
        for (int c = 0; c < n; c++) {
            load(c, sample, estimate);
            int sensor = sensorOfCell[c];
            if (sensor != known) {
                known = sensor;
                loss.step(sample.temperature(), sensor, heatW(c), dtS);
            }
            double lossNowW = loss.lossW(sensor);
            coolW[c] = lossNowW > 0.0 ? lossNowW : 0.0;
            plateDegC[c] = coldDegC[c] - sigmas.sensorK() - spreadKPerW * coolW[c];
            shedW[c] = lossNowW > 0.0 ? SURE_HEAT * lossNowW : lossNowW;
        }
        mean(coolW);
        mean(shedW);
        mean(soc[0]);
        mean(soc[1]);
        mean(openV[0]);
        mean(openV[1]);
        mean(likelySoc);
        mean(likelyOpenV);
        mean(v);
        mean(hysteresis);
        mean(coldDegC);
        mean(hotDegC);
        mean(plateDegC);
        mean(plateSoc);
        mean(r0);
        mean(ratio);
        mean(pairRatio);
        mean(doubt);
        mean(pairDoubt);
        mean(r1);
        mean(r2);
        mean(r3);
        mean(v1);
        mean(v2);
        mean(v3);
        mean(perAh);
    }

    /** Heat that a cell makes now, W. */
    private double heatW(int c) {
        return cellA * cellA * r0[c] + square(v1[c], r1[c]) + square(v2[c], r2[c]) + square(v3[c], r3[c]);
    }

    private static double square(double v, double ohm) {
        return ohm > 0.0 ? v * v / ohm : 0.0;
    }

    private void mean(double[] values) {
        double sum = 0.0;
        for (int c = 0; c < n; c++) {
            sum += values[c];
        }
        values[n] = sum / n;
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
        double h = estimate.hysteresis(c);
        hysteresis[c] = Double.isNaN(h) ? 0.0 : h; // its middle, when nobody follows it
        soc[0][c] = Math.max(0.0, z - margin);
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

    /**
     * By how much the worst of a cell's bounds is broken at the end of a horizon under a constant current, in steps that mean
     * nothing by themselves; above 0 it is broken. Rises with the current. NaN where something is not known.
     *
     * @param d ordinal of the direction
     * @param horizon ordinal of the horizon
     * @param a magnitude of the cell's current, A
     */
    double excess(int c, int d, int horizon, double a) {
        HorizonWeights w = weights[horizon];
        double sign = 1.0 - 2.0 * d;
        double i = sign * a;
        double moved = 0.5 * (1.0 + startShare) * a * w.hours * perAh[c];
        double z = soc[d][c] - sign * moved;
        double coolK = w.fromNow ? w.riseKPerW * coolW[c] : 0.0;
        double warmK = w.fromNow ? sureWarmingK(w, a, r0[c]) : 0.0;
        double endDegC = coldDegC[c] + warmK - coolK;

        // The resistances of the end. Clamped as whole numbers and by comparison: Math.min of doubles costs as much as
        // a look-up.
        double[] ohm = tables.ohm;
        double at = z * CircuitTables.GRID;
        int j = Math.max(0, Math.min(CircuitTables.GRID - 1, (int) at));
        double x = at - j;
        x = x < 0.0 ? 0.0 : x > 1.0 ? 1.0 : x;
        double warm = (endDegC - CircuitTables.COLDEST_DEG_C) * (1.0 / CircuitTables.STEP_K);
        int t = Math.max(0, Math.min(CircuitTables.ROWS - 2, (int) warm));
        double y = warm - t;
        y = y < 0.0 ? 0.0 : y > 1.0 ? 1.0 : y;
        int low = t * CircuitTables.ROW + j * CircuitTables.OHMS;
        int up = low + CircuitTables.ROW;
        double ll = (1.0 - x) * (1.0 - y);
        double lr = x * (1.0 - y);
        double ul = (1.0 - x) * y;
        double ur = x * y;
        double end0 = ll * ohm[low] + lr * ohm[low + 4] + ul * ohm[up] + ur * ohm[up + 4];
        double end1 = ll * ohm[low + 1] + lr * ohm[low + 5] + ul * ohm[up + 1] + ur * ohm[up + 5];
        double end2 = ll * ohm[low + 2] + lr * ohm[low + 6] + ul * ohm[up + 2] + ur * ohm[up + 6];
        double end3 = ll * ohm[low + 3] + lr * ohm[low + 7] + ul * ohm[up + 3] + ur * ohm[up + 7];

        double heatW = 0.5
                        * a
                        * a
                        * (startShare * startShare * r0[c] + ratio[c] * end0 + pairs(w.settled, r1[c], r2[c], r3[c]))
                + a * (Math.abs(v1[c]) + Math.abs(v2[c]) + Math.abs(v3[c]));
        double endHotDegC = hotDegC[c] + w.riseKPerW * (heatW - shedW[c]);

        // What changes from now to the end: the open-circuit voltage, the ohmic drop, the pairs.
        double turning = turnPerSoc * moved;
        double turned = turning * (1.0 + turning * (0.5 + turning * (1.0 / 6.0)));
        double endHysteresis = hysteresis[c] + turned / (1.0 + turned) * (-sign - hysteresis[c]);
        double open = tables.openV(z, endHysteresis, endDegC) - openV[d][c];
        if (d == 0) {
            // The knee may lie on either side of the conservative SOC: the deeper fall counts.
            double likely = tables.openV(likelySoc[c] - moved, endHysteresis, endDegC) - likelyOpenV[c];
            open = likely < open ? likely : open;
        }
        double drop = ratio[c] * end0 * i - r0[c] * cellA;
        double relax = pairs(w.settled, v1[c], v2[c], v3[c]);
        double drive =
                startShare * pairs(w.atStart, r1[c], r2[c], r3[c]) + pairRatio[c] * pairs(w.atEnd, end1, end2, end3);
        double polarise = i * drive - relax;
        double along = moved * perMovedSoc;
        doubtV = doubt[c] * Math.abs(drop)
                + pairDoubt[c] * Math.abs(polarise)
                + voltageDoubt * (along > 1.0 ? 1.0 : along);
        endV = v[c] + open - drop - polarise;
        voltageExcess = sign * (edgeV[d] - endV) + doubtV;
        heatExcess = endHotDegC - hottestDegC[d];
        double worst = higher(PER_V * voltageExcess, PER_K * heatExcess);
        double endPlateSoc = plateSoc[c] + moved;
        double endPlateDegC = plateDegC[c] - coolK;
        if (d == 0 || !w.fromNow || (endPlateSoc <= flatMapTo && endPlateDegC >= levelMapFromDegC)) {
            platingExcess = Double.NEGATIVE_INFINITY;
            return worst;
        }
        platingExcess = a - map.maxRatePerH(endPlateSoc, endPlateDegC) * rating.capacityAh();
        return higher(worst, PER_RATING / rating.maxChargeA() * platingExcess);
    }

    /** The higher of two; NaN if either is. */
    private static double higher(double p, double q) {
        return p > q ? p : p <= q ? q : Double.NaN;
    }

    private static double flatTo(ChargeMap map) {
        double[] socs = map.socs();
        double[][] rates = map.rates();
        for (int k = 1; k < socs.length; k++) {
            for (double[] row : rates) {
                if (row[k] != row[0]) {
                    return socs[k - 1];
                }
            }
        }
        return Double.POSITIVE_INFINITY;
    }

    private static double risingTo(ChargeMap map) {
        double[] degC = map.temperatures();
        double[][] rates = map.rates();
        for (int t = 1; t < degC.length; t++) {
            for (int k = 0; k < rates[t].length; k++) {
                if (rates[t][k] < rates[t - 1][k]) {
                    return degC[t - 1];
                }
            }
        }
        return degC[degC.length - 1];
    }

    private static double levelFrom(ChargeMap map, double toDegC) {
        double[] degC = map.temperatures();
        double[][] rates = map.rates();
        double from = toDegC;
        for (int t = degC.length - 1; t >= 0; t--) {
            if (degC[t] <= toDegC) {
                int above = Math.min(t + 1, degC.length - 1);
                if (degC[t] < toDegC && !Arrays.equals(rates[t], rates[above])) {
                    return from;
                }
                from = degC[t];
            }
        }
        return from;
    }

    /** By how much a current surely warms a cell until the end of a horizon, K. */
    static double sureWarmingK(HorizonWeights w, double a, double ohm) {
        double warmK = SURE_HEAT * w.riseKPerW * a * a * ohm;
        return warmK > MOST_WARMING_K ? MOST_WARMING_K : warmK;
    }

    private static double pairs(double[] w, double x1, double x2, double x3) {
        return w[0] * x1 + w[1] * x2 + w[2] * x3;
    }

    /** The rule that the last {@link #excess} found broken most. */
    LimitRule worstRule() {
        double voltage = PER_V * voltageExcess;
        double heat = PER_K * heatExcess;
        double plating = PER_RATING / rating.maxChargeA() * platingExcess;
        if (plating > voltage && plating > heat) {
            return LimitRule.PLATING;
        }
        return heat > voltage ? LimitRule.SELF_HEATING : LimitRule.CELL_VOLTAGE;
    }

    /**
     * The lowest voltage that the pack has on the way to the end of a horizon under a current of so many amperes per cell, less
     * all doubts, V; {@link #lowestV} is the same less a share of them.
     */
    double surelyV(int d, int horizon, double a, double share) {
        double atOnceV = packV(d, a) / n;
        double surely = atOnceV;
        lowestV = atOnceV;
        for (int h = 0; h <= horizon; h++) {
            excess(n, d, h, a);
            double least = endV - doubtV;
            surely = least < surely ? least : surely;
            double likely = endV - share * doubtV;
            lowestV = likely < lowestV ? likely : lowestV;
        }
        lowestV = n * Math.max(0.0, lowestV);
        return n * Math.max(0.0, surely);
    }

    /** What the last {@link #surelyV} found with a share of the doubts, V. */
    double lowestV() {
        return lowestV;
    }

    /** The pack's voltage at the end of a horizon under a current of so many amperes per cell, V; the best guess. */
    double packV(int d, int horizon, double a) {
        excess(n, d, horizon, a);
        return n * endV;
    }

    /** From now on currents grow evenly from this share of what they end at; 1 is a constant current. */
    void startShare(double newStartShare) {
        startShare = newStartShare;
    }

    /** The pack's voltage right after the current has become so many amperes per cell, V. */
    double packV(int d, double a) {
        return n * (v[n] - r0[n] * ((1.0 - 2.0 * d) * a - cellA));
    }

    /** The current at which a cell's voltage is at its bound at once, A; below 0 if none keeps it inside. */
    double atOnceA(int c, int d) {
        double sign = 1.0 - 2.0 * d;
        double room = sign * (v[c] - edgeV[d]); // to the edge from where it is now
        double more = 1.0 + doubt[c];
        double less = 1.0 - doubt[c];
        double change = room > 0.0 ? room / (r0[c] * more) : room / (r0[c] * less);
        return sign * cellA + change;
    }

    /** The charge rate that the map allows a cell now, A: at its highest likely SOC, at the colder and the hotter temperature. */
    double platingA(int c) {
        double z = plateSoc[c];
        double rate = map.maxRatePerH(z, plateDegC[c]);
        if (!(hotDegC[c] <= risingMapToDegC)) {
            rate = Math.min(rate, map.maxRatePerH(z, hotDegC[c]));
        }
        return rate * rating.capacityAh();
    }

    /** Capacity of a cell, Ah. */
    double capacityAh(int c) {
        return 1.0 / perAh[c];
    }
}
