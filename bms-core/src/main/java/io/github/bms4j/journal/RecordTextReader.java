package io.github.bms4j.journal;

import io.github.bms4j.cell.ChargeMap;
import io.github.bms4j.cell.Hysteresis;
import io.github.bms4j.cell.ModelError;
import io.github.bms4j.cell.OcvCurve;
import io.github.bms4j.cell.ResistanceMap;
import io.github.bms4j.limit.CurrentTimeRating;
import io.github.bms4j.limit.DeratingTable;
import io.github.bms4j.limit.Direction;
import io.github.bms4j.limit.LimitRule;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The way back from {@link RecordText}: takes the lines out of a map as it uses them. */
final class RecordTextReader {
    private final Map<String, String> lines;

    RecordTextReader(Map<String, String> lines) {
        this.lines = lines;
    }

    private String take(String path) {
        String text = lines.remove(path);
        if (text == null) {
            throw new IllegalArgumentException(path + " is missing");
        }
        return text;
    }

    private double number(String path) {
        return Double.parseDouble(take(path));
    }

    private double[] numbers(String path) {
        String text = take(path);
        return text.isEmpty()
                ? new double[0]
                : Arrays.stream(text.split(" "))
                        .mapToDouble(Double::parseDouble)
                        .toArray();
    }

    private double[][] rows(String path) {
        List<double[]> rows = new ArrayList<>();
        while (lines.containsKey(RecordText.joined(path, Integer.toString(rows.size())))) {
            rows.add(numbers(RecordText.joined(path, Integer.toString(rows.size()))));
        }
        return rows.toArray(new double[0][]);
    }

    @Nullable
    Object read(String path, Type type) {
        if (RecordText.NONE.equals(lines.get(path))) {
            lines.remove(path);
            return null;
        }
        if (type instanceof ParameterizedType generic) {
            return generic.getRawType() == Map.class ? map(path, generic) : list(path, generic);
        }
        Class<?> raw = (Class<?>) type;
        if (raw.isRecord()) {
            return record(path, raw);
        }
        Object table = table(path, raw);
        return table == null ? scalar(path, raw) : table;
    }

    private List<Object> list(String path, ParameterizedType type) {
        if (type.getRawType() != List.class) {
            throw new IllegalArgumentException(path + " must be a list or a map but is " + type);
        }
        int size = Integer.parseInt(take(RecordText.joined(path, RecordText.SIZE)));
        List<Object> list = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            Object element = read(RecordText.joined(path, Integer.toString(i)), type.getActualTypeArguments()[0]);
            if (element == null) {
                throw new IllegalArgumentException(path + "." + i + " must not be none");
            }
            list.add(element);
        }
        return list;
    }

    @SuppressWarnings({"unchecked", "rawtypes"})
    private Map<?, ?> map(String path, ParameterizedType type) {
        Class keys = (Class) type.getActualTypeArguments()[0];
        Map map = new EnumMap(keys);
        String names = take(RecordText.joined(path, "keys"));
        for (String name : names.isEmpty() ? new String[0] : names.split(" ")) {
            map.put(Enum.valueOf(keys, name), read(RecordText.joined(path, name), type.getActualTypeArguments()[1]));
        }
        return map;
    }

    private Object record(String path, Class<?> type) {
        RecordComponent[] components = type.getRecordComponents();
        Class<?>[] types = new Class<?>[components.length];
        @Nullable Object[] values = new Object[components.length];
        for (int i = 0; i < components.length; i++) {
            types[i] = components[i].getType();
            values[i] = read(RecordText.joined(path, components[i].getName()), components[i].getGenericType());
        }
        try {
            Constructor<?> constructor = type.getDeclaredConstructor(types);
            constructor.setAccessible(true);
            return constructor.newInstance(values);
        } catch (InvocationTargetException e) {
            Throwable cause = e.getCause();
            throw new IllegalArgumentException(path + ": " + (cause == null ? e : cause).getMessage(), e);
        } catch (ReflectiveOperationException e) {
            throw new IllegalArgumentException(path + " cannot be made", e);
        }
    }

    private @Nullable Object table(String path, Class<?> type) {
        if (type == OcvCurve.class) {
            Hysteresis gap = new Hysteresis(
                    numbers(RecordText.joined(path, "hysteresis.soc")),
                    numbers(RecordText.joined(path, "hysteresis.halfGapV")),
                    number(RecordText.joined(path, "hysteresis.turnPerSoc")));
            return new OcvCurve(
                    numbers(RecordText.joined(path, "soc")),
                    numbers(RecordText.joined(path, "v")),
                    numbers(RecordText.joined(path, "entropicVPerK")),
                    number(RecordText.joined(path, "referenceDegC")),
                    gap);
        }
        if (type == ResistanceMap.class) {
            return new ResistanceMap(
                    numbers(RecordText.joined(path, "soc")),
                    numbers(RecordText.joined(path, "temperatureDegC")),
                    rows(RecordText.joined(path, "ohm")),
                    number(RecordText.joined(path, "activationJPerMol")));
        }
        if (type == ChargeMap.class) {
            return new ChargeMap(
                    numbers(RecordText.joined(path, "soc")),
                    numbers(RecordText.joined(path, "temperatureDegC")),
                    rows(RecordText.joined(path, "ratePerH")));
        }
        if (type == ModelError.class) {
            return new ModelError(
                    numbers(RecordText.joined(path, "temperatureDegC")),
                    numbers(RecordText.joined(path, "sigmaV")),
                    number(RecordText.joined(path, "resistanceSigma")),
                    number(RecordText.joined(path, "correlationS")),
                    number(RecordText.joined(path, "correlationSoc")),
                    number(RecordText.joined(path, "capacitySigma")));
        }
        return type == double[].class ? numbers(path) : limit(path, type);
    }

    private @Nullable Object limit(String path, Class<?> type) {
        if (type == CurrentTimeRating.class) {
            return CurrentTimeRating.of(
                    LimitRule.valueOf(take(RecordText.joined(path, "rule"))),
                    numbers(RecordText.joined(path, "tauS")),
                    numbers(RecordText.joined(path, "boundA2")));
        }
        if (type == DeratingTable.class) {
            return new DeratingTable(
                    Direction.valueOf(take(RecordText.joined(path, "direction"))),
                    DeratingTable.By.valueOf(take(RecordText.joined(path, "by"))),
                    numbers(RecordText.joined(path, "at")),
                    numbers(RecordText.joined(path, "share")));
        }
        return null;
    }

    @SuppressWarnings({"unchecked", "rawtypes"})
    private Object scalar(String path, Class<?> type) {
        String text = take(path);
        if (type == double.class || type == Double.class) {
            return Double.parseDouble(text);
        }
        if (type == int.class || type == Integer.class) {
            return Integer.parseInt(text);
        }
        if (type == long.class || type == Long.class) {
            return Long.parseLong(text);
        }
        if (type == boolean.class || type == Boolean.class) {
            return Boolean.parseBoolean(text);
        }
        if (type == String.class) {
            return RecordText.unquoted(text);
        }
        if (type.isEnum()) {
            return Enum.valueOf((Class) type, text);
        }
        throw new IllegalArgumentException(path + " must be made of records, numbers and texts but is " + type);
    }
}
