package io.github.bms4j.sim.contactor;

import io.github.bms4j.contactor.ContactorState;
import io.github.bms4j.measure.Contact;
import io.github.bms4j.measure.PackSample;
import io.github.bms4j.measure.PackSignals;
import io.github.bms4j.num.Check;

/**
 * The switchgear of one pack in front of its link: fuse, contactors and precharge resistor as they are in truth, moved beat by beat
 * beside a simulation of the cells.
 *
 * <p>A beat in which a contact moves, or has moved a moment ago, is carried through in steps of a millisecond, any other in one. Units and
 * sign: V, A positive discharging, s. Thread: one. Allocation: none in a beat.
 */
public final class SimSwitchgear {
    private static final double FINE_S = 1e-3;
    /** Melting integral of a fast fuse over the square of its rating, s. */
    private static final double MELTS_AT_S = 1.6;
    /** After this time at rest nothing of contact or capacitor moves any more, s. */
    private static final double MOVES_FOR_S = 0.5;

    private final SimString string;
    private final SimLink link;
    private final SimString[] strings;
    private ContactorState state = ContactorState.INSPECT;
    private double sinceS;

    /** Switchgear between a string and its link. */
    public SimSwitchgear(SimString string, SimLink link) {
        this.string = string;
        this.link = link;
        this.strings = new SimString[] {string};
    }

    /**
     * An ordinary one at a discharged link of 1 mF with 25 kOhm across it.
     *
     * @param packV voltage of the cells, V, above 0
     * @param ratedA current that the fuse carries for good, A, above 0; it melts at 1.6 s of its square
     */
    public static SimSwitchgear ordinary(double packV, double ratedA) {
        TrueFuse fuse = new TrueFuse(ratedA, MELTS_AT_S * ratedA * ratedA);
        return new SimSwitchgear(
                new SimString(packV, 0.080, packV / 8.0, 120.0, 600.0, fuse), new SimLink(1e-3, 25_000.0));
    }

    /**
     * One beat.
     *
     * @param commands the coils
     * @param packV voltage of the cells, V, above 0
     * @param cellsA the current at which they have it, A
     * @param loadA what the load draws from the link, A; negative for a charger
     * @param dtS length of the beat, s
     */
    public void beat(ContactorState commands, double packV, double cellsA, double loadA, double dtS) {
        Check.positive("dtS", dtS);
        if (commands != state) {
            state = commands;
            sinceS = 0.0;
        }
        string.ocvV(packV + cellsA * string.ohm());
        link.loadA(loadA);
        int steps = sinceS < MOVES_FOR_S ? (int) Math.ceil(dtS / FINE_S - 1e-9) : 1;
        for (int k = 0; k < steps; k++) {
            string.move(commands.positive(), commands.negative(), commands.precharge(), link.linkV(), dtS / steps);
            link.step(strings, dtS / steps);
        }
        sinceS += dtS;
    }

    /** Whether both main contactors and the fuse conduct. */
    public boolean connected() {
        return string.throughMains();
    }

    /** Reads link voltage and auxiliary contacts. */
    public void read(PackSignals into) {
        into.readLinkVoltage(rounded(link.linkV()));
        into.readContact(Contact.POSITIVE, string.contactor(Contact.POSITIVE).feedback());
        into.readContact(Contact.NEGATIVE, string.contactor(Contact.NEGATIVE).feedback());
        into.readContact(Contact.PRECHARGE, string.contactor(Contact.PRECHARGE).feedback());
    }

    /** Reads voltage and current of the string, which is all that contactors look at. */
    public void read(PackSample into) {
        into.readPackVoltage(rounded(string.packV()));
        into.readCurrent(rounded(string.currentA()));
    }

    private static double rounded(double value) {
        return Math.rint(value * 20.0) / 20.0; // 50 mV, 50 mA
    }

    /** The true string. */
    public SimString string() {
        return string;
    }

    /** The true link. */
    public SimLink link() {
        return link;
    }
}
