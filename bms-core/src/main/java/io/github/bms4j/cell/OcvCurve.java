package io.github.bms4j.cell;

import io.github.bms4j.num.Findings;
import io.github.bms4j.num.MonotoneCurve;
import io.github.bms4j.num.Table1D;
import java.util.Arrays;

/**
 * Open-circuit voltage over SOC and temperature, with its slope and its inverse.
 *
 * <p>Model: a monotone smooth curve at a reference temperature, shifted by the entropic coefficient. Without an
 * entropic table (all zeros) temperature has no effect. Beyond SOC 0 and 1 the curve goes on straight, so that a filter
 * may leave the range by its uncertainty.
 *
 * <pre>v(soc, T) = v_ref(soc) + dU/dT(soc) (T - T_ref)</pre>
 *
 * <p>The curve is the middle of the two branches; {@link #hysteresis} says how far they stand apart. What fails first: a steep entropic table can level the curve far from the reference temperature; {@link #slopeV} then says so.
 *
 * <p>Units: SOC as a fraction, V, °C, V/K. Bad input: NaN in, NaN out. Thread: any, immutable. Allocation: none after
 * construction.
 *
 * @see "docs/theory/monotone-curve.md"
 */
public final class OcvCurve {
    private static final int MOST_STEPS = 60;

    private final double[] socs;
    private final double[] ocvV;
    private final double[] entropicVPerK;
    private final MonotoneCurve reference;
    private final Table1D entropic;
    private final boolean hasEntropy;
    private final double referenceDegC;
    private final Hysteresis hysteresis;

    /**
     * A curve without hysteresis.
     *
     * @param soc strictly increasing, first exactly 0, last exactly 1
     * @param ocvV voltage at the reference temperature, V, > 0, strictly increasing
     * @param entropicVPerK dU/dT at the same nodes, V/K, within ±0.005; all zeros when not known
     * @param referenceDegC temperature of {@code ocvV}, °C
     * @throws IllegalArgumentException when a value or the lengths do not fit
     */
    public OcvCurve(double[] soc, double[] ocvV, double[] entropicVPerK, double referenceDegC) {
        this(soc, ocvV, entropicVPerK, referenceDegC, Hysteresis.NONE);
    }

    /**
     * A curve between two branches.
     *
     * @param soc strictly increasing, first exactly 0, last exactly 1
     * @param ocvV mean of the branches at the reference temperature, V, > 0, strictly increasing
     * @param entropicVPerK dU/dT at the same nodes, V/K, within ±0.005; all zeros when not known
     * @param referenceDegC temperature of {@code ocvV}, °C
     * @param hysteresis how far the branches stand off
     * @throws IllegalArgumentException when a value or the lengths do not fit
     */
    public OcvCurve(double[] soc, double[] ocvV, double[] entropicVPerK, double referenceDegC, Hysteresis hysteresis) {
        this.hysteresis = hysteresis;
        this.referenceDegC = referenceDegC;
        check(soc, ocvV, entropicVPerK, referenceDegC);
        reference = new MonotoneCurve(soc, ocvV);
        this.socs = soc.clone();
        this.ocvV = ocvV.clone();
        this.entropicVPerK = entropicVPerK.clone();
        entropic = new Table1D(soc, entropicVPerK);
        hasEntropy = Arrays.stream(entropicVPerK).anyMatch(e -> e != 0.0);
    }

    private static void check(double[] soc, double[] ocvV, double[] entropicVPerK, double referenceDegC) {
        if (ocvV.length != soc.length || entropicVPerK.length != soc.length) {
            throw new IllegalArgumentException("soc, ocvV and entropicVPerK must be equally long but have " + soc.length
                    + ", " + ocvV.length + " and " + entropicVPerK.length + " values");
        }
        Findings findings = new Findings();
        findings.within("referenceDegC", referenceDegC, -60.0, 120.0);
        for (int i = 0; i < soc.length; i++) {
            boolean sound = findings.positive("ocvV[" + i + "]", ocvV[i]);
            if (sound && i > 0 && ocvV[i] <= ocvV[i - 1]) {
                findings.add("ocvV must be strictly increasing but ocvV[" + i + "] = " + ocvV[i] + " follows "
                        + ocvV[i - 1]);
            }
            findings.within("entropicVPerK[" + i + "]", entropicVPerK[i], -0.005, 0.005);
        }
        if (soc.length > 0 && (soc[0] != 0.0 || soc[soc.length - 1] != 1.0)) {
            findings.add("soc must run from 0 to 1 but runs from " + soc[0] + " to " + soc[soc.length - 1]);
        }
        findings.refuse();
    }

    /** Open-circuit voltage, V. */
    public double v(double soc, double temperatureDegC) {
        double v = reference.at(soc);
        return hasEntropy ? v + entropic.at(soc) * (temperatureDegC - referenceDegC) : v;
    }

    /** dv/dsoc, V per unit SOC (100 times the volts per percent): the exact derivative of {@link #v}. */
    public double slopeV(double soc, double temperatureDegC) {
        double slope = reference.slopeAt(soc);
        return hasEntropy ? slope + entropic.slopeAt(soc) * (temperatureDegC - referenceDegC) : slope;
    }

    /**
     * The SOC whose open-circuit voltage is {@code ocvV}; below 0 or above 1 for a voltage beyond the curve. Where
     * entropy bends the curve back, one of its crossings.
     */
    public double soc(double ocvV, double temperatureDegC) {
        if (!hasEntropy) {
            return reference.inverse(ocvV);
        }
        double shiftK = temperatureDegC - referenceDegC;
        double atEmpty = ocvV - entropic.at(0.0) * shiftK;
        if (atEmpty <= reference.at(0.0)) {
            return reference.inverse(atEmpty);
        }
        double atFull = ocvV - entropic.at(1.0) * shiftK;
        if (atFull >= reference.at(1.0)) {
            return reference.inverse(atFull);
        }
        return Double.isNaN(shiftK) || Double.isNaN(ocvV) ? Double.NaN : solve(ocvV, temperatureDegC);
    }

    /** Newton inside a shrinking bracket, between empty (too low) and full (too high). */
    private double solve(double ocvV, double temperatureDegC) {
        double low = 0.0;
        double high = 1.0;
        double soc = Math.min(1.0, Math.max(0.0, reference.inverse(ocvV)));
        for (int i = 0; i < MOST_STEPS; i++) {
            double miss = v(soc, temperatureDegC) - ocvV;
            if (miss > 0.0) {
                high = soc;
            } else {
                low = soc;
            }
            double next = soc - miss / slopeV(soc, temperatureDegC);
            if (!(next >= low && next <= high)) {
                next = 0.5 * (low + high);
            }
            if (next == soc) {
                return soc;
            }
            soc = next;
        }
        return soc;
    }

    /** dU/dT, V/K, held flat beyond SOC 0 and 1. Times the absolute temperature and the current it is the reversible heat. */
    public double entropicVPerK(double soc) {
        return entropic.at(soc);
    }

    /** How far the branches stand off this curve. */
    public Hysteresis hysteresis() {
        return hysteresis;
    }

    /** SOC of the nodes, a copy: between two of them the curve is a cubic and dU/dT a straight line. */
    public double[] socs() {
        return socs.clone();
    }

    /** Voltages of the nodes at the reference temperature, V; a copy. */
    public double[] voltages() {
        return ocvV.clone();
    }

    /** dU/dT of the nodes, V/K; a copy. */
    public double[] entropics() {
        return entropicVPerK.clone();
    }

    /** Temperature at which the reference curve holds, °C. */
    public double referenceDegC() {
        return referenceDegC;
    }
}
