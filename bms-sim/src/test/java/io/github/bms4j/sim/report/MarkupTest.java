package io.github.bms4j.sim.report;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MarkupTest {
    private static String text(String text) {
        return new Markup().text(text).toString();
    }

    private static String json(String text) {
        return new Markup().jsonString(text).toString();
    }

    @Test
    void escapesWhatMarkupMeansSomething() {
        assertEquals("&lt;b a=&quot;1&quot; c=&#39;2&#39;&gt; &amp;amp;", text("<b a=\"1\" c='2'> &amp;"));
        assertEquals("±3σ · 25 °C\n\t😀", text("±3σ · 25 °C\n\t😀"));
    }

    @Test
    void replacesWhatNoPageMayContain() {
        assertEquals("a\uFFFDb\uFFFDc\uFFFD", text("a\u0000b\u001Bc\u007F"));
        assertEquals("\uFFFD \uFFFD\uFFFD", text("\u0085 \uFFFE\uFFFF"));
        assertEquals("\uFFFDx", text("\uD83Dx"), "half a pair");
        assertEquals("\uFFFD", text("\uD83D"), "half a pair at the end");
        assertEquals("\uFFFD", text("\uDE00"), "the other half alone");
        assertEquals("x\uFFFD", text("x\uDE00"));
        assertEquals("\u00A0", text("\u00A0"));
    }

    @Test
    void jsonCannotEndItsScriptElement() {
        assertEquals("\"\\u003c/script\\u003e\\u003c!--\\u0026\"", json("</script><!--&"));
        assertEquals("\"\\u2028\\u2029\\u000a\\u0000\\u001f\"", json("\u2028\u2029\n\u0000\u001f"));
        assertEquals("\"\\\"\\\\ 'ä 😀\"", json("\"\\ 'ä 😀"));
        assertEquals("\"\uFFFD\"", json("\uD83D"));
    }

    @ParameterizedTest(name = "{0} with {1} decimals is {2}")
    @CsvSource({
        "1.5, 3, 1.5",
        "1.0, 3, 1",
        "100, 0, 100",
        "-0.0004, 3, 0",
        "-0.25, 1, -0.3",
        "1200.0, 2, 1200",
        "NaN, 2, null",
        "Infinity, 2, null",
        "-Infinity, 2, null",
    })
    void writesShortNumbers(double value, int decimals, String json) {
        assertEquals(json, new Markup().jsonNumber(value, decimals).toString());
    }

    @ParameterizedTest(name = "{0} is {1}")
    @CsvSource({"0, 0", "999, 999", "1000, 1_000", "12402, 12_402", "1234567, 1_234_567", "-100, -100", "-1000, -1_000"
    })
    void groupsDigitsByThree(long value, String text) {
        assertEquals(text.replace('_', '\u202F'), Markup.grouped(value));
    }

    @Test
    void encodesAsUtf8() {
        assertArrayEquals(
                new byte[] {(byte) 0xC2, (byte) 0xB1}, new Markup().text("±").utf8());
    }
}
