package io.github.bms4j.contactor;

import io.github.bms4j.measure.Contact;
import io.github.bms4j.measure.PackSample;
import io.github.bms4j.measure.PackSignals;
import io.github.bms4j.num.Check;
import io.github.bms4j.num.StepResult;
import io.github.bms4j.protect.FaultMonitor;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Drives the three contactors of one string by the {@link ContactorTable}: weld check, precharge against its model, closing,
 * zero-current handshake, opening with the fuse first, weld check again.
 *
 * <p>Outputs follow from the state alone. In every cycle the readings are turned into a set of {@link ContactorEvent}s, the
 * most pressing one with a row in the table is taken, and at most one row is taken per cycle. What is missing or too old
 * never closes anything: closing rests on readings of the very cycle, opening on deadlines.
 *
 * <p>The link must fall when a contactor opens, unless the caller says by {@link ContactorRequest#busHeld} that somebody else
 * holds it; a source on the link that nobody mentions looks like a welded contactor. The model of the link fails first where a load draws
 * during precharge; then the try ends with that finding.
 *
 * <p>Units and sign: V, A positive discharging, s, monotonic nanoseconds of any origin. Bad input: time that does not move forward
 * holds all timers and returns HELD. Thread: one. Allocation: none after construction but in {@link #explain}.
 *
 * @see "docs/theory/contactors.md"
 */
public final class ContactorControl {
    /** Share of the budget at which a resistor counts as cooled when the allowed tries leave less. */
    private static final double COOLED_SHARE = 0.1;

    private final ContactorRating rating;
    private final int string;
    private final ContactorTable table;
    private final ContactorReadings readings;
    private final ContactorJudge judge;
    private final PrechargeWatch precharge;
    private final ResistorHeat heat;
    private final FindingLog log = new FindingLog();
    private final double tryJ;

    private ContactorState state = ContactorState.INSPECT;
    private @Nullable ContactorEvent cause;
    private long lastNanos;
    private boolean started;
    private boolean resetSeen;
    private double inStateS;
    private int failedTries;
    private int closings;
    private double brokenA2;

    /**
     * Control of a string with open contactors. The resistor is taken for so warm that one try is possible at once and the next only
     * when it has cooled, unless {@link #restore} knows better.
     *
     * @param rating the hardware
     * @param string number of the string, for texts
     */
    public ContactorControl(ContactorRating rating, int string) {
        this.rating = rating;
        this.string = string;
        this.table = ContactorTable.of(rating);
        this.tryJ = rating.tryJ();
        this.readings = new ContactorReadings(rating);
        this.precharge = new PrechargeWatch(rating);
        this.heat = new ResistorHeat(
                rating.precharge().coolingS(), rating.precharge().budgetJ() - tryJ);
        this.judge = new ContactorJudge(rating, readings, precharge, heat, log);
    }

    /**
     * Takes up what was known when this control last ran; before the first step.
     *
     * @param heatJ energy in the precharge resistor now, J, 0 or more
     * @param tries failed tries of precharge in a row, 0 or more
     */
    public void restore(double heatJ, int tries) {
        heat.heatJ(Check.notNegative("heatJ", heatJ));
        failedTries = Check.atLeast("tries", tries, 0);
        if (tries >= rating.precharge().tries()) {
            log.raise(ContactorFinding.TRIES_USED_UP, tries, rating.precharge().tries());
        }
    }

    /**
     * Takes up how worn the contactors were when this control last ran; before the first step.
     *
     * @param earlierClosings {@link #closings} then, 0 or more
     * @param earlierBrokenA2 {@link #brokenA2} then, A², 0 or more
     */
    public void restoreWear(int earlierClosings, double earlierBrokenA2) {
        closings = Check.atLeast("closings", earlierClosings, 0);
        brokenA2 = Check.notNegative("brokenA2", earlierBrokenA2);
    }

    /** Energy that a resistor which held {@code heatJ} still holds after some time, J; a time that is not known cools nothing. */
    public double cooledJ(double heatJ, double offS) {
        return offS > 0.0 ? heatJ * StrictMath.exp(-offS / rating.precharge().coolingS()) : heatJ;
    }

    /** Takes up a finding that forbade closing when this control last ran; one that does not lock is ignored. */
    public void restore(ContactorFinding finding) {
        if (finding.locks()) {
            log.raise(finding);
        }
    }

    /**
     * One cycle.
     *
     * @param nanos monotonic time of this cycle; it runs on while samples stall
     * @param sample pack voltage and current
     * @param signals link voltage and feedback contacts
     * @param request what is wanted
     * @return HELD when time did not move forward: events are judged all the same, timers stand
     */
    public StepResult step(long nanos, PackSample sample, PackSignals signals, ContactorRequest request) {
        boolean forward = started && nanos > lastNanos;
        double dtS = forward ? (nanos - lastNanos) * 1e-9 : 0.0;
        boolean held = started && !forward;
        started = true;
        lastNanos = nanos;
        inStateS += dtS;
        log.beginCycle();
        readings.take(dtS, sample, signals);
        heat.step(judge.resistorW(state), dtS);
        cool();
        reset(request.reset);
        int events = judge.events(state, inStateS, dtS, request);
        if (inStateS >= table.timeoutS(state)) {
            events |= ContactorEvent.TIMEOUT.bit();
        }
        ContactorEvent event = table.event(state, events);
        if (event != null) {
            follow(event);
        }
        return held ? StepResult.HELD : StepResult.USED;
    }

    /** Gives the allowed tries back once the resistor has cooled; a cold one, whose path is open, rests as well. */
    private void cool() {
        boolean rested = state == ContactorState.LOCKED && inStateS >= rating.restS();
        double room = rating.precharge().budgetJ() - rating.precharge().tries() * tryJ;
        if (rested
                && log.stands(ContactorFinding.TRIES_USED_UP)
                && heat.heatJ()
                        <= Math.max(room, COOLED_SHARE * rating.precharge().budgetJ())) {
            log.cooled();
            failedTries = 0;
        }
    }

    private void reset(boolean wanted) {
        if (wanted && !resetSeen && state.allOpen()) {
            log.reset();
            failedTries = 0;
        }
        resetSeen = wanted;
    }

    private void follow(ContactorEvent event) {
        ContactorState from = state;
        state = table.next(from, event);
        cause = event;
        inStateS = 0.0;
        if (state == from) {
            readings.confirm();
            return;
        }
        if (event == ContactorEvent.TIMEOUT) {
            judge.explainTimeout(from);
        }
        if (event == ContactorEvent.BREAK_POSITIVE || event == ContactorEvent.BREAK_NEGATIVE) {
            brokenA2 += readings.currentA() * readings.currentA();
        }
        if (from == ContactorState.PRECHARGE
                && (event == ContactorEvent.PRECHARGE_FAULT || event == ContactorEvent.TIMEOUT)) {
            failedTries++;
            if (failedTries >= rating.precharge().tries()) {
                log.raise(
                        ContactorFinding.TRIES_USED_UP,
                        failedTries,
                        rating.precharge().tries());
            }
        }
        if (state == ContactorState.CLOSED) {
            failedTries = 0;
            closings++;
            log.closed();
        }
        readings.restart();
        judge.enter(state);
    }

    /** The string's number. */
    public int string() {
        return string;
    }

    /** Where the contactors stand. */
    public ContactorState state() {
        return state;
    }

    /** What led here; null before the first transition. */
    public @Nullable ContactorEvent cause() {
        return cause;
    }

    /** For how long the state has lasted, or has not been confirmed, s. */
    public double inStateS() {
        return inStateS;
    }

    /** Command of one contactor's coil; the interlock has none. */
    public boolean closes(Contact contact) {
        return state.commands(contact);
    }

    /** Share of the pack's current limits to pass on: 0 asks for zero current. */
    public double limitShare() {
        return state.limitShare();
    }

    /** Whether the string is connected and in operation. */
    public boolean ready() {
        return state == ContactorState.CLOSED;
    }

    /** Whether a finding stands. */
    public boolean stands(ContactorFinding finding) {
        return log.stands(finding);
    }

    /** The figure that raised a finding, in its own unit (V, A, J or a count); NaN when it does not stand or has none. */
    public double value(ContactorFinding finding) {
        return log.value(finding);
    }

    /** What was allowed instead, in the same unit; NaN when the finding does not stand or has no figure. */
    public double bound(ContactorFinding finding) {
        return log.bound(finding);
    }

    /** Whether a finding stands that is the fault at this place of {@link ContactorFinding#faults}. */
    public boolean stands(int reported) {
        return log.stands(reported);
    }

    /** Tells a fault monitor what stands; after every step, so that it debounces, latches and records it like any other fault. */
    public void report(FaultMonitor monitor) {
        log.report(monitor);
    }

    /** Whether a finding that stands forbids closing. */
    public boolean locked() {
        return log.locks();
    }

    /** Energy above ambient in the precharge resistor, J; to be kept beyond a restart. */
    public double resistorJ() {
        return heat.heatJ();
    }

    /** Failed tries of precharge in a row; to be kept beyond a restart. */
    public int failedTries() {
        return failedTries;
    }

    /** How often the string came into operation. */
    public int closings() {
        return closings;
    }

    /** Sum of the squares of the currents that the main contactors were told to break, A²: the wear of their contacts. */
    public double brokenA2() {
        return brokenA2;
    }

    /** Precharge resistance as measured by the last try that moved the link, Ohm; NaN before. */
    public double prechargeOhm() {
        return precharge.ohm();
    }

    /** Link capacitance as measured by it, F; NaN before. */
    public double linkFarad() {
        return precharge.farad();
    }

    /** The table that this control follows. */
    public ContactorTable table() {
        return table;
    }

    /** One line: the string, its state and cause, and every finding with its figure. Allocates. */
    public String explain() {
        ContactorEvent by = cause;
        String findings = log.text();
        return String.format(
                Locale.ROOT,
                "string %d: %s for %.1f s%s%s",
                string,
                state,
                inStateS,
                by == null ? "" : " (" + by.text() + ")",
                findings.isEmpty() ? "" : "; " + findings);
    }
}
