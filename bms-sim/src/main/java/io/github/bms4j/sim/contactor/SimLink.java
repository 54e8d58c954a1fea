package io.github.bms4j.sim.contactor;

import io.github.bms4j.num.Check;

/**
 * The link that strings and load share: a capacitor with a bleed resistor, a load, and perhaps somebody else's source.
 *
 * <p>Within a step all conductances and the load are constant, so the link is an exact first-order element:
 *
 * <pre>tau = C / sum g,  V_end = (sum g U - I) / sum g,  V' = V_end + (V - V_end) exp(-dt/tau)</pre>
 *
 * <p>The load draws nothing below 1 V, and the link does not go below 0 V. Units: V, Ohm, F, A. Thread: one. Allocation: none
 * after construction.
 */
public final class SimLink {
    private static final double LEAST_LOAD_V = 1.0;

    private final double farad;
    private final double bleedOhm;
    private double linkV;
    private double loadA;
    private double sourceV = Double.NaN;
    private double sourceOhm = 1.0;

    /** A discharged link without load. */
    public SimLink(double farad, double bleedOhm) {
        this.farad = Check.positive("farad", farad);
        this.bleedOhm = Check.positive("bleedOhm", bleedOhm);
    }

    /** Carries link and strings through a step in which no contact moves. */
    void step(SimString[] strings, double dtS) {
        double drawnA = Math.abs(loadA) > 0.0 && (linkV > LEAST_LOAD_V || loadA < 0.0) ? loadA : 0.0;
        double g = 1.0 / bleedOhm;
        double intoA = -drawnA;
        if (!Double.isNaN(sourceV)) {
            g += 1.0 / sourceOhm;
            intoA += sourceV / sourceOhm;
        }
        for (SimString s : strings) {
            double own = s.siemens();
            g += own;
            intoA += own * s.ocvV();
        }
        double x = dtS * g / farad;
        double endV = intoA / g;
        double once = -StrictMath.expm1(-x) / x;
        double twice = -StrictMath.expm1(-2.0 * x) / (2.0 * x);
        for (SimString s : strings) {
            double own = s.siemens();
            double steadyA = own * (s.ocvV() - endV);
            double extraA = own * (endV - linkV);
            double meanA = steadyA + extraA * once;
            s.carry(meanA, steadyA * steadyA + 2.0 * steadyA * extraA * once + extraA * extraA * twice, dtS);
        }
        linkV = Math.max(0.0, endV + (linkV - endV) * StrictMath.exp(-x));
    }

    /** Voltage of the link, V. */
    public double linkV() {
        return linkV;
    }

    /** Sets the voltage, V. */
    public void linkV(double value) {
        linkV = Check.notNegative("linkV", value);
    }

    /** Load current from now on, A; negative charges. */
    public void loadA(double value) {
        loadA = Check.finite("loadA", value);
    }

    /** Load current, A. */
    public double loadA() {
        return loadA;
    }

    /** Somebody else's source on the link from now on: voltage, V, NaN for none, behind a resistance, Ohm. */
    public void source(double volts, double ohm) {
        sourceV = volts;
        sourceOhm = Check.positive("ohm", ohm);
    }
}
