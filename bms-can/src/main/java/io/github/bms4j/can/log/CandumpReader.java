package io.github.bms4j.can.log;

import io.github.bms4j.can.frame.CanFrame;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Reads the log lines of {@code candump -l} (can-utils) one frame at a time; {@link CandumpWriter} shows the form.
 *
 * <p>Also accepted: lower-case hex digits, CR LF, blank lines, a last line without end, 1 to 9 digits after the decimal
 * point, the direction that newer tools append ({@code R} or {@code T}; not kept) and the {@code _9} to {@code _F} after
 * 8 bytes that shows a data length code above 8 (not kept).
 *
 * <p>Bad input: a malformed line throws {@link LogFormatException}; the caller's frame is then undefined and the next call
 * goes on with the next line. Thread: one. Allocation: none per frame, except when the interface changes.
 */
public final class CandumpReader implements AutoCloseable {
    private static final int BUFFER_BYTES = 1 << 16;

    /** A line longer than this is malformed. */
    private static final int MAX_LINE_BYTES = 512;

    private static final int SHOWN_BYTES = 200;
    private static final int MAX_SECONDS_DIGITS = 10;

    /** Beyond this, in the year 2262, nanoseconds leave a long. */
    private static final long MAX_SECONDS = Long.MAX_VALUE / 1_000_000_000L - 1;

    private static final byte[] HEX = hexTable();
    private static final long[] NANOS_PER_UNIT = {
        0, 100_000_000, 10_000_000, 1_000_000, 100_000, 10_000, 1_000, 100, 10, 1
    };

    private final InputStream in;
    private final String file;
    private final byte[] payload = new byte[CanFrame.MAX_FD_LENGTH];

    /** One byte longer than it is filled: a line end behind the last byte stops every scan. */
    private final byte[] buffer = new byte[BUFFER_BYTES + 1];

    private int position;
    private int limit;
    private boolean ended;
    private boolean overlong;
    private long line;
    private byte[] nameBytes = new byte[0];
    private String name = "";

    /**
     * A reader of {@code in}, which it buffers and closes.
     *
     * @param file what to call the log in messages
     */
    public CandumpReader(InputStream in, String file) {
        this.in = in;
        this.file = file;
        buffer[0] = '\n';
    }

    /**
     * Reads the next frame with its time.
     *
     * @return false at the end of the log; {@code into} is then unchanged
     * @throws LogFormatException for a malformed line
     * @throws IOException when the stream fails
     */
    public boolean read(CanFrame into) throws IOException {
        while (true) {
            if (limit - position < MAX_LINE_BYTES && !ended) {
                fill();
            }
            if (overlong) {
                skipRestOfLine();
                continue;
            }
            if (position == limit) {
                return false;
            }
            line++;
            if (buffer[position] == '(') {
                parse(into);
                return true;
            }
            skipBlankLine();
        }
    }

    /** The interface that the last frame was recorded on, such as {@code can0}. */
    public String interfaceName() {
        return name;
    }

    /** Lines read so far, blank ones included: the number of the last frame's line. */
    public long line() {
        return line;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }

    private void fill() throws IOException {
        System.arraycopy(buffer, position, buffer, 0, limit - position);
        limit -= position;
        position = 0;
        while (limit < BUFFER_BYTES && !ended) {
            int got = in.read(buffer, limit, BUFFER_BYTES - limit);
            ended = got < 0;
            limit += Math.max(0, got);
        }
        buffer[limit] = '\n';
    }

    private void skipRestOfLine() {
        while (buffer[position] != '\n') {
            position++;
        }
        overlong = position == limit && !ended;
        position = Math.min(limit, position + 1);
    }

    private void skipBlankLine() throws LogFormatException {
        int at = position;
        while (buffer[at] == ' ' || buffer[at] == '\t' || buffer[at] == '\r') {
            at++;
        }
        endLine(at, "\"(\" and a time");
    }

    private void parse(CanFrame into) throws LogFormatException {
        byte[] b = buffer;
        int at = position + 1;
        int begin = at;
        long seconds = 0;
        while (isDigit(b[at])) {
            seconds = 10 * seconds + b[at++] - '0';
        }
        int digits = at - begin;
        require(
                digits >= 1 && digits <= MAX_SECONDS_DIGITS && seconds <= MAX_SECONDS && b[at] == '.',
                "seconds and \".\"");
        begin = ++at;
        int fraction = 0;
        while (isDigit(b[at])) {
            fraction = 10 * fraction + b[at++] - '0';
        }
        digits = at - begin;
        require(digits >= 1 && digits <= 9 && b[at] == ')' && b[at + 1] == ' ', "1 to 9 decimals and \") \"");
        into.timestampNanos(seconds * 1_000_000_000L + fraction * NANOS_PER_UNIT[digits]);
        at = parseName(skipSpaces(at + 2));
        at = parseFrame(skipSpaces(at), into);
        at = skipSpaces(at);
        if (b[at] == 'R' || b[at] == 'T') {
            at++;
        }
        if (b[at] == '\r') {
            at++;
        }
        endLine(at, "the end of the line");
    }

    private int parseName(int begin) throws LogFormatException {
        byte[] b = buffer;
        int at = begin;
        while (b[at] > ' ') {
            at++;
        }
        require(at > begin && b[at] == ' ', "an interface name and a blank");
        if (!Arrays.equals(b, begin, at, nameBytes, 0, nameBytes.length)) {
            nameBytes = Arrays.copyOfRange(b, begin, at);
            name = new String(nameBytes, StandardCharsets.US_ASCII);
        }
        return at;
    }

    private int parseFrame(int begin, CanFrame into) throws LogFormatException {
        byte[] b = buffer;
        int at = begin;
        int id = 0;
        for (int digit = HEX[b[at] & 0xFF]; digit >= 0; digit = HEX[b[at] & 0xFF]) {
            id = id << 4 | digit;
            at++;
        }
        boolean extended = at - begin == 8;
        require((extended || at - begin == 3) && b[at] == '#', "3 or 8 hex digits and \"#\"");
        at++;
        boolean error = extended && id >>> 29 == 1;
        require(
                error || (id >= 0 && id <= (extended ? CanFrame.MAX_EXTENDED_ID : CanFrame.MAX_STANDARD_ID)),
                "an identifier up to 7FF or 1FFFFFFF");
        if (b[at] == '#') {
            return parseFd(at + 1, into, id, extended, error);
        }
        if (b[at] == 'R' || b[at] == 'r') {
            return parseRemote(at + 1, into, id, extended, error);
        }
        if (error) {
            into.error(id & CanFrame.MAX_EXTENDED_ID);
        } else {
            into.classic(id, extended);
        }
        int end = parseBytes(at);
        int length = (end - at) / 2;
        require(length <= CanFrame.MAX_CLASSIC_LENGTH, "at most 8 bytes");
        into.data(payload, 0, length);
        boolean lengthCode = length == 8 && b[end] == '_' && HEX[b[end + 1] & 0xFF] > 8;
        return lengthCode ? end + 2 : end;
    }

    private int parseRemote(int at, CanFrame into, int id, boolean extended, boolean error) throws LogFormatException {
        require(!error, "an error frame not to be a remote frame");
        int length = buffer[at] - '0';
        boolean given = isDigit(buffer[at]);
        require(!given || length <= CanFrame.MAX_CLASSIC_LENGTH, "a remote length of 0 to 8");
        into.remote(id, extended, given ? length : 0);
        return given ? at + 1 : at;
    }

    private int parseFd(int at, CanFrame into, int id, boolean extended, boolean error) throws LogFormatException {
        int flags = HEX[buffer[at] & 0xFF];
        require(!error && flags >= 0, "the flags of an FD frame");
        int end = parseBytes(at + 1);
        int length = (end - at - 1) / 2;
        require(CanFrame.isFdLength(length), "0 to 8, 12, 16, 20, 24, 32, 48 or 64 bytes");
        into.fd(id, extended, (flags & 1) != 0).errorState((flags & 2) != 0).data(payload, 0, length);
        return end;
    }

    /** Reads pairs of hex digits into the payload and returns where they end. */
    private int parseBytes(int begin) throws LogFormatException {
        byte[] b = buffer;
        int at = begin;
        int count = 0;
        while (true) {
            int high = HEX[b[at] & 0xFF];
            if (high < 0) {
                return at;
            }
            int low = HEX[b[at + 1] & 0xFF];
            require(low >= 0 && count < payload.length, "pairs of hex digits, 64 at most");
            payload[count++] = (byte) (high << 4 | low);
            at += 2;
        }
    }

    private int skipSpaces(int begin) {
        int at = begin;
        while (buffer[at] == ' ') {
            at++;
        }
        return at;
    }

    /** Goes on behind the line end at {@code at}, which must be one. */
    private void endLine(int at, String expected) throws LogFormatException {
        require(buffer[at] == '\n' && (at < limit || ended), expected);
        position = Math.min(limit, at + 1);
    }

    private void require(boolean met, String expected) throws LogFormatException {
        if (!met) {
            throw malformed(expected);
        }
    }

    private LogFormatException malformed(String expected) {
        int end = position;
        while (buffer[end] != '\n') {
            end++;
        }
        int shown = Math.min(end - position, SHOWN_BYTES);
        String text = new String(buffer, position, shown, StandardCharsets.ISO_8859_1).stripTrailing();
        overlong = end == limit && !ended;
        position = Math.min(limit, end + 1);
        return new LogFormatException(file, line, text, expected);
    }

    private static boolean isDigit(byte b) {
        return b >= '0' && b <= '9';
    }

    private static byte[] hexTable() {
        byte[] table = new byte[256];
        for (int i = 0; i < table.length; i++) {
            table[i] = (byte) (i < 128 ? Character.digit((char) i, 16) : -1);
        }
        return table;
    }
}
