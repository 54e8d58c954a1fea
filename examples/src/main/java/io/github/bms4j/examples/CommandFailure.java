package io.github.bms4j.examples;

import io.github.bms4j.config.ConfigException;
import io.github.bms4j.sim.replay.RecordingException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** What ends a command with one line on standard error and an exit code: found what, where, expected what. */
final class CommandFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int exitCode;

    private CommandFailure(int exitCode, String message, @Nullable Exception cause) {
        super(message, cause);
        this.exitCode = exitCode;
    }

    int exitCode() {
        return exitCode;
    }

    /** Reads one input file. */
    @FunctionalInterface
    interface Reading<T> {
        T from(Path file) throws IOException, ConfigException;
    }

    /** Reads an input file; one that is missing, unreadable or wrong ends the command with {@link Bms#BAD_INPUT}. */
    static <T> T orUnreadable(Path file, Reading<T> reading) {
        try {
            return reading.from(file);
        } catch (ConfigException | RecordingException e) {
            throw new CommandFailure(Bms.BAD_INPUT, String.valueOf(e.getMessage()), e);
        } catch (IOException e) {
            throw unreadable(file, e);
        }
    }

    /** An input file that cannot be read. */
    static CommandFailure unreadable(Path file, IOException e) {
        String found = Files.isDirectory(file) ? "a folder" : reason(e);
        return new CommandFailure(Bms.BAD_INPUT, file + ": found " + found + ", expected a readable file", e);
    }

    /** An input that says something else than was expected, in one line. */
    static CommandFailure badInput(String message, @Nullable Exception cause) {
        return new CommandFailure(Bms.BAD_INPUT, message, cause);
    }

    /** An output that cannot be written: the run failed. */
    static CommandFailure unwritable(Path folder, IOException e) {
        Path where = e instanceof FileSystemException at && at.getFile() != null ? Path.of(at.getFile()) : folder;
        Path there = where;
        while (!Files.exists(there) && there.getParent() != null) {
            there = there.getParent();
        }
        String found = reason(e);
        String expected = "a place to write results to";
        if (Files.isRegularFile(there)) {
            found = "a file";
            expected = "a folder";
            where = there;
        } else if (Files.isDirectory(where) && !where.equals(folder)) {
            found = "a folder";
            expected = "a file";
        }
        return new CommandFailure(Bms.FAILED, where + ": found " + found + ", expected " + expected, e);
    }

    private static String reason(IOException e) {
        if (e instanceof NoSuchFileException) {
            return "no such file";
        }
        if (e instanceof AccessDeniedException) {
            return "no permission";
        }
        if (e instanceof FileSystemException system && system.getReason() != null) {
            return system.getReason();
        }
        return String.valueOf(e.getMessage());
    }
}
