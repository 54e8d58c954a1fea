package io.github.bms4j.sim.replay;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A recording of one real cell: time, current, voltage, temperature, and a reference SOC where there is one.
 *
 * <p>Form: CSV, plain or gzip, with a header that names at least {@code time_s} and {@code current_a}; {@code voltage_v},
 * {@code temperature_c} and {@code soc_ref} are used when present, other columns are skipped. An empty field was not
 * measured and is NaN here. Times must rise. Units and sign: s, A (positive discharging), V, °C. Immutable but for its
 * arrays, which are not handed out. Thread: any.
 */
public final class Recording {
    private final String name;
    private final double[][] column;
    private final int rows;

    /** Takes the arrays over: time, current, voltage, temperature, reference. */
    Recording(String name, double[][] column, int rows) {
        this.name = name;
        this.column = column;
        this.rows = rows;
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
        return new RecordingReader(name).read(in);
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

    /** Time from the first row to the last, s. */
    public double durationS() {
        return column[0][rows - 1] - column[0][0];
    }
}
