package io.github.bms4j.control;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.bms4j.contactor.ContactorControl;
import io.github.bms4j.detect.Finding;
import io.github.bms4j.detect.Suspect;
import io.github.bms4j.journal.CarriedState;
import io.github.bms4j.journal.PackHistory;
import io.github.bms4j.journal.PackMemory;
import io.github.bms4j.journal.Restart;
import io.github.bms4j.limit.Direction;
import io.github.bms4j.protect.Fault;
import io.github.bms4j.protect.FaultState;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A process with a running battery manager is killed like by {@code kill -9}; all it knew is taken up by the next. */
class PackKeeperKillTest {
    @TempDir
    private Path folder;

    /** The child: drives for ever and says after each second that was written how far it is. */
    static final class Driver {
        private Driver() {}

        public static void main(String[] args) throws IOException {
            KeptPack pack = new KeptPack(Path.of(args[0]));
            pack.keeper.restore(pack.nanos, pack.utcS());
            ContactorControl contactors = Objects.requireNonNull(pack.manager.contactors());
            contactors.restore(0.0, 1);
            contactors.restoreWear(17, 4e4);
            pack.manager.detectors().recall(new Finding(Suspect.CELL_LEAK, 1, 0.5, 0.2, 0.8, 0L), 0.0);
            pack.manager.requests().remote(0, Direction.CHARGE, 5.0, 900.0, pack.nanos + 900_000_000_000L);
            pack.manager.report(Fault.NOT_CLOSED, true);
            for (int s = 0; s < 100_000; s++) {
                pack.seconds(8.0 - 16.0 * (s / 60 % 2), 1);
                CarriedState now = new PackMemory(pack.settings.cell(), KeptPack.LAYOUT).carried();
                pack.manager.keep(now);
                System.out.println(s + " " + pack.utcS() + " " + now.loadsA2()[0] + " "
                        + pack.manager.estimate().soc(0) + " " + now.differenceAh(2));
            }
        }
    }

    @Test
    void whatTheKilledProcessKnewIsKnown() throws Exception {
        String[] said = driveAndKill(75).split(" ", -1);
        double utcS = Double.parseDouble(said[1]);
        PackMemory memory = PackHistory.read(folder).memory();
        assertTrue(memory.savedUtcS() >= utcS, "the last second it spoke of was written");
        KeptPack pack = new KeptPack(folder);
        pack.nanos = 0L;
        Restart restart = pack.keeper.restore(pack.nanos, memory.savedUtcS() + 1.0);
        assertTrue(restart.known() && !restart.orderly());
        assertEquals(Double.parseDouble(said[3]), restart.soc(0), restart.sigma(0) + 0.01);
        CarriedState now = new PackMemory(pack.settings.cell(), KeptPack.LAYOUT).carried();
        pack.manager.keep(now);
        double loadA2 = Double.parseDouble(said[2]);
        assertEquals(loadA2, now.loadsA2()[0], 0.25 * loadA2, "it drove on a little before it was killed");
        assertTrue(loadA2 > 40.0, "a minute of 8 A: " + loadA2);
        assertTrue(Math.abs(Double.parseDouble(said[4])) > 0.05, "the third cell holds more");
        assertEquals(Double.parseDouble(said[4]), now.differenceAh(2), 0.05);
        ContactorControl contactors = Objects.requireNonNull(pack.manager.contactors());
        assertEquals(17, contactors.closings());
        assertEquals(1, contactors.failedTries());
        assertTrue(
                Objects.requireNonNull(pack.manager.detectors().internalShort()).alarmed(1));
        assertEquals(5.0, pack.manager.requests().remoteA(0, Direction.CHARGE));
        pack.cycle(0.0);
        assertEquals(FaultState.LATCHED, pack.manager.faults().state(Fault.NOT_CLOSED));
        assertTrue(pack.keeper.journal().life().dischargedAh() > 0.0, "life is written every five seconds here");
        pack.keeper.close();
    }

    private static Path placeOf(Class<?> type) throws URISyntaxException {
        return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
    }

    /** The last line it said. */
    private String driveAndKill(int lines) throws IOException, InterruptedException, URISyntaxException {
        Process child = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-Xshare:auto",
                        "-cp",
                        System.getProperty("java.class.path")
                                + File.pathSeparator
                                + placeOf(PackKeeper.class)
                                + File.pathSeparator
                                + placeOf(Driver.class),
                        Driver.class.getName(),
                        folder.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String last = "";
        try (BufferedReader out =
                new BufferedReader(new InputStreamReader(child.getInputStream(), StandardCharsets.UTF_8))) {
            for (int i = 0; i < lines; i++) {
                String line = out.readLine();
                assertNotNull(line, "the driver ended by itself");
                last = line;
            }
            child.destroyForcibly();
        } finally {
            child.destroyForcibly();
            assertTrue(child.waitFor(20, TimeUnit.SECONDS));
        }
        return last;
    }
}
