package io.github.bms4j.journal;

import io.github.bms4j.cell.PackLayout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a journal knows of its pack, for who only wants to read it: a folder that {@link PackJournal} writes to, or a copy of one of
 * its files.
 *
 * <p>It locks and changes nothing, so it may be read while the pack is in use. Of every kind of content the last good record counts;
 * what is cut or damaged is told in {@link #findings}. Thread: any once made. Allocates.
 */
public final class PackHistory {
    private final PackKind kind;
    private final PackMemory memory;
    private final LifeRecord life;
    private final List<String> findings;

    private PackHistory(PackKind kind, List<String> findings, @Nullable JournalRecord[] last) {
        this.kind = kind;
        this.findings = findings;
        memory = new PackMemory(kind);
        life = new LifeRecord(kind);
        MemoryReader.read(type -> Optional.ofNullable(last[type]), kind, memory, life, findings);
    }

    /**
     * Reads a journal.
     *
     * @param place the journal's folder, or one file of it
     * @throws IOException when there is none, nothing good is in it, or it does not say of what pack it is; one line
     */
    public static PackHistory read(Path place) throws IOException {
        List<Path> files = Files.isDirectory(place) ? Journal.files(place) : List.of(place);
        RecordFormat format = new RecordFormat();
        @Nullable JournalRecord[] last = new JournalRecord[Journal.TYPES];
        List<String> findings = new ArrayList<>();
        boolean any = false;
        for (Path file : files) {
            JournalScan scan = JournalScan.of(file, format);
            if (!scan.finding.isEmpty()) {
                findings.add(scan.finding);
            }
            for (int type = 0; type < last.length; type++) {
                JournalRecord record = scan.last[type];
                JournalRecord before = last[type];
                if (record != null && (before == null || record.sequence() > before.sequence())) {
                    last[type] = record;
                    any = true;
                }
            }
        }
        if (!any) {
            throw new IOException(findings.isEmpty() ? nothing(place) : findings.get(0));
        }
        JournalRecord named = last[MemoryReader.KIND];
        PackKind kind = named == null ? null : MemoryReader.kind(named).orElse(null);
        if (kind == null) {
            throw new IOException(place + ": found no good record of what pack it is of, expected one");
        }
        return new PackHistory(kind, findings, last);
    }

    private static String nothing(Path place) {
        String found = Files.isDirectory(place)
                ? "a folder without a journal"
                : Files.exists(place) ? "no record of a journal" : "no such file";
        return place + ": found " + found + ", expected a journal";
    }

    /** What pack it is. */
    public PackKind kind() {
        return kind;
    }

    /** How it is wired. */
    public PackLayout layout() {
        return kind.layout();
    }

    /** What is remembered. */
    public PackMemory memory() {
        return memory;
    }

    /** What was counted over its life. */
    public LifeRecord life() {
        return life;
    }

    /** What the memory is worth at a time, s since 1970; NaN if not known. */
    public Restart restart(RestartRule rule, double utcS) {
        return Restart.of(memory, rule, utcS);
    }

    /** What was found wrong, one line each. */
    public List<String> findings() {
        return List.copyOf(findings);
    }
}
