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

    /** How badly a cell's readings fit what its filter states. */
    public static void misfit(PackEstimate into, int cell, double misfit) {
        into.expected(cell, 0.01, misfit);
    }

    /** All that a filter of many states writes of one cell. */
    public static void state(
            PackEstimate into, int cell, double soc, double sigma, double v1, double v2, double v3, double hysteresis) {
        into.cell(cell, soc, sigma, v1, v2, Double.NaN);
        into.diffusion(cell, v3);
        into.voltageError(cell, 0.0, hysteresis);
    }

    /** What the model says before the reading corrects it. */
    public static void predicted(PackEstimate into, int cell, double predictedV) {
        into.cell(cell, into.soc(cell), into.socSigma(cell), into.fastRcV(cell), into.slowRcV(cell), predictedV);
    }

    /** What was learned of one cell's capacity, Ah. */
    public static void capacity(PackEstimate into, int cell, double ah, double ratedAh) {
        into.health().capacity(cell, ah, 0.01);
        into.health().closeCapacity(ratedAh);
    }

    /** What was learned of one cell's ageing by resistance: 1 is new. */
    public static void resistanceRatio(PackEstimate into, int cell, double ratio) {
        into.health().resistance(cell, ratio, 0.01);
        into.health().closeResistance();
    }
}
