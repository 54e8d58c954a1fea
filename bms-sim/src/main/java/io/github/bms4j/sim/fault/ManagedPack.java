package io.github.bms4j.sim.fault;

import io.github.bms4j.balance.BalanceSettings;
import io.github.bms4j.cell.CellType;
import io.github.bms4j.contactor.ContactorControl;
import io.github.bms4j.contactor.ContactorRating;
import io.github.bms4j.contactor.ContactorState;
import io.github.bms4j.contactor.PrechargeRating;
import io.github.bms4j.control.BatteryManager;
import io.github.bms4j.control.BatterySettings;
import io.github.bms4j.control.PackEquipment;
import io.github.bms4j.detect.DetectorSettings;
import io.github.bms4j.measure.PackSample;
import io.github.bms4j.measure.PackSignals;
import io.github.bms4j.measure.SensorRange;
import io.github.bms4j.protect.Equipment;
import io.github.bms4j.protect.FaultSet;
import io.github.bms4j.protect.ProtectSettings;
import io.github.bms4j.sim.cell.PackSpread;
import io.github.bms4j.sim.cell.SimPack;
import io.github.bms4j.sim.contactor.SimSwitchgear;
import io.github.bms4j.sim.random.NoiseSource;
import io.github.bms4j.sim.run.ShippedData;
import io.github.bms4j.sim.sensor.SensorFlaws;
import io.github.bms4j.sim.sensor.SimSensors;
import io.github.bms4j.thermal.ThermalSettings;
import java.util.List;
import java.util.Objects;

/**
 * A true pack behind true switchgear in the hands of a battery manager: contactors move and are read every 10 ms, the cycle comes
 * every 100 ms. The load draws only while the manager holds the pack in operation. Thread: one.
 */
final class ManagedPack {
    private static final double BEAT_S = 0.01;
    private static final int BEATS = 10;
    private static final double PRECHARGE_OHM = 50.0;
    private static final double SOC = 0.6;
    private static final double DEG_C = 25.0;

    final BatteryManager manager;
    final SimSwitchgear gear;
    private final SimPack pack;
    private final SimSensors sensors;
    private final PackSample sample;
    private final PackSample fast;
    private final PackSignals signals = new PackSignals(FaultBench.LAYOUT);
    private final PackSignals fastSignals = new PackSignals(FaultBench.LAYOUT);
    private ContactorState state = ContactorState.INSPECT;
    private ContactorState awaited = ContactorState.INSPECT;
    private int entries;
    private double awaitedAtS = Double.NaN;
    private long nanos = 1_000_000_000L;

    /** Cells at 60 % and 25 °C behind open contactors. */
    ManagedPack(PackParts parts, long seed) {
        SensorRange range = parts.range();
        gear = parts.gear();
        NoiseSource random = new NoiseSource(seed);
        pack = new SimPack(ShippedData.truth(), FaultBench.LAYOUT, PackSpread.oneBatch(), 0.5, SOC, DEG_C, random);
        sensors = new SimSensors(pack, SensorFlaws.goodPack(), random);
        sample = new PackSample(FaultBench.LAYOUT, range);
        fast = new PackSample(FaultBench.LAYOUT, range);
        manager = new BatteryManager(settings());
        manager.vehicle().ambientDegC = DEG_C;
        control().restore(0.0, 0);
        manager.start(parts.toldSoc(), parts.toldSigma());
    }

    private static BatterySettings settings() {
        CellType type = ShippedData.cell();
        PackEquipment equipment = new PackEquipment(
                ProtectSettings.of(type, FaultBench.LAYOUT, Equipment.bench(), BEATS * BEAT_S),
                rating(),
                null,
                BalanceSettings.standard(),
                ThermalSettings.of(type, 0.0, false),
                DetectorSettings.none(),
                List.of());
        return BatterySettings.standard(type, FaultBench.LAYOUT, equipment);
    }

    /** What the manager believes of its contactors: common ones, with a link that takes 50 ms and not 6 through its resistor. */
    static ContactorRating rating() {
        ContactorRating usual = ContactorRating.standard(
                FaultBench.LAYOUT.series() * ShippedData.cell().rating().maxV());
        PrechargeRating p = usual.precharge();
        return new ContactorRating(
                usual.maxPackV(),
                usual.weldV(),
                usual.joinV(),
                usual.restS(),
                usual.contacts(),
                new PrechargeRating(
                        PRECHARGE_OHM,
                        p.linkFarad(),
                        p.tolerance(),
                        p.bleedOhm(),
                        p.gateV(),
                        p.budgetJ(),
                        p.coolingS(),
                        p.tries()),
                usual.opening(),
                usual.readings());
    }

    ContactorControl control() {
        return Objects.requireNonNull(manager.contactors());
    }

    FaultSet faults() {
        return manager.faults();
    }

    double nowS() {
        return nanos * 1e-9;
    }

    /** Waits from now on for the contactors to come into a state so many times. */
    void await(ContactorState newAwaited, int times) {
        awaited = newAwaited;
        entries = times;
        awaitedAtS = Double.NaN;
    }

    /** When they came into the state that is waited for, s; NaN before. */
    double awaitedAtS() {
        return awaitedAtS;
    }

    /** One cycle with its ten beats; the load draws so much, A, while the pack is in operation. */
    void step(double loadA) {
        for (int k = 0; k < BEATS; k++) {
            nanos += Math.round(BEAT_S * 1e9);
            double packA = gear.connected() && control().ready() ? loadA : 0.0;
            gear.beat(control().state(), pack.packV(), packA, packA, BEAT_S);
            pack.step(packA, BEAT_S, DEG_C);
            fast.begin(nanos);
            fastSignals.begin(nanos);
            gear.read(fast);
            gear.read(fastSignals);
            manager.stepContactors(nanos, fast, fastSignals);
            note(control().state());
        }
        double packA = gear.connected() && control().ready() ? loadA : 0.0;
        sensors.read(pack, packA, nanos, sample);
        signals.begin(nanos);
        gear.read(signals);
        manager.step(sample, signals);
    }

    private void note(ContactorState now) {
        if (now != state && now == awaited && --entries == 0) {
            awaitedAtS = nowS();
        }
        state = now;
    }
}
