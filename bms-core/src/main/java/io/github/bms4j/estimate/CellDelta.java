package io.github.bms4j.estimate;

/**
 * How one cell differs from the pack's mean cell, each figure with its standard deviation.
 *
 * @param soc SOC less the mean's
 * @param socSigma its standard deviation
 * @param resistance resistance over the mean's, less 1
 * @param resistanceSigma its standard deviation
 * @param inverseCapacity the mean's capacity over the cell's, less 1: above 0 for a cell that holds less
 * @param inverseCapacitySigma its standard deviation
 * @param offsetV offset of the cell's voltage sensor against the mean of all, V
 * @param offsetSigmaV its standard deviation, V
 */
public record CellDelta(
        double soc,
        double socSigma,
        double resistance,
        double resistanceSigma,
        double inverseCapacity,
        double inverseCapacitySigma,
        double offsetV,
        double offsetSigmaV) {}
