package io.github.bms4j.journal;

import java.util.Locale;

/** Writes one JSON object, member by member; what is not finite is null. */
final class JsonWriter {
    private final StringBuilder to = new StringBuilder("{");
    private boolean first = true;

    JsonWriter object(String name) {
        name(name).append('{');
        first = true;
        return this;
    }

    JsonWriter array(String name) {
        name(name).append('[');
        first = true;
        return this;
    }

    /** An object that is an element of an array. */
    JsonWriter element() {
        comma().append('{');
        first = true;
        return this;
    }

    JsonWriter row(double[] values) {
        comma().append('[');
        for (int i = 0; i < values.length; i++) {
            to.append(i == 0 ? "" : ",").append(text(values[i]));
        }
        to.append(']');
        return this;
    }

    JsonWriter number(String name, double value) {
        name(name).append(text(value));
        return this;
    }

    JsonWriter count(String name, long value) {
        name(name).append(value);
        return this;
    }

    JsonWriter text(String name, String value) {
        name(name).append(quoted(value));
        return this;
    }

    JsonWriter nothing(String name) {
        name(name).append("null");
        return this;
    }

    JsonWriter endObject() {
        to.append('}');
        first = false;
        return this;
    }

    JsonWriter endArray() {
        to.append(']');
        first = false;
        return this;
    }

    private StringBuilder name(String name) {
        return comma().append(quoted(name)).append(':');
    }

    private StringBuilder comma() {
        if (!first) {
            to.append(',');
        }
        first = false;
        return to;
    }

    private static String text(double value) {
        return Double.isFinite(value) ? String.format(Locale.ROOT, "%.4f", value) : "null";
    }

    private static String quoted(String text) {
        StringBuilder q = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                q.append('\\').append(c);
            } else if (c < ' ') {
                q.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
            } else {
                q.append(c);
            }
        }
        return q.append('"').toString();
    }

    @Override
    public String toString() {
        return to + "}";
    }
}
