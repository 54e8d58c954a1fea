package io.github.bms4j.examples;

import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * The {@code bms} command line.
 *
 * <p>Exit codes: 0 done, 1 the run failed or a limit was broken, 2 wrong usage or unreadable input, told in one line.
 */
@Command(
        name = "bms",
        mixinStandardHelpOptions = true,
        version = "bms4j 0.1.0-SNAPSHOT",
        description = "Battery management and charge negotiation, on real cell data and in virtual time.",
        subcommands = {
            DemoCommand.class,
            EstimateCommand.class,
            FitCommand.class,
            LifeCommand.class,
            PackCommand.class,
            PlanCommand.class,
            ReplayCommand.class
        })
public final class Bms implements Runnable {
    /** The run failed or a limit was broken. */
    static final int FAILED = 1;

    /** Wrong usage or unreadable input. */
    static final int BAD_INPUT = 2;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    /** Starts the command line. */
    public static void main(String[] args) {
        System.exit(commandLine().execute(args));
    }

    static CommandLine commandLine() {
        CommandLine line = new CommandLine(new Bms());
        line.setParameterExceptionHandler(
                (e, args) -> complain(e.getCommandLine(), String.valueOf(e.getMessage()), BAD_INPUT));
        line.setExecutionExceptionHandler((e, command, result) -> {
            if (e instanceof CommandFailure failure) {
                return complain(command, String.valueOf(failure.getMessage()), failure.exitCode());
            }
            throw e;
        });
        return line;
    }

    private static int complain(CommandLine command, String message, int exitCode) {
        PrintWriter err = command.getErr();
        err.println("bms: " + message.lines().findFirst().orElse(message));
        err.flush();
        return exitCode;
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "found no command, expected one of those in 'bms --help'");
    }
}
