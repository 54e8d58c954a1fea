package io.github.bms4j.estimate;

/** What one step of the plain filter has in common for all cells; written by {@link PlainEkf}, read by its blocks. */
final class PlainStep {
    /** Whether what happened since the last sample is not known: nothing is counted and the RC voltages are forgotten. */
    boolean gap;
    /** Charge that left a cell, As. */
    double movedAs;
    /** Current of a cell at the sample, A. */
    double nowA;
    /** Decay of the RC voltages over the step. */
    double a1;

    double a2;
    double a3;
    /** What drives them, A: (1 - a) times the mean current. */
    double drive1;

    double drive2;
    double drive3;
    /** Process variances. */
    double qSoc;

    double qRc;
    double qRc2;
    /** Variances an RC voltage has after a gap, V². */
    double rcVariance;

    double rc2Variance;
    /** Variance of the voltage reading, V². */
    double r;
}
