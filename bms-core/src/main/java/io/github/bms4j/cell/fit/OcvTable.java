package io.github.bms4j.cell.fit;

import io.github.bms4j.num.Check;

/**
 * An open-circuit voltage somebody else has already drawn: volts over SOC at one temperature.
 *
 * <p>Units: SOC as a fraction, V, °C. Thread: any, immutable.
 */
public final class OcvTable {
    private final String name;
    private final double degC;
    private final double[] soc;
    private final double[] ocvV;
    private final double[] halfGapV;

    /**
     * @param name what reports call it
     * @param degC temperature, °C, within [-60, 120]
     * @param soc within [-0.05, 1.05], at least five
     * @param ocvV mean of the branches, V
     * @param halfGapV half the gap between the branches, V, or empty where it is not known
     * @throws IllegalArgumentException when a value or the lengths do not fit
     */
    public OcvTable(String name, double degC, double[] soc, double[] ocvV, double[] halfGapV) {
        this.name = name;
        this.degC = Check.within("degC", degC, -60.0, 120.0);
        if (soc.length < 5 || ocvV.length != soc.length || (halfGapV.length > 0 && halfGapV.length != soc.length)) {
            throw new IllegalArgumentException(name + ": found " + soc.length + " SOC, " + ocvV.length
                    + " voltages and " + halfGapV.length + " gaps, expected equally many, at least 5");
        }
        for (int k = 0; k < soc.length; k++) {
            Check.within(name + ": soc[" + k + "]", soc[k], -0.05, 1.05);
            Check.positive(name + ": ocvV[" + k + "]", ocvV[k]);
        }
        this.soc = soc.clone();
        this.ocvV = ocvV.clone();
        this.halfGapV = halfGapV.clone();
    }

    /** What reports call it. */
    public String name() {
        return name;
    }

    /** Temperature, °C. */
    public double degC() {
        return degC;
    }

    int rows() {
        return soc.length;
    }

    double soc(int row) {
        return soc[row];
    }

    double ocvV(int row) {
        return ocvV[row];
    }

    /** Half the gap, V; NaN where it is not known. */
    double halfGapV(int row) {
        return halfGapV.length == 0 ? Double.NaN : halfGapV[row];
    }
}
