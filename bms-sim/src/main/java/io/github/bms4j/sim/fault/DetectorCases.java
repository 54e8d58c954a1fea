package io.github.bms4j.sim.fault;

import io.github.bms4j.balance.BalanceSettings;
import io.github.bms4j.cell.CellType;
import io.github.bms4j.control.BatteryManager;
import io.github.bms4j.control.BatterySettings;
import io.github.bms4j.control.PackEquipment;
import io.github.bms4j.detect.DetectorSettings;
import io.github.bms4j.estimate.NoiseModel;
import io.github.bms4j.estimate.PackEstimator;
import io.github.bms4j.protect.Equipment;
import io.github.bms4j.protect.Fault;
import io.github.bms4j.protect.ProtectSettings;
import io.github.bms4j.sim.detect.DetectorBench;
import io.github.bms4j.sim.run.ShippedData;
import io.github.bms4j.thermal.ThermalSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * What detectors find in hours, on packs in daily use that a battery manager with all detectors looks after: from the leak, the plated
 * lithium and the sensor that is off to the finding, the fault and the reaction.
 *
 * <p>The budgets are those of the detectors at such a size, docs/theory/detectors.md; the fault table's is that of the report.
 */
final class DetectorCases {
    private static final int CELL = 5;
    private static final int DAYS_BEFORE = 3;
    private static final double SLACK = 2.0;
    private static final double HOUR_S = 3600.0;
    /** The longest step of the bench, s. */
    private static final double PERIOD_S = 60.0;

    private DetectorCases() {}

    static List<MatrixRow> run(long seed) {
        List<MatrixRow> rows = new ArrayList<>();
        rows.add(new Run(seed)
                .found(
                        "2 A leak through a cell",
                        Fault.INTERNAL_SHORT_SUSPECTED,
                        5.0,
                        false,
                        bench -> bench.defects().leak(CELL, 3.7 / 2.0)));
        rows.add(new Run(seed + 1)
                .found(
                        "a cell plated by 5 per mille, rest",
                        Fault.LITHIUM_PLATING_SUSPECTED,
                        3.0,
                        true,
                        bench -> bench.defects().plate(CELL, 5e-3 * bench.capacityAh())));
        rows.add(new Run(seed + 2)
                .found(
                        "a cell's sensor reads 25 mV less",
                        Fault.SENSOR_BIAS_SUSPECTED,
                        1.0,
                        false,
                        bench -> bench.sensors().driftCellV(CELL, -0.025)));
        rows.add(new Run(seed + 3)
                .found(
                        "the current sensor reads 3 A less",
                        Fault.SENSOR_BIAS_SUSPECTED,
                        8.0,
                        false,
                        bench -> bench.sensors().driftA(-3.0)));
        return rows;
    }

    /** One pack, for some days sound, then not. */
    private static final class Run {
        private final BatteryManager manager;
        private final DetectorBench bench;
        private Fault sought = Fault.INTERNAL_SHORT_SUSPECTED;
        private double nowS;
        private double foundS = Double.NaN;
        private boolean reacted;

        Run(long seed) {
            CellType type = ShippedData.cell();
            PackEquipment equipment = new PackEquipment(
                    ProtectSettings.of(type, FaultBench.LAYOUT, Equipment.bench(), PERIOD_S),
                    null,
                    null,
                    BalanceSettings.standard(),
                    ThermalSettings.of(type, 0.0, false),
                    DetectorSettings.all(),
                    List.of());
            manager = new BatteryManager(
                    BatterySettings.standard(type, FaultBench.LAYOUT, equipment),
                    new PackEstimator("ekf", type, FaultBench.LAYOUT, NoiseModel.of(type)));
            manager.start(0.8, 0.03);
            bench = new DetectorBench(
                    ShippedData.truth(), type, FaultBench.LAYOUT, DetectorBench.mild(), seed, (sample, estimate) -> {
                        manager.step(sample);
                        look(sample.nanos() * 1e-9);
                    });
        }

        private void look(double seenS) {
            nowS = seenS;
            if (Double.isNaN(foundS) && manager.faults().state(sought).stands()) {
                foundS = nowS;
                reacted = FaultMatrix.reacts(manager.faults(), sought);
            }
        }

        /**
         * What became of it.
         *
         * @param budgetH time it may take, h
         * @param charged whether it happens at the end of a charge, or during a drive
         */
        MatrixRow found(String what, Fault fault, double budgetH, boolean charged, Consumer<DetectorBench> injection) {
            sought = fault;
            for (int day = 0; day < DAYS_BEFORE; day++) {
                bench.day();
            }
            if (charged) {
                bench.drive(2.5 * HOUR_S);
                bench.rest(600.0);
                bench.charge(0.3, 0.8);
            } else {
                bench.drive(1000.0);
            }
            int before = manager.faults().count();
            double fromS = nowS;
            injection.accept(bench);
            if (charged) {
                bench.rest(SLACK * budgetH * HOUR_S);
            } else {
                bench.drive(1000.0);
                bench.rest(HOUR_S);
            }
            while (Double.isNaN(foundS) && nowS - fromS < SLACK * budgetH * HOUR_S) {
                bench.day();
            }
            return new MatrixRow(what, fault, before, budgetH * HOUR_S, foundS - fromS, reacted);
        }
    }
}
