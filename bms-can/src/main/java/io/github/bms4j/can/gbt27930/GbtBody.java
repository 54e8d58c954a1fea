package io.github.bms4j.can.gbt27930;

import io.github.bms4j.can.frame.CanFrame;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * The values of one message, made once and refilled: each value is read from and written to the payload bytes in place.
 *
 * <pre>
 * GbtBody demand = new GbtBody(GbtMessage.BCL);
 * demand.clear().set(BCL_DEMAND_V, 597.0).set(BCL_DEMAND_A, -3.0).setRaw(BCL_MODE, 2).into(frame);
 * </pre>
 *
 * <p>After {@link #clear} every bit is 1: what nobody sets goes out as "not available", and unused bits are 1 as the 2015
 * edition wants them. On reading only a field's own bits count. A field that is not in the payload (2011 edition) reads as
 * not available: NaN, {@link GbtFlag#NOT_AVAILABLE}, all bits 1, empty text.
 *
 * <p>Bad input: {@link #load} returns false for a payload that cannot be this message. A field of another message or of
 * another kind is a bug of the caller and throws {@link IllegalArgumentException}. Thread: one. Allocation: none after
 * construction except texts.
 */
public final class GbtBody {
    private static final byte NOT_AVAILABLE = (byte) 0xFF;

    private final GbtMessage message;
    private final byte[] bytes;
    private int length;

    /** A cleared body of the message. */
    public GbtBody(GbtMessage message) {
        this.message = message;
        bytes = new byte[message.maxLength()];
        clear();
    }

    /** The message whose values these are. */
    public GbtMessage message() {
        return message;
    }

    /** Payload length in bytes. */
    public int length() {
        return length;
    }

    /** The live payload; the first {@link #length} bytes count. */
    public byte[] bytes() {
        return bytes;
    }

    /** Sets every bit to 1 and the length to that of the 2015 edition. */
    public GbtBody clear() {
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = NOT_AVAILABLE;
        }
        length = message.length();
        return this;
    }

    /** Sets every two-bit flag to {@link GbtFlag#NO}. */
    public GbtBody clearFlags() {
        List<GbtField> fields = GbtField.of(message);
        for (int i = 0; i < fields.size(); i++) {
            if (fields.get(i).kind() == GbtField.Kind.FLAG) {
                set(fields.get(i), GbtFlag.NO);
            }
        }
        return this;
    }

    /**
     * Chooses the edition's variant or the length of a list.
     *
     * @throws IllegalArgumentException unless the message may have this length
     */
    public GbtBody length(int bytesUsed) {
        if (!allowed(bytesUsed) || bytesUsed > bytes.length) {
            throw new IllegalArgumentException(message + " length must be within [" + message.minLength() + ", "
                    + bytes.length + "] and whole entries but is " + bytesUsed);
        }
        length = bytesUsed;
        return this;
    }

    /**
     * Takes a received payload; bytes beyond the longest form are ignored.
     *
     * @return false, and nothing changed, when it is too short or ends inside an entry of a list
     */
    public boolean load(byte[] data, int dataLength) {
        int used = Math.min(dataLength, bytes.length);
        if (used > data.length || !allowed(used)) {
            return false;
        }
        clear();
        System.arraycopy(data, 0, bytes, 0, used);
        length = used;
        return true;
    }

    /** Fills {@code frame} with identifier and payload of this single-frame message. */
    public CanFrame into(CanFrame frame) {
        return frame.extended(message.id()).data(bytes, 0, length);
    }

    /** A figure in the unit of the field, or NaN. */
    public double get(GbtField field) {
        return get(field, 0);
    }

    /** A figure of entry {@code entry} (from 0) of a list. */
    public double get(GbtField field, int entry) {
        return present(field, entry, GbtField.Kind.NUMBER)
                ? field.wire().get(bytes, entry * field.stride())
                : Double.NaN;
    }

    /** Sets a figure to the nearest step the field can hold; NaN becomes "not available". */
    public GbtBody set(GbtField field, double value) {
        return set(field, 0, value);
    }

    /** Sets a figure of entry {@code entry} (from 0) of a list. */
    public GbtBody set(GbtField field, int entry, double value) {
        check(field, entry, GbtField.Kind.NUMBER);
        field.wire().put(bytes, entry * field.stride(), value);
        return this;
    }

    /** The bits of a code. */
    public int raw(GbtField field) {
        return raw(field, 0);
    }

    /** The bits of a code in entry {@code entry} (from 0) of a list. */
    public int raw(GbtField field, int entry) {
        WireField wire = field.wire();
        boolean there = present(field, entry, GbtField.Kind.CODE);
        return (int) (there ? wire.raw(bytes, entry * field.stride()) : wire.notAvailable());
    }

    /** Sets the bits of a code; higher bits of {@code raw} are dropped. */
    public GbtBody setRaw(GbtField field, int raw) {
        return setRaw(field, 0, raw);
    }

    /** Sets the bits of a code in entry {@code entry} (from 0) of a list. */
    public GbtBody setRaw(GbtField field, int entry, int raw) {
        check(field, entry, GbtField.Kind.CODE);
        field.wire().putRaw(bytes, entry * field.stride(), raw);
        return this;
    }

    /** A two-bit flag. */
    public GbtFlag flag(GbtField field) {
        return present(field, 0, GbtField.Kind.FLAG)
                ? GbtFlag.ofCode((int) field.wire().raw(bytes, 0))
                : GbtFlag.NOT_AVAILABLE;
    }

    /** Sets a two-bit flag. */
    public GbtBody set(GbtField field, GbtFlag flag) {
        check(field, 0, GbtField.Kind.FLAG);
        field.wire().putRaw(bytes, 0, flag.code());
        return this;
    }

    /** Whether any flag of the message says {@link GbtFlag#YES}. */
    public boolean anyFlag() {
        List<GbtField> fields = GbtField.of(message);
        for (int i = 0; i < fields.size(); i++) {
            if (fields.get(i).kind() == GbtField.Kind.FLAG && flag(fields.get(i)) == GbtFlag.YES) {
                return true;
            }
        }
        return false;
    }

    /** The answer in CRM, BRO or CRO. */
    public GbtAnswer answer(GbtField field) {
        return GbtAnswer.ofCode(raw(field));
    }

    /** Sets the answer in CRM, BRO or CRO. */
    public GbtBody set(GbtField field, GbtAnswer answer) {
        return setRaw(field, answer.code());
    }

    /** A text without its filling (00 or FF); a byte that is no printable ASCII reads as '?'. */
    public String text(GbtField field) {
        if (!present(field, 0, GbtField.Kind.TEXT)) {
            return "";
        }
        StringBuilder text = new StringBuilder();
        int first = field.wire().firstBit() / 8;
        for (int i = first; i < first + field.wire().bits() / 8; i++) {
            if (bytes[i] != 0 && bytes[i] != NOT_AVAILABLE) {
                text.append(bytes[i] >= ' ' && bytes[i] < 0x7F ? (char) bytes[i] : '?');
            }
        }
        return text.toString();
    }

    /** Sets a text, cut or filled with FF to the length of the field. */
    public GbtBody set(GbtField field, String text) {
        check(field, 0, GbtField.Kind.TEXT);
        byte[] ascii = text.getBytes(StandardCharsets.US_ASCII);
        int first = field.wire().firstBit() / 8;
        for (int i = 0; i < field.wire().bits() / 8; i++) {
            bytes[first + i] = i < ascii.length ? ascii[i] : NOT_AVAILABLE;
        }
        return this;
    }

    /** Name and every value, for logs; lists show their first entry. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(message.name());
        for (GbtField field : GbtField.of(message)) {
            text.append(' ')
                    .append(field.name().substring(message.name().length() + 1))
                    .append('=');
            switch (field.kind()) {
                case NUMBER -> text.append(get(field));
                case FLAG -> text.append(flag(field));
                case CODE -> text.append(Integer.toHexString(raw(field)));
                case TEXT -> text.append('"').append(text(field)).append('"');
            }
        }
        return text.toString();
    }

    private boolean allowed(int bytesUsed) {
        GbtField first = GbtField.of(message).get(0);
        return bytesUsed >= message.minLength() && (first.stride() == 0 || bytesUsed % first.stride() == 0);
    }

    private boolean present(GbtField field, int entry, GbtField.Kind kind) {
        check(field, entry, kind);
        WireField wire = field.wire();
        return entry * field.stride() * 8 + wire.firstBit() + wire.bits() <= length * 8;
    }

    private void check(GbtField field, int entry, GbtField.Kind kind) {
        boolean inside =
                entry == 0 || (field.stride() > 0 && entry > 0 && (entry + 1) * field.stride() <= bytes.length);
        if (field.message() != message || field.kind() != kind || !inside) {
            throw new IllegalArgumentException(field + "[" + entry + "] is no " + kind + " of " + message);
        }
    }
}
