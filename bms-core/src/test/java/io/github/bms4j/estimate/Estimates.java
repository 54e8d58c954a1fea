package io.github.bms4j.estimate;

/** Writes estimates for tests of what reads them. */
public final class Estimates {
    private Estimates() {}

    /** Cells of the straight sample type at rest with these SOCs, all with the same uncertainty. */
    public static void write(PackEstimate into, long nanos, double sigma, double... soc) {
        for (int c = 0; c < soc.length; c++) {
            into.cell(c, soc[c], sigma, 0.0, 0.0, Double.NaN);
            into.circuit(c, 20e-3, 10e-3, 15e-3, 0.9);
        }
        into.close(nanos);
    }

    /** A core temperature of one cell. */
    public static void core(PackEstimate into, int cell, double coreDegC) {
        into.core(cell, coreDegC, 1.0);
    }

    /** What a filter found of a cell's resistance. */
    public static void resistance(PackEstimate into, int cell, double relativeError, double sigma) {
        into.resistanceError(cell, relativeError, sigma);
    }
}
