package io.github.bms4j.sim.trace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.CopyOption;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutputFileTest {
    @TempDir
    Path folder;

    private static OutputFile.IoConsumer<OutputStream> text(String text) {
        return to -> to.write(text.getBytes(StandardCharsets.UTF_8));
    }

    private List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> String.valueOf(file.getFileName()))
                    .sorted()
                    .toList();
        }
    }

    @Test
    void writesAFileAndMakesItsFolders() throws IOException {
        Path target = folder.resolve("a/b/run.csv");
        OutputFile.write(target, text("new"));
        assertEquals("new", Files.readString(target));
        try (Stream<Path> files = Files.list(folder.resolve("a/b"))) {
            assertEquals(1, files.count(), "nothing else stays");
        }
    }

    @Test
    void replacesAnOlderFile() throws IOException {
        Path target = Files.writeString(folder.resolve("run.csv"), "old and longer");
        OutputFile.write(target, text("new"));
        assertEquals("new", Files.readString(target));
        assertEquals(List.of("run.csv"), names());
    }

    @Test
    void keepsTheOlderFileWhenWritingFails() throws IOException {
        Path target = Files.writeString(folder.resolve("run.csv"), "old");
        IOException failure = new IOException("disk full");
        IOException thrown = assertThrows(
                IOException.class,
                () -> OutputFile.write(target, to -> {
                    to.write(new byte[200_000]);
                    throw failure;
                }));
        assertSame(failure, thrown);
        assertEquals("old", Files.readString(target));
        assertEquals(List.of("run.csv"), names());
    }

    @Test
    void keepsTheOlderFileUntilCommit() throws IOException {
        Path target = Files.writeString(folder.resolve("run.csv"), "old");
        try (OutputFile file = OutputFile.open(target)) {
            file.stream().write('n');
            file.stream().flush();
            assertEquals("old", Files.readString(target));
            assertEquals(2, names().size(), "written beside the target");
            file.commit();
            assertEquals("n", Files.readString(target));
        }
        assertEquals("n", Files.readString(target), "close after commit takes nothing back");
        assertEquals(List.of("run.csv"), names());
    }

    @Test
    void closeWithoutCommitDiscards() throws IOException {
        Path target = folder.resolve("run.csv");
        OutputFile file = OutputFile.open(target);
        file.stream().write('n');
        file.close();
        file.close();
        assertEquals(List.of(), names());
        assertThrows(IllegalStateException.class, file::commit);
    }

    @Test
    void commitsOnce() throws IOException {
        try (OutputFile file = OutputFile.open(folder.resolve("run.csv"))) {
            file.commit();
            assertThrows(IllegalStateException.class, file::commit);
        }
        assertEquals(List.of("run.csv"), names());
    }

    @Test
    void aWriterAroundTheStreamMayBeClosedFirst() throws IOException {
        Path target = folder.resolve("run.csv");
        try (OutputFile file = OutputFile.open(target)) {
            try (Writer writer = new OutputStreamWriter(file.stream(), StandardCharsets.UTF_8)) {
                writer.write("±");
            }
            file.commit();
        }
        assertEquals("±", Files.readString(target));
    }

    @Test
    void twoWritersOfOneTargetDoNotDisturbEachOther() throws IOException {
        Path target = folder.resolve("run.csv");
        try (OutputFile first = OutputFile.open(target);
                OutputFile second = OutputFile.open(target)) {
            first.stream().write('1');
            second.stream().write('2');
            second.commit();
            first.commit();
        }
        assertEquals("1", Files.readString(target));
        assertEquals(List.of("run.csv"), names());
    }

    @Test
    void refusesAFolder() {
        FileSystemException e = assertThrows(FileSystemException.class, () -> OutputFile.open(folder));
        assertTrue(e.toString().contains("is a folder"), e.toString());
    }

    @Test
    void failsWhenTheParentIsAFile() throws IOException {
        Path file = Files.writeString(folder.resolve("plain"), "old");
        assertThrows(IOException.class, () -> OutputFile.write(file.resolve("run.csv"), text("new")));
        assertEquals("old", Files.readString(file));
    }

    @Test
    void followsASymbolicLink() throws IOException {
        Path real = Files.writeString(folder.resolve("real.csv"), "old");
        Path link = folder.resolve("link.csv");
        try {
            Files.createSymbolicLink(link, real);
        } catch (IOException | UnsupportedOperationException e) {
            Assumptions.abort("no symbolic links here: " + e);
        }
        OutputFile.write(link, text("new"));
        assertTrue(Files.isSymbolicLink(link));
        assertEquals("new", Files.readString(real));
    }

    @Test
    void writesStraightToADevice() throws IOException {
        Path device = Path.of("/dev/null");
        Assumptions.assumeTrue(Files.exists(device) && Files.isWritable(device));
        OutputFile.write(device, text("gone"));
        assertFalse(Files.isRegularFile(device), "still a device");
    }

    @Test
    void movesInTheOrdinaryWayWhereAtomicMovesAreUnknown() throws IOException {
        List<CopyOption> tried = new ArrayList<>();
        OutputFile.moveOver(option -> {
            tried.add(option);
            if (option == StandardCopyOption.ATOMIC_MOVE) {
                throw new AtomicMoveNotSupportedException("a", "b", "no");
            }
        });
        assertEquals(List.of(StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING), tried);
    }

    @Test
    void doesNotReplaceWhenTheAtomicMoveFailsForAnotherReason() {
        List<CopyOption> tried = new ArrayList<>();
        assertThrows(
                FileSystemException.class,
                () -> OutputFile.moveOver(option -> {
                    tried.add(option);
                    throw new FileSystemException("disk gone");
                }));
        assertEquals(List.of(StandardCopyOption.ATOMIC_MOVE), tried);
    }
}
