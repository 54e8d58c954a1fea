package io.github.bms4j.can.gbt27930;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The messages of a recorded session, against values that another program decoded. */
class RecordedMessagesTest {

    static List<String> lines(String name) {
        try (InputStream in = Objects.requireNonNull(RecordedMessagesTest.class.getResourceAsStream(name))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static List<String> messages() {
        return lines("recorded-messages.txt");
    }

    @ParameterizedTest
    @MethodSource("messages")
    void decodesToTheValuesAndEncodesBackToTheBytes(String line) {
        String[] parts = line.split(" ", -1);
        GbtMessage message = GbtMessage.valueOf(parts[0]);
        byte[] bytes = HexFormat.of().parseHex(parts[1]);
        GbtBody received = new GbtBody(message);
        GbtBody built = new GbtBody(message);
        Set<GbtField> stated = new HashSet<>();

        assertTrue(received.load(bytes, bytes.length));
        for (int i = 2; i < parts.length; i++) {
            GbtField field = GbtField.valueOf(message + "_" + parts[i].substring(0, parts[i].indexOf('=')));
            String value = parts[i].substring(parts[i].indexOf('=') + 1);
            stated.add(field);
            switch (field.kind()) {
                case NUMBER -> {
                    assertEquals(Double.parseDouble(value), received.get(field), field.name());
                    built.set(field, Double.parseDouble(value));
                }
                case FLAG -> {
                    assertEquals(GbtFlag.valueOf(value), received.flag(field), field.name());
                    built.set(field, GbtFlag.valueOf(value));
                }
                case CODE -> {
                    assertEquals(Integer.decode(value), received.raw(field), field.name());
                    built.setRaw(field, Integer.decode(value));
                }
                case TEXT -> {
                    assertEquals(value.replace("\"", ""), received.text(field), field.name());
                    built.set(field, value.replace("\"", ""));
                }
            }
        }

        assertEquals(Set.copyOf(GbtField.of(message)), stated, "every field is stated");
        assertEquals(parts[1], GbtBodyTest.hex(built));
    }

    @Test
    void holdsAllMessagesOfTheSession() {
        assertEquals(58, messages().size());
    }
}
