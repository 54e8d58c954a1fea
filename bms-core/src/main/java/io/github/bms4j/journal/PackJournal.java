package io.github.bms4j.journal;

import io.github.bms4j.cell.CellType;
import io.github.bms4j.cell.PackLayout;
import io.github.bms4j.estimate.PackEstimate;
import io.github.bms4j.measure.PackSample;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A pack's memory on a medium: opened when the power comes, written while it is on, closed when it goes in order.
 *
 * <pre>
 * PackJournal journal = PackJournal.open(folder, cell, layout, MemorySettings.standard());
 * manager.restore(journal.restart(utcS));          // "unknown" starts by voltage
 * each second or so, outside the control cycle:    journal.step(nanos, utcS, sample, manager.estimate());
 * at the end:                                      journal.close(nanos, utcS, sample, manager.estimate());
 * </pre>
 *
 * <p>Each kind of content is a record of its own, so that one damaged record loses one kind. What was found damaged, foreign or of another
 * pack is told in {@link #findings} and counts as unknown. Time is the caller's: monotonic nanoseconds decide what is due, seconds of UTC
 * (NaN if not known) tell how long the power was off. Thread: one. Allocation: none in {@link #life}; {@link #step} does I/O.
 */
public final class PackJournal implements Closeable {
    private static final int LIFE = 5;
    private static final int MOST_FAULTS_AND_LEASES = 32_768;

    private final Journal journal;
    private final MemorySettings settings;
    private final PackMemory memory;
    private final LifeRecord life;
    private final List<String> findings = new ArrayList<>();
    private final ByteBuffer payload;
    private boolean timed;
    private long stateNanos;
    private long healthNanos;
    private @Nullable List<StoredFault> writtenFaults;
    private @Nullable List<Lease> writtenLeases;

    private PackJournal(Journal journal, CellType type, PackLayout layout, MemorySettings settings) {
        this.journal = journal;
        this.settings = settings;
        this.memory = new PackMemory(type, layout);
        this.life = new LifeRecord(type, layout);
        int cells = layout.cells();
        int largest = Math.max(MemoryCodec.healthBytes(cells), MemoryCodec.stateBytes(cells));
        this.payload = ByteBuffer.allocate(Math.max(Math.max(largest, 8 + LifeFigures.BYTES), MOST_FAULTS_AND_LEASES));
    }

    /**
     * Opens the memory that a folder holds, or begins one.
     *
     * @param folder a folder of this pack alone
     * @param type the type of every cell
     * @param layout how they are wired
     * @throws IOException when the folder is not there, cannot be read or is in use; one line
     */
    public static PackJournal open(Path folder, CellType type, PackLayout layout, MemorySettings settings)
            throws IOException {
        PackJournal opened = new PackJournal(Journal.open(folder, settings.journal()), type, layout, settings);
        opened.read();
        return opened;
    }

    private void read() {
        findings.addAll(journal.findings());
        PackMemory m = memory;
        refused(
                "state",
                journal.found(MemoryCodec.STATE)
                        .filter(r -> !MemoryCodec.readState(r, m))
                        .isPresent());
        refused(
                "health",
                journal.found(MemoryCodec.HEALTH)
                        .filter(r -> !MemoryCodec.readHealth(r, m))
                        .isPresent());
        refused(
                "faults",
                journal.found(MemoryCodec.FAULTS)
                        .filter(r -> !MemoryCodec.readFaults(r, m))
                        .isPresent());
        refused(
                "leases",
                journal.found(MemoryCodec.LEASES)
                        .filter(r -> !MemoryCodec.readLeases(r, m))
                        .isPresent());
        refused("life", journal.found(LIFE).filter(r -> !readLife(r)).isPresent());
        writtenFaults = m.faults;
        writtenLeases = m.leases;
    }

    private boolean readLife(JournalRecord record) {
        ByteBuffer from = record.payload();
        if (record.version() != LifeFigures.VERSION || from.remaining() < 8) {
            return false;
        }
        if (from.getLong() != memory.identity) {
            memory.otherPack = true;
            return false;
        }
        return life.read(from);
    }

    private void refused(String what, boolean is) {
        if (is) {
            findings.add("memory of " + what + ": found "
                    + (memory.otherPack ? "another pack's" : "a form this version does not know")
                    + ", expected this pack's; taken as unknown");
        }
    }

    /**
     * What the memory is worth now.
     *
     * @param utcS time now, s since 1970; NaN if not known
     */
    public Restart restart(double utcS) {
        return Restart.of(memory, settings.rule(), utcS);
    }

    /** What is remembered; faults and leases are set here. */
    public PackMemory memory() {
        return memory;
    }

    /** The life record: step it with every sample of the control cycle; it allocates nothing. */
    public LifeRecord life() {
        return life;
    }

    /** What was found wrong at opening, one line each. */
    public List<String> findings() {
        return List.copyOf(findings);
    }

    /** Bytes written since opening, for the wear of the medium. */
    public long bytesWritten() {
        return journal.bytesWritten();
    }

    /**
     * Writes what is due: changed faults and leases at once, state and health at their times. Nothing is written of an estimate that is
     * not known yet.
     *
     * @param nowNanos monotonic time, of the same origin as the sample's
     * @param utcS time for the records, s since 1970; NaN if not known
     * @param sample the last sample
     * @param estimate what was made of it
     * @return whether anything was written
     * @throws IOException when the medium refuses; what was written before is untouched
     */
    public boolean step(long nowNanos, double utcS, PackSample sample, PackEstimate estimate) throws IOException {
        boolean wrote = changes(utcS, nowNanos);
        if (!estimate.known()) {
            return wrote;
        }
        boolean first = !timed;
        if (first || (nowNanos - stateNanos) * 1e-9 >= settings.stateEveryS()) {
            memory.take(sample, estimate);
            state(utcS, nowNanos, false);
            stateNanos = nowNanos;
            wrote = true;
        }
        if (first || (nowNanos - healthNanos) * 1e-9 >= settings.healthEveryS()) {
            health(utcS, nowNanos);
            healthNanos = nowNanos;
            wrote = true;
        }
        timed = true;
        return wrote;
    }

    /**
     * Writes everything and ends in order: nothing flows unseen from here on.
     *
     * @throws IOException when the medium refuses; the folder is free all the same
     */
    public void close(long nowNanos, double utcS, PackSample sample, PackEstimate estimate) throws IOException {
        try {
            changes(utcS, nowNanos);
            if (estimate.known()) {
                memory.take(sample, estimate);
                health(utcS, nowNanos);
                state(utcS, nowNanos, true);
            }
            journal.force(nowNanos);
        } finally {
            journal.close();
        }
    }

    /** Ends without a last word: what was written stays, and the next start takes the run for broken off. */
    @Override
    public void close() throws IOException {
        journal.close();
    }

    private boolean changes(double utcS, long nowNanos) throws IOException {
        boolean wrote = false;
        if (!memory.faults.equals(writtenFaults)) {
            room("faults", MemoryCodec.faultBytes(memory));
            MemoryCodec.writeFaults(memory, payload.clear());
            append(MemoryCodec.FAULTS, MemoryCodec.VERSION, utcS, nowNanos);
            writtenFaults = memory.faults;
            wrote = true;
        }
        if (!memory.leases.equals(writtenLeases)) {
            room("leases", MemoryCodec.leaseBytes(memory));
            MemoryCodec.writeLeases(memory, payload.clear());
            append(MemoryCodec.LEASES, MemoryCodec.VERSION, utcS, nowNanos);
            writtenLeases = memory.leases;
            wrote = true;
        }
        return wrote;
    }

    private void room(String what, int bytes) {
        if (bytes > payload.capacity()) {
            throw new IllegalStateException(what + " must fit " + payload.capacity() + " bytes but take " + bytes);
        }
    }

    private void state(double utcS, long nowNanos, boolean orderly) throws IOException {
        MemoryCodec.writeState(memory, orderly, settings.stateEveryS(), payload.clear());
        append(MemoryCodec.STATE, MemoryCodec.VERSION, utcS, nowNanos);
    }

    private void health(double utcS, long nowNanos) throws IOException {
        MemoryCodec.writeHealth(memory, payload.clear());
        append(MemoryCodec.HEALTH, MemoryCodec.VERSION, utcS, nowNanos);
        life.since(utcS);
        life.write(payload.clear().putLong(memory.identity));
        append(LIFE, LifeFigures.VERSION, utcS, nowNanos);
    }

    private void append(int type, int version, double utcS, long nowNanos) throws IOException {
        journal.append(type, version, utcS, nowNanos, payload.flip());
    }
}
