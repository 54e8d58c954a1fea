package io.github.bms4j.examples;

import io.github.bms4j.cell.PackLayout;
import io.github.bms4j.control.FlightReplay;
import io.github.bms4j.journal.FlightException;
import io.github.bms4j.sim.trace.OutputFile;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code bms replay}: a flight record run again, decision by decision. */
@Command(
        name = "replay",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description =
                "Runs a flight record again with the recorded settings and inputs and compares every recorded decision."
                        + " Exit code 0: identical to the last bit; 1: a decision deviates; 2: unreadable. docs/replay.md has the details.")
final class ReplayCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "FILE", description = "the record, as a flight recorder wrote it")
    private Path file = Path.of("");

    @Option(
            names = {"-o", "--out"},
            paramLabel = "FILE",
            description = "the decisions as CSV, one row for each that was recorded: once a second")
    private @Nullable Path out;

    @Option(names = "--json", description = "print one JSON object as the last line")
    private boolean json;

    /** A record and what came of it. */
    private record Run(String what, long bytes, FlightReplay.Outcome outcome) {}

    @Override
    public Integer call() {
        Path to = out;
        Run run = to == null ? replay(new ReplayTrail(null)) : replayInto(to);
        print(run);
        return run.outcome().identical() ? 0 : Bms.FAILED;
    }

    /** Runs and writes; the file appears when the record was run through. */
    private Run replayInto(Path to) {
        try (OutputFile csv = OutputFile.open(to)) {
            ReplayTrail trail = new ReplayTrail(csv.stream());
            Run run = replay(trail);
            trail.finish();
            csv.commit();
            return run;
        } catch (IOException e) {
            throw CommandFailure.unwritable(to, e);
        }
    }

    private Run replay(ReplayTrail trail) {
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 16)) {
            FlightReplay replay = new FlightReplay(file.toString(), in, trail);
            PackLayout layout = replay.settings().layout();
            String what = layout.series() + "s" + layout.parallel() + "p "
                    + replay.settings().cell().name();
            return new Run(what, Files.size(file), replay.run());
        } catch (FlightException e) {
            throw CommandFailure.badInput(String.valueOf(e.getMessage()), e);
        } catch (IOException e) {
            throw CommandFailure.unreadable(file, e);
        }
    }

    private void print(Run run) {
        FlightReplay.Outcome outcome = run.outcome();
        PrintWriter screen = spec.commandLine().getOut();
        double spanS = outcome.cycles() == 0 ? 0.0 : outcome.lastS() - outcome.firstS();
        screen.printf(Locale.ROOT, "record      %s, %d bytes%n", run.what(), run.bytes());
        screen.printf(
                Locale.ROOT,
                "cycles      %d over %.1f s, %d decisions compared%n",
                outcome.cycles(),
                spanS,
                outcome.digests());
        if (!outcome.end().isEmpty()) {
            screen.printf(Locale.ROOT, "end         %s; replayed up to there%n", outcome.end());
        }
        screen.printf(Locale.ROOT, "identical   %s%n", outcome.identical() ? "yes, to the last bit" : "no");
        if (!outcome.identical()) {
            screen.printf(
                    Locale.ROOT,
                    "deviation   first at %.1f s: %s; %d of %d decisions deviate%n",
                    outcome.deviatedAtS(),
                    outcome.deviation(),
                    outcome.deviations(),
                    outcome.digests());
        }
        Path to = out;
        if (to != null) {
            screen.printf(Locale.ROOT, "written     %s%n", to);
        }
        if (json) {
            screen.println(new JsonObject()
                    .text("record", run.what())
                    .count("bytes", run.bytes())
                    .count("cycles", outcome.cycles())
                    .number("spanS", spanS)
                    .count("decisions", outcome.digests())
                    .text("identical", outcome.identical() ? "yes" : "no")
                    .count("deviations", outcome.deviations())
                    .number("deviatedAtS", outcome.deviatedAtS())
                    .text("deviation", outcome.deviation())
                    .text("end", outcome.end()));
        }
        screen.flush();
    }
}
