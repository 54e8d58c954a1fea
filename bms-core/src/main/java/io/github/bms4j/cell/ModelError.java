package io.github.bms4j.cell;

import io.github.bms4j.num.Findings;
import io.github.bms4j.num.Table1D;

/**
 * How wrong the model of a cell is: what is left of measured voltages when the model has said its best.
 *
 * <p>A fit leaves residuals that are not noise. They last: the open-circuit voltage is off in the same direction over
 * some points of SOC, relaxation for an hour. Estimators must know size and memory of the error, or they take a thousand
 * copies of one error for a thousand measurements.
 *
 * <p>The error at rest is a table over temperature; beyond it the outermost value holds and {@link #coldestDegC()} and
 * {@link #warmestDegC()} say where data end. Units: V, s, SOC as a fraction. Thread: any, immutable. Allocation: none
 * after construction.
 */
public final class ModelError {
    private final double[] temperatureDegC;
    private final double[] sigmaV;
    private final Table1D table;
    private final double resistanceSigma;
    private final double correlationS;
    private final double correlationSoc;
    private final double capacitySigma;

    /**
     * @param temperatureDegC temperatures at which the model was held against data, strictly increasing
     * @param sigmaV standard deviation of the voltage error at these, V, within (0, 1]
     * @param resistanceSigma relative error of the resistances, within [0, 1]
     * @param correlationS for how long the voltage error keeps its sign while nothing moves, s, above 0
     * @param correlationSoc over how much SOC it keeps its sign, above 0
     * @param capacitySigma relative error of the capacity, within [0, 0.5]
     * @throws IllegalArgumentException when a value or the lengths do not fit
     */
    public ModelError(
            double[] temperatureDegC,
            double[] sigmaV,
            double resistanceSigma,
            double correlationS,
            double correlationSoc,
            double capacitySigma) {
        this.table = new Table1D(temperatureDegC, sigmaV);
        Findings findings = new Findings();
        for (int i = 0; i < sigmaV.length; i++) {
            findings.within("temperatureDegC[" + i + "]", temperatureDegC[i], -60.0, 120.0);
            if (findings.positive("sigmaV[" + i + "]", sigmaV[i])) {
                findings.within("sigmaV[" + i + "]", sigmaV[i], 0.0, 1.0);
            }
        }
        findings.within("resistanceSigma", resistanceSigma, 0.0, 1.0);
        findings.positive("correlationS", correlationS);
        findings.positive("correlationSoc", correlationSoc);
        findings.within("capacitySigma", capacitySigma, 0.0, 0.5);
        findings.refuse();
        this.temperatureDegC = temperatureDegC.clone();
        this.sigmaV = sigmaV.clone();
        this.resistanceSigma = resistanceSigma;
        this.correlationS = correlationS;
        this.correlationSoc = correlationSoc;
        this.capacitySigma = capacitySigma;
    }

    /**
     * What is assumed of a model that says nothing about itself: 12 mV and 15 % of the resistance, with a memory of an
     * hour or 8 points of SOC, and 3 % of the capacity, held against data between 0 and 45 °C. Our judgement.
     */
    public static ModelError usual() {
        return new ModelError(new double[] {0.0, 45.0}, new double[] {0.012, 0.012}, 0.15, 3600.0, 0.08, 0.03);
    }

    /** Standard deviation of the voltage error, V. */
    public double sigmaV(double atDegC) {
        return table.at(atDegC);
    }

    /** Coldest temperature at which the model was held against data, °C. */
    public double coldestDegC() {
        return temperatureDegC[0];
    }

    /** Warmest temperature at which the model was held against data, °C. */
    public double warmestDegC() {
        return temperatureDegC[temperatureDegC.length - 1];
    }

    /** Temperatures of the table, °C; a copy. */
    public double[] temperatures() {
        return temperatureDegC.clone();
    }

    /** Errors of the table, V; a copy. */
    public double[] sigmas() {
        return sigmaV.clone();
    }

    /** Relative error of the resistances. */
    public double resistanceSigma() {
        return resistanceSigma;
    }

    /** For how long the voltage error keeps its sign while nothing moves, s. */
    public double correlationS() {
        return correlationS;
    }

    /** Over how much SOC the voltage error keeps its sign. */
    public double correlationSoc() {
        return correlationSoc;
    }

    /** Relative error of the capacity. */
    public double capacitySigma() {
        return capacitySigma;
    }
}
