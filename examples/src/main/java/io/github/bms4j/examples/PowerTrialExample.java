package io.github.bms4j.examples;

import io.github.bms4j.sim.power.PowerTrial;
import io.github.bms4j.sim.run.ShippedData;
import java.io.PrintStream;

/**
 * Is the power that the limits promise really there?
 *
 * <p>Grants every promise to a true pack in so many random states (the first argument, 10 000 without one) and prints, by
 * direction and horizon, how many broke a bound by more than 1 % and how much of the possible power was promised. {@code
 * docs/power-trial.sh} builds and runs it. The same table every time.
 */
public final class PowerTrialExample {
    private static final int STATES = 10_000;
    private static final long SEED = 4L;

    private PowerTrialExample() {}

    /** Prints the table. */
    public static void main(String[] args) {
        run(args.length > 0 ? Integer.parseInt(args[0]) : STATES, System.out);
    }

    static void run(int states, PrintStream out) {
        PowerTrial trial = new PowerTrial(ShippedData.cell(), ShippedData.truth(), SEED);
        out.print(trial.run(states).table());
    }
}
