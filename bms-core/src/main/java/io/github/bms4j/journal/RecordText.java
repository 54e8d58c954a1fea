package io.github.bms4j.journal;

import io.github.bms4j.cell.ChargeMap;
import io.github.bms4j.cell.Hysteresis;
import io.github.bms4j.cell.ModelError;
import io.github.bms4j.cell.OcvCurve;
import io.github.bms4j.cell.ResistanceMap;
import io.github.bms4j.limit.CurrentTimeRating;
import io.github.bms4j.limit.DeratingTable;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A tree of settings as lines of text, {@code cell.rating.capacityAh = 2.9}, and back, to the last bit.
 *
 * <p>Takes records of numbers, truth values, texts, enum constants, arrays and lists of numbers, lists of records, maps by enum constant, and the
 * tables of a cell and of limits, each to any depth; {@code none} stands for null. Numbers are written so that reading gives the same bits. Reading
 * goes by the type that is asked for, so a text can make nothing else. A component that the text does not have, or has and the type does
 * not, is refused: settings are replayed whole or not at all. Allocates: for start-up and rare events.
 */
public final class RecordText {
    static final String NONE = "none";
    static final String SIZE = "size";

    private RecordText() {}

    /**
     * Writes a record.
     *
     * @throws IllegalArgumentException when it holds something that has no text
     */
    public static String write(Record value) {
        StringBuilder to = new StringBuilder();
        write("", value, to);
        return to.toString();
    }

    private static void write(String path, @Nullable Object value, StringBuilder to) {
        if (value == null) {
            line(path, NONE, to);
        } else if (value instanceof Record record) {
            for (RecordComponent component : record.getClass().getRecordComponents()) {
                write(joined(path, component.getName()), component(record, component), to);
            }
        } else if (value instanceof List<?> list) {
            line(joined(path, SIZE), Integer.toString(list.size()), to);
            for (int i = 0; i < list.size(); i++) {
                write(joined(path, Integer.toString(i)), list.get(i), to);
            }
        } else if (value instanceof Map<?, ?> map) {
            writeMap(path, map, to);
        } else if (!writeTable(path, value, to)) {
            line(path, scalar(path, value), to);
        }
    }

    private static void writeMap(String path, Map<?, ?> map, StringBuilder to) {
        List<String> keys = new ArrayList<>();
        for (Object key : map.keySet()) {
            keys.add(scalar(path, key));
        }
        line(joined(path, "keys"), String.join(" ", keys), to);
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            write(joined(path, scalar(path, entry.getKey())), entry.getValue(), to);
        }
    }

    private static @Nullable Object component(Record record, RecordComponent component) {
        try {
            var accessor = component.getAccessor();
            accessor.setAccessible(true);
            return accessor.invoke(record);
        } catch (ReflectiveOperationException e) {
            throw new IllegalArgumentException(component + " must be readable", e);
        }
    }

    /** What a cell and limits are made of besides records: the nodes they were built from. */
    private static boolean writeTable(String path, Object value, StringBuilder to) {
        if (value instanceof OcvCurve ocv) {
            numbers(joined(path, "soc"), ocv.socs(), to);
            numbers(joined(path, "v"), ocv.voltages(), to);
            numbers(joined(path, "entropicVPerK"), ocv.entropics(), to);
            line(joined(path, "referenceDegC"), number(ocv.referenceDegC()), to);
            Hysteresis gap = ocv.hysteresis();
            numbers(joined(path, "hysteresis.soc"), gap.socs(), to);
            numbers(joined(path, "hysteresis.halfGapV"), gap.halfGaps(), to);
            line(joined(path, "hysteresis.turnPerSoc"), number(gap.turnPerSoc()), to);
        } else if (value instanceof ResistanceMap map) {
            numbers(joined(path, "soc"), map.socs(), to);
            numbers(joined(path, "temperatureDegC"), map.temperatures(), to);
            rows(joined(path, "ohm"), map.ohms(), to);
            line(joined(path, "activationJPerMol"), number(map.activationJPerMol()), to);
        } else if (value instanceof ChargeMap map) {
            numbers(joined(path, "soc"), map.socs(), to);
            numbers(joined(path, "temperatureDegC"), map.temperatures(), to);
            rows(joined(path, "ratePerH"), map.rates(), to);
        } else if (value instanceof ModelError error) {
            numbers(joined(path, "temperatureDegC"), error.temperatures(), to);
            numbers(joined(path, "sigmaV"), error.sigmas(), to);
            line(joined(path, "resistanceSigma"), number(error.resistanceSigma()), to);
            line(joined(path, "correlationS"), number(error.correlationS()), to);
            line(joined(path, "correlationSoc"), number(error.correlationSoc()), to);
            line(joined(path, "capacitySigma"), number(error.capacitySigma()), to);
        } else if (value instanceof CurrentTimeRating rating) {
            line(joined(path, "rule"), rating.rule().name(), to);
            numbers(joined(path, "tauS"), rating.tausS(), to);
            numbers(joined(path, "boundA2"), rating.boundsA2(), to);
        } else if (value instanceof DeratingTable table) {
            line(joined(path, "direction"), table.direction().name(), to);
            line(joined(path, "by"), table.by().name(), to);
            numbers(joined(path, "at"), table.nodes(), to);
            numbers(joined(path, "share"), table.shares(), to);
        } else if (value instanceof double[] values) {
            numbers(path, values, to);
        } else {
            return false;
        }
        return true;
    }

    private static void numbers(String path, double[] values, StringBuilder to) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < values.length; i++) {
            text.append(i == 0 ? "" : " ").append(number(values[i]));
        }
        line(path, text.toString(), to);
    }

    private static void rows(String path, double[][] rows, StringBuilder to) {
        for (int r = 0; r < rows.length; r++) {
            numbers(joined(path, Integer.toString(r)), rows[r], to);
        }
    }

    /** The shortest text that reads as the same bits. */
    private static String number(double value) {
        return Double.toString(value);
    }

    private static String scalar(String path, Object value) {
        if (value instanceof Enum<?> constant) {
            return constant.name();
        }
        if (value instanceof String text) {
            return quoted(text);
        }
        if (value instanceof Number || value instanceof Boolean) {
            return value.toString();
        }
        throw new IllegalArgumentException(
                path + " must be made of records, numbers and texts but is " + value.getClass());
    }

    private static String quoted(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\n", "\\n").replace("\r", "\\r") + '"';
    }

    static String unquoted(String text) {
        StringBuilder to = new StringBuilder();
        for (int i = 1; i < text.length() - 1; i++) {
            char c = text.charAt(i);
            if (c == '\\') {
                i++;
                char next = text.charAt(i);
                to.append(next == 'n' ? '\n' : next == 'r' ? '\r' : next);
            } else {
                to.append(c);
            }
        }
        return to.toString();
    }

    static String joined(String path, String name) {
        return path.isEmpty() ? name : path + "." + name;
    }

    private static void line(String path, String text, StringBuilder to) {
        to.append(path).append(" = ").append(text).append('\n');
    }

    /**
     * Reads a record.
     *
     * @param type the type it has
     * @param text what {@link #write} gave
     * @throws IllegalArgumentException when the text is not that of such a record, or the record refuses its values; one line
     */
    public static <R extends Record> R read(Class<R> type, String text) {
        Map<String, String> lines = new LinkedHashMap<>();
        for (String line : text.lines().toList()) {
            int at = line.indexOf(" = ");
            if (at < 0) {
                throw new IllegalArgumentException("\"" + line + "\" must be name = value");
            }
            lines.put(line.substring(0, at), line.substring(at + 3));
        }
        R value = Objects.requireNonNull(type.cast(new RecordTextReader(lines).read("", type)));
        if (!lines.isEmpty()) {
            throw new IllegalArgumentException(
                    lines.keySet().iterator().next() + " is no part of " + type.getSimpleName());
        }
        return value;
    }
}
