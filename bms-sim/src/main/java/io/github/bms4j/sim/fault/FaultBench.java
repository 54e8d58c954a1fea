package io.github.bms4j.sim.fault;

import io.github.bms4j.cell.CellType;
import io.github.bms4j.cell.PackLayout;
import io.github.bms4j.measure.Contact;
import io.github.bms4j.measure.ContactState;
import io.github.bms4j.measure.E2eVerdict;
import io.github.bms4j.measure.Motion;
import io.github.bms4j.measure.PackSample;
import io.github.bms4j.measure.PackSignals;
import io.github.bms4j.measure.Peer;
import io.github.bms4j.measure.Plausible;
import io.github.bms4j.measure.SensorRange;
import io.github.bms4j.protect.Equipment;
import io.github.bms4j.protect.FaultMonitor;
import io.github.bms4j.protect.FaultSet;
import io.github.bms4j.protect.ProtectSettings;
import io.github.bms4j.sim.cell.PackSpread;
import io.github.bms4j.sim.cell.SimPack;
import io.github.bms4j.sim.random.NoiseSource;
import io.github.bms4j.sim.run.ShippedData;
import io.github.bms4j.sim.sensor.SensorFlaws;
import io.github.bms4j.sim.sensor.SimSensors;

/**
 * A true pack under a load, its flawed sensors, its signals, and a fault monitor that sees what an injector leaves of them.
 * Cycles jitter by a tenth of their period. Thread: one.
 */
final class FaultBench {
    static final PackLayout LAYOUT = new PackLayout(12, 20, 4);
    private static final double JITTER = 0.1;
    /** What leaves the sensors is not judged before it has been spoiled. */
    private static final Plausible ANY = new Plausible(-1e6, 1e6, Double.POSITIVE_INFINITY);

    final CellType type = ShippedData.cell();
    final ProtectSettings settings;
    final SimPack pack;
    final FaultMonitor monitor;
    final FaultSet faults;
    final FaultInjector injector = new FaultInjector(LAYOUT);
    private final PackSample raw;
    private final PackSample seen;
    private final PackSignals signals = new PackSignals(LAYOUT);
    private final SimSensors sensors;
    private final NoiseSource random;
    private final double periodS;
    private long nanos = 1_000_000_000L;

    double packA;
    double ambientDegC;
    double insulationOhm = 4e6;
    ContactState interlock = ContactState.CLOSED;
    Motion motion = Motion.MOVING;
    boolean charger;
    boolean inverterTalks = true;
    boolean chargerTalks = true;
    E2eVerdict verdict = E2eVerdict.OK;
    /** Share of cycles whose readings never arrive, and of messages that never do. */
    double lossRate;
    /** Share of messages that arrive corrupt. */
    double corruptRate;

    private final int[] skipped = new int[Peer.values().length];

    FaultBench(double startSoc, double startDegC, double periodS, long seed) {
        this.random = new NoiseSource(seed);
        this.periodS = periodS;
        this.settings = ProtectSettings.of(type, LAYOUT, Equipment.vehicle(), periodS);
        this.pack = new SimPack(
                ShippedData.truth(),
                LAYOUT,
                PackSpread.oneBatch(),
                0.5,
                startSoc,
                startDegC,
                new NoiseSource(random.bits()));
        this.sensors = new SimSensors(pack, SensorFlaws.goodPack(), new NoiseSource(random.bits()));
        SensorRange usual = SensorRange.lithiumIon(LAYOUT);
        double reachA = 1.2 * settings.current().shortA();
        SensorRange range = new SensorRange(
                new Plausible(-reachA, reachA, Double.POSITIVE_INFINITY),
                usual.packVoltage(),
                usual.cellVoltage(),
                usual.temperature());
        this.raw = new PackSample(LAYOUT, new SensorRange(ANY, ANY, ANY, ANY));
        this.seen = new PackSample(LAYOUT, range);
        this.ambientDegC = startDegC;
        this.monitor = new FaultMonitor(settings, LAYOUT);
        this.faults = monitor.faults();
    }

    double nowS() {
        return nanos * 1e-9;
    }

    /** One cycle with the load that is set; a load of more than the sensor's range reads its end. */
    void step() {
        double dtS = periodS * (1.0 + JITTER * (2.0 * random.uniform() - 1.0));
        nanos += Math.round(dtS * 1e9);
        pack.step(packA, dtS, ambientDegC);
        sensors.read(pack, packA, nanos, raw);
        if (lossRate > 0.0 && random.uniform() < lossRate) {
            seen.begin(nanos);
        } else {
            injector.pass(raw, seen);
        }
        signals.begin(nanos);
        signals.readInsulation(insulationOhm * (1.0 + 0.02 * random.bell()));
        signals.readContact(Contact.INTERLOCK, interlock);
        signals.readMotion(motion);
        signals.expect(Peer.INVERTER, true);
        signals.expect(Peer.CHARGER, charger);
        if (inverterTalks) {
            send(Peer.INVERTER);
        }
        if (charger && chargerTalks) {
            send(Peer.CHARGER);
        }
        monitor.step(seen, signals);
    }

    private void send(Peer peer) {
        int p = peer.ordinal();
        if (lossRate > 0.0 && random.uniform() < lossRate) {
            skipped[p]++;
            return;
        }
        boolean corrupt = corruptRate > 0.0 && random.uniform() < corruptRate;
        signals.hear(peer, corrupt ? E2eVerdict.WRONG_CRC : verdict, skipped[p]);
        skipped[p] = 0;
    }

    /** What the monitor saw in the last cycle. */
    PackSample seen() {
        return seen;
    }
}
