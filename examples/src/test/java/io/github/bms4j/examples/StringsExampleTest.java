package io.github.bms4j.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class StringsExampleTest {
    /** A change of this text is a change of what users see: look at it, then take it over. */
    @Test
    void printsWhatItsCommentPromises() throws IOException {
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        StringsExample.run(new PrintStream(printed, true, StandardCharsets.UTF_8));
        try (InputStream golden = StringsExampleTest.class.getResourceAsStream("strings.txt")) {
            String expected = new String(Objects.requireNonNull(golden).readAllBytes(), StandardCharsets.UTF_8);
            assertEquals(expected, printed.toString(StandardCharsets.UTF_8).replace(System.lineSeparator(), "\n"));
        }
    }
}
