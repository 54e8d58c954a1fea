package io.github.bms4j.examples;

import io.github.bms4j.cell.fit.FitRecord;
import io.github.bms4j.cell.fit.FitRecord.Kind;
import io.github.bms4j.cell.fit.OcvTable;
import io.github.bms4j.sim.replay.Recording;
import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPInputStream;

/** Turns the files of {@code bms fit} into records: temperature, counter, runs and labels from the columns that are there. */
final class FitFiles {
    /** The laboratory's usual temperature, at which scripts of a slow test finish. */
    private static final double LABORATORY_DEG_C = 25.0;

    private FitFiles() {}

    /** A curve somebody has drawn already: no time, but SOC and voltage; empty if the file is a recording. */
    static Optional<OcvTable> table(Path file, double degC) throws IOException {
        try (BufferedReader lines = reader(file)) {
            String header = lines.readLine();
            if (header == null) {
                return Optional.empty();
            }
            List<String> names =
                    Arrays.asList(header.replace("\uFEFF", "").trim().split(",", -1));
            int percent = names.indexOf("soc_pct");
            int soc = percent >= 0 ? percent : names.indexOf("soc");
            int volts = first(names, "ocv_mean_v", "ocv_v", "voltage_v");
            if (names.contains("time_s") || soc < 0 || volts < 0) {
                return Optional.empty();
            }
            int gap = first(names, "hysteresis_mean_v", "half_gap_v");
            List<double[]> rows = new ArrayList<>();
            String line;
            while ((line = lines.readLine()) != null) {
                if (!line.isBlank()) {
                    rows.add(row(file, rows.size() + 2, line, new int[] {soc, volts, gap}));
                }
            }
            double[][] c = new double[3][rows.size()];
            for (int k = 0; k < rows.size(); k++) {
                c[0][k] = percent >= 0 ? rows.get(k)[0] / 100.0 : rows.get(k)[0];
                c[1][k] = rows.get(k)[1];
                c[2][k] = rows.get(k)[2];
            }
            return Optional.of(
                    new OcvTable(file.getFileName().toString(), degC, c[0], c[1], gap >= 0 ? c[2] : new double[0]));
        }
    }

    private static int first(List<String> names, String... candidates) {
        for (String candidate : candidates) {
            if (names.contains(candidate)) {
                return names.indexOf(candidate);
            }
        }
        return -1;
    }

    private static double[] row(Path file, int line, String text, int[] place) {
        String[] fields = text.split(",", -1);
        double[] values = new double[place.length];
        for (int k = 0; k < place.length; k++) {
            if (place[k] < 0) {
                continue;
            }
            String field = place[k] < fields.length ? fields[place[k]].trim() : "";
            try {
                values[k] = Double.parseDouble(field);
            } catch (NumberFormatException e) {
                throw CommandFailure.badInput(
                        file + ":" + line + ":" + (place[k] + 1) + ": found '" + field + "', expected a number", e);
            }
        }
        return values;
    }

    private static BufferedReader reader(Path file) throws IOException {
        BufferedInputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 16);
        in.mark(2);
        boolean zipped = in.read() == 0x1F && in.read() == 0x8B;
        in.reset();
        InputStream plain = zipped ? new GZIPInputStream(in, 1 << 16) : in;
        return new BufferedReader(new InputStreamReader(plain, StandardCharsets.UTF_8));
    }

    /** A recording as a record of a kind. */
    static FitRecord record(Recording from, String name, Kind kind, double degC, boolean fullAtStart) {
        int n = from.rows();
        double[][] c = new double[4][n];
        for (int k = 0; k < n; k++) {
            c[0][k] = from.timeS(k);
            c[1][k] = from.currentA(k);
            c[2][k] = from.voltageV(k);
            c[3][k] = from.temperatureDegC(k);
        }
        FitRecord.Builder record = FitRecord.of(name, kind, degC, c[0], c[1], c[2])
                .temperature(c[3])
                .fullAtStart(fullAtStart);
        from.column("discharged_ah").ifPresent(record::counter);
        from.column("chamber_c").or(() -> from.column("ambient_c")).ifPresent(record::ambient);
        from.column("script").ifPresent(script -> record.ambient(chamber(script, kind, degC)));
        from.column("cycle").ifPresent(record::runs);
        from.column("time_in_pulse_s").ifPresent(t -> record.runs(restarts(t)));
        from.column("soc_nominal_pct").ifPresent(percent -> {
            double[] soc = new double[n];
            for (int k = 0; k < n; k++) {
                soc[k] = percent[k] / 100.0;
            }
            record.nominalSoc(soc);
        });
        return record.build();
    }

    /**
     * The chamber of a test in numbered scripts: a slow run's second and fourth script and all but the first of a drive are
     * done at 25 °C, whatever the test's temperature.
     */
    private static double[] chamber(double[] script, Kind kind, double degC) {
        double[] chamber = new double[script.length];
        for (int k = 0; k < script.length; k++) {
            boolean slow = kind == Kind.OCV;
            boolean finish = slow ? script[k] == 2.0 || script[k] == 4.0 : script[k] >= 2.0;
            chamber[k] = finish ? LABORATORY_DEG_C : degC;
        }
        return chamber;
    }

    private static double[] restarts(double[] timeS) {
        double[] run = new double[timeS.length];
        for (int k = 1; k < run.length; k++) {
            run[k] = run[k - 1] + (timeS[k] < timeS[k - 1] ? 1.0 : 0.0);
        }
        return run;
    }
}
