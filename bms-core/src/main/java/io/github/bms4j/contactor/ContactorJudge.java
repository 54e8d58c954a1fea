package io.github.bms4j.contactor;

import static io.github.bms4j.contactor.ContactorEvent.ABANDONED;
import static io.github.bms4j.contactor.ContactorEvent.ALL_OPEN;
import static io.github.bms4j.contactor.ContactorEvent.BLIND;
import static io.github.bms4j.contactor.ContactorEvent.BREAK_NEGATIVE;
import static io.github.bms4j.contactor.ContactorEvent.BREAK_POSITIVE;
import static io.github.bms4j.contactor.ContactorEvent.CONFIRMED;
import static io.github.bms4j.contactor.ContactorEvent.CONTACTS_SET;
import static io.github.bms4j.contactor.ContactorEvent.CONTACT_OPEN;
import static io.github.bms4j.contactor.ContactorEvent.FUSE_FIRST;
import static io.github.bms4j.contactor.ContactorEvent.JOIN_REFUSED;
import static io.github.bms4j.contactor.ContactorEvent.LINK_MATCHES;
import static io.github.bms4j.contactor.ContactorEvent.LINK_QUIET;
import static io.github.bms4j.contactor.ContactorEvent.LOCK_STANDS;
import static io.github.bms4j.contactor.ContactorEvent.NOT_CLOSED;
import static io.github.bms4j.contactor.ContactorEvent.PRECHARGE_FAULT;
import static io.github.bms4j.contactor.ContactorEvent.START_CHECK;
import static io.github.bms4j.contactor.ContactorEvent.START_LIVE;
import static io.github.bms4j.contactor.ContactorEvent.UNLOCKED;
import static io.github.bms4j.contactor.ContactorEvent.WELD_SEEN;

import io.github.bms4j.measure.Contact;

/**
 * Turns one cycle's readings into the events of the table: what happens in a state, and what is found on the way.
 *
 * <p>Every event that closes a contactor rests on readings of the cycle itself; a comparison with a missing one is false.
 * Thread: one. Allocation: none.
 */
final class ContactorJudge {
    private final ContactorRating rating;
    private final ContactorReadings readings;
    private final PrechargeWatch precharge;
    private final ResistorHeat heat;
    private final FindingLog log;
    private final LinkWatch link;
    private final ContactWatch positive;
    private final ContactWatch negative;
    private final ContactWatch resistor;
    private final double tryJ;

    ContactorJudge(
            ContactorRating rating,
            ContactorReadings readings,
            PrechargeWatch precharge,
            ResistorHeat heat,
            FindingLog log) {
        this.rating = rating;
        this.readings = readings;
        this.precharge = precharge;
        this.heat = heat;
        this.log = log;
        this.link = new LinkWatch(rating);
        this.positive = new ContactWatch(rating.contacts());
        this.negative = new ContactWatch(rating.contacts());
        this.resistor = new ContactWatch(rating.contacts());
        this.tryJ = rating.tryJ();
    }

    /** A state begins. */
    void enter(ContactorState state) {
        link.start(readings.lastPackV(), readings.lastLinkV());
        if (state == ContactorState.PRECHARGE) {
            precharge.start(readings.lastDeltaV(), readings.lastCurrentA());
        }
    }

    /**
     * Power in the resistor since the last cycle, W: the voltage across it times the current, this one taken for higher by its error;
     * without a current what the voltage can drive. Counted until the contactor has had its time to open.
     */
    double resistorW(ContactorState state) {
        boolean bypassed = state.positive();
        if (bypassed || !(state.precharge() || resistor.moves())) {
            return 0.0;
        }
        double v = Math.max(Math.abs(precharge.lastV()), Math.abs(readings.lastDeltaV()));
        double currentA = Math.abs(readings.currentA());
        if (Double.isNaN(currentA)) {
            return v * v / rating.precharge().ohm();
        }
        boolean charging = state == ContactorState.PRECHARGE;
        boolean none = !charging && currentA <= rating.contacts().zeroA();
        return none ? 0.0 : v * (currentA + rating.readings().currentErrorA());
    }

    /** All that happens in this cycle. */
    int events(ContactorState state, double timeS, double dtS, ContactorRequest request) {
        positive.step(dtS, state.positive(), readings.contact(Contact.POSITIVE));
        negative.step(dtS, state.negative(), readings.contact(Contact.NEGATIVE));
        resistor.step(dtS, state.precharge(), readings.contact(Contact.PRECHARGE));
        if (readings.blind()) {
            log.raise(ContactorFinding.READINGS_MISSING);
        }
        if (positive.missing() || negative.missing() || resistor.missing()) {
            log.raise(ContactorFinding.FEEDBACK_MISSING);
        }
        return switch (state) {
            case INSPECT -> inspect(timeS);
            case STANDBY -> openFaults(timeS) | start(request);
            case LOCKED -> openFaults(timeS) | (log.locks() ? 0 : UNLOCKED.bit());
            case CHECK_NEGATIVE, CLOSE_NEGATIVE -> check(state, timeS, request);
            case CHECK_RELEASE -> closing(request) | (allSet() && readings.fresh() ? CONTACTS_SET.bit() : 0);
            case PRECHARGE -> precharging(dtS, request);
            case CLOSE_POSITIVE -> closePositive(request);
            case OPEN_PRECHARGE -> closing(request) | breaking(request.openNow) | (allSet() ? CONTACTS_SET.bit() : 0);
            case CLOSED -> closed(request);
            case ZERO_CURRENT -> breaking(request.openNow || readings.quietSamples() >= LinkWatch.READINGS);
            case WAIT_FUSE, HELD_CLOSED -> waiting();
            case OPEN_POSITIVE, OPEN_NEGATIVE -> opening(state, timeS, request);
        };
    }

    private int inspect(double timeS) {
        int faults = openFaults(timeS);
        if (timeS < rating.contacts().openS()) {
            return faults;
        }
        boolean quiet = Math.abs(readings.currentA()) <= rating.contacts().zeroA();
        return faults | (!log.locks() && quiet && allSet() ? ALL_OPEN.bit() : 0);
    }

    /** What must not be seen while everything is open. */
    private int openFaults(double timeS) {
        SwitchRating contacts = rating.contacts();
        if (readings.flowsForS() >= contacts.feedbackS() && timeS >= contacts.openS() + contacts.feedbackS()) {
            log.raise(ContactorFinding.CURRENT_WHEN_OPEN, Math.abs(readings.lastCurrentA()), contacts.zeroA());
        }
        int set = stuckContacts();
        return log.locks() && timeS >= contacts.openS() ? set | LOCK_STANDS.bit() : set;
    }

    private int start(ContactorRequest request) {
        if (!request.close) {
            return 0;
        }
        if (!request.mayClose || request.openNow) {
            log.raise(ContactorFinding.CLOSING_BARRED);
            return 0;
        }
        double deltaV = readings.deltaV();
        boolean live = !(deltaV >= LinkWatch.headroomV(rating));
        if (!live && heat.heatJ() + tryJ > rating.precharge().budgetJ()) {
            log.raise(
                    ContactorFinding.RESISTOR_HOT,
                    heat.heatJ(),
                    rating.precharge().budgetJ() - tryJ);
            return 0;
        }
        if (request.busHeld && !joins(request, deltaV)) {
            log.raise(ContactorFinding.JOIN_REFUSED, Math.abs(deltaV), rating.joinV());
            return 0;
        }
        if (live && !request.busHeld && !rating.contacts().feedback()) {
            log.raise(ContactorFinding.LINK_CHARGED, readings.lastLinkV(), readings.lastPackV());
            return 0;
        }
        boolean readable = readings.fresh()
                && Math.abs(readings.currentA()) <= rating.contacts().zeroA();
        return readable && allSet() ? live ? START_LIVE.bit() : START_CHECK.bit() : 0;
    }

    private boolean joins(ContactorRequest request, double deltaV) {
        return request.joinAllowed && (Double.isNaN(deltaV) || Math.abs(deltaV) <= rating.joinV());
    }

    /** What ends closing in any of its states. */
    private int closing(ContactorRequest request) {
        int set = stuckContacts();
        if (!request.close || !request.mayClose || request.openNow) {
            set |= ABANDONED.bit();
        }
        return readings.blind() ? set | BLIND.bit() : set;
    }

    private int check(ContactorState state, double timeS, ContactorRequest request) {
        link.step(readings.packV(), readings.linkV());
        int set = closing(request);
        boolean flows = readings.flowSamples() >= LinkWatch.READINGS;
        if (link.risen()) {
            log.raise(weld(state), readings.linkV(), link.baseV() + rating.weldV());
            set |= WELD_SEEN.bit();
        } else if (flows) {
            log.raise(
                    weld(state),
                    Math.abs(readings.currentA()),
                    rating.contacts().zeroA());
            set |= WELD_SEEN.bit();
        }
        boolean quiet = link.quiet() && readings.flowSamples() == 0;
        return timeS >= rating.checkS() && readings.fresh() && quiet && allSet() ? set | LINK_QUIET.bit() : set;
    }

    /** Which contactor conducts: seen through the resistor, the negative one or the precharge one; else the positive one. */
    private ContactorFinding weld(ContactorState state) {
        if (state == ContactorState.CHECK_NEGATIVE) {
            return ContactorFinding.WELDED_NEGATIVE;
        }
        boolean apart = Math.abs(readings.deltaV()) > rating.precharge().gateV();
        return apart ? ContactorFinding.WELDED_PRECHARGE : ContactorFinding.WELDED_POSITIVE;
    }

    private int precharging(double dtS, ContactorRequest request) {
        int set = closing(request);
        double deltaV = readings.deltaV();
        ContactorFinding wrong = precharge.step(dtS, deltaV, readings.currentA());
        if (request.busHeld) {
            return set | joining(request, deltaV);
        }
        if (wrong != null) {
            log.raise(wrong, precharge.value(), precharge.bound());
            set |= PRECHARGE_FAULT.bit();
        }
        if (heat.heatJ() > rating.precharge().budgetJ()) {
            log.raise(
                    ContactorFinding.RESISTOR_HOT,
                    heat.heatJ(),
                    rating.precharge().budgetJ());
            set |= PRECHARGE_FAULT.bit();
        }
        boolean matches = precharge.matches() >= LinkWatch.READINGS
                && Math.abs(deltaV) <= rating.precharge().gateV()
                && readings.fresh();
        return matches && allSet() ? set | LINK_MATCHES.bit() : set;
    }

    private int joining(ContactorRequest request, double deltaV) {
        if (!joins(request, deltaV)) {
            log.raise(ContactorFinding.JOIN_REFUSED, Math.abs(deltaV), rating.joinV());
            return JOIN_REFUSED.bit();
        }
        return readings.fresh() && allSet() ? LINK_MATCHES.bit() : 0;
    }

    private int closePositive(ContactorRequest request) {
        int ends = closing(request);
        return breaking(ends != 0) | (ends == 0 && allSet() ? CONTACTS_SET.bit() : 0);
    }

    private int closed(ContactorRequest request) {
        int set = stuckContacts();
        if (readings.apartForS() >= rating.contacts().feedbackS()) {
            log.raise(ContactorFinding.LINK_LOST, Math.abs(readings.lastDeltaV()), rating.weldV());
            set |= NOT_CLOSED.bit();
        }
        if (!request.close) {
            set |= ABANDONED.bit();
        } else if (readings.allSeen()) {
            set |= CONFIRMED.bit();
        }
        return set | breaking(request.openNow);
    }

    /** Whether and where the current may be broken when that is wanted; one that is not known may be any. */
    private int breaking(boolean wanted) {
        if (!wanted) {
            return 0;
        }
        double currentA = readings.currentA();
        if (!(Math.abs(currentA) <= rating.contacts().breakA())) {
            return FUSE_FIRST.bit();
        }
        boolean charging = currentA < -rating.contacts().zeroA();
        return rating.contacts().polarised() && charging ? BREAK_NEGATIVE.bit() : BREAK_POSITIVE.bit();
    }

    private int waiting() {
        int set = readings.currentBlind() ? BLIND.bit() : 0;
        return set | breaking(readings.breakableSamples() >= LinkWatch.READINGS);
    }

    private int opening(ContactorState state, double timeS, ContactorRequest request) {
        link.step(readings.packV(), readings.linkV());
        SwitchRating contacts = rating.contacts();
        boolean first = state == ContactorState.OPEN_POSITIVE;
        ContactorFinding welded = first ? ContactorFinding.WELDED_POSITIVE : ContactorFinding.WELDED_NEGATIVE;
        int set = stuckContacts() & WELD_SEEN.bit();
        double openForS = timeS - contacts.openS();
        boolean flows = readings.flowsForS() >= contacts.feedbackS() && openForS >= contacts.feedbackS();
        if (flows) {
            log.raise(welded, Math.abs(readings.lastCurrentA()), contacts.zeroA());
            set |= WELD_SEEN.bit();
        } else if (!request.busHeld && link.mustHaveFallen(openForS)) {
            log.raise(welded, readings.lastLinkV(), readings.lastPackV() - rating.weldV());
            set |= WELD_SEEN.bit();
        }
        boolean checkable =
                !request.busHeld && !Double.isInfinite(rating.precharge().decayS());
        boolean told = checkable ? link.fallen() : contacts.feedback();
        boolean known = (first ? positive : negative).set() && told && readings.flowSamples() == 0;
        boolean urgent = request.openNow && openForS >= 0.0;
        return known || urgent ? set | CONTACT_OPEN.bit() : set;
    }

    /** Contacts that contradict their command for too long, each with its finding. */
    private int stuckContacts() {
        return stuck(positive, ContactorFinding.WELDED_POSITIVE, ContactorFinding.NOT_CLOSED_POSITIVE)
                | stuck(negative, ContactorFinding.WELDED_NEGATIVE, ContactorFinding.NOT_CLOSED_NEGATIVE)
                | stuck(resistor, ContactorFinding.WELDED_PRECHARGE, ContactorFinding.NOT_CLOSED_PRECHARGE);
    }

    private int stuck(ContactWatch watch, ContactorFinding closed, ContactorFinding open) {
        if (watch.stuckClosed()) {
            log.raise(closed);
            return WELD_SEEN.bit();
        }
        if (watch.stuckOpen()) {
            log.raise(open);
            return NOT_CLOSED.bit();
        }
        return 0;
    }

    private boolean allSet() {
        return positive.set() && negative.set() && resistor.set();
    }

    /** Notes why a state ended by its timeout. */
    void explainTimeout(ContactorState from) {
        double a = Math.abs(readings.lastCurrentA());
        switch (from) {
            case PRECHARGE ->
                log.raise(
                        precharge.tooSlow(),
                        Math.abs(precharge.lastV()),
                        rating.precharge().gateV());
            case ZERO_CURRENT ->
                log.raise(
                        ContactorFinding.CURRENT_DID_NOT_FALL,
                        a,
                        rating.contacts().zeroA());
            case WAIT_FUSE -> {
                if (a > rating.contacts().breakA()) {
                    log.raise(
                            ContactorFinding.FUSE_DID_NOT_OPEN,
                            a,
                            rating.contacts().breakA());
                }
            }
            case OPEN_POSITIVE, OPEN_NEGATIVE -> log.raise(ContactorFinding.OPENING_NOT_CHECKED);
            default -> {
                // what is missing was noted on the way
            }
        }
    }
}
