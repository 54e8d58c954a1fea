package io.github.bms4j.protect;

import java.util.Locale;

/** The fault table with the thresholds of a pack, in columns for people to read. */
public final class FaultTable {
    private FaultTable() {}

    /** All rows under a line of headings. Allocates. */
    public static String describe(ProtectSettings settings) {
        StringBuilder text = new StringBuilder(
                row("code", "fault", "set when", "after", "cleared after", "latch", "reaction", "budget"));
        for (Fault f : Fault.values()) {
            text.append(row(
                    f.dtcText(),
                    f.text(),
                    threshold(f, settings),
                    set(f, settings),
                    cleared(f, settings),
                    f.latching() ? "yes" : "no",
                    f.reaction().name().toLowerCase(Locale.ROOT).replace('_', ' '),
                    number(f.budgetS()) + " s"));
        }
        return text.toString();
    }

    private static String row(String... columns) {
        return String.format(Locale.ROOT, "%-10s %-42s %-36s %-20s %-20s %-6s %-18s %8s\n", (Object[]) columns);
    }

    private static String set(Fault f, ProtectSettings settings) {
        Delay delay = settings.delay(f);
        if (f.kind() == FaultKind.CHARGE_OVERCURRENT || f.kind() == FaultKind.DISCHARGE_OVERCURRENT) {
            return number(settings.current().shortestS()) + " ... "
                    + number(settings.current().longestS()) + " s by ratio";
        }
        return delay.setSamples() == 1 && delay.setS() == 0.0
                ? "1 reading"
                : number(delay.setS()) + " s, >= " + delay.setSamples() + " readings";
    }

    private static String cleared(Fault f, ProtectSettings settings) {
        Delay delay = settings.delay(f);
        return number(delay.clearS()) + " s, >= " + delay.clearSamples() + " readings";
    }

    /** When a fault is seen, with the unit. */
    static String threshold(Fault f, ProtectSettings s) {
        SensorSettings sensor = s.sensor();
        SignalSettings signal = s.signal();
        return switch (f.kind()) {
            case CELL_OVERVOLTAGE -> limit(s.voltage().cellHigh(), f, "V");
            case CELL_UNDERVOLTAGE -> limit(s.voltage().cellLow(), f, "V");
            case PACK_OVERVOLTAGE -> limit(s.voltage().packHigh(), f, "V");
            case PACK_UNDERVOLTAGE -> limit(s.voltage().packLow(), f, "V");
            case CHARGE_OVERTEMPERATURE -> limit(s.temperature().chargeHigh(), f, "degC");
            case CHARGE_UNDERTEMPERATURE -> limit(s.temperature().chargeLow(), f, "degC");
            case DISCHARGE_OVERTEMPERATURE -> limit(s.temperature().dischargeHigh(), f, "degC");
            case DISCHARGE_UNDERTEMPERATURE -> limit(s.temperature().dischargeLow(), f, "degC");
            case CHARGE_OVERCURRENT ->
                limit(s.current().ratio(), f, "x " + number(s.current().chargeA()) + " A");
            case DISCHARGE_OVERCURRENT ->
                limit(s.current().ratio(), f, "x " + number(s.current().dischargeA()) + " A");
            case SHORT_CIRCUIT -> "> " + number(s.current().shortA()) + " A";
            case FUSE_HEAT ->
                (f.tier() == Tier.WARNING ? "> 50 % of " : "> ")
                        + number(s.current().fuseA2s()) + " A2s";
            case RAPID_HEATING -> ">= " + number(s.temperature().runawayKPerS()) + " K/s";
            case THERMAL_RUNAWAY -> ">= " + number(s.temperature().runawayKPerS()) + " K/s and a second sign";
            case CELL_VOLTAGE_RANGE, TEMPERATURE_RANGE, CURRENT_RANGE, PACK_VOLTAGE_RANGE ->
                "outside the sensor's range";
            case CELL_VOLTAGE_JUMP -> "> " + number(sensor.jumpV()) + " V against the others";
            case TEMPERATURE_JUMP -> "step no cell makes";
            case CELL_VOLTAGE_STUCK, PACK_VOLTAGE_STUCK ->
                "same " + number(sensor.stuckS()) + " s, " + sensor.stuckMoves() + " steps of " + number(sensor.moveA())
                        + " A";
            case CURRENT_STUCK ->
                "same " + number(sensor.stuckS()) + " s, " + sensor.stuckMoves() + " steps of " + number(sensor.moveV())
                        + " V";
            case TEMPERATURE_STUCK -> "same " + number(sensor.stuckS()) + " s, others " + number(sensor.moveK()) + " K";
            case CELL_VOLTAGE_STALE, PACK_VOLTAGE_STALE -> stale(f, sensor.voltageStaleS(), sensor.rampS());
            case CURRENT_STALE -> stale(f, sensor.currentStaleS(), sensor.rampS());
            case TEMPERATURE_STALE -> stale(f, sensor.temperatureStaleS(), sensor.temperatureRampS());
            case PACK_VOLTAGE_MISMATCH -> "> " + number(s.voltage().mismatchV()) + " V apart";
            case INSULATION ->
                "< " + number(signal.insulationOhm(f.tier()) / 1000.0) + " kOhm"
                        + (f == Fault.INSULATION_CHARGING ? " while charging" : "");
            case INSULATION_STALE -> "> " + number(signal.insulationStaleS()) + " s old";
            case INTERLOCK -> "loop open";
            case INTERLOCK_STALE -> "> " + number(signal.interlockStaleS()) + " s old";
            case INVERTER_SILENT -> stale(f, signal.inverterSilentS(), signal.openAfterS());
            case CHARGER_SILENT -> stale(f, signal.chargerSilentS(), signal.openAfterS());
            case INVERTER_E2E, CHARGER_E2E -> "2 wrong CRC, 3 repeated or 5 lost";
            default -> "reported";
        };
    }

    private static String limit(TierLimits limits, Fault f, String unit) {
        return (limits.rising() ? "> " : "< ") + number(limits.at(f.tier())) + " " + unit + ", back by "
                + number(limits.hysteresis());
    }

    private static String stale(Fault f, double staleS, double furtherS) {
        return "> " + number(f.tier() == Tier.SAFETY ? staleS + furtherS : staleS) + " s old";
    }

    /** Up to three decimals, no trailing zeros. */
    private static String number(double value) {
        String text = String.format(Locale.ROOT, "%.3f", value);
        return text.replaceAll("0+$", "").replaceAll("\\.$", "");
    }
}
