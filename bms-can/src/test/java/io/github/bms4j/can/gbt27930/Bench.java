package io.github.bms4j.can.gbt27930;

import io.github.bms4j.charge.ChargeDemand;
import io.github.bms4j.charge.ChargeMode;
import io.github.bms4j.charge.PackStatus;
import io.github.bms4j.charge.StationState;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.function.BooleanSupplier;

/** A link, a scripted charger and a clock that leaps by 10 ms. */
final class Bench {
    static final long STEP_NANOS = 10_000_000L;
    static final GbtVehicle VEHICLE = new GbtVehicle(
            new GbtRatings(GbtChemistry.NMC, 180.0, 400.0, 72.0, 4.2, 460.0, 100.0, 55.0),
            new GbtIdentity("BMSJ", 7, LocalDate.of(2024, 5, 17), 42, "LTEST000000000001"));

    final Cable cable = new Cable();
    final ScriptedCharger charger = new ScriptedCharger(cable);
    final GbtLink link = new GbtLink(cable.vehicle, VEHICLE);
    final ChargeDemand demand;
    /** Not 0, so that nobody relies on a clock that starts there. */
    long nowNanos = Long.MAX_VALUE - 60_000_000_000L;

    private final long startNanos = nowNanos;

    Bench(int cells, int probes) {
        demand = new ChargeDemand(cells, probes);
        demand.ready(true);
        demand.ask(450.0, 80.0, ChargeMode.CONSTANT_CURRENT);
        PackStatus pack = demand.pack();
        pack.packV = 396.4;
        pack.packA = -79.6;
        pack.soc = 0.57;
        pack.remainingMin = 31;
        pack.highestCellV = 3.93;
        pack.highestCell = 66;
        pack.lowestCellV = 3.88;
        pack.lowestCell = 3;
        pack.highestDegC = 31;
        pack.highestSensor = 1;
        pack.lowestDegC = 27;
        pack.lowestSensor = 27;
        Arrays.fill(pack.cellV, 3.9);
        Arrays.fill(pack.temperatureDegC, 29);
    }

    Bench() {
        this(0, 0);
    }

    double timeS() {
        return (nowNanos - startNanos) / 1e9;
    }

    StationState step() {
        nowNanos += STEP_NANOS;
        cable.vehicle.nowS = timeS();
        cable.charger.nowS = timeS();
        charger.step(nowNanos);
        return link.step(nowNanos, demand);
    }

    StationState run(double seconds) {
        for (int i = 0; i < Math.round(seconds * 100); i++) {
            step();
        }
        return link.state();
    }

    /** Steps until it holds, for a minute at most. */
    boolean until(BooleanSupplier goal) {
        for (int i = 0; i < 6_000 && !goal.getAsBoolean(); i++) {
            step();
        }
        return goal.getAsBoolean();
    }

    boolean until(VehiclePhase phase) {
        return until(() -> link.phase() == phase);
    }

    /** What the vehicle sent of this message. */
    List<Cable.Seen> sent(GbtMessage message) {
        return cable.vehicle.sent.stream().filter(seen -> seen.is(message)).toList();
    }
}
