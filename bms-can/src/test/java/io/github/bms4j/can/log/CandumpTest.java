package io.github.bms4j.can.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.bms4j.can.frame.CanFrame;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CandumpTest {
    private static final int[] FD_LENGTHS = {0, 1, 2, 3, 4, 5, 6, 7, 8, 12, 16, 20, 24, 32, 48, 64};

    private final CanFrame frame = new CanFrame();

    @Test
    void writesTheLinesOfCandump() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (CandumpWriter writer = new CandumpWriter(out, "can0")) {
            frame.extended(0x1826F456).length(3).putByte(0, 1).putByte(1, 1);
            writer.frame(frame.timestampNanos(3_256_500_000_999L));
            writer.frame(frame.standard(0x12).timestampNanos(1_700_000_000_123_456_789L));
            writer.frame(frame.remote(0x123, false, 8).timestampNanos(-5));
            writer.frame(frame.remote(0x123, true, 0).timestampNanos(1_000));
            writer.frame(frame.fd(0x123, false, true).length(2).putByte(0, 0xAA).putByte(1, 0xBB));
            writer.frame(frame.errorState(true));
            writer.frame(frame.error(4).length(8).putByte(7, 0x0F).timestampNanos(9_999_999_999L));
        }
        assertEquals("""
                (0000003256.500000) can0 1826F456#010100
                (1700000000.123456) can0 012#
                (0000000000.000000) can0 123#R8
                (0000000000.000001) can0 00000123#R
                (0000000000.000001) can0 123##1AABB
                (0000000000.000001) can0 123##3AABB
                (0000000009.999999) can0 20000004#000000000000000F
                """, out.toString(StandardCharsets.US_ASCII));
    }

    @Test
    void keepsLinesUntilFlushed() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        CandumpWriter writer = new CandumpWriter(out, "v");
        writer.write(frame.standard(1));
        assertEquals(0, out.size());
        writer.flush();
        assertEquals("(0000000000.000000) v 001#\n", out.toString(StandardCharsets.US_ASCII));
        writer.close();
        assertEquals(27, out.size());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "can 0", "can\n", "cän0"})
    void refusesAnInterfaceNameThatBreaksTheLine(String name) {
        assertThrows(IllegalArgumentException.class, () -> new CandumpWriter(OutputStream.nullOutputStream(), name));
        assertThrows(
                IllegalArgumentException.class,
                () -> new CandumpWriter(OutputStream.nullOutputStream(), "x".repeat(65)));
    }

    @Test
    void aFullDiskIsReported() {
        OutputStream full = new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                throw new IOException("disk full");
            }
        };
        CandumpWriter writer = new CandumpWriter(full, "can0");
        writer.frame(frame.standard(1));
        assertEquals("disk full", assertThrows(IOException.class, writer::flush).getMessage());
        UncheckedIOException thrown = assertThrows(UncheckedIOException.class, () -> {
            for (int i = 0; i < 10_000; i++) {
                writer.frame(frame);
            }
        });
        assertEquals("java.io.IOException: disk full", thrown.getMessage());
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "(3256.500000) can0 1826F456#010100, 3256500000000, 1826F456#010100",
        "(0000000001.000001) can0 7ff#aBcDeF, 1000001000, 7FF#ABCDEF",
        "(1.5)  vcan12  123#, 1500000000, 123#",
        "(1.123456789) can0 123#R, 1123456789, 123#R",
        "(1.000000) can0 123#r7 T, 1000000000, 123#R7",
        "(1.000000) can0 123#11 R, 1000000000, 123#11",
        "(9223372035.999999) can0 00000123#R8, 9223372035999999000, 00000123#R8",
        "(1.0) can0 123##0, 1000000000, 123##0",
        "(1.0) can0 123##51122, 1000000000, 123##11122",
        "(1.0) can0 1ABCDEF0##E112233445566778899AABBCC, 1000000000, 1ABCDEF0##2112233445566778899AABBCC",
        "(1.0) can0 20000080#0000000000000000, 1000000000, 20000080#0000000000000000",
        "(1.0) can0 123#1122334455667788_B, 1000000000, 123#1122334455667788",
    })
    void readsALine(String line, long nanos, String expected) throws IOException {
        for (String end : new String[] {"", "\n", "\r\n"}) {
            CandumpReader reader = reader(line + end);
            assertTrue(reader.read(frame));
            assertEquals(expected, frame.toString());
            assertEquals(nanos, frame.timestampNanos());
            frame.standard(0x77);
            assertFalse(reader.read(frame));
            assertEquals("077#", frame.toString());
        }
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "hello|\"(\" and a time",
                "(x.5) can0 123#|seconds and \".\"",
                "(.5) can0 123#|seconds and \".\"",
                "(12345678901.5) can0 123#|seconds and \".\"",
                "(9223372036.0) can0 123#|seconds and \".\"",
                "(1,5) can0 123#|seconds and \".\"",
                "(1.) can0 123#|1 to 9 decimals and \") \"",
                "(1.1234567890) can0 123#|1 to 9 decimals and \") \"",
                "(1.5 can0 123#|1 to 9 decimals and \") \"",
                "(1.5)can0 123#|1 to 9 decimals and \") \"",
                "'(1.5) '|an interface name and a blank",
                "(1.5) can0|an interface name and a blank",
                "(1.5) can0 12#|3 or 8 hex digits and \"#\"",
                "(1.5) can0 1234#|3 or 8 hex digits and \"#\"",
                "(1.5) can0 123456789#|3 or 8 hex digits and \"#\"",
                "(1.5) can0 123|3 or 8 hex digits and \"#\"",
                "(1.5) can0 1G3#|3 or 8 hex digits and \"#\"",
                "(1.5) can0 800#|an identifier up to 7FF or 1FFFFFFF",
                "(1.5) can0 40000000#|an identifier up to 7FF or 1FFFFFFF",
                "(1.5) can0 80000001#|an identifier up to 7FF or 1FFFFFFF",
                "(1.5) can0 123#1|pairs of hex digits, 64 at most",
                "(1.5) can0 123#11 2|the end of the line",
                "(1.5) can0 123#11X|the end of the line",
                "(1.5) can0 123#112233445566778899|at most 8 bytes",
                "(1.5) can0 123#1122334455667788_8|the end of the line",
                "(1.5) can0 123#11_B|the end of the line",
                "(1.5) can0 123#R9|a remote length of 0 to 8",
                "(1.5) can0 123#R12|the end of the line",
                "(1.5) can0 20000001#R|an error frame not to be a remote frame",
                "(1.5) can0 123##|the flags of an FD frame",
                "(1.5) can0 20000001##0|the flags of an FD frame",
                "(1.5) can0 123##0112233445566778899|0 to 8, 12, 16, 20, 24, 32, 48 or 64 bytes",
            })
    void namesWhatIsWrongAndGoesOn(String line, String expected) throws IOException {
        CandumpReader reader = reader("(1.0) can0 001#\n\n" + line + "\n(2.0) can0 002#\n");
        assertTrue(reader.read(frame));
        LogFormatException wrong = assertThrows(LogFormatException.class, () -> reader.read(frame));
        assertEquals("test.log", wrong.file());
        assertEquals(3, wrong.line());
        assertEquals(line.stripTrailing(), wrong.text());
        assertEquals(
                "test.log:3: expected " + expected + " but the line is \"" + line.stripTrailing() + "\"",
                wrong.getMessage());
        assertTrue(reader.read(frame));
        assertEquals("002#", frame.toString());
        assertEquals(4, reader.line());
    }

    @Test
    void refusesTooManyBytesAndEndlessLines() throws IOException {
        String bytes = "55".repeat(65);
        CandumpReader reader = reader("(1.0) can0 123##0" + bytes + "\n" + "x".repeat(300_000) + "\n(2.0) can0 002#"
                + " ".repeat(200_000) + "\n(3.0) can0 003#");
        assertThrows(LogFormatException.class, () -> reader.read(frame));
        LogFormatException endless = assertThrows(LogFormatException.class, () -> reader.read(frame));
        assertEquals(2, endless.line());
        assertEquals("x".repeat(200), endless.text());
        assertEquals(
                3,
                assertThrows(LogFormatException.class, () -> reader.read(frame)).line());
        assertTrue(reader.read(frame));
        assertEquals("003#", frame.toString());
        assertEquals(4, reader.line());
        assertFalse(reader.read(frame));
    }

    @Test
    void skipsBlankLinesAndSaysWhichInterfaceAFrameCameFrom() throws IOException {
        CandumpReader reader = reader("\n  \r\n\t\n(1.0) can0 001#\n(1.0) vcan1 002#\r\n\r\n   ");
        assertEquals("", reader.interfaceName());
        assertTrue(reader.read(frame));
        assertEquals("can0", reader.interfaceName());
        assertEquals(4, reader.line());
        assertTrue(reader.read(frame));
        assertEquals("vcan1", reader.interfaceName());
        assertFalse(reader.read(frame));
        assertFalse(reader.read(frame));
        assertFalse(reader("").read(frame));
    }

    @Test
    void readsAllLinesOfARealSession() throws IOException {
        List<String> lines = new ArrayList<>();
        try (CandumpReader reader = new CandumpReader(session(), "session")) {
            while (reader.read(frame)) {
                assertEquals("can0", reader.interfaceName());
                long tenths = frame.timestampNanos() / 100_000_000;
                lines.add("(%d.%d00000) can0 %s".formatted(tenths / 10, tenths % 10, frame));
            }
        }
        assertEquals(1149, lines.size());
        try (InputStream in = session()) {
            assertEquals(
                    new String(in.readAllBytes(), StandardCharsets.US_ASCII)
                            .lines()
                            .toList(),
                    lines);
        }
    }

    @Test
    void whatIsWrittenIsReadBack() throws IOException {
        for (int seed = 0; seed < 20; seed++) {
            Random random = new Random(seed);
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            List<String> written = new ArrayList<>();
            try (CandumpWriter writer = new CandumpWriter(out, "can" + seed)) {
                for (int i = 0; i < 2000; i++) {
                    any(random);
                    writer.write(frame);
                    written.add(frame.timestampNanos() + " " + frame);
                }
            }
            List<String> read = new ArrayList<>();
            try (CandumpReader reader = new CandumpReader(trickle(out.toByteArray(), random), "x")) {
                while (reader.read(frame)) {
                    read.add(frame.timestampNanos() + " " + frame);
                }
                assertEquals("can" + seed, reader.interfaceName());
            }
            assertEquals(written, read, "seed " + seed);
        }
    }

    @Test
    void allocatesNothingPerFrame() throws IOException {
        byte[] line = "(1700000000.123456) can0 1826F456#0102030405060708\n".getBytes(StandardCharsets.US_ASCII);
        CandumpReader reader = new CandumpReader(
                new InputStream() {
                    private int at;

                    @Override
                    public int read() {
                        throw new AssertionError("byte by byte");
                    }

                    @Override
                    public int read(byte[] into, int offset, int length) {
                        for (int i = 0; i < length; i++) {
                            into[offset + i] = line[at];
                            at = at + 1 == line.length ? 0 : at + 1;
                        }
                        return length;
                    }
                },
                "endless");
        CandumpWriter writer = new CandumpWriter(OutputStream.nullOutputStream(), "can0");
        com.sun.management.ThreadMXBean threads =
                (com.sun.management.ThreadMXBean) java.lang.management.ManagementFactory.getThreadMXBean();
        long before = 0;
        for (int i = 0; i < 20_000; i++) {
            if (i == 10_000) {
                before = threads.getCurrentThreadAllocatedBytes();
            }
            assertTrue(reader.read(frame));
            writer.write(frame);
        }
        assertEquals(0, (threads.getCurrentThreadAllocatedBytes() - before) / 10_000);
    }

    private void any(Random random) {
        boolean extended = random.nextBoolean();
        int id = random.nextInt(extended ? CanFrame.MAX_EXTENDED_ID + 1 : CanFrame.MAX_STANDARD_ID + 1);
        switch (random.nextInt(4)) {
            case 0 -> frame.remote(id, extended, random.nextInt(9));
            case 1 ->
                frame.fd(id, extended, random.nextBoolean())
                        .errorState(random.nextBoolean())
                        .length(FD_LENGTHS[random.nextInt(16)]);
            case 2 -> frame.error(random.nextInt(CanFrame.MAX_EXTENDED_ID + 1)).length(8);
            default -> frame.classic(id, extended).length(random.nextInt(9));
        }
        for (int i = 0; i < frame.length() && !frame.remote(); i++) {
            frame.putByte(i, random.nextInt(256));
        }
        long micros = random.nextLong() & ((1L << random.nextInt(53)) - 1);
        frame.timestampNanos(1000 * micros);
    }

    private static CandumpReader reader(String text) {
        return new CandumpReader(new ByteArrayInputStream(text.getBytes(StandardCharsets.US_ASCII)), "test.log");
    }

    /** A stream that gives few bytes at a time, as a pipe does. */
    private static InputStream trickle(byte[] bytes, Random random) {
        return new ByteArrayInputStream(bytes) {
            @Override
            public int read(byte[] into, int offset, int length) {
                return super.read(into, offset, Math.min(length, 1 + random.nextInt(5000)));
            }
        };
    }

    private static InputStream session() {
        InputStream in = CandumpTest.class.getResourceAsStream(
                "/io/github/bms4j/can/gbt27930-2015_real_charger_session.candump.log");
        return java.util.Objects.requireNonNull(in);
    }
}
