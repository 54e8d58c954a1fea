package io.github.bms4j.contactor;

import io.github.bms4j.measure.Contact;
import io.github.bms4j.measure.ContactState;
import io.github.bms4j.measure.PackSample;
import io.github.bms4j.measure.PackSignals;
import java.util.Arrays;

/**
 * What the control rests on in one cycle: voltages and current only when they were read in it, feedback while it is not too
 * old, and for how long the current has been there or gone.
 *
 * <p>A sample that is handed in twice counts once: the second time nothing in it is fresh. Thread: one. Allocation: none.
 */
final class ContactorReadings {
    private static final Contact[] CONTACTS = Contact.values();
    private static final int PACK = 1;
    private static final int LINK = 2;
    private static final int CURRENT = 4;
    private static final int ALL = PACK | LINK | CURRENT;

    private final ContactorRating rating;
    private final double[] contactAgeS = new double[CONTACTS.length];
    private final ContactState[] contact = new ContactState[CONTACTS.length];
    private long sampleNanos;
    private long signalNanos;
    private boolean sampled;
    private boolean signalled;
    private double packV = Double.NaN;
    private double linkV = Double.NaN;
    private double currentA = Double.NaN;
    private double packAgeS = Double.POSITIVE_INFINITY;
    private double linkAgeS = Double.POSITIVE_INFINITY;
    private double currentAgeS = Double.POSITIVE_INFINITY;
    private double lastPackV = Double.NaN;
    private double lastLinkV = Double.NaN;
    private double lastCurrentA = Double.NaN;
    private double flowsForS;
    private double apartForS;
    private int quietSamples;
    private int flowSamples;
    private int breakableSamples;
    private int seen;

    ContactorReadings(ContactorRating rating) {
        this.rating = rating;
        Arrays.fill(contact, ContactState.UNKNOWN);
        Arrays.fill(contactAgeS, Double.POSITIVE_INFINITY);
    }

    /** Takes what is fresh in this cycle. */
    void take(double dtS, PackSample sample, PackSignals signals) {
        boolean newSample = sample.begun() && (!sampled || sample.nanos() != sampleNanos);
        boolean newSignals = signals.begun() && (!signalled || signals.nanos() != signalNanos);
        sampled |= newSample;
        signalled |= newSignals;
        sampleNanos = sample.nanos();
        signalNanos = signals.nanos();
        packV = newSample && sample.packVoltage().usable(0)
                ? sample.packVoltage().value(0)
                : Double.NaN;
        currentA = newSample && sample.current().usable(0) ? sample.current().value(0) : Double.NaN;
        linkV = newSignals && signals.linkVoltage().usable(0)
                ? signals.linkVoltage().value(0)
                : Double.NaN;
        keep(dtS);
        takeContacts(dtS, newSignals, signals);
        judgeCurrent(dtS);
        double apartV = Math.abs(deltaV());
        apartForS = apartV > rating.weldV() ? apartForS + dtS : Double.isNaN(apartV) ? apartForS : 0.0;
    }

    private void keep(double dtS) {
        boolean pack = !Double.isNaN(packV);
        boolean link = !Double.isNaN(linkV);
        boolean current = !Double.isNaN(currentA);
        packAgeS = pack ? 0.0 : packAgeS + dtS;
        linkAgeS = link ? 0.0 : linkAgeS + dtS;
        currentAgeS = current ? 0.0 : currentAgeS + dtS;
        lastPackV = pack ? packV : lastPackV;
        lastLinkV = link ? linkV : lastLinkV;
        lastCurrentA = current ? currentA : lastCurrentA;
        seen |= (pack ? PACK : 0) | (link ? LINK : 0) | (current ? CURRENT : 0);
    }

    private void takeContacts(double dtS, boolean fresh, PackSignals signals) {
        for (int c = 0; c < CONTACTS.length; c++) {
            if (fresh && signals.contactFresh(CONTACTS[c])) {
                contact[c] = signals.contact(CONTACTS[c]);
                contactAgeS[c] = 0.0;
            } else {
                contactAgeS[c] += dtS;
            }
        }
    }

    private void judgeCurrent(double dtS) {
        if (Double.isNaN(currentA)) {
            breakableSamples = 0;
            return;
        }
        double a = Math.abs(currentA);
        boolean flows = a > rating.contacts().zeroA();
        flowsForS = flows ? flowsForS + dtS : 0.0;
        flowSamples = flows ? flowSamples + 1 : 0;
        quietSamples = flows ? 0 : quietSamples + 1;
        breakableSamples = a <= rating.contacts().breakA() ? breakableSamples + 1 : 0;
    }

    /** A new state begins: what its conditions count must happen in it. */
    void restart() {
        flowsForS = 0.0;
        apartForS = 0.0;
        flowSamples = 0;
        quietSamples = 0;
        breakableSamples = 0;
        seen = 0;
    }

    /** Begins to gather the next full set of readings. */
    void confirm() {
        seen = 0;
    }

    /** Whether pack voltage, link voltage and current were all read since the last {@link #confirm}. */
    boolean allSeen() {
        return seen == ALL;
    }

    /** Whether pack voltage, link voltage and current were all read in this cycle. */
    boolean fresh() {
        return !Double.isNaN(packV) && !Double.isNaN(linkV) && !Double.isNaN(currentA);
    }

    /** Whether pack voltage, link voltage or current are older than a connected string may bear, or were never read. */
    boolean blind() {
        return Math.max(packAgeS, Math.max(linkAgeS, currentAgeS))
                > rating.readings().blindS();
    }

    /** Whether the current is older than that. */
    boolean currentBlind() {
        return currentAgeS > rating.readings().blindS();
    }

    /** Pack voltage of this cycle, V; NaN when not read in it. */
    double packV() {
        return packV;
    }

    /** Link voltage of this cycle, V; NaN when not read in it. */
    double linkV() {
        return linkV;
    }

    /** Current of this cycle, A, positive discharging; NaN when not read in it. */
    double currentA() {
        return currentA;
    }

    /** Pack minus link voltage of this cycle, V; NaN unless both were read in it. */
    double deltaV() {
        return packV - linkV;
    }

    /** Pack minus link voltage as last read, V; NaN while one was never read. */
    double lastDeltaV() {
        return lastPackV - lastLinkV;
    }

    /** Link voltage as last read, V. */
    double lastLinkV() {
        return lastLinkV;
    }

    /** Pack voltage as last read, V. */
    double lastPackV() {
        return lastPackV;
    }

    /** Current as last read, A. */
    double lastCurrentA() {
        return lastCurrentA;
    }

    /** Feedback of a contact; unknown once it is too old. */
    ContactState contact(Contact which) {
        int c = which.ordinal();
        return contactAgeS[c] > rating.readings().blindS() ? ContactState.UNKNOWN : contact[c];
    }

    /** For how long every current read in this state was above zero current, s. */
    double flowsForS() {
        return flowsForS;
    }

    /** Currents in a row above zero current. */
    int flowSamples() {
        return flowSamples;
    }

    /** Currents in a row that count as none. */
    int quietSamples() {
        return quietSamples;
    }

    /** Currents in a row that may be broken; a missing one ends the row. */
    int breakableSamples() {
        return breakableSamples;
    }

    /** For how long pack and link were apart by more than a weld check's voltage, s. */
    double apartForS() {
        return apartForS;
    }
}
