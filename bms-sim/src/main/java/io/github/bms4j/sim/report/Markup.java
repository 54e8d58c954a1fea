package io.github.bms4j.sim.report;

import io.github.bms4j.sim.trace.FixedDecimal;
import java.nio.charset.StandardCharsets;

/**
 * The page while it grows: raw markup, escaped text, and JSON that may stand inside a script element.
 *
 * <p>Text from outside enters only through {@link #text} and {@link #jsonString}. What no HTML document may contain
 * (control characters, halves of surrogate pairs) becomes U+FFFD.
 */
final class Markup {
    private static final char REPLACEMENT = '\uFFFD';
    private static final char NARROW_SPACE = '\u202F';

    private final StringBuilder out = new StringBuilder(1 << 16);
    private final byte[] digits = new byte[FixedDecimal.MAX_BYTES];

    Markup raw(String markup) {
        out.append(markup);
        return this;
    }

    /** Text of an element or a quoted attribute. */
    Markup text(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '&' -> out.append("&amp;");
                case '<' -> out.append("&lt;");
                case '>' -> out.append("&gt;");
                case '"' -> out.append("&quot;");
                case '\'' -> out.append("&#39;");
                default -> out.append(allowed(text, i) ? c : REPLACEMENT);
            }
        }
        return this;
    }

    /** A JSON string in its quotes; nothing in it can end the script element or be read as markup. */
    Markup jsonString(String text) {
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                out.append('\\').append(c);
            } else if (c < ' ' || c == '<' || c == '>' || c == '&' || c == '\u2028' || c == '\u2029') {
                out.append("\\u");
                for (int shift = 12; shift >= 0; shift -= 4) {
                    out.append("0123456789abcdef".charAt(c >> shift & 0xF));
                }
            } else {
                out.append(allowed(text, i) ? c : REPLACEMENT);
            }
        }
        out.append('"');
        return this;
    }

    /** A JSON number of at most so many decimals, without trailing zeros; {@code null} if it is not finite. */
    Markup jsonNumber(double value, int decimals) {
        return Double.isFinite(value) ? number(value, decimals) : raw("null");
    }

    /** A finite number of at most so many decimals, without trailing zeros. */
    Markup number(double value, int decimals) {
        int end = FixedDecimal.put(digits, 0, value, decimals);
        if (decimals > 0) {
            while (digits[end - 1] == '0') {
                end--;
            }
            if (digits[end - 1] == '.') {
                end--;
            }
        }
        for (int i = 0; i < end; i++) {
            out.append((char) digits[i]);
        }
        return this;
    }

    /** A whole number with narrow spaces between groups of three digits. */
    static String grouped(long value) {
        StringBuilder text = new StringBuilder(Long.toString(value));
        for (int i = text.length() - 3; i > (value < 0 ? 1 : 0); i -= 3) {
            text.insert(i, NARROW_SPACE);
        }
        return text.toString();
    }

    byte[] utf8() {
        return out.toString().getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public String toString() {
        return out.toString();
    }

    private static boolean allowed(String text, int i) {
        char c = text.charAt(i);
        if (Character.isHighSurrogate(c)) {
            return i + 1 < text.length() && Character.isLowSurrogate(text.charAt(i + 1));
        }
        if (Character.isLowSurrogate(c)) {
            return i > 0 && Character.isHighSurrogate(text.charAt(i - 1));
        }
        return c >= ' ' ? c != 0x7F && (c < 0x80 || c >= 0xA0) && c < 0xFFFE : c == '\n' || c == '\t';
    }
}
