package io.github.bms4j.protect;

import static io.github.bms4j.protect.FaultKind.*;
import static io.github.bms4j.protect.Reaction.*;
import static io.github.bms4j.protect.Tier.OPERATING;
import static io.github.bms4j.protect.Tier.SAFETY;
import static io.github.bms4j.protect.Tier.WARNING;

import java.util.Locale;

/**
 * The fault table. A row is a fault; its columns say how bad it is, what it makes the pack do, how long it must be seen
 * and unseen, whether somebody must acknowledge it, and within what time it must be set after its cause began.
 *
 * <p>Thresholds depend on the cell and stand in {@link ProtectSettings}; delays can be replaced there. {@link FaultTable}
 * prints all of it. Trouble codes follow the two-plus-one-byte form of road vehicles: P1Bxx out of the maker's own block,
 * the last byte from the public list of failure types (16 below, 17 above threshold, 19 current above, 1A resistance below,
 * 4B over temperature, 26 and 27 rate of change too low and too high, 31 no signal, 41 checksum, 62 compare, 87 message missing).
 */
public enum Fault {
    CELL_OVERVOLTAGE_OPERATING(CELL_OVERVOLTAGE, OPERATING, DERATE_CHARGE, 0x1B0117, Delay.of(0.5, 5.0), 1.5),
    CELL_OVERVOLTAGE_WARNING(CELL_OVERVOLTAGE, WARNING, NO_CHARGE, 0x1B0217, Delay.of(0.5, 5.0), 1.5),
    CELL_OVERVOLTAGE_SAFETY(CELL_OVERVOLTAGE, SAFETY, OPEN, 0x1B0317, Delay.of(0.5, 5.0), 1.5),
    CELL_UNDERVOLTAGE_OPERATING(CELL_UNDERVOLTAGE, OPERATING, DERATE_DISCHARGE, 0x1B0416, Delay.of(0.5, 5.0), 1.5),
    CELL_UNDERVOLTAGE_WARNING(CELL_UNDERVOLTAGE, WARNING, NO_DISCHARGE, 0x1B0516, Delay.of(0.5, 5.0), 1.5),
    CELL_UNDERVOLTAGE_SAFETY(CELL_UNDERVOLTAGE, SAFETY, OPEN, 0x1B0616, Delay.of(0.5, 5.0), 1.5),
    PACK_OVERVOLTAGE_OPERATING(PACK_OVERVOLTAGE, OPERATING, DERATE_CHARGE, 0x1B0717, Delay.of(0.5, 5.0), 1.5),
    PACK_OVERVOLTAGE_WARNING(PACK_OVERVOLTAGE, WARNING, NO_CHARGE, 0x1B0817, Delay.of(0.5, 5.0), 1.5),
    PACK_OVERVOLTAGE_SAFETY(PACK_OVERVOLTAGE, SAFETY, OPEN, 0x1B0917, Delay.of(0.5, 5.0), 1.5),
    PACK_UNDERVOLTAGE_OPERATING(PACK_UNDERVOLTAGE, OPERATING, DERATE_DISCHARGE, 0x1B0A16, Delay.of(0.5, 5.0), 1.5),
    PACK_UNDERVOLTAGE_WARNING(PACK_UNDERVOLTAGE, WARNING, NO_DISCHARGE, 0x1B0B16, Delay.of(0.5, 5.0), 1.5),
    PACK_UNDERVOLTAGE_SAFETY(PACK_UNDERVOLTAGE, SAFETY, OPEN, 0x1B0C16, Delay.of(0.5, 5.0), 1.5),

    CHARGE_OVERTEMPERATURE_OPERATING(
            CHARGE_OVERTEMPERATURE, OPERATING, DERATE_CHARGE, 0x1B114B, Delay.of(5.0, 30.0), 10),
    CHARGE_OVERTEMPERATURE_WARNING(CHARGE_OVERTEMPERATURE, WARNING, NO_CHARGE, 0x1B124B, Delay.of(5.0, 30.0), 10),
    CHARGE_OVERTEMPERATURE_SAFETY(CHARGE_OVERTEMPERATURE, SAFETY, OPEN, 0x1B134B, Delay.of(5.0, 30.0), 10),
    CHARGE_UNDERTEMPERATURE_OPERATING(
            CHARGE_UNDERTEMPERATURE, OPERATING, DERATE_CHARGE, 0x1B1421, Delay.of(5.0, 30.0), 10),
    CHARGE_UNDERTEMPERATURE_WARNING(CHARGE_UNDERTEMPERATURE, WARNING, NO_CHARGE, 0x1B1521, Delay.of(5.0, 30.0), 10),
    CHARGE_UNDERTEMPERATURE_SAFETY(CHARGE_UNDERTEMPERATURE, SAFETY, OPEN, 0x1B1621, Delay.of(5.0, 30.0), 10),
    DISCHARGE_OVERTEMPERATURE_OPERATING(
            DISCHARGE_OVERTEMPERATURE, OPERATING, DERATE, 0x1B174B, Delay.of(5.0, 30.0), 10),
    DISCHARGE_OVERTEMPERATURE_WARNING(DISCHARGE_OVERTEMPERATURE, WARNING, ZERO, 0x1B184B, Delay.of(5.0, 30.0), 10),
    DISCHARGE_OVERTEMPERATURE_SAFETY(DISCHARGE_OVERTEMPERATURE, SAFETY, OPEN, 0x1B194B, Delay.of(5.0, 30.0), 10),
    DISCHARGE_UNDERTEMPERATURE_OPERATING(
            DISCHARGE_UNDERTEMPERATURE, OPERATING, DERATE_DISCHARGE, 0x1B1A21, Delay.of(5.0, 30.0), 10),
    DISCHARGE_UNDERTEMPERATURE_WARNING(
            DISCHARGE_UNDERTEMPERATURE, WARNING, NO_DISCHARGE, 0x1B1B21, Delay.of(5.0, 30.0), 10),
    DISCHARGE_UNDERTEMPERATURE_SAFETY(DISCHARGE_UNDERTEMPERATURE, SAFETY, OPEN, 0x1B1C21, Delay.of(5.0, 30.0), 10),

    CHARGE_OVERCURRENT_OPERATING(CHARGE_OVERCURRENT, OPERATING, DERATE_CHARGE, 0x1B2119, Delay.of(1.0, 5.0), 1.2),
    CHARGE_OVERCURRENT_WARNING(CHARGE_OVERCURRENT, WARNING, NO_CHARGE, 0x1B2219, Delay.of(1.0, 5.0), 1.2),
    CHARGE_OVERCURRENT_SAFETY(CHARGE_OVERCURRENT, SAFETY, OPEN, 0x1B2319, Delay.of(1.0, 5.0), 1.2),
    DISCHARGE_OVERCURRENT_OPERATING(
            DISCHARGE_OVERCURRENT, OPERATING, DERATE_DISCHARGE, 0x1B2419, Delay.of(1.0, 5.0), 1.2),
    DISCHARGE_OVERCURRENT_WARNING(DISCHARGE_OVERCURRENT, WARNING, NO_DISCHARGE, 0x1B2519, Delay.of(1.0, 5.0), 1.2),
    DISCHARGE_OVERCURRENT_SAFETY(DISCHARGE_OVERCURRENT, SAFETY, OPEN, 0x1B2619, Delay.of(1.0, 5.0), 1.2),
    SHORT_CIRCUIT_SAFETY(SHORT_CIRCUIT, SAFETY, OPEN, 0x1B2719, Delay.atOnce(5.0), true, 0.2),
    FUSE_HEAT_WARNING(FUSE_HEAT, WARNING, ZERO, 0x1B2819, Delay.atOnce(5.0), 0.2),
    FUSE_HEAT_SAFETY(FUSE_HEAT, SAFETY, OPEN, 0x1B2919, Delay.atOnce(5.0), true, 0.2),

    RAPID_HEATING_WARNING(RAPID_HEATING, WARNING, ZERO, 0x1B2E27, Delay.of(3.0, 30.0), 10),
    THERMAL_RUNAWAY_SAFETY(THERMAL_RUNAWAY, SAFETY, OPEN, 0x1B2F4B, Delay.of(3.0, 30.0), true, 300),

    CELL_VOLTAGE_OUT_OF_RANGE(CELL_VOLTAGE_RANGE, OPERATING, DERATE, 0x1B311C, Delay.of(0.5, 60.0), 1.5),
    CELL_VOLTAGE_JUMPED(CELL_VOLTAGE_JUMP, OPERATING, DERATE, 0x1B3227, Delay.atOnce(60.0), 1.5),
    CELL_VOLTAGE_FROZEN(CELL_VOLTAGE_STUCK, OPERATING, DERATE, 0x1B3326, Delay.atOnce(60.0), 90),
    CELL_VOLTAGE_STALE_WARNING(CELL_VOLTAGE_STALE, WARNING, DERATE, 0x1B3431, new Delay(0.0, 1, 0.05, 5), 0.5),
    CELL_VOLTAGE_STALE_SAFETY(CELL_VOLTAGE_STALE, SAFETY, OPEN, 0x1B3531, new Delay(0.0, 1, 0.05, 5), 1.0),
    TEMPERATURE_OUT_OF_RANGE(TEMPERATURE_RANGE, OPERATING, DERATE, 0x1B361C, Delay.of(0.5, 60.0), 1.5),
    TEMPERATURE_JUMPED(TEMPERATURE_JUMP, OPERATING, DERATE, 0x1B3727, Delay.atOnce(60.0), 1.5),
    TEMPERATURE_FROZEN(TEMPERATURE_STUCK, OPERATING, DERATE, 0x1B3826, Delay.atOnce(60.0), 120),
    TEMPERATURE_STALE_WARNING(TEMPERATURE_STALE, WARNING, DERATE, 0x1B3931, new Delay(0.0, 1, 0.05, 5), 6.0),
    TEMPERATURE_STALE_SAFETY(TEMPERATURE_STALE, SAFETY, OPEN, 0x1B3A31, new Delay(0.0, 1, 0.05, 5), 36.0),
    CURRENT_OUT_OF_RANGE(CURRENT_RANGE, OPERATING, DERATE, 0x1B3B1D, Delay.of(0.5, 60.0), 1.5),
    CURRENT_FROZEN(CURRENT_STUCK, OPERATING, DERATE, 0x1B3C26, Delay.atOnce(60.0), 90),
    CURRENT_STALE_WARNING(CURRENT_STALE, WARNING, DERATE, 0x1B3D31, new Delay(0.0, 1, 0.05, 5), 0.5),
    CURRENT_STALE_SAFETY(CURRENT_STALE, SAFETY, OPEN, 0x1B3E31, new Delay(0.0, 1, 0.05, 5), 1.0),
    PACK_VOLTAGE_OUT_OF_RANGE(PACK_VOLTAGE_RANGE, OPERATING, NOTE, 0x1B3F1C, Delay.of(0.5, 60.0), 1.5),
    PACK_VOLTAGE_FROZEN(PACK_VOLTAGE_STUCK, OPERATING, NOTE, 0x1B4026, Delay.atOnce(60.0), 90),
    PACK_VOLTAGE_STALE_WARNING(PACK_VOLTAGE_STALE, WARNING, INHIBIT_CLOSING, 0x1B4131, new Delay(0.0, 1, 0.05, 5), 0.5),
    PACK_VOLTAGE_MISMATCH_WARNING(PACK_VOLTAGE_MISMATCH, WARNING, DERATE, 0x1B4262, Delay.of(1.0, 10.0), 1.5),
    PACK_VOLTAGE_MISMATCH_SAFETY(PACK_VOLTAGE_MISMATCH, SAFETY, ZERO, 0x1B4362, Delay.of(10.0, 10.0), 11),

    INSULATION_WARNING(INSULATION, WARNING, NOTE, 0x1B511A, Delay.of(60.0, 60.0), 61),
    INSULATION_SAFETY(INSULATION, SAFETY, INHIBIT_CLOSING, 0x1B521A, new Delay(5.0, 2, 60.0, 2), 6),
    INSULATION_CHARGING(INSULATION, SAFETY, OPEN, 0x1B531A, Delay.atOnce(60.0), 1),
    INSULATION_STALE_WARNING(INSULATION_STALE, WARNING, INHIBIT_CLOSING, 0x1B5431, Delay.atOnce(1.0), 62),
    INTERLOCK_SAFETY(INTERLOCK, SAFETY, OPEN_AT_STANDSTILL, 0x1B5513, new Delay(0.05, 2, 1.0, 3), true, 0.5),
    INTERLOCK_STALE_WARNING(INTERLOCK_STALE, WARNING, ZERO, 0x1B5631, Delay.atOnce(1.0), 1.5),
    INVERTER_SILENT_WARNING(INVERTER_SILENT, WARNING, ZERO, 0x1B5787, Delay.atOnce(5.0), 3.5),
    INVERTER_SILENT_SAFETY(INVERTER_SILENT, SAFETY, OPEN, 0x1B5887, Delay.atOnce(5.0), 8.5),
    INVERTER_CORRUPT(INVERTER_E2E, WARNING, ZERO, 0x1B5941, new Delay(0.0, 1, 0.001, 1), 2.0),
    CHARGER_SILENT_WARNING(CHARGER_SILENT, WARNING, NO_CHARGE, 0x1B5A87, Delay.atOnce(5.0), 1.5),
    CHARGER_SILENT_SAFETY(CHARGER_SILENT, SAFETY, OPEN, 0x1B5B87, Delay.atOnce(5.0), 6.5),
    CHARGER_CORRUPT(CHARGER_E2E, WARNING, NO_CHARGE, 0x1B5C41, new Delay(0.0, 1, 0.001, 1), 2.0),

    WELDED(CONTACTOR_WELDED, SAFETY, INHIBIT_CLOSING, 0x1B6162, new Delay(0.2, 1, 1.0, 1), true, 0.5),
    NOT_CLOSED(CONTACTOR_NOT_CLOSED, SAFETY, INHIBIT_CLOSING, 0x1B6262, new Delay(0.2, 1, 1.0, 1), true, 0.5),
    PRECHARGED_TOO_FAST(PRECHARGE_TOO_FAST, WARNING, NOTE, 0x1B6327, Delay.atOnce(0.01), 0.2),
    PRECHARGED_TOO_SLOW(PRECHARGE_TOO_SLOW, WARNING, NOTE, 0x1B6426, Delay.atOnce(0.01), 0.2),
    PRECHARGED_AT_HIGH_CURRENT(PRECHARGE_OVERCURRENT, WARNING, NOTE, 0x1B6519, Delay.atOnce(0.01), 0.2),
    PRECHARGE_GIVEN_UP(PRECHARGE_EXHAUSTED, SAFETY, INHIBIT_CLOSING, 0x1B6663, Delay.atOnce(0.01), true, 0.2),
    ESTIMATE_DIVERGED(ESTIMATOR_DIVERGED, WARNING, DERATE, 0x1B6764, Delay.of(30.0, 60.0), 31),
    INTERNAL_SHORT_SUSPECTED(INTERNAL_SHORT, WARNING, DERATE, 0x1B6864, Delay.atOnce(60.0), 0.2),
    LITHIUM_PLATING_SUSPECTED(LITHIUM_PLATING, WARNING, DERATE_CHARGE, 0x1B6964, Delay.atOnce(60.0), 0.2),
    SENSOR_BIAS_SUSPECTED(SENSOR_BIAS, OPERATING, NOTE, 0x1B6A28, Delay.atOnce(60.0), 0.2),
    CONFIGURATION_INCONSISTENT(CONFIGURATION, SAFETY, OPEN, 0x1B6B55, Delay.atOnce(0.01), true, 0.2);

    private static final String LETTERS = "PCBU";

    private final FaultKind kind;
    private final Tier tier;
    private final Reaction reaction;
    private final int dtc;
    private final double setS;
    private final int setSamples;
    private final double clearS;
    private final int clearSamples;
    private final boolean latching;
    private final double budgetS;

    Fault(FaultKind kind, Tier tier, Reaction reaction, int dtc, Delay delay, double budgetS) {
        this(kind, tier, reaction, dtc, delay, false, budgetS);
    }

    Fault(FaultKind kind, Tier tier, Reaction reaction, int dtc, Delay delay, boolean latching, double budgetS) {
        this.kind = kind;
        this.tier = tier;
        this.reaction = reaction;
        this.dtc = dtc;
        this.setS = delay.setS();
        this.setSamples = delay.setSamples();
        this.clearS = delay.clearS();
        this.clearSamples = delay.clearSamples();
        this.latching = latching;
        this.budgetS = budgetS;
    }

    /** What goes wrong. */
    public FaultKind kind() {
        return kind;
    }

    /** How bad it is. */
    public Tier tier() {
        return tier;
    }

    /** What the pack does about it. */
    public Reaction reaction() {
        return reaction;
    }

    /** Trouble code, three bytes as diagnostic services carry it. */
    public int dtc() {
        return dtc;
    }

    /** Trouble code as people write it: {@code P1B0117}. */
    public String dtcText() {
        return String.format(
                Locale.ROOT, "%c%d%03X%02X", LETTERS.charAt(dtc >>> 22), dtc >>> 20 & 3, dtc >>> 8 & 0xFFF, dtc & 0xFF);
    }

    /** Delays unless {@link ProtectSettings} replaces them; allocates. */
    public Delay delay() {
        return new Delay(setS, setSamples, clearS, clearSamples);
    }

    /** Whether it stays until acknowledged. */
    public boolean latching() {
        return latching;
    }

    /** Longest time from the beginning of the cause to the reaction at readings every 100 ms, s. */
    public double budgetS() {
        return budgetS;
    }

    /** Whether somebody else judges it and says so by {@link FaultMonitor#report}. */
    public boolean reported() {
        return kind.reported();
    }

    /** In words: {@code cell voltage high (safety)}. */
    public String text() {
        return kind.text() + " (" + tier.name().toLowerCase(Locale.ROOT) + ")";
    }
}
