package io.github.bms4j.estimate;

import java.util.Arrays;

/**
 * How a pack has aged: capacity and resistance of every cell against a new one, as two figures with two names.
 *
 * <pre>
 * SOH-C = Q / Q_rated                              1 new, 0.8 the usual end of life
 * SOH-R = (R_end - R) / (R_end - R_new)            1 new, 0 once the resistance has doubled (R_end = 2 R_new)
 *       = 2 - R / R_new
 * </pre>
 *
 * <p>R over R_new is taken at the same SOC and temperature, so winter is no ageing. Both may exceed 1: a cell can be
 * better than rated. The pack's figures are those of its worst cell, which is the one that ends discharge. {@link
 * CapacityEstimator} writes the capacities, {@link ResistanceTrend} the resistances; until then everything is NaN. Units:
 * Ah. Thread: one. Allocation: none after construction.
 */
public final class PackHealth {
    private final double[] capacityAh;
    private final double[] capacitySigmaAh;
    private final double[] resistanceRatio;
    private final double[] resistanceSigma;
    private double ratedAh = Double.NaN;
    private int smallest = -1;
    private int stiffest = -1;

    PackHealth(int cells) {
        capacityAh = unknown(cells);
        capacitySigmaAh = unknown(cells);
        resistanceRatio = unknown(cells);
        resistanceSigma = unknown(cells);
    }

    private static double[] unknown(int cells) {
        double[] values = new double[cells];
        Arrays.fill(values, Double.NaN);
        return values;
    }

    /** Capacity of one cell of a group, Ah. */
    public double capacityAh(int cell) {
        return capacityAh[cell];
    }

    /** Standard deviation of a cell's capacity, Ah. */
    public double capacitySigmaAh(int cell) {
        return capacitySigmaAh[cell];
    }

    /** Capacity of a cell over its rated one. */
    public double sohC(int cell) {
        return capacityAh[cell] / ratedAh;
    }

    /** Standard deviation of a cell's {@link #sohC(int)}. */
    public double sohCSigma(int cell) {
        return capacitySigmaAh[cell] / ratedAh;
    }

    /** Ohmic resistance of a cell over that of a new one at the same SOC and temperature. */
    public double resistanceRatio(int cell) {
        return resistanceRatio[cell];
    }

    /** Health by resistance of a cell: 1 new, 0 doubled, below 0 beyond. */
    public double sohR(int cell) {
        return 2.0 - resistanceRatio[cell];
    }

    /** Standard deviation of a cell's {@link #sohR(int)}. */
    public double sohRSigma(int cell) {
        return resistanceSigma[cell];
    }

    /** Lowest health by capacity of all cells. */
    public double sohC() {
        return smallest < 0 ? Double.NaN : sohC(smallest);
    }

    /** Standard deviation of the pack's {@link #sohC()}. */
    public double sohCSigma() {
        return smallest < 0 ? Double.NaN : sohCSigma(smallest);
    }

    /** Lowest health by resistance of all cells. */
    public double sohR() {
        return stiffest < 0 ? Double.NaN : sohR(stiffest);
    }

    /** Standard deviation of the pack's {@link #sohR()}. */
    public double sohRSigma() {
        return stiffest < 0 ? Double.NaN : sohRSigma(stiffest);
    }

    /** Cell with the least capacity, or -1 while unknown. */
    public int smallest() {
        return smallest;
    }

    /** Cell whose resistance grew most, or -1 while unknown. */
    public int stiffest() {
        return stiffest;
    }

    void capacity(int cell, double ah, double sigmaAh) {
        capacityAh[cell] = ah;
        capacitySigmaAh[cell] = sigmaAh;
    }

    /** Closes a round of capacities. */
    void closeCapacity(double newRatedAh) {
        ratedAh = newRatedAh;
        smallest = 0;
        for (int c = 1; c < capacityAh.length; c++) {
            if (capacityAh[c] < capacityAh[smallest]) {
                smallest = c;
            }
        }
    }

    void resistance(int cell, double ratio, double sigma) {
        resistanceRatio[cell] = ratio;
        resistanceSigma[cell] = sigma;
    }

    /** Closes a round of resistances; cells of which nothing is known stand aside. */
    void closeResistance() {
        stiffest = -1;
        for (int c = 0; c < resistanceRatio.length; c++) {
            boolean worse = stiffest < 0 || resistanceRatio[c] > resistanceRatio[stiffest];
            if (!Double.isNaN(resistanceRatio[c]) && worse) {
                stiffest = c;
            }
        }
    }
}
