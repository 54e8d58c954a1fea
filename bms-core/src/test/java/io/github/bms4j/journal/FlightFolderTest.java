package io.github.bms4j.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FlightFolderTest {
    @TempDir
    private Path base;

    private static void record(FlightFolder folder, int bytes) throws IOException {
        try (OutputStream out = folder.begin()) {
            out.write(new byte[bytes]);
        }
    }

    private static List<String> names(FlightFolder folder) throws IOException {
        return folder.records().stream().map(f -> f.getFileName().toString()).toList();
    }

    @Test
    void holdsTheLatestRecordsAndNoMoreBytesThanGiven() throws IOException {
        FlightFolder folder = new FlightFolder(base.resolve("made"), 20_000, 5000);
        for (int i = 1; i <= 12; i++) {
            record(folder, 4000);
            long held = 0;
            for (Path file : folder.records()) {
                held += Files.size(file);
            }
            assertTrue(held <= 20_000, "after " + i + ": " + held);
        }
        assertEquals(
                List.of("flight-000009.bmsr", "flight-000010.bmsr", "flight-000011.bmsr", "flight-000012.bmsr"),
                names(folder));
    }

    @Test
    void goesOnCountingAndLeavesOtherFilesAlone() throws IOException {
        Path place = Files.createDirectory(base.resolve("there"));
        Files.write(place.resolve("flight-999999.bmsr"), new byte[10]);
        Files.write(place.resolve("notes.txt"), new byte[100_000]);
        FlightFolder folder = new FlightFolder(place, 8192, 4096);
        record(folder, 10);
        assertEquals(List.of("flight-999999.bmsr", "flight-1000000.bmsr"), names(folder));
        record(folder, 4096);
        record(folder, 4096);
        assertEquals(List.of("flight-1000001.bmsr", "flight-1000002.bmsr"), names(folder));
        assertTrue(Files.exists(place.resolve("notes.txt")));
    }

    @Test
    void aRecordEndsAtItsSizeWithAWholeWrite() throws IOException {
        FlightFolder folder = new FlightFolder(base, 10_000, 5000);
        try (OutputStream out = folder.begin()) {
            out.write(new byte[3000]);
            String told = String.valueOf(assertThrows(IOException.class, () -> out.write(new byte[2001]))
                    .getMessage());
            assertEquals("the record has reached 5000 bytes", told);
            out.write(new byte[1999]);
            out.write(7);
            assertThrows(IOException.class, () -> out.write(7));
        }
        assertEquals(5000, Files.size(folder.records().get(0)));
    }

    @Test
    void aFileIsNoFolder() throws IOException {
        Path file = Files.writeString(base.resolve("file"), "x");
        String told = String.valueOf(assertThrows(IOException.class, () -> new FlightFolder(file, 10_000, 5000))
                .getMessage());
        assertEquals(file + ": found a file, expected the folder of the flight records", told);
    }

    @ParameterizedTest
    @CsvSource({"8191, 4096", "100000, 4095", "0, 0"})
    void refusesSizesThatDoNotFit(long total, long record) {
        assertThrows(IllegalArgumentException.class, () -> new FlightFolder(base, total, record));
    }
}
