package io.github.bms4j.sim.contactor;

import io.github.bms4j.measure.Contact;
import io.github.bms4j.num.Check;

/**
 * One true string up to the link: open-circuit voltage behind a resistance, a fuse, two main contactors, and a precharge
 * contactor with its resistor across the positive one.
 *
 * <p>It remembers what its contacts had to bear, so that a test can say what a control did to them. Main contacts that make
 * above {@code weldA} weld. Units and sign: V, Ohm, A positive discharging, J. Thread: one. Allocation: none after
 * construction.
 */
public final class SimString {
    private final double ohm;
    private final double prechargeOhm;
    private final double coolingS;
    private final double weldA;
    private final TrueFuse fuse;
    private final TrueContactor positive = TrueContactor.ordinary();
    private final TrueContactor negative = TrueContactor.ordinary();
    private final TrueContactor precharge = TrueContactor.ordinary();
    private double ocvV;
    private double currentA;
    private double resistorJ;
    private double hottestJ;
    private double worstMakeA;
    private double worstBreakA;
    private boolean throughMains;

    /**
     * A string with open contactors.
     *
     * @param ocvV open-circuit voltage, V
     * @param ohm resistance of cells, cables and closed contactors, Ohm
     * @param prechargeOhm precharge resistor, Ohm
     * @param coolingS time constant at which it cools, s
     * @param weldA current above which main contacts weld when they make, A
     * @param fuse the fuse
     */
    public SimString(double ocvV, double ohm, double prechargeOhm, double coolingS, double weldA, TrueFuse fuse) {
        this.ocvV = Check.positive("ocvV", ocvV);
        this.ohm = Check.positive("ohm", ohm);
        this.prechargeOhm = Check.positive("prechargeOhm", prechargeOhm);
        this.coolingS = Check.positive("coolingS", coolingS);
        this.weldA = Check.positive("weldA", weldA);
        this.fuse = fuse;
    }

    /** 80 mOhm, 50 Ohm of precharge that cool in 120 s, contacts that weld above 600 A, a fuse of 350 A with 200 000 A²s. */
    public static SimString ordinary(double ocvV) {
        return new SimString(ocvV, 0.080, 50.0, 120.0, 600.0, new TrueFuse(350.0, 200_000.0));
    }

    /** Moves the contacts; counts what a main contact makes or breaks. */
    void move(boolean positiveCoil, boolean negativeCoil, boolean prechargeCoil, double linkV, double dtS) {
        boolean before = throughMains;
        positive.step(positiveCoil, dtS);
        negative.step(negativeCoil, dtS);
        precharge.step(prechargeCoil, dtS);
        throughMains = positive.conducts() && negative.conducts() && !fuse.open();
        if (throughMains && !before) {
            double makeA = Math.abs(ocvV - linkV) / ohm;
            worstMakeA = Math.max(worstMakeA, makeA);
            if (makeA > weldA) {
                positive.flaw(ContactorFlaw.WELDED);
                negative.flaw(ContactorFlaw.WELDED);
            }
        } else if (before && !throughMains && !fuse.open()) {
            worstBreakA = Math.max(worstBreakA, Math.abs(currentA));
        }
    }

    /** Conductance from cells to link, S. */
    double siemens() {
        if (fuse.open() || !negative.conducts()) {
            return 0.0;
        }
        return positive.conducts() ? 1.0 / ohm : precharge.conducts() ? 1.0 / (ohm + prechargeOhm) : 0.0;
    }

    /** Takes the mean current of a step, and the mean of its square. */
    void carry(double meanA, double meanA2, double dtS) {
        currentA = meanA;
        fuse.step(meanA2, dtS);
        boolean through = !throughMains && precharge.conducts() && negative.conducts();
        resistorJ = resistorJ * StrictMath.exp(-dtS / coolingS) + (through ? meanA2 * prechargeOhm * dtS : 0.0);
        hottestJ = Math.max(hottestJ, resistorJ);
    }

    /** One of the three contactors. */
    public TrueContactor contactor(Contact which) {
        return switch (which) {
            case POSITIVE -> positive;
            case NEGATIVE -> negative;
            case PRECHARGE -> precharge;
            case INTERLOCK -> throw new IllegalArgumentException("which must be a contactor but is INTERLOCK");
        };
    }

    /** Whether both main contacts and the fuse conduct. */
    public boolean throughMains() {
        return throughMains;
    }

    /** Sets the open-circuit voltage, V. */
    public void ocvV(double value) {
        ocvV = Check.positive("ocvV", value);
    }

    /** Open-circuit voltage, V. */
    public double ocvV() {
        return ocvV;
    }

    /** Resistance without the precharge resistor, Ohm. */
    public double ohm() {
        return ohm;
    }

    /** Voltage at its own terminals, before the contactors, V. */
    public double packV() {
        return ocvV - currentA * ohm;
    }

    /** Mean current of the last step, A. */
    public double currentA() {
        return currentA;
    }

    /** The fuse. */
    public TrueFuse fuse() {
        return fuse;
    }

    /** Energy above ambient in the precharge resistor, J. */
    public double resistorJ() {
        return resistorJ;
    }

    /** The most that was ever in it, J. */
    public double hottestJ() {
        return hottestJ;
    }

    /** Highest current at the moment a main contact closed the circuit, A. */
    public double worstMakeA() {
        return worstMakeA;
    }

    /** Highest current at the moment a main contact opened the circuit, A. */
    public double worstBreakA() {
        return worstBreakA;
    }
}
