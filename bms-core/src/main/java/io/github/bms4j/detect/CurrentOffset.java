package io.github.bms4j.detect;

import io.github.bms4j.cell.CellType;
import io.github.bms4j.cell.OcvCurve;
import io.github.bms4j.cell.PackLayout;
import io.github.bms4j.estimate.PackEstimate;
import io.github.bms4j.measure.PackSample;
import java.util.Arrays;

/**
 * Offset of the current sensor: what is counted against what the resting cells' voltages say has moved.
 *
 * <pre>
 * x = (o, g, d, e)      offset, A; error of gain or capacity; counted too much so far, Ah; error of the curve here, V
 * d' = d + o dt + g moved,    e fades with the charge moved
 * y  = counted + Q (z - z0) = d + Q e / OCV'          z, z0: SOC by the rested voltages now and at first
 * </pre>
 *
 * <p>Within one rest e does not change, so hours of it weigh most; while contactors are known to be open the reading itself is the
 * offset. A plateau says nothing by itself, because Q / OCV' is large there. Units and sign: A of the pack, positive discharging. Thread:
 * one. Allocation: none after construction.
 */
final class CurrentOffset {
    private static final int O = 0;
    private static final int G = 1;
    private static final int D = 2;
    private static final int E = 3;

    private static final double SETTLE_S = 1800.0;
    private static final double ANCHOR_S = 1800.0;
    private static final double ZERO_S = 60.0;

    /** Before anything was measured, over the capacity, 1/h; and by how much it wanders in a root of a day. */
    private static final double START_PER_H = 0.01;

    private static final double DAY_PER_H = 0.0005;
    private static final double START_GAIN = 0.03;
    private static final double DAY_GAIN = 0.002;

    /** Error of the curve beside hysteresis, V, and over how much SOC it keeps its sign. */
    private static final double CURVE_V = 0.006;

    private static final double CURVE_SOC = 0.1;
    private static final double REST_V = 0.0007;
    private static final double RELAXING_SHARE = 0.06;
    private static final double LEAST_SLOPE_V = 0.01;

    /** A reading of a current that is zero, over the capacity, 1/h. */
    private static final double ZERO_PER_H = 0.002;

    private static final double NEWS = 4.0;
    private static final double NEWS_PER_H = 0.03;
    private static final double DAY_S = 86_400.0;

    private final OcvCurve ocv;
    private final int cells;
    private final double packAh;
    private final PackLayout layout;
    private final StateBank bank = new StateBank(E + 1, 1);
    private final double[] h = new double[E + 1];
    private final double[] sorted;
    private double countedAh;
    private double netAh;
    private double movedAh;
    private double sinceS;
    private double anchoredAtS;
    private double startSoc = Double.NaN;
    private double zeroS;
    private double zeroSum;
    private int zeros;
    private long measuredAt;
    private long knownSince;

    CurrentOffset(CellType type, PackLayout layout) {
        this.layout = layout;
        ocv = type.ocv();
        cells = layout.cells();
        packAh = type.rating().capacityAh() * layout.parallel();
        sorted = new double[cells];
        bank.start(START_PER_H * packAh, START_GAIN, 0.0, CURVE_V);
    }

    /** Takes a sample that the clock has taken; true when the offset was measured. */
    boolean step(PackSample sample, PackEstimate estimate, RestClock rest, boolean zeroCurrent) {
        boolean measured = zeroCurrent && readZero(sample.current().value(0), rest.dtS());
        zeroS = zeroCurrent ? zeroS : 0.0;
        zeroSum = zeroCurrent ? zeroSum : 0.0;
        zeros = zeroCurrent ? zeros : 0;
        if (rest.gap()) {
            startSoc = Double.NaN;
        } else {
            double ah = rest.meanA() * layout.parallel() * rest.dtS() / 3600.0;
            countedAh += ah;
            netAh += ah;
            movedAh += Math.abs(ah);
            sinceS += rest.dtS();
        }
        if (!rest.resting()) {
            anchoredAtS = 0.0;
        } else if (rest.restS() >= SETTLE_S
                && (anchoredAtS == 0.0 || rest.restS() - anchoredAtS >= ANCHOR_S)
                && sample.cellVoltage().allUsable()) {
            anchoredAtS = rest.restS();
            anchor(sample, estimate, rest);
            measured = true;
        }
        if (measured) {
            knownSince = measuredAt;
            measuredAt = rest.nanos();
        }
        return measured;
    }

    private boolean readZero(double packA, double dtS) {
        zeroS += dtS;
        zeroSum += packA;
        zeros++;
        if (zeroS < ZERO_S) {
            return false;
        }
        h[O] = 1.0;
        h[G] = 0.0;
        h[D] = 0.0;
        h[E] = 0.0;
        double sigma = ZERO_PER_H * packAh;
        take(zeroSum / zeros - bank.value(O, 0), sigma * sigma / zeros + 1e-10 * packAh * packAh);
        zeroS = 0.0;
        zeroSum = 0.0;
        zeros = 0;
        return true;
    }

    private void anchor(PackSample sample, PackEstimate estimate, RestClock rest) {
        double slopeV = 0.0;
        double leftV = 0.0;
        for (int c = 0; c < cells; c++) {
            double left = RestClock.known(estimate.r0Ohm(c)) * rest.cellA() + RestClock.leftV(estimate, c);
            double readDegC = sample.cellTemperatureDegC(c);
            double tDegC = Double.isNaN(readDegC) ? ocv.referenceDegC() : readDegC; // a sensor that was never read
            double z = ocv.soc(sample.cellVoltage().value(c) + left, tDegC);
            sorted[c] = z;
            slopeV += ocv.slopeV(z, tDegC) / cells;
            leftV += Math.abs(left) / cells;
        }
        Arrays.sort(sorted);
        double soc = 0.5 * (sorted[(cells - 1) / 2] + sorted[cells / 2]); // one cell that leaks does not count
        if (!Double.isFinite(soc)) {
            return;
        }
        double slope = Math.max(LEAST_SLOPE_V, slopeV);
        double gapV = ocv.hysteresis().halfGapV(soc);
        double curveV2 = CURVE_V * CURVE_V + gapV * gapV;
        if (Double.isNaN(startSoc)) {
            startSoc = soc;
            countedAh = 0.0;
            bank.fade(D, 0, 0.0, 0.0);
            bank.fade(E, 0, 0.0, 2.0 * curveV2);
        } else {
            double memory = StrictMath.exp(-movedAh / packAh / CURVE_SOC);
            double days = sinceS / DAY_S;
            double wander = DAY_PER_H * packAh;
            bank.shear(D, O, 0, sinceS / 3600.0);
            bank.shear(D, G, 0, netAh);
            bank.fade(O, 0, 1.0, wander * wander * days);
            bank.fade(G, 0, 1.0, DAY_GAIN * DAY_GAIN * days);
            bank.fade(E, 0, memory, curveV2 * (1.0 - memory * memory));
            double relaxing = RELAXING_SHARE * leftV;
            double toAh = packAh / slope;
            h[O] = 0.0;
            h[G] = 0.0;
            h[D] = 1.0;
            h[E] = toAh;
            double y = countedAh + packAh * (soc - startSoc);
            double r = toAh * toAh * (REST_V * REST_V + relaxing * relaxing);
            take(y - bank.value(D, 0) - toAh * bank.value(E, 0), r);
        }
        netAh = 0.0;
        movedAh = 0.0;
        sinceS = 0.0;
    }

    private void take(double residual, double r) {
        if (residual * residual > NEWS * NEWS * (bank.variance(0, h) + r)) {
            double wide = NEWS_PER_H * packAh;
            bank.fade(O, 0, 1.0, wide * wide);
            bank.fade(D, 0, 1.0, h[D] * residual * residual);
        }
        bank.correct(0, h, residual, r);
    }

    /** Takes up an offset that was known before, so many days ago. */
    void recall(double offsetA, double sigmaA, double days) {
        double wander = DAY_PER_H * packAh;
        bank.know(O, 0, offsetA, sigmaA * sigmaA + wander * wander * days);
    }

    double offsetA() {
        return bank.value(O, 0);
    }

    double sigmaA() {
        return bank.sigma(O, 0);
    }

    /** When the measurement before the last one was made. */
    long knownSince() {
        return knownSince;
    }
}
