package io.github.bms4j.config;

import org.jspecify.annotations.Nullable;

/**
 * A file that says something else than was expected.
 *
 * <p>The message is exactly one line, ready for a terminal: {@code file:line:column: found X, expected Y}. Checked,
 * because a wrong file is an everyday event that every caller has an answer to. Line and column count from 1.
 */
public final class ConfigException extends Exception {
    private static final long serialVersionUID = 1L;
    private static final int MOST_QUOTED = 60;

    private final String file;
    private final int line;
    private final int column;

    ConfigException(String file, int line, int column, String found, String expected, @Nullable Throwable cause) {
        super(oneLine(file + ":" + line + ":" + column + ": found " + found + ", expected " + expected), cause);
        this.file = file;
        this.line = line;
        this.column = column;
    }

    /** The file as it was named by the caller. */
    public String file() {
        return file;
    }

    /** Line of the finding, from 1. */
    public int line() {
        return line;
    }

    /** Column of the finding, from 1. */
    public int column() {
        return column;
    }

    /** The text in quotes, cut when long and without line breaks. */
    static String quoted(String text) {
        String cut = text.length() > MOST_QUOTED ? text.substring(0, MOST_QUOTED) + "…" : text;
        return '"' + oneLine(cut) + '"';
    }

    private static String oneLine(String text) {
        StringBuilder line = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            line.append(c < ' ' || c == '\u007f' ? ' ' : c);
        }
        return line.toString();
    }
}
