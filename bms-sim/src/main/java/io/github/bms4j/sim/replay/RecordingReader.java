package io.github.bms4j.sim.replay;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/** Reads one recording, row by row; what does not fit is told with its line and the number of its field. */
final class RecordingReader {
    private static final String[] COLUMNS = {"time_s", "current_a", "voltage_v", "temperature_c", "soc_ref"};
    private static final int REQUIRED = 2;
    private static final int FIRST_ROWS = 1024;

    private final String name;
    private final int[] place = new int[COLUMNS.length];
    private final double[][] column = new double[COLUMNS.length][FIRST_ROWS];
    private int fields;
    private int rows;
    private long line;

    RecordingReader(String name) {
        this.name = name;
    }

    Recording read(InputStream in) throws IOException {
        try (CsvReader<CsvRecord> records = CsvReader.builder()
                .detectBomHeader(true)
                .missingFieldStrategy(FieldMismatchStrategy.IGNORE) // counted here, to say what was expected
                .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
                .ofCsvRecord(unzipped(in), StandardCharsets.UTF_8)) {
            for (CsvRecord row : records) {
                line = row.getStartingLineNumber();
                if (fields == 0) {
                    header(row);
                } else {
                    row(row);
                }
            }
        } catch (CsvParseException e) {
            throw finding(line + 1, 1, "text that is no CSV (" + e.getMessage() + ")", "rows of CSV");
        } catch (UncheckedIOException e) {
            throw broken(Objects.requireNonNull(e.getCause())); // its constructors allow no other
        } catch (EOFException | ZipException e) {
            throw broken(e);
        }
        if (rows < 2) {
            throw finding(line + 1, 1, rows + (rows == 1 ? " row" : " rows") + " of data", "a header and two rows");
        }
        return new Recording(name, column, rows);
    }

    private static InputStream unzipped(InputStream in) throws IOException {
        BufferedInputStream buffered = new BufferedInputStream(in, 1 << 16);
        buffered.mark(2);
        boolean zipped = buffered.read() == 0x1F && buffered.read() == 0x8B;
        buffered.reset();
        return zipped ? new GZIPInputStream(buffered, 1 << 16) : buffered;
    }

    /** A gzip stream that is damaged is a finding, any other failure is not the content's. */
    private IOException broken(IOException e) {
        if (e instanceof EOFException) {
            return finding(line + 1, 1, "the end of a gzip stream before its time", "a whole gzip file");
        }
        return e instanceof ZipException
                ? finding(line + 1, 1, "a damaged gzip stream (" + e.getMessage() + ")", "a whole gzip file")
                : e;
    }

    private void header(CsvRecord header) throws RecordingException {
        List<String> names = header.getFields();
        fields = names.size();
        for (int k = 0; k < COLUMNS.length; k++) {
            place[k] = names.indexOf(COLUMNS[k]);
            if (place[k] < 0 && k < REQUIRED) {
                throw finding(line, 1, "columns " + String.join(",", names), "a column " + COLUMNS[k]);
            }
        }
    }

    private void row(CsvRecord row) throws RecordingException {
        int found = row.getFieldCount();
        if (found != fields) {
            throw finding(line, found, found + (found == 1 ? " field" : " fields"), fields + " as in the header");
        }
        if (rows == column[0].length) {
            for (int k = 0; k < column.length; k++) {
                column[k] = Arrays.copyOf(column[k], 2 * rows);
            }
        }
        for (int k = 0; k < COLUMNS.length; k++) {
            column[k][rows] = place[k] < 0 ? Double.NaN : number(row.getField(place[k]), k);
        }
        if (rows > 0 && !(column[0][rows] > column[0][rows - 1])) {
            throw finding(
                    line,
                    place[0] + 1,
                    COLUMNS[0] + " " + row.getField(place[0]),
                    "a time after that of the row before, " + column[0][rows - 1]);
        }
        rows++;
    }

    private double number(String text, int kind) throws RecordingException {
        boolean required = kind == 0;
        if (text.isEmpty() && !required) {
            return Double.NaN;
        }
        double value;
        try {
            value = Double.parseDouble(text);
        } catch (NumberFormatException e) {
            value = Double.NaN;
        }
        if (!Double.isFinite(value)) {
            String number = required ? "a finite number" : "a finite number, or nothing if it was not measured";
            throw finding(line, place[kind] + 1, COLUMNS[kind] + " '" + text + "'", number);
        }
        return value;
    }

    private RecordingException finding(long atLine, int field, String found, String expected) {
        return new RecordingException(name, atLine, field, found, expected);
    }
}
