package io.github.bms4j.examples;

import io.github.bms4j.cell.CellType;
import io.github.bms4j.estimate.ShadowEstimator;
import io.github.bms4j.sim.replay.EstimateReplay;
import io.github.bms4j.sim.replay.Recording;
import io.github.bms4j.sim.replay.RecordingFinding;
import io.github.bms4j.sim.replay.RecordingScreen;
import io.github.bms4j.sim.replay.ReplayRange;
import io.github.bms4j.sim.replay.ReplaySetup;
import io.github.bms4j.sim.replay.ReplayStart;
import io.github.bms4j.sim.replay.ReplayTrace;
import io.github.bms4j.sim.replay.SocScorer;
import io.github.bms4j.sim.trace.OutputFile;
import io.github.bms4j.sim.trace.Trace;
import io.github.bms4j.sim.trace.TraceCsv;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code bms estimate}: an estimator over recorded data, or a matrix of such cases. */
@Command(
        name = "estimate",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Runs an estimator over a recording and scores it against the reference SOC, or a whole matrix of"
                + " such cases. docs/estimate.md has the details.")
final class EstimateCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--cell",
            paramLabel = "FILE",
            description =
                    "what the estimator believes the cell to be: a cell file, BPX, or the name of a shipped cell such"
                            + " as generic-lfp")
    private @Nullable Path cellFile;

    @Option(names = "--in", paramLabel = "FILE", description = "the recording: CSV, plain or gzip")
    private @Nullable Path in;

    @Option(names = "--estimator", paramLabel = "NAME", description = "its name (ekf)")
    private String estimator = EstimateInputs.estimators().get(0);

    @Option(names = "--initial-soc", paramLabel = "SOC", description = "SOC it is told at the start, 0…1")
    private @Nullable Double initialSoc;

    @Option(
            names = "--initial-soc-offset",
            paramLabel = "SOC",
            description = "or an error to add to the reference at the start; with neither it reads the first voltage")
    private @Nullable Double initialSocOffset;

    @Option(
            names = "--initial-soc-sigma",
            paramLabel = "SOC",
            description = "how uncertain the start is (0.2 for one that was told, otherwise what the voltage tells)")
    private @Nullable Double initialSocSigma;

    @Option(names = "--start-s", paramLabel = "S", description = "first time of the recording, s")
    private @Nullable Double startS;

    @Option(names = "--end-s", paramLabel = "S", description = "last time of the recording, s")
    private @Nullable Double endS;

    @Option(names = "--restart-by", paramLabel = "COLUMN", description = "starts anew wherever this column changes")
    private String restartBy = "";

    @Option(names = "--temperature-c", paramLabel = "C", description = "cell temperature where none is recorded, °C")
    private @Nullable Double temperatureDegC;

    @Option(names = "--current-bias-a", paramLabel = "A", description = "added to every current (${DEFAULT-VALUE})")
    private double currentBiasA;

    @Option(names = "--voltage-bias-v", paramLabel = "V", description = "added to every voltage (${DEFAULT-VALUE})")
    private double voltageBiasV;

    @Option(
            names = "--capacity-scale",
            paramLabel = "X",
            defaultValue = "1",
            description = "factor on the capacity it believes in (${DEFAULT-VALUE})")
    private double capacityScale;

    @Option(
            names = "--reference",
            paramLabel = "COLUMN",
            defaultValue = "soc_ref",
            description = "column to score against (${DEFAULT-VALUE})")
    private String reference = "soc_ref";

    @Option(
            names = "--trust-points",
            paramLabel = "P",
            description = "how wrong the reference can be, in points (${DEFAULT-VALUE})")
    private double trustPoints;

    @Option(
            names = "--trust-grows",
            description = "that is 0 at the head of the recording and grows with the charge moved")
    private boolean trustGrows;

    @Option(
            names = "--score-after-s",
            paramLabel = "S",
            defaultValue = "" + SocScorer.SCORE_AFTER_S,
            description = "for how long a wrong start is forgiven, s (${DEFAULT-VALUE})")
    private double scoreAfterS;

    @Option(
            names = {"-o", "--out"},
            paramLabel = "FILE",
            description = "the estimate as CSV, one row per row read")
    private @Nullable Path out;

    @Option(names = "--report", paramLabel = "FILE", description = "a page with charts")
    private @Nullable Path report;

    @Option(names = "--json", description = "print one JSON object as the last line")
    private boolean json;

    @Mixin
    private ShadowOptions shadow = new ShadowOptions();

    @Mixin
    private MatrixOptions matrix = new MatrixOptions();

    @Override
    public Integer call() {
        PrintWriter screen = spec.commandLine().getOut();
        Path matrixFile = matrix.file();
        if (matrixFile != null) {
            if (in != null || cellFile != null || out != null) {
                throw wrong("--matrix: found --in, --cell or -o beside it, expected them in the matrix file");
            }
            if (shadow.any()) {
                throw wrong("--matrix: found --shadow beside it, expected it with --cell and --in");
            }
            return matrix.run(matrixFile, report, json, screen);
        }
        if (in == null || cellFile == null) {
            throw wrong("found no " + (in == null ? "--in" : "--cell")
                    + ", expected --cell FILE and --in FILE, or --matrix FILE");
        }
        EstimateResult result = run(cellFile, in);
        for (RecordingFinding finding : result.findings()) {
            spec.commandLine().getErr().println("bms: warning: " + finding.text());
        }
        spec.commandLine().getErr().flush();
        EstimateSummary summary = new EstimateSummary(result);
        screen.print(summary.text(write(result)));
        if (json) {
            screen.println(summary.json());
        }
        screen.flush();
        return 0;
    }

    private EstimateResult run(Path cellPath, Path inPath) {
        ReplaySetup setup = setup();
        ReplayStart start = start();
        known("--estimator", estimator);
        String candidate = shadow.estimator();
        if (candidate != null) {
            known("--shadow", candidate);
        } else if (shadow.any()) {
            throw wrong("--shadow-cell: found no --shadow beside it, expected the name of an estimator");
        }
        within("--capacity-scale", capacityScale, 0.1, 10.0);
        within("--score-after-s", scoreAfterS, 0.0, 1e9);
        CellType told = CellChoice.of(cellPath);
        Recording recording = CommandFailure.orUnreadable(inPath, Recording::loadLog);
        RecordingScreen screen = EstimateInputs.screened(recording, told);
        try {
            CellType cell = EstimateInputs.scaled(told, capacityScale);
            EstimateReplay replay = new EstimateReplay(recording, screen, cell, setup);
            ShadowEstimator trial = candidate == null ? null : shadow.trial(estimator, cell, candidate);
            Trace trace = replay.run(trial == null ? EstimateInputs.estimator(estimator, cell) : trial, start);
            return new EstimateResult(
                    recording,
                    cell,
                    estimator,
                    replay.findings(),
                    trial == null ? List.of() : ShadowOptions.told(trial),
                    trace,
                    replay.score(trace, ReplayTrace.SOC, start, scoreAfterS),
                    replay.score(trace, ReplayTrace.SOC_COUNTER, start, scoreAfterS),
                    setup.reference().trust(),
                    scoreAfterS);
        } catch (IllegalArgumentException e) {
            String hint =
                    Double.isNaN(setup.temperatureDegC()) && noTemperature(recording) ? " with --temperature-c" : "";
            throw CommandFailure.badInput(inPath + ": " + e.getMessage() + hint, e);
        }
    }

    private void known(String option, String name) {
        if (!EstimateInputs.estimators().contains(name)) {
            throw wrong(
                    option + ": found " + name + ", expected one of " + String.join(", ", EstimateInputs.estimators()));
        }
    }

    private static boolean noTemperature(Recording recording) {
        for (int k = 0; k < recording.rows(); k++) {
            if (!Double.isNaN(recording.temperatureDegC(k))) {
                return false;
            }
        }
        return true;
    }

    private ReplaySetup setup() {
        double from = startS == null ? Double.NaN : within("--start-s", startS, -1e12, 1e12);
        double to = endS == null ? Double.NaN : within("--end-s", endS, -1e12, 1e12);
        if (from > to) {
            throw wrong("--end-s: found " + to + ", expected a time after --start-s " + from);
        }
        double tDegC = temperatureDegC == null ? Double.NaN : within("--temperature-c", temperatureDegC, -45.0, 120.0);
        within("--current-bias-a", currentBiasA, -1e6, 1e6);
        within("--voltage-bias-v", voltageBiasV, -5.0, 5.0);
        within("--trust-points", trustPoints, 0.0, 100.0);
        return new ReplaySetup(
                new ReplayRange(from, to, restartBy, Double.NaN),
                new ReplaySetup.Bias(currentBiasA, voltageBiasV),
                tDegC,
                new ReplaySetup.Reference(reference, trustPoints / 100.0, trustGrows));
    }

    private ReplayStart start() {
        double sigma = initialSocSigma == null ? Double.NaN : within("--initial-soc-sigma", initialSocSigma, 1e-6, 1.0);
        if (initialSoc != null && initialSocOffset != null) {
            throw wrong("--initial-soc-offset: found beside --initial-soc, expected one of the two");
        }
        if (initialSoc != null) {
            return ReplayStart.given(within("--initial-soc", initialSoc, 0.0, 1.0), sigma);
        }
        return initialSocOffset == null
                ? ReplayStart.fromVoltage(sigma)
                : ReplayStart.offReference(within("--initial-soc-offset", initialSocOffset, -1.0, 1.0), sigma);
    }

    /** The files that were asked for appear together, when all of them are whole. */
    private List<Path> write(EstimateResult result) {
        List<Path> written = new ArrayList<>();
        try {
            if (report != null) {
                written.add(report);
                if (out != null) {
                    written.add(0, out);
                    try (OutputFile csv = OutputFile.open(out)) {
                        TraceCsv.write(result.trace(), csv.stream());
                        EstimateReport.of(result).writeTo(report);
                        csv.commit();
                    }
                } else {
                    EstimateReport.of(result).writeTo(report);
                }
            } else if (out != null) {
                written.add(out);
                TraceCsv.write(result.trace(), out);
            }
            return written;
        } catch (IOException e) {
            throw CommandFailure.unwritable(written.get(written.size() - 1), e);
        }
    }

    private double within(String option, double value, double least, double most) {
        if (value >= least && value <= most) {
            return value;
        }
        throw wrong(option + ": found " + value + ", expected a number from " + least + " to " + most);
    }

    private ParameterException wrong(String message) {
        return new ParameterException(spec.commandLine(), message);
    }
}
