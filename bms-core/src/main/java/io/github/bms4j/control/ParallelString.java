package io.github.bms4j.control;

import io.github.bms4j.cell.PackLayout;
import io.github.bms4j.contactor.ContactorControl;
import io.github.bms4j.contactor.ContactorFinding;
import io.github.bms4j.contactor.ContactorRating;
import io.github.bms4j.contactor.ContactorState;
import io.github.bms4j.contactor.StringState;
import io.github.bms4j.estimate.PackEstimate;
import io.github.bms4j.limit.Direction;
import io.github.bms4j.limit.Horizon;
import io.github.bms4j.limit.Limit;
import io.github.bms4j.limit.LimitRule;
import io.github.bms4j.measure.PackSample;
import io.github.bms4j.protect.FaultKind;
import io.github.bms4j.protect.FaultSet;
import io.github.bms4j.protect.Reaction;
import java.util.Objects;

/**
 * One of several strings in parallel as the pack sees it: what its battery manager knows, brought into the form that a {@link
 * io.github.bms4j.contactor.StringJoin} looks at, and whether it must leave.
 *
 * <p>Its source is what its terminals would show without a current this moment, U = v + i R0; at rest the polarisation of its cells
 * comes on top. Thread: one. Allocation: none.
 */
final class ParallelString {
    final BatteryManager manager;
    final ContactorControl contactors;
    private final StringState state;
    private final ParallelSettings settings;
    private final int parallel;
    private final double breakA;
    private double cellsOhm = Double.NaN;
    private double polarisationV = Double.NaN;
    private double stuckForS;

    ParallelString(BatteryManager manager, StringState state, ParallelSettings settings) {
        ContactorControl control = manager.contactors();
        if (control == null) {
            throw new IllegalArgumentException("every string must have contactors of its own but one has none");
        }
        PackLayout layout = manager.settings().layout();
        ContactorRating rating =
                Objects.requireNonNull(manager.settings().equipment().contactors());
        this.manager = manager;
        this.contactors = control;
        this.state = state;
        this.settings = settings;
        this.parallel = layout.parallel();
        this.breakA = rating.contacts().breakA();
    }

    /** Takes over what a cycle made of the cells. */
    void estimated() {
        PackEstimate estimate = manager.estimate();
        double ohm = 0.0;
        double volts = 0.0;
        for (int c = 0; c < estimate.cells(); c++) {
            ohm += estimate.r0Ohm(c);
            volts += estimate.fastRcV(c) + estimate.slowRcV(c) + estimate.diffusionV(c);
        }
        cellsOhm = ohm / parallel;
        polarisationV = volts;
        state.ohm = cellsOhm + settings.cableOhm();
        state.maxChargeA = bearsA(Direction.CHARGE);
        state.maxDischargeA = bearsA(Direction.DISCHARGE);
    }

    /** What the cells bear for good, closed or not, whatever a station gives, A. */
    private double bearsA(Direction direction) {
        Limit limit = manager.limits().limit(direction, Horizon.CONTINUOUS);
        LimitRule rule = limit.rule();
        boolean outside = rule == LimitRule.CONTACTORS_OPEN || rule == LimitRule.STATION_CURRENT;
        return outside ? limit.nextA() : limit.limitA();
    }

    /** Takes over voltage and current of a cycle or a beat, and where the contactors stand. */
    void read(PackSample sample, VehicleState wanted) {
        boolean known = sample.current().usable(0) && sample.packVoltage().usable(0);
        state.currentA = known ? sample.current().value(0) : Double.NaN;
        state.ocvV = known ? sample.packVoltage().value(0) + state.currentA * cellsOhm : Double.NaN;
        state.restV = state.ocvV + polarisationV;
        ContactorState now = contactors.state();
        state.connected = now.connected();
        state.leaving = now != ContactorState.CLOSED || mustOpen();
        state.willing = wanted.connect
                && !wanted.openNow
                && faults().mayClose()
                && !faults().openRequested()
                && !contactors.locked()
                && !contactors.stands(ContactorFinding.RESISTOR_HOT);
    }

    /**
     * Whether it must leave the others: its own protection demands that, or forbids it both currents for a fault that the others do not
     * have, so that it could only hold them at zero.
     */
    boolean mustOpen() {
        FaultSet faults = faults();
        boolean must = faults.openRequested();
        for (int i = 0; i < faults.count(); i++) {
            Reaction reaction = faults.standing(i).reaction();
            boolean none = reaction.stops() && reaction.charge() && reaction.discharge();
            must |= none && !shared(faults.standing(i).kind());
        }
        return must;
    }

    /** Whether it is connected and must open, but carries more than its contactors may break: then the load has to end first. */
    boolean holdsOn() {
        ContactorState now = contactors.state();
        boolean waits = now == ContactorState.WAIT_FUSE || now == ContactorState.HELD_CLOSED;
        return now.connected() && (waits || mustOpen()) && !(Math.abs(state.currentA) <= breakA);
    }

    /** Whether its protection demands opening for what all strings share. */
    boolean sharedOpening() {
        FaultSet faults = faults();
        boolean all = false;
        for (int i = 0; i < faults.count(); i++) {
            Reaction reaction = faults.standing(i).reaction();
            boolean opens = reaction == Reaction.OPEN || reaction == Reaction.OPEN_AT_STANDSTILL;
            all |= opens && shared(faults.standing(i).kind());
        }
        return all && faults.openRequested();
    }

    private static boolean shared(FaultKind kind) {
        return switch (kind) {
            case INSULATION, INSULATION_STALE, INTERLOCK, INTERLOCK_STALE -> true;
            case INVERTER_SILENT, INVERTER_E2E, CHARGER_SILENT, CHARGER_E2E -> true;
            default -> false;
        };
    }

    /** Counts for how long it should have been without current and is not, ordered to open or open; whether that is too long. */
    boolean stuck(boolean ordered, double dtS) {
        ContactorState now = contactors.state();
        boolean opened = now.allOpen() || now == ContactorState.OPEN_POSITIVE || now == ContactorState.OPEN_NEGATIVE;
        boolean flows = Math.abs(state.currentA) > settings.quietA();
        stuckForS = flows && (opened || (ordered && now.connected())) ? stuckForS + dtS : 0.0;
        return stuckForS >= settings.separateS();
    }

    FaultSet faults() {
        return manager.faults();
    }

    /** Its current as last read, A; NaN if not read. */
    double currentA() {
        return state.currentA;
    }

    /** Charge of its weakest group when full, Ah. */
    double capacityAh() {
        double soh = manager.estimate().health().sohC();
        double ratedAh = manager.settings().cell().rating().capacityAh() * parallel;
        return Double.isNaN(soh) ? ratedAh : soh * ratedAh;
    }
}
