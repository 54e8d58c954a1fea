package io.github.bms4j.protect;

/** What kind of thing goes wrong; a kind has up to three faults, one a tier. */
public enum FaultKind {
    /** A cell above its voltage. */
    CELL_OVERVOLTAGE("cell voltage high"),
    /** A cell below its voltage. */
    CELL_UNDERVOLTAGE("cell voltage low"),
    /** The pack above its voltage. */
    PACK_OVERVOLTAGE("pack voltage high"),
    /** The pack below its voltage. */
    PACK_UNDERVOLTAGE("pack voltage low"),
    /** Too hot while charging. */
    CHARGE_OVERTEMPERATURE("hot while charging"),
    /** Too cold while charging. */
    CHARGE_UNDERTEMPERATURE("cold while charging"),
    /** Too hot while discharging or at rest. */
    DISCHARGE_OVERTEMPERATURE("hot while not charging"),
    /** Too cold while discharging. */
    DISCHARGE_UNDERTEMPERATURE("cold while discharging"),
    /** More charge current than rated. */
    CHARGE_OVERCURRENT("charge current high"),
    /** More discharge current than rated. */
    DISCHARGE_OVERCURRENT("discharge current high"),
    /** A current that only a short circuit draws. */
    SHORT_CIRCUIT("short circuit"),
    /** The fuse is about to melt, or should have. */
    FUSE_HEAT("fuse melting integral"),
    /** A sensor warms faster than any use explains. */
    RAPID_HEATING("rapid heating"),
    /** Heat and a second sign of a cell that burns. */
    THERMAL_RUNAWAY("thermal runaway"),
    /** A cell voltage that no sensor can read. */
    CELL_VOLTAGE_RANGE("cell voltage out of range"),
    /** A cell voltage that leapt away from the others. */
    CELL_VOLTAGE_JUMP("cell voltage jumped"),
    /** A cell voltage that stands still under changing current. */
    CELL_VOLTAGE_STUCK("cell voltage stuck"),
    /** A cell voltage that is not read any more. */
    CELL_VOLTAGE_STALE("cell voltage stale"),
    /** A temperature that no sensor can read: a thermistor torn off or shorted. */
    TEMPERATURE_RANGE("temperature out of range"),
    /** A temperature that leapt. */
    TEMPERATURE_JUMP("temperature jumped"),
    /** A temperature that stands still while the others move. */
    TEMPERATURE_STUCK("temperature stuck"),
    /** A temperature that is not read any more. */
    TEMPERATURE_STALE("temperature stale"),
    /** A current that no sensor can read. */
    CURRENT_RANGE("current out of range"),
    /** A current that stands still while the voltages move. */
    CURRENT_STUCK("current stuck"),
    /** A current that is not read any more. */
    CURRENT_STALE("current stale"),
    /** A pack voltage that no sensor can read. */
    PACK_VOLTAGE_RANGE("pack voltage out of range"),
    /** A pack voltage that stands still under changing current. */
    PACK_VOLTAGE_STUCK("pack voltage stuck"),
    /** A pack voltage that is not read any more. */
    PACK_VOLTAGE_STALE("pack voltage stale"),
    /** The pack voltage is not the sum of the cells. */
    PACK_VOLTAGE_MISMATCH("pack voltage against sum of cells"),
    /** Insulation against the chassis too low. */
    INSULATION("insulation low"),
    /** Insulation is not measured any more. */
    INSULATION_STALE("insulation stale"),
    /** The interlock loop is open. */
    INTERLOCK("interlock open"),
    /** The interlock loop is not read any more. */
    INTERLOCK_STALE("interlock stale"),
    /** The load is not heard any more. */
    INVERTER_SILENT("inverter silent"),
    /** What the load says fails its end-to-end check. */
    INVERTER_E2E("inverter messages corrupt"),
    /** The charger is not heard any more. */
    CHARGER_SILENT("charger silent"),
    /** What the charger says fails its end-to-end check. */
    CHARGER_E2E("charger messages corrupt"),
    /** A contactor does not open; reported. */
    CONTACTOR_WELDED("contactor welded", true),
    /** A contactor does not close, or opened by itself; reported. */
    CONTACTOR_NOT_CLOSED("contactor not closed", true),
    /** The link charged faster than resistor and capacitor allow; reported. */
    PRECHARGE_TOO_FAST("precharge too fast", true),
    /** The link charged too slowly or not at all; reported. */
    PRECHARGE_TOO_SLOW("precharge too slow", true),
    /** More current than the resistor lets through; reported. */
    PRECHARGE_OVERCURRENT("precharge current high", true),
    /** No tries left, or the resistor is hot; reported. */
    PRECHARGE_EXHAUSTED("precharge given up", true),
    /** The estimate does not fit the readings; reported. */
    ESTIMATOR_DIVERGED("estimate diverged", true),
    /** A cell loses charge inside; reported. */
    INTERNAL_SHORT("internal short suspected", true),
    /** A relaxation looks like plated lithium; reported. */
    LITHIUM_PLATING("lithium plating suspected", true),
    /** A sensor contradicts the others by a constant; reported. */
    SENSOR_BIAS("sensor bias suspected", true),
    /** The description of the pack contradicts itself; reported. */
    CONFIGURATION("configuration inconsistent", true);

    private final String text;
    private final boolean reported;

    FaultKind(String text) {
        this(text, false);
    }

    FaultKind(String text, boolean reported) {
        this.text = text;
        this.reported = reported;
    }

    /** In words. */
    public String text() {
        return text;
    }

    /** Whether somebody else judges it and says so by {@link FaultMonitor#report}. */
    public boolean reported() {
        return reported;
    }
}
