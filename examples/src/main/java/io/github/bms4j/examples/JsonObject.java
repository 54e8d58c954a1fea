package io.github.bms4j.examples;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** One JSON object on one line, its fields in the order they were added; what is not finite is null. */
final class JsonObject {
    private final List<String> fields = new ArrayList<>();

    JsonObject text(String name, String value) {
        return raw(name, quoted(value));
    }

    JsonObject count(String name, long value) {
        return raw(name, Long.toString(value));
    }

    JsonObject number(String name, double value) {
        return raw(name, Double.isFinite(value) ? String.format(Locale.ROOT, "%.6f", value) : "null");
    }

    JsonObject texts(String name, List<String> values) {
        return raw(
                name,
                "[" + String.join(",", values.stream().map(JsonObject::quoted).toList()) + "]");
    }

    JsonObject object(String name, JsonObject value) {
        return raw(name, value.toString());
    }

    JsonObject objects(String name, List<JsonObject> values) {
        return raw(
                name,
                "[" + String.join(",", values.stream().map(JsonObject::toString).toList()) + "]");
    }

    private JsonObject raw(String name, String value) {
        fields.add(quoted(name) + ":" + value);
        return this;
    }

    private static String quoted(String text) {
        StringBuilder to = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                to.append('\\').append(c);
            } else if (c < ' ') {
                to.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
            } else {
                to.append(c);
            }
        }
        return to.append('"').toString();
    }

    @Override
    public String toString() {
        return "{" + String.join(",", fields) + "}";
    }
}
