package io.github.bms4j.sim.fault;

import io.github.bms4j.cell.CellRating;
import io.github.bms4j.cell.CellType;
import io.github.bms4j.measure.ContactState;
import io.github.bms4j.measure.E2eVerdict;
import io.github.bms4j.protect.CurrentSettings;
import io.github.bms4j.protect.Fault;
import io.github.bms4j.protect.FaultKind;
import io.github.bms4j.protect.ProtectSettings;
import io.github.bms4j.protect.Tier;
import io.github.bms4j.sim.fault.FaultCase.Injection;
import io.github.bms4j.sim.run.ShippedData;
import java.util.ArrayList;
import java.util.List;

/** At least one way to make every fault of the table happen to the simulator's pack. */
final class FaultCases {
    private static final int CELL = 7;
    private static final int SENSOR = 1;

    private final CellType type = ShippedData.cell();
    private final ProtectSettings settings = ProtectSettings.of(type, FaultBench.LAYOUT);
    private final List<FaultCase> cases = new ArrayList<>();

    private FaultCases() {}

    static List<FaultCase> all() {
        FaultCases made = new FaultCases();
        made.voltages();
        made.temperatures();
        made.currents();
        made.heat();
        made.sensors();
        made.signals();
        return List.copyOf(made.cases);
    }

    private void add(String what, Fault fault, Injection injection) {
        cases.add(new FaultCase(what, fault, injection));
    }

    private static Fault of(FaultKind kind, Tier tier) {
        for (Fault f : Fault.values()) {
            if (f.kind() == kind && f.tier() == tier) {
                return f;
            }
        }
        throw new IllegalStateException("no " + kind + " of tier " + tier);
    }

    private void voltages() {
        double chargeA = settings.current().chargeA();
        double dischargeA = settings.current().dischargeA();
        for (Tier tier : Tier.values()) {
            for (FaultKind kind : new FaultKind[] {FaultKind.CELL_OVERVOLTAGE, FaultKind.PACK_OVERVOLTAGE}) {
                cases.add(new FaultCase("charged on although full", of(kind, tier), (b, s) -> b.packA = -0.9 * chargeA)
                        .from(0.93, 25.0, 0.1));
            }
            for (FaultKind kind : new FaultKind[] {FaultKind.CELL_UNDERVOLTAGE, FaultKind.PACK_UNDERVOLTAGE}) {
                cases.add(
                        new FaultCase("driven on although empty", of(kind, tier), (b, s) -> b.packA = 0.9 * dischargeA)
                                .from(0.07, 25.0, 0.1));
            }
        }
        for (Tier tier : new Tier[] {Tier.WARNING, Tier.SAFETY}) {
            add(
                    "pack voltage sensor off by 5 V",
                    of(FaultKind.PACK_VOLTAGE_MISMATCH, tier),
                    (b, s) -> b.injector.shift(Reading.PACK_VOLTAGE, 0, -5.0));
        }
    }

    private void temperatures() {
        CellRating r = type.rating();
        double someA = 0.05 * settings.current().dischargeA();
        double[] beyondK = {2.0 + 1.5, 3.0 + 2.5, 6.0 + 3.5};
        for (Tier tier : Tier.values()) {
            double byK = beyondK[tier.ordinal()];
            temperature(
                    "charged in the heat",
                    FaultKind.CHARGE_OVERTEMPERATURE,
                    tier,
                    r.charge().maxDegC() + byK,
                    -someA);
            temperature(
                    "charged in the cold",
                    FaultKind.CHARGE_UNDERTEMPERATURE,
                    tier,
                    r.charge().minDegC() - byK,
                    -someA);
            temperature(
                    "driven in the cold",
                    FaultKind.DISCHARGE_UNDERTEMPERATURE,
                    tier,
                    r.discharge().minDegC() - byK,
                    someA);
            cases.add(new FaultCase(
                            "woken in a fire", of(FaultKind.DISCHARGE_OVERTEMPERATURE, tier), (b, s) -> b.packA = 0.0)
                    .from(0.6, r.discharge().maxDegC() + byK, 0.0)
                    .atOnce());
        }
    }

    private void temperature(String what, FaultKind kind, Tier tier, double degC, double packA) {
        cases.add(new FaultCase(what, of(kind, tier), (b, s) -> b.packA = packA).from(0.5, degC, 0.0));
    }

    private void currents() {
        CurrentSettings c = settings.current();
        double[] ratios = {1.15, 1.32, 1.65};
        for (Tier tier : Tier.values()) {
            double ratio = ratios[tier.ordinal()];
            add(
                    "charged at " + ratio + " times the rating",
                    of(FaultKind.CHARGE_OVERCURRENT, tier),
                    (b, s) -> b.packA = -ratio * c.chargeA());
            add(
                    "drawn at " + ratio + " times the rating",
                    of(FaultKind.DISCHARGE_OVERCURRENT, tier),
                    (b, s) -> b.packA = ratio * c.dischargeA());
        }
        add("shorted outside", Fault.SHORT_CIRCUIT_SAFETY, (b, s) -> b.packA = 1.1 * c.shortA());
        add("shorted beyond the sensor", Fault.SHORT_CIRCUIT_SAFETY, (b, s) -> {
            b.packA = 1.3 * c.shortA();
        });
        double overA = 2.2 * c.dischargeA();
        double meltS = c.fuseA2s() / (overA * overA - c.fuseA() * c.fuseA());
        cases.add(new FaultCase("fuse heated", Fault.FUSE_HEAT_WARNING, (b, s) -> b.packA = overA).after(0.5 * meltS));
        cases.add(new FaultCase("fuse does not melt", Fault.FUSE_HEAT_SAFETY, (b, s) -> b.packA = overA).after(meltS));
    }

    private void heat() {
        add("one sensor rises by 2 K/s", Fault.RAPID_HEATING_WARNING, (b, s) -> rise(b, SENSOR, 2.0 * s));
        add("a cell burns, its neighbours warm", Fault.THERMAL_RUNAWAY_SAFETY, (b, s) -> {
            rise(b, SENSOR, 3.0 * s);
            rise(b, SENSOR - 1, 0.6 * s);
            rise(b, SENSOR + 1, 0.6 * s);
        });
        add("a cell burns and falls by 0.3 V", Fault.THERMAL_RUNAWAY_SAFETY, (b, s) -> {
            rise(b, SENSOR, 3.0 * s);
            b.injector.shift(Reading.CELL_VOLTAGE, 4, -Math.min(0.3, 0.1 * s));
        });
        add("a cell burns through its sensor", Fault.THERMAL_RUNAWAY_SAFETY, (b, s) -> {
            rise(b, SENSOR, 8.0 * s);
            if (s > 4.0) {
                b.injector.lose(Reading.TEMPERATURE, SENSOR);
            }
        });
    }

    private static void rise(FaultBench bench, int sensor, double byK) {
        bench.injector.shift(Reading.TEMPERATURE, sensor, byK);
    }

    private void sensors() {
        range(Reading.CELL_VOLTAGE, CELL, 0.02, Fault.CELL_VOLTAGE_OUT_OF_RANGE);
        range(Reading.TEMPERATURE, SENSOR, 215.0, Fault.TEMPERATURE_OUT_OF_RANGE);
        range(Reading.CURRENT, 0, -32_768.0, Fault.CURRENT_OUT_OF_RANGE);
        range(Reading.PACK_VOLTAGE, 0, 655.35, Fault.PACK_VOLTAGE_OUT_OF_RANGE);
        add(
                "a cell's reading leaps by 0.5 V",
                Fault.CELL_VOLTAGE_JUMPED,
                (b, s) -> b.injector.shift(Reading.CELL_VOLTAGE, CELL, 0.5));
        add("a temperature leaps by 30 K", Fault.TEMPERATURE_JUMPED, (b, s) -> rise(b, SENSOR, 30.0));
        frozen(Reading.CELL_VOLTAGE, CELL, Fault.CELL_VOLTAGE_FROZEN);
        frozen(Reading.PACK_VOLTAGE, 0, Fault.PACK_VOLTAGE_FROZEN);
        frozen(Reading.CURRENT, 0, Fault.CURRENT_FROZEN);
        add("a temperature freezes while the pack warms", Fault.TEMPERATURE_FROZEN, (b, s) -> {
            b.injector.freeze(Reading.TEMPERATURE, SENSOR);
            for (int k = 0; k < FaultBench.LAYOUT.temperatureSensors(); k++) {
                if (k != SENSOR) {
                    rise(b, k, 0.15 * s);
                }
            }
        });
        silent("a cell voltage falls silent", Reading.CELL_VOLTAGE, CELL, Fault.CELL_VOLTAGE_STALE_WARNING);
        silent("a cell voltage falls silent", Reading.CELL_VOLTAGE, CELL, Fault.CELL_VOLTAGE_STALE_SAFETY);
        silent("a temperature falls silent", Reading.TEMPERATURE, SENSOR, Fault.TEMPERATURE_STALE_WARNING);
        silent("a temperature falls silent", Reading.TEMPERATURE, SENSOR, Fault.TEMPERATURE_STALE_SAFETY);
        silent("the current falls silent", Reading.CURRENT, 0, Fault.CURRENT_STALE_WARNING);
        silent("the current falls silent", Reading.CURRENT, 0, Fault.CURRENT_STALE_SAFETY);
        silent("the pack voltage falls silent", Reading.PACK_VOLTAGE, 0, Fault.PACK_VOLTAGE_STALE_WARNING);
    }

    private void range(Reading reading, int sensor, double value, Fault fault) {
        add("reads " + value, fault, (b, s) -> b.injector.replace(reading, sensor, value));
    }

    private void frozen(Reading reading, int sensor, Fault fault) {
        add("freezes under load", fault, (b, s) -> b.injector.freeze(reading, sensor));
    }

    private void silent(String what, Reading reading, int sensor, Fault fault) {
        add(what, fault, (b, s) -> b.injector.lose(reading, sensor));
    }

    private void signals() {
        double workingV = settings.signal().workingV();
        add("insulation 300 Ohm/V", Fault.INSULATION_WARNING, (b, s) -> b.insulationOhm = 300.0 * workingV);
        add("insulation 50 Ohm/V", Fault.INSULATION_SAFETY, (b, s) -> b.insulationOhm = 50.0 * workingV);
        add("insulation 50 Ohm/V while charging", Fault.INSULATION_CHARGING, (b, s) -> {
            b.charger = true;
            b.insulationOhm = 50.0 * workingV;
        });
        add("insulation monitor silent", Fault.INSULATION_STALE_WARNING, (b, s) -> b.insulationOhm = Double.NaN);
        add("interlock opened", Fault.INTERLOCK_SAFETY, (b, s) -> b.interlock = ContactState.OPEN);
        add("interlock not read", Fault.INTERLOCK_STALE_WARNING, (b, s) -> b.interlock = ContactState.UNKNOWN);
        add("inverter silent", Fault.INVERTER_SILENT_WARNING, (b, s) -> b.inverterTalks = false);
        add("inverter silent", Fault.INVERTER_SILENT_SAFETY, (b, s) -> b.inverterTalks = false);
        charging("charger silent", Fault.CHARGER_SILENT_WARNING, (b, s) -> b.chargerTalks = false);
        charging("charger silent", Fault.CHARGER_SILENT_SAFETY, (b, s) -> b.chargerTalks = false);
        for (E2eVerdict verdict :
                new E2eVerdict[] {E2eVerdict.WRONG_CRC, E2eVerdict.REPEATED, E2eVerdict.WRONG_SEQUENCE}) {
            add("messages " + verdict, Fault.INVERTER_CORRUPT, (b, s) -> b.verdict = verdict);
        }
        charging("messages WRONG_CRC", Fault.CHARGER_CORRUPT, (b, s) -> b.verdict = E2eVerdict.WRONG_CRC);
    }

    private void charging(String what, Fault fault, Injection injection) {
        add(what + " while charging", fault, (b, s) -> {
            b.charger = true;
            injection.apply(b, s);
        });
    }
}
