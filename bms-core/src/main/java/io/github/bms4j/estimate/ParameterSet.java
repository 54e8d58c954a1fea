package io.github.bms4j.estimate;

import io.github.bms4j.cell.CellType;
import io.github.bms4j.cell.PackLayout;

/**
 * One version of what an estimator believes of its cells: a value that is tried, adopted, and put back whole.
 *
 * @param version names the set in logs and decisions, such as {@code 2026-03-fit}; not blank
 * @param cell the cell model
 * @param noise how wrong readings and model are
 * @param origin where the set comes from: which fit, which measurement, who; not blank
 */
public record ParameterSet(String version, CellType cell, NoiseModel noise, String origin) {
    /** @throws IllegalArgumentException when a text is blank */
    public ParameterSet {
        if (version.isBlank() || origin.isBlank()) {
            throw new IllegalArgumentException("version and origin of a parameter set must not be blank");
        }
    }

    /** A new estimator of that name ({@link Estimators#names()}) that believes this set. */
    public SocEstimator estimator(String name, PackLayout layout) {
        return Estimators.create(name, cell, layout, noise);
    }
}
