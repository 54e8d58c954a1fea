package io.github.bms4j.cell.fit;

import io.github.bms4j.cell.Chemistry;
import java.util.Optional;

/**
 * What a fit is told beforehand.
 *
 * @param name name of the cell
 * @param capacityAh charge between SOC 0 and 1, Ah; NaN to take it from the slow runs
 * @param chemistry chemistry; empty to guess it from the open-circuit voltage
 * @param origin where the data come from, for the provenance
 * @param licence licence of the data, for the provenance
 */
public record FitSettings(
        String name, double capacityAh, Optional<Chemistry> chemistry, String origin, String licence) {
    /** @throws IllegalArgumentException when a value does not fit */
    public FitSettings {
        if (name.isBlank()) {
            throw new IllegalArgumentException("name must not be blank");
        }
        if (!Double.isNaN(capacityAh) && !(capacityAh > 0.0 && capacityAh < 1e5)) {
            throw new IllegalArgumentException("capacityAh must be above 0 and below 100000 Ah but is " + capacityAh);
        }
    }
}
