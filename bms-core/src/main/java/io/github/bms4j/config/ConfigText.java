package io.github.bms4j.config;

import java.io.IOException;
import java.io.Reader;
import java.nio.charset.CharacterCodingException;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.ReaderException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Node;

/** From characters to the node tree; every complaint of the YAML parser becomes one line. */
final class ConfigText {
    private static final int MOST_CHARACTERS = 8_000_000;
    private static final int MOST_DEPTH = 32;
    private static final Pattern EXPECTED_BUT = Pattern.compile("expected (.*), but (?:got|found) (.*)");

    private ConfigText() {}

    static ConfigNode parse(String file, Reader reader) throws IOException, ConfigException {
        String text = readAll(file, reader);
        LoadSettings settings = LoadSettings.builder()
                .setLabel(file)
                .setCodePointLimit(MOST_CHARACTERS)
                .setAllowNonScalarKeys(true) // refused by ConfigNode, with their position
                .build();
        try {
            checkShape(file, new Parse(settings).parseString(text));
            Optional<Node> root = new Compose(settings).composeString(text);
            return new ConfigNode(
                    file,
                    root.orElseThrow(() -> new ConfigException(file, 1, 1, "nothing", "a YAML or JSON document", null)),
                    "the file");
        } catch (MarkedYamlEngineException e) {
            throw syntax(file, e);
        } catch (ReaderException e) {
            throw badCharacter(file, text, e);
        } catch (YamlEngineException e) {
            throw new ConfigException(file, 1, 1, String.valueOf(e.getMessage()), "YAML 1.2 or JSON", e);
        }
    }

    /** The parser says "found X", "expected Y, but got X" or just what is wrong; a finding says found and expected. */
    private static ConfigException syntax(String file, MarkedYamlEngineException e) {
        String problem = e.getProblem();
        Matcher both = EXPECTED_BUT.matcher(problem);
        boolean hasBoth = both.matches();
        String found = hasBoth ? both.group(2) : problem.replaceFirst("^found ", "");
        String expected = hasBoth ? both.group(1) : "YAML 1.2 or JSON";
        return at(file, e.getProblemMark().or(e::getContextMark), found, expected, e);
    }

    private static ConfigException at(
            String file, Optional<Mark> mark, String found, String expected, @Nullable Throwable cause) {
        int line = mark.map(Mark::getLine).orElse(0) + 1;
        int column = mark.map(Mark::getColumn).orElse(0) + 1;
        return new ConfigException(file, line, column, found, expected, cause);
    }

    /**
     * One document, not nested too deeply: the tree is built by recursion, which a file of brackets would send into a
     * stack overflow. The events come without recursion.
     */
    private static void checkShape(String file, Iterable<Event> events) throws ConfigException {
        int depth = 0;
        int documents = 0;
        for (Event event : events) {
            switch (event.getEventId()) {
                case DocumentStart -> documents++;
                case MappingStart, SequenceStart -> depth++;
                case MappingEnd, SequenceEnd -> depth--;
                default -> {}
            }
            if (documents > 1) {
                throw at(file, event.getStartMark(), "a second document", "one document", null);
            }
            if (depth > MOST_DEPTH) {
                throw at(file, event.getStartMark(), "more than " + MOST_DEPTH + " levels", "a flatter file", null);
            }
        }
    }

    private static String readAll(String file, Reader reader) throws IOException, ConfigException {
        StringBuilder text = new StringBuilder();
        char[] buffer = new char[8192];
        try {
            for (int n = reader.read(buffer); n >= 0; n = reader.read(buffer)) {
                text.append(buffer, 0, n);
                if (text.length() > MOST_CHARACTERS) {
                    throw new ConfigException(
                            file, 1, 1, "more than " + MOST_CHARACTERS + " characters", "a smaller file", null);
                }
            }
        } catch (CharacterCodingException e) {
            throw new ConfigException(file, 1, 1, "bytes that are not UTF-8", "UTF-8 text", e);
        }
        return text.toString();
    }

    private static ConfigException badCharacter(String file, String text, ReaderException e) {
        int line = 1;
        int column = 1;
        int end = Math.min(text.length(), e.getPosition());
        for (int i = 0; i < end; i++) {
            boolean newLine = text.charAt(i) == '\n';
            line += newLine ? 1 : 0;
            column = newLine ? 1 : column + 1;
        }
        String found = String.format(Locale.ROOT, "the control character U+%04X", e.getCodePoint());
        return new ConfigException(file, line, column, found, "printable text", e);
    }
}
