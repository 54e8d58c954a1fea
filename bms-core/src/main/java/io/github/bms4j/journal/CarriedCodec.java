package io.github.bms4j.journal;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The payloads of a {@link CarriedState}: byte tables in docs/theory/memory.md. What does not fit to the last byte is not taken at all. */
final class CarriedCodec {
    /** What limits and balancing have learned. */
    static final int LEARNED = 7;
    /** Contactors. */
    static final int CONTACTORS = 8;
    /** What detectors have found. */
    static final int FINDINGS = 9;
    /** Freeze frames. */
    static final int FRAMES = 10;

    static final int VERSION = 1;
    private static final int PER_CELL = 4 * (CarriedState.RESPONSES + 2);
    private static final int MOST_FINDINGS = 1000;
    private static final int MOST_FRAMES = 8;
    private static final int MOST_LOADS = 255;
    static final int MOST_LOAD_BYTES = 5 + 4 * MOST_LOADS;

    private CarriedCodec() {}

    // ---- the end of a state, from version 2 on

    static void writeLoads(CarriedState from, ByteBuffer to) {
        int n = Math.min(MOST_LOADS, from.loadsA2.length);
        to.putFloat((float) from.fuseHeatA2s).put((byte) n);
        for (int k = 0; k < n; k++) {
            to.putFloat((float) from.loadsA2[k]);
        }
    }

    static boolean readLoads(ByteBuffer from, CarriedState into) {
        if (from.remaining() < 5) {
            return false;
        }
        double heat = from.getFloat();
        int n = Byte.toUnsignedInt(from.get());
        if (from.remaining() != 4 * n) {
            return false;
        }
        into.fuseHeatA2s = heat;
        double[] loads = into.loadsA2(n);
        for (int k = 0; k < n; k++) {
            loads[k] = from.getFloat();
        }
        return true;
    }

    // ---- learned

    static int learnedBytes(int cells) {
        return MemoryCodec.LEAD + PER_CELL * cells;
    }

    static void writeLearned(PackMemory from, ByteBuffer to) {
        CarriedState carried = from.carried();
        MemoryCodec.lead(from, to);
        for (int c = 0; c < from.cells; c++) {
            for (int k = 0; k < CarriedState.RESPONSES; k++) {
                to.putFloat((float) carried.responsesV2[CarriedState.RESPONSES * c + k]);
            }
            to.putFloat((float) carried.differenceAh[c]).putFloat((float) carried.differenceSigmaAh[c]);
        }
    }

    static boolean readLearned(JournalRecord record, PackMemory into) {
        ByteBuffer from = record.payload();
        if (!MemoryCodec.ours(record, VERSION, from, into)
                || record.payload().remaining() != learnedBytes(into.cells)) {
            return false;
        }
        CarriedState carried = into.carried();
        for (int c = 0; c < into.cells; c++) {
            for (int k = 0; k < CarriedState.RESPONSES; k++) {
                carried.responsesV2[CarriedState.RESPONSES * c + k] = from.getFloat();
            }
            carried.difference(c, from.getFloat(), from.getFloat());
        }
        return true;
    }

    // ---- contactors

    static void writeContactors(PackMemory from, StoredContactors contactors, ByteBuffer to) {
        MemoryCodec.lead(from, to);
        to.putDouble(contactors.resistorJ()).putInt(contactors.failedTries()).putInt(contactors.closings());
        to.putDouble(contactors.brokenA2());
        to.put((byte) contactors.findings().size());
        for (String finding : contactors.findings()) {
            text(finding, to);
        }
    }

    static boolean readContactors(JournalRecord record, PackMemory into) {
        ByteBuffer from = record.payload();
        if (!MemoryCodec.ours(record, VERSION, from, into)) {
            return false;
        }
        try {
            double heatJ = from.getDouble();
            int tries = from.getInt();
            int closings = from.getInt();
            double brokenA2 = from.getDouble();
            int n = Byte.toUnsignedInt(from.get());
            List<String> findings = new ArrayList<>();
            for (int k = 0; k < n; k++) {
                findings.add(text(from));
            }
            StoredContactors contactors = new StoredContactors(heatJ, tries, closings, brokenA2, findings);
            if (from.hasRemaining()) {
                return false;
            }
            into.carried().contactors = contactors;
            into.carried().contactorsUtcS = record.utcS();
            return true;
        } catch (BufferUnderflowException | IllegalArgumentException e) {
            return false;
        }
    }

    // ---- findings

    static int findingBytes(CarriedState from) {
        int bytes = MemoryCodec.LEAD + 2;
        for (StoredFinding finding : from.findings) {
            bytes += 1 + finding.suspect().getBytes(StandardCharsets.UTF_8).length + 4 + 3 * 4;
        }
        return bytes;
    }

    static void writeFindings(PackMemory from, ByteBuffer to) {
        List<StoredFinding> findings = from.carried().findings;
        MemoryCodec.lead(from, to);
        to.putShort((short) findings.size());
        for (StoredFinding finding : findings) {
            text(finding.suspect(), to);
            to.putInt(finding.index()).putFloat((float) finding.value());
            to.putFloat((float) finding.low()).putFloat((float) finding.high());
        }
    }

    static boolean readFindings(JournalRecord record, PackMemory into) {
        ByteBuffer from = record.payload();
        if (!MemoryCodec.ours(record, VERSION, from, into)) {
            return false;
        }
        try {
            int n = Math.min(MOST_FINDINGS, Short.toUnsignedInt(from.getShort()));
            List<StoredFinding> findings = new ArrayList<>();
            for (int k = 0; k < n; k++) {
                findings.add(new StoredFinding(
                        text(from), from.getInt(), from.getFloat(), from.getFloat(), from.getFloat()));
            }
            if (from.hasRemaining()) {
                return false;
            }
            into.carried().findings(findings);
            return true;
        } catch (BufferUnderflowException e) {
            return false;
        }
    }

    // ---- frames

    static int frameBytes(CarriedState from) {
        int bytes = MemoryCodec.LEAD + 1;
        for (StoredFrame frame : from.frames) {
            bytes += 4 + 1 + 2 + 4 * frame.rows().length;
        }
        return bytes;
    }

    static void writeFrames(PackMemory from, ByteBuffer to) {
        List<StoredFrame> frames = from.carried().frames;
        int n = Math.min(MOST_FRAMES, frames.size());
        MemoryCodec.lead(from, to);
        to.put((byte) n);
        for (StoredFrame frame : frames.subList(0, n)) {
            double[] rows = frame.rows();
            to.putInt(frame.dtc()).put((byte) frame.triggerRow()).putShort((short) rows.length);
            for (double number : rows) {
                to.putFloat((float) number);
            }
        }
    }

    static boolean readFrames(JournalRecord record, PackMemory into) {
        ByteBuffer from = record.payload();
        if (!MemoryCodec.ours(record, VERSION, from, into)) {
            return false;
        }
        try {
            int n = Byte.toUnsignedInt(from.get());
            List<StoredFrame> frames = new ArrayList<>();
            for (int k = 0; k < n; k++) {
                int dtc = from.getInt();
                int trigger = Byte.toUnsignedInt(from.get());
                double[] rows = new double[Short.toUnsignedInt(from.getShort())];
                for (int i = 0; i < rows.length; i++) {
                    rows[i] = from.getFloat();
                }
                frames.add(new StoredFrame(dtc, trigger, rows));
            }
            if (from.hasRemaining()) {
                return false;
            }
            into.carried().frames(frames);
            return true;
        } catch (BufferUnderflowException e) {
            return false;
        }
    }

    private static void text(String text, ByteBuffer to) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        to.put((byte) bytes.length).put(bytes);
    }

    private static String text(ByteBuffer from) {
        byte[] bytes = new byte[Byte.toUnsignedInt(from.get())];
        from.get(bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }

    // ---- in a flight record, to the same bits: what enters decisions

    static byte[] flight(Restart restart) {
        PackMemory from = restart.memory();
        CarriedState carried = from.carried();
        int texts = 0;
        for (StoredFinding finding : carried.findings) {
            texts += finding.suspect().getBytes(StandardCharsets.UTF_8).length;
        }
        int numbers = 3 + carried.loadsA2.length + carried.responsesV2.length + 2 * from.cells;
        int most = 64 + 8 * numbers + 48 * from.faults.size() + 48 * carried.findings.size() + texts;
        BitBuffer to = new BitBuffer(most);
        to.f64(restart.unseenA());
        to.f64(restart.unseenS());
        to.f64(carried.fuseHeatA2s);
        to.varint(carried.loadsA2.length);
        write(carried.loadsA2, to);
        write(carried.responsesV2, to);
        write(carried.differenceAh, to);
        write(carried.differenceSigmaAh, to);
        to.varint(from.faults.size());
        for (StoredFault fault : from.faults) {
            to.varint(fault.dtc());
            to.varint(fault.status());
            to.varint(fault.count());
            to.varint(fault.where());
            to.f64(fault.value());
        }
        to.varint(carried.findings.size());
        for (StoredFinding finding : carried.findings) {
            byte[] name = finding.suspect().getBytes(StandardCharsets.UTF_8);
            to.varint(name.length);
            to.raw(name);
            to.varint(finding.index());
            to.f64(finding.value());
            to.f64(finding.low());
            to.f64(finding.high());
        }
        return Arrays.copyOf(to.array(), to.position());
    }

    private static void write(double[] values, BitBuffer to) {
        for (double value : values) {
            to.f64(value);
        }
    }

    private static void read(BitBuffer from, double[] values) {
        for (int i = 0; i < values.length; i++) {
            values[i] = from.f64();
        }
    }

    private static int count(BitBuffer from) {
        long n = from.varint();
        if (n < 0 || n > from.capacity()) {
            throw new IllegalArgumentException(n + " of something in " + from.capacity() + " bytes");
        }
        return (int) n;
    }

    static void readFlight(BitBuffer from, PackMemory into) {
        CarriedState carried = into.carried();
        carried.unseenA = from.f64();
        carried.unseenS = from.f64();
        carried.fuseHeatA2s = from.f64();
        read(from, carried.loadsA2(count(from)));
        read(from, carried.responsesV2);
        read(from, carried.differenceAh);
        read(from, carried.differenceSigmaAh);
        List<StoredFault> faults = new ArrayList<>();
        for (int left = count(from); left > 0; left--) {
            int dtc = (int) from.varint();
            int status = (int) from.varint();
            int count = (int) from.varint();
            faults.add(new StoredFault(dtc, status, count, Double.NaN, Double.NaN, (int) from.varint(), from.f64()));
        }
        into.faults(faults);
        List<StoredFinding> findings = new ArrayList<>();
        for (int left = count(from); left > 0; left--) {
            String name = new String(from.raw(count(from)), StandardCharsets.UTF_8);
            findings.add(new StoredFinding(name, (int) from.varint(), from.f64(), from.f64(), from.f64()));
        }
        carried.findings(findings);
    }
}
