package io.github.bms4j.examples;

import io.github.bms4j.cell.Chemistry;
import io.github.bms4j.cell.fit.CellFit;
import io.github.bms4j.cell.fit.FitRecord;
import io.github.bms4j.cell.fit.FitRecord.Kind;
import io.github.bms4j.cell.fit.FitResult;
import io.github.bms4j.cell.fit.FitSettings;
import io.github.bms4j.cell.fit.OcvTable;
import io.github.bms4j.config.CellTypes;
import io.github.bms4j.sim.replay.Recording;
import io.github.bms4j.sim.trace.OutputFile;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code bms fit}: a cell file from measurements. */
@Command(
        name = "fit",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Fits a cell file to slow runs, pulses and drives (CSV, plain or gzip).")
final class FitCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(names = "--name", required = true, description = "name of the cell")
    private String name = "";

    @Option(names = "--capacity-ah", description = "charge between empty and full (from the slow runs)")
    private double capacityAh = Double.NaN;

    @Option(names = "--chemistry", description = "one of ${COMPLETION-CANDIDATES} (guessed from the voltage)")
    private @Nullable Chemistry chemistry;

    @Option(
            names = "--ocv",
            paramLabel = "T=FILE",
            required = true,
            description = "slow run, one or both directions, or a table soc_pct,ocv_mean_v, at T °C; may be repeated")
    private List<String> ocv = new ArrayList<>();

    @Option(names = "--pulse", paramLabel = "T=FILE", description = "pulse test at T °C; may be repeated")
    private List<String> pulse = new ArrayList<>();

    @Option(names = "--drive", paramLabel = "T=FILE", description = "any other load at T °C; may be repeated")
    private List<String> drive = new ArrayList<>();

    @Option(names = "--full-at-start", description = "pulses and drives begin full (told from their first voltage)")
    private boolean fullAtStart;

    @Option(names = "--origin", description = "where the data come from, for the provenance (the file names)")
    private @Nullable String origin;

    @Option(names = "--licence", defaultValue = "not stated", description = "licence of the data (${DEFAULT-VALUE})")
    private String licence = "not stated";

    @Option(names = "-o", paramLabel = "FILE", required = true, description = "the cell file to write")
    private Path out = Path.of("cell.yaml");

    @Option(names = "--report", paramLabel = "FILE", description = "HTML report to write")
    private @Nullable Path report;

    @Option(names = "--json", description = "print one JSON object as the last line")
    private boolean json;

    @Override
    public Integer call() {
        List<FitRecord> records = new ArrayList<>();
        List<OcvTable> tables = new ArrayList<>();
        for (String text : ocv) {
            Source source = source("--ocv", text);
            Optional<OcvTable> table = CommandFailure.orUnreadable(
                    source.file, file -> sound(file, () -> FitFiles.table(file, source.degC)));
            if (table.isPresent()) {
                tables.add(table.get());
            } else {
                records.add(record(source, Kind.OCV));
            }
        }
        for (String text : pulse) {
            records.add(record(source("--pulse", text), Kind.PULSE));
        }
        for (String text : drive) {
            records.add(record(source("--drive", text), Kind.DRIVE));
        }
        FitResult result = fit(records, tables);
        FitReport texts = new FitReport(result);
        write(
                out,
                writer -> CellTypes.write(result.cell(), "Made by: " + commandLine() + "\n" + texts.summary(), writer));
        Path page = report;
        if (page != null) {
            try {
                texts.page().writeTo(page);
            } catch (IOException e) {
                throw CommandFailure.unwritable(page, e);
            }
        }
        PrintWriter screen = spec.commandLine().getOut();
        screen.print(texts.summary());
        screen.println("written     " + out);
        if (json) {
            screen.println(texts.json());
        }
        screen.flush();
        return 0;
    }

    private FitResult fit(List<FitRecord> records, List<OcvTable> tables) {
        try {
            FitSettings settings = new FitSettings(
                    name,
                    capacityAh,
                    Optional.ofNullable(chemistry),
                    origin == null ? fileNames() : origin,
                    licence.isBlank() ? "not stated" : licence);
            return CellFit.fit(settings, records, tables);
        } catch (IllegalArgumentException e) {
            throw CommandFailure.badInput(String.valueOf(e.getMessage()), e);
        }
    }

    private record Source(double degC, Path file) {}

    private Source source(String option, String text) {
        int equals = text.indexOf('=');
        double degC = Double.NaN;
        try {
            degC = equals > 0 ? Double.parseDouble(text.substring(0, equals).trim()) : Double.NaN;
        } catch (NumberFormatException e) {
            degC = Double.NaN;
        }
        if (!(degC >= -60.0 && degC <= 120.0) || equals == text.length() - 1) {
            throw new ParameterException(
                    spec.commandLine(),
                    option + ": found '" + text + "', expected T=FILE with T in °C between -60 and 120");
        }
        return new Source(degC, Path.of(text.substring(equals + 1)));
    }

    private FitRecord record(Source source, Kind kind) {
        Recording recording = CommandFailure.orUnreadable(source.file, Recording::load);
        boolean full = fullAtStart && kind != Kind.OCV;
        return sound(
                source.file,
                () -> FitFiles.record(recording, String.valueOf(source.file.getFileName()), kind, source.degC, full));
    }

    @FunctionalInterface
    private interface Reading<T> {
        T read() throws IOException;
    }

    private static <T> T sound(Path file, Reading<T> reading) {
        try {
            return reading.read();
        } catch (IllegalArgumentException e) {
            throw CommandFailure.badInput(String.valueOf(e.getMessage()), e);
        } catch (IOException e) {
            throw CommandFailure.unreadable(file, e);
        }
    }

    @FunctionalInterface
    private interface Writing {
        void to(Writer writer) throws IOException;
    }

    private static void write(Path file, Writing writing) {
        try (OutputFile target = OutputFile.open(file)) {
            Writer writer = new OutputStreamWriter(target.stream(), StandardCharsets.UTF_8);
            writing.to(writer);
            writer.flush();
            target.commit();
        } catch (IOException e) {
            throw CommandFailure.unwritable(file, e);
        }
    }

    private String fileNames() {
        StringBuilder names = new StringBuilder("measured files");
        for (List<String> group : List.of(ocv, pulse, drive)) {
            for (String text : group) {
                names.append(' ')
                        .append(Path.of(text.substring(text.indexOf('=') + 1)).getFileName());
            }
        }
        return names.toString();
    }

    /** The command that makes this file again, with the file names only. */
    private String commandLine() {
        StringBuilder line = new StringBuilder("bms fit --name '" + name + "'");
        if (!Double.isNaN(capacityAh)) {
            line.append(" --capacity-ah ").append(capacityAh);
        }
        if (chemistry != null) {
            line.append(" --chemistry ").append(chemistry);
        }
        append(line, "--ocv", ocv);
        append(line, "--pulse", pulse);
        append(line, "--drive", drive);
        return line.append(fullAtStart ? " --full-at-start" : "")
                .append(" -o ")
                .append(out.getFileName())
                .toString();
    }

    private static void append(StringBuilder line, String option, List<String> texts) {
        for (String text : texts) {
            int equals = text.indexOf('=') + 1;
            Path file = Path.of(text.substring(equals)).getFileName();
            line.append(' ').append(option).append(' ').append(text, 0, equals).append(file);
        }
    }
}
