package io.github.bms4j.contactor;

import io.github.bms4j.cell.PackLayout;
import io.github.bms4j.measure.Contact;
import io.github.bms4j.measure.ContactState;
import io.github.bms4j.measure.PackSample;
import io.github.bms4j.measure.PackSignals;
import io.github.bms4j.num.StepResult;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;

/**
 * A control with an ideal string around it: contacts follow their coils at once, the link is an exact R C element, and every
 * reading can be replaced by another or by none.
 */
final class ContactorRig {
    static final double PACK_V = 400.0;

    final ContactorRating rating;
    final ContactorControl control;
    final ContactorRequest request = new ContactorRequest();
    final PackLayout layout = new PackLayout(100, 40, 1);
    final PackSample sample = new PackSample(layout);
    final PackSignals signals = new PackSignals(layout);
    final Map<Contact, ContactState> feedback = new EnumMap<>(Contact.class);
    final List<ContactorState> path = new ArrayList<>(List.of(ContactorState.INSPECT));
    double packV = PACK_V;
    double linkV;
    double loadA;
    double cycleS = 0.010;
    double ohm;
    double farad;
    double bleedOhm;
    boolean packRead = true;
    boolean linkRead = true;
    boolean currentRead = true;
    boolean feedbackRead = true;
    boolean sampleArrives = true;
    double currentSays = Double.NaN;
    double linkSays = Double.NaN;
    boolean weldedPositive;
    boolean weldedNegative;
    boolean weldedPrecharge;
    boolean deadPositive;
    boolean deadNegative;
    boolean deadPrecharge;
    long nanos = 5_000_000_000L;

    ContactorRig() {
        this(ContactorRating.standard(PACK_V));
    }

    ContactorRig(ContactorRating rating) {
        this.rating = rating;
        this.control = new ContactorControl(rating, 1);
        this.ohm = rating.precharge().ohm();
        this.farad = rating.precharge().linkFarad();
        this.bleedOhm = rating.precharge().bleedOhm();
        control.restore(0.0, 0);
    }

    boolean positive() {
        return !deadPositive && (weldedPositive || control.closes(Contact.POSITIVE));
    }

    boolean negative() {
        return !deadNegative && (weldedNegative || control.closes(Contact.NEGATIVE));
    }

    boolean precharge() {
        return !deadPrecharge && (weldedPrecharge || control.closes(Contact.PRECHARGE));
    }

    /** One cycle: plant, readings, control. */
    StepResult step() {
        nanos += Math.round(cycleS * 1e9);
        double currentA = move();
        sample.begin(sampleArrives ? nanos : sample.nanos());
        signals.begin(sampleArrives ? nanos : signals.nanos());
        sample.readPackVoltage(packRead ? packV : Double.NaN);
        sample.readCurrent(currentRead ? (Double.isNaN(currentSays) ? currentA : currentSays) : Double.NaN);
        signals.readLinkVoltage(linkRead ? (Double.isNaN(linkSays) ? linkV : linkSays) : Double.NaN);
        if (feedbackRead) {
            read(Contact.POSITIVE, positive());
            read(Contact.NEGATIVE, negative());
            read(Contact.PRECHARGE, precharge());
        }
        StepResult result = control.step(nanos, sample, signals, request);
        if (control.state() != path.get(path.size() - 1)) {
            path.add(control.state());
        }
        return result;
    }

    private void read(Contact contact, boolean closed) {
        signals.readContact(contact, feedback.getOrDefault(contact, closed ? ContactState.CLOSED : ContactState.OPEN));
    }

    /** Carries the link on and gives the current. */
    private double move() {
        if (negative() && positive()) {
            linkV = packV;
            return loadA + packV / bleedOhm;
        }
        boolean charging = negative() && precharge();
        double g = (charging ? 1.0 / ohm : 0.0) + 1.0 / bleedOhm;
        double endV = ((charging ? packV / ohm : 0.0) - loadA) / g;
        double before = linkV;
        linkV = Math.max(0.0, g == 0.0 ? linkV : endV + (linkV - endV) * StrictMath.exp(-cycleS * g / farad));
        return charging ? (packV - 0.5 * (before + linkV)) / ohm : 0.0;
    }

    /** Steps until something holds, at most for a time. */
    boolean until(double timeS, BooleanSupplier holds) {
        for (double t = 0.0; t < timeS; t += cycleS) {
            step();
            if (holds.getAsBoolean()) {
                return true;
            }
        }
        return false;
    }

    boolean reaches(ContactorState state, double timeS) {
        return until(timeS, () -> control.state() == state);
    }

    void run(double timeS) {
        until(timeS, () -> false);
    }

    /** Asks to close, with leave. */
    ContactorRig ask() {
        request.close = true;
        request.mayClose = true;
        return this;
    }

    /** A rig that stands in a state of the ordinary way up, or throws. */
    ContactorRig at(ContactorState state) {
        ask();
        if (!reaches(state, 5.0)) {
            throw new AssertionError(state + " not reached: " + path + ", " + control.explain());
        }
        return this;
    }
}
