package io.github.bms4j.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What the README shows as code is code that the build runs. */
class ReadmeTest {
    private static final Path ROOT = Path.of("..");

    @Test
    void itsFirstJavaIsTheMethodOfUnitTestExample() throws IOException {
        String source = read(ROOT.resolve("examples/src/test/java/io/github/bms4j/examples/UnitTestExample.java"));
        String shown = found(read(ROOT.resolve("README.md")), "```java\n(.*?)\n```");
        String run =
                found(source, "    // tag::readme\n(.*?)\n    // end::readme").stripIndent();
        assertEquals(run, shown);
    }

    private static String read(Path file) throws IOException {
        return Files.readString(file, StandardCharsets.UTF_8);
    }

    private static String found(String text, String pattern) {
        Matcher matcher = Pattern.compile(pattern, Pattern.DOTALL).matcher(text);
        assertTrue(matcher.find(), pattern);
        return matcher.group(1);
    }
}
