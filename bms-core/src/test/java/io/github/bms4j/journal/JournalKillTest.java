package io.github.bms4j.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URISyntaxException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A process that appends as fast as it can is killed like by {@code kill -9}, again and again. */
class JournalKillTest {
    private static final int KILLS = 5;
    private static final JournalSettings SETTINGS = new JournalSettings(4096, 0.0);

    @TempDir
    private Path folder;

    /** The child: appends for ever and says after each append how far it is. */
    static final class Writer {
        private Writer() {}

        public static void main(String[] args) throws IOException {
            try (Journal journal = Journal.open(Path.of(args[0]), SETTINGS)) {
                for (long t = 0; t < 10_000_000L; t++) {
                    int type = 1 + (int) (t % 3);
                    journal.append(type, 1, (double) t, t, payload(journal.sequence() + 1));
                    System.out.println(journal.sequence());
                }
            }
        }
    }

    private static ByteBuffer payload(long n) {
        ByteBuffer payload = ByteBuffer.allocate(16 + (int) (n % 90));
        while (payload.remaining() >= 8) {
            payload.putLong(n * 0x9E3779B97F4A7C15L + payload.position());
        }
        return payload.clear();
    }

    @Test
    void whatWasAppendedBeforeTheKillIsThere() throws Exception {
        long said = 0;
        for (int kill = 0; kill < KILLS; kill++) {
            long before = said;
            said = writeAndKill(40 + 37 * kill, before);
            try (Journal journal = Journal.open(folder, SETTINGS)) {
                assertTrue(journal.sequence() >= said, "said " + said + " but found " + journal.sequence());
                assertTrue(journal.sequence() <= said + 3000, "found " + journal.sequence() + " after " + said);
                for (int type = 1; type <= 3; type++) {
                    JournalRecord record = journal.found(type).orElseThrow();
                    assertEquals(payload(record.sequence()), record.payload(), "kill " + kill);
                    assertTrue(record.sequence() > said - 3 && record.sequence() > before, "kill " + kill);
                }
                said = journal.sequence();
            }
        }
        assertTrue(said > 40L * KILLS, "appended " + said);
    }

    private static Path placeOf(Class<?> type) throws URISyntaxException {
        return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
    }

    private long writeAndKill(int lines, long before) throws IOException, InterruptedException, URISyntaxException {
        Process child = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-Xshare:auto",
                        "-cp",
                        placeOf(Journal.class) + File.pathSeparator + placeOf(Writer.class),
                        Writer.class.getName(),
                        folder.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        long last = before;
        try (BufferedReader out =
                new BufferedReader(new InputStreamReader(child.getInputStream(), StandardCharsets.UTF_8))) {
            for (int i = 0; i < lines; i++) {
                String line = out.readLine();
                assertTrue(line != null, "the writer ended by itself");
                last = Long.parseLong(line);
            }
            child.destroyForcibly();
        } finally {
            child.destroyForcibly();
            assertTrue(child.waitFor(20, TimeUnit.SECONDS));
        }
        return last;
    }
}
