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
    private static final int MOST_OF_A_LIST = 32_768;

    private final Journal journal;
    private final MemorySettings settings;
    private final PackMemory memory;
    private final LifeRecord life;
    private final PackKind kind;
    private final byte[] kindBytes;
    private final List<String> findings = new ArrayList<>();
    private final ByteBuffer payload;
    private boolean timed;
    private long stateNanos;
    private long healthNanos;
    private final Written written = new Written();
    private boolean kindWritten;

    /** Content that is written when it changes, as it was written last. */
    private static final class Written {
        private List<StoredFault> faults = List.of();
        private List<Lease> leases = List.of();
        private @Nullable StoredContactors contactors;
        private List<StoredFinding> findings = List.of();
        private List<StoredFrame> frames = List.of();

        void take(PackMemory memory) {
            faults = memory.faults;
            leases = memory.leases;
            contactors = memory.carried().contactors;
            findings = memory.carried().findings;
            frames = memory.carried().frames;
        }
    }

    private PackJournal(Journal journal, CellType type, PackLayout layout, MemorySettings settings) {
        this.journal = journal;
        this.settings = settings;
        this.kind = PackKind.of(type, layout);
        this.kindBytes = MemoryReader.bytes(kind);
        this.memory = new PackMemory(kind);
        this.life = new LifeRecord(kind);
        int cells = layout.cells();
        int state = MemoryCodec.stateBytes(cells) + CarriedCodec.MOST_LOAD_BYTES;
        int perCell = Math.max(CarriedCodec.learnedBytes(cells), MemoryCodec.healthBytes(cells));
        int largest = Math.max(Math.max(perCell, state), 8 + LifeFigures.BYTES);
        this.payload = ByteBuffer.allocate(Math.max(largest, MOST_OF_A_LIST));
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
        MemoryReader.read(journal::found, kind, memory, life, findings);
        findings.addAll(0, journal.findings());
        kindWritten = journal.found(MemoryReader.KIND)
                .map(r -> r.payload().equals(ByteBuffer.wrap(kindBytes)))
                .orElse(false);
        written.take(memory);
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
        if (stateDue(nowNanos)) {
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

    /** Whether {@link #step} writes the state now, if the estimate is known: what belongs to it must be in the memory by then. */
    public boolean stateDue(long nowNanos) {
        return !timed || (nowNanos - stateNanos) * 1e-9 >= settings.stateEveryS();
    }

    /** The file that is written to now, whole: with the last record of every kind. Null before the first record. */
    public @Nullable Path file() {
        return journal.file();
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
        CarriedState carried = memory.carried();
        long before = journal.sequence();
        if (!memory.faults.equals(written.faults)) {
            room("faults", MemoryCodec.faultBytes(memory));
            MemoryCodec.writeFaults(memory, payload.clear());
            append(MemoryCodec.FAULTS, MemoryCodec.FAULTS_VERSION, utcS, nowNanos);
        }
        if (!memory.leases.equals(written.leases)) {
            room("leases", MemoryCodec.leaseBytes(memory));
            MemoryCodec.writeLeases(memory, payload.clear());
            append(MemoryCodec.LEASES, MemoryCodec.VERSION, utcS, nowNanos);
        }
        StoredContactors contactors = carried.contactors;
        if (contactors != null && !contactors.equals(written.contactors)) {
            CarriedCodec.writeContactors(memory, contactors, payload.clear());
            append(CarriedCodec.CONTACTORS, CarriedCodec.VERSION, utcS, nowNanos);
        }
        if (!carried.findings.equals(written.findings)) {
            room("findings", CarriedCodec.findingBytes(carried));
            CarriedCodec.writeFindings(memory, payload.clear());
            append(CarriedCodec.FINDINGS, CarriedCodec.VERSION, utcS, nowNanos);
        }
        if (!carried.frames.equals(written.frames)) {
            room("freeze frames", CarriedCodec.frameBytes(carried));
            CarriedCodec.writeFrames(memory, payload.clear());
            append(CarriedCodec.FRAMES, CarriedCodec.VERSION, utcS, nowNanos);
        }
        written.take(memory);
        return journal.sequence() != before;
    }

    private void room(String what, int bytes) {
        if (bytes > payload.capacity()) {
            throw new IllegalStateException(what + " must fit " + payload.capacity() + " bytes but take " + bytes);
        }
    }

    private void state(double utcS, long nowNanos, boolean orderly) throws IOException {
        MemoryCodec.writeState(memory, orderly, settings.stateEveryS(), payload.clear());
        append(MemoryCodec.STATE, MemoryCodec.STATE_VERSION, utcS, nowNanos);
    }

    private void health(double utcS, long nowNanos) throws IOException {
        MemoryCodec.writeHealth(memory, payload.clear());
        append(MemoryCodec.HEALTH, MemoryCodec.VERSION, utcS, nowNanos);
        CarriedCodec.writeLearned(memory, payload.clear());
        append(CarriedCodec.LEARNED, CarriedCodec.VERSION, utcS, nowNanos);
        life.since(utcS);
        life.write(payload.clear().putLong(memory.identity));
        append(MemoryReader.LIFE, LifeFigures.VERSION, utcS, nowNanos);
    }

    /** Appends what is in the payload; a journal that does not yet say what pack it is of says so first. */
    private void append(int type, int version, double utcS, long nowNanos) throws IOException {
        if (!kindWritten) {
            journal.append(MemoryReader.KIND, MemoryReader.KIND_VERSION, utcS, nowNanos, ByteBuffer.wrap(kindBytes));
            kindWritten = true;
        }
        journal.append(type, version, utcS, nowNanos, payload.flip());
    }
}
