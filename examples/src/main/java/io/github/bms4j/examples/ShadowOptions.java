package io.github.bms4j.examples;

import io.github.bms4j.cell.CellType;
import io.github.bms4j.cell.PackLayout;
import io.github.bms4j.estimate.NoiseModel;
import io.github.bms4j.estimate.ParameterSet;
import io.github.bms4j.estimate.ShadowDecision;
import io.github.bms4j.estimate.ShadowEstimator;
import io.github.bms4j.estimate.ShadowScore;
import io.github.bms4j.estimate.ShadowSettings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The candidate that {@code bms estimate} runs beside its estimator. */
final class ShadowOptions {
    private static final PackLayout ONE = new PackLayout(1, 1, 1);

    @Option(
            names = "--shadow",
            paramLabel = "NAME",
            description =
                    "an estimator that runs beside, is scored against it, and takes over at rest when it is better")
    private @Nullable String estimator;

    @Option(
            names = "--shadow-cell",
            paramLabel = "FILE",
            description = "with --shadow: what that one believes the cell to be (--cell)")
    private @Nullable Path cellFile;

    @Nullable
    String estimator() {
        return estimator;
    }

    /** Whether anything of it was given. */
    boolean any() {
        return estimator != null || cellFile != null;
    }

    /** The estimator in charge with the candidate on trial beside it. */
    ShadowEstimator trial(String active, CellType cell, String candidate) {
        CellType believed = cellFile == null ? cell : CellChoice.of(cellFile);
        if (believed.chemistry() != cell.chemistry()) {
            throw CommandFailure.badInput(
                    "--shadow-cell: found " + believed.chemistry() + " in " + cellFile + ", expected "
                            + cell.chemistry() + " as in --cell",
                    null);
        }
        ShadowEstimator both =
                new ShadowEstimator(ONE, EstimateInputs.estimator(active, cell), set(cell), ShadowSettings.standard());
        both.propose(EstimateInputs.estimator(candidate, believed), set(believed));
        return both;
    }

    private static ParameterSet set(CellType cell) {
        String version = String.format(
                Locale.ROOT, "%s %.4g Ah", cell.name(), cell.rating().capacityAh());
        return new ParameterSet(
                version, cell, NoiseModel.of(cell), cell.provenance().origin());
    }

    /** Every decision, then how things stand if none has ended the trial. */
    static List<String> told(ShadowEstimator both) {
        List<String> lines = new ArrayList<>();
        for (ShadowDecision decision : both.decisions()) {
            lines.add(decision.toString());
        }
        ShadowScore open = both.score();
        if (open != null) {
            lines.add("at the end " + both.phase() + ": " + open);
        }
        return lines;
    }
}
