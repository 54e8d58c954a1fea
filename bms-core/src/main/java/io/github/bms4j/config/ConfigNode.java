package io.github.bms4j.config;

import java.io.IOException;
import java.io.Reader;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/**
 * One place in a YAML 1.2 or JSON file, read strictly: every disagreement names file, line and column.
 *
 * <p>A reader asks a node for what it expects ({@link #get}, {@link #number}, {@link #text}, {@link #rows}, …) and
 * gets it or a {@link ConfigException}. Numbers are decimal and finite; {@code .nan} and {@code .inf} are refused. A text
 * is anything not readable as a number, {@code true}, {@code false} or {@code null}, or anything in quotes.
 *
 * <pre>
 * ConfigNode root = ConfigNode.parse("pack.yaml", reader);
 * root.rejectUnknown("series", "name");
 * int series = root.get("series").whole(1, 1000);
 * </pre>
 *
 * <p>Thread: any, immutable. Allocates freely: for start-up only.
 */
public final class ConfigNode {
    private static final Pattern NUMBER = Pattern.compile("[-+]?(\\d+(\\.\\d*)?|\\.\\d+)([eE][-+]?\\d+)?");
    private static final Set<String> NOT_TEXT =
            Set.of("", "~", "null", "Null", "NULL", "true", "True", "TRUE", "false", "False", "FALSE");
    private static final Pattern NOT_FINITE = Pattern.compile("[-+]?\\.(inf|Inf|INF|nan|NaN|NAN)|[-+]?(Infinity|NaN)");

    private final String file;
    private final Node node;
    /** How messages call this place: its key, or its list's key with an index. */
    private final String name;

    ConfigNode(String file, Node node, String name) {
        this.file = file;
        this.node = node;
        this.name = name;
    }

    /**
     * Reads one YAML or JSON document.
     *
     * @param fileName how messages call the file
     * @param reader the text; read to its end, not closed
     * @throws IOException when the reader fails
     * @throws ConfigException when the text is not one well-formed document
     */
    public static ConfigNode parse(String fileName, Reader reader) throws IOException, ConfigException {
        return ConfigText.parse(fileName, reader);
    }

    /** The value of a key of this map, which must be there. */
    public ConfigNode get(String key) throws ConfigException {
        Node value = entries().get(key);
        if (value == null) {
            throw finding("no \"" + key + "\" in " + name, "the key \"" + key + "\"");
        }
        return new ConfigNode(file, value, key);
    }

    /** The value of a key of this map, if it is there. */
    public Optional<ConfigNode> optional(String key) throws ConfigException {
        Node value = entries().get(key);
        return value == null ? Optional.empty() : Optional.of(new ConfigNode(file, value, key));
    }

    /** The keys of this map in their order. */
    public List<String> keys() throws ConfigException {
        return List.copyOf(entries().keySet());
    }

    /**
     * Refuses any key of this map that is not among the known ones, at the position of the first such key.
     */
    public void rejectUnknown(String... known) throws ConfigException {
        Collection<String> allowed = Arrays.asList(known);
        for (NodeTuple entry : map().getValue()) {
            String key = keyOf(entry);
            if (!allowed.contains(key)) {
                throw at(entry.getKeyNode(), "unknown key " + ConfigException.quoted(key), oneOf(allowed));
            }
        }
    }

    private Map<String, Node> entries() throws ConfigException {
        Map<String, Node> entries = new LinkedHashMap<>();
        for (NodeTuple entry : map().getValue()) {
            String key = keyOf(entry);
            if (entries.putIfAbsent(key, entry.getValueNode()) != null) {
                throw at(entry.getKeyNode(), "a second " + ConfigException.quoted(key), "each key once");
            }
        }
        return entries;
    }

    private MappingNode map() throws ConfigException {
        if (node instanceof MappingNode map) {
            return map;
        }
        throw finding(what(), "a map for " + name);
    }

    private String keyOf(NodeTuple entry) throws ConfigException {
        if (entry.getKeyNode() instanceof ScalarNode key) {
            return key.getValue();
        }
        throw at(entry.getKeyNode(), "a key that is a list or a map", "a plain key");
    }

    /** The entries of this list. */
    public List<ConfigNode> items() throws ConfigException {
        if (!(node instanceof SequenceNode list)) {
            throw finding(what(), "a list for " + name);
        }
        List<ConfigNode> items = new ArrayList<>();
        for (Node item : list.getValue()) {
            items.add(new ConfigNode(file, item, name + "[" + items.size() + "]"));
        }
        return items;
    }

    /** Whether this is a list. */
    public boolean isList() {
        return node instanceof SequenceNode;
    }

    /** Whether this is a map. */
    public boolean isMap() {
        return node instanceof MappingNode;
    }

    /** Whether this is a finite number. */
    public boolean isNumber() {
        return node instanceof ScalarNode scalar
                && scalar.isPlain()
                && NUMBER.matcher(scalar.getValue()).matches()
                && Double.isFinite(Double.parseDouble(scalar.getValue()));
    }

    /** This finite number. */
    public double number() throws ConfigException {
        if (!isNumber()) {
            throw finding(what(), "a finite number for " + name);
        }
        return Double.parseDouble(((ScalarNode) node).getValue());
    }

    /** This number, within [min, max]. */
    public double number(double min, double max) throws ConfigException {
        double value = number();
        if (!(value >= min && value <= max)) {
            throw finding(plain(), name + " within [" + min + ", " + max + "]");
        }
        return value;
    }

    /** This whole number, within [min, max]. */
    public int whole(int min, int max) throws ConfigException {
        String expected = "a whole number within [" + min + ", " + max + "] for " + name;
        if (!isNumber()) {
            throw finding(what(), expected);
        }
        double value = number();
        if (value != Math.rint(value) || value < min || value > max) {
            throw finding(plain(), expected);
        }
        return (int) value;
    }

    /** This list of finite numbers. */
    public double[] numbers() throws ConfigException {
        List<ConfigNode> items = items();
        double[] numbers = new double[items.size()];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = items.get(i).number();
        }
        return numbers;
    }

    /** This list of lists of finite numbers, all of one length. */
    public double[][] rows() throws ConfigException {
        List<ConfigNode> items = items();
        double[][] rows = new double[items.size()][];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = items.get(i).numbers();
            if (rows[i].length != rows[0].length) {
                throw items.get(i).finding(rows[i].length + " numbers", rows[0].length + " as in the rows before");
            }
        }
        return rows;
    }

    /** This text, not blank. */
    public String text() throws ConfigException {
        if (node instanceof ScalarNode scalar) {
            String text = scalar.getValue();
            boolean isText = !scalar.isPlain() || !(NUMBER.matcher(text).matches() || NOT_TEXT.contains(text));
            if (isText && !text.isBlank()) {
                return text;
            }
        }
        throw finding(what(), "a text for " + name);
    }

    /** This truth value, {@code true} or {@code false}. */
    public boolean truth() throws ConfigException {
        if (node instanceof ScalarNode scalar && scalar.isPlain()) {
            if (scalar.getValue().equals("true") || scalar.getValue().equals("false")) {
                return scalar.getValue().equals("true");
            }
        }
        throw finding(what(), "true or false for " + name);
    }

    /** This text as a constant of an enum; its exact name. */
    public <E extends Enum<E>> E constant(Class<E> type) throws ConfigException {
        List<String> names = new ArrayList<>();
        for (E constant : type.getEnumConstants()) {
            if (node instanceof ScalarNode scalar && scalar.getValue().equals(constant.name())) {
                return constant;
            }
            names.add(constant.name());
        }
        throw finding(what(), oneOf(names) + " for " + name);
    }

    /**
     * What {@code making} gives; its {@link IllegalArgumentException} becomes a finding at this place.
     *
     * @param what what is made, such as "a consistent rating"
     */
    public <T> T make(String what, Supplier<T> making) throws ConfigException {
        try {
            return making.get();
        } catch (IllegalArgumentException e) {
            throw at(node, String.valueOf(e.getMessage()), what, e);
        }
    }

    /** A finding at this place: {@code file:line:column: found X, expected Y}. To be thrown by the caller. */
    public ConfigException finding(String found, String expected) {
        return at(node, found, expected);
    }

    /** A finding some characters into this text, for a parser of what a text says. */
    ConfigException findingAt(int offset, String found, String expected) {
        Mark mark = node.getStartMark().orElseThrow();
        int quote = node instanceof ScalarNode scalar && !scalar.isPlain() ? 1 : 0;
        return new ConfigException(
                file, mark.getLine() + 1, mark.getColumn() + 1 + quote + offset, found, expected, null);
    }

    private ConfigException at(Node where, String found, String expected) {
        return at(where, found, expected, null);
    }

    private ConfigException at(Node where, String found, String expected, @Nullable Throwable cause) {
        Mark mark = where.getStartMark().orElseThrow();
        return new ConfigException(file, mark.getLine() + 1, mark.getColumn() + 1, found, expected, cause);
    }

    /** What stands here, for a message. */
    private String what() {
        if (node instanceof MappingNode) {
            return "a map";
        }
        if (node instanceof SequenceNode) {
            return "a list";
        }
        String value = ((ScalarNode) node).getValue();
        if (!((ScalarNode) node).isPlain()) {
            return "the text " + ConfigException.quoted(value);
        }
        if (value.isEmpty()) {
            return "nothing";
        }
        return NOT_FINITE.matcher(value).matches() || isNumber() || NOT_TEXT.contains(value)
                ? value
                : ConfigException.quoted(value);
    }

    private String plain() {
        return ((ScalarNode) node).getValue();
    }

    private static String oneOf(Collection<String> names) {
        return "one of " + String.join(", ", names).replace("  ", " ").strip();
    }

    /** The plain characters of a scalar, whatever they mean: for version tags that are a number or a text. */
    String raw() throws ConfigException {
        if (node instanceof ScalarNode scalar) {
            return scalar.getValue().strip().toLowerCase(Locale.ROOT);
        }
        throw finding(what(), "a number or a text for " + name);
    }
}
