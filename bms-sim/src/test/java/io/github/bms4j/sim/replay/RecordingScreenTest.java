package io.github.bms4j.sim.replay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.bms4j.sim.replay.RecordingFinding.Kind;
import io.github.bms4j.sim.run.ShippedData;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RecordingScreenTest {
    private static final int TIME = 0;
    private static final int CURRENT = 1;
    private static final int VOLTAGE = 2;
    private static final int TEMPERATURE = 3;
    private static final int REFERENCE = 4;

    private static RecordingScreen screen(DriveLog log) {
        return new RecordingScreen(log.recording(), DriveLog.CELL);
    }

    private static RecordingScreen spoilt(Consumer<DriveLog> how) {
        DriveLog log = DriveLog.of(600, 1.0);
        how.accept(log);
        return screen(log);
    }

    private static List<Kind> kinds(RecordingScreen screen) {
        return screen.findings().stream().map(RecordingFinding::kind).toList();
    }

    private static String only(RecordingScreen screen) {
        assertEquals(1, screen.findings().size(), () -> screen.findings().toString());
        return screen.findings().get(0).text();
    }

    @Test
    void aSoundLogHasNoFinding() {
        assertEquals(List.of(), screen(DriveLog.of(600, 1.0)).findings());
        assertEquals(List.of(), screen(DriveLog.of(6000, 0.1)).findings());
        assertEquals(List.of(), screen(DriveLog.of(300, 10.0)).findings());
        assertEquals(
                List.of(), new RecordingScreen(ShippedData.drive(), ShippedData.cell()).findings(), "a real drive");
    }

    @Test
    void aRepeatedStampIsNamedAndItsRowHeld() {
        RecordingScreen screen = spoilt(log -> log.set(100, TIME, "99.0").set(200, TIME, "199.0"));
        assertEquals(
                "log:102: found time_s 99.0 after 99.0 (2 rows), expected a time after that of the rows before",
                only(screen));
        assertEquals(Double.NaN, screen.clock().timeS(100));
        assertEquals(101.0, screen.clock().timeS(101));
    }

    @Test
    void aStampThatRunsBackIsNamedAndItsRowHeld() {
        RecordingScreen screen = spoilt(log -> log.set(100, TIME, "97.5"));
        assertEquals(
                "log:102: found time_s 97.5 after 99.0, expected a time after that of the rows before", only(screen));
        assertEquals(Double.NaN, screen.clock().timeS(100));
    }

    @Test
    void aStampThatLeapsIsNamedAndDoesNotStopTheClock() {
        RecordingScreen screen = spoilt(log -> log.set(100, TIME, "999999.0"));
        assertEquals(
                "log:102: found time_s 999999.0 after 99.0, expected a time between those of its neighbours",
                only(screen));
        assertEquals(Double.NaN, screen.clock().timeS(100));
        assertEquals(101.0, screen.clock().timeS(101));
    }

    @Test
    void aClockThatWasSetBackGoesOnAfterAGap() {
        RecordingScreen screen = spoilt(log -> {
            for (int k = 300; k < 600; k++) {
                log.set(k, TIME, Integer.toString(k - 300));
            }
        });
        assertEquals(
                "log:302: found time_s 0.0 after 299.0, expected a clock that is not set back while it logs",
                only(screen));
        assertEquals(299.0 + RecordingClock.SET_GAP_S, screen.clock().timeS(300));
        assertEquals(299.0 + RecordingClock.SET_GAP_S + 5.0, screen.clock().timeS(305));
    }

    @Test
    void aGapIsNamedWithItsLengthAndTheRowAfterIt() {
        RecordingScreen screen = spoilt(log -> log.rows.subList(100, 400).clear());
        assertEquals(
                "log:102: found 301.0 s without a current before time_s 400.0, expected a row at least every 10 s",
                only(screen));
    }

    @Test
    void rowsWithoutACurrentAreAGapToo() {
        RecordingScreen screen = spoilt(log -> {
            for (int k = 100; k < 130; k++) {
                log.set(k, CURRENT, "");
            }
        });
        assertEquals(
                "log:132: found 31.0 s without a current before time_s 130.0, expected a row at least every 10 s",
                only(screen));
    }

    @Test
    void aLogThatIsSlowThroughoutHasNoGaps() {
        RecordingScreen screen = screen(DriveLog.of(80, 60.0));
        assertEquals(List.of(), screen.findings());
        assertEquals(180.0, screen.clock().gapS());
    }

    @Test
    void aLogThatIsSlowAtTimesHasNoGapsThere() {
        DriveLog log = DriveLog.of(1000, 1.0);
        for (int k = 40; k > 0; k--) {
            log.rows.subList(20 * k, 20 * k + 15).clear();
        }
        assertEquals(List.of(), screen(log).findings());
    }

    @ParameterizedTest(name = "{0} at {1} V")
    @CsvSource({"spike up, 4.6", "spike down, 2.6"})
    void aVoltageThatLeavesForARowIsNamedAndWithheld(String what, String v) {
        RecordingScreen screen = spoilt(log -> log.set(250, VOLTAGE, v));
        assertTrue(kinds(screen).contains(Kind.SPIKE), () -> screen.findings().toString());
        RecordingFinding spike = screen.findings().get(0);
        assertEquals(252, spike.line());
        assertEquals(1, spike.rows());
        assertTrue(spike.text().contains("found voltage_v " + Double.parseDouble(v) + " at time_s 250.0"), spike::text);
        assertEquals(Double.NaN, screen.voltageV(250));
        assertTrue(screen.voltageV(249) > 3.0 && screen.voltageV(251) > 3.0);
    }

    @Test
    void aVoltageThatIsDeadForAWhileIsOutOfRangeAndNothingElse() {
        RecordingScreen screen = spoilt(log -> {
            for (int k = 250; k < 300; k++) {
                log.set(k, VOLTAGE, "0.0");
            }
        });
        assertEquals(
                "log:252: found voltage_v 0.0 at time_s 250.0 (50 rows), expected readings within 0.5000 and 5.000",
                only(screen));
        assertEquals(Double.NaN, screen.voltageV(299));
    }

    @ParameterizedTest(name = "{0} rows")
    @CsvSource({"2, SPIKE", "3, SPIKE", "4, OFFSET_JUMP"})
    void aVoltageThatIsBackWithinThreeRowsWasASpike(int rows, Kind kind) {
        RecordingScreen screen = spoilt(log -> {
            for (int k = 250; k < 250 + rows; k++) {
                log.set(k, VOLTAGE, Double.toString(log.number(k, VOLTAGE) + 0.6));
            }
        });
        assertEquals(kind, screen.findings().get(0).kind());
        assertEquals(kind == Kind.SPIKE ? rows : 2, screen.findings().get(0).rows(), "a jump there and one back");
        assertEquals(kind == Kind.SPIKE, Double.isNaN(screen.voltageV(251)));
        assertTrue(screen.voltageV(250 + rows) > 3.0);
    }

    @Test
    void aKneeIsNoJump() {
        RecordingScreen screen = spoilt(log -> {
            double v = 3.4;
            for (int k = 550; k < 600; k++) {
                v -= 0.001 * StrictMath.exp((k - 550) / 8.0);
                log.set(k, CURRENT, "3.0").set(k, VOLTAGE, Double.toString(Math.max(v, 1.0)));
            }
        });
        assertEquals(0, kinds(screen).stream().filter(k -> k == Kind.SPIKE).count());
        assertTrue(
                screen.findings().stream().noneMatch(f -> f.kind() == Kind.OFFSET_JUMP && f.line() > 552),
                () -> screen.findings().toString());
    }

    @Test
    void aVoltageFollowingACurrentPulseIsNoSpike() {
        RecordingScreen screen = spoilt(log -> {
            log.set(250, CURRENT, "30.0");
            double dropV = (30.0 - 6.0) * DriveLog.CELL.circuit().r0().ohm(0.85, 25.0);
            log.set(250, VOLTAGE, Double.toString(log.number(249, VOLTAGE) - dropV));
        });
        assertEquals(List.of(), screen.findings());
    }

    @Test
    void aCurrentTheVoltageDoesNotAnswerIsASpike() {
        RecordingScreen screen = spoilt(log -> log.set(250, CURRENT, "-60.0"));
        assertEquals(
                "log:252: found current_a -60.0 at time_s 250.0, expected a current that the voltage answers",
                only(screen));
        assertEquals(Double.NaN, screen.currentA(250));
        assertEquals(0.0, screen.currentA(249));
    }

    @Test
    void aVoltageThatJumpsAndStaysIsNamedButTaken() {
        RecordingScreen screen = spoilt(log -> {
            for (int k = 250; k < 600; k++) {
                log.set(k, VOLTAGE, Double.toString(log.number(k, VOLTAGE) - 0.5));
            }
        });
        assertEquals(List.of(Kind.OFFSET_JUMP), kinds(screen));
        assertEquals(252, screen.findings().get(0).line());
        assertTrue(screen.voltageV(251) > 2.0);
    }

    @Test
    void aVoltageThatStandsUnderAMovingCurrentIsStuckAndWithheld() {
        RecordingScreen screen = spoilt(log -> log.stick(VOLTAGE, 100, 400));
        assertEquals(List.of(Kind.STUCK), kinds(screen));
        RecordingFinding stuck = screen.findings().get(0);
        assertEquals(102, stuck.line());
        assertEquals(300, stuck.rows());
        assertTrue(stuck.found().startsWith("voltage_v standing at"), stuck::found);
        assertEquals(Double.NaN, screen.voltageV(200));
        assertTrue(screen.voltageV(99) > 3.0 && screen.voltageV(400) > 3.0);
    }

    @Test
    void aCurrentThatStandsUnderAMovingVoltageIsStuckAndWithheld() {
        RecordingScreen screen = spoilt(log -> log.stick(CURRENT, 85, 400));
        RecordingFinding stuck = screen.findings().stream()
                .filter(f -> f.kind() == Kind.STUCK)
                .findFirst()
                .orElseThrow();
        assertTrue(stuck.found().startsWith("current_a standing at 0.0"), stuck::found);
        assertEquals(Double.NaN, screen.currentA(200));
        assertEquals(3.0, screen.currentA(420));
    }

    @ParameterizedTest
    @ValueSource(strings = {"rest", "constant current", "constant voltage"})
    void whatStandsForAReasonIsNotStuck(String what) {
        DriveLog log = DriveLog.of(1200, 1.0);
        for (int k = 400; k < 1100; k++) {
            double fade = StrictMath.exp(-(k - 400) / 300.0);
            double v = log.number(399, VOLTAGE);
            boolean held = what.equals("constant voltage");
            log.set(k, CURRENT, held ? Double.toString(-3.0 * fade) : what.equals("rest") ? "0.0" : "1.5");
            log.set(k, VOLTAGE, held ? "4.0000" : String.format(Locale.ROOT, "%.3f", v + 0.05 * (1.0 - fade)));
        }
        assertEquals(
                List.of(),
                screen(log).findings().stream()
                        .filter(f -> f.kind() == Kind.STUCK)
                        .toList());
    }

    @Test
    void spikesAtRestDoNotMakeTheCurrentStuck() {
        DriveLog log = DriveLog.of(1200, 1.0);
        for (int k = 400; k < 1200; k++) {
            log.set(k, CURRENT, "0.0").set(k, VOLTAGE, k % 50 == 7 ? "4.5" : k % 50 == 33 ? "3.3" : "3.9");
        }
        RecordingScreen screen = screen(log);
        assertEquals(
                List.of(),
                screen.findings().stream().filter(f -> f.kind() == Kind.STUCK).toList());
        assertEquals(Double.NaN, screen.voltageV(407));
        assertEquals(0.0, screen.currentA(407));
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource(delimiter = ';', textBlock = """
        3; -2731 ; log:252: found temperature_c -2731.0 at time_s 250.0 (2 rows), expected readings within -45.00 and 120.0, no 15 from one row to the next
        3; 80    ; log:252: found temperature_c 80.0 at time_s 250.0 (2 rows), expected readings within -45.00 and 120.0, no 15 from one row to the next
        """)
    void aReadingNoSensorCanMeanIsNamed(int column, String value, String text) {
        assertEquals(text, only(spoilt(log -> log.set(250, column, value))));
    }

    @Test
    void findingsOfTheReaderComeFirst() {
        RecordingScreen screen = spoilt(log -> log.set(5, VOLTAGE, "NaN").set(100, TIME, "99.0"));
        assertEquals(List.of(Kind.UNREADABLE, Kind.TIME_NOT_RISING), kinds(screen));
        assertTrue(screen.refusal().isEmpty());
    }

    @ParameterizedTest(name = "column {0} x {1}")
    @CsvSource(delimiter = '|', textBlock = """
        2| 1000 | UNIT        | found voltage_v around .*, expected volts of one cell between 2.500 and 4.200; are these millivolts\\?
        2| 96   | UNIT        | found voltage_v around .*, expected volts of one cell between 2.500 and 4.200
        1| 1000 | UNIT        | found current_a up to 6000, expected amperes of a cell of 2.997 Ah, at most 150; are these milliamperes\\?
        1| -1   | SIGN_TURNED | found current_a and voltage_v that rise together, expected .*; is the sign turned\\?
        4| 100  | UNIT        | found soc_ref around .*, expected a SOC between 0 and 1; are these percent\\?
        """)
    void anotherUnitOrSignIsRefused(int column, double factor, Kind kind, String pattern) {
        RecordingScreen screen = screen(DriveLog.of(600, 1.0).scale(column, factor));
        RecordingFinding refusal = screen.refusal().orElseThrow();
        assertEquals(kind, refusal.kind());
        assertTrue(refusal.text().matches("log: " + pattern), refusal::text);
    }

    @ParameterizedTest(name = "voltages by {0}: named {1}")
    @CsvSource({"-2.0, true", "0.5, true", "0.05, false", "0.0, false"})
    void voltagesOfAnotherCellAreNamed(double byV, boolean named) {
        DriveLog log = DriveLog.of(600, 1.0);
        for (int k = 0; k < 600; k++) {
            log.set(k, VOLTAGE, Double.toString(log.number(k, VOLTAGE) + byV));
        }
        RecordingScreen screen = screen(log);
        assertEquals(named ? List.of(Kind.OTHER_CELL) : List.of(), kinds(screen));
        assertTrue(screen.refusal().isEmpty());
        if (byV > 0.1) {
            assertTrue(only(screen).startsWith("log: found voltage_v mostly from 4."), () -> only(screen));
        }
    }

    @Test
    void smallCurrentsInMilliamperesAreKnownByTheVoltageThatDoesNotAnswer() {
        DriveLog log = DriveLog.of(600, 1.0).scale(CURRENT, 20.0); // 0.12 A in mA, with the voltages of 6 A less
        for (int k = 0; k < 600; k++) {
            log.set(k, VOLTAGE, String.format(Locale.ROOT, "%.5f", 3.9 - 0.03e-3 * log.number(k, CURRENT)));
        }
        RecordingFinding refusal = screen(log).refusal().orElseThrow();
        assertTrue(refusal.text().endsWith("are these milliamperes?"), refusal::text);
    }

    @Test
    void timeInMillisecondsIsRefused() {
        DriveLog log = DriveLog.of(1800, 1.0).scale(TIME, 1000.0);
        RecordingFinding refusal = screen(log).refusal().orElseThrow();
        assertTrue(
                refusal.text()
                        .matches(
                                "log: found time_s over which \\d+ capacities would have been moved, expected seconds, and"
                                        + " at most 150 capacities; are these milliseconds\\?"),
                refusal::text);
    }

    @Test
    void temperatureInKelvinIsRefused() {
        DriveLog log = DriveLog.of(100, 1.0);
        for (int k = 0; k < 100; k++) {
            log.set(k, TEMPERATURE, "298.15");
        }
        assertTrue(screen(log)
                .refusal()
                .orElseThrow()
                .text()
                .endsWith("found temperature_c around 298.2, expected degrees" + " Celsius; are these kelvin?"));
    }

    @ParameterizedTest(name = "sign {0}: refused {1}")
    @CsvSource({"1, false", "-1, true"})
    void theSignOfALogWithoutStepsIsKnownByWhereTheVoltageGoes(double sign, boolean refused) {
        DriveLog log = DriveLog.of(600, 10.0);
        for (int k = 0; k < 600; k++) {
            double soc = 0.9 - k * 10.0 * 1.5 / 3600.0 / DriveLog.CELL.rating().capacityAh();
            log.set(k, CURRENT, Double.toString(sign * 1.5));
            log.set(k, VOLTAGE, Double.toString(DriveLog.CELL.ocv().v(soc, 25.0) - 0.06));
        }
        assertEquals(
                refused,
                screen(log).refusal().isPresent(),
                () -> screen(log).findings().toString());
    }

    @Test
    void withoutVoltageOrTemperatureThereIsNothingToHoldAgainst() {
        assertEquals(
                List.of(),
                screen(DriveLog.of(300, 1.0).clear(VOLTAGE).clear(TEMPERATURE).clear(REFERENCE))
                        .findings());
    }
}
