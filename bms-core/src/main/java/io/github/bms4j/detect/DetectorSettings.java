package io.github.bms4j.detect;

import org.jspecify.annotations.Nullable;

/**
 * Which detectors run and how; null is a detector that is off.
 *
 * @param internalShort leaks of single cells
 * @param plating plated lithium
 * @param sensorBias sensors that are off
 */
public record DetectorSettings(
        @Nullable InternalShortSettings internalShort,
        @Nullable PlatingSettings plating,
        @Nullable SensorBiasSettings sensorBias) {
    /** No detector: the usual choice until somebody wants to act on them. */
    public static DetectorSettings none() {
        return new DetectorSettings(null, null, null);
    }

    /** All detectors with their standard settings, whose false alarms are measured in docs/theory/detectors.md. */
    public static DetectorSettings all() {
        return new DetectorSettings(
                InternalShortSettings.standard(), PlatingSettings.standard(), SensorBiasSettings.standard());
    }
}
