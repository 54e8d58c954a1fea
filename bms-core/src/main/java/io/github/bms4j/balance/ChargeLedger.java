package io.github.bms4j.balance;

import io.github.bms4j.cell.CellType;
import io.github.bms4j.cell.PackLayout;
import io.github.bms4j.estimate.PackEstimate;
import java.util.Arrays;

/**
 * How much more charge each cell holds than the mean cell, measured against a common goal, and how sure that is.
 *
 * <pre>
 * a = Q (soc - goal)          charge above the goal, Ah of the group
 * x = a - mean of a
 * </pre>
 *
 * <p>Current through the pack moves the a of all cells alike, whatever their capacities, so x stands still: only bleeding and
 * self-discharge change it. An estimate is therefore taken over when it is surer than what was known, and kept through the plateau where
 * every later one is worse. docs/theory/balancing.md derives it.
 *
 * <p>Units: Ah of a measured cell (a parallel group), s. Thread: one. Allocation: none after construction.
 */
final class ChargeLedger {
    private static final double DAY_S = 86_400.0;

    private final double ratedAh;
    private final double ratedSigmaAh;
    private final int parallel;
    private final double goalSoc;
    private final double curveShare;
    private final double driftAhPerS;
    private final double tolerance;

    private final double[] xAh;
    private final double[] sigmaAh;
    private final double[] bledAh;
    private final double[] aboveAh;
    private final double[] offeredAh;
    private double takenS;
    private double nowS;
    private int least = -1;

    ChargeLedger(CellType type, PackLayout layout, BalanceSettings settings, double tolerance) {
        parallel = layout.parallel();
        ratedAh = type.rating().capacityAh() * parallel;
        ratedSigmaAh = type.error().capacitySigma() * ratedAh;
        goalSoc = settings.goalSoc();
        curveShare = settings.curveShare();
        driftAhPerS = settings.driftPerDay() * ratedAh / DAY_S;
        this.tolerance = tolerance;
        int n = layout.cells();
        xAh = new double[n];
        sigmaAh = new double[n];
        bledAh = new double[n];
        aboveAh = new double[n];
        offeredAh = new double[n];
        Arrays.fill(sigmaAh, Double.POSITIVE_INFINITY);
    }

    /** Puts in what was known of a cell before. */
    void remember(int c, double differenceAh, double sigma) {
        xAh[c] = differenceAh;
        sigmaAh[c] = sigma;
        takenS = nowS;
        bledAh[c] = 0.0;
        least = -1;
    }

    /** Lets time go by. */
    void pass(double dtS) {
        nowS += dtS;
    }

    /** Books a bleed: the cell falls, and the mean by its share. */
    void bleed(int c, double ah) {
        double share = ah / xAh.length;
        for (int k = 0; k < xAh.length; k++) {
            xAh[k] += share;
        }
        xAh[c] -= ah;
        bledAh[c] += ah;
    }

    /**
     * Takes over what an estimate knows better: all cells or none, because the mean they are counted from is that of one moment.
     */
    void take(PackEstimate estimate) {
        double meanSoc = estimate.meanSoc();
        double meanAh = 0.0;
        for (int c = 0; c < xAh.length; c++) {
            aboveAh[c] = capacityAh(c, estimate) * (soc(c, meanSoc, estimate) - goalSoc);
            meanAh += aboveAh[c] / xAh.length;
        }
        double offered = 0.0;
        double held = 0.0;
        for (int c = 0; c < xAh.length; c++) {
            aboveAh[c] -= meanAh;
            double curve = curveShare * aboveAh[c];
            double own = sigmaAh(c, meanSoc, estimate);
            offeredAh[c] = Math.sqrt(own * own + curve * curve);
            offered += offeredAh[c] * offeredAh[c];
            held += sigmaAh(c) * sigmaAh(c);
        }
        if (offered < held) {
            System.arraycopy(aboveAh, 0, xAh, 0, xAh.length);
            System.arraycopy(offeredAh, 0, sigmaAh, 0, xAh.length);
            Arrays.fill(bledAh, 0.0);
            takenS = nowS;
        }
        least = 0;
        for (int c = 1; c < xAh.length; c++) {
            least = xAh[c] < xAh[least] ? c : least;
        }
    }

    /** SOC of a cell; not held within 0…1 where the estimator compares cells. */
    private static double soc(int c, double meanSoc, PackEstimate estimate) {
        double less = estimate.socDifference(c);
        return Double.isNaN(less) ? estimate.soc(c) : meanSoc + less;
    }

    private double capacityAh(int c, PackEstimate estimate) {
        double learnedAh = estimate.health().capacityAh(c);
        return Double.isNaN(learnedAh) ? ratedAh : parallel * learnedAh;
    }

    /** What of a cell's charge is uncertain by itself; all of it, where the estimator does not tell what is common. */
    private double sigmaAh(int c, double meanSoc, PackEstimate estimate) {
        double own = estimate.socDifferenceSigma(c);
        double socAh = capacityAh(c, estimate) * (Double.isNaN(own) ? estimate.socSigma(c) : own);
        double learned = estimate.health().capacitySigmaAh(c);
        double capacity = Double.isNaN(learned) ? ratedSigmaAh : parallel * learned;
        double capacityAh = capacity * (soc(c, meanSoc, estimate) - goalSoc);
        return Math.sqrt(socAh * socAh + capacityAh * capacityAh);
    }

    /** Whether every cell was ever known. */
    boolean known() {
        return least >= 0;
    }

    /** Charge of a cell above the mean cell's, Ah. */
    double differenceAh(int c) {
        return xAh[c];
    }

    /** Its standard deviation now: as taken over, drifted since, and what the bleed current may have been wrong by. */
    double sigmaAh(int c) {
        double drift = driftAhPerS * (nowS - takenS);
        double bleed = tolerance * bledAh[c];
        return Math.sqrt(sigmaAh[c] * sigmaAh[c] + drift * drift + bleed * bleed);
    }

    /** The cell that holds least against the goal; -1 while unknown. */
    int least() {
        return least;
    }

    /** Charge of a cell above that of the cell that holds least, Ah, 0 or more. */
    double excessAh(int c) {
        return xAh[c] - xAh[least];
    }

    /** Standard deviation of {@link #excessAh}. */
    double excessSigmaAh(int c) {
        double own = sigmaAh(c);
        double other = sigmaAh(least);
        return c == least ? 0.0 : Math.sqrt(own * own + other * other);
    }
}
