package io.github.bms4j.cell;

import io.github.bms4j.num.Findings;
import io.github.bms4j.num.Table2D;

/**
 * A resistance over SOC and temperature that goes on by Arrhenius' law where nothing was measured.
 *
 * <p>Model: between two measured temperatures ln R is straight over 1/T (T absolute), which is Arrhenius' law with the
 * activation energy those two rows imply; below the coldest and above the warmest row it goes on with the given
 * activation energy. SOC is linear between nodes and held flat outside them. What fails first: the activation energy of
 * a cell rises in the cold, so far below the coldest row the resistance is an underestimate.
 *
 * <pre>R(T) = R(T0) exp(E/Rg (1/T - 1/T0))</pre>
 *
 * <p>The law is put onto rows 1 K apart from -40 to +80 °C at construction (with StrictMath) and read linearly between
 * them; beyond, the outermost row holds. For 60 kJ/mol the chord lies at most 0.22 % above the
 * law (at -40 °C), for 30 kJ/mol at most 0.06 %.
 *
 * <p>Units: SOC as a fraction, °C, Ω, J/mol. Bad input: NaN in, NaN out. Thread: any, immutable. Allocation: none after
 * construction.
 */
public final class ResistanceMap {
    /** Molar gas constant, J/(mol K), exact by definition of the SI since 2019. */
    private static final double GAS_J_PER_MOL_K = 8.31446261815324;

    private static final double ZERO_DEG_C_IN_K = 273.15;
    private static final int COLDEST_DEG_C = -40;
    private static final int WARMEST_DEG_C = 80;
    private static final double MOST_ACTIVATION_J_PER_MOL = 150_000.0;

    private final double[] socs;
    private final double[] temperatures;
    private final double[][] ohms;
    private final double activationJPerMol;
    private final Table2D table;

    /**
     * @param soc strictly increasing, within [0, 1], at least one
     * @param temperatureDegC strictly increasing, within [-60, 120], at least one
     * @param ohm resistance, Ω, > 0: one row per temperature, one column per SOC
     * @param activationJPerMol activation energy beyond the measured temperatures, J/mol, within [0, 150000]; 0 holds
     *     the outermost rows
     * @throws IllegalArgumentException when a value or the lengths do not fit
     */
    public ResistanceMap(double[] soc, double[] temperatureDegC, double[][] ohm, double activationJPerMol) {
        check(soc, temperatureDegC, ohm, activationJPerMol);
        new Table2D(soc, temperatureDegC, ohm); // refuses what does not increase
        int rows = WARMEST_DEG_C - COLDEST_DEG_C + 1;
        double[] denseDegC = new double[rows];
        double[][] dense = new double[rows][soc.length];
        for (int t = 0; t < rows; t++) {
            denseDegC[t] = COLDEST_DEG_C + t;
            for (int s = 0; s < soc.length; s++) {
                dense[t][s] = along(temperatureDegC, ohm, s, denseDegC[t], activationJPerMol);
            }
        }
        table = new Table2D(soc, denseDegC, dense);
        this.socs = soc.clone();
        this.temperatures = temperatureDegC.clone();
        this.ohms = copy(ohm);
        this.activationJPerMol = activationJPerMol;
    }

    private static void check(double[] soc, double[] temperatureDegC, double[][] ohm, double activationJPerMol) {
        if (ohm.length != temperatureDegC.length) {
            throw new IllegalArgumentException(
                    "ohm must have one row per temperature (" + temperatureDegC.length + ") but has " + ohm.length);
        }
        Findings findings = new Findings();
        findings.within("activationJPerMol", activationJPerMol, 0.0, MOST_ACTIVATION_J_PER_MOL);
        for (int s = 0; s < soc.length; s++) {
            findings.within("soc[" + s + "]", soc[s], 0.0, 1.0);
        }
        for (int t = 0; t < temperatureDegC.length; t++) {
            findings.within("temperatureDegC[" + t + "]", temperatureDegC[t], -60.0, 120.0);
            if (ohm[t].length != soc.length) {
                findings.add(
                        "ohm[" + t + "] must have one value per soc (" + soc.length + ") but has " + ohm[t].length);
            }
            for (int s = 0; s < ohm[t].length; s++) {
                findings.positive("ohm[" + t + "][" + s + "]", ohm[t][s]);
            }
        }
        findings.refuse();
    }

    /** The law of column s at one temperature. */
    private static double along(double[] measuredDegC, double[][] ohm, int s, double atDegC, double activationJPerMol) {
        int last = measuredDegC.length - 1;
        double inverseK = inverseK(atDegC);
        if (atDegC <= measuredDegC[0] || atDegC >= measuredDegC[last]) {
            int edge = atDegC <= measuredDegC[0] ? 0 : last;
            double exponent = activationJPerMol / GAS_J_PER_MOL_K * (inverseK - inverseK(measuredDegC[edge]));
            return ohm[edge][s] * StrictMath.exp(exponent);
        }
        int t = 0;
        while (measuredDegC[t + 1] <= atDegC) {
            t++;
        }
        double from = inverseK(measuredDegC[t]);
        double part = (inverseK - from) / (inverseK(measuredDegC[t + 1]) - from);
        return ohm[t][s] * StrictMath.exp(part * StrictMath.log(ohm[t + 1][s] / ohm[t][s]));
    }

    private static double[][] copy(double[][] rows) {
        double[][] copy = new double[rows.length][];
        for (int t = 0; t < rows.length; t++) {
            copy[t] = rows[t].clone();
        }
        return copy;
    }

    private static double inverseK(double degC) {
        return 1.0 / (degC + ZERO_DEG_C_IN_K);
    }

    /** SOC of the columns, a copy: between two of them the resistance is a straight line at every temperature. */
    public double[] socs() {
        return socs.clone();
    }

    /** Temperatures of the rows, °C; a copy. */
    public double[] temperatures() {
        return temperatures.clone();
    }

    /** Resistances of the nodes, Ω, one row per temperature; a copy. */
    public double[][] ohms() {
        return copy(ohms);
    }

    /** Activation energy beyond the rows, J/mol. */
    public double activationJPerMol() {
        return activationJPerMol;
    }

    /** The resistance, Ω. */
    public double ohm(double soc, double temperatureDegC) {
        return table.at(soc, temperatureDegC);
    }
}
