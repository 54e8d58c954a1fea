package io.github.bms4j.examples;

import io.github.bms4j.cell.PackLayout;
import io.github.bms4j.protect.FaultTable;
import io.github.bms4j.protect.ProtectSettings;
import io.github.bms4j.sim.fault.FaultFreeDrive;
import io.github.bms4j.sim.fault.FaultMatrix;
import io.github.bms4j.sim.fault.MatrixRow;
import io.github.bms4j.sim.run.ShippedData;
import java.io.PrintStream;
import java.util.List;

/**
 * Which faults are found, how soon, and what trips without one?
 *
 * <p>Prints the fault table of the simulator's pack, every fault against its detector, and with a number of hours what tripped in so
 * much driving without a fault. Exit code 1 when a fault was missed, late or without its reaction, or when anything tripped; 2 for
 * hours that are none. {@code docs/fault-matrix.sh} starts it.
 */
public final class FaultMatrixExample {
    private static final long SEED = 1L;
    private static final double PERIOD_S = 1.0;

    private FaultMatrixExample() {}

    /** Prints the tables; the first argument, if there is one, is the hours to drive. */
    public static void main(String[] args) {
        System.exit(run(args, System.out, System.err));
    }

    static int run(String[] args, PrintStream out, PrintStream err) {
        double hours = args.length == 0 ? 0.0 : hours(args[0]);
        if (args.length > 1 || !(hours >= 0.0 && hours <= 1e5)) {
            err.println("fault-matrix: found '" + String.join(" ", args)
                    + "', expected at most one number of hours, 0...100000");
            return Bms.BAD_INPUT;
        }
        out.println(FaultTable.describe(ProtectSettings.of(ShippedData.cell(), new PackLayout(12, 20, 4))));
        List<MatrixRow> rows = FaultMatrix.run(SEED);
        out.print(FaultMatrix.table(rows));
        boolean sound = rows.stream().allMatch(MatrixRow::sound);
        if (hours > 0.0) {
            var result = FaultFreeDrive.run(hours, PERIOD_S, SEED);
            out.println(result.text());
            sound &= result.trips() == 0;
        }
        return sound ? 0 : Bms.FAILED;
    }

    private static double hours(String text) {
        try {
            return Double.parseDouble(text);
        } catch (NumberFormatException e) {
            return Double.NaN;
        }
    }
}
