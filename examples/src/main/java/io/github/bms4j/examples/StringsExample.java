package io.github.bms4j.examples;

import io.github.bms4j.cell.PackLayout;
import io.github.bms4j.charge.ChargeNeed;
import io.github.bms4j.charge.OfferStep;
import io.github.bms4j.charge.StationOffer;
import io.github.bms4j.contactor.JoinRating;
import io.github.bms4j.contactor.JoinVerdict;
import io.github.bms4j.control.BatterySettings;
import io.github.bms4j.control.ParallelPack;
import io.github.bms4j.control.ParallelSettings;
import io.github.bms4j.limit.Direction;
import io.github.bms4j.limit.Horizon;
import io.github.bms4j.sim.run.PackLoad;
import io.github.bms4j.sim.run.ParallelBench;
import io.github.bms4j.sim.run.ShippedData;
import io.github.bms4j.thermal.ThermalNeed;
import java.io.PrintStream;
import java.util.List;
import java.util.Locale;

/**
 * How do several strings in parallel become one pack?
 *
 * <p>Three strings of 24 groups, the third 3 % of SOC above the others, with contactors that may be closed onto 30 A. The two
 * that fit to each other drive; the charge brings the bus up to the third, pauses until it can join, and goes on with all three; then a cell of one
 * string fails during a drive, and the others go on without it. True cells, contactors and link are simulated; the current splits as
 * the circuit has it.
 *
 * <p>Prints who joins when with the current that was predicted and the one that truly flowed, what sets the limits, and how the
 * current splits. The same text every time.
 */
public final class StringsExample {
    private static final PackLayout STRING = new PackLayout(24, 60, 4);
    private static final double AIR_DEG_C = 25.0;
    private static final long SEED = 3L;
    private static final double DRIVE_A = 600.0;
    private static final double STATION_A = 400.0;
    private static final int FAILING = 1;

    private final PrintStream out;
    private final ParallelBench bench;
    private final ParallelPack pack;
    private final JoinVerdict[] seen;
    private final double[] boundA;
    private final boolean[] closed;

    private StringsExample(PrintStream out) {
        this.out = out;
        ParallelSettings settings =
                new ParallelSettings(new JoinRating(1.0, 30.0, 0.17, 0.3, 0.8), 1e-3, 2.0, 120.0, 0.5);
        BatterySettings battery = BatterySettings.vehicle(ShippedData.cell(), STRING);
        bench = ParallelBench.of(battery, settings, ShippedData.truth(), AIR_DEG_C, SEED, 0.60, 0.605, 0.63);
        pack = bench.pack();
        seen = new JoinVerdict[pack.size()];
        boundA = new double[pack.size()];
        closed = new boolean[pack.size()];
    }

    /** Runs one drive, one charge and one fault. */
    public static void main(String[] args) {
        run(System.out);
    }

    static void run(PrintStream out) {
        StringsExample example = new StringsExample(out);
        example.drive();
        example.charge();
        example.fault();
    }

    private void drive() {
        bench.start(0.0, 0.02);
        say("switched on; %.1f %% of SOC over all, %.1f %% in string 2", 100 * pack.soc(), 100 * soc(2));
        bench.connect(ThermalNeed.DRIVING);
        watch(3.0);
        bench.drive((fromS, toS) -> allowedA());
        watch(10.0);
        split("driving");
        limit(Direction.DISCHARGE);
        bench.drive(PackLoad.NONE);
        watch(2.0);
    }

    private void charge() {
        StationOffer offer = new StationOffer(
                "station",
                110.0,
                STATION_A,
                bench.nowS() + 3600.0,
                List.of(new OfferStep(bench.nowS(), 50e3, 0.30, Double.NaN)));
        bench.plugIn(ChargeNeed.by(bench.nowS() + 300.0, 0.90), offer);
        say("plugged in; string %d negotiates for all", pack.negotiator());
        watch(30.0);
        split("charging");
        limit(Direction.CHARGE);
        boolean paused = false;
        double endS = bench.nowS() + 200.0;
        while (pack.carrying() < pack.size() && bench.nowS() < endS) {
            watch(0.01);
            if (pack.paused() != paused) {
                paused = pack.paused();
                say(paused ? "the charge pauses so that a string can join" : "the charge goes on");
            }
        }
        watch(30.0);
        split("charging");
        bench.unplug();
        watch(1.0);
        say("unplugged; strings at %.1f, %.1f and %.1f %%", 100 * soc(0), 100 * soc(1), 100 * soc(2));
    }

    private void fault() {
        bench.drive((fromS, toS) -> allowedA());
        watch(10.0);
        split("driving");
        limit(Direction.DISCHARGE);
        bench.sensors(FAILING).driftCellV(3, 0.8);
        say("cell 3 of string %d reads 0.8 V too much from now on", FAILING);
        bench.runUntil(() -> pack.limits().limitA(Direction.DISCHARGE, Horizon.S1) < 1.0, 2.0);
        limit(Direction.DISCHARGE);
        watch(1.5);
        split("driving");
        limit(Direction.DISCHARGE);
        bench.drive(PackLoad.NONE);
        watch(1.0);
        bench.disconnect();
        watch(3.0);
        say("switched off; faults: %s / %s / %s", faults(0), faults(1), faults(2));
    }

    /** The inverter wants its current, and obeys. */
    private double allowedA() {
        return Math.min(DRIVE_A, pack.limits().limitA(Direction.DISCHARGE, Horizon.S1));
    }

    private String faults(int string) {
        int count = pack.string(string).faults().count();
        return count == 0 ? "none" : count + " of string " + string;
    }

    /** Lets time pass beat by beat and says what becomes of every string. */
    private void watch(double forS) {
        double endS = bench.nowS() + forS;
        while (bench.nowS() < endS - 1e-6) {
            for (int k = 0; k < pack.size(); k++) {
                if (pack.join().verdict(k) == JoinVerdict.JOIN) {
                    boundA[k] = pack.join().boundA(k);
                }
                bench.strings().takePeakA(k);
            }
            bench.runFor(0.01);
            for (int k = 0; k < pack.size(); k++) {
                look(k);
                refused(k);
            }
        }
    }

    private void look(int k) {
        boolean now = bench.strings().connected(k);
        if (now && !closed[k] && pack.carrying() == 0) {
            say("string %d closes first, onto the link that it has charged", k);
        } else if (now && !closed[k]) {
            say(
                    "string %d joins: %.1f A flow, predicted were %.1f A at most",
                    k, bench.strings().takePeakA(k), boundA[k]);
        } else if (!now && closed[k]) {
            say("string %d opens: %s", k, cause(k));
        }
        closed[k] = now;
    }

    private void refused(int k) {
        JoinVerdict now = pack.join().verdict(k);
        boolean apart = now == JoinVerdict.CURRENT_TOO_HIGH || now == JoinVerdict.VOLTAGE_APART;
        if (apart && seen[k] != JoinVerdict.CURRENT_TOO_HIGH && seen[k] != JoinVerdict.VOLTAGE_APART) {
            say("%s, %.1f A at most", pack.join().explain(k), pack.join().boundA(k));
        }
        seen[k] = now;
    }

    private String cause(int k) {
        return pack.string(k).faults().openRequested() ? "a fault of its own" : "asked to";
    }

    private void split(String doing) {
        double sign = bench.loadA() < 0.0 ? -1.0 : 1.0;
        say(
                "%s with %.0f A: %.1f + %.1f + %.1f A",
                doing,
                sign * bench.loadA(),
                sign * bench.stringA(0) + 0.0,
                sign * bench.stringA(1) + 0.0,
                sign * bench.stringA(2) + 0.0);
    }

    private void limit(Direction direction) {
        say("%s limit %s", direction.text(), pack.limits().explain(direction, Horizon.S10, 0L));
    }

    private double soc(int string) {
        return pack.string(string).estimate().packSoc();
    }

    private void say(String text, Object... values) {
        out.printf(Locale.ROOT, "%8.2f s  ", bench.nowS());
        out.printf(Locale.ROOT, text + "%n", values);
    }
}
