package io.github.bms4j.sim.run;

import io.github.bms4j.cell.PackLayout;
import io.github.bms4j.charge.ChargeNeed;
import io.github.bms4j.charge.ChargePhase;
import io.github.bms4j.charge.ChargePlan;
import io.github.bms4j.charge.StationOffer;
import io.github.bms4j.charge.StationState;
import io.github.bms4j.contactor.ContactorControl;
import io.github.bms4j.contactor.ContactorState;
import io.github.bms4j.control.BatteryManager;
import io.github.bms4j.control.BatterySettings;
import io.github.bms4j.control.ParallelPack;
import io.github.bms4j.control.ParallelSettings;
import io.github.bms4j.journal.FlightRecorder;
import io.github.bms4j.measure.Contact;
import io.github.bms4j.measure.ContactState;
import io.github.bms4j.measure.E2eVerdict;
import io.github.bms4j.measure.Motion;
import io.github.bms4j.measure.PackSample;
import io.github.bms4j.measure.PackSignals;
import io.github.bms4j.measure.Peer;
import io.github.bms4j.num.Check;
import io.github.bms4j.sim.cell.PackSpread;
import io.github.bms4j.sim.cell.SimPack;
import io.github.bms4j.sim.cell.TrueCell;
import io.github.bms4j.sim.contactor.SimLink;
import io.github.bms4j.sim.contactor.SimString;
import io.github.bms4j.sim.contactor.SimStrings;
import io.github.bms4j.sim.contactor.TrueFuse;
import io.github.bms4j.sim.random.NoiseSource;
import io.github.bms4j.sim.sensor.SensorFlaws;
import io.github.bms4j.sim.sensor.SimSensors;
import io.github.bms4j.sim.time.VirtualClock;
import io.github.bms4j.thermal.ThermalNeed;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A vehicle with several strings in parallel, ready to run: true strings on one link, flawed sensors at each, a {@link ParallelPack},
 * a load, and a charger that gives what it is asked for.
 *
 * <pre>
 * every  10 ms   load ─► link ─► current of every string ─► contactors
 * every 100 ms   mean current ─► true cells ─► sensors ─► parallel pack ─► demand
 * every    1 s   a new plan if the pack wants one, outside the control cycle
 * </pre>
 *
 * <p>The current splits as the circuit has it: each string its cells behind their resistance, and all contactors as the managers drive
 * them. The same calls give the same bytes. Thread: one.
 */
public final class ParallelBench {
    /** Period of the control cycle, ns. */
    public static final long CYCLE_NANOS = 100_000_000L;

    private static final long BEAT_NANOS = 10_000_000L;
    private static final long SECOND_NANOS = 1_000_000_000L;
    private static final double CYCLE_S = CYCLE_NANOS * 1e-9;
    private static final double BEAT_S = BEAT_NANOS * 1e-9;
    private static final double PROBE_A = 100.0;
    private static final double PROBE_S = 1e-6;
    /** Melting integral of a fast fuse over the square of its rating, s. */
    private static final double MELTS_AT_S = 1.6;

    private final VirtualClock clock = new VirtualClock();
    private final SimPack[] packs;
    private final SimSensors[] sensors;
    private final double[] cellsA;
    private final SimStrings strings;
    private final double ambientDegC;
    private final PackSample[] samples;
    private final PackSignals[] signals;
    private final PackSample[] fast;
    private final PackSignals[] fastSignals;
    private final double[] insulationOhm;
    private final ParallelPack pack;
    private final StationState station = new StationState();
    private PackLoad load = PackLoad.NONE;
    private ThermalNeed purpose = ThermalNeed.STANDBY;
    private @Nullable StationOffer plug;
    private double loadA;

    /**
     * A parked vehicle.
     *
     * @param battery what the managers believe of every string, with contactors
     * @param settings what the parallel pack believes
     * @param packs the true cells of every string, wired as the managers believe
     * @param sensors how each is read
     * @param ambientDegC air temperature, °C
     */
    public ParallelBench(
            BatterySettings battery,
            ParallelSettings settings,
            SimPack[] packs,
            SimSensors[] sensors,
            double ambientDegC) {
        int n = Check.atLeast("packs", packs.length, 1);
        PackLayout layout = battery.layout();
        this.packs = packs.clone();
        this.sensors = sensors.clone();
        this.ambientDegC = ambientDegC;
        cellsA = new double[n];
        samples = new PackSample[n];
        signals = new PackSignals[n];
        fast = new PackSample[n];
        fastSignals = new PackSignals[n];
        insulationOhm = new double[n];
        SimString[] trueStrings = new SimString[n];
        List<BatteryManager> managers = new ArrayList<>();
        for (int k = 0; k < n; k++) {
            samples[k] = new PackSample(layout);
            signals[k] = new PackSignals(layout);
            fast[k] = new PackSample(layout);
            fastSignals[k] = new PackSignals(layout);
            insulationOhm[k] = PackBox.SOUND_OHM;
            trueStrings[k] = string(battery, packs[k], settings.cableOhm(), ambientDegC);
            managers.add(new BatteryManager(battery));
        }
        strings = new SimStrings(new SimLink(1e-3, 25_000.0), settings.cableOhm(), trueStrings);
        pack = new ParallelPack(settings, managers);
    }

    /** A string with the resistance that its true cells show to a sudden current. */
    private static SimString string(BatterySettings battery, SimPack cells, double cableOhm, double degC) {
        double highestV = battery.cell().rating().maxV() * battery.layout().series();
        double ratedA =
                battery.cell().rating().maxDischargeA() * battery.layout().parallel();
        SimPack still = cells.copy();
        still.step(0.0, PROBE_S, degC);
        SimPack loaded = cells.copy();
        loaded.step(PROBE_A, PROBE_S, degC);
        double ohm = (still.packV() - loaded.packV()) / PROBE_A;
        TrueFuse fuse = new TrueFuse(ratedA, MELTS_AT_S * ratedA * ratedA);
        return new SimString(cells.packV(), ohm + cableOhm, highestV / 8.0, 120.0, 600.0, fuse);
    }

    /**
     * A parked vehicle with strings of new cells of one batch and good sensors, at the temperature of the air.
     *
     * @param battery what the managers believe of every string, with contactors
     * @param settings what the parallel pack believes
     * @param cell the true cell all cells vary around
     * @param degC temperature of cells and air, °C
     * @param seed where every random difference comes from
     * @param socs true mean SOC of every string
     */
    public static ParallelBench of(
            BatterySettings battery, ParallelSettings settings, TrueCell cell, double degC, long seed, double... socs) {
        NoiseSource random = new NoiseSource(seed);
        SimPack[] packs = new SimPack[socs.length];
        SimSensors[] sensors = new SimSensors[socs.length];
        for (int k = 0; k < socs.length; k++) {
            packs[k] = new SimPack(cell, battery.layout(), PackSpread.oneBatch(), 1.0, socs[k], degC, random);
            sensors[k] = new SimSensors(packs[k], SensorFlaws.goodPack(), random);
        }
        return new ParallelBench(battery, settings, packs, sensors, degC);
    }

    /** Records every input of one string's manager from now on; comes before {@link #start}. */
    public FlightRecorder record(int string, OutputStream out) {
        FlightRecorder recorder = new FlightRecorder(out, samples[string]);
        recorder.listen(signals[string]);
        pack.string(string).record(recorder);
        return recorder;
    }

    /** Switches on: each manager knows the true SOC of its string but for an error, and how sure it may be. Comes before all else, once. */
    public void start(double socError, double sigma) {
        for (int k = 0; k < packs.length; k++) {
            pack.string(k).start(Math.min(1.0, Math.max(0.0, packs[k].packSoc() + socError)), sigma);
        }
        pack.vehicle().ambientDegC = ambientDegC;
        read(clock.nowNanos());
        pack.step(samples, signals);
        clock.every(BEAT_NANOS, clock.nowNanos() + BEAT_NANOS, 0, this::beat);
        clock.every(CYCLE_NANOS, clock.nowNanos() + CYCLE_NANOS, 1, this::cycle);
        clock.every(SECOND_NANOS, clock.nowNanos() + SECOND_NANOS, 2, now -> {
            if (pack.replanDue()) {
                pack.replan(samples);
            }
        });
    }

    /** Switches the strings on, for a drive or a charge. */
    public void connect(ThermalNeed newPurpose) {
        purpose = newPurpose;
        pack.vehicle().need = newPurpose;
        pack.vehicle().connect = true;
    }

    /** Switches the strings off. */
    public void disconnect() {
        purpose = ThermalNeed.STANDBY;
        pack.vehicle().connect = false;
    }

    /** What the vehicle draws from now on while a string is connected and it is not plugged in. */
    public void drive(PackLoad newLoad) {
        load = newLoad;
    }

    /** Plugs in at a charger that gives what it is asked for, at most what it offers. */
    public ChargePlan plugIn(ChargeNeed need, StationOffer offer) {
        ChargePlan plan = pack.plugIn(need, offer, ambientDegC, samples);
        plug = offer;
        station.phase = ChargePhase.CHARGING;
        station.permitted = true;
        station.maxV = offer.rating().maxV();
        station.minV = 0.0;
        station.maxA = offer.rating().maxA();
        station.minA = offer.rating().minA();
        return plan;
    }

    /** Pulls the plug. */
    public void unplug() {
        plug = null;
        pack.unplug();
    }

    private void beat(long now) {
        for (int k = 0; k < packs.length; k++) {
            ContactorControl control = pack.string(k).contactors();
            strings.set(k, control == null ? ContactorState.INSPECT : control.state(), packs[k].packV(), cellsA[k]);
        }
        strings.beat(loadA, BEAT_S);
        for (int k = 0; k < packs.length; k++) {
            fast[k].begin(now);
            fastSignals[k].begin(now);
            strings.read(k, fast[k]);
            strings.read(k, fastSignals[k]);
        }
        pack.stepContactors(now, fast, fastSignals);
    }

    private void cycle(long now) {
        for (int k = 0; k < packs.length; k++) {
            cellsA[k] = strings.takeChargeAs(k) / CYCLE_S;
            packs[k].step(cellsA[k], CYCLE_S, ambientDegC);
        }
        read(now);
        StationOffer offer = plug;
        boolean moving = offer == null && load != PackLoad.NONE;
        pack.vehicle().need = offer != null ? ThermalNeed.CHARGING : moving ? ThermalNeed.DRIVING : purpose;
        double nowS = now * 1e-9;
        if (offer == null) {
            pack.step(samples, signals);
        } else {
            station.presentV = strings.link().linkV();
            station.presentA = loadA;
            pack.step(samples, signals, station);
        }
        double wantedA = offer == null ? load.currentA(nowS, nowS + CYCLE_S) : chargerA(offer);
        loadA = pack.carrying() > 0 ? wantedA : 0.0;
    }

    private double chargerA(StationOffer offer) {
        double powerA = offer.schedules().get(0).steps().get(0).maxPowerW()
                / Math.max(1.0, strings.link().linkV());
        double mostA = Math.min(offer.rating().maxA(), powerA);
        return -Math.min(pack.demand().chargeA(), mostA);
    }

    private void read(long now) {
        for (int k = 0; k < packs.length; k++) {
            sensors[k].read(packs[k], cellsA[k], now, samples[k]);
            signals[k].begin(now);
            strings.read(k, signals[k]);
            signals[k].readInsulation(insulationOhm[k]);
            signals[k].readContact(Contact.INTERLOCK, ContactState.CLOSED);
            signals[k].readMotion(plug == null && load != PackLoad.NONE ? Motion.MOVING : Motion.STANDSTILL);
            signals[k].expect(Peer.CHARGER, plug != null);
            if (plug != null) {
                signals[k].hear(Peer.CHARGER, E2eVerdict.NOT_PROTECTED);
            }
        }
    }

    /** Insulation as one string reads it from now on, Ohm. */
    public void insulation(int string, double ohm) {
        insulationOhm[string] = ohm;
    }

    /** Lets time pass. */
    public void runFor(double seconds) {
        clock.runUntil(clock.nowNanos() + Math.round(seconds * 1e9));
    }

    /** Lets time pass, cycle by cycle, until the condition holds; false if it does not within {@code atMostS}. */
    public boolean runUntil(BooleanSupplier condition, double atMostS) {
        double endS = nowS() + atMostS;
        while (!condition.getAsBoolean()) {
            if (nowS() >= endS) {
                return false;
            }
            clock.runUntil(clock.nowNanos() + CYCLE_NANOS);
        }
        return true;
    }

    /** Time, s. */
    public double nowS() {
        return clock.nowNanos() * 1e-9;
    }

    /** The vehicle's control. */
    public ParallelPack pack() {
        return pack;
    }

    /** The last readings of a string. */
    public PackSample sample(int string) {
        return samples[string];
    }

    /** The true cells of a string. */
    public SimPack cells(int string) {
        return packs[string];
    }

    /** How a string is read. */
    public SimSensors sensors(int string) {
        return sensors[string];
    }

    /** The true circuit around the cells. */
    public SimStrings strings() {
        return strings;
    }

    /** Mean current of a string in the last cycle, A, positive discharging. */
    public double stringA(int string) {
        return cellsA[string];
    }

    /** Current of the load now, A; negative from the charger. */
    public double loadA() {
        return loadA;
    }
}
