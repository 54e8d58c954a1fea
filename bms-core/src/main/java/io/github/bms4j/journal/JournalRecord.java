package io.github.bms4j.journal;

import java.nio.ByteBuffer;

/**
 * One good record of a {@link Journal}.
 *
 * @param type what kind of record it is, 1…255; the owner's numbering
 * @param version version of its payload, 0…255; the owner's numbering
 * @param sequence place among all records ever appended, from 1
 * @param utcS time it was written, s since 1970 by the caller's clock; NaN if that was not known
 * @param payload the owner's bytes, read-only, from position 0
 */
public record JournalRecord(int type, int version, long sequence, double utcS, ByteBuffer payload) {
    /** Keeps a read-only view. */
    public JournalRecord {
        payload = payload.slice().asReadOnlyBuffer();
    }

    /** A view of its own, so that reading moves nobody else's position. */
    @Override
    public ByteBuffer payload() {
        return payload.duplicate();
    }
}
