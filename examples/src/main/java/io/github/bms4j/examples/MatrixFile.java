package io.github.bms4j.examples;

import io.github.bms4j.config.ConfigException;
import io.github.bms4j.config.ConfigNode;
import io.github.bms4j.sim.replay.ReplayRange;
import io.github.bms4j.sim.replay.ReplaySetup;
import io.github.bms4j.sim.replay.ReplayStart;
import io.github.bms4j.sim.replay.SocScorer;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads a matrix of cases, docs/estimate.md: every group is the product of its recordings, starts, offsets, biases and
 * estimators, in that order.
 */
final class MatrixFile {
    private static final int FORMAT = 1;

    private final Path file;
    private final Map<String, Path> folders;
    private final List<MatrixCase> cases = new ArrayList<>();

    private MatrixFile(Path file, Map<String, Path> folders) {
        this.file = file;
        this.folders = folders;
    }

    /** One row of the recordings of a group. */
    private record Source(
            Path in, Path cell, double temperatureDegC, ReplaySetup.Reference reference, String restartBy) {}

    /** Where in the recording a case starts. */
    private record From(double timeS, double soc) {}

    /** What is wrong with the readings; the current over the capacity where {@code perH} is not 0. */
    private record Flaw(double currentA, double perH, double voltageV, double capacityScale, boolean plain) {}

    /**
     * The cases of a file in their order.
     *
     * @param folders what {@code ${name}} stands for in paths; the file's own {@code folders} are for those not in it
     */
    static List<MatrixCase> read(Path file, Map<String, Path> folders) throws IOException, ConfigException {
        try (BufferedReader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            MatrixFile matrix = new MatrixFile(file, folders);
            matrix.root(ConfigNode.parse(file.toString(), reader));
            return matrix.cases;
        }
    }

    private void root(ConfigNode root) throws ConfigException {
        root.get("matrix").whole(FORMAT, FORMAT);
        root.rejectUnknown("matrix", "folders", "groups");
        Optional<ConfigNode> own = root.optional("folders");
        if (own.isPresent()) {
            for (String name : own.get().keys()) {
                folders.putIfAbsent(name, beside(own.get().get(name).text()));
            }
        }
        for (ConfigNode group : root.get("groups").items()) {
            group(group);
        }
    }

    private void group(ConfigNode node) throws ConfigException {
        node.rejectUnknown(
                "name",
                "recordings",
                "starts",
                "offsets",
                "initialSigma",
                "biases",
                "estimators",
                "beside",
                "scoreAfterS",
                "bars",
                "biasedBars");
        String name = node.get("name").text();
        List<Source> sources = new ArrayList<>();
        for (ConfigNode item : node.get("recordings").items()) {
            sources.add(source(item));
        }
        List<From> starts = new ArrayList<>();
        for (ConfigNode item : node.get("starts").items()) {
            starts.add(from(item));
        }
        double[] offsets = node.get("offsets").numbers();
        double sigma = number(node, "initialSigma", Double.NaN);
        List<Flaw> flaws = new ArrayList<>();
        for (ConfigNode item : node.get("biases").items()) {
            flaws.add(flaw(item));
        }
        List<String> judged = estimators(node.get("estimators"));
        Optional<ConfigNode> besideNode = node.optional("beside");
        List<String> beside = besideNode.isPresent() ? estimators(besideNode.get()) : List.of();
        double scoreAfterS = number(node, "scoreAfterS", SocScorer.SCORE_AFTER_S);
        Optional<ConfigNode> barsNode = node.optional("bars");
        MatrixBars bars = barsNode.isPresent() ? MatrixBars.NONE.with(barsNode.get()) : MatrixBars.NONE;
        Optional<ConfigNode> biasedNode = node.optional("biasedBars");
        MatrixBars biased = biasedNode.isPresent() ? bars.with(biasedNode.get()) : bars;
        for (Source source : sources) {
            for (From from : starts) {
                for (double offset : offsets) {
                    ReplayStart start = node.get("offsets")
                            .make("offsets within [-1, 1]", () -> ReplayStart.offReference(offset, sigma));
                    for (Flaw flaw : flaws) {
                        ReplaySetup setup = new ReplaySetup(
                                new ReplayRange(from.timeS(), Double.NaN, source.restartBy(), from.soc()),
                                new ReplaySetup.Bias(flaw.currentA(), flaw.voltageV()),
                                source.temperatureDegC(),
                                source.reference());
                        for (int e = 0; e < judged.size() + beside.size(); e++) {
                            boolean judge = e < judged.size();
                            cases.add(new MatrixCase(
                                    name,
                                    source.in(),
                                    source.cell(),
                                    judge ? judged.get(e) : beside.get(e - judged.size()),
                                    setup,
                                    start,
                                    flaw.perH(),
                                    flaw.capacityScale(),
                                    scoreAfterS,
                                    judge,
                                    flaw.plain() ? bars : biased));
                        }
                    }
                }
            }
        }
    }

    private Source source(ConfigNode node) throws ConfigException {
        node.rejectUnknown(
                "in", "cell", "temperatureDegC", "reference", "trustPoints", "trustGrowsToPoints", "restartBy");
        Optional<ConfigNode> reference = node.optional("reference");
        Optional<ConfigNode> restartBy = node.optional("restartBy");
        double constant = number(node, "trustPoints", 0.0);
        double growing = number(node, "trustGrowsToPoints", 0.0);
        String column = reference.isPresent() ? reference.get().text() : "soc_ref";
        ReplaySetup.Reference trusted = node.make(
                "a trust within [0, 100] points",
                () -> new ReplaySetup.Reference(column, Math.max(constant, growing) / 100.0, growing > 0.0));
        return new Source(
                path(node.get("in")),
                cell(node.get("cell")),
                number(node, "temperatureDegC", Double.NaN),
                trusted,
                restartBy.isPresent() ? restartBy.get().text() : "");
    }

    private static From from(ConfigNode node) throws ConfigException {
        if (!node.isMap()) {
            if (!node.text().equals("head")) {
                throw node.finding(node.text(), "head, or a map with soc or timeS");
            }
            return new From(Double.NaN, Double.NaN);
        }
        node.rejectUnknown("soc", "timeS");
        return new From(number(node, "timeS", Double.NaN), number(node, "soc", Double.NaN));
    }

    private static Flaw flaw(ConfigNode node) throws ConfigException {
        if (!node.isMap()) {
            if (!node.text().equals("none")) {
                throw node.finding(node.text(), "none, or a map with currentA, currentPerH, voltageV or capacityScale");
            }
            return new Flaw(0.0, 0.0, 0.0, 1.0, true);
        }
        node.rejectUnknown("currentA", "currentPerH", "voltageV", "capacityScale");
        double scale = number(node, "capacityScale", 1.0);
        if (!(scale >= 0.1 && scale <= 10.0)) {
            throw node.get("capacityScale")
                    .finding(Double.toString(scale), "a factor within [0.1, 10] for capacityScale");
        }
        return new Flaw(
                number(node, "currentA", 0.0),
                number(node, "currentPerH", 0.0),
                number(node, "voltageV", 0.0),
                scale,
                false);
    }

    private static List<String> estimators(ConfigNode node) throws ConfigException {
        List<String> names = new ArrayList<>();
        for (ConfigNode item : node.items()) {
            String name = item.text();
            if (!EstimateInputs.estimators().contains(name)) {
                throw item.finding("estimator " + name, "one of " + String.join(", ", EstimateInputs.estimators()));
            }
            names.add(name);
        }
        return names;
    }

    private static double number(ConfigNode node, String key, double otherwise) throws ConfigException {
        Optional<ConfigNode> value = node.optional(key);
        return value.isPresent() ? value.get().number() : otherwise;
    }

    /** A path with its {@code ${name}} filled in, relative to the matrix file. */
    private Path path(ConfigNode node) throws ConfigException {
        String text = node.text();
        int open = text.indexOf("${");
        int close = text.indexOf('}', Math.max(0, open));
        if (open != 0 || close < 0) {
            return beside(text);
        }
        String name = text.substring(2, close);
        Path folder = folders.get(name);
        if (folder == null) {
            throw node.finding(
                    "the folder ${" + name + "}, which nobody named",
                    "a folder named in the file or by --" + name + " DIR");
        }
        String rest = text.substring(close + 1);
        return folder.resolve(rest.startsWith("/") ? rest.substring(1) : rest);
    }

    /** A cell file, or the name of a shipped cell where no file beside the matrix is called that. */
    private Path cell(ConfigNode node) throws ConfigException {
        Path cell = path(node);
        return CellChoice.isShipped(node.text()) && !Files.exists(cell) ? Path.of(node.text()) : cell;
    }

    private Path beside(String text) {
        return file.resolveSibling(text);
    }
}
