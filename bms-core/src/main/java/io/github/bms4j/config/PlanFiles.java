package io.github.bms4j.config;

import io.github.bms4j.charge.AgeingCost;
import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import org.jspecify.annotations.Nullable;

/**
 * Reads the files a charge is planned from: pack, need and offer (docs/plan.md), in YAML or JSON, UTF-8. Everything that is wrong
 * with a file is said at once, each finding with line and column.
 *
 * <p>Thread: any. Allocates freely: for start-up only.
 */
public final class PlanFiles {
    private PlanFiles() {}

    /**
     * Reads a pack file.
     *
     * @throws IOException when the file cannot be read
     * @throws ConfigException when it is not a sound pack
     */
    public static PackFile pack(Path file) throws IOException, ConfigException {
        try (Reader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            return pack(file.toString(), reader);
        }
    }

    /** Reads a pack file from a text that messages call by a name. */
    public static PackFile pack(String name, Reader reader) throws IOException, ConfigException {
        return PackFile.read(ConfigNode.parse(name, reader));
    }

    /**
     * Reads a need file.
     *
     * @param ageing what ageing costs by the pack; the need weighs it
     * @throws IOException when the file cannot be read
     * @throws ConfigException when it is not a sound need
     */
    public static NeedFile need(Path file, AgeingCost ageing) throws IOException, ConfigException {
        try (Reader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            return need(file.toString(), reader, ageing);
        }
    }

    /** Reads a need file from a text that messages call by a name. */
    public static NeedFile need(String name, Reader reader, AgeingCost ageing) throws IOException, ConfigException {
        return NeedFile.read(ConfigNode.parse(name, reader), ageing);
    }

    /**
     * Reads an offer file.
     *
     * @param now what its date-times count from; null where they are minutes
     * @throws IOException when the file cannot be read
     * @throws ConfigException when it is not a sound offer
     */
    public static OfferFile offer(Path file, @Nullable LocalDateTime now) throws IOException, ConfigException {
        try (Reader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            return offer(file.toString(), reader, now);
        }
    }

    /** Reads an offer file from a text that messages call by a name. */
    public static OfferFile offer(String name, Reader reader, @Nullable LocalDateTime now)
            throws IOException, ConfigException {
        return OfferFile.read(ConfigNode.parse(name, reader), now);
    }
}
