package io.github.bms4j.sim.trace;

import java.io.BufferedOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.CopyOption;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * A file that appears whole or not at all: written beside its target, then moved over it.
 *
 * <pre>
 * try (OutputFile file = OutputFile.open(target)) {
 *     writeAll(file.stream());
 *     file.commit();
 * }                                  // without commit: nothing of it stays, the old target is as it was
 * </pre>
 *
 * <p>Missing parent folders are made. A target that is a symbolic link is followed. A target that is no regular file, such
 * as a pipe or {@code /dev/null}, is written to directly, since it must not be replaced. The bytes are forced to the disk
 * before the move, so that a power cut leaves the old file or the new one. Where the file system cannot move atomically
 * the target is replaced in the ordinary way.
 *
 * <p>Thread: one.
 */
public final class OutputFile implements AutoCloseable {
    private static final int BUFFER_BYTES = 1 << 16;
    private static final int MAX_NAMES = 1000;

    private final Path target;
    private final @Nullable Path part;
    private final FileChannel channel;
    private final OutputStream stream;
    private boolean done;

    /**
     * Something that takes a value and may fail with an {@link IOException}.
     *
     * @param <T> what it takes
     */
    @FunctionalInterface
    public interface IoConsumer<T> {
        /** Takes the value. */
        void accept(T value) throws IOException;
    }

    private OutputFile(Path target, @Nullable Path part, FileChannel channel) {
        this.target = target;
        this.part = part;
        this.channel = channel;
        this.stream = new KeptOpen(new BufferedOutputStream(Channels.newOutputStream(channel), BUFFER_BYTES));
    }

    /**
     * Writes a whole file: opens, lets the writer fill the stream, commits.
     *
     * @throws IOException if opening, writing or moving fails; an older target is then as it was
     */
    public static void write(Path target, IoConsumer<? super OutputStream> writer) throws IOException {
        try (OutputFile file = open(target)) {
            writer.accept(file.stream());
            file.commit();
        }
    }

    /**
     * Begins a file; the target is untouched until {@link #commit()}.
     *
     * @throws IOException if the target is a folder or its folder cannot be written to
     */
    public static OutputFile open(Path target) throws IOException {
        if (Files.isDirectory(target)) {
            throw new FileSystemException(target.toString(), null, "is a folder, expected a file");
        }
        if (Files.exists(target) && !Files.isRegularFile(target)) {
            return new OutputFile(target, null, FileChannel.open(target, StandardOpenOption.WRITE));
        }
        Path real = Files.exists(target) ? target.toRealPath() : target.toAbsolutePath();
        Path folder = real.getParent();
        Path name = real.getFileName();
        if (folder == null || name == null) {
            throw new FileSystemException(target.toString(), null, "names no file");
        }
        Files.createDirectories(folder);
        for (int i = 0; ; i++) {
            // Not Files.createTempFile: its files are for the owner's eyes only, and would stay so after the move.
            Path part = folder.resolve("." + name + "." + i + ".part");
            try {
                return new OutputFile(
                        real, part, FileChannel.open(part, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE));
            } catch (FileAlreadyExistsException e) {
                if (i == MAX_NAMES) {
                    throw e;
                }
            }
        }
    }

    /** Where to write to; buffered. Closing it only flushes, so it may be wrapped in a writer that is closed. */
    public OutputStream stream() {
        return stream;
    }

    /**
     * Ends the file and puts it in the target's place.
     *
     * @throws IOException if that fails; {@link #close()} then removes what was written
     * @throws IllegalStateException if the file was committed or closed before
     */
    public void commit() throws IOException {
        if (done) {
            throw new IllegalStateException(target + " was committed or closed before");
        }
        stream.flush();
        if (part == null) {
            done = true;
            channel.close();
            return;
        }
        channel.force(true);
        channel.close();
        moveOver(option -> Files.move(part, target, option));
        done = true;
    }

    /** Ends the file; unless it was committed, what was written goes away. */
    @Override
    public void close() throws IOException {
        if (done) {
            return;
        }
        done = true;
        try {
            channel.close();
        } finally {
            if (part != null) {
                Files.deleteIfExists(part);
            }
        }
    }

    /** Moves atomically where the file system can, otherwise by replacing. */
    static void moveOver(IoConsumer<? super CopyOption> move) throws IOException {
        try {
            move.accept(StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException e) {
            move.accept(StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private static final class KeptOpen extends FilterOutputStream {
        KeptOpen(OutputStream out) {
            super(out);
        }

        @Override
        public void write(byte[] bytes, int from, int count) throws IOException {
            out.write(bytes, from, count);
        }

        @Override
        public void close() throws IOException {
            flush();
        }
    }
}
