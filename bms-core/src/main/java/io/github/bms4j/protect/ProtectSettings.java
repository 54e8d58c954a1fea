package io.github.bms4j.protect;

import io.github.bms4j.cell.CellType;
import io.github.bms4j.cell.PackLayout;
import io.github.bms4j.measure.Plausible;
import io.github.bms4j.measure.SensorRange;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * All thresholds of a pack's fault table; its rows are {@link Fault}.
 *
 * @param voltage voltages
 * @param temperature temperatures and thermal runaway
 * @param current currents
 * @param sensor age and sanity of the readings
 * @param signal insulation, interlock and peers
 * @param delays delays that replace those of the table
 */
public record ProtectSettings(
        VoltageSettings voltage,
        TemperatureSettings temperature,
        CurrentSettings current,
        SensorSettings sensor,
        SignalSettings signal,
        Map<Fault, Delay> delays) {
    /** Period of the readings that the table's delays are written for, s. */
    private static final double USUAL_PERIOD_S = 0.1;

    /** Copies the map. */
    public ProtectSettings {
        delays = Map.copyOf(delays);
    }

    /** The standard thresholds of a pack in a vehicle, read every 100 ms. */
    public static ProtectSettings of(CellType type, PackLayout layout) {
        return of(type, layout, Equipment.vehicle(), USUAL_PERIOD_S);
    }

    /**
     * The standard thresholds of a pack.
     *
     * @param equipment what it has beside its cells
     * @param periodS time between two readings, s, > 0; slow readings become stale later
     */
    public static ProtectSettings of(CellType type, PackLayout layout, Equipment equipment, double periodS) {
        return new ProtectSettings(
                VoltageSettings.of(type, layout),
                TemperatureSettings.of(type, layout),
                CurrentSettings.of(type, layout),
                SensorSettings.of(type, layout, periodS),
                SignalSettings.of(type, layout, equipment, periodS),
                Map.of());
    }

    /**
     * What the sensors cannot see: thresholds that lie outside their range, where a reading is refused before it is judged. Empty if
     * all is well; otherwise the caller reports {@link Fault#CONFIGURATION_INCONSISTENT}.
     */
    public List<String> contradictions(SensorRange range) {
        List<String> findings = new ArrayList<>();
        inside("cell voltage", range.cellVoltage(), voltage.cellHigh(), voltage.cellLow(), "V", findings);
        inside("pack voltage", range.packVoltage(), voltage.packHigh(), voltage.packLow(), "V", findings);
        inside("temperature", range.temperature(), temperature.chargeHigh(), temperature.chargeLow(), "degC", findings);
        inside(
                "temperature",
                range.temperature(),
                temperature.dischargeHigh(),
                temperature.dischargeLow(),
                "degC",
                findings);
        double outA = current.ratio().warning() * current.dischargeA();
        double inA = current.ratio().warning() * current.chargeA();
        if (!(outA < range.current().max() && -inA > range.current().min())) {
            findings.add("current sensor of " + range.current().min() + "..."
                    + range.current().max() + " A does not reach the warning tier at " + -inA + " and " + outA + " A");
        }
        return findings;
    }

    private static void inside(
            String what, Plausible range, TierLimits high, TierLimits low, String unit, List<String> findings) {
        if (!(high.safety() < range.max() && low.safety() > range.min())) {
            findings.add(what + " sensor of " + range.min() + "..." + range.max() + " " + unit
                    + " does not reach the safety tier at " + low.safety() + " and " + high.safety() + " " + unit);
        }
    }

    /** The same with other delays for one fault. */
    public ProtectSettings withDelay(Fault fault, Delay delay) {
        Map<Fault, Delay> more = new EnumMap<>(Fault.class);
        more.putAll(delays);
        more.put(fault, delay);
        return new ProtectSettings(voltage, temperature, current, sensor, signal, more);
    }

    /** The delays in force for a fault. */
    public Delay delay(Fault fault) {
        return delays.getOrDefault(fault, fault.delay());
    }
}
