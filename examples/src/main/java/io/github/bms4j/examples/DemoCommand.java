package io.github.bms4j.examples;

import io.github.bms4j.can.log.CandumpWriter;
import io.github.bms4j.cell.CellType;
import io.github.bms4j.journal.PackHistory;
import io.github.bms4j.sim.replay.Recording;
import io.github.bms4j.sim.replay.SocScore;
import io.github.bms4j.sim.run.ChargeScenario;
import io.github.bms4j.sim.run.ChargeSimulation;
import io.github.bms4j.sim.run.RecordingReplay;
import io.github.bms4j.sim.run.RunResult;
import io.github.bms4j.sim.run.ShippedData;
import io.github.bms4j.sim.trace.OutputFile;
import io.github.bms4j.sim.trace.TraceCsv;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code bms demo}: one drive on a real recording and one charge in protocol bytes, with a report. */
@Command(
        name = "demo",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "The main job: drives a pack down with a real recording, negotiates and runs a GB/T 27930 charge,"
                + " writes a report, the CAN log and a trace.")
final class DemoCommand implements Callable<Integer> {
    /** The flight record. */
    static final String FLIGHT = "flight.bmsr";

    /** A week. */
    private static final double LONGEST_MIN = 10_080.0;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(names = "--seed", defaultValue = "1", description = "seed of all random differences (${DEFAULT-VALUE})")
    private long seed;

    @Option(
            names = "--departure-min",
            defaultValue = "" + DemoScenario.DEPARTURE_MIN,
            description = "minutes from the plug-in to departure (${DEFAULT-VALUE})")
    private double departureMin;

    @Option(
            names = "--target-soc",
            defaultValue = "" + DemoScenario.TARGET_SOC,
            description = "SOC wanted by then, 0…1 (${DEFAULT-VALUE})")
    private double targetSoc;

    @Option(
            names = "--cell",
            paramLabel = "FILE",
            description = "what the battery manager believes the cells to be: YAML, BPX, or the name of a shipped cell"
                    + " (panasonic-ncr18650pf)")
    private @Nullable Path cellFile;

    @Option(
            names = "--recording",
            paramLabel = "FILE",
            description = "CSV, plain or gzip, of one cell to drive with (the shipped US06 drive at 25 °C)")
    private @Nullable Path recordingFile;

    @Option(names = "--out", defaultValue = "out/demo", description = "folder for the results (${DEFAULT-VALUE})")
    private Path out = Path.of("out", "demo");

    @Option(names = "--json", description = "print one JSON object as the last line")
    private boolean json;

    @Override
    public Integer call() {
        long began = System.nanoTime();
        double minutes = within("--departure-min", departureMin, LONGEST_MIN, "minutes");
        double goal = within("--target-soc", targetSoc, 1.0, "a SOC");
        Path ownCell = cellFile;
        Path ownDrive = recordingFile;
        CellType cell = ownCell == null ? ShippedData.cell() : CellChoice.of(ownCell);
        Recording drive =
                ownDrive == null ? ShippedData.drive() : CommandFailure.orUnreadable(ownDrive, Recording::load);
        ChargeScenario scenario = DemoScenario.of(seed, cell, drive, minutes, goal);
        SocScore real = RecordingReplay.run(drive, scenario.battery(), -0.2, 0.2);
        RunResult result = run(scenario, real);

        PackHistory history = CommandFailure.orUnreadable(out.resolve(DemoMemory.PACK), PackHistory::read);
        DemoSummary summary = new DemoSummary(result, real, history, (System.nanoTime() - began) * 1e-9);
        PrintWriter screen = spec.commandLine().getOut();
        screen.print(summary.text(out));
        if (json) {
            screen.println(summary.json());
        }
        screen.flush();
        return result.summary().brokenSteps() == 0 && summary.sessionInOrder() && summary.unfaulted() ? 0 : Bms.FAILED;
    }

    /** Runs and writes; the files of an earlier run are replaced together, when all new ones are whole. */
    private RunResult run(ChargeScenario scenario, SocScore real) {
        Progress progress = Progress.onTerminal();
        try (OutputFile log = OutputFile.open(out.resolve("session.candump.log"));
                OutputFile trace = OutputFile.open(out.resolve("trace.csv"));
                OutputFile flight = OutputFile.open(out.resolve(FLIGHT));
                OutputFile pack = OutputFile.open(out.resolve(DemoMemory.PACK));
                OutputFile life = OutputFile.open(out.resolve(DemoMemory.LIFE));
                OutputFile page = OutputFile.open(out.resolve("report.html"));
                DemoMemory memory = DemoMemory.open()) {
            CandumpWriter frames = new CandumpWriter(log.stream(), "can0");
            ChargeSimulation simulation = new ChargeSimulation(scenario, frames, progress);
            simulation.record(flight.stream());
            simulation.keep(memory.folder(), DemoMemory.SETTINGS, DemoMemory.UTC_S);
            RunResult result = simulation.run();
            frames.flush();
            TraceCsv.write(result.trace(), trace.stream());
            DemoReport.of(result, real).writeTo(page.stream());
            log.commit();
            trace.commit();
            flight.commit();
            memory.write(pack.stream(), life.stream());
            pack.commit();
            life.commit();
            page.commit();
            return result;
        } catch (IOException e) {
            throw CommandFailure.unwritable(out, e);
        } catch (UncheckedIOException e) {
            throw CommandFailure.unwritable(out, Objects.requireNonNull(e.getCause()));
        } finally {
            progress.clear();
        }
    }

    private double within(String option, double value, double most, String what) {
        if (value > 0.0 && value <= most) {
            return value;
        }
        String found = option + ": found " + value + ", expected " + what + " above 0 and at most " + most;
        throw new ParameterException(spec.commandLine(), found);
    }
}
