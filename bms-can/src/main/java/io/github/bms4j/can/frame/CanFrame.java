package io.github.bms4j.can.frame;

import java.util.Objects;

/**
 * One CAN frame, classic or FD, made once and refilled for every frame that passes.
 *
 * <p>Start a new content with {@link #classic}, {@link #standard}, {@link #extended}, {@link #remote}, {@link #fd} or
 * {@link #error(int)}: each sets the identifier, clears all flags and sets the length to 0 (the timestamp stays). Then
 * give the length and the bytes:
 *
 * <pre>frame.extended(0x1826F456).length(3).putByte(0, 1).putByte(1, 1).putByte(2, 0);</pre>
 *
 * <p>Lengths are payload bytes: 0 to 8 for classic frames, 0-8, 12, 16, 20, 24, 32, 48 or 64 for FD. A remote frame's
 * length is the length it asks for; it carries no data and its bytes read as 0. {@link #timestampNanos} counts from
 * whatever origin the bus or the log uses.
 *
 * <p>Bad input: an identifier, length, index or error class that no frame can have throws
 * {@link IllegalArgumentException} or {@link IndexOutOfBoundsException} and leaves the frame as it was. Thread: one.
 * Allocation: none after construction, except {@link #toString}.
 */
public final class CanFrame {
    /** Largest 11-bit identifier. */
    public static final int MAX_STANDARD_ID = 0x7FF;

    /** Largest 29-bit identifier. */
    public static final int MAX_EXTENDED_ID = 0x1FFF_FFFF;

    /** Data bytes of a classic frame at most. */
    public static final int MAX_CLASSIC_LENGTH = 8;

    /** Data bytes of an FD frame at most. */
    public static final int MAX_FD_LENGTH = 64;

    private static final int EXTENDED = 1;
    private static final int REMOTE = 2;
    private static final int FD = 4;
    private static final int BIT_RATE_SWITCH = 8;
    private static final int ERROR_STATE = 16;
    private static final int ERROR = 32;

    /** Bit n set: an FD frame may carry n bytes (64 is checked apart). */
    private static final long FD_LENGTHS = 0x1FFL | 1L << 12 | 1L << 16 | 1L << 20 | 1L << 24 | 1L << 32 | 1L << 48;

    private final byte[] data = new byte[MAX_FD_LENGTH];
    private int id;
    private int flags;
    private int length;
    private long timestampNanos;

    /** An empty standard data frame with identifier 0 at time 0. */
    public CanFrame() {}

    /** Whether an FD frame can carry exactly {@code n} bytes. */
    public static boolean isFdLength(int n) {
        return n == MAX_FD_LENGTH || (n >= 0 && n < MAX_FD_LENGTH && (FD_LENGTHS >>> n & 1) != 0);
    }

    /** The identifier, 11 or 29 bits; for an error frame the error class bits. */
    public int id() {
        return id;
    }

    /** Whether the identifier has 29 bits. */
    public boolean extended() {
        return (flags & EXTENDED) != 0;
    }

    /** Whether this is a remote frame: asks for data, carries none. */
    public boolean remote() {
        return (flags & REMOTE) != 0;
    }

    /** Whether this is a CAN FD frame. */
    public boolean fd() {
        return (flags & FD) != 0;
    }

    /** Whether the FD frame switched to the data bit rate (BRS). */
    public boolean bitRateSwitch() {
        return (flags & BIT_RATE_SWITCH) != 0;
    }

    /** Whether the sender of the FD frame was error passive (ESI). */
    public boolean errorState() {
        return (flags & ERROR_STATE) != 0;
    }

    /** Whether this is an error report of the controller and not a frame from the wire. */
    public boolean error() {
        return (flags & ERROR) != 0;
    }

    /** Payload length in bytes. */
    public int length() {
        return length;
    }

    /**
     * Payload byte {@code i} as 0..255.
     *
     * @throws IndexOutOfBoundsException unless {@code 0 <= i < length()}
     */
    public int dataByte(int i) {
        return data[Objects.checkIndex(i, length)] & 0xFF;
    }

    /** The live backing array of 64 bytes; the first {@link #length} are the payload. */
    public byte[] data() {
        return data;
    }

    /** When the frame was received or sent, in ns from the origin of its bus or log. */
    public long timestampNanos() {
        return timestampNanos;
    }

    /** Starts a classic data frame. */
    public CanFrame classic(int id, boolean extended) {
        return begin(id, extended ? EXTENDED : 0);
    }

    /** Starts a classic data frame with an 11-bit identifier. */
    public CanFrame standard(int id) {
        return begin(id, 0);
    }

    /** Starts a classic data frame with a 29-bit identifier. */
    public CanFrame extended(int id) {
        return begin(id, EXTENDED);
    }

    /** A complete remote frame that asks for {@code length} bytes, 0 to 8. */
    public CanFrame remote(int id, boolean extended, int length) {
        checkLength(length, false);
        return begin(id, REMOTE | (extended ? EXTENDED : 0)).length(length);
    }

    /** Starts an FD data frame. */
    public CanFrame fd(int id, boolean extended, boolean bitRateSwitch) {
        return begin(id, FD | (extended ? EXTENDED : 0) | (bitRateSwitch ? BIT_RATE_SWITCH : 0));
    }

    /** Starts an error frame of the given error class bits (29 bits, as SocketCAN numbers them). */
    public CanFrame error(int errorClass) {
        return begin(errorClass, ERROR | EXTENDED);
    }

    /**
     * Marks the sender of this FD frame as error passive (ESI), or not.
     *
     * @throws IllegalArgumentException for a classic frame
     */
    public CanFrame errorState(boolean passive) {
        if (!fd()) {
            throw new IllegalArgumentException("only an FD frame has an error state indicator");
        }
        flags = passive ? flags | ERROR_STATE : flags & ~ERROR_STATE;
        return this;
    }

    /** Sets the payload length; bytes gained are 0. */
    public CanFrame length(int n) {
        checkLength(n, fd());
        for (int i = length; i < n; i++) {
            data[i] = 0;
        }
        length = n;
        return this;
    }

    /**
     * Sets payload byte {@code i} to the low 8 bits of {@code value}.
     *
     * @throws IndexOutOfBoundsException unless {@code 0 <= i < length()}
     */
    public CanFrame putByte(int i, int value) {
        data[Objects.checkIndex(i, length)] = (byte) value;
        return this;
    }

    /** Sets length and payload from {@code src[offset .. offset + length - 1]}. */
    public CanFrame data(byte[] src, int offset, int length) {
        checkLength(length, fd());
        System.arraycopy(src, offset, data, 0, length);
        this.length = length;
        return this;
    }

    /** Sets the time of the frame in ns. */
    public CanFrame timestampNanos(long nanos) {
        timestampNanos = nanos;
        return this;
    }

    /** Becomes an equal copy of {@code other}, timestamp included. */
    public CanFrame copyFrom(CanFrame other) {
        System.arraycopy(other.data, 0, data, 0, other.length);
        id = other.id;
        flags = other.flags;
        length = other.length;
        timestampNanos = other.timestampNanos;
        return this;
    }

    /** The form of {@code candump -L}: {@code 1826F456#010100}, {@code 123#R8}, {@code 123##1AABB}; allocates. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(12 + 2 * length);
        int shownId = error() ? id | 0x2000_0000 : id;
        hex(text, shownId, extended() ? 8 : 3);
        text.append('#');
        if (remote()) {
            return text.append(length == 0 ? "R" : "R" + length).toString();
        }
        if (fd()) {
            text.append('#').append((bitRateSwitch() ? 1 : 0) + (errorState() ? 2 : 0));
        }
        for (int i = 0; i < length; i++) {
            hex(text, data[i], 2);
        }
        return text.toString();
    }

    private CanFrame begin(int newId, int newFlags) {
        int max = (newFlags & EXTENDED) != 0 ? MAX_EXTENDED_ID : MAX_STANDARD_ID;
        if (newId < 0 || newId > max) {
            throw new IllegalArgumentException("id must be within [0x0, 0x%X] but is 0x%X".formatted(max, newId));
        }
        id = newId;
        flags = newFlags;
        length = 0;
        return this;
    }

    private static void checkLength(int n, boolean fd) {
        boolean allowed = fd ? isFdLength(n) : n >= 0 && n <= MAX_CLASSIC_LENGTH;
        if (!allowed) {
            throw new IllegalArgumentException("length must be "
                    + (fd ? "0 to 8, 12, 16, 20, 24, 32, 48 or 64" : "0 to 8") + " bytes but is " + n);
        }
    }

    private static void hex(StringBuilder text, int value, int digits) {
        for (int shift = 4 * (digits - 1); shift >= 0; shift -= 4) {
            text.append(Character.toUpperCase(Character.forDigit(value >>> shift & 0xF, 16)));
        }
    }
}
