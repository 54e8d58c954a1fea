package io.github.bms4j.control;

import io.github.bms4j.contactor.ContactorControl;
import io.github.bms4j.contactor.ContactorFinding;
import io.github.bms4j.contactor.ContactorRating;
import io.github.bms4j.contactor.ContactorRequest;
import io.github.bms4j.estimate.PackEstimate;
import io.github.bms4j.journal.CarriedState;
import io.github.bms4j.journal.Restart;
import io.github.bms4j.journal.StoredContactors;
import io.github.bms4j.journal.StoredFault;
import io.github.bms4j.journal.StoredFrame;
import io.github.bms4j.limit.LimitRequests;
import io.github.bms4j.measure.PackSample;
import io.github.bms4j.measure.PackSignals;
import io.github.bms4j.measure.SensorRange;
import io.github.bms4j.num.StepResult;
import io.github.bms4j.protect.Fault;
import io.github.bms4j.protect.FaultMonitor;
import io.github.bms4j.protect.FaultSet;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What stands between readings and current: faults, the contactors they open, and the shares they leave of the limits.
 *
 * <p>Faults are judged on measurements, before anything is estimated. What others find is reported and counts from the next
 * cycle on. Whether the sensors reach the thresholds is asked when they are first seen. Thread: one. Allocation: none per step but
 * that one.
 */
final class PackGuard {
    /** All faults that contactors report. */
    static final List<Fault> JUDGED_BY_CONTACTORS = ContactorFinding.faults();

    private final FaultMonitor monitor;
    private final DivergenceWatch divergence = new DivergenceWatch();
    private final @Nullable ContactorControl contactors;
    private final ContactorRequest request = new ContactorRequest();
    private final boolean[] found = new boolean[JUDGED_BY_CONTACTORS.size()];
    private final BatterySettings settings;
    private List<String> contradictions;
    private @Nullable SensorRange sensors;
    private double limitShare;
    private boolean zeroCurrent;
    private boolean beaten;

    PackGuard(BatterySettings settings) {
        this.settings = settings;
        monitor = new FaultMonitor(settings.equipment().protect(), settings.layout());
        ContactorRating rating = settings.equipment().contactors();
        contactors = rating == null ? null : new ContactorControl(rating, 0);
        limitShare = contactors == null ? 1.0 : 0.0;
        zeroCurrent = contactors != null;
        contradictions = Consistency.findings(settings);
        monitor.report(Fault.CONFIGURATION_INCONSISTENT, !contradictions.isEmpty());
    }

    /**
     * Takes up faults, fuse heat and contactors. The resistor cools for the time off, a time that is not known cools nothing. What a
     * record of another version names is left out.
     */
    void restore(Restart restart) {
        CarriedState carried = restart.memory().carried();
        for (StoredFault stored : restart.memory().faults()) {
            Fault fault = FaultBook.of(stored.dtc());
            if (fault != null) {
                monitor.restore(fault, stored.count(), stored.stood(), stored.where(), stored.value());
            }
        }
        for (StoredFrame frame : carried.frames()) {
            Fault fault = FaultBook.of(frame.dtc());
            if (fault != null) {
                monitor.restore(fault, frame.triggerRow(), frame.rows());
            }
        }
        monitor.restoreFuse(carried.fuseHeatA2s(), restart.offS());
        StoredContactors stored = carried.contactors();
        ContactorControl driven = contactors;
        if (stored == null || driven == null) {
            return;
        }
        driven.restore(driven.cooledJ(stored.resistorJ(), restart.contactorsOffS()), stored.failedTries());
        driven.restoreWear(stored.closings(), stored.brokenA2());
        for (ContactorFinding finding : ContactorFinding.values()) {
            if (stored.findings().contains(finding.name())) {
                driven.restore(finding);
            }
        }
    }

    void keep(CarriedState into) {
        into.fuseHeatA2s(monitor.fuseHeatA2s());
    }

    /** Asks whether these sensors can read what the thresholds want of them; what they cannot read is refused before it is judged. */
    private void reach(SensorRange range) {
        sensors = range;
        List<String> all = new ArrayList<>(Consistency.findings(settings));
        all.addAll(settings.equipment().protect().contradictions(range));
        contradictions = List.copyOf(all);
        monitor.report(Fault.CONFIGURATION_INCONSISTENT, !contradictions.isEmpty());
    }

    /** Judges one cycle's readings and what was reported since the last. */
    void step(PackSample sample, PackSignals signals) {
        if (!sample.range().equals(sensors)) {
            reach(sample.range());
        }
        monitor.step(sample, signals);
        request.mayClose = monitor.faults().mayClose();
    }

    /** Says what is left of the limits. */
    void lower(LimitRequests requests) {
        FaultSet faults = monitor.faults();
        requests.faults(
                faults.dischargeShare(),
                name(faults, faults.dischargeCause()),
                faults.chargeShare(),
                name(faults, faults.chargeCause()));
        requests.contactors(limitShare);
    }

    private static String name(FaultSet faults, @Nullable Fault fault) {
        return fault != null ? fault.kind().text() : faults.known() ? "" : "signals not read yet";
    }

    /** Reports what the estimate says of itself. */
    void judge(PackEstimate estimate) {
        boolean diverges = divergence.look(estimate);
        monitor.report(Fault.ESTIMATE_DIVERGED, diverges, divergence.worst());
    }

    /** One beat of the contactors, which may be faster than the cycle. */
    StepResult stepContactors(long nanos, PackSample sample, PackSignals signals, VehicleState vehicle) {
        ContactorControl driven = contactors;
        if (driven == null) {
            return StepResult.HELD;
        }
        request.openNow = monitor.faults().openRequested() || vehicle.openNow;
        request.close = vehicle.connect;
        request.busHeld = vehicle.busHeld;
        request.joinAllowed = vehicle.busHeld;
        StepResult result = driven.step(nanos, sample, signals, request);
        request.reset = false;
        for (int f = 0; f < found.length; f++) {
            found[f] = driven.stands(f);
        }
        driven.report(monitor);
        left(driven.limitShare(), driven.state().allOpen());
        return result;
    }

    private void left(double share, boolean allOpen) {
        beaten = true;
        limitShare = share;
        zeroCurrent = allOpen;
    }

    /** Writes what the contactors' last beat left for the cycle: share, all open, then trouble code and presence of each fault. */
    void left(double[] values) {
        values[0] = limitShare;
        values[1] = zeroCurrent ? 1.0 : 0.0;
        for (int f = 0; f < found.length; f++) {
            values[2 + 2 * f] = JUDGED_BY_CONTACTORS.get(f).dtc();
            values[3 + 2 * f] = found[f] ? 1.0 : 0.0;
        }
    }

    /** Takes what a beat once left, instead of a beat. */
    void take(double[] values) {
        Arrays.fill(found, false);
        for (int k = 2; k + 1 < values.length; k += 2) {
            if (values[k + 1] == 1.0) {
                found[JUDGED_BY_CONTACTORS.indexOf(FlightNotes.fault(values[k]))] = true;
            }
        }
        for (int f = 0; f < found.length; f++) {
            monitor.report(JUDGED_BY_CONTACTORS.get(f), found[f]);
        }
        left(values[0], values[1] == 1.0);
    }

    /** Whether the contactors ever had a beat. */
    boolean beaten() {
        return beaten;
    }

    /**
     * Gives up a latched fault whose cause has gone. That of a contactor stands on its findings, which are cleared at its next beat with
     * all contactors open: ask again after it.
     */
    boolean acknowledge(Fault fault) {
        request.reset |= JUDGED_BY_CONTACTORS.contains(fault);
        return monitor.acknowledge(fault);
    }

    /** Whether no current can flow because all contactors are commanded open. */
    boolean zeroCurrent() {
        return zeroCurrent;
    }

    /** What in the settings contradicts each other, and from the first cycle on the sensors, too; empty if nothing does. */
    List<String> contradictions() {
        return contradictions;
    }

    FaultMonitor monitor() {
        return monitor;
    }

    @Nullable
    ContactorControl contactors() {
        return contactors;
    }
}
