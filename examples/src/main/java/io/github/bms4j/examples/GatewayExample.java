package io.github.bms4j.examples;

import io.github.bms4j.can.bus.CanBus;
import io.github.bms4j.can.bus.MemoryBus;
import io.github.bms4j.can.gbt27930.GbtIdentity;
import io.github.bms4j.can.gbt27930.GbtLink;
import io.github.bms4j.can.gbt27930.GbtVehicle;
import io.github.bms4j.can.gbt27930.VehiclePhase;
import io.github.bms4j.cell.PackLayout;
import io.github.bms4j.charge.ChargeNeed;
import io.github.bms4j.charge.ChargePlan;
import io.github.bms4j.charge.OfferStep;
import io.github.bms4j.charge.StationOffer;
import io.github.bms4j.charge.StationState;
import io.github.bms4j.control.BatteryManager;
import io.github.bms4j.control.BatterySettings;
import io.github.bms4j.control.PackKeeper;
import io.github.bms4j.journal.FlightFolder;
import io.github.bms4j.journal.FlightRecorder;
import io.github.bms4j.journal.MemorySettings;
import io.github.bms4j.journal.PackHistory;
import io.github.bms4j.journal.PackJournal;
import io.github.bms4j.journal.PackMemory;
import io.github.bms4j.journal.Restart;
import io.github.bms4j.journal.RestartRule;
import io.github.bms4j.measure.PackSample;
import io.github.bms4j.measure.SensorRange;
import io.github.bms4j.sim.cell.PackSpread;
import io.github.bms4j.sim.cell.SimPack;
import io.github.bms4j.sim.random.NoiseSource;
import io.github.bms4j.sim.run.ShippedData;
import io.github.bms4j.sim.sensor.SensorFlaws;
import io.github.bms4j.sim.sensor.SimSensors;
import io.github.bms4j.sim.station.GbtStation;
import io.github.bms4j.sim.station.GbtStationRating;
import io.github.bms4j.sim.station.PowerStep;
import io.github.bms4j.sim.station.StationOutput;
import io.github.bms4j.sim.station.StationPower;
import io.github.bms4j.sim.time.VirtualClock;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * How does a vehicle gateway link the battery manager to a charger on CAN?
 *
 * <p>{@link Gateway} is that firmware: one method on a 10 ms beat, one for the slow lane, and two hooks, the pack's readings
 * and the charger's bus. Here both are simulated and the beat is virtual; on a Raspberry Pi they would be a pack driver,
 * a SocketCAN bus and a timer. Its memory and its flight records are real files: kill it, start it in the same folder, and it goes on
 * from the last written state; {@code bms life FOLDER/memory} and {@code bms replay FOLDER/flight/flight-000001.bmsr} read them.
 *
 * <p>Prints every phase of the GB/T 27930 session with its time, every new plan (the grid leaves the station 15 kW from
 * minute 5 to 15), the power and what holds it every five minutes, then what was charged. The same text every time.
 */
public final class GatewayExample {
    private static final PackLayout LAYOUT = new PackLayout(96, 60, 12);
    private static final double AIR_DEG_C = 25.0;
    private static final String MEMORY = "memory";
    private static final double NIGHT_S = 8 * 3600.0;

    private GatewayExample() {}

    /** Fills a sample with what the pack's sensors say: in a vehicle the CAN driver of its cell monitors. */
    @FunctionalInterface
    interface PackReader {
        /** Opens the sample's cycle at {@code nowNanos} and hands in every reading that arrived. */
        void read(long nowNanos, PackSample into);
    }

    /** The firmware: readings and charger frames in, charger frames out. Thread: one. */
    static final class Gateway {
        private static final long CONTROL_NANOS = 100_000_000L;

        private final PackReader pack;
        private final PackSample sample;
        private final BatteryManager manager;
        private final GbtLink charger;
        private final PackKeeper keeper;
        private final OutputStream flight;
        private final FlightRecorder recorder;
        private long controlAtNanos = Long.MIN_VALUE;
        private String trouble = "";

        /**
         * Opens its memory and begins a flight record.
         *
         * @param folder its disk: memory in one folder, the latest flight records in another
         * @throws IOException when the disk refuses; a vehicle then starts without either and says so
         */
        Gateway(BatterySettings settings, PackReader pack, CanBus charger, GbtIdentity identity, Path folder)
                throws IOException {
            this.pack = pack;
            this.sample = new PackSample(
                    settings.layout(), SensorRange.of(settings.cell().rating(), settings.layout()));
            this.manager = new BatteryManager(settings);
            this.charger = new GbtLink(charger, GbtVehicle.of(settings.cell(), settings.layout(), identity));
            Path memory = Files.createDirectories(folder.resolve(MEMORY));
            keeper = new PackKeeper(
                    PackJournal.open(memory, settings.cell(), settings.layout(), MemorySettings.standard()), manager);
            flight = new FlightFolder(folder.resolve("flight"), 64L << 20, 16L << 20).begin();
            recorder = new FlightRecorder(flight, sample);
        }

        /** Switches on with what was remembered when the power went, however it went. */
        Restart start(long nowNanos, double utcS) {
            manager.record(recorder);
            return keeper.restore(nowNanos, utcS);
        }

        /** Every 10 ms; allocates nothing while charging. */
        void step(long nowNanos) {
            if (nowNanos >= controlAtNanos) {
                controlAtNanos = nowNanos + CONTROL_NANOS;
                pack.read(nowNanos, sample);
                manager.step(sample, charger.state());
                keeper.count(sample);
            }
            charger.step(nowNanos, manager.demand());
        }

        /**
         * Whenever there is time, about once a second: here the memory is written and plans are made anew, which takes longer than a
         * beat. A disk that refuses does not stop the pack.
         */
        @Nullable
        ChargePlan slowLane(long nowNanos, double utcS) {
            try {
                keeper.step(nowNanos, utcS, sample);
            } catch (IOException e) {
                trouble = "memory not written: " + e.getMessage();
            }
            return manager.replanDue() ? manager.replan(sample) : null;
        }

        /** The key is turned: the memory gets its last word, the flight record its end. */
        void stop(long nowNanos, double utcS) throws IOException {
            keeper.close(nowNanos, utcS, sample);
            manager.endRecord();
            flight.close();
        }

        /** What is wrong with the disk; empty if nothing is. */
        String trouble() {
            String failure = recorder.failure();
            return trouble.isEmpty() && failure != null ? failure : trouble;
        }

        /** The driver plugged in and said what is wanted. */
        ChargePlan plugIn(ChargeNeed need, StationOffer offer) {
            return manager.plugIn(need, offer, Double.NaN, sample);
        }

        /** The plug is out: nothing is asked for, the next charger starts afresh. */
        void unplug() {
            manager.unplug();
            charger.reset();
        }

        BatteryManager manager() {
            return manager;
        }

        VehiclePhase phase() {
            return charger.phase();
        }

        StationState station() {
            return charger.state();
        }
    }

    /** Runs one charge; with the gateway's disk in a folder of its own, or in the one that is named. */
    public static void main(String[] args) throws IOException {
        run(System.out, args.length > 0 ? Path.of(args[0]) : Files.createTempDirectory("gateway"));
    }

    /** The simulated pack goes on from where the last run in this folder left it: SOC and time. */
    private record World(double soc, double utcS) {
        static World of(Path folder) throws IOException {
            Path memory = folder.resolve(MEMORY);
            if (!Files.exists(memory)) {
                return new World(0.40, 1_767_254_400.0);
            }
            PackMemory left = PackHistory.read(memory).memory();
            return new World(left.estimate().meanSoc(), left.savedUtcS() + NIGHT_S);
        }
    }

    static void run(PrintStream out, Path folder) throws IOException {
        World world = World.of(folder);
        VirtualClock clock = new VirtualClock();
        MemoryBus bus = new MemoryBus(250_000);
        NoiseSource random = new NoiseSource(7);
        SimPack pack =
                new SimPack(ShippedData.truth(), LAYOUT, PackSpread.oneBatch(), 1.0, world.soc(), AIR_DEG_C, random);
        SimSensors sensors = new SimSensors(pack, SensorFlaws.goodPack(), random);
        GbtStation station = new GbtStation(
                bus.node("station"),
                GbtStationRating.of(StationOutput.of(200.0, 500.0, 125.0)),
                new StationPower(List.of(new PowerStep(300.0, 15e3), new PowerStep(900.0, 50e3))));
        double[] packA = {0.0};
        clock.every(100_000_000L, 0L, now -> {
            packA[0] = station.currentInto(pack.packV(), now);
            pack.step(packA[0], 0.1, AIR_DEG_C);
        });

        Gateway gateway = new Gateway(
                BatterySettings.standard(ShippedData.cell(), LAYOUT),
                (now, into) -> sensors.read(pack, packA[0], now, into),
                bus.node("vehicle"),
                new GbtIdentity("BMS4", 1, null, 0, ""),
                folder);
        say(out, clock, "switched on; %s", gateway.start(0L, world.utcS()));
        gateway.step(0L);
        StationOffer offer = new StationOffer(
                "price list", 500.0, 125.0, 3600.0, List.of(new OfferStep(0.0, 50e3, 0.30, Double.NaN)));
        ChargePlan plan = gateway.plugIn(ChargeNeed.by(2400.0, 0.60), offer);
        say(out, clock, "plugged in; %s", outlook(plan));

        Phases phases = new Phases(out, clock);
        clock.every(10_000_000L, 10_000_000L, now -> {
            bus.advance(now);
            gateway.step(now);
            station.step(now);
            phases.look(gateway);
        });
        clock.every(1_000_000_000L, 1_000_000_000L, 1, now -> {
            ChargePlan anew = gateway.slowLane(now, world.utcS() + now * 1e-9);
            if (anew != null) {
                say(out, clock, "new plan; %s", outlook(anew));
            }
        });
        clock.every(300_000_000_000L, 240_000_000_000L, 2, now -> {
            double powerW = -packA[0] * pack.packV();
            say(
                    out,
                    clock,
                    "%.0f kW, held by: %s",
                    powerW / 1000,
                    gateway.manager().cause().text());
        });
        while (!gateway.station().phase.over() && clock.nowNanos() < 2_460_000_000_000L) {
            clock.runUntil(clock.nowNanos() + 1_000_000_000L);
        }

        StationState end = gateway.station();
        say(out, clock, "stopped: %s; %.0f kWh by the station's count", end.stop.text(), end.deliveredWh / 1000);
        gateway.unplug();
        gateway.stop(clock.nowNanos(), world.utcS() + clock.nowNanos() * 1e-9);
        say(
                out,
                clock,
                "unplugged, %.0f A asked for; switched off%s",
                gateway.manager().demand().chargeA(),
                gateway.trouble().isEmpty() ? "" : ", " + gateway.trouble());
        out.printf(
                Locale.ROOT,
                "SOC %.0f %% by the estimate, %.0f %% in truth%n",
                100 * gateway.manager().estimate().packSoc(),
                100 * pack.packSoc());
        Restart next = PackHistory.read(folder.resolve(MEMORY))
                .restart(RestartRule.standard(), world.utcS() + clock.nowNanos() * 1e-9 + NIGHT_S);
        out.printf(Locale.ROOT, "next morning: %s%n", next);
    }

    private static String outlook(ChargePlan plan) {
        String reached = plan.missedSoc() > 0.0
                ? String.format(
                        Locale.ROOT,
                        "misses the goal by %.0f points, held by: %s",
                        100 * plan.missedSoc(),
                        plan.missedCause().text())
                : "reaches the goal";
        return String.format(Locale.ROOT, "%.0f %% at departure, %s", 100 * plan.endSoc(), reached);
    }

    private static void say(PrintStream out, VirtualClock clock, String text, Object... values) {
        out.printf(Locale.ROOT, "%8.2f s  ", clock.nowNanos() * 1e-9);
        out.printf(Locale.ROOT, text + "%n", values);
    }

    /** Says every new phase. */
    private static final class Phases {
        private final PrintStream out;
        private final VirtualClock clock;
        private VehiclePhase last = VehiclePhase.WAITING;

        Phases(PrintStream out, VirtualClock clock) {
            this.out = out;
            this.clock = clock;
        }

        void look(Gateway gateway) {
            VehiclePhase now = gateway.phase();
            if (now != last) {
                last = now;
                say(out, clock, "%s", now);
            }
        }
    }
}
