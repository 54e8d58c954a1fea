package io.github.bms4j.control;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.bms4j.Allocation;
import io.github.bms4j.cell.PackLayout;
import io.github.bms4j.cell.SampleCells;
import io.github.bms4j.charge.ChargeNeed;
import io.github.bms4j.charge.ChargePhase;
import io.github.bms4j.charge.ChargePlan;
import io.github.bms4j.charge.OfferStep;
import io.github.bms4j.charge.PackStatus;
import io.github.bms4j.charge.PlanSlot;
import io.github.bms4j.charge.StationOffer;
import io.github.bms4j.charge.StationState;
import io.github.bms4j.charge.StopCause;
import io.github.bms4j.estimate.CellEkf;
import io.github.bms4j.estimate.Estimates;
import io.github.bms4j.estimate.Estimators;
import io.github.bms4j.estimate.NoiseModel;
import io.github.bms4j.estimate.PackEstimate;
import io.github.bms4j.estimate.SocEstimator;
import io.github.bms4j.estimate.UsableEnergy;
import io.github.bms4j.limit.Horizon;
import io.github.bms4j.limit.LimitRule;
import io.github.bms4j.measure.PackSample;
import io.github.bms4j.num.StepResult;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A pack of 96 groups of ten 3 Ah cells (about 10 kWh) that follows its own model, in steps of a tenth of a second. */
class BatteryManagerTest {
    private static final long CYCLE = 100_000_000L;

    private final PackLayout layout = new PackLayout(96, 10, 4);
    private final BatteryManager manager = new BatteryManager(BatterySettings.standard(SampleCells.straight(), layout));
    private final PackSample sample = new PackSample(layout);
    private final StationState station = new StationState();
    private long nanos;
    private double soc = 0.4;
    private double currentA;

    @BeforeEach
    void start() {
        manager.start(0.4, 0.05);
        station.phase = ChargePhase.CHARGING;
        station.permitted = true;
        station.maxA = 50.0;
        station.maxV = 500.0;
    }

    private StepResult cycle(boolean plugged) {
        nanos += CYCLE;
        soc -= currentA / 10.0 * 0.1 / 10_800.0;
        sample.begin(nanos);
        sample.readCurrent(currentA);
        for (int c = 0; c < 96; c++) {
            sample.readCellVoltage(c, 3.2 + 0.9 * (soc + 1e-4 * c) - currentA / 10.0 * 0.020);
        }
        for (int s = 0; s < 4; s++) {
            sample.readTemperature(s, 24.0 + s);
        }
        return plugged ? manager.step(sample, station) : manager.step(sample);
    }

    private ChargePlan plugIn(double departureS) {
        StationOffer offer =
                new StationOffer("tariff", 500.0, 50.0, 86_400.0, List.of(new OfferStep(0.0, 20e3, 0.3, Double.NaN)));
        return manager.plugIn(ChargeNeed.by(departureS, 0.8), offer, Double.NaN, sample);
    }

    @Test
    void estimatesAndLimitsWithoutAStation() {
        assertEquals(StepResult.USED, cycle(false));
        assertTrue(manager.estimate().known());
        assertTrue(manager.limits().charge(Horizon.S10).limitA() > 0.0);
        assertEquals(0.0, manager.demand().chargeA());
        assertNull(manager.plan());
        assertFalse(manager.replanDue());
    }

    @Test
    void knowsCapacityAndCoreOfEveryCellFromTheFirstCycleOn() {
        manager.startCapacity(7, 2.5, 0.05);
        cycle(false);
        assertEquals(3.0, manager.estimate().health().capacityAh(0), 1e-6);
        assertEquals(2.5 / 3.0, manager.estimate().health().sohC(), 1e-6);
        assertEquals(7, manager.estimate().health().smallest());
        assertEquals(24.0, manager.estimate().coreDegC(0), 1e-9);
        assertEquals(27.0, manager.estimate().coreDegC(95), 1e-9);
        currentA = 90.0;
        for (int i = 0; i < 600; i++) {
            cycle(false);
        }
        assertTrue(manager.estimate().coreDegC(0) > 24.5, "3C for a minute warms the middle");
        assertTrue(manager.estimate().coreSigmaK(0) > 0.0);
    }

    @Test
    void carriesWhatTheFilterFindsOfTheResistance() {
        BatterySettings settings = BatterySettings.standard(SampleCells.straight(), layout);
        CellEkf ekf = new CellEkf(settings.cell(), layout, settings.noise());
        BatteryManager finding = new BatteryManager(settings, new SocEstimator() {
            @Override
            public String name() {
                return "finding";
            }

            @Override
            public void start(double startSoc, double sigma) {
                ekf.start(startSoc, sigma);
            }

            @Override
            public void startEach(double[] socs, double[] sigmas) {
                ekf.startEach(socs, sigmas);
            }

            @Override
            public void startFrom(PackEstimate now) {
                ekf.startFrom(now);
            }

            @Override
            public StepResult step(PackSample from, PackEstimate into) {
                StepResult result = ekf.step(from, into);
                for (int c = 0; c < into.cells(); c++) {
                    Estimates.resistance(into, c, 0.002 * c, 0.1);
                }
                return result;
            }
        });
        finding.start(0.4, 0.05);
        currentA = 30.0;
        cycle(false);
        finding.step(sample);
        cycle(false);
        finding.step(sample);
        assertEquals(1.0 - 0.19, finding.estimate().health().sohR(), 1e-9);
        assertEquals(95, finding.estimate().health().stiffest());
        assertEquals(1.0 - 0.02, finding.estimate().health().sohR(10), 1e-9);
    }

    @Test
    void asksForWhatThePackTakesOnceEnergyMayFlow() {
        cycle(false);
        ChargePlan plan = plugIn(600.0);
        assertSame(plan, manager.plan());
        station.phase = ChargePhase.HANDSHAKE;
        cycle(true);
        assertEquals(0.0, manager.demand().chargeA());
        assertEquals(LimitRule.SESSION, manager.cause());
        station.phase = ChargePhase.CHARGING;
        for (int i = 0; i < 50; i++) {
            currentA = -manager.demand().chargeA();
            cycle(true);
        }
        assertEquals(30.0, manager.demand().chargeA(), 1e-9);
        assertEquals(LimitRule.CURRENT_RATING, manager.cause());
        assertTrue(manager.demand().ready());
    }

    @Test
    void tellsTheStationWhatItMeasured() {
        cycle(false);
        plugIn(3600.0);
        cycle(true);
        PackStatus status = manager.demand().pack();
        assertEquals(sample.cellVoltage().value(95), status.highestCellV);
        assertEquals(95, status.highestCell);
        assertEquals(0, status.lowestCell);
        assertEquals(sample.cellVoltage().value(0), status.lowestCellV);
        assertEquals(27.0, status.highestDegC);
        assertEquals(3, status.highestSensor);
        assertEquals(24.0, status.lowestDegC);
        assertEquals(0, status.lowestSensor);
        assertEquals(manager.estimate().packSoc(), status.soc);
        assertEquals(96 * (3.2 + 0.9 * 0.4) + 0.9 * 1e-4 * 95 * 48, status.packV, 1e-6);
        assertEquals(0.0, status.packA);
        assertEquals(25.0, status.temperatureDegC[1]);
        assertEquals(sample.cellVoltage().value(7), status.cellV[7]);
        assertTrue(status.remainingMin > 10 && status.remainingMin < 60, "remaining " + status.remainingMin);
        assertFalse(status.cellVoltageHigh || status.cellVoltageLow || status.overTemperature || status.overCurrent);
    }

    @Test
    void countsChargeBesideItsFilter() {
        cycle(false);
        currentA = 30.0;
        for (int i = 0; i < 600; i++) {
            cycle(false);
        }
        double counted = 0.4 - 3.0 * 60.0 / 10_800.0; // the first step meets 0 and 30 A
        assertEquals(counted, manager.counter().soc(95), 2e-4);
        assertTrue(manager.estimate().soc(95) > counted + 0.002, "the filter follows the cell's own voltage");
        assertEquals(0.05, manager.counter().lineage(95).anchorSigma());
    }

    @Test
    void foreseesTheEnergyThatIsLeft() {
        assertThrows(IllegalArgumentException.class, () -> manager.usableEnergy(sample, 1000.0, Double.NaN));
        cycle(false);
        UsableEnergy energy = manager.usableEnergy(sample, 1000.0, Double.NaN);
        // 30 Ah, 96 groups, 0.4 of the charge at 3.2 to 3.56 V less a drop of some 10 mV
        assertEquals(0.4 * 30.0 * 96 * 3.37, energy.energyWh(), 0.02 * energy.energyWh());
        assertEquals(UsableEnergy.End.EMPTY, energy.end());
        assertEquals(0, energy.cell());
        assertTrue(energy.sigmaWh() > 0.02 * energy.energyWh());
        assertTrue(manager.usableEnergy(sample, 9000.0, 0.0).energyWh() < energy.energyWh());
    }

    @Test
    void givesBackTheEstimatorItWasHanded() {
        SocEstimator counter = Estimators.create("counter", SampleCells.straight(), layout, NoiseModel.sloped());
        BatterySettings settings = BatterySettings.standard(SampleCells.straight(), layout);
        assertSame(counter, new BatteryManager(settings, counter).estimator());
        assertEquals("ekf", manager.estimator().name());
    }

    @Test
    void saysWhichReadingsAreOutsideTheRatings() {
        cycle(false);
        nanos += CYCLE;
        sample.begin(nanos);
        sample.readCurrent(0.0);
        sample.readCellVoltage(3, 4.21);
        sample.readCellVoltage(4, 2.99);
        sample.readTemperature(2, 35.0);
        manager.step(sample);
        assertTrue(manager.demand().pack().cellVoltageHigh);
        assertTrue(manager.demand().pack().cellVoltageLow);
        assertFalse(manager.demand().pack().overTemperature);
        nanos += CYCLE;
        sample.begin(nanos);
        sample.readTemperature(2, 46.0);
        manager.step(sample);
        assertTrue(manager.demand().pack().overTemperature);
    }

    @Test
    void tellsTheStationThatMoreComesThanWasAskedFor() {
        cycle(false);
        plugIn(600.0);
        for (int i = 0; i < 50; i++) {
            cycle(true);
        }
        currentA = -60.0;
        cycle(true);
        assertTrue(manager.demand().pack().overCurrent);
        currentA = 0.0;
        cycle(true);
        assertFalse(manager.demand().pack().overCurrent);
    }

    @Test
    void keepsItsEstimateWithoutReadingsAndAllowsNothingAfterAWhile() {
        cycle(false);
        double before = manager.estimate().packSoc();
        for (int i = 0; i < 20; i++) {
            nanos += CYCLE;
            sample.begin(nanos);
            assertEquals(StepResult.HELD, manager.step(sample));
        }
        assertEquals(before, manager.estimate().packSoc());
        assertEquals(0.0, manager.limits().charge(Horizon.S1).limitA());
        assertEquals(LimitRule.BAD_SAMPLE, manager.limits().charge(Horizon.S1).rule());
    }

    @Test
    void plansAgainWhenTheOfferChangesAndWhenThePlanIsOld() {
        cycle(false);
        plugIn(7200.0);
        cycle(true);
        assertFalse(manager.replanDue());
        StationOffer dearer =
                new StationOffer("tariff", 500.0, 50.0, 86_400.0, List.of(new OfferStep(0.0, 5e3, 0.6, Double.NaN)));
        manager.offer(dearer);
        assertTrue(manager.replanDue());
        ChargePlan next = manager.replan(sample);
        assertSame(next, manager.plan());
        double mostW = next.slots().stream().mapToDouble(PlanSlot::powerW).max().orElse(0.0);
        assertTrue(mostW > 1e3 && mostW < 5.001e3, "at most 5 kW are offered now, planned " + mostW);
        assertFalse(manager.replanDue());
        nanos += 900_000_000_000L;
        cycle(true);
        assertTrue(manager.replanDue());
        station.phase = ChargePhase.ENDED;
        assertFalse(manager.replanDue());
    }

    @Test
    void chargesToTheMinimumOnceAndNotAgainWhenTheEstimateMovesBack() {
        cycle(false);
        StationOffer offer = new StationOffer(
                "tariff",
                500.0,
                50.0,
                86_400.0,
                List.of(new OfferStep(0.0, 20e3, 0.9, Double.NaN), new OfferStep(7200.0, 20e3, 0.1, Double.NaN)));
        double minimum = manager.estimate().packSoc() + 0.0055;
        ChargePlan first = manager.plugIn(new ChargeNeed(0.8, minimum, 14_400.0, 5.0, 0.0), offer, Double.NaN, sample);
        assertTrue(first.slots().get(0).powerW() > 5e3, "the minimum comes at once");
        while (manager.estimate().packSoc() < minimum - 0.005) {
            currentA = -manager.demand().chargeA();
            cycle(true);
        }
        manager.offer(offer);
        currentA = 20.0;
        while (manager.estimate().packSoc() >= minimum - 0.005) {
            cycle(true);
        }
        assertEquals(0.0, manager.replan(sample).slots().get(0).powerW(), 1e-9);
    }

    @Test
    void forgetsTheChargeWhenUnplugged() {
        cycle(false);
        plugIn(3600.0);
        for (int i = 0; i < 20; i++) {
            cycle(true);
        }
        assertTrue(manager.demand().chargeA() > 0.0);
        manager.unplug();
        assertEquals(0.0, manager.demand().chargeA());
        assertFalse(manager.demand().ready());
        assertNull(manager.plan());
        cycle(false);
        assertEquals(0.0, manager.demand().chargeA());
        assertEquals(StopCause.NONE, manager.demand().stop());
        assertThrows(IllegalStateException.class, () -> manager.replan(sample));
    }

    @Test
    void refusesToPlanForAPackItDoesNotKnow() {
        assertThrows(IllegalStateException.class, () -> plugIn(3600.0));
    }

    @Tag("endurance")
    @Test
    void leavesNothingOnTheHeapWhileCharging() {
        cycle(false);
        assertNotNull(plugIn(36_000.0));
        double bytes = Allocation.bytesPerCall(1_000, () -> {
            currentA = -Math.min(0.5, manager.demand().chargeA());
            cycle(true);
        });
        assertEquals(0.0, bytes, 0.01);
    }
}
