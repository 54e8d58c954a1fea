package io.github.bms4j.protect;

import io.github.bms4j.cell.PackLayout;
import io.github.bms4j.measure.Channel;
import io.github.bms4j.measure.Contact;
import io.github.bms4j.measure.ContactState;
import io.github.bms4j.measure.Motion;
import io.github.bms4j.measure.PackSample;
import io.github.bms4j.measure.PackSignals;
import io.github.bms4j.measure.Peer;
import io.github.bms4j.num.Check;
import io.github.bms4j.num.StepResult;
import java.util.List;

/**
 * Watches a pack's readings for everything in the fault table and says what is left of it.
 *
 * <p>It stands on measurements alone. Only fresh readings count: a reading that is merely repeated, missing or NaN neither sets
 * nor clears anything but the fault of its own silence. What it cannot see itself is {@link #report}ed and then treated like the
 * rest. It is software beside independent protection in hardware and certified by nobody, docs/theory/protection.md.
 *
 * <p>Bad input: a cycle that is not later than the one before is HELD. Thread: one. Allocation: none after construction.
 */
public final class FaultMonitor {
    private static final Fault[] FAULTS = Fault.values();
    private static final byte NOT_REPORTED = 0;
    private static final byte REPORTED_ABSENT = 1;
    private static final byte REPORTED_PRESENT = 2;

    private final ProtectSettings settings;
    private final FaultSet faults;
    private final List<Judge> judges;
    private final CurrentJudge current;
    private final byte[] reported = new byte[FAULTS.length];
    private final double[] reportedValue = new double[FAULTS.length];
    private long lastNanos;
    private boolean stepped;
    private boolean known;

    /** A monitor that knows nothing yet. */
    public FaultMonitor(ProtectSettings settings, PackLayout layout) {
        this.settings = settings;
        this.faults = new FaultSet(settings, layout);
        this.current = new CurrentJudge(settings, faults);
        this.judges = List.of(
                new StaleJudge(settings, layout, faults),
                new JumpJudge(settings, layout, faults),
                new StuckJudge(settings, layout, faults),
                new VoltageJudge(settings, layout, faults),
                new TemperatureJudge(settings, layout, faults),
                current,
                new RunawayJudge(settings, layout, faults),
                new SignalJudge(settings, faults),
                new PeerJudge(Peer.INVERTER, settings.signal(), faults),
                new PeerJudge(Peer.CHARGER, settings.signal(), faults));
    }

    /** One cycle: readings of the pack and the signals of the same time. */
    public StepResult step(PackSample sample, PackSignals signals) {
        long nanos = sample.nanos();
        if (!sample.begun() || (stepped && nanos - lastNanos <= 0)) {
            return StepResult.HELD;
        }
        double dtS = stepped ? (nanos - lastNanos) * 1e-9 : Double.POSITIVE_INFINITY;
        stepped = true;
        lastNanos = nanos;
        faults.ring().look(sample, signals);
        for (int i = 0; i < judges.size(); i++) {
            judges.get(i).step(sample, signals, dtS);
        }
        takeReports(dtS, nanos);
        known = known || allRead(sample, signals);
        faults.keepFrames(nanos);
        faults.react(known, atStandstill(signals));
        return StepResult.USED;
    }

    private void takeReports(double dtS, long nanos) {
        for (int f = 0; f < reported.length; f++) {
            if (reported[f] != NOT_REPORTED) {
                boolean present = reported[f] == REPORTED_PRESENT;
                faults.records()[f].judge(0, present, !present, reportedValue[f], dtS, nanos);
                faults.records()[f].lowerShare(settings.sensor().suspectShare());
            }
        }
    }

    private boolean allRead(PackSample sample, PackSignals signals) {
        Equipment equipment = settings.signal().equipment();
        return read(sample.current())
                && read(sample.cellVoltage())
                && read(sample.temperature())
                && (!equipment.packVoltage() || read(sample.packVoltage()))
                && (!equipment.insulationMonitor() || read(signals.insulation()))
                && (!equipment.interlock() || signals.contact(Contact.INTERLOCK) != ContactState.UNKNOWN);
    }

    private static boolean read(Channel channel) {
        for (int i = 0; i < channel.size(); i++) {
            if (Double.isNaN(channel.value(i))) {
                return false;
            }
        }
        return true;
    }

    private boolean atStandstill(PackSignals signals) {
        return !settings.signal().equipment().motion()
                || (signals.motion() == Motion.STANDSTILL
                        && signals.motionAgeS() <= settings.signal().standstillS());
    }

    /**
     * Says whether a fault that somebody else judges is there; it holds until said otherwise and is debounced, latched and recorded
     * from the next step on.
     *
     * @throws IllegalArgumentException for a fault that this monitor judges itself
     */
    public void report(Fault fault, boolean present) {
        report(fault, present, Double.NaN);
    }

    /**
     * The same with the figure it was judged by.
     *
     * @param value in a unit of the reporter's choice, for the record; NaN for none
     */
    public void report(Fault fault, boolean present, double value) {
        if (!fault.reported()) {
            throw new IllegalArgumentException("fault must be a reported one but is " + fault);
        }
        reported[fault.ordinal()] = present ? REPORTED_PRESENT : REPORTED_ABSENT;
        reportedValue[fault.ordinal()] = value;
    }

    /** Gives up a latched fault whose cause has gone; returns whether it does not stand any more. Takes effect in the next step. */
    public boolean acknowledge(Fault fault) {
        boolean gone = faults.record(fault).acknowledge();
        if (gone && fault == Fault.THERMAL_RUNAWAY_SAFETY) {
            faults.runaway().clear();
        }
        return gone;
    }

    /**
     * Takes over what was remembered of a fault before the restart; belongs before the first step.
     *
     * @param occurrences how often it was set, 0 or more
     * @param stood whether it stood; a latching fault then stands again
     */
    public void restore(Fault fault, int occurrences, boolean stood) {
        restore(fault, occurrences, stood, FaultSet.NOWHERE, Double.NaN);
    }

    /**
     * The same with where it stood and by which figure.
     *
     * @param where cell or sensor; one that the pack does not have is nowhere
     * @param value in the fault's own unit; NaN for none
     */
    public void restore(Fault fault, int occurrences, boolean stood, int where, double value) {
        faults.record(fault).restore(Check.atLeast("occurrences", occurrences, 0), stood, where, value, lastNanos);
        if (stood && fault == Fault.THERMAL_RUNAWAY_SAFETY) {
            faults.runaway().recall(where, value);
        }
    }

    /**
     * Takes over what a fault's freeze frame held before the restart, for who reads it; one of another shape is not taken.
     *
     * @param triggerRow row at which the fault was set
     * @param rows numbers of all rows, {@link FreezeFrame#NUMBERS} each
     */
    public void restore(Fault fault, int triggerRow, double[] rows) {
        faults.frame(fault).recall(triggerRow, rows);
    }

    /** Heat in the fuse above what its rated current makes, A²s: to be kept while the power is off. */
    public double fuseHeatA2s() {
        return current.heatA2s();
    }

    /**
     * Takes over the fuse's heat; belongs before the first step. Not a number, or less than nothing, leaves it cold.
     *
     * @param heatA2s what {@link #fuseHeatA2s} said
     * @param restS for how long nothing flowed since, s; NaN, not known, lets nothing cool
     */
    public void restoreFuse(double heatA2s, double restS) {
        current.recall(heatA2s, restS);
    }

    /** What stands, and what it leaves of the pack. */
    public FaultSet faults() {
        return faults;
    }

    /** The fault table with its thresholds, as text of many lines. */
    public String describe() {
        return FaultTable.describe(settings);
    }
}
