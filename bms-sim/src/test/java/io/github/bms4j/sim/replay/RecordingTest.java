package io.github.bms4j.sim.replay;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RecordingTest {
    private static final String THREE_ROWS = """
            time_s,soc_ref,current_a,comment,temperature_c,voltage_v
            10,1,2.5,start,25.5,4.1
            10.5,,-1,,,
            12,0.99,,"three, four",25.75,4.05
            """;

    private static Recording read(byte[] bytes) throws IOException {
        return Recording.read("drive.csv", new ByteArrayInputStream(bytes));
    }

    private static Recording read(String text) throws IOException {
        return read(text.getBytes(StandardCharsets.UTF_8));
    }

    private static byte[] zipped(String text) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream zip = new GZIPOutputStream(bytes)) {
            zip.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return bytes.toByteArray();
    }

    private static void assertThreeRows(Recording recording) {
        assertEquals(3, recording.rows());
        assertEquals(10.0, recording.timeS(0));
        assertEquals(2.5, recording.currentA(0));
        assertEquals(4.1, recording.voltageV(0));
        assertEquals(25.5, recording.temperatureDegC(0));
        assertEquals(1.0, recording.socRef(0));
        assertEquals(-1.0, recording.currentA(1));
        assertEquals(Double.NaN, recording.voltageV(1));
        assertEquals(Double.NaN, recording.temperatureDegC(1));
        assertEquals(Double.NaN, recording.socRef(1));
        assertEquals(Double.NaN, recording.currentA(2));
        assertEquals(2.0, recording.durationS());
    }

    @Test
    void findsItsColumnsByNameAndSkipsOthers() throws IOException {
        assertThreeRows(read(THREE_ROWS));
        assertEquals("drive.csv", read(THREE_ROWS).name());
    }

    @Test
    void readsGzipAndPlainFilesAlike(@TempDir Path folder) throws IOException {
        Path plain = Files.writeString(folder.resolve("a.csv"), THREE_ROWS);
        Path zip = Files.write(folder.resolve("a.gz"), zipped(THREE_ROWS));
        assertThreeRows(Recording.load(plain));
        assertThreeRows(Recording.load(zip));
        assertEquals(zip.toString(), Recording.load(zip).name());
    }

    @Test
    void readsWhatSpreadsheetsWrite() throws IOException {
        assertThreeRows(read("\uFEFF" + THREE_ROWS.replace("\n", "\r\n")));
        assertThreeRows(read(THREE_ROWS + "\n"));
    }

    @Test
    void columnsThatAreNotThereAreNotMeasured() throws IOException {
        Recording recording = read("current_a,time_s\n1,0\n2,1\n");
        assertEquals(2.0, recording.currentA(1));
        assertEquals(Double.NaN, recording.voltageV(0));
        assertEquals(Double.NaN, recording.temperatureDegC(0));
        assertEquals(Double.NaN, recording.socRef(0));
    }

    @Test
    void growsWithItsRows() throws IOException {
        StringBuilder text = new StringBuilder("time_s,current_a\n");
        for (int k = 0; k < 5000; k++) {
            text.append(k).append(',').append(-k).append('\n');
        }
        Recording recording = read(text.toString());
        assertEquals(5000, recording.rows());
        for (int k = 0; k < 5000; k++) {
            assertEquals(k, recording.timeS(k));
            assertEquals(-k, recording.currentA(k));
        }
        assertEquals(4999.0, recording.durationS());
    }

    /** {@code |} stands for a new line. */
    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = ';',
            value = {
                "'';                                1:1: found 0 rows of data, expected a header and two rows",
                "time_s,current_a;                  2:1: found 0 rows of data, expected a header and two rows",
                "time_s,current_a|0,1;              3:1: found 1 row of data, expected a header and two rows",
                "t,current_a|0,1;                   '1:1: found columns t,current_a, expected a column time_s'",
                "time_s,i|0,1;                      '1:1: found columns time_s,i, expected a column current_a'",
                "time_s,current_a|0;                2:1: found 1 field, expected 2 as in the header",
                "time_s,current_a|0,1,2;            2:3: found 3 fields, expected 2 as in the header",
                "time_s,current_a|0,1|||;           3:1: found 1 row of data, expected a header and two rows",
                "time_s,current_a|,1;               2:1: found time_s '', expected a finite number",
                "time_s,current_a|x,1;              2:1: found time_s 'x', expected a finite number",
                "time_s,current_a|0,1|0,1;          '3:1: found time_s 0, expected a time after that of the row before, 0.0'",
                "current_a,time_s|0,1|0,0.5;        '3:2: found time_s 0.5, expected a time after that of the row before, 1.0'",
                "time_s,current_a|0,1|2,1|1,1;      '4:1: found time_s 1, expected a time after that of the row before, 2.0'"
            })
    void whatIsWrongIsToldInOneLineWithLineAndField(String text, String found) {
        RecordingException e = assertThrows(RecordingException.class, () -> read(text.replace('|', '\n')));
        assertEquals("drive.csv:" + found, e.getMessage());
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"current_a", "voltage_v", "temperature_c", "soc_ref"})
    void onlyNumbersAreMeasurements(String column) {
        for (String value : new String[] {"abc", "NaN", "Infinity", "1,5".replace(',', '_')}) {
            String header = column.equals("current_a") ? "time_s,current_a" : "time_s,current_a," + column;
            String before = column.equals("current_a") ? "1," : "1,0,";
            String good = before.replace('1', '0') + "0";
            RecordingException e = assertThrows(
                    RecordingException.class, () -> read(header + "\n" + good + "\n" + before + value + "\n"));
            assertEquals(
                    "drive.csv:3:" + header.split(",").length + ": found " + column + " '" + value
                            + "', expected a finite number, or nothing if it was not measured",
                    e.getMessage());
        }
    }

    @Test
    void aQuoteThatNeverEndsIsNoCsvOrAShortRow() {
        RecordingException e =
                assertThrows(RecordingException.class, () -> read("time_s,current_a\n0,1\n1,\"2\n2,3\n"));
        assertTrue(String.valueOf(e.getMessage()).startsWith("drive.csv:3:"), e::getMessage);
    }

    @Test
    void aLongOrManyLineTextIsCutToOneLine() {
        String text = "x\ny" + "z".repeat(1000);
        RecordingException e =
                assertThrows(RecordingException.class, () -> read("time_s,current_a\n0,\"" + text + "\"\n"));
        String message = String.valueOf(e.getMessage());
        assertTrue(message.startsWith("drive.csv:2:2: found current_a 'x yzzz"), message);
        assertTrue(message.length() < 250, () -> message.length() + " characters");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ISO-8859-1", "UTF-16"})
    void otherEncodingsAreFindingsWhereTheyMatter(String charset) {
        byte[] bytes = "time_s,current_a\n0,1\n1,é\n".getBytes(Charset.forName(charset));
        RecordingException e = assertThrows(RecordingException.class, () -> read(bytes));
        assertTrue(String.valueOf(e.getMessage()).startsWith("drive.csv:3:2: found current_a '"), e::getMessage);
    }

    @Test
    void everyCutOfAGzipFileIsAFinding() throws IOException {
        byte[] whole = zipped(THREE_ROWS);
        for (int length = 3; length < whole.length; length++) {
            byte[] cut = Arrays.copyOf(whole, length);
            RecordingException e = assertThrows(RecordingException.class, () -> read(cut), "of " + length + " bytes");
            String message = String.valueOf(e.getMessage());
            assertTrue(message.matches("drive.csv:\\d+:1: found the end of a gzip stream .*, expected .*"), message);
        }
    }

    @Test
    void aFlippedBitInAGzipFileIsAFinding() throws IOException {
        byte[] bytes = zipped(THREE_ROWS);
        bytes[bytes.length - 6] ^= 1; // in the checksum
        RecordingException e = assertThrows(RecordingException.class, () -> read(bytes));
        assertTrue(String.valueOf(e.getMessage()).contains("found a damaged gzip stream ("), e::getMessage);
    }

    @Test
    void whatCannotBeReadIsNotAFinding(@TempDir Path folder) {
        assertThrows(NoSuchFileException.class, () -> Recording.load(folder.resolve("missing")));
        IOException broken = new IOException("cable out");
        InputStream in = new InputStream() {
            @Override
            public int read() throws IOException {
                throw broken;
            }

            @Override
            public int read(byte[] into, int from, int count) throws IOException {
                throw broken;
            }
        };
        assertSame(broken, assertThrows(IOException.class, () -> Recording.read("x", in)));
    }

    @Test
    void givesColumnsItDoesNotKnowByName() throws IOException {
        String text = "discharged_ah,time_s,current_a,remark,cycle\n0.5,1,2,note,1\n,2,2,7,2\n";
        Recording recording = read(text.getBytes(StandardCharsets.UTF_8));
        assertArrayEquals(
                new double[] {0.5, Double.NaN},
                recording.column("discharged_ah").orElseThrow());
        assertArrayEquals(
                new double[] {Double.NaN, 7.0}, recording.column("remark").orElseThrow());
        assertArrayEquals(new double[] {1.0, 2.0}, recording.column("cycle").orElseThrow());
        assertTrue(recording.column("script").isEmpty());
        assertTrue(recording.column("time_s").isEmpty(), "a known column has its own method");
        recording.column("cycle").orElseThrow()[0] = 5.0;
        assertEquals(1.0, recording.column("cycle").orElseThrow()[0], "a copy");
    }
}
