package io.github.bms4j.config;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfigNodeTest {
    private static ConfigNode parse(String text) throws IOException, ConfigException {
        return ConfigNode.parse("f.yaml", new StringReader(text));
    }

    private static String finding(Executable reading) {
        String message =
                String.valueOf(assertThrows(ConfigException.class, reading).getMessage());
        assertEquals(1, message.lines().count(), message);
        return message;
    }

    @ParameterizedTest(name = "{0} is the number {1}")
    @CsvSource({
        "1, 1",
        "-1, -1",
        "+1.5, 1.5",
        "1e-5, 1e-5",
        "2.5E+3, 2500",
        ".5, 0.5",
        "1., 1",
        "0, 0",
        "-0.0, -0.0",
        "007, 7"
    })
    void readsDecimalNumbers(String text, double value) throws Exception {
        assertTrue(parse("x: " + text).get("x").isNumber());
        assertEquals(value, parse("x: " + text).get("x").number());
        assertEquals(value, parse("{\"x\": " + text + "}").get("x").number());
        assertEquals(
                "f.yaml:1:4: found " + text + ", expected a text for x",
                finding(() -> parse("x: " + text).get("x").text()));
    }

    @ParameterizedTest(name = "{0} is no number")
    @CsvSource(
            delimiter = '|',
            value = {
                ".nan   | .nan", "-.inf  | -.inf", "NaN    | NaN", "Infinity | Infinity",
                "1e400  | \"1e400\"", "0x10   | \"0x10\"", "1_000  | \"1_000\"", "1,5    | \"1,5\"",
                "true   | true", "null   | null", "~      | ~", "\"1\"  | the text \"1\"",
                "''     | nothing"
            })
    void refusesWhatIsNoFiniteNumber(String text, String found) throws Exception {
        assertFalse(parse("x: " + text).get("x").isNumber());
        assertEquals(
                "f.yaml:1:" + (text.isEmpty() ? 3 : 4) + ": found " + found + ", expected a finite number for x",
                finding(() -> parse("x: " + text).get("x").number()));
    }

    @Test
    void boundsNumbers() throws Exception {
        ConfigNode x = parse("x: 3").get("x");
        assertEquals(3.0, x.number(3.0, 3.0));
        assertEquals(3, x.whole(3, 3));
        assertEquals("f.yaml:1:4: found 3, expected x within [4.0, 5.0]", finding(() -> x.number(4.0, 5.0)));
        assertEquals("f.yaml:1:4: found 3, expected x within [1.0, 2.0]", finding(() -> x.number(1.0, 2.0)));
        assertEquals("f.yaml:1:4: found 3, expected a whole number within [4, 9] for x", finding(() -> x.whole(4, 9)));
        assertEquals("f.yaml:1:4: found 3, expected a whole number within [0, 2] for x", finding(() -> x.whole(0, 2)));
        assertEquals(-7, parse("x: -7.0").get("x").whole(-10, 0));
    }

    @Test
    void readsTextQuotedOrPlain() throws Exception {
        assertEquals("hello world", parse("x: hello world").get("x").text());
        assertEquals("12", parse("x: '12'").get("x").text());
        assertEquals("true", parse("x: \"true\"").get("x").text());
        assertEquals("a/b", parse("{\"x\":\"a\\/b\"}").get("x").text());
        assertEquals("two lines", parse("x: >-\n  two\n  lines\n").get("x").text());
        assertEquals(
                "f.yaml:1:4: found false, expected a text for x",
                finding(() -> parse("x: false").get("x").text()));
        assertEquals(
                "f.yaml:1:4: found a list, expected a text for x",
                finding(() -> parse("x: [1]").get("x").text()));
    }

    @Test
    void readsListsAndRows() throws Exception {
        ConfigNode root = parse("a: [1, 2.5]\nb:\n  - [1, 2]\n  - [3, 4]\nc: []\n");
        assertArrayEquals(new double[] {1.0, 2.5}, root.get("a").numbers());
        assertArrayEquals(new double[][] {{1.0, 2.0}, {3.0, 4.0}}, root.get("b").rows());
        assertEquals(0, root.get("c").numbers().length);
        assertTrue(root.get("a").isList());
        assertFalse(root.get("a").isMap());
        assertTrue(root.isMap());
        assertFalse(root.isList());
        assertEquals(List.of("a", "b", "c"), root.keys());
        assertEquals(
                "f.yaml:3:5: found a list, expected a finite number for b[0]",
                finding(() -> root.get("b").numbers()));
        assertEquals(
                "f.yaml:1:5: found 1, expected a list for a[0]",
                finding(() -> root.get("a").rows()));
        assertEquals("f.yaml:1:1: found a map, expected a list for the file", finding(root::items));
        assertEquals(
                "f.yaml:1:4: found a list, expected a map for a",
                finding(() -> root.get("a").keys()));
    }

    @Test
    void tellsAMissingKeyFromAnOptionalOne() throws Exception {
        ConfigNode root = parse("a:\n  b: 1\n");
        assertTrue(root.get("a").optional("c").isEmpty());
        assertEquals(1.0, root.get("a").optional("b").orElseThrow().number());
        assertEquals(
                "f.yaml:2:3: found no \"c\" in a, expected the key \"c\"",
                finding(() -> root.get("a").get("c")));
    }

    @Test
    void givesItsOwnFindings() throws Exception {
        ConfigNode x = parse("\n\n  x: 3").get("x");
        ConfigException e = x.finding("three", "four");
        assertEquals("f.yaml:3:6: found three, expected four", e.getMessage());
        assertEquals("f.yaml:3:6: found a b, expected c", x.finding("a\nb", "c").getMessage());
        assertEquals("f.yaml:3:8: found a, expected b", x.findingAt(2, "a", "b").getMessage());
        assertEquals(
                "f.yaml:1:7: found a, expected b",
                parse("x: 'abc'").get("x").findingAt(2, "a", "b").getMessage());
    }

    @Test
    void keepsTheCauseOfWhatCouldNotBeMade() throws Exception {
        ConfigNode x = parse("x: 3").get("x");
        assertEquals("made", x.make("something", () -> "made"));
        ConfigException e = assertThrows(
                ConfigException.class,
                () -> x.make("a sound thing", () -> {
                    throw new IllegalArgumentException("it is unsound");
                }));
        assertEquals("f.yaml:1:4: found it is unsound, expected a sound thing", e.getMessage());
        assertNotNull(e.getCause());
    }

    @ParameterizedTest(name = "{1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "'a: [1, 2'       | 1:9: found <stream end>, expected ',' or ']'",
                "'{\"a\": 1,, }'  | 1:9: found ',', expected the node content",
                "'a: \"open'      | 1:9: found unexpected end of stream, expected YAML 1.2 or JSON",
                "'a: *none'       | 1:4: found undefined alias none, expected YAML 1.2 or JSON",
                "'a: 1\n\tb: 2'   | 2:1: found character '\\t(TAB)' that cannot start any token. (Do not use \\t(TAB) for indentation), expected YAML 1.2 or JSON",
                "'a: 1\n---\nb: 2' | 2:1: found a second document, expected one document",
                "'%YAML 3.0\n--- a' | 1:1: found Version{major=3, minor=0}, expected YAML 1.2 or JSON",
                "''               | 1:1: found nothing, expected a YAML or JSON document",
                "'# only a note'  | 1:1: found nothing, expected a YAML or JSON document",
                "'a: 1\nbc: \u0001x' | 2:5: found the control character U+0001, expected printable text"
            })
    void turnsSyntaxErrorsIntoOneLine(String text, String expected) {
        assertEquals("f.yaml:" + expected, finding(() -> parse(text)));
    }

    @Test
    void refusesKeysThatAreNoWords() {
        assertEquals(
                "f.yaml:1:3: found a key that is a list or a map, expected a plain key",
                finding(() -> parse("? [a]\n: 1\n").keys()));
    }

    @Test
    void refusesDepthInsteadOfOverflowing() throws Exception {
        assertTrue(parse("[".repeat(32) + "]".repeat(32)).isList());
        assertEquals(
                "f.yaml:1:33: found more than 32 levels, expected a flatter file",
                finding(() -> parse("[".repeat(1000))));
        assertEquals(
                "f.yaml:1:65: found more than 32 levels, expected a flatter file",
                finding(() -> parse("- ".repeat(1000) + "x")));
    }

    @Test
    void refusesATextTooLargeToBeACell() {
        Reader endless = new Reader() {
            @Override
            public int read(char[] buffer, int offset, int length) {
                Arrays.fill(buffer, offset, offset + length, '#');
                return length;
            }

            @Override
            public void close() {}
        };
        assertEquals(
                "f.yaml:1:1: found more than 8000000 characters, expected a smaller file",
                finding(() -> ConfigNode.parse("f.yaml", endless)));
    }

    @Test
    void cutsWhatItQuotes() {
        assertEquals(
                "f.yaml:1:4: found \"" + "y".repeat(60) + "…\", expected a finite number for x",
                finding(() -> parse("x: " + "y".repeat(500)).get("x").number()));
    }

    @Test
    void listsTheConstantsItKnows() throws Exception {
        assertEquals(Thread.State.NEW, parse("x: NEW").get("x").constant(Thread.State.class));
        assertEquals(
                "f.yaml:1:4: found 3, expected one of NEW, RUNNABLE, BLOCKED, WAITING, TIMED_WAITING, TERMINATED for x",
                finding(() -> parse("x: 3").get("x").constant(Thread.State.class)));
    }
}
