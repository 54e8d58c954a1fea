package io.github.bms4j.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.bms4j.protect.Fault;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FaultMatrixExampleTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    private int run(String... args) {
        return FaultMatrixExample.run(
                args,
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8));
    }

    @Test
    void printsTheTableTheMatrixAndTheHours() {
        assertEquals(0, run("0.5"));
        String text = out.toString(StandardCharsets.UTF_8);
        for (Fault f : Fault.values()) {
            assertTrue(text.split(f.dtcText(), -1).length >= 3, f.dtcText() + " stands in both tables");
        }
        assertTrue(
                text.contains("\n94 of 94 detected within budget with their reaction\n0 trips in 1 h of driving"),
                text);
        assertEquals("", err.toString(StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "many", "NaN", "1e9"})
    void refusesHoursThatAreNone(String hours) {
        assertEquals(2, run(hours));
        assertEquals(
                "fault-matrix: found '" + hours + "', expected at most one number of hours, 0...100000",
                err.toString(StandardCharsets.UTF_8).strip());
    }

    @Test
    void refusesASecondArgument() {
        assertEquals(2, run("1", "2"));
    }
}
