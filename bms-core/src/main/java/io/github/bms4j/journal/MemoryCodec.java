package io.github.bms4j.journal;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * The payloads of a {@link PackMemory}: byte tables in docs/theory/memory.md. What does not fit to the last byte is not taken at all.
 */
final class MemoryCodec {
    /** SOC and what belongs to the moment. */
    static final int STATE = 1;
    /** Capacity and resistance. */
    static final int HEALTH = 2;
    /** Faults. */
    static final int FAULTS = 3;
    /** Leases. */
    static final int LEASES = 4;

    static final int VERSION = 1;
    /** Since version 2 a state ends with what fuse and contactors carry, and a fault with place and reading. */
    static final int STATE_VERSION = 2;

    static final int FAULTS_VERSION = 2;
    static final int LEAD = 10;
    private static final int STATE_LEAD = LEAD + 1 + 3 * 4;
    private static final int FAULT_1 = 28;
    private static final int FAULT = FAULT_1 + 4 + 4;

    private MemoryCodec() {}

    /** Bytes of a state but for what fuse and contactors carry. */
    static int stateBytes(int cells) {
        return STATE_LEAD + 4 * cells;
    }

    static int healthBytes(int cells) {
        return LEAD + 8 * cells;
    }

    static void lead(PackMemory from, ByteBuffer to) {
        to.putLong(from.identity).putShort((short) from.cells);
    }

    /** Whether the record is of this pack and of a version we know; notes when it is another pack's. */
    static boolean ours(JournalRecord record, int newest, ByteBuffer from, PackMemory into) {
        if (record.version() < 1 || record.version() > newest || from.remaining() < LEAD) {
            return false;
        }
        long identity = from.getLong();
        boolean same = Short.toUnsignedInt(from.getShort()) == into.cells && identity == into.identity;
        into.otherPack |= !same;
        return same;
    }

    static void writeState(PackMemory from, boolean orderly, double nextDueS, ByteBuffer to) {
        lead(from, to);
        to.put((byte) (orderly ? 1 : 0)).putFloat((float) nextDueS);
        to.putFloat((float) from.ratePerH).putFloat((float) from.currentBiasA);
        for (int c = 0; c < from.cells; c++) {
            to.putShort(FixedPoint.SOC.nearest(from.soc[c]));
            to.putShort(FixedPoint.SOC_SIGMA.above(from.socSigma[c]));
        }
        CarriedCodec.writeLoads(from.carried(), to);
    }

    static boolean readState(JournalRecord record, PackMemory into) {
        ByteBuffer from = record.payload();
        int least = stateBytes(into.cells);
        int bytes = from.remaining();
        if (!ours(record, STATE_VERSION, from, into) || (record.version() == 1 ? bytes != least : bytes < least)) {
            return false;
        }
        into.orderly = from.get() == 1;
        into.nextDueS = from.getFloat();
        into.ratePerH = from.getFloat();
        into.currentBiasA = from.getFloat();
        boolean known = true;
        for (int c = 0; c < into.cells; c++) {
            into.soc[c] = FixedPoint.SOC.value(from.getShort());
            into.socSigma[c] = FixedPoint.SOC_SIGMA.value(from.getShort());
            known &= !Double.isNaN(into.soc[c]) && into.socSigma[c] > 0.0;
        }
        known &= record.version() == 1 || CarriedCodec.readLoads(from, into.carried());
        into.savedUtcS = record.utcS();
        into.stateKnown = known;
        return known;
    }

    static void writeHealth(PackMemory from, ByteBuffer to) {
        lead(from, to);
        for (int c = 0; c < from.cells; c++) {
            to.putShort(FixedPoint.CAPACITY.nearest(from.capacityAh[c] / from.ratedAh));
            to.putShort(FixedPoint.CAPACITY_SIGMA.above(from.capacitySigmaAh[c] / from.ratedAh));
            to.putShort(FixedPoint.RESISTANCE.nearest(from.resistanceRatio[c]));
            to.putShort(FixedPoint.RESISTANCE_SIGMA.above(from.resistanceSigma[c]));
        }
    }

    static boolean readHealth(JournalRecord record, PackMemory into) {
        ByteBuffer from = record.payload();
        if (!ours(record, VERSION, from, into) || record.payload().remaining() != healthBytes(into.cells)) {
            return false;
        }
        for (int c = 0; c < into.cells; c++) {
            into.capacityAh[c] = into.ratedAh * FixedPoint.CAPACITY.value(from.getShort());
            into.capacitySigmaAh[c] = into.ratedAh * FixedPoint.CAPACITY_SIGMA.value(from.getShort());
            into.resistanceRatio[c] = FixedPoint.RESISTANCE.value(from.getShort());
            into.resistanceSigma[c] = FixedPoint.RESISTANCE_SIGMA.value(from.getShort());
        }
        return true;
    }

    static int faultBytes(PackMemory from) {
        return LEAD + 2 + FAULT * from.faults.size();
    }

    static void writeFaults(PackMemory from, ByteBuffer to) {
        lead(from, to);
        to.putShort((short) from.faults.size());
        for (StoredFault fault : from.faults) {
            to.putInt(fault.dtc()).putInt(fault.status()).putInt(fault.count());
            to.putDouble(fault.firstUtcS()).putDouble(fault.lastUtcS());
            to.putInt(fault.where()).putFloat((float) fault.value());
        }
    }

    static boolean readFaults(JournalRecord record, PackMemory into) {
        ByteBuffer from = record.payload();
        if (!ours(record, FAULTS_VERSION, from, into) || from.remaining() < 2) {
            return false;
        }
        boolean placed = record.version() > 1;
        int n = Short.toUnsignedInt(from.getShort());
        if (from.remaining() != n * (placed ? FAULT : FAULT_1)) {
            return false;
        }
        List<StoredFault> faults = new ArrayList<>();
        for (int i = 0; i < n; i++) {
            int dtc = from.getInt();
            int status = from.getInt();
            int count = Math.max(0, from.getInt());
            double first = from.getDouble();
            double last = from.getDouble();
            int where = placed ? from.getInt() : -1;
            faults.add(new StoredFault(dtc, status, count, first, last, where, placed ? from.getFloat() : Double.NaN));
        }
        into.faults(faults);
        return true;
    }

    static int leaseBytes(PackMemory from) {
        int bytes = LEAD + 2;
        for (Lease lease : from.leases) {
            bytes += 1 + lease.name().getBytes(StandardCharsets.UTF_8).length + 16;
        }
        return bytes;
    }

    static void writeLeases(PackMemory from, ByteBuffer to) {
        lead(from, to);
        to.putShort((short) from.leases.size());
        for (Lease lease : from.leases) {
            byte[] name = lease.name().getBytes(StandardCharsets.UTF_8);
            to.put((byte) name.length).put(name).putDouble(lease.value()).putDouble(lease.remainingS());
        }
    }

    static boolean readLeases(JournalRecord record, PackMemory into) {
        ByteBuffer from = record.payload();
        if (!ours(record, VERSION, from, into) || from.remaining() < 2) {
            return false;
        }
        int n = Short.toUnsignedInt(from.getShort());
        List<Lease> leases = new ArrayList<>();
        for (int i = 0; i < n; i++) {
            int length = from.hasRemaining() ? Byte.toUnsignedInt(from.get()) : 0;
            if (from.remaining() < length + 16) {
                return false;
            }
            String name = name(from, length);
            double value = from.getDouble();
            double remainingS = from.getDouble();
            if (name.isBlank() || !(remainingS >= 0.0)) {
                return false;
            }
            leases.add(new Lease(name, value, remainingS));
        }
        if (from.hasRemaining()) {
            return false;
        }
        into.leases(leases);
        into.leasesUtcS = record.utcS();
        return true;
    }

    /** A name, or nothing where the bytes are no text. */
    private static String name(ByteBuffer from, int length) {
        ByteBuffer bytes = from.slice(from.position(), length);
        from.position(from.position() + length);
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
        } catch (CharacterCodingException e) {
            return "";
        }
    }
}
