package io.github.bms4j.detect;

import io.github.bms4j.cell.CellType;
import io.github.bms4j.cell.OcvCurve;
import io.github.bms4j.cell.PackLayout;
import io.github.bms4j.estimate.PackEstimate;
import io.github.bms4j.measure.PackSample;
import io.github.bms4j.num.StepResult;
import java.util.Arrays;

/**
 * Leak current of every cell with its interval, from how its charge drifts away from that of the others.
 *
 * <p>Cells in series carry the same current, so the SOC of a cell less the mean of the others changes by its own capacity and
 * by what leaves it unseen. Whenever the pack rests its voltages measure that difference, as far as the slope of the
 * open-circuit voltage lets them:
 *
 * <pre>
 * x  = (s, k, l, b, e)   SOC less the others'; their capacity over the cell's, less 1; leak, 1/h; sensor offset, V; shape, V
 * s' = s + m k - l dt - bled / Q                 m: by how much the others' SOC moved by charge
 * y  = OCV(z + s) - OCV(z) + b + e + noise       z: mean SOC as estimated
 * </pre>
 *
 * <p>What all cells lose alike cancels and is not seen. On a plateau y says little about s, the interval stays wide and nothing is
 * alarmed. What fails first: a cell voltage sensor that drifts looks like a leak of changing size; {@link #exclude} a cell whose
 * sensor is in doubt.
 *
 * <p>Units and sign: leak A of the group, positive out of the cell. A sample that cannot be used is HELD and changes nothing.
 * Thread: one. Allocation: none after construction.
 *
 * @see "docs/theory/detectors.md"
 */
public final class InternalShortDetector {
    private static final int S = 0;
    private static final int K = 1;
    private static final int L = 2;
    private static final int B = 3;
    private static final int E = 4;

    private static final double START_SOC = 0.05;
    private static final double START_CAPACITY = 0.03;
    private static final double START_LEAK_PER_H = 5e-4;

    /** Two cells' curves differ in shape by so much, V, ... */
    private static final double SHAPE_V = 0.0015;

    /** ... keeping it over so much SOC. */
    private static final double SHAPE_SOC = 0.05;

    /** Not known to be common in what is left of polarisation: a share of it. */
    private static final double RELAXING_SHARE = 0.06;

    /** Noise and resolution of one reading, V, and what no averaging removes. */
    private static final double READING_V = 0.002;

    private static final double FLOOR_V = 0.0002;

    /** Charge lost or gained that is neither leak nor capacity: points of SOC in a root of a day, and of charge moved. */
    private static final double DAY_SOC = 2e-4;

    private static final double MOVED_SOC = 5e-4;
    private static final double DAY_CAPACITY = 3e-4;
    private static final double DAY_OFFSET_V = 1e-4;

    /** Bled charge is known to this share. */
    private static final double BLED_SHARE = 0.1;

    /** A residual beyond this many sigmas is news: a leak began, a sensor jumped. What was known of both is widened. */
    private static final double NEWS = 5.0;

    private static final double NEWS_LEAK_PER_H = 0.01;
    private static final double NEWS_SOC = 0.02;

    /** Smaller news tells by lasting: the mean of the last residuals over their sigmas, a share of each, beyond a bound. */
    private static final double TREND_SHARE = 0.15;

    private static final double TREND = 1.0;

    /** The slope of the curve where a cell stands is known to this share, and with it the size of a leak. */
    private static final double SLOPE_SHARE = 0.15;

    private static final double DAY_S = 86_400.0;
    /** Least share of a remembered variance that is the leak's own, whatever its relative part. */
    private static final double LEAST_KEPT = 0.01;

    private final InternalShortSettings settings;
    private final OcvCurve ocv;
    private final RestClock rest;
    private final double groupAh;
    private final int cells;
    private final StateBank bank;
    private final double[] sumV;
    private final double[] bledAh;
    private final double[] trend;
    private final boolean[] excluded;
    private final boolean[] alarmed;
    private final long[] since;
    private final double[] h = new double[E + 1];

    private int readings;
    private double averagedS;
    private boolean anchored;
    private double anchorSoc;
    private double sinceAnchorS;
    private int measurements;

    /** A detector that knows of no leak. */
    public InternalShortDetector(CellType type, PackLayout layout, InternalShortSettings settings) {
        this.settings = settings;
        this.ocv = type.ocv();
        cells = layout.cells();
        groupAh = type.rating().capacityAh() * layout.parallel();
        rest = new RestClock(type, layout, RestClock.REST_PER_H);
        bank = new StateBank(E + 1, cells);
        bank.start(START_SOC, START_CAPACITY, START_LEAK_PER_H, settings.sensorOffsetV(), SHAPE_V);
        sumV = new double[cells];
        bledAh = new double[cells];
        trend = new double[cells];
        excluded = new boolean[cells];
        alarmed = new boolean[cells];
        since = new long[cells];
    }

    /** Tells of charge that balancing took out of a cell, Ah of the group; anything but a finite amount is not counted. */
    public void bled(int cell, double ah) {
        bledAh[cell] += Double.isFinite(ah) ? ah : 0.0;
    }

    /** Leaves a cell's readings out, or takes them in again: one whose sensor is in doubt. */
    public void exclude(int cell, boolean out) {
        excluded[cell] = out;
    }

    /** Takes in a sample and the estimate made from it. */
    public StepResult step(PackSample sample, PackEstimate estimate) {
        if (!rest.step(sample, estimate)) {
            return StepResult.HELD;
        }
        sinceAnchorS += rest.dtS();
        if (!rest.resting() || rest.restS() == 0.0) {
            forget();
            return StepResult.USED;
        }
        if (rest.restS() < settings.settleS() || !sample.cellVoltage().allUsable()) {
            return StepResult.USED;
        }
        averagedS += rest.dtS();
        readings++;
        for (int c = 0; c < cells; c++) {
            sumV[c] += sample.cellVoltage().value(c) + RestClock.leftV(estimate, c);
        }
        if (averagedS >= settings.anchorS()) {
            anchor(sample, estimate);
            forget();
        }
        return StepResult.USED;
    }

    private void forget() {
        Arrays.fill(sumV, 0.0);
        readings = 0;
        averagedS = 0.0;
    }

    private void anchor(PackSample sample, PackEstimate estimate) {
        double meanV = 0.0;
        double meanBledAh = 0.0;
        double meanSoc = 0.0;
        double leftV = 0.0;
        int taken = 0;
        for (int c = 0; c < cells; c++) {
            meanBledAh += bledAh[c] / cells;
            meanSoc += estimate.soc(c) / cells;
            leftV += Math.abs(RestClock.leftV(estimate, c)) / cells;
            if (!excluded[c]) {
                meanV += sumV[c] / readings;
                taken++;
            }
        }
        if (taken < 2) {
            return;
        }
        meanV /= taken;
        double moved = anchored ? meanSoc - anchorSoc : 0.0;
        double relaxing = RELAXING_SHARE * leftV;
        double r = READING_V * READING_V / readings + FLOOR_V * FLOOR_V + relaxing * relaxing;
        double toOthers = cells / (cells - 1.0);
        double tDegC = meanDegC(sample);
        for (int c = 0; c < cells; c++) {
            drift(c, moved, sinceAnchorS, toOthers * (bledAh[c] - meanBledAh));
            bledAh[c] = 0.0;
        }
        for (int c = 0; c < cells; c++) {
            if (!excluded[c]) {
                double aside = taken / (taken - 1.0) * (sumV[c] / readings - meanV);
                measure(c, aside, meanSoc, estimate.meanSocSigma(), tDegC, r);
                judge(c, sample.nanos());
            }
        }
        anchored = true;
        anchorSoc = meanSoc;
        sinceAnchorS = 0.0;
        measurements++;
    }

    private double meanDegC(PackSample sample) {
        double sum = 0.0;
        for (int c = 0; c < cells; c++) {
            sum += sample.cellTemperatureDegC(c);
        }
        double mean = sum / cells;
        return Double.isNaN(mean) ? ocv.referenceDegC() : mean;
    }

    /** What happens to a cell's distance between two measurements. */
    private void drift(int c, double moved, double dtS, double bledMoreAh) {
        double days = dtS / DAY_S;
        double bledSoc = bledMoreAh / groupAh;
        double movedBy = MOVED_SOC * moved;
        double bledBy = BLED_SHARE * bledSoc;
        double memory = StrictMath.exp(-Math.abs(moved) / SHAPE_SOC);
        bank.shear(S, K, c, moved);
        bank.shear(S, L, c, -dtS / 3600.0);
        bank.move(S, c, -bledSoc);
        bank.fade(S, c, 1.0, DAY_SOC * DAY_SOC * days + movedBy * movedBy + bledBy * bledBy);
        bank.fade(K, c, 1.0, DAY_CAPACITY * DAY_CAPACITY * days);
        bank.fade(L, c, 1.0, settings.wanderPerH() * settings.wanderPerH() * days);
        bank.fade(B, c, 1.0, DAY_OFFSET_V * DAY_OFFSET_V * days);
        bank.fade(E, c, memory, SHAPE_V * SHAPE_V * (1.0 - memory * memory));
    }

    private void measure(int c, double asideV, double z, double zSigma, double tDegC, double r) {
        double s = bank.value(S, c);
        double slopeV = ocv.slopeV(z + s, tDegC);
        double expectedV = ocv.v(z + s, tDegC) - ocv.v(z, tDegC) + bank.value(B, c) + bank.value(E, c);
        // A mean SOC that is off has another slope: what that would change.
        double above = ocv.v(z + zSigma + s, tDegC) - ocv.v(z + zSigma, tDegC);
        double below = ocv.v(z - zSigma + s, tDegC) - ocv.v(z - zSigma, tDegC);
        double bend = 0.5 * (above - below);
        double noise = r + bend * bend;
        h[S] = slopeV;
        h[B] = 1.0;
        h[E] = 1.0;
        double residual = asideV - expectedV;
        double variance = bank.variance(c, h) + noise;
        if (!Double.isFinite(residual) || !(variance > 0.0 && variance < Double.POSITIVE_INFINITY)) {
            return;
        }
        if (residual * residual > NEWS * NEWS * variance) {
            bank.fade(L, c, 1.0, NEWS_LEAK_PER_H * NEWS_LEAK_PER_H);
            bank.fade(S, c, 1.0, NEWS_SOC * NEWS_SOC);
            bank.fade(B, c, 1.0, residual * residual);
        }
        trend[c] += TREND_SHARE * (Math.max(-NEWS, Math.min(NEWS, residual / Math.sqrt(variance))) - trend[c]);
        if (Math.abs(trend[c]) > TREND) {
            bank.fade(L, c, 1.0, START_LEAK_PER_H * START_LEAK_PER_H);
            trend[c] = 0.0;
        }
        bank.correct(c, h, residual, noise);
    }

    private void judge(int c, long nanos) {
        boolean now = lowA(c) > settings.alarmPerH() * groupAh;
        if (now && !alarmed[c]) {
            since[c] = nanos;
        }
        alarmed[c] = now;
    }

    /** Leak current of a cell beyond that of the others, A of the group. */
    public double leakA(int cell) {
        return bank.value(L, cell) * groupAh;
    }

    /** Its standard deviation, A. */
    public double sigmaA(int cell) {
        double slope = SLOPE_SHARE * bank.value(L, cell);
        return Math.sqrt(bank.variance(L, cell) + slope * slope) * groupAh;
    }

    /** Lower end of the interval, A. */
    public double lowA(int cell) {
        return leakA(cell) - settings.sigmas() * sigmaA(cell);
    }

    /** Upper end of the interval, A. */
    public double highA(int cell) {
        return leakA(cell) + settings.sigmas() * sigmaA(cell);
    }

    /** Half width of an interval, in standard deviations. */
    double sigmas() {
        return settings.sigmas();
    }

    /**
     * Takes up what was known of a cell's leak before the restart; before the first step.
     *
     * @param leakA {@link #leakA} then
     * @param sigmaA {@link #sigmaA} then, above 0
     * @param days since then, 0 or more
     */
    void recall(int cell, double leakA, double sigmaA, double days) {
        double leak = leakA / groupAh;
        double sigma = sigmaA / groupAh;
        double slope = SLOPE_SHARE * leak;
        double own = Math.max(LEAST_KEPT * sigma * sigma, sigma * sigma - slope * slope);
        bank.know(L, cell, leak, own + settings.wanderPerH() * settings.wanderPerH() * days);
        judge(cell, 0L);
    }

    /** Whether the lower end lies beyond the alarm. */
    public boolean alarmed(int cell) {
        return alarmed[cell];
    }

    /** Whether any cell is alarmed. */
    public boolean anyAlarmed() {
        for (boolean one : alarmed) {
            if (one) {
                return true;
            }
        }
        return false;
    }

    /** How many measurements at rest were taken in. */
    public int measurements() {
        return measurements;
    }

    /** What is known of a cell; allocates. */
    public Finding finding(int cell) {
        return new Finding(
                Suspect.CELL_LEAK,
                cell,
                leakA(cell),
                lowA(cell),
                highA(cell),
                alarmed[cell] ? since[cell] : rest.nanos());
    }
}
