package io.github.bms4j.estimate;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** A reference table of the test resources: lines of comment, a header, rows. */
final class Measured {
    private final List<String> names;
    private final List<String[]> rows = new ArrayList<>();

    Measured(String resource) {
        List<String> header = List.of();
        try (BufferedReader reader = new BufferedReader(new InputStreamReader(
                Objects.requireNonNull(Measured.class.getResourceAsStream(resource), resource),
                StandardCharsets.UTF_8))) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                if (line.startsWith("#")) {
                    continue;
                }
                String[] fields = line.split(",", -1);
                if (header.isEmpty()) {
                    header = List.of(fields);
                } else {
                    rows.add(fields);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        names = header;
    }

    int size() {
        return rows.size();
    }

    String text(int row, String column) {
        return rows.get(row)[names.indexOf(column)];
    }

    double at(int row, String column) {
        return Double.parseDouble(text(row, column));
    }

    double[] column(String column) {
        double[] values = new double[size()];
        for (int k = 0; k < values.length; k++) {
            values[k] = at(k, column);
        }
        return values;
    }
}
