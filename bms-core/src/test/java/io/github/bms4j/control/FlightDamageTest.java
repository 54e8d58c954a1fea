package io.github.bms4j.control;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.bms4j.journal.FlightRecorder;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Records that were cut, damaged, or never were any. */
class FlightDamageTest extends FlightRun {
    @Test
    void aCutRecordRunsToTheCutAndSaysSo() throws IOException {
        byte[] record = recorded();
        int whole = 0;
        int head = 0;
        for (int cut = 0; cut < record.length; cut += 697) {
            byte[] part = Arrays.copyOf(record, cut);
            try {
                FlightReplay.Outcome outcome = replay(part);
                assertTrue(outcome.identical(), "cut at " + cut + ": " + outcome.deviation());
                assertTrue(outcome.end().contains("at byte "), "cut at " + cut + ": " + outcome.end());
                assertTrue(outcome.cycles() >= whole, "a longer part has no fewer cycles");
                whole = (int) outcome.cycles();
            } catch (IOException e) {
                assertEquals(0, whole, "only a cut head is unreadable, but: " + e.getMessage());
                assertTrue(String.valueOf(e.getMessage()).startsWith("record: found "), e.getMessage());
                head++;
            }
        }
        assertTrue(whole > 680, whole + " cycles of the longest part");
        assertTrue(head > 3, head + " cut heads");
    }

    @Test
    void damageIsFoundWhereItIs() throws IOException {
        byte[] record = recorded();
        int tried = 0;
        for (int at = record.length / 2; at < record.length; at += 503) {
            byte[] damaged = record.clone();
            damaged[at] ^= 0x10;
            FlightReplay.Outcome outcome = replay(damaged);
            assertTrue(outcome.identical(), "damage at " + at);
            assertTrue(
                    outcome.end().startsWith("damaged at byte ")
                            || outcome.end().startsWith("cut at byte "),
                    outcome.end());
            tried++;
        }
        assertTrue(tried > 20, tried + " places");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "BMSR", "BMSR\u0009aaa", "time_s,current_a,voltage_v\n1,2,3\n"})
    void whatIsNoRecordIsOneLine(String content) {
        byte[] bytes = content.getBytes(StandardCharsets.ISO_8859_1);
        String told = String.valueOf(
                assertThrows(IOException.class, () -> replay(bytes)).getMessage());
        assertTrue(told.startsWith("record: found ") && told.contains(", expected "), told);
        assertFalse(told.contains("\n"), told);
    }

    @Test
    void otherSettingsAreRefusedInOneLine() throws IOException {
        byte[] record = recorded();
        String text = new String(record, StandardCharsets.ISO_8859_1);
        int at = text.indexOf("limits.voltageMarginV");
        byte[] other = record.clone();
        other[at] = 'm';
        ByteBuffer b = ByteBuffer.wrap(other);
        int settingsAt = 8; // after the words and the estimator's name
        settingsAt += 8 + b.getInt(settingsAt);
        settingsAt += 8 + b.getInt(settingsAt);
        CRC32C crc = new CRC32C();
        crc.update(other, settingsAt + 8, b.getInt(settingsAt));
        b.putInt(settingsAt + 4, (int) crc.getValue());
        String told = String.valueOf(
                assertThrows(IOException.class, () -> replay(other)).getMessage());
        assertEquals(
                "record: found settings this version cannot run (limits.voltageMarginV is missing), expected its own",
                told);
    }

    @Test
    void aFailingStreamEndsTheRecordAndNotTheCycle() {
        OutputStream full = new OutputStream() {
            private int room = 20_000;

            @Override
            public void write(int b) throws IOException {
                throw new IOException("unused");
            }

            @Override
            public void write(byte[] b, int off, int len) throws IOException {
                room -= len;
                if (room < 0) {
                    throw new IOException("no space left");
                }
            }
        };
        FlightRecorder recorder = new FlightRecorder(full, sample);
        manager.record(recorder);
        manager.start(0.55, 0.1);
        for (int k = 0; k < 3000; k++) {
            read(driven(k));
            manager.step(sample);
        }
        String failure = String.valueOf(recorder.failure());
        assertTrue(failure.startsWith("flight record ended after ") && failure.endsWith("no space left"), failure);
        assertTrue(recorder.bytes() <= 20_000);
        assertTrue(manager.estimate().known());
        manager.endRecord();
    }
}
