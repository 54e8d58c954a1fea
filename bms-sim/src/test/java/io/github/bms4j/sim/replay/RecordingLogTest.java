package io.github.bms4j.sim.replay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.bms4j.sim.replay.RecordingFinding.Kind;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A log read as it is: every row is kept, and what is no reading is named. */
class RecordingLogTest {
    private static Recording log(String text) throws IOException {
        return Recording.readLog("log", new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = ';', textBlock = """
        1,NaN,3.7 ; log:3: found current_a 'NaN', expected a finite number, or nothing if it was not measured
        1,-inf,3.7; log:3: found current_a '-inf', expected a finite number, or nothing if it was not measured
        1,1e999,3.7; log:3: found current_a '1e999', expected a finite number, or nothing if it was not measured
        1,2.0,n/a ; log:3: found voltage_v 'n/a', expected a finite number, or nothing if it was not measured
        NaN,2,3.7 ; log:3: found time_s 'NaN', expected a finite number
        ,2,3.7    ; log:3: found time_s '', expected a finite number
        1,2       ; log:3: found 2 fields, expected 3 as in the header
        1,2,3,4   ; log:3: found 4 fields, expected 3 as in the header
        """)
    void keepsARowThatIsNoReadingAndNamesIt(String row, String finding) throws IOException {
        Recording log = log("time_s,current_a,voltage_v\n0,1,3.8\n" + row + "\n2,1,3.8\n");
        assertEquals(3, log.rows());
        assertEquals(
                List.of(finding),
                log.findings().stream().map(RecordingFinding::text).toList());
        assertEquals(3, log.line(1));
        assertEquals(3.8, log.voltageV(2));
        double[] read = {log.timeS(1), log.currentA(1), log.voltageV(1)};
        boolean ragged = log.findings().get(0).kind() == Kind.RAGGED;
        for (double value : read) {
            assertTrue(!ragged || Double.isNaN(value), "nothing of a ragged row is taken");
        }
    }

    @Test
    void ofManyAlikeTheFirstIsNamedWithTheirNumber() throws IOException {
        Recording log = log("time_s,current_a,voltage_v\n0,1,x\n1,x,3\n2,x,3\n3,1,y\n4,1\n5,1\n");
        assertEquals(
                List.of(
                        "log:2: found voltage_v 'x' (2 rows), expected a finite number, or nothing if it was not measured",
                        "log:3: found current_a 'x' (2 rows), expected a finite number, or nothing if it was not measured",
                        "log:6: found 2 fields (2 rows), expected 3 as in the header"),
                log.findings().stream().map(RecordingFinding::text).toList());
    }

    @Test
    void anEmptyFieldIsNoFinding() throws IOException {
        Recording log = log("time_s,current_a,voltage_v\n0,1,\n1,,3\n");
        assertEquals(List.of(), log.findings());
        assertEquals(Double.NaN, log.voltageV(0));
        assertEquals(Double.NaN, log.currentA(1));
    }

    @Test
    void timesMayStandOrRunBack() throws IOException {
        Recording log = log("time_s,current_a\n0,1\n5,2\n5,3\n4,4\n");
        assertEquals(4, log.rows());
        assertEquals(4.0, log.timeS(3));
    }

    @Test
    void linesAreThoseOfTheFile() throws IOException {
        Recording log = log("time_s,current_a\n0,1\n\n1,1\n\"2\",\"3\"\n");
        assertEquals(2, log.line(0));
        assertEquals(4, log.line(1));
        assertEquals(5, log.line(2));
    }

    @Test
    void linesOfALongLogAreKept() throws IOException {
        Recording log = DriveLog.of(3000, 1.0).recording();
        assertEquals(3001, log.line(2999));
        assertEquals(3000, log.rows());
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = ';', textBlock = """
        time_s,voltage_v|0,3            ; log:1:1: found columns time_s,voltage_v, expected a column current_a
        time_s,current_a                ; log:2:1: found 0 rows of data, expected a header and two rows
        time_s,current_a|1,1|x,1        ; log:4:1: found 1 row of data, expected a header and two rows
        """)
    void whatIsNoLogAtAllIsRefused(String text, String message) {
        String lines = text.replace("|", "\n") + "\n";
        assertEquals(
                message,
                assertThrows(RecordingException.class, () -> log(lines)).getMessage());
    }

    @Test
    void strictReadingStillEndsAtTheFirstFinding(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("log.csv"), "time_s,current_a\n0,1\n1,NaN\n2,1\n");
        assertThrows(RecordingException.class, () -> Recording.load(file));
        assertEquals(1, Recording.loadLog(file).findings().size());
    }
}
