package io.github.bms4j.cell.fit;

import io.github.bms4j.cell.CellType;
import java.util.List;

/**
 * A fitted cell type and how far it can be trusted.
 *
 * @param cell the cell type
 * @param scores one row per file
 * @param misses what is left of each file's voltage over SOC
 * @param identifiability what data say of the parameters and what was only expected
 * @param capacityAh capacity of the SOC axis, Ah
 * @param notes what was assumed, guessed, clamped or found odd; one sentence each
 */
public record FitResult(
        CellType cell,
        List<FileScore> scores,
        List<Miss> misses,
        Identifiability identifiability,
        double capacityAh,
        List<String> notes) {
    /** Copies the lists. */
    public FitResult {
        scores = List.copyOf(scores);
        misses = List.copyOf(misses);
        notes = List.copyOf(notes);
    }

    /** Mean voltage error of one file in steps of half a point of SOC. */
    public static final class Miss {
        private final String name;
        private final double[] missV;

        Miss(String name, double[] missV) {
            this.name = name;
            this.missV = missV;
        }

        /** The file. */
        public String name() {
            return name;
        }

        /** Centres of the steps; a copy. */
        public double[] socs() {
            double[] soc = new double[missV.length];
            for (int k = 0; k < soc.length; k++) {
                soc[k] = (k + 0.5) / missV.length;
            }
            return soc;
        }

        /** Measured less model, V; NaN where the file has no rows; a copy. */
        public double[] volts() {
            return missV.clone();
        }
    }
}
