package io.github.bms4j.config;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A file that says something else than was expected.
 *
 * <p>The message is exactly one line, ready for a terminal: {@code file:line:column: found X, expected Y}. Of a cell file it names all
 * findings, separated by {@code ; }, each with its line and column. Checked,
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

    private ConfigException(List<ConfigException> findings, String message) {
        super(message, findings.get(0).getCause());
        ConfigException first = findings.get(0);
        file = first.file;
        line = first.line;
        column = first.column;
        findings.stream().skip(1).forEach(this::addSuppressed);
    }

    /** All findings of one file as one: the place is that of the first, the text names every one with its own. */
    static ConfigException all(List<ConfigException> findings) {
        if (findings.size() == 1) {
            return findings.get(0);
        }
        StringBuilder text = new StringBuilder();
        for (ConfigException finding : findings) {
            String message = String.valueOf(finding.getMessage());
            text.append(text.length() == 0 ? message : "; " + message.substring(finding.file.length() + 1));
        }
        return new ConfigException(findings, text.toString());
    }

    /** The file as it was named by the caller. */
    public String file() {
        return file;
    }

    /** Line of the first finding, from 1. */
    public int line() {
        return line;
    }

    /** Column of the first finding, from 1. */
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
