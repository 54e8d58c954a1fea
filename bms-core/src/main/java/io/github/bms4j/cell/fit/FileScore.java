package io.github.bms4j.cell.fit;

/**
 * How well the model follows one file, open loop: SOC counted, never corrected.
 *
 * @param name the file
 * @param kind how it was used
 * @param degC mean temperature, °C
 * @param rows rows after thinning
 * @param startSoc SOC of the first row
 * @param rmsV root mean square over time, V
 * @param insideV the same between 5 and 95 % SOC, V; NaN without such rows
 * @param unseenV the same as {@code insideV} of a fit that did not see this file, V; NaN where none was made
 */
public record FileScore(
        String name,
        FitRecord.Kind kind,
        double degC,
        int rows,
        double startSoc,
        double rmsV,
        double insideV,
        double unseenV) {}
