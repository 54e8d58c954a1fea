package io.github.bms4j.estimate;

import io.github.bms4j.cell.CellType;
import io.github.bms4j.cell.Hysteresis;
import io.github.bms4j.cell.ModelError;
import io.github.bms4j.cell.OcvCurve;

/**
 * The SOC that a rested cell's voltage gives by itself, with how far it can be off. No filter and no counter has a part in
 * it, so whatever is learned from the difference of two anchors was not told before.
 *
 * <pre>
 * OCV(soc) + h M(soc) = rested voltage
 * lasting² = sigma of the model² + (max(sigma of h, 0.3) M)²        the same error whenever the cell rests there
 * passing² = unfinished relaxation² + sensor noise²
 * sigma of the SOC = (soc(v + sigma) - soc(v - sigma)) / 2
 * </pre>
 *
 * <p>The last line is a chord over two sigma and not the slope at one point: a short steep piece in a flat curve is not
 * taken for knowledge. Where the curve is flat the chord is long and the anchor is refused; the plateau of LFP gives none.
 * Beyond the temperatures of the model's data sigma grows by {@link #UNSEEN_V_PER_K}. What fails first is age: a cell that
 * lost lithium has another curve near empty. Units: V, °C, SOC as a fraction. Thread: one. Allocation: none after
 * construction.
 *
 * @see "docs/theory/capacity.md"
 */
final class SocAnchor {
    /** Least part of the hysteresis that a one-state model leaves unknown. Our judgement. */
    static final double LEAST_HYSTERESIS_SIGMA = 0.3;

    /** How fast the open-circuit voltage runs off beyond the temperatures that were measured, V/K: a usual entropy. */
    static final double UNSEEN_V_PER_K = 0.3e-3;

    /** Noise of one voltage reading, V. */
    private static final double READING_SIGMA_V = 0.002;

    /** A SOC further outside than this is a voltage of another cell. */
    private static final double MOST_OUTSIDE = 0.05;

    private static final int ROUNDS = 3;

    private final OcvCurve ocv;
    private final Hysteresis gap;
    private final ModelError error;
    private final double mostSigma;

    private double soc = Double.NaN;
    private double passingSigma = Double.NaN;
    private double lastingSigma = Double.NaN;

    /** Anchors of one type of cell, none less sure than {@code mostSigma}. */
    SocAnchor(CellType type, double mostSigma) {
        this.ocv = type.ocv();
        this.gap = type.ocv().hysteresis();
        this.error = type.error();
        this.mostSigma = mostSigma;
    }

    /**
     * Reads the SOC off a rested voltage; returns whether it is good enough for an anchor.
     *
     * @param restV voltage without current and polarisation, V
     * @param tDegC cell temperature, °C
     * @param hysteresis state of the hysteresis, -1…1
     * @param hysteresisSigma standard deviation of that state
     * @param unsettledV standard deviation of what relaxation has left to do, V
     */
    boolean read(double restV, double tDegC, double hysteresis, double hysteresisSigma, double unsettledV) {
        double socNow = ocv.soc(restV, tDegC);
        double halfGapV = 0.0;
        for (int k = 0; k < ROUNDS; k++) {
            halfGapV = gap.halfGapV(socNow);
            socNow = ocv.soc(restV - hysteresis * halfGapV, tDegC);
        }
        double unseenK = Math.max(0.0, Math.max(error.coldestDegC() - tDegC, tDegC - error.warmestDegC()));
        double modelV = error.sigmaV(tDegC) + UNSEEN_V_PER_K * unseenK;
        double turnV = Math.max(hysteresisSigma, LEAST_HYSTERESIS_SIGMA) * halfGapV;
        double lasting2 = modelV * modelV + turnV * turnV;
        double passing2 = unsettledV * unsettledV + READING_SIGMA_V * READING_SIGMA_V;
        double sigmaV = Math.sqrt(lasting2 + passing2);
        double middleV = restV - hysteresis * halfGapV;
        double perV = (ocv.soc(middleV + sigmaV, tDegC) - ocv.soc(middleV - sigmaV, tDegC)) / (2.0 * sigmaV);
        soc = socNow;
        lastingSigma = perV * Math.sqrt(lasting2);
        passingSigma = perV * Math.sqrt(passing2);
        boolean sure = sigma() <= mostSigma;
        return sure && soc >= -MOST_OUTSIDE && soc <= 1.0 + MOST_OUTSIDE;
    }

    /** A first guess of the SOC from any voltage, within 0…1, good enough to look up a resistance. */
    double nearSoc(double v, double tDegC) {
        return Math.min(1.0, Math.max(0.0, ocv.soc(v, tDegC)));
    }

    /** The SOC; may lie slightly outside 0…1. */
    double soc() {
        return soc;
    }

    /** Standard deviation of what differs from rest to rest. */
    double passingSigma() {
        return passingSigma;
    }

    /** Standard deviation of what is the same whenever the cell rests at this SOC. */
    double lastingSigma() {
        return lastingSigma;
    }

    /** Standard deviation of both. */
    double sigma() {
        return Math.sqrt(passingSigma * passingSigma + lastingSigma * lastingSigma);
    }
}
