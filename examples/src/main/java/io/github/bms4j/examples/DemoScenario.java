package io.github.bms4j.examples;

import io.github.bms4j.cell.CellType;
import io.github.bms4j.cell.PackLayout;
import io.github.bms4j.charge.OfferStep;
import io.github.bms4j.control.BatterySettings;
import io.github.bms4j.sim.cell.PackSpread;
import io.github.bms4j.sim.replay.Recording;
import io.github.bms4j.sim.run.ChargeScenario;
import io.github.bms4j.sim.run.ShippedData;
import io.github.bms4j.sim.sensor.SensorFlaws;
import io.github.bms4j.sim.station.GbtStationRating;
import io.github.bms4j.sim.station.PowerStep;
import io.github.bms4j.sim.station.StationOutput;
import java.util.List;

/**
 * The demo: a 96s60p pack on a hot afternoon, driven from 95 to 15 %, then two hours at a 60 kW station whose
 * grid has a bad twenty minutes.
 */
final class DemoScenario {
    /** Rated power of the station, W. */
    static final double STATION_W = 60e3;

    /** Minutes from the plug-in to departure, unless the user wants others. */
    static final double DEPARTURE_MIN = 120.0;

    /** SOC wanted by then, unless the user wants another. */
    static final double TARGET_SOC = 0.95;

    private static final PackLayout LAYOUT = new PackLayout(96, 60, 12);
    private static final double AMBIENT_DEG_C = 34.0;
    /** Conductance of a cell to the coolant: a weak plate under a large pack. */
    private static final double COOLANT_W_PER_K = 0.01;

    private static final double CHILLED_DEG_C = 24.0;
    private static final double MINUTE_S = 60.0;

    private DemoScenario() {}

    /** The demo's pack in a vehicle. */
    static BatterySettings battery(CellType cell) {
        return BatterySettings.vehicle(cell, LAYOUT);
    }

    /**
     * The scenario.
     *
     * @param seed where all random differences come from
     * @param cell what the battery manager believes the cells to be
     * @param drive the recording to drive
     * @param departureMin minutes from the plug-in to departure
     * @param targetSoc SOC wanted by then
     */
    static ChargeScenario of(long seed, CellType cell, Recording drive, double departureMin, double targetSoc) {
        StationOutput output = StationOutput.of(200.0, 500.0, 250.0);
        List<OfferStep> tariff = List.of(
                new OfferStep(0.0, STATION_W, 0.38, Double.NaN),
                new OfferStep(45 * MINUTE_S, STATION_W, 0.24, Double.NaN),
                new OfferStep(120 * MINUTE_S, STATION_W, 0.31, Double.NaN));
        List<PowerStep> grid = List.of(
                new PowerStep(0.0, STATION_W),
                new PowerStep(60 * MINUTE_S, 22e3),
                new PowerStep(80 * MINUTE_S, STATION_W));
        return new ChargeScenario(
                seed,
                new ChargeScenario.Truth(
                        ShippedData.truth(),
                        PackSpread.oneBatch(),
                        0.6,
                        SensorFlaws.goodPack(),
                        AMBIENT_DEG_C,
                        COOLANT_W_PER_K,
                        CHILLED_DEG_C),
                battery(cell),
                new ChargeScenario.Drive(drive, 0.95, 0.75, 0.15, 0.15, 600.0),
                new ChargeScenario.Session(
                        GbtStationRating.of(output),
                        tariff,
                        grid,
                        departureMin * MINUTE_S,
                        targetSoc,
                        Math.min(0.3, targetSoc),
                        0.01));
    }
}
