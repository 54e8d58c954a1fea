package io.github.bms4j.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.bms4j.contactor.ContactorEvent;
import io.github.bms4j.contactor.ContactorState;
import io.github.bms4j.limit.LimitRule;
import io.github.bms4j.protect.Fault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code bms pack --describe} prints what the code has, row by row. */
class PackCommandTest {
    @TempDir
    private Path folder;

    @Test
    void everyFaultStateAndRuleIsDescribed() {
        CommandRun run = CommandRun.of("pack", "--describe");
        assertEquals(0, run.exitCode(), run::err);
        assertTrue(run.out()
                .startsWith("pack        96s60p Panasonic NCR18650PF (NCA), 12 temperature sensors, 240 to 403 V\n"));
        for (Fault fault : Fault.values()) {
            assertEquals(
                    1,
                    run.out()
                            .lines()
                            .filter(line -> line.startsWith(fault.dtcText() + " "))
                            .count(),
                    fault.name());
        }
        for (ContactorState state : ContactorState.values()) {
            assertTrue(run.out().lines().anyMatch(line -> line.startsWith(state + " ")), state.name());
        }
        for (LimitRule rule : LimitRule.values()) {
            assertTrue(run.out().contains(rule.text()), rule.name());
        }
        assertTrue(run.out().contains("charging    heat below "), run::out);
    }

    @Test
    void theGraphIsTheTable() {
        CommandRun run = CommandRun.of("pack", "--graph");
        assertEquals(0, run.exitCode(), run::err);
        assertTrue(run.out().startsWith("stateDiagram-v2\n"), run::out);
        assertTrue(run.out().contains("PRECHARGE --> CLOSE_POSITIVE : " + ContactorEvent.LINK_MATCHES), run::out);
    }

    @Test
    void aPackOfItsOwnHasItsOwnThresholds() throws IOException {
        Path file = Files.writeString(folder.resolve("pack.yaml"), """
                pack: 1
                cell: generic-lfp
                series: 16
                parallel: 2
                soc: 0.5
                temperatureDegC: 25
                """);
        CommandRun run = CommandRun.of("pack", "--describe", "--pack", file.toString());
        assertEquals(0, run.exitCode(), run::err);
        assertTrue(run.out().startsWith("pack        16s2p "), run::out);
        assertTrue(run.out().contains("(LFP)"), run::out);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "--describe --graph", "--describe --pack nowhere.yaml"})
    void whatCannotBeDescribedIsOneLine(String options) {
        CommandRun run = CommandRun.of(("pack " + options).trim().split(" "));
        assertEquals(Bms.BAD_INPUT, run.exitCode());
        assertEquals("", run.out());
        assertEquals(1, run.err().lines().count(), run::err);
    }
}
