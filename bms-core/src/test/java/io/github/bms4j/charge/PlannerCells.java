package io.github.bms4j.charge;

import io.github.bms4j.cell.CellRating;
import io.github.bms4j.cell.CellType;
import io.github.bms4j.cell.ChargeMap;
import io.github.bms4j.cell.Chemistry;
import io.github.bms4j.cell.Circuit;
import io.github.bms4j.cell.OcvCurve;
import io.github.bms4j.cell.PackLayout;
import io.github.bms4j.cell.Provenance;
import io.github.bms4j.cell.RcBranch;
import io.github.bms4j.cell.ResistanceMap;
import io.github.bms4j.cell.TemperatureWindow;
import io.github.bms4j.cell.ThermalRating;
import java.util.Arrays;
import java.util.List;

/** A made-up 50 Ah cell whose every figure a test can choose; 100 of them in series make a 18.5 kWh pack. */
final class PlannerCells {
    static final PackLayout LAYOUT = new PackLayout(100, 1, 4);
    static final double CAPACITY_AH = 50.0;

    double maxChargeA = 150.0;
    double ohm = 0.002;
    double heatCapacityJPerK = 1000.0;
    double toAmbientWPerK = 0.5;
    /** So much that the middle is as warm as the surface. */
    double coreToSurfaceWPerK = 1e9;

    /** Plating-safe rates at SOC 0, 0.5, 0.8, 1 from 10 °C on; half of it at 5 °C, nothing at 0 °C. */
    double[] ratePerHOverSoc = {3.0, 3.0, 3.0, 3.0};

    static final double[] MAP_SOC = {0.0, 0.5, 0.8, 1.0};

    CellType build() {
        double[] soc = {0.0, 0.1, 0.3, 0.5, 0.7, 0.9, 1.0};
        double[] ocvV = {3.0, 3.4, 3.55, 3.65, 3.85, 4.08, 4.18};
        ResistanceMap half =
                new ResistanceMap(new double[] {0.5}, new double[] {25.0}, new double[][] {{ohm / 2}}, 0.0);
        double[] none = new double[MAP_SOC.length];
        double[] cool = Arrays.stream(ratePerHOverSoc).map(r -> r / 2).toArray();
        return new CellType(
                "made-up 50 Ah",
                Chemistry.NMC,
                new CellRating(
                        CAPACITY_AH,
                        3.7,
                        2.8,
                        4.2,
                        300.0,
                        maxChargeA,
                        new TemperatureWindow(-20.0, 60.0),
                        new TemperatureWindow(0.0, 50.0)),
                new OcvCurve(soc, ocvV, new double[soc.length], 25.0),
                new Circuit(half, List.of(new RcBranch(half, 20.0))),
                new ThermalRating(heatCapacityJPerK, toAmbientWPerK, coreToSurfaceWPerK),
                new ChargeMap(MAP_SOC, new double[] {0.0, 5.0, 10.0, 50.0}, new double[][] {
                    none, cool, ratePerHOverSoc, ratePerHOverSoc
                }),
                new Provenance("made up", "CC0-1.0", "chosen by hand for tests"));
    }

    /** A cell too heavy to warm up. */
    PlannerCells isothermal() {
        heatCapacityJPerK = 1e9;
        return this;
    }

    ChargePlanner planner(PlannerSettings settings) {
        return new ChargePlanner(build(), LAYOUT, settings);
    }
}
