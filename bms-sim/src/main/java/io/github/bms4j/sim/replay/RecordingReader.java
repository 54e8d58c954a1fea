package io.github.bms4j.sim.replay;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import io.github.bms4j.sim.replay.RecordingFinding.Kind;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * Reads one recording, row by row; what does not fit is told with its line and the number of its field.
 *
 * <p>Strictly, the first thing that does not fit ends it. Otherwise every row is kept: a field that is no number was not
 * measured, and a row of the wrong length measured nothing.
 */
final class RecordingReader {
    private static final String[] COLUMNS = {"time_s", "current_a", "voltage_v", "temperature_c", "soc_ref"};
    private static final int REQUIRED = 2;
    private static final int FIRST_ROWS = 1024;

    private final String name;
    private final boolean strict;
    private int[] place = new int[COLUMNS.length];
    private double[][] column = new double[COLUMNS.length][FIRST_ROWS];
    private List<String> extras = List.of();
    private int fields;
    private int rows;
    private int timed;
    private long line;
    private long[] lines = new long[FIRST_ROWS];
    private final Map<String, RecordingFinding> findings = new LinkedHashMap<>();

    RecordingReader(String name, boolean strict) {
        this.name = name;
        this.strict = strict;
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
        if (timed < 2) {
            throw finding(line + 1, 1, timed + (timed == 1 ? " row" : " rows") + " of data", "a header and two rows");
        }
        return new Recording(name, column, rows, extras, lines, List.copyOf(findings.values()));
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
        extras = names.stream()
                .filter(found -> !List.of(COLUMNS).contains(found))
                .distinct()
                .toList();
        place = Arrays.copyOf(place, COLUMNS.length + extras.size());
        column = new double[place.length][FIRST_ROWS];
        for (int k = COLUMNS.length; k < place.length; k++) {
            place[k] = names.indexOf(extras.get(k - COLUMNS.length));
        }
    }

    private void row(CsvRecord row) throws RecordingException {
        if (rows == lines.length) {
            lines = Arrays.copyOf(lines, 2 * rows);
            for (int k = 0; k < column.length; k++) {
                column[k] = Arrays.copyOf(column[k], 2 * rows);
            }
        }
        lines[rows] = line;
        int found = row.getFieldCount();
        if (found != fields) {
            String what = found + (found == 1 ? " field" : " fields");
            String expected = fields + " as in the header";
            if (strict) {
                throw finding(line, found, what, expected);
            }
            note(Kind.RAGGED, "", what, expected);
            for (double[] values : column) {
                values[rows] = Double.NaN;
            }
            rows++;
            return;
        }
        for (int k = 0; k < COLUMNS.length; k++) {
            column[k][rows] = place[k] < 0 ? Double.NaN : number(row.getField(place[k]), k);
        }
        for (int k = COLUMNS.length; k < place.length; k++) {
            column[k][rows] = orNothing(row.getField(place[k]));
        }
        timed += Double.isNaN(column[0][rows]) ? 0 : 1;
        if (strict && rows > 0 && !(column[0][rows] > column[0][rows - 1])) {
            throw finding(
                    line,
                    place[0] + 1,
                    COLUMNS[0] + " " + row.getField(place[0]),
                    "a time after that of the row before, " + column[0][rows - 1]);
        }
        rows++;
    }

    /** What stands in a column nobody promised to be numbers. */
    private static double orNothing(String text) {
        try {
            return text.isEmpty() ? Double.NaN : Double.parseDouble(text);
        } catch (NumberFormatException e) {
            return Double.NaN;
        }
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
            String found = COLUMNS[kind] + " '" + text + "'";
            if (strict) {
                throw finding(line, place[kind] + 1, found, number);
            }
            note(Kind.UNREADABLE, COLUMNS[kind], RecordingException.cut(found), number);
            return Double.NaN;
        }
        return value;
    }

    /** Of many alike the first is kept, with how many they are. */
    private void note(Kind kind, String what, String found, String expected) {
        findings.merge(
                kind + what,
                new RecordingFinding(kind, name, line, 1, found, expected),
                (first, next) -> new RecordingFinding(
                        kind, name, first.line(), first.rows() + 1, first.found(), first.expected()));
    }

    private RecordingException finding(long atLine, int field, String found, String expected) {
        return new RecordingException(name, atLine, field, found, expected);
    }
}
