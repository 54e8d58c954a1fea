package io.github.bms4j.sim.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.bms4j.cell.CellType;
import io.github.bms4j.cell.PackLayout;
import io.github.bms4j.charge.AgeingCost;
import io.github.bms4j.charge.ChargeGoal;
import io.github.bms4j.charge.ChargeNeed;
import io.github.bms4j.charge.ChargePlan;
import io.github.bms4j.charge.ChargeRules;
import io.github.bms4j.charge.ChargeWorth;
import io.github.bms4j.charge.DischargeTerms;
import io.github.bms4j.charge.OfferStep;
import io.github.bms4j.charge.StationOffer;
import io.github.bms4j.charge.StopCause;
import io.github.bms4j.control.BatteryManager;
import io.github.bms4j.control.BatterySettings;
import io.github.bms4j.control.ExpectedCharge;
import io.github.bms4j.control.FlightReplay;
import io.github.bms4j.control.PackEquipment;
import io.github.bms4j.sim.cell.PackSpread;
import io.github.bms4j.sim.cell.SimPack;
import io.github.bms4j.sim.detect.OtherCell;
import io.github.bms4j.sim.random.NoiseSource;
import io.github.bms4j.sim.sensor.SensorFlaws;
import io.github.bms4j.sim.sensor.SimSensors;
import io.github.bms4j.sim.station.GbtStationRating;
import io.github.bms4j.sim.station.StationOutput;
import io.github.bms4j.sim.station.StationPower;
import io.github.bms4j.thermal.HeaterRating;
import io.github.bms4j.thermal.PreconditioningPlan;
import io.github.bms4j.thermal.ThermalReason;
import io.github.bms4j.thermal.ThermalSettings;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Heat for a charge in the closed loop: 4 of the 48 groups of a pack of LG M50 cells (NMC), 60 in parallel, with their share of a 6 kW heater. The
 * true cells differ in curve, resistance, capacity, and lose a fifth more heat than the settings say.
 */
class HeatedChargeTest {
    private static final PackLayout LAYOUT = new PackLayout(4, 60, 2);
    private static final HeaterRating HEATER = new HeaterRating(500.0, 0.9, 0.1, 1.0);
    private static final GbtStationRating STATION = GbtStationRating.of(StationOutput.of(5.0, 30.0, 250.0));
    private static final double STATION_W = 4000.0;
    private static final double PER_KWH = 0.5;

    private static ChargeBench bench(double soc, double degC) {
        CellType cell = ShippedData.cell("lg-m50");
        PackEquipment equipment = PackEquipment.cellsOnly(cell, LAYOUT).with(ThermalSettings.of(cell, HEATER, false));
        NoiseSource random = new NoiseSource(5);
        SimPack pack = new SimPack(
                OtherCell.of(cell, 0.98, 1.1, 1.1, 0.005), LAYOUT, PackSpread.oneBatch(), 0.12, soc, degC, random);
        ChargeBench bench = new ChargeBench(
                BatterySettings.standard(cell, LAYOUT, equipment),
                pack,
                new SimSensors(pack, SensorFlaws.goodPack(), random),
                degC);
        bench.start(pack.packSoc(), 0.01);
        bench.runFor(5.0);
        return bench;
    }

    private static ChargePlan plugIn(
            ChargeBench bench, double targetSoc, double hours, double pricePerH, boolean heating) {
        double departureS = bench.nowS() + hours * 3600.0;
        OfferStep flat = new OfferStep(bench.nowS(), STATION_W, PER_KWH, Double.NaN);
        return bench.plugIn(
                STATION,
                StationPower.UNLIMITED,
                new StationOffer("test", 30.0, 250.0, departureS, List.of(flat)),
                new ChargeNeed(
                        new ChargeGoal(targetSoc, 0.0, Double.NEGATIVE_INFINITY, departureS),
                        new ChargeWorth(5.0, 0.0, AgeingCost.none(), Double.POSITIVE_INFINITY, pricePerH),
                        new ChargeRules(0.0, ChargeRules.ANY_STARTS, DischargeTerms.forbidden(), heating)));
    }

    /** What truly happened, second by second. */
    private static final class Watch {
        private final ChargeBench bench;
        private double heaterWh;
        private double beganS = Double.NaN;
        private double coldChargeA;
        private double worstPackA = Double.NEGATIVE_INFINITY;

        Watch(ChargeBench bench) {
            this.bench = bench;
            bench.clock().every(1_000_000_000L, bench.clock().nowNanos() + 1_000_000_000L, 2, this::look);
        }

        private void look(long nanos) {
            double w = bench.manager().thermal().heaterW();
            heaterWh += w / 3600.0;
            beganS = Double.isNaN(beganS) && w > 0.0 ? nanos * 1e-9 : beganS;
            worstPackA = Math.max(worstPackA, bench.packA());
            if (bench.pack().lowestDegC() <= 0.0) {
                coldChargeA = Math.max(coldChargeA, -bench.packA());
            }
        }
    }

    @Test
    void aFrozenPackReachesItsTargetByDepartureBecauseItIsHeated() {
        ChargeBench bench = bench(0.3, -5.0);
        ChargePlan plan = plugIn(bench, 0.36, 1.0, 0.0, true);
        assertTrue(plan.meetsTarget(), plan::toString);
        assertTrue(plan.heats());
        Watch watch = new Watch(bench);
        assertTrue(bench.runUntil(() -> bench.manager().thermal().heaterOn(), 60.0));
        assertEquals(ThermalReason.REQUESTED, bench.manager().thermal().heaterReason());
        assertTrue(bench.runToEnd());
        assertEquals(StopCause.SOC_REACHED, bench.manager().demand().stop());
        assertEquals(0.0, bench.manager().thermal().heaterW(), "the heater ends with the charge");
        assertTrue(watch.heaterWh > 0.5 * plan.heaterWh(), () -> watch.heaterWh + " Wh");
        assertTrue(watch.heaterWh < 1.15 * plan.heaterWh(), () -> watch.heaterWh + " Wh; later plans may heat less");
        assertTrue(watch.coldChargeA < 1.0, () -> watch.coldChargeA + " A into frozen cells");
        double heaterA = HEATER.powerW() / bench.pack().packV();
        assertTrue(watch.worstPackA < heaterA + 1.0, "the pack carries the heater for a moment at most");
        assertEquals("none", bench.manager().faults().text());
    }

    @Test
    void theSamePackMissesItUnheated() {
        ChargeBench bench = bench(0.3, -5.0);
        ChargePlan plan = plugIn(bench, 0.36, 0.25, 0.0, false);
        assertFalse(plan.heats());
        assertEquals(0.06, plan.missedSoc(), 0.01);
        Watch watch = new Watch(bench);
        assertTrue(bench.runToEnd());
        assertEquals(StopCause.DEPARTURE, bench.manager().demand().stop());
        assertEquals(0.3, bench.pack().packSoc(), 0.01);
        assertEquals(0.0, watch.heaterWh);
    }

    @Test
    void heatThatIsNotWorthItIsNotDone() {
        ChargeBench bench = bench(0.3, 12.0);
        ChargePlan plan = plugIn(bench, 0.32, 6.0, 0.05, true);
        assertFalse(plan.heats(), plan::toString);
        Watch watch = new Watch(bench);
        assertTrue(bench.runUntil(() -> bench.manager().demand().stop() == StopCause.SOC_REACHED, 1500.0));
        assertEquals(0.0, watch.heaterWh);
        assertEquals(ThermalReason.NO_POWER, bench.manager().thermal().heaterReason());
        bench.unplug();
        assertTrue(plugIn(bench, 0.5, 6.0, 50.0, true).heats(), "at a thousand times the price of an hour it is");
    }

    private static double secondsToTarget(ChargeBench bench, double targetSoc) {
        double fromS = bench.nowS();
        plugIn(bench, targetSoc, 3.0, 50.0, false);
        assertTrue(bench.runUntil(() -> bench.manager().demand().stop() == StopCause.SOC_REACHED, 6000.0));
        return bench.nowS() - fromS;
    }

    private static ExpectedCharge charger(double arrivalS, double pricePerH) {
        return new ExpectedCharge(arrivalS, 0.285, 0.1, 0.32, STATION_W, 7.0, PER_KWH, pricePerH);
    }

    private static void driveUntil(ChargeBench bench, double s) {
        bench.drive((fromS, toS) -> 20.0);
        bench.runFor(s - bench.nowS());
        bench.drive(PackLoad.NONE);
    }

    @Test
    void onTheWayToAChargerItHeatsAsLateAsItCanAndTheChargeIsAsMuchShorterAsWasPromised() {
        ChargeBench warm = bench(0.31, 7.0);
        double arrivalS = warm.nowS() + 1300.0;
        warm.manager().expectCharge(charger(arrivalS, 5.0));
        assertTrue(warm.manager().preheatDue());
        Watch watch = new Watch(warm);
        warm.runFor(1.5);
        PreconditioningPlan promise = warm.manager().preheating();
        assertNotNull(promise);
        assertTrue(promise.worthIt(), promise::toString);
        driveUntil(warm, arrivalS - 1.0);
        assertEquals(arrivalS + promise.startS(), watch.beganS, 130.0, promise::toString);
        assertEquals(ThermalReason.REQUESTED, warm.manager().thermal().heaterReason());
        // Decided anew on the way, it may go for the temperature below: they are 2.5 K apart.
        assertEquals(promise.toDegC(), warm.pack().lowestDegC(), 3.0, promise::toString);
        assertEquals(promise.heaterWh(), watch.heaterWh, 0.2 * promise.heaterWh());
        warm.runFor(1.0);
        double warmS = secondsToTarget(warm, 0.32);
        assertNull(warm.manager().preheating(), "it is over with the plug");

        ChargeBench cold = bench(0.31, 7.0);
        driveUntil(cold, arrivalS);
        double coldS = secondsToTarget(cold, 0.32);
        assertEquals(promise.savedS(), coldS - warmS, 0.25 * promise.savedS(), promise + "; " + warmS + ", " + coldS);
    }

    @Test
    void onTheWayNothingIsHeatedThatIsNotWorthItOrThatThePackCannotSpare() {
        ChargeBench bench = bench(0.31, 7.0);
        BatteryManager manager = bench.manager();
        Watch watch = new Watch(bench);
        manager.expectCharge(charger(bench.nowS() + 600.0, 0.001));
        bench.runFor(120.0);
        PreconditioningPlan refused = manager.preheating();
        assertNotNull(refused);
        assertEquals("NOT_WORTH_IT", refused.cause().name());
        assertEquals(0.0, watch.heaterWh);
        manager.expectCharge(
                new ExpectedCharge(bench.nowS() + 600.0, Double.NaN, 0.35, 0.5, STATION_W, Double.NaN, PER_KWH, 5.0));
        bench.runFor(30.0);
        PreconditioningPlan wanted = manager.preheating();
        assertNotNull(wanted);
        assertTrue(wanted.worthIt());
        assertEquals(0.0, watch.heaterWh, "below the least SOC");
        manager.expectCharge(charger(bench.nowS() + 600.0, 5.0));
        bench.runFor(30.0);
        assertTrue(manager.thermal().heaterOn());
        manager.expectCharge(null);
        bench.runFor(1.0);
        assertFalse(manager.thermal().heaterOn());
        assertFalse(manager.preheatDue());
        assertNull(manager.preheating());
    }

    @Test
    void aHeatedDriveAndChargeComeOutOfTheirRecordToTheSameBit() throws IOException {
        CellType cell = ShippedData.cell("lg-m50");
        PackEquipment equipment = PackEquipment.cellsOnly(cell, LAYOUT).with(ThermalSettings.of(cell, HEATER, false));
        ChargeBench bench =
                ChargeBench.of(BatterySettings.standard(cell, LAYOUT, equipment), ShippedData.truth(), 0.4, -5.0, 3);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        bench.record(out);
        bench.start(0.4, 0.02);
        bench.runFor(5.0);
        bench.manager().expectCharge(charger(bench.nowS() + 200.0, 5.0));
        driveUntil(bench, 150.0);
        String decided = String.valueOf(bench.manager().preheating());
        assertTrue(bench.manager().thermal().heaterOn(), decided);
        plugIn(bench, 0.5, 1.0, 0.0, true);
        bench.runFor(120.0);
        assertTrue(bench.manager().demand().chargeA() > 25.0, "asks for the heater's current");
        double lastW = bench.manager().thermal().heaterW();
        bench.manager().endRecord();
        double[] seenW = new double[1];
        String[] seen = {""};
        FlightReplay replay = new FlightReplay("record", new ByteArrayInputStream(out.toByteArray()), (m, s, same) -> {
            seenW[0] = m.thermal().heaterW();
            seen[0] = m.preheating() == null ? seen[0] : String.valueOf(m.preheating());
        });
        FlightReplay.Outcome outcome = replay.run();
        assertTrue(outcome.identical(), outcome::toString);
        assertEquals("", outcome.end());
        assertEquals(lastW, seenW[0]);
        assertEquals(decided, seen[0]);
    }
}
