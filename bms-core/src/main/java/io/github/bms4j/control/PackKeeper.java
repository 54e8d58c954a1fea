package io.github.bms4j.control;

import io.github.bms4j.contactor.ContactorControl;
import io.github.bms4j.contactor.ContactorFinding;
import io.github.bms4j.detect.Finding;
import io.github.bms4j.journal.CarriedState;
import io.github.bms4j.journal.Lease;
import io.github.bms4j.journal.PackJournal;
import io.github.bms4j.journal.PackMemory;
import io.github.bms4j.journal.Restart;
import io.github.bms4j.journal.StoredContactors;
import io.github.bms4j.journal.StoredFault;
import io.github.bms4j.journal.StoredFinding;
import io.github.bms4j.journal.StoredFrame;
import io.github.bms4j.measure.PackSample;
import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a battery manager's memory on a medium, so that a killed process or a lost power forgets nothing that matters.
 *
 * <pre>
 * BatteryManager manager = new BatteryManager(settings);
 * PackJournal journal = PackJournal.open(folder, settings.cell(), settings.layout(), MemorySettings.standard());
 * PackKeeper keeper = new PackKeeper(journal, manager);
 * manager.record(recorder);                           // where there is a flight recorder: before the start
 * keeper.restore(nanos, utcS);                        // instead of manager.start
 * every cycle:   manager.step(...);  keeper.count(sample);
 * every second:  keeper.step(nanos, utcS, sample);    // outside the cycle: writes what is due
 * at the end:    keeper.close(nanos, utcS, sample);
 * </pre>
 *
 * <p>Kept are SOC, capacities and resistances; what fuse, contactors and precharge resistor carry; what limits, balancing and detectors
 * have learned; faults with their counters and freeze frames; leases of remote limits; the life record. What is unknown or
 * impossible starts as it does without a memory. Times are the caller's: monotonic nanoseconds of the samples' clock, and seconds of UTC, NaN
 * if not known. Thread: one. Allocation: none in {@link #count}; {@link #step} does I/O.
 */
public final class PackKeeper implements Closeable {
    /** What the precharge resistor must have gained to be written before something else changes, J and as a share. */
    private static final double WARMER_J = 1.0;

    private static final double WARMER_SHARE = 0.02;
    /** And how far it must have cooled: whoever restarts without a clock takes it for as warm as it was written. */
    private static final double COOLER_SHARE = 0.5;

    private final PackJournal journal;
    private final BatteryManager manager;
    private final FaultBook faults;
    private boolean alarmed;

    /**
     * A keeper of a manager that has not started.
     *
     * @param journal where it is kept, opened for this pack; the keeper closes it
     * @param manager what is kept
     */
    public PackKeeper(PackJournal journal, BatteryManager manager) {
        this.journal = journal;
        this.manager = manager;
        PackMemory memory = journal.memory();
        this.faults = new FaultBook(memory.faults(), memory.carried().frames());
    }

    /**
     * Starts the manager with what is remembered; what is unknown starts as it does without a memory, the SOC by voltage. Stands for
     * {@link BatteryManager#start}.
     *
     * @param nowNanos time on the samples' clock
     * @param utcS time now, s since 1970; NaN if not known
     * @return what the memory was worth
     */
    public Restart restore(long nowNanos, double utcS) {
        Restart restart = journal.restart(utcS);
        manager.restore(restart);
        LeaseBook.restore(restart, manager.requests(), nowNanos);
        return restart;
    }

    /** Counts a cycle's sample in the life record; after the manager's step. */
    public void count(PackSample sample) {
        journal.life().step(sample, manager.estimate());
    }

    /**
     * Writes what is due: what has changed at once, the rest at its times.
     *
     * @param nowNanos time on the samples' clock
     * @param utcS time for the records, s since 1970; NaN if not known
     * @param sample the last sample
     * @return whether anything was written
     * @throws IOException when the medium refuses; what was written before is untouched, and the pack may go on
     */
    public boolean step(long nowNanos, double utcS, PackSample sample) throws IOException {
        gather(nowNanos, utcS, journal.stateDue(nowNanos));
        return journal.step(nowNanos, utcS, sample, manager.estimate());
    }

    private void gather(long nowNanos, double utcS, boolean all) {
        PackMemory memory = journal.memory();
        CarriedState carried = memory.carried();
        List<StoredFault> changed = faults.changed(manager.faults(), nowNanos, utcS);
        if (changed != null) {
            memory.faults(changed);
        }
        List<Lease> leases = LeaseBook.held(manager.requests(), nowNanos);
        if (all || LeaseBook.differ(leases, memory.leases())) {
            memory.leases(leases);
        }
        carried.contactors(contactors(carried.contactors(), false));
        if (all) {
            manager.keep(carried);
            List<StoredFrame> frames = faults.frames(manager.faults());
            if (frames != null) {
                carried.frames(frames);
            }
        }
        if (all || manager.detectors().anyAlarmed() != alarmed) {
            alarmed = manager.detectors().anyAlarmed();
            carried.findings(found());
        }
    }

    private List<StoredFinding> found() {
        List<StoredFinding> found = new ArrayList<>();
        for (Finding f : manager.detectors().kept()) {
            found.add(new StoredFinding(f.suspect().name(), f.index(), f.value(), f.low(), f.high()));
        }
        return found;
    }

    /** The contactors as they are to be kept; those before where nothing but the cooling of the resistor has changed. */
    private @Nullable StoredContactors contactors(@Nullable StoredContactors before, boolean last) {
        ContactorControl control = manager.contactors();
        if (control == null) {
            return before;
        }
        List<String> locking = new ArrayList<>();
        for (ContactorFinding finding : ContactorFinding.values()) {
            if (finding.locks() && control.stands(finding)) {
                locking.add(finding.name());
            }
        }
        StoredContactors now = new StoredContactors(
                Math.max(0.0, control.resistorJ()),
                control.failedTries(),
                control.closings(),
                control.brokenA2(),
                locking);
        boolean same = before != null
                && !last
                && before.failedTries() == now.failedTries()
                && before.closings() == now.closings()
                && before.brokenA2() == now.brokenA2()
                && before.findings().equals(locking)
                && now.resistorJ() <= before.resistorJ() * (1.0 + WARMER_SHARE) + WARMER_J
                && now.resistorJ() >= before.resistorJ() * COOLER_SHARE - WARMER_J;
        return same ? before : now;
    }

    /**
     * Writes everything and ends in order: nothing flows unseen from here on.
     *
     * @throws IOException when the medium refuses; the folder is free all the same
     */
    public void close(long nowNanos, double utcS, PackSample sample) throws IOException {
        gather(nowNanos, utcS, true);
        CarriedState carried = journal.memory().carried();
        carried.contactors(contactors(carried.contactors(), true));
        journal.close(nowNanos, utcS, sample, manager.estimate());
    }

    /** Ends without a last word: the next start takes the run for broken off. */
    @Override
    public void close() throws IOException {
        journal.close();
    }

    /** Where it is kept. */
    public PackJournal journal() {
        return journal;
    }
}
