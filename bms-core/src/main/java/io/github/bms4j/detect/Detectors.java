package io.github.bms4j.detect;

import io.github.bms4j.cell.CellType;
import io.github.bms4j.cell.PackLayout;
import io.github.bms4j.estimate.PackEstimate;
import io.github.bms4j.measure.PackSample;
import io.github.bms4j.num.StepResult;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The detectors of a pack that are switched on, fed together: what balancing bleeds is told to those that must know, and a cell
 * whose voltage sensor was found to be off is not judged for leaks.
 *
 * <p>With {@link DetectorSettings#none()} nothing is looked at and nothing is found. Units and bad input: those of the detectors.
 * Thread: one. Allocation: none per step.
 */
public final class Detectors {
    private final int cells;
    private final int temperatureSensors;
    private final @Nullable InternalShortDetector internalShort;
    private final @Nullable PlatingDetector plating;
    private final @Nullable SensorBiasDetector sensorBias;

    /** The detectors that the settings ask for. */
    public Detectors(CellType type, PackLayout layout, DetectorSettings settings) {
        cells = layout.cells();
        temperatureSensors = layout.temperatureSensors();
        InternalShortSettings shortSettings = settings.internalShort();
        PlatingSettings platingSettings = settings.plating();
        SensorBiasSettings biasSettings = settings.sensorBias();
        internalShort = shortSettings == null ? null : new InternalShortDetector(type, layout, shortSettings);
        plating = platingSettings == null ? null : new PlatingDetector(type, layout, platingSettings);
        sensorBias = biasSettings == null ? null : new SensorBiasDetector(type, layout, biasSettings);
    }

    /** Tells of charge that balancing took out of a cell, Ah of the group. */
    public void bled(int cell, double ah) {
        if (internalShort != null) {
            internalShort.bled(cell, ah);
        }
        if (plating != null && ah > 0.0) {
            plating.bled(cell);
        }
    }

    /**
     * Takes in a sample and the estimate made from it.
     *
     * @param zeroCurrent whether the contactors are known to be open, so that no current can flow
     * @return HELD when a detector that runs could not use the sample
     */
    public StepResult step(PackSample sample, PackEstimate estimate, boolean zeroCurrent) {
        StepResult result = StepResult.USED;
        if (sensorBias != null) {
            result = sensorBias.step(sample, estimate, zeroCurrent);
        }
        if (internalShort != null) {
            if (sensorBias != null) {
                for (int c = 0; c < cells; c++) {
                    internalShort.exclude(c, sensorBias.alarmed(Suspect.CELL_VOLTAGE_SENSOR, c));
                }
            }
            result = internalShort.step(sample, estimate);
        }
        return plating != null ? plating.step(sample, estimate) : result;
    }

    /** Whether any detector alarms. */
    public boolean anyAlarmed() {
        return (internalShort != null && internalShort.anyAlarmed())
                || (plating != null && plating.anyAlarmed())
                || (sensorBias != null && sensorBias.anyAlarmed());
    }

    /** All that is alarmed now; allocates. */
    public List<Finding> findings() {
        List<Finding> found = new ArrayList<>();
        for (int c = 0; c < cells; c++) {
            if (internalShort != null && internalShort.alarmed(c)) {
                found.add(internalShort.finding(c));
            }
            if (plating != null && plating.alarmed(c)) {
                found.add(plating.finding(c));
            }
            addSensor(Suspect.CELL_VOLTAGE_SENSOR, c, found);
        }
        addSensor(Suspect.PACK_VOLTAGE_SENSOR, Finding.ONLY_ONE, found);
        addSensor(Suspect.CURRENT_SENSOR, Finding.ONLY_ONE, found);
        for (int s = 0; s < temperatureSensors; s++) {
            addSensor(Suspect.TEMPERATURE_SENSOR, s, found);
        }
        return found;
    }

    /** All that is worth keeping while the power is off: what is alarmed, and how far the search for leaks has come; allocates. */
    public List<Finding> kept() {
        List<Finding> kept = findings();
        for (int c = 0; c < cells; c++) {
            if (internalShort != null && internalShort.measurements() > 0 && !internalShort.alarmed(c)) {
                kept.add(internalShort.finding(c));
            }
        }
        return kept;
    }

    /**
     * Takes up what was {@link #kept} before a restart; before the first step. What no detector that runs looks at, an index that
     * the pack does not have and figures that are no interval change nothing.
     *
     * @param found what was found; its interval is taken for as many standard deviations as the detector's settings say
     * @param days since then, 0 or more
     */
    public void recall(Finding found, double days) {
        Suspect suspect = found.suspect();
        double half = 0.5 * (found.high() - found.low());
        int most = suspect == Suspect.TEMPERATURE_SENSOR ? temperatureSensors : cells;
        boolean single = suspect == Suspect.PACK_VOLTAGE_SENSOR || suspect == Suspect.CURRENT_SENSOR;
        boolean there = single ? found.index() == Finding.ONLY_ONE : found.index() >= 0 && found.index() < most;
        if (!there || !Double.isFinite(found.value()) || !(half > 0.0 && half < Double.POSITIVE_INFINITY)) {
            return;
        }
        if (suspect == Suspect.CELL_LEAK) {
            if (internalShort != null) {
                internalShort.recall(found.index(), found.value(), half / internalShort.sigmas(), days);
            }
        } else if (suspect == Suspect.CELL_PLATING) {
            if (plating != null) {
                plating.recall(found.index(), found.value(), half / plating.sigmas());
            }
        } else if (sensorBias != null) {
            sensorBias.recall(suspect, found.index(), found.value(), half / sensorBias.sigmas(), days);
        }
    }

    private void addSensor(Suspect sensor, int index, List<Finding> found) {
        if (sensorBias != null && sensorBias.alarmed(sensor, index)) {
            found.add(sensorBias.finding(sensor, index));
        }
    }

    /** The detector of leaks; null while it is off. */
    public @Nullable InternalShortDetector internalShort() {
        return internalShort;
    }

    /** The detector of plated lithium; null while it is off. */
    public @Nullable PlatingDetector plating() {
        return plating;
    }

    /** The detector of sensors that are off; null while it is off. */
    public @Nullable SensorBiasDetector sensorBias() {
        return sensorBias;
    }
}
