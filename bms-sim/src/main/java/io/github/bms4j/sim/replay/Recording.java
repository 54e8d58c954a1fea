package io.github.bms4j.sim.replay;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * A recording of one real cell: time, current, voltage, temperature, and a reference SOC where there is one.
 *
 * <p>Form: CSV, plain or gzip, with a header that names at least {@code time_s} and {@code current_a}; {@code voltage_v},
 * {@code temperature_c} and {@code soc_ref} are used when present, other columns can be had by name. An empty field was not
 * measured and is NaN here. Times must rise. Units and sign: s, A (positive discharging), V, °C. Immutable but for its
 * arrays, which are not handed out. Thread: any.
 */
public final class Recording {
    private final String name;
    private final double[][] column;
    private final int rows;
    private final List<String> extras;
    private final long[] lines;
    private final List<RecordingFinding> findings;

    /** Takes the arrays over: time, current, voltage, temperature, reference, then those the file names beyond. */
    Recording(
            String name,
            double[][] column,
            int rows,
            List<String> extras,
            long[] lines,
            List<RecordingFinding> findings) {
        this.name = name;
        this.column = column;
        this.rows = rows;
        this.extras = extras;
        this.lines = lines;
        this.findings = findings;
    }

    /**
     * Reads a file.
     *
     * @throws RecordingException if its content is not a recording: one line that says where and what was expected
     * @throws IOException if it cannot be read
     */
    public static Recording load(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return read(file.toString(), in);
        }
    }

    /**
     * Reads a stream, plain or gzip, to its end and closes it.
     *
     * @param name what messages call it
     * @throws RecordingException if its content is not a recording
     * @throws IOException if it cannot be read
     */
    public static Recording read(String name, InputStream in) throws IOException {
        return new RecordingReader(name, true).read(in);
    }

    /**
     * Reads a log as it is, with every one of its rows: what is no number is NaN and among the {@link #findings}, times
     * may repeat, go back or be NaN.
     *
     * @throws RecordingException if it is no CSV, lacks the columns that are needed, or has fewer than two rows with a time
     * @throws IOException if it cannot be read
     */
    public static Recording loadLog(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return readLog(file.toString(), in);
        }
    }

    /**
     * Reads a stream like {@link #loadLog}, plain or gzip, to its end and closes it.
     *
     * @param name what messages call it
     * @throws IOException as there
     */
    public static Recording readLog(String name, InputStream in) throws IOException {
        return new RecordingReader(name, false).read(in);
    }

    /** What messages call it. */
    public String name() {
        return name;
    }

    /** Number of rows, 2 or more. */
    public int rows() {
        return rows;
    }

    /** Time of a row, s. */
    public double timeS(int row) {
        return column[0][row];
    }

    /** Current of a row, A, positive discharging; NaN if not measured. */
    public double currentA(int row) {
        return column[1][row];
    }

    /** Voltage of a row, V; NaN if not measured. */
    public double voltageV(int row) {
        return column[2][row];
    }

    /** Surface temperature of a row, °C; NaN if not measured. */
    public double temperatureDegC(int row) {
        return column[3][row];
    }

    /** Reference SOC of a row; NaN if there is none. */
    public double socRef(int row) {
        return column[4][row];
    }

    /**
     * The values of a column the file has beyond those above, as {@code discharged_ah}; NaN where a field is empty or no
     * number. A copy.
     */
    public Optional<double[]> column(String header) {
        int k = extras.indexOf(header);
        return k < 0 ? Optional.empty() : Optional.of(Arrays.copyOf(column[column.length - extras.size() + k], rows));
    }

    /** Line of a row in its file, from 1. */
    public long line(int row) {
        return lines[row];
    }

    /** What the reader took for not measured; empty unless read as a log. */
    public List<RecordingFinding> findings() {
        return findings;
    }

    /** Time from the first row to the last, s. */
    public double durationS() {
        return column[0][rows - 1] - column[0][0];
    }
}
