package io.github.bms4j.can.log;

import io.github.bms4j.can.bus.FrameSink;
import io.github.bms4j.can.frame.CanFrame;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/**
 * Writes frames as the log lines of {@code candump -l} (can-utils), to be read back by {@link CandumpReader}, canplayer and
 * most CAN tools.
 *
 * <pre>
 * (0000003256.500000) can0 1826F456#010100      29 bits: 8 digits; 11 bits: 3 digits
 * (0000003256.500000) can0 123#R8               remote frame that asks for 8 bytes
 * (0000003256.500000) can0 123##1AABB           FD; 1 = bit rate switch, 2 = error state
 * (0000003256.500000) can0 20000004#00...       error frame: class bits with bit 29 set
 * </pre>
 *
 * <p>Times are cut to whole microseconds; a time before 0 is written as 0. Lines gather in a buffer: {@link #flush} or
 * {@link #close} brings them out. Thread: one. Allocation: none per frame.
 */
public final class CandumpWriter implements FrameSink, AutoCloseable {
    private static final int BUFFER_BYTES = 1 << 16;
    private static final int MAX_NAME_BYTES = 64;

    /** Longest line after the interface name: time, identifier, flags, 64 bytes. */
    private static final int MAX_LINE_BYTES = 32 + 2 * CanFrame.MAX_FD_LENGTH + MAX_NAME_BYTES;

    private static final int SECONDS_DIGITS = 10;
    private static final byte[] HEX = "0123456789ABCDEF".getBytes(StandardCharsets.US_ASCII);

    private final OutputStream out;
    private final byte[] name;
    private final byte[] buffer = new byte[BUFFER_BYTES];
    private final byte[] secondsText = new byte[SECONDS_DIGITS];
    private long shownSeconds = -1;
    private int count;

    /**
     * A writer to {@code out}, which it buffers and closes.
     *
     * @param interfaceName 1 to 64 printable ASCII characters without blanks, such as {@code can0}
     */
    public CandumpWriter(OutputStream out, String interfaceName) {
        if (!interfaceName.matches("[!-~]{1," + MAX_NAME_BYTES + "}")) {
            throw new IllegalArgumentException("interfaceName must be 1 to " + MAX_NAME_BYTES
                    + " printable ASCII characters without blanks but is \"" + interfaceName + "\"");
        }
        this.out = out;
        this.name = (" " + interfaceName + " ").getBytes(StandardCharsets.US_ASCII);
    }

    /** {@link #write} for a tap, which has no checked exception. */
    @Override
    public void frame(CanFrame frame) {
        try {
            write(frame);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /**
     * Appends one line.
     *
     * @throws IOException when the buffer was full and could not be written out
     */
    public void write(CanFrame frame) throws IOException {
        if (count > BUFFER_BYTES - MAX_LINE_BYTES) {
            flushBuffer();
        }
        putTime(frame.timestampNanos());
        System.arraycopy(name, 0, buffer, count, name.length);
        count += name.length;
        putId(frame);
        byte[] b = buffer;
        b[count++] = '#';
        if (frame.remote()) {
            b[count++] = 'R';
            if (frame.length() > 0) {
                b[count++] = HEX[frame.length()];
            }
        } else {
            if (frame.fd()) {
                b[count++] = '#';
                b[count++] = HEX[(frame.bitRateSwitch() ? 1 : 0) + (frame.errorState() ? 2 : 0)];
            }
            putData(frame.data(), frame.length());
        }
        b[count++] = '\n';
    }

    /** Hands all lines to the stream and flushes that. */
    public void flush() throws IOException {
        flushBuffer();
        out.flush();
    }

    /** Hands all lines to the stream and closes that. */
    @Override
    public void close() throws IOException {
        try (out) {
            flushBuffer();
        }
    }

    private void flushBuffer() throws IOException {
        out.write(buffer, 0, count);
        count = 0;
    }

    private void putTime(long nanos) {
        long micros = Math.max(0, nanos) / 1000;
        long seconds = micros / 1_000_000;
        if (seconds != shownSeconds) {
            putDecimal(secondsText, 0, seconds, SECONDS_DIGITS);
            shownSeconds = seconds;
        }
        buffer[count] = '(';
        System.arraycopy(secondsText, 0, buffer, count + 1, SECONDS_DIGITS);
        buffer[count + 11] = '.';
        putDecimal(buffer, count + 12, micros - seconds * 1_000_000, 6);
        buffer[count + 18] = ')';
        count += 19;
    }

    private static void putDecimal(byte[] into, int at, long value, int digits) {
        long rest = value;
        for (int i = at + digits - 1; i >= at; i--) {
            long tenth = rest / 10;
            into[i] = (byte) ('0' + (rest - 10 * tenth));
            rest = tenth;
        }
    }

    private void putId(CanFrame frame) {
        int shown = frame.error() ? frame.id() | 0x2000_0000 : frame.id();
        for (int shift = frame.extended() ? 28 : 8; shift >= 0; shift -= 4) {
            buffer[count++] = HEX[shown >>> shift & 0xF];
        }
    }

    private void putData(byte[] data, int length) {
        int at = count;
        for (int i = 0; i < length; i++) {
            buffer[at++] = HEX[data[i] >>> 4 & 0xF];
            buffer[at++] = HEX[data[i] & 0xF];
        }
        count = at;
    }
}
