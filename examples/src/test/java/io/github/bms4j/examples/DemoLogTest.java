package io.github.bms4j.examples;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.bms4j.examples.DemoLogAudit.Message;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The log that {@code bms demo} writes, held against the byte tables and timings of GB/T 27930-2015. */
@Tag("endurance")
class DemoLogTest {
    private static final double NO_CURRENT_RAW = 4000;

    private static DemoLogAudit log;

    @BeforeAll
    static void runTheDemo(@TempDir Path folder) throws IOException {
        assertEquals(0, CommandRun.of("demo", "--out", folder.toString()).exitCode());
        log = DemoLogAudit.of(folder.resolve("session.candump.log"));
    }

    @Test
    void everyFrameBelongsToAMessageAndEveryTransferKeepsItsRules() {
        assertEquals(List.of(), log.findings());
        assertTrue(log.frames() > 400_000, () -> log.frames() + " frames");
    }

    @Test
    void noSideReportsATimeout() {
        assertEquals(List.of(), log.all("BEM"));
        assertEquals(List.of(), log.all("CEM"));
    }

    @Test
    void messagesBeginInTheOrderOfTheStandard() {
        List<String> order = new ArrayList<>();
        for (Message message : log.inOrder()) {
            String step = switch (message.name()) {
                case "CRM", "BRO", "CRO" -> message.name() + String.format(" %02X", message.u8(1));
                default -> message.name();
            };
            if (!order.contains(step)) {
                order.add(step);
            }
        }
        assertEquals(
                List.of(
                        "CHM", "BHM", "CRM 00", "BRM", "CRM AA", "CTS", "CML", "BCP", "BRO 00", "BRO AA", "CRO 00",
                        "CRO AA", "BCL", "BSM", "BCS", "CCS", "BMV", "BMT", "BST", "CST", "BSD", "CSD"),
                moved(order, "BCP", "CML"));
    }

    /** The charger has BCP with its last packet but may say CTS and CML before its acknowledgement is out. */
    private static List<String> moved(List<String> order, String name, String behind) {
        List<String> moved = new ArrayList<>(order);
        if (moved.remove(name)) {
            moved.add(moved.indexOf(behind) + 1, name);
        }
        return moved;
    }

    @ParameterizedTest(name = "no {0} once {1} {2} is there")
    @CsvSource({
        "CHM, CRM, 00", "BHM, CRM, 00", "BRM, CRM, AA", "BCP, BRO, 00", "CTS, CRO, 00", "CML, CRO, 00", "BRO, BCL, ''",
        "CRO, BCL, ''", "BCL, BST, ''", "BCS, BST, ''", "CCS, BST, ''", "BSM, BST, ''", "BMV, BST, ''", "BMT, BST, ''",
        "BST, BSD, ''", "CST, CSD, ''", "BSD, CSD, ''"
    })
    void aMessageEndsWhenTheNextPhaseBegins(String name, String next, String value) {
        long lastMicros = last(name).startMicros();
        assertTrue(lastMicros <= first(next, value).endMicros() + 10_000, () -> name + " still at " + lastMicros);
    }

    @ParameterizedTest(name = "{0} every {1} ms ± {2}")
    @CsvSource({
        "CHM, 250, 2", "BHM, 250, 2", "BCL, 50, 2", "CCS, 50, 2", "BSM, 250, 2", "BCS, 250, 2", "BMV, 10000, 20",
        "BMT, 10000, 20", "BST, 10, 2", "CST, 10, 2", "BSD, 250, 2", "CSD, 250, 2", "CML, 250, 2", "BRO, 250, 2",
        "CRO, 250, 2"
    })
    void repeatsWithItsPeriod(String name, double periodMs, double toleranceMs) {
        List<Message> all = log.all(name);
        assertTrue(all.size() > 1, () -> all.size() + " of " + name);
        for (int i = 1; i < all.size(); i++) {
            double gapMs = (all.get(i).startMicros() - all.get(i - 1).startMicros()) / 1000.0;
            assertEquals(
                    periodMs,
                    gapMs,
                    toleranceMs,
                    () -> name + " at " + all.get(0).startMicros());
        }
    }

    @ParameterizedTest(name = "{2} {3} within {4} s of {0} {1}")
    @CsvSource({
        "CRM, 00, BRM, '', 5",
        "CRM, AA, BCP, '', 5",
        "BCP, '', CML, '', 5",
        "CML, '', BRO, '', 5",
        "CML, '', BRO, AA, 60",
        "BRO, AA, CRO, '', 5",
        "BRO, AA, CRO, AA, 60",
        "CRO, AA, BCL, '', 1",
        "CRO, AA, BCS, '', 5",
        "CRO, AA, CCS, '', 1",
        "BST, '', CST, '', 5",
        "CST, '', BSD, '', 10",
        "BST, '', CSD, '', 10"
    })
    void answersInTime(String name, String value, String answer, String answerValue, double limitS) {
        double tookS =
                (first(answer, answerValue).endMicros() - first(name, value).startMicros()) * 1e-6;
        assertTrue(tookS > -0.05 && tookS <= limitS, () -> "took " + tookS + " s");
    }

    @Test
    void currentIsNegativeOnTheWireWhileCharging() {
        int charging = 0;
        for (Message ccs : log.all("CCS")) {
            assertTrue(ccs.u16(3) <= NO_CURRENT_RAW, () -> "CCS " + ccs.u16(3));
            charging += ccs.u16(3) < NO_CURRENT_RAW ? 1 : 0;
        }
        for (Message bcl : log.all("BCL")) {
            assertTrue(bcl.u16(3) <= NO_CURRENT_RAW, () -> "BCL " + bcl.u16(3));
        }
        for (Message bcs : log.all("BCS")) {
            // The vehicle's sensor has an offset of 0.4 A and some noise.
            assertTrue(bcs.u16(3) <= NO_CURRENT_RAW + 20, () -> "BCS " + bcs.u16(3));
        }
        int charged = charging;
        assertTrue(charged > 50_000, () -> charged + " CCS with current");
    }

    /** A demand that fell is followed within a fifth of a second, by 100 A/s. */
    @Test
    void theStationNeverGivesMoreThanWasAskedAndAgreed() {
        double mostA = Math.min(-first("CML", "").amperes(5), -first("BCP", "").amperes(3));
        Deque<Double> lately = new ArrayDeque<>();
        double allowedA = 0.0;
        for (Message message : log.inOrder()) {
            if (message.name().equals("BCL")) {
                lately.addLast(-message.amperes(3));
                if (lately.size() > 5) {
                    lately.removeFirst();
                }
            } else if (message.name().equals("CCS")) {
                double givenA = -message.amperes(3);
                allowedA = Math.max(Collections.max(lately), allowedA - 100.0 * 0.05);
                double now = allowedA;
                assertTrue(givenA <= mostA, () -> givenA + " A, agreed " + mostA);
                assertTrue(givenA <= now + 5.1, () -> givenA + " A of " + now + " at " + message.endMicros());
            }
        }
    }

    @Test
    void theVehicleSaysPlausibleThingsOfItsPack() {
        int soc = first("BCS", "").u8(7);
        assertEquals(first("BCP", "").u16(10) / 10.0, soc, 1.5);
        for (Message bcs : log.all("BCS")) {
            double packV = bcs.u16(1) / 10.0;
            double cellV = (bcs.u16(5) & 0xFFF) / 100.0;
            int now = bcs.u8(7);
            int before = soc;
            assertTrue(packV > 96 * 2.5 && packV <= 96 * 4.2, () -> packV + " V");
            assertTrue(cellV >= packV / 96 - 0.02 && cellV <= 4.2, () -> cellV + " V of " + packV);
            assertTrue(now >= before - 1 && now <= before + 1, () -> before + " % then " + now);
            assertTrue(bcs.u16(8) <= 600, () -> bcs.u16(8) + " min");
            soc = now;
        }
        assertEquals(first("BSD", "").u8(1), soc, 1.0);
        for (Message bmv : log.all("BMV")) {
            assertEquals(2 * 96, bmv.data().length);
            for (int cell = 0; cell < 96; cell++) {
                double cellV = (bmv.u16(1 + 2 * cell) & 0xFFF) / 100.0;
                assertTrue(cellV >= 2.5 && cellV <= 4.2, () -> cellV + " V");
            }
        }
        for (Message bmt : log.all("BMT")) {
            assertEquals(12, bmt.data().length);
            for (int probe = 1; probe <= 12; probe++) {
                int degC = bmt.u8(probe) - 50;
                assertTrue(degC >= 30 && degC <= 45, () -> degC + " °C");
            }
        }
    }

    /** The vehicle's meter has an offset and noise; what it says is as old as the CCS before or as young as the next. */
    @Test
    void bothSidesSeeTheSameCurrentAndVoltage() {
        List<Message> ccs = log.all("CCS");
        int at = 0;
        int compared = 0;
        double sumA = 0.0;
        for (Message bcs : log.all("BCS")) {
            while (at + 2 < ccs.size() && ccs.get(at + 1).endMicros() <= bcs.startMicros()) {
                at++;
            }
            double beforeA = ccs.get(at).amperes(3);
            double nextA = ccs.get(at + 1).amperes(3);
            if (beforeA > -1.0 || Math.abs(nextA - beforeA) > 10.0) {
                continue;
            }
            double apartA = Math.min(Math.abs(bcs.amperes(3) - beforeA), Math.abs(bcs.amperes(3) - nextA));
            assertTrue(apartA <= 3.0, () -> apartA + " A at " + bcs.endMicros());
            assertEquals(ccs.get(at).u16(1) / 10.0, bcs.u16(1) / 10.0, 2.0, () -> "at " + bcs.endMicros());
            sumA += apartA;
            compared++;
        }
        int pairs = compared;
        double meanA = sumA / compared;
        assertTrue(pairs > 10_000, () -> pairs + " compared");
        assertTrue(meanA < 1.0, () -> meanA + " A apart in the mean");
    }

    @Test
    void theEnergyInCsdIsTheSumOfWhatCcsSaid() {
        double joules = 0.0;
        List<Message> ccs = log.all("CCS");
        for (int i = 1; i < ccs.size(); i++) {
            double stepS = (ccs.get(i).endMicros() - ccs.get(i - 1).endMicros()) * 1e-6;
            joules -= ccs.get(i).u16(1) / 10.0 * ccs.get(i).amperes(3) * stepS;
        }
        double summedKwh = joules / 3.6e6;
        double saidKwh = first("CSD", "").u16(3) / 10.0;
        assertAll(
                () -> assertTrue(saidKwh > 40.0, () -> saidKwh + " kWh"),
                () -> assertEquals(summedKwh, saidKwh, 0.2),
                () -> assertEquals(first("CSD", "").u16(1), last("CCS").u16(5), 1.0, "minutes"));
    }

    @Test
    void stopReasonsNameTheVehiclesGoal() {
        assertEquals(0b01, first("BST", "").u8(1) & 0b11, "SOC reached");
        assertEquals(0b01, first("CST", "").u8(1) >> 6, "the vehicle stopped");
        assertEquals(0, first("BST", "").u16(2) & 0x3FFF, "no fault");
    }

    private static Message first(String name, String value) {
        return log.all(name).stream()
                .filter(m -> value.isEmpty() || m.u8(1) == Integer.parseInt(value, 16))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + name + " " + value));
    }

    private static Message last(String name) {
        List<Message> all = log.all(name);
        return all.get(all.size() - 1);
    }
}
