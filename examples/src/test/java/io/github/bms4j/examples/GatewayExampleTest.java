package io.github.bms4j.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.bms4j.can.bus.MemoryBus;
import io.github.bms4j.control.BatteryManager;
import io.github.bms4j.journal.PackHistory;
import io.github.bms4j.sim.cell.SimPack;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.snakeyaml.engine.v2.api.Load;

class GatewayExampleTest {
    @TempDir
    private Path folder;

    private String printed() throws IOException {
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        GatewayExample.run(new PrintStream(printed, true, StandardCharsets.UTF_8), folder);
        return printed.toString(StandardCharsets.UTF_8).replace(System.lineSeparator(), "\n");
    }

    /** A change of this text is a change of what users see: look at it, then take it over. */
    @Test
    void printsWhatItsCommentPromises() throws IOException {
        try (InputStream golden = GatewayExampleTest.class.getResourceAsStream("gateway.txt")) {
            String expected = new String(Objects.requireNonNull(golden).readAllBytes(), StandardCharsets.UTF_8);
            assertEquals(expected, printed());
        }
        CommandRun replay = CommandRun.of(
                "replay", folder.resolve("flight/flight-000001.bmsr").toString());
        assertEquals(0, replay.exitCode(), replay.err());
        assertTrue(replay.out().contains("identical   yes"), replay.out());
        CommandRun life = CommandRun.of("life", folder.resolve("memory").toString(), "--at", "2026-01-01T09:00:00Z");
        assertEquals(0, life.exitCode(), life.err());
        assertTrue(life.out().contains(" s old: SOC remembered, 0.0 d off, mean 59."), life.out());
    }

    /** Where the classes that the example needs were loaded from. */
    private static String classPath() throws URISyntaxException {
        List<Class<?>> needed = List.of(
                GatewayExample.class,
                SimPack.class,
                MemoryBus.class,
                BatteryManager.class,
                Load.class,
                Logger.class,
                DMatrixRMaj.class,
                CommonOps_DDRM.class);
        Set<String> places = new LinkedHashSet<>();
        for (Class<?> type : needed) {
            places.add(Path.of(type.getProtectionDomain()
                            .getCodeSource()
                            .getLocation()
                            .toURI())
                    .toString());
        }
        places.add(System.getProperty("java.class.path"));
        return String.join(File.pathSeparator, places);
    }

    /** Killed in the middle of the charge like by {@code kill -9}: the next start goes on from the last written state. */
    @Test
    void goesOnFromItsMemoryAfterItWasKilled() throws IOException, InterruptedException, URISyntaxException {
        Process child = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        classPath(),
                        GatewayExample.class.getName(),
                        folder.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader out =
                new BufferedReader(new InputStreamReader(child.getInputStream(), StandardCharsets.UTF_8))) {
            String line = "";
            while (!line.contains("540.00 s")) {
                line = out.readLine();
                assertNotNull(line, "it ended by itself");
            }
            child.destroyForcibly();
        } finally {
            child.destroyForcibly();
            assertTrue(child.waitFor(20, TimeUnit.SECONDS));
        }
        PackHistory left = PackHistory.read(folder.resolve("memory"));
        double soc = left.memory().estimate().meanSoc();
        assertTrue(soc > 0.42 && soc < 0.62, "it charged from 40 %: " + soc);
        assertTrue(!left.memory().orderly(), "nobody switched it off");
        String again = printed();
        assertTrue(again.startsWith("    0.00 s  switched on; SOC remembered, 0.3 d off, mean "), again);
        assertTrue(again.lines().findFirst().orElseThrow().endsWith(", last run not ended in order"), again);
        assertTrue(again.contains("next morning: SOC remembered"), again);
        assertTrue(PackHistory.read(folder.resolve("memory")).life().chargedKwh()
                > left.life().chargedKwh());
    }
}
