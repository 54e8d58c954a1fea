package io.github.bms4j.sim.run;

import io.github.bms4j.charge.OfferStep;
import io.github.bms4j.control.BatterySettings;
import io.github.bms4j.num.Check;
import io.github.bms4j.sim.cell.PackSpread;
import io.github.bms4j.sim.cell.TrueCell;
import io.github.bms4j.sim.replay.Recording;
import io.github.bms4j.sim.sensor.SensorFlaws;
import io.github.bms4j.sim.station.GbtStationRating;
import io.github.bms4j.sim.station.PowerStep;
import java.util.List;

/**
 * One drive and one charge: all that decides a run. The same scenario gives the same bytes.
 *
 * @param seed where every random difference comes from
 * @param truth what is really there
 * @param battery what the battery manager believes
 * @param drive the recording whose current drives the pack down
 * @param session where, when and how it is charged
 */
public record ChargeScenario(long seed, Truth truth, BatterySettings battery, Drive drive, Session session) {
    /**
     * The true pack and its sensors.
     *
     * @param cell the cell all of them vary around
     * @param spread how much they vary
     * @param cooling heat path in the pack relative to that of a free cell
     * @param flaws what is wrong with the sensors
     * @param ambientDegC air temperature, °C
     * @param coolantWPerK conductance of a cell to the coolant at full flow, W/K; 0 for a pack without
     * @param chilledDegC temperature of the coolant when chilled, °C
     */
    public record Truth(
            TrueCell cell,
            PackSpread spread,
            double cooling,
            SensorFlaws flaws,
            double ambientDegC,
            double coolantWPerK,
            double chilledDegC) {
        /** Checks the figures that nothing else checks. */
        public Truth {
            Check.positive("cooling", cooling);
            Check.within("ambientDegC", ambientDegC, -60.0, 80.0);
            Check.notNegative("coolantWPerK", coolantWPerK);
            Check.within("chilledDegC", chilledDegC, -60.0, 80.0);
        }
    }

    /**
     * The drive before the charge.
     *
     * @param recording whose current is driven, once at most
     * @param startSoc true mean SOC at its start
     * @param assumedSoc what the estimator is told instead
     * @param assumedSigma how sure it is told to be
     * @param stopSoc estimated pack SOC at which the driver stops
     * @param restS rest between the drive and the plug, s
     */
    public record Drive(
            Recording recording,
            double startSoc,
            double assumedSoc,
            double assumedSigma,
            double stopSoc,
            double restS) {
        /** Checks every figure. */
        public Drive {
            Check.fraction("startSoc", startSoc);
            Check.fraction("assumedSoc", assumedSoc);
            Check.positive("assumedSigma", assumedSigma);
            Check.fraction("stopSoc", stopSoc);
            Check.notNegative("restS", restS);
        }
    }

    /**
     * The charge; its times count from the plug-in.
     *
     * @param station ratings of the station
     * @param tariff power and price as they are told beforehand, from time 0
     * @param grid what the station can really give over time; not told beforehand
     * @param departureS when the vehicle leaves, s
     * @param targetSoc SOC wanted by then
     * @param minSoc SOC wanted at once
     * @param wearPerKwh price of wear at 1C
     */
    public record Session(
            GbtStationRating station,
            List<OfferStep> tariff,
            List<PowerStep> grid,
            double departureS,
            double targetSoc,
            double minSoc,
            double wearPerKwh) {
        /** Checks every figure and copies the lists. */
        public Session {
            Check.positive("departureS", departureS);
            Check.fraction("targetSoc", targetSoc);
            Check.within("minSoc", minSoc, 0.0, targetSoc);
            Check.notNegative("wearPerKwh", wearPerKwh);
            tariff = List.copyOf(tariff);
            grid = List.copyOf(grid);
        }
    }
}
