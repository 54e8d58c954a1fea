package io.github.bms4j.sim.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.bms4j.cell.CellType;
import io.github.bms4j.cell.PackLayout;
import io.github.bms4j.charge.ChargeNeed;
import io.github.bms4j.charge.ChargePlan;
import io.github.bms4j.charge.OfferStep;
import io.github.bms4j.charge.StationOffer;
import io.github.bms4j.control.BatterySettings;
import io.github.bms4j.sim.cell.SimPack;
import io.github.bms4j.sim.station.GbtStationRating;
import io.github.bms4j.sim.station.StationOutput;
import io.github.bms4j.sim.station.StationPower;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What was planned at the plug is what happens: energy within 2 %, finish within 3 minutes, and no limit of the true cells broken. */
class PlanKeptTest {
    private static final GbtStationRating STATION = GbtStationRating.of(StationOutput.of(5.0, 30.0, 250.0));
    private static final double NO_PRICE = Double.NaN;

    // 31 kWh in 48 groups of 60 cells. Fast: at once to 95 % with its taper. Waiting: two prices, so a pause and a
    // second start.
    @ParameterizedTest(name = "{0} at {1} °C, seed {2}: SOC {3} to {4} at {5} W")
    @CsvSource({
        "fast,     6, 11, 0.30, 0.70, 5000",
        "fast,    15, 12, 0.20, 0.85, 5000",
        "fast,    25, 13, 0.20, 0.95, 5000",
        "fast,    25, 14, 0.50, 0.92, 2500",
        "fast,    35, 15, 0.20, 0.95, 5000",
        "waiting, 15, 21, 0.30, 0.80, 3000",
        "waiting, 25, 22, 0.30, 0.90, 3000",
        "waiting, 35, 23, 0.40, 0.90, 3000",
    })
    void isKept(String kind, double degC, long seed, double fromSoc, double toSoc, double stationW) {
        CellType cell = ShippedData.cell();
        ChargeBench bench = ChargeBench.of(
                BatterySettings.standard(cell, new PackLayout(4, 60, 2)), ShippedData.truth(), fromSoc, degC, seed);
        bench.start(bench.pack().packSoc(), 0.003);
        for (int c = 0; c < bench.pack().layout().series(); c++) {
            bench.manager().startCapacity(c, bench.pack().capacityAh(c), 0.03); // learned on earlier journeys
        }
        bench.runFor(60.0);
        double nowS = bench.nowS();
        boolean fast = kind.equals("fast");
        double departureS = nowS + (fast ? 3.0 : 4.0) * 3600.0;
        List<OfferStep> steps = fast
                ? List.of(new OfferStep(nowS, stationW, 0.3, NO_PRICE))
                : List.of(
                        new OfferStep(nowS, stationW, 0.2, NO_PRICE),
                        new OfferStep(nowS + 1500.0, stationW, 0.9, NO_PRICE),
                        new OfferStep(nowS + 7200.0, stationW, 0.25, NO_PRICE));
        StationOffer offer = new StationOffer("test", 30.0, 250.0, departureS, steps);
        ChargeNeed need = new ChargeNeed(toSoc, fast ? toSoc : 0.0, departureS, 5.0, 0.0);
        ChargePlan plan = bench.plugIn(STATION, StationPower.UNLIMITED, offer, need);
        Tally tally = new Tally(bench, cell);
        bench.clock()
                .every(ChargeBench.CYCLE_NANOS, bench.clock().nowNanos() + ChargeBench.CYCLE_NANOS, 2, tally::look);
        boolean ended = bench.runToEnd();
        String what = kind + " " + degC + " °C, seed " + seed + ": planned " + plan.energyWh() + " Wh by "
                + plan.finishS() + " s (SOC " + plan.endSoc() + "), got " + tally.wh + " Wh by " + tally.lastS + " s; "
                + tally.broken + " of " + tally.steps + " steps broke a limit; " + bench.state().stop + ", "
                + ", SOC " + bench.manager().estimate().packSoc() + ", " + bench.replans() + " replans";
        assertTrue(ended, what);
        assertTrue(bench.manager().estimate().packSoc() >= toSoc - 0.005, what);
        double overheadWh =
                0.003 * 240 * cell.rating().capacityAh() * cell.rating().nominalV() * tally.onS / 3600.0;
        assertEquals(plan.energyWh() - overheadWh, tally.wh, 0.02 * plan.energyWh(), what);
        assertEquals(plan.finishS(), tally.lastS, 180.0, what);
        assertEquals(0, tally.broken, what);
    }

    /** Energy into the true pack, when the last of it flowed, and the true cells' limits. */
    private static final class Tally {
        private final ChargeBench bench;
        private final CellType cell;
        private double wh;
        private double onS;
        private double lastS;
        private long steps;
        private long broken;

        Tally(ChargeBench bench, CellType cell) {
            this.bench = bench;
            this.cell = cell;
        }

        void look(long nanos) {
            SimPack pack = bench.pack();
            double inA = -bench.packA();
            if (inA > 0.0) {
                wh += inA * pack.packV() * 0.1 / 3600.0;
                onS += 0.1;
                lastS = inA > 1.0 ? nanos * 1e-9 : lastS;
                steps++;
                boolean within = pack.highestV() <= cell.rating().maxV()
                        && pack.highestDegC() <= cell.rating().charge().maxDegC()
                        && pack.lowestDegC() >= cell.rating().charge().minDegC();
                for (int c = 0; c < pack.layout().series(); c++) {
                    double rate = inA / 60.0 / cell.rating().capacityAh();
                    double allowed = cell.chargeMap().maxRatePerH(pack.soc(c), pack.temperatureDegC(c));
                    within &= rate <= 1.02 * allowed;
                }
                broken += within ? 0 : 1;
            }
        }
    }
}
