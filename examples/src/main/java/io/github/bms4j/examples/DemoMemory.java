package io.github.bms4j.examples;

import io.github.bms4j.journal.BatteryPassport;
import io.github.bms4j.journal.JournalSettings;
import io.github.bms4j.journal.MemorySettings;
import io.github.bms4j.journal.PackHistory;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The demo's memory: kept in a folder of its own while it runs, then handed over as one file, with its life record. */
final class DemoMemory implements Closeable {
    /** The journal. */
    static final String PACK = "pack.bmsj";
    /** The battery passport's part. */
    static final String LIFE = "life.json";
    /** The demo begins at 2026-01-01 08:00 UTC. */
    static final double UTC_S = 1_767_254_400.0;
    /** As a vehicle has it, but in one file and not forced: nobody pulls a plug here. */
    static final MemorySettings SETTINGS = new MemorySettings(
            MemorySettings.standard().stateEveryS(),
            MemorySettings.standard().healthEveryS(),
            MemorySettings.standard().rule(),
            new JournalSettings(1 << 28, 1e9));

    private final Path folder;

    private DemoMemory(Path folder) {
        this.folder = folder;
    }

    static DemoMemory open() throws IOException {
        return new DemoMemory(Files.createTempDirectory("bms-demo"));
    }

    Path folder() {
        return folder;
    }

    /** Writes the journal and the life record; after the run. */
    void write(OutputStream pack, OutputStream life) throws IOException {
        for (Path file : files()) {
            if (Files.size(file) > 0) {
                Files.copy(file, pack);
            }
        }
        PackHistory history = PackHistory.read(folder);
        String passport = new BatteryPassport(history.kind())
                .json(history.life(), history.memory(), history.memory().savedUtcS());
        life.write((passport + "\n").getBytes(StandardCharsets.UTF_8));
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.toList();
        }
    }

    @Override
    public void close() throws IOException {
        for (Path file : files()) {
            Files.delete(file);
        }
        Files.delete(folder);
    }
}
