package io.github.bms4j.sim.contactor;

import io.github.bms4j.cell.PackLayout;
import io.github.bms4j.contactor.ContactorControl;
import io.github.bms4j.contactor.ContactorRating;
import io.github.bms4j.contactor.ContactorRequest;
import io.github.bms4j.contactor.ContactorState;
import io.github.bms4j.contactor.JoinRating;
import io.github.bms4j.contactor.StringJoin;
import io.github.bms4j.contactor.StringState;
import io.github.bms4j.measure.Contact;
import io.github.bms4j.measure.PackSample;
import io.github.bms4j.measure.PackSignals;
import io.github.bms4j.num.Check;
import io.github.bms4j.sim.random.NoiseSource;
import io.github.bms4j.sim.time.VirtualClock;
import java.util.function.BooleanSupplier;

/**
 * The closed loop of contactors: true strings on a true link, each with its {@link ContactorControl}, all with one {@link
 * StringJoin}, on virtual time.
 *
 * <p>Contacts and link move every millisecond, readings and controls every 10 ms. Readings have noise and a constant offset
 * of the current. The load follows the controls' request for zero current within 0.2 s, unless it is told to be deaf. Thread:
 * one. Allocation: none in a cycle.
 */
public final class ContactorBench {
    private static final long PLANT_NANOS = 1_000_000L;
    private static final long CYCLE_NANOS = 10_000_000L;
    private static final double PLANT_S = 1e-3;
    private static final double CYCLE_S = 1e-2;
    private static final double LOAD_SETTLES_S = 0.05;
    private static final double VOLTAGE_NOISE_V = 0.15;
    private static final double CURRENT_NOISE_A = 0.15;
    private static final double CURRENT_OFFSET_A = 0.3;
    private static final double STRING_LIMIT_A = 300.0;

    private final VirtualClock clock = new VirtualClock();
    private final SimLink link;
    private final SimString[] strings;
    private final ContactorControl[] controls;
    private final ContactorRequest[] requests;
    private final PackSample[] samples;
    private final PackSignals[] signals;
    private final StringJoin join;
    private final NoiseSource random;
    private double demandA;
    private boolean deaf;
    private boolean blind;

    /**
     * A bench at rest.
     *
     * @param rating what the controls believe
     * @param joinRating when a string may join
     * @param link the link
     * @param seed of the noise
     * @param strings the strings, one or more
     */
    public ContactorBench(
            ContactorRating rating, JoinRating joinRating, SimLink link, long seed, SimString... strings) {
        int n = Check.atLeast("strings", strings.length, 1);
        this.link = link;
        this.strings = strings.clone();
        this.random = new NoiseSource(seed);
        this.join = new StringJoin(n, joinRating);
        this.controls = new ContactorControl[n];
        this.requests = new ContactorRequest[n];
        this.samples = new PackSample[n];
        this.signals = new PackSignals[n];
        PackLayout layout = new PackLayout(100, 40, 1);
        for (int k = 0; k < n; k++) {
            controls[k] = new ContactorControl(rating, k);
            requests[k] = new ContactorRequest();
            samples[k] = new PackSample(layout);
            signals[k] = new PackSignals(layout);
        }
        clock.every(PLANT_NANOS, PLANT_NANOS, 0, now -> movePlant());
        clock.every(CYCLE_NANOS, CYCLE_NANOS, 1, this::cycle);
    }

    private void movePlant() {
        for (int k = 0; k < strings.length; k++) {
            ContactorState state = controls[k].state();
            strings[k].move(state.positive(), state.negative(), state.precharge(), link.linkV(), PLANT_S);
        }
        link.step(strings, PLANT_S);
    }

    private void cycle(long nowNanos) {
        double packA = 0.0;
        boolean anyReady = false;
        for (int k = 0; k < strings.length; k++) {
            packA += strings[k].currentA();
            anyReady |= controls[k].ready();
            tell(join.string(k), strings[k], controls[k], requests[k]);
        }
        join.step(packA);
        double wantedA = deaf || anyReady ? demandA : 0.0;
        link.loadA(link.loadA() + (wantedA - link.loadA()) * Math.min(1.0, CYCLE_S / LOAD_SETTLES_S));
        for (int k = 0; k < strings.length; k++) {
            read(k, nowNanos);
            requests[k].busHeld = join.busHeld(k);
            requests[k].joinAllowed = join.joinAllowed(k);
            requests[k].mayClose = requests[k].close && (requests[k].busHeld || join.joinAllowed(k));
            controls[k].step(nowNanos, samples[k], signals[k], requests[k]);
        }
    }

    private static void tell(StringState to, SimString string, ContactorControl control, ContactorRequest request) {
        to.ocvV = string.ocvV();
        to.ohm = string.ohm();
        to.maxChargeA = STRING_LIMIT_A;
        to.maxDischargeA = STRING_LIMIT_A;
        to.connected = control.state().connected();
        to.willing = request.close && !control.locked();
    }

    private void read(int k, long nanos) {
        samples[k].begin(nanos);
        signals[k].begin(nanos);
        if (blind) {
            return;
        }
        samples[k].readPackVoltage(strings[k].packV() + VOLTAGE_NOISE_V * random.bell());
        samples[k].readCurrent(strings[k].currentA() + CURRENT_OFFSET_A + CURRENT_NOISE_A * random.bell());
        signals[k].readLinkVoltage(link.linkV() + VOLTAGE_NOISE_V * random.bell());
        readContact(k, Contact.POSITIVE);
        readContact(k, Contact.NEGATIVE);
        readContact(k, Contact.PRECHARGE);
    }

    private void readContact(int k, Contact contact) {
        signals[k].readContact(contact, strings[k].contactor(contact).feedback());
    }

    /** Runs on for a time, s. */
    public void run(double timeS) {
        clock.runUntil(clock.nowNanos() + Math.round(timeS * 1e9));
    }

    /** Runs cycle by cycle until something holds; false when it does not within a time, s. */
    public boolean until(double timeS, BooleanSupplier holds) {
        long endNanos = clock.nowNanos() + Math.round(timeS * 1e9);
        while (clock.nowNanos() < endNanos) {
            clock.runUntil(clock.nowNanos() + CYCLE_NANOS);
            if (holds.getAsBoolean()) {
                return true;
            }
        }
        return false;
    }

    /** Now, s. */
    public double nowS() {
        return clock.nowNanos() * 1e-9;
    }

    /** Asks every string to close, or to open. */
    public void ask(boolean close) {
        for (ContactorRequest request : requests) {
            request.close = close;
        }
    }

    /** Current that the load wants while a string is in operation, A; negative charges. */
    public void demandA(double value) {
        demandA = value;
    }

    /** Whether the load takes its current without asking. */
    public void deaf(boolean value) {
        deaf = value;
    }

    /** Whether no reading arrives any more. */
    public void blind(boolean value) {
        blind = value;
    }

    /** Control of a string. */
    public ContactorControl control(int string) {
        return controls[string];
    }

    /** What is wanted of a string; the bench itself writes the bus and the leave to close, from the join. */
    public ContactorRequest request(int string) {
        return requests[string];
    }

    /** A true string. */
    public SimString string(int string) {
        return strings[string];
    }

    /** The true link. */
    public SimLink link() {
        return link;
    }

    /** The logic that joins the strings. */
    public StringJoin join() {
        return join;
    }
}
