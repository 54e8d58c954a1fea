package io.github.bms4j.sim.run;

import io.github.bms4j.can.bus.MemoryBus;
import io.github.bms4j.can.bus.MemoryNode;
import io.github.bms4j.can.gbt27930.GbtIdentity;
import io.github.bms4j.can.gbt27930.GbtLink;
import io.github.bms4j.can.gbt27930.GbtNode;
import io.github.bms4j.can.gbt27930.GbtVehicle;
import io.github.bms4j.charge.ChargeNeed;
import io.github.bms4j.charge.ChargePlan;
import io.github.bms4j.charge.OfferStep;
import io.github.bms4j.charge.StationOffer;
import io.github.bms4j.charge.StationState;
import io.github.bms4j.control.BatteryManager;
import io.github.bms4j.control.BatterySettings;
import io.github.bms4j.control.PackKeeper;
import io.github.bms4j.journal.FlightRecorder;
import io.github.bms4j.journal.Restart;
import io.github.bms4j.measure.Motion;
import io.github.bms4j.measure.PackSample;
import io.github.bms4j.measure.PackSignals;
import io.github.bms4j.measure.SensorRange;
import io.github.bms4j.sim.cell.PackSpread;
import io.github.bms4j.sim.cell.SimPack;
import io.github.bms4j.sim.cell.TrueCell;
import io.github.bms4j.sim.random.NoiseSource;
import io.github.bms4j.sim.sensor.SensorFlaws;
import io.github.bms4j.sim.sensor.SimSensors;
import io.github.bms4j.sim.station.GbtStation;
import io.github.bms4j.sim.station.GbtStationRating;
import io.github.bms4j.sim.station.StationPower;
import io.github.bms4j.sim.time.Timer;
import io.github.bms4j.sim.time.VirtualClock;
import io.github.bms4j.thermal.ThermalNeed;
import java.io.OutputStream;
import java.time.LocalDate;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A vehicle at a GB/T 27930 station, ready to run: true pack, flawed sensors, battery manager, link and station on one bus
 * and one virtual clock.
 *
 * <pre>
 * every 100 ms   current ─► true pack ─► sensors ─► battery manager ─► demand, bleed, heat
 * every  10 ms   contactors and their link                                          with contactors
 * every  10 ms   memory bus ─► vehicle link ─► station                              while plugged in
 * every    1 s   a new plan if the manager wants one, outside the control cycle     while plugged in
 * every    1 s   heat for an expected charge is decided if that is due              always
 * </pre>
 *
 * <p>The heater hangs on the link behind the contactors: what it takes, the station gives beside the pack's current, or the pack.
 *
 * <p>All parts are open: a test may pause the station, tap the bus or add timers of its own to the clock. Priorities at one
 * moment are 0 for the control cycle, 1 for contactors and messages, 3 for the plan. The same calls give the same bytes. Misuse, such
 * as plugging in twice, throws {@link IllegalStateException}. Thread: one.
 */
public final class ChargeBench {
    /** Period of the control cycle, ns. */
    public static final long CYCLE_NANOS = 100_000_000L;

    private static final long BUS_NANOS = 10_000_000L;
    private static final long SECOND_NANOS = 1_000_000_000L;
    private static final double CYCLE_S = CYCLE_NANOS * 1e-9;
    private static final int BIT_RATE = 250_000;
    /** After departure the session has this long to end in order, s. */
    private static final double END_S = 60.0;

    private static final GbtIdentity IDENTITY =
            new GbtIdentity("BMS4", 1, LocalDate.of(2026, 1, 1), 0, "BMS4JSIMULATED001");

    private final VirtualClock clock = new VirtualClock();
    private final MemoryBus bus = new MemoryBus(BIT_RATE);
    private final SimPack pack;
    private final SimSensors sensors;
    private final double ambientDegC;
    private final PackSample sample;
    private final BatteryManager manager;
    private final PackBox box;
    private final GbtVehicle vehicle;

    private PackLoad load = PackLoad.NONE;
    private @Nullable Plug plug;
    private double packA;
    private boolean chargerHeard;
    private int replans;

    /** What exists while plugged in. */
    private record Plug(
            MemoryNode vehicleNode,
            MemoryNode stationNode,
            GbtLink link,
            GbtStation station,
            double departureS,
            Timer messages,
            Timer plans) {}

    /**
     * A parked vehicle.
     *
     * @param battery what the battery manager believes
     * @param pack what is really there, wired as the manager believes
     * @param sensors how it is read
     * @param ambientDegC air temperature, °C
     */
    public ChargeBench(BatterySettings battery, SimPack pack, SimSensors sensors, double ambientDegC) {
        this.pack = pack;
        this.sensors = sensors;
        this.ambientDegC = ambientDegC;
        sample = new PackSample(battery.layout(), SensorRange.of(battery.cell().rating(), battery.layout()));
        manager = new BatteryManager(battery);
        box = new PackBox(pack, battery, ambientDegC);
        vehicle = GbtVehicle.of(battery.cell(), battery.layout(), IDENTITY);
        bus.tap(frame -> chargerHeard |= (frame.id() & 0xFF) == GbtNode.CHARGER.address());
    }

    /**
     * A parked vehicle with new cells of one batch and good sensors, at the temperature of the air.
     *
     * @param battery what the battery manager believes
     * @param cell the true cell all cells vary around
     * @param soc true mean SOC
     * @param degC temperature of cells and air, °C
     * @param seed where every random difference comes from
     */
    public static ChargeBench of(BatterySettings battery, TrueCell cell, double soc, double degC, long seed) {
        NoiseSource random = new NoiseSource(seed);
        SimPack pack = new SimPack(cell, battery.layout(), PackSpread.oneBatch(), 1.0, soc, degC, random);
        return new ChargeBench(battery, pack, new SimSensors(pack, SensorFlaws.goodPack(), random), degC);
    }

    /**
     * Records every input of the battery manager from now on; comes before {@link #start}. The record ends in order with {@link
     * BatteryManager#endRecord}.
     *
     * @param out receives the record; not closed
     */
    public FlightRecorder record(OutputStream out) {
        FlightRecorder recorder = new FlightRecorder(out, sample);
        recorder.listen(box.signals());
        manager.record(recorder);
        return recorder;
    }

    /** Switches the battery manager on with a SOC it is told and how sure it may be; comes before all else, once. */
    public void start(double soc, double sigma) {
        manager.start(soc, sigma);
        begin();
    }

    /** Switches the battery manager on with what was remembered while the power was off; stands for {@link #start}. */
    public void restore(Restart restart) {
        manager.restore(restart);
        begin();
    }

    /** The same with a keeper of its memory, which says what is remembered; {@code utcS} as in {@link PackKeeper#restore}. */
    public Restart restore(PackKeeper keeper, double utcS) {
        Restart restart = keeper.restore(clock.nowNanos(), utcS);
        begin();
        return restart;
    }

    private void begin() {
        manager.vehicle().connect = true;
        manager.vehicle().ambientDegC = ambientDegC;
        sensors.read(pack, 0.0, clock.nowNanos(), sample);
        manager.step(sample, box.read(clock.nowNanos(), Motion.STANDSTILL, false, false));
        clock.every(CYCLE_NANOS, clock.nowNanos() + CYCLE_NANOS, 0, this::cycle);
        clock.every(SECOND_NANOS, clock.nowNanos() + SECOND_NANOS, 3, at -> decideAnew());
        if (manager.contactors() != null) {
            double beatS = BUS_NANOS * 1e-9;
            clock.every(BUS_NANOS, clock.nowNanos() + BUS_NANOS, 1, at -> box.beat(at, beatS, packA, manager));
        }
    }

    /** Gives the pack a coolant: conductance of a cell to it at full flow, W/K, and its temperature when chilled, °C. */
    public void coolant(double wPerK, double chilledDegC) {
        box.coolant(wPerK, chilledDegC);
    }

    /** Switches the vehicle off: its contactors open in order within a second or two. */
    public void disconnect() {
        manager.vehicle().connect = false;
    }

    /** What the vehicle draws from now on while it is not plugged in. */
    public void drive(PackLoad newLoad) {
        load = newLoad;
    }

    /** Plugs in at a station that gives all it is rated for at one price per kWh. */
    public ChargePlan plugIn(GbtStationRating station, double pricePerKwh, ChargeNeed need) {
        double maxV = station.output().maxV();
        double maxA = station.output().maxA();
        OfferStep flat = new OfferStep(nowS(), maxV * maxA, pricePerKwh, Double.NaN);
        double validUntilS = Math.max(need.departureS(), nowS() + 1.0);
        return plugIn(
                station,
                StationPower.UNLIMITED,
                new StationOffer("rating", maxV, maxA, validUntilS, List.of(flat)),
                need);
    }

    /**
     * Plugs in; the station greets with the next message beat.
     *
     * @param rating what the station is
     * @param power what it can really give over time; not told to the vehicle
     * @param offer what the vehicle is told beforehand
     * @param need what the driver wants; all times on the bench's clock
     * @return the first plan
     */
    public ChargePlan plugIn(GbtStationRating rating, StationPower power, StationOffer offer, ChargeNeed need) {
        if (plug != null) {
            throw new IllegalStateException("plugIn() must come after unplug() when already plugged in");
        }
        ChargePlan first = manager.plugIn(need, offer, ambientDegC, sample);
        long now = clock.nowNanos();
        bus.advance(now); // what was on the wire when the last plug was pulled reaches nobody
        MemoryNode vehicleNode = bus.node("vehicle");
        MemoryNode stationNode = bus.node("station");
        GbtLink link = new GbtLink(vehicleNode, vehicle);
        GbtStation station = new GbtStation(stationNode, rating, power);
        Timer messages = clock.every(BUS_NANOS, now + BUS_NANOS, 1, at -> {
            bus.advance(at);
            link.step(at, manager.demand());
            station.step(at);
        });
        Timer plans = clock.every(SECOND_NANOS, now + SECOND_NANOS, 3, at -> planAnew());
        plug = new Plug(vehicleNode, stationNode, link, station, need.departureS(), messages, plans);
        return first;
    }

    /** Pulls the plug: no more messages, no more current; a new session may follow. */
    public void unplug() {
        Plug pulled = plugged();
        pulled.messages.cancel();
        pulled.plans.cancel();
        pulled.vehicleNode.close();
        pulled.stationNode.close();
        plug = null;
        manager.unplug();
    }

    private void decideAnew() {
        if (manager.preheatDue()) {
            manager.preheat(sample);
        }
    }

    private void planAnew() {
        if (manager.replanDue()) {
            manager.replan(sample);
            replans++;
        }
    }

    private void cycle(long nowNanos) {
        Plug plugged = plug;
        double nowS = nowNanos * 1e-9;
        double wantedA = plugged == null
                ? load.currentA(nowS - CYCLE_S, nowS)
                : plugged.station.currentInto(pack.packV(), nowNanos);
        packA = box.connected() ? wantedA + box.heaterA() : 0.0;
        pack.step(packA, CYCLE_S, ambientDegC);
        sensors.read(pack, packA, nowNanos, sample);
        boolean charging = plugged != null && plugged.link.state().phase.energyMayFlow();
        Motion motion = plugged == null && load != PackLoad.NONE ? Motion.MOVING : Motion.STANDSTILL;
        PackSignals signals = box.read(nowNanos, motion, charging, chargerHeard);
        chargerHeard = false;
        manager.vehicle().need = plugged != null
                ? ThermalNeed.CHARGING
                : motion == Motion.MOVING ? ThermalNeed.DRIVING : ThermalNeed.STANDBY;
        manager.vehicle().balance = plugged != null;
        if (plugged == null) {
            manager.step(sample, signals);
        } else {
            manager.step(sample, signals, plugged.link.state());
        }
        box.obey(manager, ambientDegC, CYCLE_S);
    }

    /** Lets time pass. */
    public void runFor(double seconds) {
        clock.runUntil(clock.nowNanos() + Math.round(seconds * 1e9));
    }

    /** Lets time pass, second by second, until the condition holds; false if it does not within {@code atMostS}. */
    public boolean runUntil(BooleanSupplier condition, double atMostS) {
        double endS = nowS() + atMostS;
        while (!condition.getAsBoolean()) {
            if (nowS() >= endS) {
                return false;
            }
            clock.runUntil(clock.nowNanos() + SECOND_NANOS);
        }
        return true;
    }

    /** Lets time pass until vehicle and station have ended the session; false if they have not a minute after departure. */
    public boolean runToEnd() {
        Plug plugged = plugged();
        return runUntil(
                () -> plugged.link.state().phase.over()
                        && plugged.station.phase().over(),
                plugged.departureS + END_S - nowS());
    }

    private Plug plugged() {
        Plug plugged = plug;
        if (plugged == null) {
            throw new IllegalStateException("plugIn() must come first");
        }
        return plugged;
    }

    /** Time, s. */
    public double nowS() {
        return clock.nowNanos() * 1e-9;
    }

    /** The clock that everything runs on. */
    public VirtualClock clock() {
        return clock;
    }

    /** The bus between vehicle and station. */
    public MemoryBus bus() {
        return bus;
    }

    /** What is really there. */
    public SimPack pack() {
        return pack;
    }

    /** The last readings. */
    public PackSample sample() {
        return sample;
    }

    /** The vehicle's control cycle. */
    public BatteryManager manager() {
        return manager;
    }

    /** The vehicle's side of the protocol; only while plugged in. */
    public GbtLink link() {
        return plugged().link;
    }

    /** What the vehicle knows of the station; only while plugged in. */
    public StationState state() {
        return plugged().link.state();
    }

    /** The station; only while plugged in. */
    public GbtStation station() {
        return plugged().station;
    }

    PackBox box() {
        return box;
    }

    /** Whether current can flow between cells and link: contactors and fuse as they truly are. */
    public boolean connected() {
        return box.connected();
    }

    /** True pack current of the last cycle, A, positive discharging. */
    public double packA() {
        return packA;
    }

    /** How often the plan was made anew, over all sessions. */
    public int replans() {
        return replans;
    }
}
