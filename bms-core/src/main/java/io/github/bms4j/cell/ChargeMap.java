package io.github.bms4j.cell;

import io.github.bms4j.num.Findings;
import io.github.bms4j.num.Table2D;

/**
 * The highest sustained charge rate that does not plate lithium, over SOC and temperature.
 *
 * <p>Bilinear between nodes. SOC is held flat outside the table, so the last column reaches to SOC 1. Outside its
 * temperatures the map allows nothing: it never extrapolates.
 *
 * <p>Units: SOC as a fraction, °C, charge rate per hour (1 charges the rated capacity in one hour). Bad input: NaN
 * allows nothing. Thread: any, immutable. Allocation: none after construction.
 */
public final class ChargeMap {
    private final double[] soc;
    private final double[] temperatureDegC;
    private final double[][] ratePerH;
    private final Table2D table;

    /**
     * @param soc strictly increasing, within [0, 1], at least one
     * @param temperatureDegC strictly increasing, within [-60, 120], at least two
     * @param ratePerH rates, 1/h, within [0, 30]: one row per temperature, one column per SOC
     * @throws IllegalArgumentException when a value or the lengths do not fit
     */
    public ChargeMap(double[] soc, double[] temperatureDegC, double[][] ratePerH) {
        if (temperatureDegC.length < 2) {
            throw new IllegalArgumentException(
                    "temperatureDegC must have at least 2 nodes but has " + temperatureDegC.length);
        }
        table = new Table2D(soc, temperatureDegC, ratePerH);
        Findings findings = new Findings();
        for (int s = 0; s < soc.length; s++) {
            findings.within("soc[" + s + "]", soc[s], 0.0, 1.0);
        }
        for (int t = 0; t < temperatureDegC.length; t++) {
            findings.within("temperatureDegC[" + t + "]", temperatureDegC[t], -60.0, 120.0);
            for (int s = 0; s < soc.length; s++) {
                findings.within("ratePerH[" + t + "][" + s + "]", ratePerH[t][s], 0.0, 30.0);
            }
        }
        findings.refuse();
        this.soc = soc.clone();
        this.temperatureDegC = temperatureDegC.clone();
        this.ratePerH = new double[ratePerH.length][];
        for (int t = 0; t < ratePerH.length; t++) {
            this.ratePerH[t] = ratePerH[t].clone();
        }
    }

    /** The highest allowed charge rate, 1/h; 0 outside the map's temperatures and for NaN. */
    public double maxRatePerH(double soc, double temperatureDegC) {
        boolean inside = temperatureDegC >= this.temperatureDegC[0]
                && temperatureDegC <= this.temperatureDegC[this.temperatureDegC.length - 1];
        return inside && !Double.isNaN(soc) ? table.at(soc, temperatureDegC) : 0.0;
    }

    /** SOC of the columns; a copy. */
    public double[] socs() {
        return soc.clone();
    }

    /** Temperatures of the rows, °C; a copy. */
    public double[] temperatures() {
        return temperatureDegC.clone();
    }

    /** Rates of the nodes, 1/h, one row per temperature; a copy. */
    public double[][] rates() {
        double[][] copy = new double[ratePerH.length][];
        for (int t = 0; t < ratePerH.length; t++) {
            copy[t] = ratePerH[t].clone();
        }
        return copy;
    }

    /** The highest rate anywhere in the map, 1/h. */
    double highestRatePerH() {
        double highest = 0.0;
        for (double[] row : ratePerH) {
            for (double rate : row) {
                highest = Math.max(highest, rate);
            }
        }
        return highest;
    }

    /** Whether the map allows current at any temperature of the open range (fromDegC, toDegC). */
    boolean allowsBetween(double fromDegC, double toDegC) {
        for (int t = 0; t < temperatureDegC.length - 1; t++) {
            boolean overlaps = temperatureDegC[t] < toDegC && temperatureDegC[t + 1] > fromDegC;
            if (overlaps && (highest(t) > 0.0 || highest(t + 1) > 0.0)) {
                return true;
            }
        }
        return false;
    }

    private double highest(int t) {
        double highest = 0.0;
        for (int s = 0; s < soc.length; s++) {
            highest = Math.max(highest, ratePerH[t][s]);
        }
        return highest;
    }
}
