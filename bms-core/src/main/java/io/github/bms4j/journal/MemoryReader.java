package io.github.bms4j.journal;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.function.Predicate;

/** Takes a pack's memory and life out of records; what cannot be taken is told in a line each and stays unknown. */
final class MemoryReader {
    /** What was counted over the pack's life. */
    static final int LIFE = 5;
    /** What pack it is. */
    static final int KIND = 6;

    static final int KIND_VERSION = 1;

    private MemoryReader() {}

    static byte[] bytes(PackKind kind) {
        return RecordText.write(kind).getBytes(StandardCharsets.UTF_8);
    }

    /** The kind of pack that a record names; empty for a form this version does not know. */
    static Optional<PackKind> kind(JournalRecord record) {
        if (record.version() != KIND_VERSION) {
            return Optional.empty();
        }
        try {
            String text = StandardCharsets.UTF_8.decode(record.payload()).toString();
            return Optional.of(RecordText.read(PackKind.class, text));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    static void read(
            IntFunction<Optional<JournalRecord>> found,
            PackKind kind,
            PackMemory memory,
            LifeRecord life,
            List<String> findings) {
        Taking taking = new Taking(found, memory, findings);
        taking.take("state", MemoryCodec.STATE, r -> MemoryCodec.readState(r, memory));
        taking.take("health", MemoryCodec.HEALTH, r -> MemoryCodec.readHealth(r, memory));
        taking.take("faults", MemoryCodec.FAULTS, r -> MemoryCodec.readFaults(r, memory));
        taking.take("leases", MemoryCodec.LEASES, r -> MemoryCodec.readLeases(r, memory));
        taking.take("life", LIFE, r -> readLife(r, kind, memory, life));
        taking.take("what was learned", CarriedCodec.LEARNED, r -> CarriedCodec.readLearned(r, memory));
        taking.take("contactors", CarriedCodec.CONTACTORS, r -> CarriedCodec.readContactors(r, memory));
        taking.take("findings", CarriedCodec.FINDINGS, r -> CarriedCodec.readFindings(r, memory));
        taking.take("freeze frames", CarriedCodec.FRAMES, r -> CarriedCodec.readFrames(r, memory));
    }

    private static boolean readLife(JournalRecord record, PackKind kind, PackMemory memory, LifeRecord life) {
        ByteBuffer from = record.payload();
        if (record.version() != LifeFigures.VERSION || from.remaining() < 8) {
            return false;
        }
        if (from.getLong() != kind.identity()) {
            memory.otherPack = true;
            return false;
        }
        return life.read(from);
    }

    /** One kind of content after the other. */
    private record Taking(IntFunction<Optional<JournalRecord>> found, PackMemory memory, List<String> findings) {
        void take(String what, int type, Predicate<JournalRecord> reading) {
            if (found.apply(type).filter(r -> !reading.test(r)).isPresent()) {
                findings.add("memory of " + what + ": found "
                        + (memory.otherPack ? "another pack's" : "a form this version does not know")
                        + ", expected this pack's; taken as unknown");
            }
        }
    }
}
