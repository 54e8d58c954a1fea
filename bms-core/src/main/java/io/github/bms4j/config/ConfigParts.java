package io.github.bms4j.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Parts of a file read one by one, so that one that is not sound hides nothing of what is wrong with the others. */
final class ConfigParts {
    private final List<ConfigException> findings = new ArrayList<>();

    /** A part of a file. */
    @FunctionalInterface
    interface Part<T> {
        T read() throws ConfigException;
    }

    /** What stands at a place. */
    @FunctionalInterface
    interface Reading<T> {
        T of(ConfigNode node) throws ConfigException;
    }

    /** A part; null with one more finding when it is not sound. */
    <T> @Nullable T part(Part<T> part) {
        try {
            return part.read();
        } catch (ConfigException e) {
            findings.add(e);
            return null;
        }
    }

    /** The part at a key, or what holds where it is missing; NaN with one more finding when it is not sound. */
    double number(ConfigNode map, String key, double missing) {
        Double read = part(() -> {
            Optional<ConfigNode> node = map.optional(key);
            return node.isPresent() ? node.get().number() : missing;
        });
        return read == null ? Double.NaN : read;
    }

    /** The number at a key, which must be there; NaN with one more finding otherwise. */
    double number(ConfigNode map, String key) {
        Double read = part(() -> map.get(key).number());
        return read == null ? Double.NaN : read;
    }

    /** The part at a key, or what holds where it is missing; null with one more finding when it is not sound. */
    <T> @Nullable T optional(ConfigNode map, String key, T missing, Reading<T> reading) {
        return part(() -> {
            Optional<ConfigNode> node = map.optional(key);
            return node.isPresent() ? reading.of(node.get()) : missing;
        });
    }

    /** Throws when anything was found, with all of it. */
    void refuse() throws ConfigException {
        if (!findings.isEmpty()) {
            throw ConfigException.all(findings);
        }
    }
}
