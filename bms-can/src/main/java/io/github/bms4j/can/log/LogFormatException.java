package io.github.bms4j.can.log;

import java.io.IOException;

/** A line of a log that is not what its format allows: where it is, what it says, what was expected. */
public final class LogFormatException extends IOException {
    private static final long serialVersionUID = 1L;

    private final String file;
    private final long line;
    private final String text;

    LogFormatException(String file, long line, String text, String expected) {
        super(file + ":" + line + ": expected " + expected + " but the line is \"" + text + "\"");
        this.file = file;
        this.line = line;
        this.text = text;
    }

    /** The log's name as given to the reader. */
    public String file() {
        return file;
    }

    /** Line number, from 1. */
    public long line() {
        return line;
    }

    /** The offending line, cut after 200 bytes. */
    public String text() {
        return text;
    }
}
