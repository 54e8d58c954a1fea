package io.github.bms4j.sim.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xml.sax.InputSource;

class SequenceChartTest {
    private static final Pattern TAG = Pattern.compile("<text[^>]*>(.*?)</text>");

    private static SequenceChart chart() {
        return new SequenceChart("Session", "Vehicle", "Station");
    }

    private static String markup(SequenceChart chart) {
        Markup page = new Markup();
        chart.appendTo(page);
        return page.toString();
    }

    /** The drawn texts from top to bottom, tags dropped; the two peers come first. */
    private static List<String> texts(SequenceChart chart) {
        List<String> texts = new ArrayList<>();
        Matcher matcher = TAG.matcher(markup(chart));
        while (matcher.find()) {
            texts.add(matcher.group(1).replaceAll("<[^>]+>", "|").replace("||", "|"));
        }
        return texts;
    }

    @Test
    void drawsMessagesInTheOrderOfTimeBetweenTwoPeers() {
        SequenceChart chart = chart().message(2.0, false, "CRM", "0x00")
                .remark(0.5, "plugged in")
                .message(1.0, true, "BHM", "");
        assertEquals(
                List.of(
                        "Vehicle",
                        "Station",
                        "plugged in",
                        "0:00.500",
                        "|BHM|",
                        "0:01.000",
                        "|CRM|",
                        "0:02.000",
                        "0x00"),
                texts(chart));
        String markup = markup(chart);
        assertTrue(markup.indexOf("from-left") < markup.indexOf("from-right"));
        assertTrue(markup.contains("aria-label=\"Session\"") && markup.contains("<h3>Session</h3>"));
    }

    @Test
    void drawsExactlyThis() throws IOException {
        SequenceChart chart = chart().remark(0, "plugged in")
                .message(1, true, "BHM", "438.0 V")
                .run(2, false, "CRM", "", 4, 250)
                .run(3, true, "BRM", "word ".repeat(20), 2, 500);
        try (InputStream in = SequenceChartTest.class.getResourceAsStream("sequence.svg.txt")) {
            assertEquals(new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8), markup(chart));
        }
    }

    @Test
    void interleavedPeriodicMessagesBecomeOneArrowEach() {
        SequenceChart chart = chart();
        for (int i = 0; i < 12_402; i++) {
            chart.message(10.0 + i * 0.05, true, "BCL", "");
            if (i % 5 == 0) {
                chart.message(10.01 + i * 0.05, false, "CCS", "");
            }
        }
        assertEquals(
                List.of(
                        "Vehicle",
                        "Station",
                        "|BCL|×12\u202F402 every 50 ms until 10:30.050|",
                        "0:10.000",
                        "|CCS|×2\u202F481 every 250 ms until 10:30.010|",
                        "0:10.010"),
                texts(chart));
        assertTrue(markup(chart).contains("class=\"echo\""));
        assertFalse(markup(chart().message(1, true, "BCL", "")).contains("class=\"echo\""));
    }

    @Test
    void aPauseADetailOrTheOtherSenderBeginsANewRun() {
        SequenceChart chart = chart().message(0.0, true, "A", "x")
                .message(2.5, true, "A", "x")
                .message(5.001, true, "A", "x")
                .message(5.1, true, "A", "y")
                .message(5.2, false, "A", "y")
                .message(4.9, true, "A", "x");
        assertEquals(
                List.of("|A|×2 every 2.5 s until 0:02.500|", "|A|", "|A|", "|A|", "|A|"),
                texts(chart).stream().filter(t -> t.startsWith("|A|")).toList());
    }

    @Test
    void acceptsRunsCountedElsewhere() {
        SequenceChart chart = chart().run(1.0, true, "A", "", 3, 1000.0)
                .run(2.0, true, "B", "", 1234, Double.NaN)
                .run(3.0, true, "C", "", 1, 50.0)
                .run(4.0, true, "D", "", 2, 0.0);
        assertEquals(
                List.of("|A|×3 every 1 s until 0:03.000|", "|B|×1\u202F234|", "|C|", "|D|×2|"),
                texts(chart).stream().filter(t -> t.startsWith("|")).toList());
    }

    @Test
    void escapesAndStaysWellFormed() throws Exception {
        SequenceChart chart = new SequenceChart("<&>", "\"L\"", "'R'")
                .message(1, true, "</svg>", "a & b < c " + "word ".repeat(40))
                .message(1.1, true, "</svg>", "")
                .remark(2, "<script>");
        String markup = markup(chart);
        assertFalse(markup.contains("<script") || markup.contains("</svg></tspan>"));
        var document = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new InputSource(new StringReader(markup)));
        assertEquals("section", document.getDocumentElement().getTagName());
    }

    @Test
    void leavesOutTheMiddleOfAVeryLongSession() {
        SequenceChart chart = chart();
        for (int i = 0; i < 2000; i++) {
            chart.message(i * 10.0, i % 2 == 0, "M" + i, "");
        }
        List<String> texts = texts(chart);
        assertEquals(2 + 1 + 2 * SequenceChart.MOST_ROWS, texts.size());
        int gap = texts.indexOf("… 1\u202F700 more …");
        assertEquals("|M149|", texts.get(gap - 2));
        assertEquals("|M1850|", texts.get(gap + 1));
        assertEquals("|M1999|", texts.get(texts.size() - 2));
    }

    @ParameterizedTest(name = "{0} s is {1}")
    @CsvSource({
        "0, 0:00.000",
        "-0.0001, 0:00.000",
        "9.9996, 0:10.000",
        "61.25, 1:01.250",
        "3599.9999, 1:00:00.000",
        "36061.007, 10:01:01.007",
        "-1.5, −0:01.500"
    })
    void writesTimes(double timeS, String text) {
        assertEquals(text, SequenceSvg.clock(timeS));
    }

    @Test
    void breaksLongDetailsAtSpacesAndCutsWhatIsTooLong() {
        assertEquals(List.of(), SequenceSvg.lines("  "));
        assertEquals(List.of("a b"), SequenceSvg.lines(" a b "));
        assertEquals(List.of("x".repeat(78)), SequenceSvg.lines("x".repeat(78)));
        assertEquals(List.of("x".repeat(78), "x"), SequenceSvg.lines("x".repeat(79)));
        assertEquals(List.of("a".repeat(70), "b".repeat(20)), SequenceSvg.lines("a".repeat(70) + " " + "b".repeat(20)));
        List<String> cut = SequenceSvg.lines("y".repeat(1000));
        assertEquals(4, cut.size());
        assertEquals("y".repeat(77) + "…", cut.get(3));
        assertEquals("z".repeat(77), SequenceSvg.lines("z".repeat(77) + "😀").get(0), "no pair is torn");
    }

    @Test
    void refusesWhatIsNoMessage() {
        assertThrows(IllegalArgumentException.class, () -> chart().message(Double.NaN, true, "A", ""));
        assertThrows(IllegalArgumentException.class, () -> chart().remark(Double.NaN, "A"));
        assertThrows(IllegalArgumentException.class, () -> chart().run(Double.NaN, true, "A", "", 1, 50));
        Exception e = assertThrows(IllegalArgumentException.class, () -> chart().run(0, true, "BCL", "", 0, 50));
        assertTrue(e.toString().contains("BCL"), e.toString());
        assertThrows(IllegalArgumentException.class, () -> chart().run(0, true, "A", "", 1, -1));
    }
}
