package io.github.bms4j.sim.contactor;

import io.github.bms4j.contactor.ContactorState;
import io.github.bms4j.measure.Contact;
import io.github.bms4j.measure.PackSample;
import io.github.bms4j.measure.PackSignals;
import io.github.bms4j.num.Check;

/**
 * Several true strings in parallel on one link, moved beat by beat beside a simulation of their cells: the current of the load splits
 * between them as the circuit has it.
 *
 * <p>A beat in which a contact moves, or has moved a moment ago, is carried through in steps of a millisecond, any other in one. Units and
 * sign: V, Ohm, A positive discharging, s. Thread: one. Allocation: none in a beat.
 */
public final class SimStrings {
    private static final double FINE_S = 1e-3;
    /** After this time at rest nothing of contact or capacitor moves any more, s. */
    private static final double MOVES_FOR_S = 0.5;

    private final SimString[] strings;
    private final double[] cableOhm;
    private final SimLink link;
    private final ContactorState[] states;
    private final double[] chargeAs;
    private final double[] peakA;
    private double sinceS;

    /**
     * Strings with open contactors.
     *
     * @param link the link
     * @param cableOhm part of every string's resistance that lies between its voltage sensor and the link, Ohm, 0 or more
     * @param strings the strings, each with the resistance of its cells and of that cable
     */
    public SimStrings(SimLink link, double cableOhm, SimString... strings) {
        int n = Check.atLeast("strings", strings.length, 1);
        Check.notNegative("cableOhm", cableOhm);
        this.link = link;
        this.strings = strings.clone();
        this.cableOhm = new double[n];
        this.states = new ContactorState[n];
        this.chargeAs = new double[n];
        this.peakA = new double[n];
        for (int k = 0; k < n; k++) {
            this.cableOhm[k] = cableOhm;
            states[k] = ContactorState.INSPECT;
        }
    }

    /**
     * What a string is and is told for the next beat.
     *
     * @param string which
     * @param commands its coils
     * @param cellsV voltage of its cells, V, above 0
     * @param cellsA the current at which they have it, A
     */
    public void set(int string, ContactorState commands, double cellsV, double cellsA) {
        if (commands != states[string]) {
            states[string] = commands;
            sinceS = 0.0;
        }
        strings[string].ocvV(cellsV + cellsA * (strings[string].ohm() - cableOhm[string]));
    }

    /** One beat with a load current, A, negative for a charger. */
    public void beat(double loadA, double dtS) {
        Check.positive("dtS", dtS);
        link.loadA(loadA);
        int steps = sinceS < MOVES_FOR_S ? (int) Math.ceil(dtS / FINE_S - 1e-9) : 1;
        for (int s = 0; s < steps; s++) {
            for (int k = 0; k < strings.length; k++) {
                ContactorState on = states[k];
                strings[k].move(on.positive(), on.negative(), on.precharge(), link.linkV(), dtS / steps);
            }
            link.step(strings, dtS / steps);
            for (int k = 0; k < strings.length; k++) {
                double a = strings[k].currentA();
                chargeAs[k] += a * dtS / steps;
                peakA[k] = Math.max(peakA[k], Math.abs(a));
            }
        }
        sinceS += dtS;
    }

    /** Charge that a string gave since this was last asked, As. */
    public double takeChargeAs(int string) {
        double sum = chargeAs[string];
        chargeAs[string] = 0.0;
        return sum;
    }

    /** Highest current of a string in either direction since this was last asked, A. */
    public double takePeakA(int string) {
        double peak = peakA[string];
        peakA[string] = 0.0;
        return peak;
    }

    /** Whether a string is connected to the link through both main contactors and its fuse. */
    public boolean connected(int string) {
        return strings[string].throughMains();
    }

    /** Reads link voltage and auxiliary contacts of a string. */
    public void read(int string, PackSignals into) {
        into.readLinkVoltage(rounded(link.linkV()));
        into.readContact(
                Contact.POSITIVE, strings[string].contactor(Contact.POSITIVE).feedback());
        into.readContact(
                Contact.NEGATIVE, strings[string].contactor(Contact.NEGATIVE).feedback());
        into.readContact(
                Contact.PRECHARGE, strings[string].contactor(Contact.PRECHARGE).feedback());
    }

    /** Reads voltage and current of a string, which is all that contactors look at. */
    public void read(int string, PackSample into) {
        SimString s = strings[string];
        into.readPackVoltage(rounded(s.packV() + s.currentA() * cableOhm[string]));
        into.readCurrent(rounded(s.currentA()));
    }

    private static double rounded(double value) {
        return Math.rint(value * 20.0) / 20.0; // 50 mV, 50 mA
    }

    /** A true string. */
    public SimString string(int index) {
        return strings[index];
    }

    /** The true link. */
    public SimLink link() {
        return link;
    }
}
