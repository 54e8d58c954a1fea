package io.github.bms4j.examples;

import io.github.bms4j.journal.BatteryPassport;
import io.github.bms4j.journal.PackHistory;
import io.github.bms4j.journal.RestartRule;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code bms life}: what a pack's journal knows. */
@Command(
        name = "life",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description =
                "Prints what a pack's journal knows: SOC with its uncertainty and age, capacities, faults, what was"
                        + " counted over its life. Reads only; the pack may be in use. docs/life.md has the details.")
final class LifeCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "FILE", description = "a journal, such as out/demo/pack.bmsj, or the folder it is kept in")
    private Path file = Path.of("");

    @Option(
            names = "--at",
            paramLabel = "TIME",
            description = "the time for which ages are told, such as 2026-01-01T18:00:00Z (now)")
    private @Nullable String at;

    @Option(
            names = "--json",
            description = "print the battery passport's part of it, names of DIN DKE SPEC 99100, as one JSON object")
    private boolean json;

    @Override
    public Integer call() {
        double utcS = utcS();
        PackHistory history = history();
        PrintWriter screen = spec.commandLine().getOut();
        if (json) {
            screen.println(new BatteryPassport(history.kind())
                    .json(history.life(), history.memory(), history.memory().savedUtcS()));
        } else {
            screen.print(new LifeText(history, RestartRule.standard(), utcS));
        }
        screen.flush();
        return 0;
    }

    private PackHistory history() {
        try {
            return PackHistory.read(file);
        } catch (NoSuchFileException e) {
            throw CommandFailure.unreadable(file, e);
        } catch (IOException e) {
            String told = String.valueOf(e.getMessage());
            boolean named = told.startsWith(file.toString()) && told.contains(": found ");
            throw named ? CommandFailure.badInput(told, e) : CommandFailure.unreadable(file, e);
        }
    }

    private double utcS() {
        String told = at;
        if (told == null) {
            return System.currentTimeMillis() / 1000.0;
        }
        try {
            return Instant.parse(told).toEpochMilli() / 1000.0;
        } catch (DateTimeParseException e) {
            String found = "--at: found " + told + ", expected a time such as 2026-01-01T18:00:00Z";
            throw new ParameterException(spec.commandLine(), found, e);
        }
    }
}
