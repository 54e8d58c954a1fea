package io.github.bms4j.examples;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The matrix side of {@code bms estimate}. */
final class MatrixOptions {
    @Option(names = "--matrix", paramLabel = "FILE", description = "runs all cases of a matrix file on all cores")
    private @Nullable Path matrixFile;

    @Option(names = "--data", paramLabel = "DIR", description = "with --matrix: what $${data} stands for in its paths")
    private @Nullable Path data;

    @Option(
            names = "--cells",
            paramLabel = "DIR",
            description = "with --matrix: what $${cells} stands for in its paths")
    private @Nullable Path cells;

    @Option(
            names = "--only",
            paramLabel = "TEXT",
            defaultValue = "",
            description = "with --matrix: only the groups with this text in their name")
    private String only = "";

    @Nullable
    Path file() {
        return matrixFile;
    }

    /** Runs and prints; returns the exit code. */
    int run(Path file, @Nullable Path report, boolean json, PrintWriter screen) {
        Map<String, Path> folders = new HashMap<>();
        if (data != null) {
            folders.put("data", data);
        }
        if (cells != null) {
            folders.put("cells", cells);
        }
        List<MatrixCase> cases = CommandFailure.orUnreadable(file, f -> MatrixFile.read(f, folders)).stream()
                .filter(one -> one.group().contains(only))
                .toList();
        if (cases.isEmpty()) {
            throw CommandFailure.badInput(
                    file + ": found no group with \"" + only + "\" in its name, expected one", null);
        }
        Progress progress = Progress.onTerminal();
        List<MatrixScore> scores;
        try {
            scores = new MatrixRunner().run(cases, done -> progress.cases(done, cases.size()));
        } finally {
            progress.clear();
        }
        MatrixTable table = new MatrixTable(cases, scores);
        screen.print(table.text());
        if (report != null) {
            try {
                MatrixReport.of(file, table).writeTo(report);
            } catch (IOException e) {
                throw CommandFailure.unwritable(report, e);
            }
            screen.println("written     " + report);
        }
        if (json) {
            screen.println(table.json());
        }
        screen.flush();
        return table.broken() == 0 ? 0 : Bms.FAILED;
    }
}
