package io.github.bms4j.sim.replay;

import java.io.IOException;

/**
 * A recording that cannot be read.
 *
 * <p>The message is exactly one line: {@code file:line:column: found X, expected Y}. Lines count from 1; the column is the
 * number of the field in its row, from 1.
 */
public final class RecordingException extends IOException {
    private static final long serialVersionUID = 1L;
    private static final int MOST_QUOTED = 120;

    RecordingException(String file, long line, int column, String found, String expected) {
        super(oneLine(file + ":" + line + ":" + column + ": found " + cut(found) + ", expected " + expected));
    }

    static String cut(String found) {
        return found.length() > MOST_QUOTED ? found.substring(0, MOST_QUOTED) + "…" : found;
    }

    static String oneLine(String text) {
        StringBuilder line = new StringBuilder(text.length());
        text.codePoints().forEach(c -> line.appendCodePoint(Character.isISOControl(c) ? ' ' : c));
        return line.toString();
    }
}
